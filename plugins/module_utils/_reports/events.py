# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports of events: the newest ones, up to a maximum number, in a form that templates can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, BadAnswer
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, option
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import list_named
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import ID, Field, Object
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._reports.question import (
    Lister,
    ask,
    asked_options,
    bad_filters,
    refuse,
    unknown_filters,
    unmatched,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.addresses import canonical
from ansible_collections.community.openai_admin.plugins.module_utils._values.times import TIMES, span, unix_time

COMPARISONS = ("gt", "gte", "lt", "lte")
TIME = "effective_at"
"""The option and the filter for the time of events."""
ACTORS = "actor_emails"
"""The filter for the actors of events."""
SOME = 1000
"""Default number of events to read."""

_OFF = (
    "The audit log seems to be switched off: {}. An owner switches it on in the organization's settings."
    " It does not contain what happened before."
)


def recount(report: Report) -> Task:
    """Return the task of a module that reads the newest events."""
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
    wrong, strange = unknown_filters(report, params)
    refuse([*problems, *bad_filters(report, params, report.filters), *wrong])
    list_everything = Lister(client)
    question = ask(report, list_everything, params, mode)
    warnings = [*question.warnings, *strange]
    events: list[dict[str, Any]] = []
    truncated = False
    switched_off: bool | None = None
    if question.filters is not None:
        query = {**times, **question.filters}
        try:
            events, truncated = _read(client, report, query, question.any_of, limit)
            others = _other_spellings(client, report, question.filters, events, warnings)
            if others:
                more, cut = _read(client, report, {**query, ACTORS: others}, question.any_of, limit)
                every = _together(events, more)
                events, truncated = every[:limit], truncated or cut or len(every) > limit
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
        warnings.append(
            f"There are more events than the {limit} newest ones, which the task returned: see max_results."
        )
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
    """Return the filters for the time of events."""
    start, end = span(params, now, problems)
    limits = {name: value for name, value in (params.get(TIME) or {}).items() if value is not None}
    named = [name for name in TIMES if params.get(name) is not None]
    if limits and named:
        problems.append(f"{TIME} and {' and '.join(named)} exclude each other")
    found = {name: unix_time(f"{TIME}.{name}", value, problems) for name, value in limits.items()}
    return {f"{TIME}[{name}]": at for name, at in {"gte": start, "lt": end, **found}.items() if at is not None}


def _other_spellings(
    client: Client, report: Report, filters: Mapping[str, Any], events: Sequence[Object], warnings: list[str]
) -> list[str]:
    """Return the organization's spelling of addresses for which no event was found, if it differs.

    The API's filter may be case-sensitive. Raises C(RequestError).
    """
    asked = {canonical(address): address for address in filters.get(ACTORS) or ()}
    paths = report.shows["actor_email"] if asked else ()
    seen = set(asked) if len(asked) == 1 and events else {canonical(_first(event, paths)) for event in events}
    left = {form: address for form, address in asked.items() if form not in seen}
    if not left:
        return []
    try:
        people = list_named(client, USER, USER.keys[0], list(left.values()))
    except ApiError as error:
        if error.status not in (401, 403):
            raise
        warnings.append(f"Could not check how the organization spells {ACTORS}. {error.message}")
        return []
    known = [str(person["email"]) for person in people if canonical(person.get("email")) in left]
    return [address for address in dict.fromkeys(known) if address not in left.values()]


def _together(events: Sequence[dict[str, Any]], more: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge two lists of events without duplicates, the newest first."""
    every = {event.get(ID): event for event in (*events, *more)}
    return sorted(every.values(), key=_happened, reverse=True)


def _read(
    client: Client, report: Report, query: dict[str, Any], any_of: tuple[str, ...], limit: int
) -> tuple[list[dict[str, Any]], bool]:
    """Return the newest events without duplicates, and whether there are more."""
    query = {"limit": min(limit, report.page_size), **query}
    asked = Request("GET", report.path, f"read {report.title}", query=query, any_of=any_of)
    known: set[str] = set()
    parts = [_newest(client, part, limit, known) for part in client.parts(asked)]
    events = [event for found, dummy in parts for event in found]
    if len(parts) > 1:
        events.sort(key=_happened, reverse=True)
    return events[:limit], any(more for dummy, more in parts) or len(events) > limit


def _newest(client: Client, request: Request, limit: int, known: set[str]) -> tuple[list[dict[str, Any]], bool]:
    """Return the newest events that are not known, and whether there are more, as the last page says."""
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
    """Return whether an event has that value; null if only older events may have it."""
    paths = report.shows.get(dimension, ())
    return True if (alone and events) or any(_first(event, paths) == value for event in events) else None


def _seems_off(events: list[dict[str, Any]], query: dict[str, Any]) -> bool | None:
    """Return whether the audit log seems switched off; null if a filter may be why there are no events."""
    if events:
        return False
    return None if query else True


def _says_off(error: ApiError) -> bool:
    words = error.words.casefold()
    return error.status == 403 and "audit log" in words and "enabled" in words


def _shaped(report: Report, event: Object) -> dict[str, Any]:
    """Return an event in the API's structure, but with its details under one key for all types."""
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
