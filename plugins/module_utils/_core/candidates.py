# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Finds the members that a task names, in the list of a set or among people, service accounts and roles."""

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
    parent_label,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, option, parent_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    ORGANIZATION,
    Listing,
    Reads,
    built_in,
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
"""Maximum number of names in a message."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A kind of objects that can be members of a set, and the options that name one."""

    resource: Resource
    id_option: str
    keys: Mapping[str, Key | None]
    """The keys of these options, in the order of messages; null: the ID."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A member as a task names it: the C(value) of an option; null: an empty ID."""

    candidate: Candidate
    option: str
    value: Any
    params: Params
    built_in: Object | None = None
    """The known facts about a predefined member, which a name identifies, so that it is not looked up."""

    @property
    def by_id(self) -> bool:
        """Whether the task gives the member's ID."""
        return self.option == self.candidate.id_option

    @property
    def key(self) -> Key | None:
        """The key that names the member."""
        return self.candidate.keys[self.option]


class Once:
    """Reads like a client, but each listing only once."""

    def __init__(self, client: Reads) -> None:
        self._client = client
        self._listings: dict[str, Listing] = {}

    @property
    def connection(self) -> Connection:
        """The options of the connection."""
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
    """Return the kinds of objects that can be members; by default those that the set's list shows."""
    listed = membership.listed
    if not membership.candidates:
        keys = {key.option: None if key.option == listed.id_param else key for key in listed.keys}
        return (Candidate(listed, listed.id_param, keys),)
    return tuple(
        Candidate(each.resource, each.id_option, {each.name_option: each.resource.name_key, each.id_option: None})
        for each in membership.candidates
    )


def entry_options(membership: Membership) -> Spec:
    """Return the options of an entry: those that name a member and its project."""
    names: list[str] = []
    for each in candidates_of(membership):
        parent = _placed_by_entry(membership, each)
        names += [*each.keys, *parent_options(parent)]
    return {name: option() for name in names}


def ask_entries(membership: Membership, params: Params, given: Params) -> tuple[list[Entry], list[str]]:
    """Return the members that a task names, and errors in them."""
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
    """Return the entry for an option and its value; none: for an empty ID."""
    candidates = candidates_of(membership)
    option, value = named or (candidates[0].id_option, None)
    return next(Entry(each, option, value, {option: value}) for each in candidates if option in each.keys)


def _named(candidates: Iterable[Candidate], entry: Params, written: Any) -> Iterator[Entry]:
    """Yield what an entry names of each kind; an ID takes precedence, an empty ID counts only if given alone."""
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
    """Yield errors in an entry that names one member."""
    if entry.key:
        yield from flaws(entry.key, entry.option, entry.value)
    parent = _placed_by_entry(membership, entry.candidate)
    names = (parent.name_option, parent.id_option) if parent else ()
    if parent and all(is_blank(entry.params.get(name)) for name in names):
        yield f"{entry.option} in {membership.option} needs one of {', '.join(names)}"
    known = {*entry.candidate.keys, *names}
    for name in sorted(name for name, value in entry.params.items() if name not in known and not is_blank(value)):
        yield f"{name} does not go with {entry.option} in an entry of {membership.option}"


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
    name = members.call(entry.value, own_id) if named else f"a {members.title} that does not exist yet"
    return entry, Desired(params.get("state") or PRESENT, NOTHING, named, NOTHING, f"{name}{of}", name)


def names_of_entry(entry: Entry) -> tuple[Any, ...]:
    """Return a value that is equal for entries that name the same candidate by the same option."""
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
    """Return the members that entries name, in the set's form, the missing ones, and warnings about unclear ones.

    This looks up members that the list does not show among the candidates; if they are not C(needed), only those that
    the set may contain without showing their names. Raises C(AdminError).
    """
    reads = Once(client)
    entries = [_without_name(entry, scope) for entry in entries]
    alone: dict[Any, Object] = {}
    found = [_in_list(reads, membership, entry, listed, alone) for entry in entries]
    if membership.candidates:
        return _among_candidates(reads, membership, entries, found, listed, scope, needed)
    lacks = [_not_listed(entry, listed, needed) for entry, item in zip(entries, found) if item is None]
    if needed:
        found = [_as_it_will_be(entry) if item is None else item for entry, item in zip(entries, found)]
    return [item for item in found if item is not None], lacks, []


def _without_name(entry: Entry, scope: Current) -> Entry:
    """Return the entry by ID, if its name is that of a predefined object; any other entry unchanged."""
    parent = entry.candidate.resource.parent
    ids = {name: value for name, value in scope.ids.items() if parent and name == parent.id_option}
    known = built_in(entry.candidate.resource, entry.key, entry.value, ids) if entry.key else None
    if known is None:
        return entry
    own_id = entry.candidate.resource.id_of(known)
    return replace(entry, option=entry.candidate.id_option, value=own_id, built_in=known)


