#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: spend_alert
short_description: Manage the spend alerts of an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Create, change and delete alerts, which OpenAI sends by e-mail when the monthly costs of the organization, or of a
    project, reach an amount.
  - An alert does not stop requests. See M(community.openai_admin.spend_limit) for that.
  - The API has been reported to drop the spend limit of a scope when an alert of it changes. This module does not read
    the limit. M(community.openai_admin.organization) does, whether the limit is declared or not, and sets it again.
options:
  usd_per_month:
    description:
      - Monthly costs in US dollars at which OpenAI sends the alert, such as V(400) or V(399.5).
      - At least V(0.01), with at most two decimals. The task rounds the result of a template that differs only in its
        last digits, such as V(114.99999999999999).
      - The API counts in cents. C(threshold_amount) in its reference is 100 times this value.
      - The amount identifies the alert. If several alerts have this amount, the task uses the one with exactly these
        O(recipients), and fails if there is none or more than one.
      - Required unless O(alert_id) is given.
    type: float
  alert_id:
    description:
      - ID of the alert. With it, O(usd_per_month) changes the amount.
      - It takes precedence over O(usd_per_month), unless it is null or empty.
    type: str
  recipients:
    description:
      - E-mail addresses of the recipients, who need not be in the organization.
      - The complete list. The task removes all other recipients. Case, order and repetitions do not matter.
      - Required for a new alert, and never empty.
      - With O(state=absent), the task deletes only an alert with exactly these recipients.
    type: list
    elements: str
  subject_prefix:
    description:
      - Beginning of the subject of the e-mails.
      - An empty string removes it. If omitted, it stays as it is.
    type: str
  state:
    description:
      - V(present) makes sure that the alert exists as the task says, V(absent) that it does not exist.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The API does not show which alerts were sent.
  - The dashboard changes alerts and limits in one place. Set alerts before the limit of the same organization or
    project, as M(community.openai_admin.organization) does.
seealso:
  - module: community.openai_admin.spend_alert_info
  - module: community.openai_admin.spend_limit
  - module: community.openai_admin.cost_info
  - name: OpenAI guide to spend limits
    description: What alerts do, and what limits do.
    link: https://platform.openai.com/docs/guides/spend-limits
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope.optional
"""

EXAMPLES = r"""
---
- name: Alert the finance team when the organization has spent half of its budget
  community.openai_admin.spend_alert:
    usd_per_month: 10000
    recipients:
      - finance@example.com

- name: Alert the owners of a project, with a subject for mail filters
  community.openai_admin.spend_alert:
    project: search-prod
    usd_per_month: 400
    recipients:
      - search-lead@example.com
      - finops@example.com
    subject_prefix: "[search]"

- name: Delete that alert
  community.openai_admin.spend_alert:
    project: search-prod
    usd_per_month: 400
    state: absent
"""

RETURN = r"""
---
spend_alert:
  description:
    - The alert after the task, or as predicted in check mode. For a deleted alert, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the alert. V(null) in a prediction.
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
        - ID of the project. V(null) for alerts of the organization, and if check mode predicts the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the alert before. V(null) if it did not exist.
      type: dict
    after:
      description:
        - The same afterwards. V(null) if it no longer exists.
      type: dict
    before_header:
      description: Heading of the diff.
      type: str
    after_header:
      description: The same as RV(diff.before_header).
      type: str
done:
  description: What the task had already done when it failed. RV(ignore:changed) is then V(true).
  returned: when the task fails after a write
  type: list
  elements: str
  sample: ["create spend alert '400.0' of project 'search-prod'"]
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

from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import manage
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_alert import SPEND_ALERT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(SPEND_ALERT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
