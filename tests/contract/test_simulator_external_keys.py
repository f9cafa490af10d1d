# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""External keys of projects, as the SDK sees them: which projects may get another one, and who has none at all."""

from __future__ import annotations

from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import Simulator


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    """Each test begins with two projects, one of which has an external key."""
    simulator.reset(
        {
            "users": [{"email": "ada@example.com", "role": "owner"}],
            "external_keys": [{"name": name, "id": f"extkey_{name}", "type": "aws"} for name in ("old", "new")],
            "projects": [
                {"name": "search", "id": "proj_search", "external_key_id": "extkey_old"},
                {"name": "chat", "id": "proj_chat"},
            ],
        }
    )


def refused(status: int, words: str) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, match=words, check=lambda error: error.status_code == status)


@pytest.mark.parametrize(("fixed", "moved"), [(True, False), (["proj_search"], False), (["proj_chat"], True)])
def test_only_openai_can_change_the_key_of_some_projects(
    fixed: bool | list[str], moved: bool, admin: Organization, simulator: Simulator
) -> None:
    """A new project can have any key, and a change of nothing is none."""
    simulator.behaviour(external_keys_fixed=fixed)
    if moved:
        assert admin.projects.update("proj_search", external_key_id="extkey_new").external_key_id == "extkey_new"
    else:
        with refused(403, "restricted"):
            admin.projects.update("proj_search", name="renamed", external_key_id="extkey_new")
        kept = admin.projects.update("proj_search", external_key_id="extkey_old")
        assert (kept.name, kept.external_key_id) == ("search", "extkey_old")
    assert admin.projects.create(name="fresh", external_key_id="extkey_new").external_key_id == "extkey_new"


def test_an_organization_without_external_keys_does_not_show_any(admin: Organization, simulator: Simulator) -> None:
    """Its projects have no such field, and cannot get one."""
    simulator.behaviour(unsupported=["/organization/external_"])
    assert "external_key_id" not in admin.projects.retrieve("proj_search").model_fields_set
    with refused(404, "Unsupported endpoint"):
        admin.external_keys.list()
    with refused(400, "not enabled"):
        admin.projects.create(name="fresh", external_key_id="extkey_new")
    with refused(400, "not enabled"):
        admin.projects.update("proj_chat", external_key_id="extkey_new")
    assert admin.projects.update("proj_chat", name="renamed", external_key_id=None).name == "renamed"
