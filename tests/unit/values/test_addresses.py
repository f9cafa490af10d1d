# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""E-mail addresses: which texts are one, and which two are the same."""

from __future__ import annotations

import unicodedata

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses
from hypothesis import given
from hypothesis import strategies as st

ASCII_BLANKS = " \t\n\r\v\f"
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
SPECIAL = '()<>[]:;,\\"'

LETTERS = st.characters(exclude_categories=UNSEEN, exclude_characters=SPECIAL + "@")
ADDRESSES = st.builds("{}@{}".format, st.text(LETTERS, min_size=1), st.text(LETTERS, min_size=1))
BLANKS = st.text(ASCII_BLANKS)


def flaw(value: str) -> str:
    with pytest.raises(ValueError, match=r"^must be one e-mail address such as ada@example\.com, not ") as error:
        addresses.clean(value)
    return str(error.value)


# --- what is an address


@given(BLANKS, ADDRESSES, BLANKS)
def test_blanks_around_an_address_are_no_part_of_it(before: str, address: str, after: str) -> None:
    assert addresses.clean(before + address + after) == address


REFUSED = [*SPECIAL, *(chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in UNSEEN)]
"""Of the planes above, the characters of these categories are of use to nobody who types."""


def test_nothing_that_separates_or_does_not_show_is_part_of_an_address() -> None:
    for character in REFUSED:
        for address in (f"a{character}b@example.com", f"ab@exam{character}ple.com"):
            flaw(address)
        if character not in ASCII_BLANKS:
            flaw(f"{character}ab@example.com")
            flaw(f"ab@example.com{character}")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("mailto:a@example.com", "a colon"),
        ("a@example.com,b@example.com", "a comma"),
        ("a@example.com;b@example.com", "a semicolon"),
        ("A B <a@example.com>", "a blank"),
        ("<a@example.com>", "a less-than sign"),
        ("a@example.com\u00a0", "a no-break space"),
        ("\u00a0a@example.com", "a no-break space"),
        ("a\u3000b@example.com", "an ideographic space"),
        ("a\u200bb@example.com", "a zero width space"),
        ("a\x1b[2J@example.com", "a control character U+001B"),
        ("a\\b@example.com", "a backslash"),
        ("['a@example.com']", "a left square bracket"),
        ("a.example.com", "no @"),
        ("", "no @"),
        (" ", "no @"),
        ("a@b@example.com", "2 of the character @"),
        ("@example.com", "nothing before the @"),
        ("a@", "nothing after the @"),
    ],
)
def test_what_is_no_address_is_told_in_words(written: str, why: str) -> None:
    assert flaw(written).endswith(f"(it has {why})")


@given(st.text())
def test_a_message_shows_every_character(written: str) -> None:
    assert flaw(written + ";").isprintable()


# --- when two are the same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane.Doe@Example.com", "jane.doe@example.com"),
        (" grace@example.com\t", "grace@example.com"),
        ("MAX@STRA\u1e9eE.example", "max@stra\u00dfe.example"),
        ("re\u0301ne\u0301@example.com", "R\u00c9N\u00c9@example.com"),
        ("H\u0331@example.com", "\u1e96@example.com"),
    ],
)
def test_case_and_composition_make_no_difference(one: str, other: str) -> None:
    assert all(addresses.same(*pair) for pair in ((one, other), (other, one)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("max@stra\u00dfe.example", "max@strasse.example"),
        ("ma\u017fter@example.com", "master@example.com"),
        ("o\ufb03ce@example.com", "office@example.com"),
        ("grace@example.com", "grace@example.org"),
        (None, None),
        ("", ""),
        (" ", None),
        ("grace@example.com", None),
    ],
)
def test_nothing_else_is_the_same(one: str | None, other: str | None) -> None:
    assert not any(addresses.same(*pair) for pair in ((one, other), (other, one)))


@given(ADDRESSES)
def test_the_canonical_form_is_its_own(address: str) -> None:
    form = addresses.canonical(address)
    assert addresses.canonical(form) == form
    assert addresses.same(address, form)
    assert addresses.same(address, unicodedata.normalize("NFD", address))


@given(st.text(st.characters(max_codepoint=127, exclude_categories=UNSEEN), min_size=1))
def test_among_ascii_only_case_makes_no_difference(address: str) -> None:
    assert addresses.same(address, address.swapcase())
    assert addresses.canonical(address) == address.lower()


@pytest.mark.parametrize("value", [None, 1, 1.5, True])
def test_what_is_no_text_has_no_other_form(value: object) -> None:
    assert addresses.canonical(value) is value
