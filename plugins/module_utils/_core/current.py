# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""desired → current: finds the current state with as few reads as the decision needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import not_there
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import differing
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    Reads,
    choose,
    find_scope,
    in_organization,
    list_all,
    nameless_ones,
    only_one,
    read_one,
    search,
    with_details,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.spent import with_spent
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Object,
    Parent,
    Resource,
    put_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Params
from ansible_collections.community.openai_admin.plugins.module_utils._values.redacted import fits

FORBIDDEN = (401, 403)
"""Status codes of the API if a key lacks a permission."""
_NOT_FOUND = 404
_SHOWN_NAMES = 10
"""Maximum number of names of a collection in a message."""


def find(client: Reads, resource: Resource, desired: Desired, params: Params, scope: Current | None = None) -> Current:
    """Find the current state of the desired object, including other collections. Raises C(AdminError)."""
    return find_the_rest(client, resource, desired, find_first(client, resource, desired, params, scope))


def find_first(
    client: Reads, resource: Resource, desired: Desired, params: Params, scope: Current | None = None
) -> Current:
    """Find the desired object itself, in a parent that may be known already. Raises C(AdminError)."""
    current = scope or find_place(client, resource, desired, params)
    if not resource.singleton and desired.identity is None:
        missing = current.missing or desired.missing or not_there(resource)
        current = replace(current, missing=missing, nameless=desired.missing is None or desired.missing.ref is None)
    current = _expect_owner(resource, desired, params, current)
    for place in resource.elsewhere:
        if place.settles and _matters(resource, place, desired, current):
            current = look_elsewhere(client, resource, place, desired, current, whole=False)
    if current.missing or any(current.elsewhere.values()):
        return current
    current = _find_itself(client, resource, desired, current)
    for place in resource.elsewhere:
        if place.resource is None and place.missing and _matters(resource, place, desired, current):
            current = look_elsewhere(client, resource, place, desired, current)
            current = _found_after_all(resource, desired, place, current)
    return current


def find_place(client: Reads, resource: Resource, desired: Desired, params: Params) -> Current:
    """Return the parent that the task names, or the organization. Raises C(AdminError)."""
    if resource.parent and not desired.in_parent:
        return in_organization(resource.parent)
    return find_scope(client, resource.parent, params)


def _found_after_all(resource: Resource, desired: Desired, place: Elsewhere, current: Current) -> Current:
    """Return the current state with an object that somebody has created since the first listing."""
    found = current.elsewhere[place.name]
    live = [dict(item) for item in found if resource.standing(item) != "gone"]
    one = _only_one(live, resource, desired)
    if one is None:
        return current
    rest = tuple(item for item in found if resource.standing(item) == "gone")
    return replace(
        current, object=one, ids=_with_id(resource, current, one), elsewhere={**current.elsewhere, place.name: rest}
    )


def _with_id(resource: Resource, current: Current, found: Object) -> dict[str, str | None]:
    """Return the path parameters with the ID of the object found."""
    return {**current.ids, resource.id_param: resource.id_of(found)}


def _only_one(objects: list[dict[str, Any]], resource: Resource, desired: Desired) -> dict[str, Any] | None:
    """Return the object that a task names, if there is one. Raises C(Refused) if the name is ambiguous."""
    of = desired.label.removeprefix(desired.name)
    return only_one(objects, resource, desired.identity or ("name", desired.name), resource.id_param, of)


def find_the_rest(client: Reads, resource: Resource, desired: Desired, current: Current) -> Current:
    """Complete the current state with objects of other collections. Raises C(AdminError)."""
    for place in places_to_look(resource, desired, current):
        try:
            current = look_elsewhere(client, resource, place, desired, current)
        except ApiError as error:
            allowed = (*FORBIDDEN, _NOT_FOUND) if place.own else FORBIDDEN if place.is_advice else ()
            if error.status not in allowed:
                raise
            current = replace(current, unread={**current.unread, place.name: error.words})
    return with_spent(client, resource, desired, current, FORBIDDEN)


def places_to_look(resource: Resource, desired: Desired, current: Current) -> list[Elsewhere]:
    """Return the other collections that can influence the decision, given the current state."""
    if any(current.elsewhere.values()):
        return []
    return [
        place
        for place in resource.elsewhere
        if (place.settles or place.name not in current.elsewhere) and _matters(resource, place, desired, current)
    ]


def names_elsewhere(resource: Resource, place: Elsewhere, desired: Desired, current: Current) -> list[tuple[str, Any]]:
    """Return the options and known values by which to search that collection; the first one is used."""
    known = NOTHING if place.claiming else current.object or NOTHING
    values = {field.name: field.read(known) or desired.values.get(field.name) for field in resource.fields}
    return [(option, values[name]) for option, name in place.by if values.get(name) is not None]


def find_again(client: Reads, resource: Resource, desired: Desired, current: Current) -> Object | None:
    """Search for only the object itself, after a write whose outcome is unknown."""
    option, value = desired.identity or ("", None)
    if resource.alone and option == resource.id_param:
        found = read_one(client, resource, {**current.ids, option: value}, NOTHING, current.of)
        return found[0] if found else None
    return _find_itself(client, resource, desired, replace(current, object=None)).object


