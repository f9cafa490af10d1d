# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""People of the organization, identified by e-mail address; they cannot be created, only invited."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Object,
    Refuse,
    Remove,
    Resource,
    Route,
    Verdict,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.undeclared import Around, Fate
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses

OWN_KEYS = "own_keys"
"""The key of C(Current.elsewhere) for the admin keys of the user, one of which may be the task's own."""
OWNER = "owner"
"""The role of people who may do everything, in every project too."""


def managed_elsewhere(desired: Desired, current: Current) -> Verdict:
    """Refuse to manage service accounts, and to remove people whom an identity provider manages through SCIM."""
    known = current.object or {}
    if known.get("is_service_account"):
        return Refuse(f"The {desired.label} is a service account: use community.openai_admin.service_account.")
    if known.get("is_scim_managed") and not desired.present:
        return Refuse(f"The {desired.label} is managed by the identity provider through SCIM: remove them there.")
    return None


def is_person(unused_address: str, listed: Object) -> bool:
    """Return whether a listed user can be a person with an e-mail address."""
    return not listed.get("is_service_account")


def owns(user: Object) -> bool:
    """Return whether a user owns the organization, and thereby everything in it."""
    return user.get("role") == OWNER


def keeps_own_access(desired: Desired, current: Current) -> Verdict:
    """Refuse to remove the owner of the task's own admin key, or their role, because the key would stop working."""
    known, keys = current.object or {}, current.elsewhere.get(OWN_KEYS, ())
    key = next((key for key in keys if value_at(key, "owner.id") == known.get("id")), None)
    if key is None:
        return None
    return Refuse(
        f"The {desired.label} owns the admin key that this very task uses ({key['id']}): use an admin key of another"
        " owner."
    )


def may_lose_own_access(desired: Desired, current: Current) -> Iterator[str]:
    """Warn if it is not known whether the task takes the role of an owner from the owner of its own admin key."""
    if OWN_KEYS in current.unread:
        yield (
            f"It is not known whether the {desired.label} owns the admin key of this task: the key may not list admin"
            " keys."
        )


def owners_besides(everybody: Iterable[Object], leaving: Container[Any]) -> list[Object]:
    """Return the owners of the organization without those who are leaving."""
    people = [user for user in everybody if owns(user) and not user.get("is_service_account")]
    return [user for user in people if user["id"] not in leaving]


def last_owner(desired: Desired, current: Current) -> Verdict:
    """Refuse to remove the last owner, without whom nobody could manage the organization."""
    known = current.object or {}
    everybody = current.elsewhere.get("everybody")
    if everybody is None or owners_besides(everybody, {known.get("id")}):
        return None
    return Refuse(f"The {desired.label} is the last owner of the organization: make somebody else owner first.")


def loosens(desired: Desired, current: Current) -> bool:
    """Return whether an owner of the organization loses that role, so that others become owners first."""
    was_owner = owns(current.object or {})
    return desired.present and was_owner and desired.values.get("role", OWNER) != OWNER


def left_out(user: Object, unused_people: Mapping[str, Object]) -> bool:
    """Return whether a user is a service account, which is declared in its project."""
    return bool(user.get("is_service_account"))


def undeclared(user: Object, unused_listed: Sequence[Object], around: Around) -> Fate:
    """Decide about undeclared people: owners stay, and so do people who are declared in a project."""
    if owns(user):
        return "kept"
    return "ignored" if around.is_expected(user) else "removable"


USER = Resource(
    kind="user",
    plural="users",
    routes=(Route("/organization/users"),),
    id_param="user_id",
    keys=(Key("email", canonical=addresses.canonical, clean=addresses.clean, query="emails", candidates=is_person),),
    instead={"email": "user.email", "name": "user.name"},
    fields=(
        Field("id", made_by="server"),
        Field("email", made_by="server"),
        Field("name", made_by="server"),
        Field("role", known=("owner", "reader")),
        Field("technical_level", clearable=True),
        Field("developer_persona", clearable=True),
        Field("added_at", "int", made_by="server"),
        Field("is_scim_managed", "bool", made_by="server"),
        Field("is_service_account", "bool", made_by="server"),
        Field("api_key_last_used_at", "int", made_by="server"),
        Field("projects", "list", made_by="server", answer="projects.data"),
    ),
    creates=(),
    create_verb="update",
    absence="People are not created, but invited.",
    remove=Remove(verb="remove"),
    elsewhere=(
        Elsewhere("everybody", by=(), losing=("role", OWNER)),
        Elsewhere(OWN_KEYS, by=(), resource=ADMIN_API_KEY, going=True, losing=("role", OWNER), own="redacted_value"),
    ),
    cautions=(may_lose_own_access,),
    refusals=(managed_elsewhere, last_owner, keeps_own_access),
)
