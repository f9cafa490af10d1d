# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that reach a task as text, as extra variables do: read as lists, or refused, both ways of running a task."""

from __future__ import annotations

from typing import Any

from integration.playbooks import Ansible, module
from integration.scenarios import TASK, attempts, play_alike

DAYS: dict[str, Any] = {"start_time": "2026-03-02", "end_time": "2026-03-04"}
TASKS: dict[str, TASK] = {
    "json": module("user_info", emails='["dev@example.com", "ops@example.com"]'),
    "python": module("user_info", emails="['dev@example.com', 'ops@example.com']"),
    "commas": module("user_info", emails="dev@example.com, ops@example.com"),
    "costs": module("cost_info", **DAYS, project_ids="['proj_search']"),
    "costs of a list": module("cost_info", **DAYS, project_ids=["proj_search"]),
    "within": module("organization", projects=[{"name": "search-prod", "users": '[{"email": "dev@example.com"}]'}]),
    "cut off": module("user_info", emails='["dev@example.com",'),
    "costs of a list in a list": module("cost_info", **DAYS, project_ids=["['proj_search']"]),
}


def test_a_list_given_as_text_is_that_list(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts(TASKS))
    for name in ("json", "python", "commas"):
        assert [user["id"] for user in run[name].result["users"]] == ["user-dev", "user-ops"]
    assert [each["query"] for each in run["costs"].requests] == [
        each["query"] for each in run["costs of a list"].requests
    ]
    assert run["costs"].requests[0]["query"]["project_ids[]"] == ["proj_search"]
    assert run["within"].result["changes"] == []
    assert run["cut off"].message.startswith("""emails must be a list, and the text '["dev@example.com",' cannot be""")
    assert run["costs of a list in a list"].message == "project_ids[0] must be a string, not ['proj_search']."
    for name in ("cut off", "costs of a list in a list"):
        assert run[name].requests == []
