# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Parses modes of files, in numbers or in letters."""

from __future__ import annotations

import re

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput

_CLAUSE = re.compile(r"([ugoa]*)([-+=])([rwxX]*)")
_SHIFTS = {"u": 6, "g": 3, "o": 0}
_BITS = {"r": 4, "w": 2, "x": 1}
_MOST = 0o7777


def number(mode: str, has: int, umask: int = 0, is_folder: bool = False) -> int:
    """Return a mode as a number, from a number such as C(0640), or from letters such as C(u=rw,g=r,o=) and C(has).

    :raises BadInput: the mode is neither.
    """
    if re.fullmatch(r"(0o)?[0-7]{1,5}", mode) and int(mode.removeprefix("0o"), 8) <= _MOST:
        return int(mode.removeprefix("0o"), 8)
    made = has
    for clause in mode.split(","):
        found = _CLAUSE.fullmatch(clause.strip())
        if found is None:
            raise BadInput(f"'{mode}' is not a file mode. Write it as '0600' or as 'u=rw,g=r,o='.")
        who, sign, letters = found.groups()
        made = _changed(made, who, sign, letters, umask, is_folder)
    return made


def _changed(has: int, who: str, sign: str, letters: str, umask: int, is_folder: bool) -> int:
    """Return a mode after one clause; a clause that names nobody applies to all, except for the umask."""
    bits = sum(_BITS[letter] for letter in set(letters) & set(_BITS))
    if "X" in letters and (is_folder or has & 0o111):
        bits |= _BITS["x"]
    shifts = [_SHIFTS[each] for each in ("ugo" if not who or "a" in who else who)]
    whole = sum(7 << shift for shift in set(shifts))
    named = sum(bits << shift for shift in set(shifts)) & (~umask if not who else _MOST)
    if sign == "+":
        return has | named
    return has & ~named if sign == "-" else (has & ~whole) | named
