# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups and who is in them, as the SDK sees them."""

from __future__ import annotations

from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import Simulator

SMALL: dict[str, Any] = {
    "users": [
        {"email": "ada@example.com", "id": "user-ada", "role": "owner", "name": "Ada"},
        {"email": "grace@example.com", "id": "user-grace"},
        {"name": "Nobody", "id": "user-nobody"},
    ],
    "projects": [{"name": "search", "id": "proj_search", "service_accounts": [{"name": "bot", "id": "svc_bot"}]}],
    "groups": [
        {
            "name": "team",
            "id": "group_team",
            "members": [{"email": "ada@example.com"}, {"service_account": "bot", "project": "search"}],
        },
        {"name": "synced", "id": "group_synced", "is_scim_managed": True, "members": [{"user_id": "user-grace"}]},
        {"name": "tenant", "id": "group_tenant", "group_type": "tenant_group"},
    ],
}


def refused(status: int, words: str | None = None) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, match=words, check=lambda error: error.status_code == status)


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    """Each test begins with a small organization."""
    simulator.reset(SMALL)


def members(admin: Organization, group: str, **query: Any) -> list[str]:
    return [member.id for member in admin.groups.users.list(group, **query)]


class TestGroups:
    def test_life(self, admin: Organization) -> None:
        made = admin.groups.create(name="new")
        assert (made.name, made.group_type, made.is_scim_managed) == ("new", "group", False)
        assert admin.groups.retrieve(made.id) == made
        assert admin.groups.update(made.id, name="newer").name == "newer"
        assert admin.groups.create(name="newer").id != made.id
        assert admin.groups.delete(made.id).deleted
        for call in admin.groups.retrieve, admin.groups.delete:
            with refused(404, "No such group"):
                call(made.id)

    def test_pages_and_order(self, admin: Organization, simulator: Simulator) -> None:
        names = ["team", "synced", "tenant"]
        assert [group.name for group in admin.groups.list(limit=1)] == names
        assert [group.name for group in admin.groups.list(order="desc", limit=2)] == names[::-1]
        assert [entry["query"].get("after") for entry in simulator.requests()[:3]] == [
            None,
            ["group_team"],
            ["group_synced"],
        ]
        assert admin.groups.list(limit=0).data == []
        with refused(400):
            admin.groups.list(limit=1001)

    @pytest.mark.parametrize("name", ["", "  ", "x" * 256])
    def test_bad_names(self, admin: Organization, name: str) -> None:
        with refused(400, "name"):
            admin.groups.create(name=name)
        with refused(400, "name"):
            admin.groups.update("group_team", name=name)

    @pytest.mark.parametrize("group", ["group_synced", "group_tenant"])
    def test_what_an_identity_provider_manages_is_left_to_it(self, admin: Organization, group: str) -> None:
        for call in (
            lambda: admin.groups.update(group, name="other"),
            lambda: admin.groups.delete(group),
            lambda: admin.groups.users.create(group, user_id="user-ada"),
            lambda: admin.groups.users.delete("user-grace", group_id=group),
        ):
            with refused(400, "identity provider"):
                call()

    def test_ids_without_prefix(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(bare_ids=True)
        assert len(admin.groups.create(name="new").id) == 32


class TestMembers:
    def test_list_has_the_newest_first(self, admin: Organization) -> None:
        assert members(admin, "group_team", limit=1) == ["svc_bot", "user-ada"]
        assert members(admin, "group_team", order="asc") == ["user-ada", "svc_bot"]
        bot, ada = admin.groups.users.list("group_team").data
        assert (bot.name, bot.email, ada.name, ada.email) == ("bot", None, "Ada", "ada@example.com")
        with refused(404, "No such group"):
            members(admin, "group_none")

    def test_life(self, admin: Organization, simulator: Simulator) -> None:
        users = admin.groups.users
        added = users.create("group_team", user_id="user-nobody")
        assert (added.group_id, added.user_id) == ("group_team", "user-nobody")
        alone = users.retrieve("user-nobody", group_id="group_team")
        assert (alone.name, alone.email, alone.is_service_account, alone.user_type) == ("Nobody", None, False, "user")
        assert users.retrieve("svc_bot", group_id="group_team").is_service_account
        assert users.delete("user-nobody", group_id="group_team").deleted
        with refused(404, "No such group user"):
            users.retrieve("user-nobody", group_id="group_team")
        with refused(404, "No such group user"):
            users.delete("user-nobody", group_id="group_team")
        simulator.behaviour(remove_non_member=400)
        with refused(400, "User user-nobody is not a member of group_team"):
            users.delete("user-nobody", group_id="group_team")
        with refused(404, "No such user"):
            users.create("group_team", user_id="user-none")

    @pytest.mark.parametrize("status", [400, 409])
    def test_adding_twice(self, admin: Organization, simulator: Simulator, status: int) -> None:
        simulator.behaviour(add_group_member_twice=status)
        with refused(status, "already a member"):
            admin.groups.users.create("group_team", user_id="user-ada")
        simulator.behaviour(add_group_member_twice=200)
        admin.groups.users.create("group_team", user_id="user-ada")
        assert len(members(admin, "group_team")) == 2

    def test_who_is_gone_is_in_no_group(self, admin: Organization) -> None:
        admin.projects.service_accounts.delete("svc_bot", project_id="proj_search")
        assert members(admin, "group_team") == ["user-ada"]
        admin.users.delete("user-grace")
        assert members(admin, "group_synced") == []

    def test_lists_lag(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(lag_reads=1)
        admin.groups.users.create("group_team", user_id="user-grace")
        assert [len(members(admin, "group_team")) for dummy in range(2)] == [2, 3]


def test_a_state_can_be_given_back(simulator: Simulator) -> None:
    before = simulator.state()
    simulator.reset(before)
    assert simulator.state() == before


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ({"email": "none@example.com"}, "is not among the organization's users"),
        ({"service_account": "bot", "project": "none"}, "is not among the organization's projects"),
        ({"service_account": "none", "project": "search"}, "has no service account 'none'"),
        ({"user_id": "user-ada"}, "member of 'team' twice"),
    ],
)
def test_files_with_wrong_members(simulator: Simulator, member: dict[str, str], words: str) -> None:
    team = SMALL["groups"][0]
    with pytest.raises(Exception, match=words):
        simulator.reset({**SMALL, "groups": [{**team, "members": [*team["members"], member]}]})
