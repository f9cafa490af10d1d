# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules against the official SDK: its types say what may be sent, what comes back, and what there is at all.

Nothing of the API is copied here: operations, literals and fields are read off
the SDK's classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, get_args

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import collect as informs
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field, Resource
from contract.operations import (
    LISTED,
    LISTING,
    MODULES,
    NONE_NEEDED,
    NOT_YET,
    SDK,
    WHOLE,
    answers,
    bodies,
    created_by,
    every_module,
    every_report,
    every_resource,
    inner,
    literals,
    looks,
    parameter,
    parts,
    reached,
    reads_of,
    reports,
    resources,
    subject,
    task_of,
)
from pydantic import BaseModel


class TestOperations:
    def test_the_sdk_was_walked(self) -> None:
        """Otherwise nothing here could fail."""
        assert len(SDK) > 100
        assert "POST /organization/projects/{project_id}/archive" in SDK
        assert "POST /organization/certificates/activate" in SDK

    def test_every_one_of_the_sdk_is_reached_or_listed_as_not_yet(self) -> None:
        assert sorted(set(SDK) - set(LISTED)) == []

    def test_none_is_listed_that_the_sdk_has_not(self) -> None:
        assert sorted(set(LISTED) - set(SDK)) == []

    def test_they_stand_in_order(self) -> None:
        assert list(LISTED) == sorted(LISTED, key=lambda name: (name.split()[1], name))

    def test_what_is_listed_for_a_module_is_reached_by_it(self) -> None:
        claimed = {name: module for name, module in LISTED.items() if module not in (NOT_YET, NONE_NEEDED)}
        assert set(claimed.values()) <= set(MODULES)
        assert [name for name, module in claimed.items() if name not in reached(module)] == []

    @every_module
    def test_what_a_module_reaches_is_one_of_the_sdk(self, module: str) -> None:
        assert sorted(set(reached(module)) - set(SDK)) == []

    @every_module
    def test_what_a_module_reaches_is_not_listed_as_not_yet(self, module: str) -> None:
        assert [name for name in reached(module) if LISTED[name] in (NOT_YET, NONE_NEEDED)] == []

    def test_what_needs_no_module_is_told_by_a_list(self) -> None:
        needless = [name for name, module in LISTED.items() if module == NONE_NEEDED]
        assert [name for name in needless if LISTED[name.rpartition("/")[0]] in (NOT_YET, NONE_NEEDED)] == []
        assert all(name.startswith("GET ") for name in needless)

    @every_module
    def test_every_module_is_there_for_something(self, module: str) -> None:
        assert module in LISTED.values() or module in WHOLE


class TestBodies:
    @every_resource
    def test_what_a_create_sends_is_what_the_sdk_sends(self, resource: Resource) -> None:
        fields = [field for field in resource.options if field.create]
        for operation in created_by(resource):
            known = SDK[operation].parameters
            assert [field.body_name for field in fields if not takes(parameter(known, field.body_name), field)] == []
            assert {name for create in resource.creates for name in create.body} <= set(known)

    @every_resource
    def test_a_create_has_what_the_sdk_requires(self, resource: Resource) -> None:
        for operation in created_by(resource):
            known = SDK[operation].parameters
            required = {name for name, kind in known.items() if not optional(kind) and f"{{{name}}}" not in operation}
            fixed = {path.partition(".")[0] for path in resource.sends}
            fixed |= {name for create in resource.creates for name in create.body}
            named = [field for field in resource.options if field.create]
            places = {field.body_name for field in named} | {field.marked_by[0] for field in named if field.marked_by}
            assert required <= fixed | {place.partition(".")[0] for place in places}

    @every_resource
    def test_what_is_always_sent_is_one_of_the_values_of_the_sdk(self, resource: Resource) -> None:
        for path, value in resource.sends.items():
            if "." not in path:
                assert all(value in literals(each.parameters[path]) for each in bodies(resource))

    @every_resource
    def test_what_an_update_sends_is_what_the_sdk_sends(self, resource: Resource) -> None:
        fields = [field for field in resource.options if field.update] if resource.updates else []
        known = SDK[f"POST {resource.item}"].parameters if fields else {}
        assert [field.body_name for field in fields if not takes(parameter(known, field.body_name), field)] == []

    @every_resource
    def test_only_what_the_sdk_may_clear_is_cleared(self, resource: Resource) -> None:
        for field in resource.options:
            if field.clearable:
                assert type(None) in parts(parameter(SDK[f"POST {resource.item}"].parameters, field.body_name)), (
                    field.name
                )

    def test_a_rate_limit_has_the_limits_of_the_sdk(self) -> None:
        (resource,) = (each for each in resources() if each.kind == "rate_limit")
        known = {name for name in SDK[f"POST {resource.item}"].parameters if f"{{{name}}}" not in resource.item}
        assert {field.body_name for field in resource.options if field.update} == known


