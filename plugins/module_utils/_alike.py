# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Names that are so close to another one that they are more likely a slip than a second name."""

from __future__ import annotations

import unicodedata

_SHORT = 4
"""Names below this length differ in one letter by right: C(qa) and C(qb)."""


def are_alike(one: str, other: str) -> bool:
    """Whether two names differ, and only in case, in blanks, in how characters are composed, or in one letter."""
    if one == other:
        return False
    bare, other_bare = _bare(one), _bare(other)
    return bare == other_bare or (min(len(bare), len(other_bare)) >= _SHORT and _is_one_letter_apart(bare, other_bare))


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_one_letter_apart(one: str, other: str) -> bool:
    """One letter more, less, another one, or two that changed places. Digits number things, and are no slips."""
    start = next((at for at, (here, there) in enumerate(zip(one, other)) if here != there), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    for skipped, other_skipped in ((1, 1), (1, 0), (0, 1)):
        if rest[skipped:] == other_rest[other_skipped:]:
            return (rest[:skipped] + other_rest[:other_skipped]).isalpha()
    return rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:] and rest[:2].isalpha()
