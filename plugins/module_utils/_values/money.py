# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Amounts of US dollars that people declare: exact to the cent, or refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import exact

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
    found = _number(amount)
    if found is None:
        raise ValueError(f"must be a number of US dollars, such as 500 or 499.5, not {_shown(amount)}")
    if not _CENT <= found <= MOST:
        raise ValueError(f"must be at least 0.01 and at most {MOST}, not {amount}")
    rounded = found.quantize(_CENT)
    if abs(found - rounded) > (_ROUNDING if isinstance(amount, float) else 0):
        raise ValueError(f"must have at most two decimals, not {amount}")
    return rounded


def _number(amount: Any) -> Decimal | None:
    is_unusual = isinstance(amount, str) and ("_" in amount or not amount.isascii())
    return None if is_unusual else exact(amount)


def _shown(amount: Any) -> str:
    return (
        f"'{amount}'" if isinstance(amount, str) else str(amount).lower() if isinstance(amount, bool) else str(amount)
    )
