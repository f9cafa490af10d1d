# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who has which roles: what comes through a group is left alone, and nobody loses or gets what was not meant."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    BadInput,
    NotFound,
    Refused,
)
from integration.direct import perform
from simulator import Simulator

ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "deputy@example.com", "role": "owner", "id": "user-deputy"},
        {"email": "ada@example.com", "id": "user-ada"},
    ],
    "roles": [{"name": "Usage viewer", "id": "role_usage", "permissions": ["api.usage.read"]}],
    "role_assignments": [{"group": "bosses", "role": "owner"}],
    "groups": [
        {"name": "team", "id": "group_team", "members": [{"email": "ada@example.com"}]},
        {"name": "bosses", "id": "group_bosses", "is_scim_managed": True},
        {"name": "twin", "id": "group_one"},
        {"name": "twin", "id": "group_two"},
    ],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "service_accounts": [{"name": "api", "id": "svc_api"}],
            "roles": [
                {"name": "Writer", "id": "role_writer", "permissions": ["api.responses.write"]},
                {"name": "Reader", "id": "role_odd", "permissions": []},
            ],
            "role_assignments": [{"group": "team", "role": "Writer"}],
        }
    ],
}
SEARCH, ADA, TEAM = {"project": "search"}, {"email": "ADA@example.com"}, {"group": "team"}
EMPTY = {"roles": [], "exclusive": True, "allow_empty": True}
NOTICE = (
    "Changes of who has which role may take up to 30 minutes to take effect for the people concerned. The API already"
    " lists them."
)
HOW = ("null", "empty", "self")
"""How a role that is assigned directly can be shown."""
OF_ADA = "/projects/proj_search/users/user-ada/roles"
OF_TEAM = "/projects/proj_search/groups/group_team/roles"


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)


def sent(simulator: Simulator) -> list[tuple[str, str, Any]]:
    return [(each["method"], each["path"], each["body"]) for each in simulator.requests(writes=True)]


def names(roles: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in roles]


def both(simulator: Simulator, **task: Any) -> Any:
    """What a task comes to, once check mode has predicted the same; the next run changes nothing."""
    predicted = perform(simulator, "role_assignment", True, **task)
    done = perform(simulator, "role_assignment", **task)
    for name in "changed", "before", "after", "returns":
        assert getattr(predicted, name) == getattr(done, name), name
    assert done.warnings == (*predicted.warnings, *([NOTICE] if done.changed else []))
    assert not perform(simulator, "role_assignment", **task).changed
    return done


def refused(simulator: Simulator, words: str, kind: type[AdminError] = Refused, **task: Any) -> None:
    """Check mode and a real run refuse a task, and nothing is written."""
    for check in True, False:
        with pytest.raises(kind, match=words):
            perform(simulator, "role_assignment", check, **task)
    assert sent(simulator) == []


@pytest.mark.parametrize(
    "roles", [["viewer", "Writer"], [{"role": "Project Viewer"}, {"role_id": "role_writer"}], "viewer"]
)
@pytest.mark.parametrize(
    "sources", [*({"sources_of_direct": how} for how in HOW), {"omit_required": ["assignment_sources"]}]
)
def test_aliases_are_sent_and_listed_ids_are_removed(roles: Any, sources: dict[str, Any], simulator: Simulator) -> None:
    simulator.behaviour(**sources)
    done = both(simulator, **TEAM, **SEARCH, roles=roles)
    assert names(done.returns["added"]) == ["role-api-project-viewer"]
    assert (done.changed, done.warnings) == (True, (NOTICE,))
    done = both(simulator, **TEAM, **SEARCH, roles=["viewer"], state="absent")
    assert names(done.returns["removed"]) == ["role-api-project-viewer"]
    assert sent(simulator) == [
        ("POST", OF_TEAM, {"role_id": "role-api-project-viewer"}),
        ("DELETE", f"{OF_TEAM}/role-api-project-viewer__api-project__proj_search", None),
    ]


