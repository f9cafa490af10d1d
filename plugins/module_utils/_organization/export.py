# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Exports an organization in exactly the form in which it can be declared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import MOST_WORKERS, WORKERS, Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import flaws, is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, option
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import list_all, with_details
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    INSIDE,
    KINDS,
    PEOPLE,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Field,
    Key,
    Object,
    Parent,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot

INCLUDED = {row.resource.plural: row.resource for row in KINDS}
"""Resources that can be exported, by the names of their listings."""

USUAL = dict.fromkeys(row.resource.plural for row in KINDS if row.is_usual)
Ids = Mapping[str, Any]
_PROJECT = PROJECTS.resource


def export_options() -> Spec:
    """Return the options of the module C(organization_info)."""
    return {
        "include": option("list", elements="str", choices=list(INCLUDED), default=list(USUAL)),
        "workers": option("int", default=WORKERS),
    }


def export_organization() -> Task:
    """Return the task of the module that reads an organization as a declaration."""
    return Task(argument_spec=export_options(), work=export)


def export(
    client: Client, params: Params, unused_given: Given, mode: Mode, unused_delivery: Delivery | None = None
) -> Outcome:
    """Read the kinds that the task includes. Raises C(AdminError)."""
    include, workers = params["include"], params["workers"]
    if not 1 <= workers <= MOST_WORKERS:
        raise BadInput(f"workers must be at least 1 and at most {MOST_WORKERS}, not {workers}.")
    asked = [row for row in KINDS if row.resource.plural in include]
    wanted = tuple(row for row in KINDS if row in asked or any(row in _around(each) for each in asked))
    read = _read(client, wanted, Pace(workers, mode.tell))
    declaration: dict[str, Any] = {}
    for row in (*(each for each in wanted if each is not PROJECTS), *([PROJECTS] if PROJECTS in wanted else [])):
        if row.within is None:
            declaration.update(_section(read, row))
    returns = {"organization": declaration, "ids": _all_ids(read)}
    return Outcome(changed=False, returns=returns, warnings=tuple(_not_exported(read)))


def _around(row: Kind) -> Iterator[Kind]:
    """Yield the kinds whose entries contain a kind."""
    while row.within:
        row = row.within
        yield row


@dataclass(frozen=True, eq=False)
class _Read:
    """The objects that were read, and the kinds to export."""

    snapshot: Snapshot
    wanted: tuple[Kind, ...]
    details: Mapping[Kind, Sequence[Object]]
    """The objects of kinds whose listings are incomplete, read individually."""

    def listed(self, row: Kind, ids: Ids = NOTHING) -> Sequence[Object]:
        """Return a whole collection."""
        return self.details.get(row) or self.snapshot.listing(row.resource, ids)

    def inside(self, row: Kind, item: Object) -> Iterator[Kind]:
        """Yield the kinds to export inside an object, except sets that an identity provider manages."""
        for inner in INSIDE[row].values():
            if inner in self.wanted and not (inner.owned and inner.owned.closed and inner.owned.closed(item)):
                yield inner

    @cached_property
    def people(self) -> Mapping[str, Object]:
        """The people of the organization, by ID."""
        return {PEOPLE.resource.id_of(person): person for person in self.snapshot.listing(PEOPLE.resource)}

    @cached_property
    def projects(self) -> Mapping[str, str]:
        """The unambiguous names of projects, by ID."""
        return _telling_names(_PROJECT, self.snapshot.listing(_PROJECT))

    @cached_property
    def candidates(self) -> Mapping[Parent, Mapping[str, Mapping[str, str]]]:
        """The options by which entries name candidates in projects, by kind and ID."""
        placed = (each for row in self.wanted if row.owned for each in row.owned.candidates)
        return {each: dict(self._named(each)) for each in placed if each.resource.parent}

    def _named(self, candidate: Parent) -> Iterator[tuple[str, Mapping[str, str]]]:
        for project in self.snapshot.listing(_PROJECT):
            own_id = _PROJECT.id_of(project)
            listed = self.snapshot.listing(candidate.resource, {_PROJECT.id_param: own_id})
            names = _telling_names(candidate.resource, listed)
            for item in map(candidate.resource.id_of, listed):
                named = {candidate.name_option: names[item]} if item in names else {candidate.id_option: item}
                yield item, {**named, **self.project(own_id)}

    def referred(self, field: Field, item: Object, resource: Resource) -> dict[str, Any]:
        """Return the option that names the object that a field refers to: its name, or its ID if that is ambiguous.

        C(item), C(resource): the object with the field. A name is unknown if its collection was not read.
        """
        refers, own_id = field.refers, field.read(item)
        if refers is None or own_id is None:
            return {}
        if refers.resource is _PROJECT:
            return self.project(own_id)
        parent = refers.resource.parent
        same = (each for each in resource.options if parent and each.option_name == parent.id_option)
        ids = {each.option_name: each.read(item) for each in same}
        name = _telling_names(refers.resource, self.snapshot.listing(refers.resource, ids)).get(own_id)
        return {refers.id_option: own_id} if name is None else {refers.name_option: name}

    def project(self, own_id: str) -> dict[str, str]:
        """Return the option that names a project: its name, or its ID if the name is ambiguous."""
        return {"project": self.projects[own_id]} if own_id in self.projects else {_PROJECT.id_param: own_id}


