#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: user_info
short_description: Read people of an OpenAI organization
version_added: 0.1.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read all people of an OpenAI organization, those of some e-mail addresses, or the one of an ID.
options:
  emails:
    description:
      - Return only people of these e-mail addresses. Whoever is not in the organization is left out.
      - An empty list means nobody.
    type: list
    elements: str
    aliases:
      - email
  user_id:
    description:
      - Return only the person of this ID. O(emails) does not count then.
      - If it is given and null or empty, it counts in check mode as the ID of a person
        that is not there yet, and the list is empty. Outside check mode, the task fails then.
    type: str
  max_results:
    description:
      - Return at most this many people, in all. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.project_user
  - module: community.openai_admin.project_user_info
  - name: OpenAI API reference, users
    description: What the API says of people.
    link: https://platform.openai.com/docs/api-reference/users
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the people of the organization
  community.openai_admin.user_info:
  register: people

- name: Show the owners
  ansible.builtin.debug:
    msg: "{{ people.users | selectattr('role', 'eq', 'owner') | map(attribute='email') | list }}"

- name: Look up a team by its addresses, with one request
  community.openai_admin.user_info:
    emails: "{{ team }}"
  vars:
    team:
      - grace@example.com
      - alan@example.com
  register: found

- name: Add the team to a project by ID, so that no task needs to look anybody up
  community.openai_admin.project_user:
    project: search-prod
    user_id: "{{ item.id }}"
  loop: "{{ found.users }}"
  loop_control:
    label: "{{ item.email }}"
"""

RETURN = r"""
---
users:
  description:
    - The people. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the person.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    email:
      description:
        - E-mail address of the person. V(null) where the API does not say.
      type: str
      sample: grace@example.com
    name:
      description:
        - Name of the person. V(null) where the API does not say.
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
        - Whether an identity provider manages the person. V(null) where the API does not say.
      type: bool
      sample: false
    is_service_account:
      description:
        - Whether this is a service account and not a person. V(null) where the API does not say.
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
        - Technical level of the person. V(null) where the API does not say.
      type: str
      sample: null
    developer_persona:
      description:
        - What kind of developer the person is. V(null) where the API does not say.
      type: str
      sample: null
    projects:
      description:
        - The projects of the person. V(null) where the API does not say.
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

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import option
from ansible_collections.community.openai_admin.plugins.module_utils._listing import Filter, inform
from ansible_collections.community.openai_admin.plugins.module_utils._resources.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._runner import run

TASK = inform(USER, Filter("emails", option("list", elements="str", aliases=["email"])))


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
