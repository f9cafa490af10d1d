# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read an organization with the official SDK, and compare the objects with those that modules return."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

import openai
from openai.resources.admin.organization import Organization
from simulator import Simulator


def admin(simulator: Simulator) -> Organization:
    """Return the SDK's client for the Administration API of a simulator."""
    client = openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url, max_retries=0)
    return client.admin.organization


def seen(organization: Organization, call: str, **query: Any) -> list[dict[str, Any]]:
    """Return all objects of a list, all buckets of a report, or one object, as the SDK reads them."""
    ask = attrgetter(call)(organization)
    answer = ask(**query)
    if not hasattr(answer, "data"):
        return [answer.to_dict()]
    if not hasattr(answer, "next_page"):
        return [item.to_dict() for item in answer]
    buckets = [bucket.to_dict() for bucket in answer.data]
    while answer.has_more:  # the SDK does not follow these pages by itself
        answer = ask(**query, page=answer.next_page)
        buckets += [bucket.to_dict() for bucket in answer.data]
    return buckets


def plain(value: Any) -> Any:
    """Return an object of the SDK as modules return it: without C(object), and with decimals in place of floats."""
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items() if name != "object"}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return Decimal(repr(value)) if isinstance(value, float) else value


def differences(returned: list[dict[str, Any]], objects: list[dict[str, Any]]) -> list[str]:
    """Return the differences between objects that a module returned and those that the SDK read.

    Only values that both have in the same shape are compared; there must be at least three of them.
    """
    if len(returned) != len(objects):
        return [f"{len(returned)} objects, not {len(objects)}"]
    found = []
    for item, expected in zip(returned, map(plain, objects), strict=True):
        compared = alike(item, expected)
        wanted = {name: expected[name] for name in compared}
        if compared != wanted or len(compared) < 3:
            found.append(f"{compared} != {wanted}")
    return found


def alike(returned: Any, expected: Any) -> Any:
    """Return the values of a module's result that the SDK also read, and in the same shape."""
    if isinstance(expected, Mapping) and isinstance(returned, Mapping):
        same = {name: inner for name, inner in expected.items() if name in returned}
        kept = {
            name: inner for name, inner in same.items() if not isinstance(inner, Mapping) or name in nested(returned)
        }
        return {name: alike(returned[name], inner) for name, inner in kept.items()}
    if isinstance(expected, list) and isinstance(returned, list) and len(returned) == len(expected):
        return [alike(*pair) for pair in zip(returned, expected, strict=True)]
    return Decimal(repr(float(returned))) if isinstance(expected, Decimal) else returned


def nested(item: Mapping[str, Any]) -> set[str]:
    """Return the names of an object's fields that are objects themselves."""
    return {name for name, inner in item.items() if isinstance(inner, Mapping)}
