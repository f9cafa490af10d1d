# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find objects that several resources need, and determine who belongs to a project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from .errors import bad_request, not_found
from .operations import Call
from .organization import KNOWN, Invite, Organization, Project, ProjectUser, User
from .world import World


class Identified(Protocol):
    """An object that has an id."""

    @property
    def id(self) -> str:
        """Return the object's id."""


Found = TypeVar("Found", bound=Identified)


def by_id(items: Iterable[Found], what: str, identifier: str) -> Found:
    """Return the item with an id. Raises the API's error 404 if there is none."""
    for item in items:
        if item.id == identifier:
            return item
    raise not_found(what, identifier)


def project(call: Call) -> Project:
    """Return the project in the path, which may be archived."""
    return by_id(call.world.organization.projects, "project", call.path["project_id"])


def active_project(call: Call) -> Project:
    """Return the project in the path, which must not be archived."""
    found = project(call)
    refuse_archived(found)
    return found


def refuse_archived(place: Project) -> None:
    """Refuse an archived project, which can only be read."""
    if place.status == "archived":
        raise bad_request(f"Project {place.id} is archived: it cannot be used or updated.", code="project_archived")


def scope(call: Call) -> Organization | Project:
    """Return the project in the path, which may be archived; the organization if the path has no project."""
    return project(call) if "project_id" in call.path else call.world.organization


def open_scope(call: Call) -> Organization | Project:
    """Return the project in the path, which must not be archived; the organization if the path has no project."""
    return active_project(call) if "project_id" in call.path else call.world.organization


def scope_kind(call: Call) -> str:
    """Return the prefix of the C(object) of objects in the scope."""
    return "project" if "project_id" in call.path else "organization"


def scope_name(call: Call) -> str:
    """Return the name of the scope in messages."""
    return f"{scope_kind(call)} {scope(call).id}"


def open_project(call: Call, what: str) -> Project:
    """Return the project in the path, which must accept new members and service accounts."""
    found = active_project(call)
    if found.default:
        raise bad_request(f"{what} cannot be added to the default project directly.", code="default_project")
    return found


def user(call: Call) -> User:
    """Return the person in the path."""
    return by_id(call.world.organization.users, "user", call.path["user_id"])


def invites(world: World) -> list[Invite]:
    """Return all invites, with their present status."""
    now = world.now()
    for invite in world.organization.invites:
        if invite.accepted_at is None and invite.status in KNOWN["statuses of invites"]:
            invite.status = "expired" if invite.expires_at is not None and invite.expires_at <= now else "pending"
    return world.organization.invites


def members(organization: Organization, place: Project) -> list[ProjectUser]:
    """Return the users that a project lists.

    The organization's owners own every project: a switch says whether they are listed as owners or not at all, whatever
    role they were given in the project before.
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
    """Remove a deleted person or service account from all groups, and remove their roles."""
    for group in organization.groups:
        group.members = [member for member in group.members if member.id != identifier]
    lose_roles(organization, identifier)


def lose_roles(organization: Organization, principal: str) -> None:
    """Remove all roles of a deleted principal, and remove a deleted group from all projects."""
    for place in organization.places():
        place.role_assignments = [item for item in place.role_assignments if item.principal != principal]
    for project in organization.projects:
        project.groups = [access for access in project.groups if access.group != principal]


def project_role(organization: Organization, place: Project, user_id: str) -> str:
    """Return a person's role in a project, or `none` for a person without access to it."""
    if any(owner.id == user_id for owner in organization.owners()):
        return "owner"
    return next((member.role for member in place.users if member.user_id == user_id), "none")


def listed_role(organization: Organization, place: Project, user_id: str) -> str | None:
    """Return a person's role in a project, or None if the project does not list them."""
    return next((member.role for member in members(organization, place) if member.user_id == user_id), None)


def check_project_role(call: Call, role: str) -> None:
    """Refuse a role that projects do not have."""
    known = call.world.behaviour.project_roles
    if role not in known:
        raise bad_request(
            f"Invalid value for 'role': expected one of {', '.join(known)}.", param="role", code="invalid_value"
        )


def check_text(name: str, value: str | None) -> None:
    """Refuse an empty string as a name."""
    if value is not None and not value.strip():
        raise bad_request(f"Invalid value for '{name}': it must not be empty.", param=name, code="invalid_value")
