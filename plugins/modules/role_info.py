#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: role_info
short_description: Read roles of an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the roles of the organization, or of a project, with their permissions.
  - The result includes predefined roles. Their permissions show which permissions exist, because the API has no list of
    them.
options:
  project:
    description:
      - Name of the project to read from. Only active projects count.
      - Without O(project) and O(project_id), the task reads the roles of the organization.
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
  name:
    description:
      - Return only the role with this name, case-sensitive except for predefined roles, such as V(owner), whose full
        names work too.
    type: str
  role_id:
    description:
      - Return only the role with this ID. The suffix that the API adds to the ID of a predefined role for the scope is
        optional.
    type: str
  max_results:
    description:
      - Return at most this many roles. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.role
  - name: OpenAI guide to role-based access control
    description: What roles are for, and which permissions custom roles can have.
    link: https://platform.openai.com/docs/guides/rbac
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the roles of the organization
  community.openai_admin.role_info:
  register: known

- name: Show all known permissions
  ansible.builtin.debug:
    msg: "{{ known.roles | map(attribute='permissions') | flatten | unique | sort }}"

- name: Read what a viewer of a project may do
  community.openai_admin.role_info:
    project: search-prod
    name: viewer
"""

RETURN = r"""
---
roles:
  description:
    - The roles, including predefined ones. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the role. For a predefined role, without the suffix that the API adds for the scope.
      type: str
      sample: role-api-project-viewer
    name:
      description:
        - Name of the role.
      type: str
      sample: Project viewer
    description:
      description:
        - Description of the role. V(null) if it has none.
      type: str
      sample: Sees what is used, and by whom.
    permissions:
      description:
        - Permissions of the role, sorted.
      type: list
      elements: str
      sample: ["api.model.request", "api.responses.write"]
    predefined_role:
      description:
        - Whether the role is predefined.
      type: bool
      sample: true
    resource_type:
      description:
        - Type of resource that the role is for, such as V(api.organization) and V(api.project).
      type: str
      sample: api.project
    project:
      description:
        - Name of the project. V(null) for the organization, and if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project. V(null) for the organization.
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role import ROLE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(ROLE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
