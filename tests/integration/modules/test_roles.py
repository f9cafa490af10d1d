# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom roles: what they may be called, and what is compared of their permissions."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    ApiError,
    NotFound,
    Refused,
)
from integration.direct import perform
from simulator import Simulator

FEW = ["api.model.request", "api.responses.write"]
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "roles": [{"name": "Usage viewer", "id": "role_usage", "permissions": ["api.usage.read"]}],
    "projects": [
        {"name": "search", "id": "proj_search", "roles": [{"name": "Writer", "id": "role_writer", "permissions": FEW}]}
    ],
}
SEARCH = {"project": "search"}
PREDEFINED = ["owner", "Owner", "project owner", "Organization Reader", "VIEWER", " member "]


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)


def refused(simulator: Simulator, words: str, **task: Any) -> None:
    """Check mode and a real run refuse a task, and nothing is written."""
    for check in True, False:
        with pytest.raises(Refused, match=words):
            perform(simulator, "role", check, **task)
    assert simulator.requests(writes=True) == []


def both(simulator: Simulator, **task: Any) -> Any:
    """What a task comes to, once check mode has predicted the same."""
    predicted = perform(simulator, "role", True, **task)
    done = perform(simulator, "role", **task)
    assert (predicted.changed, predicted.before, predicted.after) == (done.changed, done.before, done.after)
    return done


@pytest.mark.parametrize("names", ["full", "short"])
@pytest.mark.parametrize("scope", [{}, SEARCH], ids=["organization", "project"])
@pytest.mark.parametrize("name", PREDEFINED)
def test_a_predefined_role_is_nobodys_to_make(
    name: str, scope: dict[str, str], names: Any, simulator: Simulator
) -> None:
    simulator.behaviour(predefined_names=names)
    refused(simulator, "predefined", name=name, permissions=[], **scope)
    refused(simulator, "predefined", role_id="role_writer" if scope else "role_usage", name=name, **scope)


@pytest.mark.parametrize("own_id", ["role-api-project-owner", "role-api-project-owner__api-project__proj_search"])
def test_nor_to_change_or_to_delete(own_id: str, simulator: Simulator) -> None:
    refused(simulator, "predefined", **SEARCH, role_id=own_id, state="absent")
    refused(simulator, "predefined", **SEARCH, name="owner", state="absent")
    refused(simulator, "predefined", **SEARCH, role_id=own_id, permissions=FEW)
    refused(simulator, "predefined", **SEARCH, role_id=own_id, name="Boss")
    kept = perform(simulator, "role", **SEARCH, role_id=own_id)
    assert (kept.changed, kept.returns["role"]["id"]) == (False, "role-api-project-owner")


@pytest.mark.parametrize("name", ["writer", "WRITER", " Wri ter", "wr iter "])
def test_names_that_differ_in_case_or_blanks_are_one(name: str, simulator: Simulator) -> None:
    refused(
        simulator, r"role role_writer is already named 'Writer', which differs", **SEARCH, name=name, permissions=[]
    )
    project = ORGANIZATION["projects"][0]
    other = "role_other"
    simulator.reset({"projects": [{**project, "roles": [*project["roles"], {"name": "Other", "id": other}]}]})
    refused(simulator, "role_writer is already named 'Writer'", **SEARCH, role_id=other, name=name)
    refused(simulator, "role_writer is already named 'Writer'", **SEARCH, role_id=other, name="Writer")
    assert not perform(simulator, "role", **SEARCH, name=name, state="absent").changed
    assert both(simulator, name=name, permissions=[]).changed  # the organization's are others


def test_a_blank_makes_no_other_name(simulator: Simulator) -> None:
    for state in "present", "absent":
        refused(simulator, "which differs only in blanks", **SEARCH, name="Writer ", permissions=[], state=state)


def test_its_own_name_can_change_in_case(simulator: Simulator) -> None:
    changed = both(simulator, **SEARCH, role_id="role_writer", name="WRITER")
    assert (changed.changed, changed.after["name"]) == (True, "WRITER")


