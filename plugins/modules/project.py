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
      - Without O(project_id), this is what the project is found by, among the active ones. Two active projects of the
        name are an error, which lists both IDs.
      - With O(project_id), this is the name that the project shall have. That is how a project is renamed. A name that
        another active project has is refused.
      - Before a project is created whose name differs from that of an active one only in case, in blanks or in one
        letter, the task warns, also in check mode. Projects cannot be deleted.
    type: str
  project_id:
    description:
      - ID of the project. If O(name) is given too, O(project_id) counts, unless it is null or empty.
      - An ID that is null or empty counts in check mode as the ID of a project that an earlier task would create,
        unless O(name) is given. Outside check mode, the task fails then.
      - An ID that does not exist fails. With O(state=archived), there is nothing to do then.
    type: str
  external_key_id:
    description:
      - ID of an external key that encrypts the project's data.
      - An empty string removes it. If omitted, it stays as it is.
    type: str
  residency:
    description:
      - Where the project's data resides. If omitted for a new project, the API decides.
      - This is settled when the project is created. If the project has another residency, the task fails.
      - Where the API does not say which residency a project has, nothing is compared.
      - Known values are V(GLOBAL), V(US_STORAGE_PROCESSING), V(EU_STORAGE_PROCESSING), V(JP_STORAGE),
        V(JP_STORAGE_PROCESSING), V(KR_STORAGE), V(CA_STORAGE), V(SG_STORAGE), V(IN_STORAGE),
        V(IN_STORAGE_PROCESSING), V(AU_STORAGE), V(AU_STORAGE_PROCESSING), V(GB_STORAGE), V(AE_STORAGE) and
        V(AE_STORAGE_PROCESSING). The API may have others.
      - A value that this collection does not know is sent as it is, with a warning, unless it looks like a
        misspelling of a known one.
    type: str
  allow_archived_namesake:
    description:
      - Whether O(state=present) may create a project whose name an archived one has.
      - Without it, the task fails then, and tells the ID and the date of the archived project.
      - V(true) spares the listing of archived projects, too.
    type: bool
    default: false
  verify_unique:
    description:
      - Whether the projects are listed again half a second after one was created, since the API does not keep names
        unique.
      - Where somebody else has created another one of the name at the same time, the task fails then, and tells
        both IDs.
      - Without it, the next task that names it fails so.
    type: bool
    default: false
  state:
    description:
      - V(present) makes sure that there is an active project, as declared.
      - V(archived) makes sure that there is none of this name, or that the one of this ID is archived.
        This cannot be undone.
      - There is no C(absent), because the API cannot delete projects.
    type: str
    choices:
      - present
      - archived
    default: present
notes:
  - Projects are archived and never deleted. The API cannot bring an archived project back.
  - The API does not keep names unique. This module fails where a name is not enough to tell objects apart.
  - If there is no such name, but one that differs only in blanks or in the encoding of its letters, the task fails,
    since the API may bring names into that form when it stores them.
  - The organization's default project can neither be changed nor archived. The API refuses it with status 400.
seealso:
  - module: community.openai_admin.project_info
  - name: OpenAI API reference, projects
    description: What the API says of projects.
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
- name: Let somebody in
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
        external_key_id: ek-search

- name: Use no external key any more
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
    - The project as it is now, or would be.
    - With O(state=archived), V(null) if there is no active project of the name.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the project.
          V(null) when its creation is predicted in check mode.
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
        - Where the project's data resides. V(null) where the API does not say.
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
          V(null) when its creation is predicted in check mode.
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
        - The same afterwards. V(null) if it does not exist any more.
      type: dict
    before_header:
      description: What the difference is about.
      type: str
    after_header:
      description: The same as RV(diff.before_header).
      type: str
organization_name:
  description:
    - Which organization the answers of the API were of, as their header C(openai-organization) says.
    - V(null) if no answer says it, or if nothing was asked.
  returned: success, and most failures
  type: str
  sample: example-organization
  version_added: 0.10.0
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
done:
  description: What the task had already done when it failed. RV(ignore:changed) is V(true) then.
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
