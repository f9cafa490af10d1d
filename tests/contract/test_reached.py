# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every parameter that the official SDK can send is one that this collection sends, or is listed with a reason.

C(test_arguments) compares in the other direction: what the collection sends is in the SDK. It also compares operations
and literals in both directions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import collect as informs
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import EXPIRY, SCOPES
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field, Resource
from contract.operations import (
    MODULES,
    SDK,
    created_by,
    items,
    looks,
    members,
    reports,
    sendable,
    sets_of,
    subject,
    task_of,
)

EXCEPTIONS: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("not_sent.yml").read_text(encoding="utf-8")
)
EVERYWHERE = EXCEPTIONS.pop("every operation")
Sent = Mapping[str, set[str]]
"""The parameters that the collection sends, by operation; those inside a body's objects have paths with dots."""


def places(fields: Iterable[Field]) -> set[str]:
    """Return where fields stand in a body."""
    marks = [mark for field in fields for mark in (field.marked_by, field.cleared_by) if mark]
    return {field.body_name for field in fields} | {mark[0] for mark in marks}


def of_resource(resource: Resource) -> Iterator[tuple[str, set[str]]]:
    """Yield what the writes of a resource send, by operation."""
    secret = resource.secret
    for operation in created_by(resource):
        yield operation, places([field for field in resource.options if field.create]) | set(resource.sends)
        yield operation, {name for create in resource.creates for name in create.body}
        if secret:
            yield operation, places(secret.fields if secret.issue else secret.options)
    if resource.updates:
        for item in items(resource):
            yield f"POST {item}", places([field for field in resource.options if field.update]) | set(resource.sends)
    if secret and secret.issue:
        yield f"POST {secret.issue}", places(secret.options)


def of_sets(memberships: Iterable[Membership]) -> Iterator[tuple[str, set[str]]]:
    """Yield what changes of sets send, by operation."""
    for each in memberships:
        yield from ((operation, {each.body}) for operation in members(each))


def of_listing(module: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the filters and the details that a module asks for, by operation."""
    about = subject(module)
    resource = about.members if isinstance(about, Membership) else about
    if not isinstance(resource, Resource):
        return
    work = task_of(module).work
    filters = work.args[1] if isinstance(work, partial) and work.func is informs else ()
    names = {each.name for each in filters if not (each.keep or each.detail)}
    names |= {key.query for key in resource.keys if key.query}
    yield from ((f"GET {route.path}", names) for route in resource.routes)
    yield f"GET {resource.item}", {name for each in filters for name in each.detail}
    for place in resource.elsewhere:
        yield from ((operation, set(place.query)) for operation in looks(resource, place))


def sent(instead: Mapping[Resource, Resource] | None = None) -> Sent:
    """Return all that the modules send; C(instead): resources to replace by others."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        about = subject(module)
        resource = (instead or {}).get(about, about) if isinstance(about, Resource) else None
        sets = [about] if isinstance(about, Membership) else sets_of(module)
        for operation, names in (*(of_resource(resource) if resource else ()), *of_sets(sets), *of_listing(module)):
            found[operation] |= names
    for report in reports():  # whose own tests compare all parameters
        found[f"GET {report.path}"] |= {name.partition(".")[0] for name in sendable(f"GET {report.path}")}
    for item in items(PROJECT_API_KEY):  # by _keys/living.py: tests/integration/modules/test_living_keys.py
        found[f"POST {item}"] |= places([SCOPES, *EXPIRY])
    return found


def unsent(known: Sent) -> set[tuple[str, str]]:
    """Return the parameters of the SDK that are never sent, each with its operation."""
    return {
        (operation, path)
        for operation in SDK
        for path in sendable(operation)
        if not any(path == name or path.startswith(f"{name}.") for name in known[operation])
    }


def excepted() -> set[tuple[str, str]]:
    """Return the parameters with a reason for not being sent."""
    single = {(operation, name) for operation, names in EXCEPTIONS.items() for name in names}
    return single | {(operation, name) for operation in SDK for name in EVERYWHERE}


def test_every_parameter_of_the_sdk_is_sent_or_has_a_reason_not_to_be() -> None:
    assert sorted(unsent(sent()) - excepted()) == []


def test_no_exception_is_outdated() -> None:
    never = unsent(sent())
    assert [
        (operation, name) for operation, names in EXCEPTIONS.items() for name in names if (operation, name) not in never
    ] == []
    assert EVERYWHERE.keys() <= {name for dummy, name in never}
    assert all(reason.endswith(".") for names in (EVERYWHERE, *EXCEPTIONS.values()) for reason in names.values())


RESOURCES = list(dict.fromkeys(about for module in MODULES if isinstance(about := subject(module), Resource)))
ISSUED = {f"POST {each.secret.issue}" for each in RESOURCES if each.secret}
CREATED = [
    pytest.param(about, field, id=f"{about.kind}-{field.name}")
    for about in RESOURCES
    for operation in created_by(about)
    if [each for each in RESOURCES if operation in created_by(each)] == [about] and operation not in ISSUED
    for field in about.options
    if field.create and operation in SDK
]
"""The fields with which a resource is created, if no other one is created by the same operation."""


@pytest.mark.parametrize(("resource", "field"), CREATED)
def test_a_field_that_is_taken_away_is_missed(resource: Resource, field: Field) -> None:
    """Otherwise the first test could not fail."""
    fewer = replace(resource, fields=tuple(each for each in resource.fields if each.body_name != field.body_name))
    lacking = unsent(sent({resource: fewer})) - excepted()
    assert {path for dummy, path in lacking} & {field.body_name, *leaves_below(resource, field)} != set()


def leaves_below(resource: Resource, field: Field) -> set[str]:
    """Return the SDK's parameters inside the value of a field."""
    known = {path for operation in created_by(resource) for path in sendable(operation)}
    return {path for path in known if path.startswith(f"{field.body_name}.")}