@pytest.mark.parametrize("apart", [False, True])
def test_what_comes_through_a_group_is_the_group_s(apart: bool, simulator: Simulator) -> None:
    simulator.behaviour(sources_apart=apart)
    writer = {**ADA, **SEARCH, "roles": ["Writer"]}
    for task in {}, {"state": "absent"}, {"roles": [], "exclusive": True, "allow_empty": True}:
        assert not perform(simulator, "role_assignment", **{**writer, **task}).changed
    assert sent(simulator) == []
    somebody = {"user": "user-ada", "role": "role_writer"}
    project = ORGANIZATION["projects"][0]
    held = [*project["role_assignments"], somebody]
    simulator.reset(
        {**ORGANIZATION, "projects": [{**project, "role_assignments": held}], "behaviour": {"sources_apart": apart}}
    )
    assert both(simulator, **writer, state="absent").changed
    assert sent(simulator) == [("DELETE", f"{OF_ADA}/role_writer", None)]


def test_info_shows_through_what_roles_come(simulator: Simulator) -> None:
    def read(**task: Any) -> list[tuple[Any, ...]]:
        found = perform(simulator, "role_assignment_info", **task).returns["role_assignments"]
        return [
            (each["id"], each["group_id"] or each["user_id"], each["through"], each["through_ids"]) for each in found
        ]

    inherited = ("role_writer", "user-ada", "group", ["group_team"])
    direct = ("role_writer", "group_team", None, [])
    assert read(**ADA, **SEARCH) == [inherited]
    for how in HOW:
        simulator.behaviour(sources_of_direct=how)
        assert read(**TEAM, **SEARCH) == [direct]
    assert read(every=["groups"], **SEARCH) == [direct]
    assert [each for each in read(every=["users", "groups"], **SEARCH) if each[0] == "role_writer"] == [
        direct,
        inherited,
    ]
    assert read(every=["groups"]) == [("role-api-organization-owner", "group_bosses", None, [])]
    (account,) = perform(simulator, "role_assignment_info", every=["service_accounts"], **SEARCH).returns[
        "role_assignments"
    ]
    assert (account["service_account"], account["id"], account["user_id"]) == ("api", "role-api-project-member", None)
    assert read(user_id="user-ada", project_id="proj_search") == [inherited]


def test_info_reads_whom_and_where_the_task_knows_in_one_request_each(simulator: Simulator) -> None:
    known = {
        "groups": [{"id": "group_team", "name": "team"}],
        "users": [{"id": "user-ada", "email": "ada@example.com"}],
        "service_accounts": [
            {"id": "svc_api", "name": "api", "project_id": "proj_search"},
            {"id": "svc_other", "name": "other", "project_id": "proj_other"},
        ],
        "projects": [{"id": "proj_search", "name": "search"}],
    }
    found = perform(simulator, "role_assignment_info", **known).returns["role_assignments"]
    assert [(each["group"], each["email"], each["service_account"], each["name"]) for each in found] == [
        ("team", None, None, "Writer"),
        (None, "ada@example.com", None, "Writer"),
        (None, None, "api", "Project member"),
    ]
    assert [each["permissions"] for each in found[:2]] == [["api.responses.write"]] * 2
    assert {each["project"] for each in found} == {"search"}
    ways = [OF_TEAM, OF_ADA, "/projects/proj_search/users/svc_api/roles"]
    assert sorted(each["path"] for each in simulator.requests()) == sorted(ways)
    by_name = perform(simulator, "role_assignment_info", **ADA, projects=known["projects"])
    assert by_name.returns["role_assignments"] == [{**found[1], "email": ADA["email"]}]
    for nobody in {"users": []}, {"users": known["users"], "projects": []}:
        simulator.clear()
        assert perform(simulator, "role_assignment_info", **nobody).returns["role_assignments"] == []
        assert simulator.requests() == []


def test_info_of_people_who_have_left_is_empty_and_is_asked_once(simulator: Simulator) -> None:
    users = [{"id": "user-gone", "email": "gone@example.com"}, {"id": "user-ada"}]
    projects = [{"id": "proj_search"}, {"id": "proj_search"}]
    found = perform(simulator, "role_assignment_info", users=users, projects=projects).returns["role_assignments"]
    assert [each["user_id"] for each in found] == ["user-ada", "user-ada"]
    asked = [each["path"] for each in simulator.requests()]
    assert asked.count("/organization/users/user-gone") == 1
    with pytest.raises(AdminError, match="user-gone"):
        perform(simulator, "role_assignment_info", user_id="user-gone")


