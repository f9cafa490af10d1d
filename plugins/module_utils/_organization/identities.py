# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Identifies the objects of entries after the collections have been read: IDs decide, regardless of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import as_it_is
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    Looked,
    Mark,
    Run,
    mark_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.people import (
    expected_people,
    is_inside,
    leaving_and_staying,
    person_id,
)


def identify(run: Run, projects: Sequence[Looked], inside: Sequence[Looked]) -> tuple[Run, list[Problem]]:
    """Return the run with declared people and future names, and a problem for each contradiction.

    Raises C(RequestError).
    """
    problems = list(_repeated(run, projects)) or list(_repeated(run, inside))
    members = [each for each in inside if is_inside(each) and each.desired.present]
    people = run.people | expected_people(run, members)
    problems.extend(leaving_and_staying(run, inside, members))
    everything = [*projects, *inside]
    problems.extend(_same_names(everything))
    return replace(run, people=people, names=dict(_names_then(everything))), problems


def apart_from_declared_ids(objects: Sequence[Looked]) -> tuple[list[Looked], list[Problem]]:
    """Return declared objects with current states, so that names do not match objects that are declared by ID.

    If only such objects have the name, the object is declared twice, which is a problem.
    """
    by_id = {_own_id(each): each for each in objects if _is_by_id(each) and each.current.object}
    problems: list[Problem] = []
    return [each if _is_by_id(each) else _besides(each, by_id, problems) for each in objects], problems


def _besides(looked: Looked, by_id: Mapping[Any, Looked], problems: list[Problem]) -> Looked:
    current = looked.current
    found = [*current.older, *([current.object] if current.object else [])]
    id_of = looked.resource.id_of
    left = [item for item in found if id_of(item) not in by_id]
    if len(left) == len(found):
        return looked
    if not left:
        other = by_id[id_of(found[-1])]
        said = f"{looked.desired.name} ({id_of(found[-1])}) is declared in {other.declared.where} as well."
        problems.append(looked.declared.problem(said, other=other.declared.where))
        return looked
    ids = {**current.ids, looked.resource.id_param: id_of(left[-1])}
    return replace(looked, current=replace(current, object=left[-1], older=tuple(left[:-1]), ids=ids))


def _is_by_id(looked: Looked) -> bool:
    return bool(looked.desired.identity and looked.desired.identity[0] == looked.resource.id_param)


def _own_id(looked: Looked) -> str | None:
    """Return the ID of the object found, possibly in another collection."""
    own_id: str | None = looked.resource.id_of(looked.current.object or looked.current.tells)
    return own_id


def _repeated(run: Run, objects: Iterable[Looked]) -> Iterator[Problem]:
    """Yield problems of two entries for the same object, one by ID and one by name."""
    first: dict[tuple[Any, ...], Looked] = {}
    for looked in objects:
        own_id = _own_id(looked) or person_id(run, looked)
        if own_id is None:
            continue
        other = first.setdefault((*looked.spot, own_id), looked)
        if other is not looked:
            said = f"{_called(looked, other)} ({own_id}) is declared in {other.declared.where} as well."
            yield looked.declared.problem(said, other=other.declared.where)


def _called(looked: Looked, other: Looked) -> str:
    """Return the object's label with its name, which one of two entries has."""
    by_name = other if _is_by_id(looked) else looked
    return by_name.desired.name


def _names_then(objects: Iterable[Looked]) -> Iterator[tuple[Mark, str | None]]:
    """Yield the future names of existing declared objects; null: the object will be removed."""
    for looked in objects:
        known = looked.current.object
        if known is not None and _has_names(looked):
            name = looked.desired.values.get("name", known.get("name")) if looked.desired.present else None
            yield mark_of(looked.resource, looked.current), name


def _same_names(objects: Iterable[Looked]) -> Iterator[Problem]:
    """Yield problems of two objects that would end up with the same name."""
    first: dict[tuple[Any, ...], Looked] = {}
    for looked in objects:
        known = looked.current.object or {}
        name = looked.desired.values.get("name", known.get("name"))
        if not _has_names(looked) or not looked.desired.present or not isinstance(name, str):
            continue
        own_id = _own_id(looked)
        form = looked.resource.names_apart or as_it_is
        other = first.setdefault((*looked.spot, form(name)), looked)
        there = other.current.object or {}
        is_same = own_id is not None and own_id == _own_id(other)
        its_name = other.desired.values.get("name", there.get("name"))
        if other is not looked and not is_same and (known.get("name"), there.get("name")) != (name, its_name):
            place = other.declared.where
            said = f"{looked.desired.name} would be named '{name}', as {place} would."
            if its_name != name:
                said = f"{said[:-1]} be named '{its_name}', which differs only in case or blanks."
            yield looked.declared.problem(f"{said} Choose another name for one of them.", "name", place)


def _has_names(looked: Looked) -> bool:
    """Return whether objects of the collection need different names."""
    return HOLDERS in looked.resource.elsewhere or looked.resource.names_apart is not None
