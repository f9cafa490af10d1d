# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups, and who is in them: what an identity provider manages is left to it."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Refused
from integration.direct import perform
from simulator import Simulator

ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "ada@example.com", "id": "user-ada", "name": "Ada"},
        {"email": "grace@example.com", "id": "user-grace"},
    ],
    "projects": [{"name": "search", "id": "proj_search", "service_accounts": [{"name": "api", "id": "svc_api"}]}],
    "groups": [
        {"name": "team", "id": "group_team", "members": [{"email": "ada@example.com"}]},
        {"name": "synced", "id": "group_synced", "is_scim_managed": True, "members": [{"email": "ada@example.com"}]},
        {"name": "tenant", "id": "group_tenant", "group_type": "tenant_group"},
        {"name": "twin", "id": "group_one"},
        {"name": "twin", "id": "group_two"},
    ],
}
ADA, GRACE = {"email": "ada@example.com"}, {"email": "grace@example.com"}
API = {"service_account": "api", "project": "search"}


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)


def refused(simulator: Simulator, words: str, module: str, **task: Any) -> None:
    """Check mode and a real run refuse a task, and nothing is written."""
    for check in True, False:
        with pytest.raises(Refused, match=words):
            perform(simulator, module, check, **task)
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize(("group", "words"), [("synced", "through SCIM"), ("tenant", "of the type tenant_group")])
def test_what_is_managed_elsewhere_is_left_alone(group: str, words: str, simulator: Simulator) -> None:
    own_id = f"group_{group}"
    refused(simulator, words, "group", name=group, state="absent")
    refused(simulator, words, "group", group_id=own_id, name="other")
    refused(simulator, words, "group_user", group=group, members=[GRACE])
    refused(simulator, words, "group_user", group_id=own_id, members=[GRACE], exclusive=True)
    assert not perform(simulator, "group", group_id=own_id, name=group).changed
    assert not perform(simulator, "group_user", group=group, members=[GRACE], state="absent").changed


@pytest.mark.parametrize(
    ("module", "task"),
    [
        ("group", {"group_id": "padded", "name": "padded"}),
        ("project", {"project_id": "padded", "name": "padded"}),
        ("organization", {"projects": [{"project_id": "padded", "name": "padded"}]}),
    ],
)
def test_a_blank_is_taken_off_a_name(module: str, task: dict[str, Any], simulator: Simulator) -> None:
    padded = {"id": "padded", "name": "padded "}
    simulator.reset({"groups": [padded], "projects": [padded]})
    ran = [perform(simulator, module, check, **task) for check in (True, False, False)]
    assert [each.changed for each in ran] == [True, True, False]
    assert ran[0].diffs == ran[1].diffs
    assert (ran[0].before, ran[0].after) == (ran[1].before, ran[1].after)
    simulator.reset({"groups": [padded, {**padded, "id": "other"}], "projects": [padded, {**padded, "id": "other"}]})
    with pytest.raises(Refused, match=r"'padded ' \(other\), which differs only in blanks"):
        perform(simulator, module, **task)  # of two, nobody knows which one is meant


def test_a_name_that_two_groups_have_is_no_name(simulator: Simulator) -> None:
    for module, task in (
        ("group", {"name": "twin"}),
        ("group", {"name": "twin", "state": "absent"}),
        ("group_user", {"group": "twin", "members": [ADA]}),
    ):
        with pytest.raises(AdminError, match=r"2 groups are named 'twin' \(group_one, group_two\)"):
            perform(simulator, module, **task)


def test_a_rename_to_the_name_of_another_group_is_refused(simulator: Simulator) -> None:
    refused(simulator, "group_tenant has that name already", "group", group_id="group_team", name="tenant")


@pytest.mark.parametrize("twice", [200, 400, 409])
def test_people_and_accounts_come_and_go(twice: int, simulator: Simulator) -> None:
    simulator.behaviour(add_group_member_twice=twice)
    both = {"group": "team", "members": [GRACE, API, ADA]}
    made = perform(simulator, "group_user", **both)
    assert [each["id"] for each in made.returns["added"]] == ["user-grace", "svc_api"]
    assert not perform(simulator, "group_user", **both).changed
    only = perform(simulator, "group_user", group="team", members=[API], exclusive=True)
    assert [each["email"] for each in only.returns["removed"]] == ["grace@example.com", "ada@example.com"]
    assert [each["name"] for each in only.returns["group_members"]["members"]] == ["api"]


