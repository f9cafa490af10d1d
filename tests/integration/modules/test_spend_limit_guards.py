# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Limits that stop requests at once, and limits that another one makes useless."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Refused
from integration.direct import perform
from simulator import Simulator

MODULE = "spend_limit"
SEARCH = {"project_id": "proj_search"}
COSTS = "/organization/costs"


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    """One project costs something, the other one nothing."""
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner", "id": "user-1"}],
            "projects": [
                {"name": "search", "id": "proj_search", "created_at": "2026-01-01"},
                {"name": "chat", "id": "proj_chat", "spend_limit": {"threshold_amount": 900, "status": "inactive"}},
            ],
            "usage": {"consumers": [{"project": "search", "user_id": "user-1"}]},
        }
    )
    costs_are(simulator, ("proj_search", "7.01"), ("proj_search", "5.00"), ("proj_chat", "0.5"), (None, "1.25"))


def costs_are(simulator: Simulator, *results: tuple[str | None, str]) -> None:
    answer = {"object": "page", "has_more": False, "next_page": None, "data": []}
    answer["data"] = [
        {"object": "bucket", "start_time": 1 + day, "end_time": 2 + day, "results": [result(*each)]}
        for day, each in enumerate(results)
    ]
    simulator.fault("body", COSTS, "GET", body=answer, times=None)


def result(project: str | None, dollars: str) -> dict[str, Any]:
    amount = {"value": float(dollars), "currency": "usd"}
    return {"object": "organization.costs.result", "amount": amount, "project_id": project, "line_item": None}


def costs_read(simulator: Simulator) -> list[dict[str, Any]]:
    return [each for each in simulator.requests() if each["route"] == COSTS]


@pytest.mark.parametrize(("scope", "spent"), [(SEARCH, "12.01"), ({}, "13.76"), ({"project": "search"}, "12.01")])
def test_a_limit_that_is_reached_already_is_refused(scope: dict[str, Any], spent: str, simulator: Simulator) -> None:
    exact = Decimal(spent)
    for amount in (exact, exact - Decimal("0.01"), Decimal("0.01")):
        for check in True, False:
            said = f"has already cost at least {spent} USD: the API would stop requests at once. Set allow_enforcing"
            with pytest.raises(Refused, match=said):
                perform(simulator, MODULE, check, **scope, usd_per_month=str(amount))
    assert simulator.requests(writes=True) == []
    before = len(costs_read(simulator))
    assert perform(simulator, MODULE, **scope, usd_per_month=str(exact), allow_enforcing=True).changed
    assert len(costs_read(simulator)) == before
    assert perform(simulator, MODULE, **scope, usd_per_month=str(exact + Decimal("0.01"))).changed


def test_costs_are_read_once_for_all_projects_and_only_where_something_changes(simulator: Simulator) -> None:
    amounts = {"search": 50, "chat": 9, "new": 5}
    projects = [{"name": name, "spend_limit": {"usd_per_month": usd}} for name, usd in amounts.items()]
    perform(simulator, "organization", projects=projects, spend_limit={"usd_per_month": 100})
    (request,) = costs_read(simulator)
    assert (request["query"]["limit"], request["query"]["group_by[]"]) == (["31"], ["project_id"])
    again = perform(simulator, "organization", projects=projects, spend_limit={"usd_per_month": 100})
    assert not again.changed
    assert len(costs_read(simulator)) == 1


