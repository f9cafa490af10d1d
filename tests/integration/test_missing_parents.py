# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks for a project that an earlier task of the playbook would create: what check mode predicts, what a run says."""

from __future__ import annotations

from typing import Any

import pytest
from integration.playbooks import Ansible, TaskRun, module
from integration.scenarios import ORGANIZATION, TASK, attempts, messages, play_alike

LATER = "Project 'later' does not exist"
NOT_THERE = "The project is not there (project_id is empty)"
GRANTED = ": predicted as if an earlier task had created it."
NOT_COMPARED = "The values of a rate limit could not be compared: what it belongs to is not there yet."

BY_NAME: TASK = {"project": "later"}
NO_ID: dict[str, TASK] = {
    "a null": {"project_id": None},
    "an empty string": {"project_id": ""},
    "blanks": {"project_id": "  "},
    "two nulls": {"project": None, "project_id": None},
}
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


def children(parent: TASK, *kinds: str, **more: Any) -> list[TASK]:
    """A task for each kind of thing that lies in a project."""
    chosen = kinds or tuple(CHILDREN)
    return attempts({kind: module(kind, **parent, **CHILDREN[kind], **more) for kind in chosen})


def readers(parent: TASK) -> list[TASK]:
    return attempts({kind: module(kind, **parent) for kind in LISTS})


def without_waiting_for(kind: str, warning: str) -> list[str]:
    """The warnings of a prediction: one for the project, and one where there is nothing to compare with."""
    return [warning, NOT_COMPARED] if kind == "rate_limit" else [warning]


def assert_predicted(task: TaskRun, warning: str, project: str | None) -> None:
    assert task.changed, task.name
    assert task.warnings == without_waiting_for(task.name, warning)
    assert task.result["diff"]["before"] is None
    assert (task.result[task.name]["project"], task.result[task.name]["project_id"]) == (project, None)


def test_a_project_that_is_not_there_yet_is_taken_for_granted_in_check_mode(ansible: Ansible) -> None:
    run = play_alike(ansible, children(BY_NAME), "--check", "--diff")
    for task in run.tasks:
        assert_predicted(task, LATER + GRANTED, "later")


@pytest.mark.parametrize("way", NO_ID)
def test_an_id_that_is_not_there_yet_is_taken_for_granted_in_check_mode(way: str, ansible: Ansible) -> None:
    run = play_alike(ansible, children(NO_ID[way]), "--check", "--diff")
    for task in run.tasks:
        assert_predicted(task, NOT_THERE + GRANTED, None)


def test_a_name_counts_where_the_id_is_not_there_yet(ansible: Ansible) -> None:
    run = play_alike(ansible, children({"project": "later", "project_id": None}), "--check", "--diff")
    for task in run.tasks:
        assert_predicted(task, LATER + GRANTED, "later")


def test_values_that_are_declared_are_predicted(ansible: Ansible) -> None:
    run = ansible.play(children(BY_NAME), "--check")
    predicted = {task.name: task.result[task.name] for task in run.tasks}
    assert predicted["project_user"]["email"] == "dev@example.com"
    assert predicted["project_user"]["role"] == "member"
    assert predicted["service_account"]["name"] == "search-api"
    assert predicted["rate_limit"]["max_requests_per_1_minute"] == 7
    assert {kind: known["id"] for kind, known in predicted.items()} == dict.fromkeys(CHILDREN)


def test_a_run_fails_and_names_the_project(ansible: Ansible) -> None:
    run = play_alike(ansible, children(BY_NAME))
    assert messages(run) == {
        "project_user": f"Could not add project user 'dev@example.com' of project 'later': {LATER}.",
        "service_account": f"Could not create service account 'search-api' of project 'later': {LATER}.",
        "rate_limit": f"Could not update rate limit 'gpt-5' of project 'later': {LATER}.",
    }
    assert run.writes == []


