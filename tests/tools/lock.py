# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Merge the versions that pip resolves on each Python of this machine into tests/requirements/constraints.txt."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools import pythons
from tools.venvs import CONSTRAINTS, REQUIREMENTS

HEADER = """\
# What the direct requirements pull in, for each Python. Made by "make lock"; not to be edited.
# resolvelib is missing because each ansible-core allows a narrow range of its own.
"""

APART = {"awx.txt"}
"""Requirement files with environments of their own: they need other releases, and pin all their dependencies."""

Versions = Mapping[int, str]


def resolve(minor: int) -> dict[str, str] | None:
    """Return the version of every distribution that pip would install on Python 3.minor."""
    python = pythons.find(minor)
    if python is None:
        print(f"Python 3.{minor} is not on this machine: its versions are taken from its neighbours.")
        return None
    files = [part for path in together() for part in ("-r", str(path))]
    options = ["--dry-run", "--ignore-installed", "-qq", "--report", "-"]
    answer = subprocess.run(
        [str(python), "-m", "pip", "install", *options, *files], stdout=subprocess.PIPE, check=True, text=True
    )
    found = (item["metadata"] for item in json.loads(answer.stdout)["install"])
    return {normal(item["name"]): item["version"] for item in found}


def together() -> list[Path]:
    """Return the requirement files that can be installed together in one environment."""
    return [path for path in REQUIREMENTS.glob("*.txt") if path != CONSTRAINTS and path.name not in APART]


def normal(name: str) -> str:
    """Return a distribution's name in its canonical form."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct() -> set[str]:
    """Return the names of the distributions that the requirement files pin themselves."""
    lines = (line for path in together() for line in path.open(encoding="utf-8"))
    return {normal(line.split("==")[0]) for line in lines if not line.startswith("#")}


def pins(name: str, versions: Versions) -> Iterator[str]:
    """Yield one line for each range of consecutive Pythons that get the same version."""
    runs: list[tuple[str, int]] = []
    for minor, version in versions.items():
        if not runs or runs[-1][0] != version:
            runs.append((version, minor))
    for number, (version, start) in enumerate(runs):
        bounds = []
        if number > 0:
            bounds.append(f'python_version >= "3.{start}"')
        if number + 1 < len(runs):
            bounds.append(f'python_version < "3.{runs[number + 1][1]}"')
        yield f"{name}=={version}" + (f"; {' and '.join(bounds)}" if bounds else "")


def main() -> None:
    """Resolve the requirements on each Python, and write the merged constraints."""
    resolved = {minor: versions for minor in pythons.MINORS if (versions := resolve(minor)) is not None}
    names = set().union(*resolved.values()) - direct() - {"resolvelib"}
    lines = [
        line
        for name in sorted(names)
        for line in pins(name, {minor: found[name] for minor, found in resolved.items() if name in found})
    ]
    CONSTRAINTS.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
