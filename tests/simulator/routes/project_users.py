# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Project users: list, create, retrieve, update, delete."""

from __future__ import annotations

from http import HTTPStatus
from operator import attrgetter
from typing import Any

from openai.types.admin.organization.projects import (
    ProjectUser as ProjectUserAnswer,
)
from openai.types.admin.organization.projects import (
    UserCreateParams,
    UserDeleteResponse,
    UserListParams,
    UserUpdateParams,
)

from .. import lookup
from ..errors import ApiError, bad_request, not_found
from ..operations import Call, Operation, Page, deleted
from ..organization import Project, ProjectUser, User


def list_users(call: Call) -> list[ProjectUser]:
    """Return the users that the project lists."""
    return lookup.members(call.world.organization, lookup.active_project(call))


def create(call: Call) -> ProjectUser:
    """Make a member of the organization a member of the project."""
    project = lookup.open_project(call, "Users")
    lookup.check_project_role(call, call.body["role"])
    user = _wanted(call)
    if lookup.project_role(call.world.organization, project, user.id) != "none":
        raise bad_request(f"User {user.id} already exists in project {project.id}.", code="user_already_exists")
    member = ProjectUser(email=user.email, user_id=user.id, role=call.body["role"], added_at=call.world.now())
    project.users.append(member)
    call.record("user.added", {"id": user.id, "data": {"role": member.role}}, project=project)
    return member


def _wanted(call: Call) -> User:
    """Return the person that a body identifies by either `user_id` or `email`."""
    user_id, email = call.body.get("user_id"), call.body.get("email")
    if (user_id is None) == (email is None):
        raise bad_request("Provide exactly one of 'user_id' and 'email'.", param="user_id", code="invalid_value")
    if user_id is not None:
        return lookup.by_id(call.world.organization.users, "user", user_id)
    known = call.world.organization.user_at(email or "")
    if known is None:
        raise bad_request(
            "Invalid value for 'email': there is no such user in the organization.", param="email", code="invalid_value"
        )
    return known


def retrieve(call: Call) -> ProjectUser:
    """Return the listed user in the path."""
    found = _listed(call, lookup.active_project(call))
    if found is None:
        raise not_found("project user", call.path["user_id"])
    return found


def update(call: Call) -> ProjectUser:
    """Change a member's role."""
    role = call.body.get("role")
    if role is not None:
        lookup.check_project_role(call, role)
    project = lookup.active_project(call)
    member = _changeable(call, project)
    member.role = role or member.role
    changes = {"role": role} if role else {}
    call.record("user.updated", {"id": member.user_id, "changes_requested": changes}, project=project)
    return member


def delete(call: Call) -> str:
    """Remove a member from the project. Their keys remain, but no longer have access."""
    project = lookup.active_project(call)
    member = _changeable(call, project)
    project.users.remove(member)
    call.record("user.deleted", {"id": member.user_id}, project=project)
    return member.user_id


def _listed(call: Call, project: Project) -> ProjectUser | None:
    members = lookup.members(call.world.organization, project)
    return next((member for member in members if member.user_id == call.path["user_id"]), None)


def _changeable(call: Call, project: Project) -> ProjectUser:
    """Return the member in the path, who must not be an owner of the organization."""
    found = _listed(call, project)
    if found is None:
        raise _not_a_member(call, project)
    if found not in project.users:
        raise bad_request(
            f"User {found.user_id} is an owner of the organization and thereby of every project.",
            code="organization_owner",
        )
    return found


def _not_a_member(call: Call, project: Project) -> ApiError:
    user_id = call.path["user_id"]
    if HTTPStatus(call.world.behaviour.remove_non_member) is HTTPStatus.NOT_FOUND:
        return not_found("project user", user_id)
    return bad_request(f"User {user_id} is not a member of {project.id}")


def show(call: Call, member: ProjectUser) -> dict[str, Any]:
    """Return a project user as the API formats it."""
    user = lookup.by_id(call.world.organization.users, "user", member.user_id)
    return {
        "object": "organization.project.user",
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "role": member.role,
        "added_at": member.added_at,
    }


USERS = "/organization/projects/{project_id}/users"
USER = f"{USERS}/{{user_id}}"
GONE = "organization.project.user.deleted"

OPERATIONS = (
    Operation(
        "GET", USERS, list_users, show, ProjectUserAnswer, query=UserListParams, page=Page(id_of=attrgetter("user_id"))
    ),
    Operation("POST", USERS, create, show, ProjectUserAnswer, body=UserCreateParams),
    Operation("GET", USER, retrieve, show, ProjectUserAnswer),
    Operation("POST", USER, update, show, ProjectUserAnswer, body=UserUpdateParams),
    Operation("DELETE", USER, delete, deleted(GONE), UserDeleteResponse),
)
