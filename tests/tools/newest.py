# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare the newest SDK of the package index with the pinned one, and run the contract tests with it.

Run it once a week. If it fails, the API has something that no module reaches, or has lost something that one needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.project import BUILD, ROOT, VENV, environment
from tools.venvs import ensure

PLACE = BUILD / "newest"
Surface = Mapping[str, Mapping[str, list[str]]]
"""What an SDK can send: the literals of each parameter, by operation and path."""


def differences(old: Surface, new: Surface) -> Iterator[str]:
    """Yield what came and what vanished, a line each: operations, parameters, literals."""
    for operation in sorted(old.keys() | new.keys(), key=lambda each: (each.split()[1], each)):
        if operation not in old or operation not in new:
            yield f"{'+' if operation in new else '-'} {operation}"
            continue
        before, after = old[operation], new[operation]
        for path in sorted(before.keys() | after.keys()):
            if path not in before or path not in after:
                yield f"{'+' if path in after else '-'} {operation}: {path}"
                continue
            came, gone = set(after[path]) - set(before[path]), set(before[path]) - set(after[path])
            yield from (f"+ {operation}: {path} = {value}" for value in sorted(came))
            yield from (f"- {operation}: {path} = {value}" for value in sorted(gone))


def version(venv: Path) -> str:
    """Return the version of the SDK in a virtual environment."""
    command = [str(venv / "bin" / "python"), "-c", "import openai; print(openai.__version__)"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def surface(venv: Path) -> Surface:
    """Return what the SDK in a virtual environment can send."""
    command = [str(venv / "bin" / "python"), "-m", "contract.surface"]
    done = subprocess.run(command, cwd=ROOT, env=environment(venv), check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def main() -> int:
    """Install the newest SDK, print the differences, and run the contract tests."""
    ensure(PLACE, ["ansible-core", "simulator", "pytest"])
    upgrade = [str(PLACE / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--upgrade"]
    subprocess.run([*upgrade, "openai"], check=True)
    lines = [*differences(surface(VENV), surface(PLACE))]
    print(f"openai {version(VENV)} is pinned, {version(PLACE)} is the newest.")
    print("\n".join(lines or ["The same operations, parameters and literals."]), flush=True)
    tests = [str(PLACE / "bin" / "python"), "-m", "pytest", "-q", "tests/contract"]
    return subprocess.run(tests, cwd=ROOT, env=environment(PLACE), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
