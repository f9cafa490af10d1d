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
  - Read the costs over a time, day by day, and what they add up to.
  - They can be narrowed down, and divided by project, person, API key and line of the bill.
  - Amounts are never rounded, and come back as decimal strings. Groups add up to the total exactly.
options:
  bucket_width:
    description:
      - The length of a bucket. The API knows costs of whole days in UTC only.
    type: str
    choices:
      - 1d
    default: 1d
  group_by:
    description:
      - What to divide the costs by. If omitted, they are not divided.
      - With V(project_id), the task lists the projects once for their names, archived ones included. With V(user_id),
        it lists the people once for their e-mail addresses.
      - Some organizations and times have no costs by V(user_id) together with V(project_id) or O(project_ids). The API
        refuses them then.
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
      - Only these lines of the bill, by their whole names, such as V(gpt-5, output_tokens).
      - Names hold commas. Write them as a list, not as one string.
    type: list
    elements: str
notes:
  - One of O(start_time), O(since) and O(month) is required.
  - The costs of the present day grow until it is over, and may be corrected later.
seealso:
  - module: community.openai_admin.usage_info
  - name: Usage and costs
    description: What to ask, and how to read the answers.
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

- name: Show what all of it cost
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

- name: Read what October was billed for
  community.openai_admin.cost_info:
    month: 2026-10
    group_by:
      - line_item
"""

RETURN = r"""
---
buckets:
  description:
    - The costs day by day, the oldest first, as the API words them, but for amounts and quantities, which are decimal
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
        - What the day cost, one entry for each group, or, with O(group_buckets=false), one for each currency. An empty
          list if nothing was charged.
        - What it is not grouped by is V(null).
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
            - How much was billed, as a decimal string. V(null) unless grouped by V(line_item), and where the API does
              not say.
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
          description: The line of the bill.
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
    - What each group adds up to over the whole time, the largest first. An empty list if nothing was charged.
    - Each entry has the group's values under the names in O(group_by), with names beside IDs, and its amounts.
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
      description: The line of the bill.
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
      description: Name of the project. V(null) for what belongs to no project.
      returned: when grouped by project_id
      type: str
      sample: search-prod
    project_status:
      description: V(active) or V(archived). V(null) for what belongs to no project.
      returned: when grouped by project_id
      type: str
      sample: active
    email:
      description: E-mail address of the person. V(null) for somebody who has left, and for service accounts.
      returned: when grouped by user_id
      type: str
      sample: grace@example.com
    api_key_name:
      description: Name of the API key. V(null) where it is not known.
      returned: when O(api_key_names=true)
      type: str
      sample: search-indexer
    api_key_owner:
      description:
        - Who owns the API key, a person's e-mail address or a service account's name. V(null) where it is not known.
      returned: when O(api_key_names=true)
      type: str
      sample: search-indexer
    api_key_deleted:
      description:
        - Whether the project has the API key no more. V(null) where its project is archived or not known, since its
          keys cannot be listed then.
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
        - How much of it was billed, as a decimal string. V(null) where the API does not say for all of it, or in
          several units. It says so if costs are grouped by V(line_item).
      type: str
      sample: "120000"
    quantity_unit:
      description: What RV(totals[].quantity) is counted in. V(null) where that is not known.
      type: str
      sample: tokens
    periods:
      description: The same of each of O(periods), in their order.
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
    - What everything adds up to.
  returned: success
  type: dict
  contains:
    amount:
      description:
        - The costs, exactly, as a decimal string. V(null) where they are in several currencies.
      type: str
      sample: "128.0423"
    currency:
      description: The currency, in lower case. V(null) where there are no costs, or several currencies.
      type: str
      sample: usd
    quantity:
      description:
        - How much of it was billed, as a decimal string. V(null) where the API does not say for all of it, or in
          several units. It says so if costs are grouped by V(line_item).
      type: str
      sample: "120000"
    quantity_unit:
      description: What RV(total.quantity) is counted in. V(null) where that is not known.
      type: str
      sample: tokens
    periods:
      description: The same of each of O(periods), in their order.
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
  description: From when on, in Unix seconds, as it was asked for.
  returned: success
  type: int
  sample: 1790812800
end_time:
  description: Until when, in Unix seconds, as it was asked for. V(null) if until now.
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
