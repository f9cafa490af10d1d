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
  - The role is only used to add the group. The API does not show it here. Use
    M(community.openai_admin.role_assignment) to see and change which roles the group has in the project.
options:
  group:
    description:
      - Name of the group.
      - If it is not in the project yet, it is looked up among the groups of the organization. In check mode, a group
        that does not exist there counts as one that an earlier task would create, with a warning.
    type: str
  group_id:
    description:
      - ID of the group. If it is given together with O(group), it counts, unless it is null or empty.
      - One of O(group) and O(group_id) is required.
      - If it is given and null or empty, and O(group) is not given, it counts in check mode as the ID of a group that
        an earlier task would create. Outside check mode, the task fails.
    type: str
  role:
    description:
      - Name of the role that the group gets when it is added. O(role) or O(role_id) is needed then.
      - V(owner), V(member) and V(viewer) are the predefined roles of projects. Other names are those of custom roles of
        the project. In check mode, one that does not exist counts as one that an earlier task would create, with a
        warning.
    type: str
  role_id:
    description:
      - ID of that role. If it is given together with O(role), it counts, unless it is null or empty.
    type: str
  allow_owner_group:
    description:
      - Add a group as owner. Whoever is put into the group then owns the project, and an identity provider may put
        people there.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that the group has access to the project.
      - V(absent) removes it from the project, with all roles that it has there. Its members lose what they have there
        through the group. The task cannot tell who they are.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - Groups that an identity provider manages can be added and removed as well.
  - Changes may take up to 30 minutes to take effect. The task warns of that if it changed something.
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
- name: Let a group use a project
  community.openai_admin.project_group:
    project: search-prod
    group: search-team
    role: member

- name: Let a group in with a custom role
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
    - The group as it is now in the project, or would be. Of one that is removed, as it was.
    - With O(state=absent), V(null) if it was not there.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the group. V(null) where a group that does not exist yet is assumed in check mode.
      type: str
      sample: group_01J1F8ABCDXYZ
    name:
      description:
        - Name of the group. V(null) when its addition is predicted in check mode.
      type: str
      sample: search-team
    group_type:
      description:
        - Type of the group. V(group) are those of the organization, V(tenant_group) those of a whole tenant. V(null)
          when its addition is predicted in check mode.
      type: str
      sample: group
    created_at:
      description:
        - When the group was added, in Unix seconds. V(null) when its addition is predicted in check mode.
      type: int
      sample: 1795396681
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
        - Which group it is. V(null) if it was not in the project.
      type: dict
    after:
      description:
        - The same afterwards. V(null) if it is not in the project any more.
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
