# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Lists that refer to other objects by name: the API wants their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    Reads,
    list_all,
    named_nothing,
    only_one,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Desired,
    Parent,
    Resource,
)


def resolve(client: Reads, resource: Resource, desired: Desired) -> tuple[Desired, tuple[Missing, ...]]:
    """What is desired with ids for names, and what of it is not there. Raises C(AdminError).

    The collection that is referred to is listed once, and only if something is named.
    """
    missing: list[Missing] = []
    values = dict(desired.values)
    for field in resource.options:
        if field.refers and desired.present and field.name in values:
            values[field.name] = _with_ids(client, field.refers, values[field.name], missing)
    return replace(desired, values=values), tuple(missing)


def _with_ids(
    client: Reads, refers: Parent, entries: list[Mapping[str, Any]], missing: list[Missing]
) -> list[dict[str, Any]]:
    names = (refers.name_option, refers.id_option)
    listed = (
        list_all(client, refers.resource) if any(is_blank(entry.get(refers.id_option)) for entry in entries) else []
    )
    return [
        {
            ID: _id(refers, entry, listed, missing),
            **{name: value for name, value in entry.items() if name not in names},
        }
        for entry in entries
    ]


def _id(refers: Parent, entry: Mapping[str, Any], listed: list[dict[str, Any]], missing: list[Missing]) -> str | None:
    """The id that an entry gives, else that of the object it names."""
    if not is_blank(entry.get(refers.id_option)):
        return str(entry[refers.id_option])
    name = entry[refers.name_option]
    same = [item for item in listed if refers.resource.keys[0].read(item) == name]
    found = only_one(same, refers.resource, (refers.resource.keys[0].option, name), refers.id_option)
    if found is None:
        missing.append(named_nothing(refers.resource, name, listed))
        return None
    return str(refers.resource.id_of(found))
