# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What somebody else does while a task runs: it is seen, and never told as this task's doing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from integration.removals import ORGANIZATION, REMOVALS
from integration.scenarios import SEARCH
from simulator import Simulator

PROJECTS = "/organization/projects"
INVITE = "/organization/invites/{invite_id}"
Prepare = Callable[[Client], None]


@pytest.fixture
def accepting(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Prepare:
    """Has somebody accept the invite directly before a task's first deletion."""
    simulator.reset(ORGANIZATION)

    def prepare(client: Client) -> None:
        exchange = client._exchange

        def accept_first(request: Any) -> Any:
            if request.method == "DELETE" and simulator.state()["invites"][0]["status"] == "pending":
                simulator.accept_invite("invite-new")
            return exchange(request)

        monkeypatch.setattr(client, "_exchange", accept_first)

    return prepare


@pytest.mark.parametrize("status", [400, 404])
@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize(
    "task",
    [
        {"email": "new@example.com", "state": "absent"},
        {"invite_id": "invite-new", "state": "absent"},
        {"email": "new@example.com", "role": "owner"},
    ],
    ids=["by address", "by id", "to be replaced"],
)
def test_an_invite_that_was_accepted_is_not_withdrawn(
    task: Mapping[str, Any], lost: bool, status: int, simulator: Simulator, accepting: Prepare
) -> None:
    if lost:
        simulator.fault("status", INVITE, "DELETE", status=500)
    if status == 404:
        simulator.fault("status", INVITE, "DELETE", status=404)
    with pytest.raises(AdminError) as caught:
        perform(simulator, "invite", prepare=accepting, **task)
    assert caught.value.message.startswith("Could not withdraw invite ")
    assert "it was accepted meanwhile" in caught.value.message
    assert "community.openai_admin.user" in caught.value.message
    assert not caught.value.facts.get("changed")
    assert [each["method"] for each in simulator.requests(writes=True)] == ["DELETE"] * (1 + lost)


@pytest.mark.parametrize(
    "declared",
    [
        {"invites": [{"email": "new@example.com", "state": "absent"}]},
        {"invites": [], "purge": ["invites"]},
        {"invites": [{"email": "new@example.com", "role": "owner"}]},
    ],
    ids=["declared to be absent", "purged", "to be replaced"],
)
def test_nor_is_it_in_a_declaration(declared: Mapping[str, Any], simulator: Simulator, accepting: Prepare) -> None:
    with pytest.raises(AdminError, match="it was accepted meanwhile"):
        perform(simulator, "organization", prepare=accepting, **declared)


def test_an_invite_that_somebody_else_withdrew_is_gone(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.fault(
        "meanwhile", INVITE, "DELETE", body={"method": "DELETE", "path": "/organization/invites/invite-new"}
    )
    assert not perform(simulator, "invite", email="new@example.com", state="absent").changed


@pytest.mark.parametrize("kind", REMOVALS)
def test_what_somebody_else_removed_is_no_change(kind: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    usual = perform(simulator, kind, **REMOVALS[kind], state="absent")
    assert usual.changed
    (deletion,) = simulator.requests(writes=True)
    simulator.reset(ORGANIZATION)
    other = {"method": "DELETE", "path": deletion["path"]}
    simulator.fault("meanwhile", deletion["route"], "DELETE", body=other)
    outcome = perform(simulator, kind, **REMOVALS[kind], state="absent")
    assert not outcome.changed
    assert outcome.before == outcome.after
    assert outcome.returns[kind] is None
    assert not outcome.returns.get("revoked")


@pytest.mark.parametrize("kind", REMOVALS)
def test_after_a_lost_answer_it_is_one(kind: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.fault("drop", method="DELETE", when="after")
    outcome = perform(simulator, kind, **REMOVALS[kind], state="absent")
    assert outcome.changed
    assert outcome.returns[kind]["id"]


def test_a_project_that_somebody_else_archived_is_no_change(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    path = f"{PROJECTS}/proj_search/archive"
    simulator.fault("meanwhile", f"{PROJECTS}/{{project_id}}/archive", "POST", body={"method": "POST", "path": path})
    outcome = perform(simulator, "project", project_id="proj_search", state="archived")
    assert not outcome.changed
    assert outcome.returns["project"]["status"] == "archived"
    assert outcome.before == outcome.after


def test_a_member_that_somebody_else_added_is_no_change(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    path, body = f"{PROJECTS}/proj_search/users", {"user_id": "user-ops", "role": "member"}
    other = {"method": "POST", "path": path, "body": body}
    simulator.fault("meanwhile", f"{PROJECTS}/{{project_id}}/users", "POST", body=other)
    outcome = perform(simulator, "project_user", **SEARCH, email="ops@example.com")
    assert not outcome.changed
    assert outcome.before == outcome.after


def test_in_a_declaration_it_is_none_either(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    other = {"method": "DELETE", "path": "/organization/users/user-ops"}
    simulator.fault("meanwhile", "/organization/users/{user_id}", "DELETE", body=other)
    outcome = perform(simulator, "organization", users=[{"email": "ops@example.com", "state": "absent"}])
    assert not outcome.changed
    assert outcome.returns["changes"] == []
    assert outcome.returns["summary"] == {"users": {"unchanged": 1}}


# --- a project that is made between two listings


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("name", ["new", "old"])
def test_a_project_that_was_made_meanwhile_is_found(name: str, check: bool, simulator: Simulator) -> None:
    """Also where an archived one has its name."""
    archived = {"name": "old", "id": "proj_old", "status": "archived"}
    simulator.reset({**ORGANIZATION, "projects": [*ORGANIZATION["projects"], archived]})
    other = {"method": "POST", "path": PROJECTS, "body": {"name": name}}
    simulator.fault("meanwhile", PROJECTS, "GET", when="after", body=other)
    outcome = perform(simulator, "project", check=check, name=name)
    assert not outcome.changed
    there = [each["id"] for each in simulator.state()["projects"] if each["name"] == name]
    assert outcome.returns["project"]["id"] == there[-1]
    assert outcome.returns["project"]["status"] == "active"


def test_in_a_declaration_it_is_found_with_what_lies_in_it(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    other = {"method": "POST", "path": PROJECTS, "body": {"name": "new"}}
    simulator.fault("meanwhile", PROJECTS, "GET", when="after", body=other)
    projects = [{"name": "new", "users": [{"email": "dev@example.com"}]}]
    outcome = perform(simulator, "organization", projects=projects)
    assert outcome.returns["summary"] == {"project_users": {"add": 1}, "projects": {"unchanged": 1}}
    assert [each["name"] for each in simulator.state()["projects"]].count("new") == 1
    assert not perform(simulator, "organization", projects=projects).changed


# --- a project that does not exist

INSIDE: Mapping[str, Mapping[str, Any]] = {
    "project_user": {"user_id": "user-dev"},
    "service_account": {"service_account_id": "svc_api"},
    "project_api_key": {"api_key_id": "key_deploy"},
}


@pytest.mark.parametrize("words", ["with ids", "without ids"])
@pytest.mark.parametrize("kind", INSIDE)
def test_absent_in_a_project_that_does_not_exist_fails(kind: str, words: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(errors_without_ids=words == "without ids")
    with pytest.raises(AdminError, match=r"proj_none|Project proj_none does not exist"):
        perform(simulator, kind, **INSIDE[kind], project_id="proj_none", state="absent")


@pytest.mark.parametrize("words", ["with ids", "without ids"])
@pytest.mark.parametrize("kind", INSIDE)
def test_absent_in_one_that_exists_is_unchanged(kind: str, words: str, simulator: Simulator) -> None:
    """The project is read only where the words of the answer do not tell."""
    simulator.reset(ORGANIZATION)
    simulator.behaviour(errors_without_ids=words == "without ids")
    (option,) = INSIDE[kind]
    nobody = {option: "none-such"}
    assert not perform(simulator, kind, **nobody, **SEARCH, state="absent").changed
    assert len(simulator.requests()) == (1 if words == "with ids" else 2)
