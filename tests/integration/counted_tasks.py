# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task for each row of docs/requests.yml, and the organization on which the tasks run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import fingerprint
from simulator import Authority

DOCS = Path(__file__).parents[2] / "docs"

PAGE_SIZE = 2
DAY = 86400

ANCHORS = [Authority(f"anchor-{number}").certificate(days=100 + number) for number in range(5)]
ROLE_ARN = "arn:aws:iam::123456789012:role/openai"
KMS = {"kms_arn": "arn:aws:kms:a", "role_arn": ROLE_ARN, "external_id": "org-simulated"}
BUCKET = {"bucket": "b-1", "role_arn": ROLE_ARN}
RULES = [
    {
        "id": f"wifr_{number}",
        "project": "search",
        "service_account": f"account-{number}",
        "attribute_matchers": {"a": 1},
    }
    for number in range(3)
]
ORGANIZATION = {
    "users": [
        {"email": "owner@example.com", "id": "user-boss", "role": "owner"},
        {"email": "deputy@example.com", "id": "user-deputy", "role": "owner"},
        *({"email": f"{name}@example.com", "id": f"user-{name}"} for name in ("lead", "dev", "ops", "new")),
    ],
    "default_rate_limits": [
        {"model": f"model-{number}", "max_requests_per_1_minute": 5, "max_tokens_per_1_minute": 5}
        for number in range(5)
    ],
    "admin_api_keys": [
        {"name": f"admin-{number}", "id": f"key_admin-{number}", "owner": "owner@example.com"} for number in range(4)
    ],
    "certificates": [
        {"name": "anchor-0", "id": "cert_0", "content": ANCHORS[0], "active": True},
        {"name": "anchor-1", "id": "cert_1", "content": ANCHORS[1], "projects": ["search"]},
        *({"name": f"anchor-{number}", "id": f"cert_{number}", "content": ANCHORS[number]} for number in range(2, 5)),
    ],
    "groups": [
        {
            "name": "group-0",
            "id": "group_0",
            "members": [{"user_id": f"user-{name}"} for name in ("boss", "deputy", "lead", "dev", "ops")],
        },
        *({"name": f"group-{number}", "id": f"group_{number}"} for number in range(1, 5)),
    ],
    "roles": [{"name": f"role-{number}", "id": f"role_{number}"} for number in range(3)],
    "role_assignments": [
        *({"group": "group-1", "role": f"role-{number}"} for number in range(3)),
        *({"user": "dev@example.com", "role": f"role-{number}"} for number in range(2)),
    ],
    "invites": [
        {"email": "pending@example.com", "id": "invite-pending", "role": "reader"},
        *({"email": f"accepted-{number}@example.com", "role": "reader", "status": "accepted"} for number in range(4)),
    ],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "users": [
                {"email": "lead@example.com", "role": "owner"},
                {"email": "dev@example.com", "role": "member"},
                {"email": "ops@example.com", "role": "member"},
            ],
            "service_accounts": [{"name": f"account-{number}", "id": f"sa-{number}"} for number in range(5)],
            "api_keys": [
                {"name": f"key-{number}", "id": f"key_{number}", "service_account": "account-1", **more}
                for number, more in enumerate([{}, {}, {"expires_at": int(time.time()) + 5 * DAY}, {}, {}])
            ],
            "spend_limit": {"threshold_amount": 500},
            "roles": [{"name": f"role-{number}", "id": f"role_search_{number}"} for number in range(2)],
            "groups": [{"group": f"group-{number}"} for number in range(3)],
            "spend_alerts": [{"id": "alert_1", "threshold_amount": 100, "recipients": ["ops@example.com"]}],
            "role_assignments": [
                *({"group": "group-1", "role": f"role-{number}"} for number in range(2)),
                {"group": "group-1", "role": "viewer"},
                {"user": "ops@example.com", "role": "role-1"},
            ],
            "model_permissions": {"mode": "allow_list", "model_ids": ["model-0", "model-1"]},
        },
        {"name": "second", "id": "proj_second"},
        {"name": "third", "id": "proj_third"},
        *({"name": f"old-{number}", "status": "archived"} for number in range(3)),
    ],
    "audit_events": [
        {
            "type": "api_key.created",
            "effective_at": "2026-01-01",
            "project": "search",
            "actor": {"email": "dev@example.com"},
            "details": {"id": "key_3", "data": {"scopes": ["api.model.read"]}},
        },
        *(
            {
                "type": "project.updated",
                "effective_at": f"2026-03-0{day}",
                "project": "search",
                "actor": {"email": "dev@example.com"},
                "details": {"id": "proj_search"},
            }
            for day in range(2, 7)
        ),
    ],
    "spend_limit": {"threshold_amount": 500},
    "spend_alerts": [
        {"threshold_amount": 0, "recipients": ["ops@example.com"], "id": "alert_own"},
        *({"threshold_amount": 100 * number, "recipients": ["ops@example.com"]} for number in range(1, 3)),
    ],
    "data_retention": {"type": "modified_abuse_monitoring"},
    "workload_identity_providers": [
        {"name": "issuer-0", "id": "wip_0", "issuer": "https://0.example.com", "rules": RULES},
        *(
            {"name": f"issuer-{number}", "id": f"wip_{number}", "issuer": f"https://{number}.example.com"}
            for number in range(1, 3)
        ),
    ],
    "external_keys": [
        {"name": f"kms-{number}", "id": f"extkey_{number}", "type": "aws", "details": KMS} for number in range(3)
    ],
    "external_storage": [
        {"project": "search", "id": f"extstore_{number}", "type": "aws", "details": {**BUCKET, "bucket": f"b-{number}"}}
        for number in range(3)
    ],
    "usage": {"consumers": [{"project": "search", "api_key_id": "key_1", "user_id": "user-dev"}]},
}

