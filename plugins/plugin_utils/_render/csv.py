# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Writes rows as CSV for spreadsheets, in which texts stay texts and numbers stay numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import encodable, visible

FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""First characters, some of them full-width, that turn a cell into a formula, which could leak data."""
BYTE_ORDER_MARK = "\ufeff"
"""The beginning of a file that makes spreadsheets read it as UTF-8."""

_SPLITTING = re.compile('[",;\t\r\n]')
_LINE_END = "\r\n"
"""The line end of RFC 4180."""


def table(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    numbers: Collection[str] = (),
    byte_order_mark: bool = False,
) -> str:
    """Return rows below the names of columns, separated by commas; null is empty."""
    cells = [[_cell(name) for name in columns]]
    cells += [[_cell(row.get(name), name in numbers) for name in columns] for row in rows]
    lines = (",".join(each) or '""' for each in cells)  # an empty line would not count as a row
    return "".join((BYTE_ORDER_MARK if byte_order_mark else "", *(line + _LINE_END for line in lines)))


def rows_of(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    numbers: Collection[str] = (),
    byte_order_mark: bool = False,
) -> str:
    """Return CSV like C(written), for rows with texts from the API, in which no text can become a formula."""
    shown = [{name: _harmless(row.get(name)) for name in columns} for row in rows]
    return table(shown, columns, numbers, byte_order_mark)


def _harmless(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """Return a text that no spreadsheet evaluates, with visible control characters.

    If semicolons separate cells, as in most of Europe, a spreadsheet may split a line at them, even within quotes. So
    no text after one begins like a formula either.
    """
    first, *others = visible(text).split(";")
    return ";".join((first, *(f"'{part}" if _begins_formula(part) else part for part in others)))


def _cell(value: Any, number: bool = False) -> str:
    """Return a value, in quotes if necessary."""
    text = "" if value is None else encodable(str(value))
    if isinstance(value, str) and not number and _begins_formula(text):
        return _in_quotes(f"'{text}")
    return _in_quotes(text) if _SPLITTING.search(text) else text


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _begins_formula(text: str) -> bool:
    return next((sign for sign in text if sign.isprintable() and not sign.isspace()), "") in FORMULA
