# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests, writes and connections a large organization needs: exact figures, whatever the time."""

from __future__ import annotations

from typing import Any

import pytest
from integration.direct import perform
from integration.organizations import large_organization
from simulator import Simulator

PROJECTS = 100


@pytest.fixture
def exported(simulator: Simulator) -> dict[str, Any]:
    """What a large organization, which is there, is as a declaration: 35 objects in each project."""
    simulator.reset(large_organization(PROJECTS))
    include = ["projects", "project_users", "service_accounts", "rate_limits"]
    declaration = perform(simulator, "organization_info", include=include).returns["organization"]
    objects = [
        each
        for project in declaration["projects"]
        for kind in project.values()
        if isinstance(kind, list)
        for each in kind
    ]
    assert len(objects) == 35 * PROJECTS
    simulator.clear()
    return dict(declaration)


def test_an_unchanged_organization_is_read_once_and_not_written(exported: dict[str, Any], simulator: Simulator) -> None:
    outcome = perform(simulator, "organization", sockets=True, **exported)
    log = simulator.requests()
    assert not outcome.changed
    assert len(log) == 1 + 3 * PROJECTS
    assert [entry for entry in log if entry["method"] != "GET"] == []
    assert len({entry["connection"] for entry in log}) <= 8
    assert outcome.returns["requests"]["reads"] == len(log)


def test_only_what_differs_is_written(exported: dict[str, Any], simulator: Simulator) -> None:
    projects = exported["projects"]
    projects[3]["rate_limits"][0]["max_requests_per_1_minute"] += 1
    projects[7]["users"][0]["role"] = "owner" if projects[7]["users"][0]["role"] == "member" else "member"
    projects[9]["service_accounts"].append({"name": "one-more", "role": "none"})
    outcome = perform(simulator, "organization", **exported)
    assert len(outcome.returns["changes"]) == 3
    assert len(simulator.requests(writes=True)) == 3
