# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Concurrent pieces of work, distributed over the API's routes: the only file here that starts threads.

The API limits the rate per route, so the cooldown of one route must not delay the others. The order in which
pieces end depends on timing; the order of results does not.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import WORKERS
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Stopped
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted

End = TypeVar("End")
SECONDS_BETWEEN_LINES = 10
_GLANCE = 0.5
"""Seconds between two checks of the progress."""


@dataclass(frozen=True, eq=False)
class Piece(Generic[End]):
    """A piece of work: the route of its first request, C(METHOD /route), and a function."""

    route: str
    work: Callable[[], End]


@dataclass(frozen=True, eq=False)
class Pace:
    """How to run pieces: the number of workers, and the function that reports progress."""

    workers: int = WORKERS
    tell: Callable[[str], None] | None = None


class Routes(Protocol):
    """What the pieces send their requests with: a client, or a snapshot."""

    @property
    def stop(self) -> threading.Event:
        """The event after which no piece begins."""

    def rests(self, name: str) -> float:
        """Return the remaining seconds of the cooldown of the route C(METHOD /route)."""


def spread(client: Routes, pieces: Sequence[Piece[End]], pace: Pace, doing: str) -> Sequence[End | AdminError]:
    """Run all pieces, and return the result or the error of each, in the order of the pieces.

    After C(client.stop) is set, no piece begins; the error of those that did not begin is C(Stopped).
    """
    return _run(client, pieces, pace, doing, until_failure=False)


def gather(client: Routes, pieces: Sequence[Piece[End]], pace: Pace, doing: str) -> list[End]:
    """Run all pieces and return their results.

    After a failure, no piece begins. Raises the first C(AdminError), with the number of other pieces that failed.
    """
    ends: list[End] = []
    errors: list[AdminError] = []
    for end in _run(client, pieces, pace, doing, until_failure=True):
        if isinstance(end, AdminError):
            errors.append(end)
        else:
            ends.append(end)
    if not errors:
        return ends
    causes = [error for error in errors if not isinstance(error, Stopped)]
    first, others = (causes or errors)[0], len(causes) - 1
    if others > 0:
        first.add(f"{counted(others, 'other request')} failed as well.")
    raise first


def _run(
    client: Routes, pieces: Sequence[Piece[End]], pace: Pace, doing: str, until_failure: bool
) -> Sequence[End | AdminError]:
    if not pieces:
        return []
    queue = _Queue(client, pieces)
    failed = threading.Event()
    ends: list[Any] = [Stopped("The task was stopped before it sent this request.")] * len(pieces)

    def work() -> None:
        while not (client.stop.is_set() or failed.is_set()):
            number = queue.take()
            if number is None:
                return
            try:
                ends[number] = pieces[number].work()
            except AdminError as error:
                ends[number] = error
                if until_failure:
                    failed.set()
            finally:
                queue.finish(number)

    workers = min(pace.workers, len(pieces))
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(work) for dummy in range(workers)]
        told = time.monotonic()
        while wait(futures, timeout=_GLANCE).not_done:
            if pace.tell and time.monotonic() - told >= SECONDS_BETWEEN_LINES:
                told = time.monotonic()
                pace.tell(f"{doing}: {queue.progress()}")
        for future in futures:
            future.result()
    return ends


class _Queue:
    """Hands out pieces, preferring the route that is ready and has the fewest pieces in progress."""

    def __init__(self, client: Routes, pieces: Sequence[Piece[Any]]) -> None:
        self._client = client
        self._pieces = pieces
        self._waiting: dict[str, deque[int]] = {}
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._finished = 0
        for number, piece in enumerate(pieces):
            self._waiting.setdefault(piece.route, deque()).append(number)

    def take(self) -> int | None:
        """Return the number of the next piece; null if all have begun."""
        with self._lock:
            routes = [route for route, numbers in self._waiting.items() if numbers]
            if not routes:
                return None
            route = min(routes, key=lambda each: (self._client.rests(each) > 0, self._under_way[each]))
            self._under_way[route] += 1
            return self._waiting[route].popleft()

    def finish(self, number: int) -> None:
        """Record that a piece has ended."""
        with self._lock:
            self._under_way[self._pieces[number].route] -= 1
            self._finished += 1

    def progress(self) -> str:
        """Return the progress, and what it waits for: C(120 of 301; waiting 43 s for GET /organization/users)."""
        waits = {route: self._client.rests(route) for route, count in self._under_way.items() if count}
        route = max(waits, key=lambda each: waits[each], default="")
        waiting = f"; waiting {waits[route]:.0f} s for {route}" if route and waits[route] else ""
        return f"{self._finished} of {len(self._pieces)}{waiting}"


@contextmanager
def stopping_on_sigterm() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM sets instead of ending the process: running pieces finish, and no new ones begin."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGTERM, lambda dummy, unused_frame: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)
