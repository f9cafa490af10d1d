# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Issuers of outside tokens, and the rules that let these act as service accounts."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from openai.types.admin.organization import (
    WorkloadIdentityProvider as ProviderAnswer,
)
from openai.types.admin.organization import (
    WorkloadIdentityProviderCreateParams,
    WorkloadIdentityProviderDeleted,
    WorkloadIdentityProviderListParams,
    WorkloadIdentityProviderUpdateParams,
)
from openai.types.admin.organization.workload_identity_providers import (
    FederationRule as RuleAnswer,
)
from openai.types.admin.organization.workload_identity_providers import (
    FederationRuleCreateParams,
    FederationRuleDeleted,
    FederationRuleListParams,
    FederationRuleUpdateParams,
)

from .. import lookup
from ..errors import ApiError, bad_request
from ..operations import Call, Operation, Page, deleted
from ..organization import FederationRule, WorkloadIdentityProvider
from .groups import ordered

MOST_PROVIDERS, MOST_RULES, MOST_TRANSFORMATIONS = 50, 50, 20
PREFIX = "openai."
PRIVATE = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}
"""The private members of a JSON Web Key."""


def list_providers(call: Call) -> list[WorkloadIdentityProvider]:
    """Return all providers."""
    return ordered(call, call.world.organization.workload_identity_providers, "asc")


def create(call: Call) -> WorkloadIdentityProvider:
    """Create a provider, whose name must be unique."""
    world, providers = call.world, call.world.organization.workload_identity_providers
    if len(providers) >= MOST_PROVIDERS:
        raise bad_request(f"An organization can have at most {MOST_PROVIDERS} providers.", code="limit_exceeded")
    _check(call, None)
    now = world.now()
    provider = WorkloadIdentityProvider(
        call.body["name"], call.body["issuer"], id=world.ids.new("wip_"), created_at=now, updated_at=now
    )
    _put(call, provider)
    providers.append(provider)
    call.record("workload_identity_provider.created", {"id": provider.id, "data": dict(call.body)})
    return provider


def retrieve(call: Call) -> WorkloadIdentityProvider:
    """Return the provider in the path."""
    providers = call.world.organization.workload_identity_providers
    return lookup.by_id(providers, "workload identity provider", call.path["workload_identity_provider_id"])


def update(call: Call) -> WorkloadIdentityProvider:
    """Update the parts of a provider that are sent."""
    provider = retrieve(call)
    _check(call, provider)
    _put(call, provider)
    provider.updated_at = call.world.now()
    call.record("workload_identity_provider.updated", {"id": provider.id, "changes_requested": dict(call.body)})
    return provider


def delete(call: Call) -> str:
    """Delete a provider, which must not have any rules."""
    provider = retrieve(call)
    if provider.rules:
        said = f"Workload identity provider {provider.id} still has {len(provider.rules)} federation rules."
        raise bad_request(said, code="provider_in_use")
    call.world.organization.workload_identity_providers.remove(provider)
    call.record("workload_identity_provider.deleted", {"id": provider.id, "name": provider.name})
    return provider.id


def _check(call: Call, own: WorkloadIdentityProvider | None) -> None:
    """Refuse empty texts, a name that another provider has, and invalid transformations and keys."""
    for name in ("name", "issuer", "audience"):
        lookup.check_text(name, call.body.get(name))
    others = (each for each in call.world.organization.workload_identity_providers if each is not own)
    if any(each.name == call.body.get("name") for each in others):
        raise bad_request(f"A provider named '{call.body['name']}' already exists.", code="name_exists")
    told = [each["attribute"] for each in call.body.get("attribute_transformations") or ()]
    if len(told) > MOST_TRANSFORMATIONS or len(set(told)) < len(told):
        raise _invalid("attribute_transformations")
    if not all(each.startswith(PREFIX) and each != PREFIX for each in told):
        raise _invalid("attribute_transformations")
    verification = call.body.get("verification") or {}
    if verification.get("type") == "uploaded_jwks":
        _check_keys(verification["jwks"])