def test_somebody_who_came_meanwhile_is_no_failure(simulator: Simulator) -> None:
    """Whether the API takes somebody twice is not known; in any case the group is as declared."""
    simulator.behaviour(add_group_member_twice=409)
    simulator.fault(
        "meanwhile",
        "/organization/groups/{group_id}/users",
        "POST",
        body={"method": "POST", "path": "/organization/groups/group_team/users", "body": {"user_id": "user-grace"}},
    )
    done = perform(simulator, "group_user", group_id="group_team", members=[GRACE])
    assert [each["id"] for each in done.returns["group_members"]["members"]] == ["user-ada", "user-grace"]


@pytest.mark.parametrize("shown", [None, ""])
def test_whose_address_the_group_does_not_show_is_found_among_the_people(
    shown: str | None, simulator: Simulator
) -> None:
    users = "/organization/groups/{group_id}/users"
    simulator.fault("shape", users, "GET", at=["data", 0, "email"], body=shown, times=None)
    other = {"group_id": "group_team", "members": [GRACE], "state": "absent"}
    done = perform(simulator, "group_user", **other)
    assert (done.changed, done.warnings) == (False, ())
    assert [each["route"] for each in simulator.requests()] == [users, "/organization/users"]
    taken = {"group": "team", "members": [ADA], "state": "absent"}
    for check in True, False:
        done = perform(simulator, "group_user", check, **taken)
        assert [each["id"] for each in done.returns["removed"]] == ["user-ada"]
    assert not perform(simulator, "group_user", **taken).changed


def test_an_address_that_is_shown_nowhere_is_no_green_result(simulator: Simulator) -> None:
    simulator.behaviour(nulls=["email"])
    for check in True, False:
        task = {"group_id": "group_team", "members": [ADA, GRACE]}
        done = perform(simulator, "group_user", check, **task, state="absent")
        said = "The API shows no email of 1 group member (user-ada). If it is the right one, give user_id instead."
        assert (done.changed, done.warnings) == (False, (said,))
    with pytest.raises(
        AdminError, match=r"not known whether user 'ada@example\.com' exists\. The API shows no email of 3"
    ):
        perform(simulator, "group_user", **task)


def test_who_is_in_the_group_before_its_list_shows_it_is_no_failure(simulator: Simulator) -> None:
    simulator.behaviour(add_group_member_twice=409, remove_non_member=400, lag_seconds=30)
    for task in {"members": [GRACE]}, {"members": [ADA], "state": "absent"}:
        for changed in True, False:
            done = perform(simulator, "group_user", group_id="group_team", **task)
            assert (done.changed, done.before == done.after) == (changed, not changed)


def test_info_reads_one_group_or_all(simulator: Simulator) -> None:
    def found(**task: Any) -> list[tuple[str | None, str]]:
        return [
            (each["group"], each["id"])
            for each in perform(simulator, "group_user_info", **task).returns["group_members"]
        ]

    assert found(group="team") == [("team", "user-ada")]
    assert found() == [("team", "user-ada"), ("synced", "user-ada")]
    assert found(email="Ada@example.com", groups=[{"id": "group_synced"}]) == [(None, "user-ada")]
    assert found(email="grace@example.com") == []
    names = [group["name"] for group in perform(simulator, "group_info").returns["groups"]]
    assert names == ["team", "synced", "tenant", "twin", "twin"]


OTHER = {"object": "group", "id": "group_one", "name": "twin", "created_at": 1, "is_scim_managed": False}


@pytest.mark.parametrize("task", [{"state": "absent"}, {"name": "other"}], ids=["to be deleted", "to be renamed"])
def test_an_answer_of_another_group_is_none_of_the_one_that_was_asked_for(
    task: dict[str, Any], simulator: Simulator
) -> None:
    simulator.fault("body", "/organization/groups/{group_id}", "GET", body=OTHER, times=None)
    words = r"Could not read group group_team: the answer is about another group \(group_one, not group_team\)"
    for check in True, False:
        with pytest.raises(AdminError, match=words):
            perform(simulator, "group", check, group_id="group_team", **task)
    assert simulator.requests(writes=True) == []


def test_an_answer_to_a_change_that_is_of_another_group_is_a_failure(simulator: Simulator) -> None:
    simulator.fault("body", "/organization/groups/{group_id}", "POST", body={**OTHER, "name": "other"}, times=None)
    with pytest.raises(AdminError, match=r"Could not update group group_team: the answer is about another group"):
        perform(simulator, "group", group_id="group_team", name="other")
