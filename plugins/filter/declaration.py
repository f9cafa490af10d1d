# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: declaration
short_description: Take a declaration as a variable holds it, be it as a text
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read a declaration that is a text in YAML or JSON, as a survey sends it. Values stay as they are written, such as
    C(0012). Any other value comes back as it is.
options:
  _input:
    description: The declaration, by the options of M(community.openai_admin.organization), or a text with it.
    type: raw
    required: true
seealso:
  - plugin: community.openai_admin.declaration
    plugin_type: lookup
"""

EXAMPLES = r"""
---
- name: Take what a survey sent
  ansible.builtin.debug:
    msg: "{{ (answer | community.openai_admin.declaration).projects }}"
  vars:
    answer: |
      projects:
        - name: search-prod
          attributes: {cost_center: 0012}
"""

RETURN = r"""
---
_value:
  description: The declaration.
  type: dict
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.problems import declaration_of


def taken(value: Any) -> Any:
    try:
        return declaration_of(value)
    except BadInput as error:
        raise AnsibleFilterError(error.message) from None


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"declaration": taken}
