# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong with a request, as data: each kind of fault, and to which requests it can happen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

SOON = 2
"""Seconds that a server asks to wait."""
TIMED_OUT = {"X-Simulated": "timeout"}
"""The header of an answer that the client shall not get: it waits in vain, in simulated time."""


@dataclass(frozen=True)
class Seen:
    """All requests of one route that a task sent when nothing went wrong, and the last answer."""

    method: str
    route: str
    path: str
    count: int
    answer: Any

    @property
    def writes(self) -> bool:
        """Whether the request is a write request."""
        return self.method != "GET"

    @property
    def issues(self) -> bool:
        """The answer holds a new key, of which nobody can have another copy."""
        if not self.writes or not isinstance(self.answer, dict):
            return False
        return any(isinstance(part, dict) and "value" in part for part in (self.answer, self.answer.get("api_key")))

    @property
    def lists(self) -> bool:
        """Whether the answer is a listing."""
        return not self.writes and isinstance(self.answer, dict) and "data" in self.answer

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


Details = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """C(variants) gives for a request what the simulator is told, each under a name; none: it cannot happen there."""

    variants: Callable[[Seen], Iterator[tuple[str, Details]]]
    others: bool = False
    """Somebody else changes the organization meanwhile, so that it ends otherwise than without the fault."""
    shapes: bool = False
    """What an answer looks like, of which there are a great many."""
    heals: bool = False
    """Unless it happens for good, it must make no difference."""
    unsure: bool = False
    """Nobody can know whether the request was carried out, so that no key is asked for again."""


FOR_GOOD = "for good"


def always(kind: str, heals: bool = False, unsure: bool = False, **details: Any) -> Kind:
    """A fault that can happen to every request: once, or each time."""

    def variants(unused_seen: Seen) -> Iterator[tuple[str, Details]]:
        fault = {"kind": kind, **details}
        if callable(fault.get("headers")):
            fault["headers"] = fault["headers"]()
        yield "once", fault
        yield FOR_GOOD, {**fault, "times": None}

    return Kind(variants, heals=heals, unsure=unsure)


def afterwards(kind: str, **details: Any) -> Kind:
    """A fault after a change was stored."""
    every = always(kind, when="after", **details)
    return Kind(lambda seen: every.variants(seen) if seen.writes else iter(()))


def _wrong_shapes(seen: Seen) -> Iterator[tuple[str, Details]]:
    """Each value of the answer in another type than its own, and left empty."""
    for at, value in _places(seen.answer):
        for wrong in None, "seven" if isinstance(value, (int, float)) else 7, [7], {"seven": 7}:
            if type(wrong) is not type(value):
                shown = ".".join(map(str, at))
                yield f"{shown} is {wrong!r}", {"kind": "shape", "at": list(at), "body": wrong, "times": None}


def _places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every place in an answer; of a list the first entry stands for all."""
    if at:
        yield at, value
    parts = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _places(part, (*at, key))


def _other_answers(unused_seen: Seen) -> Iterator[tuple[str, Details]]:
    """JSON that is nothing the API would answer, instead of the answer to what was done."""
    for body in {}, [], [7], 7, None, {"object": "list"}, {"data": [7]}, {"data": None}, {"error": "no"}:
        yield f"{body!r}", {"kind": "body", "body": body, "when": "after"}
    yield "{} for good", {"kind": "body", "body": {}, "when": "after", "times": None}


def _cursors(seen: Seen) -> Iterator[tuple[str, Details]]:
    if seen.lists:
        yield "repeating", {"kind": "cursor", "body": "again", "times": None}
        yield "endless", {"kind": "cursor", "times": None}


def _overlaps(seen: Seen) -> Iterator[tuple[str, Details]]:
    if seen.lists and seen.count > 1:
        yield "the next page begins with the last object of this one", {"kind": "overlap"}


def _gone_between_pages(seen: Seen) -> Iterator[tuple[str, Details]]:
    """The object after which the next page begins is removed by somebody else, where the API can do that."""
    if seen.lists and seen.count > 1 and seen.route in REMOVED_WITH:
        method, suffix = REMOVED_WITH[seen.route]
        gone = {"method": method, "path": f"{seen.path}/{{last}}{suffix}", "body": None}
        yield "each page's last object goes", {"kind": "meanwhile", "when": "after", "body": gone, "times": None}


REMOVED_WITH = {
    "/organization/projects": ("POST", "/archive"),
    "/organization/projects/{project_id}/users": ("DELETE", ""),
    "/organization/projects/{project_id}/service_accounts": ("DELETE", ""),
    "/organization/projects/{project_id}/api_keys": ("DELETE", ""),
    "/organization/users": ("DELETE", ""),
}


def _unless_deleted(kind: Kind) -> Kind:
    """An empty answer is a good one to a deletion."""
    return Kind(lambda seen: iter(()) if seen.method == "DELETE" else kind.variants(seen))


KINDS: dict[str, Kind] = {
    "429": always("status", status=429, heals=True),
    "429, seconds": always("status", heals=True, status=429, headers={"Retry-After": str(SOON)}),
    "429, date": always(
        "status", heals=True, status=429, headers=lambda: {"Retry-After": formatdate(time.time() + SOON, usegmt=True)}
    ),
    "429, milliseconds": always("status", heals=True, status=429, headers={"Retry-After-Ms": str(SOON * 1000)}),
    "500 before": always("status", status=500, heals=True, unsure=True),
    "502 before": always("html", status=502, heals=True, unsure=True),
    "503 before": always("status", status=503, heals=True, unsure=True),
    "500 after": afterwards("status", status=500),
    "dropped before": always("drop", heals=True, unsure=True),
    "dropped after": afterwards("drop"),
    "timeout before": always("status", heals=True, unsure=True, status=504, headers=TIMED_OUT),
    "timeout after": afterwards("status", status=504, headers=TIMED_OUT),
    "truncated": always("truncate"),
    "HTML": always("html"),
    "HTML after": afterwards("html"),
    "empty": _unless_deleted(always("body", body="")),
    "empty after": afterwards("body", body=""),
    "wrong shape": Kind(_wrong_shapes, shapes=True),
    "other answer": Kind(_other_answers, shapes=True),
    "cursor": Kind(_cursors),
    "overlapping pages": Kind(_overlaps, heals=True),
    "gone between pages": Kind(_gone_between_pages, others=True),
}
