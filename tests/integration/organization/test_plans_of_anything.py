# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans of generated organizations: a plan is applied exactly or not at all, also after an interruption."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openai
import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Stopped
from integration.direct import perform
from integration.organizations import declaration, organization, without_ids
from integration.sdk import admin
from simulator import Simulator

MORE: dict[str, Any] = {"max_removals": 1000}


def plan(simulator: Simulator, path: Path, declared: dict[str, Any]) -> None:
    """Write the plan of a declaration."""
    perform(simulator, "organization", check=True, plan=str(path), **declared, **MORE)


def state_after(simulator: Simulator, world: dict[str, Any], declared: dict[str, Any]) -> Any:
    """Return what a run without a plan makes of an organization, without IDs."""
    simulator.reset(world)
    perform(simulator, "organization", **declared, **MORE)
    return without_ids(simulator.state())


def change_by_sdk(simulator: Simulator, dice: random.Random) -> None:
    """Make one change with OpenAI's library, such as somebody else might make."""
    projects = [each for each in simulator.state()["projects"] if each["status"] == "active"]
    people = [each for each in simulator.state()["users"] if each["role"] != "owner"]
    project = dice.choice(projects)
    client = admin(simulator)
    what = dice.randrange(6)
    if what == 0:
        client.projects.create(name=f"new-{dice.randrange(100)}")
    elif what == 1:
        client.projects.service_accounts.create(project["id"], name=f"account-{dice.randrange(100)}")
    elif what == 2 and project["service_accounts"]:
        client.projects.service_accounts.delete(
            dice.choice(project["service_accounts"])["id"], project_id=project["id"]
        )
    elif what == 3 and people:
        client.users.update(dice.choice(people)["id"], role="owner")
    elif what == 4 and project["users"]:
        member = dice.choice(sorted(client.projects.users.list(project["id"]), key=lambda each: each.id))
        role = "member" if member.role == "owner" else "owner"
        client.projects.users.update(member.id, project_id=project["id"], role=role)
    elif people:
        client.users.delete(dice.choice(people)["id"])


@pytest.mark.series(12)
@pytest.mark.parametrize("seed", range(200))
def test_the_result_is_the_plans_or_nothing_was_written(seed: int, simulator: Simulator, tmp_path: Path) -> None:
    """What is changed in between by others stays as they made it, or is as the plan says."""
    dice = random.Random(f"changes {seed}")
    declared, world, path = declaration(seed), organization(seed), tmp_path / "plan.json"
    simulator.reset(world)
    plan(simulator, path, declared)
    planned = perform(simulator, "organization", check=True, **declared, **MORE).returns["changes"]
    if seed % 5 == 0:
        declared = {**declared, "users": [*declared["users"], {"email": "late@example.com", "state": "absent"}]}
    elif seed % 5 > 1:
        with suppress(openai.BadRequestError):  # the API refuses some changes, such as accounts in the default project
            change_by_sdk(simulator, dice)
    simulator.clear()
    try:
        done = perform(simulator, "organization", apply=str(path), **declared, **MORE)
    except AdminError:
        assert simulator.requests(writes=True) == []
        assert seed % 5 != 1
        return
    assert seed % 5 != 0
    expected = {(each["kind"], each["project"], each["name"], str(each["after"])) for each in planned}
    assert {
        (each["kind"], each["project"], each["name"], str(each["after"])) for each in done.returns["changes"]
    } <= expected
    assert not perform(simulator, "organization", **declared, **MORE).changed


def stopping(number: int, is_lost: bool) -> Callable[[Client], None]:
    """Return what stops a run at its write with this number, counted from 0.

    C(is_lost): the server carries out that write, and the run does not learn of it.
    """

    def prepare(client: Client) -> None:
        send, lock, sent = client.send, threading.Lock(), [0]

        def limited(request: Request) -> dict[str, Any]:
            if request.method == "GET":
                return send(request)
            with lock:
                sent[0] += 1
                if sent[0] <= number:
                    return send(request)
                if is_lost and sent[0] == number + 1:
                    send(request)
                raise Stopped("The run was killed.")

        client.send = limited

    return prepare


@pytest.mark.series(6)
@pytest.mark.parametrize("is_lost", [False, True], ids=["not_sent", "answer_lost"])
@pytest.mark.parametrize("seed", range(20))
def test_an_interrupted_run_goes_on_with_the_same_plan(
    seed: int, is_lost: bool, simulator: Simulator, tmp_path: Path
) -> None:
    """The run is killed at each of its writes, and the plan is applied again."""
    declared, world, path = declaration(seed), organization(seed), tmp_path / "plan.json"
    expected = state_after(simulator, world, declared)
    for number in range(len(simulator.requests(writes=True))):
        simulator.reset(world)
        plan(simulator, path, declared)
        kill = stopping(number, is_lost)
        with pytest.raises(AdminError):
            perform(simulator, "organization", prepare=kill, apply=str(path), **declared, **MORE)
        perform(simulator, "organization", apply=str(path), **declared, **MORE)
        assert without_ids(simulator.state()) == expected, number
