# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A declaration is reached whatever goes wrong on the way: by the next run, with nothing made twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import NoWaiting, perform
from integration.organizations import (
    assigned_organization,
    assigning_declaration,
    declaration,
    organization,
    without_ids,
)
from simulator import Simulator

SEEDS = range(200)
OVER_SOCKETS = 5
"""Of so many seeds one has its requests under way beside each other, as they are over sockets."""
MOST_RUNS = 8
ROUTES = (
    "/organization/projects",
    "/organization/projects/{project_id}/users",
    "/organization/projects/{project_id}/users/{user_id}",
    "/organization/projects/{project_id}/service_accounts",
    "/organization/projects/{project_id}/service_accounts/{service_account_id}",
    "/organization/projects/{project_id}/rate_limits",
    "/organization/projects/{project_id}/rate_limits/{rate_limit_id}",
    "/organization/users",
    "/organization/users/{user_id}",
    "/organization/groups",
    "/organization/groups/{group_id}",
    "/organization/groups/{group_id}/users",
    "/organization/groups/{group_id}/users/{user_id}",
    "/organization/roles",
)


OF_ROLES = (
    "/organization/groups",
    "/organization/groups/{group_id}",
    "/organization/groups/{group_id}/roles",
    "/organization/groups/{group_id}/roles/{role_id}",
    "/organization/users/{user_id}/roles",
    "/organization/users/{user_id}/roles/{role_id}",
    "/organization/projects/{project_id}/groups",
    "/organization/projects/{project_id}/groups/{group_id}",
    "/projects/{project_id}/groups/{group_id}/roles",
    "/projects/{project_id}/groups/{group_id}/roles/{role_id}",
    "/projects/{project_id}/users/{user_id}/roles",
    "/projects/{project_id}/users/{user_id}/roles/{role_id}",
    "/projects/{project_id}/roles",
)


def make_trouble(simulator: Simulator, seed: int, routes: Sequence[str] = ROUTES) -> None:
    """Up to twelve faults, on any of the routes: some pass when the request is sent again, some do not."""
    dice = random.Random(f"faults {seed}")
    for unused_number in range(1 + dice.randrange(12)):
        kind = dice.choice(("status", "status", "drop"))
        details: dict[str, Any] = {"when": dice.choice(("before", "after")), "times": dice.choice((1, 1, 2, 6))}
        if kind == "status":
            details["status"] = dice.choice((429, 500, 502, 503))
            details["when"] = "before" if details["status"] == 429 else details["when"]
        simulator.fault(kind, dice.choice(routes), dice.choice(("GET", "POST", "POST", "DELETE")), **details)


@pytest.mark.series(10)
@pytest.mark.parametrize("seed", SEEDS)
def test_repeated_runs_reach_the_declared_state(seed: int, simulator: Simulator) -> None:
    declared = {**declaration(seed), "sockets": seed % OVER_SOCKETS == 0}
    simulator.reset(organization(seed))
    perform(simulator, "organization", **declared)
    expected = without_ids(simulator.state())

    simulator.reset(organization(seed))
    make_trouble(simulator, seed)
    for unused_run in range(MOST_RUNS):
        with suppress(AdminError):
            perform(simulator, "organization", **declared)
            break
    simulator.clear_faults()
    assert not perform(simulator, "organization", **declared).changed
    assert without_ids(simulator.state()) == expected


@pytest.mark.series(10)
@pytest.mark.parametrize("seed", SEEDS)
def test_repeated_runs_give_everybody_the_declared_roles(seed: int, simulator: Simulator) -> None:
    declared = {**assigning_declaration(seed), "max_removals": 100, "sockets": seed % OVER_SOCKETS == 0}
    simulator.reset(assigned_organization(seed))
    perform(simulator, "organization", **declared)
    expected = without_ids(with_names(simulator.state()))

    simulator.reset(assigned_organization(seed))
    make_trouble(simulator, seed, OF_ROLES)
    for unused_run in range(MOST_RUNS):
        with suppress(AdminError):
            perform(simulator, "organization", **declared)
            break
    simulator.clear_faults()
    assert not perform(simulator, "organization", **declared).changed
    assert without_ids(with_names(simulator.state())) == expected


def with_names(state: dict[str, Any]) -> dict[str, Any]:
    """Return a state whose assignments and groups of projects have names instead of IDs."""
    named = {each["id"]: each["name"] for scope in (state, *state["projects"]) for each in scope["roles"]}
    named.update({each["id"]: each["name"] for each in state["groups"]})
    for scope in (state, *state["projects"]):
        for each in (*scope["role_assignments"], *(() if scope is state else scope["groups"])):
            each.update({key: named.get(value, value) for key, value in each.items() if isinstance(value, str)})
    return state


