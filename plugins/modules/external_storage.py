#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: external_storage
short_description: Manage customer-managed storage of projects of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Register and remove external storage, which is storage in your own cloud for the retained records of a project
    (Private Safety Processing).
  - Project, type and place of the storage identify it. The place is a bucket, or for V(azure) an account with a
    container. A project can have several. The API cannot change anything else about storage. If it differs, the task
    fails and says what to do.
options:
  project:
    description:
      - Name of the project. Only active projects count.
      - Together with O(project_id), the ID takes precedence, unless it is null or empty.
      - In check mode, a project that does not exist counts as one that an earlier task would create, and the task
        warns.
    type: str
  project_id:
    description:
      - ID of the project.
      - One of O(project), O(project_id) and O(external_storage_id) is required.
    type: str
  external_storage_id:
    description:
      - ID of the external storage. It takes precedence over the project, unless it is null or empty.
    type: str
  type:
    description:
      - Cloud of the storage, one of V(aws), V(azure), V(gcp) and V(oci). Required for new storage.
    type: str
  bucket:
    description:
      - Name of the bucket.
      - Only for O(type) V(aws), V(gcp) or V(oci), which need it.
    type: str
  role_arn:
    description:
      - ARN of the role that OpenAI assumes, such as V(arn:aws:iam::123456789012:role/openai).
      - Only for O(type) V(aws), which needs it.
    type: str
  account_name:
    description:
      - Name of the storage account.
      - Only for O(type) V(azure), which needs it.
    type: str
  container:
    description:
      - Name of the container in the storage account.
      - Only for O(type) V(azure), which needs it.
    type: str
  resource_group:
    description:
      - Resource group of the storage account.
      - Only for O(type) V(azure), which needs it.
    type: str
  subscription_id:
    description:
      - ID of the subscription.
      - Only for O(type) V(azure), which needs it.
    type: str
  tenant_id:
    description:
      - ID of the tenant in Microsoft Entra.
      - Only for O(type) V(azure), which needs it.
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
      - Region of the bucket.
      - Only for O(type) V(oci), which needs it.
    type: str
  tenancy_ocid:
    description:
      - OCID of the tenancy.
      - Only for O(type) V(oci), which needs it.
    type: str
  validate:
    description:
      - Whether to let the API check afterwards whether the cloud gives OpenAI access. The check changes nothing, and is
        no change. If it fails, the task fails with the words of the cloud.
      - In check mode, the task checks only what exists already.
    type: bool
    default: false
  allow_retention_reset:
    description:
      - With O(state=absent), whether to remove the last storage of a project. The API may then reset the data retention
        of the project to the organization's default.
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
  - Organizations have external storage only if OpenAI has enabled it. Otherwise, the task fails and says so.
  - Removing storage leaves the data in the cloud as it is.
  - Removing storage again after an unclear answer is right. It completes a change of the data retention that was
    interrupted.
  - Storage in a declaration is never purged.
seealso:
  - module: community.openai_admin.external_storage_info
  - module: community.openai_admin.data_retention
  - module: community.openai_admin.external_key
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Register a bucket for the records of a project
  community.openai_admin.external_storage:
    project: search-prod
    type: aws
    bucket: openai-records
    role_arn: arn:aws:iam::123456789012:role/openai

- name: Remove the storage, and accept the organization's data retention
  community.openai_admin.external_storage:
    project: search-prod
    type: aws
    bucket: openai-records
    allow_retention_reset: true
    state: absent
"""

RETURN = r"""
---
external_storage:
  description:
    - The external storage after the task, or as predicted in check mode. If it was removed, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the external storage. V(null) in a prediction.
      type: str
      sample: extstore_AQ0IgFTqwkbHyHeDsRFsuGQh
    project_id:
      description:
        - ID of the project. V(null) in check mode if it does not exist yet.
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
        - For other types than V(oci), the API determines it. V(null) in a prediction.
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
        - ID of the account in AWS. V(null) for other types. V(null) in a prediction.
      type: str
      sample: "123456789012"
    external_id:
      description:
        - External ID for the trust policy of the role in AWS. V(null) for other types. V(null) in a prediction.
      type: str
      sample: null
    audience:
      description:
        - Audience of the tokens that OpenAI sends to Google Cloud. V(null) for other types. V(null) in a prediction.
      type: str
      sample: null
    geography:
      description:
        - Geography of the storage. V(null) in a prediction.
      type: str
      sample: US
    status:
      description:
        - State of the storage, such as V(pending), V(validated), V(degraded) or V(unhealthy). V(null) in a prediction.
      type: str
      sample: validated
    created_at:
      description:
        - When the storage was registered, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396681
status:
  description:
    - What the check of O(validate) found. V(null) if there is nothing to check yet in check mode.
  returned: with O(validate)
  type: str
  sample: validated
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the external storage before. V(null) if it did not exist.
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
  sample: ["register external storage 'x'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.external_storage import EXTERNAL_STORAGE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(EXTERNAL_STORAGE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
