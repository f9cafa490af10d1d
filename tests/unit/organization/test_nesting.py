# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kinds that are declared in entries of entries: the roles of a group in a project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.group import IN_GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_group import PROJECT_GROUP
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import INSIDE, PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._organization import declaration
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Holder, Place
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declaration_options,
    declare,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.option_check import validated

from ..trials import GROUP_ROLES

GROUPS = Kind(PROJECT_GROUP, "groups", "Groups", PROJECTS, purge=True)
ROLES = Kind(GROUP_ROLES.members, "roles", "Roles of groups", GROUPS, purge=True, members=GROUP_ROLES)


@pytest.fixture(autouse=True)
def rows(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {**INSIDE, PROJECTS: {**INSIDE[PROJECTS], "groups": GROUPS}, GROUPS: {"roles": ROLES}, ROLES: {}}
    monkeypatch.setattr(declaration, "INSIDE", more)


def declared(**content: Any) -> declaration.Declaration:
    params = validated(declaration_options(), content)
    assert params is not None
    return declare(params, content)


def test_options_are_those_of_each_depth() -> None:
    entry = declaration_options()["projects"]["options"]["groups"]["options"]
    assert entry.keys() == {"group", "group_id", "role", "role_id", "state", "roles", "purge"}
    assert entry["purge"]["choices"] == ["roles"]
    assert entry["roles"]["options"].keys() == {"role", "role_id", "state"}


def test_an_entry_knows_all_that_it_lies_in() -> None:
    group = {"group": "platform", "roles": [{"role": "writer"}], "purge": ["roles"]}
    (project,) = declared(projects=[{"name": "search", "groups": [group]}]).projects or ()
    (found,) = project.collections["groups"]
    (role,) = found.collections["roles"]
    assert (found.where, found.purge) == ("projects[0].groups[0]", ("roles",))
    assert role.where == "projects[0].groups[0].roles[0]"
    assert {name: role.params[name] for name in ("project", "project_id", "group", "group_id")} == {
        "project": "search",
        "project_id": None,
        "group": "platform",
        "group_id": None,
    }
    assert role.desired.label == "group role 'writer' of group 'platform' of project 'search'"
    assert [each.where for each in project.everything] == [project.where, found.where, role.where]


def test_what_stands_in_the_defaults_says_so_at_every_depth() -> None:
    group = {"group": "platform", "roles": [{"role": "writer"}]}
    content = {"projects": [{"name": "search"}], "project_defaults": {"groups": [group]}}
    (project,) = declared(**content).projects or ()
    (role,) = project.collections["groups"][0].collections["roles"]
    assert role.where == role.default == "project_defaults.groups[0].roles[0]"
    assert role.default_of(["role"]) == role.default


def test_a_purge_of_what_an_entry_does_not_declare_is_refused() -> None:
    content = {"projects": [{"name": "search", "groups": [{"group": "platform", "purge": ["roles"]}]}]}
    params = validated(declaration_options(), content)
    assert params is not None
    found = declaration.examine(params, content)[1]
    assert [(each.where, each.option, each.what) for each in found] == [
        ("projects[0].groups[0]", "purge[0]", "purge names roles, which the project group does not declare.")
    ]


def test_a_place_has_the_ids_and_names_of_all_that_it_lies_in() -> None:
    project = Holder(IN_PROJECT, "search", {"id": "proj_1"}, "proj_1")
    group = Holder(IN_GROUP, "platform", {"group_id": "group_1", "group_name": "platform"}, "group_1")
    place = Place(ROLES, (project, group))
    assert place.ids == {"project_id": "proj_1", "group_id": "group_1"}
    assert place.resource.path_in(place.ids) == "/projects/{project_id}/groups/{group_id}/roles"
    assert place.names == {"project": "search", "group": "platform"}
    assert place.of == " of group 'platform' of project 'search'"
    assert place.mark({"id": "role_1"}) == ("group_role", ("proj_1", "group_1"), "role_1")
    assert place.scope is not None
    assert (place.scope.ids, place.scope.of) == (place.ids, place.of)
    to_come = replace(place, holders=(project, replace(group, object=None, own_id=None)))
    assert (to_come.scope, to_come.is_there, to_come.spot) == (None, False, ("proj_1", "platform"))
