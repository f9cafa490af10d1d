#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: certificate_activation
short_description: Activate and deactivate certificates of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Activate and deactivate certificates, in the organization or in a project.
  - While certificates are active in the organization, the API answers only clients with a certificate that one of them
    has signed, at C(https://mtls.api.openai.com/v1). In a project, this applies to the project's API keys.
  - The task activates new certificates before it deactivates old ones, so that at least one is active at all times.
options:
  project:
    description:
      - Name of the project. Only active projects count.
      - Without O(project) and O(project_id), the task works on the organization.
      - If both are given, O(project_id) counts, unless it is null or empty.
      - In check mode, a project that does not exist counts as one that an earlier task would create, and the task
        warns.
    type: str
  project_id:
    description:
      - ID of the project.
      - In check mode, a null or empty ID stands for a project that an earlier task would create, unless O(project) is
        given. In a real run, the task then fails. It never means the organization.
      - The task fails if the ID does not exist, in check mode too.
    type: str
  certificates:
    description:
      - The certificates to activate or deactivate. Required.
      - Each entry names one certificate. O(certificates[].certificate_id) takes precedence over
        O(certificates[].fingerprint), and that over O(certificates[].name), unless it is null or empty.
      - With O(state=active), the task fails if a certificate does not exist. In check mode, a name or fingerprint that
        does not exist stands for a certificate that an earlier task would upload, and the task warns. With
        O(state=inactive), the task only warns.
    type: list
    elements: dict
    suboptions:
      certificate_id:
        description:
          - ID of the certificate.
          - In check mode, a null or empty ID that is given alone stands for a certificate that an earlier task would
            upload. In a real run, the task fails with O(state=active).
        type: str
      name:
        description:
          - Name of the certificate, case-sensitive.
          - Names are not unique. If several certificates have this name, the task fails.
        type: str
      fingerprint:
        description:
          - SHA-256 fingerprint of the certificate, in hexadecimal digits, with or without colons.
          - The API does not list contents. The task reads them one by one, the newest certificate first, until it finds
            the fingerprint. Names and IDs need no such requests.
        type: str
  state:
    description:
      - V(active) activates the certificates.
      - V(inactive) deactivates them.
    type: str
    choices:
      - active
      - inactive
    default: active
  exclusive:
    description:
      - With O(state=active), whether to deactivate all other certificates.
    type: bool
    default: false
  allow_empty:
    description:
      - Whether an empty list of O(certificates) with O(exclusive=true) may deactivate all certificates. Otherwise the
        task fails, because an empty variable may be a mistake.
    type: bool
    default: false
  allow_lockout:
    description:
      - Whether to make the change even if the API may then reject the task's own client certificate. See the notes.
    type: bool
    default: false
notes:
  - The task fails before it changes anything, in check mode too, if it would lock itself out.
  - The first activation in a scope fails if the task has no O(client_cert).
  - From the first activation in the organization on, the API rejects every tool without a client certificate. The task
    warns about this, in check mode too. Inside the controller, a real run shows the warning before it changes anything.
  - In the organization, the task fails if none of the certificates that would be active has signed the O(client_cert)
    of the task, directly or through other certificates in the same file. The task skips this check if all active
    certificates stay active, because the API already accepts it. The check needs the Python library cryptography, and
    reads the contents of the certificates that would be active, one request each, until one matches. Without the
    library, the task fails.
  - The task also skips the check if it has no O(client_cert) and the API answers although certificates are active, for
    example through a proxy that has a certificate.
  - One request activates or deactivates up to ten certificates. Each request takes effect as a whole or not at all.
  - If you are locked out, deactivate certificates in the dashboard, which does not require mutual TLS.
requirements:
  - cryptography >= 40 (Python library, where the module runs; only to check who signed O(client_cert))
seealso:
  - module: community.openai_admin.certificate
  - module: community.openai_admin.certificate_info
  - name: Certificates
    description: This collection's guide to mutual TLS, rotation, and what to do when you are locked out.
    link: https://github.com/ansible-collections/community.openai_admin/blob/main/docs/certificates.md
  - name: OpenAI API reference, certificates
    description: OpenAI's documentation of certificates.
    link: https://platform.openai.com/docs/api-reference/certificates
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
# Rotation, first run: the new certificate becomes active in addition to the old one.
- name: Upload the new certificate
  community.openai_admin.certificate:
    name: gateway-2027
    content: "{{ lookup('ansible.builtin.file', 'gateway-2027.pem') }}"
  register: gateway

- name: Activate it in addition to the old one
  community.openai_admin.certificate_activation:
    certificates:
      - name: gateway-2027
        certificate_id: "{{ gateway.certificate.id }}"
    client_cert: "{{ playbook_dir }}/files/automation-2026.pem"
    client_key: "{{ playbook_dir }}/files/automation-2026.key"

# Rotation, second run, when all clients have certificates that the new one has signed: with such a certificate,
# which shows that it works.
- name: Leave only the new certificate active
  community.openai_admin.certificate_activation:
    certificates:
      - name: gateway-2027
    exclusive: true
    client_cert: "{{ playbook_dir }}/files/automation-2027.pem"
    client_key: "{{ playbook_dir }}/files/automation-2027.key"

- name: Require client certificates for a project's API keys
  community.openai_admin.certificate_activation:
    project: search-prod
    certificates:
      - name: gateway-2027
    client_cert: "{{ playbook_dir }}/files/automation-2027.pem"
    client_key: "{{ playbook_dir }}/files/automation-2027.key"

- name: Stop requiring client certificates
  community.openai_admin.certificate_activation:
    project: search-prod
    certificates: []
    exclusive: true
    allow_empty: true
"""

RETURN = r"""
---
certificate_activation:
  description:
    - The active certificates of the organization or the project after the task, or as predicted in check mode.
  returned: success
  type: dict
  contains:
    active:
      description:
        - The active certificates, the newest first. An empty list if there are none.
      type: list
      elements: dict
      contains:
        id:
          description:
            - ID of the certificate. V(null) in check mode, if an earlier task would upload it.
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
            - V(null) unless the task gives the fingerprint.
          type: str
          sample: 6dfd1a0e2b64e07a0a7d7f7b8a2f6f0b1c6b8ae3b3f9a8f5c3d5c7f4f3b5e1a2
        active:
          description: Always V(true).
          type: bool
          sample: true
    project:
      description:
        - Name of the project. V(null) for the organization, and if the task gives O(project_id) without O(project).
      type: str
      sample: null
    project_id:
      description:
        - ID of the project. V(null) for the organization, and in check mode for a project that an earlier task would
          create.
      type: str
      sample: null
activated:
  description:
    - The certificates that the task activated, or would activate, each like RV(certificate_activation.active).
  returned: success
  type: list
  elements: dict
  sample: []
deactivated:
  description:
    - The certificates that the task deactivated, or would deactivate, each like RV(certificate_activation.active).
      Their C(active) is V(false).
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
        - The names of the active certificates before. For ambiguous names, the ID too.
      type: dict
    after:
      description:
        - The same afterwards.
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
    - activate certificates cert_6764b9aa1c0c8190b4d9e2f7a3c1d5e8
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

from ansible_collections.community.openai_admin.plugins.module_utils._certificates.guard import GUARDED
from ansible_collections.community.openai_admin.plugins.module_utils._core.members import manage_members
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage_members(GUARDED)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
