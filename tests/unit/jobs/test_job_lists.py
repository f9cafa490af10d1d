# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists and addresses of jobs, as people pass them: as text of any shape, and with slips."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible_collections.community import openai_admin
from ansible_collections.community.openai_admin.plugins.filter.jobs import people as addresses
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.settings import Unusable, settings
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(next(iter(openai_admin.__path__)))
JOBS = sorted(path.parents[1].name for path in ROOT.glob("roles/*/meta/argument_specs.yml"))


@cache
def options(role: str) -> dict[str, dict[str, Any]]:
    specs = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    return dict(specs["argument_specs"]["main"]["options"])


LISTS = [
    (role, name)
    for role in JOBS
    for name, option in options(role).items()
    if option["type"] == "list" and option["elements"] == "str"
]
"""Every variable of a job that is a list of texts."""


def read(role: str, name: str, value: Any) -> Any:
    """What the job takes a variable for, with nothing else set."""
    option = {key: each for key, each in options(role)[name].items() if key != "required"}
    return settings([value], {name: option})[name]


def words(role: str, name: str) -> list[str]:
    return list(options(role)[name].get("choices") or ["first@example.com", "on"])[:2]


def test_there_are_lists_to_be_tried() -> None:
    assert {name for dummy, name in LISTS} >= {"openai_admin_offboard", "openai_admin_audit_fail_on"}


@pytest.mark.parametrize(("role", "name"), LISTS)
@pytest.mark.parametrize(
    "written",
    [
        json.dumps,
        str,
        lambda values: f"[{', '.join(values)}]",
        lambda values: "".join(f"- {value}\n" for value in values),
        lambda values: f"\n [ {','.join(map(json.dumps, values))} ] \n",
        ", ".join,
        "\n".join,
    ],
    ids=["JSON", "Python", "YAML in brackets", "YAML with dashes", "JSON between blanks", "commas", "lines"],
)
def test_a_list_that_is_given_as_text_is_that_list(role: str, name: str, written: Any) -> None:
    values = words(role, name)
    assert read(role, name, written(values)) == values


@pytest.mark.parametrize(("role", "name"), LISTS)
@pytest.mark.parametrize("text", ['["a"', "[a, [b]]", '[{"a": 1}]', "[a]\n[b]", '{"a": ["b"]}'])
def test_what_looks_like_a_list_and_is_none_is_refused(role: str, name: str, text: str) -> None:
    value = json.loads(text) if text.startswith("{") else text
    with pytest.raises(Unusable, match=name):
        read(role, name, value)


@pytest.mark.parametrize(("role", "name"), LISTS)
@pytest.mark.parametrize("value", [[None], ["a", ""], ["a", " "], "[a, '']", "- a\n-"])
def test_an_empty_entry_is_refused(role: str, name: str, value: Any) -> None:
    with pytest.raises(Unusable, match=f"{name} must not contain empty entries"):
        read(role, name, value)


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1).map(str.strip).filter(bool), min_size=1))
def test_json_is_read_as_json(values: list[str]) -> None:
    assert read("offboard", "openai_admin_offboard", json.dumps(values)) == values


@pytest.mark.parametrize("value", ["", None, [], "[]", " ", ", ,", "\n"])
def test_a_list_that_is_required_cannot_be_empty(value: Any) -> None:
    with pytest.raises(Unusable, match="openai_admin_offboard is not set, and the job needs it"):
        settings([value], {"openai_admin_offboard": options("offboard")["openai_admin_offboard"]})


@pytest.mark.parametrize(
    ("role", "name", "value", "said"),
    [
        ("audit", "openai_admin_audit_fail_on", "Drift", "cannot be 'Drift' (did you mean 'drift'?)"),
        ("audit", "openai_admin_audit_fail_on", '["unmanage"]', "did you mean 'unmanaged'?"),
        ("cost_report", "openai_admin_cost_by", "weather", "(known: project, api_key, line_item)"),
        ("export", "openai_admin_export_layout", "files", "did you mean 'file'?"),
        (
            "audit",
            "openai_admin_audit_accepted",
            [{"kind": "projectuser", "name": "x", "reason": "y", "until": "2999-01-01"}],
            "openai_admin_audit_accepted[0].kind cannot be 'projectuser' (did you mean 'project_user'?)",
        ),
    ],
)
def test_a_slip_is_told_with_the_nearest_word(role: str, name: str, value: Any, said: str) -> None:
    with pytest.raises(Unusable) as error:
        read(role, name, value)
    assert said in str(error.value)


@pytest.mark.parametrize("value", ["a: 1", "[a", "x\x1b", "{}", "kind"])
def test_dictionaries_that_cannot_be_read_are_refused(value: str) -> None:
    with pytest.raises(Unusable, match="openai_admin_audit_accepted"):
        read("audit", "openai_admin_audit_accepted", value)


def test_what_was_refused_does_no_harm_when_it_is_shown() -> None:
    with pytest.raises(Unusable) as error:
        read("cost_report", "openai_admin_cost_by", "\x1b[2J\u202ex")
    assert "\\x1b[2J\\u202ex" in str(error.value)


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com ; b@example.com",
        "a@example.com;b@example.com",
        "a@example.com,b@example.com",
        "mailto:a@example.com",
        "A B <a@example.com>",
        "a\N{NO-BREAK SPACE}@example.com",
        "a@example.com\N{NO-BREAK SPACE}",
        "a b@example.com",
        "a",
        "a@",
        "@example.com",
        "a@b@example.com",
        '["a@example.com"]',
        "a\x1b@example.com",
        "a@example.com\n\nb@example.com",
        "",
    ],
)
def test_what_is_no_address_is_refused_and_named(address: str) -> None:
    with pytest.raises(AnsibleFilterError) as error:
        addresses(["fine@example.com", address], "openai_admin_offboard")
    assert "openai_admin_offboard[1] must be one e-mail address" in str(error.value)
    assert "\x1b" not in str(error.value)


def test_all_that_are_none_are_named_together() -> None:
    with pytest.raises(AnsibleFilterError, match=r"(?s)list\[0\] .*list\[2\] "):
        addresses(["a", "b@example.com", "c"], "list")


def test_an_address_counts_once_and_stays_as_it_is_spelt_first() -> None:
    given = [" Grace@Example.com", "grace@example.com\n", "JO\u0308RG@example.com", "j\u00f6rg@example.com"]
    assert addresses(given) == ["Grace@Example.com", "JO\u0308RG@example.com"]


def test_sharp_s_is_another_letter() -> None:
    assert (
        len(
            addresses(
                [
                    "max@straße.example",
                    "max@strasse.example",
                    "ma\N{LATIN SMALL LETTER LONG S}ter@example.com",
                    "master@example.com",
                ]
            )
        )
        == 4
    )


def test_addresses_besides_others_and_in_the_spelling_of_a_list() -> None:
    given, listed = ["a@example.com", "b@example.com"], ["A@example.com", None, "c@example.com", ""]
    assert addresses(given, besides=listed) == ["b@example.com"]
    assert addresses(given, listed=listed) == ["a@example.com", "b@example.com", "A@example.com"]


@pytest.mark.parametrize("value", ["a@example.com", 7, None])
def test_addresses_are_a_list(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="needs a list"):
        addresses(value)
