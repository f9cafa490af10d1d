# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The projects that a task asks a report for: by names, by ids, or by both."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import Spec, option
from ansible_collections.community.openai_admin.plugins.module_utils._client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Params
from ansible_collections.community.openai_admin.plugins.module_utils._lookup import does_not_exist, list_all
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project import PROJECT


def projects_options() -> Spec:
    """Projects by names or ids; both together are one filter."""
    return {"projects": option("list", elements="str"), "project_ids": option("list", elements="str")}


def asked_projects(client: Client, params: Params) -> tuple[list[str] | None, tuple[str, ...]]:
    """The ids of the projects that a task names, none if it names none; and which of them do not exist."""
    names, ids = params.get("projects"), params.get("project_ids")
    if names is None and ids is None:
        return None, ()
    found = list(ids or ())
    missing = []
    if names:
        listed = list_all(client, PROJECT, query={"include_archived": True})
        for name in names:
            same = [project["id"] for project in listed if project.get("name") == name]
            found += same
            if not same:
                missing.append(does_not_exist(PROJECT.call(name)))
    return list(dict.fromkeys(found)), tuple(missing)
