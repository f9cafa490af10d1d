#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: federation_rule
short_description: Manage which outside tokens can act as service accounts of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Create, change and delete federation rules, which the dashboard calls service account mappings. A rule lets tokens
    of a workload identity provider act as a service account, without an API key.
  - A provider has at most one rule for each service account, so that provider and service account identify a rule.
options:
  workload_identity_provider:
    description:
      - Name of the provider.
      - One of O(workload_identity_provider) and O(workload_identity_provider_id) is required. The ID takes precedence,
        unless it is null or empty.
      - In check mode, a provider that does not exist counts as one that an earlier task would create, and the task
        warns.
    type: str
  workload_identity_provider_id:
    description:
      - ID of the provider.
      - In check mode, a null or empty ID stands for a provider that an earlier task would create. In a real run, the
        task then fails.
    type: str
  project:
    description:
      - Name of the service account's project. Needed with O(service_account), and for a new rule.
    type: str
  project_id:
    description:
      - ID of that project. It takes precedence over O(project), unless it is null or empty.
    type: str
  service_account:
    description:
      - Name of the service account in the project.
      - In check mode, an account that does not exist counts as one that an earlier task would create, and the task
        warns.
    type: str
  service_account_id:
    description:
      - ID of the service account. It takes precedence over O(service_account), unless it is null or empty.
      - One of O(service_account), O(service_account_id) and O(workload_identity_federation_rule_id) is required.
    type: str
  workload_identity_federation_rule_id:
    description:
      - ID of the rule. It takes precedence over the service account, unless it is null or empty. Project and service
        account of a rule cannot be changed.
    type: str
  name:
    description:
      - Name of the rule, unique in the provider. An empty string removes it. If omitted, it stays as it is.
    type: str
  description:
    description:
      - Description of the rule. An empty string removes it. If omitted, it stays as it is.
    type: str
  enabled:
    description:
      - Whether OpenAI accepts tokens that match. A new rule is enabled by default. If omitted, it stays as it is.
    type: bool
  match:
    description:
      - What the claims of a token must be, all of them. C(attribute_matchers) in the API's reference. Required for a
        new rule.
      - A key is the name of a claim, or of an attribute that the provider computes, which begins with C(openai.). The
        API compares these attributes as strings.
      - A value is a string, a number, or true or false. C(*) at the end of a string stands for any text.
      - The task rejects what would let strangers in. That is an empty dictionary, a value that is only C(*), and, for
        issuers whose tokens anybody can get, such as GitHub Actions, only claims that name nobody, such as C(aud) and
        C(ref). It warns about other rules that many tokens match.
      - The complete dictionary. If omitted, it stays as it is.
    type: dict
  scopes:
    description:
      - Scopes of matching tokens, such as V(api.responses.write). The roles of the service account limit them further.
      - Without scopes, which is the default of a new rule, tokens may do whatever the service account may do, and the
        task warns. An empty list sets that.
      - The complete list, in any order. If omitted, they stay as they are.
    type: list
    elements: str
  state:
    description:
      - V(present) makes sure that the rule exists as the task says, V(absent) that it does not exist.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - Set up the service account and its roles first, then the rule. Delete the rule before its service account.
  - If a task gives the provider by ID, it reads the provider before it changes O(match).
seealso:
  - module: community.openai_admin.federation_rule_info
  - module: community.openai_admin.workload_identity_provider
  - module: community.openai_admin.service_account
  - name: OpenAI guide to workload identity federation
    description: Which claims the tokens of common issuers have.
    link: https://platform.openai.com/docs/guides/workload-identity-federation
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Let the main branch of one repository act as a service account
  community.openai_admin.federation_rule:
    workload_identity_provider: github
    project: search-prod
    service_account: search-api
    match:
      repository: example/search
      ref: refs/heads/main
    scopes:
      - api.responses.write

- name: Stop it
  community.openai_admin.federation_rule:
    workload_identity_provider: github
    project: search-prod
    service_account: search-api
    state: absent
"""

RETURN = r"""
---
federation_rule:
  description:
    - The rule after the task, or as predicted in check mode. For a deleted rule, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the rule. V(null) in a prediction.
      type: str
      sample: wifr_AQ0IgFTqwkbHyHeDsRFsuGQh
    project_id:
      description:
        - ID of the service account's project. V(null) in check mode if it does not exist yet.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    service_account_id:
      description:
        - ID of the service account. V(null) in check mode if it does not exist yet.
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
        - When the rule was created, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396681
    updated_at:
      description:
        - When the rule was last changed, in Unix seconds. V(null) in a prediction of a change.
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
        - ID of the provider. V(null) in check mode if it does not exist yet.
      type: str
      sample: wip_AQ0IgFTqwkbHyHeDsRFsuGQh
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the rule before. V(null) if it did not exist.
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
  sample: ["create federation rule of workload identity provider 'github'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.federation_rule import FEDERATION_RULE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(FEDERATION_RULE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
