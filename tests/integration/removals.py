# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization with one object of each kind that can be removed, and the tasks that remove them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integration.scenarios import NOW, SEARCH

ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "dev@example.com", "id": "user-dev"},
        {"email": "ops@example.com", "id": "user-ops"},
    ],
    "default_rate_limits": [
        {"model": "gpt-5", "max_requests_per_1_minute": 300, "max_tokens_per_1_minute": 300000},
    ],
    "admin_api_keys": [{"name": "ci", "id": "key_ci"}],
    "invites": [{"email": "new@example.com", "role": "reader", "id": "invite-new"}],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": "dev@example.com", "role": "member"}],
            "service_accounts": [{"name": "api", "id": "svc_api", "role": "member"}],
            "api_keys": [{"name": "deploy", "service_account": "api", "id": "key_deploy"}],
        },
    ],
    "certificates": [
        {"name": "gateway", "id": "cert_1", "generate": {"common_name": "Gateway CA"}, "projects": ["search"]},
        {"name": "spare", "id": "cert_2", "generate": {"common_name": "Spare CA"}},
    ],
    "behaviour": {"clock": NOW},
}
REMOVALS: Mapping[str, Mapping[str, Any]] = {
    "user": {"email": "ops@example.com"},
    "project_user": {**SEARCH, "email": "dev@example.com"},
    "service_account": {**SEARCH, "name": "api"},
    "project_api_key": {**SEARCH, "service_account": "api", "name": "deploy"},
    "admin_api_key": {"name": "ci"},
    "invite": {"email": "new@example.com"},
    "certificate": {"name": "spare"},
}
