# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the official SDK's operations take and answer, and which of them modules reach."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from importlib import import_module
from operator import or_
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from urllib.parse import unquote

import pytest
import yaml
from ansible_collections.community import openai_admin
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import run as manages
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Task
from ansible_collections.community.openai_admin.plugins.module_utils._info.include import collect_including
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import collect as informs
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    CERTIFICATE_ACTIVATION,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import OF_ORGANIZATION, OF_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Elsewhere, Resource
from openai._base_client import BasePage
from openai._resource import SyncAPIResource
from openai.resources.admin.organization import Organization
from pydantic import BaseModel
from tools.project import modules
from typing_extensions import is_typeddict

ROOT = Path(next(iter(openai_admin.__path__)))
MODULES = modules()
LISTED: dict[str, str] = yaml.safe_load((ROOT / "docs" / "operations.yml").read_text(encoding="utf-8"))
NOT_YET = "not yet"
NONE_NEEDED = "none needed"
REQUEST_OPTIONS = {"extra_headers", "extra_query", "extra_body", "timeout"}


@dataclass(frozen=True)
class Operation:
    """One method of the SDK: what it takes, and what it gives back."""

    parameters: Mapping[str, Any]
    """Types by name: path ids, query or body."""
    answer: Any

    @property
    def models(self) -> list[type[BaseModel]]:
        """The objects that it answers, a listing's items if it is one."""
        return [kind for kind in parts(self.answer) if isinstance(kind, type) and issubclass(kind, BaseModel)]

    def answers(self, name: str) -> set[str]:
        """The values that a field of the answer can have; empty: any."""
        fields = [model.model_fields[name] for model in self.models if name in model.model_fields]
        return {value for each in fields for value in literals(each.annotation)}


class Recorder:
    """Stands for the SDK's client, and notes what would be sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def __getattr__(self, name: str) -> Any:
        method = "GET" if name == "get_api_list" else name.upper()

        def note(path: str, *unused_args: Any, **options: Any) -> None:
            self.sent.append(f"{options.get('method') or method} {unquote(path)}".replace("post ", "POST "))

        return note


def operations() -> dict[str, Operation]:
    """All operations of the Administration API, by C(METHOD /route)."""
    recorder = Recorder()
    found: dict[str, Operation] = {}
    for method in methods(Organization(recorder)):  # type: ignore[arg-type]  # all that a resource asks of a client
        names = [name for name in inspect.signature(method).parameters if name not in REQUEST_OPTIONS]
        method(**{name: f"{{{name}}}" for name in names})
        hints = get_type_hints(method)
        assert recorder.sent[-1] not in found
        found[recorder.sent[-1]] = Operation({name: hints[name] for name in names}, hints["return"])
    assert len(found) == len(recorder.sent)
    return found


def methods(resource: SyncAPIResource) -> Iterator[Any]:
    """Yield all methods of the SDK that send a request, including those of nested resources."""
    for name in sorted(dir(type(resource))):
        if name.startswith(("_", "with_")):
            continue
        member = getattr(resource, name)
        if isinstance(member, SyncAPIResource):
            yield from methods(member)
        elif inspect.ismethod(member):
            yield member


def parts(kind: Any) -> list[Any]:
    """The alternatives of a union, and the items of a page."""
    if get_origin(kind) in (Union, types.UnionType):
        return [part for alternative in get_args(kind) for part in parts(alternative)]
    generic = getattr(kind, "__pydantic_generic_metadata__", {}).get("args") or get_args(kind)
    origin = getattr(kind, "__pydantic_generic_metadata__", {}).get("origin") or get_origin(kind) or kind
    if isinstance(origin, type) and issubclass(origin, BasePage):
        return [part for item in generic for part in parts(item)]
    return [kind]


def parameter(known: Mapping[str, Any], path: str) -> Any:
    """The type of what stands at a path with dots in a body; null: nothing can stand there."""
    name, unused_dot, rest = path.partition(".")
    if not rest:
        return known.get(name)
    inner = [get_type_hints(part) for part in parts(known.get(name)) if is_typeddict(part)]
    found = [each for each in (parameter(hints, rest) for hints in inner) if each is not None]
    return reduce(or_, found) if found else None


def literals(kind: Any) -> set[str]:
    """The literals that a value can be, or the elements of a list."""
    elements = [each for part in parts(kind) if get_origin(part) in (Iterable, list) for each in get_args(part)]
    found = {value for part in parts(kind) if get_origin(part) is Literal for value in get_args(part)}
    return found.union(*map(literals, elements))


def inner(kind: Any) -> set[str]:
    """The literals of a list's items."""
    return {value for part in parts(kind) if get_origin(part) is list for value in literals(get_args(part)[0])}


