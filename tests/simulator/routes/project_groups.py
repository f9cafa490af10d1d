# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups that have access to projects. Answers contain neither an id of the access nor the role in the project.

It is not known whether the real API lists a group here that only has a role in the project; the simulator does not.
"""

from __future__ import annotations

from http import HTTPStatus
from operator import attrgetter
from typing import Any

from openai.types.admin.organization.projects import (
    GroupCreateParams,
    GroupDeleteResponse,
    GroupListParams,
    GroupRetrieveParams,
)
from openai.types.admin.organization.projects import ProjectGroup as ProjectGroupAnswer

from .. import lookup
from ..errors import ApiError, not_found
from ..operations import Call, Operation, Page
from ..organization import Group, Project, ProjectGroup, RoleAssignment
from . import role_assignments, roles
from .groups import OWN, by_next, ordered


def list_groups(call: Call) -> list[ProjectGroup]:
    """Return all groups that have access to the project."""
    return ordered(call, lookup.active_project(call).groups, "asc")


def create(call: Call) -> ProjectGroup:
    """Give a group access to the project, with a role."""
    project, world = lookup.active_project(call), call.world
    group = lookup.by_id(world.organization.groups, "group", call.body["group_id"])
    role = roles.role_named(call, project, call.body["role"], alias=True)
    known = next((access for access in project.groups if access.group == group.id), None)
    if known is not None:
        status = HTTPStatus(world.behaviour.assign_role_twice)
        if status is not HTTPStatus.OK:
            raise ApiError(status, f"Group {group.id} already exists in project {project.id}.", code="already_exists")
        return known
    access = ProjectGroup(group.id, world.now())
    project.groups.append(access)
    if not any((item.role, item.group) == (role.id, group.id) for item in project.role_assignments):
        project.role_assignments.append(RoleAssignment(role.id, group=group.id))
    role_assignments.record(call, "created", project, group, roles.scoped(call, project, role))
    return access


def retrieve(call: Call) -> ProjectGroup:
    """Return the group in the path, if it has the requested type, by default that of the organization's own groups."""
    project = lookup.active_project(call)
    access = _listed(call, project)
    if _group(call, access).group_type != call.query.get("group_type", OWN):
        raise not_found("project group", access.group)
    return access


def delete(call: Call) -> ProjectGroup:
    """Remove a group's access to the project, with all roles that the group has there."""
    project = lookup.active_project(call)
    access = _listed(call, project)
    project.groups.remove(access)
    left = [item for item in project.role_assignments if item.group == access.group]
    project.role_assignments = [item for item in project.role_assignments if item not in left]
    for item in left:
        role = roles.role_named(call, project, item.role, alias=True)
        identifier = roles.scoped(call, project, role)
        role_assignments.record(call, "deleted", project, _group(call, access), identifier)
    return access


def _listed(call: Call, project: Project) -> ProjectGroup:
    for access in project.groups:
        if access.group == call.path["group_id"]:
            return access
    raise not_found("project group", call.path["group_id"])


def _group(call: Call, access: ProjectGroup) -> Group:
    return lookup.by_id(call.world.organization.groups, "group", access.group)


def show(call: Call, access: ProjectGroup) -> dict[str, Any]:
    """Return a group of a project as the API formats it."""
    group = _group(call, access)
    return {
        "object": "project.group",
        "project_id": call.path["project_id"],
        "group_id": group.id,
        "group_name": group.name,
        "group_type": group.group_type,
        "created_at": access.created_at,
    }


def show_deleted(unused_call: Call, unused_access: ProjectGroup) -> dict[str, Any]:
    """Return the answer to a removal, which does not say which group was removed."""
    return {"object": "project.group.deleted", "deleted": True}


GROUPS = "/organization/projects/{project_id}/groups"
GROUP = f"{GROUPS}/{{group_id}}"
PAGE = Page(default=20, minimum=0, id_of=attrgetter("group"), envelope=by_next)

OPERATIONS = (
    Operation("GET", GROUPS, list_groups, show, ProjectGroupAnswer, query=GroupListParams, page=PAGE),
    Operation("POST", GROUPS, create, show, ProjectGroupAnswer, body=GroupCreateParams),
    Operation("GET", GROUP, retrieve, show, ProjectGroupAnswer, query=GroupRetrieveParams),
    Operation("DELETE", GROUP, delete, show_deleted, GroupDeleteResponse),
)
