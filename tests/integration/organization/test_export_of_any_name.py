# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of any characters, of blanks only, or none at all: what is exported and read again changes nothing."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import (
    PROJECTS,
    VARIABLE,
    declaration_files,
    with_defaults,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.yaml_text import YamlText
from hypothesis import given, settings
from hypothesis import strategies as st
from integration.direct import perform
from simulator import Simulator
from tools.series import examples

CHARACTERS = st.characters(codec="utf-8") | st.sampled_from(
    "\u0085\u2028\u2029\ufeff\u00a0 \t\n\r\x00\x1b'\"#:{}%-!&*|>?"
)
NAMES = st.text(CHARACTERS, max_size=8)
ODD = [
    " ",
    "   ",
    "\u00a0",
    "\u0085",
    "\u2028",
    "\t",
    "a\u0085b",
    "a\u2028b",
    "\ufeffa",
    "a\n",
    "\na",
    "~",
    "null",
    "x" * 300,
]


class _AsAnsible(yaml.SafeLoader):
    """Reads C(!unsafe) as what it marks."""


_AsAnsible.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def read_again(organization: dict[str, Any], layout: str, source: str = "Example") -> dict[str, Any]:
    """What an export says of an organization, by our reader; as a variable it is the same."""
    texts = declaration_files(organization, source, "now", layout)["files"]
    read = {name: YamlText(text.encode()) for name, text in texts.items()}
    assert [text.flaws for text in read.values() if text.flaws] == []
    for name, text in texts.items():
        loader = _AsAnsible(text)
        assert loader.get_single_data() == read[name].data
    main = read.pop("" if layout == "file" else "organization.yml").data[VARIABLE]
    return {**main, PROJECTS: [each.data for each in read.values()]} if layout == "directory" else dict(main)


@settings(max_examples=examples(300))
@given(st.lists(NAMES, min_size=1, max_size=4), st.sampled_from(("file", "directory")))
def test_any_text_is_read_as_it_was_written(names: list[str], layout: str) -> None:
    organization = {PROJECTS: [{"name": name, "service_accounts": [{"name": name}]} for name in names]}
    assert read_again(organization, layout, names[0]) == with_defaults(organization)


def organization(names: list[str]) -> dict[str, Any]:
    return {
        "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com", "name": names[0]}],
        "projects": [
            {
                "name": name,
                "users": [{"email": "dev@example.com"}],
                "service_accounts": [{"name": each} for each in names[:3]],
            }
            for name in names
        ],
        "invites": [{"email": "new@example.com", "projects": [{"project": names[0]}]}],
    }


@pytest.mark.parametrize("layout", ["file", "directory"])
@pytest.mark.parametrize("seed", range(6))
def test_whatever_names_are_applying_the_export_changes_nothing(seed: int, layout: str, simulator: Simulator) -> None:
    dice = random.Random(seed)
    names = dice.sample(ODD, 5)
    names += dice.sample(names, 2) if seed % 2 else []
    simulator.reset(organization(list(dict.fromkeys(names))))
    for twin in names[5:]:
        perform(simulator, "project", name=f"twin of {twin!r}")
    unchanged(simulator, layout)


@pytest.mark.parametrize("layout", ["file", "directory"])
@pytest.mark.parametrize("field", ["name", "external_key_id"])
@pytest.mark.parametrize("reading", ["nulls", "omit_optional"])
def test_names_that_are_not_told_are_no_names(reading: str, field: str, layout: str, simulator: Simulator) -> None:
    simulator.reset(organization(["one", "two"]))
    simulator.behaviour(**{reading: [field]})
    unchanged(simulator, layout)


def unchanged(simulator: Simulator, layout: str) -> None:
    exported = perform(simulator, "organization_info").returns["organization"]
    outcome = perform(simulator, "organization", **read_again(exported, layout))
    assert outcome.returns["changes"] == []
    assert outcome.returns["requests"]["writes"] == 0
    assert [each for each in outcome.returns["unmanaged"] if each["kind"] != "user"] == []
