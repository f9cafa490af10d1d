# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The official SDK drives every route of the simulator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from openai.resources.admin import organization as sdk
from openai.resources.admin.organization import Organization
from simulator import Simulator
from simulator.routes import OPERATIONS

LIMIT_FIELDS = {"max_images_per_1_minute", "max_audio_megabytes_per_1_minute", "max_requests_per_1_day"}


def project_id(admin: Organization, name: str) -> str:
    return next(item.id for item in admin.projects.list(include_archived=True) if item.name == name)


def user_id(admin: Organization, email: str) -> str:
    return admin.users.list(emails=[email]).data[0].id


@pytest.fixture
def support(admin: Organization) -> str:
    """The id of a project with people, accounts and keys in it."""
    return project_id(admin, "support-assistant")


def refused(status: int) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, check=lambda error: error.status_code == status)


def test_every_operation_is_one_of_the_sdk() -> None:
    folder = Path(sdk.__file__).parent
    known = {
        re.sub(r"\{\w+\}", "{}", path)
        for file in folder.rglob("*.py")
        for path in re.findall(r'"(/(?:organization|projects)/[^"]*)"', file.read_text(encoding="utf-8"))
    }
    assert {re.sub(r"\{\w+\}", "{}", operation.path) for operation in OPERATIONS} <= known


class TestProjects:
    def test_list_leaves_archived_ones_out(self, admin: Organization) -> None:
        names = [item.name for item in admin.projects.list()]
        assert names == ["Default project", "support-assistant", "image-studio"]
        assert "prototype-2025" in [item.name for item in admin.projects.list(include_archived=True)]

    def test_pages_follow_each_other(self, admin: Organization, simulator: Simulator) -> None:
        for number in range(7):
            admin.projects.create(name=f"project {number}")
        simulator.clear()
        listed = [item.id for item in admin.projects.list(limit=3)]
        assert len(listed) == len(set(listed)) == 10
        queries = [entry["query"] for entry in simulator.requests()]
        assert [query.get("after") for query in queries] == [None, [listed[2]], [listed[5]], [listed[8]]]

    def test_create_retrieve_update_archive(self, admin: Organization) -> None:
        made = admin.projects.create(name="new", residency="EU_STORAGE_PROCESSING", external_key_id="ek-1")
        assert (made.status, made.residency, made.external_key_id) == ("active", "EU_STORAGE_PROCESSING", "ek-1")
        assert admin.projects.retrieve(made.id) == made
        renamed = admin.projects.update(made.id, name="newer", external_key_id=None)
        assert (renamed.name, renamed.external_key_id) == ("newer", None)
        assert admin.projects.update(made.id, name=None).name == "newer"
        archived = admin.projects.archive(made.id)
        assert archived.status == "archived"
        assert archived.archived_at is not None
        with refused(400):
            admin.projects.update(made.id, name="newest")

    def test_names_may_repeat(self, admin: Organization) -> None:
        assert admin.projects.create(name="twin").id != admin.projects.create(name="twin").id

    @pytest.mark.parametrize(
        "body",
        [
            {"name": ""},
            {"name": "x", "residency": "MOON"},
            {"name": "x", "colour": "red"},
            {"name": 1},
            {"name": "x", "residency": "GLOBAL", "geography": "EU"},
        ],
    )
    def test_bad_bodies(self, admin: Organization, body: dict[str, Any]) -> None:
        with refused(400):
            admin.projects.create(name="x", extra_body=body)
        assert len(admin.projects.list().data) == 3

    def test_residency_cannot_be_changed(self, admin: Organization, support: str) -> None:
        with refused(400):
            admin.projects.update(support, extra_body={"residency": "GLOBAL"})

    def test_default_project_refuses(self, admin: Organization) -> None:
        default = project_id(admin, "Default project")
        with refused(400):
            admin.projects.update(default, name="other")
        with refused(400):
            admin.projects.archive(default)
        with refused(400):
            admin.projects.users.create(default, role="member", email="alan@example.com")
        with refused(400):
            admin.projects.service_accounts.create(default, name="robot")
        assert [user.email for user in admin.projects.users.list(default)] == ["ada@example.com", "grace@example.com"]

    def test_archived_project_refuses(self, admin: Organization) -> None:
        archived = project_id(admin, "prototype-2025")
        projects = admin.projects
        for call in (
            lambda: projects.users.list(archived),
            lambda: projects.users.create(archived, role="member", email="alan@example.com"),
            lambda: projects.service_accounts.list(archived),
            lambda: projects.service_accounts.create(archived, name="robot"),
            lambda: projects.update(archived, name="other"),
            lambda: projects.archive(archived),
            lambda: projects.rate_limits.update_rate_limit("rl-gpt-5", project_id=archived),
        ):
            with refused(400):
                call()
        assert projects.retrieve(archived).status == "archived"
        assert projects.rate_limits.list_rate_limits(archived).data

    def test_unknown_project(self, admin: Organization) -> None:
        for call in (admin.projects.retrieve, admin.projects.archive, admin.projects.users.list):
            with refused(404):
                call("proj_unknown")


