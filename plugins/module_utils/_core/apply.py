# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""plan → apply: sends all writes in order, and finds out what happened if an answer was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    ApiError,
    BadAnswer,
    Interrupted,
    Refused,
    RequestError,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import find_again, look_elsewhere
from ansible_collections.community.openai_admin.plugins.module_utils._core.evidence import (
    Denial,
    extended,
    hold,
    untold,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Done, Plan, Write, differing
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import checked, search
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, MakeDelivery
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    NOTHING,
    VERIFY_UNIQUE,
    Current,
    Desired,
    Object,
    Resource,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode, Params

LAG = 0.5
"""Seconds for which listings may lack a new object; reads that matter wait that long."""
_REFUSALS_OF_GONE = (200, 400, 404, 409)
"""Status codes of the API for removing an object that no longer exists."""


@dataclass(frozen=True, eq=False)
class Job:
    """One object to bring into the declared state, and everything that is known about it."""

    client: Client
    resource: Resource
    desired: Desired
    current: Current
    keeper: Keeper | None
    delivery: Delivery | None


class Keeper(Protocol):
    """Handles new secrets, for resources that have any. Methods raise C(AdminError)."""

    make_delivery: MakeDelivery

    def allow(
        self, resource: Resource, desired: Desired, params: Params, mode: Mode, delivery: Delivery | None
    ) -> None:
        """Reject a task that would show a secret, before the first request."""

    def protect(self, job: Job) -> Current:
        """Return the current state, with the secrets that must stay."""

    def check_place(self, job: Job, todo: Plan) -> None:
        """Reject a file that cannot be written, or that is missing, before the first write."""

    def check(self, job: Job, write: Write, answer: Mapping[str, Any]) -> None:
        """Raise C(BadAnswer) if an answer contains no secret."""

    def receive(self, job: Job, write: Write, answer: Mapping[str, Any], ids: Mapping[str, Any]) -> Mapping[str, Any]:
        """Deliver the new secret of an answer, and return it for the result."""

    def take_back(self, job: Job, found: Object | None, ids: Mapping[str, Any], lost: RequestError) -> None:
        """If a secret exists whose answer was lost, revoke it and raise an error about it."""

    def unseen(self, job: Job) -> str:
        """Return what to do about a secret that may exist and whose value nobody has."""

    def withdraw(self, job: Job, secret: Mapping[str, Any], ids: Mapping[str, Any]) -> str:
        """Revoke an undelivered secret of a failed task, and return a sentence about the outcome."""

    def show(self, job: Job, done: Done) -> tuple[Mapping[str, Any], list[str]]:
        """Return the secrets for the result, and warnings."""


def apply(job: Job, todo: Plan) -> Done:
    """Send the writes of a plan in order. Raises C(AdminError) with the changes that were made before."""
    if not todo.writes:
        return Done(todo.after)
    course = _Course(job, dict(job.current.object or {}), dict(job.current.ids))
    place = job.delivery if todo.yields else None
    try:
        if place:
            place.open()
        for write in todo.writes:
            course.take(write)
    except AdminError as error:
        done = course.finished
        if done:
            raise Interrupted(error, tuple(done), _not_named(job, todo.writes[len(done) :])) from None
        raise
    finally:
        if place:
            place.close()
    after = None if todo.after is None else job.resource.shape(course.known, job.current.scope)
    warnings = (*course.warnings, *([todo.notice] if todo.notice and course.changed else []))
    return Done(after, course.secret, course.changed, warnings, tuple(course.by_others))


@dataclass(eq=False)
class _Course:
    """The progress of a plan, and what is known about the object."""

    job: Job
    known: dict[str, Any]
    ids: dict[str, Any]
    secret: Mapping[str, Any] | None = None
    changed: bool = False
    finished: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    by_others: list[Write] = field(default_factory=list)

    def take(self, write: Write) -> None:
        """Send the next write, and compare its answer with the request. Raises C(AdminError)."""
        job = self.job
        own_ids = {name: value for name, value in write.ids.items() if value is not None}
        answer, ours = _send(job, write, {**self.ids, **own_ids})
        denial = hold(write, answer, self.known)
        self.changed = self.changed or ours
        self.by_others += [] if ours else [write]
        if not denial:
            self.finished.append(write.why)
        if write.answers and (self.known or job.resource.singleton):
            self.warnings += untold(write, self.known, answer)
        if write.answers and not denial:
            self.warnings += extended(write, answer, self.known)
        if write.removes and not write.answers and write.ids == job.current.ids:
            self.known = {}
        self.known = job.resource.with_answer(self.known, write.implies)
        if write.answers:
            self.known = job.resource.with_answer(self.known, answer)
            if job.resource.id_param:
                self.ids[job.resource.id_param] = job.resource.id_of(self.known)
            _verify_unique(job, write, self.known)
        if write.yields and job.keeper:
            self.secret = job.keeper.receive(job, write, answer, self.ids)
        if denial:
            raise self._not_as_asked(denial)

    def _not_as_asked(self, denial: Denial) -> Refused:
        """Return the error for an answer that contradicts the request: what the API has, and what to declare."""
        job, write = self.job, denial.write
        resource = job.resource
        parts = [denial.message]
        changed = not denial.wholly
        if write.answers and resource.creates and write.action == resource.create_verb:
            changed = True
            if not resource.singleton:
                parts.append(f"The task created {resource.call(resource.id_of(self.known), resource.id_param)}.")
        elif write.answers:
            before = job.current.object or {}
            declared = [each for each in resource.fields if each.made_by != "server" and not each.is_hidden]
            changed = any(
                each.canonical(each.read(before)) != each.canonical(each.read(self.known)) for each in declared
            )
        if self.secret and job.keeper:
            parts.append(job.keeper.withdraw(job, self.secret, self.ids))
        return Refused(" ".join([*parts, denial.advice]), changed=changed)


def _verify_unique(job: Job, write: Write, created: Object) -> None:
    """Raise C(Refused) if somebody else has created an object with the same name at the same time."""
    if write.action != job.resource.create_verb or not job.desired.asks(VERIFY_UNIQUE) or job.desired.identity is None:
        return
    job.client.clock.sleep(LAG)
    found, dummy = search(job.client, job.resource, job.desired.identity, job.current.ids, NOTHING, job.current.of)
    own_id = job.resource.id_of(created)
    there = [str(job.resource.id_of(item)) for item in found if job.resource.standing(item) != "gone"]
    others = [each for each in there if each != own_id]
    if others:
        raise Refused(
            f"Somebody else created another {job.desired.label} at the same time: this task created {own_id}, and"
            f" there is also {', '.join(others)}. Remove one of them by its ID, then run the task again."
        )


def _not_named(job: Job, left: Sequence[Write]) -> str:
    """Return advice if a new object lacks values that the task omits, because the next run would not set them."""
    bodies = [write.body for write in left if write.body and write.action == "update"]
    missing = [
        f"{each.option_name}: {value_at(body, each.body_name)}"
        for body in bodies
        for each in job.resource.options
        if value_at(body, each.body_name) is not None and each.name not in job.desired.values
    ]
    return f"Add {', '.join(missing)} to the task: the next run would not set that by itself." if missing else ""


def _send(job: Job, write: Write, ids: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """Send one write; return the resulting object, and whether this task made the change. Raises C(AdminError)."""
    declined = job.resource.declined
    final = declined.statuses if declined else ()
    request = Request(write.method, write.route, write.why, ids, NOTHING, write.body, write.repeatable, final=final)
    started = job.client.clock.monotonic()
    attempt = 0
    while True:
        answer = _try(job, write, request)
        if not isinstance(answer, RequestError):
            return answer, True
        lost = answer
        if declined and isinstance(lost, ApiError) and lost.status in final:
            lost.add(declined.advice(_sent(job.resource, write)))
        if write.removes:
            return _gone_already(job, write, lost)
        is_refused = lost.executed is False
        if write.repeatable or (is_refused and not attempt):
            return _made_already(job, write, lost)
        if is_refused:
            lost.executed = None  # an earlier attempt may have succeeded
        # if the outcome of a create is unknown, look for the object now, and again directly before the retry
        found = _look_for(job, write, ids, lost)
        is_over = is_refused or (found is None and not job.client.postpone(request, lost, attempt, started, LAG))
        if found is None and not is_over:
            job.client.wait_for(request)
            found = _look_for(job, write, ids, lost)
        if found is not None:
            return dict(found), True
        if is_over or lost.final or lost.executed or write.yields:
            raise _unknown(job, write, lost)
        attempt += 1


def _sent(resource: Resource, write: Write) -> dict[str, Any]:
    """Return the values that a write sends, by the names of the options."""
    body = write.body or NOTHING
    sent = {field.option_name: value_at(body, field.body_name) for field in resource.options}
    return {name: value for name, value in sent.items() if value is not None}


def _look_for(job: Job, write: Write, ids: Mapping[str, Any], lost: RequestError) -> Object | None:
    """Look for the result of a create whose answer was lost. Raises C(RequestError), also if that was a secret."""
    found = look_again(job, write, lost)
    if write.yields and job.keeper:
        job.keeper.take_back(job, found, ids, lost)
    return found


def _unknown(job: Job, write: Write, lost: RequestError) -> RequestError:
    """Return the error for a create whose outcome is unknown."""
    lost.tell_outcome()
    if write.yields and job.keeper:
        lost.add(job.keeper.unseen(job))
    return lost


def _try(job: Job, write: Write, request: Request) -> dict[str, Any] | RequestError:
    """Return the answer to a write, or the error."""
    try:
        answer = job.client.send(request)
    except RequestError as error:
        return error
    try:
        if write.yields and job.keeper:
            job.keeper.check(job, write, answer)
        own = job.resource.id_param
        own_id = request.ids.get(own) if f"{{{own}}}" in write.route else None
        return checked(job.resource, answer, write.why, own_id) if write.answers else answer
    except BadAnswer as error:
        if write.repeatable:
            error.tell_outcome()
        return error


def _gone_already(job: Job, write: Write, refused: RequestError) -> tuple[dict[str, Any], bool]:
    """Return an object that no longer exists: this removal was repeated, or somebody else removed it."""
    ours = refused.executed is not False
    status = refused.status if isinstance(refused, ApiError) else None
    if isinstance(refused, ApiError) and refused.is_unsupported:
        raise refused
    if status in _REFUSALS_OF_GONE or refused.executed:
        by_id = (job.resource.id_param, write.ids.get(job.resource.id_param))
        desired = replace(job.desired, identity=by_id, owner=None)
        left = None if status == 404 else find_again(job.client, job.resource, desired, job.current)
        if left is None or job.resource.standing(left) == "gone":
            _refuse_overtaken(job, write, left)
            return dict(left or {}), ours
        if status in _REFUSALS_OF_GONE and job.resource.remove and job.resource.remove.advice:
            refused.add(job.resource.remove.advice)
    raise refused


def _refuse_overtaken(job: Job, write: Write, left: Object | None) -> None:
    """Raise C(Refused) if the object to remove no longer exists because it took effect."""
    overtaken = job.resource.remove.overtaken if job.resource.remove else None
    place = next((place for place in job.resource.elsewhere if overtaken and place.name == overtaken.by), None)
    if overtaken is None or place is None:
        return
    there = look_elsewhere(job.client, job.resource, place, job.desired, job.current).elsewhere[place.name]
    if left is not None or there:
        raise Refused(f"Could not {write.why}: {overtaken.message}")


def _made_already(job: Job, write: Write, refused: RequestError) -> tuple[dict[str, Any], bool]:
    """Return an equal object that somebody else has created in the meantime. Otherwise raises the API's error."""
    creates = (write.makes or write.answers) and not write.yields and write.action == job.resource.create_verb
    if creates and isinstance(refused, ApiError) and "already" in refused.words:
        found = look_again(job, write, refused)
        if found and not differing(job.resource, job.desired, found):
            return dict(found), refused.executed is not False
    raise refused


def look_again(job: Job, write: Write, lost: RequestError) -> Object | None:
    """Look for the result of a create whose answer was lost."""
    if not write.answers and not write.makes:
        return None
    desired = replace(job.desired, identity=write.makes) if write.makes else job.desired
    id_of = job.resource.id_of
    known_before = {id_of(item) for item in (job.current.object, *job.current.older) if item}
    try:
        found = find_again(job.client, job.resource, desired, job.current)
        return None if found and id_of(found) in known_before else found
    except (RequestError, Refused) as error:
        raise RequestError(
            f"{lost.message} Whether it was done could not be read either. ({error.message})"
            " Run the task again: it reads the current state and continues.",
            executed=None,
            **lost.facts,
        ) from None
