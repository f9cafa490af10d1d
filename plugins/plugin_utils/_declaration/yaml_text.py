# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Parses YAML as data, with all errors and the place of each part.

Nothing is evaluated, and values that YAML 1.1 would convert stay as written: C(0012), C(22:30), C(no). Places are
looked up on demand, by parsing the text again, because data with places takes several times the memory.
"""

from __future__ import annotations

import codecs
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import Step
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import is_template

_LEVELS = 50
"""Maximum depth of data. A declaration needs a tenth of it."""
_MOST_LEVELS = 200
"""Maximum depth of a text to parse."""
_MOST_VALUES = 10_000_000
"""Maximum number of values in a text. A few nested aliases can expand to billions."""
_LINE_END = re.compile(r"\r\n|\r|\n")
"""Line ends of editors. YAML also treats U+0085, U+2028 and U+2029 as such."""
_YAML = "tag:yaml.org,2002:"
_MERGE = f"{_YAML}merge"
_TEXTS = (f"{_YAML}str", f"{_YAML}timestamp", f"{_YAML}value")
_NUMBERS = {f"{_YAML}int": "construct_yaml_int", f"{_YAML}float": "construct_yaml_float"}
_BOOLEANS = {"true": True, "false": False}
_UNSAFE = "!unsafe"
_CONSTRUCTOR = yaml.constructor.SafeConstructor()


class Unreadable(ValueError):
    """A text is not YAML; the message is a sentence, C(place) the line and column of the error."""

    def __init__(self, message: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class YamlText:
    """One YAML document: its C(data), and its C(flaws), each with line and column."""

    def __init__(self, content: bytes) -> None:
        """Parse the document.

        :raises Unreadable: the text is not YAML.
        """
        self._text = _decoded(content)
        builder = _Builder()
        root = self._parsed()
        self.data = builder.build(root) if root else None
        self.flaws = [(message, self._place(index)) for message, index in builder.flaws]

    def place(self, steps: Sequence[Step], of_name: bool = False, least: int = 0) -> tuple[int, int] | None:
        """Return line and column of a value, or of its name (C(of_name)), counted from 1.

        If there is no such value, return those of its innermost existing container; null if that is less than
        C(least) steps away from the root.
        """
        node, name = self._root, None
        for done, step in enumerate(steps):
            found = _inner(node, step)
            if found is None:
                return None if done < least else self._place(_start(node))
            name, node = found
        return self._place(_start(name if of_name and name is not None else node))

    def _place(self, index: int) -> tuple[int, int]:
        return _place(self._lines, index)

    @cached_property
    def _lines(self) -> list[int]:
        return _line_starts(self._text)

    @cached_property
    def _root(self) -> yaml.Node | None:
        return self._parsed()

    def _parsed(self) -> yaml.Node | None:
        bad = yaml.reader.Reader.NON_PRINTABLE.search(self._text)
        if bad:
            said = f"The character U+{ord(bad.group()):04X} cannot be in a YAML text."
            raise Unreadable(said, self._place(bad.start()))
        try:
            return yaml.compose(self._text, _Parser)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = ", ".join(filter(None, (error.context, error.problem)))
            raise Unreadable(f"This is not valid YAML: {reason}.", self._place(mark.index) if mark else None) from None


def _descend(parser: Any, parent: yaml.Node | None, unused_index: Any) -> None:
    """Count levels, because libyaml's parser would crash the process when it exhausts the stack."""
    parser.levels = getattr(parser, "levels", 0) + 1
    if parser.levels > _MOST_LEVELS and parent is not None:
        raise yaml.composer.ComposerError(None, None, "it is nested too deeply", parent.start_mark)


def _ascend(parser: Any) -> None:
    parser.levels -= 1


_Parser = type(
    "_Parser",
    (getattr(yaml, "CSafeLoader", yaml.SafeLoader),),  # the faster one, unless PyYAML was built without libyaml
    {"descend_resolver": _descend, "ascend_resolver": _ascend},
)


def _decoded(content: bytes) -> str:
    """Return the text in the encoding that YAML prescribes."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        raise Unreadable("This is not encoded in UTF-8.", _place(_line_starts(before), len(before))) from None


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def _place(line_starts: Sequence[int], index: int) -> tuple[int, int]:
    """Return line and column of a character, counted from 1."""
    line = bisect_right(line_starts, index)
    return line, index - line_starts[line - 1] + 1


def _start(node: yaml.Node | None) -> int:
    return int(node.start_mark.index) if node is not None else 0


def _inner(node: yaml.Node | None, step: Step, levels: int = _LEVELS) -> tuple[yaml.Node | None, yaml.Node] | None:
    """Return a nested value, and its name if it has one."""
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return (None, node.value[step]) if 0 <= step < len(node.value) else None
    if not isinstance(node, yaml.MappingNode) or not levels:
        return None
    own = [(name, value) for name, value in node.value if name.tag != _MERGE and name.value == step]
    if own:
        return own[-1]
    for merged in reversed(list(_merged(node))):
        found = _inner(merged, step, levels - 1)
        if found:
            return found
    return None


def _merged(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield the mappings that C(<<) merges; later ones override earlier ones."""
    for name, value in node.value:
        if name.tag == _MERGE:
            yield from reversed(value.value) if isinstance(value, yaml.SequenceNode) else (value,)


