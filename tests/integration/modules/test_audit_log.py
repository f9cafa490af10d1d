# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit log as playbooks read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import CHECK
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import NOW, TASK, asked, attempts, control, messages, play_alike

KIND = "audit_log_info"


def event(number: int, kind: str = "project.updated", **more: Any) -> dict[str, Any]:
    """An event, the later the greater its number."""
    actor = {"email": "dev@example.com"}
    details = {"id": "proj_search"}
    at = NOW - 1000 + number
    return {"id": f"audit_log-{number}", "type": kind, "effective_at": at, "actor": actor, "details": details, **more}


ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "dev@example.com", "id": "user-dev"},
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {"name": "search-prod", "id": "proj_search"},
        {"name": "old", "id": "proj_old", "status": "archived", "archived_at": "2026-10-20"},
    ],
    "audit_events": [
        event(0),
        event(1, "login.succeeded", details={}, actor={"email": "owner@example.com"}),
        event(2, project="search-prod", details={"id": "proj_search", "changes_requested": {"title": "find"}}),
        event(3, "api_key.created", details={"id": "key_1"}, actor={"user_id": "user-dev", "api_key_id": "key_0"}),
        event(4, "tenant.user.added", details={}),
        event(5, "project.archived", project="old", details={"id": "proj_old"}),
    ],
    "behaviour": {"clock": NOW},
}


def play(ansible: Ansible, tasks: list[TASK], *options: str, **organization: Any) -> PlaybookRun:
    ansible.simulator.reset({**ORGANIZATION, **organization})
    return ansible.play(tasks, *options)


READS: Mapping[str, tuple[TASK, list[int]]] = {
    "all": ({}, [5, 3, 2, 1, 0]),
    "of the tenant": ({"tenant_only": True}, [4]),
    "not of the tenant": ({"tenant_only": False}, [5, 3, 2, 1, 0]),
    "types": ({"event_types": ["project.updated", "project.archived"]}, [5, 2, 0]),
    "a person": ({"actor_emails": ["Owner@example.com"]}, [1]),
    "a person by id": ({"actor_ids": ["user-dev"]}, [5, 3, 2, 0]),
    "a key by id": ({"actor_ids": ["key_0"]}, [3]),
    "things": ({"resource_ids": ["key_1", "proj_old"]}, [5, 3]),
    "a project by name": ({"projects": ["search-prod"]}, [2]),
    "projects by name and id": ({"projects": ["old"], "project_ids": ["proj_search"]}, [5, 2]),
    "no project": ({"project_ids": []}, []),
    "no type": ({"event_types": []}, []),
    "from a moment on": ({"start_time": NOW - 998}, [5, 3, 2]),
    "until a moment": ({"end_time": NOW - 998}, [1, 0]),
    "between": ({"start_time": NOW - 999, "end_time": NOW - 998}, [1]),
    "after": ({"effective_at": {"gt": NOW - 998}}, [5, 3]),
    "until and with": ({"effective_at": {"lte": NOW - 998}}, [2, 1, 0]),
    "compared": ({"effective_at": {"gte": NOW - 999, "lt": "2027-01-15T07:43:22Z", "lte": None}}, [1]),
    "a month": ({"month": "2027-01"}, [5, 3, 2, 1, 0]),
    "another month": ({"month": "2026-12"}, []),
    "some": ({"max_results": 2}, [5, 3]),
}


def found(run: PlaybookRun) -> dict[str, list[int]]:
    return {
        task.name: [item["effective_at"] - NOW + 1000 for item in task.result["audit_logs"]]
        for task in run.tasks
        if "audit_logs" in task.result
    }


@pytest.mark.parametrize("size", [None, 1, 2], ids=["large pages", "pages of one", "pages of two"])
def test_all_that_is_asked_for_comes_back(size: int | None, ansible: Ansible) -> None:
    tasks = attempts({name: module(KIND, **arguments) for name, (arguments, dummy) in READS.items()})
    run = play(ansible, [control("size of pages", "behaviour", {"page_size": size}), *tasks])
    assert messages(run) == {}
    assert found(run) == {name: numbers for name, (dummy, numbers) in READS.items()}
    assert [task.name for task in run.tasks if task.result.get("truncated")] == ["some"]
    assert [task.name for task in run.tasks if task.warnings] == []
    assert [task.name for task in run.tasks if "audit_logs" in task.result and not task.requests] == [
        "no project",
        "no type",
    ]


