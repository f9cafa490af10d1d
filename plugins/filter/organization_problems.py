# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: organization_problems
short_description: Say why what was read is not of one organization, or not of the declared one
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Compare what results call the organization, their C(organization_name) each, with each other and with a declaration.
positional: declaration
options:
  _input:
    description: The names. Empty ones, of results that have none, do not count.
    type: list
    elements: str
    required: true
  declaration:
    description: The declaration, whose C(organization) has to be the one that answered, if it has one.
    type: raw
"""

EXAMPLES = r"""
---
- name: Read the projects
  community.openai_admin.project_info:
  register: projects

- name: Go on with the right organization alone
  ansible.builtin.assert:
    that: problems == []
  vars:
    problems: "{{ [projects.organization_name] | community.openai_admin.organization_problems }}"
"""

RETURN = r"""
---
_value:
  description: The problems, in words. An empty list if there are none.
  type: list
  elements: str
"""

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._organization.name import OPTION
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.problems import declaration_of
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization, answering


def problems(names: Sequence[Any], declaration: Any = None) -> list[str]:
    try:
        declared = declaration_of(declaration) or {}
    except BadInput as error:
        raise AnsibleFilterError(error.message) from None
    try:
        answering(names, declared.get(OPTION))
    except WrongOrganization as reason:
        return [str(reason)]
    return []


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"organization_problems": problems}