@pytest.mark.parametrize("expanded", [False, True])
@pytest.mark.parametrize(
    ("declared", "same"),
    [
        (FEW, True),
        ([*FEW[::-1], FEW[0]], True),
        ([*FEW, "model.request", "api.model.images.request"], True),
        (["api.responses.write", "model.request"], False),
        ([*FEW, "model.read"], False),
        ([], False),
    ],
)
def test_names_of_the_same_count_as_one(declared: list[str], same: bool, expanded: bool, simulator: Simulator) -> None:
    simulator.behaviour(permissions_expanded=expanded)
    task = {**SEARCH, "name": "Writer", "permissions": declared}
    assert both(simulator, **task).changed != same
    assert not perform(simulator, "role", **task).changed


def test_permissions_are_sent_in_order_and_only_where_they_are_declared(simulator: Simulator) -> None:
    perform(simulator, "role", **SEARCH, name="New", permissions=FEW[::-1])
    perform(simulator, "role", **SEARCH, name="New", description="x")
    perform(simulator, "role", **SEARCH, name="New", permissions=[])
    bodies = [each["body"] for each in simulator.requests(writes=True)]
    assert bodies == [{"role_name": "New", "permissions": FEW}, {"description": "x"}, {"permissions": []}]
    with pytest.raises(Refused, match="give permissions to create it"):
        perform(simulator, "role", **SEARCH, name="Newer")


def test_a_description_comes_and_goes(simulator: Simulator) -> None:
    for text, told in ("Sees costs.", "Sees costs."), ("", None):
        done = both(simulator, name="Usage viewer", description=text)
        assert (done.changed, done.returns["role"]["description"]) == (True, told)
        assert not perform(simulator, "role", name="Usage viewer", description=text).changed


def test_a_difference_shows_what_comes_and_what_goes(simulator: Simulator) -> None:
    simulator.behaviour(permissions_expanded=True)
    done = both(simulator, **SEARCH, name="Writer", permissions=["api.files.read", "api.model.request"])
    (before, after) = (each["permissions"] for each in (done.before, done.after))
    assert (set(after) - set(before), set(before) - set(after)) == ({"api.files.read"}, {"api.responses.write"})


@pytest.mark.parametrize("lists_it", [False, True])
def test_what_nobody_knows_is_a_warning(lists_it: bool, simulator: Simulator) -> None:
    """As long as no role has it: what the API lists it has."""
    odd = "api.file.read"
    if lists_it:
        perform(simulator, "role", **SEARCH, name="Other", permissions=[odd])
    done = both(simulator, **SEARCH, name="Writer", permissions=[odd, *FEW])
    warned = [each for each in done.warnings if "'api.file.read', which this collection does not know" in each]
    assert len(warned) == (not lists_it)
    assert all("(the nearest known ones are api.files.read, " in each for each in warned)
    assert perform(simulator, "role", **SEARCH, name="Writer", permissions=[odd, *FEW]).warnings == ()


def test_more_than_was_asked_is_a_warning_that_says_what_to_declare(simulator: Simulator) -> None:
    simulator.behaviour(permissions_added=["api.files.read"])
    done = perform(simulator, "role", name="New", permissions=["api.usage.read"])
    assert done.warnings == (
        "The task asked to create role 'New' of the organization, and the API shows more permissions: api.files.read."
        " Declare permissions: [api.files.read, api.usage.read]. Otherwise the next run tries to take the others away,"
        " and fails if the API keeps them.",
    )
    with pytest.raises(Refused, match="as asked"):
        perform(simulator, "role", name="New", permissions=["api.usage.read"])
    assert not perform(simulator, "role", name="New", permissions=["api.files.read", "api.usage.read"]).changed


