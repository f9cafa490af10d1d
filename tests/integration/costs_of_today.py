# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Costs of the month that is not over: the same at each hour and on each day that tests run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone

from simulator import Simulator

DAY = 86400
COSTS = "/organization/costs"
Amounts = Mapping[tuple[str | None, str | None], str]
"""An amount for each project and key, both by ID."""


def spend(simulator: Simulator, amounts: Amounts, currency: str = "usd") -> None:
    """Let the first day of this month have these costs, and no other day any; the first day may be today."""
    start = int(datetime.now(timezone.utc).replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp())
    results = [
        {
            "object": "organization.costs.result",
            "amount": {"value": amount, "currency": currency},
            "project_id": project,
            "api_key_id": key,
            "line_item": None,
        }
        for (project, key), amount in amounts.items()
    ]
    bucket = {"object": "bucket", "start_time": start, "end_time": start + DAY, "results": results}
    page = {"object": "page", "has_more": False, "next_page": None, "data": [bucket]}
    simulator.fault("body", COSTS, "GET", body=page, times=None)
