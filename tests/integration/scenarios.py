# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shared parts of tests of single situations: a small organization with a fixed time, and functions that run tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from integration.playbooks import Ansible, PlaybookRun

NOW = 1_800_000_000
SEARCH: Mapping[str, str] = {"project_id": "proj_search"}
TASK = dict[str, Any]

ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "dev@example.com", "id": "user-dev"},
        {"email": "ops@example.com", "id": "user-ops"},
    ],
    "default_rate_limits": [
        {"model": "gpt-5", "max_requests_per_1_minute": 500, "max_tokens_per_1_minute": 500000},
        {
            "model": "gpt-image-1",
            "max_requests_per_1_minute": 50,
            "max_tokens_per_1_minute": 100000,
            "max_images_per_1_minute": 5,
        },
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "search-prod",
            "id": "proj_search",
            "users": [{"email": "dev@example.com", "role": "member"}],
            "service_accounts": [{"name": "search-api", "id": "svc_api"}],
        },
        {"name": "twin", "id": "proj_twin_1"},
        {
            "name": "twin",
            "id": "proj_twin_2",
            "service_accounts": [{"name": "bot", "id": "svc_bot_1"}, {"name": "bot", "id": "svc_bot_2"}],
        },
        {"name": "old", "id": "proj_old", "status": "archived", "archived_at": "2025-12-31"},
    ],
    "behaviour": {"clock": NOW},
}


def attempts(tasks: Mapping[str, TASK]) -> list[TASK]:
    """Return tasks with names, each of which runs even if earlier ones have failed."""
    return [{"name": name, **task, "ignore_errors": True} for name, task in tasks.items()]


def control(name: str, path: str, body: Any) -> TASK:
    """Return a task that changes the simulator's behaviour from then on."""
    return {"name": name, "somebody_else": {"control": True, "path": f"/{path}", "body": body}}


def play(ansible: Ansible, tasks: Sequence[TASK], *options: str, **variables: str) -> PlaybookRun:
    """Run tasks on the small organization."""
    ansible.simulator.reset(ORGANIZATION)
    return ansible.play(tasks, *options, **variables)


def play_alike(
    ansible: Ansible,
    tasks: Sequence[TASK],
    *options: str,
    organization: Mapping[str, Any] | None = None,
    **variables: str,
) -> PlaybookRun:
    """Run tasks in the controller and as modules, check that both do the same, and return the first run."""
    runs = []
    for way in True, False:
        ansible.simulator.reset(organization or ORGANIZATION)
        runs.append(replace(ansible, in_process=way).play(tasks, *options, **variables))
    inside, as_modules = runs
    assert inside.status == as_modules.status, as_modules.output
    assert len(inside.tasks) == len(as_modules.tasks), as_modules.output
    for here, there in zip(inside.tasks, as_modules.tasks, strict=True):
        assert comparable(here.result) == comparable(there.result), here.name
        assert here.failed == there.failed
        assert sorted(map(step, here.requests)) == sorted(map(step, there.requests))
    return inside


def comparable(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return a result without the keys that ansible-core adds."""
    return {name: value for name, value in result.items() if not name.startswith("_ansible") and name != "exception"}


def step(request: Mapping[str, Any]) -> str:
    """Return the parts of a logged request that are the same in every run; projects are read in parallel."""
    return " ".join(str(request[part]) for part in ("method", "path", "query", "body", "status"))


def messages(run: PlaybookRun) -> dict[str, str]:
    """Return the messages of the tasks that failed, by name."""
    return {task.name: task.message for task in run.tasks if task.failed}


def asked(run: PlaybookRun) -> list[str]:
    """Return all requests of a playbook's tasks in short form."""
    return [f"{request['method']} {request['path']}" for task in run.tasks for request in task.requests]
