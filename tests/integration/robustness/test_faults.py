# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An API that refuses, fails, stalls, or answers with something else: a clear error, and nothing done twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from integration.playbooks import Ansible, TaskRun, module
from integration.scenarios import SEARCH, TASK, attempts, control, messages, play, play_alike

PROJECTS = "/organization/projects"
PROJECT = f"{PROJECTS}/{{project_id}}"
MEMBERS = f"{PROJECT}/users"
ACCOUNTS = f"{PROJECT}/service_accounts"
LIMITS = f"{PROJECT}/rate_limits"
AT_ONCE = {"Retry-After-Ms": "1"}
CHECK = " Run the task again. If that does not help, check base_url, and any proxy in between."
FORGET = {"name": "forget faults", "somebody_else": {"control": True, "method": "DELETE", "path": "/faults"}}

Case = tuple[TASK, TASK, str]


def fault(kind: str, path: str, **details: Any) -> TASK:
    return {"kind": kind, "path": path, **details}


def under(faults: Mapping[str, tuple[TASK, TASK]]) -> list[TASK]:
    """Named tasks, each with a fault of its own."""
    return [
        step
        for name, (trouble, task) in faults.items()
        for step in (control("trouble", "faults", trouble), *attempts({name: task}), *end_of(trouble))
    ]


def end_of(trouble: TASK) -> list[TASK]:
    """Faults strike once unless they say otherwise."""
    return [FORGET] if "times" in trouble else []


def at_once(kind: str, **arguments: Any) -> TASK:
    """A task that does not try again."""
    return module(kind, max_wait=0, **arguments)


LIST = at_once("project_info")
NO_ANSWERS: Mapping[str, Case] = {
    "a page of a proxy": (
        fault("html", PROJECTS),
        LIST,
        "Could not list the projects: the answer is text/html, not JSON ('<html> <head><title>502 Bad"
        " Gateway</title></head> <body> <center><h1>502 Bad')." + CHECK,
    ),
    "a page of a proxy that failed": (
        fault("html", PROJECTS, status=502),
        LIST,
        "Could not list the projects: Bad Gateway (HTTP 502). The server failed: run again later.",
    ),
    "half an answer": (
        fault("truncate", PROJECTS),
        LIST,
        "Could not list the projects: the answer is not complete JSON." + CHECK,
    ),
    "an empty answer": (
        fault("body", PROJECTS, body=""),
        LIST,
        "Could not list the projects: the answer is not complete JSON." + CHECK,
    ),
    "a list": (
        fault("body", PROJECTS, body=[1]),
        LIST,
        "Could not list the projects: the answer is not a JSON object." + CHECK,
    ),
    "no listing": (
        fault("body", PROJECTS, body={"object": "list"}),
        LIST,
        "Could not list the projects: the answer is not a listing (it has no data)." + CHECK,
    ),
    "a listing of numbers": (
        fault("body", PROJECTS, body={"data": [1]}),
        LIST,
        "Could not list the projects: the answer is not a listing (it has no data)." + CHECK,
    ),
    "pages without an end": (
        fault("body", PROJECTS, body={"data": [], "has_more": True}),
        LIST,
        "Could not list the projects: the listing does not say where its next page begins." + CHECK,
    ),
    "the same page again and again": (
        fault("body", PROJECTS, body={"data": [], "has_more": True, "last_id": "proj_search"}, times=None),
        LIST,
        "Could not list the projects: the server repeats the page after 'proj_search'." + CHECK,
    ),
    "an object without an id": (
        fault("body", PROJECT, body={"object": "organization.project"}),
        at_once("project", **SEARCH, name="renamed"),
        "Could not read project proj_search: the answer is not a valid project (it has no id)." + CHECK,
    ),
    "words for an error": (
        fault("body", PROJECTS, status=400, body={"error": "just words"}),
        LIST,
        "Could not list the projects: just words (HTTP 400).",
    ),
    "an error without words": (
        fault("body", PROJECTS, status=403, body=[1]),
        LIST,
        "Could not list the projects: Forbidden (HTTP 403). The admin key may lack a permission, such as the scope"
        " api.management.read, or the organization's settings forbid it.",
    ),
    "no answer in time": (
        fault("delay", PROJECTS, seconds=1),
        at_once("project_info", timeout=0.2),
        "Could not list the projects: {origin} could not be reached (no answer within 0.2 s)." + CHECK,
    ),
    "no answer": (
        fault("drop", PROJECTS),
        LIST,
        "Could not list the projects: {origin} could not be reached (Remote end closed connection without response)."
        + CHECK,
    ),
}

