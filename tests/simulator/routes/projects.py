# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Projects: list, create, retrieve, update, archive."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from openai.types.admin.organization import Project as ProjectAnswer
from openai.types.admin.organization import ProjectCreateParams, ProjectListParams, ProjectUpdateParams

from .. import lookup
from ..errors import ApiError, bad_request
from ..operations import Call, Operation, Page
from ..organization import Project, copies
from .external_keys import KEYS as EXTERNAL_KEYS


def list_projects(call: Call) -> list[Project]:
    """Return active projects, and archived ones if they are requested."""
    archived_too = call.query.get("include_archived", False)
    return [item for item in call.world.organization.projects if archived_too or item.status != "archived"]


def create(call: Call) -> Project:
    """Create a project; several projects may have the same name."""
    lookup.check_text("name", call.body["name"])
    if call.body.get("residency") is not None and call.body.get("geography") is not None:
        raise bad_request("Provide only one of 'residency' and 'geography'.", param="geography", code="invalid_value")
    _check_external_key(call)
    organization = call.world.organization
    project = Project(
        name=call.body["name"],
        id=call.world.ids.new("proj_"),
        default=False,
        created_at=call.world.now(),
        external_key_id=call.body.get("external_key_id"),
        residency=call.body.get("residency"),
        rate_limits=copies(organization.default_rate_limits),
    )
    organization.projects.append(project)
    call.record(
        "project.created", {"id": project.id, "data": {"name": project.name, "title": project.name}}, project=project
    )
    return project


def update(call: Call) -> Project:
    """Rename a project or set its external key; neither is possible for the default project."""
    project = lookup.active_project(call)
    if project.default:
        raise bad_request("The default project cannot be updated.", code="default_project")
    lookup.check_text("name", call.body.get("name"))
    _check_external_key(call, project)
    project.name = call.body.get("name") or project.name
    project.external_key_id = call.body.get("external_key_id", project.external_key_id)
    changes = {"title": call.body["name"]} if call.body.get("name") else {}
    call.record("project.updated", {"id": project.id, "changes_requested": changes}, project=project)
    return project


def _check_external_key(call: Call, project: Project | None = None) -> None:
    """Refuse an external key without the feature, and another one for a project whose key only OpenAI can change."""
    key, fixed = call.body.get("external_key_id"), call.world.behaviour.external_keys_fixed
    if key is not None and not _has_external_keys(call):
        raise bad_request("External keys are not enabled for this organization.", param="external_key_id")
    if project is None or "external_key_id" not in call.body or key == project.external_key_id:
        return
    if project.id in fixed if isinstance(fixed, list) else fixed:
        raise ApiError(
            HTTPStatus.FORBIDDEN,
            "Changing the external key of an existing project is restricted. Contact your account team.",
            param="external_key_id",
            code="restricted",
        )


def _has_external_keys(call: Call) -> bool:
    """Return whether the organization has external keys; the answers of others do not contain them."""
    return not any(EXTERNAL_KEYS.startswith(route) for route in call.world.behaviour.unsupported)


def archive(call: Call) -> Project:
    """Archive a project permanently."""
    project = lookup.project(call)
    if project.status == "archived":
        if HTTPStatus(call.world.behaviour.archive_twice) is HTTPStatus.OK:
            return project
        return lookup.active_project(call)
    if project.default:
        raise bad_request("The default project cannot be archived.", code="default_project")
    project.status = "archived"
    project.archived_at = call.world.now()
    call.record("project.archived", {"id": project.id}, project=project)
    return project


def show(call: Call, project: Project) -> dict[str, Any]:
    """Return a project as the API formats it."""
    residency = project.residency if call.world.behaviour.residency_returned else None
    return {
        "object": "organization.project",
        "id": project.id,
        "name": project.name,
        "created_at": project.created_at,
        "archived_at": project.archived_at,
        "status": project.status,
        **({"external_key_id": project.external_key_id} if _has_external_keys(call) else {}),
        **({} if residency is None else {"residency": residency}),
    }


PROJECTS = "/organization/projects"
PROJECT = f"{PROJECTS}/{{project_id}}"

OPERATIONS = (
    Operation("GET", PROJECTS, list_projects, show, ProjectAnswer, query=ProjectListParams, page=Page()),
    Operation("POST", PROJECTS, create, show, ProjectAnswer, body=ProjectCreateParams),
    Operation("GET", PROJECT, lookup.project, show, ProjectAnswer),
    Operation("POST", PROJECT, update, show, ProjectAnswer, body=ProjectUpdateParams),
    Operation("POST", f"{PROJECT}/archive", archive, show, ProjectAnswer),
)
