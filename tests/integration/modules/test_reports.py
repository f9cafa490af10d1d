# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage and costs as playbooks ask for it: times, filters, groups, and what they are called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api import client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import CHECK, BadAnswer
from integration.direct import perform
from integration.playbooks import Ansible, PlaybookRun, TaskRun, module
from integration.scenarios import NOW, TASK, asked, attempts, messages, play_alike
from simulator import Simulator

DAY = 86400
OCTOBER = {"month": "2026-10"}
FIRST, LAST = 1_790_812_800, 1_793_491_200
"""Of October 2026, and the moment after it."""

ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "dev@example.com", "id": "user-dev"},
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "search-prod",
            "id": "proj_search",
            "created_at": "2025-01-01",
            "users": [{"email": "dev@example.com", "role": "member"}],
            "api_keys": [{"name": "laptop", "id": "key_laptop", "user": "dev@example.com"}],
        },
        {"name": "twin", "id": "proj_twin_1"},
        {"name": "twin", "id": "proj_twin_2"},
        {
            "name": "old",
            "id": "proj_old",
            "created_at": "2025-01-01",
            "status": "archived",
            "archived_at": "2026-10-20",
        },
        {"name": "search-prod", "id": "proj_before", "status": "archived", "archived_at": "2025-12-31"},
    ],
    "usage": {
        "consumers": [
            {"project": "proj_search", "api_key_id": "key_laptop", "user_id": "user-dev"},
            {"project": "proj_old", "api_key_id": "key_old", "user_id": "user-gone"},
        ]
    },
    "behaviour": {"clock": NOW},
}
USES: Mapping[str, TASK] = {"usage_info": {"kind": "completions"}, "cost_info": {}}
KINDS = list(USES)
every_report = pytest.mark.parametrize("kind", KINDS)


def play(ansible: Ansible, tasks: list[TASK], *options: str) -> PlaybookRun:
    ansible.simulator.reset(ORGANIZATION)
    return ansible.play(tasks, *options)


def read(module_name: str, **arguments: Any) -> TASK:
    return module(module_name, **USES[module_name], **arguments)


@every_report
def test_reports_are_the_same_in_modules_and_in_check_mode(kind: str, ansible: Ansible) -> None:
    tasks = attempts(
        {
            "a month by project": read(kind, **OCTOBER, group_by=["project_id"]),
            "a project by name": read(kind, start_time="2026-10-01", end_time="2026-10-08", projects=["search-prod"]),
            "keys by name": read(kind, **OCTOBER, group_by=["project_id", "api_key_id"], api_key_names=True),
            "no project": read(kind, **OCTOBER, project_ids=[]),
            "no time": read(kind),
        }
    )
    run, checked = (play_alike(ansible, tasks, *options, organization=ORGANIZATION) for options in ((), ("--check",)))
    assert [task.result for task in checked.tasks] == [task.result for task in run.tasks]
    assert not [task.name for task in run.tasks if task.changed or task.writes]
    assert list(messages(run)) == ["no time"]


@every_report
def test_groups_have_names(kind: str, ansible: Ansible) -> None:
    groups = ["project_id", "user_id", "api_key_id"]
    run = play(ansible, attempts({"read": read(kind, **OCTOBER, group_by=groups, api_key_names=True)}))
    wanted = ("project", "project_status", "email", "api_key_name", "api_key_owner", "api_key_deleted")
    totals = [total for total in run["read"].result["totals"] if total["api_key_id"]]
    assert {total["project_id"]: tuple(total[name] for name in wanted) for total in totals} == {
        "proj_search": ("search-prod", "active", "dev@example.com", "laptop", "dev@example.com", False),
        "proj_old": ("old", "archived", None, None, None, None),
    }


TIMES: Mapping[str, tuple[TASK, int, int | None]] = {
    "a month": (OCTOBER, FIRST, LAST),
    "dates": ({"start_time": "2026-10-01", "end_time": "2026-11-01"}, FIRST, LAST),
    "seconds": ({"start_time": FIRST, "end_time": LAST}, FIRST, LAST),
    "another zone": ({"start_time": "2026-10-01T02:00:00+02:00"}, FIRST, None),
}


