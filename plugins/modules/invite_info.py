#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: invite_info
short_description: Read invites to an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the invites to the organization, including accepted and expired ones.
options:
  email:
    description:
      - Return only invites to this e-mail address. Case does not matter.
    type: str
  invite_id:
    description:
      - Return only the invite with this ID. O(email) is then ignored.
      - In check mode, a null or empty ID stands for an invite that does not exist yet, unless O(email) is given, and
        the list is empty. In a real run, the task then fails.
    type: str
  status:
    description:
      - Return only invites with this status, such as V(pending), V(expired) or V(accepted).
      - The API may have more. The task fails if the value looks like a misspelling of a known one, and warns about any
        other unknown value.
    type: str
  max_results:
    description:
      - Return at most this many invites. At least 1.
      - If not set, all pages are read.
    type: int
notes:
  - The API has no filter for invites. The task applies the options to the listing, without further requests.
seealso:
  - module: community.openai_admin.invite
  - name: OpenAI API reference, invites
    description: OpenAI's documentation of invites.
    link: https://platform.openai.com/docs/api-reference/invite
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the invites that nobody has accepted in time
  community.openai_admin.invite_info:
    status: expired
  register: expired

- name: Show their owners
  ansible.builtin.debug:
    msg: "{{ expired.invites | map(attribute='email') | sort }}"
"""

RETURN = r"""
---
invites:
  description:
    - The invites. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the invite.
      type: str
      sample: invite-3a7cAfVYyyCnzDYuM1bCXV6V
    email:
      description: E-mail address of the invite.
      type: str
      sample: grace@example.com
    role:
      description: Role in the organization, V(owner) or V(reader).
      type: str
      sample: reader
    projects:
      description: Projects of the invite. An empty list if there are none.
      type: list
      elements: dict
      contains:
        id:
          description: ID of the project.
          type: str
          sample: proj_CABoAQ9gqh9xzdiOINPmykFR
        role:
          description: Role in the project, V(owner) or V(member).
          type: str
          sample: member
    status:
      description: V(pending), V(expired) or V(accepted).
      type: str
      sample: pending
    created_at:
      description:
        - When the invite was sent, in Unix seconds.
      type: int
      sample: 1795396681
    expires_at:
      description:
        - When the invite expires, in Unix seconds.
      type: int
      sample: 1796001481
    accepted_at:
      description: When the invite was accepted, in Unix seconds. V(null) if it was not.
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE, STATUSES, has_status
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform(INVITE, Filter("status", option(), keep=has_status, known=STATUSES))


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
