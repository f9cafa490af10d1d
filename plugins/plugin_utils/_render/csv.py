# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Rows as a table for spreadsheets: texts stay texts, numbers stay numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import encodable, visible

FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""With one of these, some as wide as East Asian letters, a cell becomes a formula, which could send the table away."""
BYTE_ORDER_MARK = "\ufeff"
"""At the beginning of a file, it has spreadsheets take the file for UTF-8."""

_SPLITTING = re.compile('[",;\t\r\n]')
_LINE_END = "\r\n"
"""As RFC 4180 wants it."""


def table(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    numbers: Collection[str] = (),
    byte_order_mark: bool = False,
) -> str:
    """The rows below the columns' names, separated by commas. What is null is empty."""
    cells = [[_cell(name) for name in columns]]
    cells += [[_cell(row.get(name), name in numbers) for name in columns] for row in rows]
    lines = (",".join(each) or '""' for each in cells)  # an empty line would be no row
    return "".join((BYTE_ORDER_MARK if byte_order_mark else "", *(line + _LINE_END for line in lines)))


def harmless(text: str) -> str:
    """A text of which no part does more than to be read.

    Where semicolons separate cells, as in most of Europe, a spreadsheet may split a line at them, in quotes or not.
    So nothing behind one begins like a formula. Control characters are visible.
    """
    first, *others = visible(text).split(";")
    return ";".join((first, *(f"'{part}" if _begins_formula(part) else part for part in others)))


def _cell(value: Any, number: bool = False) -> str:
    """A value as it is written: in quotes, where anything in it could be taken for more than text."""
    text = "" if value is None else encodable(str(value))
    if isinstance(value, str) and not number and _begins_formula(text):
        return _in_quotes(f"'{text}")
    return _in_quotes(text) if _SPLITTING.search(text) else text


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _begins_formula(text: str) -> bool:
    return next((sign for sign in text if sign.isprintable() and not sign.isspace()), "") in FORMULA
