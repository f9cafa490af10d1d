# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Project API keys: list, retrieve, update, delete. Only the routes of service accounts issue them."""

from __future__ import annotations

from typing import Any

from openai.types.admin.organization.projects import (
    APIKeyDeleteResponse,
    APIKeyListParams,
    APIKeyUpdateParams,
    ProjectAPIKey,
)

from .. import lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page, deleted
from ..organization import ApiKey, Project
from .service_accounts import expiry


def list_keys(call: Call) -> list[ApiKey]:
    """Return the keys of owners with the requested access to the project; by default, of those with access."""
    project = lookup.project(call)
    wanted = call.query.get("owner_project_access", "active")
    return [key for key in project.api_keys if wanted in ("any", _access(call, project, key))]


def retrieve(call: Call) -> ApiKey:
    """Return the key in the path."""
    return _key(call, lookup.project(call))


def update(call: Call) -> ApiKey:
    """Replace a key's scopes or its expiry."""
    project = lookup.active_project(call)
    key = _key(call, project)
    if not call.body:
        raise bad_request("Provide at least one of 'scopes' and 'expires_in_seconds'.", code="invalid_value")
    if key.expires_at is not None and key.expires_at <= call.world.now():
        raise bad_request(f"API key {key.id} has expired and cannot be updated.", code="expired_api_key")
    expires_at = expiry(call)
    key.expires_at = key.expires_at if expires_at is None else expires_at
    key.scopes = list(call.body.get("scopes", key.scopes))
    call.record("api_key.updated", {"id": key.id, "changes_requested": call.body}, project=project)
    return key


def delete(call: Call) -> str:
    """Revoke a key; that of a service account only if the switch allows it."""
    project = lookup.active_project(call)
    key = _key(call, project)
    if key.service_account and not call.world.behaviour.service_account_keys_deletable:
        raise bad_request(
            f"API key {key.id} belongs to a service account: delete the service account instead.",
            code="service_account_key",
        )
    project.api_keys.remove(key)
    call.record("api_key.deleted", {"id": key.id}, project=project)
    return key.id


def _key(call: Call, project: Project) -> ApiKey:
    return lookup.by_id(project.api_keys, "API key", call.path["api_key_id"])


def _access(call: Call, project: Project, key: ApiKey) -> str:
    """Return whether the key's owner has access to the project, as the API calls it."""
    role: str = lookup.project_role(call.world.organization, project, key.user)
    if key.service_account:
        role = lookup.by_id(project.service_accounts, "service account", key.service_account).role
    return "inactive" if role == "none" else "active"


def show(call: Call, key: ApiKey) -> dict[str, Any]:
    """Return a key as the API formats it."""
    project = lookup.project(call)
    return {
        "object": "organization.project.api_key",
        "id": key.id,
        "name": key.name,
        "redacted_value": key.redacted_value,
        "created_at": key.created_at,
        "last_used_at": key.last_used_at,
        "expires_at": key.expires_at,
        "owner": _account_owner(project, key) if key.service_account else _user_owner(call, project, key),
        "owner_project_access": _access(call, project, key),
    }


def _account_owner(project: Project, key: ApiKey) -> dict[str, Any]:
    account = lookup.by_id(project.service_accounts, "service account", key.service_account)
    shown = {"id": account.id, "name": account.name, "created_at": account.created_at, "role": account.role}
    return {"type": "service_account", "service_account": shown}


def _user_owner(call: Call, project: Project, key: ApiKey) -> dict[str, Any]:
    organization = call.world.organization
    user = lookup.by_id((*organization.users, *organization.former_users), "user", key.user)
    shown = {
        "id": user.id,
        "name": user.name or "",
        "email": user.email or "",
        "created_at": user.added_at,
        "role": lookup.project_role(organization, project, user.id),
    }
    return {"type": "user", "user": shown}


KEYS = "/organization/projects/{project_id}/api_keys"
KEY = f"{KEYS}/{{api_key_id}}"

OPERATIONS = (
    Operation("GET", KEYS, list_keys, show, ProjectAPIKey, query=APIKeyListParams, page=Page()),
    Operation("GET", KEY, retrieve, show, ProjectAPIKey),
    Operation("POST", KEY, update, show, ProjectAPIKey, body=APIKeyUpdateParams),
    Operation("DELETE", KEY, delete, deleted("organization.project.api_key.deleted"), APIKeyDeleteResponse),
)
