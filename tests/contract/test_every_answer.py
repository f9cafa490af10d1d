# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every answer of the simulator, under every reading, is right to the official SDK and to the official description."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import openai
import pytest
from contract.description import described, problems
from openai.resources.admin.organization import Organization
from simulator import Authority, Simulator, schema
from simulator.readings import BEYOND, KIND, READINGS
from simulator.routes import OPERATIONS

OCI_STORAGE = {"bucket": "records", "region": "eu-frankfurt-1", "tenancy_ocid": "ocid1.tenancy.oc1..a"}
WORLD: dict[str, Any] = {
    "users": [
        {"email": "ada@example.com", "name": "Ada", "role": "owner", "id": "user-ada"},
        {"email": "grace@example.com", "id": "user-grace"},
        {"name": "Nobody", "id": "user-without-address"},
    ],
    "former_users": [{"email": "barbara@example.com", "id": "user-barbara"}],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "one",
            "id": "proj_one",
            "users": [{"user_id": "user-grace"}, {"user_id": "user-without-address"}],
            "service_accounts": [{"name": "bot", "id": "svc_bot"}],
            "spend_limit": {"threshold_amount": 500, "status": "inactive"},
            "roles": [{"name": "writer", "id": "role_writer", "permissions": ["api.responses.write"]}],
            "model_permissions": {"mode": "allow_list", "model_ids": ["gpt-5"]},
            "api_keys": [
                {"name": "key", "id": "key_bot", "service_account": "bot", "last_used_at": 1767225600},
                {"name": "old", "id": "key_old", "user": "user-barbara", "expires_at": 1998761600},
                {"name": "odd", "id": "key_odd", "user": "user-without-address"},
            ],
        },
        {"name": "two", "id": "proj_two", "external_key_id": "ek_1", "residency": "EU_STORAGE_PROCESSING"},
        {"name": "old", "id": "proj_old", "status": "archived"},
    ],
    "invites": [
        {"email": "edsger@example.com", "id": "invite-1", "projects": [{"project": "one"}]},
        {"email": "alan@example.com", "id": "invite-2", "status": "accepted"},
    ],
    "admin_api_keys": [
        {"name": "rotation", "id": "key_admin", "owner": "user-ada", "last_used_at": 1767225600},
        {"id": "key_left", "owner": "user-who-left"},
    ],
    "groups": [
        {
            "name": "team",
            "id": "group_team",
            "members": [
                *({"user_id": f"user-{name}"} for name in ("ada", "grace", "without-address")),
                {"service_account": "bot", "project": "one"},
            ],
        },
        {"name": "synced", "id": "group_synced", "is_scim_managed": True, "group_type": "tenant_group"},
    ],
    "roles": [{"name": "watcher", "id": "role_watcher", "permissions": ["api.usage.read"]}],
    "spend_limit": {"threshold_amount": 100000},
    "data_retention": {"type": "enhanced_zero_data_retention"},
    "certificates": [{"generate": {"common_name": "Gateway"}, "id": "cert_1", "projects": ["one"]}],
    "workload_identity_providers": [
        {
            "name": "cluster",
            "id": "wip_cluster",
            "issuer": "https://cluster.example.com",
            "jwks": {"keys": [{"kty": "RSA", "kid": "1", "n": "AQAB", "e": "AQAB"}]},
            "attribute_transformations": {"openai.team": "assertion.team"},
            "rules": [
                {"id": "wifr_bot", "project": "one", "service_account": "bot", "attribute_matchers": {"sub": "a"}}
            ],
        },
        {"name": "spare", "id": "wip_spare", "issuer": "https://cluster.example.com"},
    ],
    "external_keys": [{"name": "vault", "id": "extkey_1", "type": "oci", "details": {"region": "eu-frankfurt-1"}}],
    "external_storage": [{"project": "one", "id": "extstore_1", "type": "oci", "details": OCI_STORAGE}],
    "audit_events": [
        {"type": "project.updated", "actor": {"email": "somebody@elsewhere.example"}},
        {"type": "project.updated", "actor": {"user_id": "user-who-left", "api_key_id": "key_left"}},
        {"type": "certificate.created", "details": {"id": "cert_1"}},
        {"type": "login.failed", "actor": {}},
    ],
}


