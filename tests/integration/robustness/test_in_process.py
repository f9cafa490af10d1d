# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks inside the controller and as modules: when each is done, and that nobody can tell the results apart."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import NOW, SEARCH, TASK, attempts, messages, play, play_alike
from simulator import Simulator

TASK_OF_ALL = module("project_info", name="search-prod")
MODULES = {
    "project": {"name": "x"},
    "project_info": {},
    "project_user": {**SEARCH, "email": "dev@example.com"},
    "project_user_info": SEARCH,
    "rate_limit": {**SEARCH, "model": "gpt-5", "max_requests_per_1_minute": 1},
    "rate_limit_info": SEARCH,
    "service_account": {**SEARCH, "name": "x"},
    "service_account_info": SEARCH,
    "user_info": {},
}


@pytest.fixture
def ansible(simulator: Simulator, tmp_path: Path) -> Ansible:
    """Whatever the other tests do, here a task runs in the controller unless something in it speaks against that."""
    return Ansible(simulator, tmp_path, in_process=True)


def ran_as_module(run: PlaybookRun) -> bool:
    """Whether ansible-core shipped a module, as it tells when it is very verbose."""
    return "AnsiballZ_project_info.py" in run.output


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


IN_PROCESS: dict[str, TASK] = {
    "nothing special": {},
    "an empty environment": {"environment": {}},
    "no become": {"become": False},
    "the controller's interpreter": {"vars": {"ansible_python_interpreter": sys.executable}},
    "the controller's interpreter by its variable": {
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    },
    "no log": {"no_log": True},
    "check mode": {"check_mode": True},
    "retries": {"register": "read", "until": "read is succeeded", "retries": 1},
    "delegation to localhost": {"delegate_to": "localhost"},
}
AS_MODULE: dict[str, TASK] = {
    "an environment": {"environment": {"OPENAI_ORG_ID": "org-x"}},
    "an environment from a variable": {"environment": "{{ around }}", "vars": {"around": {"OPENAI_ORG_ID": "org-x"}}},
    "async": {"async": 30, "poll": 1},
}


