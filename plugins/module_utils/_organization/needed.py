# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Objects that refer to others which the same declaration removes: they would be lost together with these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Looked
from ansible_collections.community.openai_admin.plugins.module_utils._organization.sets import placed_by
from ansible_collections.community.openai_admin.plugins.module_utils._organization.undeclared import Undeclared


def lost_again(objects: Sequence[Looked], undeclared: Iterable[Undeclared]) -> Iterator[Problem]:
    """Yield a problem for each object that refers to another one which the same declaration removes."""
    removed: dict[tuple[str, Any], str] = {}
    for each in objects:
        is_there = each.current.object is not None and each.resource.remove is not None
        if is_there and not (each.desired.present or each.row.owned or each.row.is_person):
            removed[each.resource.kind, each.resource.id_of(each.current.object or {})] = (
                f"{each.declared.where} declares it {each.desired.state}"
            )
    for item in undeclared:
        if item.is_purged and not (item.place.row.owned or item.place.row.is_person):
            said = f"purge would remove it{item.place.of}, because it is not declared"
            removed.setdefault((item.place.resource.kind, item.own_id), said)
    for each in objects if removed else ():
        if each.desired.present:
            for label, found in _needs(each):
                if found in removed:
                    yield each.declared.problem(f"{each.desired.name} needs the {label}, but {removed[found]}.")


def _needs(looked: Looked) -> Iterator[tuple[str, tuple[str, Any]]]:
    """Yield what an object refers to: its label, and its kind with its ID."""
    if looked.row.owned:
        entry = looked.declared.entry[0]
        resource, parent = entry.candidate.resource, placed_by(entry)
        item = looked.current.object or looked.current.tells
        yield resource.title, (resource.kind, looked.row.owned.canonical(looked.resource.id_of(item)))
        if parent and looked.placed_in:
            yield parent.resource.title, (parent.resource.kind, looked.placed_in)
    for field in looked.resource.options:
        if field.refers and field.is_reference and isinstance(looked.desired.values.get(field.name), str):
            yield field.refers.resource.title, (field.refers.resource.kind, looked.desired.values[field.name])