@pytest.mark.parametrize("reading", [KIND, *(name for name in READINGS if name not in BEYOND)])
def test_every_answer_is_right(
    reading: str, admin: Organization, answers: dict[str, list[Any]], simulator: Simulator
) -> None:
    simulator.reset({**WORLD, "behaviour": dict(READINGS.get(reading, {}))})
    use_all(admin)
    assert answers.keys() == {f"{operation.method} {operation.path}" for operation in OPERATIONS}
    assert complaints(answers) == []


@pytest.mark.parametrize("reading", sorted(BEYOND))
def test_what_is_called_wrong_is_wrong(
    reading: str, admin: Organization, answers: dict[str, list[Any]], simulator: Simulator
) -> None:
    simulator.reset({**WORLD, "behaviour": dict(READINGS[reading])})
    with suppress(openai.APIResponseValidationError):
        use_all(admin)
    assert complaints(answers) != []
    answers.clear()


def complaints(answers: dict[str, list[Any]]) -> list[str]:
    return [text for operation, several in answers.items() for each in several for text in problems(operation, each)]


def use_all(admin: Organization) -> None:
    """Send a request for each operation, as the official SDK does, which checks what it is answered."""
    since = int(time.time()) - 3 * 24 * 3600
    for kind in (name.rpartition("/")[2] for name in described()["answers"] if "/usage/" in name):
        getattr(admin.usage, kind)(start_time=since)
        getattr(admin.usage, kind)(start_time=since, group_by=["project_id"], limit=2)
    admin.usage.decisions(start_time=since)
    admin.usage.costs(start_time=since, group_by=["project_id", "line_item"])
    _lists(admin)
    _roles(admin)
    _assignments(admin)
    _groups(admin)
    _singletons(admin)
    _keyless(admin)
    _organization(admin)
    _project(admin)
    _certificates(admin)
    _lists(admin)


def _lists(admin: Organization) -> None:
    projects = admin.projects
    for found in (
        *(admin.projects.list(include_archived=True, limit=2), admin.users.list(limit=2), admin.invites.list(limit=1)),
        *(admin.admin_api_keys.list(limit=1), admin.certificates.list(limit=2), admin.audit_logs.list(limit=4)),
        *(projects.users.list("proj_one", limit=2), projects.service_accounts.list("proj_one")),
        *(projects.api_keys.list("proj_one", owner_project_access="any"), projects.certificates.list("proj_one")),
        projects.rate_limits.list_rate_limits("proj_one", limit=2),
        *(admin.groups.list(limit=1, order="desc"), admin.groups.users.list("group_team", limit=2)),
    ):
        for dummy in found:
            pass


def _organization(admin: Organization) -> None:
    key = admin.admin_api_keys.create(name="new")
    admin.admin_api_keys.retrieve(key.id)
    admin.admin_api_keys.retrieve("key_left")
    admin.admin_api_keys.delete("key_left")
    admin.users.retrieve("user-without-address")
    admin.users.update("user-grace", technical_level="expert")
    admin.users.delete("user-without-address")
    invite = admin.invites.create(
        email="new@example.com", role="reader", projects=[{"id": "proj_one", "role": "member"}]
    )
    admin.invites.retrieve(invite.id)
    admin.invites.retrieve("invite-2")
    admin.invites.delete("invite-1")


def _project(admin: Organization) -> None:
    projects = admin.projects
    made = projects.create(name="new")
    projects.create(name="elsewhere", residency="AU_STORAGE")
    projects.retrieve("proj_old")
    projects.update(made.id, name="newer", external_key_id=None)
    projects.users.create("proj_two", role="member", user_id="user-grace")
    projects.users.retrieve("user-grace", project_id="proj_one")
    projects.users.update("user-grace", project_id="proj_one", role="owner")
    projects.users.delete("user-grace", project_id="proj_one")
    projects.service_accounts.create("proj_one", name="bare", create_service_account_only=True)
    account = projects.service_accounts.create("proj_one", name="new")
    projects.service_accounts.retrieve(account.id, project_id="proj_one")
    projects.service_accounts.update(account.id, project_id="proj_one", name="newer")
    key = projects.service_accounts.api_keys.create(account.id, project_id="proj_one", expires_in_seconds=60)
    projects.service_accounts.delete("svc_bot", project_id="proj_one")
    for each in key.id, "key_old":
        projects.api_keys.retrieve(each, project_id="proj_one")
        projects.api_keys.update(each, project_id="proj_one", scopes=[])
    projects.api_keys.delete(key.id, project_id="proj_one")
    projects.rate_limits.update_rate_limit("rl-gpt-5", project_id="proj_one", max_requests_per_1_minute=7)
    projects.archive("proj_two")


