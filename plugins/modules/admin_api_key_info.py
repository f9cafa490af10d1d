#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: admin_api_key_info
short_description: Read admin API keys of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the admin API keys of the organization, which can do all that this collection can.
  - The values of keys cannot be read. The API shows a value only once, when it issues the key.
options:
  key_id:
    description:
      - Return only the key with this ID. O(name) is then ignored.
      - In check mode, a null or empty ID stands for a key that does not exist yet, unless O(name) is given, and the
        list is empty. In a real run, the task then fails.
    type: str
  name:
    description:
      - Return only keys with this name. Names are not unique.
    type: str
  unused_for_days:
    description:
      - Return only keys that have not been used for at least this many days.
      - A key that was never used counts from its creation.
    type: int
  max_results:
    description:
      - Return at most this many keys. At least 1.
      - If not set, all pages are read.
    type: int
notes:
  - The API has no filter for admin API keys. The task applies the options to the listing, without further requests.
seealso:
  - module: community.openai_admin.project_api_key_info
  - name: OpenAI API reference, admin API keys
    description: OpenAI's documentation of admin API keys.
    link: https://platform.openai.com/docs/api-reference/admin-api-keys
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the admin keys that nobody has used for 90 days
  community.openai_admin.admin_api_key_info:
    unused_for_days: 90
  register: unused

- name: Show their owners
  ansible.builtin.debug:
    msg: "{{ item.name }} of {{ item.owner_name }}"
  loop: "{{ unused.admin_api_keys }}"
  loop_control:
    label: "{{ item.id }}"
"""

RETURN = r"""
---
admin_api_keys:
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
      description: Name of the key. V(null) if it has none.
      type: str
      sample: automation
    redacted_value:
      description: The key's beginning and end.
      type: str
      sample: sk-admin...x4Kd
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
    owner_type:
      description: Type of the owner, such as V(user).
      type: str
      sample: user
    owner_id:
      description: ID of the owner.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    owner_name:
      description: Name of the owner. V(null) if the API does not show it.
      type: str
    owner_role:
      description: Role of the owner in the organization. V(null) if the API does not show it.
      type: str
      sample: owner
    is_own:
      description: Whether the task itself uses the key, to judge from RV(admin_api_keys[].redacted_value).
      type: bool
      sample: false
      version_added: 0.10.0
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import is_unused
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(
    ADMIN_API_KEY,
    Filter("unused_for_days", option("int"), keep=is_unused),
    redacted="redacted_value",
)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