class _Builder:
    """Converts nodes to data, and collects errors."""

    def __init__(self) -> None:
        self.flaws: list[tuple[str, int]] = []
        self._built: dict[int, tuple[Any, int, int]] = {}
        self._open: set[int] = set()

    def build(self, node: yaml.Node) -> Any:
        value, unused_height, size = self._build(node)
        if size > _MOST_VALUES:
            self._flaw(f"This contains more than {_MOST_VALUES} values.", node)
            return None
        return value

    def _flaw(self, message: str, node: yaml.Node) -> None:
        self.flaws.append((message, _start(node)))

    def _build(self, node: yaml.Node) -> tuple[Any, int, int]:
        """Return a value, its depth and its number of values; an alias is the same node again."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node), 0, 1
        known = self._built.get(id(node))
        if known is None:
            if id(node) in self._open:
                self._flaw("This contains itself.", node)
                return None, 0, 1
            if len(self._open) == _LEVELS:
                self._flaw("This is nested too deeply.", node)
                return None, 0, 1
            self._open.add(id(node))
            known = self._built[id(node)] = self._collection(node)
            self._open.remove(id(node))
        elif len(self._open) + known[1] > _LEVELS:
            self._flaw("This is nested too deeply.", node)
            return None, 0, 1
        return known

    def _collection(self, node: yaml.Node) -> tuple[Any, int, int]:
        is_list = isinstance(node, yaml.SequenceNode)
        if node.tag != f"{_YAML}{'seq' if is_list else 'map'}":
            self._flaw(f"{_tag(node)} cannot be in a declaration.", node)
            return None, 0, 1
        if is_list:
            values = [self._build(each) for each in node.value]
            content: Any = [each[0] for each in values]
        else:
            content, values = self._mapping(node)
        return content, 1 + max((each[1] for each in values), default=0), 1 + sum(each[2] for each in values)

    def _mapping(self, node: yaml.Node) -> tuple[dict[str, Any], list[tuple[Any, int, int]]]:
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        built = []
        for name_node, value_node in node.value:
            if name_node.tag == _MERGE:
                continue
            if not isinstance(name_node, yaml.ScalarNode):
                self._flaw("A key must be a string.", name_node)
                continue
            name = self._text(name_node)
            if name in own:
                self._flaw(f"{name} is given twice. Remove one of the two.", name_node)
            known = self._build(value_node)
            built.append(known)
            own[name] = known[0]
        for each in _merged(node):
            known = self._build(each)
            built.append(known)
            if isinstance(known[0], dict):
                merged.update(known[0])
            elif isinstance(each, yaml.ScalarNode) or each.tag != f"{_YAML}map":
                self._flaw("<< merges a dictionary, and this is not one.", each)
        return {**merged, **own}, built

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag in _TEXTS:
            return self._text(node)
        if node.tag == f"{_YAML}null":
            return None
        if node.tag == _UNSAFE:
            return sys.intern(node.value)
        if node.tag == f"{_YAML}bool":
            return _BOOLEANS.get(node.value.lower(), node.value)
        if node.tag in _NUMBERS:
            return self._number(node)
        self._flaw(f"{_tag(node)} cannot be in a declaration.", node)
        return None

    def _number(self, node: yaml.ScalarNode) -> Any:
        try:
            number = getattr(_CONSTRUCTOR, _NUMBERS[node.tag])(node)
        except (ValueError, IndexError):
            self._flaw(f"'{node.value}' is not a number.", node)
            return None
        return number if str(number) == node.value else node.value

    def _text(self, node: yaml.ScalarNode) -> str:
        text = sys.intern(node.value)  # the same words occur thousands of times
        if is_template(text):
            self._flaw(
                f"'{text}' looks like a template, and a file is not evaluated. Mark it with !unsafe if it is meant as"
                " it stands, else give the declaration as a variable.",
                node,
            )
        return text


def _tag(node: yaml.Node) -> str:
    """Return a tag in its short form."""
    return str(node.tag).replace(_YAML, "!!", 1)
