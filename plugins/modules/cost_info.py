#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: cost_info
short_description: Read what an OpenAI organization costs
version_added: 0.1.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read what was charged, in whole days in UTC, and the sums.
  - Amounts are exact. They are returned as text with all their digits, since numbers with a point would be rounded.
options:
  bucket_width:
    description:
      - How long the buckets are. The API knows whole days alone.
    type: str
    choices:
      - 1d
    default: 1d
  group_by:
    description:
      - What to divide by.
    type: list
    elements: str
    choices:
      - project_id
      - user_id
      - line_item
      - api_key_id
      - api_source
  api_key_ids:
    description: Only of keys of these IDs.
    type: list
    elements: str
  line_items:
    description: Only of these line items.
    type: list
    elements: str
seealso:
  - module: community.openai_admin.usage_info
  - name: OpenAI API reference, costs
    description: What the API says of costs.
    link: https://platform.openai.com/docs/api-reference/usage/costs
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.report_scope.buckets
"""

EXAMPLES = r"""
---
- name: Read last month's cost per project
  community.openai_admin.cost_info:
    month: 2026-10
    group_by: [project_id]
  register: costs

- name: Show it
  ansible.builtin.debug:
    msg: "{{ item.project | default('no project', true) }}: {{ item.amount }} {{ item.currency }}"
  loop: "{{ costs.totals }}"
  loop_control:
    label: "{{ item.project_id }}"

- name: Read what a project costs by line item, since the first of October
  community.openai_admin.cost_info:
    start_time: 2026-10-01
    projects: [search-prod]
    group_by: [line_item]
"""

RETURN = r"""
---
buckets:
  description: The buckets, in order of time, as the API words them.
  returned: success
  type: list
  elements: dict
  contains:
    start_time:
      description: When the bucket begins, in Unix seconds.
      type: int
      sample: 1793491200
    end_time:
      description: When the next one begins, in Unix seconds.
      type: int
      sample: 1793577600
    results:
      description: One result a group, none where nothing was charged. What was not asked for in O(group_by) is V(null).
      type: list
      elements: dict
      sample:
        - amount:
            value: "0.0123"
            currency: usd
          project_id: proj_CABoAQ9gqh9xzdiOINPmykFR
totals:
  description: The sums over all buckets, one a group of O(group_by), the largest first.
  returned: success
  type: list
  elements: dict
  sample:
    - project_id: proj_CABoAQ9gqh9xzdiOINPmykFR
      project: search-prod
      currency: usd
      amount: "1234.567"
total:
  description: The sum of all amounts, by currency.
  returned: success
  type: dict
  sample:
    usd: "1234.567"
requests:
  description:
    - Where the task waited for the API. There is one key for each method and route, such as
      C(GET /organization/projects). Its value is a dictionary with the numbers C(sent) (requests), C(retries)
      (of these, sent again) and C(waited) (seconds).
  returned: success, when the API limited the rate or the task waited for more than 5 seconds
  type: dict
  sample:
    GET /organization/projects:
      sent: 2
      retries: 1
      waited: 1.0
status_code:
  description: HTTP status of the API's answer.
  returned: when the API refuses a request
  type: int
  sample: 401
error_code:
  description: The API's code for the error. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: invalid_api_key
error_type:
  description: The API's type of the error. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: invalid_request_error
error_param:
  description: The parameter that the API complains about. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: null
request_id:
  description: The request's ID, to give to the API's support. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: req_TXcmeWzpl019zHjDPgj5zpFF
"""

from ansible_collections.community.openai_admin.plugins.module_utils._report import report_task
from ansible_collections.community.openai_admin.plugins.module_utils._reports.costs import COSTS, FILTERS
from ansible_collections.community.openai_admin.plugins.module_utils._runner import run

TASK = report_task({"costs": COSTS}, FILTERS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
