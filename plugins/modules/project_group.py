#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project_group
short_description: Manage which groups have access to projects of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Add a group to a project with a role, and remove it from there.
  - The task uses the role only to add the group, because the API does not show it here. Use
    M(community.openai_admin.role_assignment) to see and change the roles of the group in the project.
options:
  group:
    description:
      - Name of the group.
      - If it is not in the project yet, the task looks it up among the groups of the organization. In check mode, a
        group that does not exist counts as one that an earlier task would create, and the task warns.
    type: str
  group_id:
    description:
      - ID of the group. It takes precedence over O(group), unless it is null or empty.
      - One of O(group) and O(group_id) is required.
      - In check mode, a null or empty ID stands for a group that an earlier task would create, unless O(group) is
        given. In a real run, the task then fails.
    type: str
  role:
    description:
      - Name of the role with which to add the group. To add a group, the task needs O(role) or O(role_id).
      - V(owner), V(member) and V(viewer) are the predefined roles of projects. Other names are those of custom roles of
        the project. In check mode, a role that does not exist counts as one that an earlier task would create, and the
        task warns.
    type: str
  role_id:
    description:
      - ID of that role. It takes precedence over O(role), unless it is null or empty.
    type: str
  allow_owner_group:
    description:
      - Whether to add a group as owner. Everybody who is added to the group, for example by an identity provider, then
        owns the project.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that the group has access to the project.
      - V(absent) removes it from the project, with all its roles there. Its members lose the access that they have
        through the group. The task cannot show who they are.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The task can also add and remove groups that an identity provider manages.
  - Changes may take up to 30 minutes to take effect for the people concerned, while the API already lists them. The
    task warns about this after it has changed something.
seealso:
  - module: community.openai_admin.project_group_info
  - module: community.openai_admin.group
  - module: community.openai_admin.role
  - name: OpenAI guide to role-based access control
    description: What groups and roles are for.
    link: https://platform.openai.com/docs/guides/rbac
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Give a group access to a project
  community.openai_admin.project_group:
    project: search-prod
    group: search-team
    role: member

- name: Add a group with a custom role
  community.openai_admin.project_group:
    project: search-prod
    group: finance
    role: Response writer

- name: Remove a group from the project
  community.openai_admin.project_group:
    project: search-prod
    group: finance
    state: absent
"""

RETURN = r"""
---
project_group:
  description:
    - The group in the project after the task, or as predicted in check mode. For a removed group, the last state.
    - With O(state=absent), V(null) if it was not in the project.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the group. V(null) if check mode predicts the group.
      type: str
      sample: group_01J1F8ABCDXYZ
    name:
      description:
        - Name of the group. V(null) in a prediction.
      type: str
      sample: search-team
    group_type:
      description:
        - Type of the group, V(group) for a group of the organization, V(tenant_group) for a group of the whole tenant.
          V(null) in a prediction.
      type: str
      sample: group
    created_at:
      description:
        - When the group was added, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396681
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
        - Identity of the group. V(null) if it was not in the project.
      type: dict
    after:
      description:
        - The same afterwards. V(null) if it is no longer in the project.
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
  sample: ["add project group 'search-team' of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_group import PROJECT_GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(PROJECT_GROUP)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
