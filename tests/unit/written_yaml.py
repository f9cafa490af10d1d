# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write YAML in any style that a person might use, and record the position of everything in it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Path = tuple[Any, ...]
_PLAIN = re.compile(r"[a-zA-Zé😀@][\w@.é😀-]*")
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


class Merged(dict[str, Any]):
    """A mapping that is merged with another one of the same text by C(<<)."""

    def __init__(self, base: Mapping[str, Any], **own: Any) -> None:
        super().__init__({**base, **own})
        self.base = base
        self.own = own


class WrittenYaml:
    """A value as YAML text: in blocks or braces, with comments, blank lines, quotes and anchors, as C(dice) decides.

    C(values) and C(names) contain, by path, the index of the first character of each value and each name.
    """

    def __init__(self, value: Any, dice: random.Random) -> None:
        self.text = ""
        self.values: dict[Path, int] = {}
        self.names: dict[Path, int] = {}
        self._dice = dice
        self._anchors: dict[int, str] = {}
        self._first: dict[int, Path] = {}
        self._shared = _shared(value)
        self._line(0, "---")
        if isinstance(value, dict) and dice.random() < 0.8:
            self._block(value, 0, ())
        else:
            self._flow(value, ())
            self.text += "\n"

    def place(self, path: Path, of_name: bool = False) -> tuple[int, int]:
        """Return line and column, as an editor counts them."""
        index = (self.names if of_name else self.values)[path]
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)

    def _line(self, indent: int, text: str) -> None:
        self.text += f"{' ' * indent}{text}\n"

    def _noise(self, indent: int) -> None:
        if self._dice.random() < 0.15:
            self._line(0, "")
        if self._dice.random() < 0.15:
            self._line(indent, "# a comment: {with} 'signs' é😀")

    def _block(self, value: dict[str, Any] | list[Any], indent: int, path: Path, within: bool = False) -> None:
        """Write a value in block style; C(within): its first line has already begun."""
        items = self._items(value, path)
        for number, (step, inner, write_name) in enumerate(items):
            if number or not within:
                self._noise(indent)
                self.text += " " * indent
            if isinstance(value, list):
                self.text += "-"
                self._inner_block(inner, indent, (*path, step), True)
            else:
                write_name()
                self.text += ":"
                self._inner_block(inner, indent, (*path, step), False)

    def _items(self, value: Any, path: Path) -> list[tuple[Any, Any, Callable[[], None]]]:
        if isinstance(value, list):
            return [(number, each, lambda: None) for number, each in enumerate(value)]
        pairs = list(value.own.items()) if isinstance(value, Merged) else list(value.items())
        items = [(name, each, self._name_writer((*path, name), name)) for name, each in pairs]
        if isinstance(value, Merged):
            items.insert(self._dice.randint(0, len(items)), ("<<", value.base, self._name_writer((*path, "<<"), "<<")))
        return items

    def _name_writer(self, path: Path, name: str) -> Callable[[], None]:
        def write() -> None:
            self.names[path] = len(self.text)
            self.text += name if name == "<<" or _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)

        return write

    def _inner_block(self, value: Any, indent: int, path: Path, in_list: bool) -> None:
        blank = " " * self._dice.choice((1, 1, 1, 2, 3))
        if self._is_alias(value):
            self.text += blank
            self._alias(value, path)
            self.text += "\n"
        elif isinstance(value, (dict, list)) and value and self._dice.random() < 0.7:
            anchored = id(value) in self._shared
            if anchored:
                self.text += " "
                self._anchor(value, path)
            own = isinstance(value, Merged) and not value.own
            if in_list and not anchored and isinstance(value, dict) and not own and self._dice.random() < 0.8:
                self.text += blank
                self.values[path] = len(self.text)
                self._block(value, indent + 1 + len(blank), path, within=True)
                return
            self.text += "\n"
            deeper = indent + self._dice.choice((1, 2, 4))
            if isinstance(value, list) and not in_list and self._dice.random() < 0.3:
                deeper = indent
            start = len(self.text)
            self._block(value, deeper, path)
            if not anchored:
                body = self.text[start:]
                offset = next(at for at, line in _lines(body) if line.strip() and not line.lstrip().startswith("#"))
                self.values[path] = start + offset + deeper
        else:
            self.text += blank
            self._flow(value, path)
            self.text += self._dice.choice(("\n", "\n", "  # why\n"))

    def _flow(self, value: Any, path: Path) -> None:
        if self._is_alias(value):
            self._alias(value, path)
            return
        if id(value) in self._shared:
            self._anchor(value, path)
            self.text += " "
        else:
            self.values[path] = len(self.text)
        if isinstance(value, (dict, list)):
            begin, end = "[]" if isinstance(value, list) else "{}"
            self.text += begin
            for number, (step, inner, write_name) in enumerate(self._items(value, path)):
                self.text += (", " if number else "") + " " * self._dice.choice((0, 0, 1))
                write_name()
                self.text += "" if isinstance(value, list) else ": "
                self._flow(inner, (*path, step))
                self.text += " "
            self.text += end
        elif isinstance(value, str):
            plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
            quoted = json.dumps(value, ensure_ascii=False)
            single = "'" + value.replace("'", "''") + "'"
            self.text += self._dice.choice((value, value, quoted, single) if plain else (quoted,))
        else:
            self.text += json.dumps(value)

    # Anchors

    def _is_alias(self, value: Any) -> bool:
        return id(value) in self._anchors

    def _anchor(self, value: Any, path: Path) -> None:
        name = self._anchors[id(value)] = f"a{len(self._anchors)}"
        self._first[id(value)] = path
        self.values[path] = len(self.text)
        self.text += f"&{name}"

    def _alias(self, value: Any, path: Path) -> None:
        """Record the positions of an alias's contents, which are those in its anchor."""
        self.text += f"*{self._anchors[id(value)]}"
        merged = bool(path) and path[-1] == "<<"
        for known in (self.values, self.names):
            for own, index in list(known.items()):
                first = self._first[id(value)]
                if own[: len(first)] == first and (known is self.values or len(own) > len(first)):
                    target = (*(path[:-1] if merged else path), *own[len(first) :])
                    if merged:
                        known.setdefault(target, index)  # own keys take precedence over merged ones
                    else:
                        known[target] = index


def _shared(value: Any) -> set[int]:
    """Return the ids of collections that occur more than once in a value, or that are merged."""
    seen: dict[int, int] = {}

    def walk(inner: Any) -> None:
        if not isinstance(inner, (dict, list)):
            return
        seen[id(inner)] = seen.get(id(inner), 0) + 1
        if seen[id(inner)] > 1:
            return
        if isinstance(inner, Merged):
            walk(inner.base)
            parts: Any = inner.own.values()
        else:
            parts = inner.values() if isinstance(inner, dict) else inner
        for each in parts:
            walk(each)

    walk(value)
    return {known for known, times in seen.items() if times > 1}


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
