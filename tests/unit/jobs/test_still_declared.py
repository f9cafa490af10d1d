# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a declaration has somebody who leaves: by whatever names them, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.still_declared import where_declared

GRACE = {"asked": "Grace@example.com", "email": "grace.hopper@example.com", "ids": ["user-grace", "user-before"]}


@pytest.mark.parametrize(
    ("declaration", "places"),
    [
        ({}, []),
        ({"users": None, "projects": "text", "project_defaults": []}, []),
        ({"users": [{"email": "ada@example.com"}, {"email": " grace@EXAMPLE.com "}]}, ["users[1]"]),
        ({"users": [{"email": "grace.hopper@example.com"}]}, ["users[0]"]),
        ({"users": [{"user_id": "user-before"}, {"user_id": "user-ada"}]}, ["users[0]"]),
        ({"users": [{"user_id": "user-ada", "email": "grace@example.com"}]}, []),  # the id decides
        ({"users": [{"user_id": "", "email": "grace@example.com"}]}, ["users[0]"]),
        ({"users": [{"email": "grace@example.com", "state": "absent"}]}, []),
        ({"users": [{"email": "grace@example.com", "state": None}]}, ["users[0]"]),
        ({"invites": [{"email": "grace@example.com", "role": "owner"}]}, ["invites[0]"]),
        ({"invites": [{"email": "grace@example.com", "state": "absent"}]}, []),
        ({"project_defaults": {"users": [{"email": "grace@example.com"}]}}, ["project_defaults.users[0]"]),
        (
            {"projects": [{"name": "one"}, {"name": "two", "users": [{}, {"user_id": "user-grace"}]}]},
            ["projects[1].users[1]"],
        ),
        (
            {
                "groups": [
                    {"name": "one"},
                    {"name": "two", "members": [{"user_id": "user-grace"}, {"service_account": "x"}]},
                ]
            },
            ["groups[1].members[0]"],
        ),
        ({"groups": [{"name": "two", "members": [{"email": "grace@example.com", "state": "absent"}]}]}, []),
        ({"projects": [{"name": "old", "state": "archived", "users": [{"user_id": "user-grace"}]}]}, []),
    ],
    ids=str,
)
def test_where_somebody_is_declared(declaration: dict[str, Any], places: list[str]) -> None:
    assert list(where_declared(declaration, GRACE)) == places


def test_whoever_has_no_address_is_nobody() -> None:
    declaration = {"users": [{"email": None}, {"email": ""}, {}]}
    assert list(where_declared(declaration, {"asked": None, "email": "", "ids": []})) == []
