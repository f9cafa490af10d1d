# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What comes back is what RETURN says, key by key, of every kind of task and of failures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode
from integration.counted_tasks import ORGANIZATION, TASKS, issues
from integration.direct import result
from integration.playbooks import Ansible, PlaybookRun, module
from simulator import Simulator

MODULES = "ansible_collections.community.openai_admin.plugins.modules"
KINDS = sorted({kind for kind, unused_task in TASKS})
OF_CORE = {"ansible_parsed", "changed", "exception", "failed", "invocation", "msg", "warnings"}
"""Keys that ansible-core documents for all modules."""


def documented(kind: str) -> dict[str, Any]:
    """The keys that a module documents."""
    keys: dict[str, Any] = yaml.safe_load(import_module(f"{MODULES}.{kind}").RETURN)
    return keys


def differences(value: Any, keys: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Where a dictionary holds keys that are not documented, or lacks some that always come back."""
    known = {name: about for name, about in keys.items() if path or not name.startswith("_")}
    for name in value:
        if name not in known and not (path == "" and (name in OF_CORE or name.startswith("_ansible"))):
            yield f"{path}{name} is not documented"
    for name, about in known.items():
        if name not in value:
            if about.get("returned", "success") == "success":
                yield f"{path}{name} is missing"
            continue
        for inner in value[name] if isinstance(value[name], list) else [value[name]]:
            if isinstance(inner, dict) and "contains" in about:
                yield from differences(inner, about["contains"], f"{path}{name}.")


def play(ansible: Ansible, kind: str, *options: str) -> PlaybookRun:
    """Every kind of task of a module, each against the organization as it was; a hidden result is shown after it."""
    tasks: list[dict[str, Any]] = []
    for (each, name), arguments in TASKS.items():
        if each == kind:
            hidden = {"no_log": True} if issues(kind, arguments) else {}
            tasks += [
                {"name": "afresh", "somebody_else": {"control": True, "path": "/reset", "body": ORGANIZATION}},
                {"name": name, **module(kind, **arguments), "register": "made", **hidden},
                {"name": f"result: {name}", "ansible.builtin.debug": {"var": "made"}},
            ]
    return ansible.play(tasks, *options)


@pytest.mark.parametrize("check", [False, True], ids=["real", "check"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_back_is_documented(kind: str, check: bool, simulator: Simulator) -> None:
    results = {}
    for (each, name), arguments in TASKS.items():
        if each == kind:
            simulator.reset(ORGANIZATION)
            results[name] = result(simulator, kind, arguments, Mode(diff=True, check=check, hidden=True))
    compare(kind, results)


@pytest.mark.series(8)
@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_back_to_a_playbook_is_documented(kind: str, ansible: Ansible) -> None:
    for options in ["--diff"], ["--check", "--diff"]:
        run = play(ansible, kind, *options)
        assert run.status == 0, run.output
        compare(kind, {task.name: task.result["made"] for task in run.tasks if task.name.startswith("result: ")})


def compare(kind: str, results: Mapping[str, Any]) -> None:
    """Check that results of a module, by the names of the tasks, have all keys that it documents, and no others."""
    assert results != {}
    keys = documented(kind)
    expected = {name: about for name, about in keys.items() if name != "diff"} if kind.endswith("_info") else keys
    shown = {name: {**about, "returned": "success"} if name == "diff" else about for name, about in expected.items()}
    assert [(name, list(differences(result, shown))) for name, result in results.items()] == [
        (name, []) for name in results
    ]


@pytest.mark.series(10)
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_failure_tells_is_documented(kind: str, ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    arguments = next(arguments for (each, unused_task), arguments in TASKS.items() if each == kind)
    task = module(kind, **arguments, admin_key="sk-admin-wrong")
    hidden = {"no_log": True} if issues(kind, arguments) else {}
    show = {"name": "result", "ansible.builtin.debug": {"var": "made"}}
    run = ansible.play([{"name": "refused", **task, **hidden, "register": "made", "ignore_errors": True}, show])
    result = run["result"].result["made"]
    failures = {
        name: {**about, "returned": "success" if "refuses" in about["returned"] else "sometimes"}
        for name, about in documented(kind).items()
    }
    assert result["status_code"] == 401
    assert list(differences(result, failures)) == []


def test_a_task_that_waited_says_where(ansible: Ansible, simulator: Simulator) -> None:
    simulator.fault("status", status=429, headers={"Retry-After": "1"})
    run = ansible.play([{"name": "waited", **module("project_info")}])
    assert run["waited"].result["requests"] == {
        "GET /organization/projects": {"sent": 2, "retries": 1, "waited": 1.0},
    }
    assert list(differences(run["waited"].result, documented("project_info"))) == []


def test_a_key_too_many_would_be_noticed() -> None:
    keys = documented("project")
    project = dict.fromkeys(keys["project"]["contains"])
    assert list(differences({"project": project}, keys)) == []
    assert list(differences({"project": {**project, "more": 1}}, keys)) == ["project.more is not documented"]
    assert list(differences({"project": {}}, keys)) == [f"project.{name} is missing" for name in project]
    assert list(differences({"more": 1, "project": None}, keys)) == ["more is not documented"]
