#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: rate_limit_info
short_description: Read rate limits in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the rate limits of a project, or of each active project.
options:
  model:
    description:
      - Return only the limits for this model.
    type: str
  max_results:
    description:
      - Return at most this many rate limits in total. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.rate_limit
  - name: OpenAI API reference, project rate limits
    description: OpenAI's documentation of rate limits.
    link: https://platform.openai.com/docs/api-reference/project-rate-limits
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.project_scope.info
"""

EXAMPLES = r"""
---
- name: Read the limits of a project
  community.openai_admin.rate_limit_info:
    project: search-prod
  register: limits

- name: Keep them to be able to restore them
  ansible.builtin.copy:
    content: "{{ limits.rate_limits | to_nice_yaml }}"
    dest: "{{ playbook_dir }}/search-prod.limits.yml"
    mode: "0644"
  delegate_to: localhost

- name: Read the limits of all active projects for one model
  community.openai_admin.rate_limit_info:
    model: gpt-5
  register: gpt5

- name: Show requests per minute by project
  ansible.builtin.debug:
    msg: "{{ gpt5.rate_limits | items2dict(key_name='project', value_name='max_requests_per_1_minute') }}"
"""

RETURN = r"""
---
rate_limits:
  description:
    - The limits, project by project. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the rate limit.
      type: str
      sample: rl-gpt-5
    model:
      description:
        - The model that the limits are for.
      type: str
      sample: gpt-5
    max_requests_per_1_minute:
      description:
        - Requests per minute. V(null) if this limit does not apply to the model.
      type: int
      sample: 500
    max_tokens_per_1_minute:
      description:
        - Tokens per minute. V(null) if this limit does not apply to the model.
      type: int
      sample: 500000
    max_images_per_1_minute:
      description:
        - Images per minute. V(null) if this limit does not apply to the model.
      type: int
      sample: null
    max_audio_megabytes_per_1_minute:
      description:
        - Megabytes of audio per minute. V(null) if this limit does not apply to the model.
      type: int
      sample: null
    max_requests_per_1_day:
      description:
        - Requests per day. V(null) if this limit does not apply to the model.
      type: int
      sample: null
    batch_1_day_max_input_tokens:
      description:
        - Input tokens per day in batches. V(null) if this limit does not apply to the model.
      type: int
      sample: 1500000
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(RATE_LIMIT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
