# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: declaration_files
short_description: Write a declaration of an OpenAI organization as the texts of files
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make the files of an export of what M(community.openai_admin.organization_info) returns. They are sorted, have one
    line an object, and begin with a comment that says what they are.
  - Rate limits that most projects have become C(project_defaults). Projects hold only what differs.
  - A text with V({{), V({%) or V({#) is marked C(!unsafe), so that a project's name is never evaluated as a template.
positional: source, when, layout, organization_name
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
  layout:
    description:
      - V(file) makes one file.
      - V(directory) makes C(organization.yml) and a file for each project in C(projects/).
    type: str
    choices:
      - file
      - directory
    default: file
  organization_name:
    description: What the API's answers call the organization, for the comment. Empty if none of them says it.
    type: str
    default: ''
    version_added: 0.10.0
"""

EXAMPLES = r"""
---
- name: Read the organization
  community.openai_admin.organization_info:
  register: existing

- name: Say what the files would be
  ansible.builtin.debug:
    msg: "{{ (existing.organization | community.openai_admin.declaration_files(layout='directory')).files.keys() }}"
"""

RETURN = r"""
---
_value:
  description: The files.
  type: dict
  contains:
    files:
      description: The texts of the files, by their names. The name of a single file is empty.
      type: dict
    whole:
      description: The folder in which there is to be nothing else. Empty if there is none.
      type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import declaration_files

LAYOUTS = ("file", "directory")


def texts(
    organization: Any,
    source: str = "",
    when: str = "an unknown time",
    layout: str = LAYOUTS[0],
    organization_name: str | None = "",
) -> dict[str, Any]:
    if not isinstance(organization, Mapping):
        raise AnsibleFilterError("declaration_files needs an organization, as organization_info returns it.")
    if layout not in LAYOUTS:
        raise AnsibleFilterError(f"The layout must be {' or '.join(LAYOUTS)}, not {layout}.")
    return declaration_files(organization, source, when, layout, organization_name or None)


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"declaration_files": texts}
