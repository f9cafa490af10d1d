# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Costs, in buckets of whole days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openai.types.admin.organization import UsageCostsParams, UsageCostsResponse

from ..buckets import Report, totals
from ..consumption import KEY, NANO, PROJECT, USER, Record, Source, Value
from ..errors import bad_request
from ..operations import Call, Operation
from .usage import show

LINE_ITEM = "line_item"


def costs(call: Call) -> dict[str, Any]:
    """Return the page that a request asks for."""
    groups = call.query.get("group_by", ())
    by_project = PROJECT in groups or "project_ids" in call.query
    if USER in groups and by_project and not call.world.behaviour.costs_by_user_and_project:
        raise bad_request(
            "Grouping by 'user_id' cannot be combined with projects for this organization.",
            param="group_by",
            code="unsupported_combination",
        )
    return REPORT.page(call)


def result(group: Mapping[str, Value], records: Sequence[Record]) -> dict[str, Any]:
    """Return the costs of a group. It has a quantity only if it is about one line item."""
    sums = totals(records)
    counted = group[LINE_ITEM] is not None and "quantity" in sums
    return {
        "object": "organization.costs.result",
        "amount": {"value": sums["nano"] / NANO, "currency": "usd"},
        **group,
        "quantity": float(sums["quantity"]) if counted else None,
        "quantity_unit": records[0].unit if counted else None,
    }


REPORT = Report({"1d": (7, 180)}, [PROJECT, USER, LINE_ITEM, KEY, "api_source"], Source.costs, result, whole_days=True)

OPERATIONS = (
    Operation("GET", "/organization/costs", costs, show, UsageCostsResponse, query=UsageCostsParams, parts="data"),
)