SEARCH = {"project_id": "proj_search"}
ROLE_1, FEW = {"role_id": "role_1"}, {"permissions": ["api.files.read"]}


def in_group(*members: dict[str, Any]) -> dict[str, Any]:
    """Return a declaration of the members of a group."""
    return {"groups": [{"name": "group-0", "members": list(members)}]}


def with_group(group: dict[str, Any]) -> dict[str, Any]:
    """Return the declaration of a project and one group that has access to it."""
    return {"projects": [{"name": "search", "groups": [group]}]}


GROUP_0, GROUP_1 = {"group_id": "group_0"}, {"group_id": "group_1"}
LEAD, DEV, NEW = ({**SEARCH, "email": f"{name}@example.com"} for name in ("lead", "dev", "new"))
EXTENDED = {"extend_when_days_left": 7, "expires_in_days": 30}
KEY_1 = {**SEARCH, "service_account": "account-1", "name": "key-1"}
TWO_LIMITS = [{"model": f"model-{number}", "max_requests_per_1_minute": 7} for number in range(2)]
AS_IT_IS = {
    "name": "search",
    "users": [{"email": "lead@example.com", "role": "owner"}, {"email": "dev@example.com", "role": "member"}],
    "service_accounts": [{"name": "account-1"}],
    "rate_limits": [{"model": "model-1", "max_requests_per_1_minute": 5}],
}
WIP_1 = {"workload_identity_provider_id": "wip_1"}
RULE_1 = {**SEARCH, "workload_identity_provider_id": "wip_0", "service_account_id": "sa-1"}
ISSUED = {"issuer": "https://new.example.com", "audience": "https://api.openai.com/v1"}
PENDING = {"email": "pending@example.com"}
ABSENT = {"state": "absent"}
EVERYTHING = ["projects", "api_keys", "admin_api_keys", "invites"]
ALL_OF_THEM = "with projects, both kinds of keys and invites"
DAYS = {"start_time": "2026-03-02", "end_time": "2026-03-07"}
CHAT = {**DAYS, "kind": "completions"}
IN_SEARCH = {"project_ids": ["proj_search"]}
BY_KEY = {"group_by": ["project_id", "api_key_id"], "api_key_names": True, **IN_SEARCH}

