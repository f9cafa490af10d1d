# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Times in options of tasks: a date, a duration until now, a month. In UTC unless they name a zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Optional

Span = tuple[Optional[int], Optional[int]]
"""Start (inclusive) and end (exclusive), in Unix seconds; null if open."""

Period = tuple[int, int]

STARTS = ("start_time", "since", "month")
TIMES = (*STARTS, "end_time")
"""The options of a span of time."""

_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_SECONDS = re.compile(r"\d+(\.\d+)?")
_ISO_8601 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? ?(?:([Zz])|([+-])(\d\d):?(\d\d)?)?)?"
)
_AGO = re.compile(r"(\d{1,9}) ?([mhdw])")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_END = int(datetime(9999, 12, 31, tzinfo=timezone.utc).timestamp())


def span(params: Mapping[str, Any], now: float, problems: list[str]) -> Span:
    """Return the range of time that a task asks for. Appends errors to C(problems)."""
    named = [option for option in TIMES if params.get(option) is not None]
    starts = [option for option in named if option in STARTS]
    if len(starts) > 1:
        problems.append(f"{' and '.join(starts)} exclude each other")
    if "month" in named and "end_time" in named:
        problems.append("month and end_time exclude each other")
    found = {option: _read(option, params[option], now, problems) for option in named}
    start = next((found[option][0] for option in starts), None)
    end = next((found[option][1] for option in ("end_time", "month") if option in found), None)
    if "month" not in named and start is not None and end is not None and end <= start:
        problems.append(f"end_time must be later than {starts[0]}: there is no time between them")
    return start, end


def unix_time(option: str, text: Any, problems: list[str]) -> int | None:
    """Return Unix seconds for a text in Unix seconds or ISO 8601. Appends errors to C(problems)."""
    found = _seconds(str(text).strip())
    if found is None or not 0 <= found < _END:
        problems.append(
            f"{option} must be Unix seconds, or ISO 8601 such as 2026-10-01 or 2026-10-01T08:30:00+02:00, not '{text}'"
        )
        return None
    return found


def _read(option: str, text: Any, now: float, problems: list[str]) -> Span:
    if option == "since":
        return _ago(text, now, problems), None
    if option == "month":
        return _month(text, now, problems)
    found = unix_time(option, text, problems)
    return (None, found) if option == "end_time" else (found, None)


def _seconds(text: str) -> int | None:
    if _SECONDS.fullmatch(text):
        return int(text.partition(".")[0])
    written = _ISO_8601.fullmatch(text)
    if not written:
        return None
    *parts, dummy, sign, hours, minutes = written.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-offset if sign == "-" else offset)
        read = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
    return (read - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(seconds=1)


def _ago(text: Any, now: float, problems: list[str]) -> int | None:
    said = _AGO.fullmatch(str(text).strip())
    start = int(now) - int(said[1]) * _UNITS[said[2]] if said else -1
    if said is None or int(said[1]) < 1 or start < 0:
        problems.append(f"since must be a number and m, h, d or w, such as 90m, 24h, 7d or 2w, not '{text}'")
        return None
    return start


def _month(text: Any, now: float, problems: list[str]) -> Span:
    """Return a whole month in UTC; C(this) and C(last) are allowed too."""
    word = str(text).strip()
    present = datetime.fromtimestamp(now, timezone.utc)
    count = present.year * 12 + present.month - 1
    said = _MONTH.fullmatch(word)
    if word in ("this", "last"):
        count -= word == "last"
    elif said and 1 <= int(said[2]) <= 12 and 1970 <= int(said[1]) < 9999:
        count = int(said[1]) * 12 + int(said[2]) - 1
    else:
        problems.append(f"month must be a year and a month such as 2026-10, or this, or last, not '{text}'")
        return None, None
    start, end = (datetime(each // 12, each % 12 + 1, 1, tzinfo=timezone.utc) for each in (count, count + 1))
    return int(start.timestamp()), int(end.timestamp())
