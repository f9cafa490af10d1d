# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Workload identity providers: issuers outside OpenAI whose tokens rules let act as service accounts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.taken_names import HOLDERS, taken
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Create,
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Parent,
    Refuse,
    Remove,
    Resource,
    Route,
    Verdict,
)

PATH = "/organization/workload_identity_providers"
OIDC = "oidc"
"""The type of providers that the API can create."""
PREFIX = "openai."
"""The prefix of attributes that transformations set."""
_MOST, _LONGEST_NAME, _LONGEST = 20, 256, 4096
"""The maximum number of transformations, and the maximum lengths of an attribute and of an expression."""
_PRIVATE = frozenset(["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
"""The private members of a JSON Web Key (RFC 7518, section 6)."""


def without_slash(issuer: Any) -> Any:
    """Return the form in which issuers are compared: a trailing slash does not matter."""
    return issuer.rstrip("/") if isinstance(issuer, str) else issuer


def transformations(written: Mapping[str, Any]) -> dict[str, str]:
    """Return expressions by attribute, each attribute with its prefix. Raises C(ValueError)."""
    if len(written) > _MOST:
        raise ValueError(f"must not have more than {_MOST} attributes, but has {len(written)}")
    found: dict[str, str] = {}
    for name, expression in written.items():
        full = name if name.startswith(PREFIX) else f"{PREFIX}{name}"
        if full in found:
            raise ValueError(f"must not set {full} twice, with and without '{PREFIX}'")
        if not isinstance(expression, str) or not expression.strip() or len(expression) > _LONGEST:
            raise ValueError(f"must have an expression of 1 to {_LONGEST} characters for {name}")
        if full == PREFIX or len(full) > _LONGEST_NAME:
            raise ValueError(f"must have names of attributes of 1 to {_LONGEST_NAME} characters")
        found[full] = expression
    return found


def public_keys(text: str) -> dict[str, Any]:
    """Return a JSON Web Key Set. Raises C(ValueError) if it is none, or if it contains private or symmetric keys."""
    try:
        parsed = json.loads(text)
    except ValueError:
        parsed = None
    keys = parsed.get("keys") if isinstance(parsed, dict) else None
    if not isinstance(keys, list) or not keys or not all(isinstance(key, dict) for key in keys):
        raise ValueError('must be the JSON text of a JSON Web Key Set, such as {"keys": [...]}, with at least one key')
    for number, key in enumerate(keys):
        found = sorted(_PRIVATE & key.keys())
        if found:
            raise ValueError(
                f"must not contain private keys, but keys[{number}] has the private members {', '.join(found)}:"
                " give the public keys only, and replace this key if anybody else has seen it"
            )
    names = [key.get("kid") for key in keys]
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) < len(names):
        raise ValueError("must give each key its own kid")
    return dict(parsed)


def by_kid(keys: Any) -> Any:
    """Return the form in which sets of keys are compared: the keys by their IDs."""
    told = keys.get("keys") if isinstance(keys, Mapping) else None
    return {str(key.get("kid")): key for key in told if isinstance(key, Mapping)} if isinstance(told, list) else keys


def of_another_type(desired: Desired, current: Current) -> Verdict:
    """Refuse to change a provider of a type that the API does not let anybody create."""
    known = current.object or {}
    if not desired.present or known.get("type") in (None, OIDC):
        return None
    return Refuse(
        f"The {desired.label} is of the type {known['type']}, which the API can only show and delete. Change it in the"
        " dashboard, or create another one."
    )


def has_rules(desired: Desired, current: Current) -> Verdict:
    """Refuse to delete a provider with rules, which the API does not do."""
    rules = current.elsewhere.get(RULES, ())
    if desired.present or not rules:
        return None
    names = ", ".join(str(rule.get("name") or RULES_OF_PROVIDER.id_of(rule)) for rule in rules)
    one = len(rules) == 1
    return Refuse(
        f"The {desired.label} still has {len(rules)} federation {'rule' if one else 'rules'} ({names}). Remove"
        f" {'it' if one else 'them'} first with community.openai_admin.federation_rule. To only stop accepting tokens,"
        " set enabled: false."
    )


RULES = "rules"
RULES_OF_PROVIDER = Resource(
    kind="federation_rule",
    plural="federation_rules",
    routes=(Route(f"{PATH}/{{workload_identity_provider_id}}/federation_rules"),),
    fields=(Field(ID, made_by="server"), Field("name", made_by="server")),
    id_param="workload_identity_federation_rule_id",
    creates=(),
    updates=False,
    remove=None,
)
"""The rules of a provider, as far as its removal depends on them."""


WORKLOAD_IDENTITY_PROVIDER = Resource(
    kind="workload_identity_provider",
    plural="workload_identity_providers",
    routes=(Route(PATH),),
    id_param="workload_identity_provider_id",
    keys=(Key("name"),),
    fields=(
        Field(ID, made_by="server"),
        Field("name"),
        Field("type", made_by="default", default=OIDC),
        Field("issuer", required=True, canonical=without_slash),
        Field("audience", required=True),
        Field("description", clearable=True),
        Field("enabled", "bool", initial=True),
        Field(
            "attribute_transformations", "dict", default={}, clean=transformations, pairs=("attribute", "expression")
        ),
        Field(
            "discovery_url",
            clearable=True,
            body="verification.discovery_url",
            answer="verification.discovery_url",
            marked_by=("verification.type", "discovery"),
        ),
        Field(
            "jwks",
            sensitive=True,
            file="jwks_path",
            clean=public_keys,
            canonical=by_kid,
            shapes=("dict",),
            body="verification.jwks",
            answer="verification.jwks",
            marked_by=("verification.type", "uploaded_jwks"),
        ),
        Field("created_at", "int", made_by="server"),
        Field("updated_at", "int", made_by="server", remade=True),
    ),
    creates=(Create(body={"type": OIDC}),),
    remove=Remove(),
    elsewhere=(
        HOLDERS,
        Elsewhere(RULES, by=(), resource=RULES_OF_PROVIDER, going=True),
    ),
    refusals=(of_another_type, has_rules, taken),
)
IN_PROVIDER = Parent(WORKLOAD_IDENTITY_PROVIDER, "workload_identity_provider", "workload_identity_provider_id")
