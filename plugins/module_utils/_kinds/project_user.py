# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""People of a project. Owners of the organization own every project, whether the API lists them there or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER, USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Elsewhere,
    Field,
    Keep,
    Key,
    Object,
    Refuse,
    Remove,
    Resource,
    Route,
    Verdict,
    unshown,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.undeclared import Around, Fate
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses


def unknown_person(desired: Desired, current: Current) -> Verdict:
    """Refuse to add a person who is not in the organization."""
    if not desired.present or current.object is not None or current.elsewhere.get("person") != ():
        return None
    address = desired.values.get("email")
    unclear = unshown(USER, "email", current.nameless_ones)
    return Refuse(f"Nobody in the organization has the e-mail address {address}: invite them first.{unclear}")


def owner_of_organization(desired: Desired, current: Current) -> Verdict:
    """Keep an owner of the organization as owner of the project, regardless of the declaration."""
    owner = next((person for person in current.elsewhere.get("person", ()) if person.get("role") == "owner"), None)
    if owner is None:
        return None
    role = desired.values.get("role", "owner")
    as_declared = desired.present and role == "owner"
    wish = f"made {role}" if desired.present else "removed"
    return Keep(
        object=current.object or _implicit(owner),
        warning="" if as_declared else f"{desired.label} was not {wish}: owners of the organization own every project.",
    )


def _implicit(owner: Object) -> Object:
    return {"id": owner["id"], "email": owner.get("email"), "name": owner.get("name"), "role": "owner"}


def left_out(member: Object, people: Mapping[str, Object]) -> bool:
    """Return whether a member owns the organization, and thereby every project."""
    return people.get(member["id"], {}).get("role") == OWNER


def undeclared(member: Object, unused_listed: Sequence[Object], around: Around) -> Fate:
    """Decide about an undeclared member. Raises C(RequestError).

    Owners of the organization own every project; a person who loses that role loses this membership too. A service
    account belongs to its project, and cannot be removed from it like a person.
    """
    if member.get("role") == OWNER and around.owns(member):
        return "ignored"
    return "kept" if (around.person(member) or {}).get("is_service_account") else "removable"


PROJECT_USER = Resource(
    kind="project_user",
    plural="project_users",
    routes=(Route("/organization/projects/{project_id}/users", IN_PROJECT),),
    id_param="user_id",
    keys=(Key("email", canonical=addresses.canonical, clean=addresses.clean),),
    instead=USER.instead,
    fields=(
        Field("id", option="user_id", body="user_id", update=False, compared=False),
        Field("email", update=False, compared=False, canonical=addresses.canonical, clean=addresses.clean),
        Field("name", made_by="server"),
        Field("role", known=("owner", "member", "viewer"), initial="member"),
        Field("added_at", "int", made_by="server"),
    ),
    create_verb="add",
    one_of=("user_id", "email"),
    remove=Remove(verb="remove"),
    elsewhere=(
        Elsewhere(
            "person",
            resource=USER,
            by=(("user_id", "id"), ("email", "email")),
            missing=("email",),
            losing=("role", "owner"),
            identifies=True,
        ),
    ),
    refusals=(unknown_person, owner_of_organization),
)
