#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project_api_key
short_description: Issue, rotate, extend and revoke API keys in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Issue API keys of service accounts, replace them when they are old, and revoke them.
  - The keys of a service account with the same O(name) form a series. The newest one that has not expired is the
    current key. Only its age decides whether the task issues another one. The others are previous keys.
  - A key that works can get a later expiry (O(extend_when_days_left)) and other scopes (O(update_scopes)). Its value
    stays the same.
  - The API cannot issue keys of people. This module can extend, restrict and revoke them by O(api_key_id).
attributes:
  check_mode:
    details:
      - The prediction equals the result of the real run that follows, except for values that the server makes. These
        are V(null).
      - If a real run would issue a key, RV(api_key) has the same keys, all V(null).
  idempotent:
    details:
      - A run that changes nothing sends no write request.
      - The task issues a key if no key with this name works, or if the current one is older than O(rotate_after_days).
        A second run changes nothing, and does not return RV(api_key.value), because the API shows a key's value only
        once.
options:
  service_account:
    description:
      - Name of the service account that owns the keys.
      - One of O(service_account) and O(service_account_id) is required, unless O(api_key_id) is given.
        O(service_account_id) takes precedence, unless it is null or empty.
      - In check mode, a service account that does not exist counts as one that an earlier task would create, and the
        task warns.
    type: str
  service_account_id:
    description:
      - ID of the service account.
      - In check mode, a null or empty ID stands for an account that an earlier task would create, unless
        O(service_account) is given. In a real run, the task then fails.
      - The task fails if it would issue a key and the ID does not exist, in check mode too.
    type: str
  name:
    description:
      - Name of the keys. Required for O(state=present).
    type: str
  api_key_id:
    description:
      - ID of one key to revoke with O(state=absent), regardless of its owner.
      - With O(state=present), the ID of one key to change by O(extend_when_days_left) or O(update_scopes). The task
        then issues no key, and fails if there is none with this ID.
      - O(api_key_id) takes precedence over O(name), unless it is null or empty.
    type: str
  scopes:
    description:
      - Scopes of a new key, in the API's words. If omitted or empty, the API does not restrict the key.
      - The API does not return the scopes of a key. O(update_scopes) says what becomes of a key that works.
    type: list
    elements: str
  update_scopes:
    description:
      - What to do about the scopes of a key that works. Needs O(scopes).
      - V(on_issue) leaves them alone. O(scopes) then only applies to a new key.
      - V(when_known) reads the newest event in the audit log that says which scopes the key got, and sets O(scopes) if
        they differ. If the log shows none, because audit logging was off, the key is older than the log, or the admin
        key may not read it, the scopes are unknown. The task then fails and changes nothing.
      - V(always) sets O(scopes) in every run, which is then always a change.
    type: str
    choices:
      - on_issue
      - when_known
      - always
    default: on_issue
    version_added: 0.10.0
  allow_unrestricted:
    description:
      - Whether O(update_scopes) may set an empty list of O(scopes), with which a key may do everything that its owner
        may.
    type: bool
    default: false
    version_added: 0.10.0
  extend_when_days_left:
    description:
      - Extend a key that works if it expires within this number of days. It then expires O(expires_in_days) after the
        run, which must be later than this number of days.
      - A key that does not expire stays so. One that has expired cannot be extended. The task then issues another one.
      - A key that is due by O(rotate_after_days) is replaced, not extended.
      - In check mode, RV(project_api_key.expires_at) of an extended key is V(null).
    type: int
    version_added: 0.10.0
  state:
    description:
      - V(present) makes sure that a key with this name works.
      - V(absent) revokes all keys of the service account with this name, or the key with the ID O(api_key_id).
      - With V(absent), there is nothing to do if the project that O(project) names does not exist.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The task needs only one listing of the project's keys. If the account has no key, it also lists the service
    accounts.
  - The task needs C(no_log=true) or O(api_key_path), unless O(state=absent). Otherwise it fails before the first
    request, in check mode too.
  - If a run is interrupted after it has issued a key and before it has handed it over, nobody has that key. With
    O(previous=revoke_unused), the task still does not revoke older keys that are in use. Revoke the lost key by
    O(api_key_id) so that the next run issues another one, or use O(current=stored) to say which key counts.
  - If the API rejects the revocation of a service account's key, delete the account with
    M(community.openai_admin.service_account).
