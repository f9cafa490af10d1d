# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What a task names as members of a set, found among the candidates: people, service accounts, roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    cleaned,
    flaws,
    is_blank,
    not_there,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, option, parent_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    ORGANIZATION,
    Listing,
    Reads,
    choose_shown,
    find_scope,
    list_named,
    nameless_ones,
    only_one,
    pick,
    search,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Current,
    Object,
    Parent,
    Resource,
    put_at,
    unshown,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Params


@dataclass(frozen=True, eq=False)
class Entry:
    """A member as a task names it: C(value) of an option of C(candidate); null: an id that is empty."""

    candidate: Parent
    option: str
    value: Any
    params: Params

    @property
    def by_id(self) -> bool:
        """Whether it is an id that names the member."""
        return self.option == self.candidate.id_option


class Once:
    """Answers reads as a client does, and reads each listing once."""

    def __init__(self, client: Reads) -> None:
        self._client = client
        self._listings: dict[str, Listing] = {}

    @property
    def connection(self) -> Connection:
        """Where the API is, and how the caller gets in."""
        return self._client.connection

    def send(self, request: Request) -> dict[str, Any]:
        """Return one answer. Raises C(RequestError)."""
        return self._client.send(request)

    def pages(self, request: Request, limit: int | None = None) -> Iterable[dict[str, Any]]:
        """Return the objects of a listing. Raises C(RequestError)."""
        name = f"{request.route} {sorted(request.ids.items())} {sorted(request.query.items())}"
        if name not in self._listings:
            self._listings[name] = Listing(self._client.pages(request))
        listing = self._listings[name]
        return listing if limit is None else listing[:limit]


def entry_options(membership: Membership) -> Spec:
    """Return the options of an entry: those that name a candidate, and the project that it lies in."""
    spec: Spec = {}
    for candidate in membership.candidates:
        spec.update(parent_options(candidate))
        if _is_placed_by_entry(membership, candidate):
            spec.update(parent_options(candidate.resource.parent))
    return {name: option() for name in spec}


def ask_entries(membership: Membership, params: Params, given: Params) -> tuple[list[Entry], list[str]]:
    """Return what a task names as members, and what is wrong with it."""
    entries: list[Entry] = []
    problems: list[str] = []
    for entry, written in zip(params.get(membership.option) or (), given.get(membership.option) or ()):
        named = list(_named(membership, entry, written))
        if len(named) == 1:
            entries += named
            problems += _flaws(membership, named[0])
        elif named:
            names = " and ".join(each.option for each in named)
            problems.append(f"{names} in one entry of {membership.option} exclude each other")
        else:
            names = ", ".join(name for each in membership.candidates for name in (each.name_option, each.id_option))
            problems.append(f"each entry of {membership.option} needs one of {names}")
    return entries, problems


def _named(membership: Membership, entry: Params, written: Any) -> Iterator[Entry]:
    """The candidates that an entry names: by an id where it gives one, an empty one where it gives nothing else."""
    empty: list[Entry] = []
    for candidate in membership.candidates:
        options = [name for name in (candidate.id_option, candidate.name_option) if not is_blank(entry.get(name))]
        if options:
            key = candidate.resource.name_key if options[0] == candidate.name_option else None
            value = cleaned(key, entry[options[0]]) if key else entry[options[0]]
            yield Entry(candidate, options[0], value, entry)
        elif isinstance(written, Mapping) and candidate.id_option in written:
            empty.append(Entry(candidate, candidate.id_option, None, entry))
    if all(is_blank(value) for value in entry.values()):
        yield from empty[:1]


def _flaws(membership: Membership, entry: Entry) -> Iterator[str]:
    """What is wrong with an entry that names one candidate."""
    key, parent = entry.candidate.resource.name_key, entry.candidate.resource.parent
    if key and not entry.by_id:
        yield from flaws(key, entry.option, entry.value)
    if parent and _is_placed_by_entry(membership, entry.candidate):
        names = (parent.name_option, parent.id_option)
        if all(is_blank(entry.params.get(name)) for name in names):
            yield f"{entry.option} in {membership.option} needs one of {', '.join(names)}"


