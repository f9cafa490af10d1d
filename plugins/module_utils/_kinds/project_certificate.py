# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A certificate as a project has it: one of the organization, active there or not."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import LISTED_CERTIFICATE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    CERTIFICATE_ACTIVATION,
    is_active,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object, Remove, Standing


def standing(listed: Object) -> Standing:
    """Only active ones are in the project."""
    return "live" if is_active(listed) else "gone"


PROJECT_CERTIFICATE = replace(
    LISTED_CERTIFICATE,
    kind="project_certificate",
    plural="project_certificates",
    routes=LISTED_CERTIFICATE.routes[1:],
    keys=CERTIFICATE_ACTIVATION.members.keys,
    fields=tuple(replace(field, made_by="server") for field in LISTED_CERTIFICATE.fields),
    one_of=(),
    remove=Remove(),
    settings=(),
    standing=standing,
    refusals=(),
)
