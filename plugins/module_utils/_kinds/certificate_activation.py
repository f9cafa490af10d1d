# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The active certificates of the organization, and of each project."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import (
    CERTIFICATE,
    CONTENT,
    WITH_CONTENT,
    fingerprint,
    hexadecimal,
    is_active,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field, Key

ACTIVE = Field("active", "bool", derived=is_active)
"""Whether a certificate is active in the organization, in the declaration of the certificate."""

CERTIFICATE_ACTIVATION = Membership(
    kind="certificate_activation",
    members=CERTIFICATE,
    keys=(
        Key("certificate_id", field="id"),
        Key(
            "fingerprint",
            field=CONTENT.answer,
            canonical=fingerprint,
            clean=hexadecimal,
            digest="fingerprint",
            detail=WITH_CONTENT,
        ),
        Key("name"),
    ),
    option="certificates",
    body="certificate_ids",
    mark="active",
    states=("active", "inactive"),
    add=("POST", "/activate"),
    remove=("POST", "/deactivate"),
    verbs=("activate", "deactivate"),
    done=("activated", "deactivated"),
    chunk=10,
    settings=(Field("allow_lockout", "bool", default=False),),
)
