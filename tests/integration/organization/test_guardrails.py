# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a project may cost and use is settled before anybody gets in; limits are as declared after their alerts."""

from __future__ import annotations

import time
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

OPS = ["ops@example.com"]
GUARDS: dict[str, Any] = {
    "model_permissions": {"allow": ["gpt-5"]},
    "hosted_tools": {"mcp": False},
    "spend_alerts": [{"usd_per_month": 400, "recipients": OPS}],
    "spend_limit": {"usd_per_month": 500},
    "service_tiers": {"enabled": []},
    "data_retention": {"type": "zero_data_retention", "allow_weaker_retention": True},
}
ROUTES = {
    "model_permissions": "model_permissions",
    "hosted_tools": "hosted_tool_permissions",
    "spend_alerts": "spend_alerts",
    "spend_limit": "spend_limit",
    "service_tiers": "service_tier_settings",
    "data_retention": "data_retention",
}
"""The last part of each route."""
PEOPLE: dict[str, Any] = {"users": [{"email": "dev@example.com"}], "service_accounts": [{"name": "api"}]}
DECLARED: dict[str, Any] = {
    "invites": [{"email": "new@example.com", "projects": [{"project": "new", "role": "member"}]}],
    "projects": [{"name": "new", **GUARDS, **PEOPLE}],
}


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}],
            "projects": [{"name": "there", "id": "proj_1", "spend_limit": {"threshold_amount": 50_000}}],
            "data_retention": {"type": "modified_abuse_monitoring"},
            "usage": {"since": "2090-01-01"},
        }
    )


def limited(model: str) -> dict[str, Any]:
    return {"model": model, "max_requests_per_1_minute": 9, "max_tokens_per_1_minute": 9}


def lets_in(request: dict[str, Any]) -> bool:
    return request["route"].rpartition("/")[2] in ("users", "service_accounts", "invites")


def test_nobody_is_let_in_before_the_guardrails_are_set(simulator: Simulator) -> None:
    perform(simulator, "organization", **DECLARED)
    writes = simulator.requests(writes=True)
    first = next(number for number, each in enumerate(writes) if lets_in(each))
    before = [each["route"].rpartition("/")[2] for each in writes[:first]]
    assert before[0] == "projects"
    assert set(before[1:]) == set(ROUTES.values())
    assert before.index("spend_alerts") < before.index("spend_limit")
    assert not any(lets_in(each) for each in writes[:first])
    assert len([each for each in writes if lets_in(each)]) == 3
    assert not perform(simulator, "organization", **DECLARED).changed


@pytest.mark.parametrize("guard", ROUTES)
def test_a_failed_guardrail_keeps_people_and_accounts_out(guard: str, simulator: Simulator) -> None:
    """They are named as not tried, with what they waited for; the next run lets them in once it is set."""
    path = f"/organization/projects/{{project_id}}/{ROUTES[guard]}"
    fault = {"kind": "status", "path": path, "method": "POST", "status": 403, "message": "Not here.", "times": None}
    for unused_run in range(2):  # the project is there by the second one
        simulator.fault(**fault)
        with pytest.raises(AdminError, match="Not here") as caught:
            perform(simulator, "organization", **DECLARED)
        kept_out = {each["kind"]: each["waits_for"] for each in caught.value.facts["not_tried"]}
        assert {"project_user", "service_account", "invite"} <= kept_out.keys()
        assert all("project 'new'" in said for said in kept_out.values())
        assert not any(lets_in(each) for each in simulator.requests(writes=True))
    (new,) = [each for each in simulator.state()["projects"] if each["name"] == "new"]
    assert (new["users"], new["service_accounts"]) == ([], [])
    simulator.clear_faults()
    perform(simulator, "organization", **DECLARED)
    assert len([each for each in simulator.requests(writes=True) if lets_in(each)]) == 3


def test_another_projects_guardrail_keeps_nobody_out(simulator: Simulator) -> None:
    path = "/organization/projects/proj_1/hosted_tool_permissions"
    simulator.fault("status", path, "POST", status=403, times=None)
    projects = [{"name": "there", "hosted_tools": {"mcp": False}}, {"name": "new", **GUARDS, **PEOPLE}]
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", projects=projects)
    assert caught.value.facts["not_tried"] == []
    assert len([each for each in simulator.requests(writes=True) if lets_in(each)]) == 2


