# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""How people get access: the rows of the registry that give access, and kinds that cannot be declared."""

from __future__ import annotations

from collections.abc import Container, Mapping

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_group import PROJECT_GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import KINDS, PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role import own_id
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role_assignment import (
    ORGANIZATION_OWNER,
    ROLES_OF_GROUP,
    ROLES_OF_USER,
    is_predefined,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Access, Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object


def owns(role: Object) -> bool:
    """Return whether an assigned role makes its holders owners of the organization."""
    return bool(own_id(role) == ORGANIZATION_OWNER)


def is_direct(role: Object) -> bool:
    """Return whether a role, as modules return it, is assigned directly, and not only through a group."""
    return role.get("through") is None


ADMIN_KEYS = Kind(
    ADMIN_API_KEY,
    "admin_api_keys",
    "Admin keys",
    access=Access(
        "admin_api_keys",
        called=("admin key", "admin keys"),
        ends=("revoke", "revoked"),
        by=(("owner_id", "id"),),
        is_key=True,
    ),
)
KEYS = Kind(
    PROJECT_API_KEY,
    "api_keys",
    "Keys in projects",
    PROJECTS,
    access=Access(
        "api_keys",
        called=("project key", "project keys"),
        ends=("revoke", "revoked"),
        by=(("user_id", "id"), ("email", "email")),
        is_key=True,
    ),
)
IN_PROJECTS = Kind(
    PROJECT_GROUP,
    "project_groups",
    "Groups in projects",
    PROJECTS,
    access=Access("project_groups", called=("group in a project", "groups in projects"), who="Group", optional=True),
)
ROLES = Kind(
    ROLES_OF_GROUP.members,
    "roles",
    "Assigned roles",
    PROJECTS,
    access=Access(
        "roles",
        called=("assigned role", "assigned roles"),
        ends=("take away", "taken away"),
        by=(("user_id", "id"),),
        who="Who",
        holders=(("email", "user_id"), ("group", "group_id"), ("service_account", "service_account_id")),
        asked_by="openai_admin_access_review_roles",
        ended_by=ROLES_OF_USER,
        is_direct=is_direct,
        is_membership=is_predefined,
        optional=True,
    ),
    owns_all=owns,
)
READ: Mapping[Kind, Access] = {
    row: row.access for row in (ADMIN_KEYS, KEYS, IN_PROJECTS, ROLES, *reversed(KINDS)) if row.access is not None
}
"""Everything that jobs about people read, in the order of removal: keys first, people last."""


def unread_by(rows: Container[Kind]) -> dict[str, str]:
    """Return the kinds of access that a job does not read, and why; C(rows): what it does read."""
    return {what: why for row in KINDS if row not in rows for what, why in row.not_read.items()}
