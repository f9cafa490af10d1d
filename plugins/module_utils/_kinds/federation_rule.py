# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Federation rules: which outside tokens of a provider can act as which service account, and with which scopes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.workload_identity_provider import (
    IN_PROVIDER,
    PREFIX,
    WORKLOAD_IDENTITY_PROVIDER,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    Current,
    Desired,
    Elsewhere,
    Field,
    Key,
    Object,
    Parent,
    Refuse,
    Resource,
    Route,
    Verdict,
)

ITEM = "/organization/workload_identity_providers/{workload_identity_provider_id}"
PUBLIC_ISSUERS = (
    r"token\.actions\.githubusercontent\.com",
    r"gitlab\.com",
    r"accounts\.google\.com",
    r"(login\.microsoftonline\.com|sts\.windows\.net)",
    r"app\.terraform\.io",
    r"oidc\.circleci\.com",
    r"agent\.buildkite\.com",
    r"api\.bitbucket\.org",
    r"oidc\.vercel\.com",
    r"[\w.-]+\.tokens\.sts\.global\.api\.aws",
    r"cognito-identity\.amazonaws\.com",
)
"""Hosts of issuers that give tokens to anybody with an account there, so that issuer and audience identify nobody."""
GENERAL = frozenset(
    [
        *("iss", "aud", "ref", "ref_path", "ref_type", "ref_protected", "environment", "environment_protected"),
        *("event_name", "pipeline_source", "workflow", "runner_environment"),
        *("repository_visibility", "project_visibility", "email_verified"),
    ]
)
"""Claims that name nobody: a stranger can have a token of the same issuer with the same values."""
OWNERS = frozenset(
    ["repository_owner", "repository_owner_id", "namespace_path", "namespace_id", "enterprise", "enterprise_id"]
)
"""Claims that name whoever owns workloads, all of which then match."""
_SHORT = 12
"""The length up to which the text before a wildcard counts as short."""
_FORMS = ("system:serviceaccount:", "project_path:", "arn:aws:iam::", "arn:aws:sts::", "repo:")
"""What all values of a kind begin with, so that it does not count."""
_PUBLIC = re.compile(rf"https://({'|'.join(PUBLIC_ISSUERS)})(:\d+)?(/.*)?")


