# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times as tasks say them: whatever way a moment is written, it is the same moment."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._values.times import Span, span, unix_time
from hypothesis import example, given
from hypothesis import strategies as st

NOW = 1_795_000_000.75  # 2026-11-18T11:06:40Z
DAY = 86400
ZONES = st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda delta: timezone(timedelta(minutes=delta // timedelta(minutes=1)))
)
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30), timezones=ZONES)


def read(text: Any) -> int | None:
    """A time that is right."""
    problems: list[str] = []
    found = unix_time("start_time", text, problems)
    assert problems == []
    return found


def asked(**params: Any) -> Span:
    """A span of time that is right."""
    problems: list[str] = []
    found = span(params, NOW, problems)
    assert problems == []
    return found


def complaints(**params: Any) -> list[str]:
    problems: list[str] = []
    span(params, NOW, problems)
    return problems


class TestMoments:
    @given(MOMENTS)
    @example(datetime(1970, 1, 1, tzinfo=timezone.utc))
    def test_iso_8601_means_its_moment(self, at: datetime) -> None:
        whole = at.replace(microsecond=0)
        for text in whole.isoformat(), whole.isoformat(" "), at.isoformat(), f"{whole:%Y-%m-%dT%H:%M:%S%z}":
            assert read(text) == int((whole - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds())

    @given(MOMENTS)
    def test_without_a_zone_it_is_utc(self, at: datetime) -> None:
        plain = at.replace(tzinfo=None, microsecond=0)
        expected = int(plain.replace(tzinfo=timezone.utc).timestamp())
        for text in plain.isoformat(), f"{plain.isoformat()}Z", f"{plain.isoformat(' ')}z", f" {plain.isoformat()} ":
            assert read(text) == expected
        assert read(f"{plain:%Y-%m-%dT%H:%M}") == expected // 60 * 60

    @given(st.dates(datetime(1970, 1, 1).date(), datetime(9999, 12, 30).date()))
    def test_a_date_is_its_midnight(self, day: Any) -> None:
        assert read(day.isoformat()) == int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())

    @given(st.integers(0, 10**11))
    def test_seconds_are_themselves(self, seconds: int) -> None:
        for text in seconds, str(seconds), f"{seconds}.25":
            assert read(text) == seconds

    @given(st.text())
    def test_anything_else_is_refused_in_words(self, text: str) -> None:
        problems: list[str] = []
        found = unix_time("end_time", text, problems)
        assert (found is None) == bool(problems)
        assert all(problem.startswith("end_time must be Unix seconds, or ISO 8601") for problem in problems)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "noon",
            "-1",
            "1969-12-31T23:59:59Z",
            "2026-02-30",
            "2026-10",
            "2026-10-01T25:00",
            "2026-10-01T10",
            "2026-10-01T10:00+25:00",
            "1795000000000000",
            "[1, 2]",
            "True",
        ],
    )
    def test_what_is_no_moment(self, text: str) -> None:
        (problem,) = complaints(start_time=text)
        assert problem.endswith(f", not '{text}'")


class TestSpans:
    def test_nothing_is_all_time(self) -> None:
        assert asked() == (None, None)
        assert asked(start_time=None, end_time=None, since=None, month=None) == (None, None)

    def test_the_end_alone(self) -> None:
        assert asked(end_time="2026-10-01") == (None, 1_790_812_800)

    @given(st.integers(1, 2500), st.sampled_from([("m", 60), ("h", 3600), ("d", DAY), ("w", 7 * DAY)]))
    def test_so_long_ago(self, count: int, unit: tuple[str, int]) -> None:
        letter, seconds = unit
        assert asked(since=f"{count}{letter}") == (int(NOW) - count * seconds, None)

    def test_so_long_ago_until_a_moment(self) -> None:
        assert asked(since="7d", end_time=str(int(NOW) - DAY)) == (int(NOW) - 7 * DAY, int(NOW) - DAY)

    @given(st.integers(1970, 9998), st.integers(1, 12))
    def test_a_month_is_the_whole_of_it(self, year: int, month: int) -> None:
        start, end = asked(month=f"{year}-{month:02}")
        assert start is not None
        assert end is not None
        first, after = (datetime.fromtimestamp(at, timezone.utc) for at in (start, end))
        assert (first.year, first.month, first.day, first.hour) == (year, month, 1, 0)
        assert (after.day, after.hour) == (1, 0)
        assert 28 * DAY <= end - start <= 31 * DAY

    def test_months_by_word(self) -> None:
        assert asked(month="this") == asked(month="2026-11")
        assert asked(month="last") == asked(month="2026-10")

    def test_the_last_month_in_january(self) -> None:
        january = datetime(2027, 1, 31, tzinfo=timezone.utc).timestamp()
        assert span({"month": "last"}, january, []) == asked(month="2026-12")

    @pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-1", "1969-12", "9999-12", "next"])
    def test_what_is_no_month(self, text: str) -> None:
        assert complaints(month=text) == [
            f"month must be a year and a month such as 2026-10, or this, or last, not '{text}'"
        ]

    @pytest.mark.parametrize("text", ["", "7", "d", "7 days", "-7d", "0d", "1.5d", "7D", "99999w"])
    def test_what_is_not_so_long_ago(self, text: str) -> None:
        assert complaints(since=text) == [
            f"since must be a number and m, h, d or w, such as 90m, 24h, 7d or 2w, not '{text}'"
        ]

    @pytest.mark.parametrize(
        ("params", "problem"),
        [
            ({"start_time": "1", "since": "7d"}, "start_time and since exclude each other"),
            ({"since": "7d", "month": "2026-10"}, "since and month exclude each other"),
            ({"month": "2026-10", "end_time": "2026-11-01"}, "month and end_time exclude each other"),
            (
                {"start_time": "2026-10-02", "end_time": "2026-10-02"},
                "end_time must be later than start_time: there is no time between them",
            ),
            (
                {"since": "7d", "end_time": "2026-10-01"},
                "end_time must be later than since: there is no time between them",
            ),
        ],
    )
    def test_what_does_not_go_together(self, params: dict[str, str], problem: str) -> None:
        assert complaints(**params) == [problem]

    def test_all_that_is_wrong_is_said(self) -> None:
        assert len(complaints(start_time="noon", end_time="soon", since="long", month="May")) == 6
