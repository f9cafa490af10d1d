# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limits of a project: list and update. A project has them from its creation on, and they cannot be deleted."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from openai.types.admin.organization.projects import (
    ProjectRateLimit,
    RateLimitListRateLimitsParams,
    RateLimitUpdateRateLimitParams,
)

from .. import lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page
from ..organization import RateLimit


def list_rate_limits(call: Call) -> list[RateLimit]:
    """Return the limits of every model that the project can use."""
    return lookup.project(call).rate_limits or []


def update(call: Call) -> RateLimit:
    """Update limits; all limits in the request must apply to the model."""
    project = lookup.active_project(call)
    limit = lookup.by_id(project.rate_limits or [], "rate limit", call.path["rate_limit_id"])
    for name, value in call.body.items():
        _check(limit, name, value)
    cap = call.world.behaviour.limits_cap
    for name, value in call.body.items():
        setattr(limit, name, value if cap is None else min(value, cap))
    call.record("rate_limit.updated", {"id": limit.id, "changes_requested": call.body}, project=project)
    return limit


def _check(limit: RateLimit, name: str, value: int) -> None:
    if getattr(limit, name) is None:
        raise bad_request(f"'{name}' does not apply to the model {limit.model}.", param=name, code="invalid_value")
    if value < 0:
        raise bad_request(f"Invalid value for '{name}': it must not be negative.", param=name, code="invalid_value")


def show(unused_call: Call, limit: RateLimit) -> dict[str, Any]:
    """Return rate limits as the API formats them, without those that do not apply to the model."""
    applying = {name: value for name, value in asdict(limit).items() if value is not None}
    return {"object": "project.rate_limit", "id": limit.id, **applying}


LIMITS = "/organization/projects/{project_id}/rate_limits"
LIMIT = f"{LIMITS}/{{rate_limit_id}}"

OPERATIONS = (
    Operation(
        "GET",
        LIMITS,
        list_rate_limits,
        show,
        ProjectRateLimit,
        query=RateLimitListRateLimitsParams,
        page=Page(default=100, maximum=1000),
    ),
    Operation("POST", LIMIT, update, show, ProjectRateLimit, body=RateLimitUpdateRateLimitParams),
)
