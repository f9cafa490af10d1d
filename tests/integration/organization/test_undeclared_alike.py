# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an organization holds and nobody declared, where it looks as if it were declared: it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from integration.direct import perform
from simulator import Simulator

OWNER = {"email": "owner@example.com", "role": "owner", "id": "user-owner"}
NEW = "new@example.com"
SEARCH = {"name": "search", "id": "proj_search"}
DECLARED: Mapping[str, Any] = {"projects": [{"name": "search", "users": [{"email": NEW, "role": "member"}]}]}


def there(simulator: Simulator, **organization: Any) -> None:
    projects = [{"name": "Default project", "id": "proj_default", "created_at": 1000}, SEARCH]
    simulator.reset({"users": [OWNER], "projects": projects, **organization})


def audit(simulator: Simulator, **declared: Any) -> Mapping[str, Any]:
    """What the job audit asks for."""
    return perform(simulator, "organization", check=True, invite_missing=True, **declared).returns


def told(result: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["kind"], each["name"], each["id"]) for each in result["unmanaged"]]


def invite(role: str, **more: Any) -> dict[str, Any]:
    grants = [{"project": "search", "role": "member"}]
    return {"email": NEW.title(), "id": "invite-new", "role": role, "projects": grants, **more}


# An invite that makes somebody an owner who is declared in a project alone


@pytest.mark.parametrize("more", [{}, {"invites": []}, {"users": []}], ids=["projects", "invites", "users"])
def test_an_owner_to_be_who_is_declared_in_a_project_alone_is_told(more: dict[str, Any], simulator: Simulator) -> None:
    there(simulator, invites=[invite("owner")])
    declared = {**DECLARED, **more}
    if "users" in more:
        declared["users"] = [{"email": OWNER["email"], "role": "owner"}]
    result = audit(simulator, **declared)
    assert ("invite", NEW.title(), "invite-new") in told(result)
    assert [each["role"] for each in result["unmanaged"] if each["kind"] == "invite"] == ["owner"]
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize(
    ("role", "declared"),
    [
        ("reader", {}),
        ("owner", {"users": [{"email": "owner@example.com", "role": "owner"}, {"email": NEW, "role": "owner"}]}),
        ("owner", {"invites": [{"email": NEW, "role": "owner"}]}),
        ("owner", {"users": [{"email": "owner@example.com", "role": "owner"}, {"email": NEW}]}),
    ],
    ids=["a reader", "declared as an owner", "declared as an owner's invite", "declared without a role"],
)
def test_whoever_is_declared_so_is_not(role: str, declared: dict[str, Any], simulator: Simulator) -> None:
    there(simulator, invites=[invite(role)])
    result = audit(simulator, **{**DECLARED, **declared})
    assert [each for each in told(result) if each[0] == "invite"] == []


def test_purging_invites_has_the_invite_sent_anew_as_a_reader(simulator: Simulator) -> None:
    there(simulator, invites=[invite("owner")])
    declared = {**DECLARED, "invites": [], "purge": ["invites"], "invite_missing": True}
    check = perform(simulator, "organization", check=True, **declared)
    real = perform(simulator, "organization", **declared)
    assert [each["action"] for each in check.returns["changes"]] == [each["action"] for each in real.returns["changes"]]
    assert real.changed
    pending = [each for each in simulator.state()["invites"] if each["accepted_at"] is None]
    assert [(each["email"].lower(), each["role"]) for each in pending] == [(NEW, "reader")]
    assert real.returns["unmanaged"] == []
    assert not perform(simulator, "organization", **declared).changed


@pytest.mark.parametrize("status", ["on_hold", None])
def test_an_invite_of_an_unknown_status_is_told_and_goes(status: str | None, simulator: Simulator) -> None:
    there(simulator, invites=[{"email": NEW, "id": "invite-new", "role": "owner"}])
    answer = perform(simulator, "invite_info").returns["invites"][0]
    shown = {**answer, "object": "organization.invite", "status": status}
    page = {"object": "list", "data": [shown], "has_more": False, "first_id": "invite-new", "last_id": "invite-new"}
    simulator.fault("body", "/organization/invites", "GET", status=200, body=page, times=None)
    assert told(audit(simulator, invites=[])) == [("invite", NEW, "invite-new")]
    outcome = perform(simulator, "organization", invites=[], purge=["invites"])
    assert [each["action"] for each in outcome.returns["changes"]] == ["withdraw"]


# Projects that have the name of the default project


def projects(*created: int | None) -> list[dict[str, Any]]:
    found = [
        {
            "name": "Default project",
            "id": f"proj_{number}",
            "default": number == 0,
            **({"created_at": at} if at else {}),
        }
        for number, at in enumerate(created)
    ]
    return [*found, SEARCH]


def test_the_older_of_two_is_the_default_project_and_the_other_one_is_told(simulator: Simulator) -> None:
    there(simulator, projects=projects(1000, 2000))
    assert told(audit(simulator, projects=[{"name": "search"}])) == [("project", "Default project", "proj_1")]
    there(simulator, projects=list(reversed(projects(1000, 2000))))
    assert told(audit(simulator, projects=[{"name": "search"}])) == [("project", "Default project", "proj_1")]


@pytest.mark.parametrize("hidden", [{"omit_required": ["created_at"]}, {}], ids=["no age", "the same age"])
def test_where_no_age_tells_them_apart_both_are_told(hidden: dict[str, Any], simulator: Simulator) -> None:
    there(simulator, projects=projects(1000, 1000))
    simulator.behaviour(**hidden)
    assert {own_id for dummy, dummy2, own_id in told(audit(simulator, projects=[{"name": "search"}]))} == {
        "proj_0",
        "proj_1",
    }


def test_what_is_declared_by_id_is_declared(simulator: Simulator) -> None:
    there(simulator, projects=projects(1000, 2000))
    assert told(audit(simulator, projects=[{"name": "search"}, {"project_id": "proj_1"}])) == []
    declared = [{"name": "search"}, {"project_id": "proj_0"}, {"project_id": "proj_1"}]
    assert told(audit(simulator, projects=declared)) == []


def test_none_of_them_is_purged(simulator: Simulator) -> None:
    there(simulator, projects=[*projects(1000, 2000), {"name": "stray", "id": "proj_stray"}])
    outcome = perform(simulator, "organization", projects=[{"name": "search"}], purge=["projects"], purge_projects=True)
    assert [each["name"] for each in outcome.returns["changes"]] == ["stray"]
    assert told(outcome.returns) == [("project", "Default project", "proj_1")]
    assert any("Default project" in warning and "proj_0" in warning for warning in outcome.warnings)
