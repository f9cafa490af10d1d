#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: admin_api_key
short_description: Issue, rotate and revoke admin API keys of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Issue admin API keys of the organization, replace them when they are old, and revoke them. This collection itself
    uses such a key.
  - The keys with the same O(name) form a series. The newest one that has not expired is the current key. Only its age
    decides whether the task issues another one. The others are previous keys.
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
  name:
    description:
      - Name of the keys. Required for O(state=present).
    type: str
  key_id:
    description:
      - ID of one key to revoke with O(state=absent).
      - O(key_id) takes precedence over O(name), unless it is null or empty.
    type: str
  state:
    description:
      - V(present) makes sure that a key with this name works.
      - V(absent) revokes all keys with this name, or the key with the ID O(key_id). The task never revokes its own key,
        or the last key that works.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - A new key belongs to the owner of the key that the task uses, who must be an owner of the organization.
  - The task needs C(no_log=true) or O(api_key_path), unless O(state=absent). Otherwise it fails before the first
    request, in check mode too.
  - The task recognizes its own key by the beginning and the end of each key, which the API shows.
  - If a run is interrupted after it has issued a key and before it has handed it over, nobody has that key. With
    O(previous=revoke_unused), the task still does not revoke older keys that are in use. Revoke the lost key by
    O(key_id) so that the next run issues another one.
seealso:
  - module: community.openai_admin.admin_api_key_info
  - name: OpenAI API reference, admin API keys
    description: OpenAI's documentation of admin API keys.
    link: https://platform.openai.com/docs/api-reference/admin-api-keys
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.new_key
  - community.openai_admin.new_key.series
"""

EXAMPLES = r"""
---
# Run this every week. The new key is stored in one run. The old one is revoked in a later run, when it is no
# longer used.
- name: Rotate an admin key for the audit after 30 days
  community.openai_admin.admin_api_key:
    name: audit
    expires_in_days: 60
    rotate_after_days: 30
    previous: revoke_unused
  register: audit_key
  no_log: true

# Skipped in check mode, and when no new key was issued.
- name: Store the key in a vault
  ansible.builtin.uri:
    url: "{{ vault_url }}/v1/secret/data/openai/audit"
    method: POST
    headers:
      X-Vault-Token: "{{ vault_token }}"
    body_format: json
    body:
      data:
        key: "{{ audit_key.api_key.value }}"
  when: audit_key.api_key.value_known
  no_log: true

- name: Write an admin key to a file
  community.openai_admin.admin_api_key:
    name: nightly-export
    api_key_path: /etc/openai/nightly-export.key

- name: Revoke all admin keys with a name
  community.openai_admin.admin_api_key:
    name: backup
    state: absent

- name: Find a person who leaves
  community.openai_admin.user_info:
    email: grace@example.com
  register: leaving

- name: Read all admin keys
  community.openai_admin.admin_api_key_info:
  register: admin_keys

- name: Revoke those of the person
  community.openai_admin.admin_api_key:
    key_id: "{{ item.id }}"
    state: absent
  loop: "{{ admin_keys.admin_api_keys | selectattr('owner_id', 'in', leaving.users | map(attribute='id')) }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
---
admin_api_key:
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
issued:
  description: Whether the task has issued a key, or would issue one.
  returned: success
  type: bool
  sample: true
previous:
  description:
    - The keys with this name that are older than the current one and still work, the oldest first, each like
      RV(admin_api_key).
  returned: success
  type: list
  elements: dict
  sample: []
revoked:
  description: The keys that the task has revoked, or would revoke, each like RV(admin_api_key).
  returned: success
  type: list
  elements: dict
  sample: []
still_used:
  description: The keys that O(previous=revoke_unused) did not revoke yet, each like RV(admin_api_key).
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
  sample: ["revoke admin API key 'rotation' (key_gR1uy0eKANo502qP8VHDxKwp)"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key_series import (
    ADMIN_API_KEY_SERIES,
)
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(ADMIN_API_KEY_SERIES, SecretKeeper(), planner=plan_series)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
