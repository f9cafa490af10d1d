# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No task takes away by what it works itself, nor by what somebody still owns the organization."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused, RequestError
from integration.direct import perform
from simulator import Simulator
from simulator.organization import redacted
from simulator.server import DEVELOPMENT_KEY

ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "second@example.com", "role": "owner", "id": "user-second"},
        {"email": "ada@example.com", "id": "user-ada"},
    ],
    "admin_api_keys": [
        {"name": "automation", "id": "key_own", "owner": "owner@example.com"},
        {"name": "other", "id": "key_other", "owner": "second@example.com"},
    ],
    "groups": [
        {"name": "owners", "id": "group_owners", "members": [{"email": "ada@example.com"}]},
        {"name": "readers", "id": "group_readers"},
    ],
    "role_assignments": [{"role": "owner", "group": "owners"}, {"role": "reader", "group": "readers"}],
}
LEAVE: dict[str, dict[str, Any]] = {
    "to be removed": {"email": "owner@example.com", "state": "absent"},
    "to be removed by id": {"user_id": "user-owner", "state": "absent"},
    "no longer an owner": {"email": "owner@example.com", "role": "reader"},
}
OWN = r"The user .* owns the admin key that this very task uses \(key_\w+\): use an admin key of another owner\."


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("task", LEAVE.values(), ids=LEAVE)
def test_whoever_owns_the_admin_key_of_the_task_stays_owner(
    task: dict[str, Any], check: bool, simulator: Simulator
) -> None:
    with pytest.raises(Refused, match=OWN):
        perform(simulator, "user", check, **task)
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize("check", [True, False])
def test_a_declaration_does_not_do_it_either(check: bool, simulator: Simulator) -> None:
    users = [{"email": "owner@example.com", "role": "reader"}, {"email": "second@example.com", "role": "owner"}]
    with pytest.raises(Refused, match=OWN):
        perform(simulator, "organization", check, users=users)
    assert simulator.requests(writes=True) == []


def test_other_owners_may_go_and_the_owner_may_change_otherwise(simulator: Simulator) -> None:
    assert perform(simulator, "user", email="owner@example.com", role="owner", developer_persona="engineer").changed
    assert perform(simulator, "user", email="second@example.com", state="absent").changed


@pytest.mark.parametrize("status", [401, 403, 404])
def test_where_admin_keys_cannot_be_read_it_is_not_known(status: int, simulator: Simulator) -> None:
    """And that must not keep anybody: the task warns, and the last owner is still kept."""
    simulator.fault("status", "/organization/admin_api_keys", "GET", status=status, times=None)
    tasks = {"email": "ada@example.com", "state": "absent"}, {"email": "owner@example.com", "role": "reader"}
    for task, check in product(tasks, (True, False)):
        done = perform(simulator, "user", check, **task)
        assert (done.changed, done.warnings) == (
            True,
            (
                f"It is not known whether the user '{task['email']}' owns the admin key of this task: the key may not"
                " list admin keys.",
            ),
        )
    with pytest.raises(Refused, match="is the last owner"):
        perform(simulator, "user", email="second@example.com", role="reader")


def test_any_other_failure_of_reading_admin_keys_is_one(simulator: Simulator) -> None:
    simulator.fault("status", "/organization/admin_api_keys", "GET", status=400, times=None)
    with pytest.raises(RequestError, match="admin API keys"):
        perform(simulator, "user", email="owner@example.com", role="reader")
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("task", [{"name": "owners"}, {"group_id": "group_owners"}], ids=str)
def test_a_group_whose_members_own_the_organization_is_not_deleted(
    task: dict[str, Any], check: bool, simulator: Simulator
) -> None:
    with pytest.raises(Refused, match="has the role that makes its members owners of the organization"):
        perform(simulator, "group", check, **task, state="absent")
    assert simulator.requests(writes=True) == []


def test_a_group_with_other_roles_is_deleted_and_only_then_are_they_read(simulator: Simulator) -> None:
    assert perform(simulator, "group", group_id="group_readers", name="viewers").changed
    assert not any(request["path"].endswith("/roles") for request in simulator.requests())
    assert perform(simulator, "group", name="viewers", state="absent").changed
    assert [request["path"] for request in simulator.requests() if request["path"].endswith("/roles")] == [
        "/organization/groups/group_readers/roles"
    ]


def test_a_group_that_went_meanwhile_is_gone(simulator: Simulator) -> None:
    simulator.fault("status", "/organization/groups/{group_id}/roles", "GET", status=404)
    assert perform(simulator, "group", name="readers", state="absent").changed


