# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spend alerts of the organization and of each project. The audit log has no events for these changes."""

from __future__ import annotations

from typing import Any

from openai.types.admin.organization import (
    OrganizationSpendAlert,
    OrganizationSpendAlertDeleted,
    SpendAlertCreateParams,
    SpendAlertListParams,
    SpendAlertUpdateParams,
)
from openai.types.admin.organization.projects import (
    ProjectSpendAlert,
    ProjectSpendAlertDeleted,
)
from openai.types.admin.organization.projects import (
    SpendAlertCreateParams as ProjectSpendAlertCreateParams,
)
from openai.types.admin.organization.projects import (
    SpendAlertListParams as ProjectSpendAlertListParams,
)
from openai.types.admin.organization.projects import (
    SpendAlertUpdateParams as ProjectSpendAlertUpdateParams,
)

from .. import lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page
from ..organization import SpendAlert
from .groups import ordered


def list_alerts(call: Call) -> list[SpendAlert]:
    """Return all alerts of a scope, by default the oldest first."""
    return ordered(call, lookup.scope(call).spend_alerts, "asc")


def create(call: Call) -> SpendAlert:
    """Create an alert; several alerts may have the same amount."""
    scope = lookup.open_scope(call)
    _check(call)
    alert = SpendAlert(call.body["threshold_amount"], id=call.world.ids.new("alert_"))
    _put(call, alert)
    scope.spend_alerts.append(alert)
    return alert


def retrieve(call: Call) -> SpendAlert:
    """Return the alert in the path."""
    return lookup.by_id(lookup.scope(call).spend_alerts, "spend alert", call.path["alert_id"])


def update(call: Call) -> SpendAlert:
    """Replace all settings of an alert."""
    lookup.open_scope(call)
    alert = retrieve(call)
    _check(call)
    _put(call, alert)
    return alert


def delete(call: Call) -> str:
    """Delete an alert."""
    scope = lookup.open_scope(call)
    alert = retrieve(call)
    scope.spend_alerts.remove(alert)
    return alert.id


def _check(call: Call) -> None:
    if call.body["threshold_amount"] < 0:
        raise bad_request("Invalid value for 'threshold_amount'.", param="threshold_amount", code="invalid_value")
    channel = call.body["notification_channel"]
    if not channel["recipients"]:
        raise bad_request("At least one recipient is required.", param="recipients", code="invalid_value")


def _put(call: Call, alert: SpendAlert) -> None:
    channel = call.body["notification_channel"]
    alert.threshold_amount, alert.recipients = call.body["threshold_amount"], list(channel["recipients"])
    alert.subject_prefix = channel.get("subject_prefix")
    if call.world.behaviour.alerts_drop_limits:
        lookup.scope(call).spend_limit = None


def show(call: Call, alert: SpendAlert) -> dict[str, Any]:
    """Return an alert as the API formats it."""
    return {
        "object": f"{lookup.scope_kind(call)}.spend_alert",
        "id": alert.id,
        "threshold_amount": alert.threshold_amount,
        "currency": alert.currency,
        "interval": alert.interval,
        "notification_channel": {
            "type": "email",
            "recipients": list(alert.recipients),
            "subject_prefix": alert.subject_prefix,
        },
    }


def show_deleted(call: Call, identifier: str) -> dict[str, Any]:
    """Return the answer to a DELETE."""
    return {"object": f"{lookup.scope_kind(call)}.spend_alert.deleted", "id": identifier, "deleted": True}


ALL = "/organization/spend_alerts"
ONE = f"{ALL}/{{alert_id}}"
ALL_OF_PROJECT = "/organization/projects/{project_id}/spend_alerts"
ONE_OF_PROJECT = f"{ALL_OF_PROJECT}/{{alert_id}}"
PAGE = Page(minimum=0)

OPERATIONS = (
    Operation("GET", ALL, list_alerts, show, OrganizationSpendAlert, query=SpendAlertListParams, page=PAGE),
    Operation("POST", ALL, create, show, OrganizationSpendAlert, body=SpendAlertCreateParams),
    Operation("GET", ONE, retrieve, show, OrganizationSpendAlert),
    Operation("POST", ONE, update, show, OrganizationSpendAlert, body=SpendAlertUpdateParams),
    Operation("DELETE", ONE, delete, show_deleted, OrganizationSpendAlertDeleted),
    Operation(
        "GET", ALL_OF_PROJECT, list_alerts, show, ProjectSpendAlert, query=ProjectSpendAlertListParams, page=PAGE
    ),
    Operation("POST", ALL_OF_PROJECT, create, show, ProjectSpendAlert, body=ProjectSpendAlertCreateParams),
    Operation("GET", ONE_OF_PROJECT, retrieve, show, ProjectSpendAlert),
    Operation("POST", ONE_OF_PROJECT, update, show, ProjectSpendAlert, body=ProjectSpendAlertUpdateParams),
    Operation("DELETE", ONE_OF_PROJECT, delete, show_deleted, ProjectSpendAlertDeleted),
)
