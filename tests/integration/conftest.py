# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator for all integration tests of a worker, as new for each of them."""

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
    with running() as simulator:
        yield simulator


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    from integration.browser import browsing  # on older ansible-core no page is read, and there is no browser

    with browsing() as chromium:
        yield chromium


@pytest.fixture
def simulator(server: Simulator) -> Simulator:
    """A running simulator with the sample organization."""
    server.reset()
    return server


@pytest.fixture
def apart(request: pytest.FixtureRequest) -> bool:
    """Whether each task of a playbook has a process of its own: in tests that are marked so."""
    return request.node.get_closest_marker("apart") is not None


@pytest.fixture
def ansible(simulator: Simulator, tmp_path: Path, apart: bool) -> Ansible:
    """Ansible as most people run it, tasks inside the controller; with C(--as-modules) as modules."""
    return Ansible(simulator, tmp_path, apart=apart)


@pytest.fixture(params=[True, False], ids=["in_process", "as_module"])
def both_ways(simulator: Simulator, tmp_path: Path, apart: bool, request: pytest.FixtureRequest) -> Ansible:
    """Ansible both ways: tasks inside the controller, and as modules."""
    return Ansible(simulator, tmp_path, in_process=request.param, apart=apart)
