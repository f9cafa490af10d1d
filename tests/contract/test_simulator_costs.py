# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's costs, through the official SDK: dollars that add up however they are grouped."""

from __future__ import annotations

import math
import time
from itertools import combinations
from typing import Any

import openai
import pytest
import requests
from integration.organizations import costly_organization
from openai.resources.admin.organization import Organization
from simulator import Simulator
from simulator.consumption import DAY

NOW = 1_800_000_000 + 12345  # 2027-01-15 11:25:45
TODAY = NOW // DAY * DAY
DIMENSIONS = ["project_id", "user_id", "line_item", "api_key_id", "api_source"]


@pytest.fixture(autouse=True)
def known(simulator: Simulator) -> None:
    """The sample at a known time."""
    simulator.behaviour(clock=NOW)


MANY = 30
"""Projects: enough for a day to be large."""


def test_what_is_kept_of_large_days_is_what_there_was(simulator: Simulator, admin: Organization) -> None:
    question = {"group_by": ["project_id", "api_key_id", "line_item"]}
    simulator.reset(costly_organization(MANY, NOW))
    first = buckets(admin, **question)
    assert len(first[0].results) > 10 * MANY
    assert buckets(admin, **question, limit=7) == first
    assert buckets(admin, group_by=["project_id"]) != first
    simulator.behaviour(clock=NOW - 10 * DAY)
    assert buckets(admin, **question)[: len(first) - 11] == first[: len(first) - 11]
    organization = costly_organization(MANY, NOW)
    organization["usage"]["seed"] = 2
    simulator.reset(organization)
    assert buckets(admin, **question) != first


def test_others_are_answered_while_a_page_is_made(simulator: Simulator) -> None:
    simulator.reset(costly_organization(MANY, NOW))
    url = f"{simulator.url}/organization/costs?start_time={TODAY - 179 * DAY}&limit=180&group_by=project_id"
    headers = {"Authorization": f"Bearer {simulator.admin_key}"}
    with requests.get(url, headers=headers, stream=True, timeout=30) as answer:
        assert next(answer.iter_content(100)).startswith(b'{"object": "page",')
        other = requests.get(f"{simulator.url}/organization/projects?limit=1", headers=headers, timeout=30)
        assert other.json()["has_more"]
    assert len(simulator.requests()) == 2


def buckets(admin: Organization, **query: Any) -> list[Any]:
    query = {"start_time": TODAY - 29 * DAY, "limit": 180, **query}
    page = admin.usage.costs(**query)
    found = list(page.data)
    while page.has_more:
        page = admin.usage.costs(**query, page=page.next_page or "")
        found += page.data
    return found


def rows(admin: Organization, **query: Any) -> list[Any]:
    return [row for bucket in buckets(admin, **query) for row in bucket.results]


def cents(found: list[Any]) -> int:
    return round(100 * math.fsum(row.amount.value for row in found))


def test_the_last_seven_days(admin: Organization, simulator: Simulator) -> None:
    simulator.reset()
    found = buckets(admin, start_time=int(time.time()) - 7 * DAY)
    assert len(found) == 8
    assert all(bucket.results for bucket in found)


def test_shape(admin: Organization) -> None:
    page = admin.usage.costs(start_time=TODAY - DAY)
    assert (page.object, page.has_more, page.next_page) == ("page", False, None)
    (row,) = page.data[0].results
    shown = row.to_dict()
    amount: Any = shown.pop("amount")
    assert amount["currency"] == "usd"
    assert isinstance(amount["value"], float)
    assert shown == {
        "object": "organization.costs.result",
        **dict.fromkeys([*DIMENSIONS, "quantity", "quantity_unit"]),
    }


def test_groups_do_not_change_totals(admin: Organization) -> None:
    total = cents(rows(admin))
    assert total > 0
    days = [cents(bucket.results) for bucket in buckets(admin)]
    for size in (1, 2, 5):
        for group_by in combinations(DIMENSIONS, size):
            found = buckets(admin, group_by=list(group_by))
            assert cents([row for bucket in found for row in bucket.results]) == total
            assert [cents(bucket.results) for bucket in found] == days
            others = [name for name in DIMENSIONS if name not in group_by]
            assert all(getattr(row, name) is None for bucket in found for row in bucket.results for name in others)


def test_same_answer(admin: Organization, simulator: Simulator) -> None:
    first = buckets(admin, group_by=DIMENSIONS)
    simulator.reset()
    simulator.behaviour(clock=NOW)
    assert buckets(admin, group_by=DIMENSIONS) == first
    simulator.reset({**simulator.state(), "usage": {"seed": 2}})
    assert buckets(admin, group_by=DIMENSIONS) != first


def test_some_belong_to_no_project(admin: Organization) -> None:
    found = rows(admin, group_by=["project_id", "line_item"])
    nowhere = [row for row in found if row.project_id is None]
    assert len(nowhere) == 30
    assert {(row.line_item, row.quantity) for row in nowhere} == {("support plan", None)}
    projects = {project.id: project.status for project in admin.projects.list(include_archived=True)}
    assert {row.project_id for row in found} <= {None, *projects}


