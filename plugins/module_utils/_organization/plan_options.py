# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The options of saved plans, as far as they alone show what is wrong. This file is pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_HASH = re.compile(r"[0-9a-f]{64}")
_DURATION = re.compile(r"(\d{1,6}) ?([mhdw])")
_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


def duration(text: str) -> int | None:
    """Return the seconds of a duration such as C(90m), C(8h) or C(2d); null if it is none."""
    found = _DURATION.fullmatch(text.strip())
    return int(found.group(1)) * _UNITS[found.group(2)] if found else None


def bad_options(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield errors in the options of saved plans, each with its option."""
    age, expected = options.get("plan_max_age"), options.get("plan_sha256")
    if age is not None and duration(age) is None:
        yield "plan_max_age", f"plan_max_age must be a duration such as 90m, 8h or 2d, not '{age}'."
    if age is not None and not options.get("apply"):
        yield "plan_max_age", "plan_max_age needs apply, the plan whose age it limits."
    if expected is not None and not _HASH.fullmatch(expected):
        yield "plan_sha256", "plan_sha256 must be 64 hexadecimal digits, as the task that wrote the plan returned it."
    if options.get("plan") and (options.get("apply") or expected is not None):
        yield "plan", f"plan and {'apply' if options.get('apply') else 'plan_sha256'} exclude each other."
