# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys of service accounts: issued once, seen by nobody but those they are for."""

from __future__ import annotations

import grp
import os
import pwd
from pathlib import Path
from typing import Any

import pytest
from integration.playbooks import Ansible, TaskRun, module
from integration.scenarios import NOW, TASK, attempts, control, messages, play, play_alike
from simulator import Simulator

ACCOUNTS = "/organization/projects/{project_id}/service_accounts"
KEYS = f"{ACCOUNTS}/{{service_account_id}}/api_keys"
LOST = {"kind": "drop", "method": "POST", "when": "after"}
SHOWN = {"id", "name", "created_at", "expires_at"}


def with_key(name: str = "new", **more: Any) -> TASK:
    return module("service_account", project_id="proj_search", name=name, create_api_key=True, **more)


def keys(simulator: Simulator) -> list[dict[str, Any]]:
    """The keys of the project, by the simulator itself."""
    project = next(project for project in simulator.state()["projects"] if project["id"] == "proj_search")
    return list(project["api_keys"])


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for keys."""
    place = tmp_path / "keys"
    place.mkdir()
    return place


# A key for the next task


def test_the_next_task_can_use_a_hidden_key(both_ways: Ansible) -> None:
    secret = {"no_log": True, "register": "made"}
    use: TASK = {"assert": {"that": ["made.api_key.value_known", "made.api_key.value.startswith('sk-svcacct-')"]}}
    tasks: list[TASK] = [
        {"name": "predict", **with_key(), **secret, "check_mode": True},
        {"name": "remember the prediction", "set_fact": {"predicted": "{{ made.api_key }}"}},
        {"name": "issue", **with_key(), **secret},
        {"name": "use", **use},
        {
            "name": "compare",
            "assert": {
                "that": [
                    "predicted.keys() | sort == made.api_key.keys() | sort",
                    "not predicted.value_known",
                    "predicted.values() | select | list == []",
                ]
            },
        },
        {"name": "again", **with_key(), **secret},
        {
            "name": "nothing to use",
            "assert": {"that": ["made is not changed", "not made.api_key.value_known", "made.api_key.value is none"]},
        },
        {"name": "name the key", "debug": {"msg": "{{ made.api_key.id }}"}},
    ]
    run = play(both_ways, tasks)
    assert run.status == 0, run.output
    assert [task.changed for task in (run["predict"], run["issue"], run["again"])] == [True, True, False]
    assert run["predict"].writes == run["again"].writes == []
    assert [key["id"] for key in keys(both_ways.simulator)] == [run["name the key"].message]


def test_nothing_that_is_printed_holds_a_key(both_ways: Ansible, folder: Path) -> None:
    keep = {"copy": {"content": "{{ made.api_key.value }}", "dest": str(folder / "kept")}, "no_log": True}
    known = "{{ lookup('env', 'OPENAI_ADMIN_KEY') }}"
    tasks = [
        {"name": "hidden", **with_key("hidden"), "no_log": True, "register": "made"},
        {"name": "keep", **keep},
        {"name": "written", **with_key("written", api_key_path=str(folder / "written"), admin_key=known)},
        *attempts(
            {
                "with the key as an option": module("user_info", admin_key=known),
                "a failure": module("project", project_id="proj_default", name="x", admin_key=known),
                "the key where it does not belong": module("project", name="x", admin_key=known, nmae=known),
            }
        ),
    ]
    run = play(both_ways, tasks, "-vvvv", "--diff")
    assert len(messages(run)) == 2
    secrets = [both_ways.simulator.admin_key, (folder / "kept").read_text(), (folder / "written").read_text()]
    assert all(secret.startswith("sk-") for secret in secrets)
    assert [secret for secret in secrets if secret in run.output] == []
    assert [secret for secret in secrets if secret in str(run.tasks)] == []


def test_a_key_that_would_be_logged_is_refused_before_any_request(both_ways: Ansible) -> None:
    run = play(both_ways, attempts({"predict": {**with_key(), "check_mode": True}, "do": with_key()}))
    assert set(messages(run)) == {"predict", "do"}
    assert "no_log: true" in run["do"].message
    assert "api_key_path" in run["do"].message
    assert [task.requests for task in run.tasks] == [[], []]


@pytest.mark.parametrize("path", [ACCOUNTS, KEYS], ids=["create", "issue"])
def test_a_key_whose_only_copy_was_lost_is_revoked(path: str, both_ways: Ansible) -> None:
    name = "new" if path == ACCOUNTS else "search-api"
    task = {**with_key(name), "no_log": True, "register": "made", "ignore_errors": True}
    tasks = [
        control("lose the answer", "faults", {**LOST, "path": path}),
        {"name": "lost", **task},
        {"name": "say", "debug": {"msg": "{{ made.msg }}"}},
        {"name": "again", **task},
    ]
    run = play(both_ways, tasks)
    said = run["say"].message
    assert run["lost"].failed
    assert "is there, but the answer with its new key was lost. The new key key_" in said
    assert " was revoked. " in said
    assert said.endswith("un the task again: it issues another key.")
    assert not run["again"].failed
    assert len(keys(both_ways.simulator)) == 1
    assert len([account for account in accounts(both_ways.simulator) if account["name"] == name]) == 1


def accounts(simulator: Simulator) -> list[dict[str, Any]]:
    project = next(project for project in simulator.state()["projects"] if project["id"] == "proj_search")
    return list(project["service_accounts"])


def test_a_lost_key_that_cannot_be_revoked_is_named(ansible: Ansible, folder: Path) -> None:
    tasks = [
        control("keys stay", "behaviour", {"service_account_keys_deletable": False}),
        control("lose the answer", "faults", {**LOST, "path": ACCOUNTS}),
        *attempts({"lost": with_key(api_key_path=str(folder / "key"))}),
    ]
    run = play(ansible, tasks)
    (key,) = keys(ansible.simulator)
    assert f"The new key {key['id']} could not be revoked, so revoke it by hand." in run["lost"].message
    assert list(folder.iterdir()) == []


def test_an_answer_without_the_key_that_was_asked_for_fails(ansible: Ansible, folder: Path) -> None:
    account = {"id": "svc_new", "name": "new", "role": "member", "created_at": NOW}
    odd = {"kind": "body", "path": ACCOUNTS, "method": "POST", "body": account}
    tasks = [control("no key", "faults", odd), *attempts({"do": with_key(api_key_path=str(folder / "key"))})]
    assert "the answer contains no new key" in play(ansible, tasks)["do"].message
    assert list(folder.iterdir()) == []


# A key in a file


def test_a_file_holds_exactly_the_key_for_its_owner_alone(both_ways: Ansible, folder: Path) -> None:
    path = folder / "search-api.key"
    task = with_key(api_key_path=str(path))
    run = play(both_ways, attempts({"predict": {**task, "check_mode": True}, "do": task, "again": task}))
    assert [task.changed for task in run.tasks] == [True, True, False]
    assert [len(task.writes) for task in run.tasks] == [0, 1, 0]
    assert path.read_text().startswith("sk-svcacct-")
    assert path.read_text() == path.read_text().strip()
    assert mode_of(path) == 0o600
    assert [found.name for found in folder.iterdir()] == [path.name]


def test_a_key_in_a_file_is_not_returned(ansible: Ansible, folder: Path) -> None:
    task = with_key(api_key_path=str(folder / "key"))
    run = play(ansible, attempts({"predict": {**task, "check_mode": True}, "do": task, "again": task}), "--diff")
    assert [set(done.result["api_key"]) for done in run.tasks] == [SHOWN] * 3
    assert run["predict"].result["api_key"] == dict.fromkeys(SHOWN)
    assert run["do"].result["api_key"] == run["again"].result["api_key"]
    assert (folder / "key").read_text() not in str(run.tasks) + run.output


def test_check_mode_writes_no_file(ansible: Ansible, folder: Path) -> None:
    play(ansible, attempts({"predict": with_key(api_key_path=str(folder / "key"), mode="0640")}), "--check")
    assert list(folder.iterdir()) == []


def test_places_where_no_key_can_be_written_are_told_before_any_write(ansible: Ansible, folder: Path) -> None:
    (folder / "file").touch()
    (folder / "folder").mkdir()
    places = {
        "no folder": (folder / "none" / "key", f"The folder {folder}/none, where the new key should be written, does"),
        "a file for a folder": (folder / "file" / "key", f"The folder {folder}/file, where the new key should be"),
        "a folder for a file": (folder / "folder", f"{folder}/folder is a directory, not a file for the key."),
    }
    tasks = {name: with_key(api_key_path=str(path)) for name, (path, unused_words) in places.items()}
    predictions = {f"predict {name}": {**task, "check_mode": True} for name, task in tasks.items()}
    run = play(ansible, attempts({**tasks, **predictions}))
    for name, (unused_path, words) in places.items():
        assert run[name].message.startswith(words)
        assert run[f"predict {name}"].message == run[name].message
    assert run.writes == []


def test_a_file_that_was_lost_is_warned_about_where_that_is_allowed(ansible: Ansible, folder: Path) -> None:
    path = folder / "key"
    task = with_key(api_key_path=str(path), allow_missing_file=True)
    tasks = [
        {"name": "issue", **task},
        {"name": "lose", "file": {"path": str(path), "state": "absent"}},
        {"name": "predict", **task, "check_mode": True},
        {"name": "again", **task},
    ]
    run = play(ansible, tasks)
    key = run["issue"].result["api_key"]["id"]
    assert not run["again"].changed
    assert run["again"].warnings == run["predict"].warnings
    (warning,) = run["again"].warnings
    assert f"({key})" in warning
    assert "revoke that key first, then run the task again" in warning
    assert not path.exists()


def test_an_account_without_a_key_gets_one(ansible: Ansible, folder: Path) -> None:
    task = with_key("search-api", api_key_path=str(folder / "key"))
    run = play(ansible, attempts({"predict": {**task, "check_mode": True}, "do": task}))
    assert [task.changed for task in run.tasks] == [True, True]
    assert run["do"].result["service_account"]["id"] == "svc_api"
    assert [write["path"] for write in run.writes] == [
        "/organization/projects/proj_search/service_accounts/svc_api/api_keys"
    ]


def test_an_old_file_is_replaced_by_a_new_key(ansible: Ansible, folder: Path) -> None:
    path = folder / "key"
    path.write_text("something much longer than any key " * 10)
    path.chmod(0o644)
    play(ansible, attempts({"do": with_key(api_key_path=str(path))}))
    assert path.read_text().startswith("sk-svcacct-")
    assert len(path.read_text().split()) == 1
    assert mode_of(path) == 0o600


def test_a_file_gets_mode_owner_and_group(ansible: Ansible, folder: Path) -> None:
    path = folder / "key"
    owner = {"owner": pwd.getpwuid(os.getuid()).pw_name, "group": grp.getgrgid(os.getgid()).gr_name}
    first = with_key(api_key_path=str(path), mode="0640", **owner)
    tasks = {
        "do": first,
        "again": first,
        "predict another mode": {**with_key(api_key_path=str(path), mode="u=r,go="), "check_mode": True},
        "another mode": with_key(api_key_path=str(path), mode="u=r,go="),
        "no mode": with_key(api_key_path=str(path)),
    }
    run = play(ansible, attempts(tasks))
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [True, False, True, True, False]
    assert [len(task.writes) for task in run.tasks] == [1, 0, 0, 0, 0]
    assert mode_of(path) == 0o400


BAD_ATTRIBUTES = {"mode": "nonsense", "owner": "no-such-user", "group": "no-such-group"}


def test_attributes_that_cannot_be_are_told_before_a_key_is_issued(ansible: Ansible, folder: Path) -> None:
    tasks = {
        option: with_key(f"bad-{option}", api_key_path=str(folder / option), **{option: value})
        for option, value in BAD_ATTRIBUTES.items()
    }
    run = play(ansible, attempts(tasks))
    assert set(messages(run)) == set(BAD_ATTRIBUTES)
    assert run.writes == []
    assert keys(ansible.simulator) == []


@pytest.mark.parametrize("place", ["keys", "."], ids=["below it", "in it"])
def test_a_place_that_is_thrown_away_is_warned_about_once(place: str, ansible: Ansible, folder: Path) -> None:
    path = folder.parent / place / "key"
    task = with_key(api_key_path=str(path))
    tasks = attempts({"predict": {**task, "check_mode": True}, "do": task, "again": task})
    run = play(ansible, tasks, AWX_ISOLATED_DATA_DIR=str(folder.parent))
    expected = (
        f"{path} is in a container that is deleted after the job, together with the key."
        " Write it to a mounted volume, or pass it to a secret store in a later task."
    )
    assert [task.warnings for task in run.tasks] == [[expected]] * 3


def test_a_place_that_is_kept_is_not_warned_about(ansible: Ansible, folder: Path) -> None:
    tasks = attempts({"do": with_key(api_key_path=str(folder / "key"))})
    assert play(ansible, tasks, AWX_ISOLATED_DATA_DIR=f"{folder}-else")["do"].warnings == []


def test_a_key_that_cannot_be_put_in_place_is_revoked(ansible: Ansible, folder: Path) -> None:
    failed = play_while_the_place_is_taken(ansible, folder / "key", deletable=True)
    assert f"Could not write the new key to {folder}/key: Is a directory. The new key key_" in failed.message
    assert " was revoked." in failed.message
    assert failed.changed
    assert keys(ansible.simulator) == []
    assert [found.name for found in folder.iterdir()] == ["key"]


def test_a_key_that_can_neither_be_put_in_place_nor_revoked_is_named(ansible: Ansible, folder: Path) -> None:
    failed = play_while_the_place_is_taken(ansible, folder / "key", deletable=False)
    (key,) = keys(ansible.simulator)
    assert f"The new key {key['id']} could not be revoked, so revoke it by hand." in failed.message
    assert "delete the service account instead" in failed.message
    assert [found.name for found in folder.iterdir()] == ["key"]


def play_while_the_place_is_taken(ansible: Ansible, path: Path, deletable: bool) -> TaskRun:
    """Issue a key to a file in whose place a folder appears while the API takes its time."""
    take_place = f"until ls {path.parent}/.openai_admin_*; do sleep 0.1; done; mkdir {path}"
    tasks = [
        control("keys go or stay", "behaviour", {"service_account_keys_deletable": deletable}),
        control("take time", "faults", {"kind": "delay", "path": ACCOUNTS, "method": "POST", "seconds": 4}),
        {"name": "somebody takes the place", "shell": take_place, "async": 60, "poll": 0},
        *attempts({"do": with_key(api_key_path=str(path))}),
    ]
    return play(ansible, tasks)["do"]


def test_options_of_the_file_need_a_key(ansible: Ansible, folder: Path) -> None:
    path = str(folder / "key")
    tasks = {
        "no key": module("service_account", project_id="proj_search", name="new", api_key_path=path),
        "no account": with_key(api_key_path=path, state="absent"),
    }
    run = play_alike(ansible, attempts(tasks))
    assert messages(run) == dict.fromkeys(tasks, "api_key_path needs create_api_key: true, and state: present.")
    assert [task.requests for task in run.tasks] == [[], []]


@pytest.mark.parametrize(("role", "writes"), [("member", 1), ("none", 2), ("owner", 3)])
def test_a_key_is_the_last_thing_to_be_made(role: str, writes: int, ansible: Ansible, folder: Path) -> None:
    path = folder / role
    run = play(ansible, attempts({"do": with_key(role, role=role, api_key_path=str(path))}))
    assert len(run.writes) == writes
    assert run["do"].result["service_account"]["role"] == role
    assert path.read_text().startswith("sk-svcacct-")
