# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Many pieces of work at the same time, spread over the API's routes.

The API limits the rate per route, so a route that cools down must not hold up the others. In which
order pieces end depends on timing; what comes back does not.
"""

from __future__ import annotations

import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ansible_collections.community.openai_admin.plugins.module_utils._client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._errors import AdminError

End = TypeVar("End")


class Stopped(AdminError):
    """A piece of work was not begun, since the task was told to end."""


@dataclass(frozen=True, eq=False)
class Piece(Generic[End]):
    """A piece of work: the route of its first request, C(METHOD /route), and what does it."""

    route: str
    work: Callable[[], End]


def spread(client: Client, pieces: Sequence[Piece[End]], workers: int, stop: threading.Event) -> list[End | AdminError]:
    """What each piece came to, or why it failed, in the order of the pieces."""
    queue = _Queue(client, pieces)
    ends: list[Any] = [Stopped("Not begun: the task was told to end.")] * len(pieces)

    def work() -> None:
        while not stop.is_set():
            number = queue.take()
            if number is None:
                return
            try:
                ends[number] = pieces[number].work()
            except AdminError as error:
                ends[number] = error
            finally:
                queue.finish(number)

    with ThreadPoolExecutor(max(1, min(workers, len(pieces)))) as pool:
        for worker in [pool.submit(work) for dummy in range(workers)]:
            worker.result()
    return ends


def gather(client: Client, pieces: Sequence[Piece[End]], workers: int, stop: threading.Event) -> list[End]:
    """What all pieces came to. Raises C(AdminError) if one of them failed: the first one's, and how many others."""
    ends: list[End] = []
    failed: list[AdminError] = []
    for end in spread(client, pieces, workers, stop):
        if isinstance(end, AdminError):
            failed.append(end)
        else:
            ends.append(end)
    if failed:
        more = f" {len(failed) - 1} other requests failed as well." if len(failed) > 1 else ""
        raise AdminError(failed[0].message + more, **failed[0].facts)
    return ends


class _Queue:
    """Hands out pieces, always of the route that is ready and has the fewest under way."""

    def __init__(self, client: Client, pieces: Sequence[Piece[Any]]) -> None:
        self._client = client
        self._pieces = pieces
        self._waiting: dict[str, deque[int]] = {}
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()
        for number, piece in enumerate(pieces):
            self._waiting.setdefault(piece.route, deque()).append(number)

    def take(self) -> int | None:
        with self._lock:
            routes = [route for route, numbers in self._waiting.items() if numbers]
            if not routes:
                return None
            route = min(routes, key=lambda each: (self._client.rests(each), self._under_way[each]))
            self._under_way[route] += 1
            return self._waiting[route].popleft()

    def finish(self, number: int) -> None:
        with self._lock:
            self._under_way[self._pieces[number].route] -= 1


@contextmanager
def stopping_on_sigterm() -> Iterator[threading.Event]:
    """An event that SIGTERM sets instead of ending the process: what is under way is finished, no more begun."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGTERM, lambda dummy, unused_frame: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)
