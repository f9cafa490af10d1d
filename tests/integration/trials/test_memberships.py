# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sets that have an owner, whose members are looked for elsewhere: the people and accounts of a group, its roles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    BadInput,
    NotFound,
    Refused,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.members import manage_members
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import inform
from integration.trials.api import PROJECTS, Api, Collection, Item, Value, perform, settle
from unit.trials import GROUP_ROLES, GROUP_USERS

GROUPS = "/organization/groups"
USERS = "/organization/users"
ACCOUNTS = f"{PROJECTS}/proj_1/service_accounts"
SET = f"{GROUPS}/group_1/users"
TASK = manage_members(GROUP_USERS)
OWNER: dict[str, Any] = {"group": "platform"}

ADA = {"id": "user_ada", "name": "Ada", "email": "ada@example.com"}
BOB = {"id": "user_bob", "name": "Bob", "email": "bob@example.com"}
BOT = {"id": "user_bot", "name": "search-api", "email": None}
ACCOUNT = {"service_account": "search-api", "project": "search-prod"}


def api(*members: Item) -> Api:
    def make(body: Item) -> Item:
        known = (ADA, BOB, BOT)
        return dict(next(each for each in known if each["id"] == body["user_id"]))

    def answer(item: Item) -> Item:
        return {"object": "group.user", "user_id": item["id"], "group_id": "group_1"}

    return Api(
        collections={
            GROUPS: Collection([{"id": "group_1", "name": "platform"}]),
            USERS: Collection([dict(ADA), dict(BOB)]),
            ACCOUNTS: Collection([{"id": "user_bot", "name": "search-api", "role": "member"}]),
            SET: Collection([dict(each) for each in members], make=make, answer=answer, can_read=False),
        }
    )


def posts(*ids: str) -> list[tuple[str, str, Any]]:
    return [("POST", SET, {"user_id": own_id}) for own_id in ids]


def deletes(*ids: str) -> list[tuple[str, str, Any]]:
    return [("DELETE", f"{SET}/{own_id}", None) for own_id in ids]


def test_people_and_accounts_come_and_go() -> None:
    there = api()
    first = settle(there, TASK, **OWNER, members=[{"email": "ADA@example.com"}, ACCOUNT])
    assert first.writes == posts("user_ada", "user_bot")
    assert first.real.returns["group_users"] == {
        "group": "platform",
        "group_id": "group_1",
        "members": [ADA, BOT],
    }
    assert first.real.returns["added"] == [ADA, BOT]
    assert (first.real.before, first.real.after) == (
        {"members": []},
        {"members": ["ada@example.com", "search-api"]},
    )
    second = settle(there, TASK, **OWNER, members=[{"email": "bob@example.com"}], exclusive=True)
    assert second.writes == [
        *posts("user_bob"),
        ("DELETE", f"{SET}/user_ada", None),
        ("DELETE", f"{SET}/user_bot", None),
    ]
    assert [each["id"] for each in second.real.returns["removed"]] == ["user_ada", "user_bot"]
    third = settle(there, TASK, **OWNER, members=[{"user_id": "user_bob"}], state="absent")
    assert third.writes == [("DELETE", f"{SET}/user_bob", None)]
    assert there.collections[SET].objects == []


def test_who_is_in_the_set_is_not_looked_for() -> None:
    there = api(ADA, BOB)
    perform(there, TASK, group_id="group_1", members=[{"email": "ada@example.com"}, {"user_id": "user_bob"}])
    assert [path for unused_method, path, unused_body in there.log] == [SET]
    there.forget()
    perform(there, TASK, group_id="group_1", members=[{"email": "eve@example.com"}], state="absent")
    assert [path for unused_method, path, unused_body in there.log] == [SET]


def test_an_account_that_goes_is_looked_for_by_its_project() -> None:
    """The set shows no name of it that is told apart from those of other projects."""
    runs = settle(api(BOT, BOB), TASK, **OWNER, members=[ACCOUNT], state="absent")
    assert runs.writes == deletes("user_bot")
    run = perform(api(BOB), TASK, **OWNER, members=[{**ACCOUNT, "service_account": "gone"}], state="absent")
    assert not run.changed
    assert run.warnings == (
        "Service account 'gone' of project 'search-prod' does not exist: there is nothing to remove.",
    )


