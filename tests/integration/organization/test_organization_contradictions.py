# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Declarations whose parts contradict each other are refused before anything is written, in check mode too."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

OWNER, ADA = "owner@example.com", "ada@example.com"
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": OWNER, "role": "owner"}, {"email": ADA}],
    "roles": [{"name": "Viewer of usage", "permissions": ["api.usage.read"], "id": "role_1"}],
    "groups": [
        {"name": "platform", "id": "group_1", "members": [{"email": ADA}]},
        {"name": "admins", "id": "group_2"},
        {"name": "okta", "is_scim_managed": True},
    ],
    "role_assignments": [{"role": "owner", "group": "admins"}],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "service_accounts": [{"name": "api", "id": "svc_api"}],
            "roles": [{"name": "Writer", "permissions": ["api.responses.write"], "id": "role_2"}],
        },
        {"name": "support"},
    ],
}
API = {"service_account": "api", "project": "search"}


@pytest.fixture
def organization(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def refused(simulator: Simulator, **declared: Any) -> list[tuple[str, str]]:
    """The problems of a declaration that is refused, in check mode as in a real run, before anything is written."""
    found = []
    for check in True, False:
        with pytest.raises(AdminError) as failure:
            perform(simulator, "organization", check=check, **declared)
        found.append([(each["where"], each["message"]) for each in failure.value.facts["problems"]])
    assert simulator.requests(writes=True) == []
    assert found[0] == found[1]
    return found[0]


def settled(simulator: Simulator, **declared: Any) -> list[tuple[Any, ...]]:
    """The changes of a run, which check mode predicts, and after which the next run changes nothing."""
    predicted = perform(simulator, "organization", check=True, **declared)
    outcome = perform(simulator, "organization", **declared)
    assert predicted.returns["changes"] == outcome.returns["changes"]
    assert not perform(simulator, "organization", **declared).changed
    return [(each["kind"], each["name"], each["action"]) for each in outcome.returns["changes"]]


class TestWhatIsNeededAndRemoved:
    @pytest.mark.parametrize("member", [API, {"service_account_id": "svc_api", "project_id": "proj_search"}])
    @pytest.mark.parametrize(
        ("project", "said"),
        [
            ({"service_accounts": [{"name": "api", "state": "absent"}]}, "projects[0].service_accounts[0] declares it"),
            ({"service_accounts": [], "purge": ["service_accounts"]}, "purge would remove it of project 'search'"),
            ({"state": "archived"}, "projects[0] declares it archived"),
        ],
    )
    def test_members_of_groups(
        self, organization: Simulator, member: dict[str, Any], project: dict[str, Any], said: str
    ) -> None:
        groups = [{"name": "platform", "members": [member]}]
        ((where, message),) = refused(organization, groups=groups, projects=[{"name": "search", **project}])
        assert where == "groups[0].members[0]"
        assert said in message

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"roles": [{"name": "Viewer of usage", "state": "absent"}]}, "roles[0] declares it absent"),
            ({"roles": [], "purge": ["roles"]}, "purge would remove it, because it is not declared"),
        ],
    )
    def test_roles(self, organization: Simulator, more: dict[str, Any], said: str) -> None:
        groups = [{"name": "platform", "roles": ["Viewer of usage"]}]
        ((where, message),) = refused(organization, groups=groups, **more)
        assert where == "groups[0].roles[0]"
        assert said in message

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"groups": [{"name": "platform", "state": "absent"}]}, "groups[0] declares it absent"),
            ({"groups": [], "purge": ["groups"]}, "purge would remove it, because it is not declared"),
        ],
    )
    def test_groups_in_projects(self, organization: Simulator, more: dict[str, Any], said: str) -> None:
        projects = [{"name": "search", "groups": [{"group": "platform", "role": "viewer"}]}]
        ((where, message),) = refused(organization, projects=projects, **more)
        assert where == "projects[0].groups[0]"
        assert said in message


class TestNamesOfRoles:
    def test_differ_in_more_than_case(self, organization: Simulator) -> None:
        roles = [{"name": name, "permissions": ["api.files.read"]} for name in ("Reader of files", "reader of Files")]
        ((where, message),) = refused(organization, roles=roles)
        assert where == "roles[1]"
        assert "'Reader of files', which differs only in case or blanks" in message

    def test_may_be_spelt_anew_when_the_old_role_goes(self, organization: Simulator) -> None:
        roles = [
            {"name": "Viewer of usage", "state": "absent"},
            {"name": "Viewer Of Usage", "permissions": ["api.usage.read"]},
        ]
        assert settled(organization, roles=roles) == [
            ("role", "Viewer of usage", "delete"),
            ("role", "Viewer Of Usage", "create"),
        ]

    def test_of_a_role_of_another_scope_may_be_alike(self, organization: Simulator) -> None:
        projects = [{"name": "search", "roles": [{"name": "VIEWER OF USAGE", "permissions": []}]}]
        assert settled(organization, projects=projects, roles=[{"name": "Viewer of usage"}]) == [
            ("role", "VIEWER OF USAGE", "create")
        ]


