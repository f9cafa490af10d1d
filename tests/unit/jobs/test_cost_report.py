# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a cost report says: sums that are exact, comparisons that are fair, forecasts that can be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.costs import COSTS
from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import add_buckets
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_page import shown
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import (
    COLUMNS,
    Unusable,
    apportion,
    question,
    report,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._render import charts as _cost_charts
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.charts import scale
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.page import page
from hypothesis import given, settings
from hypothesis import strategies as st

NOW = "2026-11-26T08:30:00Z"
ALL = ("project", "api_key", "line_item")
TEMPLATE = Path(_cost_charts.__file__).parents[3] / "roles" / "cost_report" / "templates" / "page.html.j2"
Charge = tuple[str, str, dict[str, Any]]
"""A day, an amount, and whatever differs from the usual."""


def costs(charges: Sequence[Charge], asked: Mapping[str, Any], **names: dict[str, Any]) -> dict[str, Any]:
    """What cost_info returns of these; C(names) are what it says beside ids."""
    buckets: dict[str, list[dict[str, Any]]] = {}
    for day, amount, rest in charges:
        usual = {"project_id": None, "api_key_id": None, "line_item": None, "currency": "usd"}
        group = {**usual, **rest}
        value = {"value": Decimal(amount), "currency": group.pop("currency")}
        buckets.setdefault(day, []).append({**group, "amount": value})
    found = [{"start_time": seconds(day), "results": results} for day, results in sorted(buckets.items())]
    periods = [(seconds(each["start_time"]), seconds(each["end_time"])) for each in asked["periods"]]
    added = add_buckets(COSTS, found, asked["group_by"], periods, grouped=False)
    for total in added["totals"]:
        for name in (total.get("project_id"), total.get("api_key_id")):
            total.update(names.get(name or "", {}))
    return added


def seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=timezone.utc).timestamp())


def made(
    charges: Sequence[Charge], month: str = "last", by: Sequence[str] = ALL, now: str = NOW, **rest: Any
) -> dict[str, Any]:
    declaration = rest.pop("declaration", None)
    asked = question(month, by, now)
    return report(costs(charges, asked, **rest), asked, "example", declaration)


class TestQuestion:
    @pytest.mark.parametrize(
        ("wanted", "now", "days", "today"),
        [
            ("last", NOW, ("2026-09-01", "2026-10-01", "2026-11-01"), None),
            ("current", NOW, ("2026-10-01", "2026-11-01", "2026-12-01"), "2026-11-26"),
            ("2026-11", NOW, ("2026-10-01", "2026-11-01", "2026-12-01"), "2026-11-26"),
            ("2026-01", NOW, ("2025-12-01", "2026-01-01", "2026-02-01"), None),
            ("last", "2027-01-01T00:00:00Z", ("2026-11-01", "2026-12-01", "2027-01-01"), None),
            ("current", "2028-02-29T23:59:59Z", ("2028-01-01", "2028-02-01", "2028-03-01"), "2028-02-29"),
        ],
    )
    def test_months(self, wanted: str, now: str, days: tuple[str, str, str], today: str | None) -> None:
        asked = question(wanted, ["project"], now)
        assert (asked["start"], asked["middle"], asked["end"]) == days
        assert asked["today"] == today

    @pytest.mark.parametrize("wanted", ["this", "2026-13", "2026-1", "October", "2026-10-01"])
    def test_what_is_no_month(self, wanted: str) -> None:
        with pytest.raises(Unusable, match=f"openai_admin_cost_month must be last, current, or .* not '{wanted}'"):
            question(wanted, ["project"], NOW)

    def test_a_month_to_come(self) -> None:
        with pytest.raises(Unusable, match="cannot be 2026-12: that month has not begun"):
            question("2026-12", ["project"], NOW)

    @pytest.mark.parametrize(
        ("by", "groups"),
        [
            (["project"], ["project_id"]),
            (["api_key"], ["project_id", "api_key_id"]),
            (["line_item", "api_key", "project"], ["line_item", "project_id", "api_key_id"]),
            ([], []),
        ],
    )
    def test_groups(self, by: list[str], groups: list[str]) -> None:
        assert question("last", by, NOW)["group_by"] == groups


