# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: declaration_problems
short_description: Say what is wrong with a declaration of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Tell all that M(community.openai_admin.organization) would refuse of a declaration before its first request, and
    what it does not have. Nothing is asked of the API.
  - With ansible-core 2.19 and newer, each problem says file, line and column where what is wrong was written.
options:
  _input:
    description: The declaration, by the options of M(community.openai_admin.organization), or a text with it in YAML.
    type: raw
    required: true
"""

EXAMPLES = r"""
---
- name: Refuse a declaration that cannot be carried out
  ansible.builtin.assert:
    that: declared | community.openai_admin.declaration_problems == []
  vars:
    declared:
      projects:
        - name: search-prod
"""

RETURN = r"""
---
_value:
  description: The problems, in words. An empty list if there are none.
  type: list
  elements: str
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.problems import problems_of


def problems(declaration: Any) -> list[str]:
    return problems_of(declaration)


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"declaration_problems": problems}
