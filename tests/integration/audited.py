# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization, its declaration, and every kind of deviation between them."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

DAY = 86400
NOW = int(time.time())
MARKUP = "<script>document.title='run'</script>"
EVALUATED = "{{ 7 * 7 }}"
LIMITS = [
    {"model": "gpt-5", "max_requests_per_1_minute": 500, "max_tokens_per_1_minute": 500000},
    {"model": "gpt-5-mini", "max_requests_per_1_minute": 1000, "max_tokens_per_1_minute": 1000000},
]

DECLARATION: dict[str, Any] = {
    "users": [
        {"email": "platform-owner@example.com", "role": "owner"},
        {"email": "auditor@example.com", "role": "reader"},
        {"email": "search-lead@example.com", "role": "reader"},
        {"email": "search-dev@example.com", "role": "reader"},
    ],
    "invites": [{"email": "newcomer@example.com", "role": "reader"}, {"email": "slow@example.com", "role": "reader"}],
    "projects": [
        {
            "name": "search-prod",
            "users": [
                {"email": "search-lead@example.com", "role": "owner"},
                {"email": "search-dev@example.com", "role": "member"},
            ],
            "service_accounts": [{"name": "search-api", "role": "member"}],
            "rate_limits": [
                {"model": "gpt-5", "max_requests_per_1_minute": 500},
                {"model": "gpt-5-mini", "max_requests_per_1_minute": 1000},
            ],
        },
        {"name": "research", "users": []},
    ],
}

AS_DECLARED: dict[str, Any] = {
    "users": [
        {"email": "platform-owner@example.com", "role": "owner"},
        {"email": "auditor@example.com"},
        {"email": "search-lead@example.com"},
        {"email": "search-dev@example.com"},
    ],
    "invites": [
        {"email": email, "role": "reader", "created_at": NOW - 3 * DAY, "expires_at": NOW + 4 * DAY}
        for email in ("newcomer@example.com", "slow@example.com")
    ],
    "default_rate_limits": LIMITS,
    "projects": [
        {"name": "Default project"},
        {
            "name": "search-prod",
            "users": [
                {"email": "search-lead@example.com", "role": "owner"},
                {"email": "search-dev@example.com", "role": "member"},
            ],
            "service_accounts": [{"name": "search-api", "role": "member"}],
        },
        {"name": "research"},
    ],
}


def deviating() -> dict[str, Any]:
    """Return the organization with one deviation of each kind, and none of them twice."""
    there = copy.deepcopy(AS_DECLARED)
    search, research = there["projects"][1:]
    there["users"][1]["role"] = "owner"  # not the declared role
    there["users"] += [{"email": "stranger@example.com", "role": "owner"}, {"email": "guest@example.com"}]
    there["invites"] = [  # newcomer has no invite
        {"email": "slow@example.com", "role": "reader", "created_at": NOW - 3 * DAY, "expires_at": NOW - DAY},
        {"email": "uninvited@example.com", "created_at": NOW - DAY, "expires_at": NOW + 6 * DAY},
        {"email": "late@example.com", "created_at": NOW - 30 * DAY, "expires_at": NOW - 23 * DAY},
    ]
    there["projects"].append({"name": MARKUP})
    search["users"][1]["role"] = "owner"
    search["users"].append({"email": "guest@example.com", "role": "member"})
    search["service_accounts"] = [{"name": EVALUATED, "role": "member"}]  # search-api is missing
    search["api_keys"] = [
        {
            "name": "forgotten-key",
            "user": "search-dev@example.com",
            "created_at": NOW - 300 * DAY,
            "last_used_at": NOW - 200 * DAY,
        },
        {
            "name": "used-key",
            "user": "search-dev@example.com",
            "created_at": NOW - 300 * DAY,
            "last_used_at": NOW - DAY,
        },
    ]
    search["rate_limits"] = [
        {**LIMITS[0], "max_requests_per_1_minute": 9000},
        LIMITS[1],
        {"model": "undeclared-model", "max_requests_per_1_minute": 1, "max_tokens_per_1_minute": 1},
    ]
    there["admin_api_keys"] = [{"name": "forgotten-admin-key", "created_at": NOW - 300 * DAY}]
    there["certificates"] = [
        {"name": "old-gateway", "generate": {"common_name": "Old gateway", "days": 10}, "active": False},
        {"name": "new-gateway", "generate": {"common_name": "New gateway", "days": 300}, "active": False},
    ]
    del research
    return there


DECLARED: Mapping[str, Any] = MappingProxyType(DECLARATION)


def variables(declared: Mapping[str, Any] | None = DECLARED, **settings: Any) -> dict[str, Any]:
    """Return the extra variables of an audit; with None as C(declared), the declaration comes in another way."""
    declaration = {} if declared is None else {"openai_admin_organization": dict(declared)}
    return {**declaration, **{f"openai_admin_audit_{name}": value for name, value in settings.items()}}


DEVIATIONS = [
    ("unmanaged", "user", "stranger@example.com"),
    ("unmanaged", "user", "guest@example.com"),
    ("unmanaged", "invite", "uninvited@example.com"),
    ("unmanaged", "invite", "late@example.com"),
    ("unmanaged", "project", MARKUP),
    ("unmanaged", "project_user", "guest@example.com"),
    ("unmanaged", "service_account", EVALUATED),
    ("drift", "user", "auditor@example.com"),
    ("drift", "project_user", "search-dev@example.com"),
    ("drift", "service_account", "search-api"),
    ("drift", "rate_limit", "gpt-5"),
    ("drift", "invite", "newcomer@example.com"),
    ("unused_keys", "project_api_key", "forgotten-key"),
    ("unused_keys", "admin_api_key", "forgotten-admin-key"),
    ("expiring_certificates", "certificate", "old-gateway"),
    ("expired_invites", "invite", "slow@example.com"),
    ("undeclared_rate_limits", "rate_limit", "undeclared-model"),
]
"""The category, kind and name of each deviation that an audit has to find."""
