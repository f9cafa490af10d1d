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
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._core.candidates import (
    desire_entry,
    entry_options,
    names_of_entry,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import cleaned, is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._kinds import registry
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    DECLARED_IN_PROJECT,
    INSIDE,
    KINDS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    PRESENT,
    Parent,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    DEFAULTS,
    declares,
    defaults_of,
    lead,
    with_dictionaries,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import Step

PROJECTS = registry.PROJECTS.word
_PROJECT = registry.PROJECTS.resource
PROTECTED = ("Default project",)
_WITH_IDS = [row for row in KINDS if row.within is registry.PROJECTS and row.has_ids]

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
    """Declared objects that do not exist, with their labels in messages."""
    ids: Ids = field(default_factory=dict)
    """The IDs of existing objects, by name."""


def merge(declared: Entry, organization: Entry, ids: Ids) -> Merge:
    """Return the changes that merge an exported organization into a declaration.

    C(ids): IDs of existing objects by name: of service accounts by project, of all others by collection.
    """
    made = Merge(ids=ids)
    declared, organization = with_dictionaries(declared), with_dictionaries(organization)
    for name, row in DECLARED_IN_ORGANIZATION.items():
        if declared.get(name) is not None and name in organization:
            _merge_kind(made, row, (name,), declared[name], None, organization[name], _known(row, ids))
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
    pairs, more, missing = _paired(registry.PROJECTS, entries, existing, own_ids)
    for number, project in pairs:
        entry = entries[number]
        if (entry.get("state") or PRESENT) != PRESENT:
            continue
        itself = {name: value for name, value in project.items() if name not in DECLARED_IN_PROJECT}
        made.edits.extend(_changed(registry.PROJECTS, (PROJECTS, number), entry, {}, itself))
        of_defaults = defaults_of(declared, entry)
        inside = replace(made, ids=_ids_in(project.get("name"), ids))
        for name, row in DECLARED_IN_PROJECT.items():
            if name not in project or (entry.get(name) is None and of_defaults.get(name) is None):
                continue
            known = inside.ids.get(row.resource.plural if row.has_ids else name) or {}
            steps = (PROJECTS, number, name)
            _merge_kind(inside, row, steps, entry.get(name), of_defaults.get(name), project[name], known)
    protected = declared.get("protected_projects", PROTECTED) or ()
    for project in more:
        if project.get("name") not in protected:
            new = _new(project, managed, defaults)
            made.new_projects.append(_shortened(registry.PROJECTS, new))
    made.left.extend(f"{PROJECTS}[{number}]" for number in missing)


def _ids_in(project: Any, ids: Ids) -> dict[str, Any]:
    """Return the IDs with those of a project in place of those of the organization, by the names of their kinds."""
    own = {row.resource.plural: (ids.get(row.ids_word) or {}).get(project) or {} for row in _WITH_IDS}
    return {**ids, **own}


def _merge_kind(
    made: Merge, row: Kind, steps: tuple[Step, ...], own: Any, default: Any, existing: Any, ids: Mapping[Any, str]
) -> None:
    """Merge the existing objects of a kind into the declared ones."""
    if not row.is_single:
        _merge_list(made, row, steps, own or (), default or (), existing, ids)
    elif own is None:
        differing = dict(_differing(row, {}, default, existing))
        made.edits.extend([Edit(steps, differing)] if differing else [])
    elif (own.get("state") or PRESENT) == PRESENT:
        made.edits.extend(_changed(row, steps, own, default or {}, existing))


def _new(project: Entry, managed: Iterable[str], defaults: Entry) -> dict[str, Any]:
    """Return the declaration of a new project: the collections that others declare, without the defaults."""
    entry = {name: value for name, value in project.items() if name not in DECLARED_IN_PROJECT}
    for name, row in DECLARED_IN_PROJECT.items():
        if name in managed and name in project and row.is_single:
            if not defaults.get(name) or dict(_differing(row, {}, defaults[name], project[name])):
                entry[name] = project[name]
        elif name in managed and name in project:
            added = list(_besides(row, defaults.get(name) or (), project[name]))
            if added or defaults.get(name) is None:
                entry[name] = added
    return entry


def _besides(row: Kind, defaults: Sequence[Entry], existing: Sequence[Entry]) -> Iterator[Entry]:
    """Return what a project declares in addition to the defaults; of limits, those of models that the defaults name."""
    pairs, more, unused_missing = _paired(row, defaults, existing, {})
    for number, item in pairs:
        differing = {
            name: value
            for name, value in item.items()
            if name in defaults[number] and not _means_same(row, name, defaults[number][name], value)
        }
        if differing:
            yield {**{name: defaults[number][name] for name in _naming(row) if name in item}, **differing}
    if not row.comes_with_project:
        yield from more


def _merge_list(
    made: Merge,
    row: Kind,
    steps: tuple[Step, ...],
    entries: Sequence[Entry],
    defaults: Sequence[Entry],
    existing: Sequence[Entry],
    ids: Mapping[Any, str],
) -> None:
    """Merge existing objects into a list: options of its entries take precedence over the defaults, one by one."""
    default_pairs, unused_more, unused_missing = _paired(row, defaults, existing, ids)
    default_of = {id(item): defaults[number] for number, item in default_pairs}
    pairs, more, missing = _paired(row, entries, existing, ids)
    for number, item in pairs:
        if (entries[number].get("state") or PRESENT) == PRESENT:
            itself = {name: value for name, value in item.items() if name not in INSIDE[row]}
            made.edits.extend(_changed(row, (*steps, number), entries[number], default_of.get(id(item), {}), itself))
            for word, inner in INSIDE[row].items():
                if word in item:
                    _merge_inside(made, inner, (*steps, number, word), entries[number], item[word])
    for item in more:
        default = default_of.get(id(item))
        if default is not None:
            differing = dict(_differing(row, {}, default, item))
            names = {name: default[name] for name in _naming(row) if default.get(name) is not None}
            if differing:
                made.edits.append(Edit(steps, {**names, **differing}, adds=True))
        elif not row.comes_with_project:
            managed = {name for name, inner in INSIDE[row].items() if any(declares(inner, each) for each in entries)}
            itself = {name: value for name, value in item.items() if name in managed or name not in INSIDE[row]}
            made.edits.append(Edit(steps, _shortened(row, itself), adds=True))
    where = _where(steps)
    made.left.extend(f"{where}[{number}]" for number in missing if (entries[number].get("state") or PRESENT) == PRESENT)


def _merge_inside(made: Merge, row: Kind, steps: tuple[Step, ...], holder: Entry, existing: Sequence[Entry]) -> None:
    """Merge what an object contains into the entry that declares it, which may name one of its roles itself."""
    own, known = holder.get(row.word), _known(row, made.ids)
    first = lead(row, holder)
    if own is None and not first:
        return
    if first:
        unused_pairs, existing, missing = _paired(row, [first], existing, known)
        made.left.extend([f"{_where(steps[:-1])}.{next(iter(first))}"] if missing else [])
    _merge_kind(made, row, steps, own, None, existing, known)


def _shortened(row: Kind, entry: Entry) -> Any:
    """Return an entry as people write it: only the name, if that is all that it contains."""
    short = row.owned.short if row.owned else ""
    if short and [*entry] == [short]:
        return entry[short]
    return {
        name: [_shortened(INSIDE[row][name], each) for each in value]
        if name in INSIDE[row] and not INSIDE[row][name].is_single
        else value
        for name, value in entry.items()
    }


def _where(steps: Iterable[Step]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _changed(row: Kind, steps: tuple[Step, ...], entry: Entry, default: Entry, item: Entry) -> Iterator[Edit]:
    """Yield the edits of an entry, which is replaced if the value is now that of an option that excludes another."""
    differing = dict(_differing(row, entry, default, item))
    excluded = {other for name in differing for other in _excluded(row, name) if entry.get(other) is not None}
    if excluded:
        yield Edit(steps, {**{name: value for name, value in entry.items() if name not in excluded}, **differing})
        return
    for name, value in differing.items():
        yield Edit((*steps, name), value)


def _differing(row: Kind, entry: Entry, default: Entry, item: Entry) -> Iterator[tuple[str, Any]]:
    """Yield the declared options that have another value there, and those there that exclude a declared option."""
    own = {name: value for name, value in entry.items() if value is not None}
    replaced = {other for name in own for other in _excluded(row, name)}
    both = {**{name: value for name, value in default.items() if value is not None and name not in replaced}, **own}
    for name, value in item.items():
        if name in _naming(row):
            continue
        excludes = value is not None and any(other in both for other in _excluded(row, name))
        if excludes or (name in both and not _means_same(row, name, both[name], value)):
            yield name, value


def _excluded(row: Kind, option: str) -> Iterator[str]:
    """Yield the options that cannot be declared together with an option."""
    for each in row.resource.alternatives.get(option, ()):
        if each.name != option:
            yield each.name


def _means_same(row: Kind, option: str, one: Any, other: Any) -> bool:
    """Return whether two values of an option are equal, or mean the same to the API, such as two texts of one key."""
    known = next((each for each in row.resource.options if each.option_name == option), None)
    if _same(one, other) or known is None or type(one) is not type(other):
        return _same(one, other)
    forms = [known.canonical(cleaned(known, value)) for value in (one, other)]
    return bool(forms[0] == forms[1])


def _same(one: Any, other: Any) -> bool:
    """Return whether two values are equal; numbers may be strings, and lists of dictionaries are unordered."""
    if isinstance(one, list) and isinstance(other, list):
        plain = [
            sorted(repr(sorted(each.items())) if isinstance(each, dict) else repr(each) for each in side)
            for side in (one, other)
        ]
        return plain[0] == plain[1]
    return bool(one == other) or (not isinstance(one, (list, dict)) and str(one) == str(other))


def _naming(row: Kind) -> tuple[str, ...]:
    """Return the options that name an object, and what it refers to for that."""
    resource, named = row.resource, _references(row.resource)
    if row.owned:
        return tuple(entry_options(row.owned))
    parents = [each.resource.parent for each in named]
    options = (option for each in (*named, *parents) if each for option in (each.name_option, each.id_option))
    return (resource.id_param, *(key.option for key in resource.keys), *options)


def _paired(
    row: Kind, entries: Sequence[Entry], existing: Sequence[Entry], ids: Mapping[Any, str]
) -> tuple[list[tuple[int, Entry]], list[Entry], list[int]]:
    """Return pairs of entries and objects, undeclared objects, and entries without an object."""
    by_name: dict[tuple[str, Any], Entry] = {}
    for item in existing:
        for name in _names(row, item, ids):
            by_name.setdefault(name, item)
    pairs: list[tuple[int, Entry]] = []
    missing = []
    taken = set()
    for number, entry in enumerate(entries):
        known = ids if row.owned or _references(row.resource) else {}
        found = next((by_name[name] for name in _names(row, entry, known) if name in by_name), None)
        if found is None:
            missing.append(number)
        elif id(found) not in taken:
            taken.add(id(found))
            pairs.append((number, found))
    return pairs, [item for item in existing if id(item) not in taken], missing


def _names(row: Kind, entry: Entry, ids: Mapping[Any, str]) -> Iterator[tuple[str, Any]]:
    """Return everything that names an object, its ID first: as an option, and in the form for comparison."""
    resource = row.resource
    if row.owned:
        yield from _names_of_member(row.owned, entry, ids)
        return
    for each in _references(resource):
        yield from _names_by_reference(resource, each, entry, ids)
    own_id = entry.get(resource.id_param) if resource.id_param else None
    keys = () if _references(resource) else resource.keys
    name = next((entry[key.option] for key in reversed(keys) if not is_blank(entry.get(key.option))), None)
    known = own_id or (ids.get(name) if isinstance(name, str) else None)
    if known:
        yield resource.id_param, known
    if own_id:
        return
    for key in keys:
        value = entry.get(key.option)
        if not is_blank(value):
            yield key.option, key.canonical(value)


def _names_by_reference(
    resource: Resource, refers: Parent, entry: Entry, ids: Mapping[Any, str]
) -> Iterator[tuple[str, Any]]:
    """Yield what names an object that another one identifies, and the values that identify it together with that."""
    fields = {each.name: each for each in resource.options}
    also = tuple(fields[name].canonical(entry.get(fields[name].option_name)) for name in resource.identified_with)
    parent, own_id, name = refers.resource.parent, entry.get(refers.id_option), entry.get(refers.name_option)
    place = (entry.get(parent.id_option) or entry.get(parent.name_option)) if parent else None
    known = own_id or ids.get((place, name) if parent else name)
    if known:
        yield refers.id_option, (known, *also)
    if name and not own_id:
        yield refers.name_option, (ids.get((None, place), place), name, *also)


def _references(resource: Resource) -> list[Parent]:
    """Return the references to other objects that identify an object, such as the service account of a rule."""
    keys = [key.option for key in resource.keys]
    return [each.refers for each in resource.options if each.refers and each.is_reference and each.option_name in keys]


def _known(row: Kind, ids: Ids) -> Mapping[Any, str]:
    """Return the IDs by which entries of a kind may name what they declare."""
    if row.owned or _references(row.resource):
        return _ids_of_others(row, ids)
    return ids.get(row.word) or {}


def _ids_of_others(row: Kind, ids: Ids) -> Mapping[Any, str]:
    """Return the IDs of what entries refer to: by name, or by the project, as its name or its ID, and the name."""
    known: dict[Any, str] = {}
    projects = ids.get(PROJECTS) or {}
    for each in row.owned.candidates if row.owned else _references(row.resource):
        for name, own in (ids.get(each.resource.plural) or {}).items():
            if each.resource.parent is None or each.resource.parent_is_optional:
                known[name] = own
            else:
                places = (name, projects.get(name))
                known.update({(place, own_name): own_id for place in places for own_name, own_id in own.items()})
    known.update({(None, name): own_id for name, own_id in projects.items()})
    return known


def _names_of_member(membership: Membership, entry: Entry, ids: Mapping[Any, str]) -> Iterator[tuple[str, Any]]:
    """Return the same for a member of a set: the options that name a candidate, and the ID if it is known."""
    try:
        named, unused_desired = desire_entry(membership, entry, entry)
    except BadInput:
        return  # which is said where the declaration is checked
    id_option, parent = named.candidate.id_option, named.candidate.resource.parent
    yield named.option, names_of_entry(named)
    place = (entry.get(parent.id_option) or entry.get(parent.name_option)) if parent else None
    if place:
        yield named.option, (named.option, named.value, ids.get((None, place), place))
    built_in = named.candidate.resource.built_in
    for in_project in (False, True) if built_in and not named.by_id else ():
        known = built_in(named.value, in_project) if built_in else ""
        if known:
            yield id_option, (id_option, known)
    own_id = named.value if named.by_id else ids.get((place, named.value) if place else named.value)
    if own_id:
        yield id_option, (id_option, own_id)
