# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requests of every kind of task are as many as docs/requests.yml says, and as the docs show."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from math import ceil
from typing import Any

import pytest
import yaml
from integration.counted_tasks import DOCS, ORGANIZATION, PAGE_SIZE, TASKS, issues
from integration.direct import perform
from integration.playbooks import Ansible, module
from simulator import Simulator
from simulator.client import may_change

ROWS: dict[str, list[dict[str, str]]] = yaml.safe_load((DOCS / "requests.yml").read_text(encoding="utf-8"))

PAGES = {
    name: ceil(count / PAGE_SIZE)
    for name, count in {
        "projects": 3,
        "with_archived": 6,
        "people": 6,
        "invites": 5,
        "admin_keys": 5,  # with the one that the requests come with
        "members": 5,  # with the owners of the organization
        "groups": 5,
        "group_members": 5,
        "roles": 5,  # with those that the API has
        "project_roles": 5,
        "project_groups": 3,
        "assignments": 3,
        "accounts": 5,
        "keys": 5,
        "limits": 5,
        "buckets": 5,
        "days": 5,
        "month": datetime.now(timezone.utc).day,
        "alerts": 3,
        "providers": 3,
        "rules": 3,
        "external_keys": 3,
        "storage": 3,
        "events": 5,
        "certificates": 5,
    }.items()
}
PAGES["in_each_project"] = 3 * PAGES["certificates"]


def test_each_row_is_run() -> None:
    assert set(TASKS) == {(kind, row["task"]) for kind, rows in ROWS.items() for row in rows}


@pytest.mark.parametrize("kind", ROWS)
def test_requests_are_as_documented(kind: str, simulator: Simulator) -> None:
    for row in ROWS[kind]:
        task = TASKS[kind, row["task"]]
        simulator.reset({**ORGANIZATION, "behaviour": {"page_size": PAGE_SIZE}})
        outcome = perform(simulator, kind, hidden=issues(kind, task), **task)
        check(row, outcome.changed, simulator.requests())


def check(row: dict[str, str], changed: bool, requests: list[dict[str, Any]]) -> None:
    """Compare what a task sent, and whether it changed something, with its row."""
    sent = [f"{request['method']} {request['path']}" for request in requests]
    assert len(sent) == expected(row["requests"]), f"{row['task']}: {sent}"
    assert changed == ("to be" in row["task"])
    assert any(map(may_change, requests)) == changed


@pytest.mark.series(10)
@pytest.mark.parametrize("kind", ROWS)
def test_playbooks_send_no_others(kind: str, ansible: Ansible) -> None:
    tasks: list[dict[str, Any]] = []
    for row in ROWS[kind]:
        task = TASKS[kind, row["task"]]
        tasks += [
            {"name": "afresh", "somebody_else": {"control": True, "path": "/reset", "body": ORGANIZATION}},
            {
                "name": "small pages",
                "somebody_else": {"control": True, "path": "/behaviour", "body": {"page_size": PAGE_SIZE}},
            },
            {"name": row["task"], **module(kind, **task), "no_log": issues(kind, task)},
        ]
    run = ansible.play(tasks)
    assert run.status == 0, run.output
    for row in ROWS[kind]:
        check(row, run[row["task"]].changed, run[row["task"]].requests)


def test_the_docs_show_these_rows() -> None:
    table = (DOCS / "rate_limits.md").read_text().partition("| module | task | requests |")[2]
    shown = re.findall(r"^\| `(\w+)` +\| (.+?) +\| (.+?) +\|$", table, re.MULTILINE)
    rows = [(kind, row["task"], row["requests"]) for kind, table in ROWS.items() for row in table]
    assert shown == rows


def expected(terms: str) -> int:
    return sum(PAGES[term] if term in PAGES else int(term) for term in terms.split(" + "))
