# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users of the organization: list, retrieve, update, delete. They can only join by invite."""

from __future__ import annotations

from typing import Any, Literal

from openai.types.admin.organization import (
    OrganizationUser,
    UserDeleteResponse,
    UserListParams,
    UserUpdateParams,
)

from .. import lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page, deleted
from ..organization import Organization, User

ROLE_IDS: dict[str, Literal["owner", "reader"]] = {
    "role-api-organization-owner": "owner",
    "role-api-organization-reader": "reader",
}
ROLES: dict[str, Literal["owner", "reader"]] = {"owner": "owner", "reader": "reader"}


def list_users(call: Call) -> list[User]:
    """Return everybody in the organization, or the people with some addresses."""
    users = call.world.organization.users
    if "emails" not in call.query:
        return users
    folded = call.world.behaviour.folded
    wanted = {folded(email) for email in call.query["emails"]}
    return [user for user in users if user.email and folded(user.email) in wanted]


def update(call: Call) -> User:
    """Change a person's role or details."""
    user = lookup.user(call)
    role = _wanted_role(call)
    if role is not None and role != "owner":
        keep_an_owner(call.world.organization, user)
    user.role = role or user.role
    user.technical_level = call.body.get("technical_level", user.technical_level)
    user.developer_persona = call.body.get("developer_persona", user.developer_persona)
    call.record("user.updated", {"id": user.id, "changes_requested": {"role": role} if role else {}})
    return user


def _wanted_role(call: Call) -> Literal["owner", "reader"] | None:
    role, role_id = call.body.get("role"), call.body.get("role_id")
    if role is not None and role_id is not None:
        raise bad_request("Provide only one of 'role' and 'role_id'.", param="role_id", code="invalid_value")
    if role is not None and role not in ROLES:
        raise bad_request(
            "Invalid value for 'role': expected one of owner, reader.", param="role", code="invalid_value"
        )
    if role_id is not None and role_id.partition("__")[0] not in ROLE_IDS:
        raise bad_request("Invalid value for 'role_id': there is no such role.", param="role_id", code="invalid_value")
    return ROLES[role] if role is not None else ROLE_IDS.get((role_id or "").partition("__")[0])


def delete(call: Call) -> str:
    """Remove a person from the organization and its projects; a switch says whether their keys are deleted, too."""
    organization = call.world.organization
    user = lookup.user(call)
    keep_an_owner(organization, user)
    organization.users.remove(user)
    for project in organization.projects:
        project.users = [member for member in project.users if member.user_id != user.id]
        if not organization.behaviour.keys_outlive_users:
            project.api_keys = [key for key in project.api_keys if key.user != user.id]
    lookup.leave_groups(organization, user.id)
    if organization.behaviour.keys_outlive_users:
        organization.former_users.append(user)
    call.record("user.deleted", {"id": user.id})
    return user.id


def keep_an_owner(organization: Organization, user: User) -> None:
    """Refuse a change after which the organization would have no owner."""
    if organization.owners() == [user]:
        raise bad_request(f"User {user.id} is the last owner of the organization.", code="last_owner")


def show(call: Call, user: User) -> dict[str, Any]:
    """Return a person as the API formats it."""
    organization = call.world.organization
    return {
        "object": "organization.user",
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "added_at": user.added_at,
        "is_service_account": user.is_service_account,
        "is_scim_managed": user.is_scim_managed,
        "technical_level": user.technical_level,
        "developer_persona": user.developer_persona,
        **({"projects": _projects(organization, user)} if organization.behaviour.projects_of_users else {}),
    }


def _projects(organization: Organization, user: User) -> dict[str, Any]:
    """Return the active projects that list a person."""
    places = [place for place in organization.projects if place.status != "archived"]
    roles = {place.id: role for place in places if (role := lookup.listed_role(organization, place, user.id))}
    data = [{"id": place.id, "name": place.name, "role": roles[place.id]} for place in places if place.id in roles]
    return {"object": "list", "data": data}


USERS = "/organization/users"
USER = f"{USERS}/{{user_id}}"

OPERATIONS = (
    Operation("GET", USERS, list_users, show, OrganizationUser, query=UserListParams, page=Page()),
    Operation("GET", USER, lookup.user, show, OrganizationUser),
    Operation("POST", USER, update, show, OrganizationUser, body=UserUpdateParams),
    Operation("DELETE", USER, delete, deleted("organization.user.deleted"), UserDeleteResponse),
)
