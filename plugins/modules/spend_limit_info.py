#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: spend_limit_info
short_description: Read the spend limits of an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the monthly spend limit of the organization, or of each of some projects.
options:
  max_results:
    description:
      - Return at most this many limits in total. At least 1.
    type: int
seealso:
  - module: community.openai_admin.spend_limit
  - module: community.openai_admin.cost_info
  - name: OpenAI guide to spend limits
    description: What a limit does, and how the API answers requests once the limit is reached.
    link: https://platform.openai.com/docs/guides/spend-limits
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.optional_info
"""

EXAMPLES = r"""
---
- name: Read the limit of the organization
  community.openai_admin.spend_limit_info:
  register: of_organization

- name: Show it
  ansible.builtin.debug:
    msg: "{{ of_organization.spend_limits | map(attribute='usd_per_month') | first | default('There is none.') }}"

- name: Read all projects
  community.openai_admin.project_info:
  register: everywhere

- name: Read their limits
  community.openai_admin.spend_limit_info:
    projects: "{{ everywhere.projects }}"
  register: limits

- name: Name projects without a limit
  ansible.builtin.debug:
    msg: "{{ all | map(attribute='name') | difference(limits.spend_limits | map(attribute='project')) }}"
  vars:
    all: "{{ everywhere.projects }}"
"""

RETURN = r"""
---
spend_limits:
  description:
    - The limits that are set. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    usd_per_month:
      description:
        - US dollars that may be spent in a month.
      type: float
      sample: 499.5
    currency:
      description:
        - Currency of the limit.
      type: str
      sample: USD
    interval:
      description:
        - Interval of the limit.
      type: str
      sample: month
    status:
      description:
        - Whether the API enforces the limit, such as V(enforcing) or V(inactive).
      type: str
      sample: enforcing
    project:
      description:
        - Name of the project. V(null) for the organization's limit, and if the task gives O(project_id) without
          O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project. V(null) for the organization's limit.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
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

from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import inform
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_limit import SPEND_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(SPEND_LIMIT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
