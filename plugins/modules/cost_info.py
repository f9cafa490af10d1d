#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: cost_info
short_description: Read what an OpenAI organization cost
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the costs over a range of time, day by day, and their sums.
  - You can filter and group them by project, person, API key and line item.
  - The module never rounds amounts, and returns them as decimal strings. Groups add up to the total exactly.
options:
  bucket_width:
    description:
      - The length of a bucket. The API has costs only of whole days in UTC.
    type: str
    choices:
      - 1d
    default: 1d
  group_by:
    description:
      - How to group the costs. If omitted, they are not grouped.
      - With V(project_id), the task lists the projects once for their names, including archived ones. With V(user_id),
        it lists the people once for their e-mail addresses.
      - Some organizations and times have no costs by V(user_id) together with V(project_id) or O(project_ids). The API
        then rejects the request.
    type: list
    elements: str
    choices:
      - project_id
      - user_id
      - line_item
      - api_key_id
      - api_source
  line_items:
    description:
      - Only these line items, by their full names, such as V(gpt-5, output_tokens).
      - Names contain commas. Write them as a list, not as one string.
    type: list
    elements: str
notes:
  - One of O(start_time), O(since) and O(month) is required.
  - Today's costs grow until the day is over, and OpenAI may correct costs later.
seealso:
  - module: community.openai_admin.usage_info
  - name: Usage and costs
    description: Which queries are possible, and how to read the results.
    link: https://github.com/ansible-collections/community.openai_admin/blob/main/docs/usage_and_costs.md
  - name: OpenAI API reference, costs
    description: OpenAI's documentation of costs.
    link: https://platform.openai.com/docs/api-reference/usage/costs
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.report
  - community.openai_admin.report.buckets
"""

EXAMPLES = r"""
---
- name: Read last month's costs of each project
  community.openai_admin.cost_info:
    month: last
    group_by:
      - project_id
  register: costs

- name: Show them, the largest first
  ansible.builtin.debug:
    msg: "{{ item.project | default('no project', true) }}: {{ '%.2f' | format(item.amount | float) }}"
  loop: "{{ costs.totals }}"
  loop_control:
    label: "{{ item.project_id }}"

- name: Show the total
  ansible.builtin.debug:
    msg: "{{ costs.total.amount }} {{ costs.total.currency }}"

- name: Fail if a project cost more than 100 in the last seven days
  community.openai_admin.cost_info:
    since: 7d
    projects:
      - search-prod
  register: week
  failed_when: week is failed or week.total.amount | float > 100

- name: Compare what projects cost in October with September, and see each day of both months
  community.openai_admin.cost_info:
    start_time: 2026-09-01
    end_time: 2026-11-01
    group_by:
      - project_id
    group_buckets: false
    periods:
      - start_time: 2026-09-01
        end_time: 2026-10-01
      - start_time: 2026-10-01
        end_time: 2026-11-01
  register: costs

- name: Show both months of each project
  ansible.builtin.debug:
    msg: "{{ item.project | default('no project', true) }}: {{ item.periods | map(attribute='amount') | join(', ') }}"
  loop: "{{ costs.totals }}"
  loop_control:
    label: "{{ item.project_id }}"

- name: Read the line items of October
  community.openai_admin.cost_info:
    month: 2026-10
    group_by:
      - line_item
"""

RETURN = r"""
---
buckets:
  description:
    - The costs day by day, the oldest first, in the API's structure, except that amounts and quantities are decimal
      strings. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    object:
      description: What this is.
      type: str
      sample: bucket
    start_time:
      description: When the day begins, in Unix seconds.
      type: int
      sample: 1790812800
    end_time:
      description: When the day ends, in Unix seconds.
      type: int
      sample: 1790899200
    results:
      description:
        - The costs of the day, one entry for each group, or, with O(group_buckets=false), one for each currency. An
          empty list if nothing was charged.
        - Keys that it is not grouped by are V(null).
      type: list
      elements: dict
      contains:
        object:
          description: What this is.
          type: str
          sample: organization.costs.result
        amount:
          description: The costs.
          type: dict
          contains:
            value:
              description: The amount, as a decimal string.
              type: str
              sample: "0.0423"
            currency:
              description: The currency, in lower case.
              type: str
              sample: usd
        quantity:
          description:
            - Billed quantity, as a decimal string. V(null) unless grouped by V(line_item), and if the API does not show
              it.
          type: str
          sample: "1200"
        quantity_unit:
          description: What RV(buckets[].results[].quantity) is counted in.
          type: str
          sample: tokens
        project_id:
          description: ID of the project.
          type: str
          sample: proj_CABoAQ9gqh9xzdiOINPmykFR
        user_id:
          description: ID of the person.
          type: str
          sample: user-8e2l1ZCD0ibEinzLugZKyWVc
        line_item:
          description: The line item.
          type: str
          sample: gpt-5, output_tokens
        api_key_id:
          description: ID of the API key.
          type: str
          sample: key_gR1uy0eKANo502qP8VHDxKwp
        api_source:
          description: V(agents_api) or V(unlabeled).
          type: str
          sample: unlabeled