def _telling_names(resource: Resource, listed: Iterable[Object]) -> dict[str, str]:
    """Return the unique names of objects, by ID."""
    key = resource.keys[-1]
    listed = list(listed)
    uses = Counter(key.canonical(key.read(item)) for item in listed)
    named = ((item, key.read(item)) for item in listed)
    return {resource.id_of(item): name for item, name in named if _tells(key, name) and uses[key.canonical(name)] == 1}


def _read(client: Client, wanted: tuple[Kind, ...], pace: Pace) -> _Read:
    """Read the kinds to export and those that they need, each collection once, level by level. Raises C(AdminError)."""
    snapshot = Snapshot(client)
    read = _Read(snapshot, wanted, {})
    needs = [resource for row in wanted for resource in row.needs]
    in_projects = [resource for resource in needs if resource.parent]
    needed = [row.resource for row in wanted if row.within is None]
    needed += [_PROJECT] if in_projects else []
    needed += [resource for resource in needs if resource.parent is None]
    _list(client, snapshot, [(each, {}, "") for each in INCLUDED.values() if each in needed], pace)
    level: list[tuple[Kind, Object, Ids, str]] = [
        (row, item, NOTHING, "") for row in wanted if row.within is None for item in snapshot.listing(row.resource)
    ]
    more: list[tuple[Resource, Ids, str]] = [
        (resource, {_PROJECT.id_param: _PROJECT.id_of(item)}, f" of {_label(_PROJECT, item)}")
        for item in snapshot.listing(_PROJECT)
        for resource in in_projects
    ]
    while level or more:
        found = [
            (inner, _ids_in(inner, row, item, ids), f" of {_label(row.resource, item)}{of}")
            for row, item, ids, of in level
            for inner in read.inside(row, item)
        ]
        _list(client, snapshot, [*((inner.resource, ids, of) for inner, ids, of in found), *more], pace)
        level = [
            (row, item, ids, of)
            for row, ids, of in found
            if INSIDE[row]
            for item in snapshot.listing(row.resource, ids)
        ]
        more = []
    alone = (row for row in wanted if row.within is None)
    details = {row: _detailed(client, row.resource, snapshot.listing(row.resource), pace) for row in alone}
    return replace(read, details={row: items for row, items in details.items() if items is not None})


def _ids_in(inner: Kind, row: Kind, item: Object, ids: Ids) -> Ids:
    """Return the path parameters of a collection in an object."""
    return {**ids, inner.holder.id_option: row.resource.id_of(item)} if inner.holder else ids


def _all_ids(read: _Read) -> dict[str, Any]:
    """Return the IDs of exported objects by name; those in projects by name of the project first."""
    ids: dict[str, Any] = {
        row.resource.plural: _ids(row, read.snapshot.listing(row.resource))
        for row in (PROJECTS, *DECLARED_IN_ORGANIZATION.values())
        if not row.is_single
    }
    needed = {resource for row in read.wanted for resource in row.needs}
    for row in KINDS:
        if row.within is PROJECTS and row.has_ids:
            ids[row.ids_word] = {
                project["name"]: _ids(row, read.listed(row, _ids_in(row, PROJECTS, project, NOTHING)))
                for project in read.snapshot.listing(_PROJECT)
                if (row in read.wanted or row.resource in needed) and project.get("name") in ids[_PROJECT.plural]
            }
    return ids


