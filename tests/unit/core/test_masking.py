# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a result shows of secret options: the argument spec decides, and no text repeats a value."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from typing import Any

import pytest
from ansible.module_utils.common import parameters
from ansible_collections.community.openai_admin.plugins.module_utils._core.masking import (
    LONG,
    PLACEHOLDER,
    register_secret,
    secret_values,
    show_options,
    without_secrets,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from hypothesis import given
from hypothesis import strategies as st

SECRET = "correct horse battery"
KEY = "sk-admin-0123456789abcdef"
SPEC: dict[str, Any] = {
    "name": {"type": "str", "no_log": False},
    "token": {"type": "str", "no_log": True, "aliases": ["password"]},
    "extra": {"type": "dict", "no_log": True},
    "one": {"type": "dict", "options": {"id": {"type": "str"}, "content": {"type": "str", "no_log": True}}},
    "many": {
        "type": "list",
        "elements": "dict",
        "options": {"id": {"type": "str"}, "deep": {"type": "dict", "options": {"content": {"no_log": True}}}},
    },
    "plain": {"type": "dict", "options": {"id": {"type": "str"}}},
}

HAS_REGISTRY = importlib.util.find_spec("ansible.module_utils.secrets") is not None


@pytest.mark.parametrize(
    ("given_options", "shown"),
    [
        ({"name": "x", "token": SECRET}, {"name": "x", "token": PLACEHOLDER}),
        ({"token": "x"}, {"token": PLACEHOLDER}),
        ({"token": 5}, {"token": PLACEHOLDER}),
        ({"password": SECRET}, {"password": PLACEHOLDER}),
        ({"token": None, "name": None}, {"token": None, "name": None}),
        ({"token": ""}, {"token": ""}),
        ({"token": [SECRET, 1]}, {"token": PLACEHOLDER}),
        ({"extra": {"a": SECRET}}, {"extra": PLACEHOLDER}),
        ({"one": {"id": "a", "content": SECRET}}, {"one": {"id": "a", "content": PLACEHOLDER}}),
        (
            {"many": [{"id": "a", "deep": {"content": SECRET, "unknown": 1}}, {"id": "b", "deep": None}]},
            {"many": [{"id": "a", "deep": {"content": PLACEHOLDER, "unknown": 1}}, {"id": "b", "deep": None}]},
        ),
        ({"one": f"content={SECRET}"}, {"one": PLACEHOLDER}),
        ({"many": [f'{{"deep": {{"content": "{SECRET}"}}}}']}, {"many": [PLACEHOLDER]}),
        ({"plain": "id=a"}, {"plain": "id=a"}),
        ({"name": SECRET, "token": SECRET}, {"name": SECRET, "token": PLACEHOLDER}),
        ({"name": KEY, "plain": {"id": KEY}}, {"name": "sk-***", "plain": {"id": "sk-***"}}),
        ({"nmae": {"any": ["thing"]}}, {"nmae": {"any": ["thing"]}}),
    ],
)
def test_the_argument_spec_says_which_options_are_hidden(given_options: dict[str, Any], shown: dict[str, Any]) -> None:
    assert show_options(SPEC, given_options) == shown


@pytest.mark.parametrize(
    ("options", "values"),
    [
        ({"name": "x", "token": SECRET}, {SECRET}),
        ({"password": SECRET}, {SECRET}),
        ({"token": None, "one": None, "many": None}, set()),
        ({"token": 12, "extra": {"a": [SECRET, {"b": "c"}], "d": True, "e": 1.5}}, {"12", SECRET, "c", "1.5"}),
        ({"many": [{"deep": {"content": SECRET}}, {"deep": {"id": "no secret"}}]}, {SECRET}),
        ({"one": f"content={SECRET}"}, {f"content={SECRET}"}),
        ({"plain": {"id": "x"}, "nmae": SECRET}, set()),
    ],
)
def test_secret_values_are_found_at_any_depth(options: dict[str, Any], values: set[str]) -> None:
    assert secret_values(SPEC, options) == values
    assert secret_values(SPEC, {"token": "another"}, options) == {"another", *values}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(["msg", "warnings", "name"]), inner, max_size=4)
    ),
    max_leaves=12,
)
RESULTS = st.dictionaries(st.text(max_size=8) | st.sampled_from(["msg", "warnings", "project"]), JSON, max_size=5)
LONG_SECRETS = st.text(min_size=LONG, max_size=40).filter(
    lambda text: len(text.strip()) >= LONG and text not in PLACEHOLDER and set(text) != {"*"}
)


