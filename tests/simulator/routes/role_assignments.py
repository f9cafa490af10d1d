# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Role assignments of groups, people and service accounts, in the organization and in projects.

The predefined role of a person or an account is the `role` in older routes: a change through one is a change of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from openai.types.admin.organization.groups import (
    RoleCreateParams,
    RoleCreateResponse,
    RoleDeleteResponse,
    RoleListParams,
    RoleListResponse,
    RoleRetrieveResponse,
)
from openai.types.admin.organization.projects import groups as project_groups
from openai.types.admin.organization.projects import users as project_users
from openai.types.admin.organization.users import RoleCreateParams as UserRoleCreateParams
from openai.types.admin.organization.users import RoleCreateResponse as UserRoleCreateResponse
from openai.types.admin.organization.users import RoleDeleteResponse as UserRoleDeleteResponse
from openai.types.admin.organization.users import RoleListParams as UserRoleListParams
from openai.types.admin.organization.users import RoleListResponse as UserRoleListResponse
from openai.types.admin.organization.users import RoleRetrieveResponse as UserRoleRetrieveResponse

from .. import lookup
from ..errors import ApiError, bad_request, not_found
from ..operations import Call, Operation, Page
from ..organization import (
    Group,
    Organization,
    Predefined,
    Project,
    ProjectUser,
    RoleAssignment,
    ServiceAccount,
    User,
)
from . import roles, users
from .groups import by_next, ordered

Principal = Group | User | ServiceAccount
Sources = list[dict[str, str]]


@dataclass
class Assigned:
    """A role of a principal: `sources` lists the principals it comes from; empty if it is only assigned directly."""

    role: roles.AnyRole
    id: str
    sources: Sources
    direct: bool
    cursor: str


def principal(call: Call, place: Organization | Project) -> Principal:
    """Return the group, the person or the service account in the path, or raise a 404."""
    organization = call.world.organization
    if "group_id" in call.path:
        return lookup.by_id(organization.groups, "group", call.path["group_id"])
    accounts = place.service_accounts if isinstance(place, Project) else organization.accounts()
    own = next((account for account in accounts if account.id == call.path["user_id"]), None)
    # roles may outlive the people who had them
    return own or lookup.by_id((*organization.users, *organization.former_users), "user", call.path["user_id"])


def held(call: Call, place: Organization | Project, who: Principal) -> list[roles.AnyRole]:
    """Return the roles that are assigned to a principal directly."""
    ids = {item.role for item in place.role_assignments if item.principal == who.id}
    short = predefined_role(call, place, who)
    return [role for role in roles.roles_of(place) if role.id in ids or getattr(role, "short", None) == short]


def predefined_role(call: Call, place: Organization | Project, who: Principal) -> str:
    """Return the role that older routes give a person or an account; empty for groups."""
    if isinstance(who, Group):
        return ""
    if isinstance(who, ServiceAccount):
        return who.role if isinstance(place, Project) else ""
    organization = call.world.organization
    if not isinstance(place, Project):
        return who.role if who in organization.users else ""
    return lookup.project_role(organization, place, who.id)


def list_roles(call: Call) -> list[Assigned]:
    """Return all roles of a principal in a scope, including those through groups."""
    place = lookup.open_scope(call)
    return ordered(call, assigned(call, place, principal(call, place)), "asc")


def assigned(call: Call, place: Organization | Project, who: Principal) -> list[Assigned]:
    """Return all roles of a principal in a scope, those that are assigned directly first."""
    kind = "group" if isinstance(who, Group) else "user"
    own: Sources = [{"principal_id": who.id, "principal_type": kind}]
    direct, through = held(call, place, who), _through(call, place, who)
    found = []
    for role in roles.roles_of(place):
        identifier, inherited = roles.scoped(call, place, role), through.get(role.id, [])
        if role in direct and inherited and not call.world.behaviour.sources_apart:
            found.append(Assigned(role, identifier, [*own, *inherited], True, identifier))
            continue
        if role in direct:
            found.append(Assigned(role, identifier, [], True, identifier))
        if inherited:
            cursor = f"{identifier}~" if role in direct else identifier
            found.append(Assigned(role, identifier, inherited, False, cursor))
    return found


