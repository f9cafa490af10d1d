# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variables set in the text of a YAML file, however a person wrote it: all others say what they said."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.variables import (
    NoVariables,
    variable_in,
    with_variables,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.series import examples
from unit.written_yaml import Merged, WrittenYaml

NEW = 'sk-"new" \\ é\u0085'
SET = {"key": NEW, "key_id": "key_1"}


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("key: &a old\nb: *a\n", 'key: "N"\nb: &a old\n'),
        ("b: &a old\nkey: *a\n", 'b: &a old\nkey: "N"\n'),
        ("key: &a 'old'\nb: [*a, *a]\nc: *a\n", "key: \"N\"\nb: [&a 'old', *a]\nc: *a\n"),
        ("key: &a >-\n  old\n  er\nb: *a\n", 'key: "N"\nb: &a "old er"\n'),
        ("key: &a 7\nb: *a\n", 'key: "N"\nb: &a 7\n'),
        ("a: 1\n...\n", 'a: 1\nkey: "N"\n...\n'),
        ("---\na: 1\n# end\n...\n", '---\na: 1\n# end\nkey: "N"\n...\n'),
        ("  a: 1\n  b: {c: 2}\n", '  a: 1\n  b: {c: 2}\n  key: "N"\n'),
        ("  key: 1\n  b: 2\n", '  key: "N"\n  b: 2\n'),
        ("{a: 1, b: 2}\n", '{a: 1, b: 2, key: "N"}\n'),
        ("{a: 1, key: old, b: 2}\n", '{a: 1, key: "N", b: 2}\n'),
        ("{\n  a: 1,\n  b: 2,\n}\n", '{\n  a: 1,\n  b: 2, key: "N",\n}\n'),
        ("{}\n", '{key: "N"}\n'),
        ("{key, b: 2}\n", '{key: "N", b: 2}\n'),
        ("a: |+\n  x\n\n", 'a: |+\n  x\n\nkey: "N"\n'),
        ("key: |+\n  x\n\n\nb: 2\n", 'key: "N"\nb: 2\n'),
        ("a: |+\n  x\n\n\nkey: |+\n  y\n\n", 'a: |+\n  x\n\n\nkey: "N"\n'),
        ("a: |\n  x", 'key: "N"\na: |\n  x'),
        ("key:\nb: 2\n", 'key: "N"\nb: 2\n'),
        ("key: 1  # since May\nb: 2", 'key: "N"  # since May\nb: 2'),
        ("? key\n: old\n", '? key\n: "N"\n'),
        ("'key': 1\n", "'key': \"N\"\n"),
        ("key: 1\nkey: 2\n", 'key: 1\nkey: "N"\n'),
        ("a: 1\r\nb: 2\r\n", 'a: 1\r\nb: 2\r\nkey: "N"\r\n'),
        ("\ufeffa: 1\n", '\ufeffa: 1\nkey: "N"\n'),
        ("a: !vault |\n  $ANSIBLE_VAULT\n  30\nkey: !vault |\n  $A\n  30\n", None),
        ("x: &m {key: 1}\n<<: *m\n", 'x: &m {key: 1}\n<<: *m\nkey: "N"\n'),
        ("", 'key: "N"\n'),
        ("# nothing yet\n", '# nothing yet\nkey: "N"\n'),
        ("---\n...\n", '---\nkey: "N"\n...\n'),
    ],
)
def test_a_variable_is_set_where_it_stands(before: str, after: str | None) -> None:
    after = 'a: !vault |\n  $ANSIBLE_VAULT\n  30\nkey: "N"\n' if after is None else after
    assert with_variables(before, {"key": "N"}) == after
    assert variable_in(after, "key") == "N"


@pytest.mark.parametrize(
    "text",
    [
        "key: &a [1, 2]\nb: *a\n",
        "key: &a {x: 1}\nb: {<<: *a}\n",
        "key: {x: &a secret}\nb: *a\n",
    ],
)
def test_what_cannot_be_set_alone_is_not_set(text: str) -> None:
    with pytest.raises(NoVariables, match=r"^it cannot be changed without a change to other variables$"):
        with_variables(text, {"key": "N"})


@pytest.mark.parametrize("text", ["a: [", "- a\n", "secret", "a: 1\n---\nb: 1\n", "a: *b\n", "a: \x00secret\n"])
def test_what_is_no_file_of_variables_is_refused_without_a_word_of_it(text: str) -> None:
    for use in (lambda: with_variables(text, {"a": "b"}), lambda: variable_in(text, "a")):
        with pytest.raises(NoVariables) as refused:
            use()
        assert "secret" not in str(refused.value)


def loaded(text: str) -> Any:
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe


@settings(max_examples=examples(500))
@given(st.integers(0, 2**32))
def test_all_else_says_what_it_said(seed: int) -> None:
    dice = random.Random(seed)
    inner: Any = {"x": "é", "y": ["1", 2], "key": "inner"}
    before: dict[str, Any] = {"first": "a b", "inner": inner, "again": inner, "numbers": [1, 2.5, None, True]}
    if dice.random() < 0.5:
        before["merged"] = Merged(inner, x="own")
    for name in SET:
        if dice.random() < 0.6:
            before[name] = dice.choice(["old", "", "two\nlines", 7, None, ["old"], {"old": 1}])
    if isinstance(before.get("key"), str) and before["key"]:
        before["list"] = [before["key"]]
    order = list(before)
    dice.shuffle(order)
    if "merged" in order:  # what is taken over stands first
        order.remove("merged")
        order.append("merged")
    before = {name: before[name] for name in order}
    text = WrittenYaml(before, dice).text
    if dice.random() < 0.5:
        kept = "" if text.startswith("---\n{") else "kept: |+\n  x\n\n\n"
        text += dice.choice(("...\n", "\n\n", "# the end\n", kept))
    if dice.random() < 0.3:
        text = text.replace("\n", "\r\n")
    known = loaded(text)
    after = with_variables(text, SET)
    assert loaded(after) == {**known, **SET}
    assert {name: variable_in(after, name) for name in SET} == SET
    assert [line for line in comments(text) if line not in comments(after)] == []
