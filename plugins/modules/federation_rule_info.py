#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: federation_rule_info
short_description: Read which outside tokens can act as service accounts of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the federation rules of a workload identity provider, or of all providers.
options:
  workload_identity_provider:
    description:
      - Name of the provider to read from.
      - If neither O(workload_identity_provider) nor O(workload_identity_provider_id) nor O(workload_identity_providers)
        is given, the task reads all providers, with one request or more for each.
      - A provider that does not exist fails. In check mode, the result is an empty list and a warning instead.
    type: str
  workload_identity_provider_id:
    description:
      - ID of the provider to read from. It takes precedence over O(workload_identity_provider), unless it is null or
        empty.
    type: str
  workload_identity_providers:
    description:
      - Providers to read from, as M(community.openai_admin.workload_identity_provider_info) returns them, so that
        several tasks need not list them again. Of each, C(id) is required and C(name) is used.
    type: list
    elements: dict
  service_account_id:
    description:
      - Return only the rules for the service account with this ID.
    type: str
  workload_identity_federation_rule_id:
    description:
      - Return only the rule with this ID.
    type: str
  max_results:
    description:
      - Return at most this many rules, in all. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.federation_rule
  - module: community.openai_admin.workload_identity_provider_info
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read all rules
  community.openai_admin.federation_rule_info:
  register: outside

- name: Show those whose tokens may do whatever their service account may do
  ansible.builtin.debug:
    msg: "{{ outside.federation_rules | rejectattr('scopes') | map(attribute='match') }}"
"""

RETURN = r"""
---
federation_rules:
  description:
    - The rules, provider by provider. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the rule.
      type: str
      sample: wifr_AQ0IgFTqwkbHyHeDsRFsuGQh
    project_id:
      description:
        - ID of the service account's project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    service_account_id:
      description:
        - ID of the service account.
      type: str
      sample: svc_acct_XgzpkKJqvJ3BqVXJ2kpoVJ7D
    name:
      description:
        - Name of the rule, or V(null).
      type: str
      sample: deploy
    description:
      description:
        - Description of the rule, or V(null).
      type: str
      sample: null
    enabled:
      description:
        - Whether OpenAI accepts tokens that match.
      type: bool
      sample: true
    match:
      description:
        - What the claims of a token must be.
      type: dict
      sample:
        repository: example/search
        ref: refs/heads/main
    scopes:
      description:
        - Scopes of matching tokens. V(null) if these may do whatever the service account may do.
      type: list
      elements: str
      sample: [api.responses.write]
    created_at:
      description:
        - When the rule was created, in Unix seconds.
      type: int
      sample: 1795396681
    updated_at:
      description:
        - When the rule was last changed, in Unix seconds.
      type: int
      sample: 1795396681
    workload_identity_provider:
      description:
        - Name of the provider. V(null) if the task gives O(workload_identity_provider_id) without
          O(workload_identity_provider).
      type: str
      sample: github
    workload_identity_provider_id:
      description:
        - ID of the provider.
      type: str
      sample: wip_AQ0IgFTqwkbHyHeDsRFsuGQh
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.federation_rule import FEDERATION_RULE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(FEDERATION_RULE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
