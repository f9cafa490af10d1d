# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks for a project that an earlier task of the playbook would create: what check mode predicts, what a run says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from integration.playbooks import Ansible, TaskRun, module
from integration.scenarios import TASK, asked, attempts, messages, play, play_alike
from simulator import Simulator

LATER = "Project 'later' does not exist"
NOT_THERE = "project_id is empty and names no project"
GRANTED = ": predicted as if an earlier task had created it."
SEARCH = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "projects": [{"name": "search", "id": "proj_search"}],
}
NOT_COMPARED = "The values of a rate limit could not be compared: the object to which it belongs does not exist yet."

NAMED: dict[str, TASK] = {
    "a name": {"project": "later"},
    "a name and a null": {"project": "later", "project_id": None},
    "a name and an empty id": {"project": "later", "project_id": ""},
}
NAMELESS: dict[str, TASK] = {
    "a null": {"project_id": None},
    "an empty string": {"project_id": ""},
    "blanks": {"project_id": "  "},
    "two nulls": {"project": None, "project_id": None},
}
WAYS = {**NAMED, **NAMELESS}
UNKNOWN_ID: TASK = {"project_id": "proj_none"}

CHILDREN: dict[str, TASK] = {
    "project_user": {"email": "dev@example.com"},
    "service_account": {"name": "search-api"},
    "rate_limit": {"model": "gpt-5", "max_requests_per_1_minute": 7},
}
REMOVABLE = ("project_user", "service_account")
LISTS = {
    "project_user_info": "project_users",
    "service_account_info": "service_accounts",
    "rate_limit_info": "rate_limits",
}
OWN_IDS = {
    "project": module("project", project_id="", residency="EU_STORAGE_PROCESSING"),
    "project_user": module("project_user", project_id="proj_search", user_id=None),
    "service_account": module("service_account", project_id="proj_search", service_account_id=""),
}


def children(parent: TASK, *kinds: str, **more: Any) -> list[TASK]:
    """A task for each kind of thing that lies in a project."""
    return attempts({kind: module(kind, **parent, **CHILDREN[kind], **more) for kind in kinds or CHILDREN})


def readers(parent: TASK) -> list[TASK]:
    return attempts({kind: module(kind, **parent) for kind in LISTS})


def play_each_way(ansible: Ansible, tasks: Callable[[TASK], list[TASK]], *options: str) -> list[tuple[str, TaskRun]]:
    """Tasks for each way to name a project that is not there, in one playbook."""
    expected = [(way, task) for way, parent in WAYS.items() for task in tasks(parent)]
    run = play(ansible, [task for unused_way, task in expected], *options)
    return [(way, task) for (way, unused_task), task in zip(expected, run.tasks, strict=True)]


def missing(way: str) -> str:
    return LATER if way in NAMED else NOT_THERE


def assert_predicted(task: TaskRun, way: str) -> None:
    """Created, with one warning for the project, and one more where there is nothing to compare with."""
    assert task.changed, task.name
    assert task.warnings == [missing(way) + GRANTED] + [NOT_COMPARED] * (task.name == "rate_limit")
    assert task.result["diff"]["before"] is None
    predicted = task.result[task.name]
    assert (predicted["project"], predicted["project_id"]) == ("later" if way in NAMED else None, None)


def test_a_project_that_is_not_there_yet_is_taken_for_granted_in_check_mode(ansible: Ansible) -> None:
    for way, task in play_each_way(ansible, children, "--check", "--diff"):
        assert_predicted(task, way)


def test_what_is_not_there_yet_is_read_as_an_empty_list_in_check_mode(ansible: Ansible) -> None:
    for way, task in play_each_way(ansible, readers, "--check"):
        assert task.result.get(LISTS[task.name]) == [], way
        assert task.warnings == [missing(way) + GRANTED]


def test_a_run_fails_and_says_what_is_missing(ansible: Ansible) -> None:
    for way, task in play_each_way(ansible, lambda parent: children(parent) + readers(parent)):
        assert task.failed, way
        assert task.message.endswith(f": {missing(way)}.")
        assert task.writes == []


def test_predictions_are_the_same_in_modules(ansible: Ansible) -> None:
    run = play_alike(ansible, children(WAYS["a name"]) + readers(WAYS["a null"]), "--check", "--diff")
    assert messages(run) == {}


