# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Plans of many objects as steps: which of them wait for which, what each came to, and how that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Holder, Place, Run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import Declared
from ansible_collections.community.openai_admin.plugins.module_utils._values.plurals import counted


class Stage(NamedTuple):
    """When a step is done: stages are in the order of these numbers, and what is in one is done at the same time."""

    phase: int
    level: int = 0
    late: bool = False
    """It takes something from an object that another one is given before."""


ADDS, REMOVES, ENDS, LAST = range(4)
"""Phases: additions; removals; removals that cannot be undone; what decides who reaches the API, since from then on
it may answer elsewhere."""

Collection = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What a step's object lies in: kind, and the names and ids of holders; no id: not there yet."""
StepKey = tuple[str, tuple[str, ...], tuple[str, ...], str, str]
"""Tells a step from all others: its collection, its own name and id; no id: yet to be created."""

_SHOWN_FAILURES = 3


@dataclass(frozen=True, eq=False)
class Step:
    """One object, and the plan for it."""

    declared: Declared
    job: Job
    todo: Plan
    stage: Stage
    place: Place
    """What it lies in."""
    purged: int = 0
    """How many objects go by it because they are not declared."""
    again: Callable[[Run], Step] | None = None
    """Plans it anew once what its plan assumes is there, or what is hidden can be seen. Raises C(AdminError)."""
    is_hidden: bool = False
    """Whether there is something to change cannot be seen before C(again) looks."""
    waits_for: frozenset[StepKey] = frozenset()
    """Keys of steps without which it cannot be done, or must not be."""
    set_of: str = ""
    """Of a step that changes a set: the kind of its members."""
    row: Kind | None = None
    """Null: what changes is of no kind that can be declared, such as a set."""

    @property
    def kind(self) -> str:
        return self.job.resource.kind

    @property
    def is_due(self) -> bool:
        """Whether it is to be carried out: it changes something, or may do so."""
        return bool(self.todo.writes) or self.is_hidden

    @property
    def doing(self) -> str:
        """What it does first."""
        return self.todo.writes[0].why if self.todo.writes else f"look for {self.job.desired.label}"

    @property
    def where(self) -> str:
        """Where it is declared: C(projects[0].users[2]); empty: nowhere."""
        return self.declared.where

    @property
    def name(self) -> str:
        """What people call it: what there is once in a scope has the name of that."""
        if self.row and self.row.is_single:
            return self.project or "organization"
        known = self.todo.before or self.todo.after or {}
        shown = known.get("name") if self.row and self.row.owned else None
        return str(self.job.resource.returned_name_of(known) or shown or known.get(ID) or self.job.desired.name)

    @property
    def project(self) -> str:
        """The name of the project that it lies in."""
        return self.place.project

    @property
    def collection(self) -> Collection:
        """What it lies in: kind, and names and ids, which are empty as long as that is not there."""
        ids = (self.job.current.ids.get(each.parent.id_option) or "" for each in self.place.holders)
        return (self.kind, tuple(self.place.names.values()), tuple(ids))

    @property
    def key(self) -> StepKey:
        return (*self.collection, self.name, str((self.todo.before or self.todo.after or {}).get(ID) or ""))

    @property
    def route(self) -> str:
        """Of the first request that it sends."""
        write = next(iter(self.todo.writes), None)
        return f"{write.method} {write.route}" if write else f"GET {self.job.resource.item}"


@dataclass(frozen=True, eq=False)
class End:
    """What a step came to: done, failed, or not tried because of what it waited for."""

    step: Step
    done: Done | None = None
    error: AdminError | None = None
    blocked_by: str = ""
    kept: str = ""
    """Why the server keeps what should go."""

    @property
    def succeeded(self) -> bool:
        return self.done is not None

    @property
    def made(self) -> bool:
        """Something was changed, or would be; what somebody else has done by then was not."""
        return bool(self.done and self.done.changed)

    @property
    def is_lost(self) -> bool:
        """What waits for it waits in vain."""
        return not (self.succeeded or self.kept)


def change(end: End) -> dict[str, Any]:
    """What a step changed, or would change, as the result shows it."""
    step = end.step
    resource, desired = step.job.resource, step.job.desired
    shows = step.todo.shows if desired.present else (NOTHING, NOTHING)
    before = view(resource, desired, step.todo.before, shows[0])
    after = view(resource, desired, end.done.object if end.done else step.todo.after, shows[1])
    fields = _differing(before, after)
    return {
        **_named(step),
        "before": before,
        "after": after,
        "fields": fields,
        "purged": bool(step.purged),
        "default": step.declared.default_of(fields) or None,
    }


