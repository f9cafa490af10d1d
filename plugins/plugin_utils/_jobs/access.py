# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Who has access, in words: keys, when they were used, what is told of whoever holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.plugin_utils._render import outline
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import day, minute

Item = Mapping[str, Any]

NOT_READ: Mapping[str, str] = {
    "Groups and their members": "Not supported yet.",
    "Assigned roles": "Not supported yet.",
    "Archived projects": "Nothing can be done in them.",
}
"""Ways to have access that are not read, and why: whoever reads of access is told."""


def last_use(key: Item, by_day: bool = False) -> str:
    used = key.get("last_used_at")
    return "never used" if used is None else f"last used {day(used) if by_day else minute(used)}"


def name_of(key: Item) -> str:
    """A key by its name, where it has one, and its id."""
    return f"{key['name']} ({key['id']})" if key.get("name") else str(key["id"])


def name_of_key(key: Item) -> str:
    """A key by its name and id, whose it is and where it lies."""
    account = f" of {key['service_account']}" if key.get("service_account") else ""
    return f"{name_of(key)}{account}{within(key)}"


def within(item: Item) -> str:
    """Where it lies: by the project's name, where that is known."""
    return outline.within({"project": item.get("project") or item.get("project_id")})
