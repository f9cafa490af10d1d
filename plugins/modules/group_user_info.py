#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: group_user_info
short_description: Read who is in groups of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the members of a group, or of all groups.
options:
  group:
    description:
      - Name of the group to read.
      - Without O(group), O(group_id) and O(groups), the task reads all groups, with at least one request for each.
      - The task fails if the group does not exist. In check mode, it returns an empty list and warns instead.
    type: str
  group_id:
    description:
      - ID of the group to read. The task fails if it does not exist.
      - The task fails if the ID is null or empty, unless O(group) is given. In check mode, it returns an empty list and
        warns instead.
    type: str
  groups:
    description:
      - Groups to read, as M(community.openai_admin.group_info) returns them. Each entry needs C(id), and may have
        C(name).
      - An empty list means no group. Mutually exclusive with O(group) and O(group_id).
    type: list
    elements: dict
  user_id:
    description:
      - Return only the person or the service account with this ID.
    type: str
  email:
    description:
      - Return only the person with this e-mail address. Case does not matter.
    type: str
  max_results:
    description:
      - Return at most this many members in total. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.group_user
  - module: community.openai_admin.group_info
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read who is in a group
  community.openai_admin.group_user_info:
    group: search-team
  register: team

- name: Read the groups of a person
  community.openai_admin.group_user_info:
    email: grace@example.com
  register: hers

- name: Show the groups
  ansible.builtin.debug:
    msg: "{{ hers.group_members | map(attribute='group') }}"
"""

RETURN = r"""
---
group_members:
  description:
    - The members, group by group, in each the newest first. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the person or the service account.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    email:
      description: E-mail address of the person. V(null) for a service account, and if the API does not show it.
      type: str
      sample: grace@example.com
    name:
      description: Name of the person or the service account. V(null) if it is not known yet.
      type: str
      sample: Grace Hopper
    group:
      description: Name of the group. V(null) if the task gives O(group_id) without O(group).
      type: str
      sample: search-team
    group_id:
      description: ID of the group.
      type: str
      sample: group_01J1F8ABCDXYZ
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group_user import GROUP_MEMBER
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(GROUP_MEMBER)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
