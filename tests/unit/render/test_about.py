# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which organization a report is of."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import (
    WrongOrganization,
    answering,
    whose,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import outline

UNKNOWN = "Organization: not known, because no answer of the API names it"


@pytest.mark.parametrize(
    ("names", "declared", "name"),
    [
        ([], None, None),
        ([None, ""], None, None),
        (["one", None, "one"], None, "one"),
        (["one"], "one", "one"),
        (["one"], " one ", "one"),
    ],
)
def test_the_one_that_answered(names: list[Any], declared: Any, name: str | None) -> None:
    assert answering(names, declared) == name


@pytest.mark.parametrize(
    ("names", "declared", "words"),
    [
        (["two", "one"], None, "What was read is of different organizations, 'one' and 'two': check base_url"),
        (["o\x1bne", "two"], None, "'o\\x1bne' and 'two'"),
        (["one"], "two", "The declaration is for the organization 'two', and the API answers for 'one'."),
        (["one"], "One", "The declaration is for the organization 'One', and the API answers for 'one'."),
        ([None], "one", "It is unknown whether this is the organization 'one': no answer of the API says"),
    ],
)
def test_not_the_one(names: list[Any], declared: Any, words: str) -> None:
    with pytest.raises(WrongOrganization) as caught:
        answering(names, declared)
    assert words in str(caught.value)


def test_it_is_said_in_a_sentence() -> None:
    assert whose("one") == whose("one", "one") == whose("one", "") == "Organization: one."
    assert whose("one", "org-1") == "Organization: one (given as org-1)."
    assert whose(None) == f"{UNKNOWN}."
    assert whose(None, "org-1") == f"{UNKNOWN} (given as org-1)."


def test_a_run_says_it_at_its_end() -> None:
    assert "Organization: one." in outline({"organization_name": "one"}, check=False)
    assert f"{UNKNOWN}." in outline({"changes": []}, check=True)
