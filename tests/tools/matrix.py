# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the tests on each supported line of ansible-core, and on the candidate of the next release."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import browser, pythons, sanity
from tools.checks import PART, PATIENCE, Check, Command, Result, pytest
from tools.project import BUILD


@dataclass(frozen=True)
class Core:
    """A line of ansible-core, and the Pythons 3.x that can run it, preferred first; together the lines cover all."""

    line: str
    requirement: str
    minors: tuple[int, ...]


# meta/runtime.yml requires at least ansible-core 2.16; "ansible-core" stands for the newest one of the requirements.
CORES = (
    Core("2.16", "ansible-core==2.16.19", (10, 11, 12)),
    Core("2.18", "ansible-core==2.18.19", (11, 12, 13)),
    Core("2.19", "ansible-core==2.19.14", (12, 13, 11)),
    Core("newest", "ansible-core", (13, 14, 12)),
    Core("candidate", "ansible-core==2.22.0rc1", (14, 13)),
)
NEWEST = CORES[-2:]
"""The lines of ansible-core on which "make whole-matrix" runs all tests."""
WAYS = {"in the controller": (), "as modules": ("--as-modules",)}
"""Where tasks run, unless a test sets it itself."""


def checks() -> Iterator[Check | Result]:
    """Test each line, with a Python that can run it, in its own virtual environment; and run sanity on the tests."""
    ran = set()
    for core in CORES:
        minor = python_of(core)
        if minor is None:
            yield missing(core)
            continue
        ran.add(core.line)
        yield from test(core, minor)
    yield from sanity.of_tests()
    if "2.16" not in ran or not ran & {"2.19", "newest"}:
        yield Result("lines covered", failed=1, note="neither 2.16 nor a line from 2.19 on may be missing")


def whole() -> Iterator[Check | Result]:
    """Run all tests of behaviour on the newest lines, with tasks in the controller and as modules."""
    for core in NEWEST:
        minor = python_of(core)
        if minor is None:
            yield missing(core)
            continue
        yield from test_whole(core, minor)


def python_of(core: Core) -> int | None:
    """Return the minor version of an installed Python that can run a line of ansible-core, or None."""
    return next((minor for minor in core.minors if pythons.find(minor)), None)


def missing(core: Core) -> Result:
    """Return the row of the table for a line that cannot run on this machine."""
    lowest, highest = min(core.minors), max(core.minors)
    return Result(f"core {core.line}", note=f"not run: this machine has no Python 3.{lowest} to 3.{highest}")


def environment_of(core: Core, minor: int) -> tuple[Path, Command]:
    """Return the path of a virtual environment, and the command that makes it."""
    venv = BUILD / "matrix" / f"{core.line}-py3.{minor}"
    requirements = (core.requirement, "simulator", "pytest", "browser", "charts")
    return venv, (sys.executable, "-m", "tools.venvs", f"--python={minor}", str(venv), *requirements)


def test(core: Core, minor: int) -> Iterator[Check]:
    """Yield the checks that depend on ansible-core. The second one uses the environment that the first one set up."""
    venv, setup = environment_of(core, minor)
    name = f"core {core.line}, Python 3.{minor}"
    unit = pytest(f"{name}: unit", "tests/unit", PART, venv=venv, setup=setup)
    yield unit
    matrix = ("tests/integration", "-m", "matrix")
    yield pytest(f"{name}: playbook", *matrix, venv=venv, setup=setup, after=[unit.name])


def test_whole(core: Core, minor: int) -> Iterator[Check]:
    """Yield the checks that run unit, contract and integration tests, the last of these both ways."""
    venv, setup = environment_of(core, minor)
    name = f"core {core.line}, Python 3.{minor}"
    first = pytest(f"{name}: unit and contract", "tests/unit", "tests/contract", venv=venv, setup=setup)
    yield first
    for way, options in WAYS.items():
        yield pytest(
            f"{name}: {way}",
            "tests/integration",
            *options,
            venv=venv,
            setup=browser.COMMAND,  # the first check has made the environment
            after=[first.name],
            patience=4 * PATIENCE,
        )
