# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an audit finds about keys that work, and about spending, where it is asked to look."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from integration.playbooks import Ansible, PlaybookRun

NOW = int(time.time())
DAY = 86400
DEV = "dev@example.com"


def event(kind: str, at: int, key: str, scopes: list[str]) -> dict[str, Any]:
    details = {"data": {"scopes": scopes}} if kind == "api_key.created" else {"changes_requested": {"scopes": scopes}}
    return {
        "type": kind,
        "effective_at": NOW - at * DAY,
        "project": "search",
        "actor": {"email": "owner@example.com"},
        "details": {"id": key, **details},
    }


ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}, {"email": DEV, "id": "user-dev"}],
    "data_retention": {"type": "zero_data_retention"},
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": DEV}],
            "service_accounts": [{"name": "api", "id": "svc_api"}],
            "spend_limit": {"threshold_amount": 1},
            "api_keys": [
                {"name": "of-dev", "id": "key_dev", "user": DEV, "created_at": NOW - 5 * DAY, "expires_at": NOW + DAY},
                {"name": "endless", "id": "key_endless", "service_account": "api", "created_at": NOW - 5 * DAY},
                {
                    "name": "old",
                    "id": "key_old",
                    "service_account": "api",
                    "created_at": NOW - 400 * DAY,
                    "expires_at": NOW + DAY,
                },
                {
                    "name": "wider",
                    "id": "key_wider",
                    "service_account": "api",
                    "created_at": NOW - 5 * DAY,
                    "expires_at": NOW + DAY,
                },
                {
                    "name": "narrower",
                    "id": "key_narrower",
                    "service_account": "api",
                    "created_at": NOW - 5 * DAY,
                    "expires_at": NOW + DAY,
                },
            ],
        },
        {"name": "open", "id": "proj_open", "users": [{"email": DEV}]},
        {"name": "alerted", "spend_alerts": [{"threshold_amount": 100, "recipients": ["ops@example.com"]}]},
    ],
    "audit_events": [
        event("api_key.created", 5, "key_wider", ["api.model.read"]),
        event("api_key.updated", 2, "key_wider", ["api.model.read", "api.model.request"]),
        event("api_key.created", 5, "key_narrower", ["api.model.read", "api.model.request"]),
        event("api_key.updated", 2, "key_narrower", ["api.model.read"]),
    ],
    "usage": {"since": "2090-01-01"},
}
DECLARED: dict[str, Any] = {
    "projects": [
        {"name": "search", "people_keys": False},
        {"name": "open"},
        {"name": "alerted"},
    ],
}


def audit(ansible: Ansible, declared: dict[str, Any] | None = None, **settings: Any) -> PlaybookRun:
    ansible.simulator.reset(ORGANIZATION)
    given = {
        "openai_admin_organization": DECLARED if declared is None else declared,
        **{f"openai_admin_audit_{name}": value for name, value in settings.items()},
    }
    return ansible.run("community.openai_admin.audit", "-e", json.dumps(given))


def found(ansible: Ansible) -> dict[str, set[str]]:
    report = json.loads((ansible.folder / "audit.json").read_text(encoding="utf-8"))
    names: dict[str, set[str]] = {}
    for each in report["findings"]:
        for category in (each["category"], *each["also"]):
            names.setdefault(category, set()).add(each["name"])
    return names


def test_keys_of_people_are_found_where_the_declaration_excludes_them(ansible: Ansible) -> None:
    run = audit(ansible)
    assert run.status == 0, run.output
    assert found(ansible) == {"people_keys": {"of-dev"}, "unused_keys": {"old"}}
    assert audit(ansible, fail_on=["people_keys"]).status != 0
    open_to_all = {"projects": [{**each, "people_keys": True} for each in DECLARED["projects"]]}
    assert audit(ansible, open_to_all).status == 0
    assert found(ansible) == {"unused_keys": {"old"}}


def test_keys_are_looked_at_as_the_settings_ask(ansible: Ansible) -> None:
    run = audit(ansible, check="key_expiry,key_scopes", keys_older_than_days="365", fail_on="widened_keys")
    assert run.status != 0
    assert found(ansible) == {
        "people_keys": {"of-dev"},
        "keys_without_expiry": {"endless"},
        "old_keys": {"old"},
        "widened_keys": {"wider"},
        "unused_keys": {"old"},
    }
    assert "scopes added since it was issued: api.model.request" in run.output


def test_projects_that_nothing_limits_and_limits_that_will_be_reached(ansible: Ansible) -> None:
    day = int(time.time() // DAY * DAY)
    first = day - (time.gmtime(day).tm_mday - 1) * DAY
    amount = {"value": "7.00", "currency": "usd"}
    result = {"object": "organization.costs.result", "amount": amount, "project_id": "proj_search", "line_item": None}
    bucket = {"object": "bucket", "start_time": first, "end_time": first + DAY, "results": [result]}
    page = {"object": "page", "has_more": False, "next_page": None, "data": [bucket]}
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.fault("body", "/organization/costs", "GET", body=page, times=None)
    given = {"openai_admin_organization": {"projects": [{"name": each["name"]} for each in DECLARED["projects"]]}}
    run = ansible.run(
        "community.openai_admin.audit", "-e", json.dumps({**given, "openai_admin_audit_check": "spending"})
    )
    assert run.status == 0, run.output
    expected = {"unlimited_projects": {"open"}, "unused_keys": {"old"}}
    if day != first:  # there is no forecast on the first day
        expected["limits_below_forecast"] = {"search"}
    names = found(ansible)
    assert {name: names[name] for name in expected if name in names} == expected


def test_what_cannot_be_read_makes_the_audit_incomplete(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.behaviour(audit_logging="forbidden")
    given = {"openai_admin_organization": DECLARED, "openai_admin_audit_check": ["key_scopes", "spending"]}
    run = ansible.run("community.openai_admin.audit", "-e", json.dumps(given))
    assert run.status != 0
    assert "Could not read events of API keys" in run.output
    assert "The audit log is switched off." in run.output


@pytest.mark.parametrize(
    ("declared", "there", "said"),
    [
        ({"hosted_tools": {"mcp": False}}, {"hosted_tools": {"mcp": True}}, "mcp is True, declared False"),
        (
            {"data_retention": {"type": "zero_data_retention"}},
            {"data_retention": {"type": "modified_abuse_monitoring"}},
            "type is modified_abuse_monitoring, declared zero_data_retention",
        ),
    ],
    ids=["tools", "retention"],
)
def test_tools_and_retention_that_are_weaker_than_declared_are_drift(
    declared: dict[str, Any], there: dict[str, Any], said: str, ansible: Ansible
) -> None:
    """The audit log has no event for them: only reading finds them."""
    ansible.simulator.reset({"users": ORGANIZATION["users"], "projects": [{"name": "search", **there}]})
    given = {"openai_admin_organization": {"projects": [{"name": "search", **declared}]}}
    run = ansible.run("community.openai_admin.audit", "-e", json.dumps(given))
    assert run.status != 0
    assert said in run.output