def _through(call: Call, place: Organization | Project, who: Principal) -> dict[str, Sources]:
    """Return the roles of a principal through groups: by the role's id, the groups."""
    found: dict[str, Sources] = {}
    for group in call.world.organization.groups if not isinstance(who, Group) else ():
        if any(member.id == who.id for member in group.members):
            for item in place.role_assignments:
                if item.group == group.id:
                    source = {"principal_id": group.id, "principal_type": "group"}
                    found.setdefault(item.role, []).append(source)
    return found


def retrieve(call: Call) -> Assigned:
    """Return one role, by its id in lists."""
    place = lookup.open_scope(call)
    for item in assigned(call, place, principal(call, place)):
        if item.id == call.path["role_id"]:
            return item
    raise not_found("role assignment", call.path["role_id"])


def create(call: Call) -> tuple[Principal, Assigned]:
    """Assign a role to a principal."""
    place = lookup.open_scope(call)
    who = principal(call, place)
    role = roles.role_named(call, place, call.body["role_id"], alias=True)
    identifier = roles.scoped(call, place, role)
    if role in held(call, place, who):
        status = HTTPStatus(call.world.behaviour.assign_role_twice)
        if status is not HTTPStatus.OK:
            raise ApiError(status, f"Role {identifier} is already assigned to {who.id}.", code="already_exists")
    elif isinstance(role, Predefined) and not isinstance(who, Group):
        _become(call, place, who, role.short)
    elif isinstance(who, ServiceAccount):
        raise bad_request("Custom roles cannot be assigned to service accounts.", code="custom_role")
    else:
        named: dict[str, str] = {"group" if isinstance(who, Group) else "user": who.id}
        place.role_assignments.append(RoleAssignment(role.id, **named))
    record(call, "created", place, who, identifier)
    return who, Assigned(role, identifier, [], True, identifier)


def delete(call: Call) -> str:
    """Remove a role that is assigned directly."""
    place = lookup.open_scope(call)
    who = principal(call, place)
    found = retrieve(call)
    if not found.direct:
        raise not_found("role assignment", found.id)
    if isinstance(found.role, Predefined) and not isinstance(who, Group):
        _become(call, place, who, "")
    else:
        kept = [item for item in place.role_assignments if (item.role, item.principal) != (found.role.id, who.id)]
        place.role_assignments = kept
    record(call, "deleted", place, who, found.id)
    return "group.role.deleted" if isinstance(who, Group) else "user.role.deleted"


def _become(call: Call, place: Organization | Project, who: User | ServiceAccount, role: str) -> None:
    """Change a principal's predefined role; an empty role means none, which in the organization is the lowest role."""
    organization = call.world.organization
    if isinstance(who, ServiceAccount):
        who.role = role or "none"
    elif not isinstance(place, Project):
        if who.role == "reader" and not role:
            raise bad_request(f"User {who.id} needs a role in the organization.", code="last_role")
        if role != "owner":
            users.keep_an_owner(organization, who)
        who.role = role or "reader"
    elif who in organization.owners():
        raise bad_request(f"User {who.id} is an owner of the organization and thereby of every project.")
    else:
        member = next((member for member in place.users if member.user_id == who.id), None)
        if member is None:
            place.users.append(ProjectUser(who.email, who.id, role, call.world.now()))
        elif role:
            member.role = role
        else:
            place.users.remove(member)


def record(call: Call, what: str, place: Organization | Project, who: Principal, identifier: str) -> None:
    """Record that a role was assigned or unassigned."""
    details = {
        "id": f"role_assignment_{identifier}_{who.id}",
        "principal_id": who.id,
        "principal_type": "group" if isinstance(who, Group) else "user",
        "resource_id": place.id,
        "resource_type": "project" if isinstance(place, Project) else "organization",
    }
    call.record(f"role.assignment.{what}", details, place if isinstance(place, Project) else None)


