# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Checks a declaration for jobs, before they read anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import diagnose


def problems_of_people(declaration: Mapping[str, Any]) -> list[Problem]:
    """Return the problems that the module organization would report about declared people, regardless of the API.

    The module itself checks the rest, which is most of a large declaration.
    """
    return diagnose(json.loads(json.dumps(_people(declaration), default=str)))  # plain values, as modules get them


def _people(declaration: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a declaration that is about people, with places unchanged."""
    of_organization = {name: declaration[name] for name in ("users", "invites", "email_domains") if name in declaration}
    projects, defaults = declaration.get("projects"), declaration.get("project_defaults")
    if isinstance(projects, list):
        of_organization["projects"] = [
            _only(project, "name", "project_id", "defaults", "users") for project in projects
        ]
    return {**of_organization, **({} if defaults is None else {"project_defaults": _only(defaults, "users")})}


def _only(value: Any, *names: str) -> Any:
    return {name: value[name] for name in names if name in value} if isinstance(value, Mapping) else value