def _groups(admin: Organization) -> None:
    groups = admin.groups
    made = groups.create(name="new")
    groups.update(made.id, name="newer")
    for group in made.id, "group_synced":
        groups.retrieve(group)
    groups.users.create(made.id, user_id="user-grace")
    for member in "user-grace", "user-without-address", "svc_bot":
        groups.users.retrieve(member, group_id="group_team")
    groups.users.delete("user-grace", group_id="group_team")
    groups.delete(made.id)


def _roles(admin: Organization) -> None:
    for call, place in (admin.roles, {}), (admin.projects.roles, {"project_id": "proj_one"}):
        roles: Any = call
        made = roles.create(role_name="new", permissions=["api.files.read"], **place)
        roles.update(made.id, description=None, permissions=[], **place)
        for role in roles.list(limit=2, **place):
            roles.retrieve(role.id, **place)
        roles.delete(made.id, **place)


def _assignments(admin: Organization) -> None:
    inside: Any = {"project_id": "proj_one"}
    admin.projects.groups.create("proj_one", group_id="group_team", role="role_writer")
    for dummy in admin.projects.groups.list("proj_one", limit=1):
        pass
    admin.projects.groups.retrieve("group_team", **inside)
    places: list[tuple[Any, Any, str, str]] = [
        (admin.groups.roles, {}, "group_id", "role_watcher"),
        (admin.users.roles, {}, "user_id", "role_watcher"),
        (admin.projects.groups.roles, inside, "group_id", "role-api-project-viewer"),
        (admin.projects.users.roles, inside, "user_id", "role_writer"),
    ]
    for roles, place, option, role in places:
        own_id = "group_team" if option == "group_id" else "user-grace"
        made = roles.create(own_id, role_id=role, **place)
        listed = [each.id for each in roles.list(own_id, limit=1, **place)]
        for each in made.role.id, *listed:
            roles.retrieve(each, **{option: own_id}, **place)
        roles.delete(made.role.id, **{option: own_id}, **place)
    admin.projects.groups.delete("group_team", **inside)


def _singletons(admin: Organization) -> None:
    limit: Any = {"threshold_amount": 700, "currency": "USD", "interval": "month"}
    admin.spend_limit.retrieve()
    admin.spend_limit.update(**limit)
    admin.spend_limit.delete()
    admin.data_retention.retrieve()
    admin.data_retention.update(retention_type="zero_data_retention")
    inside = admin.projects
    inside.spend_limit.retrieve("proj_one")
    inside.spend_limit.update("proj_one", **limit)
    inside.spend_limit.delete("proj_one")
    inside.model_permissions.retrieve("proj_one")
    inside.model_permissions.update("proj_one", mode="deny_list", model_ids=["gpt-5-mini"])
    inside.model_permissions.delete("proj_one")
    inside.hosted_tool_permissions.retrieve("proj_one")
    inside.hosted_tool_permissions.update("proj_one", mcp={"enabled": False})
    inside.service_tier_settings.retrieve("proj_one")
    inside.service_tier_settings.update("proj_one", default="fast", enabled_tiers=["flex", "fast"])
    inside.data_retention.retrieve("proj_two")
    alert: Any = {**limit, "notification_channel": {"type": "email", "recipients": ["ops@example.com"]}}
    made = admin.spend_alerts.create(**alert)
    list(admin.spend_alerts.list())
    admin.spend_alerts.retrieve(made.id)
    admin.spend_alerts.update(made.id, **alert)
    admin.spend_alerts.delete(made.id)
    of_project = inside.spend_alerts.create("proj_one", **alert)
    list(inside.spend_alerts.list("proj_one"))
    inside.spend_alerts.retrieve(of_project.id, project_id="proj_one")
    inside.spend_alerts.update(of_project.id, project_id="proj_one", **alert)
    inside.spend_alerts.delete(of_project.id, project_id="proj_one")
    inside.data_retention.update("proj_two", retention_type="none")


