# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What lies in a managed collection and is not declared: told, or made to go where the declaration says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER, USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Current, Object, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    Declared,
    removal_settings,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.find import (
    PROJECT_ID,
    Looked,
    Place,
    Run,
    decide,
    look,
    mark_of,
    person_id,
    project_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import Step
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses


def find_undeclared(
    run: Run, places: Iterable[Place], objects: Iterable[tuple[Resource, Current]]
) -> list[tuple[Place, Object]]:
    """What lies in a managed collection and is not declared, but for what is never anybody's to declare."""
    declared = {
        mark_of(resource, current, known) for resource, current in objects for known in (current.object, *current.older)
    }
    found: list[tuple[Place, Object]] = []
    for place in places:
        for item in run.snapshot.listing(place.resource, place.ids):
            mark = (place.resource.kind, project_of(place), item["id"])
            if (
                mark not in declared
                and place.resource.standing(item) != "gone"
                and not _is_left_alone(run, place, item)
            ):
                found.append((place, item))
    _tell_of_nameless(run, found)
    _tell_of_namesakes(run, found)
    return found


def _tell_of_nameless(run: Run, found: Iterable[tuple[Place, Object]]) -> None:
    """Warn of what stays, in a collection that is purged, because nothing is shown by which it could be declared."""
    kept: dict[Place, list[Object]] = {}
    for place, item in found:
        if place.purged and _is_nameless(run, place, item):
            kept.setdefault(place, []).append(item)
    for place, items in kept.items():
        resource, ids = place.resource, ", ".join(str(item["id"]) for item in items)
        them = resource.title if len(items) == 1 else resource.titles
        run.warnings.append(
            f"purge leaves {len(items)} {them}{place.of} ({ids}): the API shows no {resource.keys[-1].option}, so it is"
            f" not known whether they are declared. Declare them by {resource.id_param}, or remove them in tasks of"
            " their own."
        )


def _is_nameless(run: Run, place: Place, item: Object) -> bool:
    """Whether the API shows nothing but an id of an object: it can be a declared one all the same."""
    resource = place.resource
    known = (run.snapshot.person(item["id"]) or item) if resource is PROJECT_USER else item
    return resource.by_id and all(
        key.canonical(key.read(each)) is None for each in (item, known) for key in resource.keys
    )


def _is_left_alone(run: Run, place: Place, item: Object) -> bool:
    if place.resource is PROJECT:
        return _is_protected_one(run, item)
    if place.resource is USER and item.get("role") != OWNER:  # whoever is to be in a project has to be here
        return item["id"] in run.people or addresses.canonical(item.get("email")) in run.people
    if place.resource is not PROJECT_USER or item.get("role") != OWNER:
        return False
    return item["id"] in run.turned or is_owner(run, item)  # whoever loses the organization loses this place as well


def _is_protected_one(run: Run, project: Object) -> bool:
    """Whether a project is the one that C(protected_projects) means.

    A name does not tell, where several projects have it. The default project is there since the organization is, so
    it is the oldest of them; where their ages do not tell, it is none that is known.
    """
    if project.get("name") not in run.declaration.protected_projects:
        return False
    others = [each for each in _namesakes(run, project) if each["id"] != project["id"]]
    return all(_is_older(project, each) for each in others)


def _is_older(project: Object, other: Object) -> bool:
    """Whether a project is known to be older than another one."""
    first, second = project.get("created_at"), other.get("created_at")
    return first is not None and second is not None and bool(first < second)


def _namesakes(run: Run, project: Object) -> list[Object]:
    """The active projects of a project's name, itself among them."""
    listed = run.snapshot.listing(PROJECT)
    return [each for each in listed if each.get("name") == project.get("name") and PROJECT.standing(each) == "live"]


def _tell_of_namesakes(run: Run, found: Iterable[tuple[Place, Object]]) -> None:
    """Warn of projects that stay, where projects are purged, because a protected one has the same name."""
    kept = {
        item["name"]: _namesakes(run, item)
        for place, item in found
        if place.resource is PROJECT and place.purged and item.get("name") in run.declaration.protected_projects
    }
    for name, twins in kept.items():
        ids = ", ".join(str(each["id"]) for each in twins)
        run.warnings.append(
            f"purge leaves {len(twins)} projects that are named '{name}' ({ids}), since protected_projects holds that"
            " name. Declare by project_id what is to stay, and archive the other one in a task of its own."
        )


def is_owner(run: Run, member: Object) -> bool:
    """Whether a member of a project owns the organization, and every project by that."""
    if run.snapshot.person(member["id"]) is None:
        run.snapshot.people(member.get("email") or "")
    return (run.snapshot.person(member["id"]) or {}).get("role") == OWNER


def purge(run: Run, place: Place, item: Object) -> list[Step]:
    """The plan by which something undeclared goes; none where a rule forbids it."""
    resource = place.resource
    if (resource is USER and item.get("role") == OWNER) or _is_nameless(run, place, item):
        return []
    if resource is PROJECT and item.get("name") in run.declaration.protected_projects:
        return []  # what cannot be undone is not done where a name is all that tells
    if resource is PROJECT_USER and (run.snapshot.person(item["id"]) or {}).get("is_service_account"):
        return []  # an account lies in its project, and is not taken out of it as a person
    return _removal(run, place, item["id"])


def purge_hidden(run: Run, places: Iterable[Place], declared: Iterable[Looked]) -> list[Step]:
    """The plans by which memberships go that are not declared, and hidden as long as somebody owns the organization."""
    ceasing = [own_id for own_id, person in run.turned.items() if person.get("role") != OWNER]
    if not ceasing:
        return []
    known = {(each.current.ids.get(PROJECT_ID), person_id(run, each)) for each in declared}
    return [
        step
        for place in places
        if place.resource is PROJECT_USER and place.purged and project_of(place)
        for own_id in ceasing
        if (project_of(place), own_id) not in known
        for step in _removal(run, place, own_id)
    ]


def _removal(run: Run, place: Place, own_id: str) -> list[Step]:
    """The plan by which an object goes, if anything is to be done; none where a rule forbids it."""
    resource = place.resource
    state = resource.remove.state if resource.remove else ""
    scope = {"project": place.project, PROJECT_ID: project_of(place)} if resource.parent else {}
    settings = removal_settings(run.declaration.allow_lockout)
    params = {**scope, resource.id_param: own_id, "state": state, **settings}
    declared = Declared(resource, place.purged_by, params, params, place.purged_by)
    try:
        step = decide(run, look(run, declared, place, purged=True))
    except Refused:
        return []
    return [step] if step.is_due else []


def unmanaged(place: Place, item: Object) -> dict[str, Any]:
    since = item.get("added_at") or item.get("created_at")
    return {
        "kind": place.resource.kind,
        "project": place.project or None,
        "name": item.get("email") or item.get("name"),
        "id": item["id"],
        "role": item.get("role"),
        "since": since,
    }


def models_by_project(left: Iterable[tuple[Place, Object]]) -> dict[str, list[str]]:
    """The models whose limits are not declared, by project."""
    models: dict[str, list[str]] = {}
    for place, item in left:
        if place.resource is RATE_LIMIT:
            models.setdefault(place.project, []).append(str(item.get("model")))
    return models
