# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Places in declarations: how they are written, and those of variables, as far as ansible-core knows them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._errors import problem_lines

Step = Union[str, int]
"""What leads from a value to one in it: a name, or a number in a list."""

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_PART = re.compile(r"\w+(\[\d+\])+")
"""An option, and what is meant of its value."""


def steps_to(where: str, option: str = "") -> list[Step]:
    """Return the steps from a declaration to an option of an object, as messages name them: C(projects[0].users[2])."""
    path = [int(number) if number else name for name, number in _STEP.findall(where)]
    if not option:
        return path
    return [*path, *(steps_to(option) if _PART.fullmatch(option) else [option])]


def write_path(path: str | os.PathLike[str]) -> str:
    """Return a path as people know it: from the current folder if it lies in it, else as a whole."""
    whole = os.path.abspath(path)
    inside = os.path.relpath(whole)
    return whole if inside.startswith(os.pardir) else inside


def write_place(path: str | os.PathLike[str], line: int, column: int) -> str:
    """Return C(file:line:column)."""
    return f"{write_path(path)}:{line}:{column}"


Place = Callable[[str, str, bool], str]
"""From a declared object, an option of it, and whether its name is meant: where that stands; empty if nobody knows."""


def in_variables(options: Mapping[str, Any], where: str, option: str = "", of_name: bool = False) -> str:
    """Return where a value of an option was written, or its name: that of the innermost one which ansible-core knows.

    Since version 2.19 ansible-core marks what it reads; before that, a few texts.
    """
    value: Any = options
    found = ""
    steps = steps_to(where, option)
    for number, step in enumerate(steps):
        name = None
        if isinstance(value, Mapping) and step in value:
            name = next(each for each in value if each == step)
            value = value[step]
        elif isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            break
        known = [_origin(name), _origin(value)]
        if number == len(steps) - 1 and of_name:
            known.reverse()
        found = known[1] or known[0] or found
    return found


def with_places(result: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """Return a failed result with the places of its problems, in the message as well."""
    problems = result.get("problems")
    if not problems:
        return dict(result)
    told = [_with_place(each, place) for each in problems]
    before = "\n".join(problem_lines(problems))
    message = str(result.get("msg", ""))
    if message.startswith(before):
        message = "\n".join(problem_lines(told)) + message[len(before) :]
    return {**result, "problems": told, "msg": message}


def _with_place(problem: Mapping[str, Any], place: Place) -> dict[str, Any]:
    found = problem["place"] or place(problem["where"], problem["option"], problem["of_name"])
    other = problem["other"]
    of_other = place(other, "", False) if other else ""
    message = problem["message"].replace(other, f"{other} ({of_other})", 1) if of_other else problem["message"]
    return {**problem, "message": message, "place": found}


def _origin(value: Any) -> str:
    """Where ansible-core read a value, if it says so."""
    if _TAG is not None:
        origin = _TAG.get_tag(value)
        path, line, column = (origin.path, origin.line_num, origin.col_num) if origin else (None, None, None)
    else:
        path, line, column = getattr(value, "ansible_pos", (None, None, None))
    return write_place(path, line, column) if path and line and column else ""


def _origin_tag() -> Any:
    """What marks values with where they were read; ansible-core has no other way to ask for it."""
    try:
        return import_module("ansible._internal._datatag._tags").Origin
    except (ImportError, AttributeError):
        return None


_TAG = _origin_tag()
