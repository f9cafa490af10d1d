# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Relative paths on the controller's machine: they begin in the folder in which Ansible was started.

ansible-core starts local modules in the folder of the playbook, which for a playbook of a collection lies in the
collection; and what runs inside the controller stays in the folder in which Ansible was started. So paths are made
absolute before either runs. On another host, a relative path begins where the module runs there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, variable


def absolute(path: str) -> str:
    """Return a path from the current folder as an absolute one, and any other as it is."""
    expanded = os.path.expanduser(os.path.expandvars(path))
    return path if not path or os.path.isabs(expanded) else os.path.abspath(expanded)


def with_absolute_paths(spec: Spec, options: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """Return options whose relative paths are absolute, those included that the environment has instead of them."""
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
    """Whether a value of an option can hold a path: thousands of objects are not looked through for nothing."""
    return option["type"] == "path" or any(map(_has_paths, (option.get("options") or {}).values()))


def one_of(name: str, beside: str | None) -> str:
    """Return where a declaration is that a path names: in the current folder, or where Ansible looks for files.

    :raises BadInput: where there is none, or where two are, so that nobody knows which one is meant.
    """
    here = os.path.abspath(os.path.expanduser(name))
    places = [place for place in (here, beside) if place and os.path.exists(place)]
    if not places:
        raise BadInput(f"{name} is not there.")
    if len({os.path.realpath(place) for place in places}) > 1:
        raise BadInput(
            f"{name} is there twice: {here}, in the folder in which Ansible was started, and {beside}. Give the"
            " absolute path of the one that is meant."
        )
    return places[0]