@pytest.mark.parametrize("words", ["Unsupported endpoint", "Not found"])
def test_info_takes_what_the_organization_lacks_for_no_answer(words: str, simulator: Simulator) -> None:
    """Neither for roles of somebody who is here, nor for those of somebody who is not."""
    simulator.fault("status", "/organization/users/{user_id}/roles", status=404, message=words, times=None)
    with pytest.raises(AdminError, match=words):
        perform(simulator, "role_assignment_info", users=[{"id": "user-ada"}])


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (
            {},
            "one of these is required: group, group_id, .*, service_account_id, every, groups, users, service_accounts",
        ),
        ({"every": ["groups"], **TEAM}, "every and the option that names an owner exclude each other"),
        ({"every": ["service_accounts"]}, "one of these is required: project, project_id"),
        ({"users": [], **TEAM}, "users and the option that names an owner exclude each other"),
        ({"users": [{"email": "ada@example.com"}]}, "users must hold what has an id, such as user_info returns"),
        ({"users": [], "projects": [], **SEARCH}, "project and projects exclude each other"),
        ({"projects": []}, "one of these is required: group, group_id, email"),
        ({**TEAM, "user_id": "user-ada"}, "group and user_id exclude each other"),
    ],
)
def test_info_wants_to_know_whose(task: dict[str, Any], words: str, simulator: Simulator) -> None:
    with pytest.raises(BadInput, match=words):
        perform(simulator, "role_assignment_info", **task)


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ({}, "one of these is required: group, group_id, email, user_id, service_account, service_account_id"),
        ({**TEAM, **ADA}, "group and email exclude each other"),
        ({"service_account": "api"}, "one of these is required: project, project_id"),
        ({**TEAM, "roles": [{}]}, "each entry of roles needs one of role, role_id"),
        ({**TEAM, "roles": []} | {"exclusive": True}, "allow_empty"),
    ],
)
def test_what_cannot_be_meant(task: dict[str, Any], words: str, simulator: Simulator) -> None:
    refused(simulator, words, BadInput, **{"roles": ["Writer"], **task})


