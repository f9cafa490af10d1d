# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Service accounts, and the keys that are issued for them."""

from __future__ import annotations

from typing import Any

from openai.types.admin.organization.projects import (
    ProjectServiceAccount,
    ServiceAccountCreateParams,
    ServiceAccountCreateResponse,
    ServiceAccountDeleteResponse,
    ServiceAccountListParams,
    ServiceAccountUpdateParams,
)
from openai.types.admin.organization.projects.service_accounts import APIKeyCreateParams, APIKeyCreateResponse

from .. import lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page, deleted
from ..organization import ApiKey, Project, ServiceAccount, redacted

DEFAULT_KEY_NAME = "Secret Key"
LONGEST_LIFE = 31_536_000
Issued = tuple[ApiKey, str]


def list_accounts(call: Call) -> list[ServiceAccount]:
    """Return the project's service accounts."""
    return lookup.active_project(call).service_accounts


def create(call: Call) -> tuple[ServiceAccount, Issued | None]:
    """Create an account: a member with a first key, or an account without role and key."""
    project = lookup.open_project(call, "Service accounts")
    lookup.check_text("name", call.body["name"])
    bare = call.body.get("create_service_account_only") or False
    if bare and call.body.get("expires_in_seconds") is not None:
        raise bad_request(
            "'expires_in_seconds' cannot be used when 'create_service_account_only' is true.",
            param="expires_in_seconds",
            code="invalid_value",
        )
    expires_at = expiry(call)
    world = call.world
    account = ServiceAccount(
        name=call.body["name"],
        role="none" if bare else "member",
        id=world.ids.new("svc_acct_"),
        created_at=world.now(),
    )
    project.service_accounts.append(account)
    call.record("service_account.created", {"id": account.id, "data": {"role": account.role}}, project=project)
    return account, None if bare else _issue(call, project, account, ApiKey(DEFAULT_KEY_NAME, expires_at=expires_at))


def create_key(call: Call) -> Issued:
    """Issue another key for an account."""
    project = lookup.active_project(call)
    account = _account(call, project)
    lookup.check_text("name", call.body.get("name"))
    key = ApiKey(
        call.body.get("name", DEFAULT_KEY_NAME), expires_at=expiry(call), scopes=list(call.body.get("scopes", ()))
    )
    return _issue(call, project, account, key)


def expiry(call: Call) -> int | None:
    """Return when a key expires, in Unix seconds, if a body limits its lifetime."""
    seconds: int | None = call.body.get("expires_in_seconds")
    if seconds is None:
        return None
    if not 1 <= seconds <= LONGEST_LIFE:
        raise bad_request(
            f"Invalid value for 'expires_in_seconds': it must be between 1 and {LONGEST_LIFE}.",
            param="expires_in_seconds",
            code="invalid_value",
        )
    return call.world.now() + seconds


def _issue(call: Call, project: Project, account: ServiceAccount, key: ApiKey) -> Issued:
    """Add a new key to the project; its value is in the answer, and is not stored."""
    value = call.world.ids.new("sk-svcacct-", 48)
    key.service_account = account.id
    key.id = call.world.ids.new("key_")
    key.created_at = call.world.now()
    key.redacted_value = redacted(value)
    project.api_keys.append(key)
    call.world.appear(f"/organization/projects/{project.id}/api_keys", key.id)
    call.record("api_key.created", {"id": key.id, "data": {"scopes": key.scopes}}, project=project)
    return key, value


def retrieve(call: Call) -> ServiceAccount:
    """Return the account in the path."""
    return _account(call, lookup.active_project(call))


def update(call: Call) -> ServiceAccount:
    """Rename an account, or change its role."""
    account = retrieve(call)
    lookup.check_text("name", call.body.get("name"))
    account.name = call.body.get("name", account.name)
    account.role = call.body.get("role", account.role)
    changes = {"role": call.body["role"]} if "role" in call.body else {}
    call.record(
        "service_account.updated", {"id": account.id, "changes_requested": changes}, project=lookup.project(call)
    )
    return account


def delete(call: Call) -> str:
    """Delete an account and all its keys."""
    project = lookup.active_project(call)
    account = _account(call, project)
    project.service_accounts.remove(account)
    lookup.leave_groups(call.world.organization, account.id)
    project.api_keys = [key for key in project.api_keys if key.service_account != account.id]
    call.record("service_account.deleted", {"id": account.id}, project=project)
    return account.id


def _account(call: Call, project: Project) -> ServiceAccount:
    return lookup.by_id(project.service_accounts, "service account", call.path["service_account_id"])


def show(unused_call: Call, account: ServiceAccount) -> dict[str, Any]:
    """Return a service account as the API formats it."""
    return {
        "object": "organization.project.service_account",
        "id": account.id,
        "name": account.name,
        "role": account.role,
        "created_at": account.created_at,
    }


def show_created(call: Call, created: tuple[ServiceAccount, Issued | None]) -> dict[str, Any]:
    """Return a new service account with the value of its first key, which no other answer contains."""
    account, issued = created
    return {**show(call, account), "api_key": show_key(call, issued) if issued else None}


def show_key(unused_call: Call, issued: Issued) -> dict[str, Any]:
    """Return a new key with its value, which no other answer contains."""
    key, value = issued
    return {
        "object": "organization.project.service_account.api_key",
        "id": key.id,
        "name": key.name,
        "value": value,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
    }


ACCOUNTS = "/organization/projects/{project_id}/service_accounts"
ACCOUNT = f"{ACCOUNTS}/{{service_account_id}}"
GONE = "organization.project.service_account.deleted"

OPERATIONS = (
    Operation("GET", ACCOUNTS, list_accounts, show, ProjectServiceAccount, query=ServiceAccountListParams, page=Page()),
    Operation("POST", ACCOUNTS, create, show_created, ServiceAccountCreateResponse, body=ServiceAccountCreateParams),
    Operation("GET", ACCOUNT, retrieve, show, ProjectServiceAccount),
    Operation("POST", ACCOUNT, update, show, ProjectServiceAccount, body=ServiceAccountUpdateParams),
    Operation("DELETE", ACCOUNT, delete, deleted(GONE), ServiceAccountDeleteResponse),
    Operation("POST", f"{ACCOUNT}/api_keys", create_key, show_key, APIKeyCreateResponse, body=APIKeyCreateParams),
)
