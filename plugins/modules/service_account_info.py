#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: service_account_info
short_description: Read service accounts in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the service accounts of a project, or of all active projects.
options:
  name:
    description:
      - Return only service accounts with this name. The API does not keep names unique, so there may be several.
    type: str
  service_account_id:
    description:
      - Return only the service account with this ID. O(name) is then ignored.
      - In check mode, a null or empty ID stands for an account that does not exist yet, unless O(name) is given, and
        the list is empty. In a real run, the task then fails.
    type: str
  max_results:
    description:
      - Return at most this many service accounts in total. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.service_account
  - name: OpenAI API reference, project service accounts
    description: OpenAI's documentation of service accounts.
    link: https://platform.openai.com/docs/api-reference/project-service-accounts
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.info
"""

EXAMPLES = r"""
---
- name: Read the service accounts of a project
  community.openai_admin.service_account_info:
    project: search-prod
  register: accounts

- name: Show those that cannot call any model
  ansible.builtin.debug:
    msg: "{{ accounts.service_accounts | selectattr('role', 'eq', 'none') | map(attribute='name') | list }}"

- name: Read the service accounts of all active projects
  community.openai_admin.service_account_info:
  register: every

- name: Show how many each project has
  ansible.builtin.debug:
    msg: "{{ item }}: {{ every.service_accounts | selectattr('project', 'eq', item) | length }}"
  loop: "{{ every.service_accounts | map(attribute='project') | unique }}"
"""

RETURN = r"""
---
service_accounts:
  description:
    - The service accounts, project by project. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the service account.
      type: str
      sample: svc_acct_IhGUUJEoW7rD0AGqyYjo4FzU
    name:
      description:
        - Name of the service account.
      type: str
      sample: search-indexer
    role:
      description:
        - Role of the service account in the project. One of V(owner), V(member) and V(none).
      type: str
      sample: member
    created_at:
      description:
        - When the service account was created, in Unix seconds.
      type: int
      sample: 1795396936
    project:
      description:
        - Name of the project. V(null) if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project.
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

from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import inform
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(SERVICE_ACCOUNT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
