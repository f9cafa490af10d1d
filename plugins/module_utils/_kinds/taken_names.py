# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Names that other objects already have: the API would accept them, and they would become ambiguous."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Elsewhere,
    Refuse,
    Verdict,
)

HOLDERS = Elsewhere("holders", by=(("name", "name"),), claiming="name")
"""The objects that already have the new name of an object."""


def taken(desired: Desired, current: Current) -> Verdict:
    """Refuse to rename an object to the name of another one."""
    own_id = current.object["id"] if current.object else None
    ids = [str(item["id"]) for item in current.elsewhere.get(HOLDERS.name, ()) if item["id"] != own_id]
    if not ids:
        return None
    have = f"{' and '.join(ids)} {'has' if len(ids) == 1 else 'have'}"
    return Refuse(
        f"The {desired.label} is not renamed to '{desired.values['name']}': {have} that name already."
        " Rename or remove the other one first, or choose another name."
    )