def test_failures_are_the_same_in_modules(ansible: Ansible) -> None:
    run = play_alike(ansible, children({"project": "later"}) + readers({"project": "later"}))
    assert messages(run) == {
        "project_user": f"Could not add project user 'dev@example.com' of project 'later': {LATER}.",
        "service_account": f"Could not create service account 'search-api' of project 'later': {LATER}.",
        "rate_limit": f"Could not update rate limit 'gpt-5' of project 'later': {LATER}.",
        "project_user_info": f"Could not list the project users: {LATER}.",
        "service_account_info": f"Could not list the service accounts: {LATER}.",
        "rate_limit_info": f"Could not list the rate limits: {LATER}.",
    }


def test_what_a_task_declares_is_predicted(ansible: Ansible) -> None:
    run = play(ansible, children({"project": "later"}), "--check")
    predicted = {task.name: task.result[task.name] for task in run.tasks}
    assert {kind: known["id"] for kind, known in predicted.items()} == {
        **dict.fromkeys(CHILDREN),
        "project_user": "user-dev",  # a person is there before the project is
    }
    for kind, declared in CHILDREN.items():
        assert declared.items() <= predicted[kind].items()
    assert predicted["project_user"]["role"] == predicted["service_account"]["role"] == "member"


@pytest.mark.parametrize("options", [(), ("--check",)], ids=["run", "check"])
def test_there_is_nothing_to_remove_from_a_project_that_is_not_there(
    options: tuple[str, ...], ansible: Ansible
) -> None:
    run = play(ansible, children({"project": "later"}, *REMOVABLE, state="absent"), *options)
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [False, False]
    assert [task.result[task.name] for task in run.tasks] == [None, None]


def test_nothing_is_removed_by_an_empty_id(ansible: Ansible) -> None:
    removals = children({"project_id": ""}, *REMOVABLE, state="absent")
    predicted = play(ansible, removals, "--check")
    assert [(task.changed, task.warnings) for task in predicted.tasks] == [(False, [NOT_THERE + GRANTED])] * 2
    run = play(ansible, removals)
    assert [task.failed for task in run.tasks] == [True, True]
    assert all(task.message.endswith(f": {NOT_THERE}.") for task in run.tasks)


@pytest.mark.parametrize("options", [(), ("--check",)], ids=["run", "check"])
def test_an_id_that_does_not_exist_fails(options: tuple[str, ...], ansible: Ansible) -> None:
    removals = [{**task, "name": f"remove {task['name']}"} for task in children(UNKNOWN_ID, *REMOVABLE, state="absent")]
    run = play(ansible, children(UNKNOWN_ID) + readers(UNKNOWN_ID) + removals, *options)
    assert [task.failed for task in run.tasks] == [True] * len(run.tasks)
    assert all("No such project: proj_none (HTTP 404)." in task.message for task in run.tasks)
    assert [task.result["status_code"] for task in run.tasks] == [404] * len(run.tasks)
    assert run.writes == []


GONE = "The project 'later' was archived on 2026-01-01: archived projects cannot be changed or used."


@pytest.mark.parametrize("kind", [*CHILDREN, *LISTS, "invite"])
def test_check_mode_says_that_a_project_was_archived(kind: str, simulator: Simulator) -> None:
    """An earlier task may still create it, so check mode does not refuse; a real run fails with the same words."""
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}],
            "projects": [{"name": "later", "status": "archived", "archived_at": 1767225600}],
        }
    )
    invite = {"email": "new@example.com", "projects": [{"project": "later"}]}
    task = invite if kind == "invite" else {"project": "later", **CHILDREN.get(kind, {})}
    outcome = perform(simulator, kind, check=True, **task)
    (warning,) = [each for each in outcome.warnings if each != NOT_COMPARED]
    assert warning == f"{LATER}{GRANTED} {GONE}"
    with pytest.raises(AdminError) as refused:
        perform(simulator, kind, **task)
    assert f"{LATER}. {GONE}" in refused.value.message
    assert simulator.requests(writes=True) == []


def test_an_empty_id_does_not_read_all_projects(ansible: Ansible) -> None:
    assert asked(play(ansible, readers({"project_id": None}) + readers({"project_id": ""}))) == []


def test_a_person_is_added_by_id_to_a_project_that_is_not_there_yet(ansible: Ansible) -> None:
    by_id = module("project_user", project="later", user_id="user-dev")
    run = play(ansible, attempts({"project_user": by_id}), "--check", "--diff")
    assert_predicted(run["project_user"], "a name")
    assert run["project_user"].result["project_user"]["id"] == "user-dev"


