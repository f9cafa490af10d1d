#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: service_tiers_info
short_description: Read which service tiers the projects of an OpenAI organization may use
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read which service tiers the requests of a project, or of each active project, may use.
options:
  max_results:
    description:
      - Return at most this many entries in total. At least 1.
    type: int
seealso:
  - module: community.openai_admin.service_tiers
  - module: community.openai_admin.usage_info
  - name: OpenAI API reference
    description: OpenAI's documentation of service tier settings.
    link: https://platform.openai.com/docs/api-reference/administration
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.info
"""

EXAMPLES = r"""
---
- name: Read the tiers of all active projects
  community.openai_admin.service_tiers_info:
  register: tiers

- name: Name the projects that may use all tiers
  ansible.builtin.debug:
    msg: "{{ tiers.service_tiers | selectattr('enabled', 'eq', 'all') | map(attribute='project') }}"
"""

RETURN = r"""
---
service_tiers:
  description:
    - The tiers, project by project.
  returned: success
  type: list
  elements: dict
  contains:
    default:
      description:
        - Tier of requests without a tier.
      type: str
      sample: standard
    enabled:
      description:
        - Tiers that requests may use besides V(standard). V(all), or a list.
      type: raw
      sample: [flex]
    project:
      description:
        - Name of the project. V(null) if the task gives O(project_id) without O(project).
      type: str
      sample: search-prod
    project_id:
      description:
        - ID of the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_tiers import SERVICE_TIERS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(SERVICE_TIERS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
