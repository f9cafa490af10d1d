# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Steps with the plans of many objects: their dependencies, their results, and their texts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, readable
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import view
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Done, Plan
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import DEPTHS, HOLDERS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Ref
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Current,
    Desired,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Place, Run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import Declared
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted


class Stage(NamedTuple):
    """The stage of a step: stages run in the order of these numbers, and the steps of one stage run concurrently."""

    phase: int
    level: int = 0
    late: bool = False
    """Whether it removes something that another object has to get first."""


ADDS, REMOVES, ENDS, LAST = range(4)
"""Phases: additions; removals; removals that cannot be undone; changes of access to the API, after which its base URL
may differ."""

Collection = tuple[str, tuple[str, ...], tuple[str, ...]]
"""The collection of a step's object: kind, and the names and IDs of containers; no ID: it does not exist yet."""
StepKey = tuple[str, tuple[str, ...], tuple[str, ...], str, str]
"""Identifies a step: its collection, its object's name and ID; no ID: to be created."""

_SHOWN_FAILURES = 3


@dataclass(frozen=True, eq=False)
class Step:
    """One object, and its plan."""

    declared: Declared
    job: Job
    todo: Plan
    stage: Stage
    place: Place
    """The object's collection."""
    purged: int = 0
    """How many undeclared objects it removes."""
    again: Callable[[Run], Step] | None = None
    """Plans it again after missing objects exist, or hidden ones are visible. Raises C(AdminError)."""
    is_hidden: bool = False
    """Whether only C(again) can find out if there is something to change."""
    waits_for: frozenset[StepKey] = frozenset()
    """Keys of steps that have to succeed first."""
    set_of: str = ""
    """For a step that changes a set, the kind of its members."""
    row: Kind | None = None
    """The kind; null for objects that cannot be declared themselves, such as a set."""

    @property
    def kind(self) -> str:
        """The kind of the object."""
        return self.job.resource.kind

    @property
    def is_due(self) -> bool:
        """Whether to execute it: it changes something, or may do so."""
        return bool(self.todo.writes) or self.is_hidden

    @property
    def doing(self) -> str:
        """Its first action, for messages."""
        return self.todo.writes[0].why if self.todo.writes else f"look for {self.job.desired.label}"

    @property
    def where(self) -> str:
        """Its place in the declaration: C(projects[0].users[2]); empty if it is not declared."""
        return self.declared.where

    @property
    def name(self) -> str:
        """The object's name; a singleton has the name of its scope."""
        if self.row and self.row.is_single:
            return self.project or "organization"
        known = self.todo.before or self.todo.after or {}
        shown = known.get("name") if self.row and self.row.owned else None
        resource, (option, value) = self.job.resource, self.job.desired.identity or ("", None)
        key = resource.key(option)
        given = value if key and not key.detail and option != resource.id_param else None
        named = _name_of_reference(resource, self.declared) or resource.returned_name_of(known)
        return str(named or shown or given or known.get(ID) or self.job.desired.name)

    @property
    def project(self) -> str:
        """The name of its project."""
        return self.place.project

    @property
    def collection(self) -> Collection:
        """Its kind, and the names and IDs of containers; IDs are empty if these do not exist yet."""
        ids = (self.job.current.ids.get(each.parent.id_option) or "" for each in self.place.holders)
        return (self.kind, tuple(self.place.names.values()), tuple(ids))

    @property
    def key(self) -> StepKey:
        """The key by which other steps wait for this one."""
        return (*self.collection, self.name, str((self.todo.before or self.todo.after or {}).get(ID) or ""))

    @property
    def route(self) -> str:
        """The route of its first request."""
        write = next(iter(self.todo.writes), None)
        return f"{write.method} {write.route}" if write else f"GET {self.job.resource.item}"


def _name_of_reference(resource: Resource, declared: Declared) -> str | None:
    """Return the declared name of the object by which entries identify theirs, such as the account of a rule."""
    named = (each.refers.name_option for each in resource.options if each.refers and resource.key(each.name))
    return next((declared.params.get(option) for option in named), None)


@dataclass(frozen=True, eq=False)
class End:
    """The result of a step: done, failed, or not tried because of a dependency."""

    step: Step
    done: Done | None = None
    error: AdminError | None = None
    blocked_by: str = ""
    kept: str = ""
    """Why the server did not remove the object."""

    @property
    def succeeded(self) -> bool:
        """Whether the step was carried out."""
        return self.done is not None

    @property
    def made(self) -> bool:
        """Whether it changed something, or would, and not somebody else."""
        return bool(self.done and self.done.changed)

    @property
    def is_lost(self) -> bool:
        """Whether steps that depend on it cannot run."""
        return not (self.succeeded or self.kept)


def change(end: End) -> dict[str, Any]:
    """Return the change of a step in the form of results."""
    step = end.step
    resource, desired = step.job.resource, step.job.desired
    shows = step.todo.shows if desired.present else (NOTHING, NOTHING)
    before = view(resource, desired, step.todo.before, shows[0])
    after = view(resource, desired, end.done.object if end.done else step.todo.after, shows[1])
    references = {each.name for each in resource.options if each.refers}
    fields = _differing(before, after, references)
    return {
        **_named(step),
        "before": before,
        "after": after,
        "fields": fields,
        "purged": bool(step.purged),
        "default": step.declared.default_of(fields) or None,
    }


