# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A declaration as one value: it counts as the options would, and holds nothing but these."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

PROJECTS: list[dict[str, Any]] = [{"name": "search", "service_accounts": [{"name": "api"}]}]


@pytest.fixture
def empty(simulator: Simulator) -> Simulator:
    simulator.reset({"users": [{"email": "owner@example.com", "role": "owner"}]})
    return simulator


def refusal(simulator: Simulator, **options: Any) -> list[str]:
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", **options)
    return [f"{each['option']}: {each['message']}" for each in caught.value.facts["problems"]]


def test_it_counts_as_the_options_would(empty: Simulator) -> None:
    held = perform(empty, "organization", check=True, declaration={"projects": PROJECTS})
    assert held.returns["changes"] == perform(empty, "organization", projects=PROJECTS).returns["changes"]
    assert not perform(empty, "organization", declaration={"projects": PROJECTS}).changed


def test_an_option_of_the_task_counts_before_it(empty: Simulator) -> None:
    held = {"projects": [*PROJECTS, {"name": "chat"}], "users": None}
    assert len(perform(empty, "organization", check=True, declaration=held).returns["changes"]) == 3
    assert len(perform(empty, "organization", check=True, declaration=held, projects=PROJECTS).returns["changes"]) == 2
    assert len(perform(empty, "organization", check=True, declaration=held, projects=None).returns["changes"]) == 3


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({"projekts": []}, ["projekts: projekts is not an option. Did you mean projects?"]),
        ({"src": "a.yml"}, ["src: src is not an option of a declaration. Set it in the task."]),
        ({"admin_key": "x"}, ["admin_key: admin_key is not an option of a declaration. Set it in the task."]),
        ({"declaration": {}}, ["declaration: declaration is not an option of a declaration. Set it in the task."]),
        ('{"projects": []}', ["declaration: declaration must be a dictionary, not a string."]),
    ],
    ids=["unknown", "src", "connection", "itself", "text"],
)
def test_it_holds_nothing_but_options(empty: Simulator, held: Any, said: list[str]) -> None:
    assert refusal(empty, declaration=held) == said
