# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys of customers in their clouds, with which OpenAI encrypts the data of projects."""

from __future__ import annotations

from typing import Any

from openai.types.admin.organization import ExternalKey as ExternalKeyAnswer
from openai.types.admin.organization import (
    ExternalKeyCreateParams,
    ExternalKeyListParams,
    ExternalKeyValidateResponse,
)

from .. import lookup
from ..errors import ApiError, bad_request
from ..operations import Call, Operation, Page
from ..organization import ExternalKey, Project
from .groups import ordered

VERSIONS = {"gcp": "kms_key_version", "azure": "key_version", "oci": "key_version_ocid"}
"""The field with the key's version, which only keys for decryption have."""
GENERAL = {"name", "type", "purpose"}


def list_keys(call: Call) -> list[ExternalKey]:
    """Return all keys, or those for one purpose."""
    purpose = call.query.get("purpose")
    return ordered(
        call, [key for key in call.world.organization.external_keys if purpose in (None, key.purpose)], "asc"
    )


def create(call: Call) -> ExternalKey:
    """Register a key. Several keys may have the same name."""
    world, body = call.world, call.body
    lookup.check_text("name", body["name"])
    purpose = body.get("purpose", "ekm")
    version = VERSIONS.get(body["type"])
    if version and (version in body) is (purpose == "ekm"):
        raise bad_request(f"'{version}' is only for, and needed by, the purpose psp_decryption.", param=version)
    details = {name: value for name, value in body.items() if name not in GENERAL}
    key = ExternalKey(body["name"], body["type"], details, purpose, id=world.ids.new("extkey_"), created_at=world.now())
    world.organization.external_keys.append(key)
    call.record("external_key.registered", {"id": key.id, "data": dict(body)})
    return key


def retrieve(call: Call) -> ExternalKey:
    """Return the key in the path."""
    return _named(call, f"The external key {call.path['external_key_id']} was not found")


def delete(call: Call) -> ExternalKey:
    """Remove a key that no active project uses."""
    key = _named(call, f"No external key found with id '{call.path['external_key_id']}'")
    if _users(call, key):
        raise bad_request(
            "This external key is associated with active projects. Please archive the projects before deleting the"
            " external key.",
            code="external_key_in_use",
        )
    call.world.organization.external_keys.remove(key)
    call.record("external_key.removed", {"id": key.id})
    return key


def validate(call: Call) -> ExternalKey:
    """Check that the cloud lets OpenAI use the key."""
    key = retrieve(call)
    if key.refused:
        raise bad_request(key.refused, code="external_key_validation_failed")
    return key


def _named(call: Call, said: str) -> ExternalKey:
    wanted = call.path["external_key_id"]
    found = next((key for key in call.world.organization.external_keys if key.id == wanted), None)
    if found is None:
        raise ApiError(404, said, code="not_found")
    return found


def _users(call: Call, key: ExternalKey) -> list[Project]:
    """Return the active projects that use a key, in no useful order."""
    projects = call.world.organization.projects
    return [each for each in reversed(projects) if each.external_key_id == key.id and each.status == "active"]


def show(call: Call, key: ExternalKey) -> dict[str, Any]:
    """Return a key as the API formats it: flat, with only the fields of its type."""
    return {
        "object": "organization.external_key",
        "id": key.id,
        "name": key.name,
        "type": key.type,
        "purpose": key.purpose,
        "api_project_ids": [project.id for project in _users(call, key)],
        "workspace_id": "",
        "created_at": key.created_at,
        **key.details,
    }


def show_deleted(call: Call, key: ExternalKey) -> dict[str, Any]:
    """Return the answer to a DELETE, which is the key."""
    return {**show(call, key), "object": "organization.external_key.deleted"}


def show_validated(unused_call: Call, unused_key: ExternalKey) -> dict[str, Any]:
    """Return the answer to a successful check."""
    return {"status": "success"}


KEYS = "/organization/external_keys"
KEY = f"{KEYS}/{{external_key_id}}"

OPERATIONS = (
    Operation("GET", KEYS, list_keys, show, ExternalKeyAnswer, query=ExternalKeyListParams, page=Page(minimum=0)),
    Operation("POST", KEYS, create, show, ExternalKeyAnswer, body=ExternalKeyCreateParams),
    Operation("GET", KEY, retrieve, show, ExternalKeyAnswer),
    Operation("DELETE", KEY, delete, show_deleted, ExternalKeyAnswer),
    Operation("POST", f"{KEY}/validate", validate, show_validated, ExternalKeyValidateResponse),
)
