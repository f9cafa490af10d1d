# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Series of keys of a service account: all keys with one name, of which the newest is the current one."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import (
    EXPIRY,
    LIVING,
    ROTATION,
    SCOPES,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Create,
    Field,
    Key,
    Parent,
    Remove,
    Secret,
)

_DECLARED = {
    "name": Field("name", update=False),
    "owner_project_access": Field("owner_project_access", made_by="default", default="active"),
    "owner_type": Field("owner_type", made_by="default", default="service_account", answer="owner.type"),
}

PROJECT_API_KEY_SERIES = replace(
    PROJECT_API_KEY,
    keys=(Key("name"),),
    fields=tuple(_DECLARED.get(field.name, field) for field in PROJECT_API_KEY.fields),
    owner=Parent(SERVICE_ACCOUNT, "service_account", "service_account_id"),
    creates=(Create(path=f"{SERVICE_ACCOUNT.path}/{{service_account_id}}/api_keys", yields=True),),
    create_verb="issue",
    updates=True,
    newest=True,
    remove=Remove(
        verb="revoke",
        advice="Where the API does not revoke a service account's key, it goes with its account:"
        " remove that with community.openai_admin.service_account.",
    ),
    settings=(*ROTATION, *LIVING),
    secret=Secret(
        name="api_key",
        path_option="api_key_path",
        revoke=PROJECT_API_KEY.item,
        id_param=PROJECT_API_KEY.id_param,
        fields=(SCOPES, *EXPIRY),
    ),
)
