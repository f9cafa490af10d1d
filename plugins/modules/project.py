#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: project
short_description: Manage projects of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Create, rename, change and archive projects of an OpenAI organization.
options:
  name:
    description:
      - Name of the project.
      - One of O(name) and O(project_id) is required.
      - Without O(project_id), the task finds the active project with this name. If several active projects have this
        name, the task fails and lists their IDs.
      - With O(project_id), the task renames the project to this name. The task fails if another active project has this
        name.
      - The task warns before it creates a project whose name differs from that of an active one only in case, in blanks
        or in one letter, because projects cannot be deleted. It warns in check mode too.
    type: str
  project_id:
    description:
      - ID of the project. O(project_id) takes precedence over O(name), unless it is null or empty.
      - In check mode, a null or empty ID stands for a project that an earlier task would create, unless O(name) is
        given. In a real run, the task then fails.
      - The task fails if the ID does not exist, except that with O(state=archived) there is nothing to do.
    type: str
  external_key:
    description:
      - Name of an external key that encrypts the project's data. With a name, the task lists the external keys.
      - In check mode, a key that does not exist counts as one that an earlier task would register, and the task warns.
      - The API restricts the change of a project's key. An organization needs OpenAI to enable external keys, and the
        API may not allow another key for an existing project.
    type: str
    version_added: 0.10.0
  external_key_id:
    description:
      - ID of that external key. It takes precedence over O(external_key), unless it is null or empty.
      - Without O(external_key), an empty string removes the key. If both are omitted, it stays as it is.
    type: str
  residency:
    description:
      - Where the project's data resides. If omitted for a new project, the API decides.
      - The residency cannot be changed later. If the project has another residency, the task fails.
      - If the API does not show the residency of a project, the task does not compare it.
      - Known values are V(GLOBAL), V(US_STORAGE_PROCESSING), V(EU_STORAGE_PROCESSING), V(JP_STORAGE),
        V(JP_STORAGE_PROCESSING), V(KR_STORAGE), V(CA_STORAGE), V(SG_STORAGE), V(IN_STORAGE),
        V(IN_STORAGE_PROCESSING), V(AU_STORAGE), V(AU_STORAGE_PROCESSING), V(GB_STORAGE), V(AE_STORAGE) and
        V(AE_STORAGE_PROCESSING). The API may have others.
      - The task sends an unknown value unchanged and warns, but fails if the value looks like a misspelling of a known
        one.
    type: str
  allow_archived_namesake:
    description:
      - Whether O(state=present) may create a project that has the same name as an archived one.
      - Otherwise, the task fails and shows the ID and the date of the archived project.
      - V(true) also saves the requests that list archived projects.
    type: bool
    default: false
  verify_unique:
    description:
      - Whether to list the projects again half a second after creating one, because the API does not keep names unique.
      - If somebody else has created one with the same name at the same time, the task fails and shows both IDs.
      - Otherwise, the next task that uses this name fails.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that there is an active project, as declared.
      - V(archived) makes sure that there is no active project with this name, or that the project with this ID is
        archived. This cannot be undone.
      - There is no C(absent), because the API cannot delete projects.
    type: str
    choices:
      - present
      - archived
    default: present
notes:
  - Projects are archived and never deleted. The API cannot bring an archived project back.
  - The API does not keep names unique. This module fails if a name is ambiguous.
  - If no object has the name, but one has a name that differs only in blanks or in the encoding of its letters, the
    task fails, because the API may normalize names when it stores them.
  - The organization's default project cannot be changed or archived. The API rejects that with status 400.
seealso:
  - module: community.openai_admin.project_info
  - name: OpenAI API reference, projects
    description: OpenAI's documentation of projects.
    link: https://platform.openai.com/docs/api-reference/projects
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Create a project
  community.openai_admin.project:
    name: search-prod
    residency: EU_STORAGE_PROCESSING
  register: search_prod

# The ID spares the tasks that follow a listing of projects. In check mode it is null, and they predict.
- name: Add a person to the project
  community.openai_admin.project_user:
    project: search-prod
    project_id: "{{ search_prod.project.id }}"
    email: grace@example.com

- name: Create the project of each team
  community.openai_admin.project:
    name: "{{ item }}"
  loop:
    - team-search
    - team-support
  loop_control:
    label: "{{ item }}"
  register: team_projects

- name: Give all modules of the collection the same connection
  module_defaults:
    group/community.openai_admin.openai_admin:
      admin_key: "{{ vaulted_openai_admin_key }}"
      max_wait: 300
  block:
    - name: Read the projects
      community.openai_admin.project_info:
      register: found

    - name: Encrypt the project's data with an external key
      community.openai_admin.project:
        name: search-prod
        external_key: prod-kms

- name: Remove the external key
  community.openai_admin.project:
    name: search-prod
    external_key_id: ""

- name: See whether somebody changed the project
  community.openai_admin.project:
    name: search-prod
    external_key_id: ""
  check_mode: true
  diff: true
  register: audit
  failed_when: audit is failed or audit is changed

# Run twice, this changes nothing: the project is found by its ID.
- name: Rename a project
  community.openai_admin.project:
    project_id: "{{ search_prod.project.id }}"
    name: search-production

- name: Archive a project, for good
  community.openai_admin.project:
    name: team-search
    state: archived

- name: Create a project whose name an archived one has
  community.openai_admin.project:
    name: team-search
    allow_archived_namesake: true
"""

RETURN = r"""
---
project:
  description:
    - The project after the task, or as predicted in check mode.
    - With O(state=archived), V(null) if there is no active project with this name.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the project. V(null) in a prediction.
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
        - When the project was created, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396897
    archived_at:
      description:
        - When the project was archived, in Unix seconds. V(null) if it was not.
          V(null) when its archiving is predicted in check mode.
      type: int
      sample: null
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the project before. V(null) if it did not exist.
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
  sample: ["create project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(PROJECT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
