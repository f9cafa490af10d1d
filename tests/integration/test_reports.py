# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage, costs and the audit log: what the official SDK reads page by page, and exact sums of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import openai
import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._errors import AdminError
from ansible_collections.community.openai_admin.plugins.module_utils._report import Report
from ansible_collections.community.openai_admin.plugins.module_utils._reports.costs import COSTS
from ansible_collections.community.openai_admin.plugins.module_utils._reports.usage import USAGE
from integration.direct import perform
from integration.playbooks import Ansible, module
from integration.scenarios import TASK, attempts, messages, play_alike
from simulator import Simulator

NOW = int(datetime(2026, 11, 25, 12, 30, tzinfo=timezone.utc).timestamp())
OCTOBER = {"start_time": 1790812800, "end_time": 1793491200}
ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "dev@example.com", "id": "user-dev"},
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "search-prod",
            "id": "proj_search",
            "service_accounts": [{"name": "api", "id": "svc_api"}],
            "api_keys": [
                {"name": "deploy", "id": "key_deploy", "service_account": "api", "last_used_at": "2026-11-20"},
                {"name": "own", "id": "key_own", "user": "dev@example.com", "last_used_at": "2026-11-20"},
            ],
        },
        {
            "name": "old",
            "id": "proj_old",
            "created_at": "2026-01-01",
            "archived_at": "2026-10-20",
            "status": "archived",
        },
    ],
    "usage": {"seed": 7, "since": "2026-09-01"},
    "behaviour": {"clock": NOW},
}
FILTERS: dict[str, Any] = {
    "project_ids": ["proj_search", "proj_old"],
    "user_ids": ["user-dev"],
    "api_key_ids": ["key_deploy"],
    "models": ["gpt-5", "gpt-image-1", "whisper-1", "tts-1", "text-embedding-3-small", "omni-moderation-latest"],
    "batch": False,
    "sizes": ["1024x1024"],
    "sources": ["image.edit"],
    "vector_store_ids": ["vs_manuals"],
    "context_levels": ["low", "high"],
    "line_items": ["support plan"],
}
PAGES = [None, 1, 2]
SIZES = pytest.mark.parametrize("size", PAGES, ids=["large pages", "pages of one", "pages of two"])


def pages(simulator: Simulator, report: Report, **query: Any) -> Iterator[dict[str, Any]]:
    """The buckets of a report as the official SDK gets them, page after page."""
    client = openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url)
    ask = getattr(client.admin.organization.usage, report.path.rsplit("/", 1)[-1])
    while True:
        page = ask(**query)
        yield from (bucket.to_dict() for bucket in page.data)
        if not page.has_more:
            return
        query["page"] = page.next_page


def plain(value: Any) -> Any:
    """What the SDK read, without what says what it is; money by its digits."""
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items() if name != "object"}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(Decimal(repr(value))) if isinstance(value, float) else value


def comparable(value: Any) -> Any:
    """What a module returned, its decimal strings as the SDK's floats read."""
    if isinstance(value, Mapping):
        return {
            name: str(Decimal(repr(float(inner))))
            if name in ("value", "quantity") and inner is not None
            else comparable(inner)
            for name, inner in value.items()
        }
    return [comparable(item) for item in value] if isinstance(value, list) else value


CASES = [
    pytest.param(kind, report, narrowed, id=f"{kind}: {narrowed or 'all'}")
    for kind, report in {**USAGE, "costs": COSTS}.items()
    for narrowed in (None, *report.filters)
]


def arguments(kind: str) -> tuple[str, dict[str, Any]]:
    return ("cost_info", {}) if kind == "costs" else ("usage_info", {"kind": kind})


