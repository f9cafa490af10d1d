#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: spend_limit
short_description: Manage the spend limits of an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Set, change and remove the monthly spend limit of the organization, or of a project.
  - The API stops answering requests to models when a limit is reached. The limit of the project and that of the
    organization both apply. They reset each month.
options:
  usd_per_month:
    description:
      - US dollars that may be spent in a month, such as V(500) or V(499.5).
      - At least V(0.01), with at most two decimals. The task rounds the result of a template that differs only in its
        last digits, such as V(114.99999999999999).
      - The API counts in cents. C(threshold_amount) in its reference is 100 times this value.
      - Required with O(state=present).
    type: float
  allow_enforcing:
    description:
      - Set a limit that this month's costs have already reached, so that the API stops requests to models at once.
      - Raising a limit that the API enforces and that the costs have reached needs no permission, because it stops
        nothing that runs now. The task warns if the new limit is reached, too.
      - Without it, the task reads the costs before it sets or changes a limit, and fails if the limit is not above
        them. Costs are known late, so they may be higher than what the API tells.
      - If the key may not read costs, the task sets the limit with a warning.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that the limit is set as the task says.
      - V(absent) removes the limit. After that, only a limit of the other scope restricts the costs.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - A limit that does not exceed this month's costs so far stops requests to models as soon as it takes effect.
    M(community.openai_admin.cost_info) returns these costs.
  - The API knows costs with a delay, so a project can exceed its limit slightly.
  - A limit in another currency, or for another time than a month, is another limit. The task replaces it.
  - The API defines the meaning of RV(spend_limit.status). The task shows it and never compares it.
seealso:
  - module: community.openai_admin.spend_limit_info
  - module: community.openai_admin.cost_info
  - module: community.openai_admin.rate_limit
  - name: OpenAI guide to spend limits
    description: What a limit does, and how the API answers requests once the limit is reached.
    link: https://platform.openai.com/docs/guides/spend-limits
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope.optional
"""

EXAMPLES = r"""
---
- name: Limit what the organization may cost in a month
  community.openai_admin.spend_limit:
    usd_per_month: 20000

- name: Limit what a project may cost in a month
  community.openai_admin.spend_limit:
    project: search-prod
    usd_per_month: 499.50

- name: See whether somebody changed the limit
  community.openai_admin.spend_limit:
    project: search-prod
    usd_per_month: 499.50
  check_mode: true
  diff: true
  register: audit
  failed_when: audit is failed or audit is changed

- name: Remove the limit of a project
  community.openai_admin.spend_limit:
    project: search-prod
    state: absent
"""

RETURN = r"""
---
spend_limit:
  description:
    - The limit after the task, or as predicted in check mode. For a removed limit, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
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
          V(null) when a new or another limit is predicted in check mode.
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
        - ID of the project. V(null) for the organization's limit, and if check mode predicts the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - The limit before. V(null) if there was none.
      type: dict
    after:
      description:
        - The limit afterwards. V(null) if there is none.
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
  sample: ["set spend limit of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.spend_limit import SPEND_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(SPEND_LIMIT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
