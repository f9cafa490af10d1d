# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources that no module has yet, in the vocabulary that the present ones use.

They hold what is hardest to say: an identity by fingerprint, a singleton whose absence is a
404, and a membership of scoped ids.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._resource import (
    Field,
    Key,
    Object,
    Parent,
    Resource,
    Standing,
)
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project import PROJECT


def fingerprint(content: Any) -> Any:
    """Of a certificate's text, whatever its line ends are."""
    return hashlib.sha256("".join(content.split()).encode()).hexdigest() if isinstance(content, str) else content


def same_length(content: str, listed: Object) -> bool:
    """Stands for comparing validity: the listing shows no content, but something that narrows it down."""
    return bool(listed["certificate_details"]["length"] == len("".join(content.split())))


CERTIFICATE = Resource(
    kind="certificate",
    plural="certificates",
    path="/organization/certificates",
    id_param="certificate_id",
    keys=(
        Key(
            "content",
            field="certificate_details.content",
            canonical=fingerprint,
            candidates=same_length,
            detail={"include": ["content"]},
        ),
        Key("name"),
    ),
    fields=(
        Field("id", made_by="server"),
        Field("name"),
        Field(
            "content",
            body="certificate",
            answer="certificate_details.content",
            update=False,
            canonical=fingerprint,
            advice="Upload it as another certificate.",
        ),
        Field("expires_at", "int", made_by="server", answer="certificate_details.expires_at"),
        Field("active", "bool", made_by="default", default=False),
    ),
    create_verb="upload",
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
    kind="roles of the group",
    path="/organization/groups/{group_id}/roles",
    option="roles",
    body="role_id",
    canonical=without_scope,
    counts=inherited,
)

ACTIVATION = Membership(
    kind="active certificates",
    path="/organization/certificates",
    option="certificates",
    body="certificate_ids",
    add=("POST", "/activate"),
    remove=("POST", "/deactivate"),
    chunk=10,
)