def _in_list(
    client: Reads, membership: Membership, entry: Entry, listed: Sequence[Object], alone: dict[Any, Object]
) -> Object | None:
    """Return the listed object that an entry names. Raises C(Refused) if the name is ambiguous.

    C(alone): objects that were read individually, by ID, because the list does not show their names.
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
    """Yield the listed objects that a value names, and read them individually if necessary."""
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
    """Return what is missing from a complete list. Raises C(Refused) for an ID."""
    resource = entry.candidate.resource
    if entry.value is None:
        return not_there(resource)
    named, among = (entry.option, entry.value), _names(listed)
    unused_found, lacks = choose((), resource, named, (), entry.candidate.id_option, needed=needed, hint=among)
    return lacks or not_there(resource)


def _names(listed: Iterable[Object]) -> str:
    """Return the names of possible members, for a message."""
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
    """Do the same for members that were not C(found), in common requests if possible."""
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
    """Return the indexes of entries to look up, grouped by collection."""
    groups: dict[Any, list[int]] = {}
    for number, entry in enumerate(entries):
        if found[number] is None and (needed or _may_hold(membership, entry, listed)):
            parent = entry.candidate.resource.parent
            names = (parent.name_option, parent.id_option) if parent else ()
            groups.setdefault((entry.candidate, *(entry.params.get(name) for name in names)), []).append(number)
    return groups.values()


def _may_hold(membership: Membership, entry: Entry, listed: Sequence[Object]) -> bool:
    """Return whether the set may contain an entry that it does not show, because it shows not all names."""
    if entry.by_id:
        return False
    return membership.members.key(entry.option) is None or bool(_nameless(membership, entry, listed))


def _nameless(membership: Membership, entry: Entry, listed: Sequence[Object]) -> tuple[Object, ...]:
    """Return the listed members without the field by which an entry names its member."""
    return nameless_ones(membership.members, (entry.option, entry.value), listed)


def _hidden(membership: Membership, entry: Entry, among: Listing, listed: Sequence[Object]) -> str:
    """Return a sentence about members without a name that an entry may mean; empty if there are none."""
    members, resource = membership.members, entry.candidate.resource
    unnamed = {resource.id_of(item) for item in nameless_ones(resource, (entry.option, entry.value), among)}
    hidden = [item for item in _nameless(membership, entry, listed) if members.id_of(item) in unnamed]
    return unshown(members, entry.option, hidden).strip()


def _placed_by_entry(membership: Membership, candidate: Candidate) -> Parent | None:
    """Return the parent of a candidate that an entry names, unless it is the project of the set."""
    parent, own = candidate.resource.parent, membership.listed.parent
    return parent if parent and (own is None or own.id_option != parent.id_option) else None


def _place(client: Reads, membership: Membership, entry: Entry, scope: Current) -> Current:
    """Return where to look for a candidate: in the scope of the set, or in the project that the entry names."""
    parent = entry.candidate.resource.parent
    if parent is None:
        return ORGANIZATION
    if _placed_by_entry(membership, entry.candidate):
        return find_scope(client, parent, entry.params)
    ids = {name: value for name, value in scope.ids.items() if name == parent.id_option}
    missing = scope.missing if None in ids.values() else None
    of = f" of {parent_label(parent, scope.scope)}" if ids else ""
    return Current(None, ids, scope.scope, of, missing)


def _look_up(
    client: Reads, entry: Entry, place: Current, among: Listing, needed: bool
) -> tuple[Object | None, Missing | None]:
    """Return the candidate that an entry names, or what is missing. Raises C(Refused) for an unknown ID."""
    resource, id_option = entry.candidate.resource, entry.candidate.id_option
    if place.missing:
        return None, place.missing
    if entry.built_in is not None:
        return entry.built_in, None
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
        lacks = final(resource, lacks)
    return item, lacks


def final(resource: Resource, lacks: Missing) -> Missing:
    """Return something missing that no task can create, with advice if there is any."""
    advice = f". {resource.absence}".rstrip(". ") if lacks.ref else ""
    return replace(lacks, hint=lacks.hint + advice, is_final=True)


def _spot(entry: Entry, place: Current) -> tuple[Any, ...]:
    """Return a value that is equal for entries that name the same candidate."""
    own = entry.key.canonical(entry.value) if entry.key else entry.value
    return entry.candidate, own, *place.ids.values(), place.of if place.missing else ""


def _as_it_will_be(entry: Entry) -> Object:
    """Return a member that does not exist yet, with only its name."""
    key = entry.key
    if entry.built_in is not None:
        return {**entry.built_in, ID: entry.value}
    if key is None:
        return {ID if entry.value else "name": entry.value}
    return {key.digest: key.canonical(entry.value)} if key.digest else {key.field or key.option: entry.value}


def _as_member(membership: Membership, entry: Entry, item: Object, listed: Sequence[Object]) -> Object:
    """Return a candidate in the form of the set's list."""
    members, canonical = membership.members, membership.canonical
    own_id = entry.candidate.resource.id_of(item)
    same = (each for each in listed if canonical(members.id_of(each)) == canonical(own_id))
    known = {**item, ID: own_id}
    put_at(known, members.id_path, own_id)
    return next(same, known)
