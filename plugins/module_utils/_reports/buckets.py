# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports in buckets of time, read from all pages and added up exactly.

Results are added up as they arrive, because a large organization has a million in two months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal, localcontext
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadAnswer, TooLarge
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, option
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._reports.names import KEYS_BY, name_groups
from ansible_collections.community.openai_admin.plugins.module_utils._reports.question import (
    Lister,
    ask,
    asked_options,
    bad_filters,
    refuse,
    unknown_filters,
    unmatched,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.times import (
    STARTS,
    Period,
    Span,
    span,
    unix_time,
)

_LONGEST = 100
"""Maximum digits before or after the point of a valid amount."""
_FEWER = 6
"""The factor by which to reduce pages after one was too large."""
EXACT = Context(prec=10 * _LONGEST)
"""A context that adds up amounts without rounding."""
_PERIOD = ("start_time", "end_time")
_NONE, _MIXED = object(), object()
"""The unit of an empty tally, and of a tally with several units."""

Counted = list[tuple[Any, Any]]
"""The number and the unit of each measure of a result."""
Tally = list[list[Any]]
"""For each measure: the sum, its unit, and whether a number was missing."""
Tallies = list[Tally]
"""The tally of the whole range, then that of each period."""


def add_up(*reports: Report) -> Task:
    """Return the task of a module that reads one of these reports, selected by C(kind) if there are several."""
    return Task(argument_spec=_options(reports), work=partial(collect, reports))


def collect(
    reports: tuple[Report, ...],
    client: Client,
    params: Params,
    unused_given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Read the report that the task asks for, and add it up. Raises C(AdminError)."""
    problems: list[str] = []
    start, end = span(params, client.clock.now(), problems)
    if all(params.get(name) is None for name in STARTS):
        problems.append(f"one of these is required: {', '.join(STARTS)}")
    periods = _periods(params, (start, end), problems)
    chosen = [report for report in reports if report.kind == params.get("kind", report.kind)]
    wrong, strange = unknown_filters(chosen[0], params) if chosen else ([], [])
    problems.extend([*_problems(chosen[0], reports, params), *wrong] if chosen else ["kind is required"])
    refuse(problems)
    (report,) = chosen
    list_everything = Lister(client)
    question = ask(report, list_everything, params, mode)
    width, group_by = params["bucket_width"], list(dict.fromkeys(params.get("group_by") or ()))
    sums = Sums(report, group_by, periods, params["group_buckets"])
    if question.filters is not None:
        times = {"start_time": start, "end_time": end, "bucket_width": width, "limit": report.widths[width]}
        query = {**times, "group_by": group_by, **question.filters}
        doing = f"read {report.title}"
        asked = Request("GET", report.path, doing, query=query, exact=report.exact, any_of=question.any_of)
        for part in client.parts(asked):
            sums.add(_read(client, part))
    returns = sums.returns()
    warnings = (*question.warnings, *strange, *unmatched(report, question, list_everything, sums.has))
    totals = name_groups(client, list_everything, group_by, returns["totals"], params["api_key_names"])
    returns = {**returns, "totals": totals, "start_time": start, "end_time": end}
    return Outcome(changed=False, returns=returns, warnings=warnings)


def add_buckets(
    report: Report,
    found: Iterable[Object],
    group_by: Sequence[str],
    periods: Sequence[Period] | None = None,
    grouped: bool = True,
) -> dict[str, Any]:
    """Return buckets and their sums in the form of results. Raises C(BadAnswer)."""
    sums = Sums(report, group_by, periods, grouped)
    sums.add(found)
    return sums.returns()


class Sums:
    """The sums of buckets, whose results are added as they arrive."""

    def __init__(
        self, report: Report, group_by: Sequence[str], periods: Sequence[Period] | None, grouped: bool
    ) -> None:
        self._report = report
        self._group_by = group_by
        self._periods = periods
        self._grouped = grouped
        self._groups: dict[tuple[Any, ...], Tallies] = {}  # per unit: currencies are never added together
        self._buckets: dict[Any, _Bucket] = {}

    def add(self, found: Iterable[Object]) -> None:
        """Add the buckets of one query. Raises C(BadAnswer).

        A bucket that is repeated with the same results counts once, because pages can overlap. A bucket that is
        repeated with other results continues, because a page can end within a bucket. Equal buckets of different
        queries both count.
        """
        known: set[Any] = set()
        with localcontext(EXACT):
            for bucket in found:
                results = list(_results(self._report, bucket))
                time = _time(bucket)
                if time is not None:
                    mark = (time, len(results), sum(self._mark(*each) for each in results))
                    if mark in known:
                        continue
                    known.add(mark)
                self._count(time or object(), bucket, results)

    def _mark(self, result: Object, counted: Counted) -> int:
        return hash((*map(result.get, self._report.dimensions), *counted))

    def _count(self, time: Any, bucket: Object, results: list[tuple[Object, Counted]]) -> None:
        if time not in self._buckets:
            self._buckets[time] = _Bucket(bucket, [0, *_inside(self._periods or (), bucket)])
        into = self._buckets[time]
        for result, counted in results:
            dummy, unit = counted[0]
            group = (*map(result.get, self._group_by), unit)
            if group not in self._groups:
                self._groups[group] = self._nothing()
            tallies = self._groups[group]
            for place in into.inside:
                _count(tallies[place], counted)
            if unit not in into.whole:
                into.whole[unit] = {**result, **dict.fromkeys(self._report.dimensions)}, _nothing(self._report)
            _count(into.whole[unit][1], counted)
            if self._grouped:
                into.results.append(_worded(self._report, result, counted))

    def _nothing(self) -> Tallies:
        return [_nothing(self._report) for dummy in range(1 + len(self._periods or ()))]

    def has(self, dimension: str, value: Any, alone: bool) -> bool | None:
        """Return whether there are results for a value; C(alone): the only one in the query. Null: unknown."""
        if not self._groups:
            return False
        if dimension not in self._group_by:
            return True if alone else None
        place = self._group_by.index(dimension)
        return any(group[place] == value for group in self._groups)

    def returns(self) -> dict[str, Any]:
        """Return buckets, the oldest first, and sums in the form of results."""
        report, total = self._report, self._nothing()
        buckets = []
        with localcontext(EXACT):
            for bucket in self._buckets.values():
                results = bucket.results
                for first, tally in bucket.whole.values():
                    counted = _said(report, tally)
                    for place in bucket.inside:
                        _count(total[place], counted)
                    if not self._grouped:
                        results.append(_worded(report, first, counted))
                buckets.append({**bucket.told, "results": results})
            buckets.sort(key=lambda bucket: _time(bucket) or (0, 0))
            totals = [
                {**dict(zip(self._group_by, group)), **_shown(report, each, self._periods)}
                for group, each in self._groups.items()
            ]
            largest = report.measures[0].name
            totals.sort(key=lambda total: [(total[name] is not None, str(total[name])) for name in self._group_by])
            totals.sort(key=lambda total: _number(report, total[largest] or 0), reverse=True)
            return {"buckets": buckets, "totals": totals, "total": _shown(report, total, self._periods)}


@dataclass(frozen=True, eq=False)
class _Bucket:
    """A bucket as first received, the periods that contain it, and its sums."""

    told: Object
    inside: list[int]
    results: list[dict[str, Any]] = field(default_factory=list)
    whole: dict[Any, tuple[Object, Tally]] = field(default_factory=dict)


def _time(bucket: Object) -> tuple[int, int] | None:
    """Return start and end of a bucket; null if it lacks them."""
    begin, end = (bucket.get(name) for name in _PERIOD)
    return (begin, end if isinstance(end, int) else begin) if isinstance(begin, int) else None


def _read(client: Client, request: Request) -> Iterator[dict[str, Any]]:
    """Yield all buckets, as many per request as fit into an answer. Raises C(RequestError).

    This holds the last bucket back until another one begins, because it may continue in a page that is too large.
    """
    while True:
        held: list[dict[str, Any]] = []
        try:
            for bucket in client.pages(request):
                time = _time(bucket)
                if time is not None and time[0] > request.query["start_time"]:
                    yield from held
                    held = []
                    request = replace(request, query={**request.query, "start_time": time[0]})
                held.append(bucket)
            yield from held
            return
        except TooLarge:
            fewer = request.query["limit"] // _FEWER
            if not fewer:
                raise
            request = replace(request, query={**request.query, "limit": fewer})


def _options(reports: tuple[Report, ...]) -> Spec:
    kinds = {"kind": option(choices=[report.kind for report in reports])} if len(reports) > 1 else {}
    widths = list(dict.fromkeys(width for report in reports for width in report.widths))
    dimensions = list(dict.fromkeys(name for report in reports for name in report.dimensions))
    times = {name: option(required=True) for name in _PERIOD}
    return {
        **kinds,
        **asked_options(*reports),
        "bucket_width": option(choices=widths, default="1d"),
        "group_by": option("list", elements="str", choices=dimensions),
        "group_buckets": option("bool", default=True),
        "periods": option("list", elements="dict", options=times),
        "api_key_names": option("bool", default=False),
    }


def _problems(report: Report, reports: tuple[Report, ...], params: Params) -> list[str]:
    """Return errors in a task's filters and groups."""
    known = {field.name: field for each in reports for field in each.filters}
    group_by = params.get("group_by") or []
    wrong = [name for name in group_by if name not in report.dimensions]
    problems = list(bad_filters(report, params, tuple(known.values())))
    if wrong:
        problems.append(
            f"{report.title} cannot be grouped by {', '.join(wrong)}, only by {', '.join(report.dimensions)}"
        )
    if params["api_key_names"] and not set(KEYS_BY) <= set(group_by):
        problems.append(f"api_key_names needs group_by with {' and '.join(KEYS_BY)}: keys are listed by project")
    return problems


def _periods(params: Params, whole: Span, problems: list[str]) -> list[Period] | None:
    """Return the periods to add up separately, which have to lie within the range of the report."""
    if params.get("periods") is None:
        return None
    found = []
    for period in params["periods"]:
        start, end = (unix_time(f"{name} of periods", period[name], problems) for name in _PERIOD)
        if start is None or end is None:
            continue
        if end <= start:
            problems.append("end_time of periods must be later than start_time")
        if start < (whole[0] or 0) or end > (whole[1] or end):
            problems.append("periods must be within the time range of the report")
        found.append((start, end))
    return found


def _inside(periods: Sequence[Period], bucket: Object) -> Iterator[int]:
    """Yield the numbers of the periods in which a bucket begins, from 1."""
    begin: Any = bucket.get("start_time")
    if periods and not isinstance(begin, int):
        raise BadAnswer("Could not read periods: a bucket has no start_time.", executed=True)
    return (place for place, (start, end) in enumerate(periods, 1) if start <= begin < end)


def _results(report: Report, bucket: Object) -> Iterator[tuple[Object, Counted]]:
    """Yield the results of a bucket, and their measures. Raises C(BadAnswer)."""
    results = bucket.get("results")
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise BadAnswer(f"Could not read {report.title}: a bucket has no results.", executed=True)
    paths = [(each.name, each.path, each.unit_path, each.lower) for each in report.measures]
    names = (*report.dimensions, *(".".join(each.unit_path) for each in report.measures))
    for result in results:
        texts = list(map(result.get, report.dimensions))
        counted = []
        for name, path, unit_path, lower in paths:
            value, unit = _at(result, path), _at(result, unit_path)
            unit = unit.lower() if lower and isinstance(unit, str) else unit
            number = None if value is None else _number(report, value)
            if number is None and value is not None:
                raise BadAnswer(f"Could not read {report.title}: {name} is not a number ('{value}').", executed=True)
            texts.append(unit)
            counted.append((number, unit))
        for name, text in zip(names, texts):
            if isinstance(text, (dict, list)):
                raise BadAnswer(f"Could not read {report.title}: {name} is not a string.", executed=True)
        yield result, counted


def _at(value: Any, path: Sequence[str]) -> Any:
    """Return the value at a path in a result; null if there is none, or no path."""
    if not path:
        return None
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _number(report: Report, value: Any) -> Any:
    """Return a measure as a number; null if it is not one."""
    if not report.exact:
        return value if isinstance(value, (int, float)) else None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except ArithmeticError:
        return None
    if not number:  # some zeros have thousands of digits after the point
        return Decimal(0)
    right = number.is_finite() and abs(number.adjusted()) <= _LONGEST and len(number.as_tuple().digits) <= _LONGEST
    return number if right else None


def _worded(report: Report, result: Object, counted: Counted) -> dict[str, Any]:
    """Return a result in the API's structure with these numbers, exact ones as strings; null stays null."""
    worded = dict(result)
    for measure, (number, unit) in zip(report.measures, counted):
        for path, new in ((measure.path, as_text(number)), (measure.unit_path, unit)):
            if _at(worded, path) != new:
                worded = _put(worded, path, new)
    return worded


def _put(value: Any, path: Sequence[str], new: Any) -> dict[str, Any]:
    first, *rest = path
    inner = value if isinstance(value, dict) else {}
    return {**inner, first: _put(inner.get(first), rest, new) if rest else new}


def as_text(number: Any) -> Any:
    """Return an exact number in plain decimal notation."""
    if not isinstance(number, Decimal):
        return number
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _nothing(report: Report) -> Tally:
    return [[Decimal(0) if report.exact else 0, _NONE, False] for dummy in report.measures]


def _count(tally: Tally, counted: Counted) -> None:
    """Add to a tally; call this in an exact context."""
    for part, (number, unit) in zip(tally, counted):
        if number is None:
            part[2] = True
        else:
            part[0] += number
        if unit != part[1]:
            part[1] = unit if part[1] is _NONE else _MIXED


def _said(report: Report, tally: Tally) -> Counted:
    """Return the sums of a tally; null if units differ."""
    return [
        (None if measure.unit and (missing or unit is _MIXED) else number, None if unit in (_NONE, _MIXED) else unit)
        for measure, (number, unit, missing) in zip(report.measures, tally)
    ]


def _shown(report: Report, tallies: Tallies, periods: Sequence[Period] | None) -> dict[str, Any]:
    """Return the sums of tallies, those of periods separately."""
    whole, *apart = (
        {
            name: value
            for measure, (number, unit) in zip(report.measures, _said(report, tally))
            for name, value in ((measure.name, as_text(number)), (measure.unit, unit))
            if name
        }
        for tally in tallies
    )
    return whole if periods is None else {**whole, "periods": apart}
