# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Finds people in a declaration, because the next run would let them in again. This file is pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import PRESENT
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses as _addresses

Entry = Mapping[str, Any]


def where_declared(declaration: Entry, person: Entry) -> Iterator[str]:
    """Yield where a person is declared, in the form of messages: C(projects[0].users[2]).

    C(person): C(asked) and C(email), which are addresses, and C(ids), from the report of the off-boarding.
    """
    addresses = [person.get(name) for name in ("asked", "email")]
    ids = list(person.get("ids") or ())
    for where, entry in _entries(declaration):
        own_id, address = entry.get("user_id"), entry.get("email")
        if own_id in ids if own_id else any(_addresses.same(address, each) for each in addresses):
            yield where


def _entries(declaration: Entry) -> Iterator[tuple[str, Entry]]:
    """Yield all entries that give access to people, with their places."""
    for name in "users", "invites":
        yield from _present(name, declaration.get(name))
    for where, group in _present("groups", declaration.get("groups")):
        yield from _present(f"{where}.members", group.get("members"))
    defaults = declaration.get("project_defaults")
    yield from _present("project_defaults.users", defaults.get("users") if isinstance(defaults, Mapping) else None)
    for where, project in _present("projects", declaration.get("projects")):
        yield from _present(f"{where}.users", project.get("users"))


def _present(where: str, entries: Any) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of a list that are not absent; invalid lists are reported elsewhere."""
    for number, entry in enumerate(entries if isinstance(entries, Sequence) and not isinstance(entries, str) else ()):
        if isinstance(entry, Mapping) and (entry.get("state") or PRESENT) == PRESENT:
            yield f"{where}[{number}]", entry
