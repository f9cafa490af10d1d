# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reads each managed collection once, and finds the declared objects in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    NotFound,
    Problem,
    Refused,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import find_first
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import list_all
from ansible_collections.community.openai_admin.plugins.module_utils._core.references import resolve, resolve_rest
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    INSIDE,
    KINDS,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Key,
    Resource,
    put_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    Holder,
    Looked,
    Place,
    Run,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    Declaration,
    Declared,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.sets import (
    Collection,
    collections_to_read,
    find_entry,
)


def read(run: Run, places: Iterable[Place], more: Iterable[Collection] = ()) -> None:
    """Read collections concurrently, each once. Raises C(AdminError) if one of them cannot be read."""
    pieces = [
        Piece(f"GET {resource.path_in(ids)}", partial(list_all, run.snapshot, resource, ids, of=of, seen=True))
        for resource, ids, of in (*((place.resource, place.ids, place.of) for place in places), *more)
    ]
    gather(run.client, pieces, run.pace, "Reading")


def look(run: Run, declared: Declared, place: Place, purged: bool = False) -> Looked:
    """Return a declared object with its current state. Raises C(AdminError)."""
    if place.row.owned:
        return find_entry(run, place.row.owned, declared, place, purged)
    desired = declared.desired
    known = {option: own_id for option, own_id in place.ids.items() if own_id}
    if known:
        declared = replace(declared, params={**declared.params, **known})
    resource = _listed(run, declared)
    scope = place.scope
    desired, unresolved = resolve(run.snapshot, resource, desired, scope)
    current = find_first(run.snapshot, resource, desired, declared.params, scope)
    desired, more = resolve_rest(run.snapshot, resource, desired, current)
    renamed = _by_reference(run, resource, desired, current, place)
    if renamed:
        current = renamed
        desired, more = resolve_rest(run.snapshot, resource, desired, current)
    return Looked(declared, resource, desired, current, place, (*unresolved, *more), purged)


def _by_reference(run: Run, resource: Resource, desired: Desired, current: Current, place: Place) -> Current | None:
    """Return the state of an object that is listed under the former name of what it refers to; null if it is not."""
    own_id = resource.referred_id(desired.values)
    if current.object is not None or own_id is None:
        return None
    listed = run.snapshot.listing(resource, place.ids)
    item = next((each for each in listed if resource.id_of(each) == own_id), None)
    return replace(current, object=item, ids={**current.ids, resource.id_param: own_id}) if item else None


def note_names(run: Run, objects: Iterable[Looked]) -> None:
    """Record the names that this run gives to existing objects, so that others find them by these names."""
    for each in objects:
        key, known, name = each.resource.key("name"), each.current.object, each.desired.values.get("name")
        if not key or not known or not each.desired.present or name in (None, key.read(known)):
            continue
        then = dict(known)
        put_at(then, key.field or key.option, name)
        run.snapshot.note(each.resource, each.place.ids, known, then)


def look_all(run: Run, objects: Iterable[tuple[Place, Declared]]) -> tuple[list[Looked], list[Problem]]:
    """Return declared objects with their current states, and a problem for each that cannot be found."""
    found, problems = [], []
    for place, declared in objects:
        try:
            found.append(look(run, declared, place))
        except (Refused, NotFound) as error:
            problems.append(declared.problem(error.message, option_of(error)))
    return found, problems


def option_of(error: AdminError) -> str:
    """Return the option that an error is about; empty for the object as a whole."""
    return error.option if isinstance(error, Refused) else ""


def _listed(run: Run, declared: Declared) -> Resource:
    """Return the resource with IDs searched in listings; an object that no listing shows is read individually."""
    resource = declared.resource
    if not resource.by_id or resource.singleton:
        return resource
    own_id = declared.params.get(resource.id_param)
    lists_all = not any(place.resource is None and place.query for place in resource.elsewhere)
    if own_id and not lists_all and all(resource.id_of(item) != own_id for item in run.snapshot.listing(resource)):
        return resource
    return _LISTED[resource.kind]


_LISTED = {
    row.resource.kind: replace(
        row.resource, by_id=False, keys=(Key(row.resource.id_param, row.resource.id_path), *row.resource.keys)
    )
    for row in KINDS
}


def own_places(declaration: Declaration) -> list[Place]:
    """Return the managed collections of the organization, projects first."""
    projects = [] if declaration.projects is None else [(PROJECTS, declaration.projects)]
    others = [(DECLARED_IN_ORGANIZATION[word], objects) for word, objects in declaration.collections.items()]
    return [
        Place(row, where=row.word, declared=objects, purged=row.word in declaration.purge)
        for row, objects in (*projects, *others)
    ]


def find_holders(run: Run, places: Sequence[Place]) -> tuple[list[Place], list[Looked], list[Problem]]:
    """Return all managed places, including those in declared objects of C(places), and these objects.

    This reads the places level by level. Raises C(AdminError).
    """
    found, everything, problems = [], list(places), []
    level = list(places)
    while level:
        objects = [(place, each) for place in level if INSIDE[place.row] for each in place.declared]
        holders, more = look_all(run, objects)
        note_names(run, holders)
        level = [place for each in holders for place in _places_in(each)]
        read(run, [place for place in level if place.is_there], collections_to_read(run, level))
        found += holders
        everything += level
        problems += more
    return everything, found, problems


def _places_in(looked: Looked) -> Iterator[Place]:
    """Yield the managed collections of a declared object; if it goes, those that have to go first."""
    declared, known = looked.declared, looked.current.object
    if (known is None and not declared.stays) or (known and looked.resource.standing(known) == "gone"):
        return
    key = looked.resource.name_key
    option = key.option if key else "name"
    name = str(declared.params.get(option) or (key.read(known or {}) if key else "") or "")
    for word, objects in declared.collections.items():
        row = INSIDE[looked.row][word]
        if row.holder and (declared.stays or row.goes_first):
            yield Place(
                row,
                (*looked.place.holders, Holder(row.holder, name, known, looked.resource.id_of(known or {}), looked)),
                f"{declared.where}.{word}",
                objects,
                word in declared.purge,
                declared.purged_by,
            )