totals:
  description:
    - The sum of each group over the whole range, the largest first. An empty list if nothing was charged.
    - Each entry has the group's values under the names in O(group_by), with names for IDs, and its amounts.
    - A group with costs in several currencies has an entry for each of them.
  returned: success
  type: list
  elements: dict
  contains:
    project_id:
      description: ID of the project.
      returned: when grouped by it
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    user_id:
      description: ID of the person.
      returned: when grouped by it
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    line_item:
      description: The line item.
      returned: when grouped by it
      type: str
      sample: gpt-5, output_tokens
    api_key_id:
      description: ID of the API key.
      returned: when grouped by it
      type: str
      sample: key_gR1uy0eKANo502qP8VHDxKwp
    api_source:
      description: V(agents_api) or V(unlabeled).
      returned: when grouped by it
      type: str
      sample: unlabeled
    project:
      description: Name of the project. V(null) if it belongs to no project.
      returned: when grouped by project_id
      type: str
      sample: search-prod
    project_status:
      description: V(active) or V(archived). V(null) if it belongs to no project.
      returned: when grouped by project_id
      type: str
      sample: active
    email:
      description: E-mail address of the person. V(null) for a person who has left, and for service accounts.
      returned: when grouped by user_id
      type: str
      sample: grace@example.com
    api_key_name:
      description: Name of the API key. V(null) if it is unknown.
      returned: when O(api_key_names=true)
      type: str
      sample: search-indexer
    api_key_owner:
      description:
        - Owner of the API key, a person's e-mail address or a service account's name. V(null) if it is unknown.
      returned: when O(api_key_names=true)
      type: str
      sample: search-indexer
    api_key_deleted:
      description:
        - Whether the project no longer has the API key. V(null) if its project is archived or unknown, because its keys
          cannot be listed.
      returned: when O(api_key_names=true)
      type: bool
      sample: false
    amount:
      description:
        - The costs, exactly, as a decimal string.
      type: str
      sample: "128.0423"
    currency:
      description: The currency, in lower case.
      type: str
      sample: usd
    quantity:
      description:
        - Billed quantity, as a decimal string. V(null) if the API does not show it for all costs, or shows several
          units. The API shows it if costs are grouped by V(line_item).
      type: str
      sample: "120000"
    quantity_unit:
      description: What RV(totals[].quantity) is counted in. V(null) if it is unknown.
      type: str
      sample: tokens
    periods:
      description: The same for each of O(periods), in their order.
      returned: when O(periods) is given
      type: list
      elements: dict
      sample:
        - amount: "61.2"
          currency: usd
          quantity: "57000"
          quantity_unit: tokens
        - amount: "66.8423"
          currency: usd
          quantity: "63000"
          quantity_unit: tokens
total:
  description:
    - The sum of everything.
  returned: success
  type: dict
  contains:
    amount:
      description:
        - The costs, exactly, as a decimal string. V(null) if they are in several currencies.
      type: str
      sample: "128.0423"
    currency:
      description: The currency, in lower case. V(null) if there are no costs, or several currencies.
      type: str
      sample: usd
    quantity:
      description:
        - Billed quantity, as a decimal string. V(null) if the API does not show it for all costs, or shows several
          units. The API shows it if costs are grouped by V(line_item).
      type: str
      sample: "120000"
    quantity_unit:
      description: What RV(total.quantity) is counted in. V(null) if it is unknown.
      type: str
      sample: tokens
    periods:
      description: The same for each of O(periods), in their order.
      returned: when O(periods) is given
      type: list
      elements: dict
      sample:
        - amount: "61.2"
          currency: usd
          quantity: "57000"
          quantity_unit: tokens
        - amount: "66.8423"
          currency: usd
          quantity: "63000"
          quantity_unit: tokens
start_time:
  description: Start of the requested range, in Unix seconds.
  returned: success
  type: int
  sample: 1790812800
end_time:
  description: End of the requested range, in Unix seconds. V(null) if the end is now.
  returned: success
  type: int
  sample: 1793491200
organization_name:
  description:
    - Name of the organization that answered, from the header C(openai-organization) of the answers.
    - V(null) if no answer has this header, or if the task sent no request.
  returned: success, and most failures
  type: str
  sample: example-organization
  version_added: 0.10.0
requests:
  description:
    - On which routes the task waited for the API. There is one key for each method and route, such as C(GET
      /organization/projects). Its value is a dictionary with the numbers C(sent) (requests), C(retries) (of these, sent
      again) and C(waited) (seconds).
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

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.costs import COSTS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run
from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import add_up

TASK = add_up(COSTS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
