# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find the usable Pythons of this machine."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

MINORS = range(10, 15)
"""The minor versions of Python 3 that the tests run on, if they are installed."""

# A Python in a virtual environment is refused, since that environment may be about to be rebuilt.
PROBE = """
import sys, venv, ensurepip
sys.exit(sys.prefix != sys.base_prefix or sys.version_info[:2] != (3, int(sys.argv[1])))
"""


def directories() -> list[Path]:
    """Return the directories to search for Pythons: those of PATH first, then the usual ones of installers."""
    home = Path.home()
    return [
        *(Path(part) for part in os.environ.get("PATH", os.defpath).split(os.pathsep) if part),
        *(home / ".pyenv" / "versions").glob("*/bin"),
        *(home / ".local" / "share" / "uv" / "python").glob("*/bin"),
        home / ".local" / "bin",
        Path("/usr/local/bin"),
        Path("/usr/bin"),
        *Path("/opt").glob("*/bin"),
    ]


def works(python: Path, minor: int) -> bool:
    """Return whether this is Python 3.minor and can make virtual environments: a version manager's shim may fail."""
    try:
        return subprocess.run([str(python), "-c", PROBE, str(minor)], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@cache
def find(minor: int) -> Path | None:
    """Return the path of a usable Python 3.minor, or None."""
    candidates = (directory / f"python3.{minor}" for directory in directories())
    found = next((python for python in candidates if os.access(python, os.X_OK) and works(python, minor)), None)
    # A shim may point to another Python tomorrow, so take the path of the Python that it runs.
    return Path(executable(found)) if found else None


def executable(python: Path) -> str:
    """Return the path that a Python reports as its own."""
    command = [str(python), "-c", "import sys; print(sys.executable)"]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.strip()


def newest() -> Path:
    """Return the path of the newest usable Python."""
    found = next(filter(None, map(find, reversed(MINORS))), None)
    if found is None:
        raise SystemExit(
            f"No usable Python 3.{MINORS[0]} to 3.{MINORS[-1]} was found on PATH or where installers put it.\n"
            "It must be able to make virtual environments: on Debian, that takes the package python3-venv."
        )
    return found
