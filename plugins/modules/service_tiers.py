#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: service_tiers
short_description: Manage which service tiers the projects of an OpenAI organization may use
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Set which service tiers the requests of a project may use, and which one they use by default.
options:
  default:
    description:
      - Tier of requests without C(service_tier), or with C(auto), such as V(standard), V(fast) or V(scale).
      - V(priority), the former name of V(fast), is an error.
      - The task sends an unknown value and warns, but fails if the value looks like a misspelling of a known one.
      - If omitted, it stays as it is.
    type: str
  enabled:
    description:
      - Tiers that requests may use besides V(standard). Either V(all), or a list of tiers, such as V(flex), V(fast) and
        V(ultrafast).
      - The complete list, in any order. The task disables all other tiers.
      - V(all) includes future tiers, so it differs from a list of all tiers. An empty list leaves only V(standard).
      - If omitted, it stays as it is.
    type: raw
notes:
  - Tiers differ in price. The policy and the contract of the organization apply as well.
  - Requests for a disabled tier fail.
  - The task sends a default that is not enabled, and warns.
seealso:
  - module: community.openai_admin.service_tiers_info
  - module: community.openai_admin.usage_info
  - name: OpenAI API reference
    description: OpenAI's documentation of service tier settings.
    link: https://platform.openai.com/docs/api-reference/administration
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Use the cheapest tier by default, and disable expensive ones
  community.openai_admin.service_tiers:
    project: search-prod
    default: standard
    enabled:
      - flex

- name: Enable all tiers
  community.openai_admin.service_tiers:
    project: search-prod
    enabled: all
"""

RETURN = r"""
---
service_tiers:
  description:
    - The tiers after the task, or as predicted in check mode.
  returned: success
  type: dict
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
        - ID of the project. V(null) if check mode predicts the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - The named options before. V(null) if check mode predicts the project.
      type: dict
    after:
      description:
        - The named options afterwards.
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
  sample: ["update service tiers of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_tiers import SERVICE_TIERS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(SERVICE_TIERS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