def _check_keys(jwks: Mapping[str, Any]) -> None:
    """Refuse a set of keys that is empty, in which keys have no ID or the same one, or that has private keys."""
    keys: Any = jwks.get("keys")
    if not isinstance(keys, list) or not keys or not all(isinstance(key, dict) for key in keys):
        raise _invalid("verification.jwks")
    ids = [key.get("kid") for key in keys]
    if not all(ids) or len(set(ids)) < len(ids) or any(PRIVATE & key.keys() for key in keys):
        raise _invalid("verification.jwks")


def _put(call: Call, provider: WorkloadIdentityProvider) -> None:
    body = call.body
    for name in ("name", "audience", "description", "enabled"):
        setattr(provider, name, body.get(name, getattr(provider, name)))
    provider.issuer = body.get("issuer", provider.issuer).rstrip("/")
    if "attribute_transformations" in body:
        told = body["attribute_transformations"]
        provider.attribute_transformations = {each["attribute"]: each["expression"] for each in told}
    if "verification" in body:
        provider.discovery_url = body["verification"].get("discovery_url")
        provider.jwks = body["verification"].get("jwks")


def show(unused_call: Call, provider: WorkloadIdentityProvider) -> dict[str, Any]:
    """Return a provider as the API formats it."""
    transformations = provider.attribute_transformations.items()
    uploaded = {"type": "uploaded_jwks", "jwks": provider.jwks}
    return {
        "object": "organization.workload_identity_provider",
        "id": provider.id,
        "name": provider.name,
        "type": provider.type,
        "issuer": provider.issuer,
        "audience": provider.audience,
        "description": provider.description,
        "enabled": provider.enabled,
        "attribute_transformations": [{"attribute": name, "expression": told} for name, told in transformations],
        "verification": uploaded if provider.jwks else {"type": "discovery", "discovery_url": provider.discovery_url},
        "created_at": provider.created_at,
        "updated_at": provider.updated_at,
    }


def list_rules(call: Call) -> list[FederationRule]:
    """Return the rules of a provider, or those for one service account."""
    wanted = call.query.get("service_account_id")
    return ordered(call, [each for each in retrieve(call).rules if wanted in (None, each.service_account)], "asc")


def create_rule(call: Call) -> FederationRule:
    """Create a rule. A provider can have only one for each service account."""
    provider, world = retrieve(call), call.world
    project = lookup.by_id(world.organization.projects, "project", call.body["project_id"])
    lookup.refuse_archived(project)
    account = lookup.by_id(project.service_accounts, "service account", call.body["service_account_id"])
    if len(provider.rules) >= MOST_RULES:
        raise bad_request(f"A provider can have at most {MOST_RULES} federation rules.", code="limit_exceeded")
    if any(rule.service_account == account.id for rule in provider.rules):
        said = f"The service account {account.id} already has a federation rule of this provider."
        raise ApiError(HTTPStatus.CONFLICT, said, code="rule_exists")
    _check_rule(call, provider, None)
    now = world.now()
    rule = FederationRule(project.id, account.id, id=world.ids.new("wifr_"), created_at=now, updated_at=now)
    _put_rule(call, rule)
    provider.rules.append(rule)
    data = {"id": rule.id, "identity_provider_id": provider.id, "data": dict(call.body)}
    call.record("workload_identity_provider_mapping.created", data)
    return rule


def retrieve_rule(call: Call) -> FederationRule:
    """Return the rule in the path."""
    rules = retrieve(call).rules
    return lookup.by_id(rules, "federation rule", call.path["workload_identity_federation_rule_id"])


def update_rule(call: Call) -> FederationRule:
    """Update the parts of a rule that are sent."""
    rule = retrieve_rule(call)
    _check_rule(call, retrieve(call), rule)
    _put_rule(call, rule)
    rule.updated_at = call.world.now()
    told = {"id": rule.id, "identity_provider_id": retrieve(call).id, "changes_requested": dict(call.body)}
    call.record("workload_identity_provider_mapping.updated", told)
    return rule


