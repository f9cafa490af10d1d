# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""New secrets: requested only if nothing logs them, handed over once, and revoked if that fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    BadAnswer,
    BadInput,
    Refused,
    RequestError,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.apply import Job
from ansible_collections.community.openai_admin.plugins.module_utils._core.masking import register_secret
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import FILE_OPTIONS
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import (
    Done,
    Plan,
    Write,
    asks_for_secret,
    held_secrets,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import look_up
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery
from ansible_collections.community.openai_admin.plugins.module_utils._keys.file import SecretFile
from ansible_collections.community.openai_admin.plugins.module_utils._keys.living import (
    changes_living,
    check_changes,
    life,
    with_scopes,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import (
    CURRENT,
    EXTEND,
    ROTATE_AFTER_DAYS,
    ROTATION,
    STORED_KEY_ID,
    expires_otherwise,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ALLOW_MISSING_FILE,
    Current,
    Desired,
    Object,
    Resource,
    Secret,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._values.redacted import fits

Ids = Mapping[str, Any]


class SecretKeeper:
    """The C(Keeper) for resources that have a C(Secret)."""

    make_delivery = SecretFile

    def allow(
        self, resource: Resource, desired: Desired, params: Params, mode: Mode, delivery: Delivery | None
    ) -> None:
        """Check the options for a new secret. Raises C(BadInput)."""
        secret = _secret(resource)
        if not secret.option and desired.present:
            _check_series(resource, desired)
        if EXTEND in resource.settings:
            check_changes(desired)
        if not delivery and any(params.get(option) is not None for option in FILE_OPTIONS):
            raise BadInput(f"{', '.join(FILE_OPTIONS)} are for the file of {secret.path_option}, which is not set.")
        asked = asks_for_secret(resource, desired)
        said = [field.option_name for field in secret.options if desired.settings.get(field.option_name) is not None]
        said = [] if desired.present and changes_living(desired) else said
        if not asked and (delivery or said):
            needed = f"{secret.option}: true, and state: present" if secret.option else "state: present"
            raise BadInput(f"{', '.join([*said, *([secret.path_option] if delivery else [])])} needs {needed}.")
        _check_stored(desired, secret, delivery)
        if asked and not mode.hidden and not delivery:
            raise BadInput(
                f"{secret.option or 'The task'} could return a new key, which would be logged."
                f" Set no_log: true on the task, or {secret.path_option} to have the key written to a file."
            )

    def protect(self, job: Job) -> Current:
        """Return the current state with what else decides about keys.

        That is the stored key, the keys that must not be revoked (the task's own, and the one in its file), and the
        scopes of the current key, if the task compares them.
        """
        secret, current = _secret(job.resource), job.current
        if secret.held:
            return current
        if not job.desired.present or EXTEND not in job.resource.settings:
            return self._protected(job, secret)
        found = self._protected(job, secret)
        return with_scopes(job.client, job.desired, found, job.desired.settings.get(ROTATE_AFTER_DAYS.name))

    def _protected(self, job: Job, secret: Secret) -> Current:
        current = job.current
        if _by_store(job.desired):
            current = _stored(job, secret)
        reasons = {}
        for key in (current.object, *current.older):
            redacted = (key or {}).get("redacted_value") or ""
            if key and fits(job.client.connection.admin_key, redacted):
                reasons[key["id"]] = "this very task uses it as its admin key"
            elif key and job.delivery and job.delivery.holds(redacted):
                reasons[key["id"]] = f"{secret.path_option} holds it"
        return replace(current, protected=reasons)

    def check_place(self, job: Job, todo: Plan) -> None:
        """Raise C(BadInput) if a new key's file cannot be written, C(Refused) if the file of a key is missing."""
        if job.delivery and todo.yields:
            job.delivery.check()
        elif job.delivery and not job.delivery.is_there() and not job.desired.asks(ALLOW_MISSING_FILE):
            held = held_secrets(job.resource, job.current)
            if held:
                raise Refused(
                    f"{_undelivered(job, held, 'does not exist')} If the file is not needed here, set"
                    f" {ALLOW_MISSING_FILE}: true."
                )

    def check(self, job: Job, write: Write, answer: Mapping[str, Any]) -> None:
        """Register the secret in an answer with ansible-core. Raises C(BadAnswer) if there is none."""
        made = _made(job, write, answer)
        if isinstance(made, Mapping) and isinstance(made.get("value"), str):
            register_secret(made["value"])
        if not isinstance(made, Mapping) or not all(isinstance(made.get(name), str) for name in ("id", "value")):
            raise BadAnswer(f"Could not {write.why}: the answer contains no new key.", executed=True, advice="")

    def receive(self, job: Job, write: Write, answer: Mapping[str, Any], ids: Ids) -> Mapping[str, Any]:
        """Deliver a new secret. Revokes it and raises C(AdminError) if that fails or if it is not as requested."""
        made: Mapping[str, Any] = _made(job, write, answer)
        _refuse_expiry(job, write, made, ids)
        if job.delivery:
            try:
                job.delivery.deliver(made["value"])
            except AdminError as error:
                raise AdminError(f"{error.message} {_revoke(job, made['id'], ids)[0]}") from None
        return made

    def withdraw(self, job: Job, secret: Mapping[str, Any], ids: Ids) -> str:
        """Revoke a new secret that was not delivered, and return a sentence about the outcome."""
        if job.delivery:
            return f"{_secret(job.resource).path_option} holds its new key."
        return _revoke(job, secret["id"], ids)[0]

    def unseen(self, job: Job) -> str:
        """Return what to do about a secret that may exist and whose value nobody has."""
        secret = _secret(job.resource)
        place = next((place for place in job.resource.elsewhere if place.name == secret.held), None)
        kind = ((place.resource if place else None) or job.resource).kind
        return (
            "The API may have created a key whose value is lost, so no other key was issued: look for it with"
            f" community.openai_admin.{kind}_info, and revoke it. Then run the task again."
        )

    def take_back(self, job: Job, found: Object | None, ids: Ids, lost: RequestError) -> None:
        """Revoke a secret whose answer was lost, and raise C(BadAnswer) about the outcome and how to get another one.

        Return if the secret cannot be found.
        """
        own_id = found["id"] if found else ids.get(job.resource.id_param)
        if own_id is None:
            return
        objects: list[Object] = [found] if found else []
        if _secret(job.resource).held:
            objects = _held(job, own_id)
        if not objects and not found:
            return
        fates = [_revoke(job, item["id"], job.current.ids) for item in objects]
        revoked = all(done for dummy, done in fates)
        again = f"{'Run' if revoked else 'Then run'} the task again: it issues another key."
        raise BadAnswer(
            " ".join(
                [
                    lost.message,
                    f"The {job.resource.title} {own_id} is there, but the answer with its new key was lost.",
                    *(fate for fate, dummy in fates),
                    again if objects else self.unseen(job),
                ]
            ),
            executed=True,
            advice="",
            changed=True,
        )

    def show(self, job: Job, done: Done) -> tuple[Mapping[str, Any], list[str]]:
        """Return a new secret, with its value unless it was delivered; otherwise the newest one, without its value."""
        secret = _secret(job.resource)
        held = held_secrets(job.resource, job.current)
        warnings = job.delivery.warnings() if job.delivery else []
        if job.delivery and held and done.secret is None:
            if not job.delivery.is_there():
                warnings.append(_undelivered(job, held, "does not exist"))
            elif not any(job.delivery.holds(item.get("redacted_value") or "") for item in held):
                warnings.append(_undelivered(job, held, "holds another key"))
        if not asks_for_secret(job.resource, job.desired):
            return {secret.name: None}, warnings
        if done.secret and done.secret.get("expires_at") is None and life(job.desired) is not None:
            warnings.append(
                f"The API does not say when the new key {done.secret.get('id')} expires: check in the organization"
                f" whether it does so after {life(job.desired)} s, as asked."
            )
        newest = max(held, key=lambda item: item.get("created_at") or 0, default={})
        made: Mapping[str, Any] = newest if done.secret is None else done.secret
        shown = {name: made.get(name) for name in ("id", "name", "created_at", "expires_at")}
        if done.secret is not None:  # a prediction shows what the task asks for
            said = {field.body_name: job.desired.settings.get(field.option_name) for field in secret.issue_fields}
            shown.update({name: value for name, value in said.items() if name in shown and shown[name] is None})
        if not job.delivery:
            shown.update(value=made.get("value"), value_known=bool(made.get("value")))
        return {secret.name: shown}, warnings


def _refuse_expiry(job: Job, write: Write, made: Mapping[str, Any], ids: Ids) -> None:
    """Revoke a new key and raise C(Refused) if the answer shows another expiry than the task requested."""
    seconds = life(job.desired)
    if seconds is None or not expires_otherwise(made, seconds, job.client.clock.now()):
        return
    raise Refused(
        f"Could not {write.why} as asked: it should expire after {seconds} s, and the API answers that the new key"
        f" expires at {_time(made['expires_at'])}. {_revoke(job, made['id'], ids)[0]} Request an expiry that the"
        " organization's policy allows.",
        changed=True,
    )


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _secret(resource: Resource) -> Secret:
    if resource.secret is None:
        raise TypeError(f"{resource.kind} has no secret")
    return resource.secret


def _made(job: Job, write: Write, answer: Mapping[str, Any]) -> Any:
    """Return the secret in an answer: part of the object, or the object itself."""
    secret = _secret(job.resource)
    return answer.get(secret.name) if write.answers and secret.held else answer


def _check_stored(desired: Desired, secret: Secret, delivery: Delivery | None) -> None:
    """Raise C(BadInput) if the stored key is unknown: every run would issue another one."""
    told = desired.settings.get(STORED_KEY_ID.name) is not None
    if told and not _by_store(desired):
        raise BadInput(f"{STORED_KEY_ID.name} needs {CURRENT.name}: stored.")
    if _by_store(desired) and not (desired.present and (told or delivery)):
        raise BadInput(
            f"{CURRENT.name}: stored needs {STORED_KEY_ID.name} or {secret.path_option}, and state: present."
        )


def _by_store(desired: Desired) -> bool:
    """Return whether the stored key of a series is the current one, instead of the newest."""
    return desired.settings.get(CURRENT.name) == "stored"


def _stored(job: Job, secret: Secret) -> Current:
    """Return the current state with the stored key as the current one, if that key works."""
    current, wanted = job.current, job.desired.settings[STORED_KEY_ID.name]
    series = (*current.older, *([current.object] if current.object else []))
    if wanted is None:
        fitting = [key for key in series if job.delivery and job.delivery.holds(key.get("redacted_value") or "")]
    else:
        fitting = [key for key in series if key["id"] == wanted]
    stored = fitting[-1] if fitting else None
    ids = {name: value for name, value in current.ids.items() if name != secret.id_param}
    return replace(
        current,
        object=stored,
        ids={**ids, secret.id_param: stored["id"]} if stored else ids,
        older=tuple(key for key in series if key is not stored),
    )


def _held(job: Job, own_id: str) -> list[Object]:
    """Read the secrets that the object has."""
    place = next(place for place in job.resource.elsewhere if place.name == _secret(job.resource).held)
    where = place.resource or job.resource
    return [*look_up(job.client, where, (place.by[0][0], own_id), job.current.ids, place.query)]


def _revoke(job: Job, secret_id: str, ids: Ids) -> tuple[str, bool]:
    """Revoke a secret that nobody has; return a sentence about the outcome, and whether it is revoked."""
    secret = _secret(job.resource)
    request = Request("DELETE", secret.revoke, f"revoke key {secret_id}", {**ids, secret.id_param: secret_id})
    try:
        job.client.send(request)
    except RequestError as error:
        return f"The new key {secret_id} could not be revoked, so revoke it by hand. ({error.message})", False
    return f"The new key {secret_id} was revoked.", True


def _check_series(resource: Resource, desired: Desired) -> None:
    """Raise C(BadInput) for an ID of a key to issue: keys are issued under a name. A key that works has an ID."""
    named = desired.identity[0] if desired.identity else ""
    key = resource.keys[-1].option
    said = [each.name for each in ROTATION if desired.settings.get(each.name) not in (None, each.default)]
    if named == resource.id_param and changes_living(desired) and not said:
        return
    if named != key:
        raise BadInput(f"{resource.id_param} names one key, for state: absent; state: present needs {key} instead.")


def _undelivered(job: Job, held: tuple[Object, ...], state: str) -> str:
    """Return a message that a secret exists, but its file is missing or contains another one."""
    ids = ", ".join(str(item.get("id")) for item in held)
    return (
        f"There is a key for {job.desired.label} ({ids}), but {_secret(job.resource).path_option} {state},"
        " and a key is shown only once. To have a new one written, revoke that key first, then run the task again."
    )