def _detailed(client: Client, resource: Resource, listed: Sequence[Object], pace: Pace) -> list[Object] | None:
    """Read listed objects individually; return null if listings contain everything that names them."""
    query = next((key.detail for key in resource.keys if key.detail), None)
    if query is None:
        return None
    detail = partial(with_details, client, resource, ids=NOTHING, query=query)
    pieces = [Piece(f"GET {resource.item}", partial(detail, each)) for each in listed]
    return [known for found in gather(client, pieces, pace, "Reading") for known in found]


def _ids(row: Kind, objects: Iterable[Object]) -> dict[str, str]:
    """Return the IDs of objects by name, without ambiguous names, whose objects are declared by ID.

    This also omits objects that are not exported, such as accepted invites.
    """
    resource = row.resource
    key = resource.keys[-1]
    live = (item for item in objects if resource.standing(item) == "live")
    exported = (item for item in live if not row.left_out(item, NOTHING))
    named = [(key.read(item), resource.id_of(item)) for item in exported if not is_blank(key.read(item))]
    uses = Counter(key.canonical(name) for name, unused_id in named)
    return {name: own_id for name, own_id in sorted(named) if uses[key.canonical(name)] == 1}


def _label(resource: Resource, item: Object) -> str:
    name = resource.keys[-1].read(item)
    return resource.call(resource.id_of(item), resource.id_param) if is_blank(name) else resource.call(name)


def _list(client: Client, snapshot: Snapshot, listings: Iterable[tuple[Resource, Ids, str]], pace: Pace) -> None:
    pieces = [
        Piece(f"GET {resource.path_in(ids)}", partial(list_all, snapshot, resource, ids, of=of, seen=True))
        for resource, ids, of in listings
    ]
    gather(client, pieces, pace, "Reading")


def _section(read: _Read, row: Kind, ids: Ids = NOTHING) -> dict[str, Any]:
    """Return the declaration of a kind by its option; nothing for a singleton that is not set."""
    listed = read.listed(row, ids)
    if row.owned:
        shown = [item for item in listed if not row.left_out(item, read.people)]
        found = sorted(_members(read, row.owned, shown), key=lambda entry: list(entry.values()))
        short = row.owned.short
        return {row.word: [entry[short] if [*entry] == [short] else entry for entry in found]}
    if not row.is_single:
        return {row.word: _declared(read, row, listed, ids)}
    if not listed or any(_other_terms(row.resource, listed[0])):
        return {}
    values = {field.option_name: _value(field, listed[0], read) for field in _told(row)}
    return {row.word: {name: value for name, value in values.items() if _counts(value)}}


def _other_terms(resource: Resource, item: Object) -> Iterator[str]:
    """Yield in which terms an object is that no task can set, such as another currency."""
    for field, sent in resource.constants:
        there = field.read(item)
        if there not in (None, sent):
            yield f"its {field.name} is {there}, and a declaration can only declare {sent}"


def _not_exported(read: _Read) -> Iterator[str]:
    """Yield a warning for each value that is there once and cannot be declared."""
    for row in (each for each in read.wanted if each.is_single):
        scopes: list[tuple[Ids, str]] = [(NOTHING, "the organization")]
        if row.within is PROJECTS:
            projects = read.snapshot.listing(_PROJECT)
            scopes = [(_ids_in(row, PROJECTS, each, NOTHING), _label(_PROJECT, each)) for each in projects]
        for ids, of in scopes:
            why = ", ".join(said for item in read.listed(row, ids) for said in _other_terms(row.resource, item))
            if why:
                yield f"The {row.resource.title} of {of} is not exported: {why}."


def _members(read: _Read, membership: Membership, listed: Iterable[Object]) -> Iterator[dict[str, Any]]:
    """Yield the members of a set as entries: by a field of the set, as candidates of a project, or by ID."""
    members = membership.members
    for item in filter(membership.is_own, listed):
        own_id = members.id_of(item)
        named = ((key, key.read(item)) for key in members.keys if key.option != members.id_param)
        shown = {key.option: membership.told(item) or name for key, name in named if _tells(key, name)}
        placed = (ones[own_id] for ones in read.candidates.values() if own_id in ones)
        yield shown or dict(next(placed, {members.id_param: own_id}))


