# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""params → desired → current → plan → apply or predict → outcome, for one object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import managed_options
from ansible_collections.community.openai_admin.plugins.module_utils._client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Given, Params, desire
from ansible_collections.community.openai_admin.plugins.module_utils._errors import (
    AdminError,
    ApiError,
    BadAnswer,
    Interrupted,
    Refused,
    RequestError,
)
from ansible_collections.community.openai_admin.plugins.module_utils._find import find, find_again
from ansible_collections.community.openai_admin.plugins.module_utils._lookup import Reads, checked, search
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Mode, carry_out, take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._plan import (
    Done,
    Plan,
    Write,
    differing,
    plan,
    predict,
)
from ansible_collections.community.openai_admin.plugins.module_utils._resource import (
    NOTHING,
    VERIFY_UNIQUE,
    Current,
    Desired,
    Object,
    Resource,
    merged,
)
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery, MakeDelivery, Outcome, Task

_REFUSALS_OF_GONE = (400, 404, 409)
"""With these the API answers when what is to be removed is not there any more."""


@dataclass(frozen=True, eq=False)
class Job:
    """One object to be brought into the declared state, and all that is known of it."""

    client: Client
    resource: Resource
    desired: Desired
    current: Current
    keeper: Keeper | None
    delivery: Delivery | None


class Keeper(Protocol):
    """What becomes of new secrets, for resources that have any. Methods raise C(AdminError)."""

    make_delivery: MakeDelivery

    def allow(
        self, resource: Resource, desired: Desired, params: Params, mode: Mode, delivery: Delivery | None
    ) -> None:
        """Refuse a secret that would be shown, before the first request."""

    def protect(self, job: Job) -> Current:
        """What was found, and which secrets of it must stay."""

    def receive(self, job: Job, write: Write, answer: Mapping[str, Any], ids: Mapping[str, Any]) -> Mapping[str, Any]:
        """The new secret of an answer, handed over."""

    def take_back(self, job: Job, found: Object | None, ids: Mapping[str, Any], lost: RequestError) -> None:
        """Revoke a secret whose only copy was in an answer that got lost."""

    def show(self, job: Job, done: Done) -> tuple[Mapping[str, Any], list[str]]:
        """What the result says of secrets, and warnings."""


Refer = Callable[[Client, Resource, Desired], "tuple[Desired, tuple[str, ...]]"]
"""Puts ids for names in what is desired, and says what of it is not there."""


Survey = Callable[[Reads, Resource, Desired, Current], Current]
"""Reads what the plan needs besides. Raises C(AdminError), also where the task must not be done."""

Planner = Callable[[Resource, Desired, Current], Plan]


def manage(
    resource: Resource,
    keeper: Keeper | None = None,
    refer: Refer | None = None,
    planner: Planner = plan,
    survey: Survey | None = None,
) -> Task:
    """The task of a module that brings one object into the declared state."""
    return Task(
        argument_spec=managed_options(resource),
        work=partial(run, resource, keeper, refer, planner, survey),
        delivers=resource.secret.path_option if resource.secret else "",
        make_delivery=keeper.make_delivery if keeper else None,
    )


def run(
    resource: Resource,
    keeper: Keeper | None,
    refer: Refer | None,
    planner: Planner,
    survey: Survey | None,
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    delivery: Delivery | None = None,
) -> Outcome:
    """Bring one object into the declared state, or say what that would do. Raises C(AdminError)."""
    desired = desire(resource, params, given)
    if keeper:
        keeper.allow(resource, desired, params, mode, delivery)
    desired, unresolved = refer(client, resource, desired) if refer else (desired, ())
    current = find(client, resource, desired, params)
    if survey:
        current = survey(client, resource, desired, current)
    job = Job(client, resource, desired, current, keeper, delivery)
    if keeper:
        job = replace(job, current=keeper.protect(job))
    todo = planner(resource, desired, job.current)
    if delivery and todo.yields:
        delivery.check()
    verb = resource.create_verb if desired.present else "remove"
    warnings = take_for_granted((*todo.assumes, *unresolved), mode, f"{verb} {desired.label}")
    done = carry_out(mode, apply=lambda: apply(job, todo), predict=lambda: predict(todo))
    return _outcome(job, todo, done, warnings)


