# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The official SDK makes changes, and finds all of them in the simulated audit log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from openai.types.admin.organization import AuditLogListResponse
from simulator import ControlError, OrganizationError, Simulator
from simulator.organization import Ids, load, source
from simulator.routes import OPERATIONS

NOW = 1_800_000_000
OCI_STORAGE = {"bucket": "records", "region": "eu-frankfurt-1", "tenancy_ocid": "ocid1.tenancy.oc1..a"}
SMALL: dict[str, Any] = {
    "users": [
        {"email": "ada@example.com", "role": "owner", "id": "user-ada"},
        {"email": "grace@example.com", "role": "owner", "id": "user-grace"},
        {"email": "alan@example.com", "id": "user-alan"},
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": "alan@example.com"}],
            "service_accounts": [{"name": "robot", "id": "svc_acct_robot"}],
            "api_keys": [{"name": "robot", "service_account": "robot", "id": "key_robot"}],
            "spend_limit": {"threshold_amount": 100},
            "roles": [{"name": "writer", "id": "role_any", "permissions": ["api.usage.read"]}],
            "groups": [{"group": "team"}],
            "role_assignments": [
                {"group": "team", "role": "writer"},
                {"user": "alan@example.com", "role": "writer"},
            ],
            "spend_alerts": [{"id": "alert_any", "threshold_amount": 100, "recipients": ["ops@example.com"]}],
            "model_permissions": {"mode": "allow_list", "model_ids": ["gpt-5"]},
        },
    ],
    "invites": [{"email": "invited@example.com", "id": "invite-one", "projects": [{"project": "search"}]}],
    "admin_api_keys": [{"name": "spare", "id": "key_spare"}],
    "groups": [
        {"name": "team", "id": "group_team", "members": [{"email": "alan@example.com"}]},
        {"name": "new", "id": "group_new"},
    ],
    "roles": [{"name": "watcher", "id": "role_any", "permissions": ["api.usage.read"]}],
    "role_assignments": [
        {"group": "team", "role": "watcher"},
        {"user": "alan@example.com", "role": "watcher"},
    ],
    "spend_limit": {"threshold_amount": 100},
    "spend_alerts": [{"id": "alert_any", "threshold_amount": 100, "recipients": ["ops@example.com"]}],
    "data_retention": {"type": "zero_data_retention"},
    "workload_identity_providers": [
        {"name": "cluster", "id": "wip_cluster", "issuer": "https://cluster.example.com"},
        {
            "name": "used",
            "id": "wip_used",
            "issuer": "https://cluster.example.com",
            "rules": [{"id": "wifr_robot", "project": "search", "service_account": "robot"}],
        },
    ],
    "external_keys": [{"name": "vault", "id": "extkey_any", "type": "oci"}],
    "external_storage": [{"project": "search", "id": "extstore_any", "type": "oci", "details": OCI_STORAGE}],
    "behaviour": {"clock": NOW},
}
PROJECT = "/organization/projects/{project_id}"
PATH = {
    "project_id": "proj_search",
    "user_id": "user-alan",
    "service_account_id": "svc_acct_robot",
    "api_key_id": "key_robot",
    "rate_limit_id": "rl-gpt-5",
    "invite_id": "invite-one",
    "key_id": "key_spare",
    "group_id": "group_team",
    "alert_id": "alert_any",
    "role_id": "role_any",
    "workload_identity_federation_rule_id": "wifr_robot",
    "external_key_id": "extkey_any",
    "external_storage_id": "extstore_any",
}
INSIDE = "/projects/{project_id}"


def assigned(role: str, principal: str, place: str) -> dict[str, Any]:
    """What an event says of a role that somebody has got, or has lost."""
    kind = "project" if place == "proj_search" else "organization"
    told = f"{role}__api-{kind}__{place}" if role.startswith("role-api-") else role
    return {
        "id": f"role_assignment_{told}_{principal}",
        "principal_id": principal,
        "principal_type": principal.partition("_")[0].partition("-")[0],
        "resource_id": place,
        "resource_type": kind,
    }


