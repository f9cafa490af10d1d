# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reads: a collection, the objects that a name or an id means, the parent that a task names."""

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
"""How alike two names must be that one of them may be meant by the other."""


class Listing(list[dict[str, Any]]):
    """The objects of a collection, found by what names them without going through all of them each time."""

    is_checked = False
    """All of them are known to be objects."""
    is_whole = True
    """It was not narrowed down by a filter that names objects."""

    def __init__(self, objects: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(objects)
        self._named: dict[Key, dict[Any, list[dict[str, Any]]]] = {}
        self._tidied: dict[Key, dict[str, list[dict[str, Any]]]] = {}

    def named(self, key: Key, value: Any) -> list[dict[str, Any]]:
        """The objects that a key's value names. Good as long as nothing is added or taken away."""
        index = self._named.get(key)
        if index is None:
            index = {}
            for item in self:
                name = key.canonical(key.read(item))
                if name is not None and isinstance(name, Hashable):  # nothing else that a server sends names anything
                    index.setdefault(name, []).append(item)
            self._named[key] = index
        return list(index.get(key.canonical(value), ()))

    def alike(self, key: Key, value: str) -> list[dict[str, Any]]:
        """The objects whose name differs from a value in blanks or in the encoding of its letters at most."""
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
"""Where objects are that lie in nothing."""


class Reads(Protocol):
    """What answers requests that only read: a client, or what it has read already."""

    @property
    def connection(self) -> Connection:
        """Where the API is, and how the caller gets in."""

    def send(self, request: Request) -> dict[str, Any]:
        """One answer. Raises C(RequestError)."""

    def pages(self, request: Request, limit: int | None = None) -> Iterable[dict[str, Any]]:
        """The objects of a listing. Raises C(RequestError)."""


def find_scope(client: Reads, parent: Parent | None, params: Params, place: Current = ORGANIZATION) -> Current:
    """The parent: its id as given, or looked up by its name; C(place): what it lies in itself."""
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
    """Return the object of a name, or what is missing; without a reference where it may be there, unnamed.

    C(place): what it lies in itself. What is there by itself is not looked for. Raises C(Refused) where several have
    the name.
    """
    resource, key = parent.resource, parent.resource.name_key or parent.resource.keys[0]
    known = built_in(resource, key, name, place)
    if known is not None:
        return known, None
    named = (key.option, name)
    objects, listed = search(client, resource, named, place.ids, NOTHING, place.of)
    return choose(objects, resource, named, listed, parent.id_option, place)


def built_in(resource: Resource, key: Key, name: Any, place: Current) -> Object | None:
    """Return what is known of a built-in object without a request; none: the name is that of another object."""
    own_id = resource.built_in(name, bool(place.ids)) if resource.built_in else ""
    if not own_id:
        return None
    known: dict[str, Any] = {}
    put_at(known, key.field or key.option, name)
    put_at(known, resource.id_path, own_id)
    return known


def within_or_without(client: Reads, parent: Parent, params: Params, given: Given) -> Current:
    """The parent where the task names one, else the organization."""
    return find_scope(client, parent, params) if names_parent(parent, params, given) else in_organization(parent)


def in_organization(parent: Parent) -> Current:
    """Nothing found yet, in the organization: its objects say that they have no parent."""
    return Current(object=None, ids={}, scope={parent.name_option: None, parent.id_option: None})


def look_up(
    client: Reads,
    resource: Resource,
    identity: tuple[str, Any],
    ids: Mapping[str, str | None] = NOTHING,
    query: Mapping[str, Any] = NOTHING,
    of: str = "",
) -> list[dict[str, Any]]:
    """The objects that an option's value names."""
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
    """The objects among which a key's values name some: those that pass the server's filter, if it has one.

    C(whole): where the filter does not find all of them, the whole collection. A server may tell more apart than
    the key does, such as upper from lower case.
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
    """A resource's whole collection, or its first objects up to C(limit); a singleton's is its value, if there is one.

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
    """The object of an id, or none: unless it is the parent that does not exist.

    C(seen): the parent is known to exist. Raises C(RequestError).
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
    """A listed object with what only reading it alone tells; none, if it has gone meanwhile."""
    alone = read_one(client, resource, {**ids, resource.id_param: resource.id_of(listed)}, query, of)
    return [resource.with_answer(listed, each) for each in alone]


def checked(resource: Resource, answer: dict[str, Any], doing: str, own: str | None = None) -> dict[str, Any]:
    """An answer that is said to be an object, what it leaves out filled in from where else it stands.

    C(own): the id by which it was asked for. Raises C(BadAnswer) where it has no id or another one, none of the values
    that it consists of, or values of other types.
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
            flaw = f"its {wrong.name} is no {_WORDS[wrong.type]}{of}"
    if flaw:
        raise BadAnswer(f"Could not {doing}: the answer is no {resource.title} ({flaw}).", executed=True)
    if own and resource.by_id and not _is_same(resource, own, own_id):
        said = f"Could not {doing}: the answer is of another {resource.title} ({own_id}, not {own})."
        raise BadAnswer(said, executed=True)
    return answer


def _is_same(resource: Resource, one: str, other: str) -> bool:
    """Whether two ids are of the same object: one may be short for the other, where the field knows of that."""
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
    "str": "text",
    "bool": "truth value",
    "int": "number",
    "float": "number",
    "list": "list",
    "set": "list of texts",
    "dict": "dictionary",
    "raw": "value",
}
_REFERRED = Field(ID)
"""By this the entries of a list say which objects they refer to."""


