# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Lists as tasks give them, also as text: C(["a", "b"]) of an extra variable, C(['a', 'b']) of a template, C(a, b).

ansible-core splits every text at its commas, also one that holds a list, and makes texts of all items, also of
lists and dictionaries: C(['a']) became the name of something that does not exist.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem

Spec = Mapping[str, Mapping[str, Any]]
_SHOWN = 60
"""How many characters of a wrong value a message shows."""
_MAY_BE_EMPTY = ("project_ids",)
"""Lists of ids whose empty entries name what is not there yet."""


def read_lists(spec: Spec, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options with lists for texts that hold one, at any depth. What cannot be read stays as it is."""
    return {name: _read(spec, name, value) for name, value in given.items()}


def bad_lists(spec: Spec, given: Mapping[str, Any], where: str = "") -> Iterator[Problem]:
    """What is wrong with the lists among the options, as read_lists() returns them."""
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
                yield Problem(f"{place} must be one text, not {str(item)[:_SHOWN]}", where, place)
        if option.get("elements") == "str" and not option.get("choices") and name not in _MAY_BE_EMPTY:
            own_name = next((each for each, known in spec.items() if known is option), name)
            empty = next(empty_entries(value), None) if isinstance(value, list) else None
            if empty is not None or (isinstance(value, str) and not value.strip()):
                entry = name if empty is None else f"{name}[{empty}]"
                yield Problem(f"{own_name} must not hold anything empty", where, entry)


def empty_entries(values: Iterable[Any]) -> Iterator[int]:
    """The numbers of entries that name nothing: a null, or a text of blanks, as an empty variable leaves it."""
    return (
        number for number, each in enumerate(values) if each is None or (isinstance(each, str) and not each.strip())
    )


def list_in(text: str) -> list[Any] | None:
    """The list that a text holds as JSON, or as Python writes one; null: it holds none."""
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
    """What an option holds, be it a list or a dictionary, and how messages call each."""
    if isinstance(value, list):
        yield from ((f"{name}[{number}]", item) for number, item in enumerate(value))
    elif isinstance(value, Mapping):
        yield name, value


def _option(spec: Spec, name: str) -> Mapping[str, Any]:
    """The specification of an option that is called so, be it by an alias."""
    return spec.get(name) or next((option for option in spec.values() if name in option.get("aliases", ())), {})


def in_brackets(text: str) -> bool:
    """Return whether a text begins as a list does."""
    return text.strip().startswith("[")


def _is_no_text(item: Any) -> bool:
    """Whether an item of a list of texts is something else, or a list of texts that is written as one text."""
    if isinstance(item, str):
        held = list_in(item) if in_brackets(item) else None
        return bool(held) and all(isinstance(each, str) for each in held or ())
    return isinstance(item, (list, tuple, Mapping))
