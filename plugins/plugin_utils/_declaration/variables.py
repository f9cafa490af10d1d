# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reads and sets variables in the text of a YAML file without changing the rest, including comments.

A change replaces the text at the position of the value. The new text is then parsed, and rejected if anything but the
variables that were set has changed. ruamel.yaml would rewrite the whole text, which may lose comments, and would be
another requirement of the job.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import plain

_TEXT = "tag:yaml.org,2002:str"

Edit = tuple[int, int, str]
"""Start, end, and the new text between them."""


class NoVariables(ValueError):
    """The text is not a file of variables. The message contains none of the text, which may be secret."""


@dataclass(frozen=True)
class _Value:
    """The position of a value in the text, and its events from the parser."""

    events: Sequence[Any]

    @property
    def start(self) -> int:
        return int(self.events[0].start_mark.index)

    @property
    def end(self) -> int:
        """The position after its last character; for the parser, a block collection ends at the next token."""
        end, in_braces = 0, []
        for event in self.events:
            if isinstance(event, yaml.CollectionStartEvent):
                in_braces.append(event.flow_style)
            if not isinstance(event, yaml.CollectionEndEvent) or in_braces.pop():
                end = int(event.end_mark.index)
        return end


@dataclass(frozen=True)
class _Layout:
    """The positions of the variables of a text."""

    pairs: Sequence[tuple[Any, _Value]]
    """Names, null if a name is not a string, and values."""
    aliases: Sequence[Any]
    """All aliases of the text."""
    first: int
    """The position at which the first name begins, or would begin."""
    indent: str
    end: int
    """The position for another variable: after all others, or within the braces."""
    in_braces: bool

    def last(self, name: str) -> _Value | None:
        """Return the last value of a name, which is the effective one."""
        return next((value for known, value in reversed(self.pairs) if known == name), None)


def variable_in(text: str, name: str) -> str:
    """Return the value of a variable; empty if there is none.

    :raises NoVariables: the text is not a file of variables.
    """
    value = dict(_named(_root(text))).get(name)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""


def with_variables(text: str, values: Mapping[str, str]) -> str:
    """Return the text with these variables, in place of existing ones or at its end.

    :raises NoVariables: the text is not a file of variables, or cannot be changed without changing the rest.
    """
    for name, value in values.items():
        before, said = _says(text), (plain(name), ("scalar", _TEXT, plain(value)))
        made = (_edited(text, edits) for edits in _ways(text, plain(name), _quoted(value)))
        found = next((each for each in made if _is_meant(each, before, said)), None)
        if found is None:
            raise NoVariables("it cannot be changed without a change to other variables")
        text = found
    return text


def _is_meant(text: str, before: list[tuple[Any, Any]], said: tuple[str, Any]) -> bool:
    """Return whether a text has the same content as another one, except for one variable."""
    try:
        after = _says(text)
    except NoVariables:
        return False
    numbers = [number for number, (name, dummy) in enumerate(before) if name == said[0]]
    if not numbers:
        return after in ([*before, said], [said, *before])
    return after == [*before[: numbers[-1]], said, *before[numbers[-1] + 1 :]]


def _says(text: str) -> list[tuple[Any, Any]]:
    """Return the content of a text, regardless of tags. Raises C(NoVariables)."""
    return [(name, _shape(value, ())) for name, value in _named(_root(text))]


def _shape(node: yaml.Node, above: tuple[int, ...]) -> Any:
    """Return a value as tuples for comparison."""
    if isinstance(node, yaml.ScalarNode):
        return "scalar", node.tag, node.value
    if id(node) in above:
        return "itself", len(above) - above.index(id(node))
    inside = (*above, id(node))
    if isinstance(node, yaml.SequenceNode):
        return "list", node.tag, tuple(_shape(each, inside) for each in node.value)
    pairs = ((_shape(name, inside), _shape(value, inside)) for name, value in node.value)
    return "dictionary", node.tag, tuple(pairs)


