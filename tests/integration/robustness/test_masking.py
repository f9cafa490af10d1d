# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What later tasks, files and callbacks get of secrets: of options nothing, of a new key all, masked where shown."""

from __future__ import annotations

import importlib.util
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection
from ansible_collections.community.openai_admin.plugins.module_utils._core.masking import PLACEHOLDER
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Task
from ansible_collections.community.openai_admin.plugins.module_utils._keys import keeper
from ansible_collections.community.openai_admin.plugins.module_utils._keys.file import SecretFile
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode
from integration.direct import MODULES
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import ORGANIZATION, SEARCH, TASK, control, messages, play
from simulator import Authority, Simulator

pytestmark = pytest.mark.apart
"""What a process of a task knows as secret is to be masked by the controller, too."""

REGISTERS = importlib.util.find_spec("ansible.module_utils.secrets") is not None
"""ansible-core 2.22 and newer have a registry of secrets, and mask them where they are shown."""
PASSPHRASE = "plain words 4 a client key"
SHORT = "prod"
KEY = "{{ lookup('ansible.builtin.env', 'OPENAI_ADMIN_KEY') }}"
CERTIFICATE = Authority("gateway").certificate()


def kept(name: str, task: TASK, folder: Path) -> list[TASK]:
    """A task, and what is registered of it, written to a file: no version of ansible-core masks that."""
    content = "{{ registered | to_json }}"
    return [
        {"name": name, **task, "register": "registered", "ignore_errors": True},
        {"name": f"keep {name}", "copy": {"content": content, "dest": str(folder / f"{name}.json"), "mode": "0600"}},
    ]