def _keyless(admin: Organization) -> None:
    providers = admin.workload_identity_providers
    issuer = "https://token.actions.githubusercontent.com/"
    made = providers.create(name="github", type="oidc", issuer=issuer, audience="https://api.openai.com/v1")
    providers.update(made.id, description=None, verification={"type": "discovery", "discovery_url": None})
    for each in made.id, *[provider.id for provider in providers.list(limit=1)]:
        providers.retrieve(each)
    rules: Any = providers.federation_rules
    account: Any = {"project_id": "proj_one", "service_account_id": "svc_bot"}
    rule = rules.create(made.id, attribute_matchers={"sub": "repo:example/*", "admin": False, "run": 1.5}, **account)
    place = {"workload_identity_provider_id": made.id}
    rules.update(rule.id, name=None, permissions={"type": "restricted", "scopes": ["api.responses.write"]}, **place)
    list(rules.list(made.id, service_account_id="svc_bot"))
    rules.retrieve(rule.id, **place)
    rules.retrieve("wifr_bot", workload_identity_provider_id="wip_cluster")
    rules.delete(rule.id, **place)
    providers.delete("wip_spare")
    keys, storage = admin.external_keys, admin.external_storage
    aws: Any = {"kms_arn": "arn:aws:kms:a", "role_arn": "arn:aws:iam::123456789012:role/a", "external_id": "org-a"}
    key = keys.create(name="kms", type="aws", **aws)
    keys.validate(key.id)
    for each in key.id, *[found.id for found in keys.list(limit=1, purpose="ekm")]:
        keys.retrieve(each)
    keys.delete(key.id)
    bucket = storage.create(project_id="proj_one", provider={"type": "aws", "bucket": "b", "role_arn": aws["role_arn"]})
    storage.validate(bucket.id)
    for each in bucket.id, *[found.id for found in storage.list(project_id="proj_one", limit=1)]:
        storage.retrieve(each)
    storage.delete(bucket.id)


def _certificates(admin: Organization) -> None:
    certificates, inside = admin.certificates, admin.projects.certificates
    made = certificates.create(certificate=Authority("new").certificate())
    certificates.retrieve(made.id, include=["content"])
    certificates.update(made.id, name="new")
    certificates.activate(certificate_ids=[made.id, "cert_1"])
    certificates.deactivate(certificate_ids=[made.id])
    inside.activate("proj_one", certificate_ids=[made.id])
    inside.deactivate("proj_one", certificate_ids=[made.id])
    certificates.delete(made.id)


def test_a_wrong_answer_is_noticed() -> None:
    project = {"object": "organization.project", "id": "proj_one", "created_at": 1}
    operation = "GET /organization/projects/{project_id}"
    assert problems(operation, {**project, "name": None, "colour": "red"}) == []
    for wrong in {"residency": None}, {"created_at": None}, {"status": 7}, {"object": "project"}:
        assert problems(operation, {**project, **wrong})
    assert problems(operation, {"object": "organization.project", "id": "proj_one"})


def test_the_simulator_notices_a_wrong_answer_by_itself() -> None:
    shapes = schema.of_answer("GET", "/organization/projects")
    project = {"object": "organization.project", "id": "proj_one", "created_at": 1, "name": None}
    page = {"object": "list", "has_more": False}
    assert not list(schema.complaints(shapes, {**page, "data": [project]}))
    wrong = [{**project, "residency": None}, {**project, "id": None}, {"object": "organization.project", "id": "x"}]
    assert sorted(schema.complaints(shapes, {**page, "data": wrong})) == [
        "organization.project with null as 'id'",
        "organization.project with null as 'residency'",
        "organization.project without 'created_at'",
    ]
    assert sorted(schema.complaints(shapes, {"data": [], "has_more": None})) == [
        "an object with null as 'has_more'",
        "an object without 'object'",
    ]
