# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creates whose answer got lost, where listings lag: nothing is made twice, no key is left that nobody has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import NoWaiting, perform
from integration.scenarios import ORGANIZATION, SEARCH
from simulator import Simulator

PROJECT = "/organization/projects/{project_id}"
LOST: Mapping[str, Mapping[str, Any]] = {
    "dropped": {"kind": "drop", "when": "after"},
    "failed": {"kind": "status", "status": 500, "when": "after"},
    "failed, to be tried at once": {
        "kind": "status",
        "status": 500,
        "when": "after",
        "headers": {"Retry-After-Ms": "1"},
    },
    "page of a proxy": {"kind": "html", "status": 502, "when": "after"},
    "cut off": {"kind": "truncate"},
    "another object": {"kind": "body", "body": {}, "when": "after"},
    "an error in a 200": {"kind": "body", "body": {"error": {"message": "No."}}, "when": "after"},
}
PLAIN: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "project": ("/organization/projects", "project", {"name": "new"}),
    "account": (f"{PROJECT}/service_accounts", "service_account", {**SEARCH, "name": "new", "role": "none"}),
    "invite": ("/organization/invites", "invite", {"email": "new@example.com"}),
    "member": (f"{PROJECT}/users", "project_user", {**SEARCH, "email": "ops@example.com"}),
}
SECRET: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "admin key": ("/organization/admin_api_keys", "admin_api_key", {"name": "new"}),
    "key": (
        f"{PROJECT}/service_accounts/{{service_account_id}}/api_keys",
        "project_api_key",
        {**SEARCH, "service_account_id": "svc_api", "name": "new"},
    ),
    "account with a key": (
        f"{PROJECT}/service_accounts",
        "service_account",
        {**SEARCH, "name": "new", "create_api_key": True},
    ),
    "key of an account": (
        f"{PROJECT}/service_accounts/{{service_account_id}}/api_keys",
        "service_account",
        {**SEARCH, "name": "search-api", "create_api_key": True},
    ),
}
LAGS: Mapping[str, Mapping[str, Any]] = {
    "by time": {"lag_seconds": 0.3},
    "by a read": {"lag_reads": 1},
    "not at all": {},
}


@pytest.fixture
def run(simulator: Simulator) -> Callable[..., Any]:
    """A task whose waiting moves the simulator's clock on."""

    def perform_in_time(module: str, **arguments: Any) -> Any:
        return perform(simulator, module, clock=NoWaiting(simulator).clock(), hidden=True, **arguments)

    return perform_in_time


def made(simulator: Simulator) -> list[str]:
    """The names of all that a task here can make."""
    now = simulator.state()
    inside = [
        each["name"]
        for project in now["projects"]
        for part in ("service_accounts", "api_keys")
        for each in project[part]
    ]
    members = [each["email"] for project in now["projects"] for each in project["users"]]
    invites = [each["email"] for each in now["invites"]]
    names = [*(each["name"] for each in (*now["projects"], *now["admin_api_keys"])), *inside, *members, *invites]
    return [name for name in names if name in ("new", "new@example.com", "ops@example.com")]


@pytest.mark.parametrize("lag", LAGS)
@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("what", PLAIN)
def test_nothing_is_made_twice(what: str, how: str, lag: str, simulator: Simulator, run: Callable[..., Any]) -> None:
    route, module, task = PLAIN[what]
    simulator.reset(ORGANIZATION)
    simulator.behaviour(**LAGS[lag])
    simulator.fault(path=route, method="POST", **LOST[how])
    assert run(module, **task).changed
    assert len(made(simulator)) == 1
    assert len(simulator.requests(writes=True)) == 1
    assert not run(module, **task).changed


@pytest.mark.parametrize("lag", LAGS)
@pytest.mark.parametrize("how", LOST)
def test_nor_is_it_in_a_declaration(how: str, lag: str, simulator: Simulator, run: Callable[..., Any]) -> None:
    """A project, and what is declared in it."""
    simulator.reset(ORGANIZATION)
    simulator.behaviour(**LAGS[lag])
    routes = ["/organization/projects", f"{PROJECT}/service_accounts", f"{PROJECT}/users", "/organization/invites"]
    for route in routes:
        simulator.fault(path=route, method="POST", **LOST[how])
    inside = {"users": [{"email": "ops@example.com"}], "service_accounts": [{"name": "new", "role": "none"}]}
    declared = {"projects": [{"name": "new", **inside}], "invites": [{"email": "new@example.com"}]}
    assert run("organization", **declared).returns["summary"] == {
        "invites": {"send": 1},
        "project_users": {"add": 1},
        "projects": {"create": 1},
        "service_accounts": {"create": 1},
    }
    assert sorted(made(simulator)) == ["new", "new", "new@example.com", "ops@example.com"]
    assert not run("organization", **declared).changed