def apply(job: Job, todo: Plan) -> Done:
    """Send the plan's writes, in order. Raises C(AdminError), with what was done before."""
    if not todo.writes:
        return Done(todo.after)
    known: dict[str, Any] = dict(job.current.object or {})
    ids: dict[str, Any] = dict(job.current.ids)
    secret: Mapping[str, Any] | None = None
    finished: list[str] = []
    place = job.delivery if todo.yields else None
    try:
        if place:
            place.open()
        for write in todo.writes:
            own_ids = {name: value for name, value in write.ids.items() if value is not None}
            answer = _send(job, write, {**ids, **own_ids})
            finished.append(write.why)
            if write.removes and not write.answers and write.ids == job.current.ids:
                known = {}
            known = merged(known, write.implies)
            if write.answers:
                known = merged(known, answer)
                ids[job.resource.id_param] = known.get("id")
                _verify_unique(job, write, known)
            if write.yields and job.keeper:
                secret = job.keeper.receive(job, write, answer, ids)
    except AdminError as error:
        if finished:
            raise Interrupted(error, tuple(finished), _not_named(job, todo.writes[len(finished) :])) from None
        raise
    finally:
        if place:
            place.close()
    return Done(None if todo.after is None else job.resource.shape(known, job.current.scope), secret)


def _verify_unique(job: Job, write: Write, created: Object) -> None:
    """Raises C(Refused) where somebody else has made another object of the name at the same time."""
    if write.action != job.resource.create_verb or not job.desired.asks(VERIFY_UNIQUE) or job.desired.identity is None:
        return
    found, dummy = search(job.client, job.resource, job.desired.identity, job.current.ids, NOTHING, job.current.of)
    there = [str(item["id"]) for item in found if job.resource.standing(item) != "gone"]
    others = [each for each in there if each != created["id"]]
    if others:
        raise Refused(
            f"Somebody else made another {job.desired.label} at the same time: this task made {created['id']}, and"
            f" there is also {', '.join(others)}. Let one of them go, by its id, then run the task again."
        )


def _not_named(job: Job, left: Sequence[Write]) -> str:
    """Advice where a new object lacks what the task does not name: the next run would leave it so."""
    bodies = [write.body for write in left if write.body and write.action == "update"]
    missing = [
        f"{field.option_name}: {body[field.body_name]}"
        for body in bodies
        for field in job.resource.options
        if field.body_name in body and field.name not in job.desired.values
    ]
    return f"Add {', '.join(missing)} to the task: the next run would not set that by itself." if missing else ""


def _send(job: Job, write: Write, ids: Mapping[str, Any]) -> dict[str, Any]:
    """One write, and what is known of the object after it. Raises C(AdminError)."""
    request = Request(write.method, write.route, write.why, ids, NOTHING, write.body, write.repeatable)
    started = job.client.clock.monotonic()
    attempt = 0
    while True:
        answer = _try(job, write, request)
        if not isinstance(answer, RequestError):
            return answer
        lost = answer
        if write.removes:
            return _gone_already(job, write, lost)
        if write.repeatable or lost.executed is False:
            return _made_already(job, write, lost)
        # a create whose outcome is unknown: what it made is looked for before it is sent again
        found = look_again(job, write, lost)
        if write.yields and job.keeper:
            job.keeper.take_back(job, found, ids, lost)
        if found is not None:
            return dict(found)
        if not job.client.postpone(request, lost, attempt, started):
            raise lost
        attempt += 1


