# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: cost_question
short_description: Say what a cost report of a month has to ask
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Give the month that is meant and the one before it, with which it is compared, and what costs are to be grouped by.
positional: by, now
options:
  _input:
    description: V(last), V(current), or a month such as V(2026-10).
    type: str
    required: true
  by:
    description: What the costs are to be divided by, V(project), V(api_key) or V(line_item).
    type: list
    elements: str
    required: true
  now:
    description: The present time, in ISO 8601 and UTC.
    type: str
    required: true
  problems:
    description: Return what is wrong, as a list of sentences, instead of failing. An empty list if nothing is.
    type: bool
    default: false
    version_added: 0.10.0
seealso:
  - plugin: community.openai_admin.cost_report
    plugin_type: filter
"""

EXAMPLES = r"""
---
- name: Say from when on costs are needed for last month's report
  ansible.builtin.debug:
    msg: "{{ ('last' | community.openai_admin.cost_question(['project'], '2026-11-05T08:00:00Z')).start }}"
"""

RETURN = r"""
---
_value:
  description:
    - C(month) and C(month_before), such as V(2026-10); the dates C(start), C(middle) and C(end), of which the first two
      begin these months and the last one is the day after; C(periods), which are the times that are compared, the
      earlier one first; C(by) and C(group_by); C(made_at), and C(today) if the
      month is not over. With O(problems), what is wrong.
  type: raw
"""

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import Unusable, question


def asked(month: Any, by: Sequence[str], now: str, problems: bool = False) -> dict[str, Any] | list[str]:
    try:
        found = question(str(month), list(by), str(now))
    except Unusable as reason:
        if problems:
            return [str(reason)]
        raise AnsibleFilterError(str(reason)) from None
    return [] if problems else found


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"cost_question": asked}
