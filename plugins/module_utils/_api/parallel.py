# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Concurrent pieces of work, distributed over the API's routes.

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
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Stopped
from ansible_collections.community.openai_admin.plugins.module_utils._values.plurals import counted

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
    """How to run pieces: the number of workers, the event that stops them, and the function that reports progress."""

    workers: int
    stop: threading.Event = field(default_factory=threading.Event)
    tell: Callable[[str], None] | None = None


def spread(client: Client, pieces: Sequence[Piece[End]], pace: Pace, doing: str) -> Sequence[End | AdminError]:
    """Run all pieces, and return the result or the error of each, in the order of the pieces."""
    if not pieces:
        return []
    queue = _Queue(client, pieces)
    ends: list[Any] = [Stopped("Not begun: the task was stopped.")] * len(pieces)

    def work() -> None:
        while not pace.stop.is_set():
            number = queue.take()
            if number is None:
                return
            try:
                ends[number] = pieces[number].work()
            except AdminError as error:
                ends[number] = error
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


def gather(client: Client, pieces: Sequence[Piece[End]], pace: Pace, doing: str) -> list[End]:
    """Run all pieces and return their results. Raises the first C(AdminError), with the number of further ones."""
    ends: list[End] = []
    failed: list[AdminError] = []
    for end in spread(client, pieces, pace, doing):
        if isinstance(end, AdminError):
            failed.append(end)
        else:
            ends.append(end)
    if failed:
        more = f" {counted(len(failed) - 1, 'other request')} failed as well." if len(failed) > 1 else ""
        *first, last = failed[0].lines
        raise AdminError([*first, last + more], **failed[0].facts)
    return ends


class _Queue:
    """Hands out pieces, preferring the route that is ready and has the fewest pieces in progress."""

    def __init__(self, client: Client, pieces: Sequence[Piece[Any]]) -> None:
        self._client = client
        self._pieces = pieces
        self._waiting: dict[str, deque[int]] = {}
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._finished = 0
        for number, piece in enumerate(pieces):
            self._waiting.setdefault(piece.route, deque()).append(number)

    def take(self) -> int | None:
        with self._lock:
            routes = [route for route, numbers in self._waiting.items() if numbers]
            if not routes:
                return None
            route = min(routes, key=lambda each: (self._client.rests(each) > 0, self._under_way[each]))
            self._under_way[route] += 1
            return self._waiting[route].popleft()

    def finish(self, number: int) -> None:
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
