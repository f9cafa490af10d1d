#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project_user_info
short_description: Read people in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the people of a project, or of all active projects.
options:
  email:
    description:
      - Return only the person with this e-mail address. Case does not matter.
    type: str
  user_id:
    description:
      - Return only the person with this ID. O(email) is then ignored.
      - In check mode, a null or empty ID stands for a person who is not there yet, unless O(email) is given, and the
        list is empty. In a real run, the task then fails.
    type: str
  max_results:
    description:
      - Return at most this many people in total. At least 1.
      - If not set, all pages are read.
    type: int
notes:
  - Owners of the organization own every project. The API may or may not list them in projects.
seealso:
  - module: community.openai_admin.project_user
  - module: community.openai_admin.user_info
  - name: OpenAI API reference, project users
    description: OpenAI's documentation of people in projects.
    link: https://platform.openai.com/docs/api-reference/project-users
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.info
"""

EXAMPLES = r"""
---
- name: Read who is in a project
  community.openai_admin.project_user_info:
    project: search-prod
  register: team

- name: Show the addresses
  ansible.builtin.debug:
    msg: "{{ team.project_users | map(attribute='email') | list }}"

- name: Find the projects of one person
  community.openai_admin.project_user_info:
    email: grace@example.com
  register: grace

- name: Show role by project
  ansible.builtin.debug:
    msg: "{{ grace.project_users | items2dict(key_name='project', value_name='role') }}"
"""

RETURN = r"""
---
project_users:
  description:
    - The people, project by project. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the person.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    email:
      description:
        - E-mail address of the person. V(null) if the API does not show it.
      type: str
      sample: grace@example.com
    name:
      description:
        - Name of the person. V(null) if the API does not show it.
      type: str
    role:
      description:
        - Role of the person in the project.
      type: str
      sample: member
    added_at:
      description:
        - When the person was added to the project, in Unix seconds.
      type: int
      sample: 1795396898
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(PROJECT_USER)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
