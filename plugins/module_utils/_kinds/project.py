# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Projects: named, archived instead of deleted, their names not unique."""

from __future__ import annotations

from datetime import datetime, timezone

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS, taken
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    VERIFY_UNIQUE,
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Object,
    Parent,
    Refuse,
    Remove,
    Resource,
    Route,
    Standing,
    Verdict,
)

RESIDENCIES = (
    "GLOBAL",
    "US_STORAGE_PROCESSING",
    "EU_STORAGE_PROCESSING",
    "JP_STORAGE",
    "JP_STORAGE_PROCESSING",
    "KR_STORAGE",
    "CA_STORAGE",
    "SG_STORAGE",
    "IN_STORAGE",
    "IN_STORAGE_PROCESSING",
    "AU_STORAGE",
    "AU_STORAGE_PROCESSING",
    "GB_STORAGE",
    "AE_STORAGE",
    "AE_STORAGE_PROCESSING",
)


def standing(project: Object) -> Standing:
    return "gone" if project.get("status") == "archived" else "live"


def archived(desired: Desired, current: Current) -> Verdict:
    """An archived project is past changing, and its name is taken as a sign of a mistake."""
    if not desired.present:
        return None
    known = current.object
    if known is not None and standing(known) == "gone":
        return Refuse(f"The {desired.label} was archived{_since(known)}: archived projects cannot be changed or used.")
    if known is not None:
        return None
    for namesake in current.elsewhere.get("namesakes", ()):
        return Refuse(
            f"There was a {desired.label}: {namesake['id']}, archived{_since(namesake)}, which cannot be undone."
            " To create a new one of that name all the same, set allow_archived_namesake: true."
        )
    return None


def _since(project: Object) -> str:
    moment = project.get("archived_at")
    return f" on {datetime.fromtimestamp(moment, timezone.utc):%Y-%m-%d}" if moment else ""


PROJECT = Resource(
    kind="project",
    plural="projects",
    routes=(Route("/organization/projects"),),
    id_param="project_id",
    keys=(Key("name"),),
    fields=(
        Field("id", made_by="server"),
        Field("name"),
        Field("external_key_id", clearable=True),
        Field(
            "residency",
            known=RESIDENCIES,
            update=False,
            advice="Where data resides is settled when a project is created: create another project for it.",
        ),
        Field("status", made_by="default", default="active"),
        Field("created_at", "int", made_by="server"),
        Field("archived_at", "int", made_by="server"),
    ),
    lasting=True,
    remove=Remove("archived", "archive", "POST", "/archive", leaves={"status": "archived"}, stamps=("archived_at",)),
    standing=standing,
    settings=(
        Field("allow_archived_namesake", "bool", default=False),
        Field(VERIFY_UNIQUE, "bool", default=False),
    ),
    elsewhere=(
        Elsewhere(
            "namesakes",
            by=(("name", "name"),),
            query={"include_archived": True},
            missing=("name",),
            waived_by="allow_archived_namesake",
        ),
        HOLDERS,
    ),
    refusals=(archived, taken),
)

IN_PROJECT = Parent(PROJECT, "project", "project_id")
"""What lies in a project."""