SDK = operations()


def leaves(name: str, kind: Any) -> set[str]:
    """Return the paths of all values that a parameter can contain, without those inside lists."""
    inner = [get_type_hints(part) for part in parts(kind) if is_typeddict(part)]
    return {path for hints in inner for each in hints for path in leaves(f"{name}.{each}", hints[each])} or {name}


def sendable(operation: str) -> set[str]:
    """Return the paths of all parameters of an operation, except the IDs in its route."""
    known = SDK[operation].parameters
    return {path for name, kind in known.items() if f"{{{name}}}" not in operation for path in leaves(name, kind)}


WHOLE = {"organization": True, "organization_info": False}
"""Modules that work with all that an organization consists of; and whether they write."""


def task_of(module: str) -> Task:
    """Return the task of a module."""
    task: Task = import_module(f"{openai_admin.__name__}.plugins.modules.{module}").TASK
    return task


def subject(module: str) -> Any:
    """What the module's task is about, where it is one kind of thing: a resource, or reports."""
    work = task_of(module).work
    return work.args[0] if isinstance(work, partial) else None


def reached(module: str) -> dict[str, str]:
    """The operations that a module's task can send, and what for."""
    about = subject(module)
    if isinstance(about, Resource):
        return {**included(module), **alone(module), **reads(about), **(writes(about) if module in MANAGING else {})}
    if isinstance(about, Membership):
        return members(about)
    if sets_of(module):
        informs_only = module.endswith("_info")
        return {
            name.replace("{service_account_id}/roles", "{user_id}/roles"): why
            for each in sets_of(module)
            for name, why in (reads(each.listed) if informs_only else members(each)).items()
        }
    if module in WHOLE:
        sets = members(CERTIFICATE_ACTIVATION) if WHOLE[module] else reads(CERTIFICATE_ACTIVATION.listed)
        parts_of_it = {PROJECT, *OF_ORGANIZATION.values(), *OF_PROJECT.values()} - {CERTIFICATE_ACTIVATION.entry}
        of_parts = ({**reads(each), **writes_if(module, each)} for each in parts_of_it)
        return {name: why for each in (sets, *of_parts) for name, why in each.items()}
    return {f"GET {report.path}": "report" for report in reports_of(module)}


def included(module: str) -> dict[str, str]:
    """The listings that a module reads besides, where a task asks for it."""
    work = task_of(module).work
    places = work.args[2] if isinstance(work, partial) and work.func is collect_including else ()
    return {name: why for each in places for name, why in reads(each.resource).items() if why == "list"}


def writes_if(module: str, resource: Resource) -> dict[str, str]:
    """Return the write operations that a module about a whole organization needs for a kind; none if it only reads."""
    return writes(replace(resource, secret=None, validation=None)) if WHOLE[module] else {}


def alone(module: str) -> dict[str, str]:
    """The objects that a module reads one by one besides, where a task asks for it."""
    work = task_of(module).work
    filters = work.args[1] if isinstance(work, partial) and work.func is informs else ()
    return {f"GET {subject(module).item}": "read" for each in filters if each.detail}


def members(membership: Membership) -> dict[str, str]:
    """Return the operations that read and change a set."""
    places = [route.path for route in membership.members.routes]
    changes = [f"{method} {path}{suffix}" for path in places for method, suffix in (membership.add, membership.remove)]
    own_id = f"{{{membership.members.id_param}}}"
    found = [change.replace("{id}", own_id) for change in changes]
    return {**reads(membership.listed), **dict.fromkeys(found, "member")}


