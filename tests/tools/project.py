# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Paths of the project, and the environment in which every check runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
VENV = ROOT / ".venv"
REPORTS = BUILD / "reports"
HOME = BUILD / "home"

NAME = Path("ansible_collections", "community", "openai_admin")
"""The path at which Ansible expects the collection; below BUILD, the Makefile makes it a link to the checkout."""

FOREIGN = (
    "ANSIBLE_",
    "GIT_",  # set in git's hooks; they would make git use another repository
    "LANG",  # ansible-core needs UTF-8, which Python uses without these variables
    "LC_",
    "MOLECULE_",
    "MYPY",
    "OPENAI_",
    "PYTEST_",
    "PYTHON",
)
"""Prefixes of variables of the user that would change the result of a check."""

SHARED = (".config/git", ".config/pip", ".gitconfig")
"""What the checks use from the user's home: the package index to use, and the checkouts that git may trust."""


def environment(venv: Path = VENV) -> dict[str, str]:
    """Return an environment that is isolated from the user's Ansible settings and files."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    loopback = ",".join(filter(None, (own.get("no_proxy") or own.get("NO_PROXY"), "127.0.0.1,localhost")))
    return {
        **own,
        "ANSIBLE_COLLECTIONS_PATH": str(BUILD),
        "ANSIBLE_CONFIG": str(config()),
        "ANSIBLE_HOME": str(HOME / ".ansible"),
        "HOME": str(home()),
        "MYPYPATH": os.pathsep.join((str(BUILD), str(ROOT / "tests"))),
        "NO_PROXY": loopback,
        "no_proxy": loopback,
        "PATH": os.pathsep.join((str(venv / "bin"), own.get("PATH", os.defpath))),
        "PYTHONFAULTHANDLER": "1",
        "PYTHONPATH": os.pathsep.join((str(BUILD), str(ROOT / "tests"))),
        "VIRTUAL_ENV": str(venv),
    }


def config() -> Path:
    """Return an empty Ansible configuration file; without one, Ansible would read /etc/ansible/ansible.cfg."""
    path = BUILD / "ansible.cfg"
    path.touch()
    return path


def home() -> Path:
    """Return a home directory for the checks, with the few files of the user's home that they need."""
    for name in SHARED:
        theirs, ours = Path.home() / name, HOME / name
        ours.parent.mkdir(parents=True, exist_ok=True)
        if theirs.exists() and not ours.is_symlink():
            ours.symlink_to(theirs)
    return HOME


def tracked() -> list[str]:
    """Return the files that git tracks, and those that it would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, check=True, text=True).stdout
    return [
        name for name in listed.split("\0") if name and (ROOT / name).exists()
    ]  # a tracked file may be deleted before the deletion is committed


def modules(root: Path = ROOT) -> list[str]:
    """Return the names of the modules that use the API, without those that only document an action."""
    files = (path for path in (root / "plugins" / "modules").glob("*.py") if path.stem != "__init__")
    return sorted(path.stem for path in files if "\nTASK = " in path.read_text(encoding="utf-8"))
