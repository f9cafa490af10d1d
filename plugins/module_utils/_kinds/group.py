# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Groups of the organization; those that an identity provider manages cannot be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS, taken
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Object,
    Parent,
    Refuse,
    Resource,
    Route,
    Verdict,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.undeclared import Around, Fate

OWNER_ROLE = "role-api-organization-owner"
"""The role that makes its holders owners of the organization. Answers add a suffix for the scope, after C(__api-)."""
NOTICE = (
    "Changes of who has which role may take up to 30 minutes to take effect for the people concerned. The API already"
    " lists them."
)
"""What people have to know after a change of roles, or of who gets them through a group."""
LONGEST_NAME = 255
"""The maximum number of characters of a name."""
OWN = "group"
"""The type of groups that the organization itself creates."""


def not_too_long(name: str) -> str:
    """Return a name that the API accepts. Raises C(ValueError)."""
    if len(name) > LONGEST_NAME:
        raise ValueError(f"must have at most {LONGEST_NAME} characters, not {len(name)}")
    return name


def closed(group: Object) -> str:
    """Return why only an identity provider may change a group; empty for other groups."""
    if group.get("is_scim_managed"):
        return "is managed by the identity provider through SCIM. Change it there"
    if group.get("group_type", OWN) not in (None, OWN):
        kind = group["group_type"]
        return f"is of the type {kind}, which this collection does not manage. Change it where it was created"
    return ""


def left_alone(desired: Desired, current: Current) -> Verdict:
    """Refuse to rename or delete a group that an identity provider manages."""
    known = current.object or {}
    why = closed(known)
    if not why or (desired.present and desired.values.get("name") in (None, known.get("name"))):
        return None
    return Refuse(f"The {desired.label} {why}.")


def has_owner_role(roles: Iterable[Object]) -> bool:
    """Return whether one of these roles makes its holders owners of the organization."""
    return any(str(role.get("id")).partition("__api-")[0] == OWNER_ROLE for role in roles)


def makes_owners(desired: Desired, current: Current) -> Verdict:
    """Refuse to delete a group that makes its members owners of the organization."""
    if not has_owner_role(current.elsewhere.get("roles", ())):
        return None
    return Refuse(
        f"The {desired.label} has the role that makes its members owners of the organization: remove that"
        " role from the group first, and make sure that there is another owner."
    )


ROLES_OF_GROUP = Resource(
    kind="role",
    plural="roles",
    routes=(Route("/organization/groups/{group_id}/roles"),),
    fields=(Field("id", made_by="server"), Field("name", made_by="server")),
    id_param="role_id",
    repeats=True,
    creates=(),
    updates=False,
    remove=None,
    page_size=1000,
)
"""The roles of a group in the organization."""


def undeclared(group: Object, unused_listed: Sequence[Object], unused_around: Around) -> Fate:
    """Decide about an undeclared group: one that an identity provider manages stays."""
    return "kept" if closed(group) else "removable"


def flaws(entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield options that a group of an identity provider cannot have."""
    if entry.get(SCIM.name) and entry.get("members") is not None:
        yield (
            "members",
            "members of a group with scim: true come from the identity provider. Remove members from the entry.",
        )


def is_provided(desired: Desired, current: Current) -> Verdict:
    """Refuse a group with C(scim: true) that does not exist or that no identity provider manages."""
    if not desired.present or not desired.asks(SCIM.name):
        return None
    if current.object is None:
        return Refuse(f"There is no {desired.label}. With scim: true, only the identity provider makes one.")
    if not closed(current.object):
        return Refuse(f"The {desired.label} is not managed by an identity provider. Leave out scim: true.")
    return None


SCIM = Field("scim", "bool", derived=lambda group: True if closed(group) else None)
"""The option that declares a group to be managed by an identity provider."""
GROUP = Resource(
    kind="group",
    plural="groups",
    routes=(Route("/organization/groups"),),
    id_param="group_id",
    keys=(Key("name"),),
    fields=(
        Field("id", made_by="server"),
        Field("name", clean=not_too_long),
        Field("created_at", "int", made_by="server"),
        Field("is_scim_managed", "bool", made_by="default", default=False),
        Field("group_type", made_by="default", default=OWN),
    ),
    elsewhere=(HOLDERS, Elsewhere("roles", by=(), resource=ROLES_OF_GROUP, going=True)),
    refusals=(left_alone, makes_owners, taken),
    page_size=1000,
)
IN_GROUP = Parent(GROUP, "group", "group_id")
