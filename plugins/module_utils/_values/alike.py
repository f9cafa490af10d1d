# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Names that are so similar to another one that they are probably typing errors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_SHORT = 4
"""Shorter names may differ in one letter on purpose: C(qa) and C(qb)."""
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_WORD = 4
"""The number of letters from which a word with one wrong letter counts as a typing error."""
_NEAREST = 3
"""The maximum number of known values to suggest."""


def are_alike(one: str, other: str) -> bool:
    """Return whether two names differ only in case, in blanks, in the composition of characters, or in one letter."""
    if one == other:
        return False
    bare, other_bare = _bare(one), _bare(other)
    return bare == other_bare or (min(len(bare), len(other_bare)) >= _SHORT and _is_one_letter_apart(bare, other_bare))


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_one_letter_apart(one: str, other: str) -> bool:
    """One letter is added, missing or replaced, or two are swapped. Digits number things, so they do not count."""
    start = next((at for at, (here, there) in enumerate(zip(one, other)) if here != there), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    for skipped, other_skipped in ((1, 1), (1, 0), (0, 1)):
        if rest[skipped:] == other_rest[other_skipped:]:
            return (rest[:skipped] + other_rest[:other_skipped]).isalpha()
    return rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:] and rest[:2].isalpha()


def is_slip(value: str, known: str) -> bool:
    """Return whether a value is a known one in other case, or with typing errors in its longer words.

    Residencies of two countries differ in a short word, and are not typing errors of each other.
    """
    words, its = (_WORD.findall(each.casefold()) for each in (value, known))
    return len(words) == len(its) and all(map(_is_nearly, words, its))


def _is_nearly(one: str, other: str) -> bool:
    """Equal, or one letter is wrong, missing or too many, or two are swapped."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_WORD or len(long) - len(short) > 1:
        return False
    same = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    one, other = short[same:], long[same:]
    if len(short) < len(long):
        return one == other[1:]
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])


def intended(value: str, known: Iterable[str]) -> list[str]:
    """Return the known value that a value misspells, or otherwise those that it abbreviates, as other tools do.

    C(EU) abbreviates C(EU_STORAGE_PROCESSING); C(JP) abbreviates two.
    """
    slip_of = [each for each in known if is_slip(value, each)]
    return slip_of[:1] or [each for each in known if each.casefold().startswith(f"{value.strip().casefold()}_")]


def unknown_values(name: str, values: Iterable[str], known: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return problems and warnings about the values of an option for which the API may accept unknown values.

    A misspelled value is a problem, without a full stop. Any other unknown value is a warning: the API decides.
    """
    problems, warnings = [], []
    for value in values:
        if value in known or not value.strip():
            continue
        meant = next((each for each in known if is_slip(value, each)), None)
        if meant:
            problems.append(f"{name} cannot be '{value}' (did you mean '{meant}'?)")
        else:
            near = get_close_matches(value, known, _NEAREST, 0) if len(known) > _NEAREST else known
            warnings.append(
                f"{name} has '{value}', which this collection does not know (known are{' such as' * (near != known)}"
                f" {', '.join(near)}). Whether it is valid is up to the API."
            )
    return problems, warnings
