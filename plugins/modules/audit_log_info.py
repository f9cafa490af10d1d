#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: audit_log_info
short_description: Read the audit log of an OpenAI organization
version_added: 0.1.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read who changed what in the organization, the newest first.
  - Audit logging has to be switched on in the organization's settings. There are no events from before that.
options:
  effective_at:
    description:
      - When it happened, as the API compares it. Unix seconds, or a date or time in ISO 8601.
      - Excludes O(start_time), O(end_time), O(since) and O(month).
    type: dict
    suboptions:
      gt:
        description: Later than this.
        type: str
      gte:
        description: At this moment, or later.
        type: str
      lt:
        description: Earlier than this.
        type: str
      lte:
        description: At this moment, or earlier.
        type: str
  event_types:
    description:
      - Only events of these types, such as V(project.archived). One that does not exist is an error, which names those
        that are similar.
    type: list
    elements: str
  actor_ids:
    description: Only what was done by these people, service accounts or API keys, by their IDs.
    type: list
    elements: str
  actor_emails:
    description: Only what was done by people of these e-mail addresses.
    type: list
    elements: str
  resource_ids:
    description: Only what was done to objects of these IDs.
    type: list
    elements: str
  tenant_only:
    description:
      - Read events of the tenant instead of those of the organization. The API does not list both together.
    type: bool
    default: false
  max_results:
    description:
      - Return at most so many events, the newest ones. At least V(1). If there are more, RV(truncated) is V(true).
    type: int
    default: 1000
notes:
  - All filters are the API's own. A filter that is an empty list finds nothing, and no request is sent.
seealso:
  - name: OpenAI API reference, audit logs
    description: What the API says of audit logs, and of what each type of event tells.
    link: https://platform.openai.com/docs/api-reference/audit-logs
extends_documentation_fragment:
  - community.openai_admin.attributes.info
  - community.openai_admin.connection
  - community.openai_admin.report_scope
"""

EXAMPLES = r"""
---
- name: Read who changed what last week
  community.openai_admin.audit_log_info:
    since: 7d
  register: log

- name: Show it
  ansible.builtin.debug:
    msg: "{{ '%F %T' | strftime(item.effective_at) }} {{ item.actor_email or item.api_key_id }}: {{ item.type }}"
  loop: "{{ log.audit_logs }}"
  loop_control:
    label: "{{ item.id }}"

- name: Read which keys a person issued and revoked in October
  community.openai_admin.audit_log_info:
    month: 2026-10
    event_types: [api_key.created, api_key.deleted, service_account.created]
    actor_emails: [grace@example.com]

- name: Read the last change of a project
  community.openai_admin.audit_log_info:
    projects: [search-prod]
    max_results: 1
"""

RETURN = r"""
---
audit_logs:
  description: The events, the newest first. An empty list if there are none.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the event.
      type: str
      sample: audit_log-xxx_yyyymmdd
    type:
      description: Type of the event.
      type: str
      sample: project.archived
    effective_at:
      description: When it happened, in Unix seconds.
      type: int
      sample: 1795396681
    project_id:
      description: ID of the project that it belongs to. V(null) if it belongs to none.
      type: str
      sample: proj_CABoAQ9gqh9xzdiOINPmykFR
    project:
      description: Name of that project.
      type: str
      sample: search-prod
    actor_type:
      description: How it was done, V(session) or V(api_key).
      type: str
      sample: session
    actor_id:
      description: ID of the person or the service account.
      type: str
      sample: user-ZsQjypq2uk9Ag0vIY2jPOEb1
    actor_email:
      description: E-mail address of the person. V(null) for a service account.
      type: str
      sample: platform-owner@example.com
    api_key_id:
      description: ID of the key that it was done with. V(null) for a session.
      type: str
      sample: null
    ip_address:
      description: Address of the session. V(null) for a key.
      type: str
      sample: 192.0.2.1
    details:
      description: What the event tells, by its type.
      type: dict
      sample:
        id: proj_CABoAQ9gqh9xzdiOINPmykFR
truncated:
  description: Whether there are more events than O(max_results).
  returned: success
  type: bool
  sample: false
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

from ansible_collections.community.openai_admin.plugins.module_utils._audit_log import audit_log_task
from ansible_collections.community.openai_admin.plugins.module_utils._runner import run

TASK = audit_log_task()


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
