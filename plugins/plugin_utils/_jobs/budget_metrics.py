# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Costs, budgets, limits, alerts and ages of keys as OpenMetrics, for the textfile collector of Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import encodable

Sample = tuple[Mapping[str, Any], Any]

FAMILIES = {
    "openai_costs_usd": "Costs of the month to date of a project.",
    "openai_costs_forecast_usd": "Forecast of the costs of the month of a project.",
    "openai_budget_usd": "Monthly budget of a project.",
    "openai_cost_center_costs_usd": "Costs of the month to date of a cost center.",
    "openai_cost_center_forecast_usd": "Forecast of the costs of the month of a cost center.",
    "openai_cost_center_budget_usd": "Monthly budget of a cost center.",
    "openai_spend_limit_usd": "Monthly spend limit of a project, or without a project of the organization.",
    "openai_spend_alert_usd": "Monthly amount of a spend alert of a project, or without a project of the organization.",
    "openai_api_key_age_seconds": "Time since an API key was issued.",
    "openai_api_key_expires_timestamp_seconds": "When an API key expires.",
    "openai_costs_read_timestamp_seconds": "When the costs were read.",
}
"""The metrics, which are gauges, and what they mean."""


def metrics(report: Mapping[str, Any], unused_settings: Mapping[str, Any]) -> str:
    """Return the text. What is unknown has no sample, which is not the same as 0."""
    lines = []
    for name, meaning in FAMILIES.items():
        samples = [f"{name}{_labels(labels)} {value}" for labels, value in _samples(report, name) if value is not None]
        if samples:
            unit = name.rpartition("_")[2]
            lines += [f"# TYPE {name} gauge", f"# UNIT {name} {unit}", f"# HELP {name} {meaning}", *samples]
    return "\n".join([*lines, "# EOF", ""])


def _samples(report: Mapping[str, Any], family: str) -> Iterable[Sample]:
    made_at = datetime.fromisoformat(report["made_at"].replace("Z", "+00:00")).timestamp()
    projects = [row for row in report["rows"] if row["scope"] == "project"]
    centers = [row for row in report["rows"] if row["scope"] == "cost_center"]
    found: dict[str, Iterable[Sample]] = {
        "openai_costs_usd": _of(projects, "spent"),
        "openai_costs_forecast_usd": _of(projects, "forecast"),
        "openai_budget_usd": _of(projects, "budget"),
        "openai_cost_center_costs_usd": _of(centers, "spent"),
        "openai_cost_center_forecast_usd": _of(centers, "forecast"),
        "openai_cost_center_budget_usd": _of(centers, "budget"),
        "openai_spend_limit_usd": [({"project": "", "project_id": ""}, report["limit"]), *_in_projects(projects)],
        "openai_spend_alert_usd": _alerts(report, projects),
        "openai_api_key_age_seconds": _keys(report["keys"], "created_at", made_at),
        "openai_api_key_expires_timestamp_seconds": _keys(report["keys"], "expires_at"),
        "openai_costs_read_timestamp_seconds": [({}, int(made_at))],
    }
    return found[family]


def _of(rows: Iterable[Mapping[str, Any]], value: str) -> Iterator[Sample]:
    for row in rows:
        named = {"cost_center": row["cost_center"]}
        if row["scope"] == "project":
            named = {"project": row["name"], "project_id": row["project_id"], **named}
        yield named, row[value]


def _in_projects(rows: Iterable[Mapping[str, Any]]) -> Iterator[Sample]:
    for row in rows:
        yield {"project": row["name"], "project_id": row["project_id"]}, row["spend_limit"]


def _alerts(report: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Iterator[Sample]:
    scopes = [("", "", report["alerts"]), *((row["name"], row["project_id"], row["alerts"]) for row in rows)]
    for name, own_id, amounts in scopes:
        for amount in dict.fromkeys(amounts):
            yield {"project": name, "project_id": own_id, "amount": amount}, amount


def _keys(keys: Iterable[Mapping[str, Any]], moment: str, until: float | None = None) -> Iterator[Sample]:
    for key in keys:
        named = {name: key[name] for name in ("project", "project_id", "owner", "owner_type")}
        at = key[moment]
        value = at if until is None or at is None else max(int(until - at), 0)
        yield {**named, "key": key["name"], "key_id": key["id"]}, value


def _labels(labels: Mapping[str, Any]) -> str:
    shown = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{shown}}}" if shown else ""


def _escaped(value: Any) -> str:
    text = encodable("" if value is None else str(value))
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