def test_a_failure_leaves_what_is_independent_done_and_says_the_rest(simulator: Simulator) -> None:
    simulator.reset({"users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}]})
    simulator.fault("status", "/organization/projects", "POST", status=401, message="Not today.")
    projects = [
        {"name": name, "users": [{"email": "dev@example.com"}], "service_accounts": [{"name": "api"}]}
        for name in ("first", "second", "third")
    ]
    with pytest.raises(AdminError) as failure:
        perform(simulator, "organization", projects=projects)
    facts = failure.value.facts
    lines = failure.value.message.splitlines()
    assert lines[0] == "1 of 9 changes failed, 6 were made, 2 were not tried."
    assert "Not today" in lines[1]
    assert lines[-1] == "It is safe to run the task again: it continues with the 3 that are left."
    (failed,) = facts["failed_changes"]
    assert {each["project"] for each in facts["not_tried"]} == {failed["name"]}
    assert facts["changed"]
    assert len(facts["changes"]) == 6
    assert perform(simulator, "organization", projects=projects).returns["summary"] == {
        "project_users": {"add": 1, "unchanged": 2},
        "projects": {"create": 1, "unchanged": 2},
        "service_accounts": {"create": 1, "unchanged": 2},
    }


STOPPED = """
import json, os, signal, sys, threading, time
from integration.direct import perform
from simulator import Simulator
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Clock
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
api = Simulator(*sys.argv[1:4])
people = [{"email": "dev@example.com"}]
projects = [{"name": f"project-{number}", "users": people} for number in range(30)]
def stop():
    while not api.state()["projects"]:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=stop, daemon=True).start()
try:
    perform(api, "organization", clock=Clock(), projects=projects, workers=4)
except AdminError as error:
    print(json.dumps([error.message, len(error.facts["changes"]), len(error.facts["not_tried"])]))
"""


def test_a_task_that_is_told_to_end_finishes_what_is_under_way_and_says_what_is_left(simulator: Simulator) -> None:
    simulator.reset({"users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}]})
    simulator.fault("delay", "/organization/projects", "POST", seconds=0.2, times=None)
    command = [sys.executable, "-c", STOPPED, simulator.url, simulator.control, simulator.admin_key]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    message, made, left = json.loads(ended.stdout)
    was = "was" if made == 1 else "were"  # on a busy machine, no more are under way
    assert message.splitlines() == [
        f"The task was stopped: {made} of 60 changes {was} made, {left} were not begun.",
        f"It is safe to run the task again: it continues with the {left} that are left.",
    ]
    assert 0 < made < 30
    assert len(simulator.state()["projects"]) == made


def test_buckets_are_waited_for_route_by_route(simulator: Simulator) -> None:
    """Ten requests a minute and route, and no word of when: about as long as the busiest route needs."""
    people = [{"email": "owner@example.com", "role": "owner"}, *({"email": f"p{n}@example.com"} for n in range(5))]
    buckets = {"requests": 10, "seconds": 60, "retry_after": None, "clock": "simulated"}
    simulator.reset({"users": people, "behaviour": {"buckets": buckets}})
    time = NoWaiting(simulator)
    projects = [
        {"name": f"project-{number}", "users": [{"email": f"p{n}@example.com"} for n in range(5)]}
        for number in range(6)
    ]
    outcome = perform(simulator, "organization", clock=time.clock(), projects=projects)
    assert outcome.returns["summary"]["project_users"] == {"add": 30}
    assert outcome.returns["requests"]["retries"] > 0
    assert not perform(simulator, "organization", clock=time.clock(), projects=projects).changed


def test_a_bucket_that_does_not_refill_is_named_and_the_next_runs_continue(simulator: Simulator) -> None:
    people = [{"email": "owner@example.com", "role": "owner"}, *({"email": f"p{n}@example.com"} for n in range(5))]
    buckets = {"requests": 10, "seconds": 3600, "retry_after": None, "clock": "simulated"}
    simulator.reset({"users": people, "behaviour": {"buckets": buckets}})
    time = NoWaiting(simulator)
    projects = [
        {"name": f"project-{number}", "users": [{"email": f"p{n}@example.com"} for n in range(5)]}
        for number in range(4)
    ]
    failures = []
    for dummy in range(5):
        try:
            outcome = perform(simulator, "organization", clock=time.clock(), projects=projects)
        except AdminError as error:
            failures.append(error)
            simulator.behaviour(advance=3600)
        else:
            break
    assert outcome.changed
    assert 0 < len(failures) < 4
    first = failures[0]
    assert (
        "The limit of POST /organization/projects/{project_id}/users did not free up within max_wait" in first.message
    )
    assert "It is safe to run the task again: it continues with the" in first.message
    assert first.facts["changed"]
    assert len(first.facts["done"]) == 4 + 10
    assert len(first.facts["failed_changes"]) + len(first.facts["not_tried"]) == 10
    added = [write for write in simulator.requests(writes=True) if write["status"] == 200]
    assert len(added) == 4 + 20
    assert not perform(simulator, "organization", clock=time.clock(), projects=projects).changed
