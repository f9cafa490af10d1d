# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: variable_in
short_description: Read a variable from the text of a YAML file
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Give the text of one variable, whatever tags others have. Its errors hold nothing of the text, which may be secret.
positional: name
options:
  _input:
    description: The text of a file of variables, such as C(ansible.builtin.unvault) gives it.
    type: str
    required: true
  name:
    description: The variable.
    type: str
    required: true
"""

EXAMPLES = r"""
---
- name: Read the ID of a key from the text of a file
  ansible.builtin.debug:
    msg: "{{ text | community.openai_admin.variable_in('openai_api_key_id') }}"
  vars:
    text: |
      # the key of the search
      openai_api_key: sk-svcacct-example
      openai_api_key_id: key_VafDfyEUdoOWnnzivTytGMV7
"""

RETURN = r"""
---
_value:
  description: The text of the variable. Empty if there is none.
  type: str
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.variables import (
    NoVariables,
    variable_in,
)


def value(text: str, name: str) -> str:
    try:
        return variable_in(text, name)
    except NoVariables as reason:
        raise AnsibleFilterError(f"The text cannot be read as variables: {reason}.") from None


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"variable_in": value}
