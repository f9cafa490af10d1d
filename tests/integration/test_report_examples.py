# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of reports run as the documentation shows them, with --check in an empty organization too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.playbooks import Ansible

MODULES = "ansible_collections.community.openai_admin.plugins.modules"
DOCS = Path(__file__).parents[2] / "docs"
REPORTS = ("usage_info", "cost_info", "audit_log_info")
GUIDES = ("usage_and_costs", "audit_log")
EMPTY = {"users": [{"email": "owner@example.com", "role": "owner"}], "projects": []}
FULL = {**EMPTY, "projects": [{"name": "search-prod", "created_at": "2025-01-01"}]}


def examples() -> Iterator[Any]:
    """Each playbook that the documentation shows."""
    for module in REPORTS:
        tasks = yaml.safe_load(import_module(f"{MODULES}.{module}").EXAMPLES)
        yield pytest.param([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}], id=module)
    for guide in GUIDES:
        blocks = re.findall(r"```yaml\n(.*?)```", (DOCS / f"{guide}.md").read_text(encoding="utf-8"), re.DOTALL)
        plays = [play for block in blocks for play in yaml.safe_load(block)]
        assert len(plays) > 1
        yield pytest.param(plays, id=guide)


@pytest.mark.parametrize("empty", [True, False], ids=["empty", "full"])
@pytest.mark.parametrize("plays", list(examples()))
def test_examples_run(plays: Any, empty: bool, ansible: Ansible) -> None:
    ansible.simulator.reset(EMPTY if empty else FULL)
    playbook = ansible.folder / "example.yml"
    playbook.write_text(yaml.safe_dump(plays), encoding="utf-8")
    run = ansible.run(str(playbook), *(["--check"] if empty else ["-e", "{}"]))
    stopped = [task.name for task in run.tasks if task.failed and "Fail if" not in task.name]
    assert stopped == [], run.output
    assert run.writes == []
    assert len([task for task in run.tasks if task.requests]) > 0
