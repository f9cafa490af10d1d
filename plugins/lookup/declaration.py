# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: declaration
short_description: Read the declaration of an OpenAI organization
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Read a declaration from a file or a directory, as the playbook C(community.openai_admin.export) writes it.
  - The declaration is data. The lookup rejects a string that looks like a template, unless it has the tag C(!unsafe).
  - To apply a declaration, use O(community.openai_admin.organization#module:src), which needs less time and memory.
options:
  _terms:
    description:
      - Paths. Each is a file with the declaration, at the top level or in C(openai_admin_organization), or a directory
        with such a file, C(organization.yml), and one file per project in C(projects/). The lookup rejects any other
        file in the directory, except hidden ones and C(*.md).
      - The lookup searches a relative path in the directory in which you started Ansible, in C(files/) and beside the
        playbook, and fails if it finds two. A file may be encrypted with Ansible Vault.
    type: list
    elements: path
    required: true
  check:
    description:
      - Whether to check the declaration as M(community.openai_admin.organization) does before its first request.
      - The lookup reports all problems together, with file, line and column.
    type: bool
    default: false
    version_added: 0.10.0
  problems:
    description:
      - Whether to return the problems that O(check) finds, as strings, instead of the declaration, and instead of
        failing.
    type: bool
    default: false
    version_added: 0.10.0
"""

EXAMPLES = r"""
---
- name: Show how long it will take
  ansible.builtin.debug:
    msg: "{{ lookup('community.openai_admin.declaration', 'organization.yml') | community.openai_admin.forecast }}"

- name: Check a declaration without any request to the API
  ansible.builtin.assert:
    that: lookup('community.openai_admin.declaration', 'organization.yml', check=true) is mapping
"""

RETURN = r"""
---
_raw:
  description: The declarations, or their problems.
  type: list
  elements: raw
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.file import read_declaration
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import one_of
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.problems import refuse_problems


class LookupModule(LookupBase):
    """The lookup, for ansible-core."""

    def run(self, terms: Sequence[str], variables: Mapping[str, Any] | None = None, **options: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=options)
        if self.get_option("problems"):
            return [line for term in terms for line in self._problems(term, variables or {})]
        return [self._read(term, variables or {}, bool(self.get_option("check"))) for term in terms]

    def _problems(self, term: str, variables: Mapping[str, Any]) -> list[str]:
        try:
            self._read_checked(term, variables, check=True)
        except BadInput as error:
            return error.message.split("\n")
        return []

    def _read(self, term: str, variables: Mapping[str, Any], check: bool) -> dict[str, Any]:
        try:
            return self._read_checked(term, variables, check)
        except BadInput as error:
            raise AnsibleLookupError(error.message) from None

    def _read_checked(self, term: str, variables: Mapping[str, Any], check: bool) -> dict[str, Any]:
        beside = self.find_file_in_search_path(variables, "files", term, ignore_missing=True)
        reading = read_declaration(one_of(term, beside), self._loader)
        refuse_problems(reading, check)
        return dict(reading.content)
