# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports are what the official SDK reads: every kind, group and filter, whatever the size of pages.

The SDK does not follow the pages of usage and costs: the tests do it with the SDK, by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Task
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.audit_log import EVENT_TYPES
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.costs import COSTS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.usage import USAGE
from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._module.perform import perform
from openai.resources.admin.organization import Organization
from simulator import Simulator

DAY = 86400
NOW = 1_800_000_000
BEGIN = NOW - 500 * DAY
START = NOW - 90 * DAY
WEEK = NOW - 7 * DAY
MORE_THAN_TWO_PAGES = 31 * 2

ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "id": "user-owner", "role": "owner"},
        {"email": "dev@example.com", "id": "user-dev"},
    ],
    "projects": [
        *(
            {
                "name": name,
                "id": f"proj_{name}",
                "created_at": BEGIN,
                "users": [{"email": "dev@example.com", "role": "member"}],
                "service_accounts": [{"name": "bot", "id": f"svc_{name}"}],
                "api_keys": [
                    {"name": "of dev", "id": f"key_{name}_dev", "user": "dev@example.com"},
                    {"name": "of bot", "id": f"key_{name}_bot", "service_account": "bot"},
                ],
            }
            for name in ("search", "chat")
        ),
        {
            "name": "old",
            "id": "proj_old",
            "created_at": BEGIN,
            "status": "archived",
            "archived_at": NOW - 30 * DAY,
        },
    ],
    "usage": {
        "seed": 7,
        "since": BEGIN,
        "consumers": [
            {"project": "search", "api_key_id": "key_search_dev", "user_id": "user-dev"},
            {"project": "search", "api_key_id": "key_search_bot"},
            {"project": "chat", "api_key_id": "key_chat_dev", "user_id": "user-dev"},
            {"project": "chat", "api_key_id": "key_chat_gone", "user_id": "user-gone"},
            {"project": "old", "api_key_id": "key_old"},
        ],
    },
    "behaviour": {"clock": NOW},
}
FILTERED = {
    "project_ids": "project_id",
    "user_ids": "user_id",
    "api_key_ids": "api_key_id",
    "models": "model",
    "sizes": "size",
    "sources": "source",
    "vector_store_ids": "vector_store_id",
    "context_levels": "context_level",
    "line_items": "line_item",
    "batch": "batch",
}
"""The dimension that each filter chooses from."""


@pytest.fixture(autouse=True)
def organization(simulator: Simulator) -> None:
    """After the start over that every contract test begins with."""
    simulator.reset(ORGANIZATION)


def ask(simulator: Simulator, module: str, **options: Any) -> dict[str, Any]:
    """What a module returns."""
    task: Task = import_module(f"ansible_collections.community.openai_admin.plugins.modules.{module}").TASK
    given = {"admin_key": simulator.admin_key, "base_url": simulator.url, **options}
    checked = ArgumentSpecValidator({**connection_options(), **task.argument_spec}).validate(given)
    assert checked.error_messages == []
    return perform(task, checked.validated_parameters, given, Mode())


def all_pages(method: Any, **query: Any) -> list[dict[str, Any]]:
    """All buckets that the SDK reads."""
    found: list[dict[str, Any]] = []
    page: dict[str, str] = {}
    while True:
        answer = method(**query, **page)
        found += [bucket.to_dict() for bucket in answer.data]
        if not answer.has_more:
            return found
        page = {"page": answer.next_page}


