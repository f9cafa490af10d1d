# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: cost_report
short_description: Make a report of a month's costs
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Add up and compare what M(community.openai_admin.cost_info) returned for a month and the one before it.
  - Amounts are exact decimal strings. The lines add up to the total to the last digit, in each currency.
positional: question, organization, declaration
options:
  _input:
    description:
      - What M(community.openai_admin.cost_info) returned with the C(periods) of O(question).
      - Its buckets need not be grouped.
    type: dict
    required: true
  question:
    description: What P(community.openai_admin.cost_question#filter) gives.
    type: dict
    required: true
  organization:
    description: What the organization is called in the report.
    type: str
    default: ""
  declaration:
    description:
      - The declared organization, whose projects may have a C(cost_center) among their C(attributes).
      - It fails if the declaration is for another organization.
    type: dict
"""

EXAMPLES = r"""
---
- name: Read the costs of October and of September
  community.openai_admin.cost_info:
    start_time: "2026-09-01"
    end_time: "2026-11-01"
    group_by:
      - project_id
    group_buckets: false
    periods:
      - start_time: "2026-09-01"
        end_time: "2026-10-01"
      - start_time: "2026-10-01"
        end_time: "2026-11-01"
  register: costs

- name: Say what October cost
  ansible.builtin.debug:
    msg: "{{ (costs | community.openai_admin.cost_report(question)).summary }}"
  vars:
    question: "{{ '2026-10' | community.openai_admin.cost_question(['project'], '2026-11-05T08:00:00Z') }}"
"""

RETURN = r"""
---
_value:
  description:
    - The report. C(currencies) holds the totals, the days and a list of rows for each division, C(lines) the single
      lines and C(columns) their keys in the order of a CSV, C(notes) how to read it, C(summary) a few sentences.
    - C(organization_name) is the organization that answered, null if no answer says it, and C(whose) says it in a
      sentence.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import Unusable, report
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization


def made(
    costs: Any,
    question: Mapping[str, Any],
    organization: str | None = "",
    declaration: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    if not isinstance(costs, Mapping) or "buckets" not in costs:
        raise AnsibleFilterError("cost_report needs what community.openai_admin.cost_info returned.")
    try:
        return report(costs, question, organization or "", declaration)
    except (Unusable, WrongOrganization) as reason:
        raise AnsibleFilterError(str(reason)) from None


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"cost_report": made}
