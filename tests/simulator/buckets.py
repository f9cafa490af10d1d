# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cut reports of usage and costs into buckets of time, groups and pages."""

from __future__ import annotations

import base64
import binascii
import gc
import hashlib
import json
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from .consumption import DAY, MINUTE, Record, Source, Value
from .errors import ApiError, bad_request
from .operations import Call

WIDTHS = {"1m": MINUTE, "1h": 3600, "1d": DAY}
FILTERS = {
    "project_ids": "project_id",
    "user_ids": "user_id",
    "api_key_ids": "api_key_id",
    "models": "model",
    "sizes": "size",
    "sources": "source",
    "vector_store_ids": "vector_store_id",
    "context_levels": "context_level",
    "line_items": "line_item",
}
_CURSOR = "page_"
_OF_NO_QUERY = frozenset({"page", "limit"})
_TIMES = {"start_time", "end_time"}
_LARGE = 2**16

Bucket = tuple[int, int]
Gather = Callable[[Source, int, int], Iterable[Record]]
Result = Callable[[Mapping[str, Value], Sequence[Record]], Mapping[str, Any]]


@dataclass(frozen=True)
class Halves:
    """Whether a page begins with the second half of a bucket, and whether it ends with the first half of one."""

    begins: bool
    ends: bool

    def of(self, text: str, *, first: bool, last: bool) -> str:
        """Return the part of a bucket that the page contains, as JSON."""
        second = first and self.begins
        if not second and not (last and self.ends):
            return text
        bucket = json.loads(text)
        middle = len(bucket["results"]) // 2
        bucket["results"] = bucket["results"][middle:] if second else bucket["results"][:middle]
        return json.dumps(bucket, separators=(",", ":"))


