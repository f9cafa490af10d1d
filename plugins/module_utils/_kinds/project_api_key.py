# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""API keys of a project, of people and service accounts. The API shows their values only when it issues them."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Key,
    Object,
    Resource,
    Route,
    until_it_expires,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses


def is_owned_by(key: Object, kind: str) -> bool:
    """Return whether the owner of a key is of this kind: C(user) or C(service_account)."""
    return bool(value_at(key, "owner.type") == kind)


def may_be_a_persons(unused_address: str, key: Object) -> bool:
    """Return whether a person may own a key; the API may not show the owner."""
    return value_at(key, "owner.type") != "service_account" and value_at(key, "owner.service_account") is None


def may_be_an_accounts(unused_id: str, key: Object) -> bool:
    """Return whether a service account may own a key."""
    return value_at(key, "owner.type") != "user" and value_at(key, "owner.user") is None


PROJECT_API_KEY = Resource(
    kind="project_api_key",
    plural="project_api_keys",
    routes=(Route("/organization/projects/{project_id}/api_keys", IN_PROJECT),),
    id_param="api_key_id",
    keys=(
        Key("service_account_id", field="owner.service_account.id", candidates=may_be_an_accounts),
        Key(
            "email",
            field="owner.user.email",
            canonical=addresses.canonical,
            clean=addresses.clean,
            candidates=may_be_a_persons,
        ),
        Key("name"),
    ),
    query={"owner_project_access": "any"},  # the API's own default may omit some
    fields=(
        Field("id", made_by="server"),
        Field("name", made_by="server"),
        Field("redacted_value", made_by="server"),
        Field("created_at", "int", made_by="server"),
        Field("expires_at", "int", made_by="server"),
        Field("last_used_at", "int", made_by="server"),
        Field("owner_project_access", made_by="server"),
        Field("owner_type", made_by="server", answer="owner.type"),
        Field("user_id", made_by="server", answer="owner.user.id"),
        Field("email", made_by="server", answer="owner.user.email"),
        Field("service_account_id", made_by="server", answer="owner.service_account.id"),
        Field("service_account", made_by="server", answer="owner.service_account.name"),
    ),
    standing=until_it_expires,
    creates=(),
    updates=False,
)
