#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: external_storage_info
short_description: Read customer-managed storage of projects of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read all external storage of the organization, that of a project, or the one with an ID.
options:
  project_id:
    description:
      - Return only the external storage of the project with this ID.
    type: str
  external_storage_id:
    description:
      - Return only the external storage with this ID. An empty list if there is none.
    type: str
  max_results:
    description:
      - Return at most this many. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.external_storage
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read all external storage
  community.openai_admin.external_storage_info:
  register: storage

- name: Show which is out of order
  ansible.builtin.debug:
    msg: "{{ storage.external_storage | rejectattr('status', 'in', ['pending', 'validated']) }}"
"""

RETURN = r"""
---
external_storage:
  description:
    - The external storage, in the order of the API. An empty list if there is none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the external storage.
      type: str
      sample: extstore_AQ0IgFTqwkbHyHeDsRFsuGQh
    project_id:
      description:
        - ID of the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    type:
      description:
        - Cloud of the storage.
      type: str
      sample: aws
    bucket:
      description:
        - Name of the bucket.
        - V(null) for other types than V(aws), V(gcp) or V(oci).
      type: str
      sample: openai-records
    role_arn:
      description:
        - ARN of the role that OpenAI assumes, such as V(arn:aws:iam::123456789012:role/openai).
        - V(null) for other types than V(aws).
      type: str
      sample: arn:aws:iam::123456789012:role/openai
    account_name:
      description:
        - Name of the storage account.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    container:
      description:
        - Name of the container in the storage account.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    resource_group:
      description:
        - Resource group of the storage account.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    subscription_id:
      description:
        - ID of the subscription.
        - V(null) for other types than V(azure).
      type: str
      sample: null
    tenant_id:
      description:
        - ID of the tenant in Microsoft Entra.
        - V(null) for other types than V(azure).
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
        - Region of the bucket.
        - For other types than V(oci), the API determines it.
      type: str
      sample: us-east-1
    tenancy_ocid:
      description:
        - OCID of the tenancy.
        - V(null) for other types than V(oci).
      type: str
      sample: null
    account_id:
      description:
        - ID of the account in AWS. V(null) for other types.
      type: str
      sample: "123456789012"
    external_id:
      description:
        - External ID for the trust policy of the role in AWS. V(null) for other types.
      type: str
      sample: null
    audience:
      description:
        - Audience of the tokens that OpenAI sends to Google Cloud. V(null) for other types.
      type: str
      sample: null
    geography:
      description:
        - Geography of the storage.
      type: str
      sample: US
    status:
      description:
        - State of the storage, such as V(pending), V(validated), V(degraded) or V(unhealthy).
      type: str
      sample: validated
    created_at:
      description:
        - When the storage was registered, in Unix seconds.
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_storage import EXTERNAL_STORAGE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(EXTERNAL_STORAGE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
