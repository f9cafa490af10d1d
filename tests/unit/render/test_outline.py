# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people are told before a long run."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import OF_ORGANIZATION, OF_PROJECT
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import forecast, outline


@pytest.mark.parametrize("collection", OF_PROJECT)
def test_each_collection_of_a_project_is_a_request(collection: str) -> None:
    projects: list[dict[str, Any]] = [{"name": f"project {number}", collection: []} for number in range(30)]
    told = "Reading needs about 31 requests. At 10 a minute and route, that takes about 3 minutes;"
    assert forecast({"projects": projects}).startswith(told)
    plain = [{"name": project["name"]} for project in projects]
    assert forecast({"projects": plain, "project_defaults": {collection: []}}).startswith(told)
    apart = [{**each, "defaults": False} for each in plain]
    assert forecast({"projects": apart, "project_defaults": {collection: []}}).startswith(
        "Reading needs about 1 request."
    )
    assert forecast({"projects": [{**each, "state": "archived"} for each in projects]}).startswith(
        "Reading needs about 1 request. At 10 a minute and route, that takes less than a minute;"
    )


@pytest.mark.parametrize("collection", OF_ORGANIZATION)
def test_each_collection_of_the_organization_is_a_request(collection: str) -> None:
    assert forecast({collection: []}).startswith("Reading needs about 1 request.")


@pytest.mark.parametrize(("place", "shown"), [("team.yml:3:5", " (team.yml:3:5)"), ("", "")])
def test_a_change_is_told_with_its_place(place: str, shown: str) -> None:
    change = {"action": "update", "kind": "user", "name": "ada@example.com", "project": None, "place": place}
    assert outline({"changes": [change]}, check=True)[1] == f"- update user ada@example.com{shown}"


def test_roles_are_a_request_for_each_group_and_person_that_declares_some() -> None:
    people = [{"email": "ada@example.com", "roles": []}, {"email": "bob@example.com"}]
    groups = [{"group": "platform", "role": "viewer"}, {"group": "okta"}]
    declared = {
        "users": people,
        "groups": [{"name": "platform", "members": [], "roles": ["Usage viewer"]}],
        "project_defaults": {"users": people, "groups": groups},
        "projects": [{"name": "a"}, {"name": "b", "groups": [{"group": "okta", "roles": []}]}],
    }
    assert forecast(declared).startswith("Reading needs about 15 requests.")
