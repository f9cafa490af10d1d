# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Names for the IDs in the groups of a report, from one listing for each dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import list_all
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import NOTHING, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._reports.question import Lister

KEYS_BY = ("project_id", "api_key_id")
"""Dimensions that names of keys need: each project lists its own keys."""

_OWNERS = tuple(field for field in PROJECT_API_KEY.fields if field.name in ("email", "service_account"))

Groups = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Names:
    """The resource that lists the IDs of a dimension, and its fields to add, by key of the result."""

    dimension: str
    resource: Resource
    fields: Mapping[str, str]


NAMES = (
    Names("project_id", PROJECT, {"project": "name", "project_status": "status"}),
    Names("user_id", USER, {"email": "email"}),
)


def name_groups(
    client: Client, list_everything: Lister, group_by: Iterable[str], groups: Groups, with_keys: bool
) -> Groups:
    """Return the groups with names for their IDs, null if there is none. Raises C(AdminError)."""
    for each in NAMES:
        if each.dimension in group_by:
            ids = {group[each.dimension] for group in groups} - {None}
            known = {each.resource.id_of(item): item for item in (list_everything(each.resource) if ids else ())}
            groups = [{**group, **_beside(each, known.get(group[each.dimension], NOTHING))} for group in groups]
    return _name_keys(client, list_everything, groups) if with_keys else groups


def _beside(names: Names, item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item.get(field) for name, field in names.fields.items()}


def _name_keys(client: Client, list_everything: Lister, groups: Groups) -> Groups:
    """Add the names of keys, which each project lists, except for archived and missing projects."""
    wanted = {group["project_id"] for group in groups if group["api_key_id"]} - {None}
    projects = [item for item in (list_everything(PROJECT) if wanted else ()) if PROJECT.id_of(item) in wanted]
    active = [item for item in projects if PROJECT.standing(item) == "live"]
    pieces = [Piece(f"GET {PROJECT_API_KEY.path}", partial(_keys_of, client, each)) for each in active]
    keys = dict(gather(client, pieces, Pace(), "Reading"))
    return [{**group, **_key(keys.get(group["project_id"]), group["api_key_id"])} for group in groups]


def _keys_of(client: Client, project: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    project_id = PROJECT.id_of(project)
    of = f" of {PROJECT.call(project.get('name') or project_id)}"
    keys = list_all(client, PROJECT_API_KEY, {"project_id": project_id}, NOTHING, of)
    return project_id, {PROJECT_API_KEY.id_of(key): key for key in keys}


def _key(keys: Mapping[str, Any] | None, key_id: str | None) -> dict[str, Any]:
    if keys is None or key_id is None:
        return {"api_key_name": None, "api_key_owner": None, "api_key_deleted": None}
    key = keys.get(key_id)
    name, owner = (key.get("name"), _owner(key)) if key else (None, None)
    return {"api_key_name": name, "api_key_owner": owner, "api_key_deleted": key is None}


def _owner(key: Mapping[str, Any]) -> Any:
    """Return the e-mail address of a person, or the name of a service account."""
    return next((field.read(key) for field in _OWNERS if field.read(key)), None)
