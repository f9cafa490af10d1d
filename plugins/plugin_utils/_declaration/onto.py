# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Merges an organization into a declaration that somebody maintains: which values change, and what is added.

It adds nothing that the declaration leaves unmanaged: omitted collections, limits of models and options. It keeps and
reports declared objects that do not exist, because they may not have been created yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._kinds import registry
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    DECLARED_IN_PROJECT,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import PRESENT, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    DEFAULTS,
    defaults_of,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import Step

PROJECTS = registry.PROJECTS.word
_PROJECT = registry.PROJECTS.resource
PROTECTED = ("Default project",)

Entry = Mapping[str, Any]
Ids = Mapping[str, Any]


@dataclass(frozen=True)
class Edit:
    """A value to set at the end of C(steps), or to append to the list there."""

    steps: tuple[Step, ...]
    value: Any
    adds: bool = False


@dataclass
class Merge:
    """The changes of a declaration."""

    edits: list[Edit] = field(default_factory=list)
    new_projects: list[dict[str, Any]] = field(default_factory=list)
    """Projects that the declaration lacks."""
    left: list[str] = field(default_factory=list)
    """Declared objects that do not exist, by their names in messages."""


def merge(declared: Entry, organization: Entry, ids: Ids) -> Merge:
    """Return the changes that merge an exported organization into a declaration.

    C(ids): IDs of existing objects by name: of service accounts by project, of all others by collection.
    """
    made = Merge()
    for name, row in DECLARED_IN_ORGANIZATION.items():
        if declared.get(name) is not None and name in organization:
            _merge_kind(made, row, (name,), declared[name], None, organization[name], ids.get(name) or {})
    if declared.get(PROJECTS) is not None and PROJECTS in organization:
        _merge_projects(made, declared, organization[PROJECTS], ids)
    return made


def applied(content: Any, edits: Iterable[Edit]) -> Any:
    """Return the value with the edits applied."""
    for edit in edits:
        target = content
        for step in edit.steps[:-1]:
            target = target[step]
        last = edit.steps[-1]
        if not edit.adds:
            target[last] = edit.value
        elif target.get(last) is None:
            target[last] = [edit.value]
        else:
            target[last].append(edit.value)
    return content


def _merge_projects(made: Merge, declared: Entry, existing: Sequence[Entry], ids: Ids) -> None:
    defaults: Entry = declared.get(DEFAULTS) or {}
    entries: Sequence[Entry] = declared[PROJECTS]
    own_ids = ids.get(PROJECTS) or {}
    managed = {name for name in DECLARED_IN_PROJECT if any(each.get(name) is not None for each in (*entries, defaults))}
    pairs, more, missing = _paired(_PROJECT, entries, existing, own_ids)
    for number, project in pairs:
        entry = entries[number]
        if (entry.get("state") or PRESENT) != PRESENT:
            continue
        itself = {name: value for name, value in project.items() if name not in DECLARED_IN_PROJECT}
        made.edits.extend(_changed(_PROJECT, (PROJECTS, number), entry, {}, itself))
        of_defaults = defaults_of(declared, entry)
        for name, row in DECLARED_IN_PROJECT.items():
            if name not in project or (entry.get(name) is None and of_defaults.get(name) is None):
                continue
            of_project = (ids.get(row.resource.plural) or {}).get(project.get("name"))
            known = (ids.get(name) if name in DECLARED_IN_ORGANIZATION else of_project) or {}
            steps = (PROJECTS, number, name)
            _merge_kind(made, row, steps, entry.get(name), of_defaults.get(name), project[name], known)
    protected = declared.get("protected_projects", PROTECTED) or ()
    for project in more:
        if project.get("name") not in protected:
            made.new_projects.append(_new(project, managed, defaults))
    made.left.extend(f"{PROJECTS}[{number}]" for number in missing)


def _merge_kind(
    made: Merge, row: Kind, steps: tuple[Step, ...], own: Any, default: Any, existing: Any, ids: Mapping[str, str]
) -> None:
    """Merge the existing objects of a kind into the declared ones."""
    if not row.is_single:
        _merge_list(made, row, steps, own or (), default or (), existing, ids)
    elif own is None:
        differing = dict(_differing(row.resource, {}, default, existing))
        made.edits.extend([Edit(steps, differing)] if differing else [])
    elif (own.get("state") or PRESENT) == PRESENT:
        made.edits.extend(_changed(row.resource, steps, own, default or {}, existing))


def _new(project: Entry, managed: Iterable[str], defaults: Entry) -> dict[str, Any]:
    """Return the declaration of a new project: the collections that others declare, without the defaults."""
    entry = {name: value for name, value in project.items() if name not in DECLARED_IN_PROJECT}
    for name, row in DECLARED_IN_PROJECT.items():
        if name in managed and name in project and row.is_single:
            if not defaults.get(name) or dict(_differing(row.resource, {}, defaults[name], project[name])):
                entry[name] = project[name]
        elif name in managed and name in project:
            added = list(_besides(row, defaults.get(name) or (), project[name]))
            if added or defaults.get(name) is None:
                entry[name] = added
    return entry