def matchers(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return what claims must be. Raises C(ValueError) if they let all tokens in, or if a wildcard is misplaced."""
    if not written:
        raise ValueError("must name at least one claim: an empty dictionary would let in every token of the issuer")
    for claim, value in written.items():
        if isinstance(value, str) and not value.strip():
            raise ValueError(f"must have a value for {claim}")
        if value == "*":
            raise ValueError(f"must not be only * for {claim}, which any token has: give the beginning of the value")
        if isinstance(value, str) and "*" in value[:-1]:
            raise ValueError(f"must have * only at the end of a value, which is not so in {claim}: {value}")
    return dict(written)


def told_apart(written: Any) -> Any:
    """Return the form in which matchers are compared: numbers, booleans and strings all differ."""
    if not isinstance(written, Mapping):
        return written
    return {claim: value if isinstance(value, str) else _typed(value) for claim, value in sorted(written.items())}


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return f"{str(value).lower()} (boolean)"
    whole = isinstance(value, float) and value.is_integer()
    return f"{int(value) if whole else value} (number)"


def in_order(scopes: Any) -> Any:
    """Return the form in which scopes are compared; null for none."""
    return sorted(set(map(str, scopes))) if isinstance(scopes, list) and scopes else None


def is_public(issuer: Any) -> bool:
    """Return whether anybody can get tokens of an issuer."""
    return isinstance(issuer, str) and _PUBLIC.fullmatch(issuer) is not None


def open_to(issuer: Any, claims: Iterable[str]) -> str:
    """Return why matchers let in too many tokens of an issuer; empty if they do not."""
    if not is_public(issuer) or set(claims) - GENERAL:
        return ""
    return (
        f"would let in tokens of anybody who uses {issuer}, because it only matches {' and '.join(sorted(claims))}."
        " Match the claim that names your workload too, such as sub or repository."
    )


def not_computed(claims: Iterable[str], transformations: Iterable[str]) -> list[str]:
    """Return the attributes in matchers that no transformation of the provider computes."""
    return sorted({each for each in claims if each.startswith(PREFIX)} - set(transformations))


def lets_anybody_in(desired: Desired, current: Current) -> Verdict:
    """Refuse matchers that a stranger's token can have, and attributes that the provider does not compute."""
    claims, provider = desired.values.get("match"), _provider(current)
    if not desired.present or claims is None or provider is None:
        return None
    told = WORKLOAD_IDENTITY_PROVIDER.shape(provider)
    why = open_to(told["issuer"], claims)
    if why:
        return Refuse(f"The {desired.label} {why}")
    lacking = not_computed(claims, told["attribute_transformations"] or ())
    if lacking:
        return Refuse(
            f"The {desired.label} matches {', '.join(lacking)}, which the provider does not compute. Add it to its"
            " attribute_transformations first, or match a claim of the token."
        )
    return None


def flaws(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the rules of a declared provider that would let anybody in, or match what it does not compute."""
    computed = entry.get("attribute_transformations")
    for number, rule in enumerate(entry.get("rules") or ()):
        claims = rule.get("match") if isinstance(rule, Mapping) else None
        if not isinstance(claims, Mapping) or not claims:
            continue
        where = f"rules[{number}]"
        why = open_to(entry.get("issuer"), claims)
        if why:
            yield where, f"{where} {why}"
        names = {name if name.startswith(PREFIX) else f"{PREFIX}{name}" for name in computed or ()}
        lacking = not_computed(claims, names) if computed is not None else []
        if lacking:
            yield where, f"{where} matches {', '.join(lacking)}, which attribute_transformations does not compute."


def _provider(current: Current) -> Object | None:
    """Return the provider of a rule, if it is known."""
    return current.parent or next(iter(current.elsewhere.get(PROVIDER, ())), None)


def too_wide(claims: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with matchers that many tokens have, as predicates about their rule."""
    telling = set(claims) - GENERAL
    if claims and not telling:
        yield (
            f"only matches {' and '.join(sorted(claims))}, so it lets in every workload that gets tokens of this"
            " issuer. Match sub too"
        )
    elif telling and telling <= OWNERS:
        yield f"lets in everything that belongs to the {' and '.join(sorted(telling))}, also what is created later"
    for claim, value in claims.items():
        if isinstance(value, str) and value.endswith("*") and _is_short(value[:-1]):
            yield (
                f"lets in every token whose {claim} begins with '{value[:-1]}', which is short: check that nobody else"
                " can have one"
            )


def lets_in(rule: Mapping[str, Any], provider: Mapping[str, Any]) -> dict[str, Any]:
    """Return in words which tokens a rule lets in, with which scopes, and what a reviewer should check.

    Both are as info modules return them; the provider is empty if it is not known.
    """
    issuer, match = provider.get("issuer"), rule.get("match") or {}
    named = [f"issuer {issuer}", f"audience {provider.get('audience')}"] if provider else []
    claims = [
        f"{claim} = {value if isinstance(value, str) else _typed(value)}" for claim, value in sorted(match.items())
    ]
    checks = [*too_wide(match)]
    if not rule.get("scopes"):
        checks.append("no scopes: tokens may do whatever the service account may do")
    if rule.get("enabled") is False or provider.get("enabled") is False:
        checks.append("disabled: lets nobody in at present")
    return {
        "tokens": ", ".join([*named, *claims]),
        "scopes": ", ".join(rule.get("scopes") or ()) or "all of the service account",
        "remark": checks,
    }


def how_wide(desired: Desired, current: Current) -> Iterator[str]:
    """Warn of rules that many tokens match, and of those that give all that the service account may do."""
    for why in too_wide(desired.values.get("match") or {}):
        yield f"The {desired.label} {why}."
    known = None if current.object is None else FEDERATION_RULE.shape(current.object)["scopes"]
    if desired.present and not desired.values.get("scopes", known):
        yield (
            f"The {desired.label} has no scopes, so its tokens may do whatever the service account may do. Set scopes"
            " to what the workload needs."
        )


def _is_short(text: str) -> bool:
    """Return whether the text before a wildcard is short, and no complete name such as C(repo:example/)."""
    form = next((each for each in _FORMS if text.startswith(each)), "")
    told = text[len(form) :]
    return len(told) < _SHORT and not (form and told.endswith(("/", ":")))


PROVIDER = "provider"
PROVIDER_ITSELF = Resource(
    kind="workload_identity_provider",
    plural="workload_identity_providers",
    routes=(Route(ITEM),),
    fields=WORKLOAD_IDENTITY_PROVIDER.fields,
    creates=(),
    updates=False,
    remove=None,
)
"""The provider of a rule, for tasks that give its ID."""
IN_ACCOUNT = Parent(SERVICE_ACCOUNT, "service_account", "service_account_id")
FEDERATION_RULE = Resource(
    kind="federation_rule",
    plural="federation_rules",
    routes=(Route(f"{ITEM}/federation_rules", IN_PROVIDER),),
    id_param="workload_identity_federation_rule_id",
    keys=(Key("service_account_id"),),
    fields=(
        Field(ID, made_by="server"),
        Field("project_id", required=True, refers=IN_PROJECT, update=False),
        Field("service_account_id", required=True, refers=IN_ACCOUNT, update=False),
        Field("name", clearable=True),
        Field("description", clearable=True),
        Field("enabled", "bool", initial=True),
        Field(
            "match",
            "dict",
            required=True,
            body="attribute_matchers",
            answer="attribute_matchers",
            clean=matchers,
            canonical=told_apart,
        ),
        Field(
            "scopes",
            "set",
            initial=[],
            body="permissions.scopes",
            answer="permissions.scopes",
            canonical=in_order,
            marked_by=("permissions.type", "restricted"),
            cleared_by=("permissions.type", "service_account_default"),
        ),
        Field("created_at", "int", made_by="server"),
        Field("updated_at", "int", made_by="server", remade=True),
    ),
    elsewhere=(
        Elsewhere(
            PROVIDER, by=(), resource=PROVIDER_ITSELF, missing=("service_account_id",), claiming="match", of_parent=True
        ),
    ),
    refusals=(lets_anybody_in,),
    cautions=(how_wide,),
)
