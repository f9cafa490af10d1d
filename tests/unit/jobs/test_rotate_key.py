# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the job rotate_key refuses and says; and variables set in a file that stays as it was."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.variables import (
    NoVariables,
    variable_in,
    with_variables,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.rotate_key import (
    PREFIX,
    failure,
    problems,
    summary,
    tells,
)
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

VALUE = "sk-svcacct-1eob15kIhLmVegXI4fBcFR7CTCxuAtVsm9qFF93RRQqx1rDL"
DAY = 86400
WHERE = {"project": "search-prod", "service_account": "api", "name": "deploy", "after_days": 90}


def settings(**told: Any) -> dict[str, Any]:
    told = {**WHERE, "revoke_unused_for_days": 7, "store": "file", "store_path": "/etc/openai.key", **told}
    return {f"{PREFIX}{name}": value for name, value in told.items()}


def key(name: str, used: int | None = None) -> dict[str, Any]:
    return {"id": f"key_{name}", "created_at": 20_000 * DAY, "last_used_at": used}


def result(**more: Any) -> dict[str, Any]:
    """What the module returns."""
    empty: dict[str, Any] = {"previous": [], "revoked": [], "still_used": []}
    return {"issued": False, "project_api_key": key("new"), "api_key": {"id": "key_new"}, **empty, **more}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no path": ({"store_path": None}, "store_path is required for the store file"),
    "no token": (
        {"store": "vault_kv2", "store_url": "https://vault.example.com"},
        f"store_token or {PREFIX}store_token_file is required for the store vault_kv2",
    ),
    "no such file": (
        {"store": "ansible_vault", "store_password_file": "/nowhere/password"},
        "store_password_file: there is no file /nowhere/password",
    ),
    "no such store": ({"store": "vualt"}, "vualt is not a task file, nor one of the stores vault_kv2,"),
    "no such reader": ({"store": __file__, "store_read": "none.yml"}, "store_read: none.yml is not a task file."),
    "a reader of its own": ({"store_read": __file__}, "store_read is for a task file of yours"),
    "in the open": ({"store_url": "http://vault.example.com"}, "store_url must begin with https://"),
    "a password in the address": ({"store_url": "https://a:b@vault.example.com"}, f"use {PREFIX}store_token"),
    "too short a life": ({"expires_in_days": 90}, f"expires_in_days must be more than {PREFIX}after_days (90), not 90"),
}


@pytest.mark.parametrize(("told", "words"), REFUSED.values(), ids=REFUSED)
def test_what_could_not_work_is_refused(told: dict[str, Any], words: str) -> None:
    assert words in " ".join(problems(settings(**told), []))


def test_what_works_is_not_refused(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.touch()
    vault = {"store": "vault_kv2", "store_url": "http://127.0.0.1:8200"}
    assert problems(settings(expires_in_days=180), []) == []
    assert problems(settings(**vault), [f"{PREFIX}store_token"]) == []
    assert problems(settings(**vault, store_token_file=str(token)), []) == []
    assert problems(settings(store=__file__, store_path=None), []) == []


def test_it_is_said_when_the_next_key_is_due() -> None:
    line, whose = summary(settings(), result(organization_name="example-org"), check=False)
    assert whose == "Organization: example-org."
    assert line.endswith("key_new, of 2024-10-04, is to be replaced on 2025-01-02.")


def test_it_is_said_where_a_key_may_have_got_lost() -> None:
    unsure = settings(store="store.yml", store_read=None)
    sure = settings(store="store.yml", store_read="read.yml")
    older = result(previous=[key("old")])
    words = "If the store does not have key_new, revoke it, and run the job again."
    assert words in summary(unsure, older, check=False)
    assert words not in summary(sure, older, check=False)
    assert words not in summary(unsure, result(), check=False)


STORING = {"task": "Store it", "message": "", "can_be_read": False, "stored": None, "revoked": {"project_api_key": {}}}


def test_a_failure_never_says_the_key() -> None:
    issued = result(issued=True, api_key={"id": "key_new", "value": VALUE})
    for message in VALUE, f"no: {VALUE[20:40]}", base64.b64encode(f"  {VALUE}".encode()).decode():
        for storing in {**STORING, "message": message}, {**STORING, "answer": {"message": message}}:
            said = failure(settings(), issued, storing)
            assert "(Its message contains the key, and is not shown.)" in said
            assert not tells(said, VALUE)
    said = failure(settings(), issued, {**STORING, "message": "400", "answer": {"errors": ["no right"]}})
    assert "(400 no right) The new key key_new was revoked." in said
    assert "There was no key before it. Organization: not known, " in said


def test_in_check_mode_a_failure_is_only_that() -> None:
    said = failure(settings(), result(issued=True, api_key={"id": None, "value": None}), STORING)
    assert said == "A new key could not be stored in the file /etc/openai.key: the task 'Store it' failed."


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_a_key_is_recognized_in_the_usual_encodings(before: str) -> None:
    text = f"{before}{VALUE}~~"
    for form in text, quote(text), text.encode().hex(), base64.b64encode(text.encode()).decode():
        assert tells(f"Something: {form}!", VALUE)
    assert tells(base64.urlsafe_b64encode(text.encode()).decode(), VALUE)
    assert not tells("key_VafDfyEUdoOWnnzivTytGMV7 sk-...1rDL", VALUE)


FILE = """\
# All keys of the search.
first: !vault |
  $ANSIBLE_VAULT;1.1;AES256
  3030
openai_api_key:   "old"   # since May
folded: >-
  a
  b
openai_api_key_id: key_old

last: {a: [1, 2]}
"""


def test_variables_are_set_and_all_else_stays() -> None:
    text = with_variables(FILE, {"openai_api_key": 'a "b" #c', "openai_api_key_id": "key_new", "more": "1"})
    changed = FILE.replace('"old"', r'"a \"b\" #c"').replace("key_old", '"key_new"')
    assert text == f'{changed}more: "1"\n'
    assert variable_in(text, "openai_api_key") == 'a "b" #c'
    assert variable_in(text, "none") == ""


@pytest.mark.parametrize(
    "old", ["|\n  a\n  b\n", ">-\n  a\n", "[1, 2]\n", "\n  a: 1\n  b: 2\n", "\n", "'a\n  b'  # c\n"]
)
def test_any_value_is_replaced(old: str) -> None:
    text = with_variables(f"before: 1\nit: {old}after: 2\n", {"it": "new"})
    assert yaml.safe_load(text) == {"before": 1, "it": "new", "after": 2}


@examples(deadline=None)
@given(st.dictionaries(st.from_regex(r"\A[a-z_]{1,8}\Z"), st.text(st.characters(codec="utf-8"))))
def test_what_is_set_is_read_again(values: dict[str, str]) -> None:
    text = with_variables("---\n# nothing yet\n", values)
    assert {name: variable_in(text, name) for name in values} == values


@pytest.mark.parametrize("text", ["a: [", "- a\n", "secret"])
def test_what_is_no_file_of_variables_is_refused_without_a_word_of_it(text: str) -> None:
    with pytest.raises(NoVariables) as refused:
        with_variables(text, {"a": "b"})
    assert "secret" not in str(refused.value)


def test_a_key_of_an_unknown_age_is_told_in_words() -> None:
    current = {**key("current"), "created_at": None}
    (said, *unused_more) = summary(settings(), result(project_api_key=current), False)
    assert said.endswith("no new key is due. The API does not say when key_current was issued.")
