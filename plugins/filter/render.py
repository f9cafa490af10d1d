# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Each filter has its documentation beside this file, in NAME.yml.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.csv import rows_of
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.page import page
from jinja2 import TemplateError


def written(
    rows: Iterable[Mapping[str, Any]],
    columns: Iterable[str],
    numbers: Iterable[str] = (),
    byte_order_mark: bool = False,
) -> str:
    """Return rows as CSV."""
    found = list(rows)
    if not all(isinstance(row, Mapping) for row in found):
        raise AnsibleFilterError("csv needs a list of dictionaries.")
    return rows_of(found, list(columns), list(numbers), byte_order_mark)


def laid_out(report: Mapping[str, Any], template: str) -> str:
    """Return the HTML page of a report."""
    try:
        return page(report, template)
    except TemplateError as reason:
        raise AnsibleFilterError(f"Laying out {template}: {type(reason).__name__}: {reason}") from None


class FilterModule:
    """The filters, for ansible-core."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"csv": written, "page": laid_out}
