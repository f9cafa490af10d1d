# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module through its whole cycle under each unkind reading of the API.

A task comes to the same as under the kind reading. Where the API does not tell or do what is needed for that, it fails
in words. Either way, what is green was done, and nothing is there twice.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.counted_tasks import ORGANIZATION, TASKS
from integration.direct import NoWaiting, perform
from integration.states import IN_WORDS, difference, ids, settled
from jinja2 import Template
from simulator import Simulator
from simulator.organization import UNKNOWN_DOMAIN, UNKNOWN_GROUP, UNKNOWN_STATUS
from simulator.readings import KIND, READINGS

NOW = int(time.time())
TARGETS = Path(__file__).parents[1] / "targets"
WHOLE: dict[str, Any] = {
    "organization": {
        "users": [
            {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
            {"email": "Lead@Example.com", "id": "user-lead"},
            {"email": "left@example.com", "id": "user-left"},
        ],
        "default_rate_limits": [{"model": "gpt-5", "max_requests_per_1_minute": 50, "max_tokens_per_1_minute": 50}],
        "projects": [
            {"name": "Default project", "id": "proj_default"},
            {
                "name": "search",
                "id": "proj_search",
                "users": [{"user_id": "user-left"}],
                "service_accounts": [{"name": "old", "id": "svc_old"}],
            },
        ],
    },
    "task": {
        "users": [
            {"email": "owner@example.com", "role": "owner"},
            {"email": "lead@example.com", "role": "reader"},
            {"email": "left@example.com", "state": "absent"},
            {"email": "new@example.com", "role": "reader"},
        ],
        "invite_missing": True,
        "projects": [
            {
                "name": "search",
                "users": [{"email": "lead@example.com", "role": "owner"}],
                "service_accounts": [{"name": "search-api", "role": "member"}],
                "rate_limits": [{"model": "gpt-5", "max_requests_per_1_minute": 7}],
                "purge": ["users", "service_accounts"],
            },
            {"name": "research", "users": [{"email": "lead@example.com"}]},
        ],
    },
    "drift": {"path": "/organization/projects/proj_search/users/user-lead", "body": {"role": "member"}},
}
CASES = {
    "organization": ("organization", WHOLE),
    **{
        f"{path.stem}: {case['name']}": (path.stem, case)
        for path in sorted(TARGETS.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    },
}
INFOS = {f"{kind}: {name}": (kind, task) for (kind, name), task in TASKS.items() if kind.endswith("_info")}
REPORTS = {"audit_log_info", "cost_info", "usage_info"}
AGAIN = {"do again": "do", "end again": "end"}
PREDICTIONS = {"predict", "predict the repair", "predict the end"}

UNTOLD = {"null where it may be", "optional fields are missing"}
"""Where it is not told what most tasks have to know."""
AGES = "required fields are missing"
"""Where it is not told how old something is, whose it is and where an invite leads to."""
NEED_AGES = {"admin_api_key", "project_api_key", "invite", "organization"}
DETAILS = {"null in details", "optional details are missing"}
"""Where some fields are not told, which are named."""
NOT_DONE = {"200 with an error", "200, but not deleted", "200 with the old value"}
"""Where changes are answered and not made."""
CAPPED = "limits are capped"
"""Where limits are not set as they were asked for."""


def may_fail(reading: str, kind: str, task: Mapping[str, Any], predicts: bool) -> bool:
    """Whether it is right that a task fails in words, since the API does not let it do more."""
    fields = READINGS[reading].get("nulls") or READINGS[reading].get("omit_optional") or ()
    return (
        reading in UNTOLD
        or (reading == AGES and kind in NEED_AGES)
        or (reading in DETAILS and any(name in fields or f"{name}_id" in fields for name in task))
        or (reading in NOT_DONE and not predicts)
        or (reading == CAPPED and kind == "rate_limit" and not predicts)
    )


@cache
def template(text: str) -> Template:
    """A task's text, compiled once for all readings."""
    return Template(text)


@dataclass(frozen=True)
class Step:
    """What a task came to, and the organization's state after it, unless it only predicted."""

    changed: bool = False
    message: str = ""
    returns: Any = None
    warnings: tuple[str, ...] = ()
    state: Any = None

    @property
    def failed(self) -> bool:
        return bool(self.message)

    @property
    def cannot_tell(self) -> bool:
        """Whether it says that the API does not show what was declared."""
        return any("does not show" in warning or "shows no" in warning for warning in self.warnings)

    @property
    def new(self) -> int:
        """How many objects there are that there were not in the beginning."""
        return str(self.state).count("'new'")


@dataclass(frozen=True)
class Life:
    """A case under a reading: its steps, as far as they make sense."""

    simulator: Simulator
    kind: str
    case: Mapping[str, Any]
    reading: str
    folder: Path

    @property
    def given(self) -> Collection[str]:
        """The ids that the case gives; the others are not the same under each reading."""
        return frozenset(ids(self.case["organization"]))

    def run(self) -> dict[str, Step]:
        switches = {**READINGS.get(self.reading, {}), "clock": NOW}
        self.simulator.reset({**self.case["organization"], "behaviour": switches})
        return dict(self._steps())

    def _steps(self) -> Iterator[tuple[str, Step]]:
        task = self.case["task"]
        yield "predict", self._step(task, check=True)
        made = self._step(task)
        yield "do", made
        yield "do again", self._step(task)
        if "drift" in self.case and not made.failed:
            self._drift(made)
            yield "predict the repair", self._step(task, check=True)
            yield "repair", self._step(task)
        if "end" in self.case:
            end = {**task, **self.case["end"]}
            yield "predict the end", self._step(end, check=True)
            yield "end", self._step(end)
            yield "end again", self._step(end)

    def _step(self, task: Mapping[str, Any], check: bool = False) -> Step:
        arguments = json.loads(template(json.dumps(task)).render(playbook_dir=str(self.folder)))
        self._catch_up()
        self.simulator.clear()
        found: dict[str, Any] = {}
        try:
            outcome = perform(
                self.simulator,
                self.kind,
                check,
                clock=NoWaiting(self.simulator).clock(),
                hidden=True,
                **{name: value for name, value in arguments.items() if value is not None},
            )
        except AdminError as error:
            found = {"message": error.message, "changed": bool(error.facts.get("changed"))}
        else:
            found = {"changed": outcome.changed, "returns": outcome.returns, "warnings": outcome.warnings}
        if check:
            assert self.simulator.requests(writes=True) == []
            return Step(**found)
        return Step(**found, state=self._state())

    def _state(self) -> Any:
        state = self.simulator.state()
        for collection in "users", "projects", "invites", "groups":
            state[collection] = [each for each in state[collection] if not is_unknown(each)]
        return settled(state, self.given)

    def _catch_up(self) -> None:
        """Runs follow each other at a distance: lists show by then what was created before."""
        lag = {name: value for name, value in READINGS.get(self.reading, {}).items() if name.startswith("lag_")}
        if lag:
            self.simulator.behaviour(**lag)

    def _drift(self, made: Step) -> None:
        """Somebody else's change, which is made under every reading."""
        drift = self.case["drift"]
        switches = self.simulator.behaviour()
        self.simulator.behaviour(not_done=None, limits_cap=None)
        answer = requests.request(
            drift.get("method", "POST"),
            f"{self.simulator.url}{template(drift['path']).render(made=made.returns)}",
            json=drift.get("body"),
            headers={"Authorization": f"Bearer {self.simulator.admin_key}"},
            timeout=30,
        )
        answer.raise_for_status()
        self.simulator.behaviour(not_done=switches["not_done"], limits_cap=switches["limits_cap"])


def is_unknown(item: Mapping[str, Any]) -> bool:
    """Whether the reading has put something in."""
    is_somebody = str(item.get("email", "")).endswith(UNKNOWN_DOMAIN)
    return is_somebody or item.get("status") == UNKNOWN_STATUS or item.get("group_type") == UNKNOWN_GROUP


KINDLY: dict[str, dict[str, Step]] = {}
"""What the cases come to under the kind reading."""


def kindly(label: str, simulator: Simulator, folder: Path) -> dict[str, Step]:
    if label not in KINDLY:
        folder.mkdir()
        KINDLY[label] = Life(simulator, *CASES[label], KIND, folder).run()
        assert not any(step.failed for step in KINDLY[label].values())
    return KINDLY[label]


@pytest.mark.series(60)
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("label", CASES)
def test_cycle(label: str, reading: str, simulator: Simulator, tmp_path: Path) -> None:
    kind, case = CASES[label]
    usual = kindly(label, simulator, tmp_path / KIND)
    most = max(step.new for step in usual.values())
    found = Life(simulator, kind, case, reading, tmp_path).run()
    so_far = True
    for name, step in found.items():
        where = f"{name}: {step.message or step.returns}"
        task = {**case["task"], **(case["end"] if "end" in name else {})}
        assert step.new <= most, f"{where} is there twice"
        if step.failed:
            assert re.match(IN_WORDS, step.message, re.DOTALL), step.message
            assert may_fail(reading, kind, task, name in PREDICTIONS), where
            so_far = False
            continue
        if name not in PREDICTIONS and (so_far or name == "do again") and not step.cannot_tell:
            assert step.state == usual[name].state, f"{where}: {difference(step.state, usual[name].state)}"
        if so_far:
            assert step.changed == usual[name].changed or step.cannot_tell, where
    for again, once in AGAIN.items():
        if again in found and not found[once].failed and not found[again].cannot_tell:
            assert not found[again].changed, found[again]
    if so_far:
        assert found.keys() == usual.keys()


READ: dict[str, Any] = {}
"""What is read under the kind reading."""


def read(simulator: Simulator, label: str, reading: str) -> Any:
    kind, task = INFOS[label]
    world = {**ORGANIZATION, "behaviour": {"clock": NOW, **READINGS.get(reading, {})}}
    simulator.reset(world)
    outcome = perform(simulator, kind, clock=NoWaiting(simulator).clock(), **task)
    assert not outcome.changed
    assert simulator.requests(writes=True) == []
    return outcome.returns


@pytest.mark.series(100)
@pytest.mark.parametrize("reading", [name for name in READINGS if name not in NOT_DONE | {CAPPED}])
@pytest.mark.parametrize("label", INFOS)
def test_reading(label: str, reading: str, simulator: Simulator) -> None:
    if label not in READ:
        READ[label] = read(simulator, label, KIND)
    message = ""
    try:
        found = read(simulator, label, reading)
    except AdminError as error:
        message = error.message
    if message:
        assert re.match(IN_WORDS, message, re.DOTALL), message
        assert reading in UNTOLD | {AGES}, message
        return
    if reading in UNTOLD | DETAILS | {AGES, "unknown values", "ids without prefixes"}:
        told = {"other_users"}  # where a filter does not find everybody
        assert found.keys() - told == READ[label].keys() - told
    else:
        assert found == READ[label], difference(found, READ[label])
