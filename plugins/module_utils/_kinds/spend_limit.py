# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Monthly spend limits of the organization and of each project; the API counts cents, options count dollars."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Refuse,
    Remove,
    Resource,
    Route,
    Spent,
    Verdict,
    value_at,
)

ALLOW = Field("allow_enforcing", "bool", default=False)
ORGANIZATION = "organization"
"""The key of C(Current.elsewhere) for the limit of the organization, if it is known."""


def stops_at_once(desired: Desired, current: Current) -> Verdict:
    """Reject a limit that this month's costs have already reached, unless the task allows it, or only raises it."""
    if not _is_reached(desired, current) or _is_raised(desired, current):
        return None
    limit, spent = desired.values["usd_per_month"], current.spent
    return Refuse(
        f"The {desired.label} would be {limit:.2f} USD, and this month has already cost at least {spent:.2f} USD: the"
        f" API would stop requests at once. Set {ALLOW.name} to set the limit anyway."
    )


def _is_reached(desired: Desired, current: Current) -> bool:
    limit = desired.values.get("usd_per_month")
    return limit is not None and current.spent is not None and Decimal(str(limit)) <= current.spent


def _is_raised(desired: Desired, current: Current) -> bool:
    """Return whether the task raises a limit that the API enforces, so that it stops nothing that runs now."""
    known = current.object or {}
    before, status = value_at(known, "threshold_amount"), value_at(known, "enforcement.status")
    is_number = isinstance(before, (int, float)) and not isinstance(before, bool)
    return is_number and status == "enforcing" and Decimal(str(desired.values["usd_per_month"])) * 100 > before


def what_a_change_does(desired: Desired, current: Current) -> Iterator[str]:
    """Warn of limits that may stop requests, or that another one makes useless."""
    if not desired.present:
        return
    limit = desired.values.get("usd_per_month")
    for words in current.unread.values():
        yield (
            f"This month's costs could not be read, so it is not known whether the {desired.label} stops requests at"
            f" once: {words}"
        )
    if _is_reached(desired, current) and _is_raised(desired, current):
        yield (
            f"The {desired.label} is raised to {limit:.2f} USD, and this month has already cost at least"
            f" {current.spent:.2f} USD: requests stay stopped until the limit is above the costs."
        )
    if current.object and value_at(current.object, "enforcement.status") == "inactive":
        yield f"The API does not enforce the {desired.label} so far (inactive), and may enforce it from this change on."
    for above in current.elsewhere.get(ORGANIZATION, ()):
        if limit is not None and limit > above["usd_per_month"]:
            yield (
                f"The {desired.label} is above that of the organization, which is reached first ({limit:.2f} and"
                f" {above['usd_per_month']:.2f} USD)."
            )


SPEND_LIMIT = Resource(
    kind="spend_limit",
    plural="spend_limits",
    routes=(
        Route("/organization/spend_limit"),
        Route("/organization/projects/{project_id}/spend_limit", IN_PROJECT),
    ),
    unset="404",
    fields=(
        Field(
            "usd_per_month",
            "float",
            body="threshold_amount",
            answer="threshold_amount",
            times=100,
            minimum=0.01,
            required=True,
        ),
        Field("currency", made_by="default", default="USD"),
        Field("interval", made_by="default", default="month"),
        Field("status", made_by="server", answer="enforcement.status", remade=True),
    ),
    sends={"currency": "USD", "interval": "month"},
    create_verb="set",
    whole=True,
    remove=Remove(verb="remove"),
    settings=(ALLOW,),
    spent=Spent("/organization/costs", ALLOW.name),
    refusals=(stops_at_once,),
    cautions=(what_a_change_does,),
)
