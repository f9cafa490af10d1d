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
  - Read an organization in exactly the shape that M(community.openai_admin.organization) takes. To declare what
    comes back changes nothing.
  - Everything is sorted by names. An ID stands only where a name does not tell one object from another.
options:
  include:
    description:
      - What to read. Each collection is read once, that of projects once in each active project.
      - Of V(project_users), owners of the organization are left out, since they own every project whatever is
        declared. V(users) are read for that as well. Service accounts among V(users) are left out.
      - Of V(invites), only pending ones are returned.
      - V(spend_limits) and V(data_retentions) are those of the organization and of each project, in which they are
        called C(spend_limit) and C(data_retention). A limit that is not set is left out.
      - V(certificates) are those of the organization, with their contents, which takes a request for each.
        V(project_certificates) are those that are active in each project.
    type: list
    elements: str
    choices:
      - projects
      - users
      - invites
      - certificates
      - spend_limits
      - data_retentions
      - project_users
      - service_accounts
      - rate_limits
      - project_certificates
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
    description: How many requests may be under way at the same time. At least V(1), at most V(32).
    type: int
    default: 8
notes:
  - Archived projects, keys, groups, custom roles, spend limits and data retention are not included.
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

- name: See that declaring it changes nothing
  community.openai_admin.organization:
    users: "{{ existing.organization.users }}"
    invites: "{{ existing.organization.invites }}"
    projects: "{{ existing.organization.projects }}"
  check_mode: true

- name: Read who is in which project, and nothing else
  community.openai_admin.organization_info:
    include: [project_users]
"""

RETURN = r"""
---
ids:
  description:
    - IDs by names, of what O(include) names. Names that several objects have are left out, and so is what is not
      exported, such as invites that have expired. Addresses are the same in upper and lower case.
    - Those of service accounts are by the names of projects.
  returned: success
  type: dict
  sample:
    projects:
      search-prod: proj_abc
    users:
      platform-owner@example.com: user-abc
    invites: {}
    certificates: {}
    service_accounts:
      search-prod:
        search-api: svc_abc
organization:
  description:
    - The organization, as M(community.openai_admin.organization) takes it. It has only the collections that
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
    projects:
      description: The active projects, and what lies in each of them.
      returned: where O(include) names them or what lies in them
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
