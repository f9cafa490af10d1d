# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports of events: the newest ones, as many as a task wants, in a form that templates can read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import Spec, option
from ansible_collections.community.openai_admin.plugins.module_utils._client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Given, Params, is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._errors import ApiError, BadAnswer
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._moments import TIMES, moment, span
from ansible_collections.community.openai_admin.plugins.module_utils._report import (
    Lister,
    Report,
    ask,
    asked_options,
    bad_filters,
    refuse,
    unmatched,
)
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Field, Object
from ansible_collections.community.openai_admin.plugins.module_utils._task import Delivery, Outcome, Task

COMPARISONS = ("gt", "gte", "lt", "lte")
TIME = "effective_at"
"""The option and the filter for when events happened."""
SOME = 1000
"""How many events are read where a task does not say."""

_OFF = (
    "The audit log seems to be switched off: {}. An owner switches it on in the organization's settings."
    " What happened before that is not in it."
)


def recount(report: Report) -> Task:
    """The task of a module that reads the newest events."""
    return Task(argument_spec=_options(report), work=partial(collect, report))


def collect(
    report: Report,
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Read the events that a task asks for. Raises C(AdminError)."""
    problems: list[str] = []
    times = _times(params, client.clock.now(), problems)
    limit = params["max_results"]
    if limit < 1:
        problems.append(f"max_results must be at least 1, not {limit}")
    refuse([*problems, *bad_filters(report, params, report.filters), *_unknown(report, params)])
    list_everything = Lister(client)
    question = ask(report, list_everything, params, mode)
    warnings = list(question.warnings)
    events: list[dict[str, Any]] = []
    truncated = False
    switched_off: bool | None = None
    if question.filters is not None:
        query = {**times, **question.filters}
        try:
            events, truncated = _read(client, report, query, question.any_of, limit)
        except ApiError as error:
            if not _says_off(error):
                raise
            switched_off = True
            warnings.append(_OFF.format("the API says so"))
        else:
            switched_off = _seems_off(events, query)
            warnings += [_OFF.format("there is no event at all")] if switched_off else []
            warnings += unmatched(report, question, list_everything, partial(_has, report, events))
    if truncated and given.get("max_results") is None:
        warnings.append(f"There are more events than the {limit} newest ones, which came back: see max_results.")
    shaped = [_shaped(report, event) for event in events]
    returns = {report.kind: shaped, "truncated": truncated, "switched_off": switched_off}
    return Outcome(changed=False, returns=returns, warnings=tuple(warnings))


def _options(report: Report) -> Spec:
    return {
        TIME: option("dict", options={name: option() for name in COMPARISONS}),
        **asked_options(report),
        "max_results": option("int", default=SOME),
    }


def _times(params: Params, now: float, problems: list[str]) -> dict[str, int]:
    """The filters for when events happened."""
    start, end = span(params, now, problems)
    limits = {name: value for name, value in (params.get(TIME) or {}).items() if value is not None}
    named = [name for name in TIMES if params.get(name) is not None]
    if limits and named:
        problems.append(f"{TIME} and {' and '.join(named)} exclude each other")
    found = {name: moment(f"{TIME}.{name}", value, problems) for name, value in limits.items()}
    return {f"{TIME}[{name}]": at for name, at in {"gte": start, "lt": end, **found}.items() if at is not None}


def _unknown(report: Report, params: Params) -> Iterator[str]:
    """Entries of filters that are none of those that the API knows, if they are something at all."""
    for name, known in report.known.items():
        for value in params.get(name) or ():
            if value not in known and not is_blank(value):
                close = get_close_matches(value, known)
                advice = f"did you mean {' or '.join(close)}?" if close else f"it can be such as {', '.join(known[:3])}"
                yield f"{name} cannot be '{value}' ({advice})"


def _read(
    client: Client, report: Report, query: dict[str, Any], any_of: tuple[str, ...], limit: int
) -> tuple[list[dict[str, Any]], bool]:
    """The newest events, each once, and whether there are more."""
    query = {"limit": min(limit, report.page_size), **query}
    asked = Request("GET", report.path, f"read {report.title}", query=query, any_of=any_of)
    known: set[str] = set()
    parts = [_newest(client, part, limit, known) for part in client.parts(asked)]
    events = [event for found, dummy in parts for event in found]
    if len(parts) > 1:
        events.sort(key=_happened, reverse=True)
    return events[:limit], any(more for dummy, more in parts) or len(events) > limit


def _newest(client: Client, request: Request, limit: int, known: set[str]) -> tuple[list[dict[str, Any]], bool]:
    """The newest events but for those that are known, and whether there are more: the last page says that, too."""
    events: list[dict[str, Any]] = []
    for items, more in client.each_page(request, known):
        events += items
        if len(events) >= limit:
            return events[:limit], more or len(events) > limit
    return events, False


def _happened(event: Object) -> float:
    at = event.get(TIME)
    return at if isinstance(at, (int, float)) else 0


def _has(report: Report, events: list[dict[str, Any]], dimension: str, value: Any, alone: bool) -> bool | None:
    """Whether an event is of that; the newest ones say nothing of what others are of."""
    paths = report.shows.get(dimension, ())
    return True if (alone and events) or any(_first(event, paths) == value for event in events) else None


def _seems_off(events: list[dict[str, Any]], query: dict[str, Any]) -> bool | None:
    """Where a task asks for some events only and there are none, nobody knows."""
    if events:
        return False
    return None if query else True


def _says_off(error: ApiError) -> bool:
    words = error.words.casefold()
    return error.status == 403 and "audit log" in words and "enabled" in words


def _shaped(report: Report, event: Object) -> dict[str, Any]:
    """An event as the API words it, but for its details: they stand under a key of one name for all types."""
    kind = event.get("type")
    if not isinstance(kind, str):
        raise BadAnswer(f"Could not read {report.title}: an event has no type.", executed=True)
    worded = {name: value for name, value in event.items() if name != kind}
    shown = {name: _first(event, paths) for name, paths in report.shows.items()}
    nothing = dict.fromkeys(path.partition(".")[0] for paths in report.shows.values() for path in paths)
    return {**nothing, **worded, **shown, "details": event.get(kind) or {}}


def _first(event: Object, paths: tuple[str, ...]) -> Any:
    found = (Field(path, answer=path).read(event) for path in paths)
    return next((value for value in found if value is not None), None)
