# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What errors say, and what they hand on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    ApiError,
    BadAnswer,
    BadInput,
    Interrupted,
    NotFound,
    Refused,
    RequestError,
    Unreachable,
    masked,
)
from hypothesis import given
from hypothesis import strategies as st

KEYS = st.from_regex(r"sk-(proj-|admin-|svcacct-)?[A-Za-z0-9_-]{20,60}", fullmatch=True)
BEFORE = st.sampled_from(
    [
        *("", " ", '"', "'", "=", ":", "/", "_", "-", ".", "\n", "\t"),
        *(r"\n", r"\t", r"\r", r"\b", r"\f", r"\\n", r"\u001b", r"\x1b", "%3D", "%3d", "%20", "OPENAI_API_KEY_"),
    ]
)
"""Characters before a key: as typed, and escaped in JSON, in messages and in addresses."""

FACTS: dict[str, Any] = {
    "status_code": 404,
    "error_code": "not_found",
    "error_type": "invalid_request_error",
    "error_param": None,
    "request_id": "req_1",
}


@pytest.mark.parametrize("kind", [AdminError, BadInput, Refused, NotFound])
def test_a_message_is_all_there_is_to_read(kind: type[AdminError]) -> None:
    error = kind("There is no project 'x'.")
    assert str(error) == error.message == "There is no project 'x'."
    assert error.facts == {}


@pytest.mark.parametrize(
    "kind", [BadInput, Refused, NotFound, RequestError, Unreachable, BadAnswer, ApiError, Interrupted]
)
def test_every_error_ends_a_task_in_words(kind: type[Exception]) -> None:
    assert issubclass(kind, AdminError)


@pytest.mark.parametrize("kind", [Unreachable, BadAnswer, ApiError])
@pytest.mark.parametrize("executed", [True, False, None])
def test_what_became_of_a_request_is_no_key_of_the_result(kind: type[RequestError], executed: bool | None) -> None:
    error = kind("Could not read.", executed=executed, final=True, retry_after=3.0, **FACTS)
    assert (error.executed, error.final, error.retry_after) == (executed, True, 3.0)
    assert error.facts == FACTS


def test_a_request_error_can_be_tried_again_unless_it_says_otherwise() -> None:
    error = RequestError("Could not read.", executed=None)
    assert (error.final, error.retry_after) == (False, None)


def test_a_refusal_of_the_server_has_its_status() -> None:
    assert ApiError("Could not read.", executed=False, **FACTS).status == 404


class TestInterrupted:
    def test_it_says_why_and_what_was_done_before(self) -> None:
        error = Interrupted(AdminError("Could not update."), ("create project 'x'", "update project 'x'"))
        assert str(error) == "Could not update. Done before that: create project 'x'; update project 'x'."
        assert error.facts == {"changed": True, "done": ["create project 'x'", "update project 'x'"]}

    def test_the_facts_of_the_cause_stay(self) -> None:
        error = Interrupted(ApiError("Could not update.", executed=False, **FACTS), ("create project 'x'",))
        assert error.facts == {**FACTS, "changed": True, "done": ["create project 'x'"]}

    @pytest.mark.parametrize("said", [{"changed": False}, {"done": []}, {"changed": False, "done": ["nothing"]}])
    def test_nothing_hides_that_something_was_done(self, said: dict[str, Any]) -> None:
        error = Interrupted(AdminError("Could not update.", **said), ("create project 'x'",))
        assert error.facts == {"changed": True, "done": ["create project 'x'"]}


@given(before=st.tuples(st.sampled_from(["", "line", "OPENAI", "7"]), BEFORE.filter(bool)).map("".join), key=KEYS)
def test_a_key_is_masked_whatever_comes_before_it(before: str, key: str) -> None:
    assert masked(f"{before}{key} after") == f"{before}sk-*** after"
    assert masked(json.dumps({"text": f"{before}{key}"})) == json.dumps({"text": f"{before}sk-***"})


@given(word=st.from_regex(r"[A-Za-z0-9]{0,8}(ta|ri|de|ma|di|Di|a|2)sk-[a-z0-9-]{12,40}", fullmatch=True))
def test_a_word_that_contains_the_beginning_of_a_key_is_shown(word: str) -> None:
    for before in ("", "the ", "\n", r"\n", "%20"):
        assert masked(f"{before}{word}") == f"{before}{word}"
