#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: external_key_info
short_description: Read customer-managed encryption keys of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read all external keys of the organization, those with a name, or the one with an ID.
options:
  name:
    description:
      - Return only external keys with this name.
    type: str
  external_key_id:
    description:
      - Return only the external key with this ID. An empty list if there is none.
    type: str
  max_results:
    description:
      - Return at most this many external keys. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.external_key
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read all external keys
  community.openai_admin.external_key_info:
  register: encryption

- name: Show those that encrypt no project
  ansible.builtin.debug:
    msg: "{{ encryption.external_keys | rejectattr('api_project_ids') | map(attribute='name') }}"
"""

RETURN = r"""
---
external_keys:
  description:
    - The external keys, in the order of the API. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the external key.
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
        - When the key was registered, in Unix seconds.
      type: int
      sample: 1795396681
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_key import EXTERNAL_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(EXTERNAL_KEY)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
