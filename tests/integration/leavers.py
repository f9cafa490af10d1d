# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization with people who leave it, for tests of off-boarding."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

OWNER, LEAD, DEV, SCIM = "owner@example.com", "search-lead@example.com", "search-dev@example.com", "scim@example.com"
LEFT = "left-before@example.com"
DAY = 86400
LONG_AGO = int(time.time()) - 30 * DAY
MIXED_CASE = LEAD.title()

ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": OWNER, "id": "user-owner", "role": "owner"},
        {"email": LEAD, "id": "user-lead", "role": "owner"},
        {"email": DEV, "id": "user-dev"},
        {"email": SCIM, "id": "user-scim", "is_scim_managed": True},
    ],
    "former_users": [{"email": LEFT, "id": "user-left"}],
    "roles": [{"name": "Usage viewer", "id": "role_usage", "permissions": ["api.usage.read"]}],
    "role_assignments": [
        {"user": DEV, "role": "Usage viewer"},
        {"group": "group_okta", "role": "Usage viewer"},
    ],
    "projects": [
        {
            "name": "search-prod",
            "id": "proj_search",
            "users": [{"email": DEV}, {"email": SCIM, "role": "owner"}],
            "groups": [{"group": "group_team"}],
            "roles": [{"name": "{{ 9 * 9 }}", "id": "role_writer", "permissions": ["api.responses.write"]}],
            "role_assignments": [
                {"group": "group_team", "role": "role_writer"},
                {"user": SCIM, "role": "role_writer"},
            ],
            "service_accounts": [{"name": "search-api", "id": "svc_api"}, {"name": "indexer", "id": "svc_indexer"}],
            "api_keys": [
                {"name": "laptop", "id": "key_lead", "user": LEAD, "last_used_at": LONG_AGO},
                {"name": "desk", "id": "key_dev", "user": DEV},
                {"name": "phone", "id": "key_scim", "user": SCIM},
                {"name": "deploy", "id": "key_deploy", "service_account": "search-api"},
                {"name": "nightly", "id": "key_nightly", "service_account": "indexer"},
            ],
        },
        {
            "name": "{{ 7 * 7 }}",
            "id": "proj_chat",
            "users": [{"email": DEV, "role": "owner"}],
            "roles": [{"name": "Reader", "id": "role_reader", "permissions": ["api.files.read"]}],
            "role_assignments": [{"user": LEFT, "role": "Reader"}, {"user": LEAD, "role": "Reader"}],
            "api_keys": [{"name": "{{ 6 * 6 }}", "id": "key_left", "user": LEFT}],
        },
        {"name": "old", "id": "proj_old", "status": "archived"},
    ],
    "groups": [
        {
            "name": "{{ 8 * 8 }}",
            "id": "group_team",
            "members": [{"email": email} for email in (OWNER, LEAD, DEV, LEFT)],
        },
        {"name": "okta", "id": "group_okta", "is_scim_managed": True, "members": [{"email": DEV}, {"email": SCIM}]},
        {"name": "robots", "id": "group_bots", "members": [{"service_account": "indexer", "project": "search-prod"}]},
    ],
    "admin_api_keys": [
        {"name": "automation", "id": "key_admin_owner", "owner": OWNER},
        {"name": "lead", "id": "key_admin_lead", "owner": LEAD},
        {"name": "{{ 5 * 5 }}", "id": "key_admin_left", "owner": "user-left"},
    ],
    "invites": [
        {"email": DEV, "id": "invite-dev", "status": "accepted"},
        {"email": MIXED_CASE, "id": "invite-lead"},
        {"email": LEFT, "id": "invite-left", "status": "expired"},
    ],
    "audit_events": [
        {
            "type": "service_account.created",
            "details": {"id": "svc_api", "data": {"role": "member"}},
            "actor": {"email": LEAD},
        },
        {"type": "api_key.created", "details": {"id": "key_nightly", "data": {"scopes": []}}, "actor": {"email": LEAD}},
        {"type": "api_key.created", "details": {"id": "key_gone", "data": {"scopes": []}}, "actor": {"email": LEAD}},
    ],
}