def find_candidates(
    client: Reads,
    membership: Membership,
    entries: Sequence[Entry],
    listed: Sequence[Object],
    scope: Current,
    needed: bool,
) -> tuple[list[Object], list[Missing], list[str]]:
    """Return the members that entries name, as the set lists them or would, what is not there, and what is unclear.

    Whom the set shows by that name is known; all others are looked up, together where the API can do that. Where they
    are not C(needed), only those whom the set may hold without showing that name. Raises C(AdminError).
    """
    reads = Once(client)
    unclear: list[str] = []
    absent: set[Any] = set()
    found: list[Object | None] = [_in_set(membership, entry, listed) for entry in entries]
    missing: list[Missing] = []
    for places in _by_place(membership, entries, found, listed, needed):
        first = entries[places[0]]
        place = _place(reads, membership, first, scope)
        names = [entries[number].value for number in places if not entries[number].by_id]
        among = Listing()
        if names and not place.missing:
            resource, key = first.candidate.resource, first.candidate.resource.name_key
            among = list_named(reads, resource, key, names, place.ids, of=place.of) if key else among
        for number in places:
            entry = entries[number]
            item, lacks = _look_up(reads, entry, place, among, needed)
            if lacks and entry.value is not None:
                again = _spot(entry, place)
                if again in absent:
                    continue
                absent.add(again)
            found[number] = _as_member(membership, entry, item, listed) if item or needed else None
            if lacks and not needed and not place.missing and membership.members.key(entry.option):
                unclear.append(_hidden(membership, entry, among, listed))
            else:
                missing += [lacks] if lacks else []
    unique = {str(membership.canonical(item.get(ID, number))): item for number, item in enumerate(found) if item}
    return list(unique.values()), missing, list(dict.fromkeys(filter(None, unclear)))


def _by_place(
    membership: Membership,
    entries: Sequence[Entry],
    found: Sequence[Object | None],
    listed: Sequence[Object],
    needed: bool,
) -> Iterable[list[int]]:
    """The numbers of entries that have to be looked up, those of one collection together."""
    groups: dict[Any, list[int]] = {}
    for number, entry in enumerate(entries):
        if found[number] is None and (needed or _may_hold(membership, entry, listed)):
            parent = entry.candidate.resource.parent
            names = (parent.name_option, parent.id_option) if parent else ()
            groups.setdefault((entry.candidate, *(entry.params.get(name) for name in names)), []).append(number)
    return groups.values()


def _may_hold(membership: Membership, entry: Entry, listed: Sequence[Object]) -> bool:
    """Whether the set may hold an entry that it does not show: it shows no names, or not those of all."""
    if entry.by_id:
        return False
    return membership.members.key(entry.option) is None or bool(_nameless(membership, entry, listed))


def _nameless(membership: Membership, entry: Entry, listed: Sequence[Object]) -> tuple[Object, ...]:
    """The listed members of whom the set does not show what an entry names them by."""
    return nameless_ones(membership.members, (entry.option, entry.value), listed)


def _hidden(membership: Membership, entry: Entry, among: Listing, listed: Sequence[Object]) -> str:
    """A sentence about the members who can be the one that an entry names, as no listing shows that; or nothing."""
    members, resource = membership.members, entry.candidate.resource
    unnamed = {resource.id_of(item) for item in nameless_ones(resource, (entry.option, entry.value), among)}
    hidden = [item for item in _nameless(membership, entry, listed) if members.id_of(item) in unnamed]
    return unshown(members, entry.option, hidden).strip()


