# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: with_variables
short_description: Set variables in the text of a YAML file, and leave the rest as it is
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Put variables in the place of those of the same name, else at the end. Comments, order and other variables stay.
positional: values
options:
  _input:
    description: The text of a file of variables. It may be empty.
    type: str
    required: true
  values:
    description: The variables, all of them texts.
    type: dict
    required: true
"""

EXAMPLES = r"""
---
- name: Set a variable in a file that is encrypted with ansible-vault
  ansible.builtin.copy:
    content: >-
      {{ lookup('ansible.builtin.unvault', '/etc/openai/vars.yml')
         | community.openai_admin.with_variables({'openai_api_key_id': 'key_VafDfyEUdoOWnnzivTytGMV7'})
         | ansible.builtin.vault(vault_password, vault_id='default') }}
    dest: /etc/openai/vars.yml
    mode: "0600"
  no_log: true
  when: vault_password is defined
"""

RETURN = r"""
---
_value:
  description: The text with the variables.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.variables import (
    NoVariables,
    with_variables,
)


def text_with(text: str, values: Mapping[str, str]) -> str:
    try:
        return with_variables(text, values)
    except NoVariables as reason:
        raise AnsibleFilterError(f"The text cannot be written as variables: {reason}.") from None


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"with_variables": text_with}
