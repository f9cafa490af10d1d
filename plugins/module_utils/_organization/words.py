# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Messages about unknown options in declarations. This file is pure.

People use names of the API, of other tools, and of features that are not managed yet. There is a table for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds import registry
from ansible_collections.community.openai_admin.plugins.module_utils._values.alike import intended

ATTRIBUTES = "attributes"
"""The option of a project for the user's own data."""
COST_CENTER = "cost_center"
"""A deprecated option of projects, which belongs in C(attributes)."""
COST_CENTERS = "cost_centers"
"""The option for cost centers, each with its budget and owners."""
BUDGET = "budget_usd"
"""The option of a project and of a cost center for its monthly budget, which is never sent."""
PEOPLE_KEYS = "people_keys"
"""The option of a project that says whether people may own keys there, which is never sent."""

_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("admin_api_key", "admin_api_keys", "admin_keys"), "admin_api_key"),
    **dict.fromkeys(("api_key", "api_keys", "keys", "project_api_key", "project_api_keys"), "project_api_key"),
}
"""Options with which people may try to declare keys, and the modules that issue them."""

_INSTEAD: Mapping[str, tuple[str, ...]] = {
    **{f"{row.scope}_{row.word}": (row.word,) for row in registry.KINDS},
    **{row.resource.plural: (row.word,) for row in registry.KINDS if row.is_single and row.resource.plural != row.word},
    "id": (*(row.resource.id_param for row in registry.KINDS if row.names_ids), "model"),
    "accounts": ("service_accounts",),
    "archived": ("state",),
    "budget": ("budget_usd",),
    "cost_centre": ("cost_centers",),
    "cost_centres": ("cost_centers",),
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
    "spend_alert": ("spend_alerts",),
    "alerts": ("spend_alerts",),
    "threshold_amount": ("usd_per_month",),
    "service_tier": ("service_tiers",),
    "service_tier_settings": ("service_tiers",),
    "hosted_tool_permissions": ("hosted_tools",),
    "pem": ("content",),
    "people": ("users", "members"),
    "project_name": ("name", "project"),
    "project_role": ("role",),
    "rate_limit_id": ("model",),
    "region": ("residency",),
    "workload_identity": ("workload_identity_providers",),
    "federation_rules": ("rules", "workload_identity_providers"),
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
"""Names from the API and from other tools, and the options here; the first one that is valid in a place counts."""

_VALUES: Mapping[str, tuple[str, ...]] = {
    field.option_name: field.known for field in registry.PROJECTS.resource.options if field.known
}
"""Values of an option that begin with a value of other tools, such as C(EU)."""
_SAME: Mapping[str, str] = {"UK": "GB", "UAE": "AE"}


def unknown_word(name: str, value: Any, known: Iterable[str]) -> str:
    """Return a sentence about an unknown option, with the intended or the most similar one.

    C(value): its declared value.
    """
    options = sorted(each for each in known if each != COST_CENTER)
    word = name.casefold().replace("-", "_").replace(" ", "_")
    if word in _KEYS:
        module = f"community.openai_admin.{_KEYS[word]}"
        return f"{name} cannot be declared: keys are never part of a declaration. {module} issues them."
    instead = next((each for each in _INSTEAD.get(word, ()) if each in options), None)
    if instead:
        return f"{name} is not an option here. Use {_with_values(instead, value)} instead."
    own = f" An attribute of your own belongs in {ATTRIBUTES}." if ATTRIBUTES in options else ""
    near = next(iter(get_close_matches(word, options, 1)), None)
    if near:
        return f"{name} is not an option. Did you mean {near}?{own}"
    return f"{name} is not an option here. The options are {', '.join(options)}.{own}"


def _with_values(option: str, value: Any) -> str:
    """Return an option, with those values that begin with the declared one."""
    word = value.strip().upper() if isinstance(value, str) else ""
    all_of_them = _VALUES.get(option, ())
    fitting = intended(_SAME.get(word, word), all_of_them)
    if not all_of_them or not word:
        return option
    return f"{option} with {' or '.join(fitting)}" if fitting else f"{option} with one of {', '.join(all_of_them)}"
