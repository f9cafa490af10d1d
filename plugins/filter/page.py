# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: page
short_description: Lay out a report as a page of HTML
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Render a template with a report, which it finds as C(report). Every value is escaped.
  - A template may extend C(layout.html.j2) and import C(parts.html.j2) of the role C(report).
positional: template
options:
  _input:
    description: The report.
    type: dict
    required: true
  template:
    description: The path of the template.
    type: path
    required: true
"""

EXAMPLES = r"""
---
- name: Lay out a report by a template of one's own
  ansible.builtin.copy:
    content: "{{ report | community.openai_admin.page(playbook_dir ~ '/page.html.j2') }}"
    dest: page.html
    mode: "0600"
  vars:
    report:
      title: Projects
"""

RETURN = r"""
---
_value:
  description: The page.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.page import page
from jinja2 import TemplateError


def laid_out(report: Mapping[str, Any], template: str) -> str:
    try:
        return page(report, template)
    except TemplateError as reason:
        raise AnsibleFilterError(f"Laying out {template}: {type(reason).__name__}: {reason}") from None


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"page": laid_out}
