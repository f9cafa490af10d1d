# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Info modules: what they return, whatever the size of pages, and how a task narrows it down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from integration.direct import perform
from integration.playbooks import Ansible, PlaybookRun, TaskRun, module
from integration.scenarios import SEARCH, TASK, attempts, control, messages, play, play_alike
from simulator import Simulator

OF_PROJECTS = (
    "data_retention_info",
    "project_api_key_info",
    "project_user_info",
    "rate_limit_info",
    "service_account_info",
    "spend_limit_info",
)
MEMBERS = ["user-owner", "user-dev"]
ACCOUNTS = ["svc_api", "svc_bot_1", "svc_bot_2"]
MODELS = ["rl-gpt-5", "rl-gpt-image-1"]
ACTIVE = ["proj_default", "proj_search", "proj_twin_1", "proj_twin_2"]

Reads = Mapping[str, tuple[TASK, list[str]]]

READS: Reads = {
    "active projects": (module("project_info"), ACTIVE),
    "archived projects too": (module("project_info", include_archived=True), [*ACTIVE, "proj_old"]),
    "a project": (module("project_info", name="search-prod"), ["proj_search"]),
    "all projects of a name": (module("project_info", name="twin"), ["proj_twin_1", "proj_twin_2"]),
    "an archived project that nobody asks for": (module("project_info", name="old"), []),
    "an archived project": (module("project_info", name="old", include_archived=True), ["proj_old"]),
    "an archived project by id": (module("project_info", project_id="proj_old"), ["proj_old"]),
    "no such project": (module("project_info", name="never"), []),
    "no such id": (module("project_info", project_id="proj_none"), []),
    "an id before a name": (module("project_info", name="twin", project_id="proj_search"), ["proj_search"]),
    "two projects": (module("project_info", max_results=2), ACTIVE[:2]),
    "everybody": (module("user_info"), ["user-owner", "user-dev", "user-ops"]),
    "some people": (
        module("user_info", emails=["OPS@example.com", "nobody@example.com", "owner@example.com"]),
        ["user-owner", "user-ops"],
    ),
    "a person": (module("user_info", email="dev@example.com"), ["user-dev"]),
    "nobody in particular": (module("user_info", emails=[]), []),
    "nobody": (module("user_info", emails=["nobody@example.com"]), []),
    "a person by id": (module("user_info", user_id="user-ops"), ["user-ops"]),
    "some people, an id being empty": (module("user_info", user_id="", emails=["dev@example.com"]), ["user-dev"]),
    "a person by id, whatever the addresses": (
        module("user_info", user_id="user-ops", emails=["dev@example.com"]),
        ["user-ops"],
    ),
    "a person by id, no address": (module("user_info", user_id="user-ops", emails=[]), ["user-ops"]),
    "nobody by id": (module("user_info", user_id="user-none"), []),
    "one person": (module("user_info", max_results=1), ["user-owner"]),
    "members": (module("project_user_info", **SEARCH), MEMBERS),
    "members by name": (module("project_user_info", project="search-prod"), MEMBERS),
    "a member": (module("project_user_info", **SEARCH, email="Dev@Example.com"), ["user-dev"]),
    "a member by id": (module("project_user_info", **SEARCH, user_id="user-dev"), ["user-dev"]),
    "no member": (module("project_user_info", **SEARCH, email="ops@example.com"), []),
    "no member by id": (module("project_user_info", **SEARCH, user_id="user-ops"), []),
    "members anywhere": (
        module("project_user_info"),
        ["user-owner", "user-owner", "user-dev", "user-owner", "user-owner"],
    ),
    "a member anywhere": (module("project_user_info", email="dev@example.com"), ["user-dev"]),
    "a member anywhere by id": (module("project_user_info", user_id="user-dev"), ["user-dev"]),
    "three members anywhere": (module("project_user_info", max_results=3), ["user-owner", "user-owner", "user-dev"]),
    "accounts": (module("service_account_info", **SEARCH), ["svc_api"]),
    "accounts anywhere": (module("service_account_info"), ACCOUNTS),
    "accounts of a name": (module("service_account_info", name="bot"), ["svc_bot_1", "svc_bot_2"]),
    "an account by id": (module("service_account_info", **SEARCH, service_account_id="svc_api"), ["svc_api"]),
    "no accounts": (module("service_account_info", project_id="proj_twin_1"), []),
    "accounts of projects that are known": (
        module("service_account_info", projects=[{"id": "proj_search", "name": "search-prod"}, {"id": "proj_twin_1"}]),
        ["svc_api"],
    ),
    "accounts of no projects": (module("service_account_info", projects=[]), []),
    "two accounts": (module("service_account_info", max_results=2), ACCOUNTS[:2]),
    "limits": (module("rate_limit_info", **SEARCH), MODELS),
    "limits of a model": (module("rate_limit_info", **SEARCH, model="gpt-5"), ["rl-gpt-5"]),
    "limits of no model": (module("rate_limit_info", **SEARCH, model="gpt-6"), []),
    "limits of a model anywhere": (module("rate_limit_info", model="gpt-image-1"), ["rl-gpt-image-1"] * 4),
    "limits anywhere": (module("rate_limit_info"), MODELS * 4),
}
ALIKE = (
    "archived projects too",
    "all projects of a name",
    "some people",
    "a person",
    "members anywhere",
    "accounts of a name",
    "limits of a model",
)
PLURALS = {
    "project_info": "projects",
    "user_info": "users",
    "project_user_info": "project_users",
    "service_account_info": "service_accounts",
    "rate_limit_info": "rate_limits",
    "invite_info": "invites",
    "project_api_key_info": "project_api_keys",
}


