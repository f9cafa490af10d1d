# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports in buckets of time: all pages of them, and what they add up to, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from functools import partial, reduce
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import Spec, option
from ansible_collections.community.openai_admin.plugins.module_utils._client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Given, Params
from ansible_collections.community.openai_admin.plugins.module_utils._errors import BadAnswer, TooLarge
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._moments import STARTS, span
from ansible_collections.community.openai_admin.plugins.module_utils._names import KEYS_BY, name_groups
from ansible_collections.community.openai_admin.plugins.module_utils._report import (
    Measure,
    Report,
    ask,
    asked_options,
    bad_filters,
    lister,
    refuse,
)
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Object, value_at
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery, Outcome, Task

_LONGEST = 100
_FEWER = 6
"""By how much smaller pages are where they were too large."""
"""Digits before or after the point: a number with more is no amount."""
EXACT = Context(prec=10 * _LONGEST)
"""Adds amounts up without rounding them."""


def add_up(*reports: Report) -> Task:
    """The task of a module that reads one of these reports, by its kind where there are several."""
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
    chosen = [report for report in reports if report.kind == params.get("kind", report.kind)]
    problems.extend(_problems(chosen[0], reports, params) if chosen else ["kind is required"])
    refuse(problems)
    (report,) = chosen
    list_everything = lister(client)
    question = ask(report, list_everything, params, mode)
    width, group_by = params["bucket_width"], list(dict.fromkeys(params.get("group_by") or ()))
    buckets: list[dict[str, Any]] = []
    if question.filters is not None:
        times = {"start_time": start, "end_time": end, "bucket_width": width, "limit": report.widths[width]}
        query = {**times, "group_by": group_by, **question.filters}
        request = Request("GET", report.path, f"read {report.title}", query=query, exact=report.exact)
        buckets = [_worded(report, bucket) for bucket in _read(client, request)]
    results = [result for bucket in buckets for result in bucket["results"]]
    totals = _totals(report, group_by, results)
    named = name_groups(client, list_everything, group_by, totals, params["api_key_names"])
    returns = {"buckets": buckets, "totals": named, "total": _sum(report, results)}
    return Outcome(changed=False, returns={**returns, "start_time": start, "end_time": end}, warnings=question.warnings)


def _read(client: Client, request: Request) -> list[dict[str, Any]]:
    """All buckets, as many with a request as fit into an answer. Raises C(RequestError)."""
    while True:
        try:
            return list(client.pages(request))
        except TooLarge:
            fewer = request.query["limit"] // _FEWER
            if not fewer:
                raise
            request = replace(request, query={**request.query, "limit": fewer})


def _options(reports: tuple[Report, ...]) -> Spec:
    kinds = {"kind": option(choices=[report.kind for report in reports])} if len(reports) > 1 else {}
    widths = list(dict.fromkeys(width for report in reports for width in report.widths))
    dimensions = list(dict.fromkeys(name for report in reports for name in report.dimensions))
    return {
        **kinds,
        **asked_options(*reports),
        "bucket_width": option(choices=widths, default="1d"),
        "group_by": option("list", elements="str", choices=dimensions),
        "api_key_names": option("bool", default=False),
    }


def _problems(report: Report, reports: tuple[Report, ...], params: Params) -> list[str]:
    """What is wrong with a task's filters and groups."""
    known = {field.name: field for each in reports for field in each.filters}
    group_by = params.get("group_by") or []
    wrong = [name for name in group_by if name not in report.dimensions]
    problems = list(bad_filters(report, params, tuple(known.values())))
    if wrong:
        problems.append(
            f"{report.title} cannot be grouped by {', '.join(wrong)}, but by {', '.join(report.dimensions)}"
        )
    if params["api_key_names"] and not set(KEYS_BY) <= set(group_by):
        problems.append(f"api_key_names needs group_by with {' and '.join(KEYS_BY)}: keys are listed by project")
    return problems


def _worded(report: Report, bucket: Object) -> dict[str, Any]:
    """A bucket as the API words it, exact numbers as strings."""
    results = bucket.get("results")
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise BadAnswer(f"Could not read {report.title}: a bucket has no results.", executed=True)
    for result in results:
        for measure in report.measures:
            _check(report, measure, result)
        for name in (*report.dimensions, *(each.unit_field.answer or each.unit for each in report.measures)):
            if isinstance(value_at(result, name), (dict, list)):
                raise BadAnswer(f"Could not read {report.title}: {name} is no text.", executed=True)
    return {**bucket, "results": [_with_text(report, result) for result in results]}


def _check(report: Report, measure: Measure, result: Object) -> None:
    value = measure.field.read(result)
    if value is not None and _number(report, value) is None:
        raise BadAnswer(f"Could not read {report.title}: {measure.name} is no number ('{value}').", executed=True)


def _number(report: Report, value: Any) -> Any:
    """A measure as a number; none: it is not one."""
    if not report.exact:
        return value if isinstance(value, (int, float)) else None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    if not number:  # some zeros have thousands of digits after the point
        return Decimal(0)
    right = number.is_finite() and abs(number.adjusted()) <= _LONGEST and len(number.as_tuple().digits) <= _LONGEST
    return number if right else None


def _with_text(report: Report, result: Object) -> dict[str, Any]:
    worded = dict(result)
    for measure in report.measures if report.exact else ():
        value = measure.field.read(result)
        if value is not None:
            worded = _put(worded, (measure.answer or measure.name).split("."), as_text(_number(report, value)))
    return worded


def _put(value: Mapping[str, Any], path: Sequence[str], text: str) -> dict[str, Any]:
    first, *rest = path
    return {**value, first: _put(value[first], rest, text) if rest else text}


def as_text(number: Any) -> Any:
    """An exact number as it is written by hand."""
    if not isinstance(number, Decimal):
        return number
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _totals(report: Report, group_by: list[str], results: list[Any]) -> list[dict[str, Any]]:
    """What each group adds up to, the largest first."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for result in results:
        groups.setdefault(tuple(result.get(name) for name in group_by), []).append(result)
    totals = [{**dict(zip(group_by, group)), **_sum(report, members)} for group, members in groups.items()]
    largest = report.measures[0].name
    totals.sort(key=lambda total: [(total[name] is not None, str(total[name])) for name in group_by])
    totals.sort(key=lambda total: _number(report, total[largest] or 0), reverse=True)
    return totals


def _sum(report: Report, results: list[Any]) -> dict[str, Any]:
    """What results add up to. Where the unit is not the same for all, nothing does."""
    sums: dict[str, Any] = {}
    for measure in report.measures:
        values = [measure.field.read(result) for result in results]
        units = {measure.unit_field.read(result) for result in results} if measure.unit else {None}
        unclear = measure.unit and (None in values or len(units) > 1)
        numbers = [_number(report, value) for value in values if value is not None]
        sums[measure.name] = None if unclear else as_text(_add(report, numbers))
        if measure.unit:
            sums[measure.unit] = units.pop() if len(units) == 1 else None
    return sums


def _add(report: Report, numbers: list[Any]) -> Any:
    return reduce(EXACT.add, numbers, Decimal(0)) if report.exact else sum(numbers)
