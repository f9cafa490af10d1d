# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same declaration gives the same organization and the same changes, in one task as object by object."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from integration.direct import perform
from integration.organizations import EXPORTED, declaration, organization, single_tasks, without_ids
from simulator import Simulator

SEEDS = range(60)


def changed_objects(changes: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {
        (KINDS.get(each["kind"], each["kind"]), each["project"] or each["group"], each["name"], each["action"] in GONE)
        for each in changes
    }


GONE = ("remove", "delete", "archive")
KINDS = {"group_member": "group_user"}
"""Kinds of objects whose modules have other names."""


def object_of(module: str, arguments: dict[str, Any]) -> tuple[Any, ...]:
    for entry in arguments.get("members", ()):
        arguments = {**arguments, "name": entry.get("email") or entry["service_account"]}
    name = arguments.get("email") or arguments.get("name") or arguments.get("model")
    place = arguments.get("project") or arguments.get("group")
    return (module, place, name, arguments.get("state") == "absent")


@pytest.mark.series(6)
@pytest.mark.parametrize("seed", SEEDS)
def test_as_single_tasks_do(seed: int, simulator: Simulator) -> None:
    declared = declaration(seed)
    simulator.reset(organization(seed))
    one_by_one = {
        object_of(module, arguments)
        for module, arguments in single_tasks(declared)
        if perform(simulator, module, **arguments).changed
    }
    expected = without_ids(simulator.state())
    simulator.reset(organization(seed))
    outcome = perform(simulator, "organization", **declared)
    assert without_ids(simulator.state()) == expected
    assert changed_objects(outcome.returns["changes"]) == one_by_one


@pytest.mark.series(6)
@pytest.mark.parametrize("seed", SEEDS)
def test_check_mode_predicts_it_and_the_second_run_has_nothing_to_do(seed: int, simulator: Simulator) -> None:
    declared = declaration(seed)
    simulator.reset(organization(seed))
    predicted = perform(simulator, "organization", check=True, **declared)
    assert simulator.requests(writes=True) == []
    real = perform(simulator, "organization", **declared)
    new = {change["name"] for change in real.returns["changes"] if change["action"] == "create"}
    assert named(predicted, new) == named(real, new)
    assert predicted.changed == real.changed
    simulator.clear()
    again = perform(simulator, "organization", **declared)
    assert not again.changed
    assert again.returns["changes"] == []
    assert simulator.requests(writes=True) == []


def named(outcome: Outcome, new: set[str]) -> list[tuple[Any, ...]]:
    """The changes in their order, and what they lead to; limits of projects that are new could not be compared."""
    return [
        (change["kind"], change["project"], change["group"], change["name"], change["action"], change["after"])
        for change in outcome.returns["changes"]
        if change["kind"] != "rate_limit" or change["project"] not in new
    ]


@pytest.mark.series(6)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_exported_is_unchanged(seed: int, simulator: Simulator) -> None:
    simulator.reset(organization(seed))
    if seed % 2:
        perform(simulator, "organization", **declaration(seed))
    exported = perform(simulator, "organization_info", include=EXPORTED).returns["organization"]
    simulator.clear()
    outcome = perform(simulator, "organization", **exported)
    assert outcome.returns["changes"] == []
    assert simulator.requests(writes=True) == []
    assert outcome.returns["unmanaged"] == []
    assert perform(simulator, "organization_info", include=EXPORTED).returns["organization"] == exported


@pytest.mark.series(2)
@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_order_and_result_do_not_depend_on_how_many_requests_are_under_way(seed: int, simulator: Simulator) -> None:
    results = []
    for workers in 1, 16:
        simulator.reset(organization(seed))
        returns = perform(simulator, "organization", sockets=True, workers=workers, **declaration(seed)).returns
        told = [
            (each["kind"], each["project"], each["group"], each["name"], each["action"]) for each in returns["changes"]
        ]
        results.append((told, returns["summary"], without_ids(simulator.state())))
    assert results[0] == results[1]
