# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret comes back: not in output, however verbose, not in a difference, a log, a callback's file or an error."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, masked
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options
from integration.canaries import forms, leaks
from integration.direct import MODULES, perform
from integration.playbooks import DEPRECATION, Ansible, PlaybookRun, module, planted
from integration.scenarios import ORGANIZATION, SEARCH, attempts
from simulator import Simulator, running
from tools.project import modules

KEY = "sk-admin-CANARY+/Zq8-vT3_kL9mW2xR7pB4nY6c"
PASSPHRASE = "CANARY passphrase? 9f+3e/71&d0"
PROXY = "CANARY-proxy-42a7b9"
PASTED = "sk-proj-CANARY0123456789abcdefABCDEF"
"""Another key, in an option where it does not belong."""
TREE = re.compile(r"\btree\b.* deprecated")
"""What each ansible-core says of its callback plugin, in words of its own."""
NAMES = modules()


@pytest.fixture(scope="module")
def guarded() -> Iterator[Simulator]:
    """A simulator whose admin key is a canary."""
    with running(admin_key=KEY) as simulator:
        yield simulator


@pytest.fixture(params=[True, False], ids=["in_process", "as_module"])
def verbose(guarded: Simulator, tmp_path: Path, request: pytest.FixtureRequest) -> Ansible:
    guarded.reset(ORGANIZATION)
    return Ansible(guarded, tmp_path, in_process=request.param, apart=True)


def tasks(folder: Path) -> list[dict[str, Any]]:
    """Tasks that have to do with secrets, good ones and bad ones."""
    secret = {**SEARCH, "name": "new", "create_api_key": True}
    given = {
        "admin_key": "{{ lookup('ansible.builtin.env', 'OPENAI_ADMIN_KEY') }}",
        "client_key_passphrase": "{{ lookup('ansible.builtin.env', 'PASSPHRASE') }}",
    }
    return attempts(
        {
            "the key as an option": module("project_info", **given),
            "a new key in a file": module("service_account", **secret, api_key_path=str(folder / "new.key")),
            "the same again": module("service_account", **secret, api_key_path=str(folder / "new.key")),
            "a new key that nobody hides": module("service_account", **{**secret, "name": "other"}),
            "a hidden one": {**module("service_account", **{**secret, "name": "hidden"}), "no_log": True},
            "a change": module("project", **SEARCH, name="renamed", **given),
            "a key as a name": module("service_account_info", project=PASTED),
            "a key as an address": module("project_info", base_url=f"https://{PASTED}@127.0.0.1/v1"),
            "a key as a number": module("project_info", timeout=PASTED),
            "a key as a state": module("project", name="x", state=PASTED),
            "a key as an option's name": {"community.openai_admin.project": {"name": "x", PASTED: 1}},
            **{name: module("user_info", max_wait=0, **given) for name in ECHOES},
        }
    )


ECHO = f"Invalid key {KEY}, or {PASTED}."
ECHOES: dict[str, dict[str, Any]] = {
    "an echo": {"kind": "status", "status": 400, "message": ECHO},
    "a page that echoes": {"kind": "body", "status": 200, "body": f"<html>{ECHO}"},
    "a gateway that echoes": {"kind": "body", "status": 502, "body": {"error": {"message": ECHO, "code": KEY}}},
    "a refusal that echoes": {"kind": "body", "status": 401, "body": {"error": ECHO}},
    "no answer": {"kind": "drop"},
    "half an answer": {"kind": "truncate"},
}
"""What becomes of reading the people, one after the other."""


def play_verbosely(ansible: Ansible, trees: Path | None = None) -> tuple[PlaybookRun, Path]:
    """The run, and the folder where the log and the files of callbacks are."""
    left = ansible.folder / "left"
    keys = ansible.folder / "keys"
    left.mkdir()
    keys.mkdir()
    callbacks = "recorder,junit,tree"
    for fault in ECHOES.values():
        ansible.simulator.fault(path="/organization/users", method="GET", **fault)
    run = replace(ansible, collections=trees, may_deprecate=True).play(
        tasks(keys),
        "-vvvv",
        "--diff",
        ANSIBLE_CALLBACKS_ENABLED=callbacks,
        ANSIBLE_LOG_PATH=str(left / "ansible.log"),
        JUNIT_OUTPUT_DIR=str(left / "junit"),
        ANSIBLE_CALLBACK_TREE_DIR=str(left / "tree"),
        RECORDER_FILE=str(ansible.folder / "record.jsonl"),
        HTTPS_PROXY=f"http://user:{PROXY}@127.0.0.1:1",
        NO_PROXY="",
        OPENAI_ADMIN_KEY=KEY,
        PASSPHRASE=PASSPHRASE,
    )
    (left / "record.jsonl").write_bytes((ansible.folder / "record.jsonl").read_bytes())
    return run, left


