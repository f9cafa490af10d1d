# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The values of C(include) of user_info: memberships of projects and groups, roles, keys of both kinds, invites."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group_user import GROUP_MEMBER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role_assignment import listed_assignments
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Included, Route

ROLES = listed_assignments(Route("/organization/users/{user_id}/roles"))
ROLES_IN_PROJECTS = listed_assignments(Route("/projects/{project_id}/users/{user_id}/roles", IN_PROJECT))
OF_USER = (("user_id", "id"),)
ROLE = {name: name for name in ("id", "name", "permissions", "through", "through_ids")}
PLACE = {name: name for name in ("project", "project_id")}
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
    Included("roles", ROLES, by=OF_USER, shows=ROLE, of_each=True, outlives=False),
    Included("project_roles", ROLES_IN_PROJECTS, by=OF_USER, shows={**ROLE, **PLACE}, of_each=True, outlives=False),
    Included("admin_api_keys", ADMIN_API_KEY, by=(("owner_id", "id"),)),
    Included("invites", INVITE, by=(("email", "email"),)),
)
