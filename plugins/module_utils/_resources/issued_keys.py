# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What keys that are issued have in common: how long they live, and when newer ones replace them."""

from __future__ import annotations

import time

from ansible_collections.community.openai_admin.plugins.module_utils._resource import Field, Object

DAY = 86400
LONGEST_LIFE = 365 * DAY

ROTATE_AFTER_DAYS = Field("rotate_after_days", "int", minimum=1)
PREVIOUS = Field("previous", choices=("keep", "revoke_unused", "revoke"), default="keep")
UNUSED_FOR_DAYS = Field("unused_for_days", "int", default=7, minimum=0)
CURRENT = Field("current", choices=("newest", "stored"), default="newest")
STORED_KEY_ID = Field("stored_key_id", clearable=True)

ROTATION = (ROTATE_AFTER_DAYS, PREVIOUS, UNUSED_FOR_DAYS, CURRENT, STORED_KEY_ID)
"""Settings of a series of keys."""

EXPIRY = (
    Field("expires_in_seconds", "int", minimum=1, maximum=LONGEST_LIFE),
    Field("expires_in_days", "int", body="expires_in_seconds", times=DAY, minimum=1, maximum=LONGEST_LIFE // DAY),
)
"""What goes with a request that issues a key. An organization's policy may demand it."""


def is_unused(key: Object, days: int) -> bool:
    """Not used for so many days; a key that was never used counts from its creation, and never if that is not known."""
    known = key.get("last_used_at") or key.get("created_at")
    return known is not None and bool(known <= time.time() - days * DAY)


def is_older(key: Object, days: int) -> bool:
    """Issued so many days ago, or before."""
    created = key.get("created_at")
    return created is not None and bool(created <= time.time() - days * DAY)