@pytest.mark.parametrize("way", NO_ID)
def test_a_run_fails_and_names_the_id(way: str, ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    run = ansible.play(children(NO_ID[way]))
    assert set(messages(run)) == set(CHILDREN)
    assert all(message.endswith(f"{NOT_THERE}.") for message in messages(run).values())
    assert run.writes == []


@pytest.mark.parametrize("options", [(), ("--check",)], ids=["run", "check"])
def test_there_is_nothing_to_remove_from_a_project_that_is_not_there(
    options: tuple[str, ...], ansible: Ansible
) -> None:
    run = play_alike(ansible, children(BY_NAME, *REMOVABLE, state="absent"), *options)
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [False, False]
    assert [task.result[task.name] for task in run.tasks] == [None, None]


def test_nothing_is_removed_by_an_empty_id(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    removals = children({"project_id": ""}, *REMOVABLE, state="absent")
    predicted = ansible.play(removals, "--check")
    assert [(task.changed, task.warnings) for task in predicted.tasks] == [(False, [NOT_THERE + GRANTED])] * 2
    run = ansible.play(removals)
    assert [task.failed for task in run.tasks] == [True, True]
    assert all(task.message.endswith(f"{NOT_THERE}.") for task in run.tasks)


@pytest.mark.parametrize("options", [(), ("--check",)], ids=["run", "check"])
def test_an_id_that_does_not_exist_fails(options: tuple[str, ...], ansible: Ansible) -> None:
    run = play_alike(ansible, children(UNKNOWN_ID) + readers(UNKNOWN_ID), *options)
    assert [task.failed for task in run.tasks] == [True] * len(run.tasks)
    assert all("No such project: proj_none (HTTP 404)." in task.message for task in run.tasks)
    assert [task.result["status_code"] for task in run.tasks] == [404] * len(run.tasks)
    assert run.writes == []


@pytest.mark.parametrize(
    ("parent", "missing"), [(BY_NAME, LATER), *((parent, NOT_THERE) for parent in NO_ID.values())]
)
def test_what_is_not_there_yet_is_read_as_an_empty_list_in_check_mode(
    parent: TASK, missing: str, ansible: Ansible
) -> None:
    ansible.simulator.reset(ORGANIZATION)
    run = ansible.play(readers(parent), "--check")
    assert {task.name: task.result.get(LISTS[task.name]) for task in run.tasks} == {kind: [] for kind in LISTS}
    assert [task.warnings for task in run.tasks] == [[missing + GRANTED]] * len(LISTS)


def test_what_is_not_there_cannot_be_read_in_a_run(ansible: Ansible) -> None:
    run = play_alike(ansible, readers(BY_NAME))
    assert messages(run) == {
        kind: f"Could not list the {plural.replace('_', ' ')}: {LATER}." for kind, plural in LISTS.items()
    }


@pytest.mark.parametrize("parent", [{"project_id": None}, {"project_id": ""}], ids=["a null", "an empty string"])
def test_an_empty_id_does_not_read_all_projects(parent: TASK, ansible: Ansible) -> None:
    run = play_alike(ansible, readers(parent))
    assert set(messages(run)) == set(LISTS)
    assert [task.requests for task in run.tasks] == [[]] * len(LISTS)


def test_a_person_is_added_by_id_to_a_project_that_is_not_there_yet(ansible: Ansible) -> None:
    by_id = module("project_user", project="later", user_id="user-dev")
    run = play_alike(ansible, attempts({"project_user": by_id}), "--check", "--diff")
    assert_predicted(run["project_user"], LATER + GRANTED, "later")
    assert run["project_user"].result["project_user"]["id"] == "user-dev"


def test_a_person_whom_a_project_lacks_is_added_by_id(ansible: Ansible) -> None:
    by_id = module("project_user", project_id="proj_search", user_id="user-ops")
    run = play_alike(ansible, attempts({"predict": {**by_id, "check_mode": True}, "do": by_id}))
    assert [task.changed for task in run.tasks] == [True, True]
    assert [task.warnings for task in run.tasks] == [[], []]


OWN_IDS = {
    "project": module("project", project_id="", external_key_id="x"),
    "project_user": module("project_user", project_id="proj_search", user_id=None),
    "service_account": module("service_account", project_id="proj_search", service_account_id=""),
}


def test_an_object_whose_id_is_not_there_yet_is_predicted(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts(OWN_IDS), "--check")
    assert [task.changed for task in run.tasks] == [True] * len(OWN_IDS)
    assert [len(task.warnings) for task in run.tasks] == [1] * len(OWN_IDS)


def test_an_object_cannot_be_changed_by_an_empty_id(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts(OWN_IDS))
    assert set(messages(run)) == set(OWN_IDS)
    assert all(task.message.endswith("_id is empty) is not there.") for task in run.tasks)
    assert run.writes == []


def test_a_stranger_is_found_out_although_the_project_is_not_there_yet(ansible: Ansible) -> None:
    stranger = module("project_user", project="later", email="nobody@example.com")
    run = play_alike(ansible, attempts({"add": stranger}), "--check")
    assert "nobody@example.com: invite them first." in run["add"].message
