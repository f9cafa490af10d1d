# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Data retention: how OpenAI retains data of requests, in the organization and in each project."""

from __future__ import annotations

from typing import Any

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
ORDERS = (
    (NONE, "modified_abuse_monitoring", "zero_data_retention"),
    (NONE, "enhanced_modified_abuse_monitoring", "enhanced_zero_data_retention"),
)
"""Known orders of types: each type retains less than those before it in the same row."""
TYPES = (DEFAULT, *dict.fromkeys(kind for order in ORDERS for kind in order))
ORGANIZATION = "organization"
"""The key of C(Current.elsewhere) for the declared type of the organization, if there is one."""
ALLOW = Field("allow_weaker_retention", "bool", default=False)


def of_projects_alone(desired: Desired, unused_current: Current) -> Verdict:
    """Refuse types that only a project can have."""
    wanted = desired.values.get("type")
    if desired.in_parent or wanted not in (DEFAULT, NONE):
        return None
    return Refuse(f"The {desired.label} cannot be {wanted}: only a project can have that. Name the project.")


def weaker(desired: Desired, current: Current) -> Verdict:
    """Refuse a type that may retain more than the current one, unless the task allows it.

    A project that the same run creates retains nothing yet. It is only compared with the declared type of the
    organization, if that is known.
    """
    known, wanted = current.object, desired.values.get("type")
    if wanted is None or desired.asks(ALLOW.name):
        return None
    of_all = next((each.get("type") for each in current.elsewhere.get(ORGANIZATION, ())), None)
    if current.is_new or current.missing:
        if not _is_stricter(of_all, wanted):
            return None
        there = f"The {desired.label} would be {wanted}, and that of the organization is declared {of_all}"
        return Refuse(f"{there}: the project would have the weaker one. Set {ALLOW.name} to set it anyway.")
    if known is None:
        return None
    kept = known.get("type")
    if kept == wanted or _is_stricter(wanted, kept) or (kept == DEFAULT and _is_stricter(wanted, of_all)):
        return None
    said = "which is weaker" if _is_stricter(kept, wanted) else "and it is not known whether that is weaker"
    there = f"The {desired.label} is {kept}, not {wanted}"
    if kept is None:
        there = f"The API does not show the {desired.label}, which is to be {wanted}"
    return Refuse(f"{there}, {said}. Set {ALLOW.name} to change it.")


def _is_stricter(one: Any, other: Any) -> bool:
    """Return whether one type is known to retain less than the other."""
    return any(other in order and one in order[order.index(other) + 1 :] for order in ORDERS)


DATA_RETENTION = Resource(
    kind="data_retention",
    plural="data_retentions",
    routes=(
        Route("/organization/data_retention"),
        Route("/organization/projects/{project_id}/data_retention", IN_PROJECT),
    ),
    fields=(Field("type", body="retention_type", known=TYPES, required=True),),
    creates=(),
    create_verb="set",
    remove=None,
    settings=(ALLOW,),
    refusals=(of_projects_alone, weaker),
)
