# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a job takes from its variables."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.settings import Unusable, settings
from hypothesis import given
from hypothesis import strategies as st

OPTIONS: dict[str, dict[str, Any]] = {
    "people": {"type": "list", "elements": "str", "description": "Whom."},
    "days": {"type": "int", "default": 7},
    "forced": {"type": "bool", "default": False},
    "fail_on": {"type": "list", "elements": "str", "choices": ["drift", "unmanaged"], "default": ["drift"]},
}
NAMES = st.text("abcdefghijklmnop@. ", min_size=1).map(str.strip).filter(bool)


def taken(**values: Any) -> dict[str, Any]:
    return settings([values.get(name, "") for name in OPTIONS], OPTIONS)


def test_what_is_empty_is_not_set() -> None:
    assert taken(days="", forced=None) == {"people": None, "days": 7, "forced": False, "fail_on": ["drift"]}


def test_zero_and_no_are_values() -> None:
    assert taken(days="0", forced="no") | {"people": None} == taken(days=0, forced=False)
    assert taken(days=0)["days"] == 0


@given(st.lists(NAMES, min_size=1), st.sampled_from([",", "\n", ", ", " \n", ",\n"]))
def test_a_list_may_be_a_text(names: list[str], separator: str) -> None:
    assert taken(people=separator.join(names)) == taken(people=names)


def test_a_text_without_parts_is_an_empty_list() -> None:
    assert taken(people=" , \n")["people"] == []


def test_all_mistakes_are_told_together() -> None:
    with pytest.raises(Unusable) as error:
        taken(days="soon", forced="perhaps", fail_on="drift,weather")
    assert [name for name in ("days", "forced", "fail_on", "weather") if name not in str(error.value)] == []


def test_what_is_required_must_be_given() -> None:
    with pytest.raises(Unusable, match="who is not set, and the job needs it"):
        settings([""], {"who": {"type": "list", "elements": "str", "required": True}})
    with pytest.raises(Unusable) as error:
        settings(["", None, "x"], {name: {"type": "int", "required": True} for name in ("a", "b", "c")})
    assert str(error.value).startswith("a, b are not set, and the job needs them. argument 'c' is of type")