def plural(task: TASK) -> str:
    """The key under which a task returns what it read."""
    return PLURALS[next(iter(task)).rsplit(".", 1)[-1]]


def ids(task: TaskRun) -> list[str]:
    return [item["id"] for item in task.result[plural(READS[task.name][0])]]


def tasks_of(reads: Reads) -> list[TASK]:
    return attempts({name: task for name, (task, unused_ids) in reads.items()})


def play_with_pages(ansible: Ansible, size: int | None, tasks: list[TASK], *options: str) -> PlaybookRun:
    return play(ansible, [control("size of pages", "behaviour", {"page_size": size}), *tasks], *options)


@pytest.mark.parametrize("size", [None, 1, 2], ids=["large pages", "pages of one", "pages of two"])
def test_all_that_is_asked_for_comes_back(size: int | None, ansible: Ansible) -> None:
    run = play_with_pages(ansible, size, tasks_of(READS))
    assert messages(run) == {}
    assert {name: ids(run[name]) for name in READS} == {
        name: expected for name, (unused_task, expected) in READS.items()
    }


def test_reading_is_the_same_in_check_mode(ansible: Ansible) -> None:
    real, checked = (play_with_pages(ansible, None, tasks_of(READS), *options) for options in ((), ("--check",)))
    assert [task.result for task in checked.tasks[1:]] == [task.result for task in real.tasks[1:]]
    assert [task.changed for task in checked.tasks[1:]] == [False] * len(READS)


def test_reading_is_the_same_in_modules(ansible: Ansible) -> None:
    run = play_alike(ansible, tasks_of({name: READS[name] for name in ALIKE}))
    assert {name: ids(run[name]) for name in ALIKE} == {name: READS[name][1] for name in ALIKE}


def test_items_say_which_project_they_are_of(ansible: Ansible) -> None:
    run = play(ansible, tasks_of(READS))
    places = {
        name: [(item["project"], item["project_id"]) for item in run[name].result[plural(READS[name][0])]]
        for name in ("accounts anywhere", "members by name", "accounts", "accounts of projects that are known")
    }
    assert places == {
        "accounts anywhere": [("search-prod", "proj_search"), ("twin", "proj_twin_2"), ("twin", "proj_twin_2")],
        "members by name": [("search-prod", "proj_search")] * 2,
        "accounts": [(None, "proj_search")],
        "accounts of projects that are known": [("search-prod", "proj_search")],
    }