@pytest.mark.parametrize("limit", [500, 600], ids=["unchanged", "changed"])
@pytest.mark.parametrize("of", ["organization", "project"])
def test_a_limit_that_an_alert_drops_is_a_failure_and_the_next_run_repairs_it(
    of: str, limit: int, simulator: Simulator
) -> None:
    """A limit is there, an alert is added, and the server drops the limit."""
    simulator.reset({**simulator.state(), "spend_limit": {"threshold_amount": 50_000}})
    alerts = [{"usd_per_month": 400, "recipients": OPS}]
    own = {"spend_limit": {"usd_per_month": limit}, "spend_alerts": alerts}
    declared = own if of == "organization" else {"projects": [{"name": "there", **own}]}
    simulator.behaviour(alerts_drop_limits=True)
    if limit == 600:  # it is set after the alert, so that nothing is lost
        assert perform(simulator, "organization", **declared).changed
    else:
        label = "the organization" if of == "organization" else "project 'there'"
        with pytest.raises(AdminError, match=f"The spend limit of {label} is no longer set: this run") as caught:
            perform(simulator, "organization", **declared)
        assert caught.value.facts["changed"]
        repaired = perform(simulator, "organization", **declared).returns["changes"]
        assert [(each["kind"], each["action"]) for each in repaired] == [("spend_limit", "set")]
    assert not perform(simulator, "organization", **declared).changed
    found = perform(simulator, "organization_info", include=["spend_limits"]).returns["organization"]
    there = found if of == "organization" else found["projects"][0]
    assert there["spend_limit"]["usd_per_month"] == limit


def test_limits_are_read_back_only_where_alerts_changed(simulator: Simulator) -> None:
    projects = [{"name": "there", "spend_limit": {"usd_per_month": 600}, "spend_alerts": []}]
    route = "/organization/projects/{project_id}/spend_limit"

    def reads() -> int:
        return len([each for each in simulator.requests() if (each["method"], each["route"]) == ("GET", route)])

    perform(simulator, "organization", projects=projects)
    assert reads() == 1
    projects[0]["spend_alerts"] = [{"usd_per_month": 1, "recipients": OPS}]
    perform(simulator, "organization", projects=projects)
    assert reads() == 3
    perform(simulator, "organization", True, projects=[{**projects[0], "spend_alerts": []}])
    assert reads() == 4


@pytest.mark.parametrize("of", ["organization", "project"])
def test_an_undeclared_limit_that_an_alert_drops_is_set_again(of: str, simulator: Simulator) -> None:
    simulator.reset({**simulator.state(), "spend_limit": {"threshold_amount": 50_000}})
    own = {"spend_alerts": [{"usd_per_month": 400, "recipients": OPS}]}
    declared = own if of == "organization" else {"projects": [{"name": "there", **own}]}
    simulator.behaviour(alerts_drop_limits=True)
    (warning,) = [
        said for said in perform(simulator, "organization", **declared).warnings if "set again as it had been" in said
    ]
    assert "(usd_per_month: 500.00)" in warning
    state = simulator.state()
    there = state if of == "organization" else state["projects"][0]
    assert there["spend_limit"]["threshold_amount"] == 50_000
    again = perform(simulator, "organization", **declared)
    assert (again.changed, again.warnings) == (False, ())


def test_an_undeclared_limit_that_cannot_be_set_again_is_a_failure(simulator: Simulator) -> None:
    simulator.behaviour(alerts_drop_limits=True)
    simulator.fault("status", "/organization/projects/{project_id}/spend_limit", "POST", status=403, times=None)
    projects = [{"name": "there", "spend_alerts": [{"usd_per_month": 400, "recipients": OPS}]}]
    with pytest.raises(AdminError, match=r"could not be set again\. Set usd_per_month: 500\.00") as caught:
        perform(simulator, "organization", projects=projects)
    assert caught.value.facts["changed"]


def test_undeclared_limits_are_read_only_where_alerts_change(simulator: Simulator) -> None:
    """Once before and once after. A key that may not read limits sets alerts all the same."""
    projects = [{"name": "there", "spend_alerts": [{"usd_per_month": 400, "recipients": OPS}]}]
    route = "/organization/projects/{project_id}/spend_limit"
    perform(simulator, "organization", True, projects=projects)
    assert [each for each in simulator.requests() if each["route"] == route] == []
    perform(simulator, "organization", projects=projects)
    perform(simulator, "organization", projects=projects)
    assert [each["method"] for each in simulator.requests() if each["route"] == route] == ["GET", "GET"]
    simulator.fault("status", route, "GET", status=403, times=None)
    projects[0]["spend_alerts"] = [{"usd_per_month": 401, "recipients": OPS}]  # type: ignore[index]
    assert perform(simulator, "organization", projects=projects).changed