def role_changes(path: str, place: str, alias: str) -> Any:
    """What writes on roles of a scope, and on who has them, leave in the log."""
    kind = "project" if place == "proj_search" else "organization"
    made = {"role_name": "new", "permissions": ["a"], "resource_id": place, "resource_type": f"api.{kind}"}
    yield ("POST", f"{path}/roles"), ({"role_name": "new", "permissions": ["a"]}, [("role.created", "", made)])
    changes = {"permissions_added": ["a"], "permissions_removed": ["api.usage.read"]}
    updated = ("role.updated", "role_any", {"changes_requested": changes})
    yield ("POST", f"{path}/roles/{{role_id}}"), ({"permissions": ["a"]}, [updated])
    yield ("DELETE", f"{path}/roles/{{role_id}}"), (None, [("role.deleted", "role_any", {})])
    for who, principal in ("groups/{group_id}", "group_team"), ("users/{user_id}", "user-alan"):
        came, went = (assigned(role, principal, place) for role in (alias, "role_any"))
        created = ("role.assignment.created", came.pop("id"), came)
        deleted = ("role.assignment.deleted", went.pop("id"), went)
        yield ("POST", f"{path}/{who}/roles"), ({"role_id": alias}, [created])
        yield ("DELETE", f"{path}/{who}/roles/{{role_id}}"), (None, [deleted])


PROVIDERS = "/organization/workload_identity_providers"
PROVIDER = f"{PROVIDERS}/{{workload_identity_provider_id}}"
RULE = f"{PROVIDER}/federation_rules/{{workload_identity_federation_rule_id}}"
AZURE = {"type": "azure", "name": "kms", "tenant_id": "t", "vault_uri": "https://v.example.com", "key_name": "org-a"}


def identity_changes() -> Any:
    """What writes on providers of workload identity, and on their rules, leave in the log."""
    kind = "workload_identity_provider"
    body = {"name": "new", "type": "oidc", "issuer": "https://a.example.com", "audience": "https://api.openai.com/v1"}
    yield ("POST", PROVIDERS), (body, [(f"{kind}.created", "", {"data": body})])
    changes = {"enabled": False}
    updated = (f"{kind}.updated", "wip_cluster", {"changes_requested": changes})
    yield ("POST", PROVIDER), (changes, [updated])
    yield ("DELETE", PROVIDER), (None, [(f"{kind}.deleted", "wip_cluster", {"name": "cluster"})])
    inside, account = {"identity_provider_id": "wip_cluster"}, "svc_acct_robot"
    rule = {"project_id": "proj_search", "service_account_id": account, "attribute_matchers": {"sub": "a"}}
    created = (f"{kind}_mapping.created", "", {**inside, "data": rule})
    yield ("POST", f"{PROVIDER}/federation_rules"), (rule, [created])
    used = {"identity_provider_id": "wip_used"}
    changed = (f"{kind}_mapping.updated", "wifr_robot", {**used, "changes_requested": changes})
    yield ("POST", RULE), (changes, [changed])
    gone = (
        f"{kind}_mapping.deleted",
        "wifr_robot",
        {**used, "project_id": "proj_search", "service_account_id": account},
    )
    yield ("DELETE", RULE), (None, [gone])