def _find_itself(client: Reads, resource: Resource, desired: Desired, current: Current) -> Current:
    if resource.singleton:
        objects = read_one(client, resource, current.ids, NOTHING, current.of, current.seen)
        return replace(current, object=objects[0] if objects else None)
    if desired.identity is None:
        return current
    objects, listed = search(client, resource, desired.identity, current.ids, NOTHING, current.of)
    current = replace(current, listed=listed, nameless_ones=nameless_ones(resource, desired.identity, listed))
    if desired.identity[0] != resource.id_param:
        objects = [item for item in objects if resource.standing(item) != "gone"]
    if resource.owner and desired.owner:
        current = _find_owner(client, resource, resource.owner, desired.owner, desired.present, current)
        its_owner = _field(resource, resource.owner.id_option)
        unclear = [item for item in objects if not _shows_owner(its_owner, item)]
        objects = [item for item in objects if its_owner.read(item) == current.ids[its_owner.name]]
        if unclear and not objects:
            keys = ", ".join(str(resource.id_of(item)) for item in unclear)
            raise Refused(
                f"The API does not show whose {keys} is, which could be {desired.label}."
                f" Give {resource.id_param} instead."
            )
    older: list[dict[str, Any]] = []
    if resource.newest:
        objects.sort(key=lambda item: item.get("created_at") or 0)
        objects, older = objects[-1:], objects[:-1]
    objects = _told_apart(resource, desired, objects)
    found = _only_one(objects, resource, desired) or _of_id(resource, current.tells, listed)
    if found is None:
        return replace(current, others=_names(resource, desired.identity, listed))
    for key in resource.keys:
        if key.detail and key.option in desired.values and key.option != desired.identity[0]:
            (found,) = with_details(client, resource, found, current.ids, key.detail, current.of) or [found]
    return replace(current, object=found, ids=_with_id(resource, current, found), older=tuple(older))


