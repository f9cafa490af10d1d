# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-test sanity, without ignored findings, on a copy of the collection at the path that it requires."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import ansible_test

from tools import pythons
from tools.checks import Check, Result
from tools.project import BUILD, HOME, NAME, ROOT, VENV, environment, tracked

TREE = BUILD / "sanity"

ONCE = Path(__file__).with_name("compiled_once.py")
"""The module that makes the import test compile each text only once."""

TESTS = "tests/"
"""The folder that "make matrix" checks, in the form in which ansible-test accepts folders."""

MINORS = range(9, 15)
"""The minor versions of Python 3 that modules may run on."""

# ansible-test makes virtual environments without pip, then downloads a script that installs pip, with pip's options.
# Our script installs the pip that comes with Python instead, so that only the package index is needed.
GET_PIP = """\
import subprocess
import sys

pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
packages = [argument for argument in sys.argv[1:] if not argument.startswith("--no-")]
subprocess.run([sys.executable, "-m", "ensurepip"], check=True)
subprocess.run([*pip, *packages], check=True)
"""


def copy(env: dict[str, str]) -> Path:
    """Copy the files that git tracks or would add; ansible-test follows links, so it cannot run on a linked tree."""
    target = TREE / NAME
    shutil.rmtree(TREE, ignore_errors=True)
    for name in tracked():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)
    subprocess.run(["git", "init", "--quiet"], cwd=target, env=env, check=True)
    subprocess.run(["git", "add", "--all"], cwd=target, env=env, check=True)
    return target


def provide_pip() -> None:
    """Install our script where ansible-test looks for scripts that it has already downloaded."""
    source = Path(ansible_test.__path__[0], "_internal", "python_requirements.py")
    cache = HOME / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    for version in set(re.findall(r"pip='([\d.]+)'", source.read_text(encoding="utf-8"))):
        (cache / f"get_pip_{version.replace('.', '_')}.py").write_text(GET_PIP, encoding="utf-8")


def prepare(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Make ansible-test create the environments of its import test, and make these compile each text only once."""
    prime = (*command, "--test", "import", "--prime-venvs")
    status = subprocess.run(prime, cwd=TREE / NAME, env=env, check=False).returncode
    for packages in (HOME / ".ansible" / "test" / "venv").glob("sanity*/*/*/lib/python*/site-packages"):
        shutil.copy(ONCE, packages / "sitecustomize.py")
    return status


def path(inherited: str) -> str:
    """Return a PATH with the usable Pythons first, and without version managers' shims, some of which fail."""
    usable = [str(found.parent) for minor in MINORS if (found := pythons.find(minor))]
    others = [part for part in inherited.split(os.pathsep) if Path(part).name != "shims"]
    return os.pathsep.join((str(VENV / "bin"), *reversed(usable), *others))


def invocation() -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the command of ansible-test and its environment."""
    env = environment()
    env["PATH"] = path(env["PATH"])
    return (str(VENV / "bin" / "ansible-test"), "sanity", "--local", "--requirements", "--color", "no"), env


def checks(name: str = "sanity", *part: str) -> Iterator[Check | Result]:
    """Refuse ignore files, then run all sanity tests, only on C(part) of the files if it is given."""
    ignores = sorted(str(found.relative_to(ROOT)) for found in ROOT.glob("tests/sanity/ignore*.txt"))
    if ignores:
        yield Result(name, failed=1, note=f"findings are not to be ignored: {', '.join(ignores)}")
        return
    provide_pip()
    command, env = invocation()
    yield Check(name, (*command, *part), env, cwd=copy(env), setup=(sys.executable, "-m", "tools.sanity"))


def of_plugins() -> Iterator[Check | Result]:
    """Run the sanity tests on all files but the tests, which are two fifths of the work, and which ruff checks."""
    return checks("sanity of plugins", "--exclude", TESTS)


def of_tests() -> Iterator[Check | Result]:
    """Run the sanity tests on the tests' own files."""
    return checks("sanity of tests", TESTS)


if __name__ == "__main__":
    sys.exit(prepare(*invocation()))