TASKS: dict[tuple[str, str], dict[str, Any]] = {
    ("project", "by name, unchanged"): {"name": "search"},
    ("project", "by name, to be created"): {"name": "new"},
    ("project", "by name, to be created, with allow_archived_namesake"): {
        "name": "old-1",
        "allow_archived_namesake": True,
    },
    ("project", "by name, to be created, with verify_unique"): {"name": "new", "verify_unique": True},
    ("project", "by name, to be changed"): {"name": "search", "external_key_id": "ek-1"},
    ("project", "by name, to be archived"): {"name": "search", "state": "archived"},
    ("project", "by name, not active, archived"): {"name": "old-1", "state": "archived"},
    ("project", "by id, unchanged"): {**SEARCH, "name": "search"},
    ("project", "by id, to be changed"): {**SEARCH, "external_key_id": "ek-1"},
    ("project", "by id, to be renamed"): {**SEARCH, "name": "search-prod"},
    ("project", "by id, to be archived"): {**SEARCH, "state": "archived"},
    ("project_user", "by e-mail address, unchanged"): {**DEV, "role": "member"},
    ("project_user", "by e-mail address, to be added"): {**NEW},
    ("project_user", "by e-mail address, role to be changed"): {**DEV, "role": "owner"},
    ("project_user", "by e-mail address, role to be changed from owner"): {**LEAD, "role": "member"},
    ("project_user", "by e-mail address, to be removed"): {**DEV, **ABSENT},
    ("project_user", "by e-mail address, an owner to be removed"): {**LEAD, **ABSENT},
    ("project_user", "by e-mail address, not a member, absent"): {**NEW, **ABSENT},
    ("project_user", "by id, unchanged"): {**SEARCH, "user_id": "user-dev"},
    ("project_user", "by id, to be added"): {**SEARCH, "user_id": "user-new"},
    ("project_user", "by id, role to be changed"): {**SEARCH, "user_id": "user-dev", "role": "owner"},
    ("project_user", "by id, to be removed"): {**SEARCH, "user_id": "user-dev", **ABSENT},
    ("project_user", "by project name and e-mail address, unchanged"): {
        "project": "search",
        "email": "dev@example.com",
    },
    ("service_account", "by name, unchanged"): {**SEARCH, "name": "account-1", "role": "member"},
    ("service_account", "by name, to be created with a role"): {**SEARCH, "name": "new"},
    ("service_account", "by name, to be created without a role"): {**SEARCH, "name": "new", "role": "none"},
    ("service_account", "by name, to be created with a key"): {**SEARCH, "name": "new", "create_api_key": True},
    ("service_account", "by name, to be created as owner with a key"): {
        **SEARCH,
        "name": "new",
        "role": "owner",
        "create_api_key": True,
    },
    ("service_account", "by name, to be created with a key that has a name"): {
        **SEARCH,
        "name": "new",
        "create_api_key": True,
        "api_key_name": "deploy",
    },
    ("service_account", "by name, to be created with a key, with verify_unique"): {
        **SEARCH,
        "name": "new",
        "create_api_key": True,
        "verify_unique": True,
    },
    ("service_account", "by name, key to be issued"): {**SEARCH, "name": "account-2", "create_api_key": True},
    ("service_account", "by name, with a key, unchanged"): {**SEARCH, "name": "account-1", "create_api_key": True},
    ("service_account", "by name, to be changed"): {**SEARCH, "name": "account-1", "role": "owner"},
    ("service_account", "by name, to be removed"): {**SEARCH, "name": "account-1", **ABSENT},
    ("service_account", "by id, unchanged"): {**SEARCH, "service_account_id": "sa-1"},
    ("service_account", "by id, to be changed"): {**SEARCH, "service_account_id": "sa-1", "role": "owner"},
    ("service_account", "by id, to be renamed"): {**SEARCH, "service_account_id": "sa-1", "name": "renamed"},
    ("service_account", "by project name and name, unchanged"): {"project": "search", "name": "account-1"},
    ("rate_limit", "unchanged"): {**SEARCH, "model": "model-1", "max_requests_per_1_minute": 5},
    ("rate_limit", "to be changed"): {**SEARCH, "model": "model-1", "max_requests_per_1_minute": 6},
    ("rate_limit", "by project name, unchanged"): {"project": "search", "model": "model-1"},
    ("spend_limit", "of the organization, unchanged"): {"usd_per_month": 5},
    ("spend_limit", "of the organization, to be changed"): {"usd_per_month": 70_000},
    ("spend_limit", "of the organization, to be changed with allow_enforcing"): {
        "usd_per_month": 7,
        "allow_enforcing": True,
    },
    ("spend_limit", "of the organization, to be removed"): {**ABSENT},
    ("spend_limit", "of a project by id, unchanged"): {**SEARCH, "usd_per_month": 5},
    ("spend_limit", "of a project by id, to be set"): {"project_id": "proj_second", "usd_per_month": 5},
    ("spend_limit", "of a project by id, to be removed"): {**SEARCH, **ABSENT},
    ("spend_limit", "of a project by id, none, absent"): {"project_id": "proj_second", **ABSENT},
    ("spend_limit", "of a project by name, to be set"): {"project": "second", "usd_per_month": 5},
    ("model_permissions", "of a project by id, unchanged"): {**SEARCH, "allow": ["model-1", "model-0"]},
    ("model_permissions", "of a project by id, to be set"): {"project_id": "proj_second", "deny": ["model-1"]},
    ("model_permissions", "of a project by id, a model to be left out"): {**SEARCH, "allow": ["model-1"]},
    ("model_permissions", "of a project by id, to be removed"): {**SEARCH, **ABSENT},
    ("spend_alert", "of the organization, unchanged"): {"usd_per_month": 1, "recipients": ["Ops@example.com"]},
    ("spend_alert", "of the organization, to be created"): {"usd_per_month": 9, "recipients": ["ops@example.com"]},
    ("spend_alert", "of a project by id, to be changed"): {**SEARCH, "usd_per_month": 1, "subject_prefix": "x"},
    ("spend_alert", "of a project by id, to be deleted"): {**SEARCH, "usd_per_month": 1, **ABSENT},
    ("spend_alert", "of a project by id, by the alert's id, to be changed"): {
        **SEARCH,
        "alert_id": "alert_1",
        "usd_per_month": 2,
    },
    ("workload_identity_provider", "by name, unchanged"): {"name": "issuer-1", "issuer": "https://1.example.com/"},
    ("workload_identity_provider", "by name, to be created"): {"name": "new", **ISSUED},
    ("workload_identity_provider", "by name, to be changed"): {"name": "issuer-1", "enabled": False},
    ("workload_identity_provider", "by name, to be deleted"): {"name": "issuer-1", **ABSENT},
    ("workload_identity_provider", "by id, to be renamed"): {**WIP_1, "name": "renamed"},
    ("workload_identity_provider_info", "everything"): {},
    ("federation_rule", "by ids, unchanged"): {**RULE_1, "match": {"a": 1.0}},
    ("federation_rule", "by ids, to be created"): {**RULE_1, "service_account_id": "sa-4", "match": {"sub": "x"}},
    ("federation_rule", "by ids, scopes to be changed"): {**RULE_1, "scopes": ["api.files.read"]},
    ("federation_rule", "by ids, to be deleted"): {**RULE_1, **ABSENT},
    ("federation_rule", "by names, to be created"): {
        "workload_identity_provider": "issuer-0",
        "project": "search",
        "service_account": "account-4",
        "match": {"sub": "x"},
    },
    ("federation_rule_info", "of one provider by id"): {"workload_identity_provider_id": "wip_0"},
    ("federation_rule_info", "everything"): {},
    ("external_key", "by name, unchanged"): {"name": "kms-1", "type": "aws", **KMS},
    ("external_key", "by name, to be registered"): {"name": "new", "type": "aws", **KMS},
    ("external_key", "by name, unchanged, with validate"): {"name": "kms-1", "validate": True},
    ("external_key", "by name, to be removed"): {"name": "kms-1", **ABSENT},
    ("external_key", "by id, to be removed"): {"external_key_id": "extkey_1", **ABSENT},
    ("external_storage", "by project id, unchanged"): {**SEARCH, "type": "aws", **BUCKET},
    ("external_storage", "by project id, to be registered"): {**SEARCH, "type": "aws", **BUCKET, "bucket": "new"},
    ("external_storage", "by project name, unchanged, with validate"): {
        "project": "search",
        "type": "aws",
        "bucket": "b-1",
        "validate": True,
    },
    ("external_storage", "by project id, to be removed"): {**SEARCH, "type": "aws", "bucket": "b-1", **ABSENT},
    ("external_storage", "by id, to be removed"): {"external_storage_id": "extstore_1", **ABSENT},
    ("external_key_info", "everything"): {},
    ("external_storage_info", "everything"): {},
    ("hosted_tools", "of a project by id, unchanged"): {**SEARCH, "mcp": True},
    ("hosted_tools", "of a project by id, to be changed"): {**SEARCH, "mcp": False, "web_search": False},
    ("service_tiers", "of a project by id, unchanged"): {**SEARCH, "enabled": "all"},
    ("service_tiers", "of a project by id, to be changed"): {**SEARCH, "enabled": [], "default": "scale"},
    ("data_retention", "of the organization, unchanged"): {"type": "modified_abuse_monitoring"},
    ("data_retention", "of the organization, to be changed"): {"type": "zero_data_retention"},
    ("data_retention", "of a project by id, to be changed"): {
        **SEARCH,
        "type": "zero_data_retention",
        "allow_weaker_retention": True,
    },
    ("data_retention", "of a project by name, unchanged"): {"project": "search", "type": "organization_default"},
    ("role_assignment", "of a group by id, unchanged"): {**GROUP_1, "roles": [{"role": "role-1"}]},
    ("role_assignment", "of a group by id, a predefined role to be added"): {
        **GROUP_1,
        "roles": [{"role": "reader"}],
    },
    ("role_assignment", "of a group by name, a custom role to be added"): {
        "group": "group-2",
        "roles": [{"role": "role-1"}],
    },
    ("role_assignment", "of a group by id, to be removed"): {**GROUP_1, "roles": [{"role": "role-1"}], **ABSENT},
    ("role_assignment", "of a group by id, in a project by id, to be exchanged"): {
        **GROUP_1,
        **SEARCH,
        "roles": [{"role": "member"}, {"role": "role-1"}],
        "exclusive": True,
    },
    ("role_assignment", "of a person by e-mail address, unchanged"): {
        "email": "dev@example.com",
        "roles": [{"role": "role-1"}],
    },
    ("role_assignment", "of an owner by id, to become reader"): {
        "user_id": "user-deputy",
        "roles": [{"role": "reader"}],
    },
    ("role_assignment", "of an owner by id, owner to be removed"): {
        "user_id": "user-deputy",
        "roles": [{"role": "owner"}],
        **ABSENT,
    },
    ("project_group", "by group name, unchanged"): {**SEARCH, "group": "group-1", "role": "role-1"},
    ("project_group", "by group name, to be added"): {**SEARCH, "group": "group-4", "role": "member"},
    ("project_group", "by group name, to be added with a custom role"): {
        **SEARCH,
        "group": "group-4",
        "role": "role-1",
    },
    ("project_group", "by group name, to be removed"): {**SEARCH, "group": "group-1", **ABSENT},
    ("project_group", "by id, to be added"): {**SEARCH, "group_id": "group_4", "role": "viewer"},
    ("role", "by name, unchanged"): {"name": "role-1"},
    ("role", "by name, to be created"): {"name": "new", **FEW},
    ("role", "by name, to be changed"): {"name": "role-1", **FEW},
    ("role", "by name, to be deleted"): {"name": "role-1", **ABSENT},
    ("role", "by id, to be renamed"): {**ROLE_1, "name": "renamed"},
    ("role", "of a project by id, by name, to be created"): {**SEARCH, "name": "new", **FEW},
    ("group", "by name, unchanged"): {"name": "group-1"},
    ("group", "by name, to be created"): {"name": "new"},
    ("group", "by name, to be deleted"): {"name": "group-1", **ABSENT},
    ("group", "by id, unchanged"): {**GROUP_1, "name": "group-1"},
    ("group", "by id, to be renamed"): {**GROUP_1, "name": "renamed"},
    ("group", "by id, to be deleted"): {**GROUP_1, **ABSENT},
    ("group_user", "by e-mail address, unchanged"): {**GROUP_0, "members": [{"email": "dev@example.com"}]},
    ("group_user", "by e-mail address, to be added"): {**GROUP_0, "members": [{"email": "new@example.com"}]},
    ("group_user", "by name of a service account, to be added"): {
        **GROUP_0,
        "members": [{**SEARCH, "service_account": "account-1"}],
    },
    ("group_user", "by id, to be removed"): {**GROUP_0, "members": [{"user_id": "user-dev"}], **ABSENT},
    ("group_user", "by group name and e-mail address, to be exchanged"): {
        "group": "group-0",
        "members": [{"email": "dev@example.com"}, {"email": "new@example.com"}],
        "exclusive": True,
    },
    ("user", "by e-mail address, unchanged"): {"email": "dev@example.com", "role": "reader"},
    ("user", "by e-mail address, role to be changed"): {"email": "dev@example.com", "role": "owner"},
    ("user", "by e-mail address, role to be changed from owner"): {"email": "deputy@example.com", "role": "reader"},
    ("user", "by e-mail address, to be removed"): {"email": "dev@example.com", **ABSENT},
    ("user", "by e-mail address, an owner to be removed"): {"email": "deputy@example.com", **ABSENT},
    ("user", "by e-mail address, not there, absent"): {"email": "nobody@example.com", **ABSENT},
    ("user", "by id, unchanged"): {"user_id": "user-dev"},
    ("user", "by id, to be removed"): {"user_id": "user-dev", **ABSENT},
    ("invite", "by e-mail address, pending, unchanged"): {**PENDING},
    ("invite", "by e-mail address, of a member"): {"email": "dev@example.com"},
    ("invite", "by e-mail address, to be sent"): {"email": "new-one@example.com"},
    ("invite", "by e-mail address, to be sent, with a project by name"): {
        "email": "new-one@example.com",
        "projects": [{"project": "search"}],
    },
    ("invite", "by e-mail address, to be replaced"): {**PENDING, "role": "owner"},
    ("invite", "by e-mail address, to be withdrawn"): {**PENDING, **ABSENT},
    ("invite", "by id, to be withdrawn"): {"invite_id": "invite-pending", **ABSENT},
    ("project_api_key", "by name, unchanged"): {**KEY_1},
    ("project_api_key", "by name, to be issued"): {**KEY_1, "name": "new"},
    ("project_api_key", "by name, to be issued for an account that has none"): {
        **SEARCH,
        "service_account": "account-2",
        "name": "new",
    },
    ("project_api_key", "by name, to be revoked"): {**KEY_1, **ABSENT},
    ("project_api_key", "by id, to be revoked"): {**SEARCH, "api_key_id": "key_1", **ABSENT},
    ("project_api_key", "by name, to be extended"): {**KEY_1, "name": "key-2", **EXTENDED},
    ("project_api_key", "by id, to be extended"): {**SEARCH, "api_key_id": "key_2", **EXTENDED},
    ("project_api_key", "by name, with scopes that the audit log shows, unchanged"): {
        **KEY_1,
        "name": "key-3",
        "scopes": ["api.model.read"],
        "update_scopes": "when_known",
    },
    ("admin_api_key", "by name, unchanged"): {"name": "admin-1"},
    ("admin_api_key", "by name, to be issued"): {"name": "new"},
    ("admin_api_key", "by name, to be revoked"): {"name": "admin-1", **ABSENT},
    ("admin_api_key", "by id, to be revoked"): {"key_id": "key_admin-1", **ABSENT},
    ("organization", "a project and its users, service accounts and limits, unchanged"): {"projects": [AS_IT_IS]},
    ("organization", "the same, and the people of the organization, unchanged"): {
        "projects": [AS_IT_IS],
        "users": [{"email": "owner@example.com", "role": "owner"}],
    },
    ("organization", "two limits, to be changed"): {"projects": [{"name": "search", "rate_limits": TWO_LIMITS}]},
    ("organization", "a project, to be created with a user and two limits"): {
        "projects": [{"name": "fourth", "users": [{"email": "lead@example.com"}], "rate_limits": TWO_LIMITS}]
    },
    ("organization", "a person, to be invited"): {"users": [{"email": "nobody@example.com"}], "invite_missing": True},
    ("organization", "a group without its members, unchanged"): {"groups": [{"name": "group-0"}]},
    ("organization", "a group and its members, unchanged"): in_group({"email": "dev@example.com"}),
    ("organization", "a group, a person to be added and another one to be removed"): in_group(
        {"email": "new@example.com"}, {"email": "dev@example.com", **ABSENT}
    ),
    ("organization", "a group, a service account to be added"): in_group(
        {"service_account": "account-2", "project": "search"}
    ),
    ("organization", "a group and its roles, unchanged"): {"groups": [{"name": "group-1", "roles": ["role-1"]}]},
    ("organization", "a group, a custom role to be added"): {"groups": [{"name": "group-2", "roles": ["role-1"]}]},
    ("organization", "a group in a project, unchanged"): with_group({"group": "group-1"}),
    ("organization", "a group in a project and its roles, unchanged"): with_group(
        {"group": "group-1", "roles": ["role-1"]}
    ),
    ("organization", "a group, to be added to a project with a custom role"): with_group(
        {"group": "group-4", "roles": ["role-1"]}
    ),
    ("organization_info", "people and invites"): {"include": ["users", "invites"]},
    ("certificate", "by content, unchanged"): {"content": ANCHORS[1], "name": "anchor-1"},
    ("certificate", "by content, to be uploaded"): {"content": Authority("new").certificate(), "name": "new"},
    ("certificate", "by content, to be renamed"): {"content": ANCHORS[1], "name": "renamed"},
    ("certificate", "by name, unchanged"): {"name": "anchor-1"},
    ("certificate", "by name, to be deleted"): {"name": "anchor-2", **ABSENT},
    ("certificate", "by name, to be deactivated in the organization and deleted"): {
        "name": "anchor-0",
        "deactivate_first": True,
        **ABSENT,
    },
    ("certificate", "by name, to be deactivated in a project and deleted"): {
        "name": "anchor-1",
        "deactivate_first": True,
        **ABSENT,
    },
    ("certificate", "by id, unchanged"): {"certificate_id": "cert_1"},
    ("certificate", "by id, to be renamed"): {"certificate_id": "cert_1", "name": "renamed"},
    ("certificate_activation", "by name, unchanged"): {"certificates": [{"name": "anchor-0"}]},
    ("certificate_activation", "by name, to be activated beside others"): {"certificates": [{"name": "anchor-2"}]},
    ("certificate_activation", "by name, to be exchanged"): {"certificates": [{"name": "anchor-2"}], "exclusive": True},
    ("certificate_activation", "by fingerprint of the newest, to be activated beside others"): {
        "certificates": [{"fingerprint": fingerprint(ANCHORS[4])}]
    },
    ("certificate_activation", "by fingerprint of the third newest, inactive, unchanged"): {
        "certificates": [{"fingerprint": fingerprint(ANCHORS[2])}],
        "state": "inactive",
    },
    ("certificate_activation", "in a project by id, to be deactivated"): {
        **SEARCH,
        "certificates": [{"certificate_id": "cert_1"}],
        "state": "inactive",
    },
    ("certificate_activation", "in a project by name, unchanged"): {
        "project": "search",
        "certificates": [{"certificate_id": "cert_1"}],
    },
    ("certificate_info", "all"): {},
    ("certificate_info", "of one project by id"): {**SEARCH, "active": True},
    ("certificate_info", "by name, with its content"): {"name": "anchor-1", "include_content": True},
    ("admin_api_key_info", "all"): {},
    ("admin_api_key_info", "by id"): {"key_id": "key_admin-1"},
    ("invite_info", "all"): {},
    ("project_info", "all"): {},
    ("project_info", "all, archived ones included"): {"include_archived": True},
    ("project_info", "by id"): {**SEARCH},
    ("project_user_info", "of one project by id"): {**SEARCH},
    ("project_user_info", "of every active project"): {},
    ("project_user_info", "of a project that the task knows"): {"projects": [{"id": "proj_search"}]},
    ("service_account_info", "of one project by id"): {**SEARCH},
    ("rate_limit_info", "of one project by id"): {**SEARCH},
    ("spend_limit_info", "of the organization"): {},
    ("spend_limit_info", "of one project by id"): {**SEARCH},
    ("spend_limit_info", "of a project that the task knows"): {"projects": [{"id": "proj_search", "name": "search"}]},
    ("model_permissions_info", "of one project by id"): {**SEARCH},
    ("model_permissions_info", "of every active project"): {},
    ("spend_alert_info", "of the organization"): {},
    ("spend_alert_info", "of a project by id"): {**SEARCH},
    ("hosted_tools_info", "of one project by id"): {**SEARCH},
    ("service_tiers_info", "of one project by id"): {**SEARCH},
    ("data_retention_info", "of the organization"): {},
    ("data_retention_info", "of one project by id"): {**SEARCH},
    ("role_assignment_info", "of a group by id"): {**GROUP_1},
    ("role_assignment_info", "of every group"): {"every": ["groups"]},
    ("role_assignment_info", "of every person, in a project by id"): {"every": ["users"], **SEARCH},
    ("project_group_info", "of one project by id"): {**SEARCH},
    ("project_group_info", "of every active project"): {},
    ("role_info", "of the organization"): {},
    ("role_info", "of a project by id"): {**SEARCH},
    ("group_info", "all"): {},
    ("group_info", "by id"): {**GROUP_1},
    ("group_user_info", "of one group by id"): {**GROUP_0},
    ("group_user_info", "of every group"): {},
    ("project_api_key_info", "of one project by id"): {**SEARCH},
    ("project_api_key_info", "unused ones of every active project"): {"unused_for_days": 30},
    ("audit_log_info", "of a time"): {**DAYS},
    ("audit_log_info", "of projects by name"): {**DAYS, "projects": ["search"]},
    ("audit_log_info", "the newest ones"): {"max_results": 2},
    ("cost_info", "of a time"): {**DAYS},
    ("cost_info", "by project"): {**DAYS, "group_by": ["project_id"]},
    ("cost_info", "of projects by name, by line item"): {**DAYS, "projects": ["search"], "group_by": ["line_item"]},
    ("audit_log_info", "of one project by ID"): {**DAYS, **IN_SEARCH},
    ("cost_info", "of one project by ID, which cost something"): {**DAYS, **IN_SEARCH},
    ("cost_info", "of one project by ID, which cost nothing"): {**DAYS, "project_ids": ["proj_third"]},
    ("cost_info", "of several projects by ID, not divided by project"): {
        **DAYS,
        "project_ids": ["proj_search", "proj_third"],
    },
    ("usage_info", "of a person who used nothing"): {**CHAT, "user_ids": ["user-lead"]},
    ("usage_info", "of a time"): {**CHAT},
    ("usage_info", "by project"): {**CHAT, "group_by": ["project_id"]},
    ("usage_info", "by person"): {**CHAT, "group_by": ["user_id"]},
    ("usage_info", "of projects by name, by project"): {**CHAT, "projects": ["search"], "group_by": ["project_id"]},
    ("usage_info", "of one project, by API key, with names"): {**CHAT, **BY_KEY},
    ("user_info", "by e-mail addresses"): {"emails": ["dev@example.com", "new@example.com"]},
    ("user_info", "by e-mail addresses, one of them not there"): {"emails": ["dev@example.com", "nobody@example.com"]},
    ("user_info", "by id"): {"user_id": "user-dev"},
    **{
        ("user_info", f"by e-mail address, with {name}"): {"email": "lead@example.com", "include": [name]}
        for name in EVERYTHING
    },
    ("user_info", "by e-mail address, with roles"): {"email": "dev@example.com", "include": ["roles"]},
    ("user_info", "by e-mail address, with groups"): {"email": "lead@example.com", "include": ["groups"]},
    ("user_info", f"by e-mail address, {ALL_OF_THEM}"): {"email": "lead@example.com", "include": EVERYTHING},
    ("user_info", f"by e-mail address, {ALL_OF_THEM}, not there"): {**PENDING, "include": EVERYTHING},
}


def issues(kind: str, task: dict[str, Any]) -> bool:
    """Return whether a task could issue a new key, so that its output must be hidden."""
    return "create_api_key" in task or (kind.endswith("_api_key") and task.get("state") != "absent")
