# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module through the whole cycle: check, real, again, drift, check, repair, gone, gone again.

The cases lie in targets/, one file a module. Each runs inside the controller and
as modules, with the same results.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.playbooks import Ansible, PlaybookRun, TaskRun, module
from integration.predictions import differences
from simulator import Simulator

TARGETS = Path(__file__).parents[1] / "targets"
CASES = {
    f"{path.stem}: {case['name']}": (path.stem, case)
    for path in sorted(TARGETS.glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
}
PHASES = ("predict", "do", "do again", "predict the repair", "repair", "predict the end", "end", "end again")


@pytest.mark.series(10)
@pytest.mark.matrix
@pytest.mark.parametrize("label", CASES)
def test_cycle(label: str, simulator: Simulator, tmp_path: Path) -> None:
    kind, case = CASES[label]
    runs = {way: cycle(Ansible(simulator, tmp_path, in_process=way), kind, case) for way in (True, False)}
    for run in runs.values():
        assert run.status == 0, run.output
        check_cycle(kind, case, {task.name: task for task in run.tasks})
    for inside, as_module in zip(*(run.tasks for run in runs.values()), strict=True):
        assert comparable(inside.result) == comparable(as_module.result)
        assert asked(inside) == asked(as_module)


def cycle(ansible: Ansible, kind: str, case: Mapping[str, Any]) -> PlaybookRun:
    """One playbook that takes one object through its life."""
    ansible.simulator.reset(case["organization"])
    present = module(kind, **case["task"])
    tasks: list[dict[str, Any]] = [
        {"name": "predict", **present, "check_mode": True},
        {"name": "do", **present, "register": "made"},
        {"name": "do again", **present},
    ]
    if "drift" in case:
        tasks += [
            {"name": "drift", "somebody_else": case["drift"]},
            {"name": "predict the repair", **present, "check_mode": True},
            {"name": "repair", **present},
        ]
    if "end" in case:
        end = module(kind, **{**case["task"], **case["end"]})
        tasks += [
            {"name": "predict the end", **end, "check_mode": True},
            {"name": "end", **end},
            {"name": "end again", **end},
        ]
    return ansible.play(tasks, "--diff")


def check_cycle(kind: str, case: Mapping[str, Any], tasks: Mapping[str, TaskRun]) -> None:
    for prediction, outcome in ("predict", "do"), ("predict the repair", "repair"), ("predict the end", "end"):
        if outcome in tasks:
            assert tasks[prediction].writes == []
            assert tasks[outcome].changed
            assert tasks[outcome].writes != []
            assert differences(kind, tasks[prediction].result, tasks[outcome].result) == []
    for again in "do again", "end again":
        if again in tasks:
            assert not tasks[again].changed
            assert tasks[again].writes == []
    for name, count in case.get("requests", {}).items():
        assert len(tasks[name].requests) == count, f"{name}: {asked(tasks[name])}"


def comparable(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result without what differs between any two runs, or between action plugins and modules by ansible-core."""
    times = {"created_at", "added_at", "archived_at", "expires_at"}

    def steady(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: steady(inner) for name, inner in value.items() if name not in times}
        return [steady(inner) for inner in value] if isinstance(value, list) else value

    ours = {name: value for name, value in result.items() if not name.startswith("_ansible") and name != "exception"}
    return dict(steady(ours))


def asked(task: TaskRun) -> list[str]:
    return [f"{request['method']} {request['path']}" for request in task.requests]