@every_report
def test_times_in_any_form(kind: str, ansible: Ansible) -> None:
    run = play(ansible, attempts({name: read(kind, **times) for name, (times, *dummy) in TIMES.items()}))
    assert messages(run) == {}
    for name, (unused_times, start, end) in TIMES.items():
        request, *unused_pages = run[name].requests
        result = run[name].result
        assert request["query"]["start_time"] == [str(start)]
        assert request["query"].get("end_time") == (None if end is None else [str(end)])
        assert (result["start_time"], result["end_time"]) == (start, end)
        assert result["buckets"][0]["start_time"] == FIRST


PLAY_WITH_DATES = """
- hosts: localhost
  gather_facts: false
  tasks:
    - name: read
      community.openai_admin.usage_info:
        kind: images
        start_time: 2026-10-01
        end_time: 2026-10-02T12:00:00Z
"""


def test_dates_need_no_quotes(ansible: Ansible) -> None:
    """YAML makes something else of them than strings."""
    ansible.simulator.reset(ORGANIZATION)
    playbook = ansible.folder / "dates.yml"
    playbook.write_text(PLAY_WITH_DATES, encoding="utf-8")
    result = ansible.run(str(playbook))["read"].result
    assert (result["start_time"], result["end_time"]) == (FIRST, FIRST + 36 * 3600)


@every_report
def test_the_active_project_of_a_name_counts(kind: str, ansible: Ansible) -> None:
    run = play(
        ansible,
        attempts(
            {
                "active": read(kind, **OCTOBER, projects=["search-prod"]),
                "archived": read(
                    kind, **OCTOBER, projects=["old", "search-prod"], project_ids=["proj_twin_1", "proj_old"]
                ),
                "two": read(kind, **OCTOBER, projects=["twin"]),
            }
        ),
    )
    sent = {task.name: [each["query"].get("project_ids[]") for each in task.requests] for task in run.tasks}
    assert sent == {
        "active": [None, ["proj_search"]],
        "archived": [None, ["proj_old", "proj_search", "proj_twin_1"]],
        "two": [None],
    }
    assert messages(run) == {"two": "2 projects are named 'twin' (proj_twin_1, proj_twin_2). Give project_ids instead."}


MISSING = {
    "a name": ({"projects": ["later"]}, "Project 'later' does not exist"),
    "an empty id": ({"project_ids": [""]}, "an entry of project_ids is empty and names no project"),
}


@every_report
def test_projects_that_are_not_there(kind: str, ansible: Ansible) -> None:
    tasks = attempts({name: read(kind, **OCTOBER, **task) for name, (task, dummy) in MISSING.items()})
    title = {"usage_info": "the usage of completions", "cost_info": "the costs"}[kind]
    run = play_alike(ansible, tasks, organization=ORGANIZATION)
    assert messages(run) == {name: f"Could not read {title}: {words}." for name, (dummy, words) in MISSING.items()}
    checked = play_alike(ansible, tasks, "--check", organization=ORGANIZATION)
    for name, (unused_task, words) in MISSING.items():
        assert checked[name].warnings == [f"{words}: predicted as if an earlier task had created it."]
        assert (checked[name].result["buckets"], checked[name].result["totals"]) == ([], [])
    assert [path for path in asked(checked) if "projects" not in path] == []


@every_report
def test_a_missing_project_is_left_out_of_several_in_check_mode(kind: str, ansible: Ansible) -> None:
    run = play(ansible, attempts({"read": read(kind, **OCTOBER, projects=["later", "old"])}), "--check")
    assert run["read"].requests[-1]["query"]["project_ids[]"] == ["proj_old"]
    assert len(run["read"].warnings) == 1


@every_report
def test_an_empty_filter_lets_nothing_pass(kind: str, ansible: Ansible) -> None:
    empty: Mapping[str, TASK] = {
        "no ids": {"project_ids": []},
        "no names": {"projects": []},
        "no keys": {"api_key_ids": []},
        "no keys of a project": {"projects": ["search-prod"], "api_key_ids": []},
    }
    run = play(ansible, attempts({name: read(kind, **OCTOBER, **filters) for name, filters in empty.items()}))
    assert messages(run) == {}
    assert asked(run) == []
    for task in run.tasks:
        assert (task.result["buckets"], task.result["totals"]) == ([], [])
        assert set(task.result["total"].values()) <= {0, "0", None}


