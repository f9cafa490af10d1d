# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which service tiers a project may use: all, or a set of them, and the one that is used by default."""

from __future__ import annotations

import random
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from simulator import Simulator

MODULE = "service_tiers"
SEARCH = {"project_id": "proj_search"}
TIERS = ["fast", "flex", "ultrafast"]


def small(simulator: Simulator, **tiers: Any) -> None:
    projects = [{"name": "search", "id": "proj_search", MODULE: tiers}, {"name": "chat", "id": "proj_chat"}]
    simulator.reset({"users": [{"email": "owner@example.com", "role": "owner"}], "projects": projects})


def test_any_tiers_become_any_others(simulator: Simulator) -> None:
    """As sets; all of those that there are is not `all`, and what is the same is not sent."""
    dice = random.Random(3)
    there: dict[str, Any] = {"default": "standard", "enabled": "all"}
    small(simulator)
    for unused_time in range(40):
        enabled = dice.choice([None, "all", dice.choices(TIERS, k=dice.randint(0, 4)), [*TIERS]])
        default = dice.choice([None, "standard", "fast", "scale"])
        task = {name: value for name, value in (("default", default), ("enabled", enabled)) if value is not None}
        wanted = {name: sorted(set(value)) if isinstance(value, list) else value for name, value in task.items()}
        before = len(simulator.requests(writes=True))
        predicted, real = (perform(simulator, MODULE, check, **SEARCH, **task) for check in (True, False))
        differing = {name: value for name, value in wanted.items() if value != there[name]}
        bodies = [each["body"] for each in simulator.requests(writes=True)[before:]]
        sent = {{"enabled": "enabled_tiers"}.get(name, name): value for name, value in differing.items()}
        assert bodies == ([sent] if sent else [])
        assert predicted.returns == real.returns
        assert (predicted.changed, predicted.before, predicted.after) == (real.changed, real.before, real.after)
        there.update(wanted)
        assert {name: real.returns[MODULE][name] for name in there} == there
        if isinstance(enabled, list):
            assert not perform(simulator, MODULE, **SEARCH, enabled=enabled[::-1]).changed


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ({"default": "priority"}, "default must be fast, not priority, which is the former name of that tier"),
        ({"enabled": ["flex", "priority"]}, "enabled must be fast, not priority"),
        ({"enabled": ["standard"]}, "enabled must not name standard, which every project may use"),
        ({"enabled": ["all"]}, "enabled must be either all or a list of tiers"),
        ({"enabled": "flex, fast"}, r"enabled must be all or a list of tiers, such as \[flex\], not 'flex, fast'"),
        ({"enabled": [1]}, "enabled must be all or a list of tiers"),
        ({"enabled": True}, "enabled must be all or a list of tiers"),
        ({"enabled": {"flex": True}}, "enabled must be all or a list of tiers"),
        ({"default": ""}, "default must not be empty"),
    ],
)
def test_what_is_no_tier_is_refused(task: dict[str, Any], said: str, simulator: Simulator) -> None:
    small(simulator)
    for check in True, False:
        with pytest.raises(BadInput, match=said):
            perform(simulator, MODULE, check, **SEARCH, **task)
    assert simulator.requests() == []


@pytest.mark.parametrize(("task", "meant"), [({"default": "standart"}, "standard"), ({"enabled": ["fats"]}, "fast")])
def test_a_slip_is_refused_with_what_is_meant(task: dict[str, Any], meant: str, simulator: Simulator) -> None:
    small(simulator)
    with pytest.raises(Refused, match=f"did you mean '{meant}'"):
        perform(simulator, MODULE, **SEARCH, **task)
    assert simulator.requests(writes=True) == []


def test_a_tier_that_nobody_knows_is_passed_on_with_a_warning(simulator: Simulator) -> None:
    small(simulator)
    (warning,) = perform(simulator, MODULE, True, **SEARCH, enabled=["hyper"]).warnings
    assert "is 'hyper', which this collection does not know (known are all, flex, fast, ultrafast)" in warning


@pytest.mark.parametrize(
    ("there", "task", "warned"),
    [
        ({}, {"default": "fast"}, False),
        ({}, {"default": "fast", "enabled": ["flex"]}, True),
        ({"enabled_tiers": ["flex"]}, {"default": "fast"}, True),
        ({"enabled_tiers": []}, {"default": "fast"}, True),
        ({"default": "fast"}, {"enabled": ["flex"]}, True),
        ({"default": "fast"}, {"enabled": ["flex", "fast"]}, False),
        ({"default": "scale"}, {"enabled": []}, False),
        ({"default": "fast", "enabled_tiers": ["flex"]}, {"default": "fast"}, False),
    ],
)
def test_a_default_that_is_not_enabled_is_a_warning(
    there: dict[str, Any], task: dict[str, Any], warned: bool, simulator: Simulator
) -> None:
    small(simulator, **there)
    for check in True, False:
        warnings = perform(simulator, MODULE, check, **SEARCH, **task).warnings
        assert [("not among the enabled ones" in each) for each in warnings] == [True] * warned


def test_an_answer_that_denies_it_is_a_failure(simulator: Simulator) -> None:
    small(simulator)
    simulator.behaviour(not_done="old_value")
    with pytest.raises(AdminError, match=r"the API answers enabled: all, not \['flex'\]"):
        perform(simulator, MODULE, **SEARCH, enabled=["flex"])


def test_a_declaration_and_its_export(simulator: Simulator) -> None:
    small(simulator)
    declared: dict[str, Any] = {
        "project_defaults": {MODULE: {"default": "standard", "enabled": ["flex"]}},
        "projects": [{"name": "search", MODULE: {"enabled": []}}, {"name": "chat"}, {"name": "new"}],
    }
    predicted, real = (perform(simulator, "organization", check, **declared) for check in (True, False))
    kinds = [[each["name"] for each in run.returns["changes"] if each["kind"] == MODULE] for run in (predicted, real)]
    assert kinds == [["search", "chat", "new"]] * 2
    assert not perform(simulator, "organization", **declared).changed
    found = perform(simulator, "organization_info", include=[MODULE]).returns["organization"]
    assert {each["name"]: each[MODULE] for each in found["projects"]} == {
        "search": {"default": "standard", "enabled": []},
        "chat": {"default": "standard", "enabled": ["flex"]},
        "new": {"default": "standard", "enabled": ["flex"]},
    }
    assert not perform(simulator, "organization", **found).changed


def test_info_reads_one_or_all(simulator: Simulator) -> None:
    small(simulator, enabled_tiers=["flex"])
    found = perform(simulator, f"{MODULE}_info").returns[MODULE]
    assert [(each["project"], each["enabled"]) for each in found] == [("search", ["flex"]), ("chat", "all")]
