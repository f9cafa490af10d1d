# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""E-mail addresses: what is one, and when two of them are the same.

Two addresses are the same when their letters are, in NFC and in lower case. Case folding would go further:
it makes C(straße) and C(strasse) equal, which are two domains and can be two people. What is sent is an address
as somebody wrote it or as the API listed it, never the form that is compared.
"""

from __future__ import annotations

import unicodedata
from typing import Any

BLANKS = " \t\n\r\v\f"
"""What is stripped from the ends of an address. Other blanks look like these and are none: they are refused."""
_SPECIAL = frozenset('()<>[]:;,\\"')
"""What stands around, before or between addresses, and never in one (RFC 5322; quoted local parts are not accepted)."""
_NAMES = {" ": "blank", "\\": "backslash"}
"""What people call a character whose name in Unicode is another one."""
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Zs"))
"""Unicode's categories of blanks, and of what does not show: control and format characters, halves of others."""


def clean(value: str) -> str:
    """The address without blanks around it.

    :raises ValueError: in words that follow the name of an option, where it is not exactly one address.
    """
    address = value.strip(BLANKS)
    flaw = _flaw(address)
    if flaw:
        raise ValueError(f"must be one e-mail address such as ada@example.com, not {address!r} (it has {flaw})")
    return address


def canonical(value: Any) -> Any:
    """The form in which addresses are compared; null for a blank text, anything but a text as it is."""
    if not isinstance(value, str):
        return value
    lower = unicodedata.normalize("NFC", value.strip(BLANKS)).lower()
    return unicodedata.normalize("NFC", lower) or None


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same address; what is null or blank is the same as nothing."""
    known = canonical(one)
    return known is not None and known == canonical(other)


def _flaw(address: str) -> str:
    """What keeps a text from being an address, as that which it has; empty if nothing does."""
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
    """What people call a character: C(comma), C(no-break space)."""
    unnamed = f"control character U+{ord(character):04X}"
    return _NAMES.get(character) or unicodedata.name(character, "").lower() or unnamed
