# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Projects, which are archived instead of deleted, and whose names are not unique."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_key import IN_EXTERNAL_KEY
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
from ansible_collections.community.openai_admin.plugins.module_utils._model.undeclared import Around, Fate

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
    """Return whether a project is active or archived, in the terms of a resource."""
    return "gone" if project.get("status") == "archived" else "live"


def archived(desired: Desired, current: Current) -> Verdict:
    """Refuse to change an archived project, or to create one with the name of an archived one."""
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


def undeclared(project: Object, listed: Sequence[Object], around: Around) -> Fate:
    """Decide about an undeclared project: a purge never archives one with a protected name.

    If several projects have a protected name, the oldest is the protected one, because the default project is as old
    as the organization. If their ages are equal or unknown, none of them is known to be the protected one.
    """
    if project.get("name") not in around.protected:
        return "removable"
    others = [each for each in _namesakes(project, listed) if each["id"] != project["id"]]
    return "ignored" if all(_is_older(project, each) for each in others) else "kept"


def note(kept: Sequence[Object], listed: Sequence[Object], unused_of: str) -> Iterator[str]:
    """Warn about projects that a purge keeps because a protected one has the same name."""
    for name, project in {each["name"]: each for each in kept}.items():
        twins = _namesakes(project, listed)
        ids = ", ".join(str(each["id"]) for each in twins)
        yield (
            f"purge does not archive {len(twins)} projects that are named '{name}' ({ids}), because protected_projects"
            " contains that name. Declare by project_id the one that should stay, and archive the other one in a"
            " separate task."
        )


def _namesakes(project: Object, listed: Sequence[Object]) -> list[Object]:
    """Return the active projects with the same name, including the project itself."""
    return [each for each in listed if each.get("name") == project.get("name") and standing(each) == "live"]


def _is_older(project: Object, other: Object) -> bool:
    """Return whether a project is known to be older than another one."""
    first, second = project.get("created_at"), other.get("created_at")
    return first is not None and second is not None and bool(first < second)


PROJECT = Resource(
    kind="project",
    plural="projects",
    routes=(Route("/organization/projects"),),
    id_param="project_id",
    keys=(Key("name"),),
    fields=(
        Field("id", made_by="server"),
        Field("name"),
        Field("external_key_id", clearable=True, refers=IN_EXTERNAL_KEY),
        Field(
            "residency",
            known=RESIDENCIES,
            update=False,
            advice="The residency of data is fixed when a project is created: create another project.",
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
"""The parent of objects in a project."""
