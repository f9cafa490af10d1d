# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which models a project may use: one list or the other, compared as sets, and names that may be slips."""

from __future__ import annotations

import random
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from simulator import Simulator

MODULE = "model_permissions"
SEARCH = {"project_id": "proj_search"}
PATH = "/organization/projects/{project_id}/model_permissions"
LIMITS = "/organization/projects/{project_id}/rate_limits"
MODELS = ["gpt-5", "gpt-5-mini", "gpt-image-1", "gpt-4o-transcribe"]


def organization(**search: Any) -> dict[str, Any]:
    projects = [{"name": "search", "id": "proj_search", **search}, {"name": "chat", "id": "proj_chat"}]
    return {"users": [{"email": "owner@example.com", "role": "owner"}], "projects": projects}


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(organization(model_permissions={"mode": "allow_list", "model_ids": ["gpt-5-mini", "gpt-5"]}))


def test_any_list_becomes_any_other(simulator: Simulator) -> None:
    """In any order, with models named twice; the second run changes nothing, and check mode predicts the first."""
    dice = random.Random(7)
    for unused_time in range(30):
        models = dice.choices(MODELS, k=dice.randint(1, 6))
        task = {**SEARCH, dice.choice(["allow", "deny"]): models}
        before = simulator.state()["projects"][0][MODULE]
        predicted = perform(simulator, MODULE, True, **task)
        assert simulator.state()["projects"][0][MODULE] == before
        real = perform(simulator, MODULE, **task)
        assert (predicted.changed, predicted.returns, predicted.before, predicted.after) == (
            real.changed,
            real.returns,
            real.before,
            real.after,
        )
        option = "allow" if "allow" in task else "deny"
        other = "deny" if option == "allow" else "allow"
        assert real.returns[MODULE][option] == sorted(set(models))
        assert real.returns[MODULE][other] is None
        assert simulator.state()["projects"][0][MODULE] == {"mode": f"{option}_list", "model_ids": sorted(set(models))}
        again = perform(simulator, MODULE, **{**task, option: models[::-1]})
        assert (again.changed, again.warnings) == (False, ())


def test_the_diff_shows_both_lists(simulator: Simulator) -> None:
    outcome = perform(simulator, MODULE, **SEARCH, deny=["gpt-image-1"])
    assert outcome.before == {"deny": None, "allow": ["gpt-5", "gpt-5-mini"]}
    assert outcome.after == {"deny": ["gpt-image-1"], "allow": None}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"allow": []}, "allow must name a model: an empty list would keep the project from using any"),
        ({"deny": []}, "deny must name a model: to let the project use all models, set state: absent"),
        ({"allow": ["gpt-5"], "deny": ["gpt-5"]}, "allow and deny exclude each other"),
        ({}, "allow or deny is required"),
        ({"allow": ["gpt-5", " "]}, "allow must not contain empty entries"),
    ],
)
def test_what_is_no_list_is_refused(options: dict[str, Any], said: str, simulator: Simulator) -> None:
    with pytest.raises(BadInput, match=said):
        perform(simulator, MODULE, **SEARCH, **options)
    assert simulator.requests() == []


def test_a_new_name_that_has_no_limits_is_a_warning_with_the_nearest(simulator: Simulator) -> None:
    simulator.behaviour(unknown_models=200)
    for check in True, False:
        outcome = perform(simulator, MODULE, check, **SEARCH, allow=["gpt-5", "gtp-5-mini", "ft:gpt-5:org::x"])
        assert outcome.warnings == (
            "allow of the model permissions of project proj_search names 'gtp-5-mini', for which the project has no"
            " rate limits (did you mean 'gpt-5-mini'?): the model may not exist.",
        )
    again = perform(simulator, MODULE, **SEARCH, allow=["gpt-5", "gtp-5-mini", "ft:gpt-5:org::x"])
    assert (again.changed, again.warnings) == (False, ())


