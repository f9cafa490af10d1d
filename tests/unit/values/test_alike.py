# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that are close enough to another one to be a slip."""

from __future__ import annotations

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._values.alike import are_alike, intended
from hypothesis import given
from hypothesis import strategies as st

LETTERS = st.text("abcdefghij", min_size=5, max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("search-prod", "Search-Prod"),
        ("search-prod", "search-prod "),
        ("search prod", "search  prod"),
        ("search prod", "searchprod"),
        ("search-prod", "serach-prod"),
        ("search-prod", "search-prd"),
        ("search-prod", "search-prood"),
        ("search-prod", "search-brod"),
        ("caf\u00e9", "cafe\u0301"),
        ("search\u00a0prod", "search prod"),
    ],
)
def test_a_slip_is_seen(one: str, other: str) -> None:
    assert all(are_alike(*pair) for pair in ((one, other), (other, one)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("search-prod", "search-prod"),
        ("search-prod", "search-test"),
        ("team-1", "team-2"),
        ("team-1", "team-11"),
        ("team12", "team21"),
        ("search-prod", "search_prod"),
        ("qa", "qb"),
        ("dev", "dew"),
        ("", "a"),
        ("search", "search-prod"),
    ],
)
def test_another_name_is_none(one: str, other: str) -> None:
    assert not any(are_alike(*pair) for pair in ((one, other), (other, one)))


@given(LETTERS, st.data())
def test_one_letter_more_less_or_other_is_alike(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    for slip in (name[:at] + name[at + 1 :], name[:at] + "x" + name[at:], name[:at] + "x" + name[at + 1 :]):
        assert are_alike(name, slip)
        assert are_alike(slip, name)


@given(LETTERS, st.data())
def test_two_more_letters_are_not(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    assert not are_alike(name, name[:at] + "xy" + name[at:])
    assert not are_alike(name[:at] + "xy" + name[at:], name)


KNOWN = ("US_STORAGE", "EU_STORAGE_PROCESSING", "JP_STORAGE", "JP_STORAGE_PROCESSING", "owner")


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("EU", ["EU_STORAGE_PROCESSING"]),
        (" eu ", ["EU_STORAGE_PROCESSING"]),
        ("JP", ["JP_STORAGE", "JP_STORAGE_PROCESSING"]),
        ("JP_STORAG", ["JP_STORAGE"]),  # a slip comes first
        ("EU_STORAGE", ["EU_STORAGE_PROCESSING"]),
        ("EU_STORAGE_PROC", []),
        ("U", []),
        ("BR", []),
        ("", []),
        ("own", []),
        ("onwer", ["owner"]),
    ],
)
def test_what_shortens_a_known_value_means_it(value: str, meant: list[str]) -> None:
    assert intended(value, KNOWN) == meant
