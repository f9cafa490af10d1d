# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Storage of customers in their clouds, for the records of projects. The audit log has no events for it."""

from __future__ import annotations

from typing import Any

from openai.types.admin.organization import (
    ExternalStorageConfiguration,
    ExternalStorageCreateParams,
    ExternalStorageDeleted,
    ExternalStorageListParams,
)

from .. import lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page, deleted
from ..organization import DataRetention, ExternalStorage
from .groups import ordered


def list_storage(call: Call) -> list[ExternalStorage]:
    """Return all storage, or that of one project."""
    wanted = call.query.get("project_id")
    return ordered(call, [each for each in _all(call) if wanted in (None, each.project)], "asc")


def create(call: Call) -> ExternalStorage:
    """Register storage for a project, which may have several."""
    world = call.world
    project = lookup.by_id(world.organization.projects, "project", call.body["project_id"])
    lookup.refuse_archived(project)
    details = dict(call.body["provider"])
    kind = details.pop("type")
    storage = ExternalStorage(
        project.id, kind, details, "pending", id=world.ids.new("extstore_"), created_at=world.now()
    )
    _all(call).append(storage)
    return storage


def retrieve(call: Call) -> ExternalStorage:
    """Return the storage in the path."""
    return lookup.by_id(_all(call), "external storage configuration", call.path["external_storage_id"])


def delete(call: Call) -> str:
    """Remove storage. Without the last one of a project, the retention of its data is that of the organization."""
    storage = retrieve(call)
    _all(call).remove(storage)
    project = lookup.by_id(call.world.organization.projects, "project", storage.project)
    if not any(each.project == project.id for each in _all(call)):
        project.data_retention = DataRetention("organization_default")
    return storage.id


def validate(call: Call) -> ExternalStorage:
    """Check that the cloud lets OpenAI use the storage."""
    storage = retrieve(call)
    if storage.refused:
        raise bad_request(storage.refused, code="external_storage_validation_failed")
    if storage.status == "pending":
        storage.status = "validated"
    return storage


def _all(call: Call) -> list[ExternalStorage]:
    return call.world.organization.external_storage


def show(unused_call: Call, storage: ExternalStorage) -> dict[str, Any]:
    """Return storage as the API formats it, with what the server adds to each type."""
    added = {
        "aws": {"region": "us-east-1", "account_id": "123456789012", "external_id": storage.project},
        "azure": {"region": "eastus"},
        "gcp": {"region": "us-central1", "audience": storage.project},
        "oci": {},
    }
    return {
        "object": "organization.external_storage",
        "id": storage.id,
        "project_id": storage.project,
        "geography": "US",
        "status": storage.status,
        "provider": {"type": storage.type, **added[storage.type], **storage.details},
        "created_at": storage.created_at,
    }


STORAGE = "/organization/external_storage"
ONE = f"{STORAGE}/{{external_storage_id}}"
GONE = deleted("organization.external_storage.deleted")
PAGE = Page()

OPERATIONS = (
    Operation(
        "GET", STORAGE, list_storage, show, ExternalStorageConfiguration, query=ExternalStorageListParams, page=PAGE
    ),
    Operation("POST", STORAGE, create, show, ExternalStorageConfiguration, body=ExternalStorageCreateParams),
    Operation("GET", ONE, retrieve, show, ExternalStorageConfiguration),
    Operation("DELETE", ONE, delete, GONE, ExternalStorageDeleted),
    Operation("POST", f"{ONE}/validate", validate, show, ExternalStorageConfiguration),
)