def delete_rule(call: Call) -> str:
    """Delete a rule."""
    provider, rule = retrieve(call), retrieve_rule(call)
    provider.rules.remove(rule)
    told = {"id": rule.id, "identity_provider_id": provider.id, "project_id": rule.project}
    told["service_account_id"] = rule.service_account
    call.record("workload_identity_provider_mapping.deleted", told)
    return rule.id


def _check_rule(call: Call, provider: WorkloadIdentityProvider, own: FederationRule | None) -> None:
    """Refuse a name that another rule of the provider has, and invalid matchers and scopes; not empty matchers."""
    name = call.body.get("name")
    if name is not None and any(each.name == name for each in provider.rules if each is not own):
        raise bad_request(f"A federation rule named '{name}' already exists.", code="name_exists")
    for claim, value in call.body.get("attribute_matchers", {}).items():
        if isinstance(value, str) and ("*" in value[:-1] or value == "*"):
            raise _invalid("attribute_matchers")
        if claim.startswith(PREFIX) and claim not in provider.attribute_transformations:
            raise _invalid("attribute_matchers")
    permissions = call.body.get("permissions", {})
    if permissions.get("type") == "restricted" and not permissions["scopes"]:
        raise _invalid("permissions.scopes")


def _put_rule(call: Call, rule: FederationRule) -> None:
    for name in ("name", "description", "enabled", "attribute_matchers"):
        setattr(rule, name, call.body.get(name, getattr(rule, name)))
    if "permissions" in call.body:
        scopes = call.body["permissions"].get("scopes")
        rule.scopes = None if scopes is None else list(scopes)


def _invalid(param: str) -> ApiError:
    return bad_request(f"Invalid value for '{param}'.", param=param, code="invalid_value")


def show_rule(call: Call, rule: FederationRule) -> dict[str, Any]:
    """Return a rule as the API formats it."""
    default = {"type": "service_account_default"}
    return {
        "object": "organization.workload_identity_federation_rule",
        "id": rule.id,
        "workload_identity_provider_id": call.path["workload_identity_provider_id"],
        "project_id": rule.project,
        "service_account_id": rule.service_account,
        "name": rule.name,
        "description": rule.description,
        "enabled": rule.enabled,
        "attribute_matchers": dict(rule.attribute_matchers),
        "permissions": default if rule.scopes is None else {"type": "restricted", "scopes": list(rule.scopes)},
        "created_at": rule.created_at,
        "updated_at": rule.updated_at,
    }


PROVIDERS = "/organization/workload_identity_providers"
PROVIDER = f"{PROVIDERS}/{{workload_identity_provider_id}}"
RULES = f"{PROVIDER}/federation_rules"
RULE = f"{RULES}/{{workload_identity_federation_rule_id}}"
GONE = deleted("organization.workload_identity_provider.deleted")
RULE_GONE = deleted("organization.workload_identity_federation_rule.deleted")

OPERATIONS = (
    Operation(
        "GET",
        PROVIDERS,
        list_providers,
        show,
        ProviderAnswer,
        query=WorkloadIdentityProviderListParams,
        page=Page(),
    ),
    Operation("POST", PROVIDERS, create, show, ProviderAnswer, body=WorkloadIdentityProviderCreateParams),
    Operation("GET", PROVIDER, retrieve, show, ProviderAnswer),
    Operation("POST", PROVIDER, update, show, ProviderAnswer, body=WorkloadIdentityProviderUpdateParams),
    Operation("DELETE", PROVIDER, delete, GONE, WorkloadIdentityProviderDeleted),
    Operation("GET", RULES, list_rules, show_rule, RuleAnswer, query=FederationRuleListParams, page=Page()),
    Operation("POST", RULES, create_rule, show_rule, RuleAnswer, body=FederationRuleCreateParams),
    Operation("GET", RULE, retrieve_rule, show_rule, RuleAnswer),
    Operation("POST", RULE, update_rule, show_rule, RuleAnswer, body=FederationRuleUpdateParams),
    Operation("DELETE", RULE, delete_rule, RULE_GONE, FederationRuleDeleted),
)
