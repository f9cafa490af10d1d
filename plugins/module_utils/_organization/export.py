# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""An organization as a declaration: what there is, in exactly the shape in which it can be declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
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
    KINDS,
    PEOPLE,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Field,
    Key,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot

INCLUDED = {row.resource.plural: row.resource for row in KINDS}
"""What can be exported, by the names of its listings."""

USUAL = dict.fromkeys(row.resource.plural for row in KINDS if row.is_usual)
_PROJECT = PROJECTS.resource


def export_options() -> Spec:
    return {
        "include": option("list", elements="str", choices=list(INCLUDED), default=list(USUAL)),
        "workers": option("int", default=WORKERS),
    }


def export_organization() -> Task:
    """The task of the module that reads an organization as a declaration."""
    return Task(argument_spec=export_options(), work=export)


def export(
    client: Client, params: Params, unused_given: Given, mode: Mode, unused_delivery: Delivery | None = None
) -> Outcome:
    """Read what is asked for. Raises C(AdminError)."""
    include, workers = params["include"], params["workers"]
    if not 1 <= workers <= MOST_WORKERS:
        raise BadInput(f"workers must be at least 1 and at most {MOST_WORKERS}, not {workers}.")
    snapshot, pace = Snapshot(client), Pace(workers, tell=mode.tell)
    asked = [row for row in KINDS if row.resource.plural in include]
    inside = {row.word: row for row in asked if row.in_project}
    needed = [resource for row in asked for resource in (*([] if row.in_project else [row.resource]), *row.needs)]
    needed += [_PROJECT] if inside else []
    _read(client, snapshot, [(each, {}, "") for each in INCLUDED.values() if each in needed], pace)
    projects = snapshot.listing(_PROJECT)
    scopes = {own_id: {_PROJECT.id_param: own_id} for own_id in map(_PROJECT.id_of, projects)}
    listings = [
        (row.resource, scopes[_PROJECT.id_of(project)], f" of {_label(project)}")
        for project in projects
        for row in inside.values()
    ]
    _read(client, snapshot, listings, pace)
    people = {PEOPLE.resource.id_of(person): person for person in snapshot.listing(PEOPLE.resource)}
    declaration: dict[str, Any] = {}
    for row in asked:
        if not row.in_project and row is not PROJECTS:
            listed = _detailed(client, row.resource, snapshot.listing(row.resource), pace)
            declaration.update(_section(row, listed, people, projects))
    if inside or PROJECTS in asked:
        declaration[PROJECTS.word] = [
            {
                **entry,
                **{
                    word: value
                    for row in inside.values()
                    for word, value in _section(
                        row, snapshot.listing(row.resource, scopes[_PROJECT.id_of(project)]), people, projects
                    ).items()
                },
            }
            for project, entry in zip(*_sorted(PROJECTS, projects, projects))
        ]
    ids: dict[str, Any] = {
        row.resource.plural: _ids(row.resource, snapshot.listing(row.resource))
        for row in (PROJECTS, *DECLARED_IN_ORGANIZATION.values())
        if not row.is_single
    }
    for row in KINDS:
        if row.in_project and row.has_ids:
            ids[row.resource.plural] = {
                project["name"]: _ids(row.resource, snapshot.listing(row.resource, scopes[_PROJECT.id_of(project)]))
                for project in projects
                if row in inside.values() and project.get("name") in ids[_PROJECT.plural]
            }
    return Outcome(changed=False, returns={"organization": declaration, "ids": ids})


def _detailed(client: Client, resource: Resource, listed: Sequence[Object], pace: Pace) -> list[Object]:
    """The listed objects with what only reading each alone tells, where something names them that listings lack."""
    query = next((key.detail for key in resource.keys if key.detail), None)
    if query is None:
        return list(listed)
    detail = partial(with_details, client, resource, ids=NOTHING, query=query)
    pieces = [Piece(f"GET {resource.item}", partial(detail, each)) for each in listed]
    return [known for found in gather(client, pieces, pace, "Reading") for known in found]


def _ids(resource: Resource, objects: Iterable[Object]) -> dict[str, str]:
    """The ids of objects by their names; those of one name, which are declared by their ids, are left out.

    So is what is not exported, such as an invite that was accepted.
    """
    key = resource.keys[-1]
    exported = (item for item in objects if resource.standing(item) == "live")
    named = [(key.read(item), resource.id_of(item)) for item in exported if not is_blank(key.read(item))]
    uses = Counter(key.canonical(name) for name, unused_id in named)
    return {name: own_id for name, own_id in sorted(named) if uses[key.canonical(name)] == 1}


