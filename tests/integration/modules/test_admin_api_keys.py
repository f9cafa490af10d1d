# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Admin keys as an auditor asks for them."""

from __future__ import annotations

import time
from typing import Any

import openai
import pytest
from integration.playbooks import Ansible, module

DAY = 86400
NOW = int(time.time())
OWNER = "owner@example.com"
ORGANIZATION = {
    "users": [{"email": OWNER, "id": "user-owner", "name": "Owner", "role": "owner"}],
    "projects": [],
    "admin_api_keys": [
        {"name": "stale", "owner": OWNER, "created_at": NOW - 300 * DAY, "last_used_at": NOW - 95 * DAY},
        {"name": "never", "owner": OWNER, "created_at": NOW - 120 * DAY, "id": "key_never"},
        {"name": "used", "owner": OWNER, "created_at": NOW - 300 * DAY, "last_used_at": NOW - 2 * DAY},
    ],
}
READS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "all": ({}, {"stale", "never", "used", "simulator"}),
    "unused": ({"unused_for_days": 90}, {"stale", "never"}),
    "of a name": ({"name": "used"}, {"used"}),
    "of an id": ({"key_id": "key_never"}, {"never"}),
    "of no id": ({"key_id": "key_none"}, set()),
}


@pytest.mark.parametrize("size", [None, 1, 2], ids=["large pages", "pages of one", "pages of two"])
def test_the_admin_keys_that_are_asked_for_come_back(size: int | None, ansible: Ansible) -> None:
    simulator = ansible.simulator
    simulator.reset(ORGANIZATION)
    simulator.behaviour(page_size=size)
    run = ansible.play([{"name": name, **module("admin_api_key_info", **case[0])} for name, case in READS.items()])
    assert run.status == 0, run.output
    found = {name: {each["name"] for each in run[name].result["admin_api_keys"]} for name in READS}
    assert found == {name: case[1] for name, case in READS.items()}
    with openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url) as client:
        listed = [(each.id, each.owner.id) for each in client.admin.organization.admin_api_keys.list()]
    assert [(each["id"], each["owner_id"]) for each in run["all"].result["admin_api_keys"]] == listed
    assert simulator.admin_key not in run.output
