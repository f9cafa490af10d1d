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
      - E-mail address of the person. Upper and lower case are the same, blanks around it are dropped.
      - One of O(email) and O(user_id) is required. If both are given, O(user_id) counts, unless it is null or empty.
      - Nobody in the organization having the address is an error, in check mode too.
    type: str
  user_id:
    description:
      - ID of the person. With it, the task needs to list neither the project's people nor the organization's.
      - An ID that is null or empty counts in check mode as the ID of a person who is not there yet, unless O(email)
        is given. Outside check mode, the task fails then.
    type: str
  role:
    description:
      - Role of the person in the project, by its name. The API has V(owner) and V(member), and may have more,
        such as V(viewer).
      - If omitted, a person who is added becomes V(member), and one who is there keeps the role.
    type: str
  state:
    description:
      - V(present) makes sure that the person is in the project.
      - V(absent) makes sure that the person is not. The person stays in the organization.
      - With V(absent), a project of O(project) that does not exist means that there is nothing to do.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - Owners of the organization own every project. They are neither added, nor removed, nor given another role.
    A task that asks for it changes nothing and warns.
  - With O(user_id), an owner of the organization is recognized only if the API lists owners in projects. If it does
    not, adding one is refused by the API. Use O(email) for them.
  - Only people of the organization can be in a project. Whoever is not must be invited first.
  - The API takes nobody into the organization's default project by this way, and refuses it with status 400.
seealso:
  - module: community.openai_admin.project_user_info
  - module: community.openai_admin.user_info
  - name: OpenAI API reference, project users
    description: What the API says of people in projects.
    link: https://platform.openai.com/docs/api-reference/project-users
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Let somebody into a project
  community.openai_admin.project_user:
    project: search-prod
    email: grace@example.com

- name: Create the project and hand its ID on, so that no further task lists projects
  community.openai_admin.project:
    name: search-prod
  register: search_prod

- name: Let the whole team in
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

- name: Remove somebody
  community.openai_admin.project_user:
    project: search-prod
    email: alan@example.com
    state: absent
"""

RETURN = r"""
---
project_user:
  description:
    - The person in the project as it is now, or would be. Of somebody who is removed, as it was.
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
        - E-mail address of the person. V(null) where the API does not say.
          V(null) when adding by O(user_id) is predicted in check mode.
      type: str
      sample: grace@example.com
    name:
      description:
        - Name of the person. V(null) where the API does not say.
          V(null) when its creation is predicted in check mode.
      type: str
    role:
      description:
        - Role of the person in the project.
      type: str
      sample: member
    added_at:
      description:
        - When the person was added to the project, in Unix seconds.
          V(null) when its creation is predicted in check mode.
          V(null) for an owner of the organization whom the API does not list in the project.
      type: int
      sample: 1795396898
    project:
      description:
        - Name of the project. V(null) where the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project. V(null) where a project that does not exist yet is assumed in check mode.
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
        - The same afterwards. V(null) if it does not exist any more.
      type: dict
    before_header:
      description: What the difference is about.
      type: str
    after_header:
      description: The same as RV(diff.before_header).
      type: str
organization_name:
  description:
    - Which organization the answers of the API were of, as their header C(openai-organization) says.
    - V(null) if no answer says it, or if nothing was asked.
  returned: success, and most failures
  type: str
  sample: example-organization
  version_added: 0.10.0
requests:
  description:
    - Where the task waited for the API. There is one key for each method and route, such as
      C(GET /organization/projects). Its value is a dictionary with the numbers C(sent) (requests), C(retries)
      (of these, sent again) and C(waited) (seconds).
  returned: success, when the API limited the rate or the task waited for more than 5 seconds
  type: dict
  sample:
    GET /organization/projects:
      sent: 2
      retries: 1
      waited: 1.0
done:
  description: What the task had already done when it failed. RV(ignore:changed) is V(true) then.
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
