# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Common settings and rules of issued keys: their expiry, and their rotation."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field, Object, value_at

DAY = 86400
LONGEST_LIFE = 365 * DAY

ROTATE_AFTER_DAYS = Field("rotate_after_days", "int", minimum=1)
PREVIOUS = Field("previous", choices=("keep", "revoke_unused", "revoke"), default="keep")
UNUSED_FOR_DAYS = Field("unused_for_days", "int", default=7, minimum=0)
CURRENT = Field("current", choices=("newest", "stored"), default="newest")
STORED_KEY_ID = Field("stored_key_id", clearable=True)

ROTATION = (ROTATE_AFTER_DAYS, PREVIOUS, UNUSED_FOR_DAYS, CURRENT, STORED_KEY_ID)
"""The settings of a series of keys."""

EXTEND = Field("extend_when_days_left", "int", minimum=1)
UPDATE_SCOPES = Field("update_scopes", choices=("on_issue", "when_known", "always"), default="on_issue")
ALLOW_UNRESTRICTED = Field("allow_unrestricted", "bool", default=False)

LIVING = (EXTEND, UPDATE_SCOPES, ALLOW_UNRESTRICTED)
"""The settings about a key that works, of keys that the API can update."""

SCOPES = Field("scopes", "list")

EVENTS = {"api_key.created": "data.scopes", "api_key.updated": "changes_requested.scopes"}
"""The events that say which scopes a key gets, and the path of the scopes in the details of each."""

EXPIRY = (
    Field("expires_in_seconds", "int", minimum=1, maximum=LONGEST_LIFE),
    Field("expires_in_days", "int", body="expires_in_seconds", times=DAY, minimum=1, maximum=LONGEST_LIFE // DAY),
)
"""The fields of a request to issue a key. An organization's policy may require an expiry."""


def expires_otherwise(key: Object, seconds: int, now: float) -> bool:
    """Return whether the answer shows another expiry of a new key than after this many seconds.

    A difference of up to a tenth, at most a day, can be due to clocks and rounding. If the API does not show the
    expiry, it may be right.
    """
    expires_at, created_at = key.get("expires_at"), key.get("created_at")
    if not isinstance(expires_at, (int, float)):
        return False
    began = created_at if isinstance(created_at, (int, float)) else now
    return bool(abs(expires_at - began - seconds) > min(seconds / 10, DAY))


def is_unused(key: Object, days: int) -> bool:
    """Return whether a key was not used for this many days; a key that was never used counts from its creation.

    False if the API does not show when it was created.
    """
    return _is_past(key.get("last_used_at") or key.get("created_at"), days)


def is_older(key: Object, days: int) -> bool:
    """Return whether a key is at least this many days old; false if the API does not show its creation."""
    return _is_past(key.get("created_at"), days)


def _is_past(moment: float | None, days: int) -> bool:
    return moment is not None and moment <= time.time() - days * DAY


def scopes_given(event_type: Any, details: Mapping[str, Any]) -> Sequence[str] | None:
    """Return the scopes that a key got with an event of the audit log; null if the event does not say."""
    found = value_at(details, EVENTS.get(str(event_type), ""))
    return found if isinstance(found, list) and all(isinstance(scope, str) for scope in found) else None
