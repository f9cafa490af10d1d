# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Summarizes a run of C(organization) in a few lines, and forecasts its requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    DECLARED_IN_PROJECT,
    HOLDERS,
    INSIDE,
    KINDS,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declared_of,
    declares,
    entries_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import whose

MOST_LINES = 30
_SINGLE = {row.resource.kind for row in KINDS if row.is_single}
A_MINUTE = 10
"""Requests per minute and route that the API may allow; measurements on one organization showed 7 to 10."""


def outline(result: Mapping[str, Any], check: bool) -> list[str]:
    """Return at most 30 lines: changes, pending invites, and undeclared objects."""
    changes, pending = result.get("changes") or [], result.get("pending") or []
    unmanaged, requests = result.get("unmanaged") or [], result.get("requests") or {}
    verb = "would change" if check else "changed"
    head = [f"{counted(len(changes), 'object')} {verb}." if changes else f"Nothing {verb}: all is as declared."]
    tail = []
    if pending:
        addresses = few([str(each.get("email")) for each in pending])
        tail.append(f"Invited and not accepted yet: {addresses}.")
    if unmanaged:
        names = few([f"{each['kind'].replace('_', ' ')} {each['name']}{within(each)}" for each in unmanaged])
        tail.append(f"Not declared, and left alone: {names}.")
    if result.get("plan_sha256"):
        tail.append(f"Plan: SHA-256 {result['plan_sha256']}")
    tail.append(whose(result.get("organization_name")))
    tail.append(
        f"Requests: {counted(requests.get('reads', 0), 'read')}, {counted(requests.get('writes', 0), 'write')},"
        f" {requests.get('retries', 0)} sent again, {requests.get('waited', 0):g} s waited."
    )
    lines = [
        f"- {each['action']} {each['kind'].replace('_', ' ')} {each['name']}{within(each)}{by_default(each)}"
        + (f" ({each['place']})" if each.get("place") else "")
        for each in changes
    ]
    return [visible(line) for line in (*head, *cut(lines, MOST_LINES - len(head) - len(tail)), *tail)]


def forecast(declaration: Mapping[str, Any]) -> str:
    """Return a sentence about the minimum number of requests for reading, and the time at ten per minute and route."""
    of_route: Counter[Kind] = Counter()
    for each in _present(declaration.get(PROJECTS.word)):
        of_route.update(DECLARED_IN_PROJECT[word] for word in declared_of(declaration, each))
        for row in (inner for inner in DECLARED_IN_PROJECT.values() if INSIDE[inner]):
            of_route.update(_inside(row, entries_of(declaration, each, row)))
    for word, row in DECLARED_IN_ORGANIZATION.items():
        of_route.update(_inside(row, declaration.get(word) if INSIDE[row] else ()))
    reads = sum(of_route.values()) + sum(name in declaration for name in (PROJECTS.word, *DECLARED_IN_ORGANIZATION))
    minutes = max([*of_route.values(), 0]) // A_MINUTE
    waits = f"about {counted(minutes, 'minute')}" if minutes else "less than a minute"
    return (
        f"Reading needs about {counted(reads, 'request')}. At {A_MINUTE} a minute and route, that takes {waits};"
        " each change takes one more."
    )


def _inside(row: Kind, entries: Any) -> Iterator[Kind]:
    """Yield the kind of each collection that these entries declare."""
    yield from (inner for each in _present(entries) for inner in INSIDE[row].values() if declares(inner, each))


def _present(entries: Any) -> list[Mapping[str, Any]]:
    """Return the declared objects that should exist."""
    return [each for each in entries or () if each.get("state", "present") == "present"]


def within(each: Mapping[str, Any]) -> str:
    """Return the words for an object's project or group; a singleton of a project has the name of the project."""
    names = [each[option] for option in reversed(HOLDERS) if each.get(option)]
    return "".join(f" in {name}" for name in names) if each.get("kind") not in _SINGLE else ""


def by_default(change: Mapping[str, Any]) -> str:
    """Return the note for an object that the defaults of projects declare; empty for others."""
    return f" ({change['default']})" if change.get("default") else ""


def cut(lines: Sequence[str], room: int) -> list[str]:
    """Return the lines, truncated to C(room) lines."""
    return [*lines[: room - 1], f"- and {len(lines) - room + 1} more"] if len(lines) > room else [*lines]


def few(names: Sequence[str], most: int = 10) -> str:
    """Return the first names, and the number of further ones."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
