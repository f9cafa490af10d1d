# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The data about access that jobs read, and texts about keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.access import READ, unread_by
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.plugin_utils._render import outline
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import day, minute

Item = Mapping[str, Any]


def listed(read: Item, plural: str) -> Sequence[Item]:
    """Return the objects of one result; nothing if it could not be read.

    :raises KeyError: the result is required, and no task has read it.
    """
    found = read.get(plural, ()) if plural in _OPTIONAL else read[plural]
    return () if isinstance(found, Mapping) else found


def unreadable(read: Item, rows: Iterable[Kind] = READ) -> list[dict[str, str]]:
    """Return which of these kinds could not be read, and the API's reasons, from the failed task."""
    return [{"what": row.title, "why": why} for row in rows for why in _whys(row, read)]


def _whys(row: Kind, read: Item) -> Iterator[str]:
    """Yield why a kind could not be read: because of its own collection, or of its container's."""
    access = READ[row]
    if not access.optional or (access.asked_by and row.resource.plural not in read):
        return
    for plural in needed_for(row):
        found = read.get(plural)
        if plural not in read:
            yield "It was not read."
            return
        if isinstance(found, Mapping):
            yield " ".join(str(found.get("msg") or "No reason was given.").split())
            return


def not_read(read: Item, rows: Iterable[Kind] = READ) -> list[dict[str, str]]:
    """Return kinds of access that were not read, and why; those of these kinds come first."""
    wanted = [*rows]
    not_asked = {
        row.title: f"{access.asked_by} is not set." if row in wanted else "This job does not read them."
        for row, access in READ.items()
        if access.asked_by and row.resource.plural not in read
    }
    why_not = {**not_asked, **unread_by(wanted)}
    return [*unreadable(read, rows), *({"what": what, "why": why} for what, why in why_not.items())]


def needed_for(row: Kind) -> list[str]:
    """Return the names of results that a kind needs: of its containers, and of its objects."""
    parent = row.resource.parent
    return [*([parent.resource.plural] if parent else []), row.resource.plural]


_OPTIONAL = {plural for row, access in READ.items() if access.optional for plural in needed_for(row)} - {
    PROJECTS.resource.plural
}
"""Results that some organizations or keys do not provide."""


def last_use(key: Item, by_day: bool = False) -> str:
    """Return when a key was last used, in words."""
    used = key.get("last_used_at")
    return "never used" if used is None else f"last used {day(used) if by_day else minute(used)}"


def name_of(key: Item) -> str:
    """Return a key's name, if it has one, and its ID."""
    return f"{key['name']} ({key['id']})" if key.get("name") else str(key["id"])


def name_of_key(key: Item) -> str:
    """Return a key's name and ID, its owner and its project."""
    account = f" of {key['service_account']}" if key.get("service_account") else ""
    return f"{name_of(key)}{account}{within(key)}"


def why_closed(read: Item, row: Kind, item: Item) -> str:
    """Return why only an identity provider may end an entry of a set; empty for other entries."""
    owner, closed = row.resource.parent, row.members.closed if row.members else None
    if owner is None or closed is None:
        return ""
    own_id = item[owner.id_option]
    return next((closed(each) for each in listed(read, owner.resource.plural) if each["id"] == own_id), "")


def placed(row: Kind, item: Item) -> str:
    """Return its container in messages, such as C(group search-team); empty if there is none."""
    owner = row.resource.parent
    name = owner and (item.get(owner.name_option) or item.get(owner.id_option))
    return f"{owner.resource.title} {name}" if owner and name else ""


def within(item: Item) -> str:
    """Return the words for its project, with the project's name if that is known."""
    return outline.within({"project": item.get("project") or item.get("project_id")})