def _try(job: Job, write: Write, request: Request) -> dict[str, Any] | RequestError:
    """The answer to a write, or why there is no good one."""
    try:
        answer = job.client.send(request)
    except RequestError as error:
        return error
    try:
        return checked(job.resource, answer, write.why) if write.answers else answer
    except BadAnswer as error:
        if write.repeatable:
            error.tell_outcome()
        return error


def _gone_already(job: Job, write: Write, refused: RequestError) -> dict[str, Any]:
    """The object that a removal found gone: by itself, its first answer lost, or by somebody else."""
    refuses = isinstance(refused, ApiError) and refused.status in _REFUSALS_OF_GONE
    if isinstance(refused, ApiError) and refused.status == 404:
        return {}
    if refuses or refused.executed:
        by_id = (job.resource.id_param, write.ids.get(job.resource.id_param))
        left = find_again(job.client, job.resource, replace(job.desired, identity=by_id, owner=None), job.current)
        if left is None or job.resource.standing(left) == "gone":
            return dict(left or {})
        if refuses and job.resource.remove and job.resource.remove.advice:
            refused.add(job.resource.remove.advice)
    raise refused


def _made_already(job: Job, write: Write, refused: RequestError) -> dict[str, Any]:
    """The object that somebody else has made meanwhile, as this task would. Raises the refusal otherwise."""
    creates = write.answers and not write.yields and write.action == job.resource.create_verb
    if creates and isinstance(refused, ApiError) and "already" in refused.words:
        found = look_again(job, write, refused)
        if found and not differing(job.resource, job.desired, found):
            return dict(found)
    raise refused


def look_again(job: Job, write: Write, lost: RequestError) -> Object | None:
    """What came of a create whose answer got lost."""
    if not write.answers:
        return None
    known_before = {item["id"] for item in (job.current.object, *job.current.older) if item}
    try:
        found = find_again(job.client, job.resource, job.desired, job.current)
        return None if found and found.get("id") in known_before else found
    except RequestError as error:
        raise RequestError(
            f"{lost.message} Nor could it be seen whether it was done. ({error.message})"
            " Run the task again: it continues from what is there.",
            executed=None,
            **lost.facts,
        ) from None


def _outcome(job: Job, todo: Plan, done: Done, assumed: tuple[str, ...]) -> Outcome:
    secrets, warnings = job.keeper.show(job, done) if job.keeper else (NOTHING, [])
    return Outcome(
        changed=todo.changed,
        returns={
            job.resource.kind: todo.before if done.object is None else done.object,
            **_found_elsewhere(job),
            **todo.returns,
        },
        before=view(job.resource, job.desired, todo.before, todo.shows[0]),
        after=view(job.resource, job.desired, done.object, todo.shows[1]),
        header=job.desired.name,
        warnings=(*assumed, *todo.warnings, *warnings),
        secrets=secrets,
    )


def _found_elsewhere(job: Job) -> dict[str, Any]:
    """What was found in other collections and comes back too."""
    places = [place for place in job.resource.elsewhere if place.returns]
    found = {place.returns: job.current.elsewhere.get(place.name, ()) for place in places}
    shapes = {place.returns: (place.resource or job.resource).shape for place in places}
    return {name: shapes[name](objects[0]) if objects else None for name, objects in found.items()}


def view(
    resource: Resource, desired: Desired, known: Object | None, more: Mapping[str, Any] = NOTHING
) -> dict[str, Any] | None:
    """What a diff shows: the identity and what the task names; of an object that goes, all that can be declared."""
    if known is None:
        return None
    shown = {
        field.name: field.canonical(known.get(field.name))
        for field in resource.options
        if field.name != "id" and not field.secret and (field.name in desired.values or not desired.present)
    }
    identity = resource.show(desired.identity[1], desired.identity[0]) if desired.identity else {}
    leaves = resource.remove.leaves if resource.remove and not desired.present else {}
    return {**identity, **shown, **{name: known.get(name) for name in leaves}, **more}
