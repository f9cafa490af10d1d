# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Validation and comparison of e-mail addresses.

Two addresses are equal if they are equal in NFC and in lower case. Case folding would go too far: it makes
C(straße) and C(strasse) equal, which are two domains and can belong to two people. Requests contain an address as
somebody wrote it or as the API listed it, never the form for comparison.
"""

from __future__ import annotations

import unicodedata
from typing import Any

BLANKS = " \t\n\r\v\f"
"""Characters to strip from the ends of an address. Other blanks look like these, and are rejected."""
_SPECIAL = frozenset('()<>[]:;,\\"')
"""Characters around, before or between addresses, never in one (RFC 5322, without quoted local parts)."""
_NAMES = {" ": "blank", "\\": "backslash"}
"""Common names of characters, where Unicode's names differ."""
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Zs"))
"""Unicode's categories of blanks and of invisible characters: control, format and surrogate."""


def clean(value: str) -> str:
    """Return the address without surrounding blanks.

    :raises ValueError: the text is not exactly one address; the message continues after the name of an option.
    """
    address = value.strip(BLANKS)
    flaw = _flaw(address)
    if flaw:
        raise ValueError(f"must be one e-mail address such as ada@example.com, not {address!r} (it has {flaw})")
    return address


def canonical(value: Any) -> Any:
    """Return an address in the form for comparison; null for a blank text, other types unchanged."""
    if not isinstance(value, str):
        return value
    lower = unicodedata.normalize("NFC", value.strip(BLANKS)).lower()
    return unicodedata.normalize("NFC", lower) or None


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same address; a null or blank value equals no other."""
    known = canonical(one)
    return known is not None and known == canonical(other)


def _flaw(address: str) -> str:
    """Return why a text is not an address, as words that follow C(it has); empty if it is one."""
    for character in address:
        if character in _SPECIAL or unicodedata.category(character) in _UNSEEN:
            name = _name(character)
            return f"{'an' if name[0] in 'aeio' else 'a'} {name}"
    count = address.count("@")
    if count != 1:
        return f"{count} of the character @" if count else "no @"
    local, dummy, domain = address.partition("@")
    return "" if local and domain else f"nothing {'after' if local else 'before'} the @"


def _name(character: str) -> str:
    """Return the common name of a character: C(comma), C(no-break space)."""
    unnamed = f"control character U+{ord(character):04X}"
    return _NAMES.get(character) or unicodedata.name(character, "").lower() or unnamed
