# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People whom one declaration makes owners of the organization, or owners no more, and who are in its projects."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

ADDRESS = "dev@example.com"
ROLES = ("owner", "reader")
CASES = [
    {"before": before, "after": after, "member": member, "declared": declared, "listed": listed}
    for before, after, member, declared, listed in product(
        ROLES, ROLES, (None, "member", "owner"), (None, "member", "owner", "absent"), (True, False)
    )
]
"""Roles in the organization and in the project; C(listed): the API lists owners of the organization in projects.

An owner who is a member of a project besides cannot be told from one who is not, before they have ceased to be one.
"""


def organization(before: str, member: str | None, listed: bool) -> dict[str, Any]:
    members = [{"email": ADDRESS, "role": member}] if member else []
    return {
        "users": [{"email": "owner@example.com", "role": "owner"}, {"email": ADDRESS, "role": before}],
        "projects": [{"name": "Default project"}, {"name": "search", "users": members}],
        "behaviour": {"owners_in_projects": listed},
    }


def declaration(after: str, declared: str | None) -> dict[str, Any]:
    member = {"email": ADDRESS, **({"state": "absent"} if declared == "absent" else {})}
    if declared in ("member", "owner"):
        member["role"] = declared
    return {
        "users": [{"email": ADDRESS, "role": after}],
        "projects": [{"name": "search", "users": [member]}],
    }


def told(changes: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [(change["kind"], change["name"], change["action"]) for change in changes]


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(map(str, case.values())))
def test_check_mode_predicts_it_and_the_next_run_changes_nothing(case: dict[str, Any], simulator: Simulator) -> None:
    simulator.reset(organization(case["before"], case["member"], case["listed"]))
    task = declaration(case["after"], case["declared"])
    predicted = perform(simulator, "organization", check=True, **task)
    assert simulator.requests(writes=True) == []
    done = perform(simulator, "organization", **task)
    if told(predicted.returns["changes"]) != told(done.returns["changes"]):
        assert case["member"]
        assert (case["before"], case["after"]) == ("owner", "reader")
    hidden = [warning for warning in predicted.warnings if "cannot be seen before the person ceases" in warning]
    assert len(hidden) == ((case["before"], case["after"]) == ("owner", "reader"))
    assert not any("cannot be seen" in warning for warning in done.warnings)
    simulator.clear()
    again = perform(simulator, "organization", **task)
    assert not again.changed
    assert simulator.requests(writes=True) == []
    assert [user["role"] for user in simulator.state()["users"] if user["email"] == ADDRESS] == [case["after"]]
    if case["after"] != "owner":
        members = simulator.state()["projects"][1]["users"]
        roles = [each["role"] for each in members if each["email"] == ADDRESS]
        expected = {"absent": [], None: [case["member"] or "member"]}.get(case["declared"], [case["declared"]])
        assert roles == expected


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("member", [None, "member", "owner"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_hidden_membership_that_is_not_declared_is_purged_in_the_same_run(
    declared: bool, member: str | None, listed: bool, simulator: Simulator
) -> None:
    simulator.reset(organization("owner", member, listed))
    entries = [{"email": ADDRESS, "role": "member"}] if declared else []
    task = {
        "users": [{"email": ADDRESS, "role": "reader"}],
        "projects": [{"name": "search", "users": entries, "purge": ["users"]}],
    }
    predicted = perform(simulator, "organization", check=True, **task)
    assert len([warning for warning in predicted.warnings if "cannot be seen before the person" in warning]) == 1
    assert simulator.requests(writes=True) == []
    done = perform(simulator, "organization", **task)
    purged = [change["name"] for change in done.returns["changes"] if change["purged"]]
    assert purged == ([ADDRESS] if member and not declared else [])
    expected = {"remove": 1} if purged else {}
    if not declared:
        assert done.returns["summary"].get("project_users", {}) == expected
        assert "project_users" not in predicted.returns["summary"]
    simulator.clear()
    again = perform(simulator, "organization", **task)
    assert not again.changed
    assert simulator.requests(writes=True) == []
    members = [each["role"] for each in simulator.state()["projects"][1]["users"] if each["email"] == ADDRESS]
    assert members == (["member"] if declared else [])


def hidden(declared: dict[str, Any], simulator: Simulator) -> list[str]:
    """What a prediction says of memberships that cannot be seen yet."""
    predicted = perform(simulator, "organization", check=True, **declared)
    return [warning for warning in predicted.warnings if "cannot be seen before the person" in warning]


def test_a_membership_that_is_listed_by_its_own_role_is_not_hidden(simulator: Simulator) -> None:
    simulator.reset(organization("owner", None, True))
    place = ["data", 1]
    route = "/organization/projects/{project_id}/users"
    simulator.fault("shape", route, "GET", times=None, at=[*place, "role"], body="member")
    assert hidden(declaration("reader", "member"), simulator) == []


def test_nothing_is_hidden_in_a_project_that_is_not_there_yet(simulator: Simulator) -> None:
    simulator.reset(organization("owner", None, True))
    task = declaration("reader", "absent")
    task["projects"][0]["name"] = "new"
    assert hidden(task, simulator) == []
    assert perform(simulator, "organization", **task).returns["summary"] == {
        "project_users": {"unchanged": 1},
        "projects": {"create": 1},
        "users": {"update": 1},
    }


def test_whoever_never_owned_the_organization_has_no_hidden_membership(simulator: Simulator) -> None:
    simulator.reset(organization("reader", None, True))
    assert hidden(declaration("auditor", "member"), simulator) == []


def test_a_hidden_membership_that_is_as_declared_counts_as_unchanged(simulator: Simulator) -> None:
    simulator.reset(organization("owner", "member", False))
    outcome = perform(simulator, "organization", **declaration("reader", "member"))
    assert outcome.returns["summary"] == {
        "project_users": {"unchanged": 1},
        "projects": {"unchanged": 1},
        "users": {"update": 1},
    }


def test_a_hidden_membership_that_could_not_be_looked_for_counts_as_failed(simulator: Simulator) -> None:
    simulator.reset(organization("owner", "member", False))
    simulator.fault("status", "/organization/projects/{project_id}/users/{user_id}", "GET", status=403, times=None)
    projects = [{"name": "search", "users": [], "purge": ["users"]}]
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", **{**declaration("reader", None), "projects": projects})
    assert caught.value.facts["summary"]["project_users"] == {"failed": 1}


@pytest.mark.parametrize("listed", [True, False])
def test_an_owner_of_the_organization_is_returned_as_owner_of_the_project(listed: bool, simulator: Simulator) -> None:
    simulator.reset(organization("owner", None, listed))
    outcome = perform(simulator, "project_user", project="search", email=ADDRESS, role="member")
    member = outcome.returns["project_user"]
    assert (outcome.changed, member["email"], member["role"]) == (False, ADDRESS, "owner")


def test_a_listing_of_the_organization_is_not_said_to_be_of_the_project(simulator: Simulator) -> None:
    simulator.reset(organization("reader", None, True))
    simulator.fault("status", "/organization/users", "GET", status=403, times=None)
    with pytest.raises(AdminError, match=r"Could not list the users: "):
        perform(simulator, "project_user", project="search", email=ADDRESS, role="member")
