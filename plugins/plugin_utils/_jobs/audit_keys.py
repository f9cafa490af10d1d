# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The findings of an audit about API keys that work: their expiry, their age, their owners, their scopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import scopes_given
from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import PEOPLE_KEYS
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import (
    ENDLESS,
    OF_PEOPLE_KEYS,
    OLD,
    WIDER,
    Finding,
    finding_of,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import day

KIND = "project_api_key"
_DAY = 86400

Key = Mapping[str, Any]


def find_keys(
    keys: Sequence[Key],
    events: Iterable[Mapping[str, Any]],
    declaration: Mapping[str, Any],
    told: Mapping[str, Any],
    now: float,
) -> Iterator[Finding]:
    """Yield findings about keys; a key has one for each thing that is wrong with it.

    C(events): those of the audit log about keys. C(told): the settings.
    """
    closed = closed_projects(declaration)
    oldest = told.get("keys_older_than_days") or 0
    scopes = _scopes(events)
    for key in keys:
        owner = key.get("email") or key.get("service_account")
        of = [f"of {owner}"] if owner else []
        created, expires = key.get("created_at"), key.get("expires_at")
        if expires is not None and expires <= now:
            continue
        if "key_expiry" in (told.get("check") or ()) and expires is None:
            yield _finding(ENDLESS, key, [*of, "does not expire"])
        if oldest and created is not None and created <= now - oldest * _DAY:
            yield _finding(OLD, key, [*of, f"issued {day(created)}"])
        if key.get("owner_type") == "user" and {key.get("project"), key.get("project_id")} & closed:
            yield _finding(OF_PEOPLE_KEYS, key, [*of, f"which {PEOPLE_KEYS}: false of the project excludes"])
        first, last = scopes.get(key.get("id"), (None, None))
        if first and last is not None and (not last or {*last} - {*first}):
            more = ", ".join(sorted({*last} - {*first})) if last else "everything that its owner may do"
            yield _finding(WIDER, key, [*of, f"scopes added since it was issued: {more}"])


def closed_projects(declaration: Mapping[str, Any]) -> set[Any]:
    """Return the names and IDs of projects in which people must not own keys."""
    return {
        project[option]
        for project in declaration.get("projects") or ()
        for option in ("name", "project_id")
        if project.get(PEOPLE_KEYS) is False and project.get(option)
    }


def _finding(category: str, key: Key, parts: Sequence[str]) -> Finding:
    name = key.get("name") or key["id"]
    return finding_of(category, KIND, name, key.get("project"), id=key["id"], detail=", ".join(parts))


def _scopes(events: Iterable[Mapping[str, Any]]) -> dict[Any, tuple[Sequence[str] | None, Sequence[str] | None]]:
    """Return the scopes of each key when it was issued and now; null: no event says."""
    found: dict[Any, tuple[Sequence[str] | None, Sequence[str] | None]] = {}
    for event in sorted(events, key=lambda each: each.get("effective_at") or 0):
        details = event.get("details") or {}
        scopes = scopes_given(event.get("type"), details)
        if scopes is None:
            continue
        first = scopes if event["type"] == "api_key.created" else found.get(details.get("id"), (None, None))[0]
        found[details.get("id")] = (first, scopes)
    return found
