# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What an organization consists of, by the names that a declaration has for it."""

from __future__ import annotations

from collections.abc import Mapping

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import CERTIFICATE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_certificate import (
    PROJECT_CERTIFICATE,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Resource

OF_ORGANIZATION: Mapping[str, Resource] = {"users": USER, "invites": INVITE, "certificates": CERTIFICATE}
"""What an organization declares besides its projects."""
OF_PROJECT: Mapping[str, Resource] = {
    "users": PROJECT_USER,
    "service_accounts": SERVICE_ACCOUNT,
    "rate_limits": RATE_LIMIT,
    "certificates": PROJECT_CERTIFICATE,
}
"""What a project declares."""
