# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Which objects the entries of a declaration mean, once the listings tell: ids decide, however they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER, is_person
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import absent_and_present
from ansible_collections.community.openai_admin.plugins.module_utils._organization.find import (
    Looked,
    Mark,
    Run,
    mark_of,
    person_id,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses


def identify(run: Run, projects: Sequence[Looked], inside: Sequence[Looked]) -> None:
    """Note who is to be in a project and what names there will be; a problem for each contradiction.

    Raises C(RequestError).
    """
    repeated = list(_repeated(run, projects))
    run.problems.extend(repeated or _repeated(run, inside))
    members = [each for each in inside if each.resource.kind == PROJECT_USER.kind and each.desired.present]
    run.people.update(filter(None, (person_id(run, each) for each in members)))
    run.problems.extend(_leaving_and_staying(run, inside, members))
    run.names.update(_names_then([*projects, *inside]))
    run.problems.extend(_same_names([*projects, *inside]))


def apart_from_declared_ids(run: Run, objects: Iterable[Looked]) -> list[Looked]:
    """What there is of declared objects, of which one that is named takes none for itself that is declared by its id.

    Where only such ones have the name, it is declared twice: a problem.
    """
    objects = list(objects)
    by_id = {_own_id(each): each for each in objects if _is_by_id(each) and each.current.object}
    return [each if _is_by_id(each) else _besides(run, each, by_id) for each in objects]


def _besides(run: Run, looked: Looked, by_id: Mapping[str, Looked]) -> Looked:
    current = looked.current
    found = [*current.older, *([current.object] if current.object else [])]
    left = [item for item in found if item["id"] not in by_id]
    if len(left) == len(found):
        return looked
    if not left:
        other = by_id[found[-1]["id"]]
        said = f"{looked.desired.name} ({found[-1]['id']}) is declared in {other.declared.where} as well."
        run.problems.append(looked.declared.problem(said, other=other.declared.where))
        return looked
    ids = {**current.ids, looked.resource.id_param: left[-1]["id"]}
    return replace(looked, current=replace(current, object=left[-1], older=tuple(left[:-1]), ids=ids))


def _is_by_id(looked: Looked) -> bool:
    return bool(looked.desired.identity and looked.desired.identity[0] == looked.resource.id_param)


def _own_id(looked: Looked) -> str:
    return str((looked.current.object or {}).get("id"))


def without_shown_address(run: Run, declared: Iterable[Looked]) -> list[Object]:
    """People of whom the API shows no address, and who are not declared by their ids: they can be anybody."""
    known = {person_id(run, each) for each in declared}
    people = (person for person in run.snapshot.listing(USER) if is_person("", person))
    return [
        person for person in people if addresses.canonical(person.get("email")) is None and person["id"] not in known
    ]


def _repeated(run: Run, objects: Iterable[Looked]) -> Iterator[Problem]:
    """Entries that mean the same object, one by its id, the other by its name."""
    first: dict[Mark, Looked] = {}
    for looked in objects:
        kind, project, own_id = mark_of(looked.resource, looked.current)
        own_id = own_id or person_id(run, looked)
        if own_id is None:
            continue
        other = first.setdefault((kind, project or looked.project, own_id), looked)
        if other is not looked:
            said = f"{_called(looked, other)} ({own_id}) is declared in {other.declared.where} as well."
            yield looked.declared.problem(said, other=other.declared.where)


def _called(looked: Looked, other: Looked) -> str:
    """The object by its name, which one of two entries has."""
    by_name = other if _is_by_id(looked) else looked
    return by_name.desired.name


def _leaving_and_staying(run: Run, inside: Iterable[Looked], members: Iterable[Looked]) -> Iterator[Problem]:
    """People who are declared to leave the organization, and to be in one of its projects."""
    staying = {person_id(run, each): each for each in members}
    for looked in inside:
        own_id = person_id(run, looked) if looked.resource.kind == USER.kind and not looked.desired.present else None
        if own_id in staying and own_id is not None:
            yield absent_and_present(looked.declared, staying[own_id].declared)


def _names_then(objects: Iterable[Looked]) -> Iterator[tuple[Mark, str | None]]:
    """The names of declared objects that are there, as they will be; null: they will be gone."""
    for looked in objects:
        known = looked.current.object
        if known is not None and _has_names(looked):
            name = looked.desired.values.get("name", known.get("name")) if looked.desired.present else None
            yield mark_of(looked.resource, looked.current), name


def _same_names(objects: Iterable[Looked]) -> Iterator[Problem]:
    """Objects that one declaration gives the same name, where one of them does not have it yet."""
    first: dict[tuple[str, str | None, str], Looked] = {}
    for looked in objects:
        known = looked.current.object or {}
        name = looked.desired.values.get("name", known.get("name"))
        if not _has_names(looked) or not looked.desired.present or not isinstance(name, str):
            continue
        kind, project, own_id = mark_of(looked.resource, looked.current)
        other = first.setdefault((kind, project or looked.project, name), looked)
        there = other.current.object or {}
        is_same = own_id is not None and own_id == there.get("id")
        if other is not looked and not is_same and (known.get("name"), there.get("name")) != (name, name):
            place = other.declared.where
            said = f"{looked.desired.name} would be named '{name}', as {place} would."
            yield looked.declared.problem(f"{said} Choose another name for one of them.", "name", place)


def _has_names(looked: Looked) -> bool:
    """Whether an object's name must not be that of another one of its collection."""
    return HOLDERS in looked.resource.elsewhere
