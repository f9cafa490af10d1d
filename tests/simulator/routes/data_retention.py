# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long data is kept, in the organization and in each project: retrieve, update. The API notes no such change."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from openai.types.admin.organization import (
    DataRetentionUpdateParams,
    OrganizationDataRetention,
)
from openai.types.admin.organization.projects import (
    DataRetentionUpdateParams as ProjectDataRetentionUpdateParams,
)
from openai.types.admin.organization.projects import (
    ProjectDataRetention,
)

from .. import lookup
from ..errors import ApiError
from ..operations import Call, Operation
from ..organization import DataRetention


def retrieve(call: Call) -> DataRetention:
    """Return the setting; raise a 404 if the organization has no control of data retention."""
    found = lookup.scope(call).data_retention
    if found is None:
        raise _unavailable(HTTPStatus.NOT_FOUND)
    return found


def update(call: Call) -> DataRetention:
    """Set another type, if the organization has control of data retention."""
    scope = lookup.open_scope(call)
    if scope.data_retention is None or call.world.organization.data_retention is None:
        raise _unavailable(HTTPStatus.FORBIDDEN)
    scope.data_retention.type = call.body["retention_type"]
    return scope.data_retention


def _unavailable(status: HTTPStatus) -> ApiError:
    return ApiError(status, "Data retention controls are not available to this organization.", code="unavailable")


def show(call: Call, retention: DataRetention) -> dict[str, Any]:
    """Return the setting as the API formats it: C(retention_type) in requests is C(type) in answers."""
    return {"object": f"{lookup.scope_kind(call)}.data_retention", "type": retention.type}


OF_ORGANIZATION = "/organization/data_retention"
OF_PROJECT = "/organization/projects/{project_id}/data_retention"

OPERATIONS = (
    Operation("GET", OF_ORGANIZATION, retrieve, show, OrganizationDataRetention),
    Operation("POST", OF_ORGANIZATION, update, show, OrganizationDataRetention, body=DataRetentionUpdateParams),
    Operation("GET", OF_PROJECT, retrieve, show, ProjectDataRetention),
    Operation("POST", OF_PROJECT, update, show, ProjectDataRetention, body=ProjectDataRetentionUpdateParams),
)