@pytest.mark.series(1)
@pytest.mark.matrix
def test_nothing_that_a_run_leaves_holds_a_secret(verbose: Ansible) -> None:
    run, left = play_verbosely(verbose)
    deprecations = [line for line in run.output.splitlines() if DEPRECATION in line]
    assert [line for line in deprecations if not TREE.search(line)] == []  # ansible-core's own
    new = (verbose.folder / "keys" / "new.key").read_text(encoding="utf-8")
    assert new.startswith("sk-svcacct-")
    assert {path.name for path in left.iterdir()} == {"ansible.log", "junit", "tree", "record.jsonl"}
    said = {task.name: task.message for task in run.tasks if task.failed}
    assert len(said) >= 11
    found = {secret: leaks([secret], run.output, left) for secret in (KEY, new, PASSPHRASE, PROXY)}
    assert found == {secret: [] for secret in found}
    assert [name for name, message in said.items() if PASTED in message] == []
    assert "Invalid key sk-***, or sk-***" in said["an echo"]


def test_the_search_finds_what_leaks(guarded: Simulator, tmp_path: Path) -> None:
    guarded.reset(ORGANIZATION)
    leaky = planted(
        tmp_path,
        "plugins/module_utils/_module/perform.py",
        "    warnings = list(outcome.warnings)\n",
        "    import base64\n    key = client.connection.admin_key.encode()\n"
        "    warnings = [*outcome.warnings, f\"Used {base64.b64encode(b'Bearer ' + key).decode()}.\"]\n",
    )
    run, left = play_verbosely(Ansible(guarded, tmp_path), leaky)
    found = leaks([KEY], run.output, left)
    assert "the output" in found
    assert str(left / "ansible.log") in found
    assert str(left / "record.jsonl") in found


@pytest.mark.parametrize("around", ["", "x", "Bearer ", "user:"])
def test_the_search_knows_all_forms(around: str) -> None:
    for number in range(50):
        secret = secrets.token_urlsafe(16 + number % 5)
        shown = base64.b64encode(f"{around}{secret}, and more".encode()).decode()
        assert leaks([secret], f"Authorization: Basic {shown}")
    assert leaks(["a&b c"], "https://x/?key=a%26b%20c")
    assert not leaks([KEY], "sk-admin-CANARY")
    assert len(forms(KEY)) > 3


def values_of(option: dict[str, Any]) -> list[Any]:
    """The canary as a value of an option, in the ways in which one may be given."""
    kind = option["type"]
    if kind == "list":
        nested = [{name: PASTED} for name in option.get("options", {})]
        return [PASTED, [PASTED], *([each] for each in nested)]
    if kind == "dict":
        return [PASTED, *({name: PASTED} for name in option.get("options", {}))]
    return [PASTED, [PASTED], {PASTED: PASTED}]


def message_of(simulator: Simulator, name: str, arguments: dict[str, Any]) -> str:
    """What the task of a module says of these arguments, if it fails."""
    task = import_module(f"{MODULES}.{name}").TASK
    spec = {**connection_options(), **task.argument_spec}
    checked = ArgumentSpecValidator(spec).validate(task.tidy(arguments))
    if checked.error_messages:
        return masked(checked.errors.msg)
    try:
        perform(
            simulator,
            name,
            hidden=True,
            **{key: value for key, value in arguments.items() if key in task.argument_spec},
        )
    except AdminError as error:
        return f"{error.message} {error.facts}"
    return ""


@pytest.mark.parametrize("name", NAMES)
def test_a_key_in_any_option_does_not_come_back_in_an_error(name: str, guarded: Simulator) -> None:
    guarded.reset(ORGANIZATION)
    spec = {**connection_options(), **import_module(f"{MODULES}.{name}").TASK.argument_spec}
    messages = [message_of(guarded, name, {option: value}) for option, of in spec.items() for value in values_of(of)]
    assert [message for message in messages if PASTED in message] == []
    assert len(list(filter(None, messages))) > len(spec) / 2


@pytest.mark.parametrize("name", NAMES)
def test_secret_options_are_hidden_and_no_others(name: str) -> None:
    spec = {**connection_options(), **import_module(f"{MODULES}.{name}").TASK.argument_spec}
    hidden = {option for option, of in spec.items() if of["no_log"]}
    assert hidden - {"content", "jwks"} == {"admin_key", "client_key_passphrase"}
    assert ("content" in hidden) == (name == "certificate")
    assert ("jwks" in hidden) == (name == "workload_identity_provider")
