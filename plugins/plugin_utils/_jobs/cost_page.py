# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Prepares a cost report for its page: cents that add up, words for missing names, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import (
    CENTS,
    apportion,
    label,
    money,
    percent,
    to_cents,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.charts import Bar, bars, columns, missing

_TABLES: Mapping[str, tuple[str, str]] = {
    "cost_centers": ("Cost centers", "Cost center"),
    "projects": ("Projects", "Project"),
    "line_items": ("Lines of the bill", "Line of the bill"),
    "api_keys": ("API keys", "API key"),
}
"""The title of each table, and the heading of its first column."""

_MOST_BARS = 12
_MOST_ROWS = 150
"""Maximum rows of a table on the page; the CSV has all."""
_DWARFS = 2
_HEAD, _TAIL = 16, 6
"""Characters of a name and of an ID to show if there is little room."""

Row = dict[str, Any]


def shown(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report with the data of its page for each currency in C(sections)."""
    sections = [_section(report, each, number) for number, each in enumerate(report["currencies"])]
    return {**report, "sections": sections, "charts_missing": missing() if sections else None}


def _section(report: Mapping[str, Any], currency: Mapping[str, Any], number: int) -> Row:
    name = currency["currency"].upper()
    cents = _cents(currency)
    tables = [_table(report, currency, each, cents) for each in _TABLES if each in currency]
    before = percent(currency["change_ratio"], sign=True)
    facts = [
        ("To date" if report["to_date"] else "Total", f"{money(currency['amount'])} {name}"),
        (report["compared_with"], f"{money(currency['before'])} {name}"),
        ("Change", before or "none before"),
    ]
    if currency["forecast"]:
        facts.insert(1, ("Forecast for the month", f"{money(currency['forecast']['amount'])} {name}"))
    charts = [_daily(report, currency, number), *(_chart(table, number) for table in tables)]
    return {
        "currency": name,
        "figures": [(*fact, "none") for fact in facts],
        "tables": tables,
        "charts": [chart for chart in charts if chart],
    }


def _cents(currency: Mapping[str, Any]) -> Mapping[str, Mapping[str, list[int]]]:
    """Return the cents that each table shows, for C(amount) and C(before).

    Each column adds up to the total that is shown, the keys of a project to the project, and its projects to a cost
    center.
    """
    return {measure: _column(currency, measure) for measure in ("amount", "before")}


def _column(currency: Mapping[str, Any], measure: str) -> dict[str, list[int]]:
    total = to_cents(Decimal(currency[measure]))
    cents = {
        name: apportion(total, [Decimal(row[measure]) for row in currency[name]])
        for name in ("projects", "line_items")
        if name in currency
    }
    of_projects = list(zip(currency.get("projects", ()), cents.get("projects", ())))
    if "cost_centers" in currency:
        cents["cost_centers"] = [
            sum(each for project, each in of_projects if project["cost_center"] == row["cost_center"])
            for row in currency["cost_centers"]
        ]
    if "api_keys" in currency:
        cents["api_keys"] = _of_keys(currency["api_keys"], of_projects, measure)
    return cents


def _of_keys(keys: Sequence[Row], of_projects: Sequence[tuple[Row, int]], measure: str) -> list[int]:
    found = [0] * len(keys)
    places_in: dict[str | None, list[int]] = {}
    for place, key in enumerate(keys):
        places_in.setdefault(key["project_id"], []).append(place)
    for project, total in of_projects:
        places = places_in.get(project["project_id"], [])
        parts = apportion(total, [Decimal(keys[place][measure]) for place in places])
        for place, part in zip(places, parts):
            found[place] = part
    return found


def _table(report: Mapping[str, Any], currency: Mapping[str, Any], name: str, cents: Any) -> Row:
    title, heading = _TABLES[name]
    unit = currency["currency"].upper()
    columns = [("label", heading)]
    if name == "projects" and "cost_centers" in currency:
        columns.append(("cost_center", "Cost center"))
    if name == "api_keys":
        columns += [("project", "Project"), ("owner", "Owner")]
    columns += [
        ("amount", f"{report['month']}{' to date' if report['to_date'] else ''}, {unit}"),
        ("share", "Share"),
        ("before", f"{report['compared_with']}, {unit}"),
        ("change", "Change"),
    ]
    if name == "projects" and "spend_limit" in report:
        columns += [("spend_limit", "Spend limit"), ("alerts", "Alerts")]
    rows = [
        _row(row, cents["amount"][name][place], cents["before"][name][place])
        for place, row in enumerate(currency[name])
    ]
    shown_rows = rows if len(rows) <= _MOST_ROWS else [*rows[: _MOST_ROWS - 1], _rest(rows[_MOST_ROWS - 1 :])]
    return {"name": name, "title": title, "columns": columns, "all": rows, "rows": shown_rows}


def _rest(rows: Sequence[Row]) -> Row:
    """Return one row for many small ones, so that columns still add up."""
    sums = {name: _written(sum(row[f"{name}_cents"] for row in rows)) for name in ("amount", "before")}
    return {**dict.fromkeys(rows[0]), **sums, "label": f"{len(rows)} others, which are in the CSV"}


def _row(row: Row, amount: int, before: int) -> Row:
    return {
        **row,
        "label": _label(row),
        "short": _short(row),
        "project": _project(row) if "project_id" in row else None,
        "amount_cents": amount,
        "before_cents": before,
        "amount": _written(amount),
        "share": percent(row["share"]),
        "before": _written(before),
        "alerts": ", ".join(row.get("spend_alerts") or ()) or None,
        "spend_limit": row.get("spend_limit"),
        "change": percent(row["change_ratio"], sign=True) or ("new" if before == 0 < amount else None),
    }


def _others(rows: Sequence[Row], longest: float) -> Bar:
    """Return one bar for all small rows, without length if it would dwarf the others."""
    cents = sum(row["amount_cents"] for row in rows)
    name, text = counted(len(rows), "other"), _written(cents)
    length = cents / CENTS
    return Bar(name, length, text) if length <= _DWARFS * longest else Bar(name, 0.0, f"{text} (no bar)")


def _label(row: Row) -> str:
    if row.get("api_key_id"):
        return f"{row['api_key']} {row['api_key_id']}"
    return f"{label(row)} (archived)" if row.get("project_status") == "archived" else label(row)


def _short(row: Row) -> str:
    """Return a short name that is still unique."""
    if "api_key_id" not in row:
        return _label(row)
    if row["api_key_id"] is None:
        where = _project(row)
        return f"No key, {where}" if row["project_id"] else where
    return f"{row['api_key'][:_HEAD]} …{row['api_key_id'][-_TAIL:]}"


def _project(row: Row) -> str:
    return label({name: row[name] for name in ("project", "project_id")})


def _written(cents: int) -> str:
    return money(Decimal(cents) / CENTS)


def _daily(report: Mapping[str, Any], currency: Mapping[str, Any], number: int) -> Row | None:
    title = "Day by day"
    days = [Bar(str(int(day["date"][-2:])), float(day["amount"]), money(day["amount"])) for day in currency["days"]]
    highest = max(currency["days"], key=lambda day: Decimal(day["amount"]))
    text = (
        f"Costs of each day of {report['month']} in {currency['currency'].upper()}."
        f" The highest day is {highest['date']} with {money(highest['amount'])}."
    )
    svg = columns(days, f"{title}: {text}", f"days-{number}")
    return {"title": title, "text": text, "svg": svg} if svg else None


def _chart(table: Mapping[str, Any], number: int) -> Row | None:
    """Return a chart of the largest rows, with the small ones combined."""
    rows = [row for row in table["all"] if row["amount_cents"]]
    most = len(rows) if len(rows) <= _MOST_BARS else _MOST_BARS - 1
    drawn = [Bar(row["short"], row["amount_cents"] / CENTS, row["amount"]) for row in rows[:most]]
    if rows[most:]:
        drawn.append(_others(rows[most:], max(each.length for each in drawn)))
    text = f"The largest of {len(rows)}." if rows[most:] else ""
    spoken = "; ".join(f"{each.name} {each.text}" for each in drawn)
    svg = bars(drawn, f"{table['title']}: {spoken}", f"{table['name']}-{number}")
    return {"title": table["title"], "text": text, "svg": svg} if svg else None
