# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API keys as an auditor asks for them: whose, where, and which nobody uses."""

from __future__ import annotations

import time
from typing import Any

import openai
import pytest
from integration.playbooks import Ansible, module

DAY = 86400
NOW = int(time.time())


def key(name: str, days: int, used: int | None = None, **owner: str) -> dict[str, Any]:
    """A key issued so many days ago, and last used so many days ago."""
    issued = {"name": name, "id": f"key_{name}", "created_at": NOW - days * DAY, **owner}
    return issued if used is None else {**issued, "last_used_at": NOW - used * DAY}


ORGANIZATION = {
    "users": [
        {"email": "owner@example.com", "role": "owner"},
        {"email": "dev@example.com", "id": "user-dev"},
        {"email": "gone@example.com", "id": "user-gone"},
    ],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": "dev@example.com"}],
            "service_accounts": [{"name": "api", "id": "svc_api"}, {"name": "robot", "id": "svc_robot"}],
            "api_keys": [
                key("fresh", days=1, service_account="api"),
                key("used", days=300, used=2, service_account="api"),
                key("stale", days=300, used=95, service_account="robot"),
                key("never", days=120, user="dev@example.com"),
                key("left", days=10, used=5, user="gone@example.com"),
            ],
        },
        {
            "name": "chat",
            "id": "proj_chat",
            "users": [{"email": "dev@example.com"}],
            "api_keys": [key("laptop", days=400, used=1, user="dev@example.com")],
        },
        {"name": "old", "id": "proj_old", "status": "archived"},
    ],
}
READS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "all": ({}, {"fresh", "used", "stale", "never", "left", "laptop"}),
    "of a project": ({"project": "chat"}, {"laptop"}),
    "unused": ({"unused_for_days": 90}, {"stale", "never"}),
    "unused ones of people": ({"unused_for_days": 90, "owner_type": "user"}, {"never"}),
    "of service accounts": ({"owner_type": "service_account"}, {"fresh", "used", "stale"}),
    "of an account": ({"project_id": "proj_search", "service_account_id": "svc_api"}, {"fresh", "used"}),
    "of a person": ({"email": "Dev@Example.com"}, {"never", "laptop"}),
    "of a name": ({"name": "laptop"}, {"laptop"}),
    "of an id": ({"project_id": "proj_chat", "api_key_id": "key_laptop"}, {"laptop"}),
    "of who has left": ({"owner_project_access": "inactive"}, {"left"}),
    "two": ({"max_results": 2}, {"fresh", "used"}),
    "one that is unused": ({"unused_for_days": 90, "max_results": 1}, {"stale"}),
    "none": ({"unused_for_days": 1000}, set()),
}


@pytest.mark.parametrize("size", [None, 1, 2], ids=["large pages", "pages of one", "pages of two"])
def test_the_keys_that_are_asked_for_come_back(size: int | None, ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.behaviour(page_size=size)
    tasks = [{"name": name, **module("project_api_key_info", **task)} for name, (task, unused_names) in READS.items()]
    run = ansible.play(tasks)
    assert run.status == 0, run.output
    found = {name: {each["name"] for each in run[name].result["project_api_keys"]} for name in READS}
    assert found == {name: names for name, (unused_task, names) in READS.items()}


def test_modules_and_the_sdk_read_the_same(ansible: Ansible) -> None:
    simulator = ansible.simulator
    simulator.reset(ORGANIZATION)
    run = ansible.play([{"name": "read", **module("project_api_key_info")}])
    keys = run["read"].result["project_api_keys"]
    with openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url) as client:
        api_keys = client.admin.organization.projects.api_keys
        projects = [each for each in client.admin.organization.projects.list() if each.status == "active"]
        expected = [
            (project.name, project.id, each.id, each.last_used_at, each.owner.type)
            for project in projects
            for each in api_keys.list(project.id, owner_project_access="any")
        ]
    names = ("project", "project_id", "id", "last_used_at", "owner_type")
    assert [tuple(each[name] for name in names) for each in keys] == expected


def test_a_key_says_whose_it_is(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    run = ansible.play([{"name": "read", **module("project_api_key_info", project="search")}])
    keys = {each["name"]: each for each in run["read"].result["project_api_keys"]}
    owner = ("owner_type", "user_id", "email", "service_account_id", "service_account")
    assert [keys["never"][name] for name in owner] == ["user", "user-dev", "dev@example.com", None, None]
    assert [keys["fresh"][name] for name in owner] == ["service_account", None, None, "svc_api", "api"]
