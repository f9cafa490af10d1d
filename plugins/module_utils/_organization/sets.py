# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Entries that add candidates to the set of a declared object, such as members to a group.

Each entry is found and planned as the module of the set does it. It is a separate step, so that it is reported, planned
again and delayed separately.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job
from ansible_collections.community.openai_admin.plugins.module_utils._core.candidates import Entry
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.members import (
    find_owner,
    find_set,
    plan_change,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Plan
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import does_not_exist, find_scope
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PEOPLE
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Parent,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Looked, Place, Run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import Declared

Collection = tuple[Resource, Mapping[str, Any], str]
"""A collection to read: its resource, path parameters, and its container in messages."""


def find_entry(run: Run, membership: Membership, declared: Declared, place: Place, purged: bool = False) -> Looked:
    """Return the member of a set that an entry names, or the candidate to add. Raises C(AdminError)."""
    scope = place.scope or find_owner(run.snapshot, membership, declared.params, declared.given)
    if place.lacks:
        scope = replace(scope, missing=scope.missing or place.lacks)
    entry, desired = declared.entry
    found = find_set(run.snapshot, membership, [entry], scope, desired.present, place.is_made)
    item = found.named[0] if found.named else NOTHING
    there = next((each for each in found.before if ID in item and each[ID] == item[ID]), None)
    current = replace(scope, object=there, tells=NOTHING if there else item)
    parent = placed_by(entry)
    within = find_scope(run.snapshot, parent, entry.params) if parent and desired.present else None
    placed_in = within.ids.get(parent.id_option) if parent and within else None
    return Looked(declared, membership.members, desired, current, place, tuple(found.missing), purged, placed_in)


def plan_entry(run: Run, membership: Membership, looked: Looked) -> tuple[Job, Plan]:
    """Return the plan that adds one candidate to a set or removes it, and its job. Raises C(AdminError)."""
    desired, current, members = looked.desired, looked.current, membership.members
    entry = looked.declared.entry[0]
    settings = {**looked.declared.params, "exclusive": False}
    found = find_set(run.snapshot, membership, [entry], current, desired.present, looked.place.is_made)
    change = plan_change(run.snapshot, membership, found, settings, desired.present)
    before = None if current.object is None else members.shape(current.object, current.scope)
    writes, after = change.todo.writes, before
    if writes and desired.present:
        added = change.after[-1]
        writes, after = (replace(writes[0], implies=added),), members.shape(added, current.scope)
    elif writes:
        after = None
    lacking = [current.missing] if current.missing and (desired.present or current.nameless) else []
    if desired.present:
        lacking += [each for what in found.missing for each in (what, *_within(entry, what))]
    shows = (_placed(entry),) * 2
    lacks = tuple(dict.fromkeys(lacking))
    todo = Plan(before, after, writes, change.todo.warnings, lacks, shows=shows, notice=change.todo.notice)
    return Job(run.client, members, desired, current, None, None), todo


def _within(entry: Entry, missing: Missing) -> Iterator[Missing]:
    """Return the missing candidate that an entry names, if its container is missing."""
    resource, parent, key = entry.candidate.resource, entry.candidate.resource.parent, entry.key
    built_in = resource.built_in(entry.value, True) if resource.built_in and key else ""  # every project has these
    if parent and key and not built_in and missing.ref and missing.ref.kind == parent.resource.kind:
        label = f"{resource.call(entry.value)} of {parent.resource.call(missing.ref.value)}"
        yield does_not_exist(label, resource.ref(entry.value, key.option, missing.ref))


def _placed(entry: Entry) -> dict[str, Any]:
    """Return additional content of an entry's diff: the container of the candidate."""
    parent = placed_by(entry)
    names = (parent.name_option, parent.id_option) if parent else ()
    return {name: entry.params[name] for name in names if not is_blank(entry.params.get(name))}


def placed_by(entry: Entry) -> Parent | None:
    """Return the option by which an entry names the container of a candidate, if it does."""
    parent = entry.candidate.resource.parent
    return parent if parent and parent.name_option in entry.params else None


def collections_to_read(run: Run, places: Iterable[Place]) -> Iterator[Collection]:
    """Yield the collections that contain candidates of entries. Raises C(RequestError)."""
    for entry in _named_inside(each for place in places for each in place.declared):
        parent = placed_by(entry)
        try:
            scope = find_scope(run.snapshot, parent, entry.params)
        except Refused:
            continue  # reported when the entry is searched
        if not scope.missing:
            yield entry.candidate.resource, scope.ids, scope.of


def holders_to_read(objects: Iterable[Declared]) -> set[Resource]:
    """Return the resources of the containers that entries name for candidates, such as projects of accounts."""
    placed = ((entry, placed_by(entry)) for entry in _named_inside(objects))
    return {parent.resource for entry, parent in placed if parent and is_blank(entry.params.get(parent.id_option))}


def _named_inside(objects: Iterable[Declared]) -> Iterator[Entry]:
    """Yield entries that name candidates by fields that the sets do not show."""
    for declared in objects:
        if declared.row and declared.row.owned:
            entry = declared.entry[0]
            if placed_by(entry) and not entry.by_id and declared.resource.key(entry.option) is None:
                yield entry


def candidates_to_read(run: Run, entries: Iterable[tuple[Place, Declared]]) -> Iterator[Collection]:
    """Yield the collections of the sets' own scopes in which to look for candidates that the sets do not show."""
    found: dict[str, Collection] = {}
    for place, declared in entries:
        entry, desired = declared.entry
        resource, key = entry.candidate.resource, place.resource.key(entry.option)
        parent = resource.parent
        if not desired.present or not key or entry.by_id or not resource.name_key or resource.name_key.query:
            continue
        ids = {name: value for name, value in place.ids.items() if parent and name == parent.id_option}
        is_known = bool(resource.built_in and resource.built_in(entry.value, bool(ids)))
        shown = (key.canonical(key.read(item)) for item in run.snapshot.listing(place.resource, place.ids))
        if not is_known and None not in ids.values() and key.canonical(entry.value) not in shown:
            of = "".join(f" of {each.label}" for each in place.holders if each.parent.id_option in ids)
            found[f"{resource.path_in(ids)} {sorted(ids.items())}"] = (resource, ids, of)
    yield from found.values()


def addresses_to_meet(run: Run, places: Iterable[Place]) -> Iterator[str]:
    """Yield the addresses of people in entries whom the sets do not show."""
    for place in places:
        key = place.resource.key("email") if place.row.owned else None
        if key is None:
            continue
        listed = run.snapshot.listing(place.resource, place.ids)
        shown = {key.canonical(key.read(item)) for item in listed}
        for declared in place.declared:
            entry, desired = declared.entry
            is_person = entry.candidate.resource is PEOPLE.resource and not entry.by_id
            if is_person and key.canonical(entry.value) not in shown and (desired.present or None in shown):
                yield str(entry.value)
