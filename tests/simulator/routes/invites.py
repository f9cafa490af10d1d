# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invites to the organization: list, create, retrieve, delete. A control route accepts them."""

from __future__ import annotations

from typing import Any

from openai.types.admin.organization import (
    Invite as InviteAnswer,
)
from openai.types.admin.organization import (
    InviteCreateParams,
    InviteDeleteResponse,
    InviteListParams,
)

from .. import audit, lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page, deleted
from ..organization import INVITE_LIFE, Actor, Invite, InviteProject, Organization, ProjectUser, User
from ..world import World


def list_invites(call: Call) -> list[Invite]:
    """Return all invites, whatever their status."""
    return lookup.invites(call.world)


def create(call: Call) -> Invite:
    """Invite a person who is not a member yet."""
    email = call.body["email"]
    if "@" not in email.strip("@ "):
        raise bad_request("Invalid value for 'email': it is not an address.", param="email", code="invalid_value")
    _check_address(call, email)
    invite = Invite(
        email=email,
        role=call.body["role"],
        id=call.world.ids.new("invite-"),
        created_at=call.world.now(),
        expires_at=call.world.now() + INVITE_LIFE,
        projects=_projects(call),
    )
    call.world.organization.invites.append(invite)
    call.record("invite.sent", {"id": invite.id, "data": {"email": invite.email, "role": invite.role}})
    return invite


def _check_address(call: Call, email: str) -> None:
    if call.world.organization.user_at(email) is not None:
        raise bad_request(f"User {email} is already a member of the organization.", param="email", code="user_exists")
    folded = call.world.behaviour.folded
    pending = {folded(item.email) for item in lookup.invites(call.world) if item.status == "pending"}
    if folded(email) in pending and not call.world.behaviour.duplicate_invites:
        raise bad_request(f"An invite for {email} is pending already.", param="email", code="invite_exists")


def _projects(call: Call) -> list[InviteProject]:
    """Return the projects in a body, or the default project if the body has no list of them."""
    organization = call.world.organization
    if "projects" not in call.body:
        return [InviteProject(item.id) for item in organization.projects if item.default]
    wanted = [InviteProject(item["id"], item["role"]) for item in call.body["projects"]]
    for item in wanted:
        lookup.refuse_archived(lookup.by_id(organization.projects, "project", item.project))
    if len({item.project for item in wanted}) < len(wanted):
        raise bad_request(
            "Invalid value for 'projects': the same project twice.", param="projects", code="invalid_value"
        )
    return wanted


def retrieve(call: Call) -> Invite:
    """Return the invite in the path."""
    return lookup.by_id(lookup.invites(call.world), "invite", call.path["invite_id"])


def delete(call: Call) -> str:
    """Delete an invite that has not been accepted."""
    invite = retrieve(call)
    if invite.status == "accepted":
        raise bad_request(f"Invite {invite.id} was accepted and cannot be deleted.", code="invite_accepted")
    call.world.organization.invites.remove(invite)
    call.record("invite.deleted", {"id": invite.id})
    return invite.id


def accept(world: World, invite_id: str, name: str | None) -> User:
    """Accept an invite: make the invited person a member of the organization."""
    organization = world.organization
    invite = lookup.by_id(lookup.invites(world), "invite", invite_id)
    if invite.status != "pending":
        raise bad_request(f"Invite {invite.id} is {invite.status} and cannot be accepted.")
    if organization.user_at(invite.email) is not None:
        raise bad_request(f"User {invite.email} is already a member of the organization.")
    user = User(email=invite.email, name=name, role=invite.role, id=world.ids.new("user-"), added_at=world.now())
    organization.users.append(user)
    world.appear("/organization/users", user.id)
    invite.status, invite.accepted_at = "accepted", world.now()
    themselves = Actor(user.email, user.id)
    audit.record(world, themselves, "invite.accepted", {"id": invite.id})
    audit.record(world, themselves, "user.added", {"id": user.id, "data": {"role": user.role}})
    _join(world, organization, invite, user)
    return user


def _join(world: World, organization: Organization, invite: Invite, user: User) -> None:
    """Give a person the memberships of an invite, except in projects that have been archived since."""
    for promised in invite.projects:
        project = lookup.by_id(organization.projects, "project", promised.project)
        if project.status != "archived":
            project.users.append(ProjectUser(user.email, user.id, promised.role, world.now()))
            world.appear(f"/organization/projects/{project.id}/users", user.id)
            added = {"id": user.id, "data": {"role": promised.role}}
            audit.record(world, Actor(user.email, user.id), "user.added", added, project)


def show(unused_call: Call, invite: Invite) -> dict[str, Any]:
    """Return an invite as the API formats it."""
    return {
        "object": "organization.invite",
        "id": invite.id,
        "email": invite.email,
        "role": invite.role,
        "status": invite.status,
        "created_at": invite.created_at,
        "expires_at": invite.expires_at,
        "accepted_at": invite.accepted_at,
        "projects": [{"id": item.project, "role": item.role} for item in invite.projects],
    }


INVITES = "/organization/invites"
INVITE = f"{INVITES}/{{invite_id}}"

OPERATIONS = (
    Operation("GET", INVITES, list_invites, show, InviteAnswer, query=InviteListParams, page=Page()),
    Operation("POST", INVITES, create, show, InviteAnswer, body=InviteCreateParams),
    Operation("GET", INVITE, retrieve, show, InviteAnswer),
    Operation("DELETE", INVITE, delete, deleted("organization.invite.deleted"), InviteDeleteResponse),
)
