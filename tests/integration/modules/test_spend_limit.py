# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spend limits: dollars as cents, one for the organization and one for each project."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from simulator import Simulator

ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "usage": {"since": "2090-01-01"},
    "projects": [
        {"name": "search", "id": "proj_search", "spend_limit": {"threshold_amount": 50_000, "status": "inactive"}},
        {"name": "chat", "id": "proj_chat"},
        {"name": "old", "id": "proj_old", "status": "archived", "spend_limit": {"threshold_amount": 100}},
    ],
}


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)


@pytest.mark.parametrize(
    ("dollars", "cents"),
    [
        (0.01, 1),
        (0.29, 29),
        ("1.1", 110),
        (4.35, 435),
        (500, 50_000),
        (1234567.89, 123_456_789),
        (324603303.09, 32_460_330_309),
        (100 * 1.15, 11_500),
        (0.1 + 0.2, 30),
    ],
)
def test_dollars_are_sent_as_cents(dollars: Any, cents: int, simulator: Simulator) -> None:
    limit = perform(simulator, "spend_limit", project_id="proj_chat", usd_per_month=dollars).returns["spend_limit"]
    (write,) = simulator.requests(writes=True)
    assert write["body"] == {"threshold_amount": cents, "currency": "USD", "interval": "month"}
    assert limit["usd_per_month"] == cents / 100
    assert not perform(simulator, "spend_limit", project_id="proj_chat", usd_per_month=dollars).changed


@pytest.mark.parametrize(
    ("dollars", "words"),
    [
        (True, "usd_per_month must be a number, not true"),
        (0, "usd_per_month must be at least 0.01, not 0"),
        (0.001, "usd_per_month must be a multiple of 0.01, not 0.001"),
        (100.001, "usd_per_month must be a multiple of 0.01, not 100.001"),
        (1e307, "usd_per_month must be at most 90071992547409, not 1e"),
        (1e14, "usd_per_month must be at most 90071992547409, not 1"),
        (-5, "usd_per_month must be at least 0.01, not -5"),
    ],
)
def test_what_is_no_amount_is_refused(dollars: Any, words: str, simulator: Simulator) -> None:
    with pytest.raises(BadInput, match=words):
        perform(simulator, "spend_limit", usd_per_month=dollars)
    assert simulator.requests() == []


def test_a_limit_that_is_not_enforced_is_there_and_a_change_may_enforce_it(simulator: Simulator) -> None:
    task = {"project": "search", "usd_per_month": 500}
    same = perform(simulator, "spend_limit", **task)
    assert (same.changed, same.returns["spend_limit"]["status"]) == (False, "inactive")
    other = {**task, "usd_per_month": 600}
    assert perform(simulator, "spend_limit", True, **other).returns["spend_limit"]["status"] is None
    assert perform(simulator, "spend_limit", **other).returns["spend_limit"]["status"] == "enforcing"


def test_the_organization_is_meant_only_where_no_project_is_named(simulator: Simulator) -> None:
    with pytest.raises(AdminError, match="project_id is empty"):
        perform(simulator, "spend_limit", project_id="", usd_per_month=5)
    with pytest.raises(AdminError, match="project_id is empty"):
        perform(simulator, "spend_limit", project_id="", state="absent")
    assert simulator.requests(writes=True) == []
    perform(simulator, "spend_limit", usd_per_month=5)
    assert simulator.state()["spend_limit"]["threshold_amount"] == 500


def test_a_limit_is_required(simulator: Simulator) -> None:
    with pytest.raises(BadInput, match="usd_per_month"):
        perform(simulator, "spend_limit", project="chat")