class TestChoices:
    @every_resource
    def test_they_are_the_literals_that_the_sdk_sends(self, resource: Resource) -> None:
        """And what a create makes without being told: a service account's role C(none).

        Of what the SDK sends as any text, it says nothing.
        """
        for field in resource.options:
            sent = {
                value for each in bodies(resource) for value in literals(parameter(each.parameters, field.body_name))
            }
            made = {create.gives[field.name] for create in resource.creates if field.name in create.gives}
            assert set(field.choices or (field.known if sent else ())) == sent | made, field.name

    @every_resource
    def test_what_is_sent_can_be_read(self, resource: Resource) -> None:
        """In every scope; of what is there once, in one of them."""
        for field in resource.options:
            answered = [SDK[name].answers(field.answer or field.name) for name in reads_of(resource)]
            for known in [set().union(*answered)] if resource.singleton else answered:
                assert not known or set(field.choices or field.known) <= known, field.name

    def test_some_are_compared(self) -> None:
        """Otherwise the test before could not fail."""
        assert {field.name for each in resources() for field in each.options if field.known} >= {"residency", "role"}


class TestAnswers:
    @every_resource
    def test_every_field_is_one_of_an_answer(self, resource: Resource) -> None:
        models = [model for each in answers(resource) for model in each.models]
        paths = {field.name: (field.answer or field.name).split(".") for field in told(resource)}
        assert [name for name, path in paths.items() if not any(has(model, path) for model in models)] == []

    @every_resource
    def test_what_is_listed_has_every_field(self, resource: Resource) -> None:
        for model in SDK[f"GET {resource.path}"].models:
            listed = [field for field in told(resource) if not field.secret]
            paths = [(field.answer or field.name).split(".") for field in listed]
            assert [path for path in paths if not has(model, path)] == []

    @every_resource
    def test_what_names_an_object_is_in_a_listing(self, resource: Resource) -> None:
        """Or in what is read of those that are candidates."""
        for key in resource.keys:
            route = resource.item if key.detail else resource.path
            assert all(has(model, (key.field or key.option).split(".")) for model in SDK[f"GET {route}"].models)

    @every_resource
    def test_a_new_secret_is_where_it_is_looked_for(self, resource: Resource) -> None:
        secret = resource.secret
        if secret is None:
            assert not any(create.yields for create in resource.creates)
            return
        made = [model for operation in created_by(resource) for model in SDK[operation].models]
        issued = SDK[f"POST {secret.issue}"].models if secret.issue else []
        part = [secret.name] if secret.held else []
        assert made != []
        for name in "id", "name", "value", "created_at":
            assert all(has(model, [*part, name]) for model in made)
            assert all(has(model, [name]) for model in issued)


class TestQueries:
    @pytest.mark.parametrize("module", LISTING)
    def test_filters_are_those_of_the_sdk(self, module: str) -> None:
        about = subject(module)
        resource: Resource = about.members if isinstance(about, Membership) else about
        work = task_of(module).work
        filters = work.args[1] if isinstance(work, partial) and work.func is informs else ()
        sent = [each for each in filters if not (each.keep or each.detail)]
        for each in sent:
            literal = literals(SDK[f"GET {resource.path}"].parameters[each.name])
            assert set(each.spec.get("choices", ())) == set(literal), each.name
        names = [each.name for each in sent]
        keys = [key.query for key in resource.keys if key.query]
        pages = () if resource.singleton else ("limit",)
        assert {*pages, *names, *keys} <= set(SDK[f"GET {resource.path}"].parameters)

    @every_resource
    def test_what_is_asked_elsewhere_too(self, resource: Resource) -> None:
        for place in resource.elsewhere:
            for operation in looks(resource, place):
                for name, value in place.query.items():
                    kind = SDK[operation].parameters[name]
                    assert value in literals(kind) or isinstance(value, tuple(plain(kind))), name


def told(resource: Resource) -> list[Field]:
    """The fields that answers have as they are."""
    return [field for field in resource.fields if not (field.derived or field.unshown)]


