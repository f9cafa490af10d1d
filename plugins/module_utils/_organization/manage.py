# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Brings a whole organization into its declared state: reads once, plans in one pass, then writes.

All rules are those of the single objects: each object is found and planned in a snapshot as its own module does it.
This file only joins and orders the plans.
"""

from __future__ import annotations

import json
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    BadInput,
    NotFound,
    Problem,
    Refused,
    problem_facts,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, stopping_on_sigterm
from ansible_collections.community.openai_admin.plugins.module_utils._core.masking import secret_values
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import (
    carry_out,
    take_for_granted,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import what_became_of
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import INSIDE, KINDS, PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import ID, Object
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._organization.apply import execute, foresee
from ansible_collections.community.openai_admin.plugins.module_utils._organization.certificates import activate_all
from ansible_collections.community.openai_admin.plugins.module_utils._organization.context import (
    Looked,
    Place,
    Run,
    mark_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    HELD,
    OF_TASK,
    SOURCE,
    Declared,
    declaration_options,
    declare,
    deprecated,
    diagnose,
    for_validation,
    in_projects,
    people_in_projects,
    planned_options,
    with_dictionaries,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.find import (
    find_holders,
    look_all,
    note_names,
    own_places,
    read,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.identities import (
    apart_from_declared_ids,
    identify,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.invitees import (
    invites_for,
    invites_of_owners,
    is_invitee,
    refuse_the_leaving,
    refuse_the_missing,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.name import OPTION, mismatch
from ansible_collections.community.openai_admin.plugins.module_utils._organization.needed import lost_again
from ansible_collections.community.openai_admin.plugins.module_utils._organization.people import (
    addresses_in_doubt,
    owners_first,
    without_shown_address,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.plan import (
    decide_all,
    led_to_archived,
    misspelt,
    read_ahead,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.read_back import (
    bystanders,
    read_back,
    restored,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.saved_plan import (
    check_place,
    declaration_digest,
    plan_content,
    read_plan,
    refuse_other,
    refuse_other_hash,
    refuse_to_write,
    write_plan,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.sets import (
    addresses_to_meet,
    candidates_to_read,
    holders_to_read,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import (
    End,
    Step,
    change,
    creates,
    diff,
    failure,
    in_order,
    summarize,
    warnings_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.undeclared import (
    Undeclared,
    find_undeclared,
    names_by_project,
    notes,
    purge,
    purge_hidden,
    unmanaged,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted

MOST_DIFF = 200_000
"""Maximum bytes of all diffs together: AWX truncates events at 700,000."""


@dataclass(frozen=True, eq=False)
class Plans:
    """All steps, and further data for the result."""

    run: Run
    """The run after planning."""
    steps: tuple[Step, ...]
    pending: tuple[Object, ...]
    unmanaged: tuple[Mapping[str, Any], ...]
    undeclared_rate_limits: Mapping[str, list[str]]
    assumed: Mapping[Missing, Declared]
    """Missing objects that plans need, with the first object that needs each of them."""
    problems: tuple[Problem, ...]
    """Problems that were found before the first write and prevent it."""
    warnings: tuple[str, ...]
    """Warnings that were found before the first write."""


def manage_organization() -> Task:
    """Return the task of the module that manages a whole organization."""
    return Task(
        argument_spec=declaration_options(),
        work=manage,
        reads=SOURCE,
        holds=HELD,
        own=OF_TASK,
        validates=for_validation,
        diagnose=diagnose,
    )


def manage(
    client: Client, params: Params, given: Given, mode: Mode, unused_delivery: Delivery | None = None
) -> Outcome:
    """Bring an organization into the declared state, or predict the changes. Raises C(AdminError)."""
    declaration = declare(params, with_dictionaries(given))
    saved = _saved_plan(params, mode)
    with stopping_on_sigterm() as stop:
        client.stop = stop
        pace = Pace(declaration.workers, mode.tell)
        plans = make_plans(Run(client, Snapshot(client), declaration, pace, people_in_projects(declaration)))
        run = plans.run
        _refuse_problems(run, plans)
        assumed = _granted(run, plans.assumed, mode)
        todo = [step for step in plans.steps if step.is_due]
        planned = _planned(run, params, given, todo) if any(params.get(name) for name in OF_TASK) else None
        if planned:
            _compare_or_save(params, saved, planned)
        beforehand = [warning for step in todo if step.set_of for warning in step.todo.warnings]
        ends = carry_out(
            mode,
            apply=lambda: _apply(run, plans, todo),
            predict=lambda: foresee(todo),
            beforehand=beforehand,
        )
    error = failure(ends)
    told = _told(run, plans, ends)
    if error:
        raise AdminError(error.lines, **{**error.facts, **told})
    made = any(end.made for end in ends)
    diffs, truncated = _diffs(told["changes"])
    return Outcome(
        changed=made,
        returns={
            **told,
            **({"plan_sha256": planned["sha256"]} if planned else {}),
            **({"diff_truncated": True} if truncated else {}),
        },
        diffs=diffs,
        warnings=(*assumed, *plans.warnings, *warnings_of(plans.steps, ends)),
        deprecations=tuple(deprecated(declaration)),
    )


def _saved_plan(params: Params, mode: Mode) -> dict[str, Any] | None:
    """Return the plan to apply, if there is one.

    :raises BadInput: its file is not usable, or no plan can be written.
    """
    path = params.get("plan")
    if path:
        carry_out(mode, apply=refuse_to_write, predict=lambda: check_place(path))
    saved = read_plan(params["apply"], params.get("plan_max_age"), time.time()) if params.get("apply") else None
    expected = params.get("plan_sha256")
    if saved and expected and saved["sha256"] != expected:
        raise BadInput(
            f"apply: {params['apply']} is the plan {saved['sha256']}, not {expected} (plan_sha256)."
            " Nothing was changed."
        )
    return saved


def _planned(run: Run, params: Params, given: Given, todo: Sequence[Step]) -> dict[str, Any]:
    """Return the content of the plan of these steps."""
    options = planned_options()
    secrets = secret_values({**connection_options(), **options}, params, given)
    changes = [(end, change(end)) for end in foresee(todo)]
    return plan_content(run.client.organization, declaration_digest(options, params), changes, secrets, time.time())


def _compare_or_save(params: Params, saved: Mapping[str, Any] | None, planned: Mapping[str, Any]) -> None:
    """Write the plan, or compare it with the one to apply. Raises C(AdminError)."""
    if params.get("plan"):
        write_plan(params["plan"], planned)
    elif saved:
        refuse_other(saved, planned)
    elif params.get("plan_sha256"):
        refuse_other_hash(params["plan_sha256"], planned)


def _apply(run: Run, plans: Plans, todo: Sequence[Step]) -> list[End]:
    """Execute the steps, and make sure of what their changes may have changed. Raises C(AdminError)."""
    undeclared = bystanders(run, plans.steps)
    return restored(run, undeclared, read_back(run, plans.steps, execute(run, todo)))


def make_plans(run: Run) -> Plans:
    """Plan all changes: projects first, then the objects in them. Raises C(AdminError)."""
    declaration, snapshot = run.declaration, run.snapshot
    own = own_places(declaration)
    unread = holders_to_read(declaration.objects) - {place.resource for place in own}
    read(run, own, [(resource, {}, "") for resource in unread])
    _refuse_another_organization(run)
    places, holders, problems = find_holders(run, own)
    projects = [each for each in holders if each.row is PROJECTS]
    sets = [place for place in places if place.row.members and not place.row.owned]
    places = [place for place in places if not place.row.members or place.row.owned]
    owned = [place for place in places if place.row.owned]
    at_once = [place for place in places if not (place.row.is_pending or INSIDE[place.row] or place.row.owned)]
    inside, more = look_all(run, [(place, each) for place in at_once for each in place.declared])
    note_names(run, inside)
    inside = _as_declared(places, [*(each for each in holders if each.row is not PROJECTS), *inside])
    problems += more
    snapshot.meet([*addresses_in_doubt(run, inside, places), *addresses_to_meet(run, owned)])
    absent = {each.declared for each in holders if is_invitee(run, each)}
    entries = [
        (place, each)
        for place in owned
        for each in place.declared
        if not (place.is_within(absent) or (each.comes_along and not place.is_there))
    ]
    read(run, [], candidates_to_read(run, entries))
    members, more_problems = look_all(run, entries)
    inside, problems = [*inside, *members], problems + more_problems
    run, more = identify(run, projects, inside)
    problems += more
    invitees = [each for each in inside if is_invitee(run, each)]
    problems += misspelt(invitees)
    last = [each for each in inside if each.row.is_last]
    retired = [each for each in last if not each.desired.present]
    apart = {*invitees, *retired}
    going = {each.declared for each in inside if not each.desired.present}
    known = sorted(
        (each for each in inside if each not in apart),
        key=lambda each: (owners_first(each), each.desired.present or not each.place.is_within(going)),
    )
    problems += refuse_the_leaving(run, invitees, inside)
    missing = refuse_the_missing(run, invitees, without_shown_address(run, inside))
    problems += missing
    wanted = invites_for(run, [] if missing else invitees)
    invites, more = look_all(run, wanted)
    problems += more
    problems += led_to_archived(projects, invites)
    invites, more = apart_from_declared_ids(invites)
    problems += more
    read_ahead(run, known)
    decided = decide_all(run, [*projects, *known, *invites], problems)
    run, problems = decided.run, problems + decided.problems
    steps = decided.steps
    objects = [(each.job.resource, each.job.current) for each in steps]
    undeclared = find_undeclared(run, places, [*objects, *((each.resource, each.current) for each in retired)])
    warnings = list(notes(run, undeclared))
    removed = [each.resource.id_of(each.current.object) for each in retired if each.current.object]
    removed += [each.own_id for each in undeclared if each.place.row.is_last and each.place.purged]
    activations = activate_all(run, [*own, *sets], last, removed)
    run, problems = activations.run, problems + activations.problems
    gone_last = decide_all(run, retired, problems)
    run, problems = gone_last.run, problems + gone_last.problems
    steps = [*steps, *(each.step for each in activations.made), *gone_last.steps]
    purges, more_problems, kept = purge(run, undeclared)
    purges += purge_hidden(run, places, inside)
    problems += more_problems
    problems += lost_again([*projects, *inside], undeclared)
    warnings += kept
    gone = {mark_of(step.job.resource, step.job.current) for step in purges}
    left = [each for each in undeclared if each.mark not in gone]
    left += [Undeclared(each.place, item) for each in activations.made for item in each.undeclared]
    owners = invites_of_owners(run, invitees)
    left += owners
    ordered = in_order([*steps, *purges])
    return Plans(
        run=run,
        steps=ordered,
        pending=tuple(_pending(ordered, {each.own_id for each in owners})),
        unmanaged=tuple(unmanaged(each) for each in left if not each.place.row.comes_with_project),
        undeclared_rate_limits=names_by_project(left),
        assumed=_assumed(ordered),
        problems=tuple(problems),
        warnings=tuple(warnings),
    )


def _as_declared(places: Iterable[Place], objects: Iterable[Looked]) -> list[Looked]:
    """Return objects in the order of their places, and of the declaration there."""
    order = {id(place): number for number, place in enumerate(places)}
    return sorted(objects, key=lambda each: order[id(each.place)])


def _pending(steps: Iterable[Step], undeclared: Container[str]) -> Iterator[dict[str, Any]]:
    """Yield objects that are as declared and pending."""
    for step in steps:
        known = step.job.current.object
        is_open = step.row and step.row.is_pending and step.job.desired.present and not step.todo.writes
        if is_open and known and step.job.resource.id_of(known) not in undeclared:
            yield step.job.resource.shape(known)


def _assumed(steps: Sequence[Step]) -> dict[Missing, Declared]:
    """Return missing objects that plans need and no step creates, with the first object that needs each of them."""
    created = {ref for step in steps for ref in creates(step)}
    first: dict[Missing, Declared] = {}
    for step in steps:
        for missing in step.todo.assumes:
            if missing.ref not in created:
                first.setdefault(missing, step.declared)
    return first


def _granted(run: Run, assumed: Mapping[Missing, Declared], mode: Mode) -> tuple[str, ...]:
    """Return warnings about missing objects that plans need. Raises C(NotFound) in a real run."""
    problems = [declared.problem(f"{missing.words}.") for missing, declared in assumed.items()]
    instead = refusal(NotFound, _facts(run, problems))
    doing, became = "bring the organization into the declared state", partial(what_became_of, run.snapshot)
    warnings = take_for_granted(tuple(assumed), mode, doing, became, instead)
    return tuple(": ".join(filter(None, (each.where, said))) for each, said in zip(problems, warnings))


def _facts(run: Run, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Return problems in the form of results, with the names of their projects."""
    declared = {"projects": [each.given for each in run.declaration.projects or ()]}
    return problem_facts(in_projects(problems, declared))


