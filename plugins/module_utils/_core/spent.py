# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What the organization, or a project, has cost in the current month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError, BadAnswer
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import differing
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import Reads
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Object,
    Resource,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import exact

COSTS = "costs"
"""The key of C(Current.unread) for them."""
_PROJECT = "project_id"
_MOST_DAYS = 31
_CURRENCY = "usd"


def with_spent(client: Reads, resource: Resource, desired: Desired, current: Current, denied: Iterable[int]) -> Current:
    """Return the current state with the costs of its scope, if they decide anything. Raises C(AdminError).

    C(denied): the status codes of answers to a key that may not read them.
    """
    spent, known = resource.spent, current.object
    if spent is None or not desired.present or current.missing or desired.asks(spent.waived_by):
        return current
    if known is not None and not differing(resource, desired, known):
        return current
    now = datetime.now(timezone.utc)
    start = datetime(now.year, now.month, 1, tzinfo=timezone.utc)
    query = {"start_time": int(start.timestamp()), "group_by": [_PROJECT], "limit": _MOST_DAYS}
    try:
        buckets = client.pages(Request("GET", spent.path, "read the costs of this month", {}, query, exact=True))
        results = [result for bucket in buckets for result in _results(bucket)]
    except ApiError as error:
        if error.status not in denied:
            raise
        return replace(current, unread={**current.unread, COSTS: error.words})
    own = current.ids.get(_PROJECT)
    return replace(current, spent=sum((_amount(each, own) for each in results), Decimal(0)))


def _results(bucket: Object) -> list[Any]:
    """Return the results of a bucket. Raises C(BadAnswer) if they are not a list."""
    results = bucket.get("results")
    if results is not None and not isinstance(results, list):
        raise _unreadable("the results of a bucket are not a list")
    return results or []


def _amount(result: Any, project: str | None) -> Decimal:
    """Return the dollars of a result, if it is of the project, or of any if none is given.

    Raises C(BadAnswer) if they cannot be read: nobody knows whether they are little.
    """
    if not isinstance(result, Mapping):
        raise _unreadable("a result is not an object")
    if project and result.get(_PROJECT) != project:
        return Decimal(0)
    amount = exact(value_at(result, "amount.value"))
    if amount is None:
        raise _unreadable("an amount is not a number")
    currency = value_at(result, "amount.currency")
    if amount and str(currency).lower() != _CURRENCY:
        raise _unreadable(f"an amount is not in US dollars, but in {currency}")
    return amount


def _unreadable(why: str) -> BadAnswer:
    return BadAnswer(f"Could not read the costs of this month: {why}.", executed=True)