def registered(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


SECRETS = {"admin_key": KEY, "client_key_passphrase": PASSPHRASE}
DECLARED = {"certificates": [{"name": "gateway", "content": CERTIFICATE}], "projects": [{"name": "search-prod"}]}
TASKS: dict[str, TASK] = {
    "reads": module("project_info", **SECRETS),
    "changes": module("project", **SEARCH, name="renamed", **SECRETS),
    "uploads": module("certificate", name="gateway", content=CERTIFICATE, **SECRETS),
    "declares": module("organization", **DECLARED, **SECRETS),
    "is wrong": module("organization", certificates=[{"content": CERTIFICATE, "nmae": "x"}], **SECRETS),
    "is not a list": module("organization", certificates=f"content={CERTIFICATE}", **SECRETS),
    "fails": module("user_info", max_wait=0, **SECRETS),
    "is named so": module("project", name=PASSPHRASE, **SECRETS),
}


@pytest.mark.series(2)
@pytest.mark.matrix
@pytest.mark.parametrize("shows_options", [True, False])
def test_no_registered_result_holds_the_value_of_a_secret_option(
    shows_options: bool, both_ways: Ansible, tmp_path: Path
) -> None:
    words = f"Wrong passphrase {PASSPHRASE} or key {both_ways.simulator.admin_key}."
    echo = {"kind": "status", "status": 400, "message": words, "path": "/organization/users", "method": "GET"}
    tasks = [task for name in TASKS for task in kept(name, TASKS[name], tmp_path)]
    before = [control("the server repeats secrets", "faults", echo)]
    run = play(both_ways, [*before, *tasks], ANSIBLE_INJECT_INVOCATION=str(shows_options).lower())
    assert set(messages(run)) == {"is wrong", "is not a list", "fails"}, run.output
    results = {name: registered(tmp_path, name) for name in TASKS}
    for name, result in results.items():
        told = json.dumps(result)
        assert both_ways.simulator.admin_key not in told, name
        assert PASSPHRASE not in told, name
        assert CERTIFICATE.splitlines()[2] not in told, name
    assert "Wrong passphrase ******** or key sk-***" in results["fails"]["msg"]
    assert results["is named so"]["project"]["name"] == PLACEHOLDER
    if shows_options:
        # as callbacks get them: older versions of ansible-core register none
        shown = {name: run[name].result["invocation"] for name in TASKS if "invocation" in run[name].result}
        assert TASKS.keys() - shown.keys() <= {"is not a list"}  # ansible-core 2.16 shows no options of a wrong type
        options = {name: each["module_args"] for name, each in shown.items()}
        assert {each["admin_key"] for each in options.values()} == {PLACEHOLDER}
        assert {each["client_key_passphrase"] for each in options.values()} == {PLACEHOLDER}
        assert options["uploads"]["content"] == PLACEHOLDER
        assert options["declares"]["certificates"][0]["content"] == PLACEHOLDER
        assert options["declares"]["certificates"][0]["name"] == "gateway"
        assert options["is wrong"]["certificates"][0]["content"] == PLACEHOLDER
        assert options["is wrong"]["certificates"][0]["nmae"] == "x"


@pytest.mark.matrix
def test_a_short_passphrase_changes_no_names(both_ways: Ansible, tmp_path: Path) -> None:
    secret = {"client_key_passphrase": SHORT}
    tasks = {
        "make": module("project", name=SHORT, **secret),
        "use": module("rate_limit_info", project="{{ registered.project.name }}", **secret),
        "declare": module("organization", projects=[{"name": SHORT}], **secret),
    }
    every = [task for name, of in tasks.items() for task in kept(name, of, tmp_path)]
    run = play(both_ways, [task for task in every if task["name"] != "keep use"], ANSIBLE_INJECT_INVOCATION="true")
    assert messages(run) == {}
    made, declared = (registered(tmp_path, name) for name in ("make", "declare"))
    assert made["project"]["name"] == SHORT
    assert list(declared["ids"]["projects"]) == [SHORT]
    for name in "make", "declare":
        assert run[name].result["invocation"]["module_args"]["client_key_passphrase"] == PLACEHOLDER


ISSUING = {
    "service_account": module("service_account", **SEARCH, name="new", create_api_key=True),
    "project_api_key": module("project_api_key", **SEARCH, service_account="search-api", name="new"),
    "admin_api_key": module("admin_api_key", name="new"),
}


def use_new_key(ansible: Ansible, kind: str, folder: Path) -> tuple[PlaybookRun, str]:
    """Issue a key with C(no_log), then show it in many ways, and keep it; the key itself comes back as well."""
    value = "registered.api_key.value"
    tasks: list[TASK] = [
        *kept("issue", {**ISSUING[kind], "no_log": True}, folder),
        {"name": "message", "debug": {"msg": f"Key {{{{ {value} }}}}"}},
        {"name": "variable", "debug": {"var": "registered"}},
        {"name": "command", "command": {"argv": ["echo", f"{{{{ {value} }}}}"]}, "changed_when": False},
        {"name": "fact", "set_fact": {"new_key": f"{{{{ {value} }}}}"}},
        {"name": "length", "debug": {"msg": f"{{{{ {value} | length }}}}"}},
        {"name": "use", "assert": {"that": [f"{value} == new_key", f"{value}.startswith('sk-')"]}},
    ]
    run = play(ansible, tasks, "-vvv")
    assert run.status == 0, run.output
    return run, registered(folder, "issue")["api_key"]["value"]


@pytest.mark.matrix
@pytest.mark.parametrize("kind", ISSUING)
def test_a_new_key_is_of_use_to_later_tasks_and_masked_where_they_show_it(
    kind: str, both_ways: Ansible, tmp_path: Path
) -> None:
    run, key = use_new_key(both_ways, kind, tmp_path)
    assert key.startswith("sk-")
    assert int(run["length"].message) == len(key)
    if REGISTERS:
        assert key not in run.output
        assert [task.name for task in run.tasks if key in json.dumps(task.result)] == []
        assert run["message"].message == "Key $REDACTED$"
        assert run["variable"].result["registered"]["api_key"]["value"] == "$REDACTED$"
        assert run["command"].result["stdout"] == "$REDACTED$"
        assert run["fact"].result["ansible_facts"]["new_key"] == "$REDACTED$"


@pytest.mark.matrix
@pytest.mark.skipif(not REGISTERS, reason="since ansible-core 2.22")
def test_a_key_in_a_file_is_masked_where_a_later_task_shows_it(both_ways: Ansible, tmp_path: Path) -> None:
    path = tmp_path / "new.key"
    issue = module("service_account", **SEARCH, name="new", create_api_key=True, api_key_path=str(path))
    read = {"name": "read", "debug": {"msg": f"{{{{ lookup('ansible.builtin.file', '{path}') }}}}"}}
    run = play(both_ways, [{"name": "issue", **issue}, read])
    assert messages(run) == {}
    assert run["read"].message == "$REDACTED$"
    assert path.read_text(encoding="utf-8") not in run.output


class Noted(SecretFile):
    """Notes what is delivered."""

    def __init__(self, path: str, steps: list[tuple[str, str]]) -> None:
        super().__init__(path)
        self.steps = steps

    def deliver(self, secret: str) -> None:
        self.steps.append(("delivered", secret))
        super().deliver(secret)


def test_a_key_is_registered_before_it_is_handed_over(
    simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happens on its way into the file, ansible-core knows the key already."""
    steps: list[tuple[str, str]] = []
    monkeypatch.setattr(keeper, "register_secret", lambda value: steps.append(("registered", value)))
    simulator.reset(ORGANIZATION)
    options = {**SEARCH, "name": "new", "create_api_key": True, "api_key_path": str(tmp_path / "new.key")}
    task: Task = import_module(f"{MODULES}.service_account").TASK
    params = ArgumentSpecValidator(dict(task.argument_spec)).validate(options).validated_parameters
    client = Client(Connection(simulator.admin_key, simulator.url))
    task.work(client, params, options, Mode(), Noted(str(tmp_path / "new.key"), steps))
    key = (tmp_path / "new.key").read_text(encoding="utf-8")
    assert steps == [("registered", key), ("delivered", key)]