@pytest.mark.parametrize(
    ("module", "task"),
    [
        ("spend_limit", {"usd_per_month": 5}),
        ("spend_limit", {"state": "absent"}),
        ("data_retention", {"type": "none", "allow_weaker_retention": True}),
        ("rate_limit", {"model": "gpt-5", "max_requests_per_1_minute": 1}),
    ],
    ids=["to be changed", "to be removed", "retention", "rate limit"],
)
def test_that_of_an_archived_project_is_left_alone(module: str, task: dict[str, Any], simulator: Simulator) -> None:
    limit = {"model": "gpt-5", "max_requests_per_1_minute": 9, "max_tokens_per_1_minute": 9}
    old = {**ORGANIZATION["projects"][2], "rate_limits": [limit]}
    simulator.reset({**ORGANIZATION, "projects": [old], "data_retention": {"type": "zero_data_retention"}})
    with pytest.raises(AdminError, match=r"HTTP 400.*archived|archived.*HTTP 400"):
        perform(simulator, module, project_id="proj_old", **task)
    said = r"The project proj_old was archived on \S+: archived projects cannot be changed or used"
    with pytest.raises(Refused, match=said):
        perform(simulator, module, True, project_id="proj_old", **task)


def test_a_key_that_may_not_read_projects_has_its_prediction(simulator: Simulator) -> None:
    simulator.fault("status", "/organization/projects/{project_id}", "GET", status=403, times=None)
    assert perform(simulator, "spend_limit", True, project_id="proj_search", usd_per_month=5).changed


def test_an_answer_that_says_nothing_of_a_limit_is_none(simulator: Simulator) -> None:
    simulator.fault("body", "/organization/spend_limit", "GET", body={"object": "something else"})
    with pytest.raises(AdminError, match="it has none of its values"):
        perform(simulator, "spend_limit", usd_per_month=5)
    assert simulator.requests(writes=True) == []


LIMIT = {"object": "spend_limit", "threshold_amount": 500, "currency": "USD", "interval": "month"}


@pytest.mark.parametrize(("name", "other"), [("currency", "EUR"), ("interval", "week")])
def test_another_currency_or_interval_is_another_limit(name: str, other: str, simulator: Simulator) -> None:
    task = {"usd_per_month": 5}
    perform(simulator, "spend_limit", **task)
    simulator.fault("body", "/organization/spend_limit", "GET", body={**LIMIT, name: other}, times=2)
    expected, changed = (perform(simulator, "spend_limit", check, **task) for check in (True, False))
    for outcome in expected, changed:
        assert (outcome.changed, outcome.before, outcome.after) == (
            True,
            {"usd_per_month": 5, name: other},
            {"usd_per_month": 5, name: LIMIT[name]},
        )
        assert outcome.returns["spend_limit"][name] == LIMIT[name]
    assert simulator.requests(writes=True)[-1]["body"]["threshold_amount"] == 500
    assert not perform(simulator, "spend_limit", **task).changed


@pytest.mark.parametrize("project", [None, "search", "chat"])
@pytest.mark.parametrize(("name", "other"), [("currency", "EUR"), ("interval", "week"), ("threshold_amount", 600)])
def test_an_answer_with_another_limit_is_a_failure(
    name: str, other: Any, project: str | None, simulator: Simulator
) -> None:
    path = "/organization/projects/{project_id}/spend_limit" if project else "/organization/spend_limit"
    simulator.fault("body", path, "POST", body={**LIMIT, name: other}, times=None)
    with pytest.raises(Refused, match=r"Could not (set|update) spend limit of .* as asked: the API answers") as caught:
        perform(simulator, "spend_limit", project=project, usd_per_month=5)
    assert str(other if name in ("currency", "interval") else "6.0, not 5.0") in caught.value.message
    assert "None" not in caught.value.message


def test_a_new_limit_that_the_api_does_not_show_is_told(simulator: Simulator) -> None:
    simulator.fault("body", "/organization/spend_limit", "POST", body={**LIMIT, "threshold_amount": None}, times=None)
    (warning,) = perform(simulator, "spend_limit", usd_per_month=5).warnings
    assert warning.startswith(
        "The task asked to set spend limit of the organization, but the API does not show usd_per_month"
    )


def test_info_reads_one_scope_or_several_projects(simulator: Simulator) -> None:
    def amounts(**task: Any) -> list[tuple[str | None, float]]:
        limits = perform(simulator, "spend_limit_info", **task).returns["spend_limits"]
        return [(limit["project"], limit["usd_per_month"]) for limit in limits]

    assert amounts() == []
    assert amounts(project="search") == [("search", 500.0)]
    assert amounts(project="chat") == []
    projects = perform(simulator, "project_info").returns["projects"]
    assert amounts(projects=projects) == [("search", 500.0)]
