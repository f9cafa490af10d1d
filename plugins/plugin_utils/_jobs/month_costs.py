# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The costs of the current month by project, day and key, and forecasts from them. Money is Decimal."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._reports.buckets import EXACT
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.cost_report import amount_of

_USD = "usd"
_CENT = Decimal("0.01")
_FEW = 5
_FEWEST_DAYS = 3
"""The fewest days from which a range can be estimated."""
_SPREAD = Decimal("1.2816")
"""How many standard deviations contain the middle 80 percent of a normal distribution, to each side."""

Row = dict[str, Any]
Days = dict[date, Decimal]


class Costs:
    """The costs of the month by project, day and key."""

    def __init__(self, buckets: Iterable[Mapping[str, Any]], today: date) -> None:
        self.today = today
        self.days_left = monthrange(today.year, today.month)[1] - today.day
        self.foreign: set[str] = set()
        self._days: dict[str | None, Days] = {}
        self.spenders: dict[str | None, dict[str | None, Decimal]] = {}
        self.keys: dict[str, Mapping[str, Any]] = {}
        self.names: dict[str, str] = {}
        first = today.replace(day=1)
        for bucket in buckets:
            day = datetime.fromtimestamp(bucket["start_time"], timezone.utc).date()
            for result in bucket["results"] if day >= first else ():
                amount, currency = amount_of(result, day)
                if currency.lower() != _USD:
                    self.foreign |= {currency.upper()} if amount else set()
                    continue
                project, key = result.get("project_id"), result.get("api_key_id")
                days = self._days.setdefault(project, {})
                days[day] = EXACT.add(days.get(day, Decimal(0)), amount)
                by_key = self.spenders.setdefault(project, {})
                by_key[key] = EXACT.add(by_key.get(key, Decimal(0)), amount)

    def name(self, total: Mapping[str, Any]) -> None:
        """Remember the names in a total."""
        if total.get("project_id") and total.get("project"):
            self.names[total["project_id"]] = total["project"]
        if total.get("api_key_id"):
            self.keys[total["api_key_id"]] = total

    @property
    def charged(self) -> list[str | None]:
        """The IDs of projects that have costs; null: costs of no project."""
        return list(self._days)

    def of(self, projects: Iterable[str | None] | None) -> Days:
        """Return the costs of each day of some projects together; null: of everything."""
        found: Days = {}
        for project in self._days if projects is None else projects:
            for day, amount in self._days.get(project, {}).items():
                found[day] = EXACT.add(found.get(day, Decimal(0)), amount)
        return found

    def forecast(self, projects: Iterable[str | None] | None) -> dict[str, str | None]:
        """Return the forecast for the month from the average of its completed days, and the range around it.

        The range contains the middle 80 percent if days differ as they did so far. Null on the first day, and without
        a range on the first days.
        """
        days, over = self.of(projects), self.today.day - 1
        names = ("forecast", "forecast_low", "forecast_high")
        if not over:
            return dict.fromkeys(names)
        complete = [days.get(self.today.replace(day=number + 1), Decimal(0)) for number in range(over)]
        spent, so_far = total(complete), days.get(self.today, Decimal(0))
        average = EXACT.divide(spent, Decimal(over))
        now = max(average, so_far)
        amount = EXACT.add(EXACT.add(spent, now), EXACT.multiply(average, Decimal(self.days_left)))
        if over < _FEWEST_DAYS:
            return {"forecast": shown(amount), "forecast_low": None, "forecast_high": None}
        squares = (EXACT.multiply(EXACT.subtract(each, average), EXACT.subtract(each, average)) for each in complete)
        deviation = EXACT.divide(total(squares), Decimal(over - 1))
        around = EXACT.multiply(_SPREAD, EXACT.multiply(deviation, Decimal(self.days_left + 1)).sqrt(EXACT))
        low = max(EXACT.subtract(amount, around), EXACT.add(spent, so_far))
        return dict(zip(names, map(shown, (amount, low, EXACT.add(amount, around)))))

    def largest(self, projects: Iterable[str | None]) -> list[Row]:
        """Return the keys that have spent most, with their owners; null: without a key."""
        found: list[tuple[Decimal, str | None, str | None]] = []
        for project in projects:
            found += [(amount, project, key) for key, amount in self.spenders.get(project, {}).items() if amount]
        found.sort(key=lambda each: (-each[0], str(each[1]), str(each[2])))
        return [
            {
                "key": self.keys.get(key or "", {}).get("api_key_name"),
                "key_id": key,
                "owner": self.keys.get(key or "", {}).get("api_key_owner"),
                "project": self.names.get(project or ""),
                "spent": shown(amount),
            }
            for amount, project, key in found[:_FEW]
        ]


def shown(amount: Decimal) -> str:
    """Return an amount with two decimals, as text."""
    return str(amount.quantize(_CENT, ROUND_HALF_UP, context=EXACT))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of amounts."""
    return reduce(EXACT.add, amounts, Decimal(0))