OUT = assigned("role_any", "group_team", "proj_search")
IN = {**OUT, "id": "role_assignment_role_any_group_new", "principal_id": "group_new"}
LIMIT = {"threshold_amount": 200, "currency": "USD", "interval": "month"}
ALERT = {**LIMIT, "notification_channel": {"type": "email", "recipients": ["ops@example.com"]}}
# For each operation that changes something: the body, then each event's type, its resource (left out where it is new)
# and the rest of its details.
Events = list[tuple[str, str, dict[str, Any]]]
CHANGES: dict[tuple[str, str], tuple[dict[str, Any] | None, Events]] = {
    ("POST", "/organization/projects"): (
        {"name": "new"},
        [("project.created", "", {"data": {"name": "new", "title": "new"}})],
    ),
    ("POST", PROJECT): (
        {"name": "find"},
        [("project.updated", "proj_search", {"changes_requested": {"title": "find"}})],
    ),
    ("POST", f"{PROJECT}/archive"): (None, [("project.archived", "proj_search", {})]),
    ("POST", f"{PROJECT}/users"): (
        {"email": "new@example.com", "role": "viewer"},
        [("user.added", "user-new", {"data": {"role": "viewer"}})],
    ),
    ("POST", f"{PROJECT}/users/{{user_id}}"): (
        {"role": "owner"},
        [("user.updated", "user-alan", {"changes_requested": {"role": "owner"}})],
    ),
    ("DELETE", f"{PROJECT}/users/{{user_id}}"): (None, [("user.deleted", "user-alan", {})]),
    ("POST", f"{PROJECT}/service_accounts"): (
        {"name": "new"},
        [
            ("service_account.created", "", {"data": {"role": "member"}}),
            ("api_key.created", "", {"data": {"scopes": []}}),
        ],
    ),
    ("POST", f"{PROJECT}/service_accounts/{{service_account_id}}"): (
        {"role": "owner"},
        [("service_account.updated", "svc_acct_robot", {"changes_requested": {"role": "owner"}})],
    ),
    ("DELETE", f"{PROJECT}/service_accounts/{{service_account_id}}"): (
        None,
        [("service_account.deleted", "svc_acct_robot", {})],
    ),
    ("POST", f"{PROJECT}/service_accounts/{{service_account_id}}/api_keys"): (
        {"scopes": ["api.all.read"]},
        [("api_key.created", "", {"data": {"scopes": ["api.all.read"]}})],
    ),
    ("POST", f"{PROJECT}/api_keys/{{api_key_id}}"): (
        {"expires_in_seconds": 5},
        [("api_key.updated", "key_robot", {"changes_requested": {"expires_in_seconds": 5}})],
    ),
    ("DELETE", f"{PROJECT}/api_keys/{{api_key_id}}"): (None, [("api_key.deleted", "key_robot", {})]),
    ("POST", f"{PROJECT}/rate_limits/{{rate_limit_id}}"): (
        {"max_requests_per_1_minute": 7},
        [("rate_limit.updated", "rl-gpt-5", {"changes_requested": {"max_requests_per_1_minute": 7}})],
    ),
    ("POST", "/organization/users/{user_id}"): (
        {"role": "owner"},
        [("user.updated", "user-alan", {"changes_requested": {"role": "owner"}})],
    ),
    ("DELETE", "/organization/users/{user_id}"): (None, [("user.deleted", "user-alan", {})]),
    ("POST", "/organization/invites"): (
        {"email": "x@example.com", "role": "reader"},
        [("invite.sent", "", {"data": {"email": "x@example.com", "role": "reader"}})],
    ),
    ("DELETE", "/organization/invites/{invite_id}"): (None, [("invite.deleted", "invite-one", {})]),
    ("POST", "/organization/admin_api_keys"): ({"name": "x"}, [("api_key.created", "", {"data": {"scopes": []}})]),
    ("DELETE", "/organization/admin_api_keys/{key_id}"): (None, [("api_key.deleted", "key_spare", {})]),
    ("POST", "/organization/groups"): ({"name": "new"}, [("group.created", "", {"data": {"group_name": "new"}})]),
    ("POST", "/organization/groups/{group_id}"): (
        {"name": "newer"},
        [("group.updated", "group_team", {"changes_requested": {"group_name": "newer"}})],
    ),
    ("DELETE", "/organization/groups/{group_id}"): (None, [("group.deleted", "group_team", {})]),
    ("POST", "/organization/groups/{group_id}/users"): ({"user_id": "user-new"}, []),
    ("DELETE", "/organization/groups/{group_id}/users/{user_id}"): (None, []),
    **dict(role_changes("/organization", "org-simulated", "role-api-organization-owner")),
    **dict(role_changes(INSIDE, "proj_search", "role-api-project-owner")),
    ("POST", f"{PROJECT}/groups"): (
        {"group_id": "group_new", "role": "role_any"},
        [("role.assignment.created", IN.pop("id"), IN)],
    ),
    ("DELETE", f"{PROJECT}/groups/{{group_id}}"): (None, [("role.assignment.deleted", OUT.pop("id"), OUT)]),
    ("POST", "/organization/spend_limit"): (LIMIT, []),
    ("DELETE", "/organization/spend_limit"): (None, []),
    ("POST", "/organization/data_retention"): ({"retention_type": "modified_abuse_monitoring"}, []),
    ("POST", f"{PROJECT}/spend_limit"): (LIMIT, []),
    ("DELETE", f"{PROJECT}/spend_limit"): (None, []),
    ("POST", f"{PROJECT}/model_permissions"): ({"mode": "deny_list", "model_ids": ["gpt-5"]}, []),
    ("DELETE", f"{PROJECT}/model_permissions"): (None, []),
    ("POST", f"{PROJECT}/hosted_tool_permissions"): ({"mcp": {"enabled": False}}, []),
    ("POST", f"{PROJECT}/service_tier_settings"): ({"default": "fast"}, []),
    **dict(identity_changes()),
    ("POST", "/organization/external_keys"): (AZURE, [("external_key.registered", "", {"data": AZURE})]),
    ("POST", "/organization/external_keys/{external_key_id}/validate"): (None, []),
    ("DELETE", "/organization/external_keys/{external_key_id}"): (
        None,
        [("external_key.removed", "extkey_any", {})],
    ),
    ("POST", "/organization/external_storage"): (
        {"project_id": "proj_search", "provider": {"type": "oci", **OCI_STORAGE}},
        [],
    ),
    ("POST", "/organization/external_storage/{external_storage_id}/validate"): (None, []),
    ("DELETE", "/organization/external_storage/{external_storage_id}"): (None, []),
    ("POST", "/organization/spend_alerts"): (ALERT, []),
    ("POST", "/organization/spend_alerts/{alert_id}"): (ALERT, []),
    ("DELETE", "/organization/spend_alerts/{alert_id}"): (None, []),
    ("POST", f"{PROJECT}/spend_alerts"): (ALERT, []),
    ("POST", f"{PROJECT}/spend_alerts/{{alert_id}}"): (ALERT, []),
    ("DELETE", f"{PROJECT}/spend_alerts/{{alert_id}}"): (None, []),
    ("POST", f"{PROJECT}/data_retention"): ({"retention_type": "none"}, []),
}


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    """Each test begins with a small organization whose clock stands still."""
    stranger = {"email": "new@example.com", "id": "user-new"}
    simulator.reset({**SMALL, "users": [*SMALL["users"], stranger]})