@pytest.mark.parametrize(("kind", "report", "narrowed"), CASES)
def test_all_buckets_come_back(kind: str, report: Report, narrowed: str | None, simulator: Simulator) -> None:
    """With every group that the kind has, and each filter, in pages of two; more than two pages of them."""
    simulator.reset(ORGANIZATION)
    simulator.behaviour(page_size=2)
    query = {**OCTOBER, **({narrowed: FILTERS[narrowed]} if narrowed else {}), "group_by": list(report.groups)}
    expected = [plain(bucket) for bucket in pages(simulator, report, **query)]
    name, more = arguments(kind)
    outcome = perform(simulator, name, **more, **query, names=[])
    assert comparable(outcome.returns["buckets"]) == expected
    assert len(expected) == 31
    assert sum(len(bucket["results"]) for bucket in expected) > 0


@SIZES
@pytest.mark.parametrize("kind", [*USAGE, "costs"])
def test_sums_do_not_depend_on_pages_and_groups(kind: str, size: int | None, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(page_size=size)
    name, more = arguments(kind)
    report = {**USAGE, "costs": COSTS}[kind]
    whole = perform(simulator, name, **more, **OCTOBER).returns
    for group in report.groups:
        grouped = perform(simulator, name, **more, **OCTOBER, group_by=[group], names=[]).returns
        assert grouped["total"] == whole["total"]
        sums: Counter[str] = Counter()
        for each in grouped["totals"]:
            for metric in whole["total"]:
                sums[metric] += Decimal(each["amount"] if kind == "costs" else each[metric])  # type: ignore[assignment]
        assert {metric: Decimal(value) for metric, value in whole["total"].items()} == dict(sums)


def test_money_is_exact(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    returns = perform(simulator, "cost_info", **OCTOBER, group_by=["project_id", "line_item"]).returns
    amounts = [Decimal(each["amount"]["value"]) for bucket in returns["buckets"] for each in bucket["results"]]
    assert sum(amounts) == Decimal(returns["total"]["usd"])
    assert sum(Decimal(each["amount"]) for each in returns["totals"]) == Decimal(returns["total"]["usd"])
    assert all(isinstance(each["amount"], str) and "e" not in each["amount"].lower() for each in returns["totals"])


def test_names_stand_beside_ids(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    returns = perform(
        simulator,
        "usage_info",
        kind="completions",
        start_time="2026-10-01",
        group_by=["project_id", "user_id", "api_key_id"],
        names=["project_id", "user_id", "api_key_id"],
    ).returns
    named = {each["project_id"]: each["project"] for each in returns["totals"]}
    assert named == {"proj_default": "Default project", "proj_search": "search-prod", "proj_old": "old"}
    people = {each["user_id"]: each["email"] for each in returns["totals"] if each["user_id"]}
    assert people["user-dev"] == "dev@example.com"
    keys = {each["api_key_id"]: (each["api_key"], each["api_key_deleted"]) for each in returns["totals"]}
    assert keys["key_deploy"] == ("deploy", False)
    assert (None, True) in keys.values()


REQUESTS = {
    "not grouped": ({}, 0),
    "by project": ({"group_by": ["project_id"]}, 1),
    "by project, without names": ({"group_by": ["project_id"], "names": []}, 0),
    "by project and person": ({"group_by": ["project_id", "user_id"]}, 2),
    "by key": ({"group_by": ["api_key_id"]}, 0),
    "by key, with names": ({"group_by": ["api_key_id"], "names": ["api_key_id"]}, 3),
    "of named projects": ({"projects": ["old"]}, 1),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_names_cost_what_is_documented(name: str, simulator: Simulator) -> None:
    more, listings = REQUESTS[name]
    simulator.reset(ORGANIZATION)
    perform(simulator, "usage_info", kind="completions", **OCTOBER, **more)
    assert len(simulator.requests()) == 1 + listings


TIMES: dict[str, tuple[dict[str, Any], dict[str, list[str]]]] = {
    "seconds": ({"start_time": 1790812800}, {"start_time": ["1790812800"]}),
    "a date": ({"start_time": "2026-10-01"}, {"start_time": ["1790812800"]}),
    "a time": ({"start_time": "2026-10-01T02:00:00+02:00"}, {"start_time": ["1790812800"]}),
    "both ends": (
        {"start_time": "2026-10-01T00:00:00Z", "end_time": "2026-10-02"},
        {"start_time": ["1790812800"], "end_time": ["1790899200"]},
    ),
    "a month": ({"month": "2026-10"}, {"start_time": ["1790812800"], "end_time": ["1793491200"]}),
    "a december": ({"month": "2025-12"}, {"start_time": ["1764547200"], "end_time": ["1767225600"]}),
}


@pytest.mark.parametrize("name", TIMES)
def test_times_reach_the_api(name: str, simulator: Simulator) -> None:
    more, asked = TIMES[name]
    simulator.reset(ORGANIZATION)
    perform(simulator, "cost_info", **more)
    (request,) = simulator.requests()
    assert {name: value for name, value in request["query"].items() if name.endswith("_time")} == asked


BAD: dict[str, tuple[TASK, str]] = {
    "no kind": (module("usage_info", since="7d"), "kind is required: one of completions, embeddings, "),
    "no time": (module("cost_info"), "one of these is required: start_time, since, month."),
    "two times": (
        module("cost_info", month="2026-10", since="7d", start_time="2026-10-01"),
        "month excludes start_time, since; since excludes start_time.",
    ),
    "no such times": (
        module("cost_info", start_time="yesterday", end_time="2026-13-01"),
        "start_time must be Unix seconds, or a date or time such as 2026-10-01 or 2026-10-01T12:00:00Z,"
        " not 'yesterday'; end_time must be Unix seconds",
    ),
    "no such month": (
        module("cost_info", month="2026-13"),
        "month must be a year and a month, such as 2026-10, not '2026-13'.",
    ),
    "no such span": (
        module("cost_info", since="a week"),
        "since must be a number and m, h, d or w, such as 7d, not 'a week'.",
    ),
    "an end before the beginning": (
        module("cost_info", start_time="2026-10-02", end_time="2026-10-01"),
        "end_time must be later than the beginning.",
    ),
    "what the kind does not have": (
        module("usage_info", kind="vector_stores", since="7d", models=["gpt-5"], group_by=["model", "project_id"]),
        "the usage of vector stores cannot be filtered by models, only by project_ids;"
        " the usage of vector stores cannot be grouped by model, only by project_id.",
    ),
    "a misspelled event": (
        module("audit_log_info", event_types=["project.archive", "tenant.created", "x"], max_results=0),
        "'project.archive' is no type of event (is project.archived",
    ),
    "times of the audit log": (
        module("audit_log_info", since="7d", effective_at={"gt": "never"}),
        "effective_at excludes start_time, end_time, since, month;"
        " effective_at.gt must be Unix seconds, or a date or time, not 'never'.",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_asked_is_refused_before_any_request(name: str, ansible: Ansible) -> None:
    task, words = BAD[name]
    run = play_alike(ansible, attempts({name: task}), organization=ORGANIZATION)
    assert run[name].message.startswith(words)
    assert run[name].requests == []


def test_projects_that_are_not_there(ansible: Ansible) -> None:
    for kind in "cost_info", "audit_log_info":
        task = module(kind, since="7d", projects=["search-prod", "never"])
        check = {**module(kind, since="7d", projects=["never"]), "check_mode": True}
        run = play_alike(ansible, attempts({"real": task, "check": check}), organization=ORGANIZATION)
        assert messages(run)["real"].endswith("Project 'never' does not exist.")
        assert "predicted as if an earlier task had created it" in run["check"].warnings[0]
        assert run["check"].result["buckets" if kind == "cost_info" else "audit_logs"] == []


def test_an_empty_filter_finds_nothing(ansible: Ansible) -> None:
    tasks = {
        "usage": module("usage_info", kind="completions", since="7d", project_ids=[]),
        "log": module("audit_log_info", actor_ids=[]),
    }
    run = play_alike(ansible, attempts(tasks), organization=ORGANIZATION)
    assert run["usage"].result["buckets"] == run["usage"].result["totals"] == run["log"].result["audit_logs"] == []
    assert run["usage"].requests == run["log"].requests == []


# The audit log


def with_events(simulator: Simulator) -> openai.OpenAI:
    """An organization in which a few things happened, at five moments."""
    simulator.reset(ORGANIZATION)
    client = openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url)
    projects = client.admin.organization.projects
    for number in range(5):
        made = projects.create(name=f"project-{number}")
        projects.update(made.id, name=f"renamed-{number}")
        simulator.behaviour(advance=3600)
    simulator.actor("dev@example.com")
    projects.archive(made.id)
    return client


LOG_FILTERS: dict[str, dict[str, Any]] = {
    "everything": {},
    "types": {"event_types": ["project.created", "project.archived"]},
    "projects": {"project_ids": ["proj_default"]},
    "actors": {"actor_emails": ["dev@example.com"]},
    "actor ids": {"actor_ids": ["user-dev"]},
    "later": {"effective_at": {"gt": NOW + 3600, "lte": NOW + 3 * 3600}},
    "from on": {"effective_at": {"gte": NOW + 3600, "lt": NOW + 3 * 3600}},
    "tenant": {"tenant_only": True},
}


@SIZES
@pytest.mark.parametrize("name", LOG_FILTERS)
def test_all_events_come_back(name: str, size: int | None, simulator: Simulator) -> None:
    client = with_events(simulator)
    simulator.behaviour(page_size=size)
    expected = [event.id for event in client.admin.organization.audit_logs.list(**LOG_FILTERS[name])]
    returns = perform(simulator, "audit_log_info", **LOG_FILTERS[name]).returns
    assert [event["id"] for event in returns["audit_logs"]] == expected
    assert returns["truncated"] is False
    assert bool(expected) == (name != "tenant")


def test_an_event_is_told_in_one_way(simulator: Simulator) -> None:
    with_events(simulator)
    newest, *rest = perform(simulator, "audit_log_info").returns["audit_logs"]
    assert newest["type"] == "project.archived"
    assert (newest["actor_type"], newest["actor_email"], newest["ip_address"]) == (
        "session",
        "dev@example.com",
        "127.0.0.1",
    )
    assert newest["details"]["id"].startswith("proj_")
    assert {event["actor_type"] for event in rest} == {"api_key"}
    assert all(event["api_key_id"] for event in rest)


@pytest.mark.parametrize(("most", "size", "requests"), [(3, 2, 2), (4, 2, 2), (11, 2, 6), (12, 2, 6), (1, None, 1)])
def test_the_newest_events_come_first_and_more_is_said(
    most: int, size: int | None, requests: int, simulator: Simulator
) -> None:
    with_events(simulator)
    simulator.behaviour(page_size=size)
    everything = [event["id"] for event in perform(simulator, "audit_log_info").returns["audit_logs"]]
    assert len(everything) == 11
    simulator.clear()
    returns = perform(simulator, "audit_log_info", max_results=most).returns
    assert [event["id"] for event in returns["audit_logs"]] == everything[:most]
    assert returns["truncated"] is (most < len(everything))
    assert len(simulator.requests()) == requests


def test_a_log_that_is_switched_off_is_said(ansible: Ansible) -> None:
    organization = {**ORGANIZATION, "behaviour": {"clock": NOW, "audit_logging": False}}
    tasks = {
        "all": module("audit_log_info"),
        "lately": module("audit_log_info", start_time="2026-11-01"),
        "of somebody": module("audit_log_info", actor_emails=["dev@example.com"]),
    }
    run = play_alike(ansible, attempts(tasks), organization=organization)
    assert "Audit logging may be switched off" in run["all"].warnings[0]
    assert "There is no event in the audit log of that time." in run["lately"].warnings[0]
    assert run["of somebody"].warnings == []


def test_a_log_that_is_forbidden_is_an_error(simulator: Simulator) -> None:
    simulator.reset({**ORGANIZATION, "behaviour": {"audit_logging": "forbidden"}})
    with pytest.raises(AdminError, match="Audit logging is not enabled"):
        perform(simulator, "audit_log_info")