def _declared(read: _Read, row: Kind, listed: Sequence[Object], ids: Ids) -> list[dict[str, Any]]:
    """Return the declaration of a collection; in a set, names have to be unique among all possible members."""
    standing = row.resource.standing
    own = [item for item in listed if not row.left_out(item, read.people) and (row.members or standing(item) == "live")]
    found = [(item, entry) for item, entry in zip(*_sorted(read, row, own)) if standing(item) == "live"]
    for item, entry in found:
        for inner in read.inside(row, item):
            entry.update(_section(read, inner, _ids_in(inner, row, item, ids)))
    return [entry for unused_item, entry in found]


def _sorted(read: _Read, row: Kind, objects: Sequence[Object]) -> tuple[list[Object], list[dict[str, Any]]]:
    """Return objects and their declarations, sorted by name, with an ID if a name is ambiguous."""
    resource = row.resource
    key = resource.keys[-1]  # the last one is the name; IDs and contents come first
    named = sorted(objects, key=lambda item: (str(key.canonical(key.read(item)) or ""), resource.id_of(item)))
    uses = {each: Counter(_mark(row, each, item) for item in named) for each in (key, *_exported_keys(row))}
    reference = next((each for each in resource.options if each.is_reference and each.option_name == key.option), None)
    entries = []
    for item in named:
        name = key.read(item)
        named_by = {key.option: name} if _tells(key, name) else {}
        if named_by and reference and not row.members and resource.id_param != key.option:
            named_by = read.referred(reference, item, resource)
        is_alone = all(count[_mark(row, each, item)] == 1 for each, count in uses.items())
        unique = named_by and is_alone
        own_id = {} if unique or not row.names_ids else {resource.id_param: resource.id_of(item)}
        told = [field for field in _told(row) if _is_for(field, item, resource)]
        values = {field.option_name: _value(field, item, read) for field in told if not field.is_reference}
        for field in told:
            values.update(read.referred(field, item, resource) if field.is_reference else NOTHING)
        contents = {each.option: each.read(item) for each in _exported_keys(row)}
        known = {option: value for option, value in values.items() if _counts(value)}
        entries.append({**own_id, **named_by, **known, **contents})
    return list(named), entries


def _is_for(field: Field, item: Object, resource: Resource) -> bool:
    """Return whether the option of a field is for objects of this type; answers may have it for others too."""
    if not field.only_with:
        return True
    name, *types = field.only_with
    return next(each.read(item) for each in resource.fields if each.name == name) in types


def _mark(row: Kind, key: Key, item: Object) -> tuple[Any, ...]:
    """Return the canonical values that identify an object by a key."""
    named = {field.name: field for field in row.resource.fields}
    also = (named[name] for name in row.resource.identified_with)
    return (key.canonical(key.read(item)), *(field.canonical(field.read(item)) for field in also))


def _exported_keys(row: Kind) -> list[Key]:
    """Return the exported keys other than the name: the content, without which an object cannot be created again."""
    return [key for key in row.resource.keys if key.detail and not row.members]


def _tells(key: Key, name: Any) -> bool:
    """Return whether a name can identify an object in a declaration: not blank, and valid for tasks."""
    return not is_blank(name) and not any(flaws(key, key.option, name))


def _counts(value: Any) -> bool:
    """Return whether a value can be declared: an empty string would clear the field, and a blank one is invalid."""
    return value is not None and not (isinstance(value, str) and value and is_blank(value))


def _told(row: Kind) -> list[Field]:
    """Return the fields that can be declared, except those that name the object."""
    resource = row.resource
    naming = {resource.id_param, *(key.option for key in resource.keys)}
    own = [field for field in resource.options if field.option_name not in naming and not field.is_hidden]
    return [*own, *row.fields]


def _value(field: Field, item: Object, read: _Read) -> Any:
    """Return the value of a field; references to projects use unambiguous names."""
    value = field.read(item)
    if field.type == "str" and isinstance(value, Mapping):  # a task takes it as text
        return json.dumps(value, sort_keys=True)
    if not field.refers or field.refers.resource is not _PROJECT or field.is_reference:
        return value
    return [{**read.project(grant[ID]), "role": grant.get("role")} for grant in value or ()]
