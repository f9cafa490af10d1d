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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import (
    CERTIFICATE,
    CONTENT,
    WITH_CONTENT,
    fingerprint,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import is_active
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import OF_ORGANIZATION, OF_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER, USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    NOTHING,
    Field,
    Key,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot

INCLUDED = {PROJECT.plural: PROJECT, **OF_ORGANIZATION, **{each.plural: each for each in OF_PROJECT.values()}}
"""What can be exported, by the names of its listings."""


def export_options() -> Spec:
    return {
        "include": option("list", elements="str", choices=list(INCLUDED), default=list(INCLUDED)),
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
    inside = {name: resource for name, resource in OF_PROJECT.items() if resource.plural in include}
    needed = [PROJECT] if inside or {PROJECT.plural, INVITE.plural} & set(include) else []
    needed += [USER] if {USER.plural, PROJECT_USER.plural} & set(include) else []
    needed += [INVITE] if INVITE.plural in include else []
    needed += [CERTIFICATE] if CERTIFICATE.plural in include else []
    _read(client, snapshot, [(resource, {}, "") for resource in needed], pace)
    projects = snapshot.listing(PROJECT)
    scopes = {project["id"]: {PROJECT.id_param: project["id"]} for project in projects}
    listings = [
        (resource, scopes[project["id"]], f" of {_label(project)}")
        for project in projects
        for resource in inside.values()
    ]
    _read(client, snapshot, listings, pace)
    certificates = snapshot.listing(CERTIFICATE)
    detail = partial(with_details, client, CERTIFICATE, ids=NOTHING, query=WITH_CONTENT)
    pieces = [Piece(f"GET {CERTIFICATE.item}", partial(detail, listed)) for listed in certificates]
    with_content = [known for found in gather(client, pieces, pace, "Reading") for known in found]
    owners = {person["id"] for person in snapshot.listing(USER) if person.get("role") == OWNER}
    declaration: dict[str, Any] = {}
    if USER.plural in include:
        people = [person for person in snapshot.listing(USER) if not person.get("is_service_account")]
        declaration["users"] = _declared(USER, people)
    if inside or PROJECT.plural in include:
        declaration["projects"] = [
            {
                **entry,
                **{
                    name: _inside(resource, snapshot.listing(resource, scopes[project["id"]]), owners)
                    for name, resource in inside.items()
                },
            }
            for project, entry in zip(*_sorted(PROJECT, projects))
        ]
    if CERTIFICATE.plural in include:
        uses = Counter(fingerprint(CONTENT.read(known)) for known in with_content)
        declaration["certificates"] = [
            {
                **({"certificate_id": known["id"]} if uses[fingerprint(CONTENT.read(known))] > 1 else {}),
                **entry,
                "content": CONTENT.read(known),
                "active": is_active(known),
            }
            for known, entry in zip(*_sorted(CERTIFICATE, with_content))
        ]
    if INVITE.plural in include:
        pending = [invite for invite in snapshot.listing(INVITE) if INVITE.standing(invite) == "live"]
        declaration["invites"] = [_by_name(entry, projects) for entry in _declared(INVITE, pending)]
    ids: dict[str, Any] = {
        resource.plural: _ids(resource, snapshot.listing(resource)) for resource in (PROJECT, USER, INVITE, CERTIFICATE)
    }
    ids[SERVICE_ACCOUNT.plural] = {
        project["name"]: _ids(SERVICE_ACCOUNT, snapshot.listing(SERVICE_ACCOUNT, scopes[project["id"]]))
        for project in projects
        if SERVICE_ACCOUNT.plural in inside and project.get("name") in ids[PROJECT.plural]
    }
    return Outcome(changed=False, returns={"organization": declaration, "ids": ids})


def _ids(resource: Resource, objects: Iterable[Object]) -> dict[str, str]:
    """The ids of objects by their names; those of one name, which are declared by their ids, are left out.

    So is what is not exported, such as an invite that was accepted.
    """
    key = resource.keys[-1]
    exported = (item for item in objects if resource.standing(item) == "live")
    named = [(key.read(item), item["id"]) for item in exported if not is_blank(key.read(item))]
    uses = Counter(key.canonical(name) for name, unused_id in named)
    return {name: own_id for name, own_id in sorted(named) if uses[key.canonical(name)] == 1}


def _label(project: Object) -> str:
    name = project.get("name")
    return PROJECT.call(project["id"], PROJECT.id_param) if is_blank(name) else PROJECT.call(name)


def _read(
    client: Client, snapshot: Snapshot, listings: Iterable[tuple[Resource, Mapping[str, Any], str]], pace: Pace
) -> None:
    pieces = [
        Piece(f"GET {resource.path}", partial(list_all, snapshot, resource, ids, of=of))
        for resource, ids, of in listings
    ]
    gather(client, pieces, pace, "Reading")


def _inside(resource: Resource, listed: Sequence[Object], owners: set[str]) -> list[dict[str, Any]]:
    """What a project declares of a collection; owners of the organization own it whatever is declared."""
    own = [item for item in listed if resource is not PROJECT_USER or item["id"] not in owners]
    return [entry for item, entry in zip(*_sorted(resource, own)) if resource.standing(item) != "gone"]


def _declared(resource: Resource, objects: Sequence[Object]) -> list[dict[str, Any]]:
    return _sorted(resource, objects)[1]


def _sorted(resource: Resource, objects: Sequence[Object]) -> tuple[list[Object], list[dict[str, Any]]]:
    """Objects and how they are declared, by names; an id stands where a name does not tell one from another."""
    key = resource.keys[-1]  # the last one is a name; ids and contents come before it
    named = sorted(objects, key=lambda item: (str(key.canonical(key.read(item)) or ""), item["id"]))
    uses = Counter(key.canonical(key.read(item)) for item in named)
    entries = []
    for item in named:
        name = key.read(item)
        named_by = {key.option: name} if _tells(key, name) else {}
        unique = named_by and uses[key.canonical(name)] == 1
        own_id = (
            {} if unique or not (resource.by_id or resource.key(resource.id_param)) else {resource.id_param: item["id"]}
        )
        values = {field.option_name: field.read(item) for field in _told(resource)}
        entries.append({**own_id, **named_by, **{option: value for option, value in values.items() if _counts(value)}})
    return list(named), entries


def _tells(key: Key, name: Any) -> bool:
    """Whether an object can be declared by a name: none of blanks only, nor one that no task would take."""
    return not is_blank(name) and not any(flaws(key, key.option, name))


def _counts(value: Any) -> bool:
    """Whether a value can be declared: an empty text would clear the field, and one of blanks is none."""
    return value is not None and not (isinstance(value, str) and value and is_blank(value))


def _told(resource: Resource) -> list[Field]:
    """The fields that can be declared, besides what names the object."""
    naming = {resource.id_param, *(key.option for key in resource.keys)}
    return [field for field in resource.options if field.option_name not in naming and not field.is_hidden]


def _by_name(invite: dict[str, Any], projects: Sequence[Object]) -> dict[str, Any]:
    """An invite whose projects are named, where a name tells."""
    uses = Counter(project.get("name") for project in projects)
    names = {
        project["id"]: project["name"]
        for project in projects
        if _tells(PROJECT.keys[-1], project.get("name")) and uses[project["name"]] == 1
    }
    granted = [
        {
            **({"project": names[grant["id"]]} if grant["id"] in names else {"project_id": grant["id"]}),
            "role": grant.get("role"),
        }
        for grant in invite.get("projects") or ()
    ]
    return {**invite, "projects": granted}
