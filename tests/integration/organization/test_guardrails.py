# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a project may cost and use is settled before anybody gets in; limits are as declared after their alerts."""

from __future__ import annotations

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
