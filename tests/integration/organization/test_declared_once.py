# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What there is once in a scope, such as a spend limit, in declarations of organizations and projects."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

DECLARED: dict[str, Any] = {
    "spend_limit": {"usd_per_month": 1000},
    "projects": [
        {"name": "search", "spend_limit": {"usd_per_month": 99.5}},
        {"name": "new", "spend_limit": {"usd_per_month": 5}, "service_accounts": [{"name": "api"}]},
    ],
}
"""One project is there, the other one is not."""


@pytest.fixture
def there(simulator: Simulator) -> Simulator:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "usage": {"since": "2090-01-01"},
            "data_retention": {"type": "modified_abuse_monitoring"},
            "projects": [{"name": "Default project"}, {"name": "search", "id": "proj_1"}],
        }
    )
    return simulator


def changes(simulator: Simulator, check: bool = False, **declared: Any) -> dict[tuple[str, str | None], str]:
    found = perform(simulator, "organization", check=check, **declared).returns["changes"]
    return {(each["kind"], each["project"]): each["action"] for each in found}


def exported(simulator: Simulator) -> dict[str, Any]:
    plurals = ["spend_limits", "data_retentions"]
    return dict(perform(simulator, "organization_info", include=plurals).returns["organization"])


def test_a_cycle(there: Simulator) -> None:
    predicted = changes(there, check=True, **DECLARED)
    assert predicted == changes(there, **DECLARED)
    assert predicted == {
        ("project", None): "create",
        ("service_account", "new"): "create",
        ("spend_limit", None): "set",
        ("spend_limit", "search"): "set",
        ("spend_limit", "new"): "set",
    }
    assert changes(there, **DECLARED) == {}
    more = {**DECLARED, "spend_limit": {"state": "absent"}}
    assert changes(there, **more) == {("spend_limit", None): "remove"}
    assert changes(there, **more) == {}


def test_another_currency_is_another_limit(there: Simulator) -> None:
    changes(there, spend_limit={"usd_per_month": 5})
    limit = {"object": "spend_limit", "threshold_amount": 500, "currency": "EUR", "interval": "month"}
    there.fault("body", "/organization/spend_limit", "GET", body=limit, times=1)
    (change,) = perform(there, "organization", spend_limit={"usd_per_month": 5}).returns["changes"]
    assert (change["before"]["currency"], change["after"]["currency"], change["fields"]) == ("EUR", "USD", ["currency"])


def test_a_limit_in_another_currency_is_not_exported_as_one_in_dollars(there: Simulator) -> None:
    changes(there, **DECLARED)
    limit = {"object": "spend_limit", "threshold_amount": 500, "currency": "EUR", "interval": "month"}
    route = "/organization/projects/{project_id}/spend_limit"
    there.fault("body", route, "GET", body=limit, times=None)
    there.fault("body", "/organization/spend_limit", "GET", body=limit, times=None)
    outcome = perform(there, "organization_info", include=["projects", "spend_limits"])
    found = outcome.returns["organization"]
    assert [each for each in (found, *found["projects"]) if "spend_limit" in each] == []
    said = "is not exported: its currency is EUR, and a declaration can only declare USD."
    of = ["the organization", "project 'Default project'", "project 'new'", "project 'search'"]
    assert sorted(outcome.warnings) == sorted(f"The spend limit of {each} {said}" for each in of)


def test_each_is_read_once(there: Simulator) -> None:
    changes(there, **DECLARED)
    requests = perform(there, "organization", **DECLARED).returns["requests"]
    assert requests["writes"] == 0
    assert requests["reads"] == 1 + 1 + 2 + 1  # projects; limits of the organization and of both; accounts of one


def test_defaults_count_option_by_option(there: Simulator) -> None:
    projects = [{"name": "search"}, {"name": "Default project", "spend_limit": {"usd_per_month": 7}}]
    retention = {"type": "enhanced_zero_data_retention"}
    defaults = {"spend_limit": {"usd_per_month": 3}, "data_retention": {**retention, "allow_weaker_retention": True}}
    changes(there, projects=projects, project_defaults=defaults)
    found = {each["name"]: (each["spend_limit"], each["data_retention"]) for each in exported(there)["projects"]}
    assert found == {
        "search": ({"usd_per_month": 3}, retention),
        "Default project": ({"usd_per_month": 7}, retention),
    }


def test_an_export_is_what_was_declared(there: Simulator) -> None:
    changes(there, **DECLARED)
    found = exported(there)
    assert found["spend_limit"] == {"usd_per_month": 1000}
    assert {each["name"]: each.get("spend_limit") for each in found["projects"]} == {
        "Default project": None,
        "search": {"usd_per_month": 99.5},
        "new": {"usd_per_month": 5},
    }
    assert changes(there, **found) == {}


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"spend_limit": {}}, "usd_per_month is required."),
        ({"projects": [{"name": "search", "spend_limit": {}}]}, "usd_per_month is required."),
        (
            {"data_retention": {"type": "none"}},
            "The data retention of the organization cannot be none: only a project can have that. Name the project.",
        ),
    ],
    ids=["organization", "project", "refused"],
)
def test_what_cannot_be_is_refused(there: Simulator, declared: dict[str, Any], said: str) -> None:
    with pytest.raises(AdminError) as caught:
        perform(there, "organization", **declared)
    assert [each["message"] for each in caught.value.facts["problems"]] == [said]


def test_weaker_retention_is_refused_unless_it_is_allowed(there: Simulator) -> None:
    strict, weak = ({"type": kind} for kind in ("zero_data_retention", "modified_abuse_monitoring"))
    changes(there, data_retention=strict)
    with pytest.raises(AdminError, match="which is weaker"):
        changes(there, data_retention=weak)
    assert changes(there, data_retention={**weak, "allow_weaker_retention": True}) == {
        ("data_retention", None): "update"
    }
