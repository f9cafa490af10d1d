# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: audit_report
short_description: Say what an audit of an organization found, and what it comes to
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Make a report of what modules returned, as the role C(audit) does.
positional: declaration, settings, about
options:
  _input:
    description:
      - What the modules returned, by the names C(organization), C(project_api_keys), C(admin_api_keys),
        C(certificates) and C(invites). What failed is among them, too.
      - With C(projects), as M(community.openai_admin.project_info) returns them, acceptances can name any of these.
    type: dict
    required: true
  declaration:
    description: The declaration that M(community.openai_admin.organization) was given.
    type: dict
    required: true
  settings:
    description: The settings of the role C(audit), by the full names of its options.
    type: dict
    required: true
  about:
    description:
      - What stands at the report's head, as C(organization), C(made_at) (ISO 8601 in UTC), C(ansible_version),
        C(file) and C(file_sha256).
    type: dict
    required: true
"""

EXAMPLES = r"""
---
- name: Show what an audit comes to
  ansible.builtin.debug:
    msg: "{{ (results | community.openai_admin.audit_report(openai_admin_organization, settings, about)).sentence }}"
"""

RETURN = r"""
---
_value:
  description:
    - The report. C(verdict) is V(compliant), V(drift) or V(incomplete), C(failed) whether the job is to fail,
      C(findings) what counts, C(accepted) what does not, C(checks) and C(not_checked) what was looked at and what
      was not.
    - C(organization_name) is the organization that answered, null if no answer says it, and C(whose) says it in a
      sentence. It fails if answers are of several ones, or not of the declared one.
    - C(accepted_in_vain) are acceptances that name nothing that was found, C(accepted_unclear) those that could mean
      several findings, or one whose name is spelt in another way. Neither hold for anything.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import audit
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import Unusable
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization


def report(
    results: Mapping[str, Any], declaration: Mapping[str, Any], settings: Mapping[str, Any], about: Mapping[str, Any]
) -> dict[str, Any]:
    try:
        return audit(results, declaration, settings, about)
    except (Unusable, WrongOrganization) as reason:
        raise AnsibleFilterError(str(reason)) from None


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"audit_report": report}
