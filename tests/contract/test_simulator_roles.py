# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles, who has them, and the groups of projects, as the SDK sees them."""

from __future__ import annotations

from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import ControlError, Simulator

SMALL: dict[str, Any] = {
    "users": [
        {"email": "ada@example.com", "id": "user-ada", "role": "owner"},
        {"email": "grace@example.com", "id": "user-grace"},
    ],
    "roles": [{"name": "watcher", "id": "role_watcher", "permissions": ["api.usage.read"]}],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "service_accounts": [{"name": "bot", "id": "svc_bot", "role": "none"}],
            "roles": [{"name": "writer", "id": "role_writer", "permissions": ["api.responses.write"]}],
            "role_assignments": [{"group": "team", "role": "writer"}, {"group": "team", "role": "viewer"}],
        }
    ],
    "groups": [
        {"name": "team", "id": "group_team", "members": [{"email": "grace@example.com"}]},
        {"name": "tenant", "id": "group_tenant", "group_type": "tenant_group", "is_scim_managed": True},
    ],
}
IN_SEARCH: Any = {"project_id": "proj_search"}
OWNER = "role-api-organization-owner"
SUFFIX = "__api-project__proj_search"


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    """Each test begins with a small organization."""
    simulator.reset(SMALL)


def refused(status: int, words: str | None = None) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, match=words, check=lambda error: error.status_code == status)


def sources(listed: Any) -> list[tuple[str, list[str] | None]]:
    """The ids of roles that somebody has, and through whom."""
    return [
        (
            each.id.partition("__")[0],
            each.assignment_sources and [source.principal_id for source in each.assignment_sources],
        )
        for each in listed
    ]


