# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""People of the organization: known by their e-mail address, never created, only invited."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._resource import Field, Key, Resource, case_folded

USER = Resource(
    kind="user",
    plural="users",
    path="/organization/users",
    id_param="user_id",
    keys=(Key("email", canonical=case_folded, query="emails"),),
    fields=(
        Field("id", made_by="server"),
        Field("email", made_by="server"),
        Field("name", made_by="server"),
        Field("role", made_by="server"),
        Field("added_at", "int", made_by="server"),
        Field("is_scim_managed", "bool", made_by="server"),
        Field("is_service_account", "bool", made_by="server"),
        Field("api_key_last_used_at", "int", made_by="server"),
        Field("technical_level", made_by="server"),
        Field("developer_persona", made_by="server"),
        Field("projects", "list", made_by="server", answer="projects.data"),
    ),
    creates=(),
    updates=False,
    remove=None,
)