class TestGuards:
    def test_a_group_of_owners_has_to_be_meant(self, simulator: Simulator) -> None:
        for scope, role in ({}, "owner"), (SEARCH, "Project owner"), (SEARCH, {"role_id": "role-api-project-owner"}):
            refused(simulator, "is not added: everybody in the group", **TEAM, **scope, roles=[role])
        assert both(simulator, **TEAM, roles=["owner"], allow_owner_group=True).changed

    def test_the_last_owner_stays(self, simulator: Simulator) -> None:
        simulator.actor("owner@example.com")
        deputy = {"email": "deputy@example.com", "roles": ["owner"], "state": "absent"}
        assert both(simulator, **deputy).changed
        simulator.reset({**ORGANIZATION, "users": ORGANIZATION["users"][1:], "admin_api_keys": []})
        refused(simulator, "nobody else is known to own", **deputy)

    def test_so_does_the_owner_of_the_task_s_own_key(self, simulator: Simulator) -> None:
        task = {"user_id": "user-owner", "roles": ["owner"], "state": "absent"}
        refused(simulator, "the owner of this task's admin key", **task)
        simulator.fault("status", "/organization/admin_api_keys", status=403, times=None)
        done = both(simulator, **task)
        assert done.changed
        assert done.warnings[0] == (
            "It is not known whether user user-owner owns the admin key of this task: the key may not list admin keys."
        )

    def test_of_a_group_it_is_not_known_either(self, simulator: Simulator) -> None:
        simulator.fault("status", "/organization/admin_api_keys", status=403, times=None)
        done = both(simulator, group="bosses", **EMPTY)
        assert done.warnings[0].startswith("It is not known whether a member of group 'bosses' owns the admin key")

    @pytest.mark.parametrize("exclusive", [False, True])
    def test_owners_do_not_become_readers_past_these_guards(self, exclusive: bool, simulator: Simulator) -> None:
        reader = {"roles": [{"role_id": "role-api-organization-reader"}], "exclusive": exclusive}
        refused(simulator, "the owner of this task's admin key", email="owner@example.com", **reader)
        done = both(simulator, email="deputy@example.com", **reader)
        assert names(done.returns["removed"]) == ["role-api-organization-owner"]
        simulator.reset({**ORGANIZATION, "users": ORGANIZATION["users"][1:], "admin_api_keys": []})
        refused(simulator, "nobody else is known to own", email="deputy@example.com", **reader)

    def test_a_group_of_owners_loses_that_only_where_others_own(self, simulator: Simulator) -> None:
        task = {"group": "bosses", **EMPTY}
        assert both(simulator, **task).changed
        readers = [{**user, "role": "reader"} for user in ORGANIZATION["users"]]
        simulator.reset({**ORGANIZATION, "users": readers})
        refused(simulator, "nobody else is known to own", **task)

    def test_a_service_account_gets_custom_roles_by_groups(self, simulator: Simulator) -> None:
        account = {"service_account": "api", **SEARCH}
        refused(simulator, "service accounts get them only through groups", **account, roles=["Writer"])
        refused(simulator, "service accounts", **account, roles=[{"role_id": "role_writer"}])
        done = perform(simulator, "role_assignment", **account, roles=["owner"])
        assert names(done.returns["added"]) == ["role-api-project-owner"]

    @pytest.mark.parametrize("task", [{"roles": ["viewer"]}, {"roles": ["owner"], "state": "absent"}])
    def test_owners_of_the_organization_own_every_project(self, task: dict[str, Any], simulator: Simulator) -> None:
        for who in {"email": "owner@example.com"}, {"user_id": "user-owner"}:
            kept = both(simulator, **who, **SEARCH, **task)
            assert kept.changed is False
            assert "owners of the organization own every project" in kept.warnings[0]
        assert sent(simulator) == []

    def test_but_custom_roles_are_theirs_to_have(self, simulator: Simulator) -> None:
        done = both(simulator, email="owner@example.com", **SEARCH, roles=["Writer"], exclusive=True)
        assert (done.changed, done.warnings) == (True, (NOTICE,))
        assert names(done.returns["role_assignments"]["roles"]) == ["role_writer", "role-api-project-owner"]

    def test_exclusive_leaves_the_predefined_role_of_a_person(self, simulator: Simulator) -> None:
        for scope in {}, SEARCH:
            perform(simulator, "project_user", project="search", email="ada@example.com", role="member")
            kept = both(simulator, **ADA, **scope, **EMPTY)
            assert (kept.changed, len(kept.returns["role_assignments"]["roles"])) == (False, 1)
        done = perform(simulator, "role_assignment", **ADA, **SEARCH, roles=["viewer"], exclusive=True)
        assert names(done.returns["role_assignments"]["roles"]) == ["role-api-project-viewer"]


