# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which hosted tools each project may use: retrieve, update. The API notes no such change."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from openai.types.admin.organization.projects import (
    HostedToolPermissionUpdateParams,
    ProjectHostedToolPermissions,
)

from .. import lookup
from ..errors import ApiError
from ..operations import Call, Operation
from ..organization import HostedTools


def retrieve(call: Call) -> HostedTools:
    """Return the project's settings."""
    return lookup.project(call).hosted_tools


def update(call: Call) -> HostedTools:
    """Enable and disable tools, all of them or none; a tool that the organization enables or disables is refused."""
    tools = lookup.active_project(call).hosted_tools
    wanted = {name: value["enabled"] for name, value in call.body.items() if value is not None}
    policies = asdict(call.world.organization.tool_policies)
    for name, enabled in wanted.items():
        fixed = {"all": True, "none": False}.get(policies[name])
        if fixed is not None and enabled != fixed:
            said = f"The tool {name} is {'enabled' if fixed else 'disabled'} for all projects."
            raise ApiError(HTTPStatus.CONFLICT, said, code="tool_policy")
    for name, enabled in wanted.items():
        setattr(tools, name, enabled)
    return tools


def show(call: Call, tools: HostedTools) -> dict[str, Any]:
    """Return all tools as the API formats them; the organization's policies override the project's settings."""
    policies = asdict(call.world.organization.tool_policies)
    fixed = {"all": True, "none": False}
    return {name: {"enabled": fixed.get(policies[name], enabled)} for name, enabled in asdict(tools).items()}


PATH = "/organization/projects/{project_id}/hosted_tool_permissions"

OPERATIONS = (
    Operation("GET", PATH, retrieve, show, ProjectHostedToolPermissions),
    Operation("POST", PATH, update, show, ProjectHostedToolPermissions, body=HostedToolPermissionUpdateParams),
)
