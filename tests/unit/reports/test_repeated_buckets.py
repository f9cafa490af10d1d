# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Buckets that come again: the same one is counted once, one that goes on is added to, and none gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import TooLarge
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.costs import COSTS
from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import Sums, _read, add_buckets
from hypothesis import given
from hypothesis import strategies as st

DAY = 86400
GROUPS = ["project_id", "line_item"]


def result(amount: int, project: str | None = "a", item: str | None = "x", currency: str = "usd") -> dict[str, Any]:
    cost = {"value": Decimal(amount), "currency": currency}
    return {"object": "organization.costs.result", "amount": cost, "project_id": project, "line_item": item}


def bucket(day: int, *results: dict[str, Any]) -> dict[str, Any]:
    times = {"start_time": day * DAY, "end_time": (day + 1) * DAY}
    return {"object": "bucket", **times, "results": list(results)}


def added(*found: dict[str, Any], group_by: list[str] | None = None, grouped: bool = True) -> dict[str, Any]:
    return add_buckets(COSTS, found, GROUPS if group_by is None else group_by, None, grouped)


def test_the_same_bucket_twice_is_counted_once() -> None:
    once = bucket(1, result(3), result(4, "b"))
    assert added(once, once) == added(once)
    assert added(once)["total"]["amount"] == "7"


def test_a_bucket_whose_results_come_in_another_order_is_the_same_one() -> None:
    assert added(bucket(1, result(3), result(4, "b")), bucket(1, result(4, "b"), result(3)))["total"]["amount"] == "7"


def test_a_bucket_that_goes_on_is_one_bucket() -> None:
    found = added(bucket(1, result(3)), bucket(1, result(4, "b")))
    assert found == added(bucket(1, result(3), result(4, "b")))
    assert len(found["buckets"]) == 1


def test_two_days_that_look_alike_are_two() -> None:
    assert added(bucket(1, result(3)), bucket(2, result(3)))["total"]["amount"] == "6"


def test_results_that_look_alike_within_a_bucket_are_several() -> None:
    assert added(bucket(1, result(3, None, None), result(3, None, None)), group_by=[])["total"]["amount"] == "6"


def test_what_several_questions_find_is_added_even_where_it_looks_alike() -> None:
    sums = Sums(COSTS, [], None, True)
    for unused_part in range(2):
        sums.add([bucket(1, result(3, None, None))])
    returns = sums.returns()
    assert returns["total"]["amount"] == "6"
    assert len(returns["buckets"]) == 1
    assert len(returns["buckets"][0]["results"]) == 2


def test_buckets_of_several_questions_come_back_in_the_order_of_time() -> None:
    sums = Sums(COSTS, GROUPS, None, True)
    sums.add([bucket(2, result(1)), bucket(3, result(1))])
    sums.add([bucket(1, result(1, "b")), bucket(3, result(1, "b"))])
    assert [each["start_time"] // DAY for each in sums.returns()["buckets"]] == [1, 2, 3]


@pytest.mark.parametrize("grouped", [True, False])
def test_a_currency_in_upper_case_is_the_same_one(grouped: bool) -> None:
    found = added(
        bucket(1, result(3, "a"), result(4, "a", currency="USD")),
        bucket(2, result(5, "a", currency="USD")),
        group_by=["project_id"],
        grouped=grouped,
    )
    assert found["total"] == {"amount": "12", "currency": "usd", "quantity": None, "quantity_unit": None}
    assert [(each["amount"], each["currency"]) for each in found["totals"]] == [("12", "usd")]
    currencies = {each["amount"]["currency"] for one in found["buckets"] for each in one["results"]}
    assert currencies == {"usd"}


def test_buckets_without_a_time_are_told_apart_by_nothing() -> None:
    nowhere = {"object": "bucket", "results": [result(3)]}
    assert added(nowhere, nowhere)["total"]["amount"] == "6"


days = st.integers(1, 4)
amounts = st.dictionaries(st.tuples(days, st.sampled_from("abcd"), st.sampled_from("xyz")), st.integers(-9, 9))


@given(amounts, st.data())
def test_however_days_are_cut_into_pages_the_sums_are_the_same(costs: dict[Any, int], data: st.DataObject) -> None:
    whole, pages = [], []
    for day in range(1, 5):
        results = [result(amount, project, item) for (at, project, item), amount in costs.items() if at == day]
        whole.append(bucket(day, *results))
        cut = data.draw(st.integers(0, len(results)))
        halves = [bucket(day, *results[:cut]), bucket(day, *results[cut:])]
        pages += [half for half in halves for unused_time in range(data.draw(st.integers(1, 3)))]
    for group_by in [], GROUPS, ["project_id"]:
        for grouped in True, False:
            expected = added(*whole, group_by=group_by, grouped=grouped)
            found = added(*pages, group_by=group_by, grouped=grouped)
            assert found["total"] == expected["total"]
            assert found["totals"] == expected["totals"]
            assert [each["start_time"] for each in found["buckets"]] == [
                each["start_time"] for each in expected["buckets"]
            ]


class Server:
    """Sends days whose parts are given, as many with a page as are asked for; too many of them are too large."""

    def __init__(self, parts: dict[int, list[list[dict[str, Any]]]], most: int) -> None:
        self.parts = parts
        self.most = most
        self.starts: list[int] = []

    def pages(self, request: Request) -> Iterator[dict[str, Any]]:
        start, limit = request.query["start_time"] // DAY, request.query["limit"]
        self.starts.append(start)
        sent = [bucket(day, *part) for day in sorted(self.parts) if day >= start for part in self.parts[day]]
        for number, each in enumerate(sent):
            if number == self.most and limit > 5:
                raise TooLarge("Could not read the costs: too large.", executed=True)
            yield each


@pytest.mark.parametrize("most", range(8))
def test_a_bucket_that_goes_on_in_a_page_that_is_too_large_is_read_again(most: int) -> None:
    split = {1: [[result(1)]], 2: [[result(2)], [result(3, "b")]], 3: [[result(4)], [result(5, "b")]], 4: [[result(6)]]}
    server: Any = Server(split, most)
    request = Request("GET", COSTS.path, "read", query={"start_time": DAY, "limit": 180})
    found = added(*_read(server, request))
    assert found["total"]["amount"] == "21"
    assert len(found["buckets"]) == 4
