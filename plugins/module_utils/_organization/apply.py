# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Executes steps stage by stage; independent steps of a stage run concurrently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    ApiError,
    NotFound,
    Stopped,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Piece, spread
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import apply
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Done, predict
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import INSIDE, KINDS
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import (
    End,
    Step,
    StepKey,
)

_IN_SETS = {row.members.members.kind for row in KINDS if row.members and not row.owned}
_CANDIDATES = {candidate.resource for row in KINDS if row.owned for candidate in row.owned.candidates}
_REFERRED = {field.refers.resource for row in KINDS for field in row.resource.options if field.refers}
_NAMED = {row for row in KINDS if INSIDE[row] or (row.resource in _CANDIDATES | _REFERRED and row.resource.creates)}
"""Kinds of objects that others refer to by name, so that these find the objects of this run."""


def execute(run: Run, steps: Sequence[Step]) -> list[End]:
    """Execute steps stage by stage; a failed step stops only those that depend on it."""
    ends: dict[Step, End] = {}
    lost: dict[StepKey, str] = {}
    for stage in sorted({step.stage for step in steps}):
        ready = []
        for step in (step for step in steps if step.stage == stage):
            blocked_by = next((lost[key] for key in sorted(step.waits_for) if key in lost), "")
            if blocked_by:
                ends[step] = End(step, blocked_by=blocked_by)
            else:
                ready.append(step)
        pieces = [Piece(step.route, partial(_perform, run, step)) for step in ready]
        came_to = spread(run.client, pieces, run.pace, "Changing")
        for step, end in zip(ready, came_to):
            ends[step] = end if isinstance(end, End) else _not_done(step, end)
        run = replace(run, uploaded={**run.uploaded, **dict(_for_sets(ends[step] for step in ready))})
        lost.update({step.key: step.doing for step in steps if step in ends and ends[step].is_lost})
    return [ends[step] for step in steps]


def foresee(steps: Sequence[Step]) -> list[End]:
    """Predict the results of the steps."""
    return [End(step, predict(step.todo)) for step in steps]


def _not_done(step: Step, error: AdminError) -> End:
    return End(step) if isinstance(error, Stopped) else End(step, error=error)


def _named(step: Step, made: Object | None) -> Object | None:
    """Return an object with the name that the step gave it, if the answer does not show the name."""
    name = step.job.desired.values.get("name")
    return {**made, "name": name} if made and made.get("name") is None and name is not None else made


def _as_listed(resource: Resource, made: Object | None) -> Object | None:
    """Return an object as its collection lists it, from what modules return of it."""
    if made is None:
        return None
    listed = dict(made)
    for field in resource.fields:
        place = field.answer or (field.name if field.pairs else "")
        if place and "." not in place and field.name in made:
            listed[place] = field.in_body(made[field.name])
    return listed


def _for_sets(ends: Iterable[End]) -> Iterator[tuple[str, Object]]:
    """Yield changed objects that can be members of sets, with their places in the declaration."""
    for end in ends:
        if end.step.kind in _IN_SETS and end.step.todo.writes and end.done and end.done.object:
            yield end.step.where, end.done.object


def _perform(run: Run, step: Step) -> End:
    """Execute one step, planned again if it waited for another object. Raises C(AdminError)."""
    if step.again:
        step = replace(step.again(run), waits_for=step.waits_for)
        if step.todo.assumes:
            missing = " ".join(f"{each.words}." for each in step.todo.assumes)
            raise NotFound(f"Could not {step.doing}: {missing}")
    if not step.todo.writes:
        return End(step, Done(step.todo.after))
    try:
        done = apply(step.job, step.todo)
    except ApiError as error:
        if step.purged and step.row and error.status in step.row.kept_on:
            return End(step, kept=f"{step.job.desired.label} is kept: {error.words}")
        raise
    if step.row in _NAMED:
        made = _as_listed(step.job.resource, _named(step, done.object))
        run.snapshot.note(step.job.resource, step.job.current.ids, step.job.current.object, made)
    return End(step, done)
