# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""New secrets: asked for only where nobody sees them, handed over once, taken back where that fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import FILE_OPTIONS
from ansible_collections.community.openai_admin.plugins.module_utils._client import Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Params
from ansible_collections.community.openai_admin.plugins.module_utils._engine import Job
from ansible_collections.community.openai_admin.plugins.module_utils._errors import (
    AdminError,
    BadAnswer,
    BadInput,
    RequestError,
)
from ansible_collections.community.openai_admin.plugins.module_utils._lookup import look_up
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._plan import Done, Write, held_secrets
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Desired, Object, Resource, Secret
from ansible_collections.community.openai_admin.plugins.module_utils._secret_file import SecretFile
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery

Ids = Mapping[str, Any]


class SecretKeeper:
    """The C(Keeper) of resources that have a C(Secret)."""

    make_delivery = SecretFile

    def allow(
        self, resource: Resource, desired: Desired, params: Params, mode: Mode, delivery: Delivery | None
    ) -> None:
        """Raises C(BadInput)."""
        secret = _secret(resource)
        if not delivery and any(params.get(option) is not None for option in FILE_OPTIONS):
            raise BadInput(f"{', '.join(FILE_OPTIONS)} are for the file of {secret.path_option}, which is not set.")
        asked = desired.present and desired.asks(secret.option)
        if delivery and not asked:
            raise BadInput(f"{secret.path_option} needs {secret.option}: true, and state: present.")
        if asked and not mode.hidden and not delivery:
            raise BadInput(
                f"{secret.option} could return a new key, which would be logged."
                f" Set no_log: true on the task, or {secret.path_option} to have the key written to a file."
            )

    def receive(self, job: Job, write: Write, answer: Mapping[str, Any], ids: Ids) -> Mapping[str, Any]:
        """Raises C(BadAnswer) where there is no secret, C(AdminError) where it could not be delivered."""
        made = answer.get(_secret(job.resource).name) if write.answers else answer
        if not isinstance(made, Mapping) or not all(isinstance(made.get(name), str) for name in ("id", "value")):
            what = "the answer holds no new key. Look for one, and revoke it."
            raise BadAnswer(f"Could not {write.why}: {what}", executed=True)
        if job.delivery:
            try:
                job.delivery.deliver(made["value"])
            except AdminError as error:
                raise AdminError(f"{error.message} {_revoke(job, made['id'], ids)[0]}") from None
        return made

    def take_back(self, job: Job, found: Object | None, ids: Ids, lost: RequestError) -> None:
        """Returns where nothing came of the write, so that it can be sent again.

        Else raises C(BadAnswer), telling what became of the secret and how to get another.
        """
        own_id = found["id"] if found else ids.get(job.resource.id_param)
        if own_id is None:
            return
        objects = _held(job, own_id)
        if not objects and not found:
            return
        fates = [_revoke(job, item["id"], job.current.ids) for item in objects]
        revoked = all(done for dummy, done in fates)
        raise BadAnswer(
            " ".join(
                [
                    lost.message,
                    f"The {job.resource.title} {own_id} is there, but the answer with its new key was lost.",
                    *(fate for fate, dummy in fates),
                    f"{'Run' if revoked else 'Then run'} the task again: it issues another key.",
                ]
            ),
            executed=True,
            changed=True,
        )

    def show(self, job: Job, done: Done) -> tuple[Mapping[str, Any], list[str]]:
        """A new secret, with its value unless it was delivered; else the newest one held, its value unreadable."""
        secret = _secret(job.resource)
        held = held_secrets(job.resource, job.current)
        warnings = job.delivery.warnings() if job.delivery else []
        if job.delivery and held and not job.delivery.is_there():
            warnings.append(_undelivered(job, held))
        if not (job.desired.present and job.desired.asks(secret.option)):
            return {secret.name: None}, warnings
        newest = max(held, key=lambda item: item.get("created_at") or 0, default={})
        made: Mapping[str, Any] = newest if done.secret is None else done.secret
        shown = {name: made.get(name) for name in ("id", "name", "created_at")}
        if not job.delivery:
            shown.update(value=made.get("value"), value_known=bool(made.get("value")))
        return {secret.name: shown}, warnings


def _secret(resource: Resource) -> Secret:
    if resource.secret is None:
        raise TypeError(f"{resource.kind} has no secret")
    return resource.secret


def _held(job: Job, own_id: str) -> list[dict[str, Any]]:
    """The secrets that the object has now, by asking."""
    place = next(place for place in job.resource.elsewhere if place.name == _secret(job.resource).held)
    where = place.resource or job.resource
    return look_up(job.client, where, (place.by[0][0], own_id), job.current.ids, place.query)


def _revoke(job: Job, secret_id: str, ids: Ids) -> tuple[str, bool]:
    """Take a secret back that nobody knows; says what came of it, and whether it is gone."""
    secret = _secret(job.resource)
    request = Request("DELETE", secret.revoke, f"revoke key {secret_id}", {**ids, secret.id_param: secret_id})
    try:
        job.client.send(request)
    except RequestError as error:
        return f"The new key {secret_id} could not be revoked, so revoke it by hand. ({error.message})", False
    return f"The new key {secret_id} was revoked.", True


def _undelivered(job: Job, held: tuple[Object, ...]) -> str:
    """The warning that a secret exists and its delivery does not."""
    ids = ", ".join(str(item.get("id")) for item in held)
    return (
        f"There is a key for {job.desired.label} ({ids}), but {_secret(job.resource).path_option} does not exist,"
        " and a key is shown only once. To have a new one written, revoke that key first, then run the task again."
    )
