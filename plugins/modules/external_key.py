#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: external_key
short_description: Manage customer-managed encryption keys of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Register and remove external keys, which are keys in your own cloud. OpenAI uses them to encrypt the data of
    projects (Enterprise Key Management), or to decrypt retained records (Private Safety Processing).
  - The API cannot change an external key. If one with this name differs from the task, the task fails and says how to
    rotate keys.
options:
  name:
    description:
      - Name of the external key.
      - Names are not unique. If several keys have this name, the task fails and lists their IDs.
    type: str
  external_key_id:
    description:
      - ID of the external key. It takes precedence over O(name), unless it is null or empty.
      - One of O(name) and O(external_key_id) is required.
    type: str
  type:
    description:
      - Cloud of the key, one of V(aws), V(azure), V(gcp) and V(oci). Required for a new key.
    type: str
  purpose:
    description:
      - Purpose of the key. V(ekm), which is the default of a new key, encrypts the data of projects. V(psp_decryption)
        decrypts retained records.
    type: str
  kms_arn:
    description:
      - ARN of the key in AWS KMS. For O(purpose=psp_decryption), not an alias.
      - Only for O(type) V(aws), which needs it.
    type: str
  role_arn:
    description:
      - ARN of the role that OpenAI assumes, such as V(arn:aws:iam::123456789012:role/openai).
      - Only for O(type) V(aws), which needs it.
    type: str
  external_id:
    description:
      - External ID in the trust policy of the role, which is the ID of the organization, or of one of its projects.
      - Only for O(type) V(aws), which needs it.
    type: str
  tenant_id:
    description:
      - ID of the tenant in Microsoft Entra.
      - Only for O(type) V(azure), which needs it.
    type: str
  vault_uri:
    description:
      - Address of the key vault.
      - Only for O(type) V(azure), which needs it.
    type: str
  key_name:
    description:
      - Name of the key in the vault.
      - Only for O(type) V(azure), which needs it.
    type: str
  audience:
    description:
      - Audience of the tokens that OpenAI sends to Google Cloud, which is the ID of the organization, or of one of its
        projects.
      - Only for O(type) V(gcp), which needs it.
    type: str
  kms_project_id:
    description:
      - ID of the project in Google Cloud that contains the key.
      - Only for O(type) V(gcp), which needs it.
    type: str
  kms_key_location:
    description:
      - Location of the key ring.
      - Only for O(type) V(gcp), which needs it.
    type: str
  kms_key_ring_name:
    description:
      - Name of the key ring.
      - Only for O(type) V(gcp), which needs it.
    type: str
  kms_key_name:
    description:
      - Name of the key in the key ring.
      - Only for O(type) V(gcp), which needs it.
    type: str
  workload_identity_project_number:
    description:
      - Number of the project in Google Cloud that contains the workload identity pool. At most 19 digits.
      - Only for O(type) V(gcp), which needs it.
    type: str
  workload_identity_pool_id:
    description:
      - ID of that pool.
      - Only for O(type) V(gcp), which needs it.
    type: str
  workload_identity_provider_id:
    description:
      - ID of the provider in that pool. This is not a workload identity provider of OpenAI.
      - Only for O(type) V(gcp), which needs it.
    type: str
  region:
    description:
      - Region of the vault.
      - Only for O(type) V(oci), which needs it.
    type: str
  vault_ocid:
    description:
      - OCID of the vault.
      - Only for O(type) V(oci), which needs it.
    type: str
  key_ocid:
    description:
      - OCID of the key.
      - Only for O(type) V(oci), which needs it.
    type: str
  kms_key_version:
    description:
      - Version of the key. Only for O(purpose=psp_decryption), which needs it.
      - Only for O(type) V(gcp).
    type: str
  key_version:
    description:
      - Version of the key. Only for O(purpose=psp_decryption), which needs it.
      - Only for O(type) V(azure).
    type: str
  key_version_ocid:
    description:
      - OCID of the version of the key. Only for O(purpose=psp_decryption), which needs it.
      - Only for O(type) V(oci).
    type: str
  validate:
    description:
      - Whether to let the API check afterwards whether the cloud gives OpenAI access. The check changes nothing, and is
        no change. If it fails, the task fails with the words of the cloud.
      - In check mode, the task checks only what exists already.
    type: bool
    default: false
  allow_unreadable_records:
    description:
      - With O(state=absent), whether to remove a key for V(psp_decryption). Nobody can read the records that it
        decrypts after that.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that it exists, V(absent) that it does not.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - Organizations have external keys only if OpenAI has enabled them. Otherwise, the task fails and says so.
  - The task does not remove a key that active projects or a workspace use.
  - Keys in a declaration are never purged.
  - The admin key needs the scopes C(api.external_keys.read) and C(api.external_keys.write).