money = st.decimals(min_value=-50, max_value=10_000, places=9, allow_nan=False)
charge = st.tuples(
    st.dates(date(2026, 9, 1), date(2026, 10, 31)).map(str),
    money.map(str),
    st.fixed_dictionaries(
        {
            "project_id": st.sampled_from([None, "proj_1", "proj_2", "proj_3"]),
            "api_key_id": st.sampled_from([None, "key_1", "key_2"]),
            "line_item": st.sampled_from(["gpt-5, input", "images", "support"]),
            "currency": st.sampled_from(["usd", "usd", "usd", "eur"]),
        }
    ),
)
CENTERS = {
    "projects": [{"project_id": each, "attributes": {"cost_center": "A"}} for each in ("proj_1", "proj_2")],
}


def sections(found: dict[str, Any]) -> list[dict[str, Any]]:
    """What a page shows, without charts, which take longer than all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_cost_charts, "pygal", None)
        return list(shown(found)["sections"])


@settings(deadline=None)
@given(st.lists(charge, max_size=30))
def test_lines_add_up_to_the_total(charges: list[Charge]) -> None:
    """To the last digit in files; to the cent in every table of the page."""
    found = made(charges, declaration=CENTERS)
    october = [each for each in charges if each[0] >= "2026-10"]
    assert {each["currency"] for each in found["currencies"]} == {each[2]["currency"] for each in charges}
    for currency, section in zip(found["currencies"], sections(found), strict=True):
        name = currency["currency"]
        total = sum((Decimal(each[1]) for each in october if each[2]["currency"] == name), Decimal(0))
        assert Decimal(currency["amount"]) == total
        lines = [line for line in found["lines"] if line["currency"] == name]
        assert sum((Decimal(line["amount"]) for line in lines), Decimal(0)) == total
        assert sum((Decimal(day["amount"]) for day in currency["days"]), Decimal(0)) == total
        cents = total.quantize(Decimal("0.01"))
        assert section["figures"][0] == ("Total", f"{cents:,f} {name.upper()}", "none")
        assert [table["name"] for table in section["tables"]] == ["cost_centers", "projects", "line_items", "api_keys"]
        for table in section["tables"]:
            assert sum(Decimal(row["amount"].replace(",", "")) for row in table["rows"]) == cents
            assert sum(Decimal(row["amount"]) for row in currency[table["name"]]) == total


@settings(deadline=None)
@given(st.lists(charge, min_size=1, max_size=30))
def test_cents_of_parts_are_those_of_the_whole(charges: list[Charge]) -> None:
    """A project's keys add up to what its own row shows, a cost center's projects to its."""
    found = made(charges, declaration=CENTERS)
    for section in sections(found):
        centers, projects, unused_lines, keys = (table["rows"] for table in section["tables"])
        for row in projects:
            own = [key["amount_cents"] for key in keys if key["project_id"] == row["project_id"]]
            assert sum(own) == row["amount_cents"]
        for row in centers:
            own = [each["amount_cents"] for each in projects if each["cost_center"] == row["cost_center"]]
            assert sum(own) == row["amount_cents"]


@given(st.lists(money, min_size=1, max_size=40))
def test_cents_are_off_by_less_than_one(amounts: list[Decimal]) -> None:
    total = int((sum(amounts, Decimal(0)) * 100).to_integral_value())
    cents = apportion(total, amounts)
    assert sum(cents) == total
    assert all(abs(part - amount * 100) <= 1 for part, amount in zip(cents, amounts, strict=True))


@pytest.mark.parametrize(
    ("amounts", "cents"),
    [
        (["0.001", "0.006", "0.001"], [0, 1, 0]),
        (["0.014", "0.014", "0.012"], [2, 1, 1]),
        (["-0.004", "0.014"], [0, 1]),
        ([], []),
    ],
)
def test_cents_go_where_most_was_cut_off(amounts: list[str], cents: list[int]) -> None:
    assert apportion(sum(cents), [Decimal(amount) for amount in amounts]) == cents


class Read(dict[str, Any]):
    """A row that counts how often it is looked at: in a playbook, each time takes longer than here."""

    times = 0

    def __getitem__(self, name: str) -> Any:
        Read.times += 1
        return super().__getitem__(name)


def test_keys_are_not_looked_through_for_each_project() -> None:
    number = 200
    charges: list[Charge] = [
        ("2026-10-01", "1", {"project_id": f"proj_{each}", "api_key_id": f"key_{each}"}) for each in range(number)
    ]
    found = made(charges)
    (usd,) = found["currencies"]
    usd["api_keys"] = [Read(row) for row in usd["api_keys"]]
    Read.times = 0
    sections(found)
    assert Read.times < 20 * number


def test_a_cost_center_shows_what_its_projects_show() -> None:
    """Though it would be rounded to another cent on its own."""
    amounts = {"proj_1": "0.004", "proj_2": "0.004", "proj_3": "0.006"}
    found = made(
        [("2026-10-01", amount, {"project_id": name}) for name, amount in amounts.items()], declaration=CENTERS
    )
    tables = {table["name"]: [row["amount"] for row in table["rows"]] for table in sections(found)[0]["tables"]}
    assert tables["projects"] == ["0.01", "0.00", "0.00"]
    assert tables["cost_centers"] == ["0.00", "0.01"]


def test_more_digits_than_arithmetic_has_by_default() -> None:
    found = made([("2026-10-01", "0.1234567890123456789012345678901", {}), ("2026-10-02", "1000000", {})])
    assert found["currencies"][0]["amount"] == "1000000.1234567890123456789012345678901"


class TestMonthBefore:
    CHARGES: Sequence[Charge] = [
        ("2026-10-01", "10", {"project_id": "proj_1"}),
        ("2026-10-26", "20", {"project_id": "proj_1"}),
        ("2026-10-27", "40", {"project_id": "proj_1"}),
        ("2026-11-01", "15", {"project_id": "proj_1"}),
        ("2026-11-02", "5", {"project_id": "proj_2"}),
    ]

    def test_of_a_month_that_is_over_all_of_it_counts(self) -> None:
        found = made(self.CHARGES, by=["project"], now="2026-12-01T00:00:00Z")
        (usd,) = found["currencies"]
        assert found["compared_with"] == "2026-10"
        assert (usd["amount"], usd["before"], usd["change"], usd["change_ratio"]) == ("20", "70", "-50", "-0.714286")
        assert [(row["project_id"], row["amount"], row["before"], row["change_ratio"]) for row in usd["projects"]] == [
            ("proj_1", "15", "70", "-0.785714"),
            ("proj_2", "5", "0", None),
        ]
        assert usd["forecast"] is None

    def test_of_a_month_that_is_not_over_as_many_days_count(self) -> None:
        found = made(self.CHARGES, "current", ["project"])
        assert found["compared_with"] == "2026-10-01 to 2026-10-26"
        assert found["currencies"][0]["before"] == "30"
        assert any("2026-10-01 to 2026-10-26" in note for note in found["notes"])

    def test_a_month_before_that_is_shorter_counts_whole(self) -> None:
        charges: list[Charge] = [("2027-02-28", "1", {}), ("2027-03-30", "2", {})]
        found = made(charges, "current", now="2027-03-30T10:00:00Z")
        assert found["compared_with"] == "2027-02"
        assert found["currencies"][0]["before"] == "1"

    def test_what_cost_only_before_is_in_tables_and_in_no_line(self) -> None:
        found = made([("2026-09-03", "3", {"project_id": "proj_1"}), ("2026-10-01", "1", {})], by=["project"])
        assert [(row["project_id"], row["amount"], row["before"]) for row in found["currencies"][0]["projects"]] == [
            (None, "1", "0"),
            ("proj_1", "0", "3"),
        ]
        assert [line["project_id"] for line in found["lines"]] == [None]


class TestForecast:
    def test_days_to_come_count_as_those_that_are_over(self) -> None:
        charges: list[Charge] = [("2026-11-01", "10", {}), ("2026-11-02", "30", {}), ("2026-11-03", "4", {})]
        found = made(charges, "current", now="2026-11-03T12:00:00Z")
        forecast = found["currencies"][0]["forecast"]
        assert forecast == {"amount": "600", "average": "20", "days_over": 2, "days_left": 27}
        words = (
            "Forecast: 600.00 for the whole month. The 2 days that are over cost 20.00 a day on average."
            " The 27 remaining days are forecast with this average,"
            " and so is today unless it has already cost more."
        )
        assert words in found["summary"]
        assert words.replace("Forecast:", "Forecast in USD:") in found["notes"]

    def test_today_counts_with_what_it_cost_if_that_is_more(self) -> None:
        charges: list[Charge] = [("2026-11-01", "10", {}), ("2026-11-02", "100", {})]
        found = made(charges, "current", now="2026-11-02T12:00:00Z")
        assert found["currencies"][0]["forecast"]["amount"] == "390"

    def test_the_first_day_has_none(self) -> None:
        found = made([("2026-11-01", "10", {})], "current", now="2026-11-01T12:00:00Z")
        assert found["currencies"][0]["forecast"] is None
        assert "Forecast: none on the first day of a month." in found["summary"]

    def test_it_is_said_on_the_page(self) -> None:
        found = made([("2026-11-01", "10", {}), ("2026-11-02", "10", {})], "current", now="2026-11-02T12:00:00Z")
        html = page(shown(found), str(TEMPLATE))
        assert "<dt>Forecast for the month</dt><dd>300.00 USD</dd>" in html
        assert "The day that is over cost 10.00 a day on average." in html


NAMES: Mapping[str, dict[str, Any]] = {
    "proj_a": {"project": "alpha", "project_status": "active"},
    "proj_old": {"project": "old", "project_status": "archived"},
    "key_a": {"api_key_name": "laptop", "api_key_owner": "dev@example.com", "api_key_deleted": False},
    "key_gone": {"api_key_name": None, "api_key_owner": None, "api_key_deleted": True},
    "key_old": {"api_key_name": None, "api_key_owner": None, "api_key_deleted": None},
}


class TestNames:
    CHARGES: Sequence[Charge] = [
        ("2026-10-01", "4", {"project_id": "proj_a", "api_key_id": "key_a", "line_item": "x"}),
        ("2026-10-01", "3", {"project_id": "proj_a", "api_key_id": "key_gone", "line_item": "x"}),
        ("2026-10-01", "2", {"project_id": "proj_old", "api_key_id": "key_old", "line_item": "x"}),
        ("2026-10-01", "1", {"line_item": "support"}),
    ]

    def test_of_projects_keys_and_owners(self) -> None:
        found = made(self.CHARGES, **NAMES)
        wanted = ("project", "project_id", "api_key", "api_key_id", "owner", "amount", "share")
        assert [tuple(line[name] for name in wanted) for line in found["lines"]] == [
            (None, None, None, None, None, "1", "0.1"),
            ("alpha", "proj_a", "(deleted)", "key_gone", None, "3", "0.3"),
            ("alpha", "proj_a", "laptop", "key_a", "dev@example.com", "4", "0.4"),
            ("old", "proj_old", "(unknown)", "key_old", None, "2", "0.2"),
        ]
        assert [tuple(line)[: len(COLUMNS)] for line in found["lines"]] == [COLUMNS] * 4

    def test_on_the_page(self) -> None:
        (section,) = shown(made(self.CHARGES, **NAMES))["sections"]
        tables = {table["name"]: [row["label"] for row in table["rows"]] for table in section["tables"]}
        assert tables == {
            "projects": ["alpha", "old (archived)", "No project"],
            "line_items": ["x", "support"],
            "api_keys": ["laptop key_a", "(deleted) key_gone", "(unknown) key_old", "No API key"],
        }

    def test_cost_centers_are_found_by_id_then_by_name(self) -> None:
        projects = [
            {"name": "alpha", "attributes": {"cost_center": "wrong"}},
            {"name": "renamed since", "project_id": "proj_a", "attributes": {"cost_center": 4711}},
            {"name": "old", "cost_center": "CC-2"},
            {"name": "unused"},
        ]
        found = made(self.CHARGES, declaration={"projects": projects}, **NAMES)
        assert [line["cost_center"] for line in found["lines"]] == [None, "4711", "4711", "CC-2"]
        rows = found["currencies"][0]["cost_centers"]
        assert [(row["cost_center"], row["amount"]) for row in rows] == [("4711", "7"), ("CC-2", "2"), (None, "1")]

    def test_without_cost_centers_none_are_spoken_of(self) -> None:
        found = made(self.CHARGES, declaration={"projects": [{"name": "alpha"}]}, **NAMES)
        assert "cost_centers" not in found["currencies"][0]
        assert "cost center" not in page(shown(found), str(TEMPLATE)).lower()


class TestCurrencies:
    CHARGES: Sequence[Charge] = [
        ("2026-10-01", "4", {"line_item": "x"}),
        ("2026-10-01", "3", {"line_item": "x", "currency": "eur"}),
        ("2026-10-01", "1", {"line_item": "y", "currency": "eur"}),
    ]

    def test_they_are_never_added_together(self) -> None:
        found = made(self.CHARGES)
        assert [(each["currency"], each["amount"]) for each in found["currencies"]] == [("eur", "4"), ("usd", "4")]
        assert [(line["currency"], line["amount"], line["share"]) for line in found["lines"]] == [
            ("eur", "3", "0.75"),
            ("eur", "1", "0.25"),
            ("usd", "4", "1"),
        ]
        assert [line.partition(" (")[0] for line in found["summary"] if line.startswith("Costs")] == [
            "Costs of 2026-10: 4.00 EUR",
            "Costs of 2026-10: 4.00 USD",
        ]
        html = page(shown(found), str(TEMPLATE))
        assert "<h2>EUR</h2>" in html
        assert "<h2>USD</h2>" in html

    @pytest.mark.parametrize("value", [{"value": None, "currency": "usd"}, {"value": "1", "currency": None}, None])
    def test_what_cannot_be_added_up_is_refused(self, value: Any) -> None:
        returned = {"buckets": [{"start_time": seconds("2026-10-05"), "results": [{"amount": value}]}], "totals": []}
        with pytest.raises(Unusable, match="costs of 2026-10-05 without an amount or a currency"):
            report(returned, question("last", ["project"], NOW))


@pytest.mark.parametrize("amount", [None, {"value": None, "currency": "usd"}, {"value": "1.50", "currency": "usd"}])
def test_a_bucket_is_worded_as_the_api_does(amount: Any) -> None:
    """What is null or missing is not made into something else; only numbers are written as texts."""
    result = {"object": "organization.costs.result", "amount": amount, "project_id": None}
    (bucket,) = add_buckets(COSTS, [{"start_time": 0, "results": [result]}], [])["buckets"]
    value = amount and amount["value"] and "1.5"
    assert bucket["results"] == [{**result, "amount": amount and {**amount, "value": value}}]


def test_totals_without_the_periods_are_refused() -> None:
    asked = question("last", ["project"], NOW)
    found = [{"start_time": seconds("2026-10-05"), "results": [{"amount": {"value": Decimal(1), "currency": "usd"}}]}]
    with pytest.raises(Unusable, match="with the question's periods"):
        report(add_buckets(COSTS, found, asked["group_by"]), asked)


def test_nothing_is_said_to_be_nothing() -> None:
    found = made([])
    assert found["summary"][:-1] == ["No costs in 2026-10, and none in 2026-09."]
    assert (found["currencies"], found["lines"]) == ([], [])
    assert "No costs in 2026-10, and none in 2026-09." in page(shown(found), str(TEMPLATE))


def test_a_total_of_zero_has_no_shares() -> None:
    found = made([("2026-10-01", "5", {"line_item": "x"}), ("2026-10-02", "-5", {"line_item": "credit"})])
    assert [line["share"] for line in found["lines"]] == [None, None]
    assert [table["name"] for table in shown(found)["sections"][0]["tables"]] == ["projects", "line_items", "api_keys"]


def many(count: int) -> list[Charge]:
    return [("2026-10-01", str(count - each), {"project_id": f"proj_{each:03}"}) for each in range(count)]


class TestCharts:
    def charts(self, charges: Sequence[Charge], **rest: Any) -> dict[str, ElementTree.Element]:
        (section,) = shown(made(charges, by=["project"], **rest))["sections"]
        return {chart["title"]: ElementTree.fromstring(chart["svg"]) for chart in section["charts"]}

    def texts(self, chart: ElementTree.Element) -> list[str]:
        return [text.text or "" for text in chart.iter("{http://www.w3.org/2000/svg}text")]

    def test_what_is_small_is_put_together(self) -> None:
        texts = self.texts(self.charts(many(100))["Projects"])
        assert [text for text in texts if text.startswith("proj_")] == [f"proj_{each:03}" for each in range(10, -1, -1)]
        assert "89 others" in texts
        assert f"{sum(range(1, 90)):,}.00 (no bar)" in texts

    def test_what_is_small_has_a_bar_where_it_leaves_room(self) -> None:
        texts = self.texts(self.charts(many(13))["Projects"])
        assert "2 others" in texts
        assert "3.00" in texts

    def test_as_many_as_have_room_are_all_drawn(self) -> None:
        assert not any("others" in text for text in self.texts(self.charts(many(12))["Projects"]))

    def test_the_files_have_every_line(self) -> None:
        assert len(made(many(400))["lines"]) == 400

    def test_a_table_that_would_be_too_long_ends_with_the_rest(self) -> None:
        (section,) = shown(made(many(400), by=["project"]))["sections"]
        rows = section["tables"][0]["rows"]
        assert len(rows) == 150
        assert rows[-1]["label"] == "251 others, which are in the CSV"
        assert sum(Decimal(row["amount"].replace(",", "")) for row in rows) == sum(range(1, 401))

    def test_they_stand_alone_and_can_be_heard(self) -> None:
        hostile = "<script>alert('x')</script>"
        charges: list[Charge] = [("2026-10-01", "1234.5", {"project_id": hostile}), ("2026-10-02", "-2", {})]
        for chart in self.charts(charges).values():
            tags = {element.tag.rpartition("}")[2] for element in chart.iter()}
            assert not tags & {"script", "image", "use", "a", "title", "desc"}
            assert chart.get("role") == "img"
            assert "1,234.50" in str(chart.get("aria-label"))
            whole = ElementTree.tostring(chart, encoding="unicode")
            assert "http" not in whole.replace('xmlns="http://www.w3.org/2000/svg"', "").replace(
                "http://www.w3.org/2000/svg", ""
            ).replace("http://www.w3.org/1999/xlink", "")
            assert "<script" not in whole

    def test_they_are_the_same_each_time(self) -> None:
        first, second = (page(shown(made(many(30))), str(TEMPLATE)) for dummy in range(2))
        assert first == second

    def test_colours_are_the_page_s_own(self) -> None:
        for chart in self.charts(many(3)).values():
            style = "".join(element.text or "" for element in chart.iter("{http://www.w3.org/2000/svg}style"))
            assert "var(--ink)" in style
            assert "#F44336" not in style

    def test_without_pygal_the_page_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_cost_charts, "pygal", None)
        found = shown(made(many(3)))
        assert [section["charts"] for section in found["sections"]] == [[]]
        html = page(found, str(TEMPLATE))
        assert "There are no charts: the Python library pygal is missing on the controller (pip install pygal)." in html
        assert "proj_002" in html
        assert "<svg" not in html

    @pytest.mark.parametrize(
        ("lowest", "highest", "numbers"),
        [
            (0, 100, [0, 20, 40, 60, 80, 100]),
            (0, 0.013, [0, 0.002, 0.004, 0.006, 0.008, 0.01, 0.012, 0.014]),
            (-7, 10, [-8, -6, -4, -2, 0, 2, 4, 6, 8, 10]),
            (0, 4.06, [0, 1, 2, 3, 4, 5]),
        ],
    )
    def test_scales_have_round_numbers(self, lowest: float, highest: float, numbers: list[float]) -> None:
        assert scale(lowest, highest) == pytest.approx(numbers)

    def test_days_without_costs_are_days(self) -> None:
        days = made([("2026-10-02", "5", {})])["currencies"][0]["days"]
        assert [day["date"] for day in days] == [str(date(2026, 10, 1) + timedelta(each)) for each in range(31)]
        assert [day["amount"] for day in days][:3] == ["0", "5", "0"]
