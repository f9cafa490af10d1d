# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
requirements:
  - python >= 3.9 (where the module runs)
  - requests >= 2.28 (Python library, where the module runs)
options:
  admin_key:
    description:
      - The admin key of the organization. Owners of the organization create admin keys; they begin with C(sk-admin-).
      - If not set, the environment variable E(OPENAI_ADMIN_KEY) is used.
      - E(OPENAI_API_KEY) is never used. Project API keys do not work here.
    type: str
  base_url:
    description:
      - Base URL of the API.
      - If not set, the environment variable E(OPENAI_BASE_URL) is used, otherwise V(https://api.openai.com/v1).
      - It must begin with V(https://), unless the host is the local machine (V(localhost), V(127.0.0.1) or V(::1)). It
        must not contain a user name or a password.
      - An organization with active certificates requires mutual TLS. For such an organization, set
        V(https://mtls.api.openai.com/v1), O(client_cert) and O(client_key).
    type: str
  organization_id:
    description:
      - ID of the organization, sent as the header C(OpenAI-Organization).
      - If not set, the environment variable E(OPENAI_ORG_ID) is used. Without either, the header is not sent.
    type: str
  validate_certs:
    description:
      - Whether the server's certificate is verified.
      - V(false) hands the admin key to whoever answers. Use O(ca_path) for a private certificate authority instead.
    type: bool
    default: true
  ca_path:
    description:
      - File with the certificate authorities to trust, or folder of them.
      - If not set, the environment variable E(OPENAI_CA_PATH) is used, otherwise the default of the Python library
        requests, which E(REQUESTS_CA_BUNDLE) changes.
    type: path
  client_cert:
    description:
      - File with the client certificate for mutual TLS, in PEM format. It may contain the private key too.
      - If not set, the environment variable E(OPENAI_MTLS_CERT_PATH) is used.
      - If that is not set either, the environment variable E(OPENAI_MTLS_CLIENT_CERT_FILE) is used, as by OpenAI's own
        command line, unless E(OPENAI_MTLS_KEY_PATH) is set, since a certificate and its key belong together.
    type: path
  client_key:
    description:
      - File with the private key of O(client_cert), in PEM format.
      - If not set, the environment variable E(OPENAI_MTLS_KEY_PATH) is used.
      - If that is not set either, the environment variable E(OPENAI_MTLS_CLIENT_KEY_FILE) is used, unless
        E(OPENAI_MTLS_CERT_PATH) is set.
    type: path
  client_key_passphrase:
    description:
      - Passphrase of an encrypted O(client_key).
    type: str
  timeout:
    description:
      - Timeout in seconds for connecting, and then for each part of the answer. O(max_wait) limits the time for the
        whole answer.
    type: float
    default: 60.0
  max_wait:
    description:
      - Seconds that a request may wait without progress while the API limits the rate, or does not answer.
      - The count restarts whenever another request to the same route succeeds.
      - With V(0), the task fails instead of waiting.
      - It also limits the time for one whole answer, unless O(timeout) is longer, so that a server that sends single
        bytes cannot block a task.
    type: float
    default: 120.0
notes:
  - A relative path, in an option or an environment variable, starts in the directory in which you started Ansible, if
    the task runs on the controller. Use absolute paths on other hosts.
  - An empty or blank environment variable counts as not set. The task reads environment variables on the host on which
    it runs.
  - E(HTTPS_PROXY), E(NO_PROXY) and E(REQUESTS_CA_BUNDLE) are respected.
  - Tasks for C(localhost) run inside the controller if possible, which saves a Python process for each task. A task
    runs as an ordinary module when it has C(async), C(become) or C(environment), a connection other than C(local),
    another Python interpreter or a file to write, when the controller's Python has no requests, or when
    E(OPENAI_ADMIN_IN_PROCESS) is V(false) in the controller's environment. The results are the same.
  - If the inventory has an entry for C(localhost), give it C(ansible_connection=local) and the variable
    C(ansible_python_interpreter) with the value C({{ ansible_playbook_python }}). Otherwise, modules run with a Python
    that Ansible discovers, which may lack requests. The implicit C(localhost) needs neither.
  - The Administration API allows few requests per minute on each route; measurements showed 7 to 10. The task retries a
    request that the API rejects for this reason. See O(max_wait).
"""
