# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Remove everything that differs from run to run from the simulator's state and from results, to compare them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

MADE_BY_SERVER = {
    "created_at",
    "added_at",
    "archived_at",
    "updated_at",
    "last_used_at",
    "redacted_value",
    "requests",
    "value",
}
"""Values that differ from run to run, or that change if a server refuses some requests."""
NO_PART = {"audit_events", "behaviour", "usage"}
"""Parts of the simulator's state that do not belong to the organization."""
LEFT_OUT = MADE_BY_SERVER | NO_PART
IN_WORDS = r"([a-z_]+\[\d+\][^ ]*: )?[A-Z0-9].* .*\.$"
"""A failure's message: a sentence, which the place in the declaration may precede."""
PLAIN = (str, int, float, type(None))
NO_COLLECTION = {*PLAIN, bool}
COMMON = {*NO_COLLECTION, dict, list}
"""The types of nearly all values, since a look at a value's type is faster than a check for all kinds of mappings."""
GIVEN = {"external_key_id"}
"""Fields whose names look like those of IDs, but whose values other systems give."""


def ids(value: Any) -> Iterator[str]:
    """Yield all IDs in a state or a result, at any depth."""
    found: list[str] = []
    _gather(value, found)
    return iter(found)


def _gather(value: Any, found: list[str]) -> None:
    kind = type(value)
    if kind is dict or (kind is not list and isinstance(value, Mapping)):
        for name, part in value.items():
            kind = type(part)
            if kind is str or (kind not in COMMON and isinstance(part, str)):
                if name[-2:] == "id" and (name == "id" or name[-3:] == "_id") and name not in GIVEN:
                    found.append(part)
            elif part and kind not in NO_COLLECTION:
                _gather(part, found)
    elif isinstance(value, (list, tuple)):
        for part in value:
            if type(part) not in NO_COLLECTION:
                _gather(part, found)


def settled(value: Any, known: Collection[str]) -> Any:
    """Return a state or a result without what differs from run to run; unknown IDs become "new"."""
    return _settled(value, {each for each in ids(value) if each not in known})


def _settled(value: Any, new: set[str]) -> Any:
    kind = type(value)
    if kind is str:
        return "new" if value in new else value
    if kind in NO_COLLECTION:
        return value
    if kind is dict or (kind is not list and isinstance(value, Mapping)):
        return {name: _settled(part, new) for name, part in value.items() if name not in LEFT_OUT}
    if isinstance(value, (list, tuple)):
        parts = [_settled(part, new) for part in value]
        return sorted(parts, key=repr) if len(parts) > 1 else parts
    return "new" if isinstance(value, str) and value in new else value


def difference(one: Any, other: Any) -> str:
    """Return a short text about the differences of two values."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        parts = [
            f"{name}: {difference(one.get(name), other.get(name))}"
            for name in {**one, **other}
            if one.get(name) != other.get(name)
        ]
        return "; ".join(parts)
    if isinstance(one, list) and isinstance(other, list):
        return f"{[each for each in one if each not in other]!r} / {[each for each in other if each not in one]!r}"
    return f"{one!r} / {other!r}"
