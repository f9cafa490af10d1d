# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an answer denies of what was asked, and what it leaves open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Request, _denies
from ansible_collections.community.openai_admin.plugins.module_utils._core.evidence import hold
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Write
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan_members import plan_members
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    CERTIFICATE_ACTIVATION,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_tiers import SERVICE_TIERS
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses
from hypothesis import given
from hypothesis import strategies as st

VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.text(max_size=3)))


def asking(value: Any, **more: Any) -> Write:
    return Write("update", "POST", "/x", {}, "update x", {"v": value}, expects=((Field("v", **more), value),))


@given(VALUES)
def test_what_is_as_asked_is_not_denied(value: Any) -> None:
    assert hold(asking(value), {"v": value}) is None


@given(VALUES)
def test_what_an_answer_leaves_out_or_null_is_not_denied(value: Any) -> None:
    assert hold(asking(value), {}) is None
    assert hold(asking(value), {"v": None}) is None


@given(st.text(max_size=5), st.text(max_size=5))
def test_another_text_is_denied_with_both(asked: str, there: str) -> None:
    denial = hold(asking(asked), {"v": there})
    assert (denial is None) == (asked == there)
    if denial:
        assert denial.wholly
        assert denial.message.startswith("Could not update x as asked: the API answers v: ")


@given(st.integers(), st.integers() | st.floats(allow_nan=False))
def test_another_number_is_denied(asked: int, there: float) -> None:
    assert (hold(asking(asked), {"v": there}) is None) == (asked == there)


@pytest.mark.parametrize(("asked", "there"), [("owner", 7), (500, "500"), (True, 1), (["a"], "a"), ("a", ["a"])])
def test_a_value_of_another_type_says_nothing(asked: Any, there: Any) -> None:
    assert hold(asking(asked), {"v": there}) is None


def test_what_should_have_been_cleared_and_is_there_is_denied() -> None:
    assert hold(asking(None), {"v": "still"}) is not None


def test_values_are_compared_as_the_field_does() -> None:
    assert hold(asking("Ada@example.com", canonical=addresses.canonical), {"v": "ada@example.com"}) is None


@pytest.mark.parametrize(
    ("asked", "there", "words"),
    [
        ("x ", "x", "v: 'x', not 'x '"),
        ("e\u0301", "\u00e9", "v: '\\xe9', not 'e\\u0301'"),
        ("\u00e9t\u00e9", "hiver", "v: 'hiver', not '\u00e9t\u00e9'"),
        (1000, 500, "v: 500, not 1000"),
    ],
)
def test_both_values_can_be_told_from_each_other(asked: Any, there: Any, words: str) -> None:
    denial = hold(asking(asked), {"v": there})
    assert denial is not None
    assert words in denial.message


ACTIVATE, *_REST = plan_members(CERTIFICATE_ACTIVATION, ["cert_1", "cert_2"], [], {})


@pytest.mark.parametrize(
    ("listed", "denied"),
    [
        ([{"id": "cert_1", "active": True}, {"id": "cert_2", "active": True}], None),
        ([{"id": "cert_1", "active": False}, {"id": "cert_2", "active": True}], ["cert_1"]),
        ([{"id": "cert_1", "active": False}, {"id": "cert_2", "active": False}], ["cert_1", "cert_2"]),
        ([{"id": "cert_1"}, {"id": "cert_3", "active": False}], None),
        ([], None),
        ([7, None], None),
    ],
)
def test_of_a_list_what_was_named_counts(listed: list[Any], denied: list[str] | None) -> None:
    denial = hold(ACTIVATE, {"object": "list", "data": listed})
    assert (denial and [of for *unused_rest, of in denial.fields]) == denied
    if denial and denied:
        assert denial.wholly == (len(denied) == 2)
        assert "Declare" not in denial.advice


@pytest.mark.parametrize(("there", "declares"), [(7, False), (["standard"], False), ([], True), ("all", True)])
def test_only_a_value_that_the_option_takes_is_advised(there: Any, declares: bool) -> None:
    (enabled,) = (field for field in SERVICE_TIERS.fields if field.name == "enabled")
    denial = hold(replace(asking("flex"), expects=((enabled, ["flex"]),)), {"enabled_tiers": there})
    assert denial is not None
    assert denial.advice.startswith("Declare enabled: " if declares else "Run the task again.")


DELETE, POST = (Request(method, "/x", "do it") for method in ("DELETE", "POST"))


@pytest.mark.parametrize(
    ("request_", "answer", "denies"),
    [
        (DELETE, {"id": "x", "deleted": True}, False),
        (DELETE, {"id": "x", "deleted": False}, True),
        (DELETE, {"deleted": None}, False),
        (DELETE, {"object": "certificate.deleted", "id": "x"}, False),
        (DELETE, {"error": {"message": "No."}}, True),
        (POST, {"error": {"message": "No."}}, True),
        (POST, {"error": "No."}, True),
        (POST, {"error": None}, False),
        (POST, {"id": "x", "error": {"message": "of an earlier attempt"}}, False),
        (POST, {"data": [{"id": "x"}], "error": {"message": "of an earlier attempt"}}, False),
        (POST, {"data": [], "error": {"message": "No."}}, True),
        (POST, {"id": "x", "deleted": False}, False),
    ],
)
def test_an_error_counts_whatever_the_status(request_: Request, answer: dict[str, Any], denies: bool) -> None:
    assert _denies(request_, answer) is denies
