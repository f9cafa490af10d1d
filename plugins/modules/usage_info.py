#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: usage_info
short_description: Read what an OpenAI organization used
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the usage of one kind over a range of time, in buckets of days, hours or minutes, and its sums.
  - You can filter and group it by project, person, API key, model and more.
  - To read the costs of this usage, use M(community.openai_admin.cost_info).
options:
  kind:
    description:
      - Kind of usage. Required.
    type: str
    choices:
      - completions
      - decisions
      - embeddings
      - moderations
      - images
      - audio_speeches
      - audio_transcriptions
      - vector_stores
      - code_interpreter_sessions
      - file_search_calls
      - web_search_calls
  bucket_width:
    description:
      - The length of a bucket, a minute, an hour or a day.
      - A month in minutes is 44640 buckets. Use a wider bucket or a shorter time if RV(buckets) becomes too large.
    type: str
    choices:
      - 1m
      - 1h
      - 1d
    default: 1d
  group_by:
    description:
      - How to group the usage. If omitted, it is not grouped.
      - V(project_id) works for all kinds. V(user_id) and V(api_key_id) work for all but V(vector_stores) and
        V(code_interpreter_sessions), and V(model) for all but these two and V(file_search_calls).
      - V(batch) and V(service_tier) are for V(completions) and V(decisions), V(api_source) is for these and
        V(web_search_calls).
      - V(size) and V(source) are for V(images), V(vector_store_id) for V(file_search_calls), and V(context_level) for
        V(web_search_calls).
      - With V(project_id), the task lists the projects once for their names, including archived ones. With V(user_id),
        it lists the people once for their e-mail addresses.
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
    description:
      - Only usage of people with these IDs. As O(api_key_ids), not for V(vector_stores) and
        V(code_interpreter_sessions).
      - The task fails if the report contains nothing for an ID and nobody has that ID.
    type: list
    elements: str
  models:
    description:
      - Only usage of these models. Not for V(vector_stores), V(code_interpreter_sessions) and V(file_search_calls).
    type: list
    elements: str
  batch:
    description:
      - Only usage of batch jobs, or only other usage. For V(completions) and V(decisions).
    type: bool
  sizes:
    description:
      - Only images of these sizes, such as V(256x256), V(512x512), V(1024x1024), V(1792x1792) and V(1024x1792). For
        V(images).
    type: list
    elements: str
  sources:
    description:
      - Only images from these sources, such as V(image.generation), V(image.edit) and V(image.variation). For
        V(images).
    type: list
    elements: str
  vector_store_ids:
    description:
      - Only searches in the vector stores with these IDs. For V(file_search_calls).
    type: list
    elements: str
  context_levels:
    description:
      - Only searches with these amounts of context, such as V(low), V(medium) and V(high). For V(web_search_calls).
    type: list
    elements: str
notes:
  - One of O(start_time), O(since) and O(month) is required.
  - If the kind does not have a filter or a group, the task fails before the first request and lists the valid ones.
  - The API may have more sizes, sources and context levels. The task fails if a value looks like a misspelling of a
    known one. It sends any other unknown value and warns.
  - The first and the last bucket are shorter if the range begins or ends within them. The current bucket grows until it
    is over.
seealso:
  - module: community.openai_admin.cost_info
  - name: Usage and costs
    description: Which queries are possible, and how to read the results.
    link: https://github.com/ansible-collections/community.openai_admin/blob/main/docs/usage_and_costs.md
  - name: OpenAI API reference, usage
    description: OpenAI's documentation of usage.
    link: https://platform.openai.com/docs/api-reference/usage
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.report
  - community.openai_admin.report.buckets
"""

EXAMPLES = r"""
---
- name: Read how much each model was used last month
  community.openai_admin.usage_info:
    kind: completions
    month: last
    group_by:
      - model
  register: usage

- name: Show it
  ansible.builtin.debug:
    msg: "{{ item.model }}: {{ item.num_model_requests }} requests, {{ item.input_tokens }} tokens in"
  loop: "{{ usage.totals }}"
  loop_control:
    label: "{{ item.model }}"

- name: Read the usage of images in the last seven days by person and project
  community.openai_admin.usage_info:
    kind: images
    since: 7d
    group_by:
      - project_id
      - user_id

