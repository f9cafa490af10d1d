# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run every task that reads much, and every playbook, on a very large organization."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmark.apart import Apart
from integration.organizations import costly_organization
from integration.playbooks import COLLECTION, PlaybookRun, module
from simulator import Simulator

PROJECTS, PEOPLE, MODELS = 1000, 20_000, 100
ACCOUNT = {"project": "project-0000", "service_account": "account-0", "name": "production"}
PERSON = "person-7@example.com"
READ: dict[str, dict[str, Any]] = {
    "project_info": {},
    "user_info": {"max_results": PEOPLE + 1},
    "project_user_info": {},
    "service_account_info": {},
    "rate_limit_info": {},
    "project_api_key_info": {},
    "organization_info": {},
}
PLAYBOOKS = {
    "export": {"export_path": "organization.yml"},
    "provision --check": {"declaration": "organization.yml"},
    "audit": {"declaration": "organization.yml", "audit_fail_on": ["never"]},
    "access_review": {},
    "cost_report": {},
    "offboard": {"offboard": PERSON},
    "rotate_key": {
        **{f"rotate_key_{name}": value for name, value in ACCOUNT.items()},
        "rotate_key_store": "file",
        "rotate_key_store_path": "production.key",
    },
}
"""The playbooks and their variables, without the prefix C(openai_admin_)."""


def at_scale(simulator: Simulator, folder: Path) -> Iterator[str]:
    """Yield rows of a table: requests, seconds and MiB of each task and playbook."""
    now = int(time.time())
    simulator.reset(costly_organization(PROJECTS, now, users=20, models=MODELS, people=PEOPLE))
    ansible = Apart(simulator, folder, recorded=False)
    for name, options in READ.items():
        yield _row(simulator, f"`{name}`", ansible.play([{"name": name, **module(name, **options)}]))
    for name, variables in PLAYBOOKS.items():
        playbook, *options = f"{COLLECTION}.{name}".split()
        given = json.dumps({f"openai_admin_{option}": value for option, value in variables.items()})
        yield _row(simulator, f"`{name}`", ansible.run(playbook, *options, "-e", given))
        if name == "export":
            declared = [{"name": "organization", **module("organization", src=variables["export_path"])}]
            yield _row(simulator, "`organization` with `src`", ansible.play(declared, "--check"))


def _row(simulator: Simulator, what: str, run: PlaybookRun) -> str:
    if run.status:
        raise SystemExit(run.output[-2000:])
    requests = len(simulator.requests())
    simulator.clear()
    return f"| {what} | {requests} | {run.cost.wall:.0f} | {run.cost.memory:.0f} |"