def test_several_are_looked_for_together() -> None:
    there = api()
    members = [{"email": "ada@example.com"}, {"email": "bob@example.com"}, ACCOUNT, dict(ACCOUNT)]
    perform(there, TASK, check=True, group_id="group_1", members=members)
    assert [path for unused_method, path, unused_body in there.log] == [SET, USERS, PROJECTS, ACCOUNTS]


@pytest.mark.parametrize(
    ("member", "said"),
    [
        (
            {**ACCOUNT, "service_account": "sarch-api"},
            r"project 'search-prod' does not exist \(did you mean 'search-api'\?\)",
        ),
        ({**ACCOUNT, "project": "gone"}, "Project 'gone' does not exist"),
        ({"user_id": ""}, "user_id is empty and names no user"),
    ],
)
def test_what_does_not_exist_may_still_come(member: Item, said: str) -> None:
    there = api(BOB)
    with pytest.raises(NotFound, match=rf"^Could not add group users of group 'platform': .*{said}"):
        perform(there, TASK, **OWNER, members=[member])
    predicted = perform(there, TASK, check=True, **OWNER, members=[member])
    assert predicted.changed
    assert len(predicted.returns["added"]) == 1
    assert there.writes == []


@pytest.mark.parametrize("check", [True, False])
def test_whom_no_task_creates_is_refused(check: bool) -> None:
    members = [{"email": "eve@example.com"}, {"email": "EVE@example.com"}, {"email": "adam@example.com"}]
    with pytest.raises(NotFound) as failed:
        perform(api(), TASK, check=check, **OWNER, members=members)
    assert failed.value.message == (
        "Could not add group users of group 'platform': User 'eve@example.com' does not exist. People are not created,"
        " but invited. User 'adam@example.com' does not exist (did you mean 'ada@example.com'?). People are not"
        " created, but invited."
    )


def test_the_same_missing_one_is_one() -> None:
    accounts = [{**ACCOUNT, "service_account": "new"}, {"service_account": "new", "project_id": "proj_1"}]
    predicted = perform(api(), TASK, check=True, **OWNER, members=accounts)
    assert (len(predicted.returns["added"]), len(predicted.warnings)) == (1, 1)


def test_an_id_that_does_not_exist_is_refused() -> None:
    for check in (True, False):
        with pytest.raises(Refused, match=r"^There is no user user_eve\.$"):
            perform(api(), TASK, check=check, **OWNER, members=[{"user_id": "user_eve"}])


@pytest.mark.parametrize("own_id", ["user_none", "user_ada"])
def test_an_id_that_is_none_of_the_project_is_refused(own_id: str) -> None:
    account = {"service_account_id": own_id, "project": "search-prod"}
    for check in (True, False):
        with pytest.raises(Refused, match=rf"^There is no service account {own_id} of project 'search-prod'\.$"):
            perform(api(), TASK, check=check, **OWNER, members=[account])


def test_an_account_comes_by_its_id() -> None:
    runs = settle(api(), TASK, **OWNER, members=[{"service_account_id": "user_bot", "project_id": "proj_1"}])
    assert [each["name"] for each in runs.real.returns["added"]] == ["search-api"]
    predicted = perform(api(), TASK, check=True, **OWNER, members=[{"service_account_id": "made", "project": "new"}])
    assert predicted.returns["added"] == [{"id": "made", "name": None, "email": None}]


