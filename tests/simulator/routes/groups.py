# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups of the organization, and their members: people and service accounts, both by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from openai.types.admin.organization import Group as GroupAnswer
from openai.types.admin.organization import (
    GroupCreateParams,
    GroupDeleteResponse,
    GroupListParams,
    GroupUpdateParams,
    GroupUpdateResponse,
)
from openai.types.admin.organization.groups import (
    OrganizationGroupUser,
    UserCreateParams,
    UserCreateResponse,
    UserDeleteResponse,
    UserListParams,
    UserRetrieveResponse,
)

from .. import lookup
from ..errors import ApiError, bad_request, not_found
from ..operations import Call, Operation, Page, deleted
from ..organization import Group, GroupMember

LONGEST_NAME = 255
OWN = "group"
"""The type of groups that are created in the organization itself."""


def list_groups(call: Call) -> list[Group]:
    """Return all groups, by default the oldest first."""
    return ordered(call, call.world.organization.groups, "asc")


def create(call: Call) -> Group:
    """Create a group; several groups may have the same name."""
    _check_name(call)
    world = call.world
    group = Group(name=call.body["name"], id=world.ids.new("group_"), created_at=world.now())
    world.organization.groups.append(group)
    call.record("group.created", {"id": group.id, "data": {"group_name": group.name}})
    return group


def retrieve(call: Call) -> Group:
    """Return the group in the path."""
    return lookup.by_id(call.world.organization.groups, "group", call.path["group_id"])


def update(call: Call) -> Group:
    """Rename a group."""
    group = _own(call)
    _check_name(call)
    group.name = call.body["name"]
    call.record("group.updated", {"id": group.id, "changes_requested": {"group_name": group.name}})
    return group


def delete(call: Call) -> str:
    """Delete a group with its memberships."""
    group = _own(call)
    call.world.organization.groups.remove(group)
    lookup.lose_roles(call.world.organization, group.id)
    call.record("group.deleted", {"id": group.id})
    return group.id


def list_members(call: Call) -> list[GroupMember]:
    """Return the members of a group, by default the newest first."""
    return ordered(call, retrieve(call).members, "desc")


def add_member(call: Call) -> GroupMember:
    """Add a person or a service account to a group."""
    group = _own(call)
    member = _somebody(call, call.body["user_id"])
    if any(each.id == member.id for each in group.members):
        return _again(call, group, member)
    group.members.append(member)
    return member


def _again(call: Call, group: Group, member: GroupMember) -> GroupMember:
    status = HTTPStatus(call.world.behaviour.add_group_member_twice)
    if status is not HTTPStatus.OK:
        raise ApiError(status, f"User {member.id} is already a member of group {group.id}.", code="already_exists")
    return member


def retrieve_member(call: Call) -> GroupMember:
    """Return the member in the path."""
    found = _listed(call, retrieve(call))
    if found is None:
        raise not_found("group user", call.path["user_id"])
    return found


def remove_member(call: Call) -> GroupMember:
    """Remove a member from a group."""
    group = _own(call)
    found = _listed(call, group)
    if found is None:
        raise _not_a_member(call, group)
    group.members.remove(found)
    return found


def _listed(call: Call, group: Group) -> GroupMember | None:
    return next((member for member in group.members if member.id == call.path["user_id"]), None)


def _not_a_member(call: Call, group: Group) -> ApiError:
    user_id = call.path["user_id"]
    if HTTPStatus(call.world.behaviour.remove_non_member) is HTTPStatus.NOT_FOUND:
        return not_found("group user", user_id)
    return bad_request(f"User {user_id} is not a member of {group.id}")


def _somebody(call: Call, wanted: str) -> GroupMember:
    """Return the person or the service account with an id, as a member."""
    organization = call.world.organization
    for project in organization.projects:
        if any(account.id == wanted for account in project.service_accounts):
            return GroupMember(service_account=wanted, project=project.id)
    user = lookup.by_id(organization.users, "user", wanted)
    return GroupMember(email=user.email, user_id=user.id)


