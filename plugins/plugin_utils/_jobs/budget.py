# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Compares the costs of the current month with declared budgets. Pure; money is Decimal, and shown in cents.

Budgets stop no requests. They work without hard limits: the job fails, and leaves a message for each owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import BUDGET, COST_CENTERS
from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import EXACT
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses
from ansible_collections.community.openai_admin.plugins.module_utils._values.money import dollars
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit import fingerprint
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_checks import (
    FAILED,
    NOTED,
    PASSED,
    UNREADABLE,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import (
    Unusable,
    alerts_of,
    by_name,
    center_of,
    limit_of,
    money,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.month_costs import Costs, Row, shown, total
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import answering, head

PREFIX = "openai_admin_budget_"
OVER, FORECAST, WARNING, WITHIN, NONE = "over", "forecast", "warning", "within", "no_budget"
"""What becomes of a budget: it is spent, it will be, more of it is spent than the job warns of, or neither."""
WORDS = {OVER: "spent", FORECAST: "will be spent", WARNING: "nearly spent", WITHIN: "kept", NONE: "no budget"}
COLUMNS = (
    "month",
    "scope",
    "name",
    "project_id",
    "cost_center",
    "budget",
    "spent",
    "percent",
    "forecast",
    "forecast_low",
    "forecast_high",
    "days_left",
    "state",
    "spend_limit",
    "spend_alerts",
    "owners",
    "organization",
)
"""The columns of the CSV, in order."""
NUMBERS = ("budget", "spent", "percent", "forecast", "forecast_low", "forecast_high", "days_left", "spend_limit")
READ = {"limits": "spend limits and alerts", "keys": "API keys"}
"""The words for the data in each result besides costs."""
_TENTH = Decimal("0.1")
_FEW = 5
_MOST_LINES = 24
_MOST_STATS = 1900
"""Maximum bytes of the statistics without the path of the report, so that AWX gets at most 4 KB."""


def report(read: Mapping[str, Any], settings: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    """The report, from what the modules returned: C(costs), C(limits) and C(keys).

    Raises C(Unusable) if nothing has a budget, or an amount cannot be read, and C(WrongOrganization).
    """
    declaration = about["declaration"] or {}
    told = {name.removeprefix(PREFIX): value for name, value in settings.items()}
    today = date.fromisoformat(about["question"]["today"])
    results = (read["costs"], read["limits"], read["keys"])
    name = answering([each.get("organization_name") for each in results], declaration.get("organization"))
    lost = [each for each in READ if read[each].get("failed")]
    costs = Costs(read["costs"]["buckets"], today)
    for named in read["costs"]["totals"]:
        costs.name(named)
    known = _Known(declaration, costs, {} if "limits" in lost else read["limits"].get("organization") or {})
    rows = [*known.centers(), *known.projects()]
    if not any(each["budget"] for each in rows):
        raise Unusable(f"The declaration has no budget: give {BUDGET} to a project, or {COST_CENTERS}.")
    for row in rows:
        _judge(row, costs, told["warn_at_percent"])
    failing = [row for row in rows if row["state"] in told["fail_on"]]
    spent, budget = (
        total(costs.of(None).values()),
        total(Decimal(each["budget"] or 0) for each in rows if _counts(each)),
    )
    made: dict[str, Any] = {
        **head(told["title"], about["organization"] or None, name, about["question"]["made_at"]),
        "ansible_version": about["ansible_version"],
        "month": about["question"]["month"],
        "days_left": costs.days_left,
        "spent": shown(spent),
        "budget": shown(budget),
        **{f"total_{name}": value for name, value in costs.forecast(None).items()},
        "rows": rows,
        "columns": list(COLUMNS),
        "words": WORDS,
        "failed": bool(failing or costs.foreign),
        "fail_on": told["fail_on"],
        "warn_at_percent": told["warn_at_percent"],
        "counts": {state: sum(row["state"] == state for row in rows) for state in WORDS},
        "foreign": sorted(costs.foreign),
        "limit": known.limit,
        "alerts": known.alerts,
        "keys": [] if "keys" in lost else _keys(read["keys"].get("project_api_keys") or (), about["now"]),
        "unreadable": [{"result": each, "what": READ[each], "message": str(read[each].get("msg"))} for each in lost],
        "declaration": {"name": about["file"] or "openai_admin_organization", "sha256": fingerprint(declaration)},
    }
    for row in rows:
        row.update(month=made["month"], organization=name)
    made["verdict"] = "exceeded" if failing else "incomplete" if costs.foreign or lost else "kept"
    made["sentence"] = _sentence(made, failing)
    made["messages"] = _messages(made, rows)
    made["checks"] = [*map(_check, rows, [told["fail_on"]] * len(rows)), *map(_unread, lost)]
    made["notes"] = _notes(made)
    made["summary"] = [visible(line) for line in (*_lines(made), made["whose"])]
    made["stats"] = _stats(made)
    return made


class _Known:
    """What is declared and what is set, joined with what was spent."""

    def __init__(self, declaration: Mapping[str, Any], costs: Costs, existing: Mapping[str, Any]) -> None:
        self._costs = costs
        self._centers = declaration.get(COST_CENTERS) or ()
        self._existing = by_name(existing)
        self.limit = limit_of(existing)
        self.alerts = alerts_of(existing)
        ids = {name: own_id for own_id, name in costs.names.items()}
        self._ids: dict[int, str | None] = {}
        self._declared = [each for each in declaration.get("projects") or () if each.get("state") != "archived"]
        for number, project in enumerate(self._declared):
            self._ids[number] = project.get("project_id") or ids.get(str(project.get("name")))

    def projects(self) -> list[Row]:
        """Return a row for each declared project, and for each other one with costs."""
        rows = [self._project(project, self._ids[number]) for number, project in enumerate(self._declared)]
        declared = {row["project_id"] for row in rows if row["project_id"]}
        others = [each for each in self._costs.charged if each not in declared]
        return rows + [self._project({"name": self._costs.names.get(each or "")}, each) for each in others]

    def centers(self) -> list[Row]:
        """Return a row for each declared cost center."""
        return [
            {
                **_row("cost_center", center.get("name"), center.get(BUDGET), center.get("owners") or ()),
                "cost_center": str(center.get("name")),
                "projects": [
                    self._ids[number]
                    for number, project in enumerate(self._declared)
                    if str(center_of(project)) == str(center.get("name")) and self._ids[number]
                ],
            }
            for center in self._centers
        ]

    def _project(self, project: Mapping[str, Any], own_id: str | None) -> Row:
        name = project.get("name") or own_id
        center = center_of(project)
        existing = self._existing.get(str(own_id)) or self._existing.get(str(project.get("name"))) or {}
        users = [each for each in project.get("users") or () if isinstance(each, Mapping)]
        owners = [each["email"] for each in users if each.get("role") == "owner" and each.get("email")]
        owners += [
            owner
            for each in self._centers
            if center is not None and str(each.get("name")) == str(center)
            for owner in each.get("owners") or ()
        ]
        return {
            **_row("project", name, project.get(BUDGET), owners),
            "project_id": own_id,
            "cost_center": None if center in (None, "") else str(center),
            "projects": [own_id] if own_id or not name else [],
            "spend_limit": limit_of(existing),
            "alerts": alerts_of(existing),
        }


def _row(scope: str, name: Any, budget: Any, owners: Iterable[str]) -> Row:
    """Return a row before its costs are known. Raises C(Unusable) for a budget that is not an amount."""
    try:
        amount = None if budget is None else str(dollars(budget))
    except ValueError as error:
        raise Unusable(f"{BUDGET} of {scope.replace('_', ' ')} '{name}' {error}.") from None
    unique = {str(addresses.canonical(each)): str(each) for each in reversed(list(owners))}
    return {
        "scope": scope,
        "name": "No project" if name is None else str(name),
        "project_id": None,
        "cost_center": None,
        "budget": amount,
        "spend_limit": None,
        "alerts": [],
        "owners": ", ".join(sorted(unique.values())),
        "addresses": sorted(unique.values()),
    }


def _judge(row: Row, costs: Costs, warn_at: int) -> None:
    """Add to a row what was spent, what will be, and what becomes of the budget."""
    projects = row.pop("projects")
    spent = total(costs.of(projects).values())
    row.update(spent=shown(spent), days_left=costs.days_left, **costs.forecast(projects))
    row["spend_alerts"] = ", ".join(row["alerts"])
    row["spenders"] = costs.largest(projects)
    row["percent"] = None
    row["state"] = NONE
    if row["budget"] is None:
        return
    budget = Decimal(row["budget"])
    share = EXACT.divide(EXACT.multiply(spent, Decimal(100)), budget)
    row["percent"] = str(share.quantize(_TENTH, context=EXACT))
    expected = Decimal(row["forecast"]) if row["forecast"] is not None else spent
    if spent >= budget:
        row["state"] = OVER
    elif expected > budget:
        row["state"] = FORECAST
    else:
        row["state"] = WARNING if share >= warn_at else WITHIN


def _counts(row: Mapping[str, Any]) -> bool:
    """Return whether a budget counts in the total: one of a project in a cost center with a budget is part of that."""
    return bool(row["budget"]) and (row["scope"] == "cost_center" or not row.get("cost_center"))


def _keys(keys: Iterable[Mapping[str, Any]], now: float) -> list[Row]:
    """Return the keys with their ages in days, the oldest first; null: the API does not show the age."""
    found = [
        {
            "name": key.get("name"),
            "id": key.get("id"),
            "project": key.get("project"),
            "project_id": key.get("project_id"),
            "owner": key.get("email") or key.get("service_account"),
            "owner_type": key.get("owner_type"),
            "created_at": key.get("created_at"),
            "expires_at": key.get("expires_at"),
            "age_days": None if key.get("created_at") is None else int((now - key["created_at"]) // 86400),
        }
        for key in keys
    ]
    return sorted(found, key=lambda key: (key["created_at"] is None, key["created_at"] or 0, str(key["id"])))


def _check(row: Mapping[str, Any], fail_on: Sequence[str]) -> Row:
    """Return the check of a budget, as a case of JUnit shows it."""
    found = row["state"] not in (WITHIN, NONE)
    status = FAILED if row["state"] in fail_on else NOTED if found else PASSED
    what = "project" if row["scope"] == "project" else "cost center"
    return {
        "title": f"Budget of {what} {row['name']}",
        "project": row["name"] if row["scope"] == "project" else None,
        "status": status,
        "found": [in_words(row)] if found else [],
        "result": "costs",
    }


def _unread(result: str) -> Row:
    return {"title": f"Read {READ[result]}", "project": None, "status": UNREADABLE, "found": [], "result": result}


def in_words(row: Mapping[str, Any]) -> str:
    """Return what becomes of a budget, as a sentence."""
    what = "Project" if row["scope"] == "project" else "Cost center"
    name = f"{what} '{row['name']}'"
    if row["budget"] is None:
        return f"{name} has spent {money(row['spent'])} USD and has no budget."
    said = f"{name} has spent {money(row['spent'])} of {money(row['budget'])} USD ({row['percent']} %)"
    if row["forecast"] is None:
        return f"{said}."
    around = ""
    if row["forecast_low"] is not None:
        around = f" ({money(row['forecast_low'])} to {money(row['forecast_high'])})"
    return f"{said}; forecast for the month: {money(row['forecast'])} USD{around}."


def _messages(made: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return a message for each owner of a budget that is spent, will be, or nearly is; to nobody if it has none."""
    of_owners: dict[str, list[Mapping[str, Any]]] = {}
    written: dict[str, str] = {}
    for row in rows:
        for owner in row["addresses"] or [""] if row["state"] in (OVER, FORECAST, WARNING) else ():
            form = str(addresses.canonical(owner))
            written.setdefault(form, owner)
            of_owners.setdefault(form, []).append(row)
    left = f"{counted(made['days_left'], 'day')} of {made['month']} left."
    return [
        {
            "to": written[form] or None,
            "subject": f"OpenAI budget: {', '.join(visible(row['name']) for row in theirs[:_FEW])}",
            "text": "\n".join(
                visible(line)
                for line in (*(part for row in theirs for part in (in_words(row), *_who(row))), left, made["whose"])
            ),
            "budgets": [row["name"] for row in theirs],
        }
        for form, theirs in sorted(of_owners.items())
    ]


def _who(row: Mapping[str, Any]) -> list[str]:
    """Return a line about who has spent most."""
    if not row["spenders"]:
        return []
    shown = (
        f"{each['key'] or 'no API key'} of {each['owner'] or 'nobody known'} {money(each['spent'])} USD"
        for each in row["spenders"]
    )
    return [f"Most of it: {', '.join(shown)}."]


def _sentence(made: Mapping[str, Any], failing: Sequence[Mapping[str, Any]]) -> str:
    if made["foreign"]:
        return f"There are costs in {' and '.join(made['foreign'])}, which cannot be compared with budgets in USD."
    if failing:
        few = "; ".join(f"{row['name']} {WORDS[row['state']]}" for row in failing[:_FEW])
        more = f"; and {len(failing) - _FEW} more" if len(failing) > _FEW else ""
        return visible(f"{counted(len(failing), 'budget')} not kept: {few}{more}.")
    return f"All budgets of {made['month']} are kept so far."


def _notes(made: Mapping[str, Any]) -> list[str]:
    notes = [
        "Days are those of UTC. The API may still correct the costs of the last days.",
        "The forecast counts the average of the completed days for each day to come. The range around it contains 80 of"
        " 100 months whose days differ as these did. It is unknown before the fourth day.",
        "A budget stops no requests. A spend limit does.",
    ]
    return notes + [f"Unknown are {each['what']}: {each['message']}" for each in made["unreadable"]]


def _lines(made: Mapping[str, Any]) -> list[str]:
    told = [row for row in made["rows"] if row["state"] in (OVER, FORECAST, WARNING)]
    lines = [f"{made['sentence']} Spent: {money(made['spent'])} USD, budgets: {money(made['budget'])} USD."]
    lines += [in_words(row) for row in told[: _MOST_LINES - 3]]
    more = len(told) - (_MOST_LINES - 3)
    return [*lines, *([f"And {more} more."] if more > 0 else [])]


def _stats(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the statistics, with as many messages as AWX keeps; the report has all of them."""
    stats = {
        "verdict": made["verdict"],
        "sentence": made["sentence"],
        "month": made["month"],
        "spent": made["spent"],
        "budget": made["budget"],
        "counts": made["counts"],
        "messages": [],
        "messages_left_out": 0,
    }
    for number, message in enumerate(made["messages"]):
        more = {**stats, "messages": [*stats["messages"], {name: message[name] for name in ("to", "subject", "text")}]}
        if len(str(more).encode("utf-8", "surrogatepass")) > _MOST_STATS:
            return {**stats, "messages_left_out": len(made["messages"]) - number}
        stats = more
    return stats
