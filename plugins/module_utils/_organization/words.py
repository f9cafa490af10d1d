# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Words in declarations that are no options there: what is said of each. Pure.

People write the words of the API, of other tools and of what is not managed yet. Each of them is known by one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds import registry
from ansible_collections.community.openai_admin.plugins.module_utils._values.alike import intended

ATTRIBUTES = "attributes"
"""The option of a project that holds what its owners add to it."""
COST_CENTER = "cost_center"
"""What may stand beside a project's options as well, until it is removed."""

NOT_YET = frozenset(word for each in registry.NOT_YET for word in each.words)
"""What the API has and this collection does not manage so far."""

_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("admin_api_key", "admin_api_keys", "admin_keys"), "admin_api_key"),
    **dict.fromkeys(("api_key", "api_keys", "keys", "project_api_key", "project_api_keys"), "project_api_key"),
}
"""What would declare keys, and the module that issues them."""

_INSTEAD: Mapping[str, tuple[str, ...]] = {
    **{f"{row.scope}_{row.word}": (row.word,) for row in registry.KINDS},
    **{row.resource.plural: (row.word,) for row in registry.KINDS if row.is_single and row.resource.plural != row.word},
    "id": (*(row.resource.id_param for row in registry.KINDS if row.names_ids), "model"),
    "accounts": ("service_accounts",),
    "archived": ("state",),
    "cert": ("content",),
    "certificate": ("content", "certificates"),
    "data_residency": ("residency",),
    "display_name": ("name",),
    "e_mail": ("email",),
    "email_address": ("email",),
    "ensure": ("state",),
    "geography": ("residency",),
    "invitations": ("invites",),
    "limits": ("rate_limits",),
    "mail": ("email",),
    "group_users": ("members", "groups"),
    "members": ("users",),
    "model_id": ("model",),
    "models": ("model_permissions",),
    "tools": ("hosted_tools",),
    "service_tier": ("service_tiers",),
    "service_tier_settings": ("service_tiers",),
    "hosted_tool_permissions": ("hosted_tools",),
    "pem": ("content",),
    "people": ("users", "members"),
    "project_name": ("name", "project"),
    "project_role": ("role",),
    "rate_limit_id": ("model",),
    "region": ("residency",),
    "requests_per_minute": ("max_requests_per_1_minute",),
    "rpm": ("max_requests_per_1_minute",),
    "service_account_name": ("name",),
    "status": ("state",),
    "title": ("name",),
    "tokens_per_minute": ("max_tokens_per_1_minute",),
    "tpm": ("max_tokens_per_1_minute",),
    "user": ("email", "users", "members"),
    "users": ("members",),
    "user_role": ("role",),
}
"""Words of the API and of other tools, and what they are called here: the first one that is an option there."""

_VALUES: Mapping[str, tuple[str, ...]] = {
    field.option_name: field.known for field in registry.PROJECTS.resource.options if field.known
}
"""Values of an option that begin with what other tools have as the whole value: C(EU)."""
_SAME: Mapping[str, str] = {"UK": "GB", "UAE": "AE"}


def unknown_word(name: str, value: Any, known: Iterable[str]) -> str:
    """Return a sentence on a word that is none of the known options, with the one that is meant, or is nearest.

    C(value): what was declared by it.
    """
    options = sorted(each for each in known if each != COST_CENTER)
    word = name.casefold().replace("-", "_").replace(" ", "_")
    if word in _KEYS:
        module = f"community.openai_admin.{_KEYS[word]}"
        return f"{name} cannot be declared: keys are never part of a declaration. {module} issues them."
    instead = next((each for each in _INSTEAD.get(word, ()) if each in options), None)
    if instead:
        return f"{name} is no option here. Use {_with_values(instead, value)} instead."
    if word in NOT_YET:
        return f"{name} is not supported yet."
    own = f" An attribute of your own belongs in {ATTRIBUTES}." if ATTRIBUTES in options else ""
    near = next(iter(get_close_matches(word, [*options, *NOT_YET], 1)), None)
    if near in NOT_YET and near not in options:
        return f"{name} is no option. Did you mean {near}, which is not supported yet?{own}"
    if near:
        return f"{name} is no option. Did you mean {near}?{own}"
    return f"{name} is no option. Options here are {', '.join(options)}.{own}"


def _with_values(option: str, value: Any) -> str:
    """An option, and those of its values that begin with what was written."""
    word = value.strip().upper() if isinstance(value, str) else ""
    all_of_them = _VALUES.get(option, ())
    fitting = intended(_SAME.get(word, word), all_of_them)
    if not all_of_them or not word:
        return option
    return f"{option} with {' or '.join(fitting)}" if fitting else f"{option} with one of {', '.join(all_of_them)}"
