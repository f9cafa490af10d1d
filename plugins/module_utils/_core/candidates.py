# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What a task names as members of a set: found in the list of the set, or among people, service accounts, roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    BadInput,
    Problem,
)
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
    choose,
    find_scope,
    list_named,
    nameless_ones,
    only_one,
    pick,
    search,
    with_details,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    PRESENT,
    Current,
    Desired,
    Key,
    Object,
    Parent,
    Resource,
    put_at,
    unshown,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Params

_SHOWN_NAMES = 10
"""How many of a list's names a message lists."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """Objects of one kind that can be in a set, and the options of an entry that name one of them."""

    resource: Resource
    id_option: str
    keys: Mapping[str, Key | None]
    """What the options stand for, in the order in which messages list them; null: the id."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A member as a task names it: C(value) of an option; null: an id that is empty."""

    candidate: Candidate
    option: str
    value: Any
    params: Params

    @property
    def by_id(self) -> bool:
        """Whether it is an id that names the member."""
        return self.option == self.candidate.id_option

    @property
    def key(self) -> Key | None:
        """The key whose value names the member."""
        return self.candidate.keys[self.option]


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


@cache
def candidates_of(membership: Membership) -> tuple[Candidate, ...]:
    """Return what can be in a set: what its list shows, where that shows all of it."""
    listed = membership.listed
    if not membership.candidates:
        keys = {key.option: None if key.option == listed.id_param else key for key in listed.keys}
        return (Candidate(listed, listed.id_param, keys),)
    return tuple(
        Candidate(each.resource, each.id_option, {each.name_option: each.resource.name_key, each.id_option: None})
        for each in membership.candidates
    )


def entry_options(membership: Membership) -> Spec:
    """Return the options of an entry: those that name a member, and the project that it lies in."""
    names: list[str] = []
    for each in candidates_of(membership):
        parent = _placed_by_entry(membership, each)
        names += [*each.keys, *parent_options(parent)]
    return {name: option() for name in names}


def ask_entries(membership: Membership, params: Params, given: Params) -> tuple[list[Entry], list[str]]:
    """Return what a task names as members, and what is wrong with it."""
    entries: list[Entry] = []
    problems: list[str] = []
    candidates = candidates_of(membership)
    for entry, written in zip(params.get(membership.option) or (), given.get(membership.option) or ()):
        named = list(_named(candidates, entry, written))
        if len(named) == 1:
            entries += named
            problems += _flaws(membership, named[0])
        elif named:
            names = " and ".join(each.option for each in named)
            problems.append(f"{names} in one entry of {membership.option} exclude each other")
        else:
            names = ", ".join(option for each in candidates for option in each.keys)
            problems.append(f"each entry of {membership.option} needs one of {names}")
    return entries, problems


def entry_by(membership: Membership, named: tuple[str, Any] | None) -> Entry:
    """Return the entry that names a member by an option and its value; none: by an id that is empty."""
    candidates = candidates_of(membership)
    option, value = named or (candidates[0].id_option, None)
    return next(Entry(each, option, value, {option: value}) for each in candidates if option in each.keys)


def _named(candidates: Iterable[Candidate], entry: Params, written: Any) -> Iterator[Entry]:
    """What an entry names of each kind: by an id where it gives one, by an empty one where it gives nothing else."""
    empty: list[Entry] = []
    for each in candidates:
        options = [name for name in (each.id_option, *each.keys) if not is_blank(entry.get(name))]
        if options:
            key = each.keys[options[0]]
            value = cleaned(key, entry[options[0]]) if key else entry[options[0]]
            yield Entry(each, options[0], value, entry)
        elif isinstance(written, Mapping) and each.id_option in written:
            empty.append(Entry(each, each.id_option, None, entry))
    if all(is_blank(value) for value in entry.values()):
        yield from empty[:1]


def _flaws(membership: Membership, entry: Entry) -> Iterator[str]:
    """What is wrong with an entry that names one member."""
    if entry.key:
        yield from flaws(entry.key, entry.option, entry.value)
    parent = _placed_by_entry(membership, entry.candidate)
    if parent:
        names = (parent.name_option, parent.id_option)
        if all(is_blank(entry.params.get(name)) for name in names):
            yield f"{entry.option} in {membership.option} needs one of {', '.join(names)}"