def reads(resource: Resource) -> dict[str, str]:
    """Return the operations that read a kind."""
    found = {f"GET {route.path}": "list" for route in resource.routes if resource.keys and route.path}
    if resource.by_id:
        found.update(dict.fromkeys((f"GET {item}" for item in items(resource)), "read"))
    elif any(key.detail for key in resource.keys):
        found[f"GET {resource.item}"] = "read"
    return {**found, **({f"GET {resource.parent.resource.path}": "list"} if resource.parent else {})}


def items(resource: Resource) -> list[str]:
    """Return an object's own route in each scope."""
    scopes = ({route.scope.id_option: None} if route.scope else {} for route in resource.own_routes)
    return [resource.item_in(ids) for ids in scopes]


def writes(resource: Resource) -> dict[str, str]:
    """Return the operations that write a kind, and those that look for its objects elsewhere."""
    found = dict.fromkeys(created_by(resource), "create")
    if resource.updates:
        found.update({f"POST {item}": "update" for item in items(resource) if f"POST {item}" not in found})
    if resource.remove:
        removed = (f"{resource.remove.method} {item}{resource.remove.suffix}" for item in items(resource))
        found.update(dict.fromkeys(removed, "remove"))
    if resource.validation:
        found.update({f"POST {item}{resource.validation.suffix}": "check" for item in items(resource)})
    if resource.secret:
        found.update({f"POST {resource.secret.issue}": "issue"} if resource.secret.issue else {})
        found[f"DELETE {resource.secret.revoke}"] = "revoke"
    return {**found, **{operation: "elsewhere" for place in resource.elsewhere for operation in looks(resource, place)}}


def created_by(resource: Resource) -> list[str]:
    """The operations that create such an object: a key's route lies below its owner's."""
    paths = [route.path for route in resource.own_routes]
    return list(
        dict.fromkeys(
            f"POST {path}" for create in resource.creates for path in [create.path] * bool(create.path) or paths
        )
    )


def looks(resource: Resource, place: Elsewhere) -> list[str]:
    """Return the operations that look for an object in another collection."""
    there = place.resource or resource
    return [f"GET {there.item if option == there.id_param else there.path}" for option, dummy in place.by]


def resources() -> list[Resource]:
    """Each resource of a module, and those that it looks into."""
    own: list[Resource] = [subject(module) for module in MANAGING]
    looked_into = (place.resource for each in own for place in each.elsewhere if place.resource)
    return list(dict.fromkeys([*own, *looked_into]))


MANAGING = [module for module in MODULES if isinstance(work := task_of(module).work, partial) and work.func is manages]
LISTING = [module for module in MODULES if isinstance(subject(module), Resource) and module not in MANAGING]


def reports_of(module: str) -> tuple[Report, ...]:
    """What a module reports on, one thing or one of several."""
    about = subject(module)
    if isinstance(about, Report):
        return (about,)
    return tuple(each for each in about if isinstance(each, Report)) if isinstance(about, tuple) else ()


def sets_of(module: str) -> list[Membership]:
    """The sets that a module is about, one for each kind of owners."""
    about = subject(module)
    return [each for each in about if isinstance(each, Membership)] if isinstance(about, tuple) else []


def reports() -> list[Report]:
    """Each report of a module."""
    return [each for module in MODULES for each in reports_of(module)]


REPORTED = [pytest.param(report, id=report.kind) for report in reports()]
every_report = pytest.mark.parametrize("report", REPORTED)
MANAGED = [pytest.param(resource, id=resource.kind) for resource in resources()]
every_module = pytest.mark.parametrize("module", MODULES)
every_resource = pytest.mark.parametrize("resource", MANAGED)


def answers(resource: Resource) -> list[Operation]:
    """The operations that answer such an object."""
    asked = {**reads_of(resource), **writes(resource)}
    return [SDK[name] for name, why in asked.items() if why in ("list", "read", "create", "update")]


def bodies(resource: Resource) -> list[Operation]:
    """The operations that send one."""
    return [SDK[name] for name, why in writes(resource).items() if why in ("create", "update")]


def reads_of(resource: Resource) -> dict[str, str]:
    """Return the operations that read a kind's own objects, without those of its parent."""
    own = {f"GET {resource.item}", *(f"GET {route.path}" for route in resource.routes)}
    return {name: why for name, why in reads(resource).items() if name in own}
