#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: certificate_info
short_description: Read the certificates of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the certificates of the organization, and whether they are active in the organization or in a project.
options:
  project:
    description:
      - Name of the project for which RV(certificates[].active) shows the state. Only active projects count.
      - Without O(project) and O(project_id), it shows the state in the organization.
      - If both are given, O(project_id) counts, unless it is null or empty.
      - A project that does not exist fails. In check mode, the result is an empty list and a warning instead.
    type: str
  project_id:
    description:
      - ID of the project.
      - If it is given and null or empty, and O(project) is not given, the task fails.
        In check mode, the result is an empty list and a warning instead.
      - The task fails if the ID does not exist, in check mode too.
    type: str
  certificate_id:
    description:
      - Return only the certificate with this ID. O(name) is then ignored.
      - In check mode, a null or empty ID stands for a certificate that does not exist yet, unless O(name) is given, and
        the list is empty. In a real run, the task then fails.
    type: str
  name:
    description:
      - Return only certificates with this name, case-sensitive.
    type: str
  include_content:
    description:
      - Whether to return RV(certificates[].content) and RV(certificates[].fingerprint).
      - The API lists no contents, so this costs one more request for each returned certificate.
    type: bool
    default: false
  active:
    description:
      - Return only certificates that are active, or only those that are not, in the organization or in the project.
      - The API has no such filter, so the task applies it to the listing.
    type: bool
  expires_within_days:
    description:
      - Return only certificates that expire within this many days, or have expired.
      - The API has no such filter, so the task applies it to the listing.
    type: int
  order:
    description:
      - Order by time of upload. V(asc) returns the oldest first, V(desc) the newest.
      - If not set, V(desc), the API's default.
    type: str
    choices:
      - asc
      - desc
  max_results:
    description:
      - Return at most this many certificates. At least 1.
      - If not set, all pages are read.
    type: int
notes:
  - A project lists all certificates of the organization, including those that are not active in it.
  - To find where a certificate is active, read the organization and each project.
seealso:
  - module: community.openai_admin.certificate
  - module: community.openai_admin.certificate_activation
  - name: Certificates
    description: This collection's guide to mutual TLS, rotation, and what to do when you are locked out.
    link: https://github.com/ansible-collections/community.openai_admin/blob/main/docs/certificates.md
  - name: OpenAI API reference, certificates
    description: OpenAI's documentation of certificates.
    link: https://platform.openai.com/docs/api-reference/certificates
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the active certificates that expire within 30 days
  community.openai_admin.certificate_info:
    active: true
    expires_within_days: 30
  register: expiring

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.name }} ({{ item.id }}) expires in {{ item.expires_in_days }} days"
  loop: "{{ expiring.certificates }}"
  loop_control:
    label: "{{ item.id }}"

- name: Read which certificates are active in a project
  community.openai_admin.certificate_info:
    project: search-prod
    active: true

- name: Read one certificate with its content
  community.openai_admin.certificate_info:
    name: gateway-2027
    include_content: true
"""

RETURN = r"""
---
certificates:
  description:
    - The certificates. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the certificate.
      type: str
      sample: cert_6764b9aa1c0c8190b4d9e2f7a3c1d5e8
    name:
      description: Name of the certificate. V(null) if it has none.
      type: str
      sample: gateway
    created_at:
      description: When the certificate was uploaded, in Unix seconds.
      type: int
      sample: 1795396681
    not_before:
      description: Start of the certificate's validity, in Unix seconds.
      type: int
      sample: 1795392000
    not_after:
      description: End of the certificate's validity, in Unix seconds.
      type: int
      sample: 1826928000
    expires_in_days:
      description: Number of whole days until the certificate expires. Negative if it has expired.
      type: int
      sample: 364
    fingerprint:
      description:
        - SHA-256 fingerprint of the certificate, in hexadecimal digits.
        - V(null) unless O(include_content=true).
      type: str
      sample: 6dfd1a0e2b64e07a0a7d7f7b8a2f6f0b1c6b8ae3b3f9a8f5c3d5c7f4f3b5e1a2
    active:
      description: Whether the certificate is active in the organization, or in the project that the task names.
      type: bool
      sample: false
    content:
      description:
        - The certificate in PEM format, as it was uploaded. V(null) unless O(include_content=true).
      type: str
      sample: null
    project:
      description:
        - Name of the project of RV(certificates[].active). V(null) for the organization, and if the task gives
          O(project_id) without O(project).
      type: str
      sample: null
    project_id:
      description: ID of that project. V(null) for the organization.
      type: str
      sample: null
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds import certificate
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(
    certificate.CERTIFICATE,
    Filter("include_content", option("bool", default=False), detail=certificate.WITH_CONTENT),
    Filter("active", option("bool"), keep=certificate.is_active),
    Filter("expires_within_days", option("int"), keep=certificate.expires_within),
    Filter("order", option(choices=["asc", "desc"])),
)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
