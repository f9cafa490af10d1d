#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: user_info
short_description: Read people of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read all people of an OpenAI organization, those with some e-mail addresses, or the one with an ID.
  - With O(include), also read their memberships in projects, groups, keys and invites.
options:
  emails:
    description:
      - Return only people with these e-mail addresses. Case does not matter. The result omits addresses that nobody in
        the organization has.
      - An empty list means nobody. An empty address is an error.
    type: list
    elements: str
    aliases:
      - email
  user_id:
    description:
      - Return only the person with this ID. O(emails) is then ignored.
      - In check mode, a null or empty ID stands for a person who is not there yet, unless O(emails) is given, and the
        list is empty. In a real run, the task then fails.
    type: str
  include:
    description:
      - What else to return for each person.
      - V(projects) are the active projects in which the person is listed.
      - V(api_keys) are the keys that the person owns in all active projects.
      - V(groups) are the groups in which the person is listed.
      - V(roles) are the roles that the person has in the organization, directly or through groups, and V(project_roles)
        those in all active projects, which need no membership there.
      - V(admin_api_keys) are the admin API keys that the person owns.
      - V(invites) are the invites sent to the person's e-mail address.
      - If O(emails) or O(user_id) names people who are not in the organization, the task also looks for all of these
        except V(projects), V(roles) and V(project_roles), and returns what it finds in RV(left_behind).
    type: list
    elements: str
    choices:
      - projects
      - api_keys
      - groups
      - roles
      - project_roles
      - admin_api_keys
      - invites
  max_results:
    description:
      - Return at most this many people in total. At least 1.
      - If not set, all pages are read.
    type: int
notes:
  - The API filters by O(emails) and O(user_id). For O(include), the task reads full listings, regardless of the number
    of people, except for roles. V(projects) and V(api_keys) cost one listing for each active project, V(groups) one for
    each group, V(admin_api_keys) and V(invites) one each. V(projects) costs nothing if the API shows the projects of
    people.
    V(roles) cost one request for each person, V(project_roles) one for each person in each active project.
  - The API shows no e-mail address for the owners of admin API keys. To find the keys of a person who has left the
    organization, use O(user_id), or include V(api_keys) or V(groups) too, in case one of those remains.
seealso:
  - module: community.openai_admin.admin_api_key
  - module: community.openai_admin.group_user
  - module: community.openai_admin.invite
  - module: community.openai_admin.project_api_key
  - module: community.openai_admin.project_user
  - module: community.openai_admin.project_user_info
  - name: OpenAI API reference, users
    description: OpenAI's documentation of people.
    link: https://platform.openai.com/docs/api-reference/users
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Read the people of the organization
  community.openai_admin.user_info:
  register: people

- name: Show the owners
  ansible.builtin.debug:
    msg: "{{ people.users | selectattr('role', 'eq', 'owner') | map(attribute='email') | list }}"

- name: Look up a team by its addresses, with one request
  community.openai_admin.user_info:
    emails: "{{ team }}"
  vars:
    team:
      - grace@example.com
      - alan@example.com
  register: found

- name: Add the team to a project by ID, so that no task looks up people
  community.openai_admin.project_user:
    project: search-prod
    user_id: "{{ item.id }}"
  loop: "{{ found.users }}"
  loop_control:
    label: "{{ item.email }}"

- name: Read what a person has, even after leaving the organization
  community.openai_admin.user_info:
    email: grace@example.com
    include:
      - projects
      - api_keys
      - admin_api_keys
      - invites
  register: person

- name: Revoke the person's keys
  community.openai_admin.project_api_key:
    project: "{{ item.project }}"
    project_id: "{{ item.project_id }}"
    api_key_id: "{{ item.id }}"
    state: absent
  loop: "{{ (person.users + person.left_behind) | map(attribute='api_keys') | flatten }}"
  loop_control:
    label: "{{ item.project }}: {{ item.name }}"
