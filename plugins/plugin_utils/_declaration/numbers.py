# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Names that YAML 1.1, as Ansible reads it, turns into numbers: C(22:30) into 1350, C(0123) into 83, C(0012) into 10.

The original text is lost by then. In a declaration that the collection reads itself, names stay as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import ATTRIBUTES, COST_CENTER

_NAMES = ("name", "project", "service_account", COST_CENTER)


def warnings_of_numbers(spec: Mapping[str, Any], options: Mapping[str, Any]) -> list[str]:
    """Return a warning for each option that should be a name and is a number, with the first such place."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for where, option, value in _numbers(spec, options, ""):
        found.setdefault(option, []).append((where, value))
    return [_warning(option, places) for option, places in found.items()]


def _warning(option: str, places: list[tuple[str, Any]]) -> str:
    where, value = places[0]
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    begin = f"{where}{more}: " if where else ""
    return (
        f"{begin}{option} is the number {value}, and YAML makes numbers of words such as 22:30, 0123, 0012 and 1_000."
        " Put the value in quotes."
    )


def _numbers(spec: Mapping[str, Any], options: Mapping[str, Any], where: str) -> Iterator[tuple[str, str, Any]]:
    for name, option in spec.items():
        value = options.get(name)
        if name in _NAMES and _is_number(value):
            yield where, name, value
        parts = option.get("options") or ({COST_CENTER: {}} if name == ATTRIBUTES else {})
        inside = f"{where}.{name}" if where else name
        if parts and isinstance(value, Mapping):
            yield from _numbers(parts, value, where if name == ATTRIBUTES else inside)
        elif parts and isinstance(value, (list, tuple)):
            for number, each in enumerate(value):
                if isinstance(each, Mapping):
                    yield from _numbers(parts, each, f"{inside}[{number}]")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
