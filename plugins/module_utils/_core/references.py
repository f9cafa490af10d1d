# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""References to other objects: resolves names to IDs, and checks that given IDs are usable."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank, not_there
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    ORGANIZATION,
    Listing,
    Reads,
    choose,
    does_not_exist,
    find_named,
    list_all,
    look_up,
    pick,
    read_one,
    scoped,
    unusable,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Current,
    Desired,
    Field,
    Object,
    Parent,
    Resource,
)


def resolve(
    client: Reads, resource: Resource, desired: Desired, place: Current | None = None
) -> tuple[Desired, tuple[Missing, ...]]:
    """Return the desired object with IDs for names, and the missing references. Raises C(AdminError).

    This lists each referenced collection once, and only if the task gives a name. C(place): the object's parent.
    resolve_rest() handles references that the object's own collection shows by name, and those that only a create
    sends.
    """
    values, references = dict(desired.values), _references(resource, desired)
    missing: list[Missing] = []
    for field in resource.options:
        if field.refers and not field.is_reference and desired.present and field.name in values:
            values[field.name] = _with_ids(client, field.refers, values[field.name], missing)
            _refuse_repeated(field, field.refers, desired.values[field.name], values[field.name])
    lacking: dict[str, Missing] = {}
    names_another = _names_another(resource, desired)
    names = {each.name: desired.values[each.name].get(refers.name_option) for each, refers in references}
    for field, refers in references:
        names_it = _names_it(resource, desired, field, refers)
        can_wait = resource.key(refers.name_option) is not None or field.unshown
        if can_wait and is_blank(values[field.name][refers.id_option]):
            continue
        if desired.present or names_another:
            own_id = _id_of_one(client, resource, field, refers, values, names, lacking, place)
            values[field.name] = own_id
        if names_it:
            identity = (field.option_name, values[field.name]) if values[field.name] else None
            desired = replace(desired, identity=identity, missing=lacking.get(field.name))
    told = [each for each in lacking.values() if desired.present and each is not desired.missing]
    unresolved = frozenset(lacking)
    sent_only = {
        option: desired.values[field.name][option]
        for field, refers in references
        for option in (refers.name_option, refers.id_option)
        if field.unshown and not is_blank(desired.values[field.name][option])
    }
    desired = replace(desired, values=values, unresolved=unresolved, sent_only=sent_only)
    return desired, tuple(dict.fromkeys([*missing, *told]))


def resolve_rest(
    client: Reads, resource: Resource, desired: Desired, current: Current
) -> tuple[Desired, tuple[Missing, ...]]:
    """Do the same for the other references, now that it is known whether the object exists. Raises C(AdminError)."""
    values = dict(desired.values)
    lacking: dict[str, Missing] = {}
    for field, refers in _references(resource, desired):
        if current.object is not None:
            values[field.name] = None if field.unshown else field.read(current.object)
        elif desired.present:
            values[field.name] = _id_of_one(client, resource, field, refers, values, {}, lacking, current)
    return replace(desired, values=values), tuple(dict.fromkeys(lacking.values()))


def _references(resource: Resource, desired: Desired) -> list[tuple[Field, Parent]]:
    """Return the fields whose referenced objects have unknown IDs."""
    return [
        (field, field.refers)
        for field in resource.options
        if field.refers and field.is_reference and isinstance(desired.values.get(field.name), Mapping)
    ]


def _names_another(resource: Resource, desired: Desired) -> bool:
    """Return whether the object is identified by the name of another one."""
    return any(_names_it(resource, desired, *each) for each in _references(resource, desired))


def _names_it(resource: Resource, desired: Desired, field: Field, refers: Parent) -> bool:
    """Return whether the object that a field references identifies the object itself, even by an empty ID."""
    if desired.identity is None:
        return not resource.singleton and resource.key(field.option_name) is not None
    return desired.identity[0] == refers.name_option


def _id_of_one(
    client: Reads,
    resource: Resource,
    field: Field,
    refers: Parent,
    values: Mapping[str, Any],
    names: Mapping[str, Any],
    lacking: dict[str, Missing],
    place: Current | None,
) -> str | None:
    """Return the ID of the object that a field references; if it is missing, add that to C(lacking) and return null.

    C(names): the names in other fields.
    """
    named = values[field.name]
    if not is_blank(named[refers.id_option]):
        return str(named[refers.id_option])
    if is_blank(named[refers.name_option]):
        lacking[field.name] = not_there(refers.resource, refers.id_option)
        return None
    parent = refers.resource.parent
    there = ORGANIZATION
    if parent:
        own = next((each.name for each in resource.options if each.option_name == parent.id_option), "")
        if own in values:
            there = replace(scoped(parent, values[own], names.get(own)), missing=lacking.get(own))
        elif place:
            there = place
    if there.missing:
        lacking[field.name] = there.missing
        return None
    found, lacks = find_named(client, refers, named[refers.name_option], there)
    if lacks:
        lacking[field.name] = lacks
    return None if found is None else refers.resource.id_of(found)


def refuse_unusable(
    client: Reads,
    resource: Resource,
    desired: Desired,
    listing: Callable[[Resource], Iterable[Object]] = lambda unused_resource: (),
    making: bool = True,
) -> None:
    """Check references by ID before any write. Raises C(Refused) if an object does not exist or cannot be used.

    This reads the objects, unless they are listed already; a single reference only if the object will be created.
    """
    for field in resource.options if desired.present else ():
        if field.refers and field.is_reference:
            entry = desired.values.get(field.name)
            can_be_read = field.refers.resource.by_id and field.refers.resource.parent is None
            if making and can_be_read and isinstance(entry, Mapping):
                _refuse_unusable(client, field, field.refers, [entry], ())
        elif field.refers:
            known = {*map(field.refers.resource.id_of, listing(field.refers.resource))}
            _refuse_unusable(client, field, field.refers, desired.values.get(field.name) or (), known)


