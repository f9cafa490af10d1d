# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What every report begins with."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._client import VERSION


def head(title: str, organization: str | None, made_at: str) -> dict[str, str | None]:
    """What the report is, of which organization, when and with what it was made."""
    return {"title": title, "organization": organization, "made_at": made_at, "collection_version": VERSION}
