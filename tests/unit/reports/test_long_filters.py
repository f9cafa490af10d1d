# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A filter that is too long for one URL is sent in parts, and every object passes exactly one of them."""

from __future__ import annotations

from contextlib import closing
from itertools import product
from typing import Any
from urllib.parse import urlencode

from ansible_collections.community.openai_admin.plugins.module_utils._api import client as _client
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import (
    MAX_URL,
    Client,
    Connection,
    Request,
)
from hypothesis import given
from hypothesis import strategies as st

BASE = "https://api.example.com/v1"
ROUTE = "/organization/costs"
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
lists = st.lists(words, max_size=400)


def parts(query: dict[str, Any], any_of: tuple[str, ...]) -> list[Request]:
    with closing(Client(Connection("sk-admin-test", BASE))) as client:
        return list(client.parts(Request("GET", ROUTE, "read the costs", query=query, any_of=any_of)))


def url(part: Request) -> str:
    """By another way than the client's own."""
    pairs = [(f"{name}[]", each) for name, value in part.query.items() if isinstance(value, list) for each in value] + [
        (name, value) for name, value in part.query.items() if not isinstance(value, list)
    ]
    return f"{BASE}{ROUTE}?{urlencode(pairs)}"


def ids(count: int, kind: str = "proj") -> list[str]:
    return [f"{kind}_{number:024}" for number in range(count)]


def test_80_kb_are_sent_in_as_few_parts_as_possible() -> None:
    wanted = ids(1700)
    found = parts({"limit": 180, "project_ids": wanted}, ("project_ids",))
    assert [each for part in found for each in part.query["project_ids"]] == wanted
    sizes = [len(url(part)) for part in found]
    assert max(sizes) <= MAX_URL
    assert len(found) == -(-sum(sizes) // MAX_URL)


def test_what_is_short_is_one_request() -> None:
    assert [part.query for part in parts({"project_ids": ids(20)}, ("project_ids",))] == [{"project_ids": ids(20)}]


def test_what_is_no_filter_is_never_divided() -> None:
    query = {"group_by": ids(400), "project_ids": ids(1)}
    assert [part.query for part in parts(query, ("project_ids",))] == [query]


def test_a_value_is_sent_once() -> None:
    found = parts({"project_ids": [*ids(300), *ids(300)]}, ("project_ids",))
    assert [each for part in found for each in part.query["project_ids"]] == ids(300)


def test_two_long_filters_meet_in_all_ways() -> None:
    projects, keys = ids(200), ids(200, "key")
    found = parts({"project_ids": projects, "api_key_ids": keys}, ("project_ids", "api_key_ids"))
    pairs = [pair for part in found for pair in product(part.query["project_ids"], part.query["api_key_ids"])]
    assert sorted(pairs) == sorted(product(projects, keys))
    assert max(len(url(part)) for part in found) <= MAX_URL


def test_one_value_that_is_too_long_is_sent_by_itself() -> None:
    long = "x" * (MAX_URL + 1)
    found = parts({"models": ["a", long, "b"]}, ("models",))
    assert [part.query["models"] for part in found] == [["a"], [long], ["b"]]


@given(lists, lists)
def test_every_pair_passes_exactly_one_part(models: list[str], keys: list[str]) -> None:
    before = _client.MAX_URL
    _client.MAX_URL = 1000
    try:
        found = parts({"limit": 31, "models": models, "api_key_ids": keys}, ("models", "api_key_ids"))
    finally:
        _client.MAX_URL = before
    pairs = [pair for part in found for pair in product(part.query["models"], part.query["api_key_ids"])]
    assert sorted(pairs) == sorted(product(dict.fromkeys(models), dict.fromkeys(keys)))
    for part in found:
        assert len(url(part)) <= 1000 or 1 in (len(part.query["models"]), len(part.query["api_key_ids"]))
