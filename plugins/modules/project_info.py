#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project_info
short_description: Read projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read all projects of an OpenAI organization, those with a name, or the one with an ID.
options:
  name:
    description:
      - Return only projects with this name. The API does not keep names unique, so there may be several.
    type: str
  project_id:
    description:
      - Return only the project with this ID, active or archived. O(name) is then ignored.
      - In check mode, a null or empty ID stands for a project that does not exist yet, unless O(name) is given, and the
        list is empty. In a real run, the task then fails.
    type: str
  include_archived:
    description:
      - Whether to return archived projects too.
    type: bool
    default: false
  max_results:
    description:
      - Return at most this many projects in total. At least 1.
      - If not set, all pages are read.
    type: int
seealso:
  - module: community.openai_admin.project
  - name: OpenAI API reference, projects
    description: OpenAI's documentation of projects.
    link: https://platform.openai.com/docs/api-reference/projects
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read all active projects
  community.openai_admin.project_info:
  register: active

- name: Show their names and IDs
  ansible.builtin.debug:
    msg: "{{ active.projects | items2dict(key_name='name', value_name='id') }}"

- name: Find a project by its name
  community.openai_admin.project_info:
    name: search-prod
  register: found

- name: Stop if there is no such project
  ansible.builtin.assert:
    that: found.projects | length == 1
    quiet: true

- name: Read archived projects too
  community.openai_admin.project_info:
    include_archived: true
  register: every

- name: Show the archived ones
  ansible.builtin.debug:
    msg: "{{ every.projects | selectattr('status', 'eq', 'archived') | map(attribute='name') | list }}"
"""

RETURN = r"""
---
projects:
  description:
    - The projects. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the project.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    name:
      description:
        - Name of the project.
      type: str
      sample: search-prod
    external_key_id:
      description:
        - ID of the external key that encrypts the project's data. V(null) if there is none.
      type: str
      sample: null
    residency:
      description:
        - Where the project's data resides. V(null) if the API does not show it.
      type: str
      sample: EU_STORAGE_PROCESSING
    status:
      description:
        - V(active) or V(archived).
      type: str
      sample: active
    created_at:
      description:
        - When the project was created, in Unix seconds.
      type: int
      sample: 1795396897
    archived_at:
      description:
        - When the project was archived, in Unix seconds. V(null) if it was not.
      type: int
      sample: null
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

from ansible_collections.community.openai_admin.plugins.module_utils._core.options import option
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import Filter, inform
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(PROJECT, Filter("include_archived", option("bool", default=False)))


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
