# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: cost_page
short_description: Prepare a cost report for its page
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Add to a report what its page shows in C(sections), one for each currency. Amounts are rounded to cents, so that
    each column adds up to the total that is shown. Charts are SVG.
  - Charts need the Python library pygal where Ansible runs. Without it there are none, and C(charts_missing) says so.
options:
  _input:
    description: What P(community.openai_admin.cost_report#filter) gives.
    type: dict
    required: true
"""

EXAMPLES = r"""
---
- name: Say what the page shows first
  ansible.builtin.debug:
    msg: "{{ (costs | community.openai_admin.cost_report(question) | community.openai_admin.cost_page).sections }}"
  vars:
    question: "{{ '2026-10' | community.openai_admin.cost_question(['project'], '2026-11-05T08:00:00Z') }}"
    costs:
      buckets: []
      totals: []
"""

RETURN = r"""
---
_value:
  description: The report, with C(sections) and C(charts_missing).
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_page import shown


def prepared(report: Any) -> dict[str, Any]:
    if not isinstance(report, Mapping) or "currencies" not in report:
        raise AnsibleFilterError("cost_page needs what community.openai_admin.cost_report gives.")
    return shown(report)


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"cost_page": prepared}
