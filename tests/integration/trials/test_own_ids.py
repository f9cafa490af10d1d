# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects whose answers have no C(id), and no C(name): declared, purged and exported as all others are.

They get rows in the registry, and what follows from it is loaded anew.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins import module_utils
from ansible_collections.community.openai_admin.plugins.module_utils import _organization
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Task
from ansible_collections.community.openai_admin.plugins.module_utils._kinds import registry
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field, Key, Resource, Route
from integration.trials.api import PROJECTS, Api, Collection, Item, perform

ROOM = _organization.__name__
TEAM = Resource(
    kind="team",
    plural="teams",
    routes=(Route("/organization/teams"), Route(f"{PROJECTS}/{{project_id}}/teams", IN_PROJECT)),
    id_param="team_id",
    by_id=False,
    keys=(Key("team_id", field="team_id"), Key("team", field="team_name")),
    fields=(
        Field("id", made_by="server", answer="team_id"),
        Field("team", body="team_name", answer="team_name", update=False),
        Field("color", body="paint", answer="paint"),
    ),
)
PATHS = {"organization": "/organization/teams", "project": f"{PROJECTS}/proj_1/teams"}
OLD: Item = {"object": "team", "team_id": "team_old", "team_name": "old", "paint": "red"}
TWINS: list[Item] = [{**OLD, "team_id": f"team_{each}", "team_name": "twin"} for each in (1, 2)]


@dataclass(frozen=True)
class Tasks:
    """What manages and exports an organization that has teams."""

    scope: str
    manage: Task
    export: Task

    def declare(self, teams: list[Item], **more: Any) -> dict[str, Any]:
        """Options that declare teams where they are in this trial."""
        own = {"teams": teams, **more}
        return own if self.scope == "organization" else {"projects": [{"name": "search-prod", **own}]}

    def teams(self, declaration: Any) -> Any:
        """What an export declares of them."""
        return (declaration if self.scope == "organization" else declaration["projects"][0])["teams"]


@pytest.fixture(params=list(PATHS))
def tasks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Tasks:
    scope = request.param
    within = None if scope == "organization" else registry.PROJECTS
    row = Kind(TEAM, "teams", "Teams", within, purge=True, has_ids=True)
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, row))
    table = registry.DECLARED_IN_ORGANIZATION if scope == "organization" else registry.DECLARED_IN_PROJECT
    monkeypatch.setitem(table, "teams", row)  # type: ignore[arg-type]  # the table is a dictionary
    monkeypatch.setitem(registry.INSIDE, row, {})  # type: ignore[arg-type]
    monkeypatch.setitem(registry.DEPTHS, row, 1)  # type: ignore[arg-type]
    monkeypatch.setattr(module_utils, "_organization", _organization, raising=False)  # as it is put back afterwards
    for name in [name for name in sys.modules if name.startswith(ROOM)]:
        monkeypatch.delitem(sys.modules, name)
    manage, export = (import_module(f"{ROOM}.{name}") for name in ("manage", "export"))
    return Tasks(scope, manage.manage_organization(), export.export_organization())


def api(scope: str, *teams: Item) -> Api:
    listed = [dict(each) for each in teams]
    return Api(collections={PATHS[scope]: Collection(listed, id_path="team_id")})


def settled(there: Api, tasks: Tasks, **declaration: Any) -> tuple[list[Any], Mapping[str, Any]]:
    """Return the writes and the result of a task that is predicted, run and run again, as promised."""
    predicted = perform(there, tasks.manage, check=True, **declaration)
    assert there.writes == []
    real = perform(there, tasks.manage, **declaration)
    writes = there.writes
    assert predicted.returns["changes"] == real.returns["changes"]
    there.forget()
    again = perform(there, tasks.manage, **declaration)
    assert (again.changed, there.writes) == (False, [])
    return sorted(writes), real.returns


def test_they_are_created_changed_and_purged(tasks: Tasks) -> None:
    path = PATHS[tasks.scope]
    known = {**OLD, "team_id": "team_ops", "team_name": "ops"}
    there = api(tasks.scope, OLD, known)
    task = tasks.declare([{"team": "ops", "color": "blue"}, {"team": "new", "color": "blue"}], purge=["teams"])
    writes, returns = settled(there, tasks, **task)
    assert writes == [
        ("DELETE", f"{path}/team_old", None),
        ("POST", path, {"team_name": "new", "paint": "blue"}),
        ("POST", f"{path}/team_ops", {"paint": "blue"}),
    ]
    assert {each["name"]: each["action"] for each in returns["changes"]} == {
        "ops": "update",
        "new": "create",
        "old": "delete",
    }
    ids = {"new": "made_1", "ops": "team_ops"}
    assert returns["ids"][IDS_WORDS[tasks.scope]] == (ids if tasks.scope == "organization" else {"search-prod": ids})


def test_one_of_two_of_a_name_is_declared_by_its_id(tasks: Tasks) -> None:
    there = api(tasks.scope, *TWINS)
    writes, unused_returns = settled(there, tasks, **tasks.declare([{"team_id": "team_2"}], purge=["teams"]))
    assert writes == [("DELETE", f"{PATHS[tasks.scope]}/team_1", None)]


def test_what_is_not_declared_is_named(tasks: Tasks) -> None:
    outcome = perform(api(tasks.scope, OLD), tasks.manage, **tasks.declare([]))
    told = [{name: each[name] for name in ("kind", "name", "id")} for each in outcome.returns["unmanaged"]]
    assert told == [{"kind": "team", "name": "old", "id": "team_old"}]


def test_an_export_can_be_applied(tasks: Tasks) -> None:
    there = api(tasks.scope, OLD, *TWINS)
    exported = perform(there, tasks.export, include=["projects", "teams"]).returns
    assert tasks.teams(exported["organization"]) == [
        {"team": "old", "color": "red"},
        {"team_id": "team_1", "team": "twin", "color": "red"},
        {"team_id": "team_2", "team": "twin", "color": "red"},
    ]
    known = exported["ids"][IDS_WORDS[tasks.scope]]
    assert known == ({"old": "team_old"} if tasks.scope == "organization" else {"search-prod": {"old": "team_old"}})
    again = perform(there, tasks.manage, **exported["organization"])
    assert (again.changed, again.returns["unmanaged"], there.writes) == (False, [], [])


IDS_WORDS = {"organization": "teams", "project": "project_teams"}
"""The keys of IDs in results, by scope."""
