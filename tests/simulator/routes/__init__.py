# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The API's resources, one file each. This is where they are registered."""

from __future__ import annotations

from . import (
    admin_api_keys,
    audit_logs,
    certificates,
    costs,
    invites,
    project_api_keys,
    project_users,
    projects,
    rate_limits,
    service_accounts,
    usage,
    users,
)

RESOURCES = (
    projects,
    project_users,
    service_accounts,
    project_api_keys,
    rate_limits,
    users,
    invites,
    admin_api_keys,
    audit_logs,
    certificates,
    usage,
    costs,
)

OPERATIONS = tuple(operation for resource in RESOURCES for operation in resource.OPERATIONS)
