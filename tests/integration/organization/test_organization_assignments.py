# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who has which role, in a declaration: groups and people, in the organization and in projects."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.onto import applied, merge
from integration.direct import perform
from integration.organizations import (
    EXPORTED,
    assigned_organization,
    assigning_declaration,
)
from simulator import Simulator

ADA, BOB, OWNER = (f"{name}@example.com" for name in ("ada", "bob", "owner"))
USAGE = {"name": "Usage viewer", "permissions": ["api.usage.read"]}
WRITER = {"name": "Writer", "permissions": ["api.responses.write"]}
READER = {"name": "Reader", "permissions": ["api.responses.read"]}
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": OWNER, "role": "owner"}, {"email": ADA}, {"email": BOB}],
    "roles": [USAGE, {"name": "Auditor", "permissions": ["api.groups.read"]}],
    "role_assignments": [
        {"role": "Auditor", "group": "platform"},
        {"role": "Auditor", "user": BOB},
        {"role": "owner", "group": "admins"},
    ],
    "groups": [
        {"name": "platform", "members": [{"email": ADA}]},
        {"name": "admins"},
        {"name": "okta", "is_scim_managed": True, "members": [{"email": BOB}]},
    ],
    "projects": [
        {
            "name": "search",
            "users": [{"email": ADA}, {"email": BOB}],
            "roles": [WRITER, READER],
            "groups": [{"group": "platform"}, {"group": "okta"}],
            "role_assignments": [
                {"role": "viewer", "group": "platform"},
                {"role": "member", "group": "okta"},
                {"role": "Reader", "user": BOB},
            ],
        }
    ],
}


