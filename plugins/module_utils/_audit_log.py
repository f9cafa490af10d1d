# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The audit log: who changed what, newest first, as far back as a task asks for."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import option
from ansible_collections.community.openai_admin.plugins.module_utils._asked_projects import (
    asked_projects,
    projects_options,
)
from ansible_collections.community.openai_admin.plugins.module_utils._client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Given, Params
from ansible_collections.community.openai_admin.plugins.module_utils._errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._event_types import EVENT_TYPES
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Mode, take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._moments import moment, span, time_options
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Object
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery, Outcome, Task

PAGE = 100
COMPARISONS = ("gt", "gte", "lt", "lte")
LISTS = ("event_types", "actor_ids", "actor_emails", "resource_ids")
_OF_TENANT = ("role.bound_to_resource", "role.unbound_from_resource")
_PATH = "/organization/audit_logs"


def audit_log_task() -> Task:
    """The task of the info module for the audit log."""
    comparisons = {name: option() for name in COMPARISONS}
    return Task(
        argument_spec={
            **time_options(),
            "effective_at": option("dict", options=comparisons),
            **projects_options(),
            **{name: option("list", elements="str") for name in LISTS},
            "tenant_only": option("bool", default=False),
            "max_results": option("int", default=1000),
        },
        work=tell,
    )


def tell(
    client: Client, params: Params, unused_given: Given, mode: Mode, unused_delivery: Delivery | None = None
) -> Outcome:
    """Read the audit log. Raises C(AdminError)."""
    times, problems = _times(params, client.clock.now())
    problems += _bad_types(params)
    most = params["max_results"]
    if most < 1:
        problems.append(f"max_results must be at least 1, not {most}")
    if problems:
        raise BadInput(f"{'; '.join(problems)}.")
    projects, assumes = asked_projects(client, params)
    warnings = take_for_granted(assumes, mode, "read the audit log")
    filters = {name: params[name] for name in LISTS if params.get(name) is not None}
    if projects is not None:
        filters["project_ids"] = projects
    if any(value == [] for value in filters.values()):
        return Outcome(changed=False, returns={"audit_logs": [], "truncated": False}, warnings=warnings)
    query = {**times, **filters, **({"tenant_only": True} if params["tenant_only"] else {})}
    events, truncated = _read(client, query, most)
    if not events and not filters:
        warnings += (
            "There is no event in the audit log"
            + (" of that time" if times else "")
            + ". Audit logging may be switched off: an owner switches it on in the organization's settings.",
        )
    returns = {"audit_logs": [_shown(event) for event in events], "truncated": truncated}
    return Outcome(changed=False, returns=returns, warnings=warnings)


def _read(client: Client, query: Mapping[str, Any], most: int) -> tuple[list[Object], bool]:
    """The newest events, at most so many, and whether there are more."""
    request = Request("GET", _PATH, "read the audit log", query={"limit": min(PAGE, most), **query})
    events: list[Object] = []
    for page, more in client.page_by_page(request):
        events.extend(page)
        if len(events) >= most:
            return events[:most], more or len(events) > most
    return events, False


def _times(params: Params, now: float) -> tuple[dict[str, int], list[str]]:
    """The filters of time, as the API names them, and what is wrong with how the task says them."""
    when, problems = span(params, now)
    found = {"gte": when.start, "lt": when.end}
    compared = params.get("effective_at") or {}
    if compared and any(value is not None for value in found.values()):
        problems.append("effective_at excludes start_time, end_time, since, month")
    for name, value in compared.items():
        if value is not None:
            try:
                found[name] = moment(value)
            except (ValueError, OverflowError):
                problems.append(f"effective_at.{name} must be Unix seconds, or a date or time, not '{value}'")
    return {f"effective_at[{name}]": value for name, value in found.items() if value is not None}, problems


def _bad_types(params: Params) -> list[str]:
    """Event types that do not exist, and those that the API does not list together with the others."""
    problems = []
    for name in params.get("event_types") or ():
        if name not in EVENT_TYPES:
            close = get_close_matches(name, EVENT_TYPES, 3)
            problems.append(f"'{name}' is no type of event" + (f" (is {' or '.join(close)} meant?)" if close else ""))
        elif _of_tenant(name) != params["tenant_only"]:
            problems.append(f"{name} is listed only with tenant_only: {str(_of_tenant(name)).lower()}")
    return problems


def _of_tenant(event_type: str) -> bool:
    return event_type.startswith("tenant.") or event_type in _OF_TENANT


def _shown(event: Object) -> dict[str, Any]:
    """An event as modules return it: what it is about under one key, and who it was, however they came in."""
    actor = event.get("actor") or {}
    came_by = actor.get(actor.get("type") or "") or {}
    who = came_by.get("user") or came_by.get("service_account") or {}
    project = event.get("project") or {}
    return {
        "id": event.get("id"),
        "type": event.get("type"),
        "effective_at": event.get("effective_at"),
        "project_id": project.get("id"),
        "project": project.get("name"),
        "actor_type": actor.get("type"),
        "actor_id": who.get("id"),
        "actor_email": who.get("email"),
        "api_key_id": came_by.get("id") if actor.get("type") == "api_key" else None,
        "ip_address": came_by.get("ip_address"),
        "details": event.get(str(event.get("type"))) or {},
    }