def _refuse_another_organization(run: Run) -> None:
    """Raise C(Refused) if the first answers come from another organization than the declared one."""
    said = mismatch(run.declaration.organization, run.client.organization) if run.client.organization else ""
    if said:  # report nothing else, because all data come from another organization
        raise refusal(Refused, problem_facts([Problem(said, option=OPTION)]))


def _refuse_problems(run: Run, plans: Plans) -> None:
    """Raise C(Refused) with all problems, and with the changes that the declaration would make."""
    problems = list(plans.problems)
    unknown = mismatch(run.declaration.organization, run.client.organization)
    if unknown:
        problems.append(Problem(unknown, option=OPTION))
    removals = sum(step.purged for step in plans.steps if step.todo.writes)
    if removals > run.declaration.max_removals:
        said = (
            f"purge would remove {counted(removals, 'object')}, more than max_removals"
            f" ({run.declaration.max_removals}). Nothing was changed. See changes for what they are."
        )
        problems.append(Problem(said, option="max_removals"))
    if problems:
        ends = foresee([step for step in plans.steps if step.is_due])
        raise refusal(Refused, _facts(run, problems), **_told(run, plans, ends))


def _told(run: Run, plans: Plans, ends: Sequence[End]) -> dict[str, Any]:
    """Return the result of a run or a prediction."""
    return {
        "changes": [change(end) for end in ends if end.made],
        "summary": summarize(plans.steps, ends),
        "unmanaged": list(plans.unmanaged),
        "undeclared_rate_limits": dict(plans.undeclared_rate_limits),
        "pending": list(plans.pending),
        "ids": _ids(plans.steps, ends),
        "requests": _requests(run.client),
    }


