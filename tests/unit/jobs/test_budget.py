# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Budgets on given days: forecasts with their ranges, states, owners, and what the statistics keep."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.budget import Unusable, report
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.budget_metrics import metrics
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import question
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.month_costs import Costs
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families

SETTINGS = {
    "openai_admin_budget_fail_on": ["over", "forecast"],
    "openai_admin_budget_warn_at_percent": 80,
    "openai_admin_budget_title": "Budgets",
}


def bucket(day: date, dollars: str, project: str | None = "proj_1") -> dict[str, Any]:
    start = int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())
    result = {"amount": {"value": dollars, "currency": "usd"}, "project_id": project, "api_key_id": None}
    return {"start_time": start, "end_time": start + 86400, "results": [result]}


def made(today: date, buckets: list[dict[str, Any]], **declaration: Any) -> dict[str, Any]:
    declared = {"projects": [{"name": "search", "project_id": "proj_1", "budget_usd": 100}], **declaration}
    asked = question("current", ["project", "api_key"], f"{today}T12:00:00Z")
    about = {"question": asked, "organization": "", "declaration": declared, "file": "", "ansible_version": "2.22.0"}
    read: dict[str, Any] = {"costs": {"buckets": buckets, "totals": []}, "limits": {}, "keys": {}}
    return report(read, SETTINGS, {**about, "now": 1_800_000_000})


def days(*dollars: str) -> list[dict[str, Any]]:
    """Return the costs of the first days of November."""
    return [bucket(date(2026, 11, 1) + timedelta(number), each) for number, each in enumerate(dollars)]


CASES: dict[str, tuple[date, list[str], tuple[Any, ...]]] = {
    "no day is over": (date(2026, 11, 1), ["99"], ("99.00", None, None, None, "warning", 29)),
    "one day is over": (date(2026, 11, 2), ["1", "0.5"], ("1.50", "30.00", None, None, "within", 28)),
    "like days": (date(2026, 11, 11), ["2"] * 11, ("22.00", "60.00", "60.00", "60.00", "within", 19)),
    "today costs more": (date(2026, 11, 11), ["2"] * 10 + ["5"], ("25.00", "63.00", "63.00", "63.00", "within", 19)),
    "unlike days": (date(2026, 11, 5), ["1", "3", "1", "3"], ("8.00", "60.00", "52.45", "67.55", "within", 25)),
    "will be spent": (date(2026, 11, 11), ["4"] * 11, ("44.00", "120.00", "120.00", "120.00", "forecast", 19)),
    "is spent": (date(2026, 11, 11), ["10"] * 10, ("100.00", "300.00", "300.00", "300.00", "over", 19)),
    "the last day": (date(2026, 11, 30), ["3"] * 30, ("90.00", "90.00", "90.00", "90.00", "warning", 0)),
}


@pytest.mark.parametrize("case", CASES)
def test_forecasts_and_states(case: str) -> None:
    today, dollars, expected = CASES[case]
    (row,) = made(today, days(*dollars))["rows"]
    names = ("spent", "forecast", "forecast_low", "forecast_high", "state", "days_left")
    assert tuple(row[name] for name in names) == expected


@given(st.lists(st.decimals(0, 10**6, places=6), min_size=1, max_size=30))
def test_ranges_contain_the_forecast_and_what_is_spent_is_exact(amounts: list[Decimal]) -> None:
    today = date(2026, 11, len(amounts))
    costs = Costs(days(*map(str, amounts)), today)
    told = costs.forecast(None)
    assert sum(costs.of(None).values()) == sum(amounts)
    if told["forecast_low"] is not None:
        low, amount, high = (Decimal(str(told[name])) for name in ("forecast_low", "forecast", "forecast_high"))
        assert low <= amount <= high
        assert low >= (sum(amounts) - Decimal("0.01"))


def test_each_owner_gets_one_message_about_all_their_budgets() -> None:
    centers = [{"name": "CC", "budget_usd": "10", "owners": ["Fin@example.com"]}]
    users = [{"email": "fin@example.com", "role": "owner"}, {"email": "dev@example.com", "role": "member"}]
    project = {"name": "search", "project_id": "proj_1", "budget_usd": 10, "users": users}
    projects = [{**project, "attributes": {"cost_center": "CC"}}, {"name": "other", "project_id": "proj_2"}]
    report = made(date(2026, 11, 11), days("11"), projects=projects, cost_centers=centers)
    assert [(each["to"], each["budgets"]) for each in report["messages"]] == [("Fin@example.com", ["CC", "search"])]
    assert report["budget"] == "10.00"  # the project's budget is part of its cost center's


def test_statistics_keep_what_awx_keeps() -> None:
    projects = [
        {
            "name": f"project-{number}",
            "project_id": f"proj_{number}",
            "budget_usd": 1,
            "users": [{"email": f"o{number}@example.com", "role": "owner"}],
        }
        for number in range(50)
    ]
    buckets = [bucket(date(2026, 11, 1), "5", f"proj_{number}") for number in range(50)]
    report = made(date(2026, 11, 11), buckets, projects=projects)
    stats = report["stats"]
    assert len(str(stats).encode()) <= 2000
    assert stats["messages"]
    assert len(stats["messages"]) + stats["messages_left_out"] == len(report["messages"]) == 50
    assert len(report["summary"]) <= 25


def test_what_is_unknown_has_no_sample() -> None:
    families = {each.name for each in text_string_to_metric_families(metrics(made(date(2026, 11, 1), days("1")), {}))}
    assert families == {"openai_costs_usd", "openai_budget_usd", "openai_costs_read_timestamp_seconds"}


@pytest.mark.parametrize("projects", [[], [{"name": "x"}], [{"name": "x", "budget_usd": "1,5"}]])
def test_a_declaration_without_a_budget_is_refused(projects: list[dict[str, Any]]) -> None:
    with pytest.raises(Unusable, match="budget"):
        made(date(2026, 11, 11), days("1"), projects=projects)
