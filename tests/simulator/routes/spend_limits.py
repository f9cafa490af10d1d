# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The spend limit of the organization and that of each project: retrieve, set, delete. The API notes no such change."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from openai.types.admin.organization import (
    OrganizationSpendLimit,
    OrganizationSpendLimitDeleted,
    SpendLimitUpdateParams,
)
from openai.types.admin.organization.projects import (
    ProjectSpendLimit,
    ProjectSpendLimitDeleted,
)
from openai.types.admin.organization.projects import (
    SpendLimitUpdateParams as ProjectSpendLimitUpdateParams,
)

from .. import lookup
from ..errors import ApiError, bad_request
from ..operations import Call, Operation
from ..organization import SpendLimit

NOT_SET = "No spend limit is set for the {place}."


def retrieve(call: Call) -> SpendLimit:
    """Return the limit; raise a 404 if none is set."""
    limit = lookup.scope(call).spend_limit
    if limit is None:
        raise ApiError(HTTPStatus.NOT_FOUND, NOT_SET.format(place=lookup.scope_name(call)), code="not_found")
    return limit


def update(call: Call) -> SpendLimit:
    """Set a limit, in cents, and replace an existing one."""
    scope = lookup.open_scope(call)
    amount = call.body["threshold_amount"]
    if amount < 1:
        raise bad_request(
            "Invalid value for 'threshold_amount': it must be at least 1.",
            param="threshold_amount",
            code="invalid_value",
        )
    limit = scope.spend_limit = scope.spend_limit or SpendLimit(amount)
    limit.threshold_amount, limit.currency, limit.interval = amount, call.body["currency"], call.body["interval"]
    limit.status = "enforcing"
    return limit


def delete(call: Call) -> SpendLimit:
    """Delete the limit."""
    scope = lookup.open_scope(call)
    limit = retrieve(call)
    scope.spend_limit = None
    return limit


def show(call: Call, limit: SpendLimit) -> dict[str, Any]:
    """Return a limit as the API formats it."""
    return {
        "object": f"{lookup.scope_kind(call)}.spend_limit",
        "threshold_amount": limit.threshold_amount,
        "currency": limit.currency,
        "interval": limit.interval,
        "enforcement": {"status": limit.status},
    }


def show_deleted(call: Call, unused_limit: SpendLimit) -> dict[str, Any]:
    """Return the answer to a DELETE, which has no id."""
    return {"object": f"{lookup.scope_kind(call)}.spend_limit.deleted", "deleted": True}


OF_ORGANIZATION = "/organization/spend_limit"
OF_PROJECT = "/organization/projects/{project_id}/spend_limit"

OPERATIONS = (
    Operation("GET", OF_ORGANIZATION, retrieve, show, OrganizationSpendLimit),
    Operation("POST", OF_ORGANIZATION, update, show, OrganizationSpendLimit, body=SpendLimitUpdateParams),
    Operation("DELETE", OF_ORGANIZATION, delete, show_deleted, OrganizationSpendLimitDeleted),
    Operation("GET", OF_PROJECT, retrieve, show, ProjectSpendLimit),
    Operation("POST", OF_PROJECT, update, show, ProjectSpendLimit, body=ProjectSpendLimitUpdateParams),
    Operation("DELETE", OF_PROJECT, delete, show_deleted, ProjectSpendLimitDeleted),
)