def results(buckets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [result for bucket in buckets for result in bucket["results"]]


def questions(report: Report, method: Any) -> Iterator[dict[str, Any]]:
    """Every way to group, every filter with values that occur, and all at once."""
    dimensions = list(report.dimensions)
    yield {}
    for each in dimensions:
        yield {"group_by": [each]}
    yield {"group_by": dimensions}
    everything = results(all_pages(method, start_time=WEEK, group_by=dimensions))
    chosen: dict[str, Any] = {}
    for field in report.filters:
        occurring = sorted({result[FILTERED[field.name]] for result in everything} - {None})
        assert occurring, f"nothing to filter by {field.name}"
        chosen[field.name] = occurring[-1] if field.type == "bool" else occurring[: max(1, len(occurring) // 2)]
        yield {field.name: chosen[field.name], "group_by": [FILTERED[field.name]]}
    yield {**chosen, "group_by": dimensions}


every_kind = pytest.mark.parametrize("report", [pytest.param(report, id=report.kind) for report in USAGE])


class TestUsage:
    @every_kind
    def test_every_group_and_filter(self, report: Report, simulator: Simulator, admin: Organization) -> None:
        method = getattr(admin.usage, report.kind)
        for question in questions(report, method):
            read = ask(simulator, "usage_info", kind=report.kind, start_time=str(WEEK), **question)
            assert read["buckets"] == all_pages(method, start_time=WEEK, **question), question

    @every_kind
    def test_more_than_two_pages(self, report: Report, simulator: Simulator, admin: Organization) -> None:
        method = getattr(admin.usage, report.kind)
        expected = all_pages(method, start_time=START, group_by=["project_id"])
        assert len(expected) > MORE_THAN_TWO_PAGES
        simulator.clear()
        read = ask(simulator, "usage_info", kind=report.kind, start_time=str(START), group_by=["project_id"])
        assert read["buckets"] == expected
        sent = [entry["query"] for entry in simulator.requests() if entry["path"].endswith(report.kind)]
        assert len(sent) == 3
        assert ["page" in query for query in sent] == [False, True, True]
        same = [{name: value for name, value in query.items() if name != "page"} for query in sent]
        assert same == [sent[0]] * 3
        assert sent[0]["limit"] == ["31"]

    @pytest.mark.parametrize("size", [1, 2])
    @every_kind
    def test_pages_of_any_size(self, report: Report, size: int, simulator: Simulator, admin: Organization) -> None:
        simulator.behaviour(page_size=size)
        expected = all_pages(getattr(admin.usage, report.kind), start_time=WEEK)
        assert len(expected) > 2 * size
        assert ask(simulator, "usage_info", kind=report.kind, start_time=str(WEEK))["buckets"] == expected

    @pytest.mark.parametrize(("width", "limit", "seconds"), [("1m", 1440, 60), ("1h", 168, 3600), ("1d", 31, DAY)])
    def test_every_width(self, width: str, limit: int, seconds: int, simulator: Simulator, admin: Organization) -> None:
        start = NOW - 2 * limit * seconds - 1
        expected = all_pages(admin.usage.completions, start_time=start, bucket_width=width, limit=limit)
        simulator.clear()
        read = ask(simulator, "usage_info", kind="completions", start_time=str(start), bucket_width=width)
        assert read["buckets"] == expected
        assert [entry["query"]["limit"] for entry in simulator.requests()] == [[str(limit)]] * 3

    @every_kind
    def test_totals_are_what_buckets_add_up_to(self, report: Report, simulator: Simulator) -> None:
        for group_by in [], *([each] for each in report.dimensions), list(report.dimensions):
            read = ask(simulator, "usage_info", kind=report.kind, start_time=str(WEEK), group_by=group_by)
            everything = results(read["buckets"])
            groups = {tuple(result[name] for name in group_by) for result in everything}
            assert {tuple(total[name] for name in group_by) for total in read["totals"]} == groups
            assert len(read["totals"]) == len(groups)
            for name in [measure.name for measure in report.measures]:
                assert read["total"][name] == sum(result.get(name) or 0 for result in everything)
                assert read["total"][name] == sum(total[name] for total in read["totals"])
                for total in read["totals"]:
                    same = [each for each in everything if all(each[key] == total[key] for key in group_by)]
                    assert total[name] == sum(each.get(name) or 0 for each in same)
            whole = ask(
                simulator,
                "usage_info",
                kind=report.kind,
                start_time=str(WEEK),
                group_by=group_by,
                group_buckets=False,
                periods=[{"start_time": str(WEEK), "end_time": str(NOW)}],
            )
            assert whole["total"] == {**read["total"], "periods": [read["total"]]}
            assert whole["totals"] == [
                {**each, "periods": [{measure.name: each[measure.name] for measure in report.measures}]}
                for each in read["totals"]
            ]
            assert [len(bucket["results"]) for bucket in whole["buckets"]] == [
                min(1, len(bucket["results"])) for bucket in read["buckets"]
            ]
            largest = [total[report.measures[0].name] for total in read["totals"]]
            assert largest == sorted(largest, reverse=True)
            assert largest != []


def exactly(buckets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The SDK's buckets of costs with decimal strings for numbers, which it reads as floats."""
    return [
        {
            **bucket,
            "results": [
                {
                    **result,
                    "amount": {**result["amount"], "value": written(result["amount"]["value"])},
                    "quantity": None if result["quantity"] is None else written(result["quantity"]),
                }
                for result in bucket["results"]
            ],
        }
        for bucket in buckets
    ]


def written(value: float) -> str:
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class TestCosts:
    def test_every_group_and_filter(self, simulator: Simulator, admin: Organization) -> None:
        for question in questions(COSTS, admin.usage.costs):
            read = ask(simulator, "cost_info", start_time=str(WEEK), **question)
            assert read["buckets"] == exactly(all_pages(admin.usage.costs, start_time=WEEK, **question)), question

    @pytest.mark.parametrize("size", [None, 1, 2])
    def test_pages_of_any_size(self, size: int | None, simulator: Simulator, admin: Organization) -> None:
        simulator.behaviour(page_size=size)
        start = WEEK if size else BEGIN
        expected = exactly(all_pages(admin.usage.costs, start_time=start))
        assert len(expected) > 2 * (size or 180)
        simulator.clear()
        assert ask(simulator, "cost_info", start_time=str(start))["buckets"] == expected
        assert {entry["query"]["limit"][0] for entry in simulator.requests()} == {"180"}

    def test_groups_add_up_to_the_total(self, simulator: Simulator) -> None:
        for group_by in [], *([each] for each in COSTS.dimensions), list(COSTS.dimensions):
            read = ask(simulator, "cost_info", start_time=str(START), group_by=group_by)
            everything = [Decimal(result["amount"]["value"]) for result in results(read["buckets"])]
            total = Decimal(read["total"]["amount"])
            assert total > 1
            assert total == sum(everything) == sum(Decimal(each["amount"]) for each in read["totals"])
            for each in read["totals"]:
                same = [
                    Decimal(result["amount"]["value"])
                    for result in results(read["buckets"])
                    if all(result[key] == each[key] for key in group_by)
                ]
                assert Decimal(each["amount"]) == sum(same)

    def test_buckets_that_are_not_grouped(self, simulator: Simulator, admin: Organization) -> None:
        """They are what the API says where nothing is divided; the rest is as it is with groups."""
        question = {"start_time": str(START), "group_by": ["project_id", "line_item"]}
        grouped = ask(simulator, "cost_info", **question)
        simulator.clear()
        read = ask(simulator, "cost_info", **question, group_buckets=False)
        assert len(simulator.requests()) == 2  # the costs, and the projects for their names
        assert read == {**grouped, "buckets": exactly(all_pages(admin.usage.costs, start_time=START))}

    def test_periods_are_what_is_read_of_these_times(self, simulator: Simulator) -> None:
        times = [(NOW // DAY - 60, NOW // DAY - 30), (NOW // DAY - 40, NOW // DAY - 20)]
        periods = [{"start_time": str(start * DAY), "end_time": str(end * DAY)} for start, end in times]
        read = ask(simulator, "cost_info", start_time=str(START), group_by=["line_item"], periods=periods)
        for place, period in enumerate(periods):
            alone = ask(simulator, "cost_info", group_by=["line_item"], **period)
            assert read["total"]["periods"][place] == alone["total"]
            found = {total["line_item"]: total for total in alone["totals"]}
            for total in read["totals"]:
                amounts = {"line_item": total["line_item"], **total["periods"][place]}
                nothing = {"amount": "0", "currency": None, "quantity": "0", "quantity_unit": None}
                assert amounts == {"line_item": total["line_item"], **found.get(total["line_item"], nothing)}

    def test_the_total_is_the_same_however_it_is_divided(self, simulator: Simulator) -> None:
        read = [
            ask(simulator, "cost_info", start_time=str(START), group_by=group_by)["total"]["amount"]
            for group_by in ([], *([each] for each in COSTS.dimensions))
        ]
        assert len(set(read)) == 1


MANY = 205
"""Events, which are more than two pages."""
EVENTS = [
    {
        "type": ("project.updated", "user.added", "api_key.created", "login.succeeded")[number % 4],
        "id": f"audit_log-{number}",
        "effective_at": NOW - 10 * number,
        "actor": {"email": ("owner@example.com", "dev@example.com")[number % 2]},
        "details": {"id": f"thing-{number % 7}"} if number % 4 < 3 else {},
        **({"project": ("search", "chat")[number % 2]} if number % 3 else {}),
    }
    for number in range(MANY)
]
QUESTIONS: list[dict[str, Any]] = [
    {},
    {"event_types": ["project.updated", "login.succeeded"]},
    {"project_ids": ["proj_chat"]},
    {"actor_emails": ["dev@example.com"]},
    {"actor_ids": ["user-dev"]},
    {"resource_ids": ["thing-1", "thing-2"]},
    {"tenant_only": True},
    {"tenant_only": False},
    *({"effective_at": {name: NOW - 500}} for name in ("gt", "gte", "lt", "lte")),
    {"effective_at": {"gte": NOW - 900, "lt": NOW - 100}, "actor_emails": ["owner@example.com"]},
]


class TestAuditLog:
    @pytest.fixture(autouse=True)
    def events(self, simulator: Simulator) -> None:
        """After the organization that all tests here begin with."""
        simulator.reset({**ORGANIZATION, "audit_events": EVENTS})

    @pytest.mark.series(10)
    @pytest.mark.parametrize("size", [None, 1, 2])
    @pytest.mark.parametrize("question", QUESTIONS, ids=str)
    def test_every_filter(
        self, question: dict[str, Any], size: int | None, simulator: Simulator, admin: Organization
    ) -> None:
        if size and not question:
            simulator.reset({**ORGANIZATION, "audit_events": EVENTS[:7]})
        expected = [event.to_dict() for event in admin.audit_logs.list(**question, limit=100)]
        simulator.behaviour(page_size=size)
        read = ask(simulator, "audit_log_info", **as_written(question))
        assert [restored(event) for event in read["audit_logs"]] == expected
        assert read["truncated"] is False
        assert expected != [] or question == {"tenant_only": True}

    def test_more_than_two_pages(self, simulator: Simulator) -> None:
        simulator.clear()
        read = ask(simulator, "audit_log_info")
        assert [event["id"] for event in read["audit_logs"]] == [event["id"] for event in EVENTS]
        assert [entry["query"]["limit"] for entry in simulator.requests()] == [["100"]] * 3

    def test_the_guide_lists_all_types_of_events(self) -> None:
        guide = (Path(__file__).parents[2] / "docs" / "audit_log.md").read_text(encoding="utf-8")
        listed = re.findall(r"`([a-z_]+(?:\.[a-z0-9_]+)+)`", "\n".join(re.findall(r"^- .*$", guide, re.MULTILINE)))
        assert sorted(listed) == sorted(EVENT_TYPES)


def as_written(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question to the SDK as a task's options: times are strings."""
    times = {name: str(at) for name, at in question.get("effective_at", {}).items()}
    return {**question, **({"effective_at": times} if times else {})}


def restored(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event as the API words it, without what was added for templates."""
    worded = {name: event[name] for name in ("id", "type", "effective_at", "actor")}
    project = {"project": event["project"]} if event["project"] else {}
    return {**worded, **project, **({event["type"]: event["details"]} if event["details"] else {})}


def documented(module: str, key: str) -> set[str]:
    """What a module documents of a key's value."""
    found = import_module(f"ansible_collections.community.openai_admin.plugins.modules.{module}").RETURN
    return set(yaml.safe_load(found)[key]["contains"])


def test_all_that_is_counted_is_documented() -> None:
    names = {measure.name for report in USAGE for measure in report.measures}
    assert documented("usage_info", "total") == names | {"periods"}
    beside = {"project", "project_status", "email", "api_key_name", "api_key_owner", "api_key_deleted"}
    dimensions = {name for report in USAGE for name in report.dimensions}
    assert documented("usage_info", "totals") == names | dimensions | beside | {"periods"}
    amounts = {"amount", "currency", "quantity", "quantity_unit", "periods"}
    assert documented("cost_info", "total") == amounts
    assert documented("cost_info", "totals") == amounts | set(COSTS.dimensions) | beside


class TestNames:
    def test_projects_and_people(self, simulator: Simulator) -> None:
        read = ask(
            simulator,
            "usage_info",
            kind="completions",
            start_time=str(START),
            group_by=["project_id", "user_id"],
        )
        assert {(total["project"], total["project_id"]) for total in read["totals"]} == {
            (name, f"proj_{name}") for name in ("search", "chat", "old")
        }
        assert {(total["email"], total["user_id"]) for total in read["totals"]} == {
            ("dev@example.com", "user-dev"),
            (None, "user-gone"),
            (None, None),
        }

    def test_keys(self, simulator: Simulator) -> None:
        simulator.clear()
        read = ask(
            simulator,
            "usage_info",
            kind="completions",
            start_time=str(START),
            projects=["search", "chat", "old"],
            group_by=["project_id", "api_key_id"],
            api_key_names=True,
        )
        assert {(total["api_key_id"], total["api_key_name"], total["api_key_deleted"]) for total in read["totals"]} == {
            ("key_search_dev", "of dev", False),
            ("key_search_bot", "of bot", False),
            ("key_chat_dev", "of dev", False),
            ("key_chat_gone", None, True),
            ("key_old", None, None),
        }
        paths = [entry["path"] for entry in simulator.requests() if "usage" not in entry["path"]]
        assert sorted(paths) == [
            "/organization/projects",
            "/organization/projects/proj_chat/api_keys",
            "/organization/projects/proj_search/api_keys",
        ]
