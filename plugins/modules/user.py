#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: user
short_description: Manage people of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Change the role of people in the organization, and remove them from it.
  - The module cannot add people to the organization. Invite them with M(community.openai_admin.invite).
options:
  email:
    description:
      - E-mail address of the person. Case and surrounding blanks do not matter.
      - One of O(email) and O(user_id) is required. O(user_id) takes precedence, unless it is null or empty.
    type: str
  user_id:
    description:
      - ID of the person.
      - In check mode, a null or empty ID stands for a person who is not in the organization yet, unless O(email) is
        given. In a real run, the task then fails.
    type: str
  role:
    description:
      - Role of the person in the organization, such as V(owner) or V(reader).
      - If omitted, the role stays as it is.
    type: str
  technical_level:
    description:
      - Technical level of the person. An empty string clears it.
    type: str
  developer_persona:
    description:
      - What kind of developer the person is. An empty string clears it.
    type: str
  state:
    description:
      - V(present) makes sure that the person is as the task says. If there is no such person, the task fails.
      - V(absent) removes the person from the organization, and with it from all its projects.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The task never removes the last owner of the organization or changes the owner's role.
  - The task never removes the owner of the admin key that it uses, or takes the owner role from this person, even if
    they own the organization only through a group. Use an admin key of another owner instead. If the API does not let
    the key list admin keys, the task warns.
  - Changes of roles may take up to 30 minutes to take effect for the people concerned. The API already lists them.
  - The task rejects service accounts, which belong to their projects.
  - The task does not remove people whom an identity provider manages through SCIM. It can change their role.
  - To remove somebody, the task lists the admin keys. To remove an owner or to change an owner's role, it also lists
    the people of the organization.
seealso:
  - module: community.openai_admin.user_info
  - module: community.openai_admin.project_user
  - name: OpenAI API reference, users
    description: OpenAI's documentation of people in the organization.
    link: https://platform.openai.com/docs/api-reference/users
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Make somebody owner of the organization
  community.openai_admin.user:
    email: grace@example.com
    role: owner

- name: See whether somebody was made owner who should not be
  community.openai_admin.user:
    email: alan@example.com
    role: reader
  check_mode: true
  diff: true
  register: audit
  failed_when: audit is failed or audit is changed

- name: Remove people who have left
  community.openai_admin.user:
    email: "{{ item }}"
    state: absent
  loop:
    - katherine@example.com
"""

RETURN = r"""
---
user:
  description:
    - The person after the task, or as predicted in check mode. For a removed person, the last state.
    - With O(state=absent), V(null) if there was no such person.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the person.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    email:
      description:
        - E-mail address of the person. V(null) if the API does not show it.
      type: str
      sample: grace@example.com
    name:
      description:
        - Name of the person. V(null) if the API does not show it.
      type: str
    role:
      description:
        - Role of the person in the organization, such as V(owner) or V(reader).
      type: str
      sample: reader
    added_at:
      description:
        - When the person joined the organization, in Unix seconds.
      type: int
      sample: 1767225602
    is_scim_managed:
      description:
        - Whether an identity provider manages the person. V(null) if the API does not show it.
      type: bool
      sample: false
    is_service_account:
      description:
        - Whether this is a service account and not a person. V(null) if the API does not show it.
      type: bool
      sample: false
    api_key_last_used_at:
      description:
        - When an API key of the person was last used, in Unix seconds. V(null) if never, or where
          the API does not say.
      type: int
      sample: null
    technical_level:
      description:
        - Technical level of the person. V(null) if the API does not show it.
      type: str
      sample: null
    developer_persona:
      description:
        - What kind of developer the person is. V(null) if the API does not show it.
      type: str
      sample: null
    projects:
      description:
        - The projects of the person. V(null) if the API does not show it.
      type: list
      elements: dict
      contains:
        id:
          description: ID of the project.
          type: str
        name:
          description: Name of the project.
          type: str
        role:
          description: Role of the person in it.
          type: str
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the person before. V(null) if there was no such person.
      type: dict
    after:
      description:
        - The same afterwards. V(null) if the person was removed.
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
  sample: ["update user 'grace@example.com'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(USER)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
