# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Costs: money, in whole days."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import option
from ansible_collections.community.openai_admin.plugins.module_utils._report import Number, Report
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Object


def measure(result: Object) -> tuple[Mapping[str, Number], Mapping[str, Any]]:
    """The amount, and the quantity where one is told; other currencies and units are other sums."""
    amount = result.get("amount") or {}
    numbers: dict[str, Number] = {"amount": Decimal(amount.get("value") or 0)}
    apart = {"currency": amount.get("currency")}
    if result.get("quantity") is not None:
        numbers["quantity"] = Decimal(result["quantity"])
        apart["quantity_unit"] = result.get("quantity_unit")
    return numbers, apart


COSTS = Report(
    title="costs",
    path="/organization/costs",
    widths={"1d": 180},
    filters=("project_ids", "api_key_ids", "line_items"),
    groups=("project_id", "user_id", "line_item", "api_key_id", "api_source"),
    measure=measure,
    exact=True,
)

FILTERS = {name: option("list", elements="str") for name in ("api_key_ids", "line_items")}
"""Options of filters that not all reports have."""
