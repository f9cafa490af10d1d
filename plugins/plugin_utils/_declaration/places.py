# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Places in declarations: their format, and those of variables, as far as ansible-core knows them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import problem_lines

Step = Union[str, int]
"""A step from a value to a nested one: a key, or an index of a list."""

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_PART = re.compile(r"\w+(\[\d+\])+")
"""An option, and the indexes in its value."""
_OBJECT = re.compile(r"((?:\w+\.)?\w+\[\d+\](?:\.\w+(?:\[\d+\])?)*)(?: and \d+ more)?: ")
"""The declared object at the beginning of a warning: C(projects[0].users[2]), C(project_defaults.users[0])."""


def steps_to(where: str, option: str = "") -> list[Step]:
    """Return the steps from a declaration to an option of an object such as C(projects[0].users[2])."""
    path = [int(number) if number else name for name, number in _STEP.findall(where)]
    if not option:
        return path
    return [*path, *(steps_to(option) if _PART.fullmatch(option) else [option])]


def write_path(path: str | os.PathLike[str]) -> str:
    """Return a path for messages: relative if it is below the current directory, otherwise absolute."""
    whole = os.path.abspath(path)
    inside = os.path.relpath(whole)
    return whole if inside.startswith(os.pardir) else inside


def write_place(path: str | os.PathLike[str], line: int, column: int) -> str:
    """Return C(file:line:column)."""
    return f"{write_path(path)}:{line}:{column}"


Place = Callable[[str, str, bool], str]
"""Returns the place of an option of a declared object, or of the option's name; empty if unknown."""


def in_variables(options: Mapping[str, Any], where: str, option: str = "", of_name: bool = False) -> str:
    """Return the place of the value or the name of an option, or of the innermost container that ansible-core knows.

    Since version 2.19, ansible-core marks all values that it reads; older versions mark only some strings.
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
    """Return a result with the places of declared objects, in its messages too.

    These objects are in problems, in changes, including those that failed or were not tried, and in warnings.
    """
    told = dict(result)
    for name in ("changes", "failed_changes", "not_tried"):
        if result.get(name):
            told[name] = [_placed(each, place) for each in result[name]]
    message = str(result.get("msg", ""))
    for each in told.get("failed_changes") or ():
        if each["place"]:
            message = message.replace(f"\n- {each['where']}: ", f"\n- {each['place']}: {each['where']}: ", 1)
    if result.get("problems"):
        told["problems"] = [_with_place(each, place) for each in result["problems"]]
        before = "\n".join(problem_lines(result["problems"]))
        if message.startswith(before):
            message = "\n".join(problem_lines(told["problems"])) + message[len(before) :]
    if message != str(result.get("msg", "")):
        told["msg"] = message
    if result.get("warnings"):
        told["warnings"] = [_placed_warning(each, place) for each in result["warnings"]]
    return told


def _placed(entry: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """Return a change, possibly a failed one, with its place, at the beginning of its message too."""
    found = place(entry["where"], "", False) if entry["where"] else ""
    more = {"msg": f"{found}: {entry['msg']}"} if found and "msg" in entry else {}
    return {**entry, "place": found, **more}


def _placed_warning(warning: Any, place: Place) -> Any:
    """Return a warning about a declared object with its place at the beginning; any other one unchanged."""
    event = getattr(warning, "event", None)  # newer versions of ansible-core keep where a module's warning was raised
    words = str(warning if event is None else event.msg)
    about = _OBJECT.match(words)
    found = place(about.group(1), "", False) if about else ""
    return f"{found}: {words}" if found else warning


def _with_place(problem: Mapping[str, Any], place: Place) -> dict[str, Any]:
    found = problem["place"] or place(problem["where"], problem["option"], problem["of_name"])
    other = problem["other"]
    of_other = place(other, "", False) if other else ""
    message = problem["message"].replace(other, f"{other} ({of_other})", 1) if of_other else problem["message"]
    return {**problem, "message": message, "place": found}


def _origin(value: Any) -> str:
    """Return where ansible-core read a value, if it knows, unless that is in a file of this collection."""
    if _TAG is not None:
        origin = _TAG.get_tag(value)
        path, line, column = (origin.path, origin.line_num, origin.col_num) if origin else (None, None, None)
    else:
        path, line, column = getattr(value, "ansible_pos", (None, None, None))
    return write_place(path, line, column) if path and line and column and not _is_ours(path) else ""


@lru_cache(maxsize=1024)
def _is_ours(path: str) -> bool:
    """Return whether a file belongs to a role or playbook of this collection, which declares nothing."""
    collection = os.path.realpath(os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, os.pardir))
    return os.path.realpath(path).startswith(
        (os.path.join(collection, "roles", ""), os.path.join(collection, "playbooks", ""))
    )


def _origin_tag() -> Any:
    """Return the tag for the origin of values, for which ansible-core has no public interface."""
    try:
        return import_module("ansible._internal._datatag._tags").Origin
    except (ImportError, AttributeError):
        return None


_TAG = _origin_tag()
