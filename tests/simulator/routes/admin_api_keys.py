# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Admin API keys: list, create, retrieve, delete. New keys work at once."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from openai.types.admin.organization import (
    AdminAPIKey,
    AdminAPIKeyCreateParams,
    AdminAPIKeyCreateResponse,
    AdminAPIKeyDeleteResponse,
    AdminAPIKeyListParams,
)

from .. import lookup
from ..operations import Call, Operation, Page, deleted
from ..organization import AdminApiKey, redacted
from .service_accounts import expiry

Issued = tuple[AdminApiKey, str]


def list_keys(call: Call) -> list[AdminApiKey]:
    """Return all keys by the time of their creation, including expired ones and the key of the request."""
    by_age = sorted(call.world.organization.admin_api_keys, key=attrgetter("created_at"))
    return by_age[::-1] if call.query.get("order") == "desc" else by_age


def create(call: Call) -> Issued:
    """Issue a key for the actor of the request; its value is in the answer, and is only stored to recognise it."""
    lookup.check_text("name", call.body["name"])
    world = call.world
    value = world.ids.new("sk-admin-", 48)
    key = AdminApiKey(
        name=call.body["name"],
        owner=call.actor.user_id or "",
        id=world.ids.new("key_"),
        created_at=world.now(),
        expires_at=expiry(call),
        redacted_value=redacted(value),
    )
    world.organization.admin_api_keys.append(key)
    world.key_ids[value] = key.id
    call.record("api_key.created", {"id": key.id, "data": {"scopes": []}})
    return key, value


def retrieve(call: Call) -> AdminApiKey:
    """Return the key in the path."""
    return lookup.by_id(call.world.organization.admin_api_keys, "admin API key", call.path["key_id"])


def delete(call: Call) -> str:
    """Revoke a key, even the one of this request."""
    key = retrieve(call)
    call.world.organization.admin_api_keys.remove(key)
    call.record("api_key.deleted", {"id": key.id})
    return key.id


def show(call: Call, key: AdminApiKey) -> dict[str, Any]:
    """Return a key as the API formats it."""
    return {
        "object": "organization.admin_api_key",
        "id": key.id,
        "name": key.name,
        "redacted_value": key.redacted_value,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
        "owner": _owner(call, key),
    }


def _owner(call: Call, key: AdminApiKey) -> dict[str, Any]:
    """Return the owner of a key; if that person has left the organization, only the id is known."""
    kind = {"type": "user", "object": "organization.user", "role": "owner"}
    user = call.world.organization.user(key.owner)
    if user is None:
        return {**kind, "id": key.owner} if key.owner else kind
    return {**kind, "id": user.id, "name": user.name or "", "created_at": user.added_at}


def show_created(call: Call, issued: Issued) -> dict[str, Any]:
    """Return a new key with its value, which no other answer contains."""
    key, value = issued
    return {**show(call, key), "value": value}


KEYS = "/organization/admin_api_keys"
KEY = f"{KEYS}/{{key_id}}"
GONE = "organization.admin_api_key.deleted"

OPERATIONS = (
    Operation("GET", KEYS, list_keys, show, AdminAPIKey, query=AdminAPIKeyListParams, page=Page()),
    Operation("POST", KEYS, create, show_created, AdminAPIKeyCreateResponse, body=AdminAPIKeyCreateParams),
    Operation("GET", KEY, retrieve, show, AdminAPIKey),
    Operation("DELETE", KEY, delete, deleted(GONE), AdminAPIKeyDeleteResponse),
)
