# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Amounts are exact to the cent, or refused."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._values.money import MOST, dollars

EXACT: list[tuple[Any, str]] = [
    (0.1, "0.10"),
    ("0.10", "0.10"),
    (1e2, "100.00"),
    ("1e2", "100.00"),
    (10**9, "1000000000.00"),
    (" 5 ", "5.00"),
    (1.15 * 100, "115.00"),
    (0.01, "0.01"),
]
REFUSED: list[Any] = [
    19.999,
    "19.999",
    True,
    False,
    -1,
    0,
    "",
    "1,5",
    "1_000",
    "\u0665",
    "nan",
    "inf",
    None,
    [5],
    0.001,
]


@pytest.mark.parametrize(("amount", "expected"), EXACT)
def test_amounts_are_exact(amount: Any, expected: str) -> None:
    assert str(dollars(amount)) == expected


@pytest.mark.parametrize("amount", [*REFUSED, MOST + 1, 10**30], ids=repr)
def test_what_is_no_amount_is_refused(amount: Any) -> None:
    with pytest.raises(ValueError, match="must "):
        dollars(amount)


def test_cents_are_dollars_times_100() -> None:
    dice = random.Random(3)
    for unused_time in range(2000):
        cents = dice.randint(1, MOST * 100)
        written = f"{cents // 100}.{cents % 100:02d}"
        assert dollars(written) * 100 == cents
        assert dollars(float(written)) * 100 == cents
        assert dollars(Decimal(written).__float__()) * 100 == cents
