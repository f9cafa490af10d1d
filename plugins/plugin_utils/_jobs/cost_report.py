# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports an organization's costs of a month, grouped and compared. Money is Decimal and never rounded here."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_FLOOR, Decimal
from functools import reduce
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import ATTRIBUTES, COST_CENTER
from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import EXACT, as_text
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import NOT_KNOWN, answering, head

GROUPS: Mapping[str, tuple[str, ...]] = {
    "project": ("project_id",),
    "api_key": ("project_id", "api_key_id"),  # a key belongs to a project
    "line_item": ("line_item",),
}
"""The C(group_by) of the query for each grouping of the report."""

COLUMNS = (
    "month",
    "cost_center",
    "project",
    "project_id",
    "api_key",
    "api_key_id",
    "owner",
    "line_item",
    "amount",
    "currency",
    "share",
    "organization",
)
"""The columns of the CSV, in order."""

_UNNAMED = {True: "(deleted)", False: "(unnamed)", None: "(unknown)"}
"""The placeholder for a key without a name, by whether the key is deleted."""

_MOST_LINES = 24
"""Maximum lines of the summary, to which the job adds the paths of files."""

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_RATIO = Decimal("0.000001")
_CENT = Decimal("0.01")
_FEW = 5
CENTS = 100

Row = dict[str, Any]


class Unusable(ValueError):
    """The report is impossible; the message says why."""


def question(wanted: str, by: Sequence[str], now: str) -> dict[str, Any]:
    """Return the periods to read: the previous month, from C(start) to C(middle), and the month itself, to C(end).

    If the month is not over, only as many days of the previous month are compared.

    :raises Unusable: it is not a month, or a month that has not begun.
    """
    today = datetime.fromisoformat(now.replace("Z", "+00:00")).astimezone(timezone.utc).date()
    this = today.replace(day=1)
    written = _MONTH.fullmatch(wanted)
    if wanted not in ("last", "current") and not written:
        raise Unusable(f"openai_admin_cost_month must be last, current, or a month such as 2026-10, not '{wanted}'.")
    month = date(int(written[1]), int(written[2]), 1) if written else this if wanted == "current" else _before(this)
    if month > this:
        raise Unusable(f"openai_admin_cost_month cannot be {wanted}: that month has not begun.")
    before = _before(month)
    end = str(month + timedelta(monthrange(month.year, month.month)[1]))
    as_many = before + timedelta(today.day)
    return {
        "month": f"{month:%Y-%m}",
        "month_before": f"{before:%Y-%m}",
        "start": str(before),
        "middle": str(month),
        "end": end,
        "periods": [
            {"start_time": str(before), "end_time": str(min(month, as_many) if month == this else month)},
            {"start_time": str(month), "end_time": end},
        ],
        "by": list(by),
        "group_by": list(dict.fromkeys(name for each in by for name in GROUPS[each])),
        "made_at": now,
        "today": str(today) if month == this else None,
    }


def _before(month: date) -> date:
    return (month - timedelta(1)).replace(day=1)


