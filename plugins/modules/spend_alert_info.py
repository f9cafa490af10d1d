#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: spend_alert_info
short_description: Read the spend alerts of an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the spend alerts of the organization, or of a project.
options:
  project:
    description:
      - Name of the project to read from. Only active projects count.
      - Without O(project) and O(project_id), the task reads the alerts of the organization.
      - If both are given, O(project_id) counts, unless it is null or empty.
      - A project that does not exist fails. In check mode, the result is an empty list and a warning instead.
    type: str
  project_id:
    description:
      - ID of the project to read from.
      - If it is given and null or empty, and O(project) is not given, the task fails.
        In check mode, the result is an empty list and a warning instead.
      - The task fails if the ID does not exist, in check mode too.
    type: str
  usd_per_month:
    description:
      - Return only alerts for this amount.
    type: float
  alert_id:
    description:
      - Return only the alert with this ID.
    type: str
  max_results:
    description:
      - Return at most this many alerts. At least 1.
      - If omitted, the task reads all pages.
    type: int
seealso:
  - module: community.openai_admin.spend_alert
  - module: community.openai_admin.spend_limit
  - module: community.openai_admin.cost_info
  - name: OpenAI guide to spend limits
    description: What alerts do, and what limits do.
    link: https://platform.openai.com/docs/guides/spend-limits
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the alerts of the organization
  community.openai_admin.spend_alert_info:
  register: alerts

- name: Show their recipients
  ansible.builtin.debug:
    msg: "{{ alerts.spend_alerts | map(attribute='recipients') | flatten | unique }}"

- name: Read those of a project
  community.openai_admin.spend_alert_info:
    project: search-prod
"""

RETURN = r"""
---
spend_alerts:
  description:
    - The alerts. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the alert.
      type: str
      sample: alert_68f2a6d1c0a081908b8f
    usd_per_month:
      description:
        - Monthly costs in US dollars at which OpenAI sends the alert.
      type: float
      sample: 400.0
    recipients:
      description:
        - E-mail addresses, sorted.
      type: list
      elements: str
      sample: [finops@example.com]
    subject_prefix:
      description:
        - Beginning of the subject of the e-mails. May be V(null).
      type: str
      sample: "[search]"
    currency:
      description:
        - Currency of the amount.
      type: str
      sample: USD
    interval:
      description:
        - Period of the amount.
      type: str
      sample: month
    project:
      description:
        - Name of the project. V(null) for alerts of the organization, and if the task gives O(project_id) without
          O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project. V(null) for alerts of the organization.
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_alert import SPEND_ALERT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(SPEND_ALERT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