LISTED_WITHOUT_ID = {
    "to use it": at_once("project_user", project="nameless", email="dev@example.com"),
    "to archive it": at_once("project", name="nameless", state="archived"),
    "to read from it": at_once("rate_limit_info"),
}


def test_an_answer_that_is_none_fails_clearly(ansible: Ansible) -> None:
    origin = ansible.simulator.url.removesuffix("/v1")
    run = play(ansible, under({name: (trouble, task) for name, (trouble, task, unused_words) in NO_ANSWERS.items()}))
    expected = {name: message.format(origin=origin) for name, (*unused_task, message) in NO_ANSWERS.items()}
    assert messages(run) == expected
    assert run.writes == []


def test_a_listed_project_without_an_id_fails_clearly(ansible: Ansible) -> None:
    trouble = fault("body", PROJECTS, body={"data": [{"name": "nameless"}]})
    run = play(ansible, under({name: (trouble, task) for name, task in LISTED_WITHOUT_ID.items()}))
    assert set(messages(run)) == set(LISTED_WITHOUT_ID)
    assert all(message.startswith("Could not list the projects: ") for message in messages(run).values())


def test_a_key_that_is_refused_is_told_in_the_servers_words(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts({"a wrong key": module("user_info", admin_key="sk-admin-another")}))
    task = run["a wrong key"]
    assert task.message == (
        "Could not list the users: Incorrect API key provided: sk-ad*** (HTTP 401)."
        " Check admin_key or OPENAI_ADMIN_KEY: only an organization's admin key works here."
    )
    facts = {name: task.result[name] for name in ("status_code", "error_code", "error_type", "error_param")}
    assert facts == {
        "status_code": 401,
        "error_code": "invalid_api_key",
        "error_type": "invalid_request_error",
        "error_param": None,
    }
    assert task.result["request_id"].startswith("req_")


def test_a_key_without_a_permission_is_told_which_one(ansible: Ansible) -> None:
    tasks = [
        control("lack scopes", "behaviour", {"missing_scopes": ["api.management.read", "api.management.write"]}),
        *attempts({"read": LIST}),
        control("lack one scope", "behaviour", {"missing_scopes": ["api.management.write"]}),
        *attempts({"write": module("project", name="new")}),
    ]
    run = play(ansible, tasks)
    assert messages(run) == {
        "read": "Could not list the projects: You have insufficient permissions for this operation. Missing scopes:"
        " api.management.read (HTTP 401). The admin key lacks a permission: use one with these scopes.",
        "write": "Could not create project 'new': You have insufficient permissions for this operation. Missing scopes:"
        " api.management.write (HTTP 401). The admin key lacks a permission: use one with these scopes.",
    }


def test_a_server_that_is_not_there_is_named(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts({"nobody": at_once("user_info", base_url="http://127.0.0.1:1/v1")}))
    assert messages(run) == {
        "nobody": "Could not list the users: http://127.0.0.1:1 could not be reached ([Errno 111] Connection refused)."
        + CHECK
    }


def test_a_limit_of_the_api_is_waited_for_with_one_warning(ansible: Ansible) -> None:
    limited = fault("status", PROJECTS, status=429, headers={"Retry-After": "1"})
    run = play_alike(
        ansible, [control("limit the rate", "faults", limited), *attempts({"list": module("project_info")})]
    )
    route = f"GET {PROJECTS}"
    assert run["list"].warnings == [
        f"The task took 1.0 s longer, because it waited for the API on {route}. Its limits are per minute and route."
    ]
    assert run["list"].result["requests"] == {route: {"sent": 2, "retries": 1, "waited": 1.0}}
    first, second = (request["at"] for request in run["list"].requests)
    assert second - first >= 1


