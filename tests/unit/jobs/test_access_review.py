# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accesses as rows: each once, in the order of names, with what stands out."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.filter.jobs import report
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_review import COLUMNS, review

DAY = 86400
NOW = int(time.time())
GRACE = {"id": "user-grace", "email": "grace@example.com", "role": "reader"}
ADA = {"id": "user-ada", "email": "Ada@example.com", "role": "owner"}
PLACE = {"project": "search", "project_id": "proj_1"}
PLACES = (
    *("users", "projects", "project_users", "project_api_keys", "service_accounts", "admin_api_keys", "invites"),
    *("groups", "group_members", "project_groups", "workload_identity_providers", "federation_rules"),
)


def made(days: int = 90, at: float = NOW, **read: Any) -> dict[str, Any]:
    return review({**{name: [] for name in PLACES}, **read}, days, "", at)


def key(own_id: str, user: str | None = None, account: str | None = None, **values: Any) -> dict[str, Any]:
    owner = {"owner_type": "service_account" if account else "user", "user_id": user, "service_account_id": account}
    times = {"created_at": NOW - 2 * DAY, "last_used_at": None, "expires_at": None}
    return {"id": own_id, "name": None, "email": None, "service_account": None, **PLACE, **owner, **times, **values}


def member(user: str, role: str, **place: str) -> dict[str, Any]:
    return {"id": user, "role": role, **(place or PLACE)}


def told(report_: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in report_["rows"]]


def test_people_come_by_their_addresses_and_their_projects_by_name() -> None:
    members = [
        member("user-grace", "member"),
        member("user-grace", "owner", project="chat", project_id="proj_2"),
        member("user-ada", "owner"),
    ]
    found = made(
        users=[GRACE, ADA, {"id": "user-new", "email": "new@example.com", "role": "reader"}], project_users=members
    )
    assert told(found, "who", "project", "project_role") == [
        ("Ada@example.com", "every project", "owner"),
        ("grace@example.com", "chat", "owner"),
        ("grace@example.com", "search", "member"),
        ("new@example.com", None, None),
    ]
    assert found["counts"]["people"] == 3


def test_service_accounts_among_people_are_no_people() -> None:
    machine = {"id": "user-machine", "email": None, "role": "reader", "is_service_account": True}
    found = made(users=[machine], project_api_keys=[])
    assert told(found, "kind", "who", "organization_role") == [("service_account", "user-machine", "reader")]
    assert (found["counts"]["people"], found["counts"]["service_accounts"]) == (0, 1)


def test_the_last_use_of_several_keys_is_the_latest() -> None:
    keys = [key("key_1", "user-grace", last_used_at=NOW - DAY), key("key_2", "user-grace", last_used_at=NOW - 9 * DAY)]
    found = made(users=[GRACE], project_users=[member("user-grace", "member")], project_api_keys=keys)
    expected = datetime.fromtimestamp(NOW - DAY, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert told(found, "keys", "key_names", "last_used_at") == [(2, "key_1; key_2", expected)]


@pytest.mark.parametrize(
    ("days", "times", "remark"),
    [
        (90, {"last_used_at": NOW - 91 * DAY}, "not used for 90 days: key_1"),
        (90, {"last_used_at": NOW - 89 * DAY}, ""),
        (90, {"created_at": NOW - 91 * DAY}, "not used for 90 days: key_1"),
        (1, {}, "not used for 1 day: key_1"),
        (0, {"created_at": NOW - 91 * DAY}, ""),
        (90, {"expires_at": NOW - DAY, "created_at": NOW - 91 * DAY}, "expired: key_1"),
    ],
)
def test_keys_that_nobody_seems_to_need_stand_out(days: int, times: dict[str, int], remark: str) -> None:
    account = {"id": "svc_1", "name": "api", "role": "member", **PLACE}
    found = made(days, service_accounts=[account], project_api_keys=[key("key_1", account="svc_1", **times)])
    assert told(found, "kind", "who", "remark") == [("service_account", "api", remark)]
    assert found["verdict"]["standing"] == ("unknown" if remark else "good")


def test_keys_whose_owners_have_gone_stand_out() -> None:
    keys = [key("key_1", "user-grace"), key("key_2", "user-gone", email="gone@example.com"), key("key_3", "user-lost")]
    admin = {"id": "key_4", "name": "old", "owner_id": "user-gone", "owner_name": None}
    admin_key = {**key("key_4"), **admin, "project": None, "project_id": None}
    found = made(users=[GRACE], project_api_keys=keys, admin_api_keys=[admin_key])
    assert told(found, "kind", "who", "key_names", "remark") == [
        ("person", "grace@example.com", "key_1", "no longer in the project: revoke the keys"),
        ("admin_key", "user-gone", "old (key_4)", "the owner is not in the organization: revoke the key"),
        ("left_behind", "gone@example.com", "key_2", "the owner is not in the organization: revoke the key"),
        ("left_behind", "user-lost", "key_3", "the owner is not in the organization: revoke the key"),
    ]


@pytest.mark.parametrize(("status", "rows"), [("pending", 1), ("expired", 1), ("accepted", 0)])
def test_open_invites_are_accesses_to_come(status: str, rows: int) -> None:
    grants = [{"id": "proj_1", "role": "member"}, {"id": "proj_gone", "role": "owner"}]
    invite = {"id": "invite-1", "email": "new@example.com", "role": "reader", "status": status, "created_at": NOW}
    found = made(projects=[{"id": "proj_1", "name": "search"}], invites=[{**invite, "projects": grants}])
    assert told(found, "who", "project") == [("new@example.com", "search (member), proj_gone (owner)")] * rows


@pytest.mark.parametrize(
    ("moment", "title"),
    [
        ((2026, 1, 1), "Access review 2026-Q1"),
        ((2026, 9, 30), "Access review 2026-Q3"),
        ((2026, 12, 31), "Access review 2026-Q4"),
    ],
    ids=str,
)
def test_the_title_has_the_quarter(moment: tuple[int, int, int], title: str) -> None:
    assert made(at=datetime(*moment, tzinfo=timezone.utc).timestamp())["title"] == title


def test_the_summary_is_short_however_much_stands_out() -> None:
    found = made(project_api_keys=[key(f"key_{number}", f"user-{number}") for number in range(60)])
    assert len(found["summary"]) == 26  # the places of the files follow
    assert found["summary"][-1] == "- and 39 more"


def test_every_row_has_every_column() -> None:
    invite = {"id": "invite-1", "email": "new@example.com", "role": "reader", "status": "pending", "created_at": NOW}
    found = made(users=[GRACE], project_api_keys=[key("key_1", "user-x")], invites=[{**invite, "projects": []}])
    assert all(set(COLUMNS) <= set(row) for row in found["rows"])


@pytest.mark.parametrize("read", [["users"], {"users": []}], ids=["a list", "not all"])
def test_the_filter_says_what_it_needs(read: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="The report of access_review needs"):
        report(read, "access_review", {"openai_admin_access_review_unused_days": 90})
