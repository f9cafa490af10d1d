# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""New secrets: asked for only where nobody sees them, handed over once, taken back where that fails."""

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
from ansible_collections.community.openai_admin.plugins.module_utils._keys.file import SecretFile, fits
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import (
    CURRENT,
    EXPIRY,
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

Ids = Mapping[str, Any]


class SecretKeeper:
    """The C(Keeper) of resources that have a C(Secret)."""

    make_delivery = SecretFile

    def allow(
        self, resource: Resource, desired: Desired, params: Params, mode: Mode, delivery: Delivery | None
    ) -> None:
        """Raises C(BadInput)."""
        secret = _secret(resource)
        if not secret.option and desired.present:
            _check_series(resource, desired)
        if not delivery and any(params.get(option) is not None for option in FILE_OPTIONS):
            raise BadInput(f"{', '.join(FILE_OPTIONS)} are for the file of {secret.path_option}, which is not set.")
        asked = asks_for_secret(resource, desired)
        said = [field.option_name for field in secret.options if desired.settings.get(field.option_name) is not None]
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
        """The key of the task itself is in use, and so is the one that its file holds."""
        secret, current = _secret(job.resource), job.current
        if secret.held:
            return current
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
        """Raises C(BadInput) where a new key's file could not be written, C(Refused) where a key's file is missing."""
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
        """Make the secret of an answer known to ansible-core. Raises C(BadAnswer) where there is none."""
        made = _made(job, write, answer)
        if isinstance(made, Mapping) and isinstance(made.get("value"), str):
            register_secret(made["value"])
        if not isinstance(made, Mapping) or not all(isinstance(made.get(name), str) for name in ("id", "value")):
            raise BadAnswer(f"Could not {write.why}: the answer holds no new key.", executed=True, advice="")

    def receive(self, job: Job, write: Write, answer: Mapping[str, Any], ids: Ids) -> Mapping[str, Any]:
        """Raises C(AdminError) where it could not be delivered or is not as asked, taking it back."""
        made: Mapping[str, Any] = _made(job, write, answer)
        _refuse_expiry(job, write, made, ids)
        if job.delivery:
            try:
                job.delivery.deliver(made["value"])
            except AdminError as error:
                raise AdminError(f"{error.message} {_revoke(job, made['id'], ids)[0]}") from None
        return made

    def withdraw(self, job: Job, secret: Mapping[str, Any], ids: Ids) -> str:
        """Revoke a new secret that was not delivered; says what became of it."""
        if job.delivery:
            return f"{_secret(job.resource).path_option} holds its new key."
        return _revoke(job, secret["id"], ids)[0]

    def unseen(self, job: Job) -> str:
        """What to do about a secret that may be there, unseen, and whose value nobody has."""
        secret = _secret(job.resource)
        place = next((place for place in job.resource.elsewhere if place.name == secret.held), None)
        kind = ((place.resource if place else None) or job.resource).kind
        return (
            f"A new key may be there all the same, whose value nobody has, and it is not issued twice: look with"
            f" community.openai_admin.{kind}_info, and revoke it. Then run the task again."
        )

    def take_back(self, job: Job, found: Object | None, ids: Ids, lost: RequestError) -> None:
        """Returns where nothing can be seen of the secret.

        Else raises C(BadAnswer), telling what became of the secret and how to get another.
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
        """A new secret, with its value unless it was delivered; else the newest one held, its value unreadable."""
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
        if done.secret and done.secret.get("expires_at") is None and _life(job) is not None:
            warnings.append(
                f"The API does not say when the new key {done.secret.get('id')} expires: look whether it does so"
                f" after {_life(job)} s, as asked."
            )
        newest = max(held, key=lambda item: item.get("created_at") or 0, default={})
        made: Mapping[str, Any] = newest if done.secret is None else done.secret
        shown = {name: made.get(name) for name in ("id", "name", "created_at", "expires_at")}
        if done.secret is not None:  # a prediction knows what the task says of it
            said = {field.body_name: job.desired.settings.get(field.option_name) for field in secret.issue_fields}
            shown.update({name: value for name, value in said.items() if name in shown and shown[name] is None})
        if not job.delivery:
            shown.update(value=made.get("value"), value_known=bool(made.get("value")))
        return {secret.name: shown}, warnings


def _life(job: Job) -> int | None:
    """After how many seconds a new key is to expire; null: the task does not say."""
    named = ((field, job.desired.settings.get(field.option_name)) for field in EXPIRY)
    return next((int(field.in_body(value)) for field, value in named if value is not None), None)


def _refuse_expiry(job: Job, write: Write, made: Mapping[str, Any], ids: Ids) -> None:
    """Raises C(Refused) where a new key is said to live longer or shorter than was asked, revoking it."""
    seconds = _life(job)
    if seconds is None or not expires_otherwise(made, seconds, job.client.clock.now()):
        return
    raise Refused(
        f"Could not {write.why} as asked: it is to expire after {seconds} s, and the API answers that the new key"
        f" expires at {_time(made['expires_at'])}. {_revoke(job, made['id'], ids)[0]} Ask for a life that the"
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
    """The secret in an answer, which is a part of the object or all of it."""
    secret = _secret(job.resource)
    return answer.get(secret.name) if write.answers and secret.held else answer


def _check_stored(desired: Desired, secret: Secret, delivery: Delivery | None) -> None:
    """What is stored must be known, or another key would be issued with every run."""
    told = desired.settings.get(STORED_KEY_ID.name) is not None
    if told and not _by_store(desired):
        raise BadInput(f"{STORED_KEY_ID.name} needs {CURRENT.name}: stored.")
    if _by_store(desired) and not (desired.present and (told or delivery)):
        raise BadInput(
            f"{CURRENT.name}: stored needs {STORED_KEY_ID.name} or {secret.path_option}, and state: present."
        )


def _by_store(desired: Desired) -> bool:
    """Whether that key of a series counts which is stored, and not the newest."""
    return desired.settings.get(CURRENT.name) == "stored"


def _stored(job: Job, secret: Secret) -> Current:
    """What was found, with the key that is stored as the one that counts, if it works."""
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
    """The secrets that the object has now, by asking."""
    place = next(place for place in job.resource.elsewhere if place.name == _secret(job.resource).held)
    where = place.resource or job.resource
    return [*look_up(job.client, where, (place.by[0][0], own_id), job.current.ids, place.query)]


def _revoke(job: Job, secret_id: str, ids: Ids) -> tuple[str, bool]:
    """Take a secret back that nobody knows; says what came of it, and whether it is gone."""
    secret = _secret(job.resource)
    request = Request("DELETE", secret.revoke, f"revoke key {secret_id}", {**ids, secret.id_param: secret_id})
    try:
        job.client.send(request)
    except RequestError as error:
        return f"The new key {secret_id} could not be revoked, so revoke it by hand. ({error.message})", False
    return f"The new key {secret_id} was revoked.", True


def _check_series(resource: Resource, desired: Desired) -> None:
    """Keys are issued under a name; an id is of one that is there already."""
    named = desired.identity[0] if desired.identity else ""
    key = resource.keys[-1].option
    if named != key:
        raise BadInput(f"{resource.id_param} names one key, for state: absent; state: present needs {key} instead.")


def _undelivered(job: Job, held: tuple[Object, ...], state: str) -> str:
    """A secret exists, and its file does not, or holds another one."""
    ids = ", ".join(str(item.get("id")) for item in held)
    return (
        f"There is a key for {job.desired.label} ({ids}), but {_secret(job.resource).path_option} {state},"
        " and a key is shown only once. To have a new one written, revoke that key first, then run the task again."
    )