def _ids(steps: Sequence[Step], ends: Iterable[End]) -> dict[str, dict[str, Any]]:
    """Return the IDs of existing declared objects, by name."""
    todo = [step for step in steps if step.is_due]
    ended = {step: end.done.object for step, end in zip(todo, ends) if end.done}
    ids: dict[str, dict[str, Any]] = {row.ids_word: {} for row in KINDS if row.has_ids}
    for step in steps:
        known = ended.get(step, step.todo.before)
        if not step.job.desired.present or known is None or not step.row or not step.row.has_ids:
            continue
        named = ids[step.row.ids_word]
        for name in step.place.names.values():
            named = named.setdefault(name, {})
        named[step.name] = known.get(ID)
    return ids


def _requests(client: Client) -> dict[str, Any]:
    routes = sorted(client.routes.items())
    return {
        "reads": sum(route.sent for name, route in routes if name.startswith("GET ")),
        "writes": sum(route.sent for name, route in routes if not name.startswith("GET ")),
        "retries": sum(route.retries for dummy, route in routes),
        "waited": round(client.delay, 3),
        "routes": {
            name: {"sent": route.sent, "retries": route.retries, "waited": round(route.waited, 3)}
            for name, route in routes
        },
    }


def _diffs(changes: Iterable[Mapping[str, Any]]) -> tuple[tuple[Mapping[str, Any], ...], bool]:
    """Return the diffs of the changes, and whether they had to be truncated."""
    diffs: list[Mapping[str, Any]] = []
    size = 0
    for each in map(diff, changes):
        size += len(json.dumps(each))
        if size > MOST_DIFF:
            return tuple(diffs), True
        diffs.append(each)
    return tuple(diffs), False