THROUGH_A_GROUP = {
    **ORGANIZATION,
    "users": [
        {"email": "ada@example.com", "id": "user-ada"},
        {"email": "grace@example.com", "id": "user-grace"},
        {"email": "eve@example.com", "id": "user-eve"},
        {"email": "root@example.com", "id": "user-root", "role": "owner"},
    ],
    "admin_api_keys": [
        {
            "name": "automation",
            "id": "key_own",
            "owner": "ada@example.com",
            "redacted_value": redacted(DEVELOPMENT_KEY),
        }
    ],
    "groups": [
        {
            "name": "owners",
            "id": "group_owners",
            "members": [{"email": "ada@example.com"}, {"email": "grace@example.com"}],
        },
        {"name": "readers", "id": "group_readers", "members": [{"email": "eve@example.com"}]},
        {"name": "others", "id": "group_others", "members": [{"email": "grace@example.com"}]},
    ],
    "role_assignments": [{"role": "owner", "group": "owners"}, {"role": "owner", "group": "others"}],
}
"""The owner of the task's key owns the organization through one group."""
ADA, GRACE = {"email": "ada@example.com"}, {"email": "grace@example.com"}
NOTHING: dict[str, Any] = {"members": [], "exclusive": True, "allow_empty": True}
OWNER_ROLE: dict[str, Any] = {"roles": ["owner"], "state": "absent"}
LOSE: dict[str, tuple[str, dict[str, Any]]] = {
    "the person is removed": ("user", {**ADA, "state": "absent"}),
    "the member is removed": ("group_user", {"group": "owners", "members": [ADA], "state": "absent"}),
    "others are the only members": ("group_user", {"group_id": "group_owners", "members": [GRACE], "exclusive": True}),
    "nobody is a member": ("group_user", {"group": "owners", **NOTHING}),
    "the group is deleted": ("group", {"name": "owners", "state": "absent"}),
    "the group loses the role": ("role_assignment", {"group": "owners", **OWNER_ROLE}),
    "a declaration removes the person": ("organization", {"users": [{**ADA, "state": "absent"}]}),
    "a declaration removes the member": (
        "organization",
        {"groups": [{"name": "owners", "members": [{**ADA, "state": "absent"}]}]},
    ),
    "a declaration purges members": (
        "organization",
        {"groups": [{"name": "owners", "members": [GRACE], "purge": ["members"]}]},
    ),
    "a declaration takes the role from the group": (
        "organization",
        {"groups": [{"name": "owners", "roles": [{"role": "owner", "state": "absent"}]}]},
    ),
}


@pytest.fixture
def by_group(simulator: Simulator) -> Simulator:
    simulator.reset(THROUGH_A_GROUP)
    return simulator


@pytest.fixture
def only_by_group(simulator: Simulator) -> Simulator:
    """Nobody owns the organization directly."""
    users = [user for user in THROUGH_A_GROUP["users"] if "role" not in user]
    simulator.reset({**THROUGH_A_GROUP, "users": users})
    return simulator


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(("module", "task"), LOSE.values(), ids=LOSE)
def test_the_owner_of_the_task_s_key_who_owns_through_a_group_stays_owner(
    module: str, task: dict[str, Any], check: bool, by_group: Simulator
) -> None:
    with pytest.raises(Refused, match=r"admin key|makes its members owners"):
        perform(by_group, module, check, **task)
    assert by_group.requests(writes=True) == []


@pytest.mark.parametrize("check", [True, False])
def test_a_purge_of_people_and_groups_leaves_them(check: bool, by_group: Simulator) -> None:
    declared = {"users": [GRACE], "groups": [{"name": "others"}], "purge": ["users", "groups"]}
    perform(by_group, "organization", check, **declared)
    paths = [request["path"] for request in by_group.requests(writes=True)]
    assert paths == ([] if check else ["/organization/users/user-eve", "/organization/groups/group_readers"])


def test_whom_it_does_not_concern_may_leave(by_group: Simulator) -> None:
    """Other members do, and those of groups without the role, of which nothing but the roles is read."""
    perform(by_group, "group_user", group_id="group_readers", **NOTHING)
    assert [request["path"] for request in by_group.requests()] == [
        "/organization/groups/group_readers/users",
        "/organization/groups/group_readers/roles",
        "/organization/groups/group_readers",
        "/organization/groups/group_readers/users/user-eve",
    ]
    assert perform(by_group, "group_user", group="owners", members=[GRACE], state="absent").changed
    perform(by_group, "user", email="eve@example.com", state="absent")
    assert perform(by_group, "role_assignment", group="others", **OWNER_ROLE).changed


