# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What make newest says of two versions of the SDK."""

from __future__ import annotations

from tools.newest import differences

OLD = {
    "GET /organization/groups": {"limit": [], "order": ["asc", "desc"]},
    "POST /organization/groups": {"name": []},
    "DELETE /organization/groups/{group_id}": {},
}
NEW = {
    "GET /organization/groups": {"limit": [], "order": ["asc", "random"]},
    "POST /organization/groups": {"title": [], "kind": ["team"]},
    "GET /organization/teams": {},
}


def test_what_came_and_what_vanished_has_a_line_each() -> None:
    assert [*differences(OLD, NEW)] == [
        "+ GET /organization/groups: order = random",
        "- GET /organization/groups: order = desc",
        "+ POST /organization/groups: kind",
        "- POST /organization/groups: name",
        "+ POST /organization/groups: title",
        "- DELETE /organization/groups/{group_id}",
        "+ GET /organization/teams",
    ]


def test_the_same_has_no_line() -> None:
    assert [*differences(OLD, OLD)] == []