@pytest.mark.parametrize("named", [{"project": "search-prod"}, {"project_id": "proj_search"}, {"project_id": ""}])
@pytest.mark.parametrize("name", OF_PROJECTS)
def test_one_project_and_several_exclude_each_other(simulator: Simulator, name: str, named: dict[str, str]) -> None:
    simulator.clear()
    with pytest.raises(BadInput, match=f"^{next(iter(named))} and projects exclude each other"):
        perform(simulator, name, projects=[], **named)
    assert simulator.requests() == []


def test_projects_that_are_known_have_ids(ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": module("rate_limit_info", projects=[{"name": "search-prod"}])}))
    assert messages(run) == {"read": "Each entry of projects needs an id. Pass what project_info returns."}
    assert run["read"].requests == []


def test_people_are_looked_up_by_their_addresses_with_one_request(ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": module("user_info", emails=["OPS@example.com", "owner@example.com"])}))
    (request,) = run["read"].requests
    assert request["query"]["emails[]"] == ["OPS@example.com", "owner@example.com"]


def test_the_list_decides_where_a_filter_does_not_find_everybody(ansible: Ansible) -> None:
    run = play(ansible, tasks_of({"some people": READS["some people"]}))
    filtered, listed = run["some people"].requests
    assert filtered["query"]["emails[]"] == ["OPS@example.com", "nobody@example.com", "owner@example.com"]
    assert "emails[]" not in listed["query"]


def test_no_more_is_read_than_a_task_wants(ansible: Ansible) -> None:
    run = play_with_pages(ansible, 1, attempts({"read": module("user_info", max_results=2)}))
    assert len(run["read"].requests) == 2


def test_archived_projects_are_not_looked_into(ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": module("rate_limit_info")}))
    assert [request["path"] for request in run["read"].requests if "proj_old" in request["path"]] == []


NOTHING = {"users": [{"email": "owner@example.com", "role": "owner"}], "projects": []}


def test_an_empty_organization_reads_as_empty_lists(ansible: Ansible) -> None:
    tasks = attempts({name: module(name) for name in PLURALS if name != "user_info"})
    run = play_alike(ansible, tasks, organization=NOTHING)
    assert {task.name: task.result[PLURALS[task.name]] for task in run.tasks} == {task["name"]: [] for task in tasks}


def test_a_project_that_cannot_be_read_fails_the_task(ansible: Ansible) -> None:
    path = "/organization/projects/proj_twin_1/service_accounts"
    forbidden: dict[str, Any] = {"kind": "status", "path": path, "status": 403, "message": "Not yours."}
    tasks = [control("forbid", "faults", forbidden), *attempts({"read": module("service_account_info")})]
    run = play(ansible, tasks)
    said = "Could not list the service accounts of project 'twin': Not yours (HTTP 403). The admin key may lack"
    assert messages(run)["read"].startswith(said)


def test_a_result_that_awx_would_cut_says_how_to_narrow_it(ansible: Ansible) -> None:
    tasks = [{"name": "rate limits", **module("rate_limit_info", project="Default project")}]
    cut = ansible.play(tasks, MAX_EVENT_RES="500")["rate limits"]
    assert re.fullmatch(
        r"The result has \d{4} bytes, and AWX keeps 500 of an event\. The playbook gets all of it; to see it in AWX,"
        r" narrow it by options such as project, include or max_results\.",
        cut.warnings[0],
    )
    assert len(cut.result["rate_limits"]) > 1
    for variables in {"MAX_EVENT_RES": "700000"}, {"MAX_EVENT_RES": ""}, {}:
        assert ansible.play(tasks, **variables)["rate limits"].warnings == []
