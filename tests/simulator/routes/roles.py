# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles of the organization and of projects: predefined and custom ones."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from openai.types.admin.organization import Role as RoleAnswer
from openai.types.admin.organization import (
    RoleCreateParams,
    RoleDeleteResponse,
    RoleListParams,
    RoleUpdateParams,
)
from openai.types.admin.organization.projects import RoleCreateParams as ProjectRoleCreateParams
from openai.types.admin.organization.projects import RoleDeleteResponse as ProjectRoleDeleteResponse
from openai.types.admin.organization.projects import RoleListParams as ProjectRoleListParams
from openai.types.admin.organization.projects import RoleUpdateParams as ProjectRoleUpdateParams

from .. import lookup
from ..behaviour import Behaviour
from ..errors import ApiError, bad_request, not_found
from ..operations import Call, Operation, Page, deleted
from ..organization import Organization, Predefined, Project, Role, predefined
from .groups import by_next, ordered

AnyRole = Role | Predefined
MODEL = "api.model."
KINDS_OF_REQUESTS = ("audio", "chat_completions", "embeddings", "images", "moderations", "realtime")


def scoped(call: Call, place: Organization | Project, role: AnyRole) -> str:
    """Return the id of a role in answers; that of a predefined role contains the scope."""
    return f"{role.id}__api-{lookup.scope_kind(call)}__{place.id}" if isinstance(role, Predefined) else role.id


def roles_of(place: Organization | Project) -> list[AnyRole]:
    """Return all roles that can be assigned in a scope."""
    return [*predefined(place), *place.roles]


def role_named(call: Call, place: Organization | Project, identifier: str, alias: bool) -> AnyRole:
    """Return the role with an id, or raise a 404; C(alias) also accepts predefined roles by the id without scope."""
    for role in roles_of(place):
        if identifier == scoped(call, place, role) or (alias and identifier == role.id):
            return role
    raise not_found("role", identifier)


def list_roles(call: Call) -> list[AnyRole]:
    """Return all roles of a scope, the predefined ones first."""
    return ordered(call, roles_of(lookup.open_scope(call)), "asc")


def create(call: Call) -> Role:
    """Create a role, whose name must be unique in its scope."""
    place, world = lookup.open_scope(call), call.world
    _check(call, place, None)
    description, permissions = call.body.get("description"), list(call.body["permissions"])
    role = Role(call.body["role_name"], permissions, description, world.ids.new("role_"), world.now())
    place.roles.append(role)
    data = {"id": role.id, "role_name": role.name, "permissions": role.permissions}
    call.record("role.created", {**data, **_resource(call, place)}, _project(place))
    return role


def retrieve(call: Call) -> AnyRole:
    """Return one role of a scope."""
    return role_named(call, lookup.open_scope(call), call.path["role_id"], alias=False)


def update(call: Call) -> Role:
    """Update a custom role."""
    place = lookup.open_scope(call)
    role = _own(call, place)
    _check(call, place, role)
    before = set(role.permissions)
    role.name = call.body.get("role_name") or role.name
    role.description = call.body.get("description", role.description)
    sent = call.body.get("permissions")
    role.permissions = role.permissions if sent is None else list(sent)
    changes = {
        "role_name": call.body.get("role_name"),
        "description": call.body.get("description"),
        "permissions_added": sorted(set(role.permissions) - before) or None,
        "permissions_removed": sorted(before - set(role.permissions)) or None,
    }
    known = {name: value for name, value in changes.items() if value is not None}
    call.record("role.updated", {"id": role.id, "changes_requested": known}, _project(place))
    return role


def delete(call: Call) -> str:
    """Delete a custom role. Its assignments are deleted, unless the switch says that an assigned role is refused."""
    place = lookup.open_scope(call)
    role = _own(call, place)
    held = [item for item in place.role_assignments if item.role == role.id]
    if held and HTTPStatus(call.world.behaviour.delete_role_in_use) is not HTTPStatus.OK:
        raise bad_request(f"Role {role.id} is assigned to {len(held)} principals.", code="role_in_use")
    place.roles.remove(role)
    place.role_assignments = [item for item in place.role_assignments if item.role != role.id]
    call.record("role.deleted", {"id": role.id}, _project(place))
    return role.id


