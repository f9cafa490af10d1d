# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Changes of a key that works: a later expiry, and other scopes, which no answer about keys contains."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Write
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import (
    ALLOW_UNRESTRICTED,
    DAY,
    EVENTS,
    EXPIRY,
    EXTEND,
    SCOPES,
    UPDATE_SCOPES,
    is_older,
    scopes_given,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Object,
    Resource,
)

_HISTORY = "scopes"
"""The key of C(Current.elsewhere) for the event that says which scopes a key has."""
_LOG = "/organization/audit_logs"
_DENIED = (401, 403)


def check_changes(desired: Desired) -> None:
    """Raise C(BadInput) for options about a key that works if they contradict each other."""
    extend, update = desired.settings.get(EXTEND.name), desired.settings.get(UPDATE_SCOPES.name)
    scopes, seconds = desired.settings.get(SCOPES.name), life(desired)
    if extend is not None and (not desired.present or seconds is None):
        raise BadInput(f"{EXTEND.name} needs {' or '.join(each.name for each in EXPIRY)}, and state: present.")
    if extend is not None and seconds is not None and seconds <= extend * DAY:
        raise BadInput(
            f"{EXTEND.name} is {extend}, so a key that expires after {seconds} s would be extended by every run: let it"
            " live longer."
        )
    if update in (None, UPDATE_SCOPES.default):
        return
    if not desired.present or scopes is None:
        raise BadInput(f"{UPDATE_SCOPES.name}: {update} needs {SCOPES.name}, and state: present.")
    if not scopes and not desired.asks(ALLOW_UNRESTRICTED.name):
        raise BadInput(
            f"An empty list of {SCOPES.name} would remove all restrictions of a key that works. Set"
            f" {ALLOW_UNRESTRICTED.name} if it should be allowed everything that its owner is."
        )


def changes_living(desired: Desired) -> bool:
    """Return whether the task may change a key that works."""
    update = desired.settings.get(UPDATE_SCOPES.name)
    return desired.settings.get(EXTEND.name) is not None or update not in (None, UPDATE_SCOPES.default)


def life(desired: Desired) -> int | None:
    """Return after how many seconds a key should expire; null if the task does not say."""
    named = ((field, desired.settings.get(field.option_name)) for field in EXPIRY)
    return next((int(field.in_body(value)) for field, value in named if value is not None), None)


def with_scopes(client: Client, desired: Desired, current: Current, rotates_after: int | None) -> Current:
    """Return the current state with what the audit log says about the scopes of the key, if that decides anything.

    Raises C(AdminError), except if the task may not read the audit log.
    """
    key = current.object
    if key is None or desired.settings.get(UPDATE_SCOPES.name) != "when_known":
        return current
    if rotates_after is not None and is_older(key, rotates_after):
        return current
    query = {"resource_ids": [key["id"]], "event_types": list(EVENTS), "limit": 100}
    try:
        events = list(client.pages(Request("GET", _LOG, "read the audit log", {}, query, any_of=("resource_ids",))))
    except ApiError as error:
        if error.status not in _DENIED:
            raise
        return replace(current, unread={**current.unread, _HISTORY: error.words})
    own = [event for event in events if _details(event).get("id") == key["id"] and _scopes(event) is not None]
    newest = max(own, key=lambda event: event.get("effective_at") or 0, default=None)  # of equals the first listed one
    return replace(current, elsewhere={**current.elsewhere, _HISTORY: () if newest is None else (newest,)})


def update_of(resource: Resource, desired: Desired, current: Current) -> Write | None:
    """Return the write that extends the current key or changes its scopes; null if it is as declared.

    Raises C(Refused) if its scopes are unknown.
    """
    key = current.object
    if key is None or not changes_living(desired):
        return None
    seconds = life(desired) if _expires_soon(desired, key) else None
    scopes = desired.settings.get(SCOPES.name) if _has_other_scopes(desired, current) else None
    asked = {"scopes": scopes, EXPIRY[0].body_name: seconds}
    body = {name: value for name, value in asked.items() if value is not None}
    if not body:
        return None
    wanted = time.time() + (seconds or 0)
    lasts = Field("expires_at", "int", made_by="server", canonical=partial(_about, wanted, (seconds or 0) / 10))
    doing = " and ".join([*["extend"] * (seconds is not None), *["change the scopes of"] * (scopes is not None)])
    ids = {**current.ids, resource.id_param: key["id"]}
    return Write(
        "update",
        "POST",
        resource.item_in(ids),
        ids,
        f"{doing} {desired.label} ({key['id']})",
        body,
        expects=((lasts, round(wanted)),) if seconds else (),
    )


def _about(wanted: float, tolerance: float, at: Any) -> Any:
    """Return the wanted time for a time close to it: clocks differ, and a request may have waited."""
    is_near = isinstance(at, (int, float)) and abs(at - wanted) <= min(tolerance, DAY)
    return round(wanted) if is_near else at


def _expires_soon(desired: Desired, key: Object) -> bool:
    days, expires_at = desired.settings.get(EXTEND.name), key.get("expires_at")
    return days is not None and expires_at is not None and bool(expires_at - time.time() <= days * DAY)


def _has_other_scopes(desired: Desired, current: Current) -> bool:
    """Return whether to send the scopes. Raises C(Refused) if the present ones are unknown."""
    update, key = desired.settings.get(UPDATE_SCOPES.name), current.object or {}
    if update in (None, UPDATE_SCOPES.default):
        return False
    if update == "always":
        return True
    known = current.elsewhere.get(_HISTORY, ())
    if not known:
        why = current.unread.get(_HISTORY) or "The audit log has no event with its scopes."
        raise Refused(
            f"It is unknown which scopes key {key.get('id')} has ({desired.label}): the API does not return them."
            f" {why} Nothing was changed. Set {UPDATE_SCOPES.name}: always to set them in every run, or issue another"
            " key.",
            option=SCOPES.name,
        )
    return sorted(set(_scopes(known[0]) or ())) != sorted(set(desired.settings[SCOPES.name]))


def _details(event: Object) -> Mapping[str, Any]:
    """Return the details of an event."""
    found = event.get(str(event.get("type")))
    return found if isinstance(found, Mapping) else {}


def _scopes(event: Object) -> Sequence[str] | None:
    return scopes_given(event.get("type"), _details(event))
