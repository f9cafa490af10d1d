#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project_group_info
short_description: Read which groups have access to projects of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the groups of a project, or of all active projects.
options:
  group:
    description:
      - Return only the group with this name.
    type: str
  group_id:
    description:
      - Return only the group with this ID.
    type: str
  max_results:
    description:
      - Return at most this many groups in total. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.project_group
  - module: community.openai_admin.group_info
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.info
"""

EXAMPLES = r"""
---
- name: Read which groups have access to a project
  community.openai_admin.project_group_info:
    project: search-prod

- name: Read to which projects a group has access
  community.openai_admin.project_group_info:
    group: search-team
  register: access

- name: Show them
  ansible.builtin.debug:
    msg: "{{ access.project_groups | map(attribute='project') }}"
"""

RETURN = r"""
---
project_groups:
  description:
    - The groups, project by project. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the group.
      type: str
      sample: group_01J1F8ABCDXYZ
    name:
      description:
        - Name of the group.
      type: str
      sample: search-team
    group_type:
      description:
        - Type of the group, V(group) for a group of the organization, V(tenant_group) for a group of the whole tenant.
      type: str
      sample: group
    created_at:
      description:
        - When the group was added to the project, in Unix seconds.
      type: int
      sample: 1795396681
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_group import PROJECT_GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(PROJECT_GROUP)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