def report(
    costs: Mapping[str, Any],
    span: Mapping[str, Any],
    organization: str = "",
    declaration: Mapping[str, Any] | None = None,
    limits: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the report, from what the module C(cost_info) returned for that question.

    :raises Unusable: an amount or the periods of the question are missing.
    :raises WrongOrganization: the declaration is for another organization.
    """
    name = answering([costs.get("organization_name")], (declaration or {}).get("organization"))
    groups = span["group_by"]
    days = _days_of(costs["buckets"], date.fromisoformat(span["middle"]))
    centers = _centers_of(declaration)
    lines = [{**_names(total, centers), **_amounts(total)} for total in costs["totals"]]
    divisions = _divisions(groups, bool(centers))
    currencies = [
        _currency([line for line in lines if line["currency"] == currency], days[currency], divisions, span)
        for currency in sorted(days)
    ]
    made = {
        **head(f"Costs of {span['month']}", organization, name, span["made_at"]),
        "month": span["month"],
        "month_before": span["month_before"],
        "to_date": bool(span["today"]),
        "compared_with": _compared_with(span),
        "by": span["by"],
        "currencies": [_with_limits(each, limits) for each in currencies] if limits else currencies,
        **({"spend_limit": limit_of(limits), "spend_alerts": alerts_of(limits)} if limits else {}),
        "columns": list(COLUMNS),
        "lines": _written(lines, span, {each["currency"]: each["amount"] for each in currencies}, name or NOT_KNOWN),
    }
    return {**made, "notes": _notes(made, groups), "summary": _summary(made)}


def _with_limits(currency: Row, limits: Mapping[str, Any]) -> Row:
    """Return the report in US dollars with the limits and alerts of projects, which are in dollars."""
    if currency["currency"].lower() != "usd" or "projects" not in currency:
        return currency
    known = by_name(limits)
    scopes = [known.get(str(row["project_id"])) or known.get(str(row["project"])) or {} for row in currency["projects"]]
    rows = [
        {**row, "spend_limit": limit_of(scope), "spend_alerts": alerts_of(scope)}
        for row, scope in zip(currency["projects"], scopes)
    ]
    return {**currency, "projects": rows}


def by_name(existing: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the projects of an export by their names and IDs."""
    projects = existing.get("projects") or ()
    return {str(each[option]): each for option in ("name", "project_id") for each in projects if each.get(option)}


def limit_of(scope: Mapping[str, Any]) -> str | None:
    """Return the spend limit of the organization or a project in an export, in dollars and cents."""
    amount = (scope.get("spend_limit") or {}).get("usd_per_month")
    return None if amount is None else str(Decimal(str(amount)).quantize(_CENT))


def alerts_of(scope: Mapping[str, Any]) -> list[str]:
    """Return the amounts of spend alerts in the same form, the lowest first."""
    amounts = (Decimal(str(each["usd_per_month"])) for each in scope.get("spend_alerts") or ())
    return [str(amount.quantize(_CENT)) for amount in sorted(amounts)]


def _days_of(buckets: Iterable[Mapping[str, Any]], middle: date) -> dict[str, dict[date, Decimal]]:
    """Return the costs of each day in each currency, including the previous month."""
    days: dict[str, dict[date, Decimal]] = {}
    for bucket in buckets:
        day = datetime.fromtimestamp(bucket["start_time"], timezone.utc).date()
        for result in bucket["results"]:
            amount, currency = amount_of(result, day)
            of_currency = days.setdefault(currency, {})
            if day >= middle:
                of_currency[day] = EXACT.add(of_currency.get(day, Decimal(0)), amount)
    return days


def _amounts(total: Mapping[str, Any]) -> Row:
    """Return a group's costs of the month and of the previous one, and whether the month has any charge, even 0."""
    periods: Sequence[Any] = total.get("periods") or ()
    if len(periods) != 2:
        raise Unusable("cost_report needs what community.openai_admin.cost_info returned with the question's periods.")
    before, month = periods
    return {
        "currency": total["currency"],
        "amount": Decimal(month["amount"]),
        "before": Decimal(before["amount"]),
        "charged": month["currency"] is not None,
    }


def amount_of(result: Mapping[str, Any], day: date) -> tuple[Decimal, str]:
    """Return the amount and the currency of a result. Raises C(Unusable) if one is missing."""
    amount = result.get("amount") or {}
    if amount.get("value") is None or amount.get("currency") is None:
        raise Unusable(f"The API gave costs of {day} without an amount or a currency: they cannot be added up.")
    return Decimal(str(amount["value"])), str(amount["currency"])


def _compared_with(span: Mapping[str, Any]) -> str:
    """Return the name of the period for comparison."""
    start, end = (date.fromisoformat(each) for each in span["periods"][0].values())
    return str(span["month_before"]) if str(end) == span["middle"] else f"{start} to {end - timedelta(1)}"


def _centers_of(declaration: Mapping[str, Any] | None) -> Mapping[tuple[str, str], str]:
    """Return the cost center of each declared project that has one, by the option that names the project."""
    return {
        (option, str(project[option])): str(center_of(project))
        for project in (declaration or {}).get("projects") or ()
        for option in ("project_id", "name")
        if project.get(option) and center_of(project) not in (None, "")
    }


def center_of(project: Mapping[str, Any]) -> Any:
    """Return the cost center of a project, in its attributes or in the deprecated option."""
    attributes = project.get(ATTRIBUTES)
    own = attributes.get(COST_CENTER) if isinstance(attributes, Mapping) else None
    return project.get(COST_CENTER) if own is None else own


def _names(total: Mapping[str, Any], centers: Mapping[tuple[str, str], str]) -> Row:
    """Return the names in a line; null if it is not grouped by that, or has none."""
    project_id, key_id = total.get("project_id"), total.get("api_key_id")
    by_id, by_name = ("project_id", str(project_id)), ("name", str(total.get("project")))
    deleted = total.get("api_key_deleted")
    return {
        "cost_center": centers.get(by_id) or centers.get(by_name) if project_id else None,
        "project": total.get("project"),
        "project_id": project_id,
        "project_status": total.get("project_status"),
        "api_key": total.get("api_key_name") or (_UNNAMED[deleted] if key_id else None),
        "api_key_id": key_id,
        "api_key_deleted": deleted,
        "owner": total.get("api_key_owner"),
        "line_item": total.get("line_item"),
    }


def _divisions(groups: Sequence[str], with_centers: bool) -> Mapping[str, tuple[str, ...]]:
    """Return the tables of a report with their columns, of which the first identifies a row."""
    found: dict[str, tuple[str, ...]] = {}
    if "project_id" in groups:
        if with_centers:
            found["cost_centers"] = ("cost_center",)
        found["projects"] = ("project_id", "project", "project_status", "cost_center")
    if "line_item" in groups:
        found["line_items"] = ("line_item",)
    if "api_key_id" in groups:
        found["api_keys"] = ("api_key_id", "api_key", "api_key_deleted", "owner", "project", "project_id")
    return found


def _currency(
    lines: Sequence[Row],
    days: Mapping[date, Decimal],
    divisions: Mapping[str, tuple[str, ...]],
    span: Mapping[str, Any],
) -> Row:
    """Return the report in one currency."""
    amount, before = _total(lines, "amount"), _total(lines, "before")
    return {
        "currency": lines[0]["currency"],
        **_measures(amount, before, amount),
        "forecast": _forecast(days, date.fromisoformat(span["today"])) if span["today"] else None,
        "days": [{"date": str(day), "amount": as_text(days.get(day, Decimal(0)))} for day in _days(span)],
        **{name: _rows(lines, fields, amount) for name, fields in divisions.items()},
    }


def _days(span: Mapping[str, Any]) -> list[date]:
    """Return the days of the month that have begun."""
    start, end = date.fromisoformat(span["middle"]), date.fromisoformat(span["end"])
    if span["today"]:
        end = date.fromisoformat(span["today"]) + timedelta(1)
    return [start + timedelta(number) for number in range((end - start).days)]


def _rows(lines: Iterable[Row], fields: Sequence[str], total: Decimal) -> list[Row]:
    """Return lines combined by these fields, the largest first."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for line in lines:
        groups.setdefault(tuple(line[name] for name in fields), []).append(line)
    found = [(dict(zip(fields, key)), _total(each, "amount"), _total(each, "before")) for key, each in groups.items()]
    found.sort(key=lambda row: (-row[1], -row[2], [str(value) for value in row[0].values()]))
    return [{**names, **_measures(amount, before, total)} for names, amount, before in found]


def _measures(amount: Decimal, before: Decimal, total: Decimal) -> Row:
    change = EXACT.subtract(amount, before)
    return {
        "amount": as_text(amount),
        "share": _ratio(amount, total),
        "before": as_text(before),
        "change": as_text(change),
        "change_ratio": _ratio(change, before) if before > 0 else None,
    }


def _ratio(part: Decimal, whole: Decimal) -> str | None:
    return as_text(EXACT.divide(part, whole).quantize(_RATIO, context=EXACT)) if whole else None


def _total(lines: Iterable[Row], name: str) -> Decimal:
    return reduce(EXACT.add, (line[name] for line in lines), Decimal(0))


def _forecast(days: Mapping[date, Decimal], today: date) -> Row | None:
    """Return the forecast for the month, from the average of its completed days; null on its first day."""
    over = today.day - 1
    if not over:
        return None
    complete = reduce(EXACT.add, (amount for day, amount in days.items() if day < today), Decimal(0))
    average = EXACT.divide(complete, Decimal(over))
    left = monthrange(today.year, today.month)[1] - today.day
    to_come = EXACT.add(max(average, days.get(today, Decimal(0))), EXACT.multiply(average, Decimal(left)))
    return {
        "amount": as_text(EXACT.add(complete, to_come).quantize(_CENT, context=EXACT)),
        "average": as_text(average.quantize(_CENT, context=EXACT)),
        "days_over": over,
        "days_left": left,
    }


def _written(lines: Iterable[Row], span: Mapping[str, Any], totals: Mapping[str, str], organization: str) -> list[Row]:
    """Return the lines of the month for files, in an order that does not depend on amounts."""
    charged = [line for line in lines if line["charged"]]
    charged.sort(key=lambda line: [str(line[name] or "") for name in ("currency", *COLUMNS[1:8])])
    written = []
    for line in charged:
        share = _ratio(line["amount"], Decimal(totals[line["currency"]]))
        of_all = {"month": span["month"], "organization": organization}
        whole = {**line, **of_all, "amount": as_text(line["amount"]), "share": share}
        written.append({name: whole[name] for name in (*COLUMNS, "project_status", "api_key_deleted")})
    return written


def _notes(made: Mapping[str, Any], groups: Sequence[str]) -> list[str]:
    """Return notes for readers of the report."""
    notes = ["Days are those of UTC. The API may still correct the costs of the last days."]
    if made["to_date"]:
        notes.append(f"The month is not over, nor is today. Changes are relative to {made['compared_with']}.")
    notes += [
        f"Forecast in {each['currency'].upper()}: {forecast_in_words(each)}"
        for each in made["currencies"]
        if made["to_date"]
    ]
    if len(made["currencies"]) > 1:
        notes.append("There are several currencies. They are not added together, and shares are within one currency.")
    if "api_key_id" in groups:
        notes.append("A deleted key no longer has a name or an owner. Keys of archived projects cannot be listed.")
    return notes


def forecast_in_words(currency: Mapping[str, Any]) -> str:
    """Return how the forecast is computed, or why there is none."""
    forecast = currency["forecast"]
    if not forecast:
        return "none on the first day of a month."
    days = f"{forecast['days_over']} days that are over" if forecast["days_over"] > 1 else "day that is over"
    return (
        f"{money(forecast['amount'])} for the whole month."
        f" The {days} cost {money(forecast['average'])} a day on average."
        f" The {forecast['days_left']} remaining days are forecast with this average,"
        " and so is today unless it has already cost more."
    )


def to_cents(amount: Decimal) -> int:
    """Return an amount in cents, rounded."""
    return int(EXACT.multiply(amount, Decimal(CENTS)).to_integral_value())


def apportion(total: int, amounts: Sequence[Decimal]) -> list[int]:
    """Return cents that add up to the total, by the largest remainder method."""
    exact = [EXACT.multiply(amount, Decimal(CENTS)) for amount in amounts]
    cents = [int(each.to_integral_value(ROUND_FLOOR)) for each in exact]
    by_rest = sorted(range(len(cents)), key=lambda place: EXACT.subtract(exact[place], cents[place]), reverse=True)
    for place in by_rest[: total - sum(cents)]:
        cents[place] += 1
    return cents


def money(amount: str | Decimal) -> str:
    """Return an amount for people, rounded to the cent."""
    return f"{Decimal(amount).quantize(_CENT, context=EXACT):,f}"


def percent(ratio: str | None, sign: bool = False) -> str | None:
    """Return a ratio for people, as a percentage."""
    if ratio is None:
        return None
    shown = (Decimal(ratio) * 100).quantize(Decimal("0.1"))
    return f"{shown:+,f} %" if sign else f"{shown:,f} %"


def _summary(made: Mapping[str, Any]) -> list[str]:
    if not made["currencies"]:
        return [f"No costs in {made['month']}, and none in {made['compared_with']}.", visible(made["whose"])]
    lines = []
    for each in made["currencies"]:
        name = each["currency"].upper()
        change = percent(each["change_ratio"], sign=True)
        against = f"{change} against" if change else "against"
        lines.append(
            f"Costs of {made['month']}{' to date' if made['to_date'] else ''}: {money(each['amount'])} {name}"
            f" ({against} {money(each['before'])} in {made['compared_with']})."
        )
        if made["to_date"]:
            lines.append(f"Forecast: {forecast_in_words(each)}")
        rows = each.get("projects") or each.get("line_items") or []
        cents = apportion(to_cents(Decimal(each["amount"])), [Decimal(row["amount"]) for row in rows])
        largest = [f"{label(row)} {money(Decimal(part) / CENTS)}" for row, part in zip(rows[:_FEW], cents)]
        more = f", and {len(rows) - _FEW} more" if len(rows) > _FEW else ""
        lines.append(f"The largest: {', '.join(largest)}{more}.")
    return [visible(line) for line in (*lines[: _MOST_LINES - 1], made["whose"])]


def label(row: Mapping[str, Any]) -> str:
    """Return the label of a row."""
    if "api_key_id" in row:
        return str(row["api_key"] or "No API key")
    if "project_id" in row:
        return str(row["project"] or row["project_id"] or "No project")
    if "line_item" in row:
        return str(row["line_item"] or "No line item")
    return str(row["cost_center"] or "No cost center")
