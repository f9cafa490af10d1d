# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Lists that refer to other objects by name: the API wants their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._lookup import list_all, only_one
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Desired, Object, Parent, Resource


def resolve(client: Client, resource: Resource, desired: Desired) -> tuple[Desired, tuple[str, ...]]:
    """What is desired with ids for names, and what of it is not there, as sentences. Raises C(AdminError).

    The collection that is referred to is listed once, and only if something is named.
    """
    missing: list[str] = []
    values = dict(desired.values)
    for field in resource.options:
        if field.refers and desired.present and field.name in values:
            values[field.name] = _with_ids(client, field.refers, values[field.name], missing)
    return replace(desired, values=values), tuple(missing)


def _with_ids(
    client: Client, refers: Parent, entries: list[Mapping[str, Any]], missing: list[str]
) -> list[dict[str, Any]]:
    names = (refers.name_option, refers.id_option)
    if any(all(is_blank(entry.get(name)) for name in names) for entry in entries):
        raise BadInput(f"Each entry needs one of {', '.join(names)}.")
    named = any(is_blank(entry.get(refers.id_option)) for entry in entries)
    listed = list_all(client, refers.resource) if named else []
    return [
        {
            "id": entry.get(refers.id_option) or _id(refers, entry[refers.name_option], listed, missing),
            **{name: value for name, value in entry.items() if name not in names},
        }
        for entry in entries
    ]


def _id(refers: Parent, name: str, listed: list[dict[str, Any]], missing: list[str]) -> str | None:
    label = refers.resource.call(name)
    same: list[Object] = [item for item in listed if refers.resource.keys[0].read(item) == name]
    found = only_one([dict(item) for item in same], label, f"Give {refers.id_option} instead")
    if found is None:
        missing.append(f"{label[0].upper()}{label[1:]} does not exist")
    return found["id"] if found else None