def test_a_declaration_is_refused_as_a_whole(simulator: Simulator) -> None:
    projects = [{"name": "search", "spend_limit": {"usd_per_month": 12}}, {"name": "new"}]
    with pytest.raises(Exception, match=r"projects\[0\]\.spend_limit.*already cost at least 12\.01 USD"):
        perform(simulator, "organization", projects=projects)
    assert simulator.requests(writes=True) == []
    allowed = {"name": "search", "spend_limit": {"usd_per_month": 12, "allow_enforcing": True}}
    assert perform(simulator, "organization", projects=[allowed]).changed


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_may_not_read_costs_is_told(status: int, simulator: Simulator) -> None:
    simulator.clear_faults()
    simulator.fault("status", COSTS, "GET", status=status, message="No.", times=None)
    outcome = perform(simulator, MODULE, **SEARCH, usd_per_month=1)
    assert outcome.changed
    assert outcome.warnings == (
        "This month's costs could not be read, so it is not known whether the spend limit of project proj_search stops"
        " requests at once: No.",
    )


def test_a_change_of_a_limit_that_is_not_enforced_is_a_warning(simulator: Simulator) -> None:
    (warning,) = perform(simulator, MODULE, True, project="chat", usd_per_month=10).warnings
    assert warning == (
        "The API does not enforce the spend limit of project 'chat' so far (inactive), and may enforce it from this"
        " change on."
    )
    assert perform(simulator, MODULE, project="chat", usd_per_month=9).warnings == ()


def test_a_limit_above_that_of_the_organization_is_a_warning(simulator: Simulator) -> None:
    projects = [
        {"name": "search", "spend_limit": {"usd_per_month": 101}},
        {"name": "new", "spend_limit": {"usd_per_month": 99}},
    ]
    warnings = perform(simulator, "organization", projects=projects, spend_limit={"usd_per_month": 100}).warnings
    assert [said for said in warnings if "reached first" in said] == [
        "projects[0].spend_limit: The spend limit of project 'search' is above that of the organization, which is"
        " reached first (101.00 and 100.00 USD)."
    ]


@pytest.mark.parametrize("status", ["enforcing", "inactive", "new words"])
def test_raising_a_limit_that_already_stops_requests_stops_nothing(status: str, simulator: Simulator) -> None:
    """Only if the API enforces the present limit. A lower one is refused in any case."""
    state = simulator.state()
    state["projects"][0]["spend_limit"] = {"threshold_amount": 500, "status": status}
    simulator.reset(state)
    costs_are(simulator, ("proj_search", "12.01"))
    with pytest.raises(Refused, match="already cost at least"):
        perform(simulator, MODULE, **SEARCH, usd_per_month=4)
    if status != "enforcing":
        with pytest.raises(Refused, match="already cost at least"):
            perform(simulator, MODULE, **SEARCH, usd_per_month=7)
        return
    assert perform(simulator, MODULE, **SEARCH, usd_per_month=7).warnings == (
        "The spend limit of project proj_search is raised to 7.00 USD, and this month has already cost at least 12.01"
        " USD: requests stay stopped until the limit is above the costs.",
    )


UNREADABLE: list[Any] = [None, "", "much", [1], True, "NaN", "-Infinity", {"value": 1}]


@pytest.mark.parametrize("value", UNREADABLE, ids=repr)
def test_costs_that_cannot_be_read_are_not_nothing(value: Any, simulator: Simulator) -> None:
    simulator.clear_faults()
    bad = {**result("proj_search", "1"), "amount": {"value": value, "currency": "usd"}}
    for odd in bad, {**bad, "amount": None}, {**bad, "amount": {"value": 1, "currency": "eur"}}:
        bucket = {"object": "bucket", "start_time": 1, "end_time": 2, "results": [odd, result("proj_chat", "9")]}
        page = {"object": "page", "has_more": False, "next_page": None, "data": [bucket]}
        simulator.fault("body", COSTS, "GET", body=page, times=None)
        for scope in SEARCH, {}:
            with pytest.raises(AdminError, match="Could not read the costs of this month: an amount is "):
                perform(simulator, MODULE, **scope, usd_per_month=50)
        assert perform(simulator, MODULE, True, project="chat", usd_per_month=10).changed
        simulator.clear_faults()
    assert simulator.requests(writes=True) == []
    assert perform(simulator, MODULE, **SEARCH, usd_per_month=50, allow_enforcing=True).changed