def _ways(text: str, name: str, quoted: str) -> Iterator[Sequence[Edit]]:
    """Yield the ways to set a variable, the most natural one first."""
    layout = _layout(text)
    end = "\r\n" if "\r\n" in text else "\n"
    there = layout.last(name)
    if there is not None:
        kept = _kept_aliases(text, layout, there)
        tail = end if text[there.start : there.end].endswith(("\n", "\r")) else ""
        for before in ("", " ", ": "):  # a value that is empty may have no blank before it, and no colon
            yield [(there.start, there.end, f"{before}{quoted}{tail}"), *kept]
        return
    pair = f"{_quoted_name(name)}: {quoted}"
    if layout.in_braces:
        yield [(layout.end, layout.end, f", {pair}" if layout.pairs else pair)]
        return
    before = end if layout.end and text[layout.end - 1] not in "\r\n\ufeff" else ""
    yield [(layout.end, layout.end, f"{before}{layout.indent}{pair}{end}")]
    yield [(layout.first, layout.first, f"{pair}{end}{layout.indent}")]  # where the last value takes no end of a line


def _kept_aliases(text: str, layout: _Layout, value: _Value) -> list[Edit]:
    """Return edits that keep aliases of a replaced value valid: the first alias becomes the anchor."""
    event = value.events[0]
    used = [each for each in layout.aliases if each.anchor == event.anchor and each.start_mark.index >= value.end]
    if not used or not isinstance(event, yaml.ScalarEvent):
        return []
    written = text[value.start : value.end]
    if "\n" in written and event.tag is None:
        written = f"&{event.anchor} {_quoted(event.value)}"
    return [(used[0].start_mark.index, used[0].end_mark.index, written)]


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _quoted(value: str) -> str:
    """Return any value in one line."""
    return yaml.safe_dump(plain(value), default_style='"', width=float("inf")).strip()


def _quoted_name(name: str) -> str:
    return yaml.safe_dump(plain(name), width=float("inf")).removesuffix("...\n").strip()


def _root(text: str) -> yaml.MappingNode | None:
    """Return the node of all variables. Raises C(NoVariables)."""
    try:
        found = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _no_yaml(error) from None
    if found is None or (isinstance(found, yaml.ScalarNode) and not found.value):
        return None
    if not isinstance(found, yaml.MappingNode):
        raise NoVariables("it does not hold variables")
    return found


def _named(root: yaml.MappingNode | None) -> Iterator[tuple[Any, yaml.Node]]:
    for name, value in root.value if root else ():
        yield name.value if isinstance(name, yaml.ScalarNode) else _shape(name, ()), value


def _layout(text: str) -> _Layout:
    """Return all positions. Raises C(NoVariables)."""
    try:
        events: list[Any] = list(yaml.parse(text, yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise _no_yaml(error) from None
    inside: list[Any] = [each for each in events if isinstance(each, (yaml.NodeEvent, yaml.CollectionEndEvent))]
    ends: list[Any] = [each for each in events if isinstance(each, yaml.DocumentEndEvent)]
    end = ends[0].start_mark.index if ends else len(text)
    aliases: list[Any] = [each for each in inside if isinstance(each, yaml.AliasEvent)]
    if not inside or not isinstance(inside[0], yaml.MappingStartEvent):
        return _Layout((), aliases, end, "", end, in_braces=False)
    nodes = list(_nodes(inside[1:-1]))
    pairs = [(_name(name), _Value(value)) for name, value in zip(nodes[::2], nodes[1::2])]
    root: list[Any] = [inside[0], inside[-1]]
    in_braces = bool(root[0].flow_style)
    first = (nodes[0][0] if nodes else root[1]).start_mark
    end = pairs[-1][1].end if in_braces and pairs else root[1].start_mark.index
    return _Layout(pairs, aliases, first.index, " " * first.column, end, in_braces)


def _nodes(events: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the events of each direct child of a collection."""
    node: list[Any] = []
    depth = 0
    for event in events:
        node.append(event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if not depth:
            yield node
            node = []


def _name(events: Sequence[Any]) -> Any:
    return events[0].value if isinstance(events[0], yaml.ScalarEvent) else None


def _no_yaml(error: yaml.YAMLError) -> NoVariables:
    mark = getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 1}" if mark else ""
    return NoVariables(f"it is not valid YAML{where}")