def _own(call: Call, place: Organization | Project) -> Role:
    role = role_named(call, place, call.path["role_id"], alias=True)
    if isinstance(role, Predefined):
        raise bad_request(f"Role {role.id} is predefined and cannot be changed.", code="predefined_role")
    return role


def _check(call: Call, place: Organization | Project, own: Role | None) -> None:
    """Refuse a name that is empty or exists in the scope, and invalid permissions."""
    name = call.body.get("role_name")
    lookup.check_text("role_name", name)
    others = (role for role in roles_of(place) if role is not own)
    if name is not None and any(role.name == name for role in others):
        raise ApiError(HTTPStatus.BAD_REQUEST, f"A role named '{name}' already exists.", code="role_exists")
    for permission in call.body.get("permissions") or ():
        if not permission.strip() or " " in permission:
            raise bad_request(f"Invalid permission: '{permission}'.", param="permissions", code="invalid_value")


def _resource(call: Call, place: Organization | Project) -> dict[str, str]:
    return {"resource_id": place.id, "resource_type": f"api.{lookup.scope_kind(call)}"}


def _project(place: Organization | Project) -> Project | None:
    return place if isinstance(place, Project) else None


def granted(behaviour: Behaviour, permissions: Iterable[str]) -> list[str]:
    """Return the permissions that the API stores; switches add others, and older and narrower names."""
    told = [*permissions, *behaviour.permissions_added]
    if behaviour.permissions_expanded:
        for permission in list(told):
            if permission.startswith(MODEL):
                told.append(permission.removeprefix("api."))
            if permission == f"{MODEL}request":
                told += [f"{MODEL}{kind}.request" for kind in KINDS_OF_REQUESTS]
    return list(dict.fromkeys(told))


def show(call: Call, role: AnyRole) -> dict[str, Any]:
    """Return a role as the API formats it."""
    behaviour = call.world.behaviour
    custom = isinstance(role, Role)
    short = isinstance(role, Predefined) and behaviour.predefined_names == "short"
    return {
        "object": "role",
        "id": scoped(call, lookup.scope(call), role),
        "name": role.short.title() if short and isinstance(role, Predefined) else role.name,
        "description": role.description,
        "permissions": granted(behaviour, role.permissions) if custom else list(role.permissions),
        "predefined_role": not custom,
        "resource_type": f"api.{lookup.scope_kind(call)}",
    }


ROLES, PROJECT_ROLES = "/organization/roles", "/projects/{project_id}/roles"
PAGE = Page(default=1000, minimum=0, maximum=1000, id_of=attrgetter("id"), envelope=by_next)
GONE = deleted("role.deleted")

OPERATIONS = (
    Operation("GET", ROLES, list_roles, show, RoleAnswer, query=RoleListParams, page=PAGE),
    Operation("POST", ROLES, create, show, RoleAnswer, body=RoleCreateParams),
    Operation("GET", f"{ROLES}/{{role_id}}", retrieve, show, RoleAnswer),
    Operation("POST", f"{ROLES}/{{role_id}}", update, show, RoleAnswer, body=RoleUpdateParams),
    Operation("DELETE", f"{ROLES}/{{role_id}}", delete, GONE, RoleDeleteResponse),
    Operation("GET", PROJECT_ROLES, list_roles, show, RoleAnswer, query=ProjectRoleListParams, page=PAGE),
    Operation("POST", PROJECT_ROLES, create, show, RoleAnswer, body=ProjectRoleCreateParams),
    Operation("GET", f"{PROJECT_ROLES}/{{role_id}}", retrieve, show, RoleAnswer),
    Operation("POST", f"{PROJECT_ROLES}/{{role_id}}", update, show, RoleAnswer, body=ProjectRoleUpdateParams),
    Operation("DELETE", f"{PROJECT_ROLES}/{{role_id}}", delete, GONE, ProjectRoleDeleteResponse),
)
