# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide to a locked-down project: its declaration does what the guide says, in 25 lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from integration.guides import DECLARATIONS
from integration.playbooks import Ansible

GUIDE = DECLARATIONS["guardrails.md, 1"]
PEOPLE = [{"email": "owner@example.com", "role": "owner"}, {"email": "research-lead@example.com"}]


def test_a_team_gets_a_locked_down_project_in_25_lines(ansible: Ansible, tmp_path: Path) -> None:
    assert len(GUIDE.splitlines()) <= 25
    ansible.simulator.reset({"users": PEOPLE, "usage": {"since": "2090-01-01"}})
    file = tmp_path / "organization.yml"
    file.write_text(GUIDE, encoding="utf-8")
    for options, changes in ((("--check",), True), ((), True), ((), False)):
        done = ansible.run("community.openai_admin.provision", "-e", f"@{file}", *options)
        assert done.status == 0, done.output
        assert any(task.changed for task in done.tasks) is changes
    (project,) = [each for each in ansible.simulator.state()["projects"] if each["name"] == "research-pilot"]
    assert project["model_permissions"] == {"mode": "allow_list", "model_ids": ["gpt-5", "gpt-5-mini"]}
    assert not any(project["hosted_tools"].values())
    assert project["spend_limit"]["threshold_amount"] == 50_000
    assert [each["threshold_amount"] for each in project["spend_alerts"]] == [30_000]
    assert project["service_tiers"] == {"default": "standard", "enabled_tiers": []}
    asked: dict[str, Any] = {"openai_admin_audit_check": "spending,key_expiry", "openai_admin_audit_fail_on": "drift"}
    audit = ansible.run("community.openai_admin.audit", "-e", f"@{file}", "-e", json.dumps(asked))
    assert audit.status == 0, audit.output
    budget = ansible.run("community.openai_admin.budget", "-e", f"@{file}")
    assert budget.status == 0, budget.output
    assert "All budgets of" in budget.output
