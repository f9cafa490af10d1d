# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A key whose file is missing is a failure, unless the task allows it; and the key that a task issues has a name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from ansible_collections.community.openai_admin.plugins.module_utils._keys.file import SecretFile
from integration.direct import perform
from integration.playbooks import Ansible, module
from integration.scenarios import ORGANIZATION, SEARCH, attempts
from simulator import Simulator

LONG_AGO = 1_700_000_000
ACCOUNT = {**SEARCH, "name": "search-api"}
TASKS: Mapping[str, dict[str, Any]] = {
    "service_account": {**ACCOUNT, "create_api_key": True},
    "project_api_key": {**SEARCH, "service_account": "search-api", "name": "deploy"},
    "admin_api_key": {"name": "deploy"},
}
every_issuer = pytest.mark.parametrize("issuer", TASKS)


@pytest.fixture
def api(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def run(api: Simulator, issuer: str, path: Path, check: bool = False, **more: Any) -> Outcome:
    return perform(api, issuer, check=check, delivery=SecretFile(str(path)), **{**TASKS[issuer], **more})


@every_issuer
@pytest.mark.parametrize("check", [False, True])
def test_a_missing_file_beside_a_key_is_a_failure(issuer: str, check: bool, api: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert run(api, issuer, path).changed
    path.unlink()
    api.clear()
    with pytest.raises(Refused) as caught:
        run(api, issuer, path, check)
    assert caught.value.message.startswith("There is a key for ")
    assert "but api_key_path does not exist, and a key is shown only once." in caught.value.message
    assert caught.value.message.endswith(
        "revoke that key first, then run the task again. If the file is not needed here, set allow_missing_file: true."
    )
    assert api.requests(writes=True) == []
    assert not path.exists()


@every_issuer
@pytest.mark.parametrize("check", [False, True])
def test_a_missing_file_may_be_allowed(issuer: str, check: bool, api: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "key"
    run(api, issuer, path)
    path.unlink()
    api.clear()
    outcome = run(api, issuer, path, check, allow_missing_file=True)
    assert not outcome.changed
    (warning,) = outcome.warnings
    assert "but api_key_path does not exist, and a key is shown only once." in warning
    assert api.requests(writes=True) == []


@every_issuer
def test_a_file_that_is_there_is_fine(issuer: str, api: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "key"
    run(api, issuer, path)
    before = path.read_text()
    outcome = run(api, issuer, path)
    assert (outcome.changed, outcome.warnings, path.read_text()) == (False, (), before)
    path.write_text("another")
    (warning,) = run(api, issuer, path).warnings
    assert "but api_key_path holds another key, and a key is shown only once." in warning


def test_a_missing_file_fails_before_anything_else_is_changed(api: Simulator, tmp_path: Path) -> None:
    run(api, "service_account", tmp_path / "key")
    (tmp_path / "key").unlink()
    api.clear()
    with pytest.raises(Refused):
        run(api, "service_account", tmp_path / "key", role="owner")
    assert api.requests(writes=True) == []


def test_where_another_key_is_issued_no_file_is_missed(api: Simulator, tmp_path: Path) -> None:
    run(api, "project_api_key", tmp_path / "key")
    (tmp_path / "key").unlink()
    assert run(api, "project_api_key", tmp_path / "key", current="stored").changed
    assert (tmp_path / "key").read_text().startswith("sk-")


def test_a_key_that_has_expired_misses_no_file(api: Simulator, tmp_path: Path) -> None:
    api.behaviour(clock=LONG_AGO)
    run(api, "service_account", tmp_path / "key", expires_in_seconds=60)
    (tmp_path / "key").unlink()
    assert run(api, "service_account", tmp_path / "key").changed


def test_a_missing_file_both_ways(both_ways: Ansible, tmp_path: Path) -> None:
    both_ways.simulator.reset(ORGANIZATION)
    path = tmp_path / "key"
    task = module("service_account", **TASKS["service_account"], api_key_path=str(path))
    gone = {"ansible.builtin.file": {"path": str(path), "state": "absent"}}
    allowed = module("service_account", **TASKS["service_account"], api_key_path=str(path), allow_missing_file=True)
    played = both_ways.play(attempts({"first": task, "gone": gone, "missing": task, "allowed": allowed}))
    assert [played[name].failed for name in ("first", "missing", "allowed")] == [False, True, False]
    assert "but api_key_path does not exist" in played["missing"].message


NAMED = {**SEARCH, "name": "new", "create_api_key": True, "api_key_name": "deploy"}


ACCOUNTS: Mapping[str, dict[str, Any]] = {
    "an account that is there": ACCOUNT,
    "a new account": {**SEARCH, "name": "new"},
    "a new owner": {**SEARCH, "name": "new", "role": "owner"},
    "a new account without a role": {**SEARCH, "name": "new", "role": "none"},
    "a new account that is to be unique": {**SEARCH, "name": "new", "verify_unique": True},
}


@pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS)
def test_a_key_has_the_name_that_the_task_says(account: dict[str, Any], api: Simulator) -> None:
    asked = {**account, "create_api_key": True, "api_key_name": "deploy"}
    predicted = perform(api, "service_account", check=True, hidden=True, **asked)
    outcome = perform(api, "service_account", hidden=True, **asked)
    assert outcome.secrets["api_key"]["name"] == predicted.secrets["api_key"]["name"] == "deploy"
    assert outcome.secrets["api_key"]["value"]
    assert outcome.returns["service_account"]["role"] == account.get("role", "member")
    keys = perform(api, "project_api_key_info", **SEARCH, name="deploy").returns["project_api_keys"]
    assert [key["service_account"] for key in keys] == [account["name"]]
    api.clear()
    again = perform(api, "service_account", hidden=True, **{**asked, "api_key_name": "another"})
    assert (again.changed, api.requests(writes=True)) == (False, [])
    assert again.secrets["api_key"]["name"] == "deploy"


def test_without_a_name_a_new_account_comes_with_its_key(api: Simulator) -> None:
    perform(api, "service_account", hidden=True, **SEARCH, name="new", create_api_key=True)
    assert len(api.requests(writes=True)) == 1


BAD: Mapping[str, tuple[dict[str, Any], str]] = {
    "no key": ({**SEARCH, "name": "new", "api_key_name": "deploy"}, "api_key_name needs create_api_key: true"),
    "an empty name": ({**NAMED, "api_key_name": " "}, "api_key_name must not be empty"),
    "no account": ({**NAMED, "state": "absent"}, "api_key_name needs create_api_key: true, and state: present"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_name_that_cannot_be_is_refused_before_anything_is_sent(name: str, api: Simulator) -> None:
    asked, words = BAD[name]
    with pytest.raises(BadInput) as caught:
        perform(api, "service_account", hidden=True, **asked)
    assert words in caught.value.message
    assert api.requests() == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_was_done_before_a_named_key_failed_is_told_and_the_next_run_goes_on(number: int, api: Simulator) -> None:
    routes = ["", "/{service_account_id}", "/{service_account_id}/api_keys"]
    route = f"/organization/projects/{{project_id}}/service_accounts{routes[number - 1]}"
    api.fault("status", route, "POST", status=400)
    with pytest.raises(AdminError) as caught:
        perform(api, "service_account", hidden=True, **NAMED)
    done: Any = caught.value.facts.get("done", [])
    assert len(done) == number - 1
    outcome = perform(api, "service_account", hidden=True, **{**NAMED, "role": "member"})
    assert outcome.secrets["api_key"]["name"] == "deploy"
    assert outcome.returns["service_account"]["role"] == "member"
