# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""params → desired → current → plan → apply or predict → outcome, for one object."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import managed_options
from ansible_collections.community.openai_admin.plugins.module_utils._client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Given, Params, desire
from ansible_collections.community.openai_admin.plugins.module_utils._errors import (
    AdminError,
    ApiError,
    Interrupted,
    RequestError,
)
from ansible_collections.community.openai_admin.plugins.module_utils._find import checked, find, find_again
from ansible_collections.community.openai_admin.plugins.module_utils._mode import (
    Done,
    Mode,
    carry_out,
    take_for_granted,
)
from ansible_collections.community.openai_admin.plugins.module_utils._plan import Plan, Write, held_secrets, plan
from ansible_collections.community.openai_admin.plugins.module_utils._resource import (
    NOTHING,
    Current,
    Desired,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._secret import (
    deliver,
    keep_secret,
    new_secret,
    shown_secret,
    take_back_lost,
    undelivered,
)
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery, Outcome, Task

_REFUSALS_OF_GONE = (400, 404, 409)
"""With these the API answers when what is to be removed is not there any more."""


def manage(resource: Resource) -> Task:
    """The task of a module that brings one object into the declared state."""
    return Task(
        argument_spec=managed_options(resource),
        work=partial(run, resource),
        delivers=resource.secret.path_option if resource.secret else "",
    )


def run(
    resource: Resource, client: Client, params: Params, given: Given, mode: Mode, delivery: Delivery | None = None
) -> Outcome:
    """Bring one object into the declared state, or say what that would do. Raises C(AdminError)."""
    desired = desire(resource, params, given)
    if resource.secret:
        keep_secret(resource.secret, desired, params, mode, delivery)
    current = find(client, resource, desired, params)
    todo = plan(resource, desired, current)
    if delivery and todo.yields:
        delivery.check()
    verb = resource.create_verb if desired.present else "remove"
    warnings = take_for_granted(todo.assumes, mode, f"{verb} {desired.label}")
    done = carry_out(todo, mode, lambda: apply(client, resource, desired, current, todo, delivery))
    return _outcome(resource, desired, current, todo, done, delivery, warnings)


def apply(
    client: Client, resource: Resource, desired: Desired, current: Current, todo: Plan, delivery: Delivery | None
) -> Done:
    """Send the plan's writes, in order. Raises C(AdminError), with what was done before."""
    if not todo.writes:
        return Done(todo.after)
    known: dict[str, Any] = dict(current.object or {})
    ids: dict[str, Any] = dict(current.ids)
    secret: Mapping[str, Any] | None = None
    finished: list[str] = []
    place = delivery if todo.yields else None
    try:
        if place:
            place.open()
        for write in todo.writes:
            answer = _send(client, resource, desired, current, write, ids)
            finished.append(write.why)
            if write.answers:
                known.update(answer)
                ids[resource.id_param] = known.get("id")
            if write.yields and resource.secret:
                secret = new_secret(resource.secret, write, answer)
                if place:
                    deliver(client, resource.secret, place, secret, ids)
    except AdminError as error:
        if finished:
            raise Interrupted(error, tuple(finished)) from None
        raise
    finally:
        if place:
            place.close()
    return Done(None if todo.after is None else resource.shape(known, current.scope), secret)


def _send(
    client: Client, resource: Resource, desired: Desired, current: Current, write: Write, ids: Mapping[str, Any]
) -> dict[str, Any]:
    """One write, and what is known of the object after it. Raises C(AdminError)."""
    request = Request(write.method, write.route, write.why, ids, NOTHING, write.body, write.repeatable)
    started = client.clock.monotonic()
    attempt = 0
    while True:
        try:
            answer = client.send(request)
        except RequestError as error:
            lost = error
        else:
            return checked(resource, answer, write.why) if write.answers else answer
        if write.removes:
            return _gone_already(client, resource, desired, current, lost)
        if write.repeatable or lost.executed is False:
            raise lost
        # a create whose outcome is unknown: what it made is looked for before it is sent again
        found = _look_again(client, resource, desired, current, write, lost)
        if write.yields:
            take_back_lost(client, resource, current, found, ids, lost)
        if found is not None:
            return dict(found)
        if not client.postpone(request, lost, attempt, started):
            raise lost
        attempt += 1


def _gone_already(
    client: Client, resource: Resource, desired: Desired, current: Current, refused: RequestError
) -> dict[str, Any]:
    """The object that a removal found gone: by itself, its first answer lost, or by somebody else."""
    if isinstance(refused, ApiError) and refused.status in _REFUSALS_OF_GONE:
        if refused.status == 404:
            return {}
        left = find_again(client, resource, desired, current)
        if left is None or resource.standing(left) == "gone":
            return dict(left or {})
    raise refused


def _look_again(
    client: Client, resource: Resource, desired: Desired, current: Current, write: Write, lost: RequestError
) -> Object | None:
    """What came of a create whose answer got lost."""
    if not write.answers:
        return None
    try:
        return find_again(client, resource, desired, current)
    except RequestError as error:
        raise RequestError(
            f"{lost.message} Nor could it be seen whether it was done. ({error.message})"
            " Run the task again: it continues from what is there.",
            executed=None,
            **lost.facts,
        ) from None


def _outcome(
    resource: Resource,
    desired: Desired,
    current: Current,
    todo: Plan,
    done: Done,
    delivery: Delivery | None,
    assumed: tuple[str, ...],
) -> Outcome:
    warnings = [*assumed, *todo.warnings]
    secrets: dict[str, Any] = {}
    if resource.secret:
        held = held_secrets(resource, current)
        asked = desired.present and desired.asks(resource.secret.option)
        secrets[resource.secret.name] = shown_secret(done, held, delivery) if asked else None
        if delivery:
            warnings.extend(delivery.warnings())
            if held and not delivery.is_there():
                warnings.append(undelivered(resource.secret, desired, held))
    return Outcome(
        changed=todo.changed,
        returns={resource.kind: todo.before if done.object is None else done.object},
        before=_view(resource, desired, todo.before),
        after=_view(resource, desired, done.object),
        header=desired.name,
        warnings=tuple(warnings),
        secrets=secrets,
    )


def _view(resource: Resource, desired: Desired, known: Object | None) -> dict[str, Any] | None:
    """What a diff shows: the identity and what the task names; of an object that goes, all that can be declared."""
    if known is None:
        return None
    shown = {
        field.name: field.canonical(known.get(field.name))
        for field in resource.options
        if field.name != "id" and not field.secret and (field.name in desired.values or not desired.present)
    }
    identity = dict([desired.identity]) if desired.identity else {}
    leaves = resource.remove.leaves if resource.remove and not desired.present else {}
    return {**identity, **shown, **{name: known.get(name) for name in leaves}}
