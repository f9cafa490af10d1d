# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that are given as text are read as the lists that they are, or refused; for every list of every module."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._core.lists import bad_lists, read_lists
from hypothesis import given
from hypothesis import strategies as st
from tools.project import modules

MODULES = modules()
SPECS: Mapping[str, Mapping[str, Any]] = {
    module: import_module(f"ansible_collections.community.openai_admin.plugins.modules.{module}").TASK.argument_spec
    for module in MODULES
}
SPEC: Mapping[str, Any] = {
    "names": {"type": "list", "elements": "str", "aliases": ["name"]},
    "things": {"type": "list", "elements": "dict", "options": {"tags": {"type": "list", "elements": "str"}}},
    "defaults": {"type": "dict", "options": {"tags": {"type": "list", "elements": "str"}}},
    "free": {"type": "list", "elements": "dict"},
    "text": {"type": "str"},
}
ITEMS = st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: text[0] != "["))
PLAIN = st.lists(st.text("abc-_. @", min_size=1).map(str.strip).filter(bool), min_size=1)


def lists(spec: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """All options that hold a list, also within others, and the paths to them."""
    for name, option in spec.items():
        if option["type"] == "list":
            yield (*path, name), option
        yield from lists(option.get("options") or {}, (*path, name))


def within(spec: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Options in which a value stands at a path."""
    name, *rest = path
    inner = within(spec[name]["options"], tuple(rest), value) if rest else value
    return {name: [inner] if rest and spec[name]["type"] == "list" else inner}


EVERY_LIST = [(module, path, option) for module, spec in SPECS.items() for path, option in lists(spec)]


@pytest.mark.parametrize(("module", "path", "option"), EVERY_LIST, ids=lambda value: str(value)[:60])
def test_every_list_of_every_module_can_be_given_as_text(
    module: str, path: tuple[str, ...], option: Mapping[str, Any]
) -> None:
    value: list[Any] = [{}, {}] if option["elements"] == "dict" else list(option.get("choices") or ("a b", "c"))[:2]
    expected = within(SPECS[module], path, value)
    for text in (json.dumps(value), repr(value), f" {json.dumps(value)}\n"):
        assert read_lists(SPECS[module], within(SPECS[module], path, text)) == expected
    assert list(bad_lists(SPECS[module], expected)) == []
    (problem,) = bad_lists(SPECS[module], read_lists(SPECS[module], within(SPECS[module], path, '["a b",')))
    assert f"{problem.where}.{problem.option}".lstrip(".").startswith(path[0])
    assert f"""{path[-1]} must be a list, and the text '["a b",' cannot be read as one.""" in problem.what


@given(ITEMS)
def test_a_list_in_a_text_is_that_list(items: list[str]) -> None:
    for text in (json.dumps(items), json.dumps(items, ensure_ascii=False), repr(items)):
        assert read_lists(SPEC, {"names": text}) == {"names": items}
        assert read_lists(SPEC, {"name": text}) == {"name": items}
        assert read_lists(SPEC, {"text": text}) == {"text": text}
    assert read_lists(SPEC, {"names": items}) == {"names": items}
    empty = next((number for number, each in enumerate(items) if not each.strip()), None)
    assert [each.option for each in bad_lists(SPEC, {"names": items})] == ([] if empty is None else [f"names[{empty}]"])


@given(PLAIN, st.sampled_from([",", ", ", " ,\n"]))
def test_another_text_is_split_at_its_commas(items: list[str], comma: str) -> None:
    assert read_lists(SPEC, {"names": comma.join(items)}) == {"names": items}


@given(st.dictionaries(st.sampled_from([*SPEC, "unknown"]), st.recursive(st.none() | st.text(), st.lists)))
def test_what_is_read_once_stays_as_it_is(options: dict[str, Any]) -> None:
    once = read_lists(SPEC, options)
    assert list(once) == list(options)
    assert read_lists(SPEC, once) == once


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ({"names": ['["proj_a"]']}, "names[0]"),
        ({"names": ["a", "['proj_a', 'proj_b']"]}, "names[1]"),
        ({"names": [["proj_a"]]}, "names[0]"),
        ({"name": [{"id": "proj_a"}]}, "name[0]"),
        ({"things": [{}, {"tags": [["a"]]}]}, "things[1].tags[0]"),
        ({"defaults": {"tags": "[['a'], ['b']]"}}, "defaults.tags[0]"),
    ],
)
def test_an_item_that_is_no_text_is_refused(written: dict[str, Any], place: str) -> None:
    problems = list(bad_lists(SPEC, read_lists(SPEC, written)))
    assert problems
    assert f"{problems[0].where}.{problems[0].option}".lstrip(".") == place
    assert problems[0].what.startswith(f"{problems[0].option} must be a string, not ")


@pytest.mark.parametrize("name", ["[prod]", "[prod] search", "[1]", "[]", "a [b]", "{a}"])
def test_a_name_in_brackets_is_a_name_where_it_stands_in_a_list(name: str) -> None:
    assert list(bad_lists(SPEC, read_lists(SPEC, {"names": [name]}))) == []


def test_a_null_in_a_list_is_empty_and_no_name() -> None:
    assert read_lists(SPEC, {"names": [None, "a"], "free": [None]}) == {"names": ["", "a"], "free": [None]}


@pytest.mark.parametrize("empty", [None, "", "  "])
@pytest.mark.parametrize(("module", "path", "option"), EVERY_LIST, ids=lambda value: str(value)[:60])
def test_a_list_of_names_holds_nothing_empty(
    module: str, path: tuple[str, ...], option: Mapping[str, Any], empty: str | None
) -> None:
    """What comes of an empty variable names nothing, protects nothing and matches nothing."""
    written = within(SPECS[module], path, ["a", empty])
    problems = list(bad_lists(SPECS[module], read_lists(SPECS[module], written)))
    names = option["elements"] == "str" and "choices" not in option and path[-1] != "project_ids"
    said = [f"{path[-1]} must not contain empty entries"] if names else []
    assert [each.what for each in problems] == said
    assert [each.option for each in problems] == [f"{path[-1]}[1]" for dummy in said]


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_text_is_left_to_those_who_use_it(value: str) -> None:
    assert read_lists(SPEC, {"names": value}) == {"names": value}
    assert [each.what for each in bad_lists(SPEC, {"name": value})] == ["names must not contain empty entries"]
