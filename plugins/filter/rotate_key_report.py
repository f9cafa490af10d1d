# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: rotate_key_report
short_description: Tell what the job rotate_key did, would do, or cannot do
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make a few lines of what M(community.openai_admin.project_api_key) returned, and of what became of the new key.
    They never hold the key.
  - The role C(community.openai_admin.rotate_key) uses it.
options:
  _input:
    description: The settings of the role.
    type: dict
    required: true
  secrets:
    description: The secret options of the role that are set.
    type: list
    elements: str
    default: []
  result:
    description: What M(community.openai_admin.project_api_key) returned.
    type: dict
  check:
    description: Whether it was run in check mode.
    type: bool
    default: false
  storing:
    description:
      - What failed. The C(task) and its C(message), the server's C(answer), whether the store C(can_be_read), the ID
        that it has now (C(stored)), and what came of revoking the key (C(revoked)).
    type: dict
"""

EXAMPLES = r"""
---
- name: Replace a key
  community.openai_admin.project_api_key:
    project: search-prod
    service_account: search-api
    name: deploy
    rotate_after_days: 90
    api_key_path: /etc/openai/deploy.key
  register: deploy_key

- name: Say what that did
  ansible.builtin.debug:
    msg: "{{ (settings | community.openai_admin.rotate_key_report(result=deploy_key)).summary }}"
  vars:
    settings:
      openai_admin_rotate_key_project: search-prod
      openai_admin_rotate_key_service_account: search-api
      openai_admin_rotate_key_name: deploy
      openai_admin_rotate_key_after_days: 90
      openai_admin_rotate_key_revoke_unused_for_days: 7
      openai_admin_rotate_key_store: file
      openai_admin_rotate_key_store_path: /etc/openai/deploy.key
"""

RETURN = r"""
---
_value:
  description: The report.
  type: dict
  contains:
    problems:
      description: Why the job cannot be done as it was told.
      type: list
      elements: str
    summary:
      description: What was done, would be done, and is left for a person. Empty without O(result).
      type: list
      elements: str
    failure:
      description: What became of a key that could not be stored. Empty without O(storing).
      type: str
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.rotate_key import failure, problems, summary


def report(
    settings: Mapping[str, Any],
    secrets: Sequence[str] = (),
    result: Mapping[str, Any] | None = None,
    check: bool = False,
    storing: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "problems": problems(settings, secrets),
        "summary": summary(settings, result, check) if result and not storing else [],
        "failure": failure(settings, result, storing) if result and storing else "",
    }


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"rotate_key_report": report}