@pytest.fixture
def send(simulator: Simulator) -> Any:
    """Sends any request."""
    with openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url, max_retries=0) as client:
        security: Any = {"security": {"admin_api_key_auth": True}}

        def call(method: str, path: str, body: Any) -> Any:
            provider = "wip_used" if "federation_rule_id" in path else "wip_cluster"
            where = path.format_map({**PATH, "workload_identity_provider_id": provider})
            if method == "POST":
                return client.post(where, cast_to=object, body=body, options=security)
            return client.delete(where, cast_to=object, options=security)

        yield call


def refused(status: int) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, check=lambda error: error.status_code == status)


def oldest_first(admin: Organization, **filters: Any) -> list[AuditLogListResponse]:
    return list(admin.audit_logs.list(**filters))[::-1]


def types(admin: Organization, **filters: Any) -> list[str]:
    return [event.type for event in oldest_first(admin, **filters)]


def details(event: AuditLogListResponse) -> dict[str, Any]:
    found: dict[str, Any] = event.to_dict()[event.type]  # type: ignore[assignment]  # the details, a dictionary for every type
    return found


class TestChanges:
    def test_all_are_here(self) -> None:
        """But those of certificates, which have tests of their own."""
        writes = {(item.method, item.path) for item in OPERATIONS if item.method != "GET"}
        assert {(method, path) for method, path in writes if "/certificates" not in path} == set(CHANGES)

    @pytest.mark.series(20)
    @pytest.mark.parametrize(("method", "path"), CHANGES)
    def test_each_is_noted(
        self, admin: Organization, simulator: Simulator, send: Callable[..., Any], method: str, path: str
    ) -> None:
        simulator.actor("grace@example.com")
        body, expected = CHANGES[method, path]
        send(method, path, body)
        events = oldest_first(admin)
        assert [event.type for event in events] == [kind for kind, unused_id, unused_rest in expected]
        for event, (unused_kind, identifier, rest) in zip(events, expected, strict=True):
            found = details(event)
            assert found.pop("id") == identifier or not identifier
            assert found == rest
            assert event.effective_at == NOW
            assert event.actor is not None
            assert event.actor.session is not None
            assert event.actor.session.user is not None
            assert event.actor.session.user.email == "grace@example.com"
            inside = path.startswith((PROJECT, INSIDE))
            in_project = inside and event.project is not None and event.project.id == "proj_search"
            assert in_project == inside
            assert (event.project is not None) == path.startswith(("/organization/projects", "/projects"))

    @pytest.mark.series(20)
    @pytest.mark.parametrize(("method", "path"), CHANGES)
    def test_none_is_noted_that_was_refused(
        self, admin: Organization, simulator: Simulator, send: Callable[..., Any], method: str, path: str
    ) -> None:
        simulator.behaviour(missing_scopes=["api.management.write"])
        with refused(401):
            send(method, path, CHANGES[method, path][0])
        simulator.behaviour(missing_scopes=[])
        with refused(400):
            send("POST", "/organization/projects", {"name": ""})
        assert types(admin) == []

    def test_acceptance(self, admin: Organization, simulator: Simulator) -> None:
        user = simulator.accept_invite("invite-one")
        accepted, added, joined = oldest_first(admin)
        assert (accepted.type, details(accepted)) == ("invite.accepted", {"id": "invite-one"})
        assert (added.type, details(added)) == ("user.added", {"id": user["id"], "data": {"role": "reader"}})
        assert (joined.type, details(joined)) == ("user.added", {"id": user["id"], "data": {"role": "member"}})
        assert joined.project is not None
        assert (added.project, joined.project.id) == (None, "proj_search")
        assert types(admin, actor_emails=["invited@example.com"]) == ["invite.accepted", "user.added", "user.added"]

    def test_archiving_twice(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(archive_twice=200)
        for unused_turn in range(2):
            admin.projects.archive("proj_search")
        assert types(admin) == ["project.archived"]

    def test_lost_answers(self, admin: Organization, simulator: Simulator) -> None:
        simulator.fault("drop", when="after")
        with pytest.raises(openai.APIConnectionError):
            admin.projects.archive("proj_search")
        assert types(admin) == ["project.archived"]


class TestActors:
    def test_an_admin_key(self, admin: Organization) -> None:
        admin.projects.archive("proj_search")
        (event,) = admin.audit_logs.list()
        own = next(key for key in admin.admin_api_keys.list() if key.name == "simulator")
        assert event.actor is not None
        assert event.actor.to_dict() == {
            "type": "api_key",
            "api_key": {"id": own.id, "type": "user", "user": {"id": "user-ada", "email": "ada@example.com"}},
        }

    def test_another_admin_key(self, admin: Organization, simulator: Simulator) -> None:
        simulator.actor("grace@example.com")
        made = admin.admin_api_keys.create(name="other")
        simulator.actor(None)
        with openai.OpenAI(admin_api_key=made.value, base_url=simulator.url) as client:
            client.admin.organization.projects.archive("proj_search")
        assert types(admin, actor_ids=[made.id]) == ["project.archived"]
        assert types(admin, actor_emails=["grace@example.com"]) == ["api_key.created", "project.archived"]

    def test_a_session(self, admin: Organization, simulator: Simulator) -> None:
        simulator.actor("GRACE@example.com")
        admin.projects.archive("proj_search")
        (event,) = admin.audit_logs.list()
        assert event.actor is not None
        assert event.actor.to_dict() == {
            "type": "session",
            "session": {"user": {"id": "user-grace", "email": "grace@example.com"}, "ip_address": "127.0.0.1"},
        }

    def test_strangers_have_no_session(self, admin: Organization, simulator: Simulator) -> None:
        simulator.actor("grace@example.com")
        with pytest.raises(ControlError, match=r"stranger@example\.com"):
            simulator.actor("stranger@example.com")
        admin.projects.create(name="x")
        assert types(admin, actor_emails=["grace@example.com"]) == ["project.created"]
        simulator.reset()
        admin.projects.create(name="x")
        assert types(admin, actor_emails=["grace@example.com"]) == []

    def test_the_project_of_an_admin_key_s_changes(self, admin: Organization, simulator: Simulator) -> None:
        admin.invites.create(email="x@example.com", role="reader")
        admin.projects.update("proj_search", name="find")
        assert types(admin, project_ids=["proj_default"]) == ["invite.sent", "project.updated"]
        simulator.behaviour(admin_key_events_in_default_project=False)
        admin.invites.create(email="y@example.com", role="reader")
        admin.projects.update("proj_search", name="search")
        assert types(admin, project_ids=["proj_search"]) == ["project.updated"]
        assert len(types(admin, project_ids=["proj_default"])) == 2
        simulator.reset({"behaviour": {"clock": NOW}})
        admin.projects.create(name="x")
        assert admin.audit_logs.list().data[0].project is None


class TestList:
    @pytest.fixture
    def seven(self, admin: Organization, simulator: Simulator) -> list[str]:
        """The ids of events from NOW to NOW + 6, newest first."""
        for number in range(7):
            simulator.behaviour(clock=NOW + number)
            admin.projects.create(name=f"project {number}")
        return [event.id for event in admin.audit_logs.list()]

    @pytest.mark.usefixtures("seven")
    def test_newest_first(self, admin: Organization) -> None:
        assert [event.effective_at - NOW for event in admin.audit_logs.list()] == [6, 5, 4, 3, 2, 1, 0]

    def test_also_within_a_second(self, admin: Organization) -> None:
        made = [admin.projects.create(name=f"project {number}").id for number in range(3)]
        assert [details(event)["id"] for event in admin.audit_logs.list()] == made[::-1]

    @pytest.mark.usefixtures("seven")
    def test_by_time_not_by_order_of_arrival(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(clock=NOW + 3)
        admin.projects.create(name="late")
        assert [event.effective_at - NOW for event in admin.audit_logs.list()] == [6, 5, 4, 3, 3, 2, 1, 0]

    def test_pages(self, admin: Organization, simulator: Simulator, seven: list[str]) -> None:
        simulator.clear()
        assert [event.id for event in admin.audit_logs.list(limit=3)] == seven
        assert [entry["query"].get("after") for entry in simulator.requests()] == [None, [seven[2]], [seven[5]]]
        before = admin.audit_logs.list(before=seven[4], limit=2)
        assert ([event.id for event in before.data], before.has_more) == (seven[2:4], True)
        assert not admin.audit_logs.list(before=seven[2], limit=2).has_more
        simulator.behaviour(page_size=1)
        assert [event.id for event in admin.audit_logs.list(event_types=["project.created"])] == seven
        for wrong in ({"after": "audit_log-unknown"}, {"limit": 0}, {"limit": 101}):
            with refused(400):
                admin.audit_logs.list(**wrong)

    @pytest.mark.usefixtures("seven")
    @pytest.mark.parametrize(
        ("limits", "found"),
        [
            ({"gt": 4}, [5, 6]),
            ({"gte": 4}, [4, 5, 6]),
            ({"lt": 2}, [0, 1]),
            ({"lte": 2}, [0, 1, 2]),
            ({"gte": 2, "lt": 4}, [2, 3]),
            ({"gt": 4, "lt": 4}, []),
        ],
    )
    def test_times(self, admin: Organization, limits: Any, found: list[int]) -> None:
        moved = {name: NOW + value for name, value in limits.items()}
        assert [event.effective_at - NOW for event in oldest_first(admin, effective_at=moved)] == found

    def test_filters(self, admin: Organization, simulator: Simulator) -> None:
        admin.users.update("user-alan", role="owner")
        simulator.actor("grace@example.com")
        admin.projects.update("proj_search", name="find")
        admin.projects.rate_limits.update_rate_limit("rl-gpt-5", project_id="proj_search", max_requests_per_1_minute=1)
        simulator.actor("alan@example.com")
        admin.projects.archive("proj_search")
        for filters, found in (
            ({}, ["user.updated", "project.updated", "rate_limit.updated", "project.archived"]),
            ({"event_types": ["project.archived", "user.updated"]}, ["user.updated", "project.archived"]),
            ({"event_types": ["login.succeeded"]}, []),
            ({"project_ids": ["proj_search"]}, ["project.updated", "rate_limit.updated", "project.archived"]),
            ({"project_ids": ["proj_unknown"]}, []),
            ({"resource_ids": ["proj_search"]}, ["project.updated", "project.archived"]),
            ({"resource_ids": ["user-alan", "rl-gpt-5"]}, ["user.updated", "rate_limit.updated"]),
            ({"actor_ids": ["user-alan"]}, ["project.archived"]),
            ({"actor_ids": ["user-ada", "user-alan"]}, ["user.updated", "project.archived"]),
            ({"actor_emails": ["Grace@example.com"]}, ["project.updated", "rate_limit.updated"]),
            ({"actor_emails": ["grace@example.com"], "resource_ids": ["proj_search"]}, ["project.updated"]),
            ({"actor_emails": ["grace@example.com"], "event_types": ["project.archived"]}, []),
            ({"tenant_only": False, "actor_ids": ["user-alan"]}, ["project.archived"]),
            ({"tenant_only": True}, []),
        ):
            assert types(admin, **filters) == found, filters

    @pytest.mark.parametrize(
        "query",
        [
            {"event_types[]": "project.destroyed"},
            {"effective_at[near]": "1"},
            {"effective_at[gt]": "noon"},
            {"tenant_only": "perhaps"},
            {"event_types[]": "tenant.user.added"},
            {"event_types[]": "project.created", "tenant_only": "true"},
            {"order": "asc"},
        ],
    )
    def test_bad_queries(self, admin: Organization, query: dict[str, str]) -> None:
        with refused(400):
            admin.audit_logs.list(extra_query=query)


class TestSwitches:
    def test_switched_off(self, admin: Organization, simulator: Simulator) -> None:
        admin.projects.create(name="x")
        simulator.behaviour(audit_logging=False)
        admin.projects.create(name="y")
        assert types(admin) == []
        simulator.behaviour(audit_logging=True)
        assert types(admin) == ["project.created"]

    def test_forbidden(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(audit_logging="forbidden")
        admin.projects.create(name="x")
        with pytest.raises(openai.PermissionDeniedError, match="not enabled"):
            admin.audit_logs.list()
        simulator.behaviour(audit_logging=True)
        assert types(admin) == []


class TestOrganizationFile:
    def test_events(self, admin: Organization, simulator: Simulator) -> None:
        seeded = [
            {
                "type": "project.updated",
                "effective_at": "2026-02-01",
                "project": "search",
                "actor": {"email": "ada@example.com"},
                "details": {"id": "proj_search", "changes_requested": {"title": "search"}},
            },
            {"type": "login.succeeded", "actor": {"email": "gone@example.com"}},
            {"type": "tenant.user.added", "actor": {"user_id": "user-grace", "api_key_id": "key_x"}},
            {"type": "role.bound_to_resource", "details": {"id": "w__c"}},
        ]
        simulator.reset({**SMALL, "audit_events": seeded})
        login, updated = oldest_first(admin)
        assert (login.type, updated.type, updated.effective_at) == ("login.succeeded", "project.updated", 1_769_904_000)
        assert updated.project is not None
        assert (updated.project.id, updated.project.name) == ("proj_search", "search")
        assert [event.id for event in admin.audit_logs.list(actor_ids=["user-ada"])] == [updated.id]
        assert [event.id for event in admin.audit_logs.list(actor_emails=["gone@example.com"])] == [login.id]
        assert types(admin, tenant_only=True) == ["tenant.user.added", "role.bound_to_resource"]
        assert types(admin, tenant_only=True, actor_emails=["grace@example.com"]) == ["tenant.user.added"]
        assert types(admin, tenant_only=True, event_types=["role.bound_to_resource"]) == ["role.bound_to_resource"]

    def test_given_back(self, admin: Organization, simulator: Simulator) -> None:
        admin.projects.users.delete("user-alan", project_id="proj_search")
        admin.users.delete("user-alan")
        state = simulator.state()
        simulator.reset(state)
        assert simulator.state() == state
        admin.projects.create(name="x")
        assert types(admin) == ["user.deleted", "user.deleted", "project.created"]

    @pytest.mark.parametrize(
        ("event", "complaint"),
        [
            ({"type": "project.destroyed"}, r"audit_events\.0\.type: .*no such type of event"),
            ({"type": "project.updated", "project": "x"}, "'x' is not among"),
            ({"type": "project.updated", "details": {"colour": "red"}}, "colour"),
            ({"type": "tenant.user.added", "details": {"id": "x"}}, "keys that the contract does not know"),
            ({"type": "project.updated", "effective_at": "noon"}, r"audit_events\.0\.effective_at"),
        ],
    )
    def test_errors(self, event: dict[str, Any], complaint: str) -> None:
        with pytest.raises(OrganizationError, match=complaint):
            load(source({"audit_events": [event]}), Ids())