def diff(changed: Mapping[str, Any]) -> dict[str, Any]:
    """A change as C(--diff) shows it."""
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
    """How many objects of each kind were, or would be, changed in which way; the others are C(unchanged)."""
    summary: dict[str, dict[str, int]] = {}
    for step in steps:
        if not step.is_due:
            _count(summary, step.job.resource.plural, "unchanged")
    for end in ends:
        if (
            end.step.todo.writes or not end.step.purged or end.is_lost
        ):  # what was looked for and is not there is nothing
            _count(summary, end.step.job.resource.plural, _fate(end))
    return {plural: dict(sorted(counts.items())) for plural, counts in sorted(summary.items())}


def failure(ends: Sequence[End]) -> AdminError | None:
    """The error that says what stopped a task, what was done, and what remains; none if nothing failed."""
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
        f"Safe to run again: it continues with {_the_rest(len(failed) + len(left))}.",
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
    """What a step is about, and where that is declared; the controller knows the place in a file."""
    return {
        "kind": step.kind,
        **{option: step.place.names.get(option) or None for option in HOLDERS},
        "name": step.name,
        "action": _action(step.todo),
        "where": step.where,
        "place": "",
    }


def warnings_of(steps: Sequence[Step], ends: Iterable[End]) -> list[str]:
    """Return the warnings of plans and of what they came to, each once, and first which declared object it is about.

    What is said of all limits of new projects is said in the same words. The certificates of the organization are no
    object, but a list.
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
    """Where something stands that is said of one declared object, or of several."""
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
    if not todo.writes:  # planned before what it lies in was there, and found to be as declared
        return "unchanged"
    first, last = todo.writes[0], todo.writes[-1]
    return "replace" if first.removes and not last.removes else first.action


def _differing(before: Object | None, after: Object | None) -> list[str]:
    there, then = before or {}, after or {}
    return sorted(name for name in {*there, *then} if there.get(name) != then.get(name))


def stage_of(row: Kind, desired: Desired, current: Current) -> Stage:
    """Return when an object is changed: after what it depends on, and removed before that."""
    depth = DEPTHS[row]
    if desired.present:
        return Stage(ADDS, depth, row.loosens(desired, current))
    if row.is_last:
        return Stage(LAST, 1)  # when others have taken its place
    return Stage(ENDS) if row.resource.lasting else Stage(REMOVES, -depth)


def in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps, each with what it waits for: its project, and whoever takes the place of what goes."""
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
    relieved = {(step.todo.before or {}).get(ID): step.key for step in steps if step.stage.late}
    ordered = []
    for step in steps:
        waits_for = {created[ref] for ref in _counts_on(step) if ref in created}
        if step.is_hidden:
            waits_for |= {key for own_id, key in relieved.items() if own_id == step.job.current.tells[ID]}
        if step.stage.late or step.stage.phase == REMOVES:
            waits_for |= added.get(step.collection, set())
            waits_for |= joined.get((step.kind, (step.todo.before or {}).get(ID)), set())
        if not step.job.desired.present:  # not before others take its place in a set
            waits_for |= {key for kind, key in sets if kind == step.kind}
        ordered.append(replace(step, waits_for=frozenset(waits_for)) if waits_for else step)
    return tuple(ordered)


def creates(step: Step) -> Iterator[Ref]:
    """Yield the references by which others may mean the object that a step creates, if it creates one."""
    resource, desired = step.job.resource, step.job.desired
    if not desired.present or step.todo.before is not None:
        return
    for key in resource.keys:
        value = desired.values.get(key.option)
        if value is not None:
            for scope in _scopes(step):
                yield resource.ref(value, key.option, scope)


def _counts_on(step: Step) -> Iterator[Ref]:
    """Yield references to what must be there before a step: what it lies in, refers to, and what its plan assumes."""
    for number in range(len(step.place.holders)):
        yield _ref(step.place.holders[: number + 1])
    for field in step.job.resource.options:
        if field.refers:
            named, option = field.refers.resource, field.refers.name_option
            entries = step.declared.params.get(field.option_name) or ()
            yield from (named.ref(entry.get(option), named.keys[0].option) for entry in entries)
    yield from (each.ref for each in step.todo.assumes if each.ref)


def _scopes(step: Step) -> Iterator[Ref | None]:
    """Yield the references to what a step's object lies in: by its name, and by its id."""
    *outer, holder = step.place.holders or (None,)
    if holder is None:
        yield None
        return
    yield _ref(step.place.holders)
    if holder.own_id:
        within = _ref(outer) if outer else None
        yield holder.parent.resource.ref(holder.own_id, holder.parent.resource.id_param, within)


def _ref(holders: Sequence[Holder]) -> Ref:
    """The reference to the last one of these by its name, each of which lies in the one before it."""
    *outer, holder = holders
    resource = holder.parent.resource
    key = resource.name_key
    return resource.ref(holder.name, key.option if key else "name", _ref(outer) if outer else None)
