# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module from its package in a new Python: other tests run modules in forks, which have imported libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible_collections.community import openai_admin
from integration.counted_tasks import ORGANIZATION, TASKS, issues
from integration.playbooks import Ansible, module

MODULES = sorted(
    path.stem
    for path in Path(next(iter(openai_admin.__path__)), "plugins", "modules").glob("*.py")
    if path.stem != "__init__"
)


def first_task(kind: str) -> Mapping[str, Any]:
    return next(task for (of, unused_name), task in TASKS.items() if of == kind)


def test_every_module_runs_from_its_package_in_a_new_python(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    tasks = {kind: first_task(kind) for kind in MODULES}
    run = replace(ansible, in_process=False, anew=True).play(
        [{"name": kind, **module(kind, **task), "no_log": issues(kind, dict(task))} for kind, task in tasks.items()],
        "-vvv",
    )
    assert run.status == 0, run.output
    assert [task.name for task in run.tasks] == MODULES
    assert [kind for kind in MODULES if f"AnsiballZ_{kind}.py" not in run.output] == []
    assert [task.name for task in run.tasks if not task.requests] == []
