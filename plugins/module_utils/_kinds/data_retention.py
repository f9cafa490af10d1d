# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Data retention: what OpenAI keeps of requests, in the organization and in each project."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Refuse,
    Resource,
    Route,
    Verdict,
)

DEFAULT = "organization_default"
NONE = "none"
STRICTER = (
    NONE,
    "modified_abuse_monitoring",
    "enhanced_modified_abuse_monitoring",
    "zero_data_retention",
    "enhanced_zero_data_retention",
)
"""What is known of how strict types are: each is stricter than those before it."""
ALLOW = Field("allow_weaker_retention", "bool", default=False)


def of_projects_alone(desired: Desired, unused_current: Current) -> Verdict:
    """The organization has no default to follow, and has always a say."""
    wanted = desired.values.get("type")
    if desired.in_parent or wanted not in (DEFAULT, NONE):
        return None
    return Refuse(f"The {desired.label} cannot be {wanted}: only a project can have that. Name the project.")


def weaker(desired: Desired, current: Current) -> Verdict:
    """Refuse what may keep more than is kept now, unless the task allows it."""
    known, wanted = current.object, desired.values.get("type")
    kept = None if known is None else known.get("type")
    if kept is None or wanted in (None, kept) or desired.asks(ALLOW.name):
        return None
    if kept in STRICTER and wanted in STRICTER:
        if STRICTER.index(wanted) > STRICTER.index(kept):
            return None
        said = "which is weaker"
    elif wanted == STRICTER[-1]:
        return None
    else:
        said = "and it is not known whether that is weaker"
    return Refuse(f"The {desired.label} is {kept}, not {wanted}, {said}. Set {ALLOW.name} to change it.")


DATA_RETENTION = Resource(
    kind="data_retention",
    plural="data_retentions",
    routes=(
        Route("/organization/data_retention"),
        Route("/organization/projects/{project_id}/data_retention", IN_PROJECT),
    ),
    fields=(Field("type", body="retention_type", known=(DEFAULT, *STRICTER), required=True),),
    creates=(),
    remove=None,
    settings=(ALLOW,),
    refusals=(of_projects_alone, weaker),
)