def test_a_person_whom_a_project_lacks_is_added_by_id(ansible: Ansible) -> None:
    by_id = module("project_user", project_id="proj_search", user_id="user-ops")
    run = play(ansible, attempts({"predict": {**by_id, "check_mode": True}, "do": by_id}))
    assert [(task.changed, task.warnings) for task in run.tasks] == [(True, []), (True, [])]


@pytest.mark.parametrize("check", [True, False])
def test_an_id_that_nobody_has_is_refused(simulator: Simulator, check: bool) -> None:
    simulator.reset(SEARCH)
    with pytest.raises(AdminError, match="user-nobody"):
        perform(simulator, "project_user", check=check, project_id="proj_search", user_id="user-nobody")


def test_a_prediction_does_not_need_to_read_people(simulator: Simulator) -> None:
    simulator.reset(SEARCH)
    simulator.fault("status", "/organization/users/{user_id}", "GET", status=403)
    task = {"project_id": "proj_search", "user_id": "user-nobody"}
    assert perform(simulator, "project_user", check=True, **task).changed


def test_a_stranger_is_found_out_although_the_project_is_not_there_yet(ansible: Ansible) -> None:
    stranger = module("project_user", project="later", email="nobody@example.com")
    run = play(ansible, attempts({"add": stranger}), "--check")
    assert "nobody@example.com: invite them first." in run["add"].message


def test_an_object_whose_id_is_not_there_yet_is_predicted(ansible: Ansible) -> None:
    run = play(ansible, attempts(OWN_IDS), "--check")
    assert [(task.changed, len(task.warnings)) for task in run.tasks] == [(True, 1)] * len(OWN_IDS)


def test_an_object_cannot_be_changed_by_an_empty_id(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts(OWN_IDS))
    assert messages(run) == {
        "project": "Could not create project: project_id is empty and names no project.",
        "project_user": "Could not add project user of project proj_search:"
        " user_id is empty and names no project user.",
        "service_account": "Could not create service account of project proj_search:"
        " service_account_id is empty and names no service account.",
    }
    assert run.writes == []


@pytest.mark.parametrize(
    ("module", "task"),
    [
        ("user", {"user_id": ""}),
        ("invite", {"invite_id": ""}),
        ("certificate", {"certificate_id": ""}),
        ("project_user", {"project": "search", "user_id": ""}),
        ("service_account", {"project": "search", "service_account_id": ""}),
    ],
)
def test_nothing_is_removed_by_an_empty_id_of_its_own(module: str, task: dict[str, str], simulator: Simulator) -> None:
    """It may be that of something which is there: a run fails, a prediction warns."""
    simulator.reset(SEARCH)
    missing = f"{next(reversed(task))} is empty"
    predicted = perform(simulator, module, check=True, state="absent", **task)
    assert not predicted.changed
    assert any(missing in warning for warning in predicted.warnings)
    with pytest.raises(AdminError, match=missing):
        perform(simulator, module, state="absent", **task)


def test_a_key_of_an_account_that_is_not_there_yet_has_no_account_id(simulator: Simulator) -> None:
    simulator.reset(SEARCH)
    task = {"project": "search", "service_account_id": "", "name": "new"}
    key = perform(simulator, "project_api_key", check=True, hidden=True, **task).returns["project_api_key"]
    assert (key["service_account"], key["service_account_id"]) == (None, None)


@pytest.mark.parametrize("account", [{"service_account": "api"}, {"service_account_id": "svc_gone"}])
def test_an_absent_key_of_an_account_that_is_not_there_costs_no_look_for_the_account(
    account: dict[str, str], simulator: Simulator
) -> None:
    simulator.reset(SEARCH)
    absent = {"project_id": "proj_search", **account, "name": "old", "state": "absent"}
    assert not perform(simulator, "project_api_key", **absent).changed
    assert [each["path"] for each in simulator.requests()] == ["/organization/projects/proj_search/api_keys"]


def test_a_key_that_does_not_say_which_account_it_is_of_could_be_the_one(simulator: Simulator) -> None:
    within = {
        "service_accounts": [{"name": "api", "id": "svc_api"}],
        "api_keys": [{"name": "new", "service_account": "api"}],
    }
    simulator.reset({**SEARCH, "projects": [{"name": "search", "id": "proj_search", **within}]})
    route = "/organization/projects/{project_id}/api_keys"
    simulator.fault("shape", route, "GET", times=None, at=["data", 0, "owner"], body={"type": "service_account"})
    task = {"project_id": "proj_search", "service_account_id": "svc_api", "name": "new"}
    with pytest.raises(AdminError, match="does not show whose"):
        perform(simulator, "project_api_key", hidden=True, **task)
