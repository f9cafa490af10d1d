# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's usage of each kind, through the official SDK: the same answers, whatever way is asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import OrganizationError, Simulator
from simulator.consumption import KINDS
from simulator.organization import Ids, load, source

MINUTE, HOUR, DAY = 60, 3600, 86400
NOW = 1_800_000_000 + 12345  # 2027-01-15 11:25:45
TODAY = NOW // DAY * DAY
STANDARD = {"project_id", "user_id", "api_key_id"}
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "ada@example.com", "role": "owner", "id": "user-ada"}],
    "projects": [
        {
            "name": "one",
            "id": "proj_one",
            "users": [{"email": "ada@example.com"}],
            "service_accounts": [{"name": "robot"}],
            "api_keys": [
                {"name": "used", "id": "key_used", "service_account": "robot", "last_used_at": "2026-06-01"},
                {"name": "personal", "id": "key_ada", "user": "ada@example.com", "last_used_at": "2026-06-01"},
                {"name": "unused", "id": "key_unused", "service_account": "robot"},
            ],
        },
        {"name": "two", "id": "proj_two"},
        {"name": "gone", "id": "proj_gone", "created_at": "2026-02-01", "archived_at": "2026-12-31"},
    ],
    "behaviour": {"clock": NOW},
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def known(simulator: Simulator) -> None:
    """An organization at a known time."""
    simulator.reset(ORGANIZATION)


def refused(match: str | None = None) -> Any:
    """Expect a 400."""
    return pytest.raises(openai.BadRequestError, match=match)


def pages(admin: Organization, kind: str, **query: Any) -> Iterator[Any]:
    page = getattr(admin.usage, kind)(**query)
    yield page
    while page.has_more:
        page = getattr(admin.usage, kind)(**query, page=page.next_page)
        yield page
    assert page.next_page is None


def buckets(admin: Organization, kind: str, **query: Any) -> list[Any]:
    return [bucket for page in pages(admin, kind, **query) for bucket in page.data]


def results(admin: Organization, kind: str, **query: Any) -> list[dict[str, Any]]:
    found = buckets(admin, kind, **{"start_time": TODAY - 29 * DAY, "limit": 31, **query})
    return [result.to_dict() for bucket in found for result in bucket.results]


