# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Lists that refer to other objects: by name, where the API wants their ids, or by an id that must be of use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    Reads,
    does_not_exist,
    list_all,
    named_nothing,
    only_one,
    read_one,
    unusable,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Desired,
    Field,
    Object,
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


def refuse_unusable(
    client: Reads,
    resource: Resource,
    desired: Desired,
    listing: Callable[[Resource], Iterable[Object]] = lambda unused_resource: (),
) -> None:
    """Read what is referred to by its id, unless it is listed already.

    Raises C(Refused) where it does not exist, or is gone: before anything is sent, no server says so.
    """
    for field in resource.options if desired.present else ():
        if field.refers:
            known = {*map(field.refers.resource.id_of, listing(field.refers.resource))}
            _refuse_unusable(client, field, field.refers, desired.values.get(field.name) or (), known)


def _refuse_unusable(
    client: Reads, field: Field, refers: Parent, entries: Iterable[Mapping[str, Any]], known: Collection[str]
) -> None:
    ids = (entry.get(refers.id_option) for entry in entries)
    for own_id in dict.fromkeys(each for each in ids if not is_blank(each) and each not in known):
        found = read_one(client, refers.resource, {refers.resource.id_param: own_id})
        label = refers.resource.call(own_id, refers.id_option)
        said = unusable(refers.resource, (refers.id_option, own_id), found)
        said = said if found else f"{does_not_exist(label).words}."
        if said:
            raise Refused(said, option=field.option_name)


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