def test_it_is_the_same_in_modules_and_in_check_mode(ansible: Ansible) -> None:
    names = ("all", "projects by name and id", "compared", "no type", "some")
    tasks = attempts({name: module(KIND, **READS[name][0]) for name in names})
    run, checked = (play_alike(ansible, tasks, *options, organization=ORGANIZATION) for options in ((), ("--check",)))
    assert [task.result for task in checked.tasks] == [task.result for task in run.tasks]
    assert not [task.name for task in run.tasks if task.changed]


def test_templates_can_read_an_event(ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": module(KIND)}))
    events = {item["id"]: item for item in run["read"].result["audit_logs"]}
    assert events["audit_log-2"] == {
        "id": "audit_log-2",
        "type": "project.updated",
        "effective_at": NOW - 998,
        "project": {"id": "proj_search", "name": "search-prod"},
        "project_id": "proj_search",
        "project_name": "search-prod",
        "actor": {
            "type": "session",
            "session": {"user": {"id": "user-dev", "email": "dev@example.com"}, "ip_address": "127.0.0.1"},
        },
        "actor_type": "session",
        "actor_id": "user-dev",
        "actor_email": "dev@example.com",
        "actor_api_key_id": None,
        "actor_ip_address": "127.0.0.1",
        "details": {"id": "proj_search", "changes_requested": {"title": "find"}},
    }
    by_key, login = events["audit_log-3"], events["audit_log-1"]
    shown = ("actor_type", "actor_id", "actor_email", "actor_api_key_id", "actor_ip_address", "project_id", "project")
    assert [by_key[name] for name in shown] == ["api_key", "user-dev", "dev@example.com", "key_0", None, None, None]
    assert login["details"] == {}


def test_a_service_account_is_an_actor_too(ansible: Ansible) -> None:
    actor = {"type": "api_key", "api_key": {"id": "key_1", "service_account": {"id": "svc_1"}}}
    bare = {"id": "a", "effective_at": 1, "type": "scim.enabled"}
    ansible.simulator.fault("body", body={"data": [{**bare, "actor": actor}, {**bare, "id": "b"}], "has_more": False})
    run = ansible.play(attempts({"read": module(KIND)}))
    shown = ("actor_type", "actor_id", "actor_email", "actor_api_key_id")
    first, second = run["read"].result["audit_logs"]
    assert [first[name] for name in shown] == ["api_key", "svc_1", None, "key_1"]
    assert [second[name] for name in (*shown, "actor", "project")] == [None] * 6


class TestHowMany:
    @pytest.mark.parametrize(
        ("limit", "size", "requests", "truncated"),
        [
            (4, None, 1, True),
            (5, None, 1, False),
            (6, None, 1, False),
            (4, 2, 2, True),
            (5, 2, 3, False),
            (1, 1, 1, True),
        ],
    )
    def test_no_request_is_sent_to_see_whether_there_are_more(
        self, limit: int, size: int | None, requests: int, truncated: bool, ansible: Ansible
    ) -> None:
        small = control("size of pages", "behaviour", {"page_size": size})
        run = play(ansible, [small, *attempts({"read": module(KIND, max_results=limit)})])
        assert len(run["read"].requests) == requests
        assert run["read"].result["truncated"] is truncated
        assert len(run["read"].result["audit_logs"]) == min(limit, 5)
        assert run["read"].warnings == []

    @pytest.mark.parametrize(("count", "truncated"), [(1000, False), (1001, True)])
    def test_a_thousand_unless_the_task_says_otherwise(self, count: int, truncated: bool, ansible: Ansible) -> None:
        many = [event(number) for number in range(count)]
        run = play(ansible, attempts({"read": module(KIND)}), audit_events=many)
        assert len(run["read"].result["audit_logs"]) == 1000
        assert len(run["read"].requests) == 10
        assert run["read"].result["truncated"] is truncated
        assert run["read"].warnings == (
            ["There are more events than the 1000 newest ones, which the task returned: see max_results."]
            if truncated
            else []
        )


SWITCHED_OFF = (
    "The audit log seems to be switched off: {}. An owner switches it on in the organization's settings."
    " It does not contain what happened before."
)


class TestSwitchedOff:
    @pytest.mark.parametrize(
        ("switch", "reason"), [(False, "there is no event at all"), ("forbidden", "the API says so")]
    )
    def test_the_task_warns(self, switch: Any, reason: str, ansible: Ansible) -> None:
        off = control("off", "behaviour", {"audit_logging": switch})
        run = play(ansible, [off, *attempts({"read": module(KIND)})])
        assert run["read"].warnings == [SWITCHED_OFF.format(reason)]
        assert (run["read"].result["audit_logs"], run["read"].result["truncated"]) == ([], False)
        assert run["read"].result["switched_off"] is True

    @pytest.mark.parametrize("filters", [{"since": "1m"}, {"actor_ids": ["user-none"]}, {"tenant_only": False}])
    def test_nothing_found_is_no_sign_of_it(self, filters: TASK, ansible: Ansible) -> None:
        run = play(ansible, attempts({"read": module(KIND, **filters)}), audit_events=[])
        assert run["read"].warnings == []
        assert run["read"].result["switched_off"] is None

    def test_another_refusal_is_an_error(self, ansible: Ansible) -> None:
        forbidden = {"kind": "status", "status": 403, "message": "Not yours."}
        run = play(ansible, [control("forbid", "faults", forbidden), *attempts({"read": module(KIND)})])
        assert messages(run) == {"read": f"Could not read the audit log: Not yours (HTTP 403). {LACKS}"}

    def test_a_key_without_the_permission_is_an_error(self, ansible: Ansible) -> None:
        lacks = control("scopes", "behaviour", {"missing_scopes": ["api.audit_logs.read"]})
        run = play(ansible, [lacks, *attempts({"read": module(KIND)})])
        assert "Missing scopes" in messages(run)["read"]


LACKS = (
    "The admin key may lack a permission, such as the scope api.audit_logs.read, or the organization's settings forbid"
    " it."
)
WRONG: Mapping[str, tuple[TASK, str]] = {
    "a misspelt type": (
        {"event_types": ["project.create", "user.added"]},
        "event_types cannot be 'project.create' (did you mean 'project.created'?).",
    ),
    "times in two ways": (
        {"effective_at": {"gte": "2026-10-01"}, "since": "7d"},
        "effective_at and since exclude each other.",
    ),
    "no time": (
        {"effective_at": {"gt": "noon"}, "max_results": 0},
        "effective_at.gt must be Unix seconds, or ISO 8601 such as 2026-10-01 or 2026-10-01T08:30:00+02:00, not 'noon';"
        " max_results must be at least 1, not 0.",
    ),
    "somebody empty": ({"actor_emails": [""]}, "actor_emails must not contain empty entries."),
}


def test_what_cannot_be_asked_fails_before_the_first_request(ansible: Ansible) -> None:
    tasks = attempts({name: module(KIND, **arguments) for name, (arguments, dummy) in WRONG.items()})
    run = play_alike(ansible, tasks, organization=ORGANIZATION)
    assert messages(run) == {name: words for name, (dummy, words) in WRONG.items()}
    assert asked(run) == []


def test_projects_that_are_not_there(ansible: Ansible) -> None:
    tasks = attempts({"read": module(KIND, projects=["later"])})
    run = play(ansible, tasks)
    assert messages(run) == {"read": "Could not read the audit log: Project 'later' does not exist."}
    checked = play(ansible, tasks, "--check")
    assert checked["read"].result["audit_logs"] == []
    assert checked["read"].warnings == [
        "Project 'later' does not exist: predicted as if an earlier task had created it."
    ]


def test_an_answer_of_another_shape_is_told(ansible: Ansible) -> None:
    ansible.simulator.fault("body", body={"data": [{"id": "x"}], "has_more": False})
    run = ansible.play(attempts({"read": module(KIND)}))
    assert messages(run) == {"read": f"Could not read the audit log: an event has no type. {CHECK}"}