- name: Read batch jobs of October, hour by hour
  community.openai_admin.usage_info:
    kind: completions
    start_time: "2026-10-01"
    end_time: "2026-11-01"
    bucket_width: 1h
    batch: true

- name: Read the usage of a project by key, with names
  community.openai_admin.usage_info:
    kind: completions
    since: 24h
    projects:
      - search-prod
    group_by:
      - project_id
      - api_key_id
    api_key_names: true
"""

RETURN = r"""
---
buckets:
  description:
    - The usage in buckets of time, the oldest first, in the API's structure. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    object:
      description: What this is.
      type: str
      sample: bucket
    start_time:
      description: When the bucket begins, in Unix seconds.
      type: int
      sample: 1790812800
    end_time:
      description: When the bucket ends, in Unix seconds.
      type: int
      sample: 1790899200
    results:
      description:
        - The usage in this time, one entry for each group. An empty list if there was none.
        - Keys that it is not grouped by are V(null).
      type: list
      elements: dict
      contains:
        object:
          description: What this is.
          type: str
          sample: organization.usage.completions.result
        project_id:
          description: ID of the project.
          returned: when the kind has it
          type: str
          sample: proj_CABoAQ9gqh9xzdiOINPmykFR
        user_id:
          description: ID of the person.
          returned: when the kind has it
          type: str
          sample: user-8e2l1ZCD0ibEinzLugZKyWVc
        api_key_id:
          description: ID of the API key.
          returned: when the kind has it
          type: str
          sample: key_gR1uy0eKANo502qP8VHDxKwp
        model:
          description: The model.
          returned: when the kind has it
          type: str
          sample: gpt-5
        batch:
          description: Whether it was a batch job.
          returned: when the kind has it
          type: bool
          sample: false
        service_tier:
          description: The service tier.
          returned: when the kind has it
          type: str
          sample: default
        api_source:
          description: V(agents_api) or V(unlabeled).
          returned: when the kind has it
          type: str
          sample: unlabeled
        size:
          description: Size of the images.
          returned: when the kind has it
          type: str
          sample: 1024x1024
        source:
          description: Source of the images.
          returned: when the kind has it
          type: str
          sample: image.generation
        vector_store_id:
          description: ID of the vector store.
          returned: when the kind has it
          type: str
          sample: vs_manuals
        context_level:
          description: How much context the search took.
          returned: when the kind has it
          type: str
          sample: medium
        num_model_requests:
          description:
            - Requests to models.
          returned: when the kind is completions, decisions, embeddings, moderations, images, audio_speeches,
            audio_transcriptions or web_search_calls
          type: int
          sample: 42
        num_requests:
          description:
            - Calls of the tool.
          returned: when the kind is file_search_calls or web_search_calls
          type: int
          sample: 7
        input_tokens:
          description:
            - Tokens of input, including cached ones.
          returned: when the kind is completions, decisions, embeddings or moderations
          type: int
          sample: 120000
        input_uncached_tokens:
          description:
            - Tokens of input that were not cached.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_text_tokens:
          description:
            - Tokens of text in the input.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_audio_tokens:
          description:
            - Tokens of audio in the input.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_image_tokens:
          description:
            - Tokens of images in the input.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_cached_tokens:
          description:
            - Tokens of input that were cached.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_cached_text_tokens:
          description:
            - Tokens of text that were cached.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_cached_audio_tokens:
          description:
            - Tokens of audio that were cached.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_cached_image_tokens:
          description:
            - Tokens of images that were cached.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_cache_write_tokens:
          description:
            - Tokens that were written to the cache.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_cache_write_30m_tokens:
          description:
            - Tokens that were written to the cache for 30 minutes.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        input_cache_write_12h_tokens:
          description:
            - Tokens that were written to the cache for 12 hours.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        output_tokens:
          description:
            - Tokens of output.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        output_text_tokens:
          description:
            - Tokens of text in the output.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        output_audio_tokens:
          description:
            - Tokens of audio in the output.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        output_image_tokens:
          description:
            - Tokens of images in the output.
          returned: when the kind is completions or decisions
          type: int
          sample: 1200
        images:
          description:
            - Images.
          returned: when the kind is images
          type: int
          sample: 12
        characters:
          description:
            - Characters of text that were spoken.
          returned: when the kind is audio_speeches
          type: int
          sample: 5000
        seconds:
          description:
            - Seconds of audio that were transcribed.
          returned: when the kind is audio_transcriptions
          type: int
          sample: 600
        usage_bytes:
          description:
            - Bytes in vector stores. This adds up the values of all buckets, so divide it by the number of buckets.
          returned: when the kind is vector_stores
          type: int
          sample: 1048576
        num_sessions:
          description:
            - Sessions.
          returned: when the kind is code_interpreter_sessions
          type: int
          sample: 3
