#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: audit_log_info
short_description: Read who did what in an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read the audit log of an OpenAI organization, the newest events first.
  - An owner has to switch the audit log on in the organization's settings. If it seems to be switched off, the task
    warns.
options:
  effective_at:
    description:
      - When the events happened, with the API's comparisons. Times have the same format as O(start_time).
      - Excludes O(start_time), O(end_time), O(since) and O(month).
    type: dict
    suboptions:
      gt:
        description: Later than this.
        type: str
      gte:
        description: Then or later.
        type: str
      lt:
        description: Earlier than this.
        type: str
      lte:
        description: Then or earlier.
        type: str
  event_types:
    description:
      - Only events of these types, such as V(project.created). The guide lists known types.
      - The API may have more. The task fails before the first request if a type looks like a misspelling of a known
        one. It sends any other unknown type and warns.
      - Those that begin with V(tenant.), V(role.bound_to_resource) and V(role.unbound_from_resource) need
        O(tenant_only=true).
    type: list
    elements: str
  actor_ids:
    description:
      - Only events by these actors. IDs of people, service accounts or API keys.
    type: list
    elements: str
  actor_emails:
    description:
      - Only events by people with these e-mail addresses. Case does not matter. If there is no event for an address,
        the task looks for other spellings of it among the people of the organization.
    type: list
    elements: str
  resource_ids:
    description:
      - Only events about objects with these IDs, such as projects, people or keys.
    type: list
    elements: str
  tenant_only:
    description:
      - V(true) returns only events of the tenant that the organization belongs to. V(false), the default, returns all
        others.
    type: bool
  max_results:
    description:
      - Return at most this many events, the newest ones. At least 1.
      - If there are more, RV(truncated) is V(true), and the task warns unless it sets this option.
    type: int
    default: 1000
notes:
  - The API records the actions of an admin key under the default project, whichever project they affect. To find
    changes of a project, use O(resource_ids).
seealso:
  - name: The audit log
    description: Which queries are possible, and all types of events.
    link: https://github.com/ansible-collections/community.openai_admin/blob/main/docs/audit_log.md
  - name: OpenAI API reference, audit logs
    description: OpenAI's documentation of events.
    link: https://platform.openai.com/docs/api-reference/audit-logs
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.report
"""

EXAMPLES = r"""
---
- name: Read who changed what in the last week
  community.openai_admin.audit_log_info:
    since: 7d
  register: week

- name: Show it
  ansible.builtin.debug:
    msg: >-
      {{ '%Y-%m-%d %H:%M' | strftime(item.effective_at, utc=true) }} {{ item.type }}
      {{ item.details.id | default('') }} by {{ item.actor_email or item.actor_id }}
  loop: "{{ week.audit_logs }}"
  loop_control:
    label: "{{ item.id }}"

- name: Read who got or lost a key in October
  community.openai_admin.audit_log_info:
    month: 2026-10
    event_types:
      - api_key.created
      - api_key.deleted
      - service_account.created
      - service_account.deleted

- name: Read the last ten actions of a person
  community.openai_admin.audit_log_info:
    actor_emails:
      - grace@example.com
    max_results: 10

- name: Fail if somebody became owner since yesterday
  community.openai_admin.audit_log_info:
    since: 24h
    event_types:
      - user.updated
  register: updates
  failed_when: >-
    updates is failed
    or 'owner' in updates.audit_logs | map(attribute='details.changes_requested.role', default='') | list
"""

RETURN = r"""
---
audit_logs:
  description:
    - The events, the newest first. An empty list if there are none.
    - They have the API's structure, with additional keys for templates. The API stores the details under a key that is
      named after the event's type. Here, they are in RV(audit_logs[].details).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the event.
      type: str
      sample: audit_log-7UcusXZWAPA03mYMOAnFwvBl
    type:
      description: What happened.
      type: str
      sample: project.updated
    effective_at:
      description: When it happened, in Unix seconds.
      type: int
      sample: 1795396681
    project:
      description: The project that it belongs to. V(null) if none.
      type: dict
      contains:
        id:
          description: ID of the project.
          type: str
          sample: proj_CABoAQ9gqh9xzdiOINPmykFR
        name:
          description: Name of the project.
          type: str
          sample: search-prod
    project_id:
      description: ID of the project that it belongs to. V(null) if none.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    project_name:
      description: Name of the project that it belongs to. V(null) if none.
      type: str
      sample: search-prod
    actor:
      description: The actor, in the API's structure. V(null) if the API does not show it.
      type: dict
      sample:
        type: session
        session:
          ip_address: 192.0.2.1
          user:
            id: user-8e2l1ZCD0ibEinzLugZKyWVc
            email: grace@example.com
    actor_type:
      description: Type of the actor, V(session) or V(api_key). V(null) if the API does not show it.
      type: str
      sample: session
    actor_id:
      description: ID of the person or the service account. V(null) if the API does not show it.
      type: str
      sample: user-8e2l1ZCD0ibEinzLugZKyWVc
    actor_email:
      description: E-mail address of the person. V(null) for service accounts.
      type: str
      sample: grace@example.com
    actor_api_key_id:
      description: ID of the API key. V(null) for a session.
      type: str
      sample: null
    actor_ip_address:
      description: IP address of the session. V(null) for an API key.
      type: str
      sample: 192.0.2.1
    details:
      description:
        - Details of the event. Most types have an C(id), and C(data) or C(changes_requested). May be empty.
      type: dict
      sample:
        id: proj_CABoAQ9gqh9xzdiOINPmykFR
        changes_requested:
          title: search
truncated:
  description: Whether there are more events than O(max_results), which the task omitted.
  returned: success
  type: bool
  sample: false
switched_off:
  description:
    - Whether the audit log seems to be switched off, because the API says so or there are no events.
    - V(null) if that is unknown, because the task filters events and found none.
  returned: success
  type: bool
  sample: false
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

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.audit_log import AUDIT_LOG
from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run
from ansible_collections.community.openai_admin.plugins.module_utils._reports.events import recount

TASK = recount(AUDIT_LOG)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