def _is_of_type(field: Field, answer: Mapping[str, Any]) -> bool:
    """Whether the value of a field, if there is one, is what the field holds, and so is what it lies in."""
    value: Any = answer
    for part in (field.answer or field.name).split("."):
        if not isinstance(value, Mapping):
            return False
        value = value.get(part)
        if value is None:
            return True
    if field.derived:
        return True
    if field.type == "list":
        return isinstance(value, list) and all(_is_entry(field, item) for item in value)
    if field.type == "set":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if field.type == "dict":
        return _is_entry(field, value) and isinstance(value, Mapping)
    return isinstance(value, _TYPES[field.type]) and (field.type in ("bool", "raw") or not isinstance(value, bool))


def _is_entry(field: Field, item: Any) -> bool:
    """Whether an entry of a list is what the list holds, in its parts as well."""
    if not _holds_objects(field):
        return True
    parts = (*field.parts, _REFERRED) if field.refers else field.parts
    return isinstance(item, Mapping) and all(_is_of_type(part, item) for part in parts)


def _holds_objects(field: Field) -> bool:
    return bool(field.parts) or field.answer.endswith(".data")


def scoped(parent: Parent, own_id: str | None, name: str | None) -> Current:
    """Nothing found yet, within a parent."""
    named = parent.resource.call(name) if name else parent.resource.call(own_id, parent.id_option)
    return Current(
        object=None,
        ids={parent.id_option: own_id},
        scope={parent.name_option: name or None, parent.id_option: own_id},
        of=f" of {named}",
    )


def what_became_of(client: Reads, missing: Iterable[Missing]) -> str:
    """What is known of what does not exist, where something of the name is gone: that a project was archived."""
    sought = dict.fromkeys((each.sought, each.ref.value) for each in missing if each.sought and each.ref)
    return " ".join(filter(None, (_gone(client, resource, name) for resource, name in sought)))


def _gone(client: Reads, resource: Resource, name: Any) -> str:
    """What the resource says of a change of the one that has the name and is gone; nothing, if there is none."""
    place = next((place for place in resource.elsewhere if place.missing and place.query), None)
    named = (resource.keys[0].option, name)
    try:
        found = look_up(client, resource, named, NOTHING, place.query) if place else []
    except RequestError:
        return ""  # that it does not exist is known without it
    return unusable(resource, named, found)


def unusable(resource: Resource, named: tuple[str, Any], found: Iterable[Object]) -> str:
    """Return what the resource says of a change of those found objects that are gone; nothing, if none is.

    C(named): the option and the value by which they were found.
    """
    label = resource.call(named[1], named[0])
    desired = Desired(PRESENT, NOTHING, named, NOTHING, label, label)
    gone = (item for item in found if resource.standing(item) == "gone")
    verdicts = [refusal(desired, Current(item, NOTHING)) for item in gone for refusal in resource.refusals]
    return next((verdict.message for verdict in verdicts if isinstance(verdict, Refuse)), "")


def does_not_exist(label: str, ref: Ref | None = None) -> Missing:
    """What a task counts on that it names: C(label) is how messages call it."""
    return Missing(f"{label[0].upper()}{label[1:]} does not exist", ref)


