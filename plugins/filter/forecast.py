# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: forecast
short_description: Say how many requests a declared organization needs, and how long they may take
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make a sentence of a declaration, to be shown before M(community.openai_admin.organization) begins.
options:
  _input:
    description: The declaration.
    type: dict
    required: true
"""

EXAMPLES = r"""
---
- name: Say how long it will take
  ansible.builtin.debug:
    msg: "{{ openai_admin_organization | community.openai_admin.forecast }}"
  vars:
    openai_admin_organization:
      projects:
        - name: search-prod
          users: []
"""

RETURN = r"""
---
_value:
  description: The sentence.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import forecast


def sentence(declaration: Any) -> str:
    if not isinstance(declaration, Mapping):
        raise AnsibleFilterError("forecast needs a declaration of an organization.")
    return forecast(declaration)


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"forecast": sentence}