def _besides(row: Kind, defaults: Sequence[Entry], existing: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries of a project's list that differ from the defaults; of limits, only those of models there."""
    resource = row.resource
    pairs, more, unused_missing = _paired(resource, defaults, existing, {})
    for number, item in pairs:
        differing = {
            name: value
            for name, value in item.items()
            if name in defaults[number] and not _same(defaults[number][name], value)
        }
        if differing:
            yield {**{name: defaults[number][name] for name in _naming(resource) if name in item}, **differing}
    if not row.comes_with_project:
        yield from more


def _merge_list(
    made: Merge,
    row: Kind,
    steps: tuple[Step, ...],
    entries: Sequence[Entry],
    defaults: Sequence[Entry],
    existing: Sequence[Entry],
    ids: Mapping[str, str],
) -> None:
    """Merge existing objects into a list, whose entries override the defaults option by option."""
    resource = row.resource
    default_pairs, unused_more, unused_missing = _paired(resource, defaults, existing, ids)
    default_of = {id(item): defaults[number] for number, item in default_pairs}
    pairs, more, missing = _paired(resource, entries, existing, ids)
    for number, item in pairs:
        if (entries[number].get("state") or PRESENT) == PRESENT:
            made.edits.extend(_changed(resource, (*steps, number), entries[number], default_of.get(id(item), {}), item))
    for item in more:
        default = default_of.get(id(item))
        if default is not None:
            differing = dict(_differing(resource, {}, default, item))
            names = {name: default[name] for name in _naming(resource) if default.get(name) is not None}
            if differing:
                made.edits.append(Edit(steps, {**names, **differing}, adds=True))
        elif not row.comes_with_project:
            made.edits.append(Edit(steps, dict(item), adds=True))
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    made.left.extend(f"{where}[{number}]" for number in missing if (entries[number].get("state") or PRESENT) == PRESENT)


def _changed(resource: Resource, steps: tuple[Step, ...], entry: Entry, default: Entry, item: Entry) -> Iterator[Edit]:
    for name, value in _differing(resource, entry, default, item):
        yield Edit((*steps, name), value)


def _differing(resource: Resource, entry: Entry, default: Entry, item: Entry) -> Iterator[tuple[str, Any]]:
    """Yield the declared options whose values differ."""
    for name, value in item.items():
        own = entry.get(name) if entry.get(name) is not None else default.get(name)
        if name not in _naming(resource) and own is not None and not _same(own, value):
            yield name, value


def _same(one: Any, other: Any) -> bool:
    """Return whether two values are equal; numbers may be strings, and lists of dictionaries are unordered."""
    if isinstance(one, list) and isinstance(other, list):
        plain = [
            sorted(repr(sorted(each.items())) if isinstance(each, dict) else repr(each) for each in side)
            for side in (one, other)
        ]
        return plain[0] == plain[1]
    return bool(one == other) or (not isinstance(one, (list, dict)) and str(one) == str(other))


def _naming(resource: Resource) -> tuple[str, ...]:
    return (resource.id_param, *(key.option for key in resource.keys))


def _paired(
    resource: Resource, entries: Sequence[Entry], existing: Sequence[Entry], ids: Mapping[str, str]
) -> tuple[list[tuple[int, Entry]], list[Entry], list[int]]:
    """Return pairs of entries and objects, undeclared objects, and entries without an object."""
    by_name: dict[tuple[str, Any], Entry] = {}
    for item in existing:
        for name in _names(resource, item, ids):
            by_name.setdefault(name, item)
    pairs: list[tuple[int, Entry]] = []
    missing = []
    taken = set()
    for number, entry in enumerate(entries):
        found = next((by_name[name] for name in _names(resource, entry, {}) if name in by_name), None)
        if found is None:
            missing.append(number)
        elif id(found) not in taken:
            taken.add(id(found))
            pairs.append((number, found))
    return pairs, [item for item in existing if id(item) not in taken], missing


def _names(resource: Resource, entry: Entry, ids: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield everything that names an object, its ID first: the option, and the value for comparison."""
    own_id = entry.get(resource.id_param) if resource.id_param else None
    name = next((entry[key.option] for key in reversed(resource.keys) if not is_blank(entry.get(key.option))), None)
    known = own_id or (ids.get(name) if isinstance(name, str) else None)
    if known:
        yield resource.id_param, known
    if own_id:
        return
    for key in resource.keys:
        value = entry.get(key.option)
        if not is_blank(value):
            yield key.option, key.canonical(value)
