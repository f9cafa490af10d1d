# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reads collections, finds objects by name or ID, and finds the parent that a task names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Protocol

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    ApiError,
    BadAnswer,
    Refused,
    RequestError,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    is_blank,
    names_parent,
    not_there,
    parent_label,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing, Ref
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    PRESENT,
    Current,
    Desired,
    Field,
    Key,
    Object,
    Parent,
    Refuse,
    Resource,
    as_it_is,
    put_at,
    unshown,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Params

_NEAR = 0.8
"""Minimum similarity of two names to suggest one for the other."""


class Listing(list[dict[str, Any]]):
    """The objects of a collection, with an index by name."""

    is_checked = False
    """Whether all items are known to be valid objects."""
    is_whole = True
    """Whether it is complete, without a filter by name."""

    def __init__(self, objects: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(objects)
        self._named: dict[Key, dict[Any, list[dict[str, Any]]]] = {}
        self._tidied: dict[Key, dict[str, list[dict[str, Any]]]] = {}

    def named(self, key: Key, value: Any) -> list[dict[str, Any]]:
        """Return the objects with a key's value. Valid as long as the list does not change."""
        index = self._named.get(key)
        if index is None:
            index = {}
            for item in self:
                name = key.canonical(key.read(item))
                if name is not None and isinstance(name, Hashable):  # no other type of a server's value can be a name
                    index.setdefault(name, []).append(item)
            self._named[key] = index
        return list(index.get(key.canonical(value), ()))

    def alike(self, key: Key, value: str) -> list[dict[str, Any]]:
        """Return the objects whose names differ from a value at most in blanks or in the encoding of letters."""
        index = self._tidied.get(key)
        if index is None:
            index = {}
            for item in self:
                name = key.read(item)
                if isinstance(name, str):
                    index.setdefault(_tidied(name), []).append(item)
            self._tidied[key] = index
        return list(index.get(_tidied(value), ()))


def _tidied(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


ORGANIZATION = Current(object=None, ids=NOTHING)
"""The scope of the organization."""


class Reads(Protocol):
    """Answers read requests: a client, or a snapshot."""

    @property
    def connection(self) -> Connection:
        """The options of the connection."""

    def send(self, request: Request) -> dict[str, Any]:
        """Return one answer. Raises C(RequestError)."""

    def pages(self, request: Request, limit: int | None = None) -> Iterable[dict[str, Any]]:
        """Return the objects of a listing. Raises C(RequestError)."""


def find_scope(client: Reads, parent: Parent | None, params: Params, place: Current = ORGANIZATION) -> Current:
    """Find the parent by the given ID or by its name. C(place): the parent's own scope."""
    if parent is None:
        return Current(object=None, ids={})
    given_id, name = params.get(parent.id_option), params.get(parent.name_option)
    if not is_blank(given_id):
        return scoped(parent, given_id, name)
    if is_blank(name):
        missing = not_there(parent.resource, parent.id_option)
        of = f" of {parent_label(parent, params)}"
        return replace(scoped(parent, None, None), missing=missing, nameless=True, of=of)
    found, lacks = find_named(client, parent, name, place)
    if lacks:
        return replace(scoped(parent, None, name), missing=lacks, nameless=lacks.ref is None)
    own_id = None if found is None else parent.resource.id_of(found)
    return replace(scoped(parent, own_id, name), seen=True, parent=found)


def find_named(
    client: Reads, parent: Parent, name: Any, place: Current = ORGANIZATION
) -> tuple[Object | None, Missing | None]:
    """Return the object with a name, or what is missing; without a reference if it may exist without a visible name.

    C(place): its scope. Built-in objects need no request. Raises C(Refused) if the name is ambiguous.
    """
    resource, key = parent.resource, parent.resource.name_key or parent.resource.keys[0]
    known = built_in(resource, key, name, place.ids)
    if known is not None:
        return known, None
    named = (key.option, name)
    objects, listed = search(client, resource, named, place.ids, NOTHING, place.of)
    return choose(objects, resource, named, listed, parent.id_option, place)


def built_in(resource: Resource, key: Key, name: Any, ids: Mapping[str, Any]) -> Object | None:
    """Return a built-in object without a request; null if no built-in object has that name."""
    own_id = resource.built_in(name, bool(ids)) if resource.built_in else ""
    if not own_id:
        return None
    known: dict[str, Any] = {}
    put_at(known, key.field or key.option, name)
    put_at(known, resource.id_path, own_id)
    return known


def within_or_without(client: Reads, parent: Parent, params: Params, given: Given) -> Current:
    """Find the parent if the task names one; otherwise return the organization's scope."""
    return find_scope(client, parent, params) if names_parent(parent, params, given) else in_organization(parent)


def in_organization(parent: Parent) -> Current:
    """Return an empty state in the organization, for objects without a parent."""
    return Current(object=None, ids={}, scope={parent.name_option: None, parent.id_option: None})


def look_up(
    client: Reads,
    resource: Resource,
    identity: tuple[str, Any],
    ids: Mapping[str, str | None] = NOTHING,
    query: Mapping[str, Any] = NOTHING,
    of: str = "",
) -> list[dict[str, Any]]:
    """Return the objects that an option's value names."""
    return search(client, resource, identity, ids, query, of)[0]


def list_named(
    client: Reads,
    resource: Resource,
    key: Key,
    values: Sequence[Any],
    ids: Mapping[str, str | None] = NOTHING,
    query: Mapping[str, Any] = NOTHING,
    of: str = "",
    whole: bool = True,
) -> Listing:
    """List the objects in which to search a key's values, with the server's filter if it has one.

    C(whole): if the filter does not find all values, list the whole collection, because the filter may be stricter
    than the key, for example case-sensitive.
    """
    if not key.query:
        return list_all(client, resource, ids, query, of)
    found = list_all(client, resource, ids, {**query, key.query: list(values)}, of) if values else Listing()
    if whole and not all(found.named(key, value) for value in values):
        return list_all(client, resource, ids, query, of)
    found.is_whole = False
    return found


def list_all(
    client: Reads,
    resource: Resource,
    ids: Mapping[str, str | None] = NOTHING,
    query: Mapping[str, Any] = NOTHING,
    of: str = "",
    limit: int | None = None,
    seen: bool = False,
) -> Listing:
    """Return a whole collection, or its first objects up to C(limit); for a singleton, its value if it is set.

    C(seen): the parent is known to exist.
    """
    if resource.singleton:
        return Listing(read_one(client, resource, ids, query, of, seen))
    doing = f"list the {resource.titles}{of}"
    sent = {"limit": resource.page_size, **resource.query, **query}
    any_of = tuple(name for name, value in query.items() if isinstance(value, list))
    path, own_id = resource.path_in(ids), resource.id_path
    request = Request("GET", path, doing, ids, sent, any_of=any_of, repeats=resource.repeats, own_id=own_id)
    found = client.pages(request, limit)
    listing = found if isinstance(found, Listing) else Listing(found)
    if not listing.is_checked:
        listing[:] = [checked(resource, item, doing) for item in listing]
        listing.is_checked = True
    return listing


def read_one(
    client: Reads,
    resource: Resource,
    ids: Mapping[str, str | None],
    query: Mapping[str, Any] = NOTHING,
    of: str = "",
    seen: bool = False,
) -> list[dict[str, Any]]:
    """Return the object with an ID, or none. Raises C(RequestError), also if the parent does not exist.

    C(seen): the parent is known to exist.
    """
    own = ids.get(resource.id_param) if resource.id_param else None
    doing = f"read {resource.call(own, resource.id_param) if own else 'the ' + resource.title}{of}"
    try:
        answer = client.send(Request("GET", resource.item_in(ids), doing, ids, query))
    except ApiError as error:
        if error.status != 404 or error.is_unsupported:
            raise
        if resource.parent and not seen and _lacks_parent(client, resource, resource.parent, ids, error):
            raise
        if resource.singleton and not resource.unset:
            raise
        return []
    return [checked(resource, answer, doing, own)]


def with_details(
    client: Reads,
    resource: Resource,
    listed: Mapping[str, Any],
    ids: Mapping[str, str | None],
    query: Mapping[str, Any],
    of: str = "",
) -> list[dict[str, Any]]:
    """Return a listed object with the details of an individual read; none if it no longer exists."""
    alone = read_one(client, resource, {**ids, resource.id_param: resource.id_of(listed)}, query, of)
    return [resource.with_answer(listed, each) for each in alone]


def checked(resource: Resource, answer: dict[str, Any], doing: str, own: str | None = None) -> dict[str, Any]:
    """Validate an answer that should be an object, and fill in values from alternative places.

    C(own): the requested ID. Raises C(BadAnswer) if the answer has no ID or another one, none of the resource's
    values, or values of wrong types.
    """
    left_out = {name: value_at(answer, path) for name, path in resource.instead.items() if is_blank(answer.get(name))}
    answer = {**answer, **{name: value for name, value in left_out.items() if value is not None}}
    flaw = ""
    own_id = resource.id_of(answer)
    if resource.id_param and not (isinstance(own_id, str) and own_id):
        flaw = "it has no id"
    elif resource.singleton and not any(field.is_in(answer) for field in resource.fields):
        flaw = "it has none of its values"
    else:
        wrong = next((field for field in resource.fields if not _is_of_type(field, answer)), None)
        if wrong is not None:
            of = f" of {wrong.name}" if _holds_objects(wrong) else ""
            flaw = f"{wrong.name} is not a {' or '.join(_WORDS[each] for each in wrong.shapes or (wrong.type,))}{of}"
    if flaw:
        raise BadAnswer(f"Could not {doing}: the answer is not a valid {resource.title} ({flaw}).", executed=True)
    if own and resource.by_id and not _is_same(resource, own, own_id):
        said = f"Could not {doing}: the answer is about another {resource.title} ({own_id}, not {own})."
        raise BadAnswer(said, executed=True)
    return answer


def _is_same(resource: Resource, one: str, other: str) -> bool:
    """Return whether two IDs belong to the same object, in the field's canonical form."""
    canonical = next((field.canonical for field in resource.fields if field.name == ID), as_it_is)
    return bool(canonical(one) == canonical(other))


_TYPES: Mapping[str, Any] = {
    "str": str,
    "bool": bool,
    "int": (int, float),
    "float": (int, float),
    "list": list,
    "set": list,
    "dict": Mapping,
    "raw": object,
}
_WORDS = {
    "str": "string",
    "bool": "boolean",
    "int": "number",
    "float": "number",
    "list": "list",
    "set": "list of strings",
    "dict": "dictionary",
    "raw": "value",
}
_REFERRED = Field(ID)
"""The field with the ID of the object to which an entry of a list refers."""


def _is_of_type(field: Field, answer: Mapping[str, Any]) -> bool:
    """Return whether the value of a field, and its containers, have the right types."""
    value: Any = answer
    for part in (field.answer or field.name).split("."):
        if not isinstance(value, Mapping):
            return False
        value = value.get(part)
        if value is None:
            return True
    if field.derived:
        return True
    if field.marked_by and not isinstance(value_at(answer, field.marked_by[0]), (str, type(None))):
        return False
    if field.shapes:
        return any(_is_of_type(replace(field, type=each, shapes=()), answer) for each in field.shapes)
    if field.type == "list":
        return isinstance(value, list) and all(_is_entry(field, item) for item in value)
    if field.type == "set":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if field.type == "dict":
        return _is_dictionary(field, value)
    return isinstance(value, _TYPES[field.type]) and (field.type in ("bool", "raw") or not isinstance(value, bool))


def _is_dictionary(field: Field, value: Any) -> bool:
    """Return whether a value is a dictionary, or the list of pairs that answers have in its place."""
    if not field.pairs:
        return _is_entry(field, value) and isinstance(value, Mapping)
    entries = value if isinstance(value, list) else [None]
    return all(
        isinstance(each, Mapping) and all(isinstance(each.get(name), str) for name in field.pairs) for each in entries
    )


def _is_entry(field: Field, item: Any) -> bool:
    """Return whether an entry of a list, and its parts, have the right types."""
    if not _holds_objects(field):
        return True
    parts = (*field.parts, _REFERRED) if field.refers else field.parts
    return isinstance(item, Mapping) and all(_is_of_type(part, item) for part in parts)


def _holds_objects(field: Field) -> bool:
    return bool(field.parts) or field.answer.endswith(".data")


def scoped(parent: Parent, own_id: str | None, name: str | None) -> Current:
    """Return an empty state in a parent."""
    named = parent.resource.call(name) if name else parent.resource.call(own_id, parent.id_option)
    return Current(
        object=None,
        ids={parent.id_option: own_id},
        scope={parent.name_option: name or None, parent.id_option: own_id},
        of=f" of {named}",
    )


def what_became_of(client: Reads, missing: Iterable[Missing]) -> str:
    """Return sentences about missing objects that existed before, such as archived projects."""
    sought = dict.fromkeys((each.sought, each.ref.value) for each in missing if each.sought and each.ref)
    return " ".join(filter(None, (_gone(client, resource, name) for resource, name in sought)))


def _gone(client: Reads, resource: Resource, name: Any) -> str:
    """Return the resource's refusal for a former object with that name; empty if there is none."""
    place = next((place for place in resource.elsewhere if place.missing and place.query), None)
    named = (resource.keys[0].option, name)
    try:
        found = look_up(client, resource, named, NOTHING, place.query) if place else []
    except RequestError:
        return ""  # it is already known that it does not exist
    return unusable(resource, named, found)


def unusable(resource: Resource, named: tuple[str, Any], found: Iterable[Object]) -> str:
    """Return the resource's refusal for those found objects that count as gone; empty if there are none.

    C(named): the option and the value by which they were found.
    """
    label = resource.call(named[1], named[0])
    desired = Desired(PRESENT, NOTHING, named, NOTHING, label, label)
    gone = (item for item in found if resource.standing(item) == "gone")
    verdicts = [refusal(desired, Current(item, NOTHING)) for item in gone for refusal in resource.refusals]
    return next((verdict.message for verdict in verdicts if isinstance(verdict, Refuse)), "")


def does_not_exist(label: str, ref: Ref | None = None) -> Missing:
    """Return what is missing if a named object does not exist. C(label): its name in messages."""
    return Missing(f"{label[0].upper()}{label[1:]} does not exist", ref)


def _named_nothing(
    resource: Resource,
    named: tuple[str, Any],
    among: Sequence[Object],
    place: Current = ORGANIZATION,
    hint: str | None = None,
) -> Missing:
    """Return what is missing if a value names none of the listed objects, with the most similar name."""
    option, value = named
    label = f"{resource.call(value, option)}{place.of}"
    unclear = unshown(resource, option, nameless_ones(resource, named, among))
    if unclear:
        return Missing(f"It is not known whether {label} exists.{unclear}".rstrip("."))
    scope = _ref(resource.parent, place.scope) if resource.parent and place.ids else None
    key = resource.key(option)
    if hint is None:
        near = _nearest(value, map(key.read, among)) if key and isinstance(value, str) else ""
        hint = f" (did you mean '{near}'?)" if near else ""
    missing = does_not_exist(label, resource.ref(value, option, scope))
    return replace(missing, hint=hint, sought=None if place.ids or not isinstance(value, str) else resource)


def _ref(parent: Parent, scope: Mapping[str, Any]) -> Ref:
    """Return a reference to a parent, by its name if that is known."""
    key = parent.resource.name_key
    if key and not is_blank(scope.get(parent.name_option)):
        return parent.resource.ref(scope[parent.name_option], key.option)
    return parent.resource.ref(scope.get(parent.id_option), parent.resource.id_param)


def _nearest(name: str, others: Iterable[Any]) -> str:
    """Return the most similar of these names; for addresses with the same domain, only the local parts count."""
    known = {other.casefold(): other for other in others if isinstance(other, str)}
    name = name.casefold()
    if "@" in name:
        local = name.partition("@")[0]
        known = {each: known[each] for each in known if get_close_matches(local, [each.partition("@")[0]], 1, _NEAR)}
    return next((known[each] for each in get_close_matches(name, known, 1, _NEAR)), "")


def choose(
    objects: Sequence[Object],
    resource: Resource,
    named: tuple[str, Any],
    among: Sequence[Object],
    instead: str,
    place: Current = ORGANIZATION,
    needed: bool = True,
    hint: str | None = None,
) -> tuple[Object | None, Missing | None]:
    """Return the object that an option's value names, or what is missing. All names are resolved here.

    Something missing has no reference if it may be C(among) the listed objects without a visible name.
    C(instead): the option to use for an ambiguous name. C(place): the scope. C(hint): a suggestion; null: the most
    similar name. Raises C(Refused) if the name is ambiguous, and if a C(needed) object is given by an unknown ID,
    because no task can create it.
    """
    found = only_one(objects, resource, named, instead, place.of)
    if found is not None:
        return found, None
    option, value = named
    if needed and option == resource.id_param:
        raise Refused(f"There is no {resource.call(value, option)}{place.of}{hint or ''}.")
    return None, _named_nothing(resource, named, among, place, hint)


def nameless_ones(resource: Resource, identity: tuple[str, Any], listed: Iterable[Object]) -> tuple[Object, ...]:
    """Return the listed objects for which the API does not show the field that is searched."""
    key = resource.key(identity[0])
    if key is None or key.detail or key.option == resource.id_param:
        return ()
    value = identity[1]
    candidates = (item for item in listed if key.candidates is None or key.candidates(value, item))
    return tuple(item for item in candidates if key.canonical(key.read(item)) is None)


def only_one(
    objects: Sequence[Object], resource: Resource, named: tuple[str, Any], instead: str, of: str = ""
) -> dict[str, Any] | None:
    """Return the object that an option's value names, if there is one. Raises C(Refused) if the name is ambiguous.

    C(instead): the option to use for an ambiguous name. C(of): the scope, for messages.
    """
    if len(objects) > 1:
        option, value = named
        ids = ", ".join(str(resource.id_of(item)) for item in objects)
        raise Refused(f"{len(objects)} {resource.call_several(value, option, of)} ({ids}). Give {instead} instead.")
    return dict(objects[0]) if objects else None


def search(
    client: Reads,
    resource: Resource,
    identity: tuple[str, Any],
    ids: Mapping[str, str | None],
    query: Mapping[str, Any],
    of: str,
    whole: bool = True,
    besides: Object | None = None,
) -> tuple[list[dict[str, Any]], Sequence[dict[str, Any]]]:
    """Return the objects that an option's value names, and all listed objects. C(whole): see list_named().

    C(besides): an object to ignore, regardless of its name.
    """
    option, value = identity
    if option == resource.id_param and resource.by_id:
        objects = read_one(client, resource, {**ids, option: value}, NOTHING, of)
        return objects, objects
    key = next(key for key in resource.keys if key.option == option)
    listed = list_named(client, resource, key, [value], ids, query, of, whole)
    if besides is not None:
        listed = Listing(item for item in listed if resource.id_of(item) != resource.id_of(besides))
    itself = built_in(resource, key, value, ids) if key is resource.name_key else None
    if itself is not None:
        own = resource.key(resource.id_param) or Key(ID)
        return [item for item in listed if own.canonical(own.read(item)) == resource.id_of(itself)], listed
    if not key.detail:
        return pick(resource, key, value, listed, of), listed
    candidates = [item for item in listed if key.candidates is None or key.candidates(value, item)]
    known = Listing(item for each in candidates for item in with_details(client, resource, each, ids, key.detail, of))
    return known.named(key, value), listed


def pick(resource: Resource, key: Key, value: Any, listed: Listing, of: str = "") -> list[dict[str, Any]]:
    """Return the listed objects with a key's value. Raises C(Refused) if a name differs only in blanks."""
    return listed.named(key, value) or _none_alike(resource, key, value, listed, of)


def _none_alike(resource: Resource, key: Key, value: Any, listed: Listing, of: str) -> list[dict[str, Any]]:
    """Return no object. Raises C(Refused) if an object has the name in another form.

    If the API normalizes names, a create would duplicate the object in each run.
    """
    alike = listed.alike(key, value) if key.canonical is as_it_is and isinstance(value, str) else []
    if not alike:
        return []
    names = ", ".join(f"{key.read(item)!a} ({resource.id_of(item)})" for item in alike)
    raise Refused(
        f"There is no {resource.title} {value!a}{of}, but {names}, which differs only in blanks or in the encoding of"
        f" letters. The API may have changed the name. Give {key.option} exactly as it is there, or the ID."
    )


def _lacks_parent(
    client: Reads, resource: Resource, parent: Parent, ids: Mapping[str, str | None], error: ApiError
) -> bool:
    """Return whether a 404 means that the parent does not exist, which is an error, unlike a missing child.

    The server's words show that if they contain one of the two IDs, except for a singleton, which has no ID.
    Otherwise this reads the parent. Raises C(RequestError).
    """
    own, its_id = ids.get(resource.id_param), ids.get(parent.id_option)
    if not its_id or (own and _is_named(own, error.words)):
        return False
    if not resource.singleton and _is_named(its_id, error.words):
        return True
    label = parent.resource.call(its_id, parent.id_option)
    try:
        client.send(Request("GET", parent.resource.item, f"read {label}", {parent.resource.id_param: its_id}))
    except ApiError as other:
        if other.status != 404:
            raise
        error.add(f"{does_not_exist(label).words}.")
        return True
    return False


def _is_named(own_id: str, words: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(own_id)}(?![\w-])", words))
