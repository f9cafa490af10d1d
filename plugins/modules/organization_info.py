#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: organization_info
short_description: Read a whole OpenAI organization as a declaration
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read an organization in exactly the form that M(community.openai_admin.organization) takes. Declaring the result
    changes nothing.
  - Everything is sorted by name. The result contains IDs only if names are ambiguous.
options:
  include:
    description:
      - What to read. The task reads each collection once, and collections of projects once in each active project.
      - V(project_users) omits owners of the organization, who own every project regardless of the declaration. To find
        them, the task also reads V(users). V(users) omits service accounts.
      - V(invites) contains only pending invites.
      - V(spend_limits) and V(data_retentions) are those of the organization and of each project, where their names are
        C(spend_limit) and C(data_retention). Limits that are not set are omitted.
      - V(model_permissions) are those of the projects that may not use all models. V(hosted_tools)
        and V(service_tiers) are those of each project.
      - V(roles) are the custom roles of the organization and of each project. Predefined roles are omitted.
      - V(group_members) are the members of groups. To name service accounts by their projects, the task also reads
        those of all projects. For groups that an identity provider manages, it returns no members.
      - V(project_groups) are the groups that have access to each project.
      - V(role_assignments) are the roles of groups, in the organization and in each project, and the custom roles of
        people there. They cost one request for each group and person of the organization, and for each of each project.
        Roles that come from groups are omitted.
      - V(spend_alerts) are those of the organization and of each project.
      - V(federation_rules) are the rules of workload identity providers, which cost one request for each provider.
      - V(certificates) are those of the organization, with their contents, which costs one request for each.
        V(project_certificates) are those that are active in each project.
    type: list
    elements: str
    choices:
      - projects
      - users
      - invites
      - certificates
      - roles
      - groups
      - group_members
      - role_assignments
      - spend_alerts
      - spend_limits
      - data_retentions
      - external_keys
      - external_storage
      - workload_identity_providers
      - federation_rules
      - project_users
      - service_accounts
      - rate_limits
      - project_certificates
      - project_groups
      - model_permissions
      - hosted_tools
      - service_tiers
    default:
      - projects
      - users
      - invites
      - certificates
      - project_users
      - service_accounts
      - rate_limits
      - project_certificates
  workers:
    description: Maximum number of concurrent requests. At least V(1), at most V(32).
    type: int
    default: 8
notes:
  - Archived projects and keys are not included. Custom roles, groups, and what projects may cost and use, are included
    only where O(include) names them.
seealso:
  - module: community.openai_admin.organization
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the organization
  community.openai_admin.organization_info:
  register: existing

- name: Check that declaring it changes nothing
  community.openai_admin.organization:
    users: "{{ existing.organization.users }}"
    invites: "{{ existing.organization.invites }}"
    projects: "{{ existing.organization.projects }}"
  check_mode: true

- name: Read only the people of projects
  community.openai_admin.organization_info:
    include: [project_users]
"""

RETURN = r"""
---
ids:
  description:
    - IDs of the objects that O(include) names, by name. Ambiguous names are omitted, and so are objects that are not
      exported, such as expired invites. The case of addresses does not matter.
    - IDs of service accounts are grouped by name of the project. They are also returned where O(include) names members
      of groups, which service accounts can be. C(project_roles) are those of the custom roles of projects,
      grouped in the same way.
  returned: success
  type: dict
  sample:
    projects:
      search-prod: proj_abc
    users:
      platform-owner@example.com: user-abc
    invites: {}
    certificates: {}
    roles: {}
    groups: {}
    service_accounts:
      search-prod:
        search-api: svc_abc
organization:
  description:
    - The organization in the form that M(community.openai_admin.organization) takes, with only the collections that
      O(include) names.
  returned: success
  type: dict
  contains:
    users:
      description: People of the organization.
      returned: where O(include) names them
      type: list
      elements: dict
      sample:
        - email: platform-owner@example.com
          role: owner
    invites:
      description: Invites that nobody has accepted yet.
      returned: where O(include) names them
      type: list
      elements: dict
      sample:
        - email: new@example.com
          role: reader
          projects:
            - project: search-prod
              role: member
    certificates:
      description: Certificates for mutual TLS.
      returned: where O(include) names them
      type: list
      elements: dict
      sample:
        - name: gateway-2027
          content: |
            -----BEGIN CERTIFICATE-----
            (…)
            -----END CERTIFICATE-----
          active: true
    roles:
      description: Custom roles of the organization.
      returned: where O(include) names them
      type: list
      elements: dict
      version_added: 0.10.0
      sample:
        - name: Usage viewer
          permissions: [api.usage.read]
    groups:
      description: Groups, who is in them, and the roles that they have.
      returned: where O(include) names them or their members
      type: list
      elements: dict
      version_added: 0.10.0
      sample:
        - name: okta-finance
          scim: true
        - name: search-team
          members:
            - email: search-lead@example.com
            - service_account: search-api
              project: search-prod
          roles:
            - Usage viewer
    projects:
      description: The active projects and their objects.
      returned: if O(include) names them, or objects in them
      type: list
      elements: dict
      sample:
        - name: search-prod
          users:
            - email: search-lead@example.com
              role: owner
          service_accounts:
            - name: search-api
              role: member
          rate_limits:
            - model: gpt-5
              max_requests_per_1_minute: 500
              max_tokens_per_1_minute: 500000
          groups:
            - group: search-team
              roles:
                - viewer
          certificates:
            - name: gateway-2027
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

from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.export import export_organization

TASK = export_organization()


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