def refuse_unlisted(client: Reads, resource: Resource, desired: Desired, place: Current) -> None:
    """Check references by ID to objects that only lists show, before a create. Raises C(Refused) if one is not listed.

    C(place): the object's scope, in which what it refers to has to be. Objects that every scope has need no request.
    """
    for field in resource.options:
        entry = desired.values.get(field.name)
        is_listed = field.refers is not None and field.is_reference and not field.refers.resource.by_id
        if field.refers and is_listed and isinstance(entry, Mapping):
            _refuse_unlisted(client, field, field.refers, entry, place)


def _refuse_unlisted(client: Reads, field: Field, refers: Parent, entry: Mapping[str, Any], place: Current) -> None:
    """Raise C(Refused) if a referenced object in the same scope is not listed."""
    own_id, parent = entry.get(refers.id_option), refers.resource.parent
    if is_blank(own_id) or place.missing:
        return
    ids = {name: value for name, value in place.ids.items() if parent and name == parent.id_option}
    if refers.resource.is_built_in and refers.resource.is_built_in(own_id, bool(ids)):
        return
    identity = (refers.resource.id_param, own_id)
    if not look_up(client, refers.resource, identity, ids, of=place.of):
        label = refers.resource.call(own_id, refers.id_option)
        raise Refused(f"{does_not_exist(f'{label}{place.of}').words}.", option=field.option_name)


def refuse_unknown_id(client: Reads, resource: Resource, desired: Desired) -> None:
    """Read the object of another collection whose ID an object is to have. Raises C(Refused) if there is none."""
    place = next((each for each in resource.elsewhere if each.identifies), None)
    if place is None or place.resource is None or desired.identity is None or desired.identity[0] != resource.id_param:
        return
    own_id = desired.identity[1]
    try:
        found = read_one(client, place.resource, {place.resource.id_param: own_id})
    except ApiError as error:
        if error.status != 403:
            raise
        return  # the key may change one collection without reading the other
    if not found:
        label = place.resource.call(own_id, place.resource.id_param)
        raise Refused(f"{does_not_exist(label).words}.", option=resource.id_param)


def refuse_unusable_parent(client: Reads, parent: Parent, current: Current) -> None:
    """Read the parent of an object, unless it was listed. Raises C(Refused) if it cannot be used."""
    own_id = current.ids.get(parent.id_option)
    if current.seen or own_id is None:
        return
    try:
        found = read_one(client, parent.resource, {parent.resource.id_param: own_id})
    except ApiError as error:
        if error.status != 403:
            raise
        return  # a key may be allowed to change objects of a project without being allowed to read the project
    said = unusable(parent.resource, (parent.id_option, own_id), found)
    if said:
        raise Refused(said, option=parent.id_option)


def _refuse_unusable(
    client: Reads, field: Field, refers: Parent, entries: Iterable[Mapping[str, Any]], known: Collection[str]
) -> None:
    ids = (entry.get(refers.id_option) for entry in entries)
    for own_id in dict.fromkeys(each for each in ids if not is_blank(each) and each not in known):
        try:
            found = read_one(client, refers.resource, {refers.resource.id_param: own_id})
        except ApiError as error:
            if error.status != 403 or not field.is_reference:
                raise
            continue  # the key may give projects an external key without reading external keys
        label = refers.resource.call(own_id, refers.id_option)
        said = unusable(refers.resource, (refers.id_option, own_id), found)
        said = said if found else f"{does_not_exist(label).words}."
        if said:
            raise Refused(said, option=field.option_name)


def _with_ids(
    client: Reads, refers: Parent, entries: list[Mapping[str, Any]], missing: list[Missing]
) -> list[dict[str, Any]]:
    names = (refers.name_option, refers.id_option)
    needed = any(is_blank(entry.get(refers.id_option)) for entry in entries)
    listed = list_all(client, refers.resource) if needed else Listing()
    return [
        {
            ID: _id(refers, entry, listed, missing),
            **{name: value for name, value in entry.items() if name not in names},
        }
        for entry in entries
    ]


def _refuse_repeated(
    field: Field, refers: Parent, entries: list[Mapping[str, Any]], resolved: list[dict[str, Any]]
) -> None:
    """Raise C(Refused) if two entries of a list refer to the same object, by name and by ID."""
    first: dict[str, Mapping[str, Any]] = {}
    for number, (entry, own_id) in enumerate(zip(entries, (each[ID] for each in resolved))):
        other = first.setdefault(own_id, entry) if own_id is not None else entry
        if other is not entry:
            name = next(each[refers.name_option] for each in (entry, other) if is_blank(each.get(refers.id_option)))
            label = f"{refers.resource.call(name)} ({own_id})"
            said = f"{field.option_name} names the {label} twice, by its name and by its id."
            raise Refused(said, option=f"{field.option_name}[{number}]")


def _id(refers: Parent, entry: Mapping[str, Any], listed: Listing, missing: list[Missing]) -> str | None:
    """Return the ID that an entry gives, or that of the object that it names."""
    if not is_blank(entry.get(refers.id_option)):
        return str(entry[refers.id_option])
    resource, name, key = refers.resource, entry[refers.name_option], refers.resource.keys[0]
    found, lacks = choose(pick(resource, key, name, listed), resource, (key.option, name), listed, refers.id_option)
    missing += [lacks] if lacks else []
    return None if found is None else str(refers.resource.id_of(found))