def desire_entry(membership: Membership, params: Params, given: Params, of: str = "") -> tuple[Entry, Desired]:
    """Return what one entry names, with a state of its own, and what that asks for. Raises C(BadInput).

    C(of): how messages name what the set is in.
    """
    own = {name: params.get(name) for name in entry_options(membership)}
    entries, problems = ask_entries(membership, {membership.option: [own]}, {membership.option: [given]})
    if problems:
        raise BadInput(f"{'; '.join(problems)}.", [Problem(said) for said in problems])
    (entry,) = entries
    members = membership.members
    named = None if entry.value is None else (entry.option, entry.value)
    own_id = members.id_param if entry.by_id else entry.option
    name = members.call(entry.value, own_id) if named else f"a {members.title} that is not there yet"
    return entry, Desired(params.get("state") or PRESENT, NOTHING, named, NOTHING, f"{name}{of}", name)


def names_of_entry(entry: Entry) -> tuple[Any, ...]:
    """Return what is the same of entries that name the same candidate in the same way."""
    key, parent = entry.key, entry.candidate.resource.parent
    value = key.canonical(entry.value) if key else entry.value
    placed = (entry.params.get(name) for name in ((parent.name_option, parent.id_option) if parent else ()))
    return (entry.option, value, *placed)


def find_candidates(
    client: Reads,
    membership: Membership,
    entries: Sequence[Entry],
    listed: Sequence[Object],
    scope: Current,
    needed: bool,
) -> tuple[list[Object], list[Missing], list[str]]:
    """Return the members that entries name, as the set lists them or would, what is not there, and what is unclear.

    Whom the list shows is known; all others are looked up among the candidates, if the list is not all of them. Where
    they are not C(needed), only those whom the set may hold without showing that name. Raises C(AdminError).
    """
    reads = Once(client)
    alone: dict[Any, Object] = {}
    found = [_in_list(reads, membership, entry, listed, alone) for entry in entries]
    if membership.candidates:
        return _among_candidates(reads, membership, entries, found, listed, scope, needed)
    lacks = [_not_listed(entry, listed, needed) for entry, item in zip(entries, found) if item is None]
    if needed:
        found = [_as_it_will_be(entry) if item is None else item for entry, item in zip(entries, found)]
    return [item for item in found if item is not None], lacks, []


def _in_list(
    client: Reads, membership: Membership, entry: Entry, listed: Sequence[Object], alone: dict[Any, Object]
) -> Object | None:
    """The listed object that an entry names. Raises C(Refused) where it names several.

    C(alone): those that were read alone, by their ids, since the list does not show what names them.
    """
    members, canonical = membership.listed, membership.canonical
    if entry.by_id:
        same = [item for item in listed if canonical(members.id_of(item)) == canonical(entry.value)][:1]
    else:
        key = members.key(entry.option)
        same = list(_of_value(client, members, key, entry.value, listed, alone)) if key else []
    found = only_one(same, members, (entry.option, entry.value), entry.candidate.id_option)
    return None if found is None else alone.get(members.id_of(found), found)


def _of_value(
    client: Reads, members: Resource, key: Key, value: Any, listed: Iterable[Object], alone: dict[Any, Object]
) -> Iterator[Object]:
    """The listed objects that a value names; each is read alone where need be, until one is found."""
    wanted = key.canonical(value)
    for item in listed:
        own_id = members.id_of(item)
        if key.detail and own_id not in alone:
            alone[own_id] = next(iter(with_details(client, members, item, NOTHING, key.detail)), item)
        known = alone.get(own_id, item) if key.detail else item
        if key.canonical(key.read(known)) == wanted:
            yield known
            if key.detail:
                return


def _not_listed(entry: Entry, listed: Iterable[Object], needed: bool) -> Missing:
    """What an entry names and a list does not show that shows all there is. Raises C(Refused) for an id."""
    resource = entry.candidate.resource
    if entry.value is None:
        return not_there(resource)
    named, among = (entry.option, entry.value), _names(listed)
    unused_found, lacks = choose((), resource, named, (), entry.candidate.id_option, needed=needed, hint=among)
    return lacks or not_there(resource)