WRONG: Mapping[str, tuple[TASK, str]] = {
    "nothing said": (
        module("usage_info"),
        "one of these is required: start_time, since, month; kind is required.",
    ),
    "an end alone": (
        module("usage_info", kind="images", end_time="2026-10-01"),
        "one of these is required: start_time, since, month.",
    ),
    "all at once": (
        module(
            "usage_info",
            kind="vector_stores",
            since="7d",
            month="May",
            sizes=["256x256"],
            models=["gpt-5"],
            group_by=["project_id", "model"],
        ),
        "since and month exclude each other; month must be a year and a month such as 2026-10, or this, or last, not"
        " 'May'; models does not apply to the usage of vector stores, which is filtered by projects, project_ids;"
        " sizes does not apply to the usage of vector stores, which is filtered by projects, project_ids;"
        " the usage of vector stores cannot be grouped by model, only by project_id.",
    ),
    "the wrong way round": (
        module("usage_info", kind="images", start_time="2026-10-02", end_time="2026-10-01"),
        "end_time must be later than start_time: there is no time between them.",
    ),
    "an empty value": (
        module("usage_info", kind="images", **OCTOBER, models=["gpt-5", " "], projects=[""]),
        "models must not contain empty entries; projects must not contain empty entries.",
    ),
    "names of keys alone": (
        module("usage_info", kind="images", **OCTOBER, group_by=["api_key_id"], api_key_names=True),
        "api_key_names needs group_by with project_id and api_key_id: keys are listed by project.",
    ),
}


def test_what_cannot_be_asked_fails_before_the_first_request(ansible: Ansible) -> None:
    cases = {**WRONG, **COSTS_WRONG}
    run = play_alike(
        ansible, attempts({name: task for name, (task, dummy) in cases.items()}), organization=ORGANIZATION
    )
    assert messages(run) == {name: words for name, (dummy, words) in cases.items()}
    assert asked(run) == []


COSTS_WRONG: Mapping[str, tuple[TASK, str]] = {
    "a group of usage": (
        module("cost_info", **OCTOBER, group_by=["model"]),
        "value of group_by must be one or more of: project_id, user_id, line_item, api_key_id, api_source."
        " Got no match for: model",
    ),
}

