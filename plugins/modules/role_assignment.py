#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: role_assignment
short_description: Manage who has which roles in an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Give roles to a group, a person or a service account, and take them away.
  - Without a project, the roles are those of the organization. With a project, they are those of the project.
  - Roles that somebody has through a group are shown, and left alone. Change them at the group.
options:
  group:
    description:
      - Name of the group that has the roles.
      - Exactly one group, person or service account is required.
      - In check mode, a group that does not exist counts as one that an earlier task would create, with a warning.
    type: str
  group_id:
    description:
      - ID of the group. If it is given together with O(group), it counts, unless it is null or empty.
      - If it is given and null or empty, and O(group) is not given, it counts in check mode as the ID of a group that
        an earlier task would create. Outside check mode, the task fails.
    type: str
  email:
    description:
      - E-mail address of the person who has the roles. Upper and lower case are the same.
      - A person who is not in the organization fails, in check mode too. With O(state=absent), there is nothing to do.
    type: str
  user_id:
    description:
      - ID of the person. If it is given together with O(email), it counts, unless it is null or empty.
    type: str
  service_account:
    description:
      - Name of the service account that has the roles. It is looked up in the project, which is required with it.
      - Service accounts get custom roles only through groups, so only predefined roles can be given to them here.
      - In check mode, an account that does not exist counts as one that an earlier task would create, with a warning.
    type: str
  service_account_id:
    description:
      - ID of the service account. If it is given together with O(service_account), it counts, unless it is null or
        empty.
    type: str
  roles:
    description:
      - The roles. Required.
      - An entry can be a dictionary, or just the name of a role.
      - In check mode, a custom role that does not exist counts as one that an earlier task would create, with a
        warning. Outside check mode, it fails.
    type: list
    elements: dict
    suboptions:
      role:
        description:
          - Name of the role.
          - Predefined roles are V(owner) and V(reader) in the organization, and V(owner), V(member) and V(viewer) in
            projects, or their full names, such as V(Project owner). Their case does not matter.
        type: str
      role_id:
        description:
          - ID of the role. It takes precedence over O(roles[].role).
        type: str
  state:
    description:
      - V(present) gives the roles. A person or a service account has one predefined role in the organization and in
        each project, so a predefined role that is given replaces the one before.
      - V(absent) takes them away.
    type: str
    choices:
      - present
      - absent
    default: present
  exclusive:
    description:
      - With O(state=present), takes all other roles away that are assigned directly.
      - The predefined role of a person or a service account stays unless O(roles) names another predefined role, since
        without it the access would be lost. It is the role that M(community.openai_admin.user),
        M(community.openai_admin.project_user) and M(community.openai_admin.service_account) manage.
    type: bool
    default: false
  allow_empty:
    description:
      - With O(exclusive=true), an empty list of O(roles) takes all of them away. It fails unless this is V(true), since
        an empty variable may be a mistake.
    type: bool
    default: false
  allow_owner_group:
    description:
      - Give the role V(owner) to a group. Everybody in the group is then an owner, and an identity provider may
        put people there.
    type: bool
    default: false
notes:
  - Changes may take up to 30 minutes to take effect for the people concerned, while the API already lists them. The
    task warns of that after it has changed something.
  - Roles can be given to groups that an identity provider manages as well.
  - The role of the last known owner of the organization is not removed, nor that of the owner of the task's own admin
    key.
  - Owners of the organization own every project. Their predefined roles in projects are not changed. The task warns
    instead.
  - New roles are given before others are taken away, so that nobody is without access in between.
seealso:
  - module: community.openai_admin.role_assignment_info
  - module: community.openai_admin.role
  - module: community.openai_admin.group_user
  - module: community.openai_admin.project_group
  - name: OpenAI guide to role-based access control
    description: What groups and roles are for.
    link: https://platform.openai.com/docs/guides/rbac
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope.optional
"""

EXAMPLES = r"""
---
- name: Give a group a custom role in a project
  community.openai_admin.role_assignment:
    project: search-prod
    group: search-team
    roles:
      - Response writer

- name: Give a person a custom role in the organization
  community.openai_admin.role_assignment:
    email: grace@example.com
    roles:
      - role: Usage viewer

- name: Leave a group only one role in a project
  community.openai_admin.role_assignment:
    project: search-prod
    group: search-team
    roles:
      - viewer
    exclusive: true

- name: Take a role from a group
  community.openai_admin.role_assignment:
    project: search-prod
    group: search-team
    roles:
      - viewer
    state: absent
"""

RETURN = r"""
---
role_assignments:
  description:
    - The roles that are assigned directly, or would be, and to whom.
  returned: success
  type: dict
  contains:
    group:
      description: Name of the group. V(null) where the task does not give it.
      type: str
      sample: search-team
    group_id:
      description: ID of the group. V(null) of others, and where a group that does not exist yet is assumed.
      type: str
      sample: group_01J1F8ABCDXYZ
    email:
      description: E-mail address of the person. V(null) where the task does not give it.
      type: str
      sample: grace@example.com
    user_id:
      description: ID of the person. V(null) of others.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    service_account:
      description: Name of the service account. V(null) where the task does not give it.
      type: str
      sample: search-api
    service_account_id:
      description: ID of the service account. V(null) of others, and of one that does not exist yet.
      type: str
      sample: svc_acct_abc
    project:
      description: Name of the project. V(null) of the organization, and where the task gives only O(project_id).
      type: str
      sample: search-prod
    project_id:
      description: ID of the project. V(null) of the organization, and of one that does not exist yet.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    roles:
      description: The roles. An empty list if there are none.
      type: list
      elements: dict
      contains:
        id:
          description: ID of the role. V(null) where a role that does not exist yet is assumed in check mode.
          type: str
          sample: role_01J1F8PROJ
        name:
          description: Name of the role. Of a role that is given by this task, it may be as the task gives it.
          type: str
          sample: Response writer
        predefined_role:
          description: Whether every scope has the role by itself.
          type: bool
          sample: false
        through:
          description: Always V(null), since only roles that are assigned directly are listed here.
          type: str
          sample: null
        through_ids:
          description: Always an empty list.
          type: list
          elements: str
          sample: []
added:
  description: The roles that were given, or would be.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the role. V(null) where a role that does not exist yet is assumed in check mode.
      type: str
      sample: role_01J1F8PROJ
    name:
      description: Name of the role. It may be as the task gives it.
      type: str
      sample: Response writer
    predefined_role:
      description: Whether every scope has the role by itself.
      type: bool
      sample: false
    through:
      description: Always V(null).
      type: str
      sample: null
    through_ids:
      description: Always an empty list.
      type: list
      elements: str
      sample: []
removed:
  description: The roles that were taken away, or would be.
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
    through:
      description: Always V(null).
      type: str
      sample: null
    through_ids:
      description: Always an empty list.
      type: list
      elements: str
      sample: []
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Which roles were assigned directly before.
      type: dict
    after:
      description:
        - The same afterwards.
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
  sample: ["add role assignment Response writer of group 'search-team' of project 'search-prod'"]
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

from ansible_collections.community.openai_admin.plugins.module_utils._core.members import manage_one_of
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role_assignment import ROLE_ASSIGNMENTS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage_one_of(*ROLE_ASSIGNMENTS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
