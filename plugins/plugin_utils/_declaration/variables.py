# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Variables in the text of a YAML file, read and set without a change to the rest of it, comments included.

A change is made where the parser says that the value stands. The text is then read again: if it does not say what it
said before, but for the variables that were set, it is not given back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import plain

_TEXT = "tag:yaml.org,2002:str"

Edit = tuple[int, int, str]
"""Characters from the first to the second, and what stands there instead."""


class NoVariables(ValueError):
    """The text is no file of variables. The message holds nothing of it, since that may be secret."""


@dataclass(frozen=True)
class _Value:
    """Where a value stands in the text, and its events, as the parser gives them."""

    events: Sequence[Any]

    @property
    def start(self) -> int:
        return int(self.events[0].start_mark.index)

    @property
    def end(self) -> int:
        """After its last character: a collection in lines ends, for the parser, where the next thing begins."""
        end, in_braces = 0, []
        for event in self.events:
            if isinstance(event, yaml.CollectionStartEvent):
                in_braces.append(event.flow_style)
            if not isinstance(event, yaml.CollectionEndEvent) or in_braces.pop():
                end = int(event.end_mark.index)
        return end


@dataclass(frozen=True)
class _Layout:
    """Where the variables of a text stand."""

    pairs: Sequence[tuple[Any, _Value]]
    """Names, null where one is no text, and values."""
    aliases: Sequence[Any]
    """All that the text has."""
    first: int
    """Where the first name begins, or would."""
    indent: str
    end: int
    """Where another variable can stand: after all others, or within the braces."""
    in_braces: bool

    def last(self, name: str) -> _Value | None:
        """The value that counts."""
        return next((value for known, value in reversed(self.pairs) if known == name), None)


def variable_in(text: str, name: str) -> str:
    """Return the text of a variable; empty where there is none.

    :raises NoVariables: if the text is no file of variables.
    """
    value = dict(_named(_root(text))).get(name)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""


def with_variables(text: str, values: Mapping[str, str]) -> str:
    """Return the text with these variables, in the place of those of the same name, else at its end.

    :raises NoVariables: if the text is no file of variables, or if it cannot be changed without a change to the rest.
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
    """Whether a text says what another one said, but for one variable."""
    try:
        after = _says(text)
    except NoVariables:
        return False
    numbers = [number for number, (name, dummy) in enumerate(before) if name == said[0]]
    if not numbers:
        return after in ([*before, said], [said, *before])
    return after == [*before[: numbers[-1]], said, *before[numbers[-1] + 1 :]]


def _says(text: str) -> list[tuple[Any, Any]]:
    """What a text says, whatever tags its values have. Raises C(NoVariables)."""
    return [(name, _shape(value, ())) for name, value in _named(_root(text))]


def _shape(node: yaml.Node, above: tuple[int, ...]) -> Any:
    """A value as tuples that can be compared."""
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
    """The ways in which a variable can be set, the one that people would choose first."""
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
    """What makes aliases of a value that goes say what it said: the first one becomes its anchor."""
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
    """A value in one line, whatever it holds."""
    return yaml.safe_dump(plain(value), default_style='"', width=float("inf")).strip()


def _quoted_name(name: str) -> str:
    return yaml.safe_dump(plain(name), width=float("inf")).removesuffix("...\n").strip()


def _root(text: str) -> yaml.MappingNode | None:
    """The variables. Raises C(NoVariables)."""
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
    """Where everything stands. Raises C(NoVariables)."""
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
    """The events of each node in a collection, not of those in it."""
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
    return NoVariables(f"it is no YAML{where}")