totals:
  description:
    - The sum of each group over the whole range, the largest first. An empty list if there was no usage.
    - Each entry has the group's values under the names in O(group_by), with names for IDs, and its amounts.
  returned: success
  type: list
  elements: dict
  contains:
    project_id:
      description: ID of the project.
      returned: when grouped by it
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    user_id:
      description: ID of the person.
      returned: when grouped by it
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    api_key_id:
      description: ID of the API key.
      returned: when grouped by it
      type: str
      sample: key_gR1uy0eKANo502qP8VHDxKwp
    model:
      description: The model.
      returned: when grouped by it
      type: str
      sample: gpt-5
    batch:
      description: Whether it was a batch job.
      returned: when grouped by it
      type: bool
      sample: false
    service_tier:
      description: The service tier.
      returned: when grouped by it
      type: str
      sample: default
    api_source:
      description: V(agents_api) or V(unlabeled).
      returned: when grouped by it
      type: str
      sample: unlabeled
    size:
      description: Size of the images.
      returned: when grouped by it
      type: str
      sample: 1024x1024
    source:
      description: Source of the images.
      returned: when grouped by it
      type: str
      sample: image.generation
    vector_store_id:
      description: ID of the vector store.
      returned: when grouped by it
      type: str
      sample: vs_manuals
    context_level:
      description: How much context the search took.
      returned: when grouped by it
      type: str
      sample: medium
    project:
      description: Name of the project. V(null) if it belongs to no project.
      returned: when grouped by project_id
      type: str
      sample: search-prod
    project_status:
      description: V(active) or V(archived). V(null) if it belongs to no project.
      returned: when grouped by project_id
      type: str
      sample: active
    email:
      description: E-mail address of the person. V(null) for a person who has left, and for service accounts.
      returned: when grouped by user_id
      type: str
      sample: grace@example.com
    api_key_name:
      description: Name of the API key. V(null) if it is unknown.
      returned: when O(api_key_names=true)
      type: str
      sample: search-indexer
    api_key_owner:
      description:
        - Owner of the API key, a person's e-mail address or a service account's name. V(null) if it is unknown.
      returned: when O(api_key_names=true)
      type: str
      sample: search-indexer
    api_key_deleted:
      description:
        - Whether the project no longer has the API key. V(null) if its project is archived or unknown, because its keys
          cannot be listed.
      returned: when O(api_key_names=true)
      type: bool
      sample: false
    num_model_requests:
      description:
        - Requests to models.
      returned: when the kind is completions, decisions, embeddings, moderations, images, audio_speeches,
        audio_transcriptions or web_search_calls
      type: int
      sample: 42
    num_requests:
      description:
        - Calls of the tool.
      returned: when the kind is file_search_calls or web_search_calls
      type: int
      sample: 7
    input_tokens:
      description:
        - Tokens of input, including cached ones.
      returned: when the kind is completions, decisions, embeddings or moderations
      type: int
      sample: 120000
    input_uncached_tokens:
      description:
        - Tokens of input that were not cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_text_tokens:
      description:
        - Tokens of text in the input.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_audio_tokens:
      description:
        - Tokens of audio in the input.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_image_tokens:
      description:
        - Tokens of images in the input.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_tokens:
      description:
        - Tokens of input that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_text_tokens:
      description:
        - Tokens of text that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_audio_tokens:
      description:
        - Tokens of audio that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_image_tokens:
      description:
        - Tokens of images that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cache_write_tokens:
      description:
        - Tokens that were written to the cache.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cache_write_30m_tokens:
      description:
        - Tokens that were written to the cache for 30 minutes.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cache_write_12h_tokens:
      description:
        - Tokens that were written to the cache for 12 hours.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_tokens:
      description:
        - Tokens of output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_text_tokens:
      description:
        - Tokens of text in the output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_audio_tokens:
      description:
        - Tokens of audio in the output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_image_tokens:
      description:
        - Tokens of images in the output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    images:
      description:
        - Images.
      returned: when the kind is images
      type: int
      sample: 12
    characters:
      description:
        - Characters of text that were spoken.
      returned: when the kind is audio_speeches
      type: int
      sample: 5000
    seconds:
      description:
        - Seconds of audio that were transcribed.
      returned: when the kind is audio_transcriptions
      type: int
      sample: 600
    usage_bytes:
      description:
        - Bytes in vector stores. This adds up the values of all buckets, so divide it by the number of buckets.
      returned: when the kind is vector_stores
      type: int
      sample: 1048576
    num_sessions:
      description:
        - Sessions.
      returned: when the kind is code_interpreter_sessions
      type: int
      sample: 3
    periods:
      description: The same for each of O(periods), in their order.
      returned: when O(periods) is given
      type: list
      elements: dict
      sample: [num_sessions: 1, num_sessions: 2]
