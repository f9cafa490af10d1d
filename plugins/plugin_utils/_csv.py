# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Rows as a table for spreadsheets: texts stay texts, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""With one of these, some as wide as East Asian letters, a cell becomes a formula, which could send the table away."""


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], numbers: Collection[str] = ()) -> str:
    """The rows below the columns' names, separated by commas. What is null is empty."""
    text = io.StringIO()
    writer = csv.writer(text)  # lines end as RFC 4180 wants it
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name), name in numbers) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any, number: bool) -> Any:
    if value is None or number or not isinstance(value, str):
        return value
    first = next((sign for sign in value if sign.isprintable() and not sign.isspace()), "")
    return f"'{value}" if first in FORMULA else value
