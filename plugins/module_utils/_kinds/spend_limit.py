# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Monthly spend limits of the organization and of each project; the API counts cents, options count dollars."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Remove,
    Resource,
    Route,
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
)
