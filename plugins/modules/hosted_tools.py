#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: hosted_tools
short_description: Manage which hosted tools the projects of an OpenAI organization may use
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Set which of the tools that OpenAI runs a project may use.
options:
  code_interpreter:
    description:
      - Whether the project's requests may run code.
      - If omitted, it stays as it is.
    type: bool
  file_search:
    description:
      - Whether the project's requests may search files in vector stores.
      - If omitted, it stays as it is.
    type: bool
  image_generation:
    description:
      - Whether the project's requests may generate images.
      - If omitted, it stays as it is.
    type: bool
  mcp:
    description:
      - Whether the project's requests may call remote MCP servers.
      - If omitted, it stays as it is.
    type: bool
  web_search:
    description:
      - Whether the project's requests may search the web.
      - If omitted, it stays as it is.
    type: bool
notes:
  - For each tool, the organization has a policy, which the API can neither show nor change. It allows a tool for all
    projects, for no project, or for selected projects. Only in the last case can a project enable and disable the tool.
  - If the organization enables a tool for all projects, V(false) fails and the task changes nothing. Change the policy
    in the organization's settings first.
  - The task sends only the tools that differ, in one request.
seealso:
  - module: community.openai_admin.hosted_tools_info
  - module: community.openai_admin.model_permissions
  - name: OpenAI API reference
    description: OpenAI's documentation of hosted tool permissions.
    link: https://platform.openai.com/docs/api-reference/administration
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
  - community.openai_admin.project_scope
"""

EXAMPLES = r"""
---
- name: Keep a project from calling remote servers and searching the web
  community.openai_admin.hosted_tools:
    project: search-prod
    mcp: false
    web_search: false

- name: Let a project search files
  community.openai_admin.hosted_tools:
    project: search-prod
    file_search: true
"""

RETURN = r"""
---
hosted_tools:
  description:
    - The tools after the task, or as predicted in check mode.
  returned: success
  type: dict
  contains:
    code_interpreter:
      description:
        - Whether the project's requests may run code.
      type: bool
      sample: true
    file_search:
      description:
        - Whether the project's requests may search files in vector stores.
      type: bool
      sample: true
    image_generation:
      description:
        - Whether the project's requests may generate images.
      type: bool
      sample: true
    mcp:
      description:
        - Whether the project's requests may call remote MCP servers.
      type: bool
      sample: true
    web_search:
      description:
        - Whether the project's requests may search the web.
      type: bool
      sample: true
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
        - The named tools before. V(null) if check mode predicts the project.
      type: dict
    after:
      description:
        - The named tools afterwards.
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
  sample: ["update hosted tools of project 'search-prod'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.hosted_tools import HOSTED_TOOLS
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(HOSTED_TOOLS)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
