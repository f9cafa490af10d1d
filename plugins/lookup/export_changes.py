# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: export_changes
short_description: Compare an export of an OpenAI organization with existing files
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Return what the role C(community.openai_admin.export) would write and remove, the diff, and whether the existing
    files are exactly what the last export wrote. The lookup writes nothing.
options:
  _terms:
    description: The path of the file, or of the directory.
    type: list
    elements: path
    required: true
  files:
    description: The result of P(community.openai_admin.declaration_files#filter).
    type: dict
    required: true
  onto:
    description:
      - Whether to merge the organization into the existing declaration, if somebody has changed it since the last
        export.
      - Needs the Python library ruamel.yaml on the controller.
    type: bool
    default: false
  organization:
    description: The organization from M(community.openai_admin.organization_info), for O(onto).
    type: dict
    default: {}
  ids:
    description: What M(community.openai_admin.organization_info) returns besides, for O(onto).
    type: dict
    default: {}
  organization_name:
    description: The organization's name in the API's answers. Empty if no answer contains it.
    type: str
    default: ''
  return_problem:
    description:
      - Return RV(_raw[].problem) instead of failing, if nothing can be exported to the path.
    type: bool
    default: false
  stamp:
    description: A unique suffix for backups, such as the time.
    type: str
    default: last
"""

EXAMPLES = r"""
---
- name: Read the organization
  community.openai_admin.organization_info:
  register: existing

- name: Say how the declaration differs from it
  ansible.builtin.debug:
    msg: "{{ lookup('community.openai_admin.export_changes', 'organization.yml', files=files).difference }}"
  vars:
    files: "{{ existing.organization | community.openai_admin.declaration_files }}"
"""

RETURN = r"""
---
_raw:
  description: The changes.
  type: list
  elements: dict
  contains:
    files:
      description: The paths of all files of the export.
      type: list
      elements: str
    write:
      description: The texts of the files that change, by path.
      type: dict
    remove:
      description: The paths of files that an export wrote, for projects that are gone.
      type: list
      elements: str
    backup:
      description: Paths of backups, by path of each file that no export wrote, or that somebody has changed since.
      type: dict
    flaws:
      description: Why the existing files differ from the last export. Empty if they do not, or if nothing changes.
      type: list
      elements: str
    left:
      description: Files and directories that are not part of a declaration.
      type: list
      elements: str
    others:
      description:
        - Files of projects that no export wrote. They stay part of the declaration.
        - With O(onto), this list is empty, because the organization is merged into them too.
      type: list
      elements: str
    difference:
      description: The lines of the diff between the existing files and the organization.
      type: list
      elements: str
    whose:
      description: A sentence that names the organization that answered.
      type: str
    problem:
      description:
        - With O(return_problem), why nothing can be exported to the path, in sentences. The lookup then returns nothing
          else.
      type: str
    mergeable:
      description: Whether the export can be merged into the existing files, which are unencrypted text.
      type: bool
    missing:
      description: With O(onto), the places of declared objects that do not exist in the organization. They stay.
      type: list
      elements: str
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.export_files import (
    Unsuitable,
    is_exact,
    plan_directory,
    plan_file,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.onto_files import plan_onto
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import absolute
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import whose
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.data import as_data


class LookupModule(LookupBase):
    """The lookup, for ansible-core."""

    def run(
        self, terms: Sequence[str], variables: Mapping[str, Any] | None = None, **options: Any
    ) -> list[dict[str, Any]]:
        self.set_options(var_options=variables, direct=options)
        texts, stamp = self.get_option("files"), self.get_option("stamp")
        return [as_data(self._changes(Path(absolute(term)).expanduser(), texts, stamp)) for term in terms]

    def _changes(self, place: Path, texts: Mapping[str, Any], stamp: str) -> dict[str, Any]:
        try:
            return self._plan(place, texts, stamp)
        except (Unsuitable, BadInput) as reason:
            if self.get_option("return_problem"):
                return {"problem": str(reason)}
            raise AnsibleLookupError(str(reason)) from None

    def _plan(self, place: Path, texts: Mapping[str, Any], stamp: str) -> dict[str, Any]:
        files: Mapping[str, str] = texts["files"]
        alone = list(files) == [""]
        name = self.get_option("organization_name") or None
        changes = plan_file(place, files[""], stamp) if alone else plan_directory(place, files, texts["whole"], stamp)
        if self.get_option("onto") and not is_exact(changes):
            changes = plan_onto(place, self.get_option("organization"), self.get_option("ids"), self._loader, name)
        made = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(changes).items()}
        return {**made, "whose": visible(whose(name))}
