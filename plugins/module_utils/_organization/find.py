# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What there is of a declared organization: collections read once, and declared objects found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    NotFound,
    Problem,
    Refused,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import find_first
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import list_all
from ansible_collections.community.openai_admin.plugins.module_utils._core.references import resolve, resolve_rest
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    DECLARED_IN_PROJECT,
    KINDS,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Key, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    PROJECT_ID,
    Looked,
    Place,
    Run,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    DEFAULTS,
    Declaration,
    Declared,
    DeclaredProject,
)


def read(run: Run, places: Iterable[Place]) -> None:
    """Read collections, each once, at the same time. Raises C(AdminError) if one of them could not be read."""
    pieces = [
        Piece(
            f"GET {place.resource.path_in(place.ids)}",
            partial(list_all, run.snapshot, place.resource, place.ids, of=place.of, seen=True),
        )
        for place in places
    ]
    gather(run.client, pieces, run.pace, "Reading")


def look(run: Run, declared: Declared, place: Place, purged: bool = False) -> Looked:
    """Return what there is of a declared object. Raises C(AdminError)."""
    desired = declared.desired
    if place.project_id:
        declared = replace(declared, params={**declared.params, PROJECT_ID: place.project_id})
    resource = _listed(run, declared)
    scope = place.scope
    desired, unresolved = resolve(run.snapshot, resource, desired, scope)
    current = find_first(run.snapshot, resource, desired, declared.params, scope)
    desired, more = resolve_rest(run.snapshot, resource, desired, current)
    return Looked(declared, resource, desired, current, place, (*unresolved, *more), purged)


def look_all(run: Run, objects: Iterable[tuple[Place, Declared]]) -> tuple[list[Looked], list[Problem]]:
    """Return what there is of declared objects, and a problem for each where that cannot be said."""
    found, problems = [], []
    for place, declared in objects:
        try:
            found.append(look(run, declared, place))
        except (Refused, NotFound) as error:
            problems.append(declared.problem(error.message, option_of(error)))
    return found, problems


def option_of(error: AdminError) -> str:
    """Return the option that an error is about; empty: the object as a whole."""
    return error.option if isinstance(error, Refused) else ""


def _listed(run: Run, declared: Declared) -> Resource:
    """The resource, its objects found by their ids in listings; one that no listing shows is asked for alone."""
    resource = declared.resource
    if not resource.by_id or resource.singleton:
        return resource
    own_id = declared.params.get(resource.id_param)
    lists_all = not any(place.resource is None and place.query for place in resource.elsewhere)
    if own_id and not lists_all and all(resource.id_of(item) != own_id for item in run.snapshot.listing(resource)):
        return resource
    return _LISTED[resource.kind]


_LISTED = {
    row.resource.kind: replace(
        row.resource, by_id=False, keys=(Key(row.resource.id_param, row.resource.id_path), *row.resource.keys)
    )
    for row in KINDS
}


def own_places(declaration: Declaration) -> list[Place]:
    """Return the collections of the organization that are managed, projects first."""
    projects = [] if declaration.projects is None else [(PROJECTS, ())]
    others = [(DECLARED_IN_ORGANIZATION[word], objects) for word, objects in declaration.collections.items()]
    return [
        Place(row, where=row.word, declared=objects, purged=row.word in declaration.purge)
        for row, objects in (*projects, *others)
    ]


def places_in_projects(projects: Iterable[Looked]) -> Iterator[Place]:
    """Yield the collections of projects that are managed: of those that are to be there."""
    for looked in projects:
        declared, known = looked.declared, looked.current.object
        if (
            not isinstance(declared, DeclaredProject)
            or not declared.stays
            or (known and looked.resource.standing(known) == "gone")
        ):
            continue
        name = str(declared.params.get("name") or (known or {}).get("name") or "")
        for word, objects in declared.collections.items():
            yield Place(
                DECLARED_IN_PROJECT[word],
                {PROJECT_ID: looked.resource.id_of(known) if known else None},
                name,
                f" of {PROJECTS.resource.call(name)}",
                f"{declared.where}.{word}",
                objects,
                word in declared.purge,
                f"{DEFAULTS}.purge" if declared.purged_by_default else "",
            )
