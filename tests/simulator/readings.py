# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Unkind readings of the API's description, each a set of switches; a client must cope with all of them.

Where the description does not say what the real API does, the simulator takes the kind reading by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KIND = "kind"
"""The name of the reading without any of these switches."""

UNNAMED = ["archived_at", "external_key_id", "expires_at", "accepted_at", "last_used_at", "technical_level"]
"""Fields that may be null or missing, and that identify nothing."""

Switches = Mapping[str, Any]

READINGS: Mapping[str, Switches] = {
    "case is minded": {"case_sensitive": True},
    "lists lag behind by a read": {"lag_reads": 1},
    "lists lag behind by time": {"lag_seconds": 0.3},
    "null where it may be": {"nulls": True},
    "null in details": {"nulls": [*UNNAMED, "first_id", "last_id", "developer_persona", "projects", "quantity"]},
    "optional fields are missing": {"omit_optional": True},
    "optional details are missing": {"omit_optional": [*UNNAMED, "first_id", "last_id", "residency", "role"]},
    "required fields are missing": {"omit_required": ["created_at", "added_at", "projects", "owner"]},
    "addresses stand elsewhere": {"address_elsewhere": True},
    "200 with an error": {"not_done": "error"},
    "200, but not deleted": {"not_done": "deleted_false"},
    "200 with the old value": {"not_done": "old_value"},
    "names are trimmed": {"names": "trimmed"},
    "names are normalized": {"names": "nfc"},
    "limits are capped": {"limits_cap": 60},
    "unknown values": {"unknown_values": True},
    "items come twice": {"items_repeated": True},
    "a bucket on two pages": {"bucket_split": True},
    "errors without ids": {"errors_without_ids": True},
    "ids without prefixes": {"bare_ids": True},
    "answers trickle": {"trickle": 0},
}
"""Every unkind reading, by its name."""

BEYOND = {"required fields are missing", "200 with an error", "unknown values"}
"""Readings that the description does not allow, but that clients meet: servers change before descriptions do."""
