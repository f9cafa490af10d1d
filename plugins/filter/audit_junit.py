# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: audit_junit
short_description: Turn the report of an audit into JUnit XML
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make a test case of each check, for CI systems that show such.
  - What deviates is a failure, what could not be read is an error, and what was not checked is skipped.
options:
  _input:
    description: The report, as P(community.openai_admin.audit_report#filter) makes it.
    type: dict
    required: true
"""

EXAMPLES = r"""
---
- name: Write the report for CI
  ansible.builtin.copy:
    content: "{{ report | community.openai_admin.audit_junit }}"
    dest: audit.xml
    mode: "0600"
"""

RETURN = r"""
---
_value:
  description: The document.
  type: str
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_junit import junit


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"audit_junit": junit}