class TestPredefinedRoles:
    """A person or an account has one in each scope: it is replaced by the one that is given."""

    @pytest.mark.parametrize("exclusive", [False, True])
    @pytest.mark.parametrize("who", [ADA, {"service_account": "api"}], ids=str)
    def test_one_replaces_the_other(self, who: dict[str, Any], exclusive: bool, simulator: Simulator) -> None:
        perform(simulator, "project_user", project="search", email="ada@example.com", role="member")
        simulator.clear()
        done = both(simulator, **who, **SEARCH, roles=["viewer"], exclusive=exclusive)
        assert names(done.returns["removed"]) == ["role-api-project-member"]
        assert names(done.returns["role_assignments"]["roles"]) == ["role-api-project-viewer"]
        assert [method for method, unused_path, unused_body in sent(simulator)] == ["POST"]

    def test_custom_roles_stay_and_groups_have_several(self, simulator: Simulator) -> None:
        perform(simulator, "project_user", project="search", email="ada@example.com", role="member")
        perform(simulator, "role_assignment", email="ada@example.com", roles=["Usage viewer"])
        done = both(simulator, **ADA, roles=["owner"])
        assert set(names(done.returns["role_assignments"]["roles"])) == {"role_usage", "role-api-organization-owner"}
        assert not both(simulator, **TEAM, **SEARCH, roles=["viewer", "member"]).returns["removed"]

    def test_two_cannot_be_meant(self, simulator: Simulator) -> None:
        words = "can have one predefined role"
        refused(simulator, words, email="deputy@example.com", roles=["owner", "reader"])
        refused(simulator, words, **ADA, **SEARCH, roles=["member", {"role_id": "role-api-project-viewer"}])
        refused(simulator, words, service_account="api", **SEARCH, roles=["member", "owner"], exclusive=True)

    def test_one_that_came_meanwhile_took_the_other_with_it(self, simulator: Simulator) -> None:
        perform(simulator, "project_user", project="search", email="ada@example.com", role="member")
        route, body = "/projects/{project_id}/users/{user_id}/roles", {"role_id": "role-api-project-viewer"}
        simulator.fault("meanwhile", route, "POST", body={"method": "POST", "path": OF_ADA, "body": body})
        done = perform(simulator, "role_assignment", **ADA, **SEARCH, roles=["viewer"])
        assert (done.changed, done.returns["added"], done.returns["removed"]) == (False, [], [])


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (
            {**TEAM, **SEARCH, "roles": ["Wirter"]},
            r"Role 'Wirter' of project 'search' does not exist \(did you mean 'Writer'",
        ),
        ({**TEAM, "roles": ["member"]}, r"Role 'member' does not exist"),
        ({**TEAM, "roles": ["Project owner"]}, r"Role 'Project owner' does not exist"),
        ({"group": "new", "roles": ["reader"]}, "Group 'new' does not exist"),
        ({**TEAM, "project": "new", "roles": ["viewer"]}, "Project 'new' does not exist"),
        (
            {"service_account": "new", **SEARCH, "roles": ["viewer"]},
            "Service account 'new' of project 'search' does not",
        ),
    ],
)
def test_what_is_to_come(task: dict[str, Any], words: str, simulator: Simulator) -> None:
    with pytest.raises(NotFound, match=words):
        perform(simulator, "role_assignment", **task)
    predicted = perform(simulator, "role_assignment", True, **task)
    assert (predicted.changed, len(predicted.returns["added"]), len(predicted.warnings)) == (True, 1, 1)
    assert not perform(simulator, "role_assignment", **task, state="absent").changed
    assert sent(simulator) == []


def test_people_are_not_to_come(simulator: Simulator) -> None:
    task = {"email": "eve@example.com", "roles": ["reader"]}
    refused(simulator, "User 'eve@example.com' does not exist.* People are not created", NotFound, **task)
    assert not perform(simulator, "role_assignment", **task, state="absent").changed


def test_an_id_that_no_role_has(simulator: Simulator) -> None:
    refused(
        simulator, "There is no role role_none of project 'search'", **TEAM, **SEARCH, roles=[{"role_id": "role_none"}]
    )


def test_a_name_that_two_groups_have_is_no_name(simulator: Simulator) -> None:
    refused(simulator, r"2 groups are named 'twin' \(group_one, group_two\)", group="twin", roles=["reader"])


@pytest.mark.parametrize("status", [400, 409])
def test_a_role_that_came_meanwhile_is_no_change(status: Any, simulator: Simulator) -> None:
    simulator.behaviour(assign_role_twice=status)
    route, body = "/projects/{project_id}/groups/{group_id}/roles", {"role_id": "role-api-project-viewer"}
    simulator.fault("meanwhile", route, "POST", body={"method": "POST", "path": OF_TEAM, "body": body})
    done = perform(simulator, "role_assignment", **TEAM, **SEARCH, roles=["viewer"])
    assert (done.changed, done.returns["added"]) == (False, [])


def test_new_roles_come_before_others_go(simulator: Simulator) -> None:
    both(simulator, **TEAM, **SEARCH, roles=["viewer"], exclusive=True)
    assert [method for method, unused_path, unused_body in sent(simulator)] == ["POST", "DELETE"]


def test_an_organization_without_roles_is_none_without_assignments(simulator: Simulator) -> None:
    simulator.behaviour(unsupported=["/organization/groups/{group_id}/roles"])
    for task in {"roles": ["reader"]}, {"roles": ["reader"], "state": "absent"}, EMPTY:
        with pytest.raises(AdminError, match="Unsupported endpoint"):
            perform(simulator, "role_assignment", **TEAM, **task)
    with pytest.raises(AdminError, match="Unsupported endpoint"):
        perform(simulator, "role_assignment_info", every=["groups"])
