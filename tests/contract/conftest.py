# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator for all contract tests, as new for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import Simulator, running


@pytest.fixture(scope="session")
def simulator() -> Iterator[Simulator]:
    """A running simulator; it starts with the packaged sample."""
    with running() as server:
        yield server


@pytest.fixture(autouse=True)
def fresh(request: pytest.FixtureRequest) -> None:
    """Start over before each test that uses the simulator."""
    if "simulator" in request.fixturenames:
        request.getfixturevalue("simulator").reset()


@pytest.fixture
def admin(simulator: Simulator) -> Iterator[Organization]:
    """The official SDK's client, which believes no answer that it has not checked."""
    with openai.OpenAI(
        admin_api_key=simulator.admin_key, base_url=simulator.url, _strict_response_validation=True, max_retries=0
    ) as client:
        yield client.admin.organization