def test_only_what_is_not_listed_yet_is_looked_up(simulator: Simulator) -> None:
    for task in {"allow": ["gpt-5"]}, {"deny": ["gpt-5"]}, {"state": "absent"}:
        perform(simulator, MODULE, **SEARCH, **task)
    assert [each for each in simulator.requests() if each["route"] == LIMITS] == []
    perform(simulator, MODULE, **SEARCH, deny=["gpt-5"])
    assert len([each for each in simulator.requests() if each["route"] == LIMITS]) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_may_not_read_limits_is_told(status: int, simulator: Simulator) -> None:
    simulator.fault("status", LIMITS, "GET", status=status, message="No.", times=None)
    outcome = perform(simulator, MODULE, **SEARCH, allow=["gpt-image-1"])
    assert outcome.changed
    assert outcome.warnings == (
        "Whether the project has the models that the model permissions of project proj_search name could not be"
        " checked: No.",
    )


def test_the_apis_own_words_are_told_of_a_model_that_is_not_there(simulator: Simulator) -> None:
    with pytest.raises(AdminError, match="The model 'gpt-9' does not exist"):
        perform(simulator, MODULE, **SEARCH, allow=["gpt-9"])


def test_an_answer_with_the_other_list_is_a_failure(simulator: Simulator) -> None:
    """Even if it names the same models."""
    simulator.behaviour(not_done="old_value")
    with pytest.raises(Refused, match=r"Could not update model permissions of project proj_search as asked") as caught:
        perform(simulator, MODULE, **SEARCH, deny=["gpt-5", "gpt-5-mini"])
    assert "Declare" not in caught.value.message


def test_a_project_that_is_to_come_is_not_asked(simulator: Simulator) -> None:
    outcome = perform(simulator, MODULE, True, project="new", allow=["gpt-5"])
    assert outcome.returns[MODULE] == {"allow": ["gpt-5"], "deny": None, "project": "new", "project_id": None}
    assert [each for each in simulator.requests() if each["route"] == LIMITS] == []


def test_info_reads_one_or_all(simulator: Simulator) -> None:
    found = perform(simulator, f"{MODULE}_info").returns[MODULE]
    assert [(each["project"], each["allow"], each["deny"]) for each in found] == [
        ("search", ["gpt-5", "gpt-5-mini"], None)
    ]
    assert perform(simulator, f"{MODULE}_info", project="chat").returns[MODULE] == []


class TestDeclared:
    def declare(self, simulator: Simulator, check: bool = False, **declared: Any) -> Any:
        return perform(simulator, "organization", check, **declared)

    def test_a_cycle_with_defaults(self, simulator: Simulator) -> None:
        """One list of a project stands for the other one of the defaults."""
        declared: dict[str, Any] = {
            "project_defaults": {MODULE: {"allow": ["gpt-5"]}},
            "projects": [
                {"name": "search", MODULE: {"deny": ["gpt-image-1"]}},
                {"name": "chat"},
                {"name": "new", MODULE: {"state": "absent"}},
                {"name": "other", "rate_limits": []},
            ],
        }
        predicted = self.declare(simulator, True, **declared).returns["changes"]
        real = self.declare(simulator, **declared).returns["changes"]
        assert [(each["name"], each["after"]) for each in real if each["kind"] == MODULE] == [
            ("search", {"deny": ["gpt-image-1"], "allow": None}),
            ("chat", {"allow": ["gpt-5"]}),
            ("other", {"allow": ["gpt-5"]}),
        ]
        assert [(each["name"], each["after"]) for each in predicted] == [(each["name"], each["after"]) for each in real]
        again = self.declare(simulator, **declared)
        assert not again.changed
        found = perform(simulator, "organization_info", include=[MODULE]).returns["organization"]
        assert {each["name"]: each.get(MODULE) for each in found["projects"]} == {
            "search": {"deny": ["gpt-image-1"]},
            "chat": {"allow": ["gpt-5"]},
            "new": None,
            "other": {"allow": ["gpt-5"]},
        }
        assert not self.declare(simulator, **found).changed

    def test_a_slip_in_a_new_project_is_told_when_it_is_there(self, simulator: Simulator) -> None:
        simulator.behaviour(unknown_models=200)
        done = self.declare(simulator, projects=[{"name": "new", MODULE: {"allow": ["gtp-5"]}}])
        assert [said for said in done.warnings if "did you mean 'gpt-5'?" in said]

    def test_limits_are_read_once(self, simulator: Simulator) -> None:
        limits = [{"model": "gpt-5", "max_requests_per_1_minute": 500}]
        self.declare(simulator, projects=[{"name": "chat", MODULE: {"allow": ["gpt-5"]}, "rate_limits": limits}])
        assert len([each for each in simulator.requests() if each["route"] == LIMITS]) == 1