@pytest.fixture
def organization(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def assigned(simulator: Simulator) -> dict[str, list[str]]:
    """Custom roles of everybody and all roles of groups: C(search/platform) and the like, by name."""
    state = simulator.state()
    groups = {each["id"]: each["name"] for each in state["groups"]}
    people = {each["id"]: each["email"] for each in state["users"]}
    found: dict[str, list[str]] = {}
    for scope in (state, *state["projects"]):
        names = {each["id"]: each["name"] for each in scope["roles"]}
        prefix = f"{scope['name']}/" if "service_accounts" in scope else ""
        for each in scope["role_assignments"]:
            who = groups.get(each.get("group") or "") or people.get(each.get("user") or "", each.get("user"))
            found.setdefault(f"{prefix}{who}", []).append(names.get(each["role"], each["role"].rpartition("-")[2]))
    return {who: sorted(roles) for who, roles in sorted(found.items())}


def told(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    words = ("kind", "project", "group", "user", "name", "action")
    return [tuple(each[word] for word in words if each[word] is not None) for each in changes]


def settled(simulator: Simulator, **declared: Any) -> list[tuple[Any, ...]]:
    """The changes of a run, which check mode predicts, and after which the next run changes nothing."""
    predicted = perform(simulator, "organization", check=True, **declared)
    outcome = perform(simulator, "organization", **declared)
    assert predicted.returns["changes"] == outcome.returns["changes"]
    assert predicted.diffs == outcome.diffs
    assert predicted.returns["summary"] == outcome.returns["summary"]
    simulator.clear()
    again = perform(simulator, "organization", **declared)
    assert not again.changed
    assert simulator.requests(writes=True) == []
    return told(outcome.returns["changes"])


def refused(simulator: Simulator, **declared: Any) -> list[tuple[str, str, str]]:
    """The problems of a declaration that is refused, in check mode as in a real run, before anything is written."""
    found = []
    for check in True, False:
        with pytest.raises(AdminError) as failure:
            perform(simulator, "organization", check=check, **declared)
        found.append([(each["where"], each["option"], each["message"]) for each in failure.value.facts["problems"]])
    assert simulator.requests(writes=True) == []
    assert found[0] == found[1]
    return found[0]


class TestRolesOfGroups:
    def test_are_added_and_others_stay(self, organization: Simulator) -> None:
        groups = [{"name": "platform", "roles": ["Usage viewer"]}, {"name": "okta", "roles": [{"role": "reader"}]}]
        assert settled(organization, groups=groups) == [
            ("role_assignment", "platform", "Usage viewer", "add"),
            ("role_assignment", "okta", "reader", "add"),
        ]
        there = assigned(organization)
        assert there["platform"] == ["Auditor", "Usage viewer"]
        assert there["okta"] == ["reader"]

    def test_are_taken_away_by_a_purge(self, organization: Simulator) -> None:
        groups = [{"name": "platform", "roles": ["Usage viewer"], "purge": ["roles"]}]
        assert settled(organization, groups=groups) == [
            ("role_assignment", "platform", "Usage viewer", "add"),
            ("role_assignment", "platform", "Auditor", "remove"),
        ]

    def test_are_reported_if_nobody_declares_them(self, organization: Simulator) -> None:
        outcome = perform(organization, "organization", groups=[{"name": "platform", "roles": []}])
        found = [each for each in outcome.returns["unmanaged"] if each["kind"] == "role_assignment"]
        assert [(each["group"], each["name"]) for each in found] == [("platform", "Auditor")]

    def test_are_not_read_where_none_are_declared(self, organization: Simulator) -> None:
        perform(organization, "organization", groups=[{"name": "platform"}], users=[{"email": ADA, "role": "reader"}])
        assert not [each for each in organization.requests() if "roles" in each["path"]]

    def test_cost_one_request_for_each_group_that_has_them(self, organization: Simulator) -> None:
        perform(organization, "organization", groups=[{"name": "platform", "roles": ["Auditor"]}, {"name": "okta"}])
        assert [each["path"].rpartition("/")[2] for each in organization.requests()] == ["groups", "roles"]

    def test_that_make_owners_are_allowed_by_an_option(self, organization: Simulator) -> None:
        group = {"name": "platform", "roles": ["owner"]}
        ((where, dummy, said),) = refused(organization, groups=[group])
        assert where == "groups[0].roles[0]"
        assert "allow_owner_group: true" in said
        assert settled(organization, groups=[{**group, "allow_owner_group": True}]) == [
            ("role_assignment", "platform", "owner", "add")
        ]

    def test_that_make_owners_survive_a_purge(self, organization: Simulator) -> None:
        group = {"name": "admins", "roles": [], "purge": ["roles"]}
        outcome = perform(organization, "organization", groups=[group])
        assert not outcome.changed
        (warning,) = outcome.warnings
        assert warning.startswith("purge does not remove the role owner of group 'admins'")

    def test_of_unknown_names_are_missing(self, organization: Simulator) -> None:
        with pytest.raises(AdminError) as failure:
            perform(organization, "organization", groups=[{"name": "platform", "roles": ["Usage veiwer"]}])
        assert "Role 'Usage veiwer' does not exist (did you mean 'Usage viewer'?)" in failure.value.message
        assert organization.requests(writes=True) == []


class TestGroupsInProjects:
    def test_are_let_in_with_their_first_role(self, organization: Simulator) -> None:
        projects = [{"name": "search", "groups": [{"group": "admins", "roles": ["Writer", "viewer"]}]}]
        assert settled(organization, projects=projects) == [
            ("project_group", "search", "admins", "add"),
            ("role_assignment", "search", "admins", "viewer", "add"),
        ]
        assert assigned(organization)["search/admins"] == ["Writer", "viewer"]

    def test_may_name_their_role_in_short(self, organization: Simulator) -> None:
        projects = [
            {
                "name": "search",
                "groups": [{"group": "admins", "role": "Writer"}, {"group": "platform", "role": "member"}],
            }
        ]
        assert settled(organization, projects=projects) == [
            ("project_group", "search", "admins", "add"),
            ("role_assignment", "search", "platform", "member", "add"),
        ]
        assert assigned(organization)["search/platform"] == ["member", "viewer"]

    def test_that_are_in_cost_one_request_where_they_declare_no_role(self, organization: Simulator) -> None:
        perform(organization, "organization", projects=[{"name": "search", "groups": [{"group": "platform"}]}])
        assert [each["path"].rpartition("/")[2] for each in organization.requests()] == ["projects", "groups"]

    def test_that_are_not_in_need_a_role(self, organization: Simulator) -> None:
        ((where, dummy, said),) = refused(organization, projects=[{"name": "search", "groups": [{"group": "admins"}]}])
        assert where == "projects[0].groups[0]"
        assert "role" in said

    def test_lose_their_access_by_a_purge(self, organization: Simulator) -> None:
        projects = [{"name": "search", "groups": [{"group": "platform"}], "purge": ["groups"]}]
        assert settled(organization, projects=projects) == [("project_group", "search", "okta", "remove")]

    def test_lose_roles_by_a_purge(self, organization: Simulator) -> None:
        group = {"group": "platform", "role": "Writer", "purge": ["roles"]}
        assert settled(organization, projects=[{"name": "search", "groups": [group]}]) == [
            ("role_assignment", "search", "platform", "Writer", "add"),
            ("role_assignment", "search", "platform", "Project viewer", "remove"),
        ]

    def test_may_own_the_project_by_an_option(self, organization: Simulator) -> None:
        group: dict[str, Any] = {"group": "admins", "role": "owner"}
        ((where, dummy, said),) = refused(organization, projects=[{"name": "search", "groups": [group]}])
        assert where == "projects[0].groups[0]"
        assert "allow_owner_group: true" in said
        allowed = {**group, "allow_owner_group": True}
        assert settled(organization, projects=[{"name": "search", "groups": [allowed]}]) == [
            ("project_group", "search", "admins", "add")
        ]

    def test_come_with_defaults(self, organization: Simulator) -> None:
        declared = {
            "project_defaults": {
                "roles": [WRITER],
                "groups": [{"group": "okta", "role": "viewer"}, {"group": "platform", "roles": ["Writer"]}],
            },
            "projects": [{"name": "search", "groups": [{"group": "okta", "role": "Writer"}]}, {"name": "new"}],
        }
        assert settled(organization, **declared) == [
            ("project", "new", "create"),
            ("role", "new", "Writer", "create"),
            ("project_group", "new", "okta", "add"),
            ("project_group", "new", "platform", "add"),
            ("role_assignment", "search", "okta", "Writer", "add"),
            ("role_assignment", "search", "platform", "Writer", "add"),
        ]
        assert assigned(organization)["new/platform"] == ["Writer"]

    @pytest.mark.parametrize(
        ("group", "where", "said"),
        [
            (
                {"group": "okta", "role": "viewer", "roles": ["viewer"]},
                "roles[0]",
                "declared in projects[0].groups[0].role",
            ),
            ({"group": "okta", "roles": ["Reader", {"role": "Reader", "state": "absent"}]}, "roles[1]", "as well"),
        ],
    )
    def test_declare_nothing_twice(self, organization: Simulator, group: Any, where: str, said: str) -> None:
        ((found, dummy, message),) = refused(organization, projects=[{"name": "search", "groups": [group]}])
        assert found == f"projects[0].groups[0].{where}"
        assert said in message


class TestRolesOfPeople:
    def test_are_custom_ones(self, organization: Simulator) -> None:
        declared = {
            "users": [{"email": ADA, "roles": ["Usage viewer"]}, {"email": BOB, "roles": [], "purge": ["roles"]}],
            "projects": [
                {
                    "name": "search",
                    "users": [
                        {"email": ADA, "role": "viewer", "roles": ["Writer"]},
                        {"email": BOB, "roles": ["Writer"], "purge": ["roles"]},
                    ],
                }
            ],
        }
        assert settled(organization, **declared) == [
            ("project_user", "search", ADA, "update"),
            ("role_assignment", ADA, "Usage viewer", "add"),
            ("role_assignment", "search", ADA, "Writer", "add"),
            ("role_assignment", "search", BOB, "Writer", "add"),
            ("role_assignment", BOB, "Auditor", "remove"),
            ("role_assignment", "search", BOB, "Reader", "remove"),
        ]

    def test_come_after_the_membership(self, organization: Simulator) -> None:
        projects = [{"name": "new", "roles": [WRITER], "users": [{"email": ADA, "roles": ["Writer"]}]}]
        assert settled(organization, projects=projects)[-1] == ("role_assignment", "new", ADA, "Writer", "add")

    @pytest.mark.parametrize("named", ["viewer", "Project viewer", "MEMBER"])
    def test_are_no_predefined_ones(self, organization: Simulator, named: str) -> None:
        organization.clear()
        with pytest.raises(AdminError) as failure:
            perform(
                organization,
                "organization",
                projects=[{"name": "search", "users": [{"email": ADA, "roles": [named]}]}],
                users=[{"email": ADA, "roles": [{"role_id": "role-api-organization-owner"}]}],
            )
        assert [(each["where"], each["option"]) for each in failure.value.facts["problems"]] == [
            ("users[0].roles[0]", "role_id"),
            ("projects[0].users[0].roles[0]", "role"),
        ]
        assert f"role: {named.split()[-1].lower()}" in failure.value.message
        assert organization.requests() == []

    def test_wait_for_who_is_invited(self, organization: Simulator) -> None:
        declared: Mapping[str, Any] = {
            "users": [{"email": "new@example.com", "role": "reader", "roles": ["Usage viewer"]}],
            "projects": [{"name": "search", "users": [{"email": "new@example.com", "roles": ["Writer"]}]}],
            "invite_missing": True,
        }
        assert settled(organization, **declared) == [("invite", "new@example.com", "send")]
        (invite,) = organization.state()["invites"]
        organization.accept_invite(invite["id"])
        assert settled(organization, **declared) == [
            ("role_assignment", "new@example.com", "Usage viewer", "add"),
            ("role_assignment", "search", "new@example.com", "Writer", "add"),
        ]


def test_what_is_exported_is_declared(organization: Simulator) -> None:
    kinds = ["projects", "users", "roles", "groups", "group_members", "project_users", "project_groups"]
    read = perform(organization, "organization_info", include=[*kinds, "role_assignments", "service_accounts"])
    exported = read.returns["organization"]
    assert [(each["name"], each["roles"]) for each in exported["groups"]] == [
        ("admins", ["owner"]),
        ("okta", []),
        ("platform", ["Auditor"]),
    ]
    (project,) = (each for each in exported["projects"] if each["name"] == "search")
    assert project["groups"] == [
        {"group": "okta", "roles": ["member"]},
        {"group": "platform", "roles": ["viewer"]},
    ]
    assert [(each["email"], each["roles"]) for each in project["users"]] == [(ADA, []), (BOB, ["Reader"])]
    organization.clear()
    again = perform(organization, "organization", **exported)
    assert again.returns["changes"] == []
    assert [each for each in again.returns["unmanaged"] if each["kind"] in ("role_assignment", "project_group")] == []


def test_least_privilege_for_a_service_account(simulator: Simulator) -> None:
    """An account without a role gets exactly one permission, by a group with a role of the project."""
    simulator.reset({"users": [{"email": OWNER, "role": "owner"}]})
    declared = {
        "projects": [
            {
                "name": "search",
                "service_accounts": [{"name": "api", "role": "none"}],
                "roles": [WRITER],
                "groups": [{"group": "search-api", "roles": ["Writer"]}],
            }
        ],
        "groups": [{"name": "search-api", "members": [{"service_account": "api", "project": "search"}]}],
    }
    assert settled(simulator, **declared) == [
        ("project", "search", "create"),
        ("group", "search-api", "create"),
        ("service_account", "search", "api", "create"),
        ("role", "search", "Writer", "create"),
        ("project_group", "search", "search-api", "add"),
        ("group_member", "search-api", "api", "add"),
    ]
    key = {"project": "search", "service_account": "api", "name": "production", "scopes": ["api.responses.write"]}
    assert perform(simulator, "project_api_key", hidden=True, **key).changed
    assert not perform(simulator, "project_api_key", hidden=True, **key).changed
    roles = perform(simulator, "role_assignment_info", project="search", service_account="api")
    assert [each["name"] for each in roles.returns["role_assignments"]] == ["Writer"]


SEEDS = range(60)
MORE = {"max_removals": 100}


@pytest.mark.series(6)
@pytest.mark.parametrize("seed", SEEDS)
def test_any_of_them_is_predicted_and_lasts(seed: int, simulator: Simulator) -> None:
    simulator.reset(assigned_organization(seed))
    declared = {**assigning_declaration(seed), **MORE}
    predicted = perform(simulator, "organization", check=True, **declared)
    assert simulator.requests(writes=True) == []
    real = perform(simulator, "organization", **declared)
    kinds = ("role_assignment", "project_group", "role", "group")
    found = [[each for each in run.returns["changes"] if each["kind"] in kinds] for run in (predicted, real)]
    assert found[0] == found[1]
    simulator.clear()
    again = perform(simulator, "organization", **declared)
    assert again.returns["changes"] == []
    assert simulator.requests(writes=True) == []


@pytest.mark.series(6)
@pytest.mark.parametrize("seed", SEEDS)
def test_any_of_them_is_exported_as_it_is(seed: int, simulator: Simulator) -> None:
    simulator.reset(assigned_organization(seed))
    if seed % 2:
        perform(simulator, "organization", **{**assigning_declaration(seed), **MORE})
    exported = perform(simulator, "organization_info", include=EXPORTED).returns["organization"]
    simulator.clear()
    outcome = perform(simulator, "organization", **exported)
    assert outcome.returns["changes"] == []
    assert outcome.returns["unmanaged"] == []
    assert simulator.requests(writes=True) == []


@pytest.mark.series(6)
@pytest.mark.parametrize("seed", SEEDS)
def test_any_of_them_is_exported_over_a_declaration(seed: int, simulator: Simulator) -> None:
    """What the declaration lacks is added to it, and nothing is declared twice."""
    simulator.reset(assigned_organization(seed))
    declared = {**assigning_declaration(seed), **MORE}
    perform(simulator, "organization", **declared)
    if seed % 2:
        simulator.reset(simulator.state())
    read = perform(simulator, "organization_info", include=EXPORTED).returns
    made = merge(declared, read["organization"], read["ids"])
    text = applied(deepcopy(declared), made.edits)
    assert [each for each in made.left if ".users[" not in each] == []  # owners are not exported in projects
    outcome = perform(simulator, "organization", **text)
    assert outcome.returns["changes"] == []
    kinds = ("role_assignment", "project_group")
    assert [each for each in outcome.returns["unmanaged"] if each["kind"] in kinds] == []


def test_roles_declared_by_id_are_not_exported_once_more(organization: Simulator) -> None:
    state = organization.state()
    (search,) = (each for each in state["projects"] if each["name"] == "search")
    writer, usage = search["roles"][0]["id"], state["roles"][0]["id"]
    perform(organization, "role_assignment", group="platform", roles=["Usage viewer"])
    declared = {
        "roles": [{"role_id": usage, "name": "Usage viewer"}, {"name": "Auditor"}],
        "groups": [{"name": "platform", "roles": [{"role_id": usage}]}],
        "projects": [
            {
                "name": "search",
                "roles": [{"role_id": writer, "name": "Writer"}, {"name": "Reader"}],
                "groups": [{"group": "platform", "role": "viewer"}],
            }
        ],
    }
    read = perform(organization, "organization_info", include=EXPORTED).returns
    made = merge(declared, read["organization"], read["ids"])
    assert [(each.steps, each.value) for each in made.edits if len(each.steps) > 1] == [
        (("groups", 0, "roles"), "Auditor"),
        (("projects", 0, "groups"), {"group": "okta", "roles": ["member"]}),
    ]
    assert made.left == []