def texts(value: Any) -> Iterator[str]:
    """All texts, keys and numbers of a value."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif not isinstance(value, bool) and value is not None:
        yield str(value)


def planted(result: dict[str, Any], secret: str, around: tuple[str, str]) -> dict[str, Any]:
    """The result with the secret in a text, a key, and a list in a list, as it is and as JSON writes it."""
    text = f"{around[0]}{secret}{around[1]}"
    return {**result, "alone": secret, "in": text, "deep": [[{text: text}], json.dumps(text)], "msg": text}


@given(RESULTS, st.lists(LONG_SECRETS, min_size=1, max_size=3), st.tuples(st.text(max_size=5), st.text(max_size=5)))
def test_no_text_of_a_result_repeats_a_secret(
    result: dict[str, Any], secrets: list[str], around: tuple[str, str]
) -> None:
    shown = without_secrets(planted(result, secrets[0], around), secrets)
    assert shown["alone"] == PLACEHOLDER
    assert [text for text in texts(shown) if secrets[0] in text] == []


@given(RESULTS, st.text(max_size=40))
def test_what_repeats_no_secret_stays_as_it_is(result: dict[str, Any], secret: str) -> None:
    told = list(texts(result))
    forms = (secret, secret.strip(), json.dumps(secret)[1:-1], visible(secret))
    if not any(form and form in text for form in forms for text in told):
        assert without_secrets(result, [secret]) == result


@given(RESULTS, st.text(max_size=LONG - 1, alphabet=st.characters(codec="ascii", exclude_characters='"\\')))
def test_a_short_secret_changes_no_data(result: dict[str, Any], secret: str) -> None:
    printable = secret if secret.isprintable() else ""
    data = {"project": result, "ids": result, "changed": True}
    words = {"msg", "warnings"}
    if not words & set(texts(result)):
        assert without_secrets(data, [printable]) == data


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Invalid key hunter2.", "Invalid key ********."),
        ("hunter2", PLACEHOLDER),
        ("(hunter2)", "(********)"),
        ("hunter22 and ahunter2", "hunter22 and ahunter2"),
    ],
)
def test_a_short_secret_is_hidden_in_messages_where_it_is_a_word(told: str, shown: str) -> None:
    result = {"msg": told, "warnings": [told], "error_code": told, "failed_changes": [{"msg": told, "name": told}]}
    assert without_secrets(result, ["hunter2"]) == {
        "msg": shown,
        "warnings": [shown],
        "error_code": shown,
        "failed_changes": [{"msg": shown, "name": told}],
    }


def test_a_secret_of_several_lines_is_hidden_in_the_forms_that_messages_and_json_have() -> None:
    secret = "-----BEGIN\n\x1bwords\u2028-----END"
    forms = {"name": secret, "msg": f"Could not read {visible(secret)}.", "body": json.dumps({"echo": secret})}
    told = json.dumps(without_secrets(forms, [secret]))
    assert "BEGIN" not in told
    assert "words" not in told


def test_secrets_of_blanks_hide_nothing() -> None:
    result = {"msg": "Could not read the projects.", "name": "a  b"}
    assert without_secrets(result, ["", " ", "\n"]) == result


def test_numbers_that_hold_a_secret_are_hidden_and_booleans_are_not() -> None:
    result = {"changed": True, "created_at": 1800000000, "limit": 12345678, "more": 3123456781.5, "none": None}
    assert without_secrets(result, ["12345678"]) == {**result, "limit": PLACEHOLDER, "more": PLACEHOLDER}
    assert without_secrets({"limit": 1234}, ["1234"]) == {"limit": 1234}


def test_the_longer_secret_is_hidden_first() -> None:
    assert without_secrets({"name": "xsecret-long-one"}, ["secret-l", "secret-long-one"]) == {"name": "x********"}


@pytest.mark.skipif(HAS_REGISTRY, reason="deprecated since ansible-core 2.22")
@given(RESULTS, LONG_SECRETS.filter(lambda text: text == text.strip()), st.tuples(st.text(), st.text()))
def test_it_is_as_strict_as_what_older_versions_of_ansible_core_do_for_modules(
    result: dict[str, Any], secret: str, around: tuple[str, str]
) -> None:
    shown = without_secrets(planted(result, secret, around), [secret])
    assert parameters.remove_values(shown, {secret}) == shown


def test_registering_a_secret_gives_it_back() -> None:
    assert register_secret("sk-svcacct-just-made") == "sk-svcacct-just-made"


@pytest.mark.skipif(not HAS_REGISTRY, reason="since ansible-core 2.22")
def test_a_registered_secret_is_masked_by_ansible_core() -> None:
    from ansible.module_utils.secrets import mask_secrets

    register_secret("sk-svcacct-just-made")
    assert mask_secrets("Key sk-svcacct-just-made.") == "Key $REDACTED$."
