# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Series of admin API keys: all keys with one name, of which the newest is the current one."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import EXPIRY, ROTATION
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Create,
    Current,
    Desired,
    Field,
    Key,
    Refuse,
    Remove,
    Secret,
    Verdict,
    until_it_expires,
)


def last_key(desired: Desired, current: Current) -> Verdict:
    """Refuse to revoke the last admin key, without which nothing could be managed."""
    if desired.present or current.object is None:
        return None
    going = {key["id"] for key in (current.object, *current.older)}
    if any(key["id"] not in going and until_it_expires(key) == "live" for key in current.listed):
        return None
    return Refuse(f"The {desired.label} is the last admin API key of the organization: issue another one first.")


ADMIN_API_KEY_SERIES = replace(
    ADMIN_API_KEY,
    by_id=False,  # only the list shows whether it is the last one
    keys=(Key("key_id", field="id"), Key("name")),
    fields=tuple(Field("name") if field.name == "name" else field for field in ADMIN_API_KEY.fields),
    creates=(Create(yields=True),),
    create_verb="issue",
    newest=True,
    remove=Remove(verb="revoke"),
    settings=ROTATION,
    secret=Secret(
        name="api_key",
        path_option="api_key_path",
        revoke=ADMIN_API_KEY.item,
        id_param=ADMIN_API_KEY.id_param,
        fields=EXPIRY,
    ),
    refusals=(last_key,),
)
