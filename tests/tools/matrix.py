# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Unit tests and the provision playbook on every line of ansible-core that users still have."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tools import pythons
from tools.checks import Result, pytest, run
from tools.project import BUILD


@dataclass(frozen=True)
class Core:
    """A line of ansible-core, and the Pythons 3.x that can run it, preferred first: together they cover all Pythons."""

    line: str
    requirement: str
    minors: tuple[int, ...]


# ansible-core 2.16 is what meta/runtime.yml asks for at least; "ansible-core" names the newest one of the requirements.
CORES = (
    Core("2.16", "ansible-core==2.16.19", (10, 11, 12)),
    Core("2.18", "ansible-core==2.18.19", (11, 12, 13)),
    Core("2.19", "ansible-core==2.19.14", (12, 13, 11)),
    Core("newest", "ansible-core", (13, 14, 12)),
)


def results() -> Iterator[Result]:
    """Test each line, with a Python that can run it, in a virtual environment of its own."""
    ran = set()
    for core in CORES:
        minor = next((minor for minor in core.minors if pythons.find(minor)), None)
        if minor is None:
            lowest, highest = min(core.minors), max(core.minors)
            yield Result(f"core {core.line}", note=f"not run: this machine has no Python 3.{lowest} to 3.{highest}")
            continue
        ran.add(core.line)
        yield from test(core, minor)
    if "2.16" not in ran or not ran & {"2.19", "newest"}:
        yield Result("lines covered", failed=1, note="neither 2.16 nor a line from 2.19 on may be missing")


def test(core: Core, minor: int) -> Iterator[Result]:
    """Run what depends on ansible-core."""
    venv = BUILD / "matrix" / f"{core.line}-py3.{minor}"
    requirements = (core.requirement, "simulator", "pytest", "browser", "charts")
    setup = (sys.executable, "-m", "tools.venvs", f"--python={minor}", str(venv), *requirements)
    name = f"core {core.line}, Python 3.{minor}"
    yield run(pytest(f"{name}: unit", "tests/unit", venv=venv, setup=setup))
    yield run(pytest(f"{name}: playbook", "tests/integration", "-m", "matrix", venv=venv, setup=setup))
