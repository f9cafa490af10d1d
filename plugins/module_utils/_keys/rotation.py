# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The plan for keys with one name: issue a new one when the current one is due, and revoke older ones when allowed.

A plan that issues a key revokes none, because the users of the older key still have to get the new one.
Only the current key decides, so the next run completes an interrupted rotation. The current key is the newest one,
or the stored one if the task says which key is stored.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import (
    Plan,
    Write,
    creation,
    plan,
    removals,
)
from ansible_collections.community.openai_admin.plugins.module_utils._keys.living import update_of
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import (
    EXPIRY,
    EXTEND,
    PREVIOUS,
    ROTATE_AFTER_DAYS,
    SCOPES,
    UNUSED_FOR_DAYS,
    is_older,
    is_unused,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Object,
    Resource,
)

EXPIRES = EXPIRY[0].body_name
"""The path in bodies for the seconds after which a key expires."""
_NEW = "a new key"
"""The name in diffs of a key that has no ID yet."""


def plan_series(resource: Resource, desired: Desired, current: Current) -> Plan:
    """Plan the rotation. Raises C(Refused) if the current state does not allow it."""
    todo = plan(resource, desired, current)
    newest = current.object
    series = () if newest is None else (*current.older, newest)
    if not desired.present:
        for key in series:
            if key["id"] in current.protected:
                raise Refused(f"Key {key['id']} ({desired.label}) is not revoked: {current.protected[key['id']]}.")
        if resource.remove and series and not todo.writes:  # an expired key is still listed
            todo = replace(todo, after=None, writes=removals(resource, resource.remove, desired, current))
        return _told(resource, todo, current, revoked=series)
    if newest is None:
        return _told(resource, todo, current, issued=True)
    _refuse_unknown_ages(desired, series)
    if _is_due(desired, newest):
        todo = creation(resource, desired, current, before=todo.before, anew=True)
        return _told(resource, todo, current, issued=True)
    ripe, used = _ripe(desired, current, newest)
    kept = [key for key in ripe if key["id"] in current.protected]
    going = [key for key in ripe if key["id"] not in current.protected]
    writes = removals(resource, resource.remove, desired, current, going) if resource.remove else ()
    update = update_of(resource, desired, current)
    writes = (*([update] if update else []), *writes)
    warnings = tuple(f"Key {key['id']} is not revoked: {current.protected[key['id']]}." for key in kept)
    todo = replace(todo, writes=writes, warnings=(*todo.warnings, *warnings))
    if update and EXPIRES in (update.body or {}):
        todo = replace(todo, after={**(todo.after or {}), "expires_at": None})
    return _told(resource, todo, current, revoked=tuple(going), used=used, update=update)


def _refuse_unknown_ages(desired: Desired, series: tuple[Object, ...]) -> None:
    """Raise C(Refused) if the ages of keys matter and the API does not show all of them."""
    unknown = [str(key["id"]) for key in series if key.get("created_at") is None]
    if unknown and (len(series) > 1 or desired.settings[ROTATE_AFTER_DAYS.name] is not None):
        raise Refused(
            f"The API does not say when {desired.label} was issued ({', '.join(unknown)}): it is unknown whether it is"
            " due to be replaced, and which key is the newest. No key was issued or revoked. Check the organization's"
            " keys, and revoke all but one of them by api_key_id or key_id."
        )


def _is_due(desired: Desired, newest: Object) -> bool:
    days = desired.settings[ROTATE_AFTER_DAYS.name]
    return days is not None and is_older(newest, days)


def _ripe(desired: Desired, current: Current, newest: Object) -> tuple[tuple[Object, ...], tuple[Object, ...]]:
    """Return the previous keys that may be revoked, and those that may not because they seem to be in use."""
    how = desired.settings[PREVIOUS.name]
    if how == "keep":
        return (), ()
    if how == "revoke":
        return current.older, ()
    if newest.get("last_used_at") is None:  # nobody has used the current key yet, so another one is still in use
        return (), current.older
    unused = tuple(key for key in current.older if is_unused(key, desired.settings[UNUSED_FOR_DAYS.name]))
    return unused, tuple(key for key in current.older if key not in unused)


def _told(
    resource: Resource,
    todo: Plan,
    current: Current,
    issued: bool = False,
    revoked: tuple[Object, ...] = (),
    used: tuple[Object, ...] = (),
    update: Write | None = None,
) -> Plan:
    """Return the plan with the keys of the series for the result and the diff."""
    series = (*current.older, *([] if current.object is None else [current.object]))
    gone = {key["id"] for key in revoked}
    left = [key for key in series if key["id"] not in gone]
    previous = left if issued else left[:-1]
    lists = {"previous": previous, "revoked": revoked, "still_used": used}
    there, then = [key["id"] for key in series], [key["id"] for key in left] + [_NEW] * issued
    before, after = _shown(todo, update)
    return replace(
        todo,
        returns={
            "issued": issued,
            **_updated(resource, update),
            **{name: [resource.shape(key, current.scope) for key in keys] for name, keys in lists.items()},
        },
        shows=({"keys": there, **before}, {"keys": then, **after}),
    )


def _updated(resource: Resource, update: Write | None) -> dict[str, bool]:
    """Return what becomes of the current key, for the result, of keys that the API can update."""
    body = (update.body if update else None) or {}
    return {"extended": EXPIRES in body, "scopes_changed": SCOPES.name in body} if EXTEND in resource.settings else {}


def _shown(todo: Plan, update: Write | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a diff shows of an update, before and after."""
    body = (update.body if update else None) or {}
    before, after = {}, {}
    if EXPIRES in body:
        before, after = {"expires_at": (todo.before or {}).get("expires_at")}, {EXPIRES: body[EXPIRES]}
    return before, {**after, **{name: body[name] for name in (SCOPES.name,) if name in body}}
