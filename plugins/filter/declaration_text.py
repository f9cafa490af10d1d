# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: declaration_text
short_description: Write a declaration of an OpenAI organization as the text of a file
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make the text of a variables file of what M(community.openai_admin.organization_info) returns. It is sorted, has
    one line an object, and begins with a comment that says what it is.
  - Rate limits that most projects have become C(project_defaults). Projects hold only what differs.
  - A text with V({{), V({%) or V({#) is marked C(!unsafe), so that a project's name is never evaluated as a template.
positional: source, when
options:
  _input:
    description: The organization, as M(community.openai_admin.organization_info) returns it.
    type: dict
    required: true
  source:
    description: Whose organization it is, for the comment.
    type: str
    default: ''
  when:
    description: When it was read, for the comment.
    type: str
    default: an unknown time
"""

EXAMPLES = r"""
---
- name: Read the organization
  community.openai_admin.organization_info:
  register: existing

- name: Write it to a file
  ansible.builtin.copy:
    content: "{{ existing.organization | community.openai_admin.declaration_text('Example Inc', '2026-11-25') }}"
    dest: "{{ playbook_dir }}/organization.yml"
    mode: "0644"
"""

RETURN = r"""
---
_value:
  description: The text of the file.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration_text import declaration_text


def text(organization: Any, source: str = "", when: str = "an unknown time") -> str:
    if not isinstance(organization, Mapping):
        raise AnsibleFilterError("declaration_text needs an organization, as organization_info returns it.")
    return declaration_text(organization, source, when)


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"declaration_text": text}
