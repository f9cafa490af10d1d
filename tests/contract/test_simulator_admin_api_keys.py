# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The official SDK makes admin keys in the simulated organization, and uses them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import OrganizationError, Simulator
from simulator.organization import Ids, load, source

NOW = 1_800_000_000
SEEDED: dict[str, Any] = {
    "users": [
        {"email": "ada@example.com", "name": "Ada", "role": "owner", "id": "user-ada", "added_at": 1},
        {"email": "grace@example.com", "role": "owner", "id": "user-grace"},
    ],
    "admin_api_keys": [
        {"name": "young", "created_at": NOW, "owner": "grace@example.com", "last_used_at": NOW + 1},
        {"name": "old", "created_at": "2020-01-01", "expires_at": "2021-01-01"},
    ],
}


@pytest.fixture
def client(simulator: Simulator) -> Iterator[Callable[[str], Organization]]:
    """Makes clients that use another key."""
    with ExitStack() as stack:

        def make(key: str) -> Organization:
            made = openai.OpenAI(
                admin_api_key=key, base_url=simulator.url, _strict_response_validation=True, max_retries=0
            )
            return stack.enter_context(made).admin.organization

        yield make


def refused(status: int) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, check=lambda error: error.status_code == status)


class TestKeys:
    def test_that_of_the_requests_is_listed(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(clock=NOW)
        (own,) = admin.admin_api_keys.list()
        assert own.redacted_value == f"{simulator.admin_key[:10]}...{simulator.admin_key[-4:]}"
        assert (own.name, own.expires_at, own.last_used_at) == ("simulator", None, NOW)
        assert (own.owner.type, own.owner.object, own.owner.role) == ("user", "organization.user", "owner")
        assert own.owner.id == admin.users.list(emails=["ada@example.com"]).data[0].id
        assert admin.admin_api_keys.retrieve(own.id) == own

    def test_life(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(clock=NOW)
        made = admin.admin_api_keys.create(name="rotation", expires_in_seconds=60)
        assert (made.name, made.created_at, made.expires_at, made.last_used_at) == ("rotation", NOW, NOW + 60, None)
        assert made.value.startswith("sk-admin-")
        assert made.redacted_value.endswith(made.value[-4:])
        assert made.value not in made.redacted_value
        found = admin.admin_api_keys.retrieve(made.id)
        assert found.to_dict() == {name: value for name, value in made.to_dict().items() if name != "value"}
        assert made.value not in json.dumps([simulator.state(), simulator.requests()])
        assert admin.admin_api_keys.delete(made.id).deleted
        for call in (admin.admin_api_keys.retrieve, admin.admin_api_keys.delete):
            with refused(404):
                call(made.id)

    def test_names_may_repeat(self, admin: Organization) -> None:
        first, second = (admin.admin_api_keys.create(name="twin") for unused_turn in range(2))
        assert first.id != second.id
        assert first.value != second.value
        assert first.expires_at is None

    @pytest.mark.parametrize(
        "body",
        [
            {"name": ""},
            {"name": None},
            {"name": 1},
            {"expires_in_seconds": 0},
            {"expires_in_seconds": 31_536_001},
            {"expires_in_seconds": None},
            {"scopes": []},
        ],
    )
    def test_bad_bodies(self, admin: Organization, body: dict[str, Any]) -> None:
        with refused(400):
            admin.admin_api_keys.create(name="x", extra_body=body)
        assert len(admin.admin_api_keys.list().data) == 1

    def test_orders_and_pages(self, admin: Organization, simulator: Simulator) -> None:
        for number in range(4):
            simulator.behaviour(clock=NOW + number)
            admin.admin_api_keys.create(name=f"key {number}")
        ascending = ["simulator", *(f"key {number}" for number in range(4))]
        keys = admin.admin_api_keys
        assert [key.name for key in keys.list()] == [key.name for key in keys.list(limit=2, order="asc")] == ascending
        simulator.clear()
        listed = list(keys.list(limit=2, order="desc"))
        assert [key.name for key in listed] == ascending[::-1]
        queries = [entry["query"].get("after") for entry in simulator.requests()]
        assert queries == [None, [listed[1].id], [listed[3].id]]
        with refused(400):
            keys.list(extra_query={"order": "random"})


class TestAuthentication:
    def test_a_new_key_works_until_it_is_deleted(
        self, admin: Organization, simulator: Simulator, client: Callable[[str], Organization]
    ) -> None:
        made = admin.admin_api_keys.create(name="rotation")
        other = client(made.value)
        simulator.behaviour(clock=NOW)
        assert other.projects.list().data
        assert admin.admin_api_keys.retrieve(made.id).last_used_at == NOW
        admin.admin_api_keys.delete(made.id)
        with refused(401):
            other.projects.list()

    def test_until_it_expires(
        self, admin: Organization, simulator: Simulator, client: Callable[[str], Organization]
    ) -> None:
        simulator.behaviour(clock=NOW)
        made = admin.admin_api_keys.create(name="rotation", expires_in_seconds=60)
        other = client(made.value)
        simulator.behaviour(advance=59)
        assert other.projects.list().data
        simulator.behaviour(advance=1)
        with refused(401):
            other.projects.list()
        assert admin.admin_api_keys.retrieve(made.id).last_used_at == NOW + 59

    def test_a_key_can_delete_itself(self, admin: Organization, simulator: Simulator) -> None:
        own = admin.admin_api_keys.list().data[0]
        assert admin.admin_api_keys.delete(own.id).deleted
        with refused(401):
            admin.projects.list()
        simulator.reset()
        assert admin.projects.list().data

    def test_keys_outlive_a_membership(
        self, admin: Organization, simulator: Simulator, client: Callable[[str], Organization]
    ) -> None:
        grace = admin.users.list(emails=["grace@example.com"]).data[0].id
        admin.users.update(grace, role="owner")
        simulator.actor("grace@example.com")
        made = admin.admin_api_keys.create(name="left behind")
        assert made.owner.id == grace
        simulator.actor(None)
        admin.users.delete(grace)
        found = client(made.value).admin_api_keys.retrieve(made.id)
        assert (found.owner.id, found.owner.name, found.owner.created_at) == (grace, None, None)
        state = simulator.state()
        simulator.reset(state)
        assert admin.admin_api_keys.retrieve(made.id).owner.id == grace


class TestOrganizationFile:
    def test_keys(self, admin: Organization, simulator: Simulator) -> None:
        simulator.reset(SEEDED)
        old, own, young = admin.admin_api_keys.list().data
        assert (old.name, own.name, young.name) == ("old", "simulator", "young")
        assert (young.owner.id, young.last_used_at) == ("user-grace", NOW + 1)
        assert (old.owner.id, old.owner.name, old.owner.created_at) == ("user-ada", "Ada", 1)
        assert (old.created_at, old.expires_at, old.last_used_at) == (1_577_836_800, 1_609_459_200, None)
        assert len({key.redacted_value for key in (old, own, young)}) == 3

    def test_use(self, admin: Organization, simulator: Simulator) -> None:
        simulator.reset(SEEDED)
        old = admin.admin_api_keys.list().data[0]
        simulator.use(old.id, at=5)
        assert admin.admin_api_keys.retrieve(old.id).last_used_at == 5

    def test_given_back(self, admin: Organization, simulator: Simulator) -> None:
        simulator.reset(SEEDED)
        admin.admin_api_keys.create(name="rotation")
        state = simulator.state()
        simulator.reset(state)
        assert simulator.state() == state
        assert admin.admin_api_keys.create(name="another").id not in str(state)

    def test_that_of_the_requests_can_be_described(self, admin: Organization, simulator: Simulator) -> None:
        shown = admin.admin_api_keys.list().data[0].redacted_value
        simulator.reset({"admin_api_keys": [{"name": "mine", "redacted_value": shown}]})
        (own,) = admin.admin_api_keys.list()
        assert (own.name, own.owner.id) == ("mine", None)

    @pytest.mark.parametrize(
        ("keys", "complaint"),
        [
            ([{"owner": "stranger@example.com"}], "not among"),
            ([{"id": "key_a"}, {"id": "key_a"}], "admin API key id twice"),
            ([{"value": "sk-admin-x"}], r"admin_api_keys\.0\.value"),
        ],
    )
    def test_errors(self, keys: list[dict[str, Any]], complaint: str) -> None:
        with pytest.raises(OrganizationError, match=complaint):
            load(source({"admin_api_keys": keys}), Ids())
