# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit log: every change is recorded here, and its events are formatted here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openai.types.admin.organization import AuditLogListResponse

from . import contract
from .organization import Actor, AdminApiKey, AuditEvent, Organization, Project
from .world import World

SESSION_ADDRESS = "127.0.0.1"


def record(
    world: World, actor: Actor, event: str, details: Mapping[str, Any], project: Project | None = None
) -> AuditEvent | None:
    """Record a change, unless audit logging is switched off. The SDK's types validate the details at once."""
    organization = world.organization
    if world.behaviour.audit_logging is not True:
        return None
    place = project
    if actor.api_key_id and world.behaviour.admin_key_events_in_default_project:
        place = next((item for item in organization.projects if item.default), None)
    noted = AuditEvent(
        type=event,
        id=world.ids.new("audit_log-"),
        effective_at=world.now(),
        actor=actor,
        project=place.id if place else None,
        details=dict(details),
    )
    contract.answer(AuditLogListResponse, worded(organization, noted))
    organization.audit_events.append(noted)
    return noted


def holder(world: World, key: AdminApiKey) -> Actor:
    """Return the owner of an admin key as the actor of requests with that key."""
    user = world.organization.user(key.owner)
    return Actor(user.email if user else None, key.owner or None, key.id)


def worded(organization: Organization, event: AuditEvent) -> dict[str, Any]:
    """Return an event as the API formats it; the key of its details contains a dot."""
    place = organization.project(event.project) if event.project else None
    return {
        "id": event.id,
        "type": event.type,
        "effective_at": event.effective_at,
        "actor": _actor(event.actor),
        **({"project": {"id": place.id, "name": place.name}} if place else {}),
        **({event.type: event.details} if event.details else {}),
    }


def known(**facts: str | None) -> dict[str, str]:
    """Return the facts that are not None, since events leave out unknown facts, and none of them may be null."""
    return {name: value for name, value in facts.items() if value is not None}


def _actor(actor: Actor) -> dict[str, Any]:
    user = known(id=actor.user_id, email=actor.email)
    if actor.api_key_id is None:
        return {"type": "session", "session": {"user": user, "ip_address": SESSION_ADDRESS}}
    return {"type": "api_key", "api_key": {"id": actor.api_key_id, "type": "user", "user": user}}
