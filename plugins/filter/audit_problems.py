# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: audit_problems
short_description: Say what an audit cannot use of what it was told
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Tell what is wrong with the people whom a declaration names, and with the acceptances of an audit, before anything
    is read. What is wrong with the rest of a declaration, M(community.openai_admin.organization) tells.
  - With ansible-core 2.19 and newer, each problem says file, line and column where what is wrong was written.
positional: accepted
options:
  _input:
    description: The declaration, by the options of M(community.openai_admin.organization).
    type: dict
    required: true
  accepted:
    description: The acceptances, as the role C(audit) takes them.
    type: list
    elements: dict
    default: []
"""

EXAMPLES = r"""
---
- name: Refuse a declaration whose people cannot be right
  ansible.builtin.assert:
    that: openai_admin_organization | community.openai_admin.audit_problems == []
"""

RETURN = r"""
---
_value:
  description: The problems, in words. An empty list if there are none.
  type: list
  elements: str
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.declared import problems_of_people
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import lines_of, unusable


def problems(declaration: Any, accepted: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    if not isinstance(declaration, Mapping):
        raise AnsibleFilterError("audit_problems needs a declaration.")
    return lines_of([*problems_of_people(declaration), *unusable(declaration, accepted)], declaration, accepted)


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"audit_problems": problems}
