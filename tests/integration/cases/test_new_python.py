# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module from its package in a new Python: other tests run modules in forks, which have imported libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from integration.counted_tasks import ORGANIZATION, TASKS, issues
from integration.playbooks import Ansible, module
from tools.project import modules

MODULES = modules()


def first_task(kind: str) -> Mapping[str, Any]:
    return next(task for (of, unused_name), task in TASKS.items() if of == kind)


IN_A_NEW_PYTHON = ("certificate", "cost_info", "organization", "project", "project_info")
"""One of each way to work: all others differ from these in what they declare."""


PARTS = 4
"""Each playbook runs so large a part of all modules: a fourth."""


def run_from_packages(ansible: Ansible, kinds: Sequence[str]) -> None:
    ansible.simulator.reset(ORGANIZATION)
    tasks = {kind: first_task(kind) for kind in kinds}
    run = replace(ansible, in_process=False).play(
        [{"name": kind, **module(kind, **task), "no_log": issues(kind, dict(task))} for kind, task in tasks.items()],
        "-vvv",
    )
    assert run.status == 0, run.output
    assert [task.name for task in run.tasks] == list(kinds)
    assert [kind for kind in kinds if f"AnsiballZ_{kind}.py" not in run.output] == []
    assert [task.name for task in run.tasks if not task.requests] == []


@pytest.mark.series(1)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_module_runs_from_its_package(part: int, ansible: Ansible) -> None:
    """What a package lacks of the collection, its module does not find: no process for modules has the collection."""
    run_from_packages(ansible, MODULES[part::PARTS])


def test_modules_run_in_a_new_python(ansible: Ansible) -> None:
    run_from_packages(replace(ansible, anew=True), IN_A_NEW_PYTHON)
