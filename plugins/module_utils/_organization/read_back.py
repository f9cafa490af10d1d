# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Objects that another change of the same run may have changed, read once more at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    ApiError,
    Refused,
    Stopped,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Piece, gather, spread
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job, apply
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import FORBIDDEN
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import differing, plan
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import read_one
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import KINDS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    PRESENT,
    Current,
    Desired,
    Object,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    Place,
    Run,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import End, Step


@dataclass(frozen=True, eq=False)
class Bystander:
    """An undeclared object that a change of the run may change with it, as it was before."""

    row: Kind
    place: Place
    before: Object | None


def bystanders(run: Run, steps: Sequence[Step]) -> list[Bystander]:
    """Return undeclared objects that follow what the run will change in the same scope. Raises C(AdminError).

    Nothing is set in scopes that do not exist yet, and what the key may not read is left out.
    """
    declared = {(step.kind, step.place.spot) for step in steps if step.row and step.row.is_single}
    places: dict[tuple[Kind, tuple[str | None, ...]], Place] = {}
    for step in steps:
        for row in KINDS if step.is_due and step.place.is_there else ():
            if row.is_single and _is_followed(step, row) and (row.resource.kind, step.place.spot) not in declared:
                places[row, step.place.spot] = replace(step.place, row=row)
    pieces = [Piece(_path(place), partial(_read, run, place)) for place in places.values()]
    return [
        Bystander(place.row, place, found[0])
        for place, found in zip(places.values(), gather(run.client, pieces, run.pace, "Reading"))
        if found
    ]


def restored(run: Run, known: Sequence[Bystander], ends: Sequence[End]) -> list[End]:
    """Set undeclared objects again that the API has changed together with what this run changed.

    Returns the ends of the run: that of a change that had such an effect has a warning, or the error if the object is
    not as before.
    """
    found = list(ends)
    for each in known:
        effects = [
            number
            for number, end in enumerate(ends)
            if end.made and end.step.place.spot == each.place.spot and _is_followed(end.step, each.row)
        ]
        if each.before is None or not effects:
            continue
        last = ends[effects[-1]]
        try:
            said = _restore(run, each)
        except AdminError as error:
            found[effects[-1]] = End(last.step, error=error)
        else:
            if said and last.done:
                done = replace(last.done, warnings=(*last.done.warnings, said))
                found[effects[-1]] = replace(last, done=done)
    return found


def _is_followed(step: Step, row: Kind) -> bool:
    """Return whether objects of a kind may change with the object of a step."""
    return bool(step.row and row.within is step.row.within and step.row.resource in row.follows)


def _path(place: Place) -> str:
    return f"GET {place.resource.path_in(place.ids)}"


def _read(run: Run, place: Place) -> tuple[Object | None, ...]:
    """Return the object of a singleton, or null if it is not set; nothing if the key may not read it."""
    try:
        return (next(iter(read_one(run.client, place.resource, place.ids, of=place.of, seen=True)), None),)
    except ApiError as error:
        if error.status not in FORBIDDEN:
            raise
        return ()


def _restore(run: Run, bystander: Bystander) -> str:
    """Set an object as it was before, unless it still is, and return a sentence about it. Raises C(AdminError)."""
    place, resource, before = bystander.place, bystander.row.resource, bystander.before or {}
    of = place.of or " of the organization"
    values = {field.name: field.read(before) for field in resource.options if field.read(before) is not None}
    desired = Desired(PRESENT, values, None, {}, f"{resource.title}{of}")
    found = next(iter(_read(run, place)), before)
    if found is not None and not differing(resource, desired, found):
        return ""
    shown = ", ".join(
        f"{name}: {value:.2f}" if isinstance(value, float) else f"{name}: {value}" for name, value in values.items()
    )
    others = " and ".join(each.titles for each in bystander.row.follows)
    was = f"This run changed {others}{of}, and the API changed the undeclared {desired.label} together with them"
    current = replace(place.scope or Current(None, place.ids), object=found, of=place.of)
    try:
        apply(Job(run.client, resource, desired, current, None, None), plan(resource, desired, current))
    except AdminError as error:
        raise Refused(f"{was}. It could not be set again. Set {shown}. ({error.message})", changed=True) from None
    return f"{was}. It was set again as it had been ({shown}). Declare it, so that every run makes sure of it."


def read_back(run: Run, steps: Sequence[Step], ends: Sequence[End]) -> list[End]:
    """Return the ends of a run, with a failure for each object that is no longer as declared.

    C(ends) are those of the steps that were due. Only objects whose kind follows another one are read, and only if that
    other one was changed in the same organization or project.
    """
    due = [step for step in steps if step.is_due]
    suspects = list(_suspects(steps, dict(zip(due, ends)), ends))
    pieces = [Piece(_route(step), partial(_verify, run, step)) for unused_planned, step in suspects]
    came_to = spread(run.client, pieces, run.pace, "Reading back")
    failed = {
        planned: End(step, error=found)
        for (planned, step), found in zip(suspects, came_to)
        if isinstance(found, AdminError) and not isinstance(found, Stopped)
    }
    return [*(failed.pop(step, end) for step, end in zip(due, ends)), *failed.values()]


def _route(step: Step) -> str:
    return f"GET {step.job.resource.path_in(step.job.current.ids)}"


def _suspects(steps: Sequence[Step], ended: dict[Step, End], ends: Sequence[End]) -> Iterator[tuple[Step, Step]]:
    """Yield the steps whose objects have to be read again, as planned and as carried out."""
    changed = [end.step for end in ends if end.made]
    for planned in steps:
        end = ended.get(planned)
        step = end.step if end else planned
        if step.row is None or not step.job.desired.present or (end and not end.succeeded):
            continue
        if any(other.place.spot == step.place.spot and _is_followed(other, step.row) for other in changed):
            yield planned, step


def _verify(run: Run, step: Step) -> bool:
    """Read an object again, and return that it is as declared. Raises C(AdminError) if it is not."""
    resource, desired, current = step.job.resource, step.job.desired, step.job.current
    found = next(iter(read_one(run.client, resource, current.ids, of=current.of, seen=True)), None)
    if found is not None and not differing(resource, desired, found):
        return True
    now = "no longer set" if found is None else "no longer as declared"
    others = " and ".join(each.titles for each in step.row.follows) if step.row else ""
    raise Refused(
        f"The {desired.label} is {now}: this run changed {others} there, and the API changed it together with them. Run"
        " the task again to set it again.",
        changed=True,
    )