def sums(rows: list[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, int) and not isinstance(value, bool):
                found[name] = found.get(name, 0) + value
    return found


def dimensions(kind: str) -> list[str]:
    return [*(STANDARD if KINDS[kind].personal else {"project_id"}), *KINDS[kind].dimensions]


@every_kind
class TestEveryKind:
    def test_the_last_seven_days(self, admin: Organization, simulator: Simulator, kind: str) -> None:
        simulator.reset()
        found = buckets(admin, kind, start_time=int(time.time()) - 7 * DAY)
        assert any(bucket.results for bucket in found)
        assert len(found) == 8
        assert found[-1].start_time <= time.time() < found[-1].end_time

    def test_same_answer(self, admin: Organization, simulator: Simulator, kind: str) -> None:
        first = results(admin, kind, group_by=dimensions(kind))
        assert first == results(admin, kind, group_by=dimensions(kind))
        simulator.reset(ORGANIZATION)
        assert first == results(admin, kind, group_by=dimensions(kind))
        simulator.reset({**ORGANIZATION, "usage": {"seed": 2}})
        assert first != results(admin, kind, group_by=dimensions(kind))

    def test_what_is_not_grouped_by_is_null(self, admin: Organization, kind: str) -> None:
        for row in results(admin, kind):
            assert {name: row[name] for name in dimensions(kind)} == dict.fromkeys(dimensions(kind))

    def test_groups_do_not_change_totals(self, admin: Organization, kind: str) -> None:
        total = sums(results(admin, kind))
        assert total
        names = dimensions(kind)
        for group_by in (*([name] for name in names), *map(list, combinations(names, 2)), names):
            rows = results(admin, kind, group_by=group_by)
            assert sums(rows) == total
            assert all(row[name] is None for row in rows for name in names if name not in group_by)
        assert len(results(admin, kind, group_by=["project_id"])) > len(results(admin, kind))

    def test_widths_do_not_change_totals(self, admin: Organization, kind: str) -> None:
        day = {"start_time": TODAY - 2 * DAY, "end_time": TODAY}
        total = sums(results(admin, kind, **day))
        assert sums(results(admin, kind, bucket_width="1h", limit=168, **day)) == total
        assert sums(results(admin, kind, bucket_width="1m", limit=1440, **day)) == total

    def test_ranges_add_up(self, admin: Organization, kind: str) -> None:
        first, last = TODAY - 5 * DAY, TODAY - DAY
        middle = first + DAY + 5 * HOUR + 7 * MINUTE
        parts = [
            row
            for start, end in ((first, middle), (middle, last))
            for row in results(admin, kind, start_time=start, end_time=end)
        ]
        assert sums(parts) == sums(results(admin, kind, start_time=first, end_time=last))

    def test_filters_choose_what_groups_show(self, admin: Organization, kind: str) -> None:
        names = {"project_id": "project_ids", "user_id": "user_ids", "api_key_id": "api_key_ids", "model": "models"}
        names |= {"size": "sizes", "source": "sources", "vector_store_id": "vector_store_ids"}
        names |= {"context_level": "context_levels", "batch": "batch"}
        for name in names.keys() & set(dimensions(kind)):
            groups: dict[Any, list[dict[str, Any]]] = {}
            for row in results(admin, kind, group_by=[name]):
                groups.setdefault(row[name], []).append(row)
            for value, rows in groups.items():
                if value is not None:
                    wanted = value if name == "batch" else [value]
                    assert results(admin, kind, group_by=[name], **{names[name]: wanted}) == rows
            if name not in ("batch", "size", "source", "context_level"):
                assert results(admin, kind, **{names[name]: ["nothing"]}) == []
                both = [value for value in groups if value is not None][:2]
                expected = sums([row for value in both for row in groups[value]])
                assert sums(results(admin, kind, **{names[name]: both})) == expected

    def test_nothing_lies_in_the_future(self, admin: Organization, simulator: Simulator, kind: str) -> None:
        tomorrow = TODAY + DAY
        simulator.behaviour(clock=tomorrow + DAY)
        complete = results(admin, kind, start_time=TODAY, end_time=tomorrow, bucket_width="1m", limit=1440)
        simulator.behaviour(clock=NOW)
        found = buckets(admin, kind, start_time=TODAY, end_time=tomorrow, bucket_width="1m", limit=1440)
        assert found[-1].start_time <= NOW < found[-1].end_time
        now = [result.to_dict() for bucket in found for result in bucket.results]
        assert now == complete[: len(now)]
        assert not buckets(admin, kind, start_time=NOW + DAY, end_time=NOW + 9 * DAY)

    def test_unknown_groups(self, admin: Organization, kind: str) -> None:
        others = {"line_item", "colour", "project"} | ({"model"} - set(dimensions(kind)))
        others |= {"size", "vector_store_id", "batch", "user_id"} - set(dimensions(kind))
        for name in sorted(others):
            with refused("group_by"):
                getattr(admin.usage, kind)(start_time=TODAY, group_by=[name])


class TestBuckets:
    @pytest.mark.parametrize(
        ("width", "seconds", "default", "maximum"),
        [("1d", DAY, 7, 31), ("1h", HOUR, 24, 168), ("1m", MINUTE, 60, 1440)],
    )
    def test_limits(self, admin: Organization, width: Any, seconds: int, default: int, maximum: int) -> None:
        query: dict[str, Any] = {"start_time": TODAY - 100 * DAY, "bucket_width": width}
        assert len(admin.usage.completions(**query).data) == default
        page = admin.usage.completions(**query, limit=maximum)
        assert [bucket.start_time for bucket in page.data] == [
            query["start_time"] + number * seconds for number in range(maximum)
        ]
        assert all(bucket.end_time - bucket.start_time == seconds for bucket in page.data)
        for limit in (0, -1, maximum + 1):
            with refused("limit"):
                admin.usage.completions(**query, limit=limit)

    def test_the_default_width_is_a_day(self, admin: Organization) -> None:
        start = TODAY - 3 * DAY
        assert admin.usage.images(start_time=start) == admin.usage.images(start_time=start, bucket_width="1d")

    def test_ends_are_as_short_as_the_range(self, admin: Organization) -> None:
        start, end = TODAY - 2 * DAY + HOUR + 30, TODAY - HOUR
        found = buckets(admin, "completions", start_time=start, end_time=end)
        assert [(bucket.start_time, bucket.end_time) for bucket in found] == [
            (start - 30, TODAY - DAY),
            (TODAY - DAY, end),
        ]

    def test_empty_ones(self, admin: Organization) -> None:
        found = buckets(admin, "completions", start_time=0, end_time=5 * DAY)
        assert [bucket.results for bucket in found] == [[]] * 5

    def test_not_before_the_beginning(self, admin: Organization, simulator: Simulator) -> None:
        simulator.reset({**ORGANIZATION, "usage": {"since": TODAY - 3 * DAY}})
        found = buckets(admin, "completions", start_time=TODAY - 6 * DAY)
        assert [bool(bucket.results) for bucket in found[:3]] == [False] * 3
        assert any(bucket.results for bucket in found[3:])

    @pytest.mark.parametrize("size", [1, 2, 31])
    def test_pages(self, admin: Organization, simulator: Simulator, size: int) -> None:
        query: dict[str, Any] = {"start_time": TODAY - 40 * DAY, "group_by": ["project_id", "model"]}
        everything = buckets(admin, "completions", **query, limit=31)
        simulator.clear()
        assert buckets(admin, "completions", **query, limit=size) == everything
        assert len(simulator.requests()) == -(-41 // size)
        simulator.behaviour(page_size=2)
        assert buckets(admin, "completions", **query, limit=31) == everything

    def test_cursors_belong_to_their_query(self, admin: Organization) -> None:
        query: dict[str, Any] = {"start_time": TODAY - 20 * DAY, "group_by": ["model"]}
        cursor = admin.usage.completions(**query).next_page or ""
        assert cursor.startswith("page_")
        assert admin.usage.completions(**query, page=cursor).data[0].start_time == TODAY - 13 * DAY
        for other in ({"start_time": TODAY - 19 * DAY}, {"group_by": ["batch"]}, {"models": ["gpt-5"]}):
            with refused("page"):
                admin.usage.completions(**{**query, **other}, page=cursor)
        for wrong in ("", "page_", "page_x", "page_!", "page_\u00e9", cursor[:-6]):
            with refused("page"):
                admin.usage.completions(**query, page=wrong)

    @pytest.mark.parametrize(
        "query",
        [
            {"start_time": NOW, "end_time": NOW},
            {"start_time": NOW, "end_time": NOW - 1},
            {"start_time": -1},
            {"start_time": "yesterday"},
            {"start_time": 1.5},
            {"start_time": NOW, "bucket_width": "1w"},
            {"start_time": NOW, "colour": "red"},
            {"start_time": NOW, "batch": "maybe"},
            {"start_time": NOW, "sizes": ["1x1"]},
        ],
    )
    def test_refusals(self, admin: Organization, query: dict[str, Any]) -> None:
        with refused():
            admin.usage.completions(start_time=TODAY, extra_query=query)

    def test_a_start_is_needed(self, admin: Organization) -> None:
        with refused("start_time"):
            admin.usage.completions(start_time=openai.omit)  # type: ignore[arg-type]  # missing on purpose


class TestConsumers:
    def keys(self, admin: Organization, **query: Any) -> set[str | None]:
        return {row["api_key_id"] for row in results(admin, "completions", group_by=["api_key_id"], **query)}

    def test_keys(self, admin: Organization) -> None:
        found = self.keys(admin)
        # Those that were ever used, none in the dashboard, and some that are deleted by now.
        assert found > {"key_used", "key_ada", None}
        assert "key_unused" not in found
        assert len(found) >= 3 + 3

    def test_temporary_keys(self, admin: Organization) -> None:
        rows = buckets(admin, "moderations", start_time=TODAY - 28 * DAY, limit=31, group_by=["api_key_id"])
        days: dict[str | None, list[int]] = {}
        for bucket in rows:
            for row in bucket.results:
                days.setdefault(row.api_key_id, []).append(bucket.start_time)
        gone = {key: found for key, found in days.items() if key and key not in ("key_used", "key_ada")}
        assert gone
        assert all(len(found) == 1 for found in gone.values())

    def test_people(self, admin: Organization) -> None:
        rows = results(admin, "completions", group_by=["user_id", "api_key_id"], project_ids=["proj_one"])
        assert {row["user_id"] for row in rows if row["api_key_id"] == "key_ada"} == {"user-ada"}
        assert {row["user_id"] for row in rows if row["api_key_id"] == "key_used"} == {None}
        assert {row["user_id"] for row in rows if row["api_key_id"] is None} == {"user-ada"}

    def test_archived_projects(self, admin: Organization) -> None:
        found = buckets(admin, "completions", start_time=TODAY - 29 * DAY, limit=31, group_by=["project_id"])
        days = [bucket.end_time for bucket in found if any(row.project_id == "proj_gone" for row in bucket.results)]
        assert days
        assert max(days) <= 1_798_675_200  # 2026-12-31

    def test_what_is_deleted_stays_in_the_past(self, admin: Organization, simulator: Simulator) -> None:
        query: dict[str, Any] = {"start_time": TODAY - 10 * DAY, "end_time": NOW, "group_by": ["api_key_id"]}
        before = results(admin, "completions", **query)
        admin.projects.api_keys.delete("key_used", project_id="proj_one")
        admin.projects.archive("proj_one")
        assert results(admin, "completions", **query) == before
        simulator.behaviour(advance=20 * DAY)
        assert results(admin, "completions", **query) == before
        assert self.keys(admin, start_time=TODAY + DAY, project_ids=["proj_one"]) == set()

    def test_a_key_that_is_deleted_is_not_used_any_more(self, admin: Organization, simulator: Simulator) -> None:
        admin.projects.api_keys.delete("key_used", project_id="proj_one")
        assert "key_used" in self.keys(admin)
        simulator.behaviour(advance=20 * DAY)
        found = self.keys(admin, start_time=TODAY + DAY)
        assert "key_used" not in found
        assert "key_ada" in found

    def test_a_key_that_is_used_later(self, admin: Organization, simulator: Simulator) -> None:
        simulator.use("key_unused")
        before = self.keys(admin)
        assert "key_unused" not in before
        simulator.behaviour(advance=20 * DAY)
        assert "key_unused" in self.keys(admin)
        assert "key_unused" not in self.keys(admin, end_time=NOW - NOW % MINUTE)

    def test_expired_keys(self, admin: Organization, simulator: Simulator) -> None:
        admin.projects.api_keys.update("key_used", project_id="proj_one", expires_in_seconds=DAY)
        simulator.behaviour(advance=20 * DAY)
        assert "key_used" not in self.keys(admin, start_time=TODAY + 2 * DAY)
        assert "key_used" in self.keys(admin)

    def test_state_can_be_given_back(self, admin: Organization, simulator: Simulator) -> None:
        admin.projects.api_keys.delete("key_used", project_id="proj_one")
        before = results(admin, "completions", group_by=["api_key_id"])
        state = simulator.state()
        simulator.reset(state)
        assert results(admin, "completions", group_by=["api_key_id"]) == before
        assert simulator.state()["usage"] == state["usage"]

    def test_consumers_of_the_file(self, admin: Organization, simulator: Simulator) -> None:
        consumer = {"project": "two", "api_key_id": "key_old", "since": "2027-01-01", "until": "2027-01-10"}
        simulator.reset({**ORGANIZATION, "usage": {"consumers": [consumer]}})
        assert self.keys(admin) == {"key_old"}
        assert self.keys(admin, start_time=1_799_539_200) == set()
        simulator.reset({**ORGANIZATION, "usage": {"consumers": []}})
        assert results(admin, "completions") == []

    @pytest.mark.parametrize(
        "usage",
        [
            {"seed": "one"},
            {"since": "once"},
            {"consumers": [{"api_key_id": "key_x"}]},
            {"consumers": [{"project": "three"}]},
            {"colour": 1},
        ],
    )
    def test_errors_in_the_file(self, usage: dict[str, Any]) -> None:
        with pytest.raises(OrganizationError, match=r"usage[.:]"):
            load(source({"usage": usage}), Ids())


def test_splits_of_tokens_add_up(admin: Organization) -> None:
    for kind in ("completions", "decisions"):
        (total,) = [sums(results(admin, kind))]
        kinds = ("text", "audio", "image")
        assert total["input_uncached_tokens"] == sum(total[f"input_{name}_tokens"] for name in kinds)
        assert total["input_cached_tokens"] == sum(total[f"input_cached_{name}_tokens"] for name in kinds)
        assert total["output_tokens"] == sum(total[f"output_{name}_tokens"] for name in kinds)
        assert total["input_cache_write_tokens"] == sum(
            total[f"input_cache_write_{age}_tokens"] for age in ("30m", "12h")
        )
        parts = ("uncached", "cached", "cache_write")
        assert total["input_tokens"] == sum(total[f"input_{name}_tokens"] for name in parts)
