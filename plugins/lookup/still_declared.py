# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: still_declared
short_description: Return where a declaration still contains people who leave
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Find people in a declaration, among its people, its invites and those of its projects. Entries that are C(absent),
    and those in projects that are C(archived), do not count.
  - It fails if the declaration is for another organization than the one that answered.
options:
  _terms:
    description:
      - Paths of declarations, as for P(community.openai_admin.declaration#lookup). An empty one means O(organization).
    type: list
    elements: path
    required: true
  people:
    description:
      - The people, each with the addresses C(asked) and C(email) and with C(ids), such as C(people) of
        P(community.openai_admin.job_report#filter).
    type: list
    elements: dict
    required: true
  organization:
    description: The declaration, if it is in a variable. It may be text in YAML.
    type: raw
  problems:
    description:
      - Whether to return why a declaration cannot be read, instead of the places, and instead of failing. Each problem
        is a text; there are none if it can be read.
    type: bool
    default: false
  organization_name:
    description: The organization's name in the API's answers. Empty if no answer contains it.
    type: str
    default: ''
"""

EXAMPLES = r"""
---
- name: Say where somebody is declared
  ansible.builtin.debug:
    msg: "{{ places | map(attribute='text') }}"
  vars:
    places: "{{ query('community.openai_admin.still_declared', 'organization.yml', people=people) }}"
    people:
      - asked: grace@example.com
        email: grace@example.com
        ids: []
"""

RETURN = r"""
---
_raw:
  description: The places, those of one person after those of another; or, with O(problems), texts.
  type: list
  elements: dict
  contains:
    email:
      description: Whose place it is, the address C(asked).
      type: str
    where:
      description: The declared object, counted from 0, such as C(projects[0].users[2]).
      type: str
    place:
      description:
        - Where it stands, as C(file:line:column). Empty if that is not known.
        - It is known of files, and with ansible-core 2.19 and newer of variables.
      type: str
    text:
      description: Both of them.
      type: str
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, refusal
from ansible_collections.community.openai_admin.plugins.module_utils._organization.name import OPTION
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.file import (
    read_declaration,
    read_text,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import one_of
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import in_variables
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.problems import no_dictionary
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.still_declared import where_declared
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import WrongOrganization, answering


class LookupModule(LookupBase):
    """The lookup, for ansible-core."""

    def run(self, terms: Sequence[str], variables: Mapping[str, Any] | None = None, **options: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=options)
        found: list[Any] = []
        for term in terms:
            try:
                declaration, place = self._read(term, variables or {}) if term else self._given(options)
            except BadInput as error:
                if not self.get_option("problems"):
                    raise AnsibleLookupError(error.message) from None
                found += error.message.split("\n")
                continue
            if self.get_option("problems"):
                continue
            try:
                answering([self.get_option("organization_name")], declaration.get(OPTION))
            except WrongOrganization as reason:
                raise AnsibleLookupError(str(reason)) from None
            found += [
                _told(person["asked"], where, place(where))
                for person in self.get_option("people")
                for where in where_declared(declaration, person)
            ]
        return found

    def _read(self, term: str, variables: Mapping[str, Any]) -> tuple[Mapping[str, Any], Callable[[str], str]]:
        beside = self.find_file_in_search_path(variables, "files", term, ignore_missing=True)
        reading = read_declaration(one_of(term, beside), self._loader)
        if reading.problems:
            raise refusal(BadInput, reading.problems)
        return reading.content, reading.place

    def _given(self, options: Mapping[str, Any]) -> tuple[Mapping[str, Any], Callable[[str], str]]:
        given = options.get("organization") or {}
        if not isinstance(given, (str, Mapping)):
            raise BadInput(no_dictionary(given))
        if not isinstance(given, str):
            return given, lambda where: in_variables(given, where)
        reading = read_text(given)
        return reading.content, reading.place


def _told(email: str, where: str, place: str) -> dict[str, str]:
    text = ": ".join(filter(None, (place, where)))
    return {"email": email, "where": where, "place": place, "text": text}