@pytest.mark.parametrize("kind", ["project", "account"])
def test_another_one_of_the_name_is_seen_where_listings_lag(
    kind: str, simulator: Simulator, run: Callable[..., Any]
) -> None:
    route, module, task = PLAIN[kind]
    simulator.reset(ORGANIZATION)
    simulator.behaviour(lag_seconds=0.3)
    path = route.format(project_id="proj_search")
    simulator.fault("meanwhile", route, "POST", body={"method": "POST", "path": path, "body": {"name": "new"}})
    with pytest.raises(AdminError, match="Somebody else created another"):
        run(module, **task, verify_unique=True)


@pytest.mark.parametrize("lag", LAGS)
@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("what", SECRET)
def test_no_key_is_left_that_nobody_has(
    what: str, how: str, lag: str, simulator: Simulator, run: Callable[..., Any]
) -> None:
    route, module, task = SECRET[what]
    simulator.reset(ORGANIZATION)
    before = keys(simulator)
    simulator.behaviour(**LAGS[lag])
    simulator.fault(path=route, method="POST", **LOST[how])
    with pytest.raises(AdminError) as caught:
        run(module, **task)
    sent = [each for each in simulator.requests(writes=True) if each["method"] == "POST"]
    assert len(sent) == 1
    left = [key for key in keys(simulator) if key not in before]
    if left:  # what has not been seen yet is named, with what to do
        assert "The API may have created a key whose value is lost" in caught.value.message
        assert "_info, and revoke it. Then run the task again." in caught.value.message
    else:
        assert "was revoked. Run the task again: it issues another key." in caught.value.message
    assert not left or (lag, what) == ("by a read", "account with a key")


@pytest.mark.parametrize("what", SECRET)
def test_a_key_is_not_issued_again_where_nobody_knows(what: str, simulator: Simulator, run: Callable[..., Any]) -> None:
    """Nothing was done, but nobody can know."""
    route, module, task = SECRET[what]
    simulator.reset(ORGANIZATION)
    before = keys(simulator)
    simulator.fault("drop", route, "POST")
    with pytest.raises(AdminError) as caught:
        run(module, **task)
    assert "Whether the change was made is unknown" in caught.value.message
    assert "The API may have created a key whose value is lost" in caught.value.message
    assert len(simulator.requests(writes=True)) == 1
    assert keys(simulator) == before
    assert run(module, **task).changed


@pytest.mark.parametrize("status", [429, 400])
@pytest.mark.parametrize("what", SECRET)
def test_a_refusal_in_words_is_known(what: str, status: int, simulator: Simulator, run: Callable[..., Any]) -> None:
    route, module, task = SECRET[what]
    simulator.reset(ORGANIZATION)
    simulator.fault("status", route, "POST", status=status, message="Not now.")
    if status == 429:
        assert run(module, **task).changed
        return
    with pytest.raises(AdminError) as caught:
        run(module, **task)
    assert "may be there" not in caught.value.message
    assert "not known" not in caught.value.message


def test_a_refusal_after_a_lost_answer_says_that_it_is_not_known(simulator: Simulator, run: Callable[..., Any]) -> None:
    simulator.reset(ORGANIZATION)
    simulator.fault("status", "/organization/projects", "POST", status=500)
    simulator.fault("status", "/organization/projects", "POST", status=400, message="Not now.")
    with pytest.raises(AdminError, match=r"Not now \(HTTP 400\)\. Whether the change was made is unknown"):
        run("project", name="new")


def test_what_certainly_was_done_is_never_sent_again(simulator: Simulator, run: Callable[..., Any]) -> None:
    """However long the listing lags."""
    simulator.reset(ORGANIZATION)
    simulator.behaviour(lag_seconds=3600)
    simulator.fault("body", "/organization/projects", "POST", body={}, when="after")
    with pytest.raises(AdminError, match="The change was made anyway"):
        run("project", name="new")
    assert made(simulator) == ["new"]


def keys(simulator: Simulator) -> list[str]:
    now = simulator.state()
    inside = [key["id"] for project in now["projects"] for key in project["api_keys"]]
    return sorted([*inside, *(key["id"] for key in now["admin_api_keys"])])
