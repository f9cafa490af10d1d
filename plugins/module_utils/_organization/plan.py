# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Plans declared objects as their own modules do; each plan sees the effects of earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import NotFound, Problem, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Piece, spread
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import (
    FORBIDDEN,
    find_the_rest,
    look_elsewhere,
    places_to_look,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import plan, unseen_values
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import read_one
from ansible_collections.community.openai_admin.plugins.module_utils._core.references import (
    refuse_unlisted,
    refuse_unusable,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.spent import with_spent
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Current,
    Desired,
    Refuse,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import Looked, Run, mark_of
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    leading_to_archived,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.find import look, option_of
from ansible_collections.community.openai_admin.plugins.module_utils._organization.rules import rules_of
from ansible_collections.community.openai_admin.plugins.module_utils._organization.sets import plan_entry
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import Step, stage_of

_HIDDEN = (
    "Whether the API has a {} cannot be seen before the person ceases to own the organization: predicted as if there"
    " were none."
)


@dataclass(frozen=True, eq=False)
class Decided:
    """The steps for objects, problems of rejected ones, and the updated run."""

    steps: list[Step]
    problems: list[Problem]
    run: Run


def decide_all(run: Run, objects: Iterable[Looked], known: Iterable[Problem] = ()) -> Decided:
    """Plan objects in their order.

    C(known): problems that are known already. An invite for a declared person repeats that person's misspelled values,
    which are reported only once.
    """
    steps: list[Step] = []
    problems: list[Problem] = []
    told = {(each.where, each.option) for each in known if each.option}
    for looked in objects:
        try:
            step = decide(run, looked)
        except (Refused, NotFound) as error:
            problem = looked.declared.problem(error.message, option_of(error))
            if (problem.where, problem.option) not in told:
                problems.append(problem)
        else:
            steps.append(step)
            run = rules_of(looked.resource).learn(run, step)
            if _is_implied(step):
                run = replace(run, implied=run.implied | {looked.declared})
    return Decided(steps, problems, run)


def _is_implied(step: Step) -> bool:
    """Return whether an object is there although no list shows it, so that there is nothing to do."""
    is_there = step.job.desired.present and step.todo.after is not None
    return is_there and step.job.current.object is None and not (step.is_due or step.todo.assumes)


def decide(run: Run, looked: Looked) -> Step:
    """Return the plan for an object. Raises C(AdminError)."""
    if looked.place.is_within(run.implied):
        looked = look(run, looked.declared, replace(looked.place, is_made=True), looked.purged)
    if looked.row.owned:
        job, todo = plan_entry(run, looked.row.owned, looked)
        again = partial(_decide_again, looked) if todo.assumes else None
        stage = stage_of(looked.row, job.desired, job.current)
        return Step(looked.declared, job, todo, stage, looked.place, int(looked.purged), again, row=looked.row)
    resource, desired, rules = looked.resource, looked.desired, rules_of(looked.resource)
    current = find_the_rest(run.snapshot, resource, desired, rules.prepare(run, looked))
    current = _with_names_to_be(run, resource, desired, current)
    verdict = looked.row.judge(desired, current)
    if isinstance(verdict, Refuse):
        raise Refused(verdict.message)
    todo = rules.plan(resource, desired, current)
    if todo.writes:
        making = desired.present and current.object is None
        refuse_unusable(run.snapshot, resource, looked.declared.desired, run.snapshot.listing, making)
        if making:
            refuse_unlisted(run.snapshot, resource, looked.declared.desired, current)
        told = tuple(rules.warn(run, looked))
        todo = replace(todo, warnings=(*told, *todo.warnings)) if told else todo
    assumes = (*todo.assumes, *looked.unresolved)
    again = partial(_decide_again, looked) if assumes else None
    is_hidden = not assumes and rules.is_hidden(run, looked, current)
    if is_hidden:
        todo = replace(todo, warnings=(*todo.warnings, _HIDDEN.format(desired.label)))
        again = partial(_decide_seen, looked, current)
    return Step(
        looked.declared,
        Job(run.client, resource, desired, current, None, None),
        replace(todo, assumes=assumes) if looked.unresolved else todo,
        stage_of(looked.row, desired, current),
        looked.place,
        int(looked.purged),
        again,
        is_hidden,
        row=looked.row,
    )


def _decide_seen(looked: Looked, current: Current, run: Run) -> Step:
    """Return the step for a membership that was hidden, after it has become visible. Raises C(AdminError)."""
    resource, own_id = looked.resource, current.tells[ID]
    ids = {**current.ids, resource.id_param: own_id}
    found = next(iter(read_one(run.client, resource, ids, of=current.of)), None)
    current = replace(current, object=found, ids=ids if found else current.ids)
    return Step(
        looked.declared,
        Job(run.client, resource, looked.desired, current, None, None),
        plan(resource, looked.desired, current),
        stage_of(looked.row, looked.desired, current),
        looked.place,
        int(looked.purged),
        row=looked.row,
    )


def _decide_again(looked: Looked, run: Run) -> Step:
    """Return the step for an object, after its container has been created. Raises C(AdminError)."""
    found = look(run, looked.declared, replace(looked.place, is_made=True))
    is_new = bool(looked.place.holders) and not looked.place.is_there
    return decide(run, replace(found, current=replace(found.current, is_new=True)) if is_new else found)


def read_ahead(run: Run, objects: Iterable[Looked]) -> None:
    """Read concurrently what plans will ask the snapshot for: whole collections, and costs.

    An error is left to the plan that needs the answer.
    """
    pieces: list[Piece[Current]] = []
    for looked in objects:
        resource, desired, current = looked.resource, looked.desired, looked.current
        if looked.row.owned:
            continue
        for place in places_to_look(resource, desired, current):
            if not place.by:
                path = (place.resource or resource).path_in(current.ids)
                work = partial(look_elsewhere, run.snapshot, resource, place, desired, current)
                pieces.append(Piece(f"GET {path}", work))
        if resource.spent and not current.missing:
            work = partial(with_spent, run.snapshot, resource, desired, current, FORBIDDEN)
            pieces.append(Piece(f"GET {resource.spent.path}", work))
    spread(run.client, pieces, run.pace, "Reading")


def _with_names_to_be(run: Run, resource: Resource, desired: Desired, current: Current) -> Current:
    """Return the current state with the future names of other objects, without those that will be removed.

    A name similar to a declared one is intended, not a typing error.
    """
    name = desired.values.get("name")
    holders = current.elsewhere.get(HOLDERS.name)
    if holders:
        left = tuple(each for each in holders if run.names.get(mark_of(resource, current, each), name) == name)
        current = replace(current, elsewhere={**current.elsewhere, HOLDERS.name: left})
    if resource.names_apart:
        then = [(each, run.names.get(mark_of(resource, current, each), each.get("name"))) for each in current.listed]
        current = replace(current, listed=[{**each, "name": its_name} for each, its_name in then if its_name])
    if resource.lasting and current.object is None:
        listed = [
            {**each, "name": None} if mark_of(resource, current, each) in run.names else each
            for each in current.listed  # only the name changes here
        ]
        current = replace(current, listed=listed)
    return current


def led_to_archived(projects: Iterable[Looked], objects: Iterable[Looked]) -> Iterator[Problem]:
    """Yield objects that refer to a project that is declared archived, one by name and the other by ID.

    If both use the same option, the declaration alone shows the problem.
    """
    archived = {
        each.resource.id_of(each.current.object): each.declared
        for each in projects
        if not each.desired.present and each.current.object
    }
    for looked in objects if archived else ():
        for field in looked.resource.options:
            if looked.desired.present and field.refers and field.refers.resource is PROJECTS.resource:
                for number, entry in enumerate(looked.desired.values.get(field.name) or ()):
                    project = archived.get(entry[ID])
                    if project:
                        yield leading_to_archived(looked.declared, f"{field.option_name}[{number}]", project)


def misspelt(objects: Iterable[Looked]) -> list[Problem]:
    """Return the misspelled values of objects without their own plans, such as people who have to be invited first."""
    problems = []
    for looked in objects:
        try:
            list(unseen_values(looked.resource, looked.desired, looked.current))
        except Refused as error:
            problems.append(looked.declared.problem(error.message, error.option))
    return problems