class TestProjectUsers:
    def test_life_of_a_membership(self, admin: Organization, support: str) -> None:
        users = admin.projects.users
        katherine = user_id(admin, "katherine@example.com")
        made = users.create(support, role="member", user_id=katherine)
        assert (made.id, made.email, made.role) == (katherine, "katherine@example.com", "member")
        assert users.retrieve(katherine, project_id=support) == made
        assert users.update(katherine, project_id=support, role="owner").role == "owner"
        assert users.update(katherine, project_id=support, role=None).role == "owner"
        assert users.delete(katherine, project_id=support).deleted
        with refused(404):
            users.delete(katherine, project_id=support)
        with refused(404):
            users.retrieve(katherine, project_id=support)

    def test_addresses_in_any_case(self, admin: Organization, support: str) -> None:
        assert admin.projects.users.create(support, role="viewer", email="KATHERINE@Example.com").role == "viewer"

    def test_pages(self, admin: Organization, support: str) -> None:
        everybody = [user.id for user in admin.projects.users.list(support)]
        assert [user.id for user in admin.projects.users.list(support, limit=1)] == everybody

    def test_existing_member(self, admin: Organization, support: str) -> None:
        with pytest.raises(openai.BadRequestError, match="already exists in project"):
            admin.projects.users.create(support, role="member", email="alan@example.com")
        with pytest.raises(openai.BadRequestError, match="already exists in project"):
            admin.projects.users.create(support, role="member", email="ada@example.com")

    @pytest.mark.parametrize(
        ("status", "arguments"),
        [
            (400, {"role": "member"}),
            (400, {"role": "member", "user_id": "user-x", "email": "alan@example.com"}),
            (400, {"role": "emperor", "email": "katherine@example.com"}),
            (400, {"role": "member", "email": "stranger@example.com"}),
            (400, {"role": "member", "email": ""}),
            (404, {"role": "member", "user_id": "user-x"}),
        ],
    )
    def test_refusals(self, admin: Organization, support: str, status: int, arguments: dict[str, str]) -> None:
        with refused(status):
            admin.projects.users.create(support, **arguments)  # type: ignore[arg-type]  # wrong on purpose

    def test_owners_of_the_organization_stay(self, admin: Organization, support: str) -> None:
        ada = user_id(admin, "ada@example.com")
        assert admin.projects.users.retrieve(ada, project_id=support).role == "owner"
        with refused(400):
            admin.projects.users.update(ada, project_id=support, role="member")
        with refused(400):
            admin.projects.users.delete(ada, project_id=support)