def _label(project: Object) -> str:
    name = project.get("name")
    return _PROJECT.call(_PROJECT.id_of(project), _PROJECT.id_param) if is_blank(name) else _PROJECT.call(name)


def _read(
    client: Client, snapshot: Snapshot, listings: Iterable[tuple[Resource, Mapping[str, Any], str]], pace: Pace
) -> None:
    pieces = [
        Piece(f"GET {resource.path_in(ids)}", partial(list_all, snapshot, resource, ids, of=of, seen=True))
        for resource, ids, of in listings
    ]
    gather(client, pieces, pace, "Reading")


def _section(
    row: Kind, listed: Sequence[Object], people: Mapping[str, Object], projects: Sequence[Object]
) -> dict[str, Any]:
    """What is declared of a kind, by its word; of what there is once and is not set, nothing."""
    if not row.is_single:
        return {row.word: _declared(row, listed, people, projects)}
    if not listed:
        return {}
    values = {field.option_name: _value(field, listed[0], projects) for field in _told(row)}
    return {row.word: {name: value for name, value in values.items() if _counts(value)}}


def _declared(
    row: Kind, listed: Sequence[Object], people: Mapping[str, Object], projects: Sequence[Object]
) -> list[dict[str, Any]]:
    """What is declared of a collection. In a set, a name has to tell its members from all that could be in it."""
    standing = row.resource.standing
    own = [item for item in listed if not row.left_out(item, people) and (row.members or standing(item) == "live")]
    return [entry for item, entry in zip(*_sorted(row, own, projects)) if standing(item) == "live"]


def _sorted(
    row: Kind, objects: Sequence[Object], projects: Sequence[Object]
) -> tuple[list[Object], list[dict[str, Any]]]:
    """Objects and how they are declared, by names; an id stands where a name does not tell one from another."""
    resource = row.resource
    key = resource.keys[-1]  # the last one is a name; ids and contents come before it
    named = sorted(objects, key=lambda item: (str(key.canonical(key.read(item)) or ""), resource.id_of(item)))
    uses = {each: Counter(each.canonical(each.read(item)) for item in named) for each in (key, *_exported_keys(row))}
    entries = []
    for item in named:
        name = key.read(item)
        named_by = {key.option: name} if _tells(key, name) else {}
        is_alone = all(count[each.canonical(each.read(item))] == 1 for each, count in uses.items())
        unique = named_by and is_alone
        own_id = {} if unique or not row.names_ids else {resource.id_param: resource.id_of(item)}
        values = {field.option_name: _value(field, item, projects) for field in _told(row)}
        contents = {each.option: each.read(item) for each in _exported_keys(row)}
        known = {option: value for option, value in values.items() if _counts(value)}
        entries.append({**own_id, **named_by, **known, **contents})
    return list(named), entries


def _exported_keys(row: Kind) -> list[Key]:
    """What names an object besides its name and is exported: its content, which has to be there to create it again."""
    return [key for key in row.resource.keys if key.detail and not row.members]


def _tells(key: Key, name: Any) -> bool:
    """Whether an object can be declared by a name: none of blanks only, nor one that no task would take."""
    return not is_blank(name) and not any(flaws(key, key.option, name))


def _counts(value: Any) -> bool:
    """Whether a value can be declared: an empty text would clear the field, and one of blanks is none."""
    return value is not None and not (isinstance(value, str) and value and is_blank(value))


def _told(row: Kind) -> list[Field]:
    """The fields that can be declared, besides what names the object."""
    resource = row.resource
    naming = {resource.id_param, *(key.option for key in resource.keys)}
    own = [field for field in resource.options if field.option_name not in naming and not field.is_hidden]
    return [*own, *row.fields]


def _value(field: Field, item: Object, projects: Sequence[Object]) -> Any:
    """The value of a field; entries that refer to projects name them, where a name tells."""
    value = field.read(item)
    return _by_name(value or (), projects) if field.refers and field.refers.resource is _PROJECT else value


def _by_name(granted: Iterable[Object], projects: Sequence[Object]) -> list[dict[str, Any]]:
    uses = Counter(project.get("name") for project in projects)
    names = {
        _PROJECT.id_of(project): project["name"]
        for project in projects
        if _tells(_PROJECT.keys[-1], project.get("name")) and uses[project["name"]] == 1
    }
    return [
        {
            **({"project": names[grant[ID]]} if grant[ID] in names else {"project_id": grant[ID]}),
            "role": grant.get("role"),
        }
        for grant in granted
    ]
