# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A declaration: options that are those of the single modules, and defaults that count option by option."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import without_nulls
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    CERTIFICATE_ACTIVATION,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    DECLARED_IN_PROJECT,
    INSIDE,
    OF_PROJECT,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    Declaration,
    declaration_options,
    declare,
    people_in_projects,
)

MODULES = "ansible_collections.community.openai_admin.plugins.modules"
SCOPE = {"project", "project_id"}
ALONE = {"create_api_key", "api_key_name", "api_key_path", "allow_missing_file", "mode", "owner", "group"}
ALONE |= {"expires_in_days", "expires_in_seconds"}
"""Options of single modules that issue secrets, or say what becomes of them."""
STEERS = {"resend_after_days", "deactivate_first", "allow_lockout", "verify_unique", "validate"}
OWN = {"purge", "defaults", "attributes", "cost_center", "budget_usd", "people_keys"}
"""Options of a declared project that the API has no part in."""
OPTIONS = declaration_options()


def declared(**arguments: Any) -> Declaration:
    checked = ArgumentSpecValidator(OPTIONS).validate(without_nulls(arguments))
    assert checked.error_messages == []
    return declare(checked.validated_parameters, arguments)


def own(row: Kind) -> set[str]:
    """Options of an entry that its module does not have."""
    return {"purge", *INSIDE[row], *(field.option_name for field in row.fields)}


def nested() -> dict[str, tuple[Resource, dict[str, Any]]]:
    of_project = OPTIONS["projects"]["options"]
    return {
        "project": (PROJECT, {name: each for name, each in of_project.items() if name not in (*OF_PROJECT, *OWN)}),
        **{
            row.resource.kind: (row.resource, {name: each for name, each in spec.items() if name not in own(row)})
            for word, row in DECLARED_IN_PROJECT.items()
            for spec in [of_project[word]["options"]]
            if row.resource is not CERTIFICATE_ACTIVATION.entry
        },
        **{
            row.resource.kind: (row.resource, {option: each for option, each in spec.items() if option not in own(row)})
            for name, row in DECLARED_IN_ORGANIZATION.items()
            for spec in [OPTIONS[name]["options"]]
        },
    }


@pytest.mark.parametrize("kind", nested())
def test_an_objects_options_are_those_of_its_module_but_for_secrets_and_what_steers_a_task(kind: str) -> None:
    resource, own = nested()[kind]
    spec = import_module(f"{MODULES}.{kind}").TASK.argument_spec
    scope = SCOPE if resource.parent else set()
    alone = ALONE - {key.option for key in resource.keys}
    assert set(own) == set(spec) - scope - alone - STEERS
    assert {name: each for name, each in own.items() if each != spec[name]} == {}


def test_certificates_of_a_project_are_named_as_those_to_be_activated() -> None:
    entry = import_module(f"{MODULES}.certificate_activation").TASK.argument_spec["certificates"]["options"]
    own = OPTIONS["projects"]["options"]["certificates"]["options"]
    assert own == {**entry, "state": {**own["state"], "choices": ["present", "absent"]}}


def test_members_of_a_group_are_named_as_those_to_be_added() -> None:
    entry = import_module(f"{MODULES}.group_user").TASK.argument_spec["members"]["options"]
    own = OPTIONS["groups"]["options"]["members"]["options"]
    assert {name: each for name, each in own.items() if name != "state"} == entry
    assert own["state"]["choices"] == ["present", "absent"]


def test_roles_are_named_as_those_to_be_assigned() -> None:
    entry = import_module(f"{MODULES}.role_assignment").TASK.argument_spec["roles"]["options"]
    of_project = OPTIONS["projects"]["options"]
    for spec in OPTIONS["groups"], OPTIONS["users"], of_project["groups"], of_project["users"]:
        own = spec["options"]["roles"]["options"]
        assert {name: each for name, each in own.items() if name != "state"} == entry
        assert "roles" in spec["options"]["purge"]["choices"]


def test_defaults_count_option_by_option() -> None:
    limits = [{"model": "a", "max_requests_per_1_minute": 1, "max_tokens_per_1_minute": 2}, {"model": "b"}]
    own = {"model": "a", "max_tokens_per_1_minute": 3}
    declaration = declared(
        project_defaults={"rate_limits": limits, "users": [{"email": "A@example.com", "role": "owner"}]},
        projects=[
            {"name": "one", "rate_limits": [own, {"model": "c"}], "users": [{"email": "a@example.com", "role": None}]},
            {"name": "two"},
        ],
    )
    one, two = declaration.projects or ()
    values = [each.desired.values for each in one.collections["rate_limits"]]
    assert values == [
        {"model": "a", "max_requests_per_1_minute": 1, "max_tokens_per_1_minute": 3},
        {"model": "b"},
        {"model": "c"},
    ]
    assert [each.desired.values["role"] for each in one.collections["users"]] == ["owner"]
    assert [each.where for each in two.collections["rate_limits"]] == [
        "project_defaults.rate_limits[0]",
        "project_defaults.rate_limits[1]",
    ]
    assert "service_accounts" not in two.collections


def test_a_state_in_an_entry_counts_before_the_default() -> None:
    declaration = declared(
        project_defaults={"users": [{"email": "a@example.com"}]},
        projects=[{"name": "one", "users": [{"email": "a@example.com", "state": "absent"}]}],
    )
    (one,) = declaration.projects or ()
    assert [each.desired.state for each in one.collections["users"]] == ["absent"]
    assert people_in_projects(declaration) == set()


def test_whoever_is_to_be_in_a_project_is_known() -> None:
    declaration = declared(
        projects=[
            {"name": "one", "users": [{"email": "A@example.com"}, {"user_id": "user-1"}]},
            {"name": "gone", "state": "archived", "users": [{"email": "b@example.com"}]},
        ]
    )
    assert people_in_projects(declaration) == {"a@example.com", "user-1"}
