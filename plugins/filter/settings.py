# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: settings
short_description: Take a job's variables, which a survey sends as text, by the role's own specification
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Give every option of a role a value of its own type.
  - An empty text and null count as not set, so that the option's default holds.
  - A list may be a text whose parts are separated by commas or newlines. A list of dictionaries may be a text in YAML
    or JSON.
positional: options
options:
  _input:
    description: The values, in the order of the options.
    type: list
    elements: raw
    required: true
  options:
    description: The options, as C(meta/argument_specs.yml) of a role has them.
    type: dict
    required: true
  problems:
    description: Return what is wrong, as a list of sentences, instead of failing. An empty list if nothing is.
    type: bool
    default: false
    version_added: 0.10.0
"""

EXAMPLES = r"""
---
- name: Take what a survey sent
  ansible.builtin.debug:
    msg: "{{ query('ansible.builtin.vars', *options, default='') | community.openai_admin.settings(options) }}"
  vars:
    options:
      openai_admin_offboard:
        type: list
        elements: str
        required: true
      openai_admin_offboard_hold_if_used_within_days:
        type: int
        default: 7
    openai_admin_offboard: |
      one@example.com
      two@example.com
    openai_admin_offboard_hold_if_used_within_days: ""
"""

RETURN = r"""
---
_value:
  description: The settings, by the options' names; or what is wrong with them.
  type: raw
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.settings import Unusable, settings


def taken(values: Any, options: Mapping[str, Mapping[str, Any]], problems: bool = False) -> dict[str, Any] | list[str]:
    try:
        found = settings(values, options)
    except Unusable as reason:
        if problems:
            return [str(reason)]
        raise AnsibleFilterError(str(reason)) from None
    return [] if problems else found


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"settings": taken}
