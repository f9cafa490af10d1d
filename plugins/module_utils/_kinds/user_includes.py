# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The values of C(include) of user_info: memberships of projects and groups, keys of both kinds, invites."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group_user import GROUP_MEMBER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Included

USER_INCLUDES = (
    Included(
        "projects",
        PROJECT_USER,
        by=(("id", "id"),),
        shows={"id": "project_id", "name": "project", "role": "role"},
        outlives=False,
    ),
    Included("api_keys", PROJECT_API_KEY, by=(("user_id", "id"), ("email", "email"))),
    Included("groups", GROUP_MEMBER, by=(("id", "id"), ("email", "email")), shows={"id": "group_id", "name": "group"}),
    Included("admin_api_keys", ADMIN_API_KEY, by=(("owner_id", "id"),)),
    Included("invites", INVITE, by=(("email", "email"),)),
)
