# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of a declaration are told apart, whatever they and their projects are called."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

PEOPLE = [{"email": "owner@example.com", "role": "owner"}]
ACCOUNTS = "/organization/projects/{project_id}/service_accounts"
BLANKS: list[dict[str, Any]] = [
    {"name": "search", "service_accounts": [{"name": "prod api"}]},
    {"name": "search prod", "service_accounts": [{"name": "api"}]},
]


def in_state(simulator: Simulator) -> dict[str, dict[str, str]]:
    return {
        project["name"]: {account["name"]: account["id"] for account in project["service_accounts"]}
        for project in simulator.state()["projects"]
        if project["service_accounts"]
    }


def test_ids_are_those_of_what_is_named(simulator: Simulator) -> None:
    simulator.reset({"users": PEOPLE})
    first = perform(simulator, "organization", projects=BLANKS)
    assert first.returns["ids"]["service_accounts"] == in_state(simulator)
    assert perform(simulator, "organization", projects=BLANKS).returns["ids"] == first.returns["ids"]


def test_a_failure_holds_up_only_what_waits_for_it(simulator: Simulator) -> None:
    """An account that cannot be created keeps those of its own project that are not declared, and no others."""
    old = {"service_accounts": [{"name": "old"}]}
    simulator.reset(
        {
            "users": PEOPLE,
            "projects": [
                {"name": "Default project"},
                {"name": "search", "id": "proj_1", **old},
                {"name": "search prod", "id": "proj_2", **old},
            ],
        }
    )
    simulator.fault("status", "/organization/projects/proj_1/service_accounts", "POST", status=400)
    declared = [{**project, "purge": ["service_accounts"]} for project in BLANKS]
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", projects=declared)
    assert [(each["project"], each["name"]) for each in caught.value.facts["not_tried"]] == [("search", "old")]
    assert {name: list(accounts) for name, accounts in in_state(simulator).items()} == {
        "search": ["old"],
        "search prod": ["api"],
    }


def test_a_failure_in_one_of_two_projects_of_one_name_holds_up_only_that_one(simulator: Simulator) -> None:
    old = {"service_accounts": [{"name": "old"}]}
    twins = [{"name": "twin", "id": f"proj_{number}", **old} for number in (1, 2)]
    simulator.reset({"users": PEOPLE, "projects": [{"name": "Default project"}, *twins]})
    simulator.fault("status", "/organization/projects/proj_1/service_accounts", "POST", status=400)
    accounts = {"service_accounts": [{"name": "new"}], "purge": ["service_accounts"]}
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", projects=[{"project_id": f"proj_{n}", **accounts} for n in (1, 2)])
    assert len(caught.value.facts["not_tried"]) == 1
    left = [[each["name"] for each in project["service_accounts"]] for project in simulator.state()["projects"]]
    assert left == [[], ["old"], ["new"]]
