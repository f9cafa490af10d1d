# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make a virtual environment of the project, or renew it when what it was made from has changed."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
from pathlib import Path

from tools import pythons

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
CONSTRAINTS = REQUIREMENTS / "constraints.txt"


def ingredient(requirement: str) -> str:
    """Return a digest of a requirement: of the file's text if it names a file, else of the specifier itself."""
    path = REQUIREMENTS / f"{requirement}.txt"
    return hashlib.sha256(path.read_bytes() if path.exists() else requirement.encode()).hexdigest()


def ensure(path: Path, requirements: list[str], minor: int | None = None) -> None:
    """Make a virtual environment that meets these requirements: files of tests/requirements, or specifiers."""
    path = path.absolute()
    stamp = path / "requirements.json"
    # The digest includes the path: in a moved checkout, scripts would still start the Python of the old place.
    wanted = {"place": str(path), **{name: ingredient(name) for name in ("constraints", *requirements)}}
    made: dict[str, str] = json.loads(stamp.read_text(encoding="utf-8")) if stamp.exists() else {}
    runs = (path / "bin" / "python").exists()
    fresh = runs and all(digest == wanted.get(name, ingredient(name)) for name, digest in made.items())
    if made and fresh and wanted.keys() <= made.keys():
        return

    if not made or not fresh:
        made = {}
        stamp.unlink(missing_ok=True)
        python = pythons.newest() if minor is None else pythons.find(minor)
        print(f"Making {path} with {python}", flush=True)
        subprocess.run([str(python), "-m", "venv", "--clear", str(path)], check=True)
    print(f"Installing {', '.join(requirements)}", flush=True)
    sources = [part for name in requirements for part in source(name)]
    options = ["-qq", "--disable-pip-version-check", "--constraint", str(CONSTRAINTS)]
    subprocess.run([str(path / "bin" / "python"), "-m", "pip", "install", *options, *sources], check=True)
    # Written last, so that an interrupted installation is started anew.
    stamp.write_text(json.dumps({**made, **wanted}, indent=2) + "\n", encoding="utf-8")


def source(requirement: str) -> list[str]:
    """Return a requirement as arguments of pip."""
    path = REQUIREMENTS / f"{requirement}.txt"
    return ["--requirement", str(path)] if path.exists() else [requirement]


def main() -> None:
    """Make the environment that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", type=int, metavar="MINOR", help="use Python 3.MINOR, not the newest one")
    parser.add_argument("path", type=Path)
    parser.add_argument("requirements", nargs="+")
    arguments = parser.parse_args()
    try:
        ensure(arguments.path, arguments.requirements, arguments.python)
    except subprocess.CalledProcessError as error:
        raise SystemExit(error.returncode) from None


if __name__ == "__main__":
    main()