BROKEN: Mapping[str, tuple[Any, str]] = {
    "no results": ({"start_time": 1}, "a bucket has no results."),
    "results of another kind": ({"results": [1]}, "a bucket has no results."),
    "words for a number": ({"results": [{"num_sessions": "x"}]}, "num_sessions is not a number ('x')."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_of_another_shape_is_told(name: str, ansible: Ansible) -> None:
    bucket, words = BROKEN[name]
    ansible.simulator.fault("body", body={"data": [bucket], "has_more": False})
    run = ansible.play(attempts({"read": module("usage_info", kind="code_interpreter_sessions", **OCTOBER)}))
    assert messages(run) == {"read": f"Could not read the usage of code interpreter sessions: {words} {CHECK}"}


def costs(*amounts: str, currency: str = "usd", quantity: str = "null", unit: str = "null") -> str:
    """A page of costs as the API would write it, each amount a line of a day."""
    results = ",".join(
        f'{{"amount": {{"value": {amount}, "currency": "{currency}"}}, "line_item": "line {number}",'
        f' "quantity": {quantity}, "quantity_unit": {unit}}}'
        for number, amount in enumerate(amounts)
    )
    return f'{{"data": [{{"start_time": 1, "results": [{results}]}}], "has_more": false}}'


def read_costs(ansible: Ansible, body: str, **arguments: Any) -> TaskRun:
    ansible.simulator.fault("body", body=body, headers={})
    return ansible.play(attempts({"read": module("cost_info", **OCTOBER, **arguments)}))["read"]


MONEY = {
    "what floats cannot add": (("0.1", "0.2"), ["0.2", "0.1"], "0.3"),
    "more digits than a float has": (
        ("0.12345678901234567890123", "1000000.1"),
        ["1000000.1", "0.12345678901234567890123"],
        "1000000.22345678901234567890123",
    ),
    "whole numbers": (("5", "1.50"), ["5", "1.5"], "6.5"),
    "exponents": (("1e-7", "2E+3"), ["2000", "0.0000001"], "2000.0000001"),
    "strings": (('"0.07"', '"0E-6176"'), ["0.07", "0"], "0.07"),
    "refunds": (("0.1", "-0.3"), ["0.1", "-0.3"], "-0.2"),
    "nothing": ((), [], "0"),
}


@pytest.mark.parametrize("name", MONEY)
def test_money_is_exact(name: str, ansible: Ansible) -> None:
    amounts, each, total = MONEY[name]
    result = read_costs(ansible, costs(*amounts), group_by=["line_item"]).result
    assert [entry["amount"] for entry in result["totals"]] == each
    assert result["total"]["amount"] == total
    assert result["total"]["currency"] == ("usd" if amounts else None)
    values = [entry["amount"]["value"] for entry in result["buckets"][0]["results"]]
    assert sorted(values) == sorted(each)


@pytest.mark.parametrize("value", ['"many"', "NaN", "1e999", "true", '"Infinity"'])
def test_what_is_no_amount_is_told(value: str, ansible: Ansible) -> None:
    told = read_costs(ansible, costs(value))
    assert told.message.startswith("Could not read the costs: amount is not a number ('")


def test_a_number_that_no_machine_can_hold_is_no_answer(ansible: Ansible) -> None:
    ansible.simulator.fault("body", times=None, body=costs("1e9999999999999999999"))
    run = ansible.play(attempts({"read": module("cost_info", **OCTOBER, max_wait=0)}))
    assert run["read"].failed


def test_currencies_are_not_mixed(ansible: Ansible) -> None:
    mixed = costs("1", "2").replace("usd", "eur", 1)
    result = read_costs(ansible, mixed).result
    assert [(entry["amount"], entry["currency"]) for entry in result["totals"]] == [("2", "usd"), ("1", "eur")]
    assert (result["total"]["amount"], result["total"]["currency"]) == (None, None)
    read = read_costs(ansible, mixed, group_buckets=False).result["buckets"]
    found = [each["amount"] for bucket in read for each in bucket["results"]]
    assert found == [{"value": "1", "currency": "eur"}, {"value": "2", "currency": "usd"}]
    result = read_costs(ansible, mixed, group_by=["line_item"]).result
    assert [(entry["amount"], entry["currency"]) for entry in result["totals"]] == [("2", "usd"), ("1", "eur")]


def test_quantities_add_up_where_they_are_of_one_unit(ansible: Ansible) -> None:
    result = read_costs(ansible, costs("1", "2", quantity="2.5", unit='"images"')).result
    assert (result["total"]["quantity"], result["total"]["quantity_unit"]) == ("5", "images")
    result = read_costs(ansible, costs("1", "2")).result
    assert (result["total"]["quantity"], result["total"]["quantity_unit"]) == (None, None)


def asked_for_costs(simulator: Simulator) -> list[dict[str, Any]]:
    return [request for request in simulator.requests() if request["route"] == "/organization/costs"]


def test_costs_are_read_in_smaller_parts_where_the_answer_is_too_large(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = {"group_by": ["project_id", "api_key_id", "line_item"], **OCTOBER}
    whole = perform(simulator, "cost_info", **question).returns
    assert len(asked_for_costs(simulator)) == 1
    simulator.clear()
    size = len(json.dumps(whole["buckets"]))
    monkeypatch.setattr(client, "MAX_ANSWER", size // 3)
    assert perform(simulator, "cost_info", **question).returns == whole
    limits = [int(request["query"]["limit"][0]) for request in asked_for_costs(simulator)]
    assert limits[0] > limits[1]
    assert len(limits) > 5
    monkeypatch.setattr(client, "MAX_ANSWER", 100)
    with pytest.raises(BadAnswer, match="Could not read the costs: the answer is larger than 32 MiB"):
        perform(simulator, "cost_info", **question)
