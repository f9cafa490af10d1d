# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Service tiers: which tiers the requests of a project may use, and which one they use by default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Resource,
    Route,
)

ALL = "all"
STANDARD, FAST = "standard", "fast"
FORMER = "priority"
"""What OpenAI called the tier C(fast) until July 2026."""


def current_name(tier: Any) -> Any:
    """Return a tier. Raises C(ValueError) for the former name of one."""
    if tier == FORMER:
        raise ValueError(f"must be {FAST}, not {FORMER}, which is the former name of that tier")
    return tier


def tiers(value: Any) -> Any:
    """Return C(all), or a sorted list of tiers. Raises C(ValueError) for anything else."""
    if value == ALL:
        return ALL
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"must be {ALL} or a list of tiers, such as [flex], not {value!r}")
    if ALL in value:
        raise ValueError(f"must be either {ALL} or a list of tiers, not a list with {ALL} in it")
    if STANDARD in value:
        raise ValueError(f"must not name {STANDARD}, which every project may use: an empty list means only {STANDARD}")
    return sorted({current_name(each) for each in value})


def in_order(value: Any) -> Any:
    """Return the form in which tiers are compared."""
    return sorted(set(map(str, value))) if isinstance(value, list) else value


def fast_is_not_enabled(desired: Desired, current: Current) -> Iterator[str]:
    """Warn if the default tier is one that the project may not use."""
    values = {**(current.object or {}), **desired.values}
    enabled = values.get("enabled", values.get("enabled_tiers"))
    if values.get("default") == FAST and isinstance(enabled, list) and FAST not in enabled:
        yield (
            f"The {desired.label} have {FAST} as default, which is not among the enabled ones"
            f" ({', '.join(enabled) or f'only {STANDARD}'}): add it to enabled, or use another default."
        )


SERVICE_TIERS = Resource(
    kind="service_tiers",
    plural="service_tiers",
    routes=(Route("/organization/projects/{project_id}/service_tier_settings", IN_PROJECT),),
    fields=(
        Field("default", known=(STANDARD, FAST, "scale"), clean=current_name),
        Field(
            "enabled",
            "raw",
            body="enabled_tiers",
            answer="enabled_tiers",
            shapes=("str", "set"),
            known=(ALL, "flex", FAST, "ultrafast"),
            canonical=in_order,
            clean=tiers,
        ),
    ),
    creates=(),
    create_verb="set",
    remove=None,
    cautions=(fast_is_not_enabled,),
)
