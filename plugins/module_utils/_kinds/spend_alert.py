# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Spend alerts: at which monthly costs of the organization, or of a project, OpenAI sends e-mails to whom."""

from __future__ import annotations

from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Key,
    Resource,
    Route,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import exact

EMAIL = "notification_channel"


def dollars(amount: Any) -> Any:
    """Return the form in which amounts of dollars are compared, however a template computed them: C("400.00")."""
    found = exact(amount)
    return amount if found is None else f"{found:.2f}"


def in_dollars(amount: Any) -> str:
    """Return an amount as the name of an alert."""
    return f"{dollars(amount)} USD"


def recipients(written: Any) -> Any:
    """Return addresses, each once and in order. Raises C(ValueError) for an invalid address, and if there is none."""
    if not written:
        raise ValueError("must name an address")
    cleaned = [addresses.clean(each) for each in written]
    return sorted({addresses.canonical(each): each for each in reversed(cleaned)}.values())


def as_set(written: Any) -> Any:
    """Return the form in which recipients are compared."""
    return sorted({str(addresses.canonical(each)) for each in written}) if isinstance(written, list) else written


SPEND_ALERT = Resource(
    kind="spend_alert",
    plural="spend_alerts",
    routes=(
        Route("/organization/spend_alerts"),
        Route("/organization/projects/{project_id}/spend_alerts", IN_PROJECT),
    ),
    id_param="alert_id",
    keys=(Key("usd_per_month", field="threshold_amount", times=100, canonical=dollars, written=in_dollars),),
    apart="recipients",
    fields=(
        Field("id", made_by="server"),
        Field(
            "usd_per_month",
            "float",
            body="threshold_amount",
            answer="threshold_amount",
            times=100,
            minimum=0.01,
            required=True,
        ),
        Field(
            "recipients",
            "set",
            body=f"{EMAIL}.recipients",
            answer=f"{EMAIL}.recipients",
            required=True,
            clean=recipients,
            canonical=as_set,
        ),
        Field("subject_prefix", clearable=True, body=f"{EMAIL}.subject_prefix", answer=f"{EMAIL}.subject_prefix"),
        Field("currency", made_by="default", default="USD"),
        Field("interval", made_by="default", default="month"),
    ),
    sends={"currency": "USD", "interval": "month", f"{EMAIL}.type": "email"},
    whole=True,
)
