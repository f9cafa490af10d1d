#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: data_retention
short_description: Manage data retention of an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Set how OpenAI retains data of requests, for the organization or for a project.
  - The task fails if the new type retains more data than the current one, or may do so, unless
    O(allow_weaker_retention=true).
options:
  type:
    description:
      - Type of data retention. Required.
      - Known are V(modified_abuse_monitoring), V(enhanced_modified_abuse_monitoring), V(zero_data_retention) and
        V(enhanced_zero_data_retention). A project can also have V(organization_default), which follows the
        organization, and V(none). The API may have others.
      - An agreement with OpenAI decides which of them an organization and its projects can have.
    type: str
  allow_weaker_retention:
    description:
      - Whether to change to a type that retains more data, or may do so.
      - V(none) retains the most, V(zero_data_retention) less than V(modified_abuse_monitoring), and
        V(enhanced_zero_data_retention) less than V(enhanced_modified_abuse_monitoring). It is unknown whether an
        enhanced type retains less than one that is not enhanced.
      - The task does not look up the meaning of V(organization_default), so each change from it or to it needs this
        option. So does a change of a type that the API does not show.
    type: bool
    default: false
notes:
  - Data retention is always set and cannot be removed. A new project has V(organization_default).
  - The task fails with the API's words if the organization has no agreement on data retention.
  - With zero data retention, the API stores no responses, and some of its endpoints cannot be used.
seealso:
  - module: community.openai_admin.data_retention_info
  - name: OpenAI guide to your data
    description: What the types mean, and which endpoints they exclude.
    link: https://platform.openai.com/docs/guides/your-data
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope.optional
"""

EXAMPLES = r"""
---
- name: Retain no data of a project's requests, regardless of the organization
  community.openai_admin.data_retention:
    project: search-prod
    type: zero_data_retention
    allow_weaker_retention: true  # a new project follows the organization, which could have a stricter type

- name: See whether somebody changed the data retention
  community.openai_admin.data_retention:
    project: search-prod
    type: zero_data_retention
    allow_weaker_retention: true
  check_mode: true
  diff: true
  register: audit
  failed_when: audit is failed or audit is changed

- name: Let the project follow the organization again
  community.openai_admin.data_retention:
    project: search-prod
    type: organization_default
    allow_weaker_retention: true
"""

RETURN = r"""
---
data_retention:
  description:
    - The data retention after the task, or as predicted in check mode.
  returned: success
  type: dict
  contains:
    type:
      description:
        - Type of data retention.
      type: str
      sample: zero_data_retention
    project:
      description:
        - Name of the project. V(null) for the organization, and if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project. V(null) for the organization, and if check mode predicts the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - The type before.
      type: dict
    after:
      description:
        - The type afterwards.
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
  sample: ["update data retention of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.data_retention import DATA_RETENTION
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(DATA_RETENTION)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
