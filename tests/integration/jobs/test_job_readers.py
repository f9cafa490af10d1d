# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names made to deceive whoever runs a job or reads what it wrote: no terminal, page or table does what they say."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from integration.audited import DECLARED
from integration.costs_of_today import spend
from integration.playbooks import Ansible, PlaybookRun

FORGED = "changed: [db.example.com]"
EVIL = f"x\x1b[2J\x1b[H\r\n{FORGED}\u2028\u2029\u202egnp\u2066\x9b31m\x7f\x85;=1+1"
"""Clears the screen, forges lines, turns the direction of text, and begins a formula in a cell of its own."""
HARMFUL = set("\x1b\r\x7f\x85\x9b\u2028\u2029\u202e\u2066")
SHOWN = r"x\x1b[2J\x1b[H\r\n" + FORGED + r"\u2028\u2029\u202egnp\u2066\x9b31m\x7f\x85"
DAY = 86400
OLD = int(time.time()) - 300 * DAY
JOBS: dict[str, dict[str, Any]] = {
    "provision": {
        "openai_admin_organization": {
            "users": [],
            "projects": [{"name": EVIL, "service_accounts": [{"name": EVIL + "2"}]}],
        }
    },
    "audit": {
        "openai_admin_organization": {**DECLARED, "projects": [{"name": EVIL, "users": [], "service_accounts": []}]},
        "openai_admin_audit_title": EVIL,
        "openai_admin_audit_accepted": [
            {"kind": "service_account", "project": EVIL, "name": EVIL.upper(), "reason": EVIL, "until": "2999-01-01"},
            {"kind": "user", "name": EVIL, "reason": EVIL, "until": "2999-01-01"},
        ],
    },
    "access_review": {},
    "budget": {"openai_admin_organization": {"projects": [{"name": EVIL, "budget_usd": 0.01}]}},
    "cost_report": {"openai_admin_cost_month": "2026-10", "openai_admin_cost_source": EVIL},
    "export": {"openai_admin_export_path": "export.yml", "openai_admin_export_source": EVIL},
    "offboard": {"openai_admin_offboard": "dev@example.com"},
    "rotate_key": {
        "openai_admin_rotate_key_project": EVIL,
        "openai_admin_rotate_key_service_account": EVIL,
        "openai_admin_rotate_key_name": EVIL,
        "openai_admin_rotate_key_store": "file",
        "openai_admin_rotate_key_store_path": "deploy.key",
    },
}


@pytest.fixture
def deceiving(ansible: Ansible) -> Ansible:
    """An organization in which all that can have a name has that one."""
    ansible.simulator.reset(
        {
            "users": [
                {"email": "owner@example.com", "name": EVIL, "role": "owner"},
                {"email": "dev@example.com", "name": EVIL},
            ],
            "projects": [
                {
                    "name": EVIL,
                    "id": "proj_evil",
                    "users": [{"email": "dev@example.com"}],
                    "service_accounts": [{"name": EVIL, "id": "svc_evil"}],
                    "api_keys": [
                        {"name": EVIL, "id": "key_dev", "user": "dev@example.com", "created_at": OLD},
                        {"name": EVIL, "id": "key_svc", "service_account": "svc_evil", "created_at": OLD},
                    ],
                }
            ],
            "admin_api_keys": [{"name": EVIL, "id": "key_admin", "owner": "dev@example.com", "created_at": OLD}],
            "certificates": [{"name": EVIL, "generate": {"common_name": "Gateway", "days": 10}}],
            "audit_events": [
                {
                    "type": "service_account.created",
                    "details": {"id": "svc_evil", "data": {"role": "member"}},
                    "actor": {"email": "dev@example.com"},
                }
            ],
        }
    )
    return ansible


def run(ansible: Ansible, job: str, *options: str) -> PlaybookRun:
    return ansible.run(f"community.openai_admin.{job}", "-e", json.dumps(JOBS[job]), *options)


def forged(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip().startswith(FORGED)]


@pytest.mark.series(8)
@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("options", [("--check", "--diff"), ()], ids=["check", "real"])
def test_what_a_job_prints_does_nothing_but_be_read(job: str, options: tuple[str, ...], deceiving: Ansible) -> None:
    if job == "budget":
        spend(deceiving.simulator, {("proj_evil", "key_dev"): "1"})
    shown = run(deceiving, job, *options)
    assert not HARMFUL & set(shown.output), ascii(shown.output)
    assert forged(shown.output) == []
    if job != "export":  # which names nothing
        assert SHOWN.replace("\\", "\\\\") in shown.output or SHOWN in shown.output, shown.output


def test_what_jobs_write_does_nothing_but_be_read(deceiving: Ansible) -> None:
    for job in "audit", "access_review", "cost_report", "export":
        run(deceiving, job)
    written = {
        path.name: path.read_text(encoding="utf-8") for path in Path(deceiving.folder).glob("*.*") if path.is_file()
    }
    pages = {
        name: text for name, text in written.items() if name.endswith((".html", ".xml", ".csv", ".json", "export.yml"))
    }
    assert {name.rpartition(".")[2] for name in pages} == {"html", "xml", "csv", "json", "yml"}
    harmful = {name: HARMFUL & set(text.replace("\r\n", "\n")) for name, text in pages.items()}
    assert {name: found for name, found in harmful.items() if found} == {}
    assert [name for name, text in pages.items() if not name.endswith(".csv") and forged(text)] == []
    for name in "audit.html", "access_review.html", "audit.xml":
        assert SHOWN in written[name], name
    ElementTree.fromstring(written["audit.xml"])
    for line in csv.reader(io.StringIO(written["access_review.csv"], newline=""), delimiter=";"):
        assert [cell for cell in line if cell.strip().startswith(("=", "+", "@"))] == []


def test_a_table_begins_with_a_byte_order_mark_where_that_is_asked_for(deceiving: Ansible) -> None:
    told = {"openai_admin_access_review_byte_order_mark": "yes"}
    deceiving.run("community.openai_admin.access_review", "-e", json.dumps(told))
    table = (deceiving.folder / "access_review.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbfkind,who,")
    deceiving.run("community.openai_admin.access_review")
    assert (deceiving.folder / "access_review.csv").read_bytes().startswith(b"kind,who,")
