#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project_user
short_description: Manage people in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Add people of the organization to projects, change their roles there, and remove them.
options:
  email:
    description:
      - E-mail address of the person. Case and surrounding blanks do not matter.
      - One of O(email) and O(user_id) is required. O(user_id) takes precedence, unless it is null or empty.
      - The task fails if nobody in the organization has this address, in check mode too.
    type: str
  user_id:
    description:
      - ID of the person. With the ID, the task needs to list neither the people of the project nor those of the
        organization.
      - In check mode, a null or empty ID stands for a person who is not in the organization yet, unless O(email) is
        given. In a real run, the task then fails.
    type: str
  role:
    description:
      - Name of the person's role in the project. The API has V(owner) and V(member), and may have more, such as
        V(viewer).
      - If omitted, a new person becomes V(member), and an existing one keeps the role.
    type: str
  state:
    description:
      - V(present) makes sure that the person is in the project.
      - V(absent) makes sure that the person is not in the project. The person stays in the organization.
      - With V(absent), there is nothing to do if the project that O(project) names does not exist.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - Changes of roles may take up to 30 minutes to take effect for the people concerned. The API already lists them.
  - Owners of the organization own every project. A task that would add, remove or change an owner changes nothing and
    warns.
  - With O(user_id), an owner of the organization is recognized only if the API lists owners in projects. Otherwise, the
    API rejects the request to add one. Use O(email) for owners.
  - Only people of the organization can be in a project. Invite all others first.
  - Nobody can be added to the organization's default project. The API rejects that with status 400.
seealso:
  - module: community.openai_admin.project_user_info
  - module: community.openai_admin.user_info
  - name: OpenAI API reference, project users
    description: OpenAI's documentation of people in projects.
    link: https://platform.openai.com/docs/api-reference/project-users
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Add a person to a project
  community.openai_admin.project_user:
    project: search-prod
    email: grace@example.com

- name: Create the project and pass its ID on, so that no other task lists projects
  community.openai_admin.project:
    name: search-prod
  register: search_prod

- name: Add the whole team
  community.openai_admin.project_user:
    project: search-prod
    project_id: "{{ search_prod.project.id }}"
    email: "{{ item.email }}"
    role: "{{ item.role | default(omit) }}"
  loop:
    - {email: grace@example.com, role: owner}
    - {email: alan@example.com}
  loop_control:
    label: "{{ item.email }}"

- name: See whether somebody changed the role
  community.openai_admin.project_user:
    project: search-prod
    email: grace@example.com
    role: owner
  check_mode: true
  diff: true
  register: audit
  failed_when: audit is failed or audit is changed

- name: Remove a person from a project
  community.openai_admin.project_user:
    project: search-prod
    email: alan@example.com
    state: absent
"""

RETURN = r"""
---
project_user:
  description:
    - The person in the project after the task, or as predicted in check mode. For a removed person, the last state.
    - With O(state=absent), V(null) if the person was not in the project.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the person.
          V(null) when adding by O(email) is predicted in check mode.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    email:
      description:
        - E-mail address of the person. V(null) if the API does not show it. V(null) when adding by O(user_id) is
          predicted in check mode.
      type: str
      sample: grace@example.com
    name:
      description:
        - Name of the person. V(null) if the API does not show it. V(null) in a prediction.
      type: str
    role:
      description:
        - Role of the person in the project.
      type: str
      sample: member
    added_at:
      description:
        - When the person was added to the project, in Unix seconds. V(null) in a prediction. V(null) for an owner of
          the organization whom the API does not list in the project.
      type: int
      sample: 1795396898
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
        - Identity and named options of the person in the project before. V(null) if it did not exist.
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
done:
  description: What the task had already done when it failed. RV(ignore:changed) is then V(true).
  returned: when the task fails after a write
  type: list
  elements: str
  sample: ["add project user 'grace@example.com' of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(PROJECT_USER)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