def test_a_limit_of_the_api_is_not_waited_for_where_the_task_says_so(ansible: Ansible) -> None:
    limited = fault("status", PROJECTS, status=429, headers={"Retry-After": "1"})
    run = play(ansible, under({"list": (limited, LIST)}))
    assert messages(run) == {
        "list": "Could not list the projects: You're making too many requests, please slow down (HTTP 429)."
        " The limit of GET /organization/projects did not free up within max_wait: run again later, or raise max_wait."
    }


def test_a_create_that_was_refused_for_the_rate_is_sent_again(ansible: Ansible) -> None:
    limited = fault("status", PROJECTS, method="POST", status=429, headers=AT_ONCE)
    run = play(ansible, under({"create": (limited, module("project", name="new"))}))
    assert statuses(run["create"]) == [429, 200]


def test_a_server_that_failed_once_is_asked_again_without_a_word(ansible: Ansible) -> None:
    run = play(ansible, under({"list": (fault("status", PROJECTS, headers=AT_ONCE), module("project_info"))}))
    assert messages(run) == {}
    assert len(run["list"].requests) == 2
    assert run["list"].warnings == []
    assert "requests" not in run["list"].result


def test_a_server_that_keeps_failing_is_given_up(ansible: Ansible) -> None:
    broken = fault("status", PROJECTS, status=503, headers=AT_ONCE, times=None)
    run = play(ansible, under({"list": (broken, module("project_info"))}))
    assert run["list"].message == (
        "Could not list the projects: The service is temporarily overloaded, please try again later (HTTP 503)."
        " The server failed: run again later."
    )
    assert len(run["list"].requests) == 5


def statuses(task: TaskRun) -> list[int | None]:
    """How the server answered the writes of a task; null where it did not."""
    return [write["status"] for write in task.writes]


CREATED = {
    "project": (PROJECTS, module("project", name="new")),
    "project_user": (MEMBERS, module("project_user", **SEARCH, email="ops@example.com")),
    "service_account": (ACCOUNTS, module("service_account", **SEARCH, name="new", role="none")),
}
LOST: Mapping[str, TASK] = {
    "connection dropped": {"kind": "drop"},
    "server failed": {"kind": "status", "status": 500},
    "page of a proxy": {"kind": "html", "status": 502},
}


@pytest.mark.parametrize("how", LOST)
def test_what_was_created_is_not_created_twice_when_the_answer_is_lost(how: str, ansible: Ansible) -> None:
    faults = {
        kind: ({**LOST[how], "path": path, "method": "POST", "when": "after"}, task)
        for kind, (path, task) in CREATED.items()
    }
    again = {f"{kind} again": task for kind, (unused_path, task) in CREATED.items()}
    run = play(ansible, under(faults) + attempts(again))
    assert messages(run) == {}
    for kind in CREATED:
        assert run[kind].changed
        assert len(run[kind].writes) == 1
        assert not run[f"{kind} again"].changed
        assert run[kind].result[kind] == run[f"{kind} again"].result[kind]


def test_a_create_whose_answer_was_cut_off_is_not_sent_again(ansible: Ansible) -> None:
    faults = {kind: (fault("truncate", path, method="POST"), task) for kind, (path, task) in CREATED.items()}
    run = play(ansible, under(faults))
    assert {kind: statuses(run[kind]) for kind in CREATED} == {kind: [200] for kind in CREATED}
    assert {kind: run[kind].changed for kind in CREATED} == dict.fromkeys(CREATED, True)


@pytest.mark.series(1)
@pytest.mark.parametrize("how", LOST)
def test_what_was_not_created_is_created_by_the_second_attempt(how: str, ansible: Ansible) -> None:
    faults = {kind: ({**LOST[how], "path": path, "method": "POST"}, task) for kind, (path, task) in CREATED.items()}
    run = play(ansible, under(faults))
    assert messages(run) == {}
    for kind in CREATED:
        assert statuses(run[kind])[1:] == [200]
        assert run[kind].result[kind]["id"]