@dataclass(frozen=True)
class Report:
    """A report: by bucket width, the default and the maximum number of buckets on a page, and how results are computed.

    Results can be grouped by `dimensions`. With `whole_days`, every bucket has its full width, whatever the range is;
    otherwise the range can shorten the first and the last bucket.
    """

    limits: Mapping[str, tuple[int, int]]
    dimensions: Sequence[str]
    gather: Gather
    result: Result
    whole_days: bool = False

    def page(self, call: Call) -> dict[str, Any]:
        """Return the page that a request asks for."""
        width = call.query.get("bucket_width") or "1d"
        limit = self._limit(call, width)
        start, end = self._range(call, WIDTHS[width])
        halved = False
        if call.query.get("page") is not None:
            start, halved = _position(call, start, end)
        buckets: list[Bucket] = []
        while start < end and len(buckets) < limit:
            following = (start // WIDTHS[width] + 1) * WIDTHS[width]
            buckets.append((start, following if self.whole_days else min(following, end)))
            start = following
        splits = call.world.behaviour.bucket_split and len(buckets) > halved
        again = splits or (call.world.behaviour.items_repeated and len(buckets) > 1)
        more = start < end or splits
        following = buckets[-1][0] if again and more else start
        return {
            "object": "page",
            "data": partial(self._told, call, buckets, Halves(halved, splits)),
            "has_more": more,
            "next_page": _cursor(call, following, half=splits) if more else None,
        }

    def _told(self, call: Call, buckets: Sequence[Bucket], halves: Halves, word: Callable[[Any], str]) -> Iterator[str]:
        """Yield the buckets as JSON; a switch can repeat each of them, another one can halve the first and the last."""
        times = 2 if call.world.behaviour.items_repeated else 1
        for number, text in enumerate(self._filled(call, buckets, word)):
            for unused_time in range(times):
                yield halves.of(text, first=number == 0, last=number == len(buckets) - 1)

    def _limit(self, call: Call, width: str) -> int:
        default, maximum = self.limits[width]
        wanted = call.query.get("limit")
        limit: int = default if wanted is None else wanted
        if not 1 <= limit <= maximum:
            raise _invalid("limit", f"for buckets of {width} it must be between 1 and {maximum}")
        return min(limit, call.world.behaviour.page_size or limit)

    def _range(self, call: Call, width: int) -> tuple[int, int]:
        """Return the start and the end of the buckets; the present bucket is the last one possible."""
        start: int = call.query["start_time"]
        end: int | None = call.query.get("end_time")
        if start < 0:
            raise _invalid("start_time", "it must not be negative")
        if end is not None and end <= start:
            raise _invalid("end_time", "it must be later than 'start_time'")
        present = (call.world.now() // width + 1) * width
        unit = width if self.whole_days else MINUTE
        return start // unit * unit, present if end is None else min(end, present)

    def _filled(self, call: Call, buckets: Sequence[Bucket], word: Callable[[Any], str]) -> Iterator[str]:
        """Yield the buckets with their results, day by day, since a large organization has many thousand results a day.

        Large buckets in the past are cached, since a client that finds a page too large asks for smaller pages.
        """
        source = Source(call.world.organization, call.world.now(), _chosen(call.query))
        kept = call.world.past.of((_fingerprint(call, {*_OF_NO_QUERY, *_TIMES}), source.state()))
        wanted = call.query.get("group_by") or ()
        names = [name for name in self.dimensions if name in wanted]
        for unused_day, same_day in groupby(buckets, lambda bucket: bucket[0] // DAY):
            of_day = list(same_day)
            if all(bucket in kept for bucket in of_day):
                yield from (zlib.decompress(kept[bucket]).decode() for bucket in of_day)
                continue
            starts = [start for start, unused_end in of_day]
            found: list[list[Record]] = [[] for unused_bucket in of_day]
            with _no_collections():
                for record in self.gather(source, starts[0], of_day[-1][1]):
                    found[bisect_right(starts, record.at) - 1].append(record)
                filled = [
                    [self._worded(names, group, records) for group, records in _grouped(names, inside)]
                    for inside in found
                ]
            for (start, end), results in zip(of_day, filled, strict=True):
                text = word({"object": "bucket", "start_time": start, "end_time": end, "results": results})
                if end <= source.now and len(text) > _LARGE:
                    kept[start, end] = zlib.compress(text.encode(), 1)
                yield text

    def _worded(self, names: Sequence[str], group: Sequence[Value], records: Sequence[Record]) -> Mapping[str, Any]:
        nothing: dict[str, Value] = dict.fromkeys(self.dimensions)
        return self.result({**nothing, **dict(zip(names, group, strict=True))}, records)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Pause garbage collection: a day in a large organization makes many thousand objects, and no reference cycles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _chosen(query: Mapping[str, Any]) -> dict[str, frozenset[Value]]:
    chosen: dict[str, frozenset[Value]] = {
        dimension: frozenset(query[name]) for name, dimension in FILTERS.items() if query.get(name) is not None
    }
    return {**chosen, "batch": frozenset([query["batch"]])} if query.get("batch") is not None else chosen


def _grouped(names: Sequence[str], records: Iterable[Record]) -> list[tuple[tuple[Value, ...], list[Record]]]:
    groups: dict[tuple[Value, ...], list[Record]] = {}
    for record in records:
        groups.setdefault(tuple([record.dimensions.get(name) for name in names]), []).append(record)
    return sorted(groups.items(), key=lambda item: [(value is not None, str(value)) for value in item[0]])


def totals(records: Iterable[Record]) -> dict[str, int]:
    """Return the sum of each amount over all records."""
    sums: dict[str, int] = {}
    for record in records:
        for name, amount in record.amounts.items():
            sums[name] = sums.get(name, 0) + amount
    return sums


def _cursor(call: Call, start: int, *, half: bool = False) -> str:
    """Return the cursor of the next page, which is valid only for this query."""
    written = f"{start}.{int(half)}.{_fingerprint(call)}"
    return _CURSOR + base64.urlsafe_b64encode(written.encode()).decode()


def _position(call: Call, start: int, end: int) -> tuple[int, bool]:
    cursor = call.query["page"]
    try:
        written = base64.urlsafe_b64decode(cursor.removeprefix(_CURSOR).encode("ascii")).decode("ascii")
        position, half, fingerprint = written.split(".")
        found, halved = int(position), half == "1"
    except (binascii.Error, ValueError):
        raise _invalid("page", "it is no 'next_page' of an earlier answer") from None
    if fingerprint != _fingerprint(call) or not start <= found <= end:
        raise _invalid("page", "it belongs to a query with other parameters")
    return found, halved


def _fingerprint(call: Call, apart: Set[str] = _OF_NO_QUERY) -> str:
    same = {name: value for name, value in call.query.items() if name not in apart}
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()[:8]


def _invalid(param: str, reason: str) -> ApiError:
    return bad_request(f"Invalid value for '{param}': {reason}.", param=param, code="invalid_value")
