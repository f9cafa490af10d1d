#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: model_permissions_info
short_description: Read which models the projects of an OpenAI organization may use
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read which models a project, or each active project, may use.
options:
  max_results:
    description:
      - Return at most this many entries in total. At least 1.
    type: int
seealso:
  - module: community.openai_admin.model_permissions
  - module: community.openai_admin.rate_limit
  - name: OpenAI API reference
    description: OpenAI's documentation of model permissions.
    link: https://platform.openai.com/docs/api-reference/administration
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.info
"""

EXAMPLES = r"""
---
- name: Read the permissions of all active projects
  community.openai_admin.model_permissions_info:
  register: restricted

- name: Name the projects that may use certain models only
  ansible.builtin.debug:
    msg: "{{ restricted.model_permissions | selectattr('allow') | map(attribute='project') }}"
"""

RETURN = r"""
---
model_permissions:
  description:
    - The permissions, project by project. A project that may use all models has none.
  returned: success
  type: list
  elements: dict
  contains:
    allow:
      description:
        - Models that the project may use, sorted. V(null) if the API has a list of denied ones.
      type: list
      elements: str
      sample: [gpt-5, gpt-5-mini]
    deny:
      description:
        - Models that the project may not use, sorted. V(null) if the API has a list of allowed ones.
      type: list
      elements: str
      sample: null
    project:
      description:
        - Name of the project. V(null) if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project.
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.model_permissions import MODEL_PERMISSIONS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(MODEL_PERMISSIONS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
