# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What several resources have to find, and who belongs to a project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from .errors import bad_request, not_found
from .operations import Call
from .organization import KNOWN, Invite, Organization, Project, ProjectUser, User
from .world import World


class Identified(Protocol):
    """Anything that has an id."""

    @property
    def id(self) -> str:
        """The id."""


Found = TypeVar("Found", bound=Identified)


def by_id(items: Iterable[Found], what: str, identifier: str) -> Found:
    """The item with that id, or a 404."""
    for item in items:
        if item.id == identifier:
            return item
    raise not_found(what, identifier)


def project(call: Call) -> Project:
    """The project that the path names, archived or not."""
    return by_id(call.world.organization.projects, "project", call.path["project_id"])


def active_project(call: Call) -> Project:
    """The project that the path names, which must not be archived."""
    found = project(call)
    refuse_archived(found)
    return found


def refuse_archived(place: Project) -> None:
    """Refuse a project that can only be looked at any more."""
    if place.status == "archived":
        raise bad_request(f"Project {place.id} is archived: it cannot be used or updated.", code="project_archived")


def scope(call: Call) -> Organization | Project:
    """The project that the path names, archived or not; where it names none, the organization."""
    return project(call) if "project_id" in call.path else call.world.organization


def open_scope(call: Call) -> Organization | Project:
    """The same, which must not be archived."""
    return active_project(call) if "project_id" in call.path else call.world.organization


def scope_kind(call: Call) -> str:
    """What kinds of objects in such a scope begin with."""
    return "project" if "project_id" in call.path else "organization"


def scope_name(call: Call) -> str:
    """How messages name the scope."""
    return f"{scope_kind(call)} {scope(call).id}"


def open_project(call: Call, what: str) -> Project:
    """The project that the path names, where it may be given members and service accounts."""
    found = active_project(call)
    if found.default:
        raise bad_request(f"{what} cannot be added to the default project directly.", code="default_project")
    return found


def user(call: Call) -> User:
    """The person whom the path names."""
    return by_id(call.world.organization.users, "user", call.path["user_id"])


def invites(world: World) -> list[Invite]:
    """All invites, with the status that they have by now."""
    now = world.now()
    for invite in world.organization.invites:
        if invite.accepted_at is None and invite.status in KNOWN["statuses of invites"]:
            invite.status = "expired" if invite.expires_at is not None and invite.expires_at <= now else "pending"
    return world.organization.invites


def members(organization: Organization, place: Project) -> list[ProjectUser]:
    """Who is listed among a project's users.

    The organization's owners own every project: they are listed as its owners or not at all, as the switch says,
    whatever role they had been given there before.
    """
    owners = organization.owners()
    implicit = [
        ProjectUser(email=owner.email, user_id=owner.id, role="owner", added_at=max(owner.added_at, place.created_at))
        for owner in owners
    ]
    ids = {owner.id for owner in owners}
    others = [member for member in place.users if member.user_id not in ids]
    return [*(implicit if organization.behaviour.owners_in_projects else ()), *others]


def leave_groups(organization: Organization, identifier: str) -> None:
    """Take a person or a service account that is gone out of all groups, and its roles away."""
    for group in organization.groups:
        group.members = [member for member in group.members if member.id != identifier]
    lose_roles(organization, identifier)


def lose_roles(organization: Organization, principal: str) -> None:
    """Take all roles from who is gone, and a group out of all projects."""
    for place in organization.places():
        place.role_assignments = [item for item in place.role_assignments if item.principal != principal]
    for project in organization.projects:
        project.groups = [access for access in project.groups if access.group != principal]


def project_role(organization: Organization, place: Project, user_id: str) -> str:
    """A person's role in a project, `none` for somebody who has no access to it."""
    if any(owner.id == user_id for owner in organization.owners()):
        return "owner"
    return next((member.role for member in place.users if member.user_id == user_id), "none")


def listed_role(organization: Organization, place: Project, user_id: str) -> str | None:
    """A person's role in a project among whose users they are listed."""
    return next((member.role for member in members(organization, place) if member.user_id == user_id), None)


def check_project_role(call: Call, role: str) -> None:
    """Refuse a role that projects do not have."""
    known = call.world.behaviour.project_roles
    if role not in known:
        raise bad_request(
            f"Invalid value for 'role': expected one of {', '.join(known)}.", param="role", code="invalid_value"
        )


def check_text(name: str, value: str | None) -> None:
    """Refuse an empty string where a name is wanted."""
    if value is not None and not value.strip():
        raise bad_request(f"Invalid value for '{name}': it must not be empty.", param=name, code="invalid_value")
