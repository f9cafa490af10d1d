# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Variables in the text of a YAML file, read and set without a change to the rest of it, comments included."""

from __future__ import annotations

from collections.abc import Mapping

import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration_text import plain


class NoVariables(ValueError):
    """The text is no file of variables. The message holds nothing of it, since that may be secret."""


def variable_in(text: str, name: str) -> str:
    """The text of a variable; empty where there is none."""
    value = _nodes(text).get(name)
    return value[1].value if value and isinstance(value[1], yaml.ScalarNode) else ""


def with_variables(text: str, values: Mapping[str, str]) -> str:
    """The text with these variables, in the place of those of the same name, else at its end."""
    for name, value in values.items():
        line = f"{plain(name)}: {_quoted(value)}"
        there = _nodes(text).get(name)
        if there:
            start, end = there[0].start_mark.index, there[1].end_mark.index
            replaced = text[start:end]
            blank = replaced[len(replaced.rstrip()) :]
            text = text[:start] + line + blank + text[end:]
        else:
            text = f"{text.rstrip()}\n{line}\n".lstrip("\n")
    return text


def _quoted(value: str) -> str:
    """A value in one line, whatever it holds."""
    return yaml.safe_dump(plain(value), default_style='"', width=float("inf")).strip()


def _nodes(text: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """The variables, each with where it stands. Raises C(NoVariables)."""
    try:
        found = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise NoVariables(f"it is no YAML{where}") from None
    if found is None or (isinstance(found, yaml.ScalarNode) and not found.value):
        return {}
    if not isinstance(found, yaml.MappingNode) or found.flow_style:
        raise NoVariables("it does not hold one variable a line")
    return {key.value: (key, value) for key, value in found.value}
