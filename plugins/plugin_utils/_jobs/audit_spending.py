# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The findings of an audit about spending: projects that nothing limits, and limits that the month will reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import (
    BELOW,
    UNLIMITED,
    Finding,
    finding_of,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import money
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.month_costs import Costs


def find_spending(limits: Mapping[str, Any], read: Mapping[str, Any], made_at: str) -> Iterator[Finding]:
    """Yield findings from an export with limits and alerts, and from the costs of the month.

    Raises C(cost_report.Unusable) if an amount cannot be read.
    """
    organization = limits.get("organization") or {}
    if not organization or not read.get("buckets"):
        return
    ids = (limits.get("ids") or {}).get("projects") or {}
    today = datetime.fromisoformat(made_at.replace("Z", "+00:00")).astimezone(timezone.utc).date()
    costs = Costs(read["buckets"], today)
    scopes = [(None, organization, None), *((_name(each), each, _id(each, ids)) for each in organization["projects"])]
    for name, scope, own_id in scopes:
        limit = (scope.get("spend_limit") or {}).get("usd_per_month")
        if name is not None and limit is None and not scope.get("spend_alerts"):
            yield finding_of(UNLIMITED, "project", name, id=own_id, detail="neither a spend limit nor an alert")
        if name is not None and own_id is None:
            continue  # several projects have this name: whose costs are meant is unknown
        forecast = costs.forecast(None if name is None else [own_id])["forecast"]
        if limit is not None and forecast is not None and Decimal(str(limit)) < Decimal(forecast):
            detail = f"limit {money(str(limit))} USD, forecast for the month {money(forecast)} USD"
            yield finding_of(BELOW, "spend_limit", name or "organization", name, detail=detail)


def _name(project: Mapping[str, Any]) -> str:
    return str(project.get("name") or project.get("project_id"))


def _id(project: Mapping[str, Any], ids: Mapping[str, str]) -> str | None:
    own_id = project.get("project_id") or ids.get(str(project.get("name")))
    return None if own_id is None else str(own_id)
