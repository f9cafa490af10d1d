#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: rate_limit
short_description: Manage rate limits in projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Change the rate limits of a project for a model. The task compares and sends only the limits that it names.
options:
  model:
    description:
      - Name of the model. Required.
      - If the project has no limits for this model, the task fails and lists models with limits.
    type: str
  max_requests_per_1_minute:
    description:
      - Requests per minute that the project may send to the model. At least 0.
      - If omitted, it stays as it is.
    type: int
  max_tokens_per_1_minute:
    description:
      - Tokens per minute that the project may send to the model. At least 0.
      - If omitted, it stays as it is.
    type: int
  max_images_per_1_minute:
    description:
      - Images per minute that the project may send to the model. At least 0.
      - If omitted, it stays as it is.
    type: int
  max_audio_megabytes_per_1_minute:
    description:
      - Megabytes of audio per minute that the project may send to the model. At least 0.
      - If omitted, it stays as it is.
    type: int
  max_requests_per_1_day:
    description:
      - Requests per day that the project may send to the model. At least 0.
      - If omitted, it stays as it is.
    type: int
  batch_1_day_max_input_tokens:
    description:
      - Input tokens per day, in batches, that the project may send to the model. At least 0.
      - If omitted, it stays as it is.
    type: int
notes:
  - Each model of a project has one set of limits, which exists as long as the project can use the model.
  - The API cannot reset limits. To be able to restore them, keep what M(community.openai_admin.rate_limit_info)
    returns.
  - Not every limit applies to every model. If a limit does not apply, the task fails and lists those that do.
  - A project's limit cannot exceed that of the organization. If the API rejects a higher limit, or sets a lower one
    than the task asks for, the task fails and shows the limit that is set, and reports a change if that differs from
    the previous one.
  - In check mode, the limits of a project that does not exist yet cannot be compared. The task then reports a change
    and warns.
seealso:
  - module: community.openai_admin.rate_limit_info
  - name: OpenAI API reference, project rate limits
    description: OpenAI's documentation of rate limits.
    link: https://platform.openai.com/docs/api-reference/project-rate-limits
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Limit what a project may send to a model
  community.openai_admin.rate_limit:
    project: search-prod
    model: gpt-5
    max_requests_per_1_minute: 100
    max_tokens_per_1_minute: 100000

- name: Create the project and pass its ID on, so that no other task lists projects
  community.openai_admin.project:
    name: search-prod
  register: search_prod

- name: Limit several models
  community.openai_admin.rate_limit:
    project: search-prod
    project_id: "{{ search_prod.project.id }}"
    model: "{{ item.model }}"
    max_requests_per_1_minute: "{{ item.requests }}"
    max_images_per_1_minute: "{{ item.images | default(omit) }}"
  loop:
    - {model: gpt-5, requests: 100}
    - {model: gpt-image-1, requests: 20, images: 2}
  loop_control:
    label: "{{ item.model }}"

- name: See whether somebody changed the limits
  community.openai_admin.rate_limit:
    project: search-prod
    model: gpt-5
    max_requests_per_1_minute: 100
  check_mode: true
  diff: true
  register: audit
  failed_when: audit is failed or audit is changed
"""

RETURN = r"""
---
rate_limit:
  description:
    - The limits after the task, or as predicted in check mode.
    - If check mode predicts the project, limits that the task does not name are V(null).
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the rate limit. V(null) if check mode predicts the project.
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
        - Identity and named options of the rate limit before. V(null) if it did not exist.
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
done:
  description: What the task had already done when it failed. RV(ignore:changed) is then V(true).
  returned: when the task fails after a write
  type: list
  elements: str
  sample: ["update rate limit 'gpt-5' of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(RATE_LIMIT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
