# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Roles of the organization and of projects: custom and predefined ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Current,
    Desired,
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

SCOPES = ("organization", "project")
IN_SCOPE = {"organization": ("owner", "reader"), "project": ("owner", "member", "viewer")}
"""The short names of predefined roles in each scope."""
SHORT_NAMES = tuple(dict.fromkeys(name for names in IN_SCOPE.values() for name in names))
_OF_MODELS = "api.model."
_OF_ORGANIZATION = ("api.organization.", "api.management.", "api.external_keys.", "api.mtls.")
_OF_API_KEYS = "api.organization.projects.api_keys."
"""Permissions that have the name of the organization's, and are for the keys of projects."""
PERMISSIONS = (
    "api.all.read",
    "api.assistants.read",
    "api.assistants.write",
    "api.files.read",
    "api.files.write",
    "api.fine_tuning.jobs.read",
    "api.fine_tuning.jobs.write",
    "api.groups.read",
    "api.groups.write",
    "api.management.read",
    "api.management.write",
    "api.model.audio.request",
    "api.model.chat_completions.request",
    "api.model.embeddings.request",
    "api.model.images.request",
    "api.model.moderations.request",
    "api.model.read",
    "api.model.realtime.request",
    "api.model.request",
    "api.organization.projects.api_keys.read",
    "api.organization.projects.api_keys.write",
    "api.responses.read",
    "api.responses.write",
    "api.threads.read",
    "api.threads.write",
    "api.usage.read",
    "api.vector_stores.read",
    "api.videos.write",
    "api.webhooks.read",
    "api.webhooks.write",
    "model.read",
    "model.request",
)
"""Permissions in OpenAI's documentation, its library, or answers. The API has more, and no list of them."""


def without_scope(role_id: Any) -> Any:
    """Return the ID of a role without the suffix that answers add to that of a predefined one for the scope."""
    return re.sub(r"__api-(project|organization)__.*$", "", role_id) if isinstance(role_id, str) else role_id


def own_id(role: Object) -> Any:
    """Return the ID of a role, which is the same in every scope."""
    return without_scope(role.get(ID))


def short_name(name: Any) -> str:
    """Return the predefined role for a name such as C(Project owner) or C(owner); empty if there is none."""
    words = name.casefold().split() if isinstance(name, str) else []
    words = words[1:] if len(words) > 1 and words[0] in SCOPES else words
    return words[0] if len(words) == 1 and words[0] in SHORT_NAMES else ""


def predefined_id(name: Any, in_project: bool) -> str:
    """Return the ID, for requests, of the predefined role with that name in a scope; empty if there is none."""
    scope = SCOPES[in_project]
    short, words = short_name(name), name.casefold().split() if isinstance(name, str) else []
    if short not in IN_SCOPE[scope] or (len(words) > 1 and words[0] != scope):
        return ""
    return f"role-api-{scope}-{short}"


def is_predefined_id(role_id: Any, in_project: bool) -> bool:
    """Return whether an ID is that of a predefined role of a scope."""
    scope = SCOPES[in_project]
    return without_scope(role_id) in [f"role-api-{scope}-{short}" for short in IN_SCOPE[scope]]


def unified(permissions: Any) -> Any:
    """Return sorted permissions, without those that others include.

    C(model.request) is an older name of C(api.model.request), which includes C(api.model.images.request): the API is
    known to add such names to the permissions that a request contains.
    """
    if not isinstance(permissions, list):
        return permissions
    told = set(permissions)
    every_request = f"{_OF_MODELS}request" in told
    needless = {each for each in told if f"api.{each}" in told and each.startswith("model.")}
    needless |= {each for each in told if every_request and re.fullmatch(r"api\.model\.\w+\.request", each)}
    return sorted(told - needless)


