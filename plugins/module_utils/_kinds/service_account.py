# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Service accounts of a project, with a name, a role, and keys that are revoked with the account."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import EXPIRY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key import PROJECT_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS, taken
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    VERIFY_UNIQUE,
    Create,
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Refuse,
    Resource,
    Route,
    Secret,
    Verdict,
)


def role_taken_away(desired: Desired, current: Current) -> Verdict:
    """Refuse to remove the role of an account, which an update cannot do."""
    known = current.object
    if known is not None and desired.values.get("role") == "none" and known.get("role") != "none":
        return Refuse(
            f"The {desired.label} has the role {known.get('role')}, and the API cannot take a role away."
            " Remove the account and create it anew with role: none; its keys go with it."
        )
    return None


SERVICE_ACCOUNT = Resource(
    kind="service_account",
    plural="service_accounts",
    routes=(Route("/organization/projects/{project_id}/service_accounts", IN_PROJECT),),
    id_param="service_account_id",
    keys=(Key("name"),),
    fields=(
        Field("id", made_by="server"),
        Field("name"),
        Field("role", known=("owner", "member", "none"), create=False, initial="member"),
        Field("created_at", "int", made_by="server"),
    ),
    creates=(
        Create(body={"create_service_account_only": True}, gives={"role": "none"}),
        Create(gives={"role": "member"}, yields=True),
    ),
    secret=Secret(
        name="api_key",
        path_option="api_key_path",
        revoke=PROJECT_API_KEY.item,
        id_param=PROJECT_API_KEY.id_param,
        option="create_api_key",
        issue="/organization/projects/{project_id}/service_accounts/{service_account_id}/api_keys",
        held="api_keys",
        fields=EXPIRY,
        issue_fields=(Field("api_key_name", body="name"),),
    ),
    elsewhere=(
        Elsewhere(
            "api_keys",
            resource=PROJECT_API_KEY,
            by=(("service_account_id", "id"),),
            found=True,
            asked_by="create_api_key",
        ),
        HOLDERS,
    ),
    settings=(Field(VERIFY_UNIQUE, "bool", default=False),),
    refusals=(role_taken_away, taken),
)
