# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which models each project may use: retrieve, set, delete. The audit log has no events for these changes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from openai.types.admin.organization.projects import (
    ModelPermissionUpdateParams,
    ProjectModelPermissions,
    ProjectModelPermissionsDeleted,
)

from .. import lookup
from ..errors import ApiError, bad_request
from ..operations import Call, Operation
from ..organization import ModelPermissions, Project

NOT_SET = "No model permissions are set for the project {id}."


def retrieve(call: Call) -> ModelPermissions:
    """Return the permissions; raise a 404 if none are set."""
    project = lookup.project(call)
    if project.model_permissions is None:
        raise ApiError(HTTPStatus.NOT_FOUND, NOT_SET.format(id=project.id), code="not_found")
    return project.model_permissions


def update(call: Call) -> ModelPermissions:
    """Set permissions, and replace existing ones."""
    project = lookup.active_project(call)
    for model in call.body["model_ids"]:
        if call.world.behaviour.unknown_models == 400 and not _is_known(project, model):
            raise bad_request(
                f"The model '{model}' does not exist, or the organization has no access to it.",
                param="model_ids",
                code="model_not_found",
            )
    found = project.model_permissions = project.model_permissions or ModelPermissions(call.body["mode"])
    found.mode, found.model_ids = call.body["mode"], list(call.body["model_ids"])
    return found


def _is_known(project: Project, model: str) -> bool:
    base = model.split(":")[1] if model.startswith("ft:") else model
    return any(limit.model == base for limit in project.rate_limits or [])


def delete(call: Call) -> ModelPermissions:
    """Let the project use all models."""
    project = lookup.active_project(call)
    found = retrieve(call)
    project.model_permissions = None
    return found


def show(unused_call: Call, found: ModelPermissions) -> dict[str, Any]:
    """Return permissions as the API formats them."""
    return {"object": "project.model_permissions", "mode": found.mode, "model_ids": list(found.model_ids)}


def show_deleted(unused_call: Call, unused_found: ModelPermissions) -> dict[str, Any]:
    """Return the answer to a DELETE, which has no id."""
    return {"object": "project.model_permissions.deleted", "deleted": True}


PATH = "/organization/projects/{project_id}/model_permissions"

OPERATIONS = (
    Operation("GET", PATH, retrieve, show, ProjectModelPermissions),
    Operation("POST", PATH, update, show, ProjectModelPermissions, body=ModelPermissionUpdateParams),
    Operation("DELETE", PATH, delete, show_deleted, ProjectModelPermissionsDeleted),
)