def predefined(desired: Desired, current: Current) -> Verdict:
    """Refuse to change or delete a predefined role, or to give its name to another one."""
    known, wanted = current.object, desired.values.get("name")
    if known is not None and known.get("predefined_role"):
        is_named = desired.identity is not None and desired.identity[0] == "name"
        if desired.present and not is_named and not any(_differs(field, desired, known) for field in ROLE.options):
            return None
        return Refuse(
            f"The {desired.label} is predefined: it can be neither changed nor deleted. Declare a role of another name."
        )
    if desired.present and short_name(wanted) and (known is None or known.get("name") != wanted):
        return Refuse(
            f"'{wanted}' cannot be the name of a role that is not predefined: predefined roles are called"
            f" {', '.join(SHORT_NAMES)}, in any case. Choose another name."
        )
    return None


def _differs(field: Field, desired: Desired, known: Object) -> bool:
    """Return whether a task sets a field to another value."""
    if field.name not in desired.values:
        return False
    return bool(field.canonical(field.read(known)) != field.canonical(desired.values[field.name]))


def too_similar(desired: Desired, current: Current) -> Verdict:
    """Refuse a name that another role has, even in another case: people would confuse them."""
    wanted, known = desired.values.get("name"), current.object or {}
    if not desired.present or not isinstance(wanted, str) or known.get("name") == wanted:
        return None
    for role in current.listed:
        name = role.get("name")
        if isinstance(name, str) and _bare(name) == _bare(wanted) and own_id(role) != own_id(known):
            how = "" if name == wanted else ", which differs only in case or blanks"
            return Refuse(
                f"The {desired.label} cannot be named '{wanted}': role {own_id(role)} is already named '{name}'{how}."
                " Declare that one, or choose another name."
            )
    return None


def of_the_organization(desired: Desired, unused_current: Current) -> Iterator[str]:
    """Warn about permissions of a project role that only a role of the organization can give."""
    if not desired.present or not desired.in_parent:
        return
    wanted = desired.values.get("permissions") or ()
    void = [each for each in wanted if each.startswith(_OF_ORGANIZATION) and not each.startswith(_OF_API_KEYS)]
    if void:
        yield (
            f"The {desired.label} would have {', '.join(void)}, which give nothing in a project: give them in a role of"
            " the organization, without project and project_id."
        )


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).casefold().split())


def is_predefined(role: Object, *unused_rest: object) -> bool:
    """Return whether the API has a role everywhere, so that nobody declares it."""
    return bool(role.get("predefined_role"))


def undeclared(role: Object, unused_listed: Sequence[Object], unused_around: Around) -> Fate:
    """Say what becomes of undeclared roles: predefined ones are always there."""
    return "ignored" if is_predefined(role) else "removable"


ROLE = Resource(
    kind="role",
    plural="roles",
    routes=(Route("/organization/roles"), Route("/projects/{project_id}/roles", IN_PROJECT)),
    id_param="role_id",
    by_id=False,
    alone=True,
    keys=(Key("role_id", field=ID, canonical=without_scope), Key("name")),
    fields=(
        Field(ID, made_by="server", derived=own_id),
        Field("name", body="role_name", answer="name"),
        Field("description", clearable=True),
        Field(
            "permissions",
            "set",
            required=True,
            canonical=unified,
            known=PERMISSIONS,
            incomplete=True,
            extended=True,
        ),
        Field("predefined_role", "bool", made_by="default", default=False),
        Field("resource_type", made_by="server"),
    ),
    built_in=predefined_id,
    is_built_in=is_predefined_id,
    names_apart=_bare,
    cautions=(of_the_organization,),
    refusals=(predefined, too_similar),
    page_size=1000,
)
IN_ROLE = Parent(ROLE, "role", "role_id")
OWNER_ROLES = tuple(f"role-api-{scope}-owner" for scope in SCOPES)
ALLOW_OWNER_GROUP = Field("allow_owner_group", "bool", default=False)
"""The setting of kinds that give roles to groups: everybody who is added to a group gets its roles."""
