# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The certificates that are active in one place, as one thing that changes: what a declared organization shows."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field, Resource, Route

ACTIVE_CERTIFICATES = Resource(
    kind="active_certificates", plural="active_certificates", routes=(Route(""),), fields=(Field("active", "list"),)
)
"""C(active): their names."""
