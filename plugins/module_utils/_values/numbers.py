# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Exact numbers, and numbers with the nouns that they count."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any


def exact(number: Any) -> Decimal | None:
    """Return a number, or that in a string, exactly; null for anything else, and if it is not finite."""
    if isinstance(number, bool) or not isinstance(number, (int, float, str, Decimal)):
        return None
    try:
        found = Decimal(str(number))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun: C(1 object), C(2 objects). C(several): the plural, if it is irregular."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