@pytest.mark.parametrize("there", [["api.files.read"], []])
def test_less_than_was_asked_is_a_failure(there: list[str], simulator: Simulator) -> None:
    at = {"at": ["permissions"], "body": there, "times": None}
    simulator.fault("shape", "/projects/{project_id}/roles/{role_id}", "POST", **at)
    with pytest.raises(Refused, match=r"as asked: the API answers permissions: \["):
        perform(simulator, "role", **SEARCH, name="Writer", permissions=["api.usage.read", "api.files.read"])


def test_a_permission_that_stays_is_no_change(simulator: Simulator) -> None:
    simulator.behaviour(not_done="old_value")
    with pytest.raises(Refused, match="as asked"):
        perform(simulator, "role", **SEARCH, name="Writer", permissions=FEW[:1])


def test_a_project_that_is_to_come(simulator: Simulator) -> None:
    task: dict[str, Any] = {"project": "new", "name": "Writer", "permissions": FEW}
    predicted = perform(simulator, "role", True, **task)
    assert predicted.warnings == ("Project 'new' does not exist: predicted as if an earlier task had created it.",)
    assert predicted.changed
    with pytest.raises(NotFound, match="Project 'new' does not exist"):
        perform(simulator, "role", **task)
    assert not perform(simulator, "role", project="new", name="Writer", state="absent").changed
    with pytest.raises(ApiError, match="No such project"):
        perform(simulator, "role", project_id="proj_new", name="Writer", state="absent")


def test_an_organization_without_roles_is_none_without_a_role(simulator: Simulator) -> None:
    simulator.behaviour(unsupported=["/organization/roles"])
    tasks: list[dict[str, Any]] = [
        {"name": "Usage viewer", "state": "absent"},
        {"name": "Usage viewer"},
        {"role_id": "role_usage", "state": "absent"},
    ]
    for task in tasks:
        with pytest.raises(AdminError, match="Unsupported endpoint"):
            perform(simulator, "role", **task)


def test_info_shows_predefined_roles_and_what_they_allow(simulator: Simulator) -> None:
    listed = perform(simulator, "role_info", **SEARCH).returns["roles"]
    assert [each["id"] for each in listed] == [
        *(f"role-api-project-{kind}" for kind in ("owner", "member", "viewer")),
        "role_writer",
    ]
    assert "api.responses.read" in listed[2]["permissions"]
    for name in "viewer", "Project viewer", "Viewer":
        assert perform(simulator, "role_info", **SEARCH, name=name).returns["roles"] == [listed[2]]
    assert perform(simulator, "role_info", **SEARCH, role_id=listed[2]["id"]).returns["roles"] == [listed[2]]
    assert perform(simulator, "role_info", name="writer").returns["roles"] == []


ONLY_OF_THE_ORGANIZATION = ["api.external_keys.read", "api.management.read", "api.mtls.write", "api.organization.x"]
OF_KEYS = "api.organization.projects.api_keys.read"


@pytest.mark.parametrize("check", [True, False])
def test_what_only_the_organization_can_give_is_told_in_a_project(check: bool, simulator: Simulator) -> None:
    told = "which give nothing in a project: give them in a role of the organization"
    for permission in ONLY_OF_THE_ORGANIZATION:
        void = {"name": "New", "permissions": [permission, OF_KEYS]}
        warnings = [each for each in perform(simulator, "role", True, **SEARCH, **void).warnings if told in each]
        assert [f"would have {permission}, which" in each for each in warnings] == [True]
        assert not any(told in each for each in perform(simulator, "role", True, **void).warnings)
    fine = {"name": "Keys", "permissions": [OF_KEYS]}
    assert perform(simulator, "role", check, **SEARCH, **fine).warnings == ()


def test_a_declaration_tells_the_same_of_projects_alone(simulator: Simulator) -> None:
    void = {"name": "New", "permissions": ["api.management.read"]}
    declared = {"roles": [void], "projects": [{"name": "search", "roles": [void]}]}
    warnings = perform(simulator, "organization", True, **declared).warnings
    (said,) = [each for each in warnings if "give nothing" in each]
    assert said.startswith("projects[0].roles[0]: The role 'New' of project 'search' would have api.management.read")
