# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Series of keys: an organization with several keys, and tasks that rotate them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from integration.playbooks import PlaybookRun, TaskRun, module
from integration.scenarios import TASK
from simulator import Simulator

DAY = 86400
NOW = int(time.time())
KEYS = "/organization/projects/{project_id}/api_keys"
ISSUE = "/organization/projects/{project_id}/service_accounts/{service_account_id}/api_keys"
OWNER = {"email": "owner@example.com", "role": "owner"}
LOST = {"kind": "drop", "method": "POST", "when": "after"}


def key(name: str, age: int, used: int | None = None, expires: int | None = None, **more: Any) -> dict[str, Any]:
    """Return a key that was issued C(age) days ago and last used C(used) days ago, and expires in C(expires) days."""
    return {
        "id": f"key_{name}_{age}",
        "name": name,
        "created_at": NOW - age * DAY,
        "last_used_at": None if used is None else NOW - used * DAY,
        "expires_at": None if expires is None else NOW + expires * DAY,
        **more,
    }


def organization(*keys: Mapping[str, Any], **behaviour: Any) -> dict[str, Any]:
    """Return an organization with two accounts in one project; keys without an owner belong to the first."""
    return {
        "users": [OWNER, {"email": "dev@example.com"}],
        "projects": [
            {
                "name": "search-prod",
                "id": "proj_search",
                "users": [{"email": "dev@example.com", "role": "member"}],
                "service_accounts": [{"name": "api", "id": "svc_api"}, {"name": "web", "id": "svc_web"}],
                "api_keys": [each if "user" in each else {"service_account": "api", **each} for each in keys],
            }
        ],
        "behaviour": behaviour,
    }


def deploy(**more: Any) -> TASK:
    """Return a task for the key C(deploy) of the service account C(api)."""
    arguments = {"project": "search-prod", "service_account": "api", "name": "deploy", **more}
    return module("project_api_key", **arguments)


def hidden(**more: Any) -> TASK:
    """Return such a task with C(no_log), whose result is registered."""
    return {**deploy(**more), "no_log": True, "register": "made"}


def shown(called: str, **more: Any) -> list[TASK]:
    """Return a hidden task, and a task that shows its result without the key's value."""
    visible = (
        "{{ made | combine({'api_key': made.api_key | dict2items | rejectattr('key', 'eq', 'value') | items2dict}) }}"
    )
    return [{"name": f"run {called}", **hidden(**more)}, {"name": called, "set_fact": {"seen": visible}}]


def seen(run: PlaybookRun, name: str) -> dict[str, Any]:
    """Return what the task with that name showed of the hidden result."""
    return dict(run[name].result["ansible_facts"]["seen"])


def run_of(run: PlaybookRun, name: str) -> TaskRun:
    """Return the hidden task that belongs to a name."""
    return run[f"run {name}"]


def ids(objects: list[Mapping[str, Any]]) -> list[str]:
    """Return the IDs of objects."""
    return [each["id"] for each in objects]


def left(simulator: Simulator) -> set[str]:
    """Return the keys of the project, as the simulator itself has them."""
    return {each["id"] for each in simulator.state()["projects"][0]["api_keys"]}
