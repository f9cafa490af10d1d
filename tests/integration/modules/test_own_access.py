# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No task takes away by what it works itself, nor by what somebody still owns the organization."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused, RequestError
from integration.direct import perform
from simulator import Simulator

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
    "no owner any more": {"email": "owner@example.com", "role": "reader"},
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
    """And that must not keep anybody: the last owner is still kept."""
    simulator.fault("status", "/organization/admin_api_keys", "GET", status=status, times=None)
    assert perform(simulator, "user", email="owner@example.com", role="reader").changed
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
