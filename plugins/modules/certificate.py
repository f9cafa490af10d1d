#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: certificate
short_description: Upload, rename and delete the certificates of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Upload, rename and delete certificates for mutual TLS. A certificate is a trust anchor. While it is active, the API
    answers only clients whose certificates it has signed.
  - Uploading does not activate a certificate. M(community.openai_admin.certificate_activation) does.
attributes:
  check_mode:
    details:
      - The prediction equals the result of the real run that follows, except for values that the server makes. These
        are V(null).
      - The task reads in which projects a certificate is active only with O(deactivate_first=true). Without it, check
        mode predicts a deletion even if the API will reject it because the certificate is active in a project.
options:
  name:
    description:
      - Name of the certificate. Names are case-sensitive, and need not be unique.
      - With O(content) or O(src), the task gives the certificate this name.
      - Without them, the task finds the certificate by this name.
      - At least one of O(name), O(content), O(src) and O(certificate_id) is required.
    type: str
  certificate_id:
    description:
      - ID of the certificate. With O(name), the task renames the certificate.
      - It takes precedence over O(content), O(src) and O(name). If the content differs from that of the certificate,
        the task fails, because the content of a certificate cannot be changed.
      - In check mode, a null or empty ID stands for a certificate that an earlier task would upload, if nothing else
        names the certificate. In a real run, the task then fails.
    type: str
  content:
    description:
      - The certificate in PEM format. The task ignores surrounding text and differences in line endings, and does not
        send them.
      - The task finds the certificate by its SHA-256 fingerprint, regardless of its name.
      - The task fails before the first request if the text contains several certificates or a private key.
      - The task warns if the certificate has expired, is not valid yet, or expires within 30 days.
      - The option is treated as a secret, so that no private key gets into a log by mistake.
    type: str
  src:
    description:
      - File with the certificate, on the host where the task runs. Its content is used as O(content).
      - O(content) and O(src) exclude each other.
    type: path
  deactivate_first:
    description:
      - With O(state=absent), whether to deactivate the certificate wherever it is active, in the organization and in
        projects, before deleting it.
      - This lists the projects and sends one request for each active project, because the API has no other way to show
        where a certificate is active.
      - If V(false), deleting an active certificate fails and says where it is active.
    type: bool
    default: false
  allow_lockout:
    description:
      - Whether to deactivate the certificate even if the API would then reject the task's own client certificate.
      - Requires O(deactivate_first=true). See the notes.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that the certificate exists.
      - V(absent) deletes it.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - An organization can have 50 certificates.
  - A certificate with the same O(name) and another content is another certificate. The task uploads the new one, keeps
    the old one, and warns.
  - The API does not list contents. The task reads only the contents of certificates with the same dates of validity,
    one request each.
  - With O(deactivate_first=true), the task fails before it changes anything if no certificate that stays active in the
    organization has signed the O(client_cert) of the task. This check needs the Python library cryptography, and reads
    the contents of those certificates, one request each, until one matches.
seealso:
  - module: community.openai_admin.certificate_activation
  - module: community.openai_admin.certificate_info
  - name: Certificates
    description: This collection's guide to mutual TLS, rotation, and what to do when you are locked out.
    link: https://github.com/ansible-collections/community.openai_admin/blob/main/docs/certificates.md
  - name: OpenAI API reference, certificates
    description: OpenAI's documentation of certificates.
    link: https://platform.openai.com/docs/api-reference/certificates
requirements:
  - cryptography >= 40 (Python library, where the module runs; only for O(deactivate_first=true) with O(client_cert))
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Upload a certificate
  community.openai_admin.certificate:
    name: gateway-2027
    content: "{{ lookup('ansible.builtin.file', 'gateway-2027.pem') }}"
  register: gateway

- name: Upload a certificate from a file on the host where the task runs
  community.openai_admin.certificate:
    name: gateway-2027
    src: "{{ playbook_dir }}/files/gateway-2027.pem"

# In a later run, when all clients have certificates that gateway-2027 has signed.
- name: Delete the old certificate, wherever it is active
  community.openai_admin.certificate:
    name: gateway-2026
    state: absent
    deactivate_first: true

- name: Rename a certificate, found by its content
  community.openai_admin.certificate:
    name: gateway
    content: "{{ lookup('ansible.builtin.file', 'gateway-2027.pem') }}"
"""

RETURN = r"""
---
certificate:
  description:
    - The certificate after the task, or as predicted in check mode. For a deleted certificate, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the certificate. V(null) in a prediction.
      type: str
      sample: cert_6764b9aa1c0c8190b4d9e2f7a3c1d5e8
    name:
      description: Name of the certificate. V(null) if it has none.
      type: str
      sample: gateway
    created_at:
      description:
        - When the certificate was uploaded, in Unix seconds. V(null) in a prediction.
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
        - V(null) unless the task gives O(content) or O(src).
      type: str
      sample: 6dfd1a0e2b64e07a0a7d7f7b8a2f6f0b1c6b8ae3b3f9a8f5c3d5c7f4f3b5e1a2
    active:
      description: Whether the certificate is active in the organization.
      type: bool
      sample: false
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the certificate before, with the fingerprint in place of its content. V(null) if
          it did not exist.
      type: dict
    after:
      description:
        - The same afterwards. V(null) if it was deleted.
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
    - deactivate certificate 'gateway-2026' in project 'search-prod'
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

from ansible_collections.community.openai_admin.plugins.module_utils._certificates.plan import (
    plan_certificate,
    where_active,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import manage
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import CERTIFICATE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(CERTIFICATE, planner=plan_certificate, read_more=where_active)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
