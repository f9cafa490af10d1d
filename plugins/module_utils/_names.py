# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Names beside ids: what the groups of a report are called, with one listing for each dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._client import WORKERS, Client
from ansible_collections.community.openai_admin.plugins.module_utils._lookup import list_all
from ansible_collections.community.openai_admin.plugins.module_utils._report import List
from ansible_collections.community.openai_admin.plugins.module_utils._resource import NOTHING, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._resources.user import USER

KEYS_BY = ("project_id", "api_key_id")
"""Groups in which keys can be named: each project lists its own."""

Groups = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Names:
    """Where the objects of a dimension's ids are listed, and which of their fields stands beside the id."""

    dimension: str
    name: str
    resource: Resource
    field: str


NAMES = (
    Names("project_id", "project", PROJECT, "name"),
    Names("user_id", "email", USER, "email"),
)


def name_groups(
    client: Client, list_everything: List, group_by: Iterable[str], groups: Groups, with_keys: bool
) -> Groups:
    """The groups with names beside their ids, null where there is none. Raises C(AdminError)."""
    for each in NAMES:
        if each.dimension in group_by:
            ids = {group[each.dimension] for group in groups} - {None}
            known = {item["id"]: item.get(each.field) for item in (list_everything(each.resource) if ids else ())}
            groups = [{**group, each.name: known.get(group[each.dimension])} for group in groups]
    return _name_keys(client, list_everything, groups) if with_keys else groups


def _name_keys(client: Client, list_everything: List, groups: Groups) -> Groups:
    """Keys are listed by project; those of projects that are archived or gone cannot be."""
    wanted = {group["project_id"] for group in groups if group["api_key_id"]} - {None}
    projects = [item for item in (list_everything(PROJECT) if wanted else ()) if item["id"] in wanted]
    active = [item for item in projects if PROJECT.standing(item) == "live"]
    with ThreadPoolExecutor(WORKERS) as pool:
        names = dict(pool.map(partial(_names_of_keys, client), active))
    return [{**group, **_key(names.get(group["project_id"]), group["api_key_id"])} for group in groups]


def _names_of_keys(client: Client, project: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    project_id = project["id"]
    of = f" of {PROJECT.call(project.get('name') or project_id)}"
    keys = list_all(client, PROJECT_API_KEY, {"project_id": project_id}, NOTHING, of)
    return project_id, {key["id"]: key.get("name") for key in keys}


def _key(names: Mapping[str, Any] | None, key_id: str | None) -> dict[str, Any]:
    if names is None or key_id is None:
        return {"api_key_name": None, "api_key_deleted": None}
    return {"api_key_name": names.get(key_id), "api_key_deleted": key_id not in names}
