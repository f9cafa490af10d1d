# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many pieces of work: in the order of the pieces whatever the timing, no route held up by another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api import parallel
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection, Route
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused, Stopped
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather, spread
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def client() -> Client:
    return Client(Connection("sk-admin-schedule"))


def raising(error: Exception) -> Callable[[], Any]:
    def work() -> None:
        raise error

    return work


@given(st.lists(st.sampled_from(["GET /a", "GET /b", "POST /a"]), max_size=30), st.integers(1, 12))
def test_what_comes_back_is_in_the_order_of_the_pieces(routes: list[str], workers: int) -> None:
    pieces = [Piece(route, partial(int, number)) for number, route in enumerate(routes)]
    assert spread(Client(Connection("k")), pieces, Pace(workers), "Counting") == list(range(len(routes)))


def test_no_more_workers_than_asked_for(client: Client) -> None:
    names = set()
    lock = threading.Lock()

    def work() -> None:
        time.sleep(0.001)
        with lock:
            names.add(threading.current_thread().name)

    spread(client, [Piece("GET /a", work)] * 50, Pace(3), "Working")
    assert len(names) <= 3


def test_a_route_that_cools_down_comes_last(client: Client) -> None:
    order: list[str] = []
    client._routes["GET /a"] = Route(ready_at=client.clock.monotonic() + 60)
    routes = ["GET /a", "GET /a", "GET /b", "GET /b"]
    spread(client, [Piece(route, partial(order.append, route)) for route in routes], Pace(1), "Going")
    assert order == ["GET /b", "GET /b", "GET /a", "GET /a"]


def test_a_failure_stands_where_it_happened_and_a_bug_is_one(client: Client) -> None:
    refused = Refused("no")
    assert spread(client, [Piece("GET /a", raising(refused)), Piece("GET /a", lambda: 1)], Pace(2), "x") == [refused, 1]
    with pytest.raises(ZeroDivisionError):
        spread(client, [Piece("GET /a", raising(ZeroDivisionError()))], Pace(2), "x")


def test_all_or_an_error(client: Client) -> None:
    assert gather(client, [Piece("GET /a", lambda: 1)], Pace(1), "x") == [1]
    both = threading.Barrier(2)

    def fail(words: str) -> None:
        both.wait(10)
        raise Refused(words)

    with pytest.raises(Refused, match=r"^first 1 other request failed as well\.$"):
        gather(client, [Piece("GET /a", partial(fail, words)) for words in ("first", "second")], Pace(2), "x")


def test_nothing_is_begun_after_a_failure_if_all_results_are_needed(client: Client) -> None:
    begun: list[int] = []
    pieces = [
        Piece("GET /a", raising(Refused("no"))),
        *(Piece("GET /a", partial(begun.append, 1)) for unused in range(9)),
    ]
    with pytest.raises(Refused, match=r"^no$"):
        gather(client, pieces, Pace(1), "x")
    assert begun == []
    spread(client, pieces, Pace(1), "x")
    assert len(begun) == 9


def test_nothing_is_begun_after_the_end(client: Client) -> None:
    client.stop.set()
    (end,) = spread(client, [Piece("GET /a", lambda: 1)], Pace(1), "x")
    assert isinstance(end, Stopped)
    with pytest.raises(Stopped, match=r"^The task was stopped before it sent this request\.$"):
        gather(client, [Piece("GET /a", lambda: 1)] * 2, Pace(1), "x")


def test_it_says_how_far_it_is_and_what_it_waits_for(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(parallel, "SECONDS_BETWEEN_LINES", 0)
    monkeypatch.setattr(parallel, "_GLANCE", 0.01)
    client._routes["GET /a"] = Route(ready_at=client.clock.monotonic() + 60)
    lines: list[str] = []
    spread(client, [Piece("GET /a", lambda: time.sleep(0.1))], Pace(1, tell=lines.append), "Reading")
    assert lines[0] in ("Reading: 0 of 1; waiting 60 s for GET /a", "Reading: 0 of 1")
    assert "Reading: 0 of 1; waiting 60 s for GET /a" in lines