def _named_nothing(
    resource: Resource,
    named: tuple[str, Any],
    among: Sequence[Object],
    place: Current = ORGANIZATION,
    hint: str | None = None,
) -> Missing:
    """The same, of an option's value that names none of the listed objects, with the nearest one that there is."""
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
    """The reference to a parent: by its name, where that is known."""
    key = parent.resource.name_key
    if key and not is_blank(scope.get(parent.name_option)):
        return parent.resource.ref(scope[parent.name_option], key.option)
    return parent.resource.ref(scope.get(parent.id_option), parent.resource.id_param)


def _nearest(name: str, others: Iterable[Any]) -> str:
    """The one of these names that may be meant; addresses of one domain are near only if what is before it is."""
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
    """Return the one of the objects that an option's value names, or what is missing: every name is resolved here.

    What is missing has no reference where it may be there, C(among) all that were listed, its name not shown.
    C(instead): the option that tells several apart. C(place): what they lie in. C(hint): what there is instead; null:
    the nearest name. Raises C(Refused) where several are named, and where a C(needed) one is named by an id that none
    has: no task can bring it there.
    """
    found = only_one(objects, resource, named, instead, place.of)
    if found is not None:
        return found, None
    option, value = named
    if needed and option == resource.id_param:
        raise Refused(f"There is no {resource.call(value, option)}{place.of}{hint or ''}.")
    return None, _named_nothing(resource, named, among, place, hint)


def nameless_ones(resource: Resource, identity: tuple[str, Any], listed: Iterable[Object]) -> tuple[Object, ...]:
    """The listed objects of which the API does not show by what the object is looked for."""
    key = resource.key(identity[0])
    if key is None or key.detail or key.option == resource.id_param:
        return ()
    value = identity[1]
    candidates = (item for item in listed if key.candidates is None or key.candidates(value, item))
    return tuple(item for item in candidates if key.canonical(key.read(item)) is None)


def only_one(
    objects: Sequence[Object], resource: Resource, named: tuple[str, Any], instead: str, of: str = ""
) -> dict[str, Any] | None:
    """The object that an option's value names, if there is one. Raises C(Refused) where it names several.

    C(instead): the option that tells them apart. C(of): what they lie in, as messages say it.
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
    """The objects that an option's value names, and all that were listed for it; C(whole) as list_named() has it.

    C(besides): an object that is left out, whatever it is named.
    """
    option, value = identity
    if option == resource.id_param and resource.by_id:
        objects = read_one(client, resource, {**ids, option: value}, NOTHING, of)
        return objects, objects
    key = next(key for key in resource.keys if key.option == option)
    listed = list_named(client, resource, key, [value], ids, query, of, whole)
    if besides is not None:
        listed = Listing(item for item in listed if resource.id_of(item) != resource.id_of(besides))
    if not key.detail:
        return pick(resource, key, value, listed, of), listed
    candidates = [item for item in listed if key.candidates is None or key.candidates(value, item)]
    known = Listing(item for each in candidates for item in with_details(client, resource, each, ids, key.detail, of))
    return known.named(key, value), listed


def pick(resource: Resource, key: Key, value: Any, listed: Listing, of: str = "") -> list[dict[str, Any]]:
    """Return the listed objects that a key's value names. Raises C(Refused) where only blanks make a difference."""
    return listed.named(key, value) or _none_alike(resource, key, value, listed, of)


def _none_alike(resource: Resource, key: Key, value: Any, listed: Listing, of: str) -> list[dict[str, Any]]:
    """No object. Raises C(Refused) where one has the name in another form: the API may bring names into one.

    Where it does, what is created would be there already, or again with each run.
    """
    alike = listed.alike(key, value) if key.canonical is as_it_is and isinstance(value, str) else []
    if not alike:
        return []
    names = ", ".join(f"{key.read(item)!a} ({resource.id_of(item)})" for item in alike)
    raise Refused(
        f"There is no {resource.title} {value!a}{of}, but {names}, which differs only in blanks or in how its letters"
        f" are encoded, and the API may bring names into that form. Give {key.option} as it is there, or the id."
    )


def _lacks_parent(
    client: Reads, resource: Resource, parent: Parent, ids: Mapping[str, str | None], error: ApiError
) -> bool:
    """Whether a 404 is the parent's: a child that is not there is an answer, a parent that is not is a mistake.

    The server's words tell where they name one of the two, except for a singleton: what is not set has no id, and a
    parent can be named in both cases. Else the parent is read. Raises C(RequestError).
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
