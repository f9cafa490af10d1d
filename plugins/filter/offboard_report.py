# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: offboard_report
short_description: Decide what is to be revoked and removed when people leave
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Tell from what was read what people have, what forbids to off-board them, and what is to be written, in order.
  - It writes nothing itself. The role C(offboard) reads, and carries out what comes back.
positional: addresses
options:
  _input:
    description:
      - What the info modules of this collection returned, by their own names, all but C(groups) and C(group_members)
        required.
      - C(users) are the people who have the addresses, C(everybody) all people of the organization, needed where one
        who leaves owns it or is not in it.
      - C(project_users), C(project_api_keys), C(admin_api_keys), C(invites), C(groups), C(group_members),
        C(audit_logs), C(truncated) and C(switched_off) are as they are returned.
      - Where groups could not be read, the result of the task that failed stands for a list. Its C(msg) says why.
    type: dict
    required: true
  addresses:
    description: The e-mail addresses of the people who leave. Case does not matter.
    type: list
    elements: str
    required: true
  organization:
    description: What the report calls the organization.
    type: str
    default: ""
  organization_names:
    description: What the results call it that were read, their C(organization_name) each.
    type: list
    elements: str
    default: []
    version_added: 0.10.0
  days:
    description: A key that was used within so many days is in use.
    type: int
    default: 7
  check:
    description: Whether the summary is to say what would be done, not what was.
    type: bool
    default: false
  declared:
    description:
      - Where the people are still declared, as P(community.openai_admin.still_declared#lookup) returns it.
      - Without it, the summary says that nobody has looked.
    type: list
    elements: dict
    version_added: 0.10.0
  before:
    description: The report by which all was to go, where what was read is what there is afterwards.
    type: dict
"""

EXAMPLES = r"""
---
- name: Read somebody
  community.openai_admin.user_info:
    email: grace@example.com
  register: people

- name: Read everybody's keys
  community.openai_admin.project_api_key_info:
  register: keys

- name: Say what somebody has
  ansible.builtin.debug:
    msg: "{{ report.people | map(attribute='lines') | list }}"
  vars:
    report: "{{ read | community.openai_admin.offboard_report(['grace@example.com']) }}"
    read:
      users: "{{ people.users }}"
      everybody: "{{ people.users }}"
      project_users: []
      project_api_keys: "{{ keys.project_api_keys }}"
      admin_api_keys: []
      invites: []
      groups: []
      group_members: []
      audit_logs: []
      truncated: false
      switched_off: false
"""

RETURN = r"""
---
_value:
  description:
    - The report, with C(title), C(organization), C(organization_name), C(whose), C(made_at) and C(collection_version),
      as every report. C(organization_name) is the organization that answered, null if no answer says it, and C(whose)
      says it in a sentence.
    - C(people) are the people with all that they have, C(lines) of each the same in words.
    - C(problems) are the reasons for which nothing may be written, C(in_use) the keys that are in use.
    - C(writes) are C(admin_api_keys), C(api_keys), C(groups), C(projects), C(invites) and C(users) that are to go.
    - C(closed) are sentences about groups that only an identity provider can change, and who is in them.
    - C(left) is what is there although it was to go by the report O(before), or has come since.
    - C(ownerless) are admin keys that may be theirs, of which the API does not tell whose they are; C(of_nobody) are
      keys of both kinds of which it tells no owner at all.
    - C(unclear) is what could not be compared, since the API tells no address.
    - C(unfinished) are the reasons for which the job must fail at its end, C(left) and C(unclear) in words.
    - C(not_read) are ways to have access that are not read, each with C(what) and C(why); C(unreadable) are those of
      them that could not be read.
    - C(audit_log) says what is not known of keys that the people created; null, if all is.
    - C(summary) are at most 30 lines.
  type: dict
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.offboard import (
    in_short,
    offboarding,
    unfinished,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.people import NoAddress
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization, answering
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.data import as_data


def report(
    read: Any,
    addresses: Sequence[str],
    days: int = 7,
    check: bool = False,
    organization: str = "",
    before: Mapping[str, Any] | None = None,
    organization_names: Sequence[Any] = (),
    declared: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    if not isinstance(read, Mapping):
        raise AnsibleFilterError("offboard_report needs what was read, by the names that the info modules return.")
    now = time.time()
    try:
        name = answering([*organization_names, (before or {}).get("organization_name")])
        made = offboarding(read, addresses, days, organization, now, before, name)
    except KeyError as missing:
        raise AnsibleFilterError(f"offboard_report needs {missing} among what was read.") from None
    except (NoAddress, WrongOrganization) as reason:
        raise AnsibleFilterError(str(reason)) from None
    said = {"unfinished": unfinished(made), "summary": in_short(made, check, before, declared)}
    return dict(as_data({**made, **said}))


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"offboard_report": report}
