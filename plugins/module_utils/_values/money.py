# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Amounts of US dollars that people declare: exact to the cent, or refused."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

MOST = 10**9
"""The largest amount in dollars."""
_CENT = Decimal("0.01")
_ROUNDING = Decimal("1e-9")
"""The largest difference that can come from a template, which calculates with binary fractions."""


def dollars(amount: Any) -> Decimal:
    """Return an amount, a number or a text, in dollars and cents.

    Raises C(ValueError), in words that follow the name of an option, for anything but a positive amount of whole
    cents.
    """
    exact = _number(amount)
    if exact is None:
        raise ValueError(f"must be a number of US dollars, such as 500 or 499.5, not {_shown(amount)}")
    if not _CENT <= exact <= MOST:
        raise ValueError(f"must be at least 0.01 and at most {MOST}, not {amount}")
    rounded = exact.quantize(_CENT)
    if abs(exact - rounded) > (_ROUNDING if isinstance(amount, float) else 0):
        raise ValueError(f"must have at most two decimals, not {amount}")
    return rounded


def _number(amount: Any) -> Decimal | None:
    if isinstance(amount, bool) or not isinstance(amount, (int, float, str)):
        return None
    if isinstance(amount, str) and not amount.isascii():
        return None
    try:
        found = Decimal(str(amount).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and "_" not in str(amount) else None


def _shown(amount: Any) -> str:
    return (
        f"'{amount}'" if isinstance(amount, str) else str(amount).lower() if isinstance(amount, bool) else str(amount)
    )