RETENTION = {"name": "new", "data_retention": {"type": "zero_data_retention"}}


def test_the_retention_of_a_new_project_needs_no_permission(simulator: Simulator) -> None:
    """Check mode and the real run agree: nothing is retained there yet."""
    for check in True, False:
        assert perform(simulator, "organization", check, projects=[RETENTION]).changed
    assert not perform(simulator, "organization", projects=[RETENTION]).changed
    (new,) = [each for each in simulator.state()["projects"] if each["name"] == "new"]
    assert new["data_retention"]["type"] == "zero_data_retention"


def test_a_new_project_may_not_be_weaker_than_the_declared_organization(simulator: Simulator) -> None:
    """Before anything is written, in check mode as in the real run."""
    weak = {"name": "new", "data_retention": {"type": "modified_abuse_monitoring"}}
    declared: dict[str, Any] = {"projects": [weak], "data_retention": {"type": "zero_data_retention"}}
    for check in True, False:
        with pytest.raises(AdminError, match="the project would have the weaker one") as caught:
            perform(simulator, "organization", check, **declared)
        assert "allow_weaker_retention" in caught.value.message
    assert simulator.requests(writes=True) == []
    weak["data_retention"] = {**weak["data_retention"], "allow_weaker_retention": True}  # type: ignore[dict-item]
    assert perform(simulator, "organization", **declared).changed


def test_alerts_are_named_by_dollars(simulator: Simulator) -> None:
    """In messages, results and dependencies alike."""
    alerts = [{"usd_per_month": 400, "recipients": OPS}, {"usd_per_month": "400.00", "recipients": OPS}]
    with pytest.raises(AdminError, match=r"spend alert '400\.00 USD' is declared in spend_alerts\[0\] as well"):
        perform(simulator, "organization", spend_alerts=alerts)
    one = [{"usd_per_month": 400.5, "recipients": OPS}]
    (change,) = perform(simulator, "organization", True, spend_alerts=one).returns["changes"]
    assert change["name"] == "400.50 USD"
    simulator.fault("status", "/organization/spend_alerts", "POST", status=403, times=None)
    with pytest.raises(AdminError, match=r"Could not create spend alert '400\.50 USD' of the organization"):
        perform(simulator, "organization", spend_alerts=one)


def test_an_allow_list_without_a_model_that_the_project_limits_is_a_warning(simulator: Simulator) -> None:
    limits = [{"model": name, "max_requests_per_1_minute": 5} for name in ("gpt-5", "gpt-5-mini")]
    allowed: dict[str, Any] = {"name": "there", "model_permissions": {"allow": ["gpt-5"]}}

    def warnings(**declared: Any) -> list[str]:
        return [said for said in perform(simulator, "organization", True, **declared).warnings if "omits" in said]

    assert warnings(projects=[{**allowed, "rate_limits": limits}]) == [
        "projects[0].model_permissions: allow of the model permissions of project 'there' omits 'gpt-5-mini', for"
        " which the same project declares rate limits: it cannot be used there."
    ]
    assert warnings(projects=[{**allowed, "rate_limits": limits[:1]}]) == []
    assert warnings(projects=[allowed], project_defaults={"rate_limits": limits}) == []


def test_what_plans_need_of_many_projects_is_read_together(simulator: Simulator) -> None:
    """The models of each project, and the costs, which are read once."""
    names = [f"project-{number}" for number in range(6)]
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "default_rate_limits": [limited("gpt-5")],
            "projects": [{"name": name} for name in names],
            "usage": {"since": "2090-01-01"},
        }
    )
    limits = "/organization/projects/{project_id}/rate_limits"
    simulator.fault("delay", limits, "GET", seconds=0.4, times=None)
    projects = [
        {"name": name, "model_permissions": {"allow": ["gpt-5"]}, "spend_limit": {"usd_per_month": 5}} for name in names
    ]
    began = time.monotonic()
    perform(simulator, "organization", True, projects=projects)
    assert time.monotonic() - began < 0.4 * len(names)
    routes = [each["route"] for each in simulator.requests()]
    assert (routes.count(limits), routes.count("/organization/costs")) == (len(names), 1)