@pytest.mark.parametrize("what", IN_PROCESS)
def test_a_task_runs_in_the_controller_with(what: str, ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": {**TASK_OF_ALL, **IN_PROCESS[what]}}), "-vvv")
    assert messages(run) == {}
    assert not ran_as_module(run)
    assert len(run["read"].requests) == 1


@pytest.mark.parametrize("what", AS_MODULE)
def test_a_task_runs_as_a_module_with(what: str, ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": {**TASK_OF_ALL, **AS_MODULE[what]}}), "-vvv")
    assert messages(run) == {}
    assert ran_as_module(run)
    assert len(run.tasks[-1].result["projects"]) == 1


@pytest.mark.parametrize("value", ["false", "no", "0"])
def test_a_task_runs_as_a_module_where_the_controller_says_so(value: str, ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": TASK_OF_ALL}), "-vvv", OPENAI_ADMIN_IN_PROCESS=value)
    assert messages(run) == {}
    assert ran_as_module(run)


def test_a_task_runs_as_a_module_with_become(ansible: Ansible, tmp_path: Path) -> None:
    sudo = script(tmp_path / "sudo", 'while [ "$1" != /bin/sh ]; do shift; done; touch "$0.used"; exec "$@"')
    become = {"become": True, "vars": {"ansible_become_method": "ansible.builtin.sudo", "ansible_become_exe": sudo}}
    run = play(ansible, attempts({"read": {**TASK_OF_ALL, **become}}), "-vvv", ANSIBLE_BECOME_ALLOW_SAME_USER="true")
    assert messages(run) == {}
    assert ran_as_module(run)
    assert (tmp_path / "sudo.used").exists()


def test_a_task_runs_as_a_module_with_another_interpreter(ansible: Ansible, tmp_path: Path) -> None:
    other = script(tmp_path / "python3", f'touch "$0.used"; exec {sys.executable} "$@"')
    task = {**TASK_OF_ALL, "vars": {"ansible_python_interpreter": other}}
    run = play(ansible, attempts({"read": task}), "-vvv")
    assert messages(run) == {}
    assert ran_as_module(run)
    assert (tmp_path / "python3.used").exists()


def test_the_environment_of_a_task_counts(both_ways: Ansible) -> None:
    task = {**TASK_OF_ALL, "environment": {"OPENAI_ADMIN_KEY": "sk-admin-another"}}
    assert play(both_ways, attempts({"read": task}))["read"].result["status_code"] == 401


@pytest.mark.parametrize("where", ["the module's Python", "the controller"])
def test_a_python_without_requests_is_named(where: str, ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "requests.py").write_text("raise ImportError('No module named requests')\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    if where == "the controller":
        run = play(ansible, attempts({"read": TASK_OF_ALL}), PYTHONPATH=path)
    else:
        bare = script(tmp_path / "python3", f'PYTHONPATH={path} exec {sys.executable} "$@"')
        run = play(ansible, attempts({"read": {**TASK_OF_ALL, "vars": {"ansible_python_interpreter": bare}}}))
    message = run["read"].message
    assert "Failed to import the required Python library (requests)" in message
    assert os.path.realpath(sys.executable).rsplit("/", 1)[0] in os.path.realpath(python_in(message))
    assert run["read"].requests == []


def python_in(message: str) -> str:
    """The interpreter that a message of ansible-core names."""
    return message.split("'s Python ", 1)[1].split(". ", 1)[0]


SAMPLE = attempts(
    {
        "predict": {**module("project", name="new", residency="US_STORAGE_PROCESSING"), "check_mode": True},
        "create": module("project", name="new", external_key_id="ek-1"),
        "change": module("project", name="new", external_key_id="ek-2"),
        "again": module("project", name="new", external_key_id="ek-2"),
        "archive": module("project", name="new", state="archived"),
        "add": module("project_user", **SEARCH, email="ops@example.com", role="owner"),
        "an owner": module("project_user", **SEARCH, email="owner@example.com", role="member"),
        "limit": module("rate_limit", **SEARCH, model="gpt-5", max_requests_per_1_minute=7),
        "account": module("service_account", **SEARCH, name="new"),
        "refused": module("project", project_id="proj_default", name="renamed"),
        "wrong": module("project", nmae="x"),
        "read": module("project_user_info", **SEARCH),
    }
)


def test_results_are_the_same(ansible: Ansible) -> None:
    run = play_alike(ansible, SAMPLE, "--diff", ANSIBLE_INJECT_INVOCATION="true")
    assert set(messages(run)) == {"refused", "wrong"}
    assert run["create"].result["project"]["created_at"] == NOW
    assert run["change"].result["diff"]["before"] == {"name": "new", "external_key_id": "ek-1"}
    assert run["refused"].result["error_code"] == "default_project"
    assert len(run["an owner"].warnings) == 1


def test_an_invocation_shows_options_and_no_key(both_ways: Ansible) -> None:
    known = "{{ lookup('env', 'OPENAI_ADMIN_KEY') }}"
    tasks = attempts({"create": module("service_account", **SEARCH, name="new", admin_key=known)})
    run = play(both_ways, tasks, ANSIBLE_INJECT_INVOCATION="true")
    arguments = run["create"].result["invocation"]["module_args"]
    assert arguments["admin_key"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert (arguments["name"], arguments["state"], arguments["max_wait"]) == ("new", "present", 120.0)


def test_defaults_of_the_group_reach_every_module(both_ways: Ansible) -> None:
    nowhere = {"base_url": "http://127.0.0.1:1/v1", "max_wait": 0}
    defaults = {"module_defaults": {"group/community.openai_admin.openai_admin": nowhere}}
    run = play(both_ways, attempts({kind: {**module(kind, **given), **defaults} for kind, given in MODULES.items()}))
    assert set(messages(run)) == set(MODULES)
    assert [words for words in messages(run).values() if "http://127.0.0.1:1 could not be reached" not in words] == []


def test_options_of_a_task_count_before_defaults_of_the_group(both_ways: Ansible) -> None:
    wrong = {"module_defaults": {"group/community.openai_admin.openai_admin": {"admin_key": "sk-admin-another"}}}
    right = module("user_info", admin_key="{{ lookup('env', 'OPENAI_ADMIN_KEY') }}")
    run = play(both_ways, attempts({"default": {**module("user_info"), **wrong}, "option": {**right, **wrong}}))
    assert set(messages(run)) == {"default"}
