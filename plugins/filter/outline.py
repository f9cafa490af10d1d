# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: outline
short_description: Say in a few lines what a declared organization became
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make at most 30 lines of what M(community.openai_admin.organization) returned.
positional: check
options:
  _input:
    description: What M(community.openai_admin.organization) returned.
    type: dict
    required: true
  check:
    description: Whether it was run in check mode.
    type: bool
    default: false
"""

EXAMPLES = r"""
---
- name: Bring the organization into the declared state
  community.openai_admin.organization:
    projects:
      - name: search-prod
  register: made

- name: Say what that did
  ansible.builtin.debug:
    msg: "{{ made | community.openai_admin.outline(ansible_check_mode) }}"
"""

RETURN = r"""
---
_value:
  description: The lines.
  type: list
  elements: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import outline


def lines(result: Any, check: bool = False) -> list[str]:
    if not isinstance(result, Mapping):
        raise AnsibleFilterError("outline needs what community.openai_admin.organization returned.")
    return outline(result, check)


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"outline": lines}