def diff(changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the diff of a change."""
    of = "".join(f" of {option} '{changed[option]}'" for option in reversed(HOLDERS) if changed[option])
    by = f" ({changed['default']})" if changed["default"] else ""
    header = f"{changed['kind'].replace('_', ' ')} '{changed['name']}'{of}{by}"
    return {
        "before_header": header,
        "after_header": header,
        "before": changed["before"],
        "after": changed["after"],
    }


def summarize(steps: Iterable[Step], ends: Iterable[End]) -> dict[str, dict[str, int]]:
    """Return the number of objects of each kind by action; the others are C(unchanged)."""
    summary: dict[str, dict[str, int]] = {}
    for step in steps:
        if not step.is_due:
            _count(summary, step.job.resource.plural, "unchanged")
    for end in ends:
        if (
            end.step.todo.writes or not end.step.purged or end.is_lost
        ):  # an object that was searched and does not exist does not count
            _count(summary, end.step.job.resource.plural, _fate(end))
    return {plural: dict(sorted(counts.items())) for plural, counts in sorted(summary.items())}


def failure(ends: Sequence[End]) -> AdminError | None:
    """Return the error with failed, made and remaining changes; null if nothing failed."""
    failed = [end for end in ends if end.error]
    left = [end for end in ends if end.is_lost and not end.error]
    done = [end for end in ends if end.made]
    if not failed and not left:
        return None
    first = [f"- {': '.join(filter(None, (end.step.where, _message(end))))}" for end in failed[:_SHOWN_FAILURES]]
    rest = len(failed) - len(first)
    more = [f"- and {counted(rest, 'more failure')}, in failed_changes"] if rest else []
    lines = [
        f"{len(failed)} of {counted(len(ends), 'change')} failed, {_were(done)} made, {_were(left)} not tried."
        if failed
        else f"The task was stopped: {len(done)} of {counted(len(ends), 'change')} {_verb(done)} made,"
        f" {_were(left)} not begun.",
        *first,
        *more,
        f"It is safe to run the task again: it continues with {_the_rest(len(failed) + len(left))}.",
    ]
    facts = dict(failed[0].error.facts) if failed and failed[0].error else {}
    return AdminError(
        lines,
        **{
            **facts,
            "changed": bool(done) or any(end.error and end.error.facts.get("changed") for end in failed),
            "done": [readable(end.step.todo.writes[0].why) for end in done],
            "failed_changes": [{**_named(end.step), "msg": _message(end)} for end in failed],
            "not_tried": [{**_named(end.step), "waits_for": readable(end.blocked_by) or None} for end in left],
        },
    )


def _verb(ends: Sequence[End]) -> str:
    return "was" if len(ends) == 1 else "were"


def _were(ends: Sequence[End]) -> str:
    return f"{len(ends)} {_verb(ends)}"


def _the_rest(number: int) -> str:
    return "the one that is left" if number == 1 else f"the {number} that are left"


def _named(step: Step) -> dict[str, Any]:
    """Return the object of a step and its place in the declaration; the controller adds the place in the file."""
    return {
        "kind": step.kind,
        **{option: step.place.names.get(option) or None for option in HOLDERS},
        "name": step.name,
        "action": _action(step.todo),
        "where": step.where,
        "place": "",
    }


def warnings_of(steps: Sequence[Step], ends: Iterable[End]) -> list[str]:
    """Return the warnings of plans and results without duplicates, beginning with the place of the declared object.

    Warnings about all limits of new projects have the same words. The certificates of the organization are a list, not
    an object.
    """
    ends = list(ends)
    planned = [*(step for step in steps if not step.is_due), *(end.step for end in ends)]
    told = [(warning, step.where) for step in planned for warning in step.todo.warnings]
    told += [(warning, end.step.where) for end in ends if end.done for warning in end.done.warnings]
    told += [(end.kept, end.step.where) for end in ends if end.kept]
    places: dict[str, dict[str, None]] = {}
    for warning, where in told:
        places.setdefault(warning, {}).update({where: None} if "[" in where else {})
    return [f"{_first(list(wheres))}{warning}" for warning, wheres in places.items()]


def _first(wheres: Sequence[str]) -> str:
    """Return the first of several places, with the number of others."""
    if not wheres:
        return ""
    return f"{wheres[0]}{f' and {len(wheres) - 1} more' if len(wheres) > 1 else ''}: "


def _message(end: End) -> str:
    if end.error is None:
        return ""
    request_id = end.error.facts.get("request_id")
    return end.error.message + (f" (request {request_id})" if request_id else "")


def _count(summary: dict[str, dict[str, int]], plural: str, what: str) -> None:
    counts = summary.setdefault(plural, {})
    counts[what] = counts.get(what, 0) + 1


def _fate(end: End) -> str:
    if end.succeeded:
        return _action(end.step.todo) if end.made else "unchanged"
    return "kept" if end.kept else "failed" if end.error else "left"


def _action(todo: Plan) -> str:
    if not todo.writes:  # planned before its container existed, and found to be as declared
        return "unchanged"
    first, last = todo.writes[0], todo.writes[-1]
    return "replace" if first.removes and not last.removes else first.action


def _differing(before: Object | None, after: Object | None, references: Set[str]) -> list[str]:
    """Return the fields that differ. C(references): new ones count even if a prediction does not know their IDs."""
    there, then = before or {}, after or {}
    new = references & (then.keys() - there.keys())
    return sorted(name for name in {*there, *then} if name in new or there.get(name) != then.get(name))


def stage_of(row: Kind, desired: Desired, current: Current) -> Stage:
    """Return the stage of an object: after its dependencies, or before them if it is removed."""
    depth = DEPTHS[row]
    if desired.present:
        return Stage(ADDS, depth, row.loosens(desired, current))
    if row.is_last:
        return Stage(LAST, 1)  # after others have taken its place
    return Stage(ENDS) if row.resource.lasting else Stage(REMOVES, -depth)


def in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps with their dependencies: containers, and additions that replace what a step removes."""
    created = {ref: step.key for step in steps for ref in creates(step)}
    added: dict[Collection, set[StepKey]] = {}
    for step in steps:
        if step.stage.phase == ADDS and not step.stage.late and step.todo.writes:
            added.setdefault(step.collection, set()).add(step.key)
    joined: dict[tuple[str, Any], set[StepKey]] = {}
    for step in steps:
        if step.stage.phase == ADDS and step.row and step.row.owned and step.todo.writes:
            joined.setdefault((step.kind, (step.todo.after or {}).get(ID)), set()).add(step.key)
    sets = {(step.set_of, step.key) for step in steps if step.set_of and step.todo.writes}
    guards = _guardrails(steps)
    relieved = {(step.todo.before or {}).get(ID): step.key for step in steps if step.stage.late}
    ordered = []
    for step in steps:
        needed = list(_counts_on(step))
        waits_for = {created[ref] for ref in needed if ref in created}
        waits_for |= {key for ref in needed if _lets_in(step) for key in guards.get(ref, ())}
        if step.is_hidden:
            waits_for |= {key for own_id, key in relieved.items() if own_id == step.job.current.tells[ID]}
        if step.stage.late or step.stage.phase == REMOVES:
            waits_for |= added.get(step.collection, set())
            waits_for |= joined.get((step.kind, (step.todo.before or {}).get(ID)), set())
        if not step.job.desired.present:  # not before others have taken its place in a set
            waits_for |= {key for kind, key in sets if kind == step.kind}
        ordered.append(replace(step, waits_for=frozenset(waits_for)) if waits_for else step)
    return tuple(ordered)


def _guardrails(steps: Iterable[Step]) -> dict[Ref | None, set[StepKey]]:
    """Return the steps that limit what a project may cost and use, by project."""
    found: dict[Ref | None, set[StepKey]] = {}
    for step in steps:
        if step.row and step.row.is_guardrail and step.job.desired.present and step.todo.writes:
            found.setdefault(step.place.ref, set()).add(step.key)
    return found


def _lets_in(step: Step) -> bool:
    """Return whether a step may give somebody access to a project, which has to have its guardrails before that."""
    row, is_new = step.row, step.job.desired.present and step.todo.before is None
    return bool(row and is_new and not row.is_guardrail and not row.comes_with_project)


def creates(step: Step) -> Iterator[Ref]:
    """Yield the references to the object that a step creates, if it creates one."""
    resource, desired = step.job.resource, step.job.desired
    if not desired.present or step.todo.before is not None:
        return
    named = {key.option: desired.values.get(key.option) for key in resource.keys}
    for option, value in {*named.items(), *([desired.identity] if desired.identity else [])}:
        if value is not None and isinstance(value, Hashable):
            for scope in _scopes(step):
                yield resource.ref(value, option, scope)


def _counts_on(step: Step) -> Iterator[Ref]:
    """Yield references to the objects that a step needs: containers, references, and missing objects of its plan."""
    scope: Ref | None = None
    for each in step.place.holders:
        scope = each.ref(scope)
        yield scope
    for field in step.job.resource.options:
        if field.refers and not field.is_reference:  # what a name means that is missing is assumed by the plan
            named, option = field.refers.resource, field.refers.name_option
            entries = step.declared.params.get(field.option_name) or ()
            yield from (named.ref(entry.get(option), named.keys[0].option) for entry in entries)
    yield from (each.ref for each in step.todo.assumes if each.ref)


def _scopes(step: Step) -> Iterator[Ref | None]:
    """Yield the references to the container of a step's object: by name and by ID."""
    *outer, holder = step.place.holders or (None,)
    if holder is None:
        yield None
        return
    yield step.place.ref
    if holder.own_id:
        within = replace(step.place, holders=tuple(outer)).ref
        yield holder.parent.resource.ref(holder.own_id, holder.parent.resource.id_param, within)
