#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: model_permissions
short_description: Manage which models the projects of an OpenAI organization may use
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Restrict which models a project may use, by a list of allowed or denied models, change the list, and remove the
    restriction.
  - A new project may use all models of the organization.
options:
  allow:
    description:
      - Models that the project may use. It may use no others.
      - The complete list, in any order. The task removes all other models from it.
      - Exactly one of O(allow) and O(deny) is required with O(state=present).
    type: list
    elements: str
  deny:
    description:
      - Models that the project may not use. It may use all others, including future ones.
      - The complete list, in any order. The task removes all other models from it.
    type: list
    elements: str
  state:
    description:
      - V(present) makes sure that the restriction is set as the task says.
      - V(absent) removes it, so that the project may use all models.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The API replaces one list by the other. The diff shows both.
  - Neither list can be empty. To let a project use all models, set O(state=absent).
  - The Administration API does not list models. If the task adds models to a list, it reads the rate limits of the
    project, which name each usable model, and warns about others. This costs one request.
seealso:
  - module: community.openai_admin.model_permissions_info
  - module: community.openai_admin.rate_limit
  - name: OpenAI API reference
    description: OpenAI's documentation of model permissions.
    link: https://platform.openai.com/docs/api-reference/administration
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Allow a project to use only two models
  community.openai_admin.model_permissions:
    project: search-prod
    allow:
      - gpt-5
      - gpt-5-mini

- name: Allow it to use all models except one
  community.openai_admin.model_permissions:
    project: search-prod
    deny:
      - gpt-image-1

- name: Allow it to use all models
  community.openai_admin.model_permissions:
    project: search-prod
    state: absent
"""

RETURN = r"""
---
model_permissions:
  description:
    - The permissions after the task, or as predicted in check mode. For removed permissions, the last state.
    - With O(state=absent), V(null) if there were none.
  returned: success
  type: dict
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
        - ID of the project. V(null) if check mode predicts the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - The permissions before. V(null) if there were none.
      type: dict
    after:
      description:
        - The permissions afterwards. V(null) if there are none.
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
  sample: ["set model permissions of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.model_permissions import MODEL_PERMISSIONS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(MODEL_PERMISSIONS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
