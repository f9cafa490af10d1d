#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: invite
short_description: Manage invites to an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Invite people to the organization and to its projects, and withdraw invites.
  - The task does not invite a person who is in the organization already, and changes nothing.
options:
  email:
    description:
      - E-mail address to invite. Case and surrounding blanks do not matter.
      - Only pending and expired invites count. The task ignores accepted ones.
      - One of O(email) and O(invite_id) is required. O(invite_id) takes precedence, unless it is null or empty.
    type: str
  invite_id:
    description:
      - ID of an existing invite, to withdraw it.
      - With O(state=present), the task leaves the invite as it is, because a replacement would have another ID. It
        warns if the invite has expired, and fails if the invite differs.
      - In check mode, a null or empty ID stands for an invite that does not exist yet, unless O(email) is given. In a
        real run, the task then fails.
    type: str
  role:
    description:
      - Role in the organization.
      - If omitted, a new invite has the role V(reader), and a pending one stays as it is.
      - Known values are V(owner) and V(reader). The API may have others.
      - The task sends an unknown value unchanged and warns, but fails if the value looks like a misspelling of a known
        one.
    type: str
  projects:
    description:
      - Projects of the invite, in any order.
      - If omitted, a new invite is for no project, and a pending one stays as it is. (The API itself treats a missing
        list as an invite to the default project.)
    type: list
    elements: dict
    suboptions:
      project:
        description:
          - Name of the project. To find it, the task lists the projects once.
        type: str
      project_id:
        description:
          - ID of the project. It takes precedence over O(projects[].project).
        type: str
      role:
        description:
          - Role in the project, such as V(member) or V(owner). Unknown values are treated as for O(role).
        type: str
        default: member
  resend_after_days:
    description:
      - The task sends an expired invite again, unless it was sent less than this many days ago.
    type: int
    default: 7
  state:
    description:
      - V(present) makes sure that there is a pending invite, or that the person is in the organization.
      - V(absent) withdraws pending and expired invites. People who have accepted stay in the organization.
    type: str
    choices:
      - present
      - absent
    default: present
notes:
  - The API cannot change an invite. If a pending invite differs, the task withdraws it, sends a new one, and warns,
    because that sends another e-mail.
  - If there are several invites for one address, the newest one counts. The task withdraws the others together with it.
  - If the person is in the organization already and has another role or other projects, the task changes nothing, and
    its warning names the modules that can change that.
seealso:
  - module: community.openai_admin.invite_info
  - module: community.openai_admin.user
  - module: community.openai_admin.project_user
  - name: OpenAI API reference, invites
    description: OpenAI's documentation of invites.
    link: https://platform.openai.com/docs/api-reference/invite
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Invite somebody to the organization and to two projects
  community.openai_admin.invite:
    email: grace@example.com
    projects:
      - project: search-prod
        role: owner
      - project: support-chat
  register: grace

- name: Show whether somebody still has to accept
  ansible.builtin.debug:
    msg: "{{ 'invited' if grace.invite else 'a member already' }}"

- name: Withdraw an invite
  community.openai_admin.invite:
    email: alan@example.com
    state: absent
"""

RETURN = r"""
---
invite:
  description:
    - The invite after the task, or as predicted in check mode. For a withdrawn invite, the last state.
    - V(null) if the person is in the organization already. With O(state=absent), V(null) if there was none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the invite. V(null) in a prediction.
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
        - When the invite was sent, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1795396681
    expires_at:
      description:
        - When the invite expires, in Unix seconds. V(null) in a prediction.
      type: int
      sample: 1796001481
    accepted_at:
      description: When the invite was accepted, in Unix seconds. V(null) if it was not.
      type: int
      sample: null
user:
  description:
    - The person, if they are in the organization already. Otherwise V(null).
  returned: success
  type: dict
  contains:
    id:
      description:
        - ID of the person.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    email:
      description:
        - E-mail address of the person. V(null) if the API does not show it.
      type: str
      sample: grace@example.com
    name:
      description:
        - Name of the person. V(null) if the API does not show it.
      type: str
    role:
      description:
        - Role of the person in the organization, such as V(owner) or V(reader).
      type: str
      sample: reader
    added_at:
      description:
        - When the person joined the organization, in Unix seconds.
      type: int
      sample: 1767225602
    is_scim_managed:
      description:
        - Whether an identity provider manages the person. V(null) if the API does not show it.
      type: bool
      sample: false
    is_service_account:
      description:
        - Whether this is a service account and not a person. V(null) if the API does not show it.
      type: bool
      sample: false
    api_key_last_used_at:
      description:
        - When an API key of the person was last used, in Unix seconds. V(null) if never, or where
          the API does not say.
      type: int
      sample: null
    technical_level:
      description:
        - Technical level of the person. V(null) if the API does not show it.
      type: str
      sample: null
    developer_persona:
      description:
        - What kind of developer the person is. V(null) if the API does not show it.
      type: str
      sample: null
    projects:
      description:
        - The projects of the person. V(null) if the API does not show it.
      type: list
      elements: dict
      contains:
        id:
          description: ID of the project.
          type: str
        name:
          description: Name of the project.
          type: str
        role:
          description: Role of the person in it.
          type: str
diff:
  description: What changed, or would change.
  returned: in diff mode
  type: dict
  contains:
    before:
      description:
        - Identity and named options of the invite before. V(null) if there was none.
      type: dict
    after:
      description:
        - The same afterwards. V(null) if there is none.
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
  sample: ["withdraw invite 'grace@example.com'"]
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
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = manage(INVITE)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