total:
  description:
    - The sum of everything.
  returned: success
  type: dict
  contains:
    num_model_requests:
      description:
        - Requests to models.
      returned: when the kind is completions, decisions, embeddings, moderations, images, audio_speeches,
        audio_transcriptions or web_search_calls
      type: int
      sample: 42
    num_requests:
      description:
        - Calls of the tool.
      returned: when the kind is file_search_calls or web_search_calls
      type: int
      sample: 7
    input_tokens:
      description:
        - Tokens of input, including cached ones.
      returned: when the kind is completions, decisions, embeddings or moderations
      type: int
      sample: 120000
    input_uncached_tokens:
      description:
        - Tokens of input that were not cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_text_tokens:
      description:
        - Tokens of text in the input.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_audio_tokens:
      description:
        - Tokens of audio in the input.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_image_tokens:
      description:
        - Tokens of images in the input.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_tokens:
      description:
        - Tokens of input that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_text_tokens:
      description:
        - Tokens of text that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_audio_tokens:
      description:
        - Tokens of audio that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cached_image_tokens:
      description:
        - Tokens of images that were cached.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cache_write_tokens:
      description:
        - Tokens that were written to the cache.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cache_write_30m_tokens:
      description:
        - Tokens that were written to the cache for 30 minutes.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    input_cache_write_12h_tokens:
      description:
        - Tokens that were written to the cache for 12 hours.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_tokens:
      description:
        - Tokens of output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_text_tokens:
      description:
        - Tokens of text in the output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_audio_tokens:
      description:
        - Tokens of audio in the output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    output_image_tokens:
      description:
        - Tokens of images in the output.
      returned: when the kind is completions or decisions
      type: int
      sample: 1200
    images:
      description:
        - Images.
      returned: when the kind is images
      type: int
      sample: 12
    characters:
      description:
        - Characters of text that were spoken.
      returned: when the kind is audio_speeches
      type: int
      sample: 5000
    seconds:
      description:
        - Seconds of audio that were transcribed.
      returned: when the kind is audio_transcriptions
      type: int
      sample: 600
    usage_bytes:
      description:
        - Bytes in vector stores. This adds up the values of all buckets, so divide it by the number of buckets.
      returned: when the kind is vector_stores
      type: int
      sample: 1048576
    num_sessions:
      description:
        - Sessions.
      returned: when the kind is code_interpreter_sessions
      type: int
      sample: 3
    periods:
      description: The same for each of O(periods), in their order.
      returned: when O(periods) is given
      type: list
      elements: dict
      sample: [num_sessions: 1, num_sessions: 2]
start_time:
  description: Start of the requested range, in Unix seconds.
  returned: success
  type: int
  sample: 1790812800
end_time:
  description: End of the requested range, in Unix seconds. V(null) if the end is now.
  returned: success
  type: int
  sample: 1793491200
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

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.usage import USAGE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run
from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import add_up

TASK = add_up(*USAGE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
