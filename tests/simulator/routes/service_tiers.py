# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which service tiers each project may use: retrieve, update. The audit log has no events for these changes."""

from __future__ import annotations

from typing import Any

from openai.types.admin.organization.projects import (
    ProjectServiceTierSettings,
    ServiceTierSettingUpdateParams,
)

from .. import lookup
from ..errors import bad_request
from ..operations import Call, Operation
from ..organization import ServiceTiers


def retrieve(call: Call) -> ServiceTiers:
    """Return the project's settings."""
    return lookup.project(call).service_tiers


def update(call: Call) -> ServiceTiers:
    """Set the default, the enabled tiers, or both."""
    tiers = lookup.active_project(call).service_tiers
    if not call.body:
        raise bad_request("One of 'default' and 'enabled_tiers' is required.", code="missing_required_parameter")
    tiers.default = call.body.get("default", tiers.default)
    tiers.enabled_tiers = call.body.get("enabled_tiers", tiers.enabled_tiers)
    return tiers


def show(unused_call: Call, tiers: ServiceTiers) -> dict[str, Any]:
    """Return tiers as the API formats them."""
    enabled = tiers.enabled_tiers
    return {
        "object": "project.service_tier_settings",
        "default": tiers.default,
        "enabled_tiers": enabled if enabled == "all" else list(enabled),
    }


PATH = "/organization/projects/{project_id}/service_tier_settings"

OPERATIONS = (
    Operation("GET", PATH, retrieve, show, ProjectServiceTierSettings),
    Operation("POST", PATH, update, show, ProjectServiceTierSettings, body=ServiceTierSettingUpdateParams),
)
