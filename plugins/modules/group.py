#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: group
short_description: Manage groups of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Create, rename and delete groups of the organization.
  - Manage the members of groups with M(community.openai_admin.group_user).
options:
  name:
    description:
      - Name of the group, of at most 255 characters. Upper and lower case differ.
      - With O(group_id), the task renames the group to this name. The task fails if another group has this name.
      - Names are not unique. If several groups have this name, the task fails and lists their IDs.
    type: str
  group_id:
    description:
      - ID of the group. It takes precedence over O(name), unless it is null or empty.
      - One of O(name) and O(group_id) is required.
      - The task fails if the ID does not exist, except that with O(state=absent) there is nothing to do.
    type: str
  state:
    description:
      - V(present) makes sure that the group exists.
      - V(absent) deletes it. Its members lose the access that they have through the group. The task cannot show that
        access.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The task neither renames nor deletes a group that an identity provider manages.
  - The task does not delete a group whose role makes its members owners of the organization. Remove that role from the
    group first. To delete a group, the task reads its roles.
seealso:
  - module: community.openai_admin.group_info
  - module: community.openai_admin.group_user
  - name: OpenAI guide to role-based access control
    description: What groups are for.
    link: https://platform.openai.com/docs/guides/rbac
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Create a group
  community.openai_admin.group:
    name: search-team
  register: search_team

- name: Rename it
  community.openai_admin.group:
    group_id: "{{ search_team.group.id }}"
    name: search

- name: Delete it
  community.openai_admin.group:
    name: search
    state: absent
"""

RETURN = r"""
---
group:
  description:
    - The group after the task, or as predicted in check mode. For a deleted group, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the group. V(null) in a prediction.
      type: str
      sample: group_01J1F8ABCDXYZ
    name:
      description:
        - Name of the group.
      type: str
      sample: search-team
    created_at:
      description:
        - When the group was created, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396681
    is_scim_managed:
      description:
        - Whether an identity provider manages the group through SCIM.
      type: bool
      sample: false
    group_type:
      description:
        - Type of the group, V(group) for a group of the organization, V(tenant_group) for a group of the whole tenant.
      type: str
      sample: group
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the group before. V(null) if it did not exist.
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
  sample: ["create group 'search-team'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(GROUP)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
