#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: role
short_description: Manage custom roles of an OpenAI organization and its projects
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Create, change and delete custom roles of the organization, or of a project.
  - Assign roles with M(community.openai_admin.role_assignment).
options:
  name:
    description:
      - Name of the role, case-sensitive.
      - With O(role_id), the task renames the role to this name.
      - The task fails if another role of the same scope has this name, or one that differs only in case or blanks. It
        also rejects the names of predefined roles, such as V(owner), V(Project owner) and V(viewer).
    type: str
  role_id:
    description:
      - ID of the role. It takes precedence over O(name), unless it is null or empty.
      - One of O(name) and O(role_id) is required.
      - The task fails if the ID does not exist, except that with O(state=absent) there is nothing to do.
    type: str
  permissions:
    description:
      - Permissions of the role, such as V(api.responses.write). The task removes all others from the role.
      - Needed to create a role. If omitted, an existing role keeps its permissions. An empty list removes all of them.
      - The API has no list of permissions. The task sends a permission that neither this collection nor a listed role
        knows, and warns with the nearest known ones. M(community.openai_admin.role_info) shows the permissions of
        predefined roles.
      - Equivalent names count as one permission. V(model.read) is included in V(api.model.read), and V(model.request)
        and V(api.model.images.request) in V(api.model.request), as are the other kinds of model requests.
      - If the API keeps more permissions than the task sent, the task warns and says what to declare.
    type: list
    elements: str
  description:
    description:
      - Description of the role. An empty string removes it.
      - If omitted, it stays as it is.
    type: str
  state:
    description:
      - V(present) makes sure that the role is as the task says.
      - V(absent) deletes it. The API decides whether people lose the role, or whether it rejects the deletion while
        somebody has the role. To be sure, remove all assignments first, with M(community.openai_admin.role_assignment).
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - Predefined roles can be neither changed nor deleted.
  - Changes of roles may take up to 30 minutes to take effect for the people concerned. The API already lists them.
  - The task warns about permissions of a project role that only a role of the organization can give.
  - A service account gets custom roles only through groups. Add it to a group with
    M(community.openai_admin.group_user).
seealso:
  - module: community.openai_admin.role_info
  - module: community.openai_admin.group
  - name: OpenAI guide to role-based access control
    description: What roles are for, and which permissions custom roles can have.
    link: https://platform.openai.com/docs/guides/rbac
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope.optional
"""

EXAMPLES = r"""
---
- name: Create a role of a project
  community.openai_admin.role:
    project: search-prod
    name: Response writer
    permissions:
      - api.model.request
      - api.responses.write
  register: writer

- name: See whether somebody changed the role
  community.openai_admin.role:
    project: search-prod
    name: Response writer
    permissions:
      - api.model.request
      - api.responses.write
  check_mode: true
  diff: true

- name: Rename it
  community.openai_admin.role:
    project: search-prod
    role_id: "{{ writer.role.id }}"
    name: Writer of responses
    permissions:
      - api.model.request
      - api.responses.write

- name: Create a role of the organization, which acts in all projects
  community.openai_admin.role:
    name: Usage viewer
    permissions:
      - api.usage.read
    description: Sees what is used, and by whom.

- name: Delete it
  community.openai_admin.role:
    name: Usage viewer
    state: absent
"""

RETURN = r"""
---
role:
  description:
    - The role after the task, or as predicted in check mode. For a deleted role, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the role. V(null) in a prediction.
        - For a predefined role, without the suffix that the API adds for the scope.
      type: str
      sample: role_01J1F8PROJ
    name:
      description:
        - Name of the role.
      type: str
      sample: Response writer
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
      sample: false
    resource_type:
      description:
        - Type of resource that the role is for, such as V(api.organization) and V(api.project). V(null) in a
          prediction.
      type: str
      sample: api.project
    project:
      description:
        - Name of the project. V(null) for the organization, and if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project. V(null) for the organization, and if check mode predicts the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the role before. V(null) if it did not exist. Permissions are listed one by one,
          so that the diff shows which ones are added and removed.
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
done:
  description: What the task had already done when it failed. RV(ignore:changed) is then V(true).
  returned: when the task fails after a write
  type: list
  elements: str
  sample: ["create role 'Response writer' of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.role import ROLE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(ROLE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
