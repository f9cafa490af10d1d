# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Relative paths on the controller, which start in the directory in which Ansible was started.

ansible-core starts local modules in the directory of the playbook, which for a playbook of a collection is inside the
collection. Tasks inside the controller run in the directory in which Ansible was started. So paths become absolute
before either runs. On another host, a relative path starts where the module runs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, variable


def absolute(path: str) -> str:
    """Return a relative path as an absolute one, and any other unchanged."""
    expanded = os.path.expanduser(os.path.expandvars(path))
    return path if not path or os.path.isabs(expanded) else os.path.abspath(expanded)


def with_absolute_paths(spec: Spec, options: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """Return options with absolute paths, including those from environment variables."""
    found = dict(options)
    for name, option in spec.items():
        value = options.get(name)
        if not is_blank(value):
            found[name] = _with_absolute(option, value)
        elif option["type"] == "path" and "fallback" in option:
            instead = variable(environment, *option["fallback"][1])
            if absolute(instead) != instead:
                found[name] = absolute(instead)
    return found


def _with_absolute(option: Spec, value: Any) -> Any:
    if option["type"] == "path" and isinstance(value, str):
        return absolute(value)
    if isinstance(value, list):
        element = {"type": option.get("elements", "raw"), "options": option.get("options")}
        return [_with_absolute(element, each) for each in value] if _has_paths(element) else value
    if isinstance(value, Mapping) and _has_paths(option):
        return with_absolute_paths(option["options"], value, {})
    return value


def _has_paths(option: Spec) -> bool:
    """Return whether values of an option can contain paths, to avoid searching thousands of objects."""
    return option["type"] == "path" or any(map(_has_paths, (option.get("options") or {}).values()))


def one_of(name: str, beside: str | None) -> str:
    """Return the path of a declaration, in the current directory or where Ansible searches for files.

    :raises BadInput: there is none, or there are two.
    """
    here = os.path.abspath(os.path.expanduser(name))
    places = [place for place in (here, beside) if place and os.path.exists(place)]
    if not places:
        raise BadInput(f"{name} does not exist.")
    if len({os.path.realpath(place) for place in places}) > 1:
        raise BadInput(
            f"{name} exists twice: {here}, in the folder in which Ansible was started, and {beside}. Give the"
            " absolute path of the right one."
        )
    return places[0]
