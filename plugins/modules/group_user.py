#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: group_user
short_description: Manage who is in groups of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Add people and service accounts to a group, and remove them from it.
  - A service account gets custom roles only through groups.
options:
  group:
    description:
      - Name of the group. One of O(group) and O(group_id) is required.
      - In check mode, a group that does not exist counts as one that an earlier task would create, and the task warns.
    type: str
  group_id:
    description:
      - ID of the group. It takes precedence over O(group), unless it is null or empty.
      - In check mode, a null or empty ID stands for a group that an earlier task would create, unless O(group) is
        given. In a real run, the task then fails.
    type: str
  members:
    description:
      - The members to add or remove. Required.
      - Each entry names one person, or one service account.
      - With O(state=present), the task fails if a member does not exist. In check mode, a service account that does not
        exist counts as one that an earlier task would create, and the task warns; a person who does not exist is an
        error there too, because no task creates people.
    type: list
    elements: dict
    suboptions:
      email:
        description:
          - E-mail address of a person of the organization. Case does not matter.
          - If the API does not show the address of a member of the group, the task looks the person up in the
            organization. If the address is unknown there too, a task with O(state=absent) warns and shows the person's
            ID.
        type: str
      user_id:
        description:
          - ID of a person of the organization. It takes precedence over O(members[].email).
          - In check mode, a null or empty ID that is given alone stands for an ID that an earlier task would return. In
            a real run, the task then fails.
        type: str
      service_account:
        description:
          - Name of a service account. Requires its project, as O(members[].project) or O(members[].project_id).
        type: str
      service_account_id:
        description:
          - ID of a service account. It takes precedence over O(members[].service_account).
          - Requires O(members[].project) or O(members[].project_id) too.
        type: str
      project:
        description:
          - Name of the project of a service account.
        type: str
      project_id:
        description:
          - ID of that project. It takes precedence over O(members[].project).
        type: str
  state:
    description:
      - V(present) adds them to the group.
      - V(absent) removes them. They lose the access that they have through the group.
    type: str
    choices:
      - present
      - absent
    default: present
  exclusive:
    description:
      - With O(state=present), whether to remove all other members from the group.
    type: bool
    default: false
  allow_empty:
    description:
      - Whether an empty list of O(members) with O(exclusive=true) may remove all members. Otherwise the task fails,
        because an empty variable may be a mistake.
    type: bool
    default: false
notes:
  - The task does not change the members of a group that an identity provider manages. Change them there.
  - The task adds members before it removes others, so that nobody loses access in between.
  - Of a group whose members own the organization, the task removes neither the last known owner nor the owner of the
    admin key that it uses, if they are not owners without the group. To know that, a task that removes members reads
    the roles of the group.
  - Changes may take up to 30 minutes to take effect for the people concerned, while the API already lists them. The
    task warns about this after it has changed something.
seealso:
  - module: community.openai_admin.group
  - module: community.openai_admin.group_user_info
  - name: OpenAI guide to role-based access control
    description: What groups are for.
    link: https://platform.openai.com/docs/guides/rbac
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Add people and a service account to a group
  community.openai_admin.group_user:
    group: search-team
    members:
      - email: grace@example.com
      - email: alan@example.com
      - service_account: search-api
        project: search-prod

- name: Leave only one person in it
  community.openai_admin.group_user:
    group: search-team
    members:
      - email: grace@example.com
    exclusive: true

- name: Remove a person
  community.openai_admin.group_user:
    group: search-team
    members:
      - email: grace@example.com
    state: absent
"""

RETURN = r"""
---
group_members:
  description:
    - The members of the group after the task, or as predicted in check mode.
  returned: success
  type: dict
  contains:
    group:
      description: Name of the group. V(null) if the task gives O(group_id) without O(group).
      type: str
      sample: search-team
    group_id:
      description: ID of the group. V(null) if check mode predicts the group.
      type: str
      sample: group_01J1F8ABCDXYZ
    members:
      description: The members. An empty list if there are none.
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
added:
  description: The members that the task added, or would add.
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
removed:
  description: The members that the task removed, or would remove.
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
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - The members before.
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
  sample: ["add group member 'grace@example.com' of group 'search-team'"]
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

from ansible_collections.community.openai_admin.plugins.module_utils._core.members import manage_members
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group_user import GROUP_MEMBERS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage_members(GROUP_MEMBERS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
