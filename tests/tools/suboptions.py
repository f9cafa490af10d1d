# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Update the options in a module's documentation from its specification: types, elements, choices, defaults.

Existing descriptions are kept. A new option gets the first sentence that the module of its kind says about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

import yaml

Spec = Mapping[str, Mapping[str, Any]]
Words = Callable[[tuple[str, ...]], str]
"""Returns the description of a new option, by its path, such as C(projects), C(users), C(email)."""
ANCHORED, REPEATED = "projects", "project_defaults"
"""The option whose new suboptions get an anchor, and the option that repeats them by an alias."""

STEP = 2
"""Spaces of one level of indentation."""


def stamped(text: str, spec: Spec, words: Words, way: tuple[str, ...] = ()) -> str:
    """Return the documentation of options, updated from their specification."""
    own = children(text)
    return "".join(_option(name, spec[name], own.get(name, ""), words, (*way, name)) for name in _order(own, spec))


def children(text: str) -> dict[str, str]:
    """Split YAML into its top-level keys, and the lines of each."""
    lines = text.splitlines(keepends=True)
    depth = indentation(lines[0]) if lines else 0
    found = {}
    for number, line in enumerate(lines):
        if indentation(line) == depth:
            inner = takewhile(lambda other: indentation(other) > depth, lines[number + 1 :])
            found[line.strip().partition(":")[0]] = line + "".join(inner)
    return found


def indentation(line: str) -> int:
    """Return the number of spaces at the beginning of a line."""
    return len(line) - len(line.lstrip(" "))


def _order(own: Mapping[str, str], spec: Spec) -> list[str]:
    """Return options in the order of the documentation; a new one follows the option before it in the specification."""
    order = [name for name in own if name in spec]
    before = ""
    for name in spec:
        if name not in order:
            order.insert(order.index(before) + 1 if before else 0, name)
        before = name
    return order


def _option(name: str, spec: Mapping[str, Any], own: str, words: Words, way: tuple[str, ...]) -> str:
    pad = " " * STEP * (2 * len(way) - 1)
    head, unused_end, body = own.partition("\n")
    if not own:
        head = f"{pad}{name}:{_anchor(way)}"
    if "*" in head:  # an alias of another option
        return f"{head}\n"
    parts = children(body)
    lines = [f"{head}\n", parts.get("description") or _plain(pad, "description", words(way))]
    lines += [_plain(pad, key, spec[key]) for key in ("type", "elements") if key in spec]
    lines += [_plain(pad, key, spec[key]) for key in ("choices", "default") if spec.get(key) is not None]
    lines.append(parts.get("version_added", ""))
    if "options" in spec:
        first, unused_end, rest = parts.get("suboptions", f"{pad}  suboptions:\n").partition("\n")
        lines += [f"{first}\n", stamped(rest, spec["options"], words, way)]
    return "".join(lines)


def _anchor(way: tuple[str, ...]) -> str:
    """Return the anchor of a new option of projects, or the alias with which defaults repeat it."""
    marks = {ANCHORED: "&", REPEATED: "*"}
    return f" {marks[way[0]]}{ANCHORED[:-1]}_{way[1]}" if len(way) == 2 and way[0] in marks else ""


def _plain(pad: str, key: str, value: Any) -> str:
    """Return a key with its value; each item of a list has its own line."""
    text = yaml.safe_dump({key: value}, sort_keys=False, allow_unicode=True, width=10**6)
    return f"{pad}  {text}".replace("\n- ", f"\n{pad}    - ")