def test_archived_projects_and_deleted_keys(admin: Organization) -> None:
    projects = {project.id: project.status for project in admin.projects.list(include_archived=True)}
    found = rows(admin, start_time=1764547200, end_time=1767225600, group_by=["project_id"])  # 2025-12
    assert "archived" in {projects.get(row.project_id) for row in found}
    keys = {key.id for project in projects for key in admin.projects.api_keys.list(project, owner_project_access="any")}
    used = {row.api_key_id for row in rows(admin, group_by=["api_key_id"])}
    assert used & keys
    assert used - keys - {None}


def test_quantities(admin: Organization) -> None:
    found = rows(admin, group_by=["line_item"])
    units = {row.line_item: row.quantity_unit for row in found}
    assert set(units.values()) == {
        "tokens", "images", "characters", "duration_seconds", "gibibyte_hours", None
    }  # fmt: skip
    assert units["gpt-5, input_tokens"] == "tokens"
    assert all(row.quantity is None for row in rows(admin, group_by=["project_id"]))


def test_they_are_those_of_the_usage(admin: Organization) -> None:
    query: dict[str, Any] = {"start_time": TODAY - 20 * DAY, "end_time": TODAY, "limit": 31}
    usage = admin.usage.completions(**query, group_by=["model"]).data
    charged = {
        (bucket.start_time, row.line_item): row for bucket in buckets(admin, **query, group_by=["line_item"])
        for row in bucket.results
    }  # fmt: skip
    assert any(bucket.results for bucket in usage)
    for bucket in usage:
        for row in bucket.results:
            if row.object == "organization.usage.completions.result":
                assert charged[bucket.start_time, f"{row.model}, output_tokens"].quantity == row.output_tokens
                cached = charged[bucket.start_time, f"{row.model}, cached_input_tokens"].quantity
                assert cached == row.input_cached_tokens


def test_filters(admin: Organization) -> None:
    for name, filter_name in (
        ("project_id", "project_ids"),
        ("api_key_id", "api_key_ids"),
        ("line_item", "line_items"),
    ):
        found = rows(admin, group_by=[name])
        for value in {getattr(row, name) for row in found} - {None}:
            expected = [row for row in found if getattr(row, name) == value]
            assert rows(admin, group_by=[name], **{filter_name: [value]}) == expected
        assert rows(admin, **{filter_name: ["nothing"]}) == []
    both = ["gpt-5, input_tokens", "support plan"]
    assert {row.line_item for row in rows(admin, group_by=["line_item"], line_items=both)} == set(both)


def test_days_are_whole(admin: Organization) -> None:
    found = buckets(admin, start_time=TODAY - 3 * DAY + 4711, end_time=TODAY - DAY + 1)
    assert [(bucket.start_time, bucket.end_time) for bucket in found] == [
        (TODAY + number * DAY, TODAY + (number + 1) * DAY) for number in (-3, -2, -1)
    ]
    assert found == buckets(admin, start_time=TODAY - 3 * DAY, end_time=TODAY)
    assert buckets(admin)[-1].end_time == TODAY + DAY


@pytest.mark.parametrize("size", [1, 2, 7, 180])
def test_pages(admin: Organization, simulator: Simulator, size: int) -> None:
    everything = buckets(admin, start_time=TODAY - 20 * DAY)
    simulator.clear()
    assert buckets(admin, start_time=TODAY - 20 * DAY, limit=size) == everything
    assert len(simulator.requests()) == -(-21 // size)


def test_limits(admin: Organization) -> None:
    start = TODAY - 200 * DAY
    assert len(admin.usage.costs(start_time=start).data) == 7
    assert len(admin.usage.costs(start_time=start, limit=180).data) == 180
    for limit in (0, 181):
        with pytest.raises(openai.BadRequestError, match="limit"):
            admin.usage.costs(start_time=start, limit=limit)


@pytest.mark.parametrize(
    "query",
    [
        {"bucket_width": "1h"},
        {"group_by[]": "model"},
        {"end_time": TODAY - 30 * DAY},
        {"page": "page_x"},
        {"user_ids[]": "user-x"},
    ],
)
def test_refusals(admin: Organization, query: dict[str, Any]) -> None:
    with pytest.raises(openai.BadRequestError):
        admin.usage.costs(start_time=TODAY - 20 * DAY, extra_query=query)


def test_users_and_projects_may_exclude_each_other(admin: Organization, simulator: Simulator) -> None:
    queries: list[dict[str, Any]] = [
        {"group_by": ["user_id", "project_id"]},
        {"group_by": ["user_id"], "project_ids": ["proj_x"]},
    ]
    for query in queries:
        admin.usage.costs(start_time=TODAY, **query)
    simulator.behaviour(costs_by_user_and_project=False)
    for query in queries:
        with pytest.raises(openai.BadRequestError, match="user_id"):
            admin.usage.costs(start_time=TODAY, **query)
    assert rows(admin, group_by=["user_id"])
    assert rows(admin, group_by=["project_id"])
