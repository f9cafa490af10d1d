# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups in projects: added with a role that no list of them shows."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, NotFound, Refused
from integration.direct import perform
from simulator import Simulator

GROUPS = "/organization/projects/proj_search/groups"
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "groups": [
        {"name": "team", "id": "group_team"},
        {"name": "tenant", "id": "group_tenant", "group_type": "tenant_group", "is_scim_managed": True},
        {"name": "twin", "id": "group_one"},
        {"name": "twin", "id": "group_two"},
    ],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "roles": [{"name": "Writer", "id": "role_writer", "permissions": []}],
            "groups": [{"group": "group_two"}],
        }
    ],
}
SEARCH = {"project": "search"}
NOTICE = (
    "Changes of who has which role may take up to 30 minutes to take effect for the people concerned. The API already"
    " lists them."
)


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)


def sent(simulator: Simulator) -> list[tuple[str, str, Any]]:
    return [(each["method"], each["path"], each["body"]) for each in simulator.requests(writes=True)]


@pytest.mark.parametrize(
    ("role", "own_id"),
    [
        ({"role": "member"}, "role-api-project-member"),
        ({"role": "Project Viewer"}, "role-api-project-viewer"),
        ({"role": "Writer"}, "role_writer"),
        ({"role_id": "role_writer"}, "role_writer"),
        ({"role_id": "role-api-project-viewer"}, "role-api-project-viewer"),
    ],
)
@pytest.mark.parametrize("group", ["team", "tenant"])
def test_a_group_comes_with_a_role_and_goes(
    group: str, role: dict[str, str], own_id: str, simulator: Simulator
) -> None:
    task = {**SEARCH, "group": group, **role}
    predicted = perform(simulator, "project_group", True, **task)
    assert sent(simulator) == []
    done = [perform(simulator, "project_group", **task) for unused_turn in range(2)]
    assert [each.changed for each in (predicted, *done)] == [True, True, False]
    assert [each.warnings for each in (predicted, *done)] == [(), (NOTICE,), ()]
    assert [(each.before, each.after) for each in (predicted, done[0])] == [(None, {"group": group, **role})] * 2
    assert sent(simulator) == [("POST", GROUPS, {"group_id": f"group_{group}", "role": own_id})]
    shown = done[1].returns["project_group"]
    assert (shown["id"], shown["name"], shown["project_id"]) == (f"group_{group}", group, "proj_search")
    gone = [perform(simulator, "project_group", check, **SEARCH, group=group, state="absent") for check in (1, 0, 0)]
    assert [each.changed for each in gone] == [True, True, False]
    assert sent(simulator)[1:] == [("DELETE", f"{GROUPS}/group_{group}", None)]


def test_who_is_there_needs_no_role(simulator: Simulator) -> None:
    """And the role that is named is neither looked for nor compared: no list shows it."""
    for task in {}, {"role": "nonsense"}, {"role": "owner"}:
        kept = perform(simulator, "project_group", **SEARCH, group_id="group_two", **task)
        assert (kept.changed, kept.returns["project_group"]["name"]) == (False, "twin")
    assert {each["route"] for each in simulator.requests()} == {
        "/organization/projects",
        "/organization/projects/{project_id}/groups",
    }


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("task", "words"),
    [
        ({"group": "team"}, "There is no project group 'team' of project 'search': give role to add it"),
        ({"group": "team", "role": "owner"}, "would be added as owner"),
        ({"group": "team", "role": "project OWNER"}, "would be added as owner"),
        ({"group": "team", "role_id": "role-api-project-owner"}, "would be added as owner"),
        (
            {"group": "team", "role_id": "role-api-project-owner__api-project__proj_search"},
            "would be added as owner",
        ),
    ],
)
def test_what_is_refused(task: dict[str, Any], words: str, check: bool, simulator: Simulator) -> None:
    with pytest.raises(Refused, match=words):
        perform(simulator, "project_group", check, **SEARCH, **task)
    assert sent(simulator) == []


def test_an_owner_that_is_meant(simulator: Simulator) -> None:
    perform(simulator, "project_group", **SEARCH, group="team", role="owner", allow_owner_group=True)
    assert sent(simulator) == [("POST", GROUPS, {"group_id": "group_team", "role": "role-api-project-owner"})]


def test_an_id_that_no_role_has(simulator: Simulator) -> None:
    task = {**SEARCH, "group": "team", "role_id": "role_none"}
    for check in True, False:
        with pytest.raises(Refused, match=r"^Role role_none of project 'search' does not exist\.$"):
            perform(simulator, "project_group", check, **task)


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (
            {"group": "team", "role": "Wrietr"},
            r"Role 'Wrietr' of project 'search' does not exist \(did you mean 'Writer'",
        ),
        ({"group": "new", "role": "viewer"}, r"Group 'new' does not exist"),
        ({"project": "new", "group": "team", "role": "Writer"}, r"Project 'new' does not exist"),
    ],
)
def test_what_is_to_come(task: dict[str, Any], words: str, simulator: Simulator) -> None:
    with pytest.raises(NotFound, match=words):
        perform(simulator, "project_group", **{**SEARCH, **task})
    predicted = perform(simulator, "project_group", True, **{**SEARCH, **task})
    assert (predicted.changed, len(predicted.warnings)) == (True, 1)
    gone = perform(simulator, "project_group", **{**SEARCH, **task, "role": None, "state": "absent"})
    assert not gone.changed
    assert sent(simulator) == []


def test_of_twins_the_id_tells(simulator: Simulator) -> None:
    perform(simulator, "project_group", **SEARCH, group_id="group_one", role="viewer")
    for task in {"state": "absent"}, {}:
        with pytest.raises(Refused, match=r"have the group 'twin' \(group_two, group_one\)\. Give group_id instead"):
            perform(simulator, "project_group", **SEARCH, group="twin", **task)
    perform(simulator, "project_group", **SEARCH, group_id="group_two", state="absent")
    simulator.reset(ORGANIZATION | {"projects": [{"name": "search"}]})
    with pytest.raises(Refused, match="2 groups are named 'twin'"):
        perform(simulator, "project_group", **SEARCH, group="twin", role="viewer")


@pytest.mark.parametrize("status", [400, 409])
def test_a_group_that_came_meanwhile_is_no_failure(status: Any, simulator: Simulator) -> None:
    simulator.behaviour(assign_role_twice=status)
    body = {"group_id": "group_team", "role": "role-api-project-viewer"}
    route = "/organization/projects/{project_id}/groups"
    simulator.fault("meanwhile", route, "POST", body={"method": "POST", "path": GROUPS, "body": body})
    done = perform(simulator, "project_group", **SEARCH, group="team", role="viewer")
    assert done.returns["project_group"]["id"] == "group_team"


def test_a_missing_feature_is_no_missing_group(simulator: Simulator) -> None:
    simulator.behaviour(unsupported=["/organization/projects/{project_id}/groups"])
    for task in {"state": "absent"}, {"role": "viewer"}:
        with pytest.raises(AdminError, match="Unsupported endpoint"):
            perform(simulator, "project_group", **SEARCH, group="team", **task)


def test_info_reads_one_project_or_all(simulator: Simulator) -> None:
    for task in {}, SEARCH, {"projects": [{"id": "proj_search"}]}, {"group": "twin"}, {"group_id": "group_two"}:
        (found,) = perform(simulator, "project_group_info", **task).returns["project_groups"]
        assert (found["id"], found["name"]) == ("group_two", "twin")
    assert perform(simulator, "project_group_info", **SEARCH, group="team").returns["project_groups"] == []
