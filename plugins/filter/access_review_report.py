# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: access_review_report
short_description: Show who has access to what in an organization, and by which keys
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make one row of each access; people by project, service accounts, members of groups, admin keys, keys of people who
    have left, invites.
positional: unused_days
options:
  _input:
    description:
      - What the info modules of this collection returned, by their own names, all but the last three required.
      - C(users), C(projects), C(project_users), C(project_api_keys), C(service_accounts), C(admin_api_keys),
        C(invites), C(groups), C(group_members), C(project_groups).
      - Where groups could not be read, the result of the task that failed stands for a list. Its C(msg) says why.
    type: dict
    required: true
  unused_days:
    description: Keys that were not used for so many days get a remark. V(0) remarks none.
    type: int
    default: 90
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
"""

EXAMPLES = r"""
---
- name: Read the admin keys
  community.openai_admin.admin_api_key_info:
  register: keys

- name: Show their owners
  ansible.builtin.debug:
    msg: "{{ (read | community.openai_admin.access_review_report).rows | map(attribute='who') | list }}"
  vars:
    read:
      users: []
      projects: []
      project_users: []
      project_api_keys: []
      service_accounts: []
      admin_api_keys: "{{ keys.admin_api_keys }}"
      invites: []
      groups: []
      group_members: []
      project_groups: []
"""

RETURN = r"""
---
_value:
  description:
    - The report, with C(title), C(organization), C(organization_name), C(whose), C(made_at) and C(collection_version),
      as every report. C(organization_name) is the organization that answered, null if no answer says it, and C(whose)
      says it in a sentence.
    - C(rows) are the accesses, with what C(columns) names. C(counts) are numbers of people, keys and so on; null of
      what could not be read. C(unreadable) says of these why, C(not_read) of other ways to have access as well.
    - C(sections) says how a page shows rows of certain kinds. C(admin_key) is the redacted admin key that read all of
      it, null if the API does not show which one that is.
    - C(verdict) is what the page begins with, C(summary) are at most 30 lines.
  type: dict
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_review import review
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization, answering
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.data import as_data


def report(
    read: Any, unused_days: int = 90, organization: str = "", organization_names: Sequence[Any] = ()
) -> dict[str, Any]:
    if not isinstance(read, Mapping):
        raise AnsibleFilterError("access_review_report needs what was read, by the names that the info modules return.")
    try:
        name = answering(organization_names)
        return dict(as_data(review(read, unused_days, organization, time.time(), name)))
    except WrongOrganization as reason:
        raise AnsibleFilterError(str(reason)) from None
    except KeyError as missing:
        raise AnsibleFilterError(f"access_review_report needs {missing} among what was read.") from None


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"access_review_report": report}