def show(call: Call, item: Assigned) -> dict[str, Any]:
    """Return a role of a principal as lists contain it."""
    role = roles.show(call, item.role)
    del role["object"]
    how = call.world.behaviour.sources_of_direct
    sources: dict[str, Any] = {"assignment_sources": item.sources or None}
    if item.direct and not item.sources:
        kind = "group" if "group_id" in call.path else "user"
        own = [{"principal_id": call.path.get("group_id", call.path.get("user_id")), "principal_type": kind}]
        told: dict[str, Any] = {"null": None, "empty": [], "self": own}
        sources = {"assignment_sources": told[how]}
    unknown = dict.fromkeys(("created_at", "updated_at", "created_by", "created_by_user_obj", "metadata"))
    return {**role, **unknown, **sources}


def show_created(call: Call, result: tuple[Principal, Assigned]) -> dict[str, Any]:
    """Return the answer to an assignment: the principal and the role."""
    who, item = result
    role = roles.show(call, item.role)
    if isinstance(who, Group):
        return {"object": "group.role", "group": _short(who), "role": role}
    if isinstance(who, User):
        return {"object": "user.role", "user": users.show(call, who), "role": role}
    account = User(name=who.name, id=who.id, added_at=who.created_at, is_service_account=True)
    return {"object": "user.role", "user": users.show(call, account), "role": role}


def _short(group: Group) -> dict[str, Any]:
    return {
        "object": "group",
        "id": group.id,
        "name": group.name,
        "created_at": group.created_at,
        "scim_managed": group.is_scim_managed,
    }


def show_deleted(unused_call: Call, kind: str) -> dict[str, Any]:
    """Return the answer to a removal, which does not say which role was removed."""
    return {"object": kind, "deleted": True}


def cursor(item: Assigned) -> str:
    """Return the cursor of a listed role, which is unique although a list can contain a role twice."""
    return item.cursor


PAGE = Page(default=1000, minimum=0, maximum=1000, id_of=cursor, envelope=by_next)


def operations(
    path: str, body: Any, query: Any, listed: Any, retrieved: Any, created: Any, gone: Any
) -> tuple[Operation, ...]:
    """Return the operations on the roles of one kind of principal in a scope."""
    one = f"{path}/{{role_id}}"
    return (
        Operation("GET", path, list_roles, show, listed, query=query, page=PAGE),
        Operation("POST", path, create, show_created, created, body=body),
        Operation("GET", one, retrieve, show, retrieved),
        Operation("DELETE", one, delete, show_deleted, gone),
    )


Kind = Literal["groups", "users"]


def in_projects(kind: Kind, types: Any, identifier: str) -> tuple[Operation, ...]:
    """Return the operations on the roles of one kind of principal in projects."""
    names = ("Create", "List", "List", "Retrieve", "Create", "Delete")
    ends = ("Params", "Params", *["Response"] * 4)
    found = [getattr(types, f"Role{name}{end}") for name, end in zip(names, ends, strict=True)]
    return operations(f"/projects/{{project_id}}/{kind}/{{{identifier}}}/roles", *found)


OPERATIONS = (
    *operations(
        "/organization/groups/{group_id}/roles",
        *(RoleCreateParams, RoleListParams, RoleListResponse, RoleRetrieveResponse),
        *(RoleCreateResponse, RoleDeleteResponse),
    ),
    *operations(
        "/organization/users/{user_id}/roles",
        *(UserRoleCreateParams, UserRoleListParams, UserRoleListResponse, UserRoleRetrieveResponse),
        *(UserRoleCreateResponse, UserRoleDeleteResponse),
    ),
    *in_projects("groups", project_groups, "group_id"),
    *in_projects("users", project_users, "user_id"),
)