class TestServiceAccounts:
    def test_account_with_a_key(self, admin: Organization, support: str) -> None:
        made = admin.projects.service_accounts.create(support, name="robot", expires_in_seconds=60)
        assert made.role == "member"
        assert made.api_key is not None
        assert made.api_key.expires_at == made.created_at + 60
        key = admin.projects.api_keys.retrieve(made.api_key.id, project_id=support)
        assert key.owner.service_account is not None
        assert key.owner.service_account.id == made.id
        assert made.api_key.value.startswith("sk-svcacct-")
        assert made.api_key.value not in key.to_json()
        assert key.redacted_value.endswith(made.api_key.value[-4:])

    def test_account_only(self, admin: Organization, support: str) -> None:
        made = admin.projects.service_accounts.create(support, name="robot", create_service_account_only=True)
        assert (made.role, made.api_key) == ("none", None)
        with refused(400):
            admin.projects.service_accounts.create(
                support, name="robot", create_service_account_only=True, expires_in_seconds=60
            )

    def test_life_of_an_account(self, admin: Organization, support: str) -> None:
        accounts = admin.projects.service_accounts
        made = accounts.create(support, name="robot")
        assert made.id in [account.id for account in accounts.list(support, limit=1)]
        assert accounts.retrieve(made.id, project_id=support).role == "member"
        changed = accounts.update(made.id, project_id=support, name="machine", role="owner")
        assert (changed.name, changed.role) == ("machine", "owner")
        with refused(400):
            accounts.update(made.id, project_id=support, extra_body={"role": "none"})
        assert accounts.delete(made.id, project_id=support).deleted
        with refused(404):
            accounts.delete(made.id, project_id=support)
        assert made.api_key is not None
        with refused(404):
            admin.projects.api_keys.retrieve(made.api_key.id, project_id=support)
        assert made.api_key.id not in [
            key.id for key in admin.projects.api_keys.list(support, owner_project_access="any")
        ]

    def test_names_may_repeat(self, admin: Organization, support: str) -> None:
        accounts = admin.projects.service_accounts
        assert accounts.create(support, name="robot").id != accounts.create(support, name="robot").id

    def test_further_keys(self, admin: Organization, support: str) -> None:
        accounts = admin.projects.service_accounts
        account = accounts.create(support, name="robot", create_service_account_only=True).id
        key = accounts.api_keys.create(
            account, project_id=support, name="second", scopes=["api.all.read"], expires_in_seconds=1
        )
        assert (key.name, key.expires_at) == ("second", key.created_at + 1)
        assert accounts.api_keys.create(account, project_id=support).name
        for seconds in (0, -1, 31_536_001):
            with refused(400):
                accounts.api_keys.create(account, project_id=support, expires_in_seconds=seconds)
        with refused(404):
            accounts.api_keys.create("svc_acct_unknown", project_id=support)


class TestProjectApiKeys:
    def test_list_by_access(self, admin: Organization, support: str) -> None:
        keys = admin.projects.api_keys
        admin.projects.users.delete(user_id(admin, "alan@example.com"), project_id=support)
        names = {
            access: [key.name for key in keys.list(support, owner_project_access=access)]
            for access in ("active", "inactive", "any")
        }
        assert names == {
            "active": ["assistant-production", "assistant-old"],
            "inactive": ["laptop"],
            "any": ["assistant-production", "assistant-old", "laptop"],
        }
        assert [key.name for key in keys.list(support)] == names["active"]
        laptop = keys.list(support, owner_project_access="inactive").data[0]
        assert laptop.owner_project_access == "inactive"
        assert laptop.owner.user is not None
        assert laptop.owner.user.email == "alan@example.com"

    def test_pages(self, admin: Organization, support: str) -> None:
        assert len(list(admin.projects.api_keys.list(support, limit=1, owner_project_access="any"))) == 3

    def test_update(self, admin: Organization, support: str, simulator: Simulator) -> None:
        keys = admin.projects.api_keys
        simulator.behaviour(clock=1_800_000_000)
        key = keys.list(support).data[0].id
        assert keys.update(key, project_id=support, scopes=[], expires_in_seconds=10).expires_at == 1_800_000_010
        assert keys.update(key, project_id=support, scopes=["api.all.read"]).expires_at == 1_800_000_010
        for body in ({}, {"scopes": None}, {"expires_in_seconds": 0}, {"scopes": [1]}, {"expires_in_seconds": True}):
            with refused(400):
                keys.update(key, project_id=support, extra_body=body)
        simulator.behaviour(advance=10)
        with pytest.raises(openai.BadRequestError, match="expired"):
            keys.update(key, project_id=support, scopes=[])

    def test_delete(self, admin: Organization, support: str) -> None:
        keys = admin.projects.api_keys
        for key in keys.list(support, owner_project_access="any").data:
            assert keys.delete(key.id, project_id=support).deleted
            with refused(404):
                keys.delete(key.id, project_id=support)
        assert not keys.list(support, owner_project_access="any").data


