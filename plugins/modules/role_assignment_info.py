#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: role_assignment_info
short_description: Read who has which roles in an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the roles of a group, a person or a service account, or of all of them, with where they come from.
  - Without a project, the roles are those of the organization. With a project, they are those of the project.
  - The roles of several groups, people or service accounts, and those in several projects, are read in parallel.
options:
  group:
    description:
      - Name of the group. One of the options that name who has the roles is required, or O(every), O(groups), O(users)
        or O(service_accounts).
      - A group that does not exist fails. In check mode, the result is an empty list and a warning instead.
    type: str
  group_id:
    description:
      - ID of the group. If it is given together with O(group), it counts, unless it is null or empty.
    type: str
  email:
    description:
      - E-mail address of the person. Upper and lower case are the same.
    type: str
  user_id:
    description:
      - ID of the person. If it is given together with O(email), it counts, unless it is null or empty.
    type: str
  service_account:
    description:
      - Name of the service account. It is looked up in the project, which is required with it.
    type: str
  service_account_id:
    description:
      - ID of the service account. If it is given together with O(service_account), it counts, unless it is null or
        empty.
    type: str
  every:
    description:
      - Read the roles of all groups, of all people, or of all service accounts of the project. That is one request or
        more for each of them, in the organization or in the project.
      - All groups and all people of the organization are read, also with a project, since a role in a project does not
        depend on membership there.
    type: list
    elements: str
    choices:
      - groups
      - users
      - service_accounts
  groups:
    description:
      - Groups whose roles to read, as M(community.openai_admin.group_info) returns them. Each entry needs C(id), and
        may have C(name).
      - An empty list means no group. This and O(users) and O(service_accounts) save the requests that O(every) needs to
        list whom it reads. An entry that no longer exists has no roles.
    type: list
    elements: dict
  users:
    description:
      - People whose roles to read, as M(community.openai_admin.user_info) returns them. Each entry needs C(id), and may
        have C(email).
    type: list
    elements: dict
  service_accounts:
    description:
      - Service accounts whose roles to read, as M(community.openai_admin.service_account_info) returns them. Each entry
        needs C(id) and C(project_id), and may have C(name). Only those of the projects that the task names are read.
    type: list
    elements: dict
  projects:
    description:
      - Projects to read from, as M(community.openai_admin.project_info) returns them. Each entry needs C(id), and may
        have C(name).
      - An empty list means no project. Mutually exclusive with O(project) and O(project_id).
    type: list
    elements: dict
  project:
    description:
      - Name of the project to read from. Only active projects count.
      - If none of O(project), O(project_id) and O(projects) is given, the roles in the organization are read.
      - A project that does not exist fails. In check mode, the result is an empty list and a warning instead.
    type: str
  project_id:
    description:
      - ID of the project to read from. If it is given together with O(project), it counts, unless it is null or empty.
      - If it is given and null or empty, and O(project) is not given, the task fails.
        In check mode, the result is an empty list and a warning instead.
    type: str
seealso:
  - module: community.openai_admin.role_assignment
  - module: community.openai_admin.role_info
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read what a person may do in a project, and why
  community.openai_admin.role_assignment_info:
    project: search-prod
    email: grace@example.com

- name: Read the roles of all groups in the organization
  community.openai_admin.role_assignment_info:
    every:
      - groups
  register: assigned

- name: Show which groups have the role owner
  ansible.builtin.debug:
    msg: "{{ assigned.role_assignments | selectattr('id', 'eq', owner) | map(attribute='group') }}"
  vars:
    owner: role-api-organization-owner
"""

RETURN = r"""
---
role_assignments:
  description:
    - The roles, with who has them. An empty list if there are none.
    - Somebody who has a role directly and through a group may be listed with it once or twice, as the API does it.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the role.
      type: str
      sample: role_01J1F8PROJ
    name:
      description: Name of the role.
      type: str
      sample: Response writer
    predefined_role:
      description: Whether every scope has the role by itself.
      type: bool
      sample: false
    permissions:
      description: Permissions that the role gives. V(null) if the API does not show them.
      type: list
      elements: str
      sample: ["api.responses.write"]
    through:
      description: What the role comes through, such as V(group). V(null) if it is assigned directly.
      type: str
      sample: group
    through_ids:
      description: IDs of what the role comes through. An empty list if it is assigned directly.
      type: list
      elements: str
      sample: ["group_01J1F8ABCDXYZ"]
    group:
      description: Name of the group. V(null) of others, and where the task gives only O(group_id).
      type: str
      sample: search-team
    group_id:
      description: ID of the group. V(null) of others.
      type: str
      sample: group_01J1F8ABCDXYZ
    email:
      description: E-mail address of the person. V(null) of others, and where the task gives only O(user_id).
      type: str
      sample: grace@example.com
    user_id:
      description: ID of the person. V(null) of others.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    service_account:
      description: Name of the service account. V(null) of others, and where the task gives only its ID.
      type: str
      sample: search-api
    service_account_id:
      description: ID of the service account. V(null) of others.
      type: str
      sample: svc_acct_abc
    project:
      description: Name of the project. V(null) of the organization, and where the task gives only O(project_id).
      type: str
      sample: search-prod
    project_id:
      description: ID of the project. V(null) of the organization.
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

from ansible_collections.community.openai_admin.plugins.module_utils._info.owned import inform_of_sets
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role_assignment import LISTED
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform_of_sets(*LISTED)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