def test_a_group_that_does_not_exist() -> None:
    task: dict[str, Any] = {"group": "new", "members": [{"email": "ada@example.com"}]}
    with pytest.raises(NotFound, match=r"Group 'new' does not exist\.$"):
        perform(api(), TASK, **task)
    predicted = perform(api(), TASK, check=True, **task)
    assert predicted.returns["group_users"] == {"group": "new", "group_id": None, "members": [ADA]}
    assert not perform(api(), TASK, **task, state="absent").changed
    with pytest.raises(AdminError, match="HTTP 404"):
        perform(api(), TASK, group_id="group_9", members=[], state="absent")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({}, "each entry of members needs one of email, user_id, service_account, service_account_id"),
        ({"email": "ada"}, "email must be one e-mail address"),
        (
            {"email": "ada@example.com", **ACCOUNT},
            "email and service_account in one entry of members exclude each other",
        ),
        (
            {"email": "ada@example.com", "project": "search-prod", "project_id": ""},
            "project does not go with email in an entry of members",
        ),
        ({"user_id": "user_1", "project_id": "proj_1"}, "project_id does not go with user_id in an entry of members"),
        ({"service_account": "x"}, "service_account in members needs one of project, project_id"),
        ({"service_account_id": "x"}, "service_account_id in members needs one of project, project_id"),
    ],
)
def test_what_names_nobody(entry: Item, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        perform(api(), TASK, **OWNER, members=[entry])
    with pytest.raises(BadInput, match="one of these is required: group, group_id"):
        perform(api(), TASK, members=[])


def test_an_empty_set_is_meant() -> None:
    with pytest.raises(BadInput, match="allow_empty"):
        perform(api(ADA), TASK, **OWNER, members=[], exclusive=True)
    runs = settle(api(ADA), TASK, **OWNER, members=[], exclusive=True, allow_empty=True)
    assert runs.writes == [("DELETE", f"{SET}/user_ada", None)]


def test_a_lost_answer_is_looked_for() -> None:
    there = api(BOB)
    there.lost |= {f"POST {SET}", f"DELETE {SET}/user_bob"}
    assert perform(there, TASK, **OWNER, members=[{"email": "ada@example.com"}], exclusive=True).changed
    assert there.writes == [
        *posts("user_ada"),
        ("DELETE", f"{SET}/user_bob", None),
        ("DELETE", f"{SET}/user_bob", None),
    ]
    assert there.collections[SET].objects == [ADA]


def test_what_somebody_else_did_meanwhile_is_no_change() -> None:
    there = api()

    def add() -> None:
        there.collections[SET].objects.append(dict(ADA))
        there.refused[f"POST {SET}"] = (400, "The user is already in the group")

    there.before[f"POST {SET}"] = add
    tasks: list[dict[str, Any]] = [{}, {"state": "absent"}]
    for task in tasks:
        run = perform(there, TASK, **OWNER, members=[{"email": "ada@example.com"}], **task)
        assert (run.changed, run.returns["added"], run.returns["removed"], run.before) == (False, [], [], run.after)
        there.before[f"DELETE {SET}/user_ada"] = there.collections[SET].objects.clear


def test_only_what_this_task_did_is_its_change() -> None:
    there = api(ADA)
    there.before[f"DELETE {SET}/user_ada"] = there.collections[SET].objects.clear
    run = perform(there, TASK, **OWNER, members=[{"email": "bob@example.com"}], exclusive=True)
    assert (run.changed, run.returns["added"], run.returns["removed"]) == (True, [BOB], [])
    assert run.before == {"members": []}


def test_who_is_in_the_set_before_its_list_shows_it_is_read_alone() -> None:
    there = api()
    there.values[f"{SET}/user_ada"] = Value(dict(ADA))
    there.refused[f"POST {SET}"] = (409, "The user is already in the group")
    task = {**OWNER, "members": [{"email": "ada@example.com"}]}
    alone = replace(GROUP_USERS, members=replace(GROUP_USERS.members, alone=True))
    assert not perform(there, manage_members(alone), **task).changed
    with pytest.raises(AdminError, match="already in the group"):
        perform(there, TASK, **task)


def test_a_refusal_after_a_write_says_what_was_done() -> None:
    there = api(BOB)
    there.refused[f"DELETE {SET}/user_bob"] = (403, "no")
    with pytest.raises(AdminError) as failed:
        perform(there, TASK, **OWNER, members=[{"email": "ada@example.com"}], exclusive=True)
    assert failed.value.facts["done"] == ["add group user ada@example.com of group 'platform'"]
    assert failed.value.message.startswith("Could not remove group user bob@example.com of group 'platform': no")


SCOPES = {
    "": ("/organization/roles", f"{GROUPS}/group_1/roles", "api-organization__org_1"),
    "search-prod": ("/projects/proj_1/roles", "/projects/proj_1/groups/group_1/roles", "api-project__proj_1"),
}
"""Where roles of the scope and those of the group are, and what listed ids end with, by project."""


def test_info_reads_the_sets_of_one_owner_or_of_all() -> None:
    there = api(ADA, BOB)
    task = inform(GROUP_USERS.members)
    listed = perform(there, task, group="platform").returns["group_users"]
    assert listed == [{**each, "group": "platform", "group_id": "group_1"} for each in (ADA, BOB)]
    assert perform(there, task).returns["group_users"] == listed
    (found,) = perform(there, task, group_id="group_1", email="BOB@example.com").returns["group_users"]
    assert found["id"] == "user_bob"


class TestRoles:
    """Roles of a group, in the organization and in a project: listed by ids that have the scope in them."""

    task = manage_members(GROUP_ROLES)

    def api(self, project: str, *roles: Item) -> Api:
        of_scope, of_group, suffix = SCOPES[project]
        names = {"role_viewer": "Viewer", "role_writer": "Writer"}

        def make(body: Item) -> Item:
            return {"id": f"{body['role_id']}__{suffix}", "name": names[body["role_id"]]}

        candidates = [{"id": own_id, "name": name, "permissions": []} for own_id, name in names.items()]
        return Api(
            collections={
                GROUPS: Collection([{"id": "group_1", "name": "platform"}]),
                of_scope: Collection(candidates),
                of_group: Collection(list(roles), make=make, answer=lambda item: {"role": item}, can_read=False),
            }
        )

    @pytest.mark.parametrize("project", SCOPES)
    def test_roles_are_those_of_the_scope(self, project: str) -> None:
        there = self.api(project)
        scope = {**OWNER, **({"project": project} if project else {})}
        path, suffix = SCOPES[project][1:]
        first = settle(there, self.task, **scope, roles=[{"role": "Viewer"}, {"role_id": "role_writer"}])
        assert first.writes == [("POST", path, {"role_id": each}) for each in ("role_viewer", "role_writer")]
        last = settle(there, self.task, **scope, roles=[{"role": "Viewer"}], exclusive=True)
        assert last.writes == [("DELETE", f"{path}/role_writer__{suffix}", None)]
        there.forget()
        assert not perform(there, self.task, **scope, roles=[{"role_id": f"role_viewer__{suffix}"}]).changed

    @pytest.mark.parametrize("entry", [{"role": "Viewer"}, {"role_id": "role_viewer"}])
    def test_an_inherited_role_is_left_alone(self, entry: Item) -> None:
        source = [{"principal_type": "tenant", "principal_id": "x"}]
        role = {"id": "role_viewer__api-project__proj_1", "name": "Viewer", "assignment_sources": source}
        there = self.api("search-prod", role)
        for state in ("present", "absent"):
            run = perform(there, self.task, **OWNER, project="search-prod", roles=[entry], state=state)
            assert (run.changed, run.returns["added"], run.returns["removed"]) == (False, [], [])
        empty: dict[str, Any] = {"roles": [], "exclusive": True, "allow_empty": True}
        assert not perform(there, self.task, **OWNER, project="search-prod", **empty).changed
        assert there.writes == []

    def test_a_role_that_is_inherited_as_well_can_go(self) -> None:
        source = [{"principal_type": "tenant", "principal_id": "x"}]
        role = {"id": "role_viewer__api-project__proj_1", "name": "Viewer"}
        there = self.api("search-prod", {**role, "assignment_sources": source}, role)
        run = perform(there, self.task, **OWNER, project="search-prod", roles=[{"role": "Viewer"}])
        assert (run.changed, run.returns["group_roles"]["roles"]) == (False, [{**role, "id": "role_viewer"}])
        empty: dict[str, Any] = {"roles": [], "exclusive": True, "allow_empty": True}
        assert perform(there, self.task, check=True, **OWNER, project="search-prod", **empty).changed

    def test_a_project_that_is_to_come(self) -> None:
        there = self.api("search-prod")
        predicted = perform(there, self.task, check=True, **OWNER, project="new", roles=[{"role": "Viewer"}])
        assert predicted.changed
        assert predicted.warnings == ("Project 'new' does not exist: predicted as if an earlier task had created it.",)