seealso:
  - module: community.openai_admin.project_api_key_info
  - module: community.openai_admin.service_account
  - name: OpenAI API reference, project API keys
    description: OpenAI's documentation of API keys in projects.
    link: https://platform.openai.com/docs/api-reference/project-api-keys
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.new_key
  - community.openai_admin.new_key.series
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
# Run this every day. The new key is stored in one run. The old one is revoked in a later run, when it is no
# longer used.
- name: Rotate a key after 90 days
  community.openai_admin.project_api_key:
    project: search-prod
    service_account: search-api
    name: deploy
    rotate_after_days: 90
    previous: revoke_unused
  register: deploy_key
  no_log: true

# Skipped in check mode, and when no new key was issued.
- name: Store the key in a vault
  ansible.builtin.uri:
    url: "{{ vault_url }}/v1/secret/data/openai/search-api"
    method: POST
    headers:
      X-Vault-Token: "{{ vault_token }}"
    body_format: json
    body:
      data:
        key: "{{ deploy_key.api_key.value }}"
  when: deploy_key.api_key.value_known
  no_log: true

- name: Write a key that expires to a file
  community.openai_admin.project_api_key:
    project: search-prod
    service_account: search-api
    name: nightly-import
    expires_in_days: 60
    rotate_after_days: 30
    api_key_path: /etc/search-import/openai.key
    mode: "0600"

# The application keeps its key. This changes something only in the last two weeks before the key expires.
- name: Extend a key before it expires
  community.openai_admin.project_api_key:
    project: search-prod
    service_account: search-api
    name: nightly-export
    expires_in_days: 90
    extend_when_days_left: 14
    scopes: [api.model.read, api.model.request]
    update_scopes: when_known
  no_log: true

- name: Revoke all keys with this name
  community.openai_admin.project_api_key:
    project: search-prod
    service_account: search-api
    name: nightly-import
    state: absent

- name: Find the keys that nobody has used for 90 days
  community.openai_admin.project_api_key_info:
    project: search-prod
    unused_for_days: 90
  register: unused

- name: Revoke them, regardless of their owners
  community.openai_admin.project_api_key:
    project: search-prod
    project_id: "{{ item.project_id }}"
    api_key_id: "{{ item.id }}"
    state: absent
  loop: "{{ unused.project_api_keys }}"
  loop_control:
    label: "{{ item.name }} of {{ item.email or item.service_account }}"
"""

RETURN = r"""
---
project_api_key:
  description:
    - The current key after the task, or as predicted in check mode. For a revoked key, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
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
api_key:
  description:
    - The key that the task has issued, or otherwise the current one.
    - V(null) with O(state=absent).
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
      sample: deploy
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
extended:
  description: Whether the task has set a later expiry of the current key, or would set one.
  returned: success
  type: bool
  sample: false
  version_added: 0.10.0
scopes_changed:
  description: Whether the task has set the scopes of the current key, or would set them.
  returned: success
  type: bool
  sample: false
  version_added: 0.10.0
issued:
  description: Whether the task has issued a key, or would issue one.
  returned: success
  type: bool
  sample: true
previous:
  description:
    - The keys with this name that are older than the current one and still work, the oldest first, each like
      RV(project_api_key).
  returned: success
  type: list
  elements: dict
  sample: []
revoked:
  description: The keys that the task has revoked, or would revoke, each like RV(project_api_key).
  returned: success
  type: list
  elements: dict
  sample: []
still_used:
  description: The keys that O(previous=revoke_unused) did not revoke yet, each like RV(project_api_key).
  returned: success
  type: list
  elements: dict
  sample: []
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the key before, and the IDs of all keys with this name. V(null) if it did not
          exist.
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
  sample:
    - revoke project API key 'deploy' of service account 'search-api' of project 'search-prod' (key_gR1uy0eKANo502qP8)
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
from ansible_collections.community.openai_admin.plugins.module_utils._keys.rotation import plan_series
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key_series import (
    PROJECT_API_KEY_SERIES,
)
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(PROJECT_API_KEY_SERIES, SecretKeeper(), planner=plan_series)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
