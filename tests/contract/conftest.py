# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator for all contract tests, as new for each of them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest
from contract.description import operation_of, problems
from openai.resources.admin.organization import Organization
from simulator import Simulator, running

TRUST = ssl.create_default_context()
"""Of no use where there is no TLS; each client would load the system's certificates for one of its own, for 45 ms."""


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
def answers() -> dict[str, list[Any]]:
    """What the official SDK's client was answered, by operation."""
    return {}


@pytest.fixture
def admin(simulator: Simulator, answers: dict[str, list[Any]]) -> Iterator[Organization]:
    """The official SDK's client, which believes no answer that it has not checked, nor one that its API rules out."""

    def keep(response: httpx2.Response) -> None:
        response.read()
        if response.is_success:
            operation = operation_of(response.request.method, response.url.path)
            answers.setdefault(operation, []).append(response.json())

    with openai.OpenAI(
        admin_api_key=simulator.admin_key,
        base_url=simulator.url,
        _strict_response_validation=True,
        max_retries=0,
        http_client=openai.DefaultHttpx2Client(event_hooks={"response": [keep]}, verify=TRUST),
    ) as client:
        yield client.admin.organization
    wrong = [text for operation, several in answers.items() for each in several for text in problems(operation, each)]
    assert wrong == []
