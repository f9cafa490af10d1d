#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: usage_info
short_description: Read what an OpenAI organization used
version_added: 0.1.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read tokens, requests, images, seconds and bytes that the organization used, in buckets of time, and their sums.
  - What it costs is told by M(community.openai_admin.cost_info).
options:
  kind:
    description:
      - What was used. Each kind has its own filters and groups. The task fails if one is named that the kind does not
        have, and lists those that it has.
      - This option is always needed.
    type: str
    choices:
      - completions
      - embeddings
      - moderations
      - images
      - audio_speeches
      - audio_transcriptions
      - vector_stores
      - code_interpreter_sessions
      - file_search_calls
      - web_search_calls
      - decisions
  bucket_width:
    description:
      - How long the buckets are, in which the API counts. Of V(1m) there are 1,440 in a day.
    type: str
    choices:
      - 1m
      - 1h
      - 1d
    default: 1d
  group_by:
    description:
      - What to divide by.
      - All kinds have V(project_id). V(vector_stores) and V(code_interpreter_sessions) have no other.
        All others have V(user_id) and V(api_key_id), and all of these but V(file_search_calls) have V(model).
      - V(completions) and V(decisions) also have V(batch), V(service_tier) and V(api_source), V(images) have V(size)
        and V(source), V(file_search_calls) have V(vector_store_id), and V(web_search_calls) have V(context_level)
        and V(api_source).
    type: list
    elements: str
    choices:
      - project_id
      - user_id
      - api_key_id
      - model
      - batch
      - service_tier
      - api_source
      - size
      - source
      - vector_store_id
      - context_level
  user_ids:
    description: Only of people of these IDs. Not for V(vector_stores) and V(code_interpreter_sessions).
    type: list
    elements: str
  api_key_ids:
    description: Only of keys of these IDs. Not for V(vector_stores) and V(code_interpreter_sessions).
    type: list
    elements: str
  models:
    description: Only of these models. For all kinds that can be grouped by V(model).
    type: list
    elements: str
  batch:
    description: Only of batch jobs, or only of all others. For V(completions) and V(decisions).
    type: bool
  sizes:
    description: Only of images of these sizes. For V(images).
    type: list
    elements: str
    choices:
      - 256x256
      - 512x512
      - 1024x1024
      - 1792x1792
      - 1024x1792
  sources:
    description: Only of images that were made in these ways. For V(images).
    type: list
    elements: str
    choices:
      - image.generation
      - image.edit
      - image.variation
  vector_store_ids:
    description: Only of vector stores of these IDs. For V(file_search_calls).
    type: list
    elements: str
  context_levels:
    description: Only of these levels of context. For V(web_search_calls).
    type: list
    elements: str
    choices:
      - low
      - medium
      - high
seealso:
  - module: community.openai_admin.cost_info
  - name: OpenAI API reference, usage
    description: What the API says of usage.
    link: https://platform.openai.com/docs/api-reference/usage
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.report_scope.buckets
"""

EXAMPLES = r"""
---
- name: Read the tokens of last month by project and model
  community.openai_admin.usage_info:
    kind: completions
    month: 2026-10
    group_by: [project_id, model]
  register: tokens

- name: Show them
  ansible.builtin.debug:
    msg: "{{ item.project }}, {{ item.model }}: {{ item.input_tokens }} in, {{ item.output_tokens }} out"
  loop: "{{ tokens.totals }}"
  loop_control:
    label: "{{ item.project_id }}"

- name: Read the images of the last seven days of one project, hour by hour
  community.openai_admin.usage_info:
    kind: images
    since: 7d
    bucket_width: 1h
    projects: [search-prod]

- name: Read who used which key since the beginning of October
  community.openai_admin.usage_info:
    kind: completions
    start_time: 2026-10-01
    group_by: [user_id, api_key_id]
    names: [user_id, api_key_id]
"""

RETURN = r"""
---
buckets:
  description: The buckets, in order of time, as the API words them.
  returned: success
  type: list
  elements: dict
  contains:
    start_time:
      description: When the bucket begins, in Unix seconds.
      type: int
      sample: 1793491200
    end_time:
      description: When the next one begins, in Unix seconds.
      type: int
      sample: 1793577600
    results:
      description: One result a group, none where nothing was used. What was not asked for in O(group_by) is V(null).
      type: list
      elements: dict
      sample:
        - input_tokens: 5120
          output_tokens: 980
          num_model_requests: 12
          project_id: proj_CABoAQ9gqh9xzdiOINPmykFR
          model: gpt-5
totals:
  description: The sums over all buckets, one a group of O(group_by), the largest first.
  returned: success
  type: list
  elements: dict
  sample:
    - project_id: proj_CABoAQ9gqh9xzdiOINPmykFR
      project: search-prod
      model: gpt-5
      input_tokens: 512000
      output_tokens: 98000
      num_model_requests: 1200
total:
  description: The sums over all groups.
  returned: success
  type: dict
  sample:
    input_tokens: 512000
    output_tokens: 98000
    num_model_requests: 1200
requests:
  description:
    - Where the task waited for the API. There is one key for each method and route, such as
      C(GET /organization/projects). Its value is a dictionary with the numbers C(sent) (requests), C(retries)
      (of these, sent again) and C(waited) (seconds).
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

from ansible_collections.community.openai_admin.plugins.module_utils._report import report_task
from ansible_collections.community.openai_admin.plugins.module_utils._reports.usage import FILTERS, USAGE
from ansible_collections.community.openai_admin.plugins.module_utils._runner import run

TASK = report_task(USAGE, FILTERS, select="kind")


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