def _told_apart(resource: Resource, desired: Desired, objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the one of several objects with the same key that is as declared; all, if that is not exactly one.

    If a task that removes an object also gives other values, it removes only an object with these values.
    """
    for field in (_field(resource, name) for name in resource.identified_with if name in desired.values):
        wanted = field.canonical(desired.values[field.name])
        objects = [item for item in objects if field.canonical(field.read(item)) == wanted]
    if resource.apart not in desired.values or (desired.present and len(objects) < 2):
        return objects
    field = _field(resource, resource.apart)
    wanted = field.canonical(desired.values[field.name])
    same = [item for item in objects if field.canonical(field.read(item)) == wanted]
    return same if len(same) == 1 or not desired.present else objects


def _shows_owner(its_owner: Field, item: Object) -> bool:
    """Return whether an object shows an owner of any kind."""
    owner = item.get((its_owner.answer or its_owner.name).partition(".")[0])
    return isinstance(owner, Mapping) and any(isinstance(part, Mapping) for part in owner.values())


def _expect_owner(resource: Resource, desired: Desired, params: Params, current: Current) -> Current:
    """Return the current state with the owner as the task names it, whether it exists or not."""
    owner = resource.owner
    if owner is None or (desired.identity and desired.identity[0] == resource.id_param):
        return current
    named = {option: params.get(option) or None for option in (owner.name_option, owner.id_option)}
    ids = {**current.ids, owner.id_option: named[owner.id_option]}
    current = replace(current, ids=ids, scope={**current.scope, **named})
    if desired.owner is None:
        missing = current.missing or not_there(owner.resource, owner.id_option)
        return replace(current, missing=missing, nameless=True)
    return current


def _find_owner(
    client: Reads, resource: Resource, owner: Parent, named: tuple[str, Any], needed: bool, current: Current
) -> Current:
    """Find the owner in listed objects, or look it up if the task needs it."""
    option, value = named
    key = owner.resource.keys[0]
    identity = (owner.resource.id_param if option == owner.id_option else key.option, value)
    same = (item for item in current.listed if _field(resource, option).read(item) == value)
    shown = (_shown_owner(resource, owner, key, item) for item in same)
    owners: Sequence[Object] = list({owner.resource.id_of(each): each for each in shown}.values())
    listed: Sequence[Object] = ()
    if not owners and not needed:
        return current
    if not owners:
        owners, listed = search(client, owner.resource, identity, current.ids, NOTHING, current.of)
    found, missing = choose(owners, owner.resource, identity, listed, owner.id_option, current)
    if found is None:
        return replace(current, missing=missing)
    known = owner.resource.id_of(found)
    scope = {**current.scope, owner.name_option: key.read(found), owner.id_option: known}
    return replace(current, ids={**current.ids, owner.id_option: known}, scope=scope)


def _shown_owner(resource: Resource, owner: Parent, key: Key, item: Object) -> Object:
    """Return the owner of a listed object, as far as the object shows it."""
    shown: dict[str, Any] = {}
    put_at(shown, owner.resource.id_path, _field(resource, owner.id_option).read(item))
    put_at(shown, key.field or key.option, _field(resource, owner.name_option).read(item))
    return shown


def _field(resource: Resource, name: str) -> Field:
    return next(field for field in resource.fields if field.name == name)


def _names(resource: Resource, identity: tuple[str, Any], listed: Iterable[Object]) -> tuple[str, ...]:
    """Return the names of existing objects, the most similar ones first."""
    key: Key | None = next((key for key in resource.keys if key.option == identity[0]), None)
    if key is None:
        return ()
    names = [key.written(name) for name in (key.read(item) for item in listed) if name]
    close = get_close_matches(key.written(identity[1]), names)
    return tuple(dict.fromkeys(close + names))[:_SHOWN_NAMES]


def _matters(resource: Resource, place: Elsewhere, desired: Desired, current: Current) -> bool:
    """Return whether that collection can influence the decision for this task."""
    if (place.asked_by and not desired.asks(place.asked_by)) or desired.asks(place.waived_by):
        return False
    if place.of_parent and (current.parent is not None or current.missing):
        return False
    if place.unless_listed and desired.identity and desired.identity[0] != resource.id_param:
        return False
    known = current.object
    if place.checking:
        return desired.present and not current.missing and bool(_put_in(resource, place, desired, known or NOTHING))
    if place.settles and known is not None:
        made_anew = resource.standing(known) != "live" or bool(differing(resource, desired, known))
        return desired.present and made_anew
    if known is None or resource.standing(known) == "gone":
        wanted_by = desired.identity[0] if desired.identity else ""
        needed = desired.present or (place.identifies and bool(current.nameless_ones))
        return known is None and needed and wanted_by in place.missing
    changing = {field.name for field in differing(resource, desired, known)} if desired.present else set()
    if place.claiming:
        return place.claiming in changing
    if place.going and not desired.present:
        return True
    if place.losing:
        name, value = place.losing
        field = _field(resource, name)
        return bool((not desired.present or name in changing) and field.canonical(field.read(known)) == value)
    return place.found and desired.present


def _put_in(resource: Resource, place: Elsewhere, desired: Desired, known: Object) -> set[Any]:
    """Return the elements that the task adds to sets and that have to be looked up in that collection."""
    fields = [field for field in resource.options if field.name in place.checking]
    wanted = {each for field in fields for each in desired.values.get(field.name) or ()}
    return wanted - {each for field in fields for each in field.read(known) or ()}


def look_elsewhere(
    client: Reads, resource: Resource, place: Elsewhere, desired: Desired, current: Current, whole: bool = True
) -> Current:
    """Return the current state with the objects of that collection. C(whole): see list_named()."""
    there = place.resource or resource
    if whole and place.settles and place.name in current.elsewhere:  # the server's filter has already been used
        there = replace(there, keys=tuple(replace(key, query="") for key in there.keys))
    scope = there.parent.id_option if there.parent else ""
    ids = {name: value for name, value in current.ids.items() if name == scope or f"{{{name}}}" in there.path}
    of = current.of if ids else ""
    if current.object is not None and resource.id_param in ids:
        of = f" of {desired.label}"
    names = names_elsewhere(resource, place, desired, current)
    listed: Sequence[dict[str, Any]]
    if names:
        besides = current.object if place.claiming else None
        objects, listed = search(client, there, names[0], ids, place.query, of, whole, besides)
    else:
        objects = listed = _list_there(client, place, there, ids, of)
    current = replace(current, elsewhere={**current.elsewhere, place.name: tuple(objects)})
    return _identified(resource, there, names[0], objects, listed, current) if place.identifies and names else current


def _list_there(
    client: Reads, place: Elsewhere, there: Resource, ids: Mapping[str, Any], of: str
) -> list[dict[str, Any]]:
    """List a collection; return nothing if it was removed with the object."""
    try:
        listed = list_all(client, there, ids, place.query, of)
    except ApiError as error:
        if place.going and not place.own and error.status == _NOT_FOUND:
            return []
        raise
    key = client.connection.admin_key
    return [item for item in listed if not place.own or fits(key, item.get(place.own) or "")]


def _identified(
    resource: Resource,
    there: Resource,
    named: tuple[str, Any],
    objects: Sequence[Object],
    listed: Sequence[Object],
    current: Current,
) -> Current:
    """Return the current state with the object itself, found by the ID from another collection."""
    if current.object is not None:
        return current
    if len(objects) != 1:
        return replace(current, nameless_ones=nameless_ones(there, named, listed))
    tells = {ID: there.id_of(objects[0])}
    found = _of_id(resource, tells, current.listed)
    if found is None:
        return replace(current, nameless_ones=(), tells=tells)
    return replace(current, object=found, ids=_with_id(resource, current, found), nameless_ones=())


def _of_id(resource: Resource, tells: Mapping[str, Any], listed: Iterable[Object]) -> dict[str, Any] | None:
    """Return the listed object with an ID that was found in another collection."""
    own_id = tells.get(ID)
    return next((dict(item) for item in listed if own_id is not None and resource.id_of(item) == own_id), None)
