# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: csv
short_description: Write rows as CSV that a spreadsheet takes for what it is
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Write dictionaries as lines of comma-separated values, below a line with the names of the columns.
  - A text that a spreadsheet would take for a formula, because it begins with C(=), C(+), C(-) or C(@), gets an
    apostrophe before it. So does what follows a semicolon in it, where some spreadsheets split cells. Such texts, and
    those with commas, semicolons, quotes, tabs or line breaks, stand in quotes. Numbers stay numbers.
  - Control characters are written as escapes, such as C(\x1b).
positional: columns, numbers
options:
  _input:
    description: The rows.
    type: list
    elements: dict
    required: true
  columns:
    description: The keys of the rows to be written, in this order. What a row does not have, or is null, is empty.
    type: list
    elements: str
    required: true
  numbers:
    description: Columns whose texts are numbers, such as amounts, and stay as they are.
    type: list
    elements: str
    default: []
  byte_order_mark:
    description: Whether the table begins with a byte order mark, which some spreadsheets need to read it as UTF-8.
    type: bool
    default: false
    version_added: 0.10.0
"""

EXAMPLES = r"""
---
- name: Write a table
  ansible.builtin.copy:
    content: "{{ rows | community.openai_admin.csv(['project', 'amount'], numbers=['amount']) }}"
    dest: costs.csv
    mode: "0600"
  vars:
    rows:
      - project: search-prod
        amount: "128.0423"
"""

RETURN = r"""
---
_value:
  description: The table.
  type: str
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.csv import harmless, table


def written(
    rows: Iterable[Mapping[str, Any]],
    columns: Iterable[str],
    numbers: Iterable[str] = (),
    byte_order_mark: bool = False,
) -> str:
    found = list(rows)
    if not all(isinstance(row, Mapping) for row in found):
        raise AnsibleFilterError("csv needs a list of dictionaries.")
    wanted = list(columns)
    shown = [{name: _shown(row.get(name)) for name in wanted} for row in found]
    return table(shown, wanted, list(numbers), byte_order_mark)


def _shown(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value


class FilterModule:
    """The filter, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"csv": written}