def test_an_owner_who_is_one_directly_may_leave_the_group(by_group: Simulator) -> None:
    perform(by_group, "user", **ADA, role="owner")
    assert perform(by_group, "group_user", group="owners", members=[ADA], state="absent").changed


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("keys", [403, 200])
def test_the_last_member_of_the_group_of_owners_stays(check: bool, keys: int, only_by_group: Simulator) -> None:
    if keys != 200:
        only_by_group.fault("status", "/organization/admin_api_keys", "GET", status=keys, times=None)
    tasks: dict[str, dict[str, Any]] = {
        "group_user": {"group": "others", **NOTHING},
        "organization": {"groups": [{"name": "others", "members": [], "purge": ["members"]}]},
    }
    for module, task in tasks.items():
        with pytest.raises(Refused, match="nobody else is known to own the organization"):
            perform(only_by_group, module, check, **task)
    both = {"groups": [{"name": "owners", "members": [{**ADA, "state": "absent"}, {**GRACE, "state": "absent"}]}]}
    with pytest.raises(Refused, match="admin key" if keys == 200 else "nobody else is known"):
        perform(only_by_group, "organization", check, **both)
    assert only_by_group.requests(writes=True) == []


@pytest.mark.parametrize("check", [True, False])
def test_what_cannot_be_read_about_a_group_is_told(check: bool, by_group: Simulator) -> None:
    by_group.fault("status", "/organization/admin_api_keys", "GET", status=403, times=None)
    leaving = {"group": "owners", "members": [GRACE], "state": "absent"}
    assert (
        perform(by_group, "group_user", True, **leaving)
        .warnings[0]
        .startswith("It is not known whether a member of group 'owners' who is removed owns the admin key of this task")
    )
    by_group.fault("status", "/organization/groups/{group_id}/roles", "GET", status=403, times=None)
    assert (
        perform(by_group, "group_user", check, **leaving)
        .warnings[0]
        .startswith(
            "It is not known whether the members of group 'owners' own the organization through it: the key may not"
        )
    )


def test_a_group_without_roles_in_the_organization_s_plan(by_group: Simulator) -> None:
    by_group.fault("status", "/organization/groups/{group_id}/roles", status=404, message="Unsupported endpoint")
    leaving = {"group": "readers", "members": [{"email": "eve@example.com"}], "state": "absent"}
    assert perform(by_group, "group_user", **leaving).changed


GROUP = {"group": "readers"}
BY_GROUP: dict[str, tuple[str, dict[str, Any]]] = {
    "in the organization": ("role_assignment", {**GROUP, "roles": ["owner"]}),
    "in a project": ("role_assignment", {**GROUP, "project": "search", "roles": ["owner"]}),
    "with the access to a project": ("project_group", {**GROUP, "project": "search", "role": "owner"}),
    "declared in the organization": ("organization", {"groups": [{"name": "readers", "roles": ["owner"]}]}),
    "declared in a project": (
        "organization",
        {"projects": [{"name": "search", "groups": [{**GROUP, "roles": ["owner"]}]}]},
    ),
    "declared in short": ("organization", {"projects": [{"name": "search", "groups": [{**GROUP, "role": "owner"}]}]}),
    "declared beside another role": (
        "organization",
        {"projects": [{"name": "search", "groups": [{**GROUP, "roles": ["viewer", "owner"]}]}]},
    ),
    "declared for all projects": (
        "organization",
        {"project_defaults": {"groups": [{**GROUP, "roles": ["owner"]}]}, "projects": [{"name": "search"}]},
    ),
}
"""All ways to make whoever is in a group an owner."""


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(("module", "task"), BY_GROUP.values(), ids=BY_GROUP)
def test_a_group_becomes_owner_only_where_that_is_meant(
    module: str, task: dict[str, Any], check: bool, simulator: Simulator
) -> None:
    simulator.reset({**ORGANIZATION, "projects": [{"name": "search", "id": "proj_search"}]})
    with pytest.raises(Refused, match="everybody in the group would"):
        perform(simulator, module, check, **task)
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize("check", [True, False])
def test_a_purge_of_roles_leaves_the_owners_of_the_organization(check: bool, by_group: Simulator) -> None:
    declared = {"groups": [{"name": "owners", "roles": [], "purge": ["roles"]}]}
    perform(by_group, "organization", check, **declared)
    assert by_group.requests(writes=True) == []
