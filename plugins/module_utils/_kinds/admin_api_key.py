# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Admin API keys of the organization, such as this collection uses. The API shows their values only once."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Key,
    Resource,
    Route,
    until_it_expires,
)

ADMIN_API_KEY = Resource(
    kind="admin_api_key",
    plural="admin_api_keys",
    routes=(Route("/organization/admin_api_keys"),),
    id_param="key_id",
    keys=(Key("name"),),
    fields=(
        Field("id", made_by="server"),
        Field("name", made_by="server"),
        Field("redacted_value", made_by="server"),
        Field("created_at", "int", made_by="server"),
        Field("expires_at", "int", made_by="server"),
        Field("last_used_at", "int", made_by="server"),
        Field("owner_type", made_by="server", answer="owner.type"),
        Field("owner_id", made_by="server", answer="owner.id"),
        Field("owner_name", made_by="server", answer="owner.name"),
        Field("owner_role", made_by="server", answer="owner.role"),
    ),
    creates=(),
    updates=False,
    standing=until_it_expires,
)
