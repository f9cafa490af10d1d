# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Undeclared objects of managed collections, which are reported, or removed if the declaration says so."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import HOLDERS
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Current, Object, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    Looked,
    Mark,
    Place,
    Run,
    mark_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    Declared,
    removal_settings,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.find import look
from ansible_collections.community.openai_admin.plugins.module_utils._organization.people import hidden_members, owns
from ansible_collections.community.openai_admin.plugins.module_utils._organization.plan import decide
from ansible_collections.community.openai_admin.plugins.module_utils._organization.rules import rules_of
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import Step
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses


@dataclass(frozen=True, eq=False)
class Undeclared:
    """An undeclared object."""

    place: Place
    item: Object
    is_kept: bool = False
    """Whether the rules of its kind keep a purge from removing it."""
    is_nameless: bool = False
    """Whether the API shows only its ID, so that it may be a declared one."""

    @property
    def mark(self) -> Mark:
        """What identifies it."""
        return self.place.mark(self.item)

    @property
    def own_id(self) -> Any:
        """The ID of the object."""
        return self.place.resource.id_of(self.item)

    @property
    def is_purged(self) -> bool:
        """Whether the purge removes the object."""
        return self.place.purged and not self.is_kept and not self.is_nameless


@dataclass(frozen=True, eq=False)
class _Around:
    """The interface to the organization for the rules of a kind."""

    run: Run
    resource: Resource

    @property
    def protected(self) -> Container[Any]:
        return self.run.declaration.protected_projects

    def person(self, item: Object) -> Object | None:
        return self.run.snapshot.person(self.resource.id_of(item))

    def owns(self, item: Object) -> bool:
        return owns(self.run, item)

    def is_expected(self, item: Object) -> bool:
        return self.resource.id_of(item) in self.run.people or addresses.canonical(item.get("email")) in self.run.people


def find_undeclared(run: Run, places: Iterable[Place], objects: Iterable[tuple[Resource, Current]]) -> list[Undeclared]:
    """Return the undeclared objects of managed collections, except those that need not be declared.

    Raises C(RequestError).
    """
    declared = {
        mark_of(resource, current, known) for resource, current in objects for known in (current.object, *current.older)
    }
    found: list[Undeclared] = []
    for place in (each for each in places if not each.row.is_single):
        listed, around = run.snapshot.listing(place.resource, place.ids), _Around(run, place.resource)
        for item in listed:
            if place.mark(item) in declared:
                continue
            if place.resource.standing(item) == "gone" or (place.row.owned and not place.row.owned.is_own(item)):
                continue
            fate = place.row.undeclared(item, listed, around)
            if fate != "ignored":
                found.append(Undeclared(place, item, fate == "kept", _is_nameless(run, place, item)))
    return found


def notes(run: Run, found: Iterable[Undeclared]) -> Iterator[str]:
    """Yield warnings about objects that a purge keeps because they have no name, or the name of a protected one."""
    nameless: dict[Place, list[Object]] = {}
    kept: dict[Place, list[Object]] = {}
    for each in found:
        if each.place.purged and each.is_nameless:
            nameless.setdefault(each.place, []).append(each.item)
        if each.place.purged and each.is_kept:
            kept.setdefault(each.place, []).append(each.item)
    for place, items in nameless.items():
        resource = place.resource
        ids = ", ".join(str(resource.id_of(item)) for item in items)
        them = resource.title if len(items) == 1 else resource.titles
        yield (
            f"purge does not remove {len(items)} {them}{place.of} ({ids}), because the API shows no"
            f" {resource.keys[-1].option}, so it is unknown whether the declaration contains them. Declare them by"
            f" {resource.id_param}, or remove them in separate tasks."
        )
    for place, items in kept.items():
        yield from place.row.note(items, run.snapshot.listing(place.resource, place.ids), place.of)


def _is_nameless(run: Run, place: Place, item: Object) -> bool:
    """Return whether the API shows only the ID of an object, also in other collections."""
    resource = place.resource
    known = (run.snapshot.person(resource.id_of(item)) if place.row.is_person else None) or item
    return resource.by_id and all(
        key.canonical(key.read(each)) is None for each in (item, known) for key in resource.keys
    )


def purge(run: Run, found: Iterable[Undeclared]) -> tuple[list[Step], list[Problem], list[str]]:
    """Return the steps that remove undeclared objects, except those that the rules of their kinds keep, and warnings.

    A set that must not change is a problem, because its container requests the purge. Raises C(AdminError).
    """
    steps: list[Step] = []
    warnings: list[str] = []
    problems: dict[Place, Problem] = {}
    for each in found:
        try:
            step = _removal(run, each.place, each.own_id) if each.is_purged else None
        except Refused as error:
            if each.place.row.owned:
                problems[each.place] = Problem(error.message, each.place.where)
            elif each.place.row.tells_kept:
                warnings.append(f"purge does not remove {_called(each)}. {error.message}")
            continue
        if step:
            steps.append(step)
            run = rules_of(each.place.resource).learn(run, step)
    return steps, list(problems.values()), warnings


def _called(each: Undeclared) -> str:
    resource = each.place.resource
    return f"{resource.call(resource.name_of(each.item) or each.own_id)}{each.place.of}"


def purge_hidden(run: Run, places: Iterable[Place], declared: Iterable[Looked]) -> list[Step]:
    """Return the steps that remove undeclared memberships that are hidden while a person owns the organization."""
    steps = []
    for place, own_id in hidden_members(run, places, declared):
        try:
            step = _removal(run, place, own_id)
        except Refused:
            continue
        steps += [step] if step else []
    return steps


def _removal(run: Run, place: Place, own_id: str) -> Step | None:
    """Return the step that removes an object; null if there is nothing to do. Raises C(Refused)."""
    resource = place.resource
    state = resource.remove.state if resource.remove else ""
    scope = place.options
    settings = removal_settings(run.declaration.allow_lockout)
    params = {**scope, resource.id_param: own_id, "state": state, **settings}
    declared = Declared(resource, place.purged_by, params, params, place.purged_by, row=place.row)
    step = decide(run, look(run, declared, place, purged=True))
    return step if step.is_due else None


def unmanaged(each: Undeclared) -> dict[str, Any]:
    """Return an undeclared object in the form of results."""
    item = each.item
    return {
        "kind": each.place.resource.kind,
        **{option: each.place.names.get(option) or None for option in HOLDERS},
        "name": each.place.resource.name_of(item) or item.get("name"),
        "id": each.own_id,
        "role": item.get("role"),
        "since": item.get("added_at") or item.get("created_at"),
    }


def names_by_project(left: Iterable[Undeclared]) -> dict[str, list[str]]:
    """Return the names of undeclared objects that come with a project, by project, such as models with limits."""
    names: dict[str, list[str]] = {}
    for each in left:
        if each.place.row.comes_with_project:
            names.setdefault(each.place.project, []).append(str(each.place.resource.keys[0].read(each.item)))
    return names
