# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""New secrets: asked for only where nobody sees them, handed over once, taken back where that fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import FILE_OPTIONS
from ansible_collections.community.openai_admin.plugins.module_utils._client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Params
from ansible_collections.community.openai_admin.plugins.module_utils._errors import (
    AdminError,
    BadAnswer,
    BadInput,
    RequestError,
)
from ansible_collections.community.openai_admin.plugins.module_utils._find import look_up
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Done, Mode
from ansible_collections.community.openai_admin.plugins.module_utils._plan import Write
from ansible_collections.community.openai_admin.plugins.module_utils._resource import (
    Current,
    Desired,
    Object,
    Resource,
    Secret,
)
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery

Ids = Mapping[str, Any]


def keep_secret(secret: Secret, desired: Desired, params: Params, mode: Mode, delivery: Delivery | None) -> None:
    """Refuse a secret that would be shown, by the options alone. Raises C(BadInput)."""
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


def new_secret(secret: Secret, write: Write, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an answer says of the new secret, its value included. Raises C(BadAnswer)."""
    made = answer.get(secret.name) if write.answers else answer
    if not isinstance(made, Mapping) or not isinstance(made.get("value"), str) or not isinstance(made.get("id"), str):
        raise BadAnswer(
            f"Could not {write.why}: the answer holds no new key. Look for one, and revoke it.", executed=True
        )
    return made


def deliver(client: Client, secret: Secret, delivery: Delivery, made: Mapping[str, Any], ids: Ids) -> None:
    """Hand a new secret over; one that cannot be is taken back. Raises C(AdminError)."""
    try:
        delivery.deliver(made["value"])
    except AdminError as error:
        raise AdminError(f"{error.message} {_revoke(client, secret, made['id'], ids)}") from None


def take_back_lost(
    client: Client,
    resource: Resource,
    current: Current,
    found: Object | None,
    ids: Ids,
    lost: RequestError,
) -> None:
    """Revoke a secret whose only copy was in an answer that got lost.

    Returns where nothing came of the write, so that it can be sent again. Else
    raises C(BadAnswer), telling what became of the secret and how to get another.
    """
    secret = resource.secret
    own_id = found["id"] if found else ids.get(resource.id_param)
    if secret is None or own_id is None:
        return
    objects = _held(client, resource, secret, current, own_id)
    if not objects and not found:
        return
    fates = [_revoke(client, secret, item["id"], current.ids) for item in objects]
    owner = f"The {resource.title} {own_id} is there, but the answer with its new key was lost."
    raise BadAnswer(
        " ".join([lost.message, owner, *fates, "Then run the task again: it issues another key."]),
        executed=True,
        changed=True,
    )


def shown_secret(done: Done, held: tuple[Object, ...], delivery: Delivery | None) -> dict[str, Any]:
    """A new secret, with its value unless it was delivered; else the newest one held, whose value nobody can read."""
    newest = max(held, key=lambda item: item.get("created_at") or 0, default={})
    made: Mapping[str, Any] = newest if done.secret is None else done.secret
    shown = {name: made.get(name) for name in ("id", "name", "created_at")}
    if delivery:
        return shown
    return {**shown, "value": made.get("value"), "value_known": bool(made.get("value"))}


def undelivered(secret: Secret, desired: Desired, held: tuple[Object, ...]) -> str:
    """The warning that a secret exists and its delivery does not."""
    ids = ", ".join(str(item.get("id")) for item in held)
    return (
        f"There is a key for {desired.label} ({ids}), but {secret.path_option} does not exist, and a key is shown"
        " only once. To have a new one written, revoke that key first, then run the task again."
    )


def _held(client: Client, resource: Resource, secret: Secret, current: Current, own_id: str) -> list[dict[str, Any]]:
    place = next(place for place in resource.elsewhere if place.name == secret.held)
    return look_up(client, place.resource or resource, (place.by[0][0], own_id), current.ids, place.query)


def _revoke(client: Client, secret: Secret, secret_id: str, ids: Ids) -> str:
    """Take a secret back that nobody knows; says what came of it."""
    request = Request("DELETE", secret.revoke, f"revoke key {secret_id}", {**ids, secret.id_param: secret_id})
    try:
        client.send(request)
    except RequestError as error:
        return f"The new key {secret_id} could not be revoked, so revoke it by hand. ({error.message})"
    return f"The new key {secret_id} was revoked."
