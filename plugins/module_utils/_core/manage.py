# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""params → desired → current → plan → apply or predict → outcome, for one object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Interrupted, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job, Keeper, apply
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import find, find_place
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import desire
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import carry_out, take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import managed_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Done, Plan, plan, predict
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import Reads, what_became_of
from ansible_collections.community.openai_admin.plugins.module_utils._core.references import (
    refuse_unknown_id,
    refuse_unlisted,
    refuse_unusable,
    refuse_unusable_parent,
    resolve,
    resolve_rest,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Current,
    Desired,
    Object,
    Resource,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params

ReadMore = Callable[[Reads, Resource, Desired, Current], Current]
"""Reads additional data for the plan. Raises C(AdminError), also if the task must not run."""

Planner = Callable[[Resource, Desired, Current], Plan]


def manage(
    resource: Resource,
    keeper: Keeper | None = None,
    planner: Planner = plan,
    read_more: ReadMore | None = None,
) -> Task:
    """Return the task of a module that brings one object into the declared state."""
    return Task(
        argument_spec=managed_options(resource),
        work=partial(run, resource, keeper, planner, read_more),
        delivers=resource.secret.path_option if resource.secret else "",
        make_delivery=keeper.make_delivery if keeper else None,
    )


def run(
    resource: Resource,
    keeper: Keeper | None,
    planner: Planner,
    read_more: ReadMore | None,
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    delivery: Delivery | None = None,
) -> Outcome:
    """Bring one object into the declared state, or predict the changes. Raises C(AdminError)."""
    desired = desire(resource, params, given)
    if keeper:
        keeper.allow(resource, desired, params, mode, delivery)
    as_named = desired
    place = find_place(client, resource, desired, params)
    desired, unresolved = resolve(client, resource, desired, place)
    current = find(client, resource, desired, params, place)
    desired, more = resolve_rest(client, resource, desired, current)
    unresolved = (*unresolved, *more)
    if read_more:
        current = read_more(client, resource, desired, current)
    job = Job(client, resource, desired, current, keeper, delivery)
    if keeper:
        job = replace(job, current=keeper.protect(job))
    todo = planner(resource, desired, job.current)
    if keeper:
        keeper.check_place(job, todo)
    verb = resource.create_verb if desired.present else "remove"
    became = partial(what_became_of, client)
    assumes = tuple(dict.fromkeys((*todo.assumes, *unresolved)))
    warnings = take_for_granted(assumes, mode, f"{verb} {desired.label}", became)
    if todo.writes and desired.present and job.current.object is None:
        refuse_unlisted(client, resource, as_named, job.current)
    done = carry_out(mode, apply=lambda: apply(job, todo), predict=lambda: _predict(job, as_named, todo))
    if todo.writes and not done.changed and done.object is None:
        # somebody else has removed it in the meantime, so treat it as not found
        todo = planner(resource, desired, replace(job.current, object=None, older=()))
    found = _check(job, todo, done)
    outcome = _outcome(job, todo, done, warnings)
    return replace(outcome, returns={**outcome.returns, **found})


def _check(job: Job, todo: Plan, done: Done) -> dict[str, Any]:
    """Let the API validate an object, and return the result. Raises C(AdminError) if the object is invalid."""
    check = job.resource.validation
    if check is None or not job.desired.asks(check.option):
        return {}
    own_id = (done.object or {}).get(ID)
    if own_id is None:
        return {check.status: None}
    ids = {**job.current.ids, job.resource.id_param: own_id}
    route, doing = f"{job.resource.item_in(ids)}{check.suffix}", f"{check.option} {job.desired.label}"
    try:
        status = value_at(job.client.send(Request("POST", route, doing, ids, writes=False)), check.status)
        if status not in check.good:
            raise Refused(
                f"Could not {doing}: the API answers {check.status}: {status}. Check what the cloud provider allows,"
                " and run the task again."
            )
    except AdminError as error:
        if done.changed:
            raise Interrupted(error, tuple(write.why for write in todo.writes)) from None
        raise
    return {check.status: status}


def _predict(job: Job, as_named: Desired, todo: Plan) -> Done:
    """Predict the result of applying a plan. Raises the same C(AdminError) as applying it."""
    if todo.writes:
        making = job.desired.present and job.current.object is None
        refuse_unusable(job.client, job.resource, as_named, making=making)
        if making:
            refuse_unknown_id(job.client, job.resource, job.desired)
        if job.resource.parent:
            refuse_unusable_parent(job.client, job.resource.parent, job.current)
    return predict(todo)


def _outcome(job: Job, todo: Plan, done: Done, assumed: tuple[str, ...]) -> Outcome:
    secrets, warnings = job.keeper.show(job, done) if job.keeper else (NOTHING, [])
    before = todo.before if done.changed else done.object  # a change by somebody else is not a change of this task
    return Outcome(
        changed=done.changed,
        returns={
            job.resource.kind: before if done.object is None else done.object,
            **_found_elsewhere(job),
            **todo.returns,
        },
        before=view(job.resource, job.desired, before, todo.shows[0]),
        after=view(job.resource, job.desired, done.object, todo.shows[1]),
        header=job.desired.name,
        warnings=(*assumed, *todo.warnings, *done.warnings, *warnings),
        secrets=secrets,
    )


def _found_elsewhere(job: Job) -> dict[str, Any]:
    """Return the objects of other collections that are part of the result."""
    places = [place for place in job.resource.elsewhere if place.returns]
    found = {place.returns: job.current.elsewhere.get(place.name, ()) for place in places}
    shapes = {place.returns: (place.resource or job.resource).shape for place in places}
    return {name: shapes[name](objects[0]) if objects else None for name, objects in found.items()}


def view(
    resource: Resource, desired: Desired, known: Object | None, more: Mapping[str, Any] = NOTHING
) -> dict[str, Any] | None:
    """Return the content of a diff: the identity and the fields of the task; for a removed object, all options."""
    if known is None:
        return None
    shown = {
        each.name: each.canonical(known.get(each.name))
        for each in resource.options
        if each.name != ID and not each.is_hidden and (each.name in desired.values or not desired.present)
    }
    identity = resource.show(desired.identity[1], desired.identity[0]) if desired.identity else {}
    leaves = resource.remove.leaves if resource.remove and not desired.present else {}
    return {**identity, **shown, **{name: known.get(name) for name in leaves}, **more}
