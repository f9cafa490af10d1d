# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""States of the simulator and results of tasks without what differs from run to run, so that they can be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

MADE_BY_SERVER = {"created_at", "added_at", "archived_at", "last_used_at", "redacted_value", "requests", "value"}
"""What differs from run to run, and what a server that refuses some requests makes of the figures."""
NO_PART = {"audit_events", "behaviour", "usage"}
"""What of the simulator's state is not the organization's own."""
LEFT_OUT = MADE_BY_SERVER | NO_PART
IN_WORDS = r"([a-z_]+\[\d+\][^ ]*: )?[A-Z0-9].* .*\.$"
"""A message of a failure: a sentence, after the place in a declaration that it is about."""
PLAIN = (str, int, float, type(None))
MAPPING = (dict, Mapping)
"""Most values are of the first type: that it is no plain one, and is a mapping, takes much longer to find out."""
GIVEN = {"external_key_id"}
"""What looks like the id of an object here, and is somebody else's."""


def ids(value: Any) -> Iterator[str]:
    """The ids that stand in a state or a result, at any depth."""
    found: list[str] = []
    _gather(value, found)
    return iter(found)


def _gather(value: Any, found: list[str]) -> None:
    if isinstance(value, (list, tuple)):
        for part in value:
            _gather(part, found)
    elif isinstance(value, MAPPING):
        for name, part in value.items():
            if isinstance(part, str):
                if (name == "id" or name.endswith("_id")) and name not in GIVEN:
                    found.append(part)
            elif not isinstance(part, PLAIN):
                _gather(part, found)


def settled(value: Any, known: Collection[str]) -> Any:
    """A state or a result as it is in every run; ids that are not known are new ones."""
    return _settled(value, {each for each in ids(value) if each not in known})


def _settled(value: Any, new: set[str]) -> Any:
    if isinstance(value, PLAIN):
        return "new" if value in new else value
    if isinstance(value, MAPPING):
        return {
            name: ("new" if part in new else part) if isinstance(part, PLAIN) else _settled(part, new)
            for name, part in value.items()
            if name not in LEFT_OUT
        }
    if isinstance(value, (list, tuple)):
        parts = [_settled(part, new) for part in value]
        return sorted(parts, key=repr) if len(parts) > 1 else parts
    return value


def difference(one: Any, other: Any) -> str:
    """Where two things differ, in short."""
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
