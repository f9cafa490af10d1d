# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No control character gets into words: whatever a name holds, each message is plain text, line by line."""

from __future__ import annotations

import ast
import unicodedata
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    ApiError,
    BadAnswer,
    BadInput,
    Interrupted,
    Refused,
    Unreachable,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._module.perform import perform
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from hypothesis import given
from hypothesis import strategies as st

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SEPARATORS = "\u2028\u2029"
CONTROL = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))] + list(BIDI + SEPARATORS) + ["\ud800", "\udfff"]
EVIL = "key\x1b[2J\rchanged: [localhost]\n\u202egnp.exe\x9b31m"
SHOWN = r"key\x1b[2J\rchanged: [localhost]\n\u202egnp.exe\x9b31m"

words = st.text(st.one_of(st.characters(codec=None), st.sampled_from(CONTROL)))


def is_harmless(text: str) -> bool:
    """By Unicode's own categories and classes of direction, rather than by a list."""
    directing = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return not any(
        unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(each) in directing
        or each in "\u061c\u200e\u200f"
        for each in text
    )


@pytest.mark.parametrize("control", CONTROL, ids=ascii)
def test_a_control_character_is_seen(control: str) -> None:
    shown = visible(f"a{control}b")
    assert shown.isascii()
    assert shown.isprintable()
    assert ast.literal_eval(f"'{shown}'") == f"a{control}b"


@given(words)
def test_nothing_that_is_shown_controls_anything(text: str) -> None:
    assert is_harmless(visible(text))
    assert visible(visible(text)) == visible(text)


@given(words)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    harmless = "".join(filter(is_harmless, text))
    assert visible(harmless) == harmless


@pytest.mark.parametrize("text", ["Zoë", "東京", "a b", "\U0001f468\u200d\U0001f469", "مشروع", "c:\\x1b", "e\u0301"])
def test_names_of_all_languages_stay_readable(text: str) -> None:
    assert visible(text) == text


ERRORS: dict[str, AdminError] = {
    "one line": BadInput(f"There is no key '{EVIL}'."),
    "several lines": Refused([f"There is no key '{EVIL}'.", f"There is no project '{EVIL}'."]),
    "of a request": Unreachable(f"Could not revoke '{EVIL}'.", executed=None),
    "of an answer": BadAnswer(f"Could not revoke '{EVIL}'.", executed=None),
    "of the API": ApiError(f"Could not revoke: {EVIL}.", executed=False, status_code=400),
    "interrupted": Interrupted(Refused([f"One '{EVIL}'.", "Two."]), (f"revoke '{EVIL}'",)),
}


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_plain_text(name: str) -> None:
    error = ERRORS[name]
    error.add(f"Look at '{EVIL}'.")
    assert all(is_harmless(line) for line in error.message.split("\n"))
    assert SHOWN in error.message
    assert len(error.lines) == (2 if name in ("several lines", "interrupted") else 1)


def test_what_was_done_is_told_in_plain_text() -> None:
    done: Any = ERRORS["interrupted"].facts["done"]
    assert done == [f"revoke '{SHOWN}'"]


@given(words)
def test_an_error_that_passes_on_another_one_says_the_same(name: str) -> None:
    first = AdminError([f"There is no '{name}'.", "Nor another."])
    assert AdminError(first.lines).message == first.message


def test_warnings_and_differences_are_plain_text_and_values_stay() -> None:
    found = {"key": {"id": EVIL, "names": [EVIL]}}
    there = {"name": EVIL, "names": [EVIL], "count": 1, "owner": None}

    def work(*unused_arguments: Any) -> Outcome:
        return Outcome(
            changed=True,
            returns=found,
            before=None,
            after=there,
            header=f"key '{EVIL}'",
            warnings=(f"'{EVIL}' is new",),
        )

    result = perform(Task({}, work), {"admin_key": "k" * 20}, {}, Mode(diff=True))
    assert result["key"] == found["key"]
    assert result["warnings"] == [f"'{SHOWN}' is new"]
    assert result["diff"] == {
        "before_header": f"key '{SHOWN}'",
        "after_header": f"key '{SHOWN}'",
        "before": None,
        "after": {"name": SHOWN, "names": [SHOWN], "count": 1, "owner": None},
    }


def test_differences_of_many_objects_are_plain_text() -> None:
    one = {"before_header": EVIL, "after_header": EVIL, "before": {"name": EVIL}, "after": None}

    def work(*unused_arguments: Any) -> Outcome:
        return Outcome(changed=True, returns={}, diffs=(one, one))

    result = perform(Task({}, work), {"admin_key": "k" * 20}, {}, Mode(diff=True))
    shown = {"before_header": SHOWN, "after_header": SHOWN, "before": {"name": SHOWN}, "after": None}
    assert result["diff"] == [shown, shown]


def test_a_connection_is_refused_in_plain_text() -> None:
    with pytest.raises(BadInput) as refused:
        Client(Connection("k" * 20, ca_path=EVIL))
    assert is_harmless(refused.value.message)
