# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Changes values in YAML that somebody wrote, and keeps its comments and its order.

ruamel.yaml rewrites the whole text, and does not always preserve it. So this file parses every new text, and returns
it only if it has the intended content and all comments.
"""

from __future__ import annotations

import copy
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.onto import Edit, applied
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import (
    is_plain,
    is_template,
    plain,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.yaml_text import Unreadable, YamlText

_COMMENT = re.compile(r"(?:^|\s)#[^\n]*")
_WIDE = 100_000


class NotWritten(ValueError):
    """A text cannot be changed; the message is a sentence."""


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with the edits applied.

    :raises NotWritten: ruamel.yaml is missing, or cannot write the text with the intended content.
    """
    if not edits:
        return text
    library = _library()
    meant = applied(_unshared(YamlText(text.encode()).data), edits)
    for apart in False, True:  # with aliases; without, if these would change other values
        try:
            made = _written(library, text, edits, apart)
        except library.error.YAMLError:
            continue
        if _says(made) == meant and not Counter(_comments(text)) - Counter(_comments(made)):
            return made
    raise NotWritten("ruamel.yaml cannot change this file without changing other parts of it.")


def _library() -> Any:
    try:
        return import_module("ruamel.yaml")
    except ImportError:
        raise NotWritten(
            "openai_admin_export_onto needs the Python library ruamel.yaml where Ansible runs: pip install ruamel.yaml."
        ) from None


def _written(library: Any, text: str, edits: Sequence[Edit], apart: bool) -> str:
    yaml = library.YAML()
    yaml.Emitter = _emitter(library)
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.allow_duplicate_keys = False
    yaml.width = _WIDE
    yaml.explicit_start = text.startswith("---")
    yaml.explicit_end = text.rstrip().endswith("\n...")
    offset = _offset(text)
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    content = yaml.load(text)
    if apart:
        _take_apart(content, set())
    applied(content, [Edit(edit.steps, _flow(library, edit.value), edit.adds) for edit in edits])
    stream = io.StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def _emitter(library: Any) -> Any:
    """Return ruamel.yaml's emitter with a fix: it joins the lines of an item after a flow item with a comment."""
    known = library.emitter.Emitter

    def expect_block_sequence_item(self: Any, first: bool = False) -> None:
        if not first:
            self.no_newline = False
        known.expect_block_sequence_item(self, first)

    return type("Emitter", (known,), {"expect_block_sequence_item": expect_block_sequence_item})


def _offset(text: str) -> int:
    """Return the indentation of list items, as in the first block list."""
    name_line = None
    for line in text.splitlines():
        plain = line.lstrip(" ")
        if plain.startswith("- ") and name_line is not None:
            return max(len(line) - len(plain) - name_line, 0)
        if plain and not plain.startswith("#"):
            name_line = len(line) - len(plain)
    return 2


def _flow(library: Any, value: Any) -> Any:
    """Return a new value in one line, with strings quoted so that they are neither templates nor numbers."""
    if isinstance(value, dict):
        made = library.comments.CommentedMap({name: _flow(library, each) for name, each in value.items()})
        made.fa.set_flow_style() if not _has_lists(value) else made.fa.set_block_style()
        return made
    if isinstance(value, list):
        items = library.comments.CommentedSeq([_flow(library, each) for each in value])
        if not any(isinstance(each, dict) for each in value):
            items.fa.set_flow_style()
        return items
    if not isinstance(value, str):
        return value
    if is_template(value):
        return library.comments.TaggedScalar(plain(value), style='"', tag="!unsafe")
    return plain(value) if is_plain(plain(value)) else library.scalarstring.DoubleQuotedScalarString(plain(value))


def _has_lists(value: dict[str, Any]) -> bool:
    return any(isinstance(each, list) and any(isinstance(inner, dict) for inner in each) for each in value.values())


def _take_apart(value: Any, seen: set[int]) -> None:
    """Replace every alias by a copy of its value."""
    parts: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    for step, inner in parts:
        if not isinstance(inner, (dict, list)):
            continue
        own: Any = inner
        if id(inner) in seen:
            own = value[step] = copy.deepcopy(inner)
            own.anchor.value = None
        seen.add(id(own))
        _take_apart(own, seen)


def _unshared(value: Any) -> Any:
    """Return a copy without shared parts."""
    if isinstance(value, dict):
        return {name: _unshared(inner) for name, inner in value.items()}
    return [_unshared(inner) for inner in value] if isinstance(value, list) else value


def _says(text: str) -> Any:
    try:
        read = YamlText(text.encode("utf-8", "surrogatepass"))
    except Unreadable:
        return None
    return None if read.flaws else read.data


def _comments(text: str) -> Iterator[str]:
    for line in text.splitlines():
        found = _COMMENT.search(line)
        if found:
            yield found.group().strip()