def _in_set(membership: Membership, entry: Entry, listed: Sequence[Object]) -> Object | None:
    """The listed member that an entry names. Raises C(Refused) where it names several."""
    members, canonical = membership.members, membership.canonical
    if entry.by_id:
        own = (item for item in listed if canonical(members.id_of(item)) == canonical(entry.value))
        return next(own, None)
    key = members.key(entry.option)
    same = [dict(item) for item in listed if key and key.canonical(key.read(item)) == key.canonical(entry.value)]
    return only_one(same, members, (entry.option, entry.value), entry.candidate.id_option)


def _is_placed_by_entry(membership: Membership, candidate: Parent) -> bool:
    """Whether an entry says in which project a candidate lies: not where that is the one of the set."""
    parent, own = candidate.resource.parent, membership.listed.parent
    return parent is not None and (own is None or own.id_option != parent.id_option)


def _place(client: Reads, membership: Membership, entry: Entry, scope: Current) -> Current:
    """Where to look for a candidate: in the scope of the set, or in the project that the entry names."""
    parent = entry.candidate.resource.parent
    if parent is None:
        return ORGANIZATION
    if not _is_placed_by_entry(membership, entry.candidate):
        ids = {name: value for name, value in scope.ids.items() if name == parent.id_option}
        missing = scope.missing if None in ids.values() else None
        return Current(None, ids, scope.scope, scope.of if ids else "", missing)
    return find_scope(client, parent, entry.params)


def _look_up(
    client: Reads, entry: Entry, place: Current, among: Listing, needed: bool
) -> tuple[Object | None, Missing | None]:
    """The candidate that an entry names, or what is missing. Raises C(Refused) for an id that does not exist."""
    resource = entry.candidate.resource
    if place.missing:
        return None, place.missing
    if entry.value is None:
        return None, not_there(resource, entry.option)
    if not entry.by_id:
        key = resource.name_key
        same = pick(resource, key, entry.value, among, place.of) if key else []
        item, lacks = choose_shown(same, resource, entry.value, among, entry.candidate.id_option, place)
        return item, _final(resource, lacks) if lacks and needed and not resource.creates else lacks
    known: dict[str, Any] = {}
    put_at(known, resource.id_path, entry.value)
    can_be_read = resource.by_id or resource.key(resource.id_param) is not None
    if not can_be_read or (resource.parent and not resource.parent_is_optional and not place.ids):
        return known, None
    objects, unused_listed = search(client, resource, (resource.id_param, entry.value), place.ids, NOTHING, place.of)
    if not objects and needed:
        raise Refused(f"There is no {resource.call(entry.value, resource.id_param)}{place.of}.")
    return (objects[0] if objects else None), None


def _final(resource: Resource, lacks: Missing) -> Missing:
    """What is missing and cannot be made, with what to do instead where that is known."""
    advice = f". {resource.absence}".rstrip(". ") if lacks.ref else ""
    return replace(lacks, hint=lacks.hint + advice, is_final=True)


def _spot(entry: Entry, place: Current) -> tuple[Any, ...]:
    """What is the same of entries that name the same candidate, in other letters or otherwise."""
    key = None if entry.by_id else entry.candidate.resource.name_key
    own = key.canonical(entry.value) if key else entry.value
    return entry.candidate, own, *place.ids.values(), place.of if place.missing else ""


def _as_member(membership: Membership, entry: Entry, item: Object | None, listed: Sequence[Object]) -> Object:
    """A candidate as the set lists it, or would; of one that is not there yet, what names it."""
    members, resource = membership.members, entry.candidate.resource
    if item is None:
        key = resource.name_key
        own_field = ID if entry.value else "name"
        return {(key.field or key.option) if key and not entry.by_id else own_field: entry.value}
    own_id = resource.id_of(item)
    canonical = membership.canonical
    same = (each for each in listed if canonical(members.id_of(each)) == canonical(own_id))
    known = {**item, ID: own_id}
    put_at(known, members.id_path, own_id)
    return next(same, known)