def test_a_create_that_keeps_failing_fails(ansible: Ansible) -> None:
    broken = fault("status", PROJECTS, method="POST", headers=AT_ONCE, times=None)
    run = play(ansible, under({"create": (broken, module("project", name="new"))}))
    assert run["create"].message == (
        "Could not create project 'new': The server had an error while processing your request (HTTP 500)."
        " The server failed: run again later. Whether the change was made is unknown: the next run reads the current"
        " state and continues."
    )
    assert set(statuses(run["create"])) == {500}
    assert not run["create"].changed


def test_a_create_of_which_nobody_can_know_says_so(ansible: Ansible) -> None:
    create = at_once("project", name="new", allow_archived_namesake=True)
    tasks = [
        control("the listing before succeeds", "faults", fault("delay", PROJECTS, method="GET", seconds=0)),
        control("the answer is lost", "faults", fault("drop", PROJECTS, method="POST", when="after")),
        control("the listing afterwards fails", "faults", fault("status", PROJECTS, method="GET")),
        *attempts({"create": create, "again": create}),
    ]
    run = play(ansible, tasks)
    assert "Whether it was done could not be read either." in run["create"].message
    assert "Run the task again: it reads the current state and continues." in run["create"].message
    assert len(run["create"].writes) == 1
    assert run["again"].writes == []


def test_updates_and_removals_are_sent_again(ansible: Ansible) -> None:
    after = {"when": "after", "headers": AT_ONCE}
    limit = module("rate_limit", **SEARCH, model="gpt-5", max_requests_per_1_minute=1)
    role = module("service_account", **SEARCH, name="search-api", role="owner")
    removal = module("service_account", **SEARCH, name="search-api", state="absent")
    faults = {
        "limit": (fault("status", f"{LIMITS}/*", **after), limit),
        "role": (fault("status", f"{ACCOUNTS}/*", **after), role),
        "removal": (fault("status", f"{ACCOUNTS}/*", **after), removal),
    }
    run = play(ansible, under(faults))
    assert messages(run) == {}
    assert {name: statuses(run[name]) for name in faults} == {
        "limit": [500, 200],
        "role": [500, 200],
        "removal": [500, 404],
    }


def test_what_somebody_else_removed_meanwhile_is_gone(ansible: Ansible) -> None:
    gone = {
        "service_account": (
            fault("status", f"{ACCOUNTS}/*", method="DELETE", status=404),
            module("service_account", **SEARCH, name="search-api", state="absent"),
        ),
        "project_user": (
            fault("status", f"{MEMBERS}/*", method="DELETE", status=404),
            module("project_user", **SEARCH, email="dev@example.com", state="absent"),
        ),
    }
    assert messages(play(ansible, under(gone))) == {}


def test_a_removal_whose_answer_was_lost_is_done(ansible: Ansible) -> None:
    lost = {
        "project_user": (
            fault("status", f"{MEMBERS}/*", method="DELETE", when="after", headers=AT_ONCE),
            module("project_user", **SEARCH, email="dev@example.com", state="absent"),
        ),
        "project": (
            fault("status", f"{PROJECT}/archive", method="POST", when="after", headers=AT_ONCE),
            module("project", **SEARCH, state="archived"),
        ),
    }
    tasks = [control("refuse the second attempt", "behaviour", {"remove_non_member": 400, "archive_twice": 400})]
    run = play(ansible, tasks + under(lost))
    assert messages(run) == {}
    assert run["project"].result["project"]["status"] == "archived"


def test_a_failure_between_two_writes_says_what_was_done(ansible: Ansible) -> None:
    refused = fault("status", f"{ACCOUNTS}/{{service_account_id}}", method="POST", status=400, message="Not today.")
    run = play_alike(ansible, under({"create": (refused, module("service_account", **SEARCH, name="new"))}))
    assert run["create"].changed
    assert run["create"].result["done"] == ["create service account 'new' of project proj_search"]
    assert run["create"].message == (
        "Could not update service account 'new' of project proj_search: Not today (HTTP 400)."
        " Done before that: create service account 'new' of project proj_search."
        " Add role: member to the task: the next run would not set that by itself."
    )
