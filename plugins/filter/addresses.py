# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: addresses
short_description: Check e-mail addresses, and leave out those that are the same
version_added: 0.10.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Strip addresses of blanks around them, and fail unless each is exactly one e-mail address.
  - Two addresses are the same where they differ in upper and lower case only. What comes back is spelt as it was given.
positional: name
options:
  _input:
    description: The addresses.
    type: list
    elements: str
    required: true
  name:
    description: What an error calls the list, such as the variable that holds it.
    type: str
    default: addresses
  besides:
    description: Leave out what is the same as one of these. They may hold null and texts that are no address.
    type: list
    elements: raw
    default: []
  listed:
    description: Add those of these that are the same as a given address and spelt in another way.
    type: list
    elements: raw
    default: []
  problems:
    description: Return what is wrong, as a list of sentences, instead of failing. An empty list if nothing is.
    type: bool
    default: false
    version_added: 0.10.0
"""

EXAMPLES = r"""
---
- name: Read the people
  community.openai_admin.user_info:
  register: people

- name: Show who of a team is missing
  ansible.builtin.debug:
    msg: "{{ team | community.openai_admin.addresses('team', besides=people.users | map(attribute='email') | list) }}"
  vars:
    team:
      - Grace@example.com
      - alan@example.com
"""

RETURN = r"""
---
_value:
  description: The addresses, each once; or what is wrong with them.
  type: list
  elements: str
"""

from collections.abc import Callable, Iterable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.people import NoAddress, addresses
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.data import as_data


def taken(
    values: Any,
    name: str = "addresses",
    besides: Iterable[Any] = (),
    listed: Iterable[Any] = (),
    problems: bool = False,
) -> list[str]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise AnsibleFilterError("addresses needs a list.")
    try:
        found = addresses(values, name, besides, listed)
    except NoAddress as reason:
        if problems:
            return [str(reason)]
        raise AnsibleFilterError(str(reason)) from None
    return [] if problems else list(as_data(found))


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"addresses": taken}