class TestGroups:
    def test_that_an_identity_provider_manages_invite_nobody(self, organization: Simulator) -> None:
        groups = [{"name": "okta", "members": [{"email": "new@example.com"}]}]
        ((where, message),) = refused(organization, groups=groups, invite_missing=True)
        assert where == "groups[0].members[0]"
        assert "'okta' is managed by the identity provider" in message

    def test_have_names_of_limited_length(self, organization: Simulator) -> None:
        organization.clear()
        with pytest.raises(AdminError) as failure:
            perform(organization, "organization", groups=[{"name": "x" * 256}])
        assert "name must have at most 255 characters, not 256" in failure.value.message
        with pytest.raises(AdminError) as alone:
            perform(organization, "group", name="x" * 256)
        assert "name must have at most 255 characters, not 256" in alone.value.message
        assert organization.requests() == []
        assert perform(organization, "group", name="x" * 255).changed

    def test_of_owners_stay_in_a_purge_with_a_warning(self, organization: Simulator) -> None:
        outcome = perform(organization, "organization", groups=[{"name": "platform"}], purge=["groups"])
        assert not outcome.changed
        assert len(outcome.warnings) == 1
        assert outcome.warnings[0].startswith("purge does not remove group 'admins'. The group group_2 has the role")

    def test_whose_roles_cannot_be_read_are_named(self, organization: Simulator) -> None:
        organization.fault("status", "/organization/groups/{group_id}/roles", "GET", status=403, times=None)
        with pytest.raises(AdminError) as failure:
            perform(organization, "group", name="platform", state="absent")
        assert "list the roles of group 'platform'" in failure.value.message


def test_new_names_work_in_the_run_that_gives_them(simulator: Simulator) -> None:
    """A project, an account, a group and roles are renamed, and named elsewhere by their new names."""
    search, support = ORGANIZATION["projects"]
    inside = {"groups": [{"group": "platform"}], "role_assignments": [{"role": "Writer", "group": "platform"}]}
    simulator.reset({**ORGANIZATION, "projects": [{**search, **inside}, support]})
    declared = {
        "roles": [{"role_id": "role_1", "name": "Usage"}],
        "groups": [
            {"group_id": "group_1", "name": "engine", "members": [{"service_account": "worker", "project": "find"}]},
            {"name": "admins", "roles": ["Usage"]},
        ],
        "projects": [
            {
                "project_id": "proj_search",
                "name": "find",
                "service_accounts": [{"service_account_id": "svc_api", "name": "worker"}],
                "roles": [{"role_id": "role_2", "name": "Response writer"}],
                "groups": [{"group": "engine", "roles": ["Response writer", "viewer"]}],
            }
        ],
    }
    assert settled(simulator, **declared) == [
        ("project", "search", "update"),
        ("role", "Viewer of usage", "update"),
        ("group", "platform", "update"),
        ("service_account", "api", "update"),
        ("role", "Writer", "update"),
        ("group_member", "worker", "add"),
        ("role_assignment", "Usage", "add"),
        ("role_assignment", "viewer", "add"),
    ]


@pytest.mark.parametrize("role_id", ["role_1", "role-api-organization-reader", "role_none"])
def test_roles_of_another_scope_give_a_group_no_access(organization: Simulator, role_id: str) -> None:
    group = {"group": "platform", "role_id": role_id}
    messages = []
    for check in True, False:
        with pytest.raises(AdminError) as failure:
            perform(organization, "project_group", check=check, project="search", **group)
        messages.append(failure.value.message)
    ((where, message),) = refused(organization, projects=[{"name": "search", "groups": [group]}])
    assert where == "projects[0].groups[0]"
    assert f"Role {role_id} of project 'search' does not exist." == messages[0] == messages[1] == message


def test_predefined_roles_by_id_need_no_list(organization: Simulator) -> None:
    perform(organization, "project_group", project="search", group="platform", role_id="role-api-project-viewer")
    assert not [each for each in organization.requests() if each["path"].endswith("/roles")]
