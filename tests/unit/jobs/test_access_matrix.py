# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who can do what in which project, and why, from what info modules return."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_matrix import COLUMNS, matrix

OWNER_ROLE = "role-api-organization-owner"
SEARCH = {"project": "search", "project_id": "proj_1"}
READ: dict[str, Any] = {
    "users": [
        {"id": "user-boss", "email": "boss@example.com", "name": "Boss", "role": "owner"},
        {"id": "user-ada", "email": "ada@example.com", "name": "Ada", "role": "reader"},
        {"id": "user-bob", "email": "bob@example.com", "name": "Bob", "role": "reader"},
        {"id": "user-eve", "email": "eve@example.com", "name": "Eve", "role": "reader"},
    ],
    "projects": [{"id": "proj_1", "name": "search"}, {"id": "proj_2", "name": None}],
    "project_users": [{"id": "user-bob", "email": "bob@example.com", "role": "member", **SEARCH}],
    "service_accounts": [{"id": "svc_1", "name": "bot", "role": "none", **SEARCH}],
    "project_groups": [],
    "workload_identity_providers": [],
    "federation_rules": [],
    "groups": [{"id": "group_1", "name": "team"}, {"id": "group_2", "name": "admins"}],
    "group_members": [
        {"id": "user-ada", "group_id": "group_1"},
        {"id": "svc_1", "group_id": "group_1"},
        {"id": "user-eve", "group_id": "group_2"},
    ],
}


def role(own_id: str, *permissions: str, **more: Any) -> dict[str, Any]:
    names = ("group_id", "user_id", "service_account_id", "project", "project_id", "through")
    known = {"id": own_id, "name": own_id, "permissions": list(permissions) or None, "through_ids": []}
    return {**dict.fromkeys(names), **known, **more}


def by_group(own_id: str, *permissions: str, **more: Any) -> dict[str, Any]:
    return role(own_id, *permissions, through="group", through_ids=["group_1"], **more)


def told(*roles: dict[str, Any], owners: tuple[str, ...] = ("user-boss",), **read: Any) -> list[tuple[Any, ...]]:
    rows = matrix({**READ, "role_assignments": list(roles), **read}, owners, "acme", "2026-11-30 12:00 UTC")
    assert all(set(row) == set(COLUMNS) for row in rows)
    assert {(row["organization"], row["read_at"]) for row in rows} == {("acme", "2026-11-30 12:00 UTC")}
    return [tuple(row[name] for name in ("who", "project", "permission", "why")) for row in rows]


BOSS = ("boss@example.com", "every project", "*", "owner of the organization")
BOB = ("bob@example.com", "search", "not known", "role member directly")


def test_each_permission_has_one_row_with_all_its_reasons() -> None:
    roles = (
        role("writer", "w", "r", group_id="group_1", **SEARCH),
        by_group("writer", "w", "r", user_id="user-ada", **SEARCH),
        role("reader", "r", user_id="user-ada", **SEARCH),
        role("usage", "u", user_id="user-ada"),
        role("member", "m", user_id="user-bob", **SEARCH),
    )
    assert told(*roles) == [
        ("ada@example.com", "every project", "u", "role usage directly"),
        ("ada@example.com", "search", "r", "role reader directly; role writer through group team"),
        ("ada@example.com", "search", "w", "role writer through group team"),
        ("bob@example.com", "search", "m", "role member directly"),
        BOSS,
        ("bot", "search", "r", "role writer through group team"),
        ("bot", "search", "w", "role writer through group team"),
    ]


def test_owners_may_do_everything_and_have_one_row() -> None:
    roles = (
        role(OWNER_ROLE, "x", group_id="group_2"),
        role("writer", "w", user_id="user-eve", **SEARCH),
        role("writer", "w", user_id="user-boss", **SEARCH),
    )
    through = ("eve@example.com", "every project", "*", "owner of the organization through group admins")
    assert told(*roles, owners=("user-boss", "user-eve")) == [BOB, BOSS, through]


def test_whoever_is_listed_nowhere_else_has_rows() -> None:
    roles = (role("writer", "w", user_id="user-gone", project="x", project_id="proj_2"),)
    assert told(*roles) == [BOB, BOSS, ("user-gone", "proj_2", "w", "role writer directly")]


@pytest.mark.parametrize("permissions", [None, []])
def test_what_a_role_gives_may_not_be_known(permissions: Any) -> None:
    roles = ({**role("odd", user_id="user-ada"), "permissions": permissions},)
    assert told(*roles)[0] == ("ada@example.com", "every project", "not known", "role odd directly")


@pytest.mark.parametrize("lost", ["groups", "role_assignments"])
def test_what_could_not_be_read_has_a_line(lost: str) -> None:
    rows = told(**{lost: {"failed": True, "msg": "Not yours"}})
    assert BOSS in rows
    assert [(who, why) for who, project, dummy, why in rows if project is None] == [
        ("Members of groups" if lost == "groups" else "Assigned roles", "Not yours")
    ]
