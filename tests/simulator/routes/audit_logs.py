# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Audit logs: list. `Call.record` adds the events, wherever something changes."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from openai.types.admin.organization import AuditLogListParams, AuditLogListResponse

from .. import audit
from ..errors import ApiError, bad_request
from ..operations import Call, Operation, Page
from ..organization import AuditEvent

TENANT = "tenant."
TENANT_ROLES = {"role.bound_to_resource", "role.unbound_from_resource"}
COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def list_events(call: Call) -> list[AuditEvent]:
    """Return the events that pass all filters, newest first."""
    logging = call.world.behaviour.audit_logging
    if logging == "forbidden":
        raise ApiError(
            HTTPStatus.FORBIDDEN,
            "Audit logging is not enabled for this organization.",
            code="audit_logging_not_enabled",
        )
    _check_types(call)
    oldest_first = sorted(call.world.organization.audit_events, key=operator.attrgetter("effective_at"))
    folded = call.world.behaviour.folded
    return [event for event in reversed(oldest_first) if logging and _passes(call.query, event, folded)]


def _check_types(call: Call) -> None:
    """Refuse types of tenant events without `tenant_only`, and all other types with it."""
    tenant_only = call.query.get("tenant_only", False)
    for event_type in call.query.get("event_types", ()):
        if _of_tenant(event_type) != tenant_only:
            allowed = "must be" if tenant_only else "cannot be"
            raise bad_request(
                f"Invalid value for 'event_types': {event_type} {allowed} tenant-scoped where 'tenant_only' is "
                f"{str(tenant_only).lower()}.",
                param="event_types",
                code="invalid_value",
            )


def _of_tenant(event_type: str) -> bool:
    return event_type.startswith(TENANT) or event_type in TENANT_ROLES


def _passes(query: Mapping[str, Any], event: AuditEvent, folded: Callable[[str], str]) -> bool:
    limits = query.get("effective_at", {})
    found: dict[str, Sequence[str | None]] = {
        "event_types": [event.type],
        "project_ids": [event.project],
        "resource_ids": resources(event),
        "actor_ids": [event.actor.user_id, event.actor.api_key_id],
        "actor_emails": [event.actor.email],
    }
    return (
        _of_tenant(event.type) == query.get("tenant_only", False)
        and all(COMPARISONS[name](event.effective_at, limit) for name, limit in limits.items())
        and all(_meet(query[name], values, folded) for name, values in found.items() if name in query)
    )


def _meet(wanted: Sequence[str], values: Sequence[str | None], folded: Callable[[str], str]) -> bool:
    known = {folded(value) if "@" in value else value for value in values if value}
    return any((folded(value) if "@" in value else value) in known for value in wanted)


def resources(event: AuditEvent) -> list[str]:
    """Return the ids of the objects that an event changed."""
    return list(_ids(event.details))


def _ids(details: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(details.get("id"), str):
        yield details["id"]
    for item in details.get("certificates") or ():
        yield from _ids(item)


def show(call: Call, event: AuditEvent) -> dict[str, Any]:
    """Return an event as the API formats it."""
    return audit.worded(call.world.organization, event)


LOGS = "/organization/audit_logs"

OPERATIONS = (Operation("GET", LOGS, list_events, show, AuditLogListResponse, query=AuditLogListParams, page=Page()),)
