# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The plan for a certificate, which needs more than the plans for other objects."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import Protocol

from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, Routes, gather
from ansible_collections.community.openai_admin.plugins.module_utils._certificates.lockout import keep_access
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Plan, Write, plan
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import Reads, list_all, scoped
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import (
    CERTIFICATE,
    DAY,
    is_active,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT, PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import pem
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted

_ACTIVE = next(field for field in CERTIFICATE.fields if field.name == "active")
_SOON = 30
"""Days in which an expiry is worth a warning."""


class _Reads(Reads, Routes, Protocol):
    """Answers read requests, several at the same time."""


def where_active(client: _Reads, unused_resource: Resource, desired: Desired, current: Current) -> Current:
    """Find where a certificate to delete is active. Raises C(Refused) if the task would lock itself out."""
    known = current.object
    if desired.present or known is None or not desired.asks("deactivate_first"):
        return current
    if is_active(known) and not desired.asks("allow_lockout"):
        active = [item for item in current.listed if is_active(item)]
        stays = [item for item in active if CERTIFICATE.id_of(item) != CERTIFICATE.id_of(known)]
        keep_access(client, "", active, stays)
    return replace(current, elsewhere={**current.elsewhere, "projects": _active_in(client, known)})


def _active_in(client: _Reads, known: Object) -> tuple[Object, ...]:
    """Return the active projects in which a certificate is active, by reading each of them."""

    def is_active_in(place: Current) -> bool:
        listed = list_all(client, CERTIFICATE, place.ids, of=place.of)
        return any(CERTIFICATE.id_of(item) == CERTIFICATE.id_of(known) and is_active(item) for item in listed)

    projects = list_all(client, PROJECT)
    places = [scoped(IN_PROJECT, PROJECT.id_of(project), project.get("name")) for project in projects]
    pieces = [Piece(f"GET {CERTIFICATE.path_in(place.ids)}", partial(is_active_in, place)) for place in places]
    found = gather(client, pieces, Pace(), "Reading")
    return tuple(project for project, active in zip(projects, found) if active)


def plan_certificate(resource: Resource, desired: Desired, current: Current) -> Plan:
    """Plan the task. Raises C(Refused) if the current state does not allow it."""
    todo = plan(resource, desired, current)
    if not desired.present:
        return _retired(resource, desired, current, todo) if todo.writes else todo
    warnings = (*_validity(desired), *(_namesakes(desired, current) if todo.before is None else ()))
    return replace(todo, warnings=(*todo.warnings, *warnings))


def _retired(resource: Resource, desired: Desired, current: Current, todo: Plan) -> Plan:
    """Return a plan that deactivates a certificate everywhere, in the organization last, then deletes it."""
    projects = current.elsewhere.get("projects", ())
    in_project = CERTIFICATE.path_in({IN_PROJECT.id_option: None})
    places = [(in_project, PROJECT.id_of(project), f"project '{project.get('name')}'") for project in projects]
    if current.object is not None and is_active(current.object):
        places.append((resource.path, None, "the organization"))
    writes = tuple(
        Write(
            "deactivate",
            "POST",
            f"{path}/deactivate",
            {**current.ids, "project_id": project_id},
            f"deactivate {desired.label} in {place}",
            {"certificate_ids": [current.ids[resource.id_param]]},
            answers=False,
            expects=((_ACTIVE, False),),
        )
        for path, project_id, place in places
    )
    shown = {"active_in": [place for unused_path, unused_id, place in places]} if places else {}
    return replace(todo, writes=writes + todo.writes, shows=(shown, {}))


def _validity(desired: Desired) -> tuple[str, ...]:
    content = desired.values.get("content")
    if content is None:
        return ()
    certificate, now = pem.read_one(content), time.time()
    if certificate.not_before > now:
        return (f"The {desired.label} is not valid yet: until then, the API rejects clients that it has signed.",)
    days = int((certificate.not_after - now) // DAY)
    if days < 0:
        return (f"The {desired.label} has expired: the API rejects clients that it has signed.",)
    if days < _SOON:
        return (
            f"The {desired.label} expires in {counted(days, 'day')}: upload and activate its successor before that.",
        )
    return ()


def _namesakes(desired: Desired, current: Current) -> tuple[str, ...]:
    """Return a warning if another certificate has the same name: names are not unique."""
    name = desired.values.get("name")
    same = [CERTIFICATE.id_of(each) for each in current.listed if name is not None and each.get("name") == name]
    if not same:
        return ()
    return (
        f"Another certificate is named '{name}': {', '.join(same)}. It stays beside the new one. From now on, identify"
        " them by certificate_id or by content.",
    )
