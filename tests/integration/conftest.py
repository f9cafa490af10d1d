# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator for all integration tests of a worker, which is reset for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from integration.playbooks import Ansible, Usual
from simulator import Simulator, running

if TYPE_CHECKING:
    from integration.browser import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--as-modules", action="store_true", help="run tasks as modules where a test does not say how")


def pytest_configure(config: pytest.Config) -> None:
    Usual.in_process = not config.getoption("--as-modules")


@pytest.fixture(scope="session")
def server() -> Iterator[Simulator]:
    """Run one simulator for all tests of the process."""
    with running() as simulator:
        yield simulator


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return headless Chromium."""
    from integration.browser import browsing  # there is no browser for older ansible-core

    with browsing() as chromium:
        yield chromium


@pytest.fixture
def simulator(server: Simulator) -> Simulator:
    """Return a running simulator with the sample organization."""
    server.reset()
    return server


@pytest.fixture
def apart(request: pytest.FixtureRequest) -> bool:
    """Return whether each task of a playbook runs in a process of its own, as the mark of a test says."""
    return request.node.get_closest_marker("apart") is not None


@pytest.fixture
def ansible(simulator: Simulator, tmp_path: Path, apart: bool) -> Ansible:
    """Return Ansible with the usual setting: tasks run in the controller, or with C(--as-modules) as modules."""
    return Ansible(simulator, tmp_path, apart=apart)


@pytest.fixture(params=[True, False], ids=["in_process", "as_module"])
def both_ways(simulator: Simulator, tmp_path: Path, apart: bool, request: pytest.FixtureRequest) -> Ansible:
    """Return Ansible that runs tasks in the controller, then Ansible that runs them as modules."""
    return Ansible(simulator, tmp_path, in_process=request.param, apart=apart)