class TestRoles:
    def test_life(self, admin: Organization) -> None:
        made = admin.projects.roles.create("proj_search", role_name="new", permissions=[])
        assert (made.name, made.predefined_role, made.resource_type) == ("new", False, "api.project")
        changed = admin.projects.roles.update(made.id, role_name="newer", permissions=["a"], **IN_SEARCH)
        assert (changed.name, changed.permissions) == ("newer", ["a"])
        for again in "newer", "Project owner":
            with refused(400, "already exists"):
                admin.projects.roles.create("proj_search", role_name=again, permissions=[])
        assert admin.projects.roles.delete(made.id, **IN_SEARCH).deleted
        with refused(404, "No such role"):
            admin.projects.roles.retrieve(made.id, **IN_SEARCH)
        with refused(404, "No such role"):
            admin.roles.retrieve("role_writer")  # it is the project's

    def test_predefined_ones_are_called_by_scoped_ids(self, admin: Organization, simulator: Simulator) -> None:
        listed = admin.projects.roles.list("proj_search")
        kinds = [f"role-api-project-{kind}{SUFFIX}" for kind in ("owner", "member", "viewer")]
        assert [role.id for role in listed] == [*kinds, "role_writer"]
        assert admin.projects.roles.retrieve(kinds[0], **IN_SEARCH).predefined_role
        with refused(404):
            admin.projects.roles.retrieve("role-api-project-owner", **IN_SEARCH)
        for change in (
            lambda: admin.projects.roles.update(kinds[0], permissions=[], **IN_SEARCH),
            lambda: admin.projects.roles.delete(kinds[0], **IN_SEARCH),
        ):
            with refused(400, "predefined"):
                change()
        simulator.behaviour(predefined_names="short")
        assert [role.name for role in admin.roles.list()] == ["Owner", "Reader", "watcher"]

    def test_what_the_api_keeps_besides(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(permissions_expanded=True, permissions_added=["x"])
        made = admin.roles.create(role_name="new", permissions=["api.model.request"])
        assert {"api.model.request", "model.request", "api.model.images.request", "x"} <= set(made.permissions)

    def test_one_that_somebody_has(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(delete_role_in_use=400)
        with refused(400, "assigned to 1"):
            admin.projects.roles.delete("role_writer", **IN_SEARCH)
        simulator.behaviour(delete_role_in_use=200)
        admin.projects.roles.delete("role_writer", **IN_SEARCH)
        assert [each[0] for each in sources(admin.projects.groups.roles.list("group_team", **IN_SEARCH))] == [
            "role-api-project-viewer"
        ]

    def test_an_organization_without_them(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(unsupported=["/organization/roles"])
        with refused(404, "Unsupported endpoint"):
            list(admin.roles.list())
        list(admin.projects.roles.list("proj_search"))


class TestAssignments:
    def test_aliases_go_in_and_scoped_ids_come_out(self, admin: Organization) -> None:
        roles = admin.projects.groups.roles
        made = roles.create("group_tenant", role_id="role-api-project-member", **IN_SEARCH)
        assert (made.role.id, made.group.scim_managed) == (f"role-api-project-member{SUFFIX}", True)
        for call in roles.retrieve, roles.delete:
            with refused(404):
                call("role-api-project-member", group_id="group_tenant", **IN_SEARCH)
        assert roles.retrieve(made.role.id, group_id="group_tenant", **IN_SEARCH).assignment_sources is None
        assert roles.delete(made.role.id, group_id="group_tenant", **IN_SEARCH).object == "group.role.deleted"
        assert sources(roles.list("group_tenant", **IN_SEARCH)) == []

    @pytest.mark.parametrize("status", [200, 400, 409])
    def test_twice(self, status: Any, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(assign_role_twice=status)
        roles = admin.groups.roles
        roles.create("group_team", role_id="role_watcher")
        if status == 200:
            roles.create("group_team", role_id="role_watcher")
        else:
            with refused(status, "already"):
                roles.create("group_team", role_id="role_watcher")
        assert len(list(roles.list("group_team"))) == 1

    def test_what_comes_through_a_group(self, admin: Organization, simulator: Simulator) -> None:
        roles = admin.projects.users.roles
        viewer, writer = "role-api-project-viewer", "role_writer"
        inherited = [(viewer, ["group_team"]), (writer, ["group_team"])]
        assert sources(roles.list("user-grace", **IN_SEARCH)) == inherited
        with refused(404):
            roles.delete("role_writer", user_id="user-grace", **IN_SEARCH)
        roles.create("user-grace", role_id="role_writer", **IN_SEARCH)
        assert sources(roles.list("user-grace", **IN_SEARCH))[1] == (writer, ["user-grace", "group_team"])
        simulator.behaviour(sources_apart=True)
        for page in None, 1:
            simulator.behaviour(page_size=page)
            assert sources(roles.list("user-grace", **IN_SEARCH))[1:] == [(writer, None), (writer, ["group_team"])]
        roles.delete("role_writer", user_id="user-grace", **IN_SEARCH)
        assert sources(roles.list("user-grace", **IN_SEARCH)) == inherited

    @pytest.mark.parametrize(("how", "told"), [("null", None), ("empty", []), ("self", ["group_team"])])
    def test_what_is_somebodys_own(
        self, how: Any, told: list[str] | None, admin: Organization, simulator: Simulator
    ) -> None:
        simulator.behaviour(sources_of_direct=how)
        assert {
            str(found) for dummy, found in sources(admin.projects.groups.roles.list("group_team", **IN_SEARCH))
        } == {str(told)}

    def test_the_older_role_is_a_predefined_one(self, admin: Organization) -> None:
        roles = admin.users.roles
        assert sources(roles.list("user-grace")) == [("role-api-organization-reader", None)]
        made = roles.create("user-grace", role_id=OWNER)
        assert (made.user.role, admin.users.retrieve("user-grace").role) == ("owner", "owner")
        admin.users.update("user-ada", role="reader")
        with refused(400, "last owner"):
            roles.delete(made.role.id, user_id="user-grace")
        admin.users.update("user-ada", role="owner")
        roles.delete(made.role.id, user_id="user-grace")
        assert admin.users.retrieve("user-grace").role == "reader"

    def test_so_it_is_in_projects(self, admin: Organization) -> None:
        users, roles = admin.projects.users, admin.projects.users.roles
        made = roles.create("user-grace", role_id="role-api-project-member", **IN_SEARCH)
        assert users.retrieve("user-grace", **IN_SEARCH).role == "member"
        users.update("user-grace", role="owner", **IN_SEARCH)
        with refused(404):
            roles.delete(made.role.id, user_id="user-grace", **IN_SEARCH)
        roles.delete(f"role-api-project-owner{SUFFIX}", user_id="user-grace", **IN_SEARCH)
        with refused(404):
            users.retrieve("user-grace", **IN_SEARCH)
        with refused(400, "owner of the organization"):
            roles.create("user-ada", role_id="role-api-project-viewer", **IN_SEARCH)

    def test_a_service_account_has_predefined_ones_alone(self, admin: Organization) -> None:
        roles = admin.projects.users.roles
        with refused(400, "service accounts"):
            roles.create("svc_bot", role_id="role_writer", **IN_SEARCH)
        made = roles.create("svc_bot", role_id="role-api-project-member", **IN_SEARCH)
        assert made.user.is_service_account
        assert admin.projects.service_accounts.retrieve("svc_bot", **IN_SEARCH).role == "member"
        roles.delete(made.role.id, user_id="svc_bot", **IN_SEARCH)
        assert admin.projects.service_accounts.retrieve("svc_bot", **IN_SEARCH).role == "none"

    def test_who_is_gone_has_none(self, admin: Organization, simulator: Simulator) -> None:
        admin.projects.users.roles.create("user-grace", role_id="role_writer", **IN_SEARCH)
        admin.users.delete("user-grace")
        admin.groups.delete("group_team")
        (project,) = simulator.state()["projects"]
        assert (project["role_assignments"], project["groups"]) == ([], [])


class TestProjectGroups:
    def test_life(self, admin: Organization) -> None:
        groups = admin.projects.groups
        made = groups.create("proj_search", group_id="group_tenant", role="role-api-project-viewer")
        assert made.to_dict() | {"created_at": 0} == {
            "object": "project.group",
            "project_id": "proj_search",
            "group_id": "group_tenant",
            "group_name": "tenant",
            "group_type": "tenant_group",
            "created_at": 0,
        }
        assert list(groups.list("proj_search")) == [made]
        with refused(404):
            groups.retrieve("group_tenant", **IN_SEARCH)
        assert groups.retrieve("group_tenant", group_type="tenant_group", **IN_SEARCH) == made
        assert len(list(groups.roles.list("group_tenant", **IN_SEARCH))) == 1
        with refused(400, "already exists"):
            groups.create("proj_search", group_id="group_tenant", role="role_writer")
        groups.delete("group_tenant", **IN_SEARCH)
        assert [*groups.list("proj_search"), *groups.roles.list("group_tenant", **IN_SEARCH)] == []
        with refused(404):
            groups.delete("group_tenant", **IN_SEARCH)

    def test_a_role_does_not_list_the_group(self, admin: Organization) -> None:
        assert list(admin.projects.groups.list("proj_search")) == []
        assert len(list(admin.projects.groups.roles.list("group_team", **IN_SEARCH))) == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"role_assignments": [{"role": "watcher"}]}, "wants one of"),
        ({"role_assignments": [{"role": "writer", "group": "team"}]}, "no role 'writer'"),
        ({"role_assignments": [{"role": "watcher", "group": "x"}]}, "'x' is not among"),
        ({"roles": [{"name": "a"}, {"name": "a"}]}, "the same role of"),
    ],
)
def test_files_that_cannot_be(wrong: dict[str, Any], words: str, simulator: Simulator) -> None:
    with pytest.raises(ControlError, match=words):
        simulator.reset({**SMALL, **wrong})
