# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports: what was used or charged, in buckets of time, summed by group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import Spec, option
from ansible_collections.community.openai_admin.plugins.module_utils._asked_projects import (
    asked_projects,
    projects_options,
)
from ansible_collections.community.openai_admin.plugins.module_utils._client import WORKERS, Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Given, Params
from ansible_collections.community.openai_admin.plugins.module_utils._errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._lookup import list_all
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Mode, take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._moments import Span, span, time_options
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Object
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._resources.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery, Outcome, Task

Number = Union[int, Decimal]


@dataclass(frozen=True, eq=False)
class Report:
    """What can be asked of one kind of report.

    C(widths): the largest page, in buckets, for each width. C(filters) and C(groups): what it can be narrowed
    down by, and divided by. C(measure): the numbers of a result, and what they must not be added up across.
    """

    title: str
    path: str
    widths: Mapping[str, int]
    filters: tuple[str, ...]
    groups: tuple[str, ...]
    measure: Callable[[Object], tuple[Mapping[str, Number], Mapping[str, Any]]]
    exact: bool = False


def report_task(reports: Mapping[str, Report], more: Spec, select: str = "") -> Task:
    """The task of an info module for reports, of which the option C(select) chooses one."""
    widths = list(dict.fromkeys(width for report in reports.values() for width in report.widths))
    groups = list(dict.fromkeys(group for report in reports.values() for group in report.groups))
    spec = {
        **({select: option(choices=list(reports))} if select else {}),
        **time_options(),
        **projects_options(),
        **more,
        "bucket_width": option(choices=widths, default="1d"),
        "group_by": option("list", elements="str", choices=groups),
        "names": option("list", elements="str", choices=list(_NAMED), default=["project_id", "user_id"]),
    }
    return Task(argument_spec=spec, work=partial(tell, reports, tuple(more), select))


def tell(
    reports: Mapping[str, Report],
    filters: tuple[str, ...],
    select: str,
    client: Client,
    params: Params,
    unused_given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Read a report. Raises C(AdminError)."""
    if select and params.get(select) is None:
        raise BadInput(f"{select} is required: one of {', '.join(reports)}.")
    report = reports[params[select]] if select else next(iter(reports.values()))
    when, problems = span(params, client.clock.now())
    if when.start is None and not problems:
        problems.append("one of these is required: start_time, since, month")
    problems += _unsupported(report, filters, params)
    if problems:
        raise BadInput(f"{'; '.join(problems)}.")
    projects, assumes = asked_projects(client, params)
    warnings = take_for_granted(assumes, mode, f"read {report.title}")
    narrowed = {name: params[name] for name in filters if params.get(name) is not None}
    if projects is not None:
        narrowed["project_ids"] = projects
    empty = any(value == [] for value in narrowed.values())
    buckets = [] if empty else list(client.pages(_request(report, params, when, narrowed)))
    groups = [group for group in report.groups if group in (params.get("group_by") or ())]
    totals, total = _totals(report, groups, buckets)
    for group in groups:
        if group in params["names"] and totals:
            _name(client, group, totals)
    returns = {"buckets": [_shown_bucket(bucket) for bucket in buckets], "totals": totals, "total": total}
    return Outcome(changed=False, returns=returns, warnings=warnings)


def _unsupported(report: Report, filters: Sequence[str], params: Params) -> list[str]:
    """What the task asks for and this kind of report does not have."""
    problems = []
    wrong = [name for name in filters if params.get(name) is not None and name not in report.filters]
    if wrong:
        problems.append(f"{report.title} cannot be filtered by {', '.join(wrong)}, only by {', '.join(report.filters)}")
    wrong = [name for name in params.get("group_by") or () if name not in report.groups]
    if wrong:
        problems.append(f"{report.title} cannot be grouped by {', '.join(wrong)}, only by {', '.join(report.groups)}")
    return problems


def _request(report: Report, params: Params, when: Span, narrowed: Mapping[str, Any]) -> Request:
    width = params["bucket_width"]
    query = {
        "start_time": when.start,
        "end_time": when.end,
        "bucket_width": width,
        "limit": report.widths[width],
        "group_by": params.get("group_by"),
        **narrowed,
    }
    return Request("GET", report.path, f"read {report.title}", query=query, exact=report.exact)


def _totals(
    report: Report, groups: Sequence[str], buckets: Iterable[Object]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The sums of each group over all buckets, the largest first; and those of all groups."""
    sums: dict[tuple[Any, ...], dict[str, Number]] = {}
    about: dict[tuple[Any, ...], dict[str, Any]] = {}
    whole: dict[str, Number] = {}
    for bucket in buckets:
        for result in bucket.get("results") or ():
            numbers, apart = report.measure(result)
            group = {**{name: result.get(name) for name in groups}, **apart}
            key = tuple(group.values())
            about[key] = group
            _add(sums.setdefault(key, {}), numbers)
            _add(whole, {apart["currency"]: numbers["amount"]} if "currency" in apart else numbers)
    ordered = sorted(sums, key=lambda key: ([-number for number in sums[key].values()], [str(part) for part in key]))
    totals = [{**about[key], **_shown(sums[key])} for key in ordered]
    return totals, _shown(whole)


def _add(sums: dict[str, Number], numbers: Mapping[str, Number]) -> None:
    for name, number in numbers.items():
        sums[name] = sums.get(name, 0) + number


def _shown(numbers: Mapping[str, Number]) -> dict[str, Any]:
    """Money as text: to the last digit, and without an exponent."""
    return {name: format(number, "f") if isinstance(number, Decimal) else number for name, number in numbers.items()}


def _shown_bucket(bucket: Object) -> dict[str, Any]:
    """A bucket as the API words it, but for what says that it is one; numbers with a point as text."""
    results = [_plain({name: value for name, value in each.items() if name != "object"}) for each in bucket["results"]]
    return {"start_time": bucket.get("start_time"), "end_time": bucket.get("end_time"), "results": results}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return format(value, "f") if isinstance(value, Decimal) else value


# --- names beside ids


def _name(client: Client, group: str, totals: list[dict[str, Any]]) -> None:
    """Put names beside the ids of a group."""
    ids = {each[group] for each in totals} - {None}
    found = _NAMED[group](client) if ids else {}
    for each in totals:
        each.update(_NAMES[group](found.get(each[group]), each[group]))


def _project_names(client: Client) -> dict[str, Any]:
    listed = list_all(client, PROJECT, query={"include_archived": True})
    return {project["id"]: project.get("name") for project in listed}


def _addresses(client: Client) -> dict[str, Any]:
    return {person["id"]: person.get("email") or person.get("name") for person in list_all(client, USER)}


def _key_names(client: Client) -> dict[str, Any]:
    projects = list_all(client, PROJECT)
    with ThreadPoolExecutor(WORKERS) as pool:
        listings = list(
            pool.map(lambda project: list_all(client, PROJECT_API_KEY, {"project_id": project["id"]}), projects)
        )
    return {key["id"]: key.get("name") or key.get("redacted_value") for keys in listings for key in keys}


_NAMED = {"project_id": _project_names, "user_id": _addresses, "api_key_id": _key_names}
"""How the names of a group are read."""
_NAMES: Mapping[str, Callable[[Any, Any], dict[str, Any]]] = {
    "project_id": lambda name, unused_id: {"project": name},
    "user_id": lambda name, unused_id: {"email": name},
    "api_key_id": lambda name, own_id: {"api_key": name, "api_key_deleted": own_id is not None and name is None},
}