seealso:
  - module: community.openai_admin.external_key_info
  - module: community.openai_admin.project
  - module: community.openai_admin.external_storage
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Register a key of AWS KMS, and check that OpenAI can use it
  community.openai_admin.external_key:
    name: prod-kms
    type: aws
    kms_arn: arn:aws:kms:eu-central-1:123456789012:key/a1b2c3d4
    role_arn: arn:aws:iam::123456789012:role/openai
    external_id: org-AQ0IgFTqwkbHyHeDsRFsuGQh
    validate: true

- name: Remove a key that no project uses
  community.openai_admin.external_key:
    name: former-kms
    state: absent
"""

RETURN = r"""
---
external_key:
  description:
    - The external key after the task, or as predicted in check mode. If it was removed, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the external key. V(null) in a prediction.
      type: str
      sample: extkey_AQ0IgFTqwkbHyHeDsRFsuGQh
    name:
      description:
        - Name of the external key.
      type: str
      sample: prod-kms
    type:
      description:
        - Cloud of the key.
      type: str
      sample: aws
    purpose:
      description:
        - Purpose of the key, V(ekm) or V(psp_decryption).
      type: str
      sample: ekm
    kms_arn:
      description:
        - ARN of the key in AWS KMS. For decryption, not an alias.
        - V(null) for other types than V(aws).
      type: str
      sample: arn:aws:kms:eu-central-1:123456789012:key/a1b2c3d4
    role_arn:
      description:
        - ARN of the role that OpenAI assumes, such as V(arn:aws:iam::123456789012:role/openai).
        - V(null) for other types than V(aws).
      type: str
      sample: arn:aws:iam::123456789012:role/openai
    external_id:
      description:
        - External ID in the trust policy of the role, which is the ID of the organization, or of one of its projects.
        - V(null) for other types than V(aws).
      type: str
      sample: org-AQ0IgFTqwkbHyHeDsRFsuGQh
    tenant_id:
      description:
        - ID of the tenant in Microsoft Entra.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    vault_uri:
      description:
        - Address of the key vault.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    key_name:
      description:
        - Name of the key in the vault.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    audience:
      description:
        - Audience of the tokens that OpenAI sends to Google Cloud, which is the ID of the organization, or of one of
          its projects.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    kms_project_id:
      description:
        - ID of the project in Google Cloud that contains the key.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    kms_key_location:
      description:
        - Location of the key ring.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    kms_key_ring_name:
      description:
        - Name of the key ring.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    kms_key_name:
      description:
        - Name of the key in the key ring.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    workload_identity_project_number:
      description:
        - Number of the project in Google Cloud that contains the workload identity pool. At most 19 digits.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    workload_identity_pool_id:
      description:
        - ID of that pool.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    workload_identity_provider_id:
      description:
        - ID of the provider in that pool. This is not a workload identity provider of OpenAI.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    region:
      description:
        - Region of the vault.
        - V(null) for other types than V(oci).
      type: str
      sample: null
    vault_ocid:
      description:
        - OCID of the vault.
        - V(null) for other types than V(oci).
      type: str
      sample: null
    key_ocid:
      description:
        - OCID of the key.
        - V(null) for other types than V(oci).
      type: str
      sample: null
    kms_key_version:
      description:
        - Version of the key.
        - V(null) for other types than V(gcp).
      type: str
      sample: null
    key_version:
      description:
        - Version of the key.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    key_version_ocid:
      description:
        - OCID of the version of the key.
        - V(null) for other types than V(oci).
      type: str
      sample: null
    api_project_ids:
      description:
        - IDs of the active projects whose data the key encrypts, sorted.
      type: list
      elements: str
      sample: [proj_CABoAQ9gqh9xzdiOINPmykFR]
    workspace_id:
      description:
        - ID of the workspace whose data the key encrypts. Empty if there is none.
      type: str
      sample: ""
    created_at:
      description:
        - When the key was registered, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396681
status:
  description:
    - What the check of O(validate) found. V(null) if there is nothing to check yet in check mode.
  returned: with O(validate)
  type: str
  sample: success
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the external key before. V(null) if it did not exist.
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
done:
  description: What the task had already done when it failed. RV(ignore:changed) is then V(true).
  returned: when the task fails after a write
  type: list
  elements: str
  sample: ["register external key 'x'"]
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

from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import manage
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_key import EXTERNAL_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(EXTERNAL_KEY)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
