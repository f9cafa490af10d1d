# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows as CSV: read back as they were, and nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.csv import table
from hypothesis import given
from hypothesis import strategies as st

COLUMNS = ["name", "amount"]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+49",
        "-dash",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        '=HYPERLINK("https://example.com")',
        "\ufeff=1",
        "\uff1d1",
    ],
)
def test_a_formula_becomes_a_text(name: str) -> None:
    (row,) = read(table([{"name": name, "amount": "-1.50"}], COLUMNS, ["amount"]))
    assert row == {"name": f"'{name}", "amount": "-1.50"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("plain", "plain"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        ('two\nlines, and "quotes"',) * 2,
        ("1e3",) * 2,
    ],
)
def test_everything_else_stays_as_it_is(value: Any, cell: str) -> None:
    assert read(table([{"name": value}], ["name"])) == [{"name": cell}]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r"))))
def test_no_cell_begins_a_formula(names: list[str]) -> None:
    rows = read(table([{"name": name, "amount": "1"} for name in names], COLUMNS, ["amount"]))
    assert [row["name"].removeprefix("'") for row in rows] == [name.removeprefix("'") for name in names]
    assert not any(row["name"].strip().startswith(("=", "+", "-", "@")) for row in rows)
    assert [row["amount"] for row in rows] == ["1"] * len(names)


def test_columns_are_there_without_rows() -> None:
    assert table([], COLUMNS) == "name,amount\r\n"


def test_half_of_a_pair_is_written_as_an_escape() -> None:
    """Nothing could encode it, and the job would end without its table."""
    text = table([{"name": "half \ud800 pair", "other": "\udfff"}], ["name", "other"])
    assert text.encode().decode() == "name,other\r\nhalf \\ud800 pair,\\udfff\r\n"
