# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Turns a task's options into the query of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, BadInput, NotFound
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import cleaned, flaws, is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, field_option, option
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    choose,
    list_all,
    read_one,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    NOTHING,
    Field,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._values.alike import unknown_values
from ansible_collections.community.openai_admin.plugins.module_utils._values.times import TIMES

PROJECTS = "projects"
"""The option for names of projects; the API takes C(project_ids)."""

_SUBJECTS = {"project_ids": (PROJECT, True), "user_ids": (USER, False)}
"""Filters whose values can be looked up, and whether such objects are never deleted. Keys cannot: each project lists
its own."""
SHOWN = 10
"""Maximum number of values without a match to show."""


class Lister:
    """Lists whole collections, including archived objects, each once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._listings: dict[str, list[dict[str, Any]]] = {}

    def __call__(self, resource: Resource) -> list[dict[str, Any]]:
        """Return a whole collection. Raises C(RequestError)."""
        if resource.kind not in self._listings:
            query = {"include_archived": True} if resource is PROJECT else NOTHING
            self._listings[resource.kind] = list_all(self._client, resource, NOTHING, query)
        return self._listings[resource.kind]

    def has(self, resource: Resource, own_id: str, alone: bool) -> bool:
        """Return whether an object with this ID exists; C(alone): it is the only one. Raises C(RequestError)."""
        listed = resource.kind in self._listings or not alone
        if listed and any(resource.id_of(item) == own_id for item in self(resource)):
            return True
        return bool(read_one(self._client, resource, {resource.id_param: own_id}))  # a list may lag behind


@dataclass(frozen=True, eq=False)
class Question:
    """The filters of a task in the API's form; none: nothing can match them."""

    filters: Mapping[str, Any] | None
    warnings: tuple[str, ...] = ()
    found: frozenset[str] = frozenset()
    """IDs of objects that were found by name."""

    @property
    def any_of(self) -> tuple[str, ...]:
        """The filters that match if one of their entries does."""
        return tuple(name for name, value in (self.filters or {}).items() if isinstance(value, list))


def asked_options(*reports: Report) -> Spec:
    """Return the options for the filters and groups of these reports."""
    filters = {field.name: field for report in reports for field in report.filters}
    return {
        **{name: option() for name in TIMES},
        PROJECTS: option("list", elements="str"),
        **{name: field_option(field) for name, field in filters.items()},
    }


def bad_filters(report: Report, params: Params, known: tuple[Field, ...]) -> Iterator[str]:
    """Yield errors in the filters of a task, of all C(known) ones."""
    own = [field.name for field in report.filters]
    fields = {field.name: field for field in known}
    for name in [PROJECTS, *fields]:
        value = params.get(name)
        if value is None:
            continue
        if name != PROJECTS and name not in own:
            yield f"{name} does not apply to {report.title}, which is filtered by {', '.join([PROJECTS, *own])}"
        elif name != PROJECTS and isinstance(value, list):
            for number, each in enumerate(value):
                yield from flaws(fields[name], f"{name}[{number}]", each)


def unknown_filters(report: Report, params: Params) -> tuple[list[str], list[str]]:
    """Return problems and warnings about unknown values of filters."""
    problems, warnings = [], []
    for field in report.filters:
        if field.known and params.get(field.name):
            wrong, strange = unknown_values(field.name, params[field.name], field.known)
            problems += wrong
            warnings += strange
    return problems, warnings


def ask(report: Report, list_everything: Lister, params: Params, mode: Mode) -> Question:
    """Return the filters that a task sets, with IDs for names of projects. Raises C(AdminError)."""
    filters = {field.name: _cleaned(field, params) for field in report.filters if params.get(field.name) is not None}
    names, ids = params.get(PROJECTS), filters.pop("project_ids", None)
    if [] in filters.values():
        return Question(None)
    missing: list[Missing] = []
    found = [_project(list_everything, name, missing) for name in names or ()]
    if names is not None or ids is not None:
        filters["project_ids"] = list(dict.fromkeys(each for each in [*found, *(ids or ())] if not is_blank(each)))
    if any(is_blank(each) for each in ids or ()):
        missing.append(Missing("an entry of project_ids is empty and names no project"))
    warnings = take_for_granted(tuple(missing), mode, f"read {report.title}")
    return Question(None if [] in filters.values() else filters, warnings, frozenset(filter(None, found)))


def unmatched(
    report: Report, question: Question, list_everything: Lister, has: Callable[[str, Any, bool], bool | None]
) -> list[str]:
    """Return warnings about filters that match nothing. Raises C(NotFound) if their objects do not exist.

    C(has) returns whether the report contains a value of a dimension, which may be the only one in the query; null:
    unknown.
    """
    warnings, missing = [], []
    for field in report.filters:
        values = (question.filters or {}).get(field.name)
        if not isinstance(values, list):
            continue
        alone = len(values) == 1
        dimension = field.name.removesuffix("s")
        asked = [value for value in values if value not in question.found and value not in field.known]
        seen = {value: has(dimension, value, alone) for value in asked}
        resource, lasts = _SUBJECTS.get(field.name, (None, False))
        doubtful = [value for value, there in seen.items() if there is False or (lasts and there is None)]
        if resource is None:
            if doubtful:
                warnings.append(f"Nothing in {report.title} has {field.name} {_few(doubtful)}: check the spelling.")
            continue
        try:
            gone = [each for each in doubtful if not list_everything.has(resource, each, len(doubtful) == 1)]
        except ApiError as error:
            if error.status not in (401, 403):
                raise
            warnings.append(f"Could not check whether {field.name} {_few(doubtful)} exist. {error.message}")
            continue
        if gone:
            missing.append(
                f"there is no {resource.title} with the ID {_few(gone)}. {field.name} takes IDs, which"
                f" {resource.kind}_info returns."
            )
    if missing:
        raise NotFound(f"Could not read {report.title}: {' And '.join(missing)}")
    return warnings


def _few(values: Sequence[str]) -> str:
    shown = [f"'{each}'" for each in values[:SHOWN]]
    return ", ".join([*shown, *([f"and {len(values) - SHOWN} more"] if len(values) > SHOWN else [])])


def _cleaned(field: Field, params: Params) -> Any:
    value = params[field.name]
    return [cleaned(field, each) for each in value] if isinstance(value, list) else value


def refuse(problems: list[str]) -> None:
    """Raise C(BadInput) if there are problems."""
    if problems:
        raise BadInput(f"{'; '.join(dict.fromkeys(problems))}.")


def _project(list_everything: Lister, name: str, missing: list[Missing]) -> str | None:
    """Return the ID of the active project with that name, or otherwise of an archived one."""
    same: list[Object] = [item for item in list_everything(PROJECT) if PROJECT.keys[0].read(item) == name]
    active = [dict(item) for item in same if PROJECT.standing(item) == "live"]
    chosen = active or [dict(item) for item in same]
    found, lacks = choose(chosen, PROJECT, ("name", name), list_everything(PROJECT), "project_ids")
    missing += [lacks] if lacks else []
    return None if found is None else str(PROJECT.id_of(found))