def _names(listed: Iterable[Object]) -> str:
    """What can be in a set, for a message that says what cannot."""
    names = list(dict.fromkeys(str(item["name"]) for item in listed if item.get("name")))
    return f" (there are: {', '.join(names[:_SHOWN_NAMES])})" if names else ""


def _among_candidates(
    reads: Reads,
    membership: Membership,
    entries: Sequence[Entry],
    found: list[Object | None],
    listed: Sequence[Object],
    scope: Current,
    needed: bool,
) -> tuple[list[Object], list[Missing], list[str]]:
    """The same, of members who are looked up as they were not C(found), together where the API can do that."""
    unclear: list[str] = []
    absent: set[Any] = set()
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
            if item:
                found[number] = _as_member(membership, entry, item, listed)
            elif needed:
                found[number] = _as_it_will_be(entry)
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


def _placed_by_entry(membership: Membership, candidate: Candidate) -> Parent | None:
    """In what a candidate lies where an entry says that: not where it is the project of the set."""
    parent, own = candidate.resource.parent, membership.listed.parent
    return parent if parent and (own is None or own.id_option != parent.id_option) else None


def _place(client: Reads, membership: Membership, entry: Entry, scope: Current) -> Current:
    """Where to look for a candidate: in the scope of the set, or in the project that the entry names."""
    parent = entry.candidate.resource.parent
    if parent is None:
        return ORGANIZATION
    if _placed_by_entry(membership, entry.candidate):
        return find_scope(client, parent, entry.params)
    ids = {name: value for name, value in scope.ids.items() if name == parent.id_option}
    missing = scope.missing if None in ids.values() else None
    return Current(None, ids, scope.scope, scope.of if ids else "", missing)


def _look_up(
    client: Reads, entry: Entry, place: Current, among: Listing, needed: bool
) -> tuple[Object | None, Missing | None]:
    """The candidate that an entry names, or what is missing. Raises C(Refused) for an id that does not exist."""
    resource, id_option = entry.candidate.resource, entry.candidate.id_option
    if place.missing:
        return None, place.missing
    if entry.value is None:
        return None, not_there(resource, entry.option)
    objects: Sequence[Object]
    if entry.by_id:
        known: dict[str, Any] = {}
        put_at(known, resource.id_path, entry.value)
        can_be_read = resource.by_id or resource.key(resource.id_param) is not None
        if not can_be_read or (resource.parent and not resource.parent_is_optional and not place.ids):
            return known, None
        named = (resource.id_param, entry.value)
        objects, unused_listed = search(client, resource, named, place.ids, NOTHING, place.of)
    else:
        key = resource.name_key
        named = (key.option if key else entry.option, entry.value)
        objects = pick(resource, key, entry.value, among, place.of) if key else []
    item, lacks = choose(objects, resource, named, among, id_option, place, needed)
    if lacks and needed and not resource.creates:
        lacks = _final(resource, lacks)
    return item, lacks


def _final(resource: Resource, lacks: Missing) -> Missing:
    """What is missing and cannot be made, with what to do instead where that is known."""
    advice = f". {resource.absence}".rstrip(". ") if lacks.ref else ""
    return replace(lacks, hint=lacks.hint + advice, is_final=True)


def _spot(entry: Entry, place: Current) -> tuple[Any, ...]:
    """What is the same of entries that name the same candidate, in other letters or otherwise."""
    own = entry.key.canonical(entry.value) if entry.key else entry.value
    return entry.candidate, own, *place.ids.values(), place.of if place.missing else ""


def _as_it_will_be(entry: Entry) -> Object:
    """A member that is not there yet: what names it."""
    key = entry.key
    if key is None:
        return {ID if entry.value else "name": entry.value}
    return {key.digest: key.canonical(entry.value)} if key.digest else {key.field or key.option: entry.value}


def _as_member(membership: Membership, entry: Entry, item: Object, listed: Sequence[Object]) -> Object:
    """A candidate as the set lists it, or would."""
    members, canonical = membership.members, membership.canonical
    own_id = entry.candidate.resource.id_of(item)
    same = (each for each in listed if canonical(members.id_of(each)) == canonical(own_id))
    known = {**item, ID: own_id}
    put_at(known, members.id_path, own_id)
    return next(same, known)
