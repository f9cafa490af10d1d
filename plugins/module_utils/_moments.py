# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Moments and times as tasks write them: Unix seconds, ISO 8601, C(since: 7d), C(month: 2026-10). All in UTC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import Spec, option

SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
TIME_OPTIONS = ("start_time", "end_time", "since", "month")
_AGO = re.compile(r"(\d+)([mhdw])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Span:
    """From a moment on, until before another one; null: without end. Unix seconds."""

    start: int | None = None
    end: int | None = None


def time_options() -> Spec:
    """The options that say when; what C(span) reads."""
    return {name: option() for name in TIME_OPTIONS}


def moment(value: Any) -> int:
    """Unix seconds of a number, or of a date or time in ISO 8601; without a zone it is UTC. Raises C(ValueError)."""
    text = str(value).strip()
    if re.fullmatch(r"-?\d+", text):
        seconds = int(text)
    else:
        parsed = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", text))
        seconds = int((parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)).timestamp())
    if seconds < 0:
        raise ValueError(text)
    return seconds


def span(params: Mapping[str, Any], now: float) -> tuple[Span, list[str]]:
    """The time that a task means, and what is wrong with how it says so."""
    given = [name for name in TIME_OPTIONS if params.get(name) is not None]
    problems = []
    if "month" in given and len(given) > 1:
        problems.append(f"month excludes {', '.join(name for name in given if name != 'month')}")
    if "since" in given and "start_time" in given:
        problems.append("since excludes start_time")
    times: dict[str, int] = {}
    for name in given:
        try:
            times.update(_READ[name](str(params[name]).strip(), now))
        except (ValueError, OverflowError):
            problems.append(f"{name} must be {_FORM[name]}, not '{params[name]}'")
    found = Span(times.get("start"), times.get("end"))
    if not problems and found.start is not None and found.end is not None and found.end <= found.start:
        problems.append("end_time must be later than the beginning")
    return found, problems


def _month(text: str, unused_now: float) -> dict[str, int]:
    match = _MONTH.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month = map(int, match.groups())
    first = datetime(year, month, 1, tzinfo=timezone.utc)
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=timezone.utc)
    return {"start": int(first.timestamp()), "end": int(following.timestamp())}


def _since(text: str, now: float) -> dict[str, int]:
    match = _AGO.fullmatch(text)
    if not match:
        raise ValueError(text)
    start = int(now) - int(match.group(1)) * SECONDS[match.group(2)]
    if start < 0:
        raise ValueError(text)
    return {"start": start}


_READ = {
    "start_time": lambda text, unused_now: {"start": moment(text)},
    "end_time": lambda text, unused_now: {"end": moment(text)},
    "since": _since,
    "month": _month,
}
_TIME = "Unix seconds, or a date or time such as 2026-10-01 or 2026-10-01T12:00:00Z"
_FORM = {
    "start_time": _TIME,
    "end_time": _TIME,
    "since": "a number and m, h, d or w, such as 7d",
    "month": "a year and a month, such as 2026-10",
}
