# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings about keys and about spending, from answers that do not say everything."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import BELOW, WIDER
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_keys import find_keys
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_spending import find_spending

KEY = {"id": "key_1", "name": "deploy", "owner_type": "service_account", "service_account": "api", "created_at": 1}
FIRST = 1_796_083_200
"""1 December 2026, in Unix seconds."""


def issued(scopes: Any) -> dict[str, Any]:
    return {"type": "api_key.created", "effective_at": 1, "details": {"id": "key_1", "data": {"scopes": scopes}}}


def updated(scopes: Any) -> dict[str, Any]:
    details = {"id": "key_1", "changes_requested": {"scopes": scopes}}
    return {"type": "api_key.updated", "effective_at": 2, "details": details}


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        (["a"], ["a", "b"], [WIDER]),
        (["a", "b"], ["a"], []),
        (["a"], [], [WIDER]),
        (["a"], [["a"]], []),
        ([["a"]], ["a", "b"], []),
    ],
)
def test_scopes_that_are_not_strings_say_nothing(then: Any, now: Any, found: list[str]) -> None:
    findings = find_keys([KEY], [issued(then), updated(now)], {}, {}, now=10)
    assert [each["category"] for each in findings] == found


@pytest.mark.parametrize(("ids", "found"), [({"twin": "proj_1"}, [BELOW]), ({}, [])])
def test_costs_of_no_project_are_not_those_of_one_whose_id_is_unknown(ids: dict[str, str], found: list[str]) -> None:
    limits = {"organization": {"projects": [{"name": "twin", "spend_limit": {"usd_per_month": 1}}]}}
    results = [
        {"amount": {"value": 50, "currency": "usd"}, "project_id": own_id, "api_key_id": None}
        for own_id in (None, "proj_1")
    ]
    buckets = [{"start_time": FIRST, "results": results}]
    findings = find_spending({**limits, "ids": {"projects": ids}}, {"buckets": buckets}, "2026-12-03T10:00:00Z")
    assert [each["category"] for each in findings] == found
