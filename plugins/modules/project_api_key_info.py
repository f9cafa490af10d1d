#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project_api_key_info
short_description: Read API keys in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the API keys of people and service accounts, in a project or in all active projects.
  - The values of keys cannot be read. The API shows a value only once, when it issues the key.
options:
  api_key_id:
    description:
      - Return only the key with this ID.
      - In check mode, a null or empty ID stands for a key that does not exist yet, unless O(service_account_id),
        O(email) or O(name) is given, and the list is empty. In a real run, the task then fails.
    type: str
  service_account_id:
    description:
      - Return only keys of the service account with this ID. Ignored if O(api_key_id) is given.
    type: str
  email:
    description:
      - Return only keys of the person with this e-mail address. Case does not matter.
      - Ignored if O(api_key_id) or O(service_account_id) is given.
    type: str
  name:
    description:
      - Return only keys with this name. Names are not unique.
      - Ignored if O(api_key_id), O(service_account_id) or O(email) is given.
    type: str
  owner_type:
    description:
      - Return only keys of people, or only keys of service accounts.
    type: str
    choices:
      - user
      - service_account
  owner_project_access:
    description:
      - Return only keys whose owner has access to the project (V(active)), or no longer has access (V(inactive)).
      - V(any), the default, returns all keys. The API's own default may omit some.
    type: str
    choices:
      - active
      - inactive
      - any
    default: any
  unused_for_days:
    description:
      - Return only keys that have not been used for at least this many days.
      - A key that was never used counts from its creation.
    type: int
  max_results:
    description:
      - Return at most this many keys in total. At least 1.
      - If not set, all pages are read.
    type: int
notes:
  - The API filters only by O(owner_project_access). The task applies all other options to the listing, without further
    requests.
seealso:
  - module: community.openai_admin.service_account
  - name: OpenAI API reference, project API keys
    description: OpenAI's documentation of API keys in projects.
    link: https://platform.openai.com/docs/api-reference/project-api-keys
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.info
"""

EXAMPLES = r"""
---
- name: Read the keys that nobody has used for 90 days, in all active projects
  community.openai_admin.project_api_key_info:
    unused_for_days: 90
  register: unused

- name: Show their owners
  ansible.builtin.debug:
    msg: "{{ item.project }}: {{ item.name }} of {{ item.email or item.service_account }}"
  loop: "{{ unused.project_api_keys }}"
  loop_control:
    label: "{{ item.id }}"

- name: Read the keys of a person in all projects
  community.openai_admin.project_api_key_info:
    email: grace@example.com

- name: Read keys whose owners have left the project
  community.openai_admin.project_api_key_info:
    project: search-prod
    owner_project_access: inactive
"""

RETURN = r"""
---
project_api_keys:
  description:
    - The keys. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the key.
      type: str
      sample: key_gR1uy0eKANo502qP8VHDxKwp
    name:
      description: Name of the key.
      type: str
      sample: Secret Key
    redacted_value:
      description: The key's beginning and end.
      type: str
      sample: sk-...x4Kd
    created_at:
      description: When the key was issued, in Unix seconds.
      type: int
      sample: 1795396681
    expires_at:
      description: When the key expires, in Unix seconds. V(null) if it does not expire.
      type: int
      sample: null
    last_used_at:
      description: When the key was last used, in Unix seconds. V(null) if it was never used.
      type: int
      sample: 1795396898
    owner_project_access:
      description: Whether the owner has access to the project, V(active) or V(inactive).
      type: str
      sample: active
    owner_type:
      description: Whether a person or a service account owns the key, V(user) or V(service_account).
      type: str
      sample: service_account
    user_id:
      description: ID of the person who owns the key. V(null) for a key of a service account.
      type: str
      sample: null
    email:
      description: E-mail address of the person who owns the key. V(null) for a key of a service account.
      type: str
      sample: null
    service_account_id:
      description: ID of the service account that owns the key. V(null) for a key of a person.
      type: str
      sample: svc_acct_7UcusXZWAPA03mYMOAnFwvBl
    service_account:
      description: Name of the service account that owns the key. V(null) for a key of a person.
      type: str
      sample: search-api
    project:
      description: Name of the project. V(null) if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description: ID of the project.
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

from ansible_collections.community.openai_admin.plugins.module_utils._core.options import option
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import Filter, inform
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import is_unused
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import (
    PROJECT_API_KEY,
    is_owned_by,
)
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(
    PROJECT_API_KEY,
    Filter("owner_project_access", option(choices=["active", "inactive", "any"], default="any")),
    Filter("owner_type", option(choices=["user", "service_account"]), keep=is_owned_by),
    Filter("unused_for_days", option("int"), keep=is_unused),
)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
