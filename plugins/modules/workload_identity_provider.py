#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: workload_identity_provider
short_description: Manage workload identity providers of an OpenAI organization
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Create, change and delete workload identity providers, which are issuers of OpenID Connect tokens outside OpenAI,
    such as GitHub Actions, GitLab, or a Kubernetes cluster.
  - A provider alone lets nobody in. Rules decide which of its tokens can act as which service account. Manage these
    with M(community.openai_admin.federation_rule).
options:
  name:
    description:
      - Name of the provider, unique in the organization.
      - With O(workload_identity_provider_id), the task renames the provider to this name.
    type: str
  workload_identity_provider_id:
    description:
      - ID of the provider. It takes precedence over O(name), unless it is null or empty.
      - One of O(name) and O(workload_identity_provider_id) is required.
      - The task fails if the ID does not exist, except that with O(state=absent) there is nothing to do.
    type: str
  issuer:
    description:
      - Issuer of the tokens, the value of their claim C(iss). A trailing slash does not matter.
      - Required for a new provider.
    type: str
  audience:
    description:
      - Audience that the tokens must have, in their claim C(aud). Give your workloads the same value, such as
        V(https://api.openai.com/v1).
      - Required for a new provider.
    type: str
  description:
    description:
      - Description of the provider.
      - An empty string removes it. If omitted, it stays as it is.
    type: str
  enabled:
    description:
      - Whether OpenAI accepts tokens of this issuer. V(false) stops that without removing any rules.
      - A new provider is enabled by default. If omitted, it stays as it is.
    type: bool
  attribute_transformations:
    description:
      - Attributes that are computed from claims, for the matchers of rules. Keys are the names of attributes, values
        are expressions in Common Expression Language (CEL), in which C(assertion) is the token.
      - All names begin with C(openai.). The task adds this if it is missing. Rules always name them in full.
      - The complete dictionary, of at most 20 attributes. The task removes all others. An empty dictionary removes all.
        If omitted, they stay as they are.
    type: dict
  discovery_url:
    description:
      - Address of the issuer's discovery document, if it is not below O(issuer).
      - An empty string stands for the address below O(issuer), which is also what a new provider uses.
      - If the provider has uploaded keys, setting this makes it use discovery.
    type: str
  jwks:
    description:
      - Public keys of the issuer, for an issuer whose keys OpenAI cannot reach. This is a JSON Web Key Set as JSON
        text.
      - The task rejects private and symmetric keys before any request, without showing them. Each key needs its own
        C(kid).
      - Some versions of ansible-core convert a template whose result is JSON to a dictionary, which this option does
        not accept. Use O(jwks_path), or end the template with the filter C(to_json).
      - O(jwks), O(jwks_path) and O(discovery_url) exclude each other.
    type: str
  jwks_path:
    description:
      - File with the public keys, on the host where the task runs. Its content is used as O(jwks).
    type: path
  state:
    description:
      - V(present) makes sure that the provider exists as the task says.
      - V(absent) deletes it. The task fails if the provider still has rules, and names them.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - Tokens of providers cannot call the Administration API. The tasks of this collection always need an admin key.
  - OpenAI reads the keys of an issuer at most every 10 minutes.
  - The type of a new provider is always C(oidc). A provider of another type, which the dashboard can create, is shown
    and can be deleted, but not changed.
seealso:
  - module: community.openai_admin.workload_identity_provider_info
  - module: community.openai_admin.federation_rule
  - name: OpenAI guide to workload identity federation
    description: How workloads exchange their tokens.
    link: https://platform.openai.com/docs/guides/workload-identity-federation
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Accept tokens of GitHub Actions
  community.openai_admin.workload_identity_provider:
    name: github
    issuer: https://token.actions.githubusercontent.com
    audience: https://api.openai.com/v1

- name: Accept tokens of a cluster whose keys OpenAI cannot read
  community.openai_admin.workload_identity_provider:
    name: cluster
    issuer: https://kubernetes.default.svc.cluster.local
    audience: https://api.openai.com/v1
    attribute_transformations:
      namespace: assertion["kubernetes.io"].namespace
    jwks: "{{ {'keys': [cluster_key]} | to_json }}"
  vars:
    cluster_key: {kty: RSA, kid: "2026-11", use: sig, alg: RS256, n: 0vx7agoebGcQ, e: AQAB}

- name: Stop accepting tokens, but keep the rules
  community.openai_admin.workload_identity_provider:
    name: github
    issuer: https://token.actions.githubusercontent.com
    audience: https://api.openai.com/v1
    enabled: false

- name: Delete a provider without rules
  community.openai_admin.workload_identity_provider:
    name: cluster
    state: absent
"""

RETURN = r"""
---
workload_identity_provider:
  description:
    - The provider after the task, or as predicted in check mode. For a deleted provider, the last state.
    - With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the provider. V(null) in a prediction.
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
        - When the provider was created, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396681
    updated_at:
      description:
        - When the provider was last changed, in Unix seconds. V(null) in a prediction of a change.
      type: int
      sample: 1795396681
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the provider before. V(null) if it did not exist.
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
  sample: ["create workload identity provider 'github'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.workload_identity_provider import (
    WORKLOAD_IDENTITY_PROVIDER,
)
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(WORKLOAD_IDENTITY_PROVIDER)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