def _own(call: Call) -> Group:
    """Return the group in the path, which must not be managed by an identity provider."""
    group = retrieve(call)
    if group.is_scim_managed or group.group_type != OWN:
        raise bad_request(
            f"Group {group.id} is managed by your identity provider and cannot be changed here.", code="managed_group"
        )
    return group


def _check_name(call: Call) -> None:
    lookup.check_text("name", call.body["name"])
    if len(call.body["name"]) > LONGEST_NAME:
        raise bad_request(
            f"Invalid value for 'name': it must have at most {LONGEST_NAME} characters.",
            param="name",
            code="invalid_value",
        )


def ordered(call: Call, items: Sequence[Any], default: str) -> list[Any]:
    """Return items in the order that a request asks for; they are given with the oldest first."""
    return list(items) if call.query.get("order", default) == "asc" else list(reversed(items))


def show(call: Call, group: Group) -> dict[str, Any]:
    """Return a group as the API formats it."""
    return {**show_updated(call, group), "group_type": group.group_type}


def show_updated(unused_call: Call, group: Group) -> dict[str, Any]:
    """Return the answer to an update: all fields except the type."""
    return {
        "id": group.id,
        "name": group.name,
        "created_at": group.created_at,
        "is_scim_managed": group.is_scim_managed,
    }


def show_listed(call: Call, member: GroupMember) -> dict[str, Any]:
    """Return a member as lists contain it."""
    organization = call.world.organization
    if member.service_account:
        account = lookup.by_id(organization.accounts(), "service account", member.id)
        return {"id": account.id, "name": account.name, "email": None}
    user = lookup.by_id((*organization.users, *organization.former_users), "user", member.id)
    return {"id": user.id, "name": user.name or "", "email": user.email}


def show_member(call: Call, member: GroupMember) -> dict[str, Any]:
    """Return a member as the API formats it by itself."""
    is_account = bool(member.service_account)
    return {**show_listed(call, member), "picture": None, "is_service_account": is_account, "user_type": "user"}


def show_added(call: Call, member: GroupMember) -> dict[str, Any]:
    """Return the answer to the addition of a member."""
    return {"object": "group.user", "user_id": member.id, "group_id": call.path["group_id"]}


def show_removed(unused_call: Call, unused_member: GroupMember) -> dict[str, Any]:
    """Return the answer to the removal of a member, which does not say which one."""
    return {"object": "group.user.deleted", "deleted": True}


def by_next(items: Sequence[Mapping[str, Any]], ids: Sequence[str], has_more: bool) -> dict[str, Any]:
    """Return the envelope of these lists, in which the next page begins after C(next)."""
    return {"object": "list", "data": list(items), "has_more": has_more, "next": ids[-1] if has_more and ids else None}


GROUPS = "/organization/groups"
GROUP = f"{GROUPS}/{{group_id}}"
MEMBERS = f"{GROUP}/users"
MEMBER = f"{MEMBERS}/{{user_id}}"
PAGE = Page(default=100, minimum=0, maximum=1000, id_of=attrgetter("id"), envelope=by_next)

OPERATIONS = (
    Operation("GET", GROUPS, list_groups, show, GroupAnswer, query=GroupListParams, page=PAGE),
    Operation("POST", GROUPS, create, show, GroupAnswer, body=GroupCreateParams),
    Operation("GET", GROUP, retrieve, show, GroupAnswer),
    Operation("POST", GROUP, update, show_updated, GroupUpdateResponse, body=GroupUpdateParams),
    Operation("DELETE", GROUP, delete, deleted("group.deleted"), GroupDeleteResponse),
    Operation("GET", MEMBERS, list_members, show_listed, OrganizationGroupUser, query=UserListParams, page=PAGE),
    Operation("POST", MEMBERS, add_member, show_added, UserCreateResponse, body=UserCreateParams),
    Operation("GET", MEMBER, retrieve_member, show_member, UserRetrieveResponse),
    Operation("DELETE", MEMBER, remove_member, show_removed, UserDeleteResponse),
)
