#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workload_identity_provider_info
short_description: Read workload identity providers of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read all workload identity providers of the organization, the one with a name, or the one with an ID.
  - Read their rules with M(community.openai_admin.federation_rule_info).
options:
  name:
    description:
      - Return only the provider with this name.
    type: str
  workload_identity_provider_id:
    description:
      - Return only the provider with this ID. An empty list if there is none.
    type: str
  max_results:
    description:
      - Return at most this many providers. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.workload_identity_provider
  - module: community.openai_admin.federation_rule_info
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read all workload identity providers
  community.openai_admin.workload_identity_provider_info:
  register: outside

- name: Show the issuers whose tokens OpenAI accepts
  ansible.builtin.debug:
    msg: "{{ outside.workload_identity_providers | selectattr('enabled') | map(attribute='issuer') }}"
"""

RETURN = r"""
---
workload_identity_providers:
  description:
    - The providers, in the order of the API. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the provider.
      type: str
      sample: wip_AQ0IgFTqwkbHyHeDsRFsuGQh
    name:
      description:
        - Name of the provider.
      type: str
      sample: github
    type:
      description:
        - Type of the provider. The API can only create V(oidc).
      type: str
      sample: oidc
    issuer:
      description:
        - Issuer of the tokens.
      type: str
      sample: https://token.actions.githubusercontent.com
    audience:
      description:
        - Audience that the tokens must have.
      type: str
      sample: https://api.openai.com/v1
    description:
      description:
        - Description of the provider, or V(null).
      type: str
      sample: null
    enabled:
      description:
        - Whether OpenAI accepts tokens of this issuer.
      type: bool
      sample: true
    attribute_transformations:
      description:
        - Expressions by the names of the attributes that they compute.
      type: dict
      sample:
        openai.namespace: assertion["kubernetes.io"].namespace
    discovery_url:
      description:
        - Address of the discovery document. V(null) if it is below the issuer, or if the keys were uploaded.
      type: str
      sample: null
    jwks:
      description:
        - Uploaded public keys, as the dictionary of a JSON Web Key Set. V(null) if discovery finds the keys.
      type: dict
      sample: null
    created_at:
      description:
        - When the provider was created, in Unix seconds.
      type: int
      sample: 1795396681
    updated_at:
      description:
        - When the provider was last changed, in Unix seconds.
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.workload_identity_provider import (
    WORKLOAD_IDENTITY_PROVIDER,
)
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(WORKLOAD_IDENTITY_PROVIDER)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
