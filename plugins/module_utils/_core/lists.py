# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Lists in options, also as strings: C(["a", "b"]) in an extra variable, C(['a', 'b']) from a template, C(a, b).

ansible-core splits every string at its commas, even one that contains a list, and converts all items to strings, even
lists and dictionaries: C(['a']) became the name of an object that does not exist.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem

Spec = Mapping[str, Mapping[str, Any]]
_SHOWN = 60
"""Maximum characters of an invalid value in a message."""
_MAY_BE_EMPTY = ("project_ids",)
"""Lists of IDs whose empty entries stand for objects that do not exist yet."""


def read_lists(spec: Spec, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with lists parsed from strings, at any depth; invalid ones stay unchanged."""
    return {name: _read(spec, name, value) for name, value in given.items()}


def bad_lists(spec: Spec, given: Mapping[str, Any], where: str = "") -> Iterator[Problem]:
    """Yield errors in the lists among options that read_lists() returned."""
    for name, value in given.items():
        option = _option(spec, name)
        if option.get("type") == "list" and isinstance(value, str) and in_brackets(value):
            said = (
                f"{name} must be a list, and the text {value[:_SHOWN]!r} cannot be read as one. An extra"
                f' variable that holds a list is given as JSON, in quotes: -e \'{{"{name}": ["a", "b"]}}\''
            )
            yield Problem(said, where, name)
        for place, item in _items(name, value):
            if isinstance(item, Mapping) and option.get("options"):
                yield from bad_lists(option["options"], item, f"{where}.{place}" if where else place)
            elif option.get("elements") == "str" and _is_no_text(item):
                yield Problem(f"{place} must be a string, not {str(item)[:_SHOWN]}", where, place)
        if option.get("elements") == "str" and not option.get("choices") and name not in _MAY_BE_EMPTY:
            own_name = next((each for each, known in spec.items() if known is option), name)
            empty = next(empty_entries(value), None) if isinstance(value, list) else None
            if empty is not None or (isinstance(value, str) and not value.strip()):
                entry = name if empty is None else f"{name}[{empty}]"
                yield Problem(f"{own_name} must not contain empty entries", where, entry)


def empty_entries(values: Iterable[Any]) -> Iterator[int]:
    """Yield the indexes of entries that are null or blank, as an empty variable leaves them."""
    return (
        number for number, each in enumerate(values) if each is None or (isinstance(each, str) and not each.strip())
    )


def list_in(text: str) -> list[Any] | None:
    """Return the list in a string, in JSON or in Python's notation; null if there is none."""
    for read in json.loads, ast.literal_eval:
        try:
            value = read(text.strip())
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        if isinstance(value, (list, tuple)):
            return list(value)
    return None


def _read(spec: Spec, name: str, value: Any) -> Any:
    option = _option(spec, name)
    if option.get("type") == "list" and isinstance(value, str) and value.strip():
        whole = list_in(value) if in_brackets(value) else [part.strip() for part in value.split(",")]
        value = value if whole is None else whole
    parts = option.get("options")
    if parts and isinstance(value, list):
        return [read_lists(parts, item) if isinstance(item, Mapping) else item for item in value]
    if parts and isinstance(value, Mapping):
        return read_lists(parts, value)
    if option.get("elements") == "str" and isinstance(value, list):
        return ["" if item is None else item for item in value]
    return value


def _items(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the nested values of an option, with their names in messages."""
    if isinstance(value, list):
        yield from ((f"{name}[{number}]", item) for number, item in enumerate(value))
    elif isinstance(value, Mapping):
        yield name, value


def _option(spec: Spec, name: str) -> Mapping[str, Any]:
    """Return the specification of an option, by its name or an alias."""
    return spec.get(name) or next((option for option in spec.values() if name in option.get("aliases", ())), {})


def in_brackets(text: str) -> bool:
    """Return whether a string begins like a list."""
    return text.strip().startswith("[")


def _is_no_text(item: Any) -> bool:
    """Return whether an item of a list of strings is not a string, or is itself a list in a string."""
    if isinstance(item, str):
        held = list_in(item) if in_brackets(item) else None
        return bool(held) and all(isinstance(each, str) for each in held or ())
    return isinstance(item, (list, tuple, Mapping))
