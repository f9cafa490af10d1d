# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups in a declaration, and who is in them: people, and service accounts of any project."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

ADA, BOB, CY, OWNER = (f"{name}@example.com" for name in ("ada", "bob", "cy", "owner"))
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": OWNER, "role": "owner"}, *({"email": email} for email in (ADA, BOB, CY))],
    "projects": [{"name": "search", "service_accounts": [{"name": "api"}]}, {"name": "support"}],
    "groups": [
        {"name": "platform", "members": [{"email": BOB}, {"email": CY}]},
        {"name": "old", "members": [{"email": BOB}]},
        {"name": "okta", "is_scim_managed": True, "members": [{"email": CY}]},
        {"name": "tenant", "group_type": "tenant_group"},
    ],
}
API = {"service_account": "api", "project": "search"}


@pytest.fixture
def organization(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def members(simulator: Simulator) -> dict[str, list[str]]:
    """Who is in which group: people by address, accounts by name."""
    state = simulator.state()
    accounts = {each["id"]: each["name"] for project in state["projects"] for each in project["service_accounts"]}
    return {
        group["name"]: sorted(each.get("email") or accounts[each["service_account"]] for each in group["members"])
        for group in state["groups"]
    }


def told(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(each["kind"], each["group"], each["name"], each["action"]) for each in changes]


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


def test_members_are_added_and_others_stay(organization: Simulator) -> None:
    declared = {"groups": [{"name": "platform", "members": [{"email": ADA.upper()}, {"email": BOB}, API]}]}
    predicted = perform(organization, "organization", check=True, **declared)
    assert members(organization)["platform"] == [BOB, CY]
    outcome = perform(organization, "organization", **declared)
    assert outcome.returns["changes"] == predicted.returns["changes"]
    assert told(outcome.returns["changes"]) == [
        ("group_member", "platform", ADA, "add"),
        ("group_member", "platform", "api", "add"),
    ]
    assert [each["after"] for each in outcome.returns["changes"]] == [{"email": ADA.upper()}, API]
    assert members(organization)["platform"] == [ADA, "api", BOB, CY]
    assert [(each["kind"], each["group"], each["name"]) for each in outcome.returns["unmanaged"]] == [
        ("group", None, "old"),
        ("group", None, "okta"),
        ("group", None, "tenant"),
        ("group_member", "platform", CY),
    ]
    again = perform(organization, "organization", **declared)
    assert not again.changed
    assert again.returns["changes"] == []


def test_groups_without_members_leave_them_alone(organization: Simulator) -> None:
    outcome = perform(organization, "organization", groups=[{"name": "platform"}, {"name": "new"}])
    assert told(outcome.returns["changes"]) == [("group", None, "new", "create")]
    assert [request["path"] for request in organization.requests() if request["method"] == "GET"] == [
        "/organization/groups"
    ]
    assert members(organization) == {**members(organization), "platform": [BOB, CY], "new": []}


def test_a_purge_takes_out_who_is_not_declared_after_others_came_in(organization: Simulator) -> None:
    group = {"name": "platform", "members": [{"email": ADA}, {"email": BOB, "state": "absent"}], "purge": ["members"]}
    outcome = perform(organization, "organization", groups=[group])
    assert told(outcome.returns["changes"]) == [
        ("group_member", "platform", ADA, "add"),
        ("group_member", "platform", BOB, "remove"),
        ("group_member", "platform", CY, "remove"),
    ]
    assert [each["purged"] for each in outcome.returns["changes"]] == [False, False, True]
    assert members(organization)["platform"] == [ADA]
    assert [each["method"] for each in organization.requests(writes=True)] == ["POST", "DELETE", "DELETE"]


def test_nothing_goes_by_max_removals(organization: Simulator) -> None:
    group = {"name": "platform", "members": [], "purge": ["members"]}
    (problem,) = refused(organization, groups=[group], max_removals=1)
    assert problem[1] == "max_removals"
    assert "2 objects" in problem[2]


def test_who_moves_is_in_the_new_group_before_leaving_the_old_one(organization: Simulator) -> None:
    organization.fault("status", "/organization/groups/{group_id}/users", "POST", status=403, times=None)
    groups = [
        {"name": "old", "members": [], "purge": ["members"]},
        {"name": "platform", "members": [{"email": CY}, {"email": ADA}]},
        {"name": "new", "members": [{"email": BOB}]},
    ]
    with pytest.raises(AdminError) as failure:
        perform(organization, "organization", groups=groups)
    assert failure.value.facts["not_tried"][0]["name"] == BOB
    assert members(organization)["old"] == [BOB]


def test_members_that_the_same_run_creates(organization: Simulator) -> None:
    declared = {
        "projects": [
            {"name": "search", "service_accounts": [{"name": "worker"}]},
            {"name": "batch", "service_accounts": [{"name": "nightly"}]},
        ],
        "groups": [
            {
                "name": name,
                "members": [
                    {"service_account": "worker", "project": "search"},
                    {"service_account": "nightly", "project": "batch"},
                    {"email": ADA},
                ],
            }
            for name in ("platform", "new")
        ],
    }
    predicted = perform(organization, "organization", check=True, **declared)
    assert predicted.warnings == ()
    outcome = perform(organization, "organization", **declared)
    assert outcome.returns["changes"] == predicted.returns["changes"]
    assert members(organization)["new"] == [ADA, "nightly", "worker"]
    assert members(organization)["platform"] == [ADA, BOB, CY, "nightly", "worker"]
    assert outcome.returns["ids"]["groups"]["new"].startswith("group_")
    assert not perform(organization, "organization", **declared).changed


@pytest.mark.parametrize("project", ["batch", "search"])
def test_an_account_that_nobody_declares_is_missed_before_anything_is_written(
    organization: Simulator, project: str
) -> None:
    member = {"service_account": "nightly", "project": project}
    declared = {"projects": [{"name": project}], "groups": [{"name": "platform", "members": [member]}]}
    with pytest.raises(AdminError) as failure:
        perform(organization, "organization", **declared)
    assert f"Service account 'nightly' of project '{project}' does not exist" in failure.value.message
    assert organization.requests(writes=True) == []
    (warning,) = perform(organization, "organization", check=True, **declared).warnings
    assert warning.startswith("groups[0].members[0]: Service account 'nightly'")


WITH_SOMEBODY_NEW = {"groups": [{"name": "platform", "members": [{"email": ADA}, {"email": "new@example.com"}]}]}


class TestPeopleWhoAreNotThere:
    def test_are_refused(self, organization: Simulator) -> None:
        ((where, option, message),) = refused(organization, **WITH_SOMEBODY_NEW)
        assert (where, option) == ("groups[0].members[1]", "email")
        assert message.startswith("Nobody in the organization has the e-mail address new@example.com.")

    def test_are_invited_and_come_into_the_group_when_they_have_accepted(self, organization: Simulator) -> None:
        declared = {**WITH_SOMEBODY_NEW, "invite_missing": True}
        outcome = perform(organization, "organization", **declared)
        assert told(outcome.returns["changes"]) == [
            ("group_member", "platform", ADA, "add"),
            ("invite", None, "new@example.com", "send"),
        ]
        (invite,) = organization.state()["invites"]
        assert (invite["role"], invite["projects"]) == ("reader", [])
        waiting = perform(organization, "organization", **declared)
        assert not waiting.changed
        assert [each["email"] for each in waiting.returns["pending"]] == ["new@example.com"]
        organization.accept_invite(invite["id"])
        accepted = perform(organization, "organization", **declared)
        assert told(accepted.returns["changes"]) == [("group_member", "platform", "new@example.com", "add")]
        assert not perform(organization, "organization", **declared).changed

    def test_are_invited_to_the_projects_that_are_declared_for_them(self, organization: Simulator) -> None:
        projects = [{"name": "search", "users": [{"email": "new@example.com", "role": "owner"}]}]
        perform(organization, "organization", **WITH_SOMEBODY_NEW, projects=projects, invite_missing=True)
        (invite,) = organization.state()["invites"]
        assert [each["role"] for each in invite["projects"]] == ["owner"]

    def test_stay_in_the_organization_though_people_are_purged(self, organization: Simulator) -> None:
        groups = [{"name": "platform", "members": [{"email": ADA}]}]
        outcome = perform(organization, "organization", groups=groups, users=[], purge=["users"])
        gone = {each["name"] for each in outcome.returns["changes"] if each["action"] == "remove"}
        assert gone == {BOB, CY}


class TestGroupsOfAnIdentityProvider:
    def test_are_declared_as_such(self, organization: Simulator) -> None:
        outcome = perform(organization, "organization", groups=[{"name": "okta", "scim": True}], purge=["groups"])
        assert told(outcome.returns["changes"]) == [
            ("group", None, "platform", "delete"),
            ("group", None, "old", "delete"),
        ]
        assert [each["name"] for each in outcome.returns["unmanaged"]] == ["tenant"]
        assert members(organization) == {"okta": [CY], "tenant": []}

    @pytest.mark.parametrize(
        ("group", "where", "message"),
        [
            ({"name": "none", "scim": True}, "groups[0]", "There is no group 'none'. With scim: true, only"),
            ({"name": "platform", "scim": True}, "groups[0]", "The group 'platform' is not managed by an identity"),
            ({"name": "okta", "scim": True, "state": "absent"}, "groups[0]", "The group 'okta' is managed by"),
            ({"name": "okta", "state": "absent"}, "groups[0]", "The group 'okta' is managed by"),
            ({"name": "tenant", "state": "absent"}, "groups[0]", "The group 'tenant' is of the type tenant_group"),
            ({"name": "okta", "members": [{"email": ADA}]}, "groups[0].members[0]", "The group 'okta' is managed by"),
            (
                {"name": "okta", "members": [{"email": CY, "state": "absent"}]},
                "groups[0].members[0]",
                "The group 'okta' is managed by",
            ),
            (
                {"name": "okta", "members": [], "purge": ["members"]},
                "groups[0].members",
                "The group 'okta' is managed by",
            ),
        ],
    )
    def test_are_left_as_they_are(
        self, organization: Simulator, group: dict[str, Any], where: str, message: str
    ) -> None:
        ((found, option, said),) = refused(organization, groups=[group])
        assert (found, option) == (where, "")
        assert said.startswith(message)

    @pytest.mark.parametrize("more", [{}, {"purge": ["members"]}])
    def test_may_be_declared_with_the_members_that_they_have(
        self, organization: Simulator, more: dict[str, Any]
    ) -> None:
        group = {"name": "okta", "members": [{"email": CY}], **more}
        assert not perform(organization, "organization", groups=[group]).changed

    def test_are_not_renamed(self, organization: Simulator) -> None:
        own_id = next(each["id"] for each in organization.state()["groups"] if each["name"] == "okta")
        ((where, dummy, said),) = refused(organization, groups=[{"group_id": own_id, "name": "else"}])
        assert where == "groups[0]"
        assert "is managed by the identity provider" in said

    def test_declare_no_members(self, organization: Simulator) -> None:
        group = {"name": "okta", "scim": True, "members": []}
        assert refused(organization, groups=[group]) == [
            (
                "groups[0]",
                "members",
                "members of a group with scim: true come from the identity provider. Remove members from the entry.",
            )
        ]


@pytest.mark.parametrize(
    ("members", "place", "said"),
    [
        ([{}], 0, "each entry of members needs one of email, user_id, service_account, service_account_id"),
        ([{"service_account": "api"}], 0, "service_account in members needs one of project, project_id"),
        ([{"email": ADA, "user_id": "user-1"}], None, ""),
        ([{"email": ADA, "service_account": "api", "project": "search"}], 0, "exclude each other"),
        ([{"email": "nobody"}], 0, "email"),
        ([{"email": ADA}, {"email": ADA.upper()}], 1, "is declared in groups[0].members[0] as well"),
        ([API, API], 1, "is declared in groups[0].members[0] as well"),
        ([{"service_account": "none", "project": "search"}], None, ""),
    ],
)
def test_what_the_declaration_alone_tells_is_said_before_anything_is_read(
    organization: Simulator, members: list[dict[str, Any]], place: int | None, said: str
) -> None:
    organization.clear()
    with pytest.raises(AdminError) as failure:
        perform(organization, "organization", groups=[{"name": "platform", "members": members}])
    if place is None:
        assert organization.requests() != []
        return
    (problem,) = failure.value.facts["problems"]
    assert problem["where"] == f"groups[0].members[{place}]"
    assert said in problem["message"]
    assert organization.requests() == []


def test_one_member_is_not_declared_twice_in_other_words(organization: Simulator) -> None:
    state = organization.state()
    person = next(each["id"] for each in state["users"] if each["email"] == ADA)
    account = next(each["id"] for project in state["projects"] for each in project["service_accounts"])
    members = [
        {"email": ADA},
        {"user_id": person},
        API,
        {"service_account_id": account, "project": "search"},
    ]
    found = refused(organization, groups=[{"name": "new", "members": members}])
    assert [(where, message.partition(" is declared")[2]) for where, dummy, message in found] == [
        ("groups[0].members[1]", " in groups[0].members[0] as well."),
        ("groups[0].members[3]", " in groups[0].members[2] as well."),
    ]


def test_who_leaves_the_organization_is_in_none_of_its_groups(organization: Simulator) -> None:
    users = [{"email": ADA, "state": "absent"}]
    groups = [{"name": "platform", "members": [{"email": ADA}]}]
    ((where, dummy, said),) = refused(organization, users=users, groups=groups)
    assert where == "users[0]"
    assert "is declared absent, and present in groups[0].members[0]" in said


def test_what_lies_in_a_group_is_purged_only_where_it_is_declared(organization: Simulator) -> None:
    assert refused(organization, groups=[{"name": "old", "purge": ["members"]}]) == [
        ("groups[0]", "purge[0]", "purge names members, which the group does not declare.")
    ]


def test_a_new_name_is_that_of_the_group_in_all_that_is_told(organization: Simulator) -> None:
    own_id = next(each["id"] for each in organization.state()["groups"] if each["name"] == "old")
    groups = [{"group_id": own_id, "name": "newer", "members": [{"email": ADA}]}]
    outcome = perform(organization, "organization", groups=groups)
    assert told(outcome.returns["changes"]) == [
        ("group", None, "old", "update"),
        ("group_member", "newer", ADA, "add"),
    ]
    assert members(organization)["newer"] == [ADA, BOB]


def test_reads_each_collection_once_and_asks_for_people_together(organization: Simulator) -> None:
    groups = [
        {"name": name, "members": [{"email": ADA}, {"email": BOB}, {"email": CY}, API]} for name in ("platform", "old")
    ]
    perform(organization, "organization", check=True, groups=groups)
    reads = sorted(each["route"] for each in organization.requests())
    assert reads == [
        "/organization/groups",
        "/organization/groups/{group_id}/users",
        "/organization/groups/{group_id}/users",
        "/organization/projects",
        "/organization/projects/{project_id}/service_accounts",
        "/organization/users",
    ]


def exported(simulator: Simulator, *include: str) -> dict[str, Any]:
    found: dict[str, Any] = perform(simulator, "organization_info", include=list(include)).returns["organization"]
    return found


def test_an_export_names_members_as_they_are_declared(organization: Simulator) -> None:
    members = [{"email": ADA}, API]
    perform(organization, "organization", groups=[{"name": "old", "members": members}])
    groups = exported(organization, "groups", "group_members")
    assert groups == {
        "groups": [
            {"name": "okta", "scim": True},
            {"name": "old", "members": [{"email": ADA}, API, {"email": BOB}]},
            {"name": "platform", "members": [{"email": BOB}, {"email": CY}]},
            {"name": "tenant", "scim": True},
        ]
    }
    assert exported(organization, "group_members") == groups
    assert "groups" not in exported(organization, "projects", "users")
    purged = [{**group, "purge": ["members"]} if "members" in group else group for group in groups["groups"]]
    outcome = perform(organization, "organization", groups=purged, purge=["groups"])
    assert outcome.returns["changes"] == outcome.returns["unmanaged"] == []


def test_an_export_without_members_reads_none(organization: Simulator) -> None:
    organization.clear()
    groups = exported(organization, "groups")["groups"]
    assert groups == [
        {"name": "okta", "scim": True},
        {"name": "old"},
        {"name": "platform"},
        {"name": "tenant", "scim": True},
    ]
    assert len(organization.requests()) == 1
