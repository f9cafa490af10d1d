# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs at the same time against one organization: what the API lets happen, the next run tells."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Interrupted, Refused
from integration.direct import perform
from integration.scenarios import ORGANIZATION, SEARCH
from simulator import Simulator

PROJECTS = "/organization/projects"
ACCOUNTS = f"{PROJECTS}/{{project_id}}/service_accounts"
MEMBERS = f"{PROJECTS}/{{project_id}}/users"
NAMED: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "project": (PROJECTS, {"name": "new"}, {"method": "POST", "path": PROJECTS, "body": {"name": "new"}}),
    "service_account": (
        ACCOUNTS,
        {**SEARCH, "name": "new"},
        {
            "method": "POST",
            "path": f"{PROJECTS}/proj_search/service_accounts",
            "body": {"name": "new", "create_service_account_only": True},
        },
    ),
}
"""Where such an object is created, the task, and what another run sends before that."""


@pytest.fixture
def other_run(simulator: Simulator) -> Any:
    """Lets another run send a request just before a route's next one."""
    simulator.reset(ORGANIZATION)

    def meanwhile(route: str, request: dict[str, Any], method: str = "POST") -> None:
        simulator.fault("meanwhile", route, method, body=request)

    return meanwhile


def ids(simulator: Simulator, kind: str) -> list[str]:
    projects = simulator.state()["projects"]
    objects = projects if kind == "project" else [account for each in projects for account in each["service_accounts"]]
    return [each["id"] for each in objects if each["name"] == "new"]


@pytest.mark.parametrize("kind", NAMED)
def test_the_next_run_tells_both(kind: str, simulator: Simulator, other_run: Any) -> None:
    route, task, request = NAMED[kind]
    other_run(route, request)
    assert perform(simulator, kind, **task).changed
    both = ids(simulator, kind)
    assert len(both) == 2
    simulator.clear()
    with pytest.raises(Refused) as caught:
        perform(simulator, kind, **task)
    assert all(each in caught.value.message for each in both)
    assert f"Give {kind}_id instead" in caught.value.message
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize("kind", NAMED)
def test_with_verify_unique_this_run_does(kind: str, simulator: Simulator, other_run: Any) -> None:
    route, task, request = NAMED[kind]
    other_run(route, request)
    with pytest.raises(Interrupted) as caught:
        perform(simulator, kind, **task, verify_unique=True)
    both = ids(simulator, kind)
    assert len(both) == 2
    assert all(each in caught.value.message for each in both)
    assert caught.value.facts["changed"]
    assert f"create {kind.replace('_', ' ')} 'new'" in caught.value.facts["done"][0]


@pytest.mark.parametrize("kind", NAMED)
def test_verify_unique_lets_an_only_one_pass(kind: str, simulator: Simulator, other_run: Any) -> None:
    assert other_run
    unused_route, task, unused_request = NAMED[kind]
    assert perform(simulator, kind, **task, verify_unique=True).changed
    assert not perform(simulator, kind, **task, verify_unique=True).changed


def test_no_key_is_issued_for_an_account_that_may_have_to_go(simulator: Simulator, other_run: Any) -> None:
    route, task, request = NAMED["service_account"]
    other_run(route, request)
    with pytest.raises(AdminError, match="Somebody else created another"):
        perform(simulator, "service_account", **task, verify_unique=True, create_api_key=True, hidden=True)
    assert [key for project in simulator.state()["projects"] for key in project["api_keys"]] == []


@pytest.mark.parametrize("role", ["member", "owner"])
def test_a_member_is_added_once(role: str, simulator: Simulator, other_run: Any) -> None:
    """Who was added meanwhile is there, as both wanted it; where they did not, the API's refusal says so."""
    request = {
        "method": "POST",
        "path": f"{PROJECTS}/proj_search/users",
        "body": {"user_id": "user-ops", "role": "member"},
    }
    other_run(MEMBERS, request)
    task = {**SEARCH, "email": "ops@example.com", "role": role}
    if role == "member":
        assert perform(simulator, "project_user", **task).returns["project_user"]["id"] == "user-ops"
        assert not perform(simulator, "project_user", **task).changed
    else:
        with pytest.raises(AdminError, match="already exists"):
            perform(simulator, "project_user", **task)
        assert perform(simulator, "project_user", **task).changed
    members = simulator.state()["projects"][1]["users"]
    assert [(each["role"]) for each in members if each["email"] == "ops@example.com"] == [role]


def test_of_two_keys_the_newest_counts(simulator: Simulator, other_run: Any) -> None:
    account = f"{PROJECTS}/proj_search/service_accounts/svc_api/api_keys"
    other_run(
        f"{ACCOUNTS}/{{service_account_id}}/api_keys", {"method": "POST", "path": account, "body": {"name": "deploy"}}
    )
    task = {**SEARCH, "service_account_id": "svc_api", "name": "deploy"}
    assert perform(simulator, "project_api_key", hidden=True, **task).changed
    again = perform(simulator, "project_api_key", hidden=True, **task)
    assert not again.changed
    assert len(again.returns["previous"]) == 1
    assert perform(simulator, "project_api_key", hidden=True, **task, previous="revoke").changed
    assert len(simulator.state()["projects"][1]["api_keys"]) == 1
