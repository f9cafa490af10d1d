# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Costs, in whole days: money, which is never rounded."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Measure, Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field

COSTS = Report(
    kind="costs",
    title="the costs",
    path="/organization/costs",
    filters=(Field("project_ids", "list"), Field("api_key_ids", "list"), Field("line_items", "list")),
    widths={"1d": 180},
    dimensions=("project_id", "user_id", "line_item", "api_key_id", "api_source"),
    measures=(
        Measure("amount", answer="amount.value", unit="currency", unit_answer="amount.currency", lower=True),
        Measure("quantity", unit="quantity_unit"),
    ),
    exact=True,
)
