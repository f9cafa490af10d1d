# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources that no module has yet, in the vocabulary that the present ones use.

They hold what is hardest to say: a singleton whose absence is a 404, and a membership of scoped ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Parent,
    Resource,
    Standing,
)

SPEND_LIMIT = Resource(
    kind="spend_limit",
    plural="spend_limits",
    path="/organization/projects/{project_id}/spend_limit",
    parent=Parent(PROJECT, "project", "project_id"),
    fields=(
        Field("threshold_amount", "int", minimum=1),
        Field("currency", initial="USD"),
        Field("interval", initial="month"),
        Field("status", made_by="server", answer="enforcement.status"),
    ),
    create_verb="set",
    whole=True,
)


def without_scope(role_id: Any) -> str:
    return re.sub(r"__api-(project|organization)__.*$", "", str(role_id))


def inherited(role: Mapping[str, Any]) -> Standing:
    """A role that comes through a group cannot be taken from the person."""
    sources = role.get("assignment_sources")
    return "live" if not sources or any(source["principal_type"] == "group" for source in sources) else "gone"


GROUP_ROLES = Membership(
    kind="group_roles",
    members=Resource(kind="role", plural="roles", path="/organization/roles", id_param="role_id", fields=()),
    path="/organization/groups/{group_id}/roles",
    option="roles",
    body="role_id",
    canonical=without_scope,
    counts=inherited,
)
