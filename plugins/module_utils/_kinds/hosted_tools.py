# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Hosted tools: which of the tools that OpenAI runs the requests of a project may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Declined,
    Field,
    Resource,
    Route,
)

TOOLS = ("code_interpreter", "file_search", "image_generation", "mcp", "web_search")


def selected_projects(sent: Mapping[str, Any]) -> str:
    """Return where to change the organization's policy for tools that a project may not disable."""
    disabled = [name for name, enabled in sent.items() if enabled is False]
    if not disabled:
        return ""
    return (
        f"The task disables {', '.join(disabled)}. A project cannot disable a tool that the organization enables for"
        " all projects: in the organization's settings, change the policy of the tool to selected projects, then run"
        " the task again."
    )


HOSTED_TOOLS = Resource(
    kind="hosted_tools",
    plural="hosted_tools",
    routes=(Route("/organization/projects/{project_id}/hosted_tool_permissions", IN_PROJECT),),
    fields=tuple(Field(tool, "bool", body=f"{tool}.enabled", answer=f"{tool}.enabled") for tool in TOOLS),
    creates=(),
    create_verb="set",
    remove=None,
    declined=Declined((400, 409), selected_projects),
)
