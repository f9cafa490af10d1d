#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: service_account
short_description: Manage service accounts in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Create, rename and delete service accounts of projects, give them roles, and issue an API key for an account
    that has none.
attributes:
  check_mode:
    details:
      - The prediction equals the result of the real run that follows, except for values that the server makes. These
        are V(null).
      - If a real run would issue a key, RV(api_key) has the same keys, all V(null).
  idempotent:
    details:
      - A run that changes nothing sends no write request.
      - With O(create_api_key=true), the task issues a key only if the account has none. A second run changes nothing,
        and does not return RV(api_key.value), because the API shows a key's value only once.
options:
  name:
    description:
      - Name of the service account.
      - One of O(name) and O(service_account_id) is required.
      - Without O(service_account_id), the task finds the account with this name. If several accounts have this name,
        the task fails and lists their IDs.
      - With O(service_account_id), the task renames the account to this name. The task fails if another account of the
        project has this name.
    type: str
  service_account_id:
    description:
      - ID of the service account. O(service_account_id) takes precedence over O(name), unless it is null or empty.
      - In check mode, a null or empty ID stands for an account that an earlier task would create, unless O(name) is
        given. In a real run, the task then fails.
      - The task fails if the ID does not exist, except that with O(state=absent) there is nothing to do.
    type: str
  role:
    description:
      - Role of the service account in the project.
      - If omitted, a new account becomes V(member), and an existing one keeps its role.
      - An account with role V(none) cannot call any model.
      - The API cannot remove a role, so V(none) for an account that has a role is an error.
      - Known values are V(owner), V(member) and V(none). The API may have others.
      - The task sends an unknown value unchanged and warns, but fails if the value looks like a misspelling of a known
        one.
    type: str
  create_api_key:
    description:
      - Whether to issue an API key for the account if it has none.
      - Every key of the account that the API lists and that has not expired counts, regardless of its age.
      - The task returns the value of a new key once, as RV(api_key.value). It therefore needs C(no_log=true) or
        O(api_key_path), and otherwise fails before the first request, in check mode too.
      - V(false) does not revoke any key.
      - O(api_key_name), O(api_key_path), O(expires_in_seconds) and O(expires_in_days) need it to be V(true), and
        O(state=present).
    type: bool
    default: false
  api_key_name:
    description:
      - Name of a key that the task issues. If omitted, the API chooses a name.
      - Applies only when the task issues a key, and is never compared. An existing key keeps its name.
      - The API accepts no key name when it creates an account. To create an account with a named key, the task creates
        it without a role and a key, then sets the role, then issues the key, with three requests instead of one.
    type: str
    version_added: 0.10.0
  verify_unique:
    description:
      - Whether to list the service accounts of the project again half a second after creating one, because the API does
        not keep names unique.
      - If somebody else has created one with the same name at the same time, the task fails and shows both IDs.
      - With O(create_api_key=true), the task issues the key after this check.
      - Otherwise, the next task that uses this name fails.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that there is a service account, as declared.
      - V(absent) makes sure that there is none. Its keys stop working.
      - With V(absent), there is nothing to do if the project that O(project) names does not exist.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The API does not keep names unique. This module fails if a name is ambiguous.
  - If no object has the name, but one has a name that differs only in blanks or in the encoding of its letters, the
    task fails, because the API may normalize names when it stores them.
  - Service accounts cannot be created in the organization's default project. The API rejects that with status 400.
seealso:
  - module: community.openai_admin.service_account_info
  - name: OpenAI API reference, project service accounts
    description: OpenAI's documentation of service accounts.
    link: https://platform.openai.com/docs/api-reference/project-service-accounts
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.new_key
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Create a service account without a key
  community.openai_admin.service_account:
    project: search-prod
    name: search-reader

- name: Create the project and pass its ID on, so that no other task lists projects
  community.openai_admin.project:
    name: search-prod
  register: search_prod

- name: Create a service account, and have its key written to a file
  community.openai_admin.service_account:
    project: search-prod
    project_id: "{{ search_prod.project.id }}"
    name: search-indexer
    create_api_key: true
    api_key_path: /etc/search-indexer/openai.key
    group: search-indexer
    mode: "0640"

# Register a key's value under a name that only the next task uses.
- name: Create a service account with a key
  community.openai_admin.service_account:
    project: search-prod
    project_id: "{{ search_prod.project.id }}"
    name: search-web
    create_api_key: true
  register: search_web
  no_log: true

# Skipped in check mode, and when no new key was issued.
- name: Store the key in a vault
  ansible.builtin.uri:
    url: "{{ vault_url }}/v1/secret/data/openai/search-web"
    method: POST
    headers:
      X-Vault-Token: "{{ vault_token }}"
    body_format: json
    body:
      data:
        key: "{{ search_web.api_key.value }}"
  when: search_web.api_key.value_known
  no_log: true

# Run twice, this changes nothing: the account is found by its ID.
- name: Rename a service account
  community.openai_admin.service_account:
    project: search-prod
    service_account_id: "{{ search_web.service_account.id }}"
    name: search-frontend

- name: See whether somebody changed the role
  community.openai_admin.service_account:
    project: search-prod
    name: search-frontend
    role: member
  check_mode: true
  diff: true
  register: audit
  failed_when: audit is failed or audit is changed

- name: Delete service accounts, and their keys with them
  community.openai_admin.service_account:
    project: search-prod
    name: "{{ item }}"
    state: absent
  loop:
    - search-reader
    - search-frontend
  loop_control:
    label: "{{ item }}"
"""

RETURN = r"""
---
service_account:
  description:
    - The service account after the task, or as predicted in check mode. For a deleted account, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the service account. V(null) in a prediction.
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
        - When the service account was created, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396936
    project:
      description:
        - Name of the project. V(null) if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project. V(null) if check mode predicts the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
api_key:
  description:
    - The key that the task has issued, or otherwise the newest key of the account.
    - V(null) unless O(create_api_key=true) and O(state=present).
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the key. V(null) in a prediction.
      type: str
      sample: key_VafDfyEUdoOWnnzivTytGMV7
    name:
      description:
        - Name of the key. V(null) in a prediction.
      type: str
      sample: Secret Key
    created_at:
      description:
        - When the key was issued, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396936
    expires_at:
      description:
        - When the key expires, in Unix seconds. V(null) if it does not expire, and in a prediction.
      type: int
      sample: null
    value:
      description:
        - The key itself. V(null) unless this task has issued the key.
      returned: without O(api_key_path)
      type: str
      sample: sk-svcacct-example
    value_known:
      description:
        - Whether RV(api_key.value) contains the key. Use this as condition of the tasks that need the key.
      returned: without O(api_key_path)
      type: bool
      sample: true
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the service account before. V(null) if it did not exist.
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
  sample: ["create service account 'search-indexer' of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._keys.keeper import SecretKeeper
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(SERVICE_ACCOUNT, SecretKeeper())


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