READ_ONLY = ("/organization/usage/", "/organization/costs", "/organization/audit_logs")


class TestReports:
    """What can be asked of a report is all that the SDK can ask, in the SDK's words."""

    @every_report
    def test_its_filters_are_those_of_the_sdk(self, report: Report) -> None:
        of_all = {"limit", "start_time", "end_time", "bucket_width", "group_by", "page"}
        own = of_all if report.widths else {"limit", "effective_at", "after", "before"}
        assert {field.name for field in report.filters} | own == set(SDK[f"GET {report.path}"].parameters)

    @every_report
    def test_what_a_filter_can_be_is_what_the_sdk_sends(self, report: Report) -> None:
        for field in report.filters:
            kind = SDK[f"GET {report.path}"].parameters[field.name]
            assert (bool in plain(kind)) == (field.type == "bool"), field.name
            assert set(field.choices or field.known) == inner(kind), field.name

    @every_report
    def test_what_it_shows_besides_is_in_the_sdk_s_objects(self, report: Report) -> None:
        models = [] if report.widths else SDK[f"GET {report.path}"].models
        for path in (path for paths in report.shows.values() for path in paths):
            assert all(has(model, path.split(".")) for model in models), path
        assert bool(models) == bool(report.shows)

    @every_report
    def test_it_is_grouped_as_the_sdk_can(self, report: Report) -> None:
        if report.widths:
            parameters = SDK[f"GET {report.path}"].parameters
            assert set(report.dimensions) == inner(parameters["group_by"])
            assert set(report.widths) == literals(parameters["bucket_width"])

    @every_report
    def test_what_is_counted_is_all_that_the_sdk_knows(self, report: Report) -> None:
        counted = {
            path for each in report.measures for path in (each.answer or each.name, each.unit_answer or each.unit)
        }
        known = {
            path
            for model in (results(SDK[f"GET {report.path}"].answer, report.path) if report.widths else ())
            for path in leaves(model)
            if path not in ("object", *report.dimensions)
        }
        assert counted - {""} == known
        assert bool(known) == bool(report.widths)

    def test_some_are_compared(self) -> None:
        """Otherwise the tests before could not fail."""
        known = {path for path in (name.split()[1] for name in SDK) if path.startswith(READ_ONLY)}
        assert {report.path for report in reports()} == known


def results(page: Any, path: str) -> list[type[BaseModel]]:
    """The results that a report of that path has, of all that the SDK's type of a page allows."""
    (bucket,) = models_in(page.model_fields["data"].annotation)
    name = path.removeprefix("/").replace("/", ".").replace("search_calls", "searches") + ".result"
    found = models_in(bucket.model_fields["results"].annotation)
    return [each for each in found if literals(each.model_fields["object"].annotation) == {name}]


def models_in(kind: Any) -> list[type[BaseModel]]:
    """The objects that lists, unions and the like are of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for part in get_args(kind) for model in models_in(part)]


def leaves(model: type[BaseModel]) -> Iterator[str]:
    """The paths of all values in an object."""
    for name, field in model.model_fields.items():
        below = models_in(field.annotation)
        yield from (f"{name}.{path}" for part in below for path in leaves(part)) if below else [name]


def takes(kind: Any, field: Field) -> bool:
    """Whether the SDK takes such a value for this parameter."""
    if field.type in ("raw", "dict") or field.shapes:
        return kind is not None
    if field.type in ("list", "set"):
        return any(getattr(part, "__origin__", part) in (Iterable, Sequence) for part in (kind, *parts(kind)))
    wanted = {"str": str, "int": int, "bool": bool, "float": float if field.times == 1 else int}[field.type]
    return wanted in plain(kind) or bool(literals(kind) and wanted is str)


def plain(kind: Any) -> Iterable[type]:
    return [part for part in parts(kind) if part in (str, int, bool, float)]


def optional(kind: Any) -> bool:
    return any(getattr(part, "__name__", "") == "Omit" for part in parts(kind))


def has(model: Any, path: list[str]) -> bool:
    """Whether an answer can have a value there."""
    for part in parts(model):
        if isinstance(part, type) and issubclass(part, BaseModel):
            # What the API calls model_ids cannot be called so in Python, where pydantic has names like this itself.
            fields = {field.alias or name: field for name, field in part.model_fields.items()}
            if path[0] in fields:
                return len(path) == 1 or has(fields[path[0]].annotation, path[1:])
    return False
