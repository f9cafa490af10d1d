# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom roles in a declaration, of the organization and of projects."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from simulator import Simulator

VIEWER = {"name": "Usage viewer", "permissions": ["api.usage.read"]}
WRITER = {"name": "Response writer", "permissions": ["api.responses.write", "api.model.request"]}


@pytest.fixture
def organization(simulator: Simulator) -> Simulator:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "roles": [VIEWER],
            "projects": [{"name": "search", "roles": [WRITER]}, {"name": "support"}],
        }
    )
    return simulator


def told(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(each["kind"], each["project"], each["name"], each["action"]) for each in changes]


def test_a_role_of_the_defaults_is_in_every_project_even_in_a_new_one(organization: Simulator) -> None:
    declared = {
        "roles": [{**VIEWER, "permissions": ["api.usage.read", "api.webhooks.read"]}],
        "project_defaults": {"roles": [WRITER]},
        "projects": [{"name": name} for name in ("search", "support", "batch")],
    }
    predicted = perform(organization, "organization", check=True, **declared)
    outcome = perform(organization, "organization", **declared)
    assert outcome.returns["changes"] == predicted.returns["changes"]
    assert told(outcome.returns["changes"]) == [
        ("project", None, "batch", "create"),
        ("role", None, "Usage viewer", "update"),
        ("role", "support", "Response writer", "create"),
        ("role", "batch", "Response writer", "create"),
    ]
    assert outcome.returns["changes"][2]["default"] == "project_defaults.roles[0]"
    assert outcome.returns["unmanaged"] == []
    assert not perform(organization, "organization", **declared).changed


def test_a_purge_leaves_predefined_roles_and_removes_all_others(organization: Simulator) -> None:
    projects = [{"name": "search", "roles": [], "purge": ["roles"]}, {"name": "support"}]
    outcome = perform(organization, "organization", roles=[], purge=["roles"], projects=projects)
    assert told(outcome.returns["changes"]) == [
        ("role", None, "Usage viewer", "delete"),
        ("role", "search", "Response writer", "delete"),
    ]
    assert outcome.returns["unmanaged"] == []


def test_what_is_not_declared_is_told_without_what_the_api_has_everywhere(organization: Simulator) -> None:
    projects = [{"name": "search", "roles": []}, {"name": "support"}]
    outcome = perform(organization, "organization", roles=[], projects=projects)
    assert not outcome.changed
    assert [(each["kind"], each["project"], each["name"]) for each in outcome.returns["unmanaged"]] == [
        ("role", None, "Usage viewer"),
        ("role", "search", "Response writer"),
    ]


def test_an_export_has_custom_roles_alone(organization: Simulator) -> None:
    returns = perform(organization, "organization_info", include=["roles"]).returns
    assert returns["organization"] == {
        "roles": [VIEWER],
        "projects": [
            {"name": "search", "roles": [{**WRITER, "permissions": sorted(WRITER["permissions"])}]},
            {"name": "support", "roles": []},
        ],
    }
    assert list(returns["ids"]["roles"]) == ["Usage viewer"]
    assert perform(organization, "organization", **returns["organization"]).returns["changes"] == []


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ({"name": "owner", "permissions": []}, "is predefined"),
        ({"name": "usage VIEWER", "permissions": []}, "is already named 'Usage viewer'"),
        ({"name": "New"}, "give permissions to create it"),
    ],
)
def test_rules_are_those_of_the_module(organization: Simulator, role: dict[str, Any], said: str) -> None:
    with pytest.raises(AdminError) as failure:
        perform(organization, "organization", roles=[role])
    assert said in failure.value.message
    assert organization.requests(writes=True) == []