"""

RETURN = r"""
---
users:
  description:
    - The people. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains: &user
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
        - The projects of the person. V(null) if the API does not show it, unless O(include) contains V(projects).
        - Owners of the organization own all projects, whether the API lists them there or not.
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
    api_keys:
      description:
        - API keys of the person in all active projects. An empty list if there are none.
      returned: if O(include) holds V(api_keys)
      type: list
      elements: dict
      contains: &api_key
        id:
          description: ID of the key.
          type: str
          sample: key_gR1uy0eKANo502qP8VHDxKwp
        name:
          description: Name of the key.
          type: str
          sample: Secret Key
        redacted_value:
          description: The key's beginning and end.
          type: str
          sample: sk-...x4Kd
        created_at:
          description: When the key was issued, in Unix seconds.
          type: int
          sample: 1795396681
        expires_at:
          description: When the key expires, in Unix seconds. V(null) if it does not expire.
          type: int
          sample: null
        last_used_at:
          description: When the key was last used, in Unix seconds. V(null) if it was never used.
          type: int
          sample: 1795396898
        owner_project_access:
          description: Whether the owner has access to the project, V(active) or V(inactive).
          type: str
          sample: active
        owner_type:
          description: Whether a person or a service account owns the key, V(user) or V(service_account).
          type: str
          sample: service_account
        user_id:
          description: ID of the person who owns the key. V(null) for a key of a service account.
          type: str
          sample: null
        email:
          description: E-mail address of the person who owns the key. V(null) for a key of a service account.
          type: str
          sample: null
        service_account_id:
          description: ID of the service account that owns the key. V(null) for a key of a person.
          type: str
          sample: svc_acct_7UcusXZWAPA03mYMOAnFwvBl
        service_account:
          description: Name of the service account that owns the key. V(null) for a key of a person.
          type: str
          sample: search-api
        project:
          description: Name of the project.
          type: str
          sample: search-prod
        project_id:
          description: ID of the project.
          type: str
          sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    groups:
      description:
        - Groups of the person. An empty list if there are none.
      returned: if O(include) holds V(groups)
      type: list
      elements: dict
      version_added: 0.10.0
      contains: &group
        id:
          description: ID of the group.
          type: str
          sample: group_01J1F8ABCDXYZ
        name:
          description: Name of the group.
          type: str
          sample: search-team
    roles:
      description:
        - Roles of the person in the organization. An empty list if there are none.
      returned: if O(include) holds V(roles)
      type: list
      elements: dict
      version_added: 0.10.0
      contains:
        id: &role_id
          description: ID of the role.
          type: str
          sample: role_01J1F8PROJ
        name: &role_name
          description: Name of the role.
          type: str
          sample: Usage viewer
        permissions: &permissions
          description: Permissions that the role gives. V(null) if the API does not show them.
          type: list
          elements: str
          sample: ["api.usage.read"]
        through: &through
          description: What the role comes through, such as V(group). V(null) if it is assigned directly.
          type: str
          sample: group
        through_ids: &through_ids
          description: IDs of what the role comes through. An empty list if it is assigned directly.
          type: list
          elements: str
          sample: ["group_01J1F8ABCDXYZ"]
    project_roles:
      description:
        - Roles of the person in active projects. An empty list if there are none.
      returned: if O(include) holds V(project_roles)
      type: list
      elements: dict
      version_added: 0.10.0
      contains:
        id: *role_id
        name: *role_name
        permissions: *permissions
        through: *through
        through_ids: *through_ids
        project:
          description: Name of the project.
          type: str
          sample: search-prod
        project_id:
          description: ID of the project.
          type: str
          sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    admin_api_keys:
      description:
        - Admin API keys of the person. An empty list if there are none.
      returned: if O(include) holds V(admin_api_keys)
      type: list
      elements: dict
      contains: &admin_api_key
        id:
          description: ID of the key.
          type: str
          sample: key_gR1uy0eKANo502qP8VHDxKwp
        name:
          description: Name of the key. V(null) if it has none.
          type: str
          sample: automation
        redacted_value:
          description: The key's beginning and end.
          type: str
          sample: sk-admin...x4Kd
        created_at:
          description: When the key was issued, in Unix seconds.
          type: int
          sample: 1795396681
        expires_at:
          description: When the key expires, in Unix seconds. V(null) if it does not expire.
          type: int
          sample: null
        last_used_at:
          description: When the key was last used, in Unix seconds. V(null) if it was never used.
          type: int
          sample: 1795396898
        owner_type:
          description: Type of the owner, such as V(user).
          type: str
          sample: user
        owner_id:
          description: ID of the owner.
          type: str
          sample: user-8e2l1ZCD0ibEinzLugZKyWVc
        owner_name:
          description: Name of the owner. V(null) if the API does not show it.
          type: str
        owner_role:
          description: Role of the owner in the organization. V(null) if the API does not show it.
          type: str
          sample: owner
    invites:
      description:
        - Invites sent to the person's e-mail address, of any status. An empty list if there are none.
      returned: if O(include) holds V(invites)
      type: list
      elements: dict
      contains: &invite
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
other_users:
  description:
    - All other people of the organization. The task reads all people if the API's filter does not find all of
      O(emails), because that filter may be case-sensitive.
  returned: if all people had to be read for O(emails), and O(include) is not given
  type: list
  elements: dict
  contains: *user
left_behind:
  description:
    - What remains of people whom O(emails) or O(user_id) names and who are not in the organization. One entry for each
      person of whom something remains. An empty list if there is none.
    - Also empty if O(max_results) truncates the list of people.
  returned: if O(include) is given
  type: list
  elements: dict
  contains:
    id:
      description:
        - ID of the person, from the task or from a remaining key. V(null) if neither shows it.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    email:
      description:
        - E-mail address of the person, from the task or from a remaining key. V(null) if neither shows it.
      type: str
      sample: grace@example.com
    api_keys:
      description:
        - API keys that the person owns in active projects.
      returned: if O(include) holds V(api_keys)
      type: list
      elements: dict
      contains: *api_key
    groups:
      description:
        - Groups in which the person is still listed.
      returned: if O(include) holds V(groups)
      type: list
      elements: dict
      version_added: 0.10.0
      contains: *group
    admin_api_keys:
      description:
        - Admin API keys that the person owns.
      returned: if O(include) holds V(admin_api_keys)
      type: list
      elements: dict
      contains: *admin_api_key
    invites:
      description:
        - Invites sent to the e-mail address, of any status.
      returned: if O(include) holds V(invites)
      type: list
      elements: dict
      contains: *invite
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
from ansible_collections.community.openai_admin.plugins.module_utils._info.include import inform_including
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import Filter
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user_includes import USER_INCLUDES
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run

TASK = inform_including(USER, (Filter("emails", option("list", elements="str", aliases=["email"])),), *USER_INCLUDES)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