class TestRateLimits:
    def test_fields_that_do_not_apply_are_absent(self, admin: Organization, support: str) -> None:
        limits = {limit.model: limit for limit in admin.projects.rate_limits.list_rate_limits(support)}
        applying = {model: LIMIT_FIELDS & limit.model_fields_set for model, limit in limits.items()}
        assert applying == {
            "gpt-5": set(),
            "gpt-5-mini": {"max_requests_per_1_day"},
            "gpt-image-1": {"max_images_per_1_minute"},
            "gpt-4o-transcribe": {"max_audio_megabytes_per_1_minute"},
        }
        assert limits["gpt-5"].id == "rl-gpt-5"

    def test_new_projects_have_their_own(self, admin: Organization) -> None:
        limits = admin.projects.rate_limits
        first, second = (admin.projects.create(name=name).id for name in ("first", "second"))
        changed = limits.update_rate_limit("rl-gpt-5", project_id=first, max_requests_per_1_minute=0)
        assert (changed.max_requests_per_1_minute, changed.max_tokens_per_1_minute) == (0, 500_000)
        assert limits.list_rate_limits(first).data[0].max_requests_per_1_minute == 0
        assert limits.list_rate_limits(second).data[0].max_requests_per_1_minute == 500

    def test_refusals(self, admin: Organization, support: str) -> None:
        update = admin.projects.rate_limits.update_rate_limit
        with pytest.raises(openai.BadRequestError, match="does not apply"):
            update("rl-gpt-5", project_id=support, max_tokens_per_1_minute=1, max_images_per_1_minute=1)
        with refused(400):
            update("rl-gpt-5", project_id=support, max_tokens_per_1_minute=-1)
        with refused(404):
            update("rl-gpt-0", project_id=support, max_tokens_per_1_minute=1)
        first = admin.projects.rate_limits.list_rate_limits(support).data[0]
        assert first.max_tokens_per_1_minute == 500_000

    def test_cursors(self, admin: Organization, support: str) -> None:
        limits = admin.projects.rate_limits
        ids = [limit.id for limit in limits.list_rate_limits(support)]
        assert [limit.id for limit in limits.list_rate_limits(support, limit=3)] == ids
        before = limits.list_rate_limits(support, before=ids[3], limit=2)
        assert ([limit.id for limit in before.data], before.has_more) == (ids[1:3], True)
        assert not limits.list_rate_limits(support, before=ids[1], limit=2).has_more
        between = limits.list_rate_limits(support, after=ids[0], before=ids[3])
        assert ([limit.id for limit in between.data], between.has_more) == (ids[1:3], False)


class TestUsers:
    def test_filter_by_addresses(self, admin: Organization, simulator: Simulator) -> None:
        found = admin.users.list(emails=["GRACE@example.com", "alan@example.com", "stranger@example.com"])
        assert [user.email for user in found] == ["grace@example.com", "alan@example.com"]
        assert list(simulator.requests()[-1]["query"]) == ["emails[]"]

    def test_pages(self, admin: Organization) -> None:
        assert len(list(admin.users.list(limit=2))) == 5

    def test_scim(self, admin: Organization) -> None:
        assert [user.email for user in admin.users.list() if user.is_scim_managed] == ["edsger@example.com"]

    def test_update(self, admin: Organization) -> None:
        grace = user_id(admin, "grace@example.com")
        assert admin.users.update(grace, role="owner").role == "owner"
        assert admin.users.update(grace, role_id="role-api-organization-reader").role == "reader"
        assert admin.users.update(grace, technical_level="high", developer_persona="backend").technical_level == "high"
        assert admin.users.update(grace, technical_level=None).technical_level is None
        assert admin.users.retrieve(grace).developer_persona == "backend"
        for body in ({"role": "emperor"}, {"role_id": "role-x"}, {"role": "owner", "role_id": "role-x"}):
            with refused(400):
                admin.users.update(grace, extra_body=body)

    def test_last_owner_stays(self, admin: Organization) -> None:
        ada = user_id(admin, "ada@example.com")
        with refused(400):
            admin.users.update(ada, role="reader")
        with refused(400):
            admin.users.delete(ada)
        admin.users.update(user_id(admin, "grace@example.com"), role="owner")
        assert admin.users.update(ada, role="reader").role == "reader"

    def test_a_person_leaves_with_everything(self, admin: Organization, support: str) -> None:
        alan = user_id(admin, "alan@example.com")
        assert admin.users.delete(alan).deleted
        for call in (admin.users.delete, admin.users.retrieve, admin.users.update):
            with refused(404):
                call(alan)
        assert alan not in [user.id for user in admin.projects.users.list(support)]
        names = [key.name for key in admin.projects.api_keys.list(support, owner_project_access="any")]
        assert "laptop" not in names


@pytest.fixture
def stranger(simulator: Simulator) -> Iterator[openai.OpenAI]:
    """A client with a key that the simulator does not know."""
    with openai.OpenAI(admin_api_key="sk-admin-of-somebody-else", base_url=simulator.url, max_retries=0) as client:
        yield client


def test_wrong_key(stranger: openai.OpenAI) -> None:
    with pytest.raises(openai.AuthenticationError, match=r"Incorrect API key provided: sk-ad\*\*\*") as caught:
        stranger.admin.organization.projects.list()
    assert caught.value.code == "invalid_api_key"
    assert caught.value.request_id
    assert "somebody" not in str(caught.value)
