# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The unkind readings: what each of the switches makes of requests and answers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any

import pytest
import requests
from simulator import OrganizationError, Simulator, running
from simulator.readings import READINGS

ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": "ada@example.com", "name": "Ada", "role": "owner", "id": "user-ada"},
        {"email": "Grace@Example.com", "name": "Grace", "id": "user-grace"},
        {"email": "jos\u00e9@example.com", "id": "user-jose"},
        {"email": "max@stra\u00dfe.example", "id": "user-max"},
    ],
    "projects": [
        {
            "name": "one",
            "id": "proj_one",
            "users": [{"user_id": "user-grace"}],
            "service_accounts": [{"name": "bot", "id": "svc_bot"}],
            "api_keys": [{"name": "key", "id": "key_bot", "service_account": "bot", "last_used_at": 1767225600}],
        },
        {"name": "two", "id": "proj_two", "external_key_id": "ek_1"},
        {"name": "three", "id": "proj_three"},
    ],
    "invites": [{"email": "edsger@example.com", "id": "invite-1", "projects": [{"project": "one"}]}],
    "admin_api_keys": [{"name": "rotation", "id": "key_admin", "owner": "user-ada"}],
    "certificates": [{"generate": {"common_name": "Gateway"}, "id": "cert_1"}],
}
PROJECTS, USERS, INVITES = "/organization/projects", "/organization/users", "/organization/invites"
MEMBERS = f"{PROJECTS}/proj_one/users"
LIMIT = f"{PROJECTS}/proj_one/rate_limits/rl-gpt-5"


class Api:
    """The simulated API, by HTTP alone."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {simulator.admin_key}"
        self.behaviour = simulator.behaviour

    def call(self, method: str, path: str, status: int = 200, **arguments: Any) -> Any:
        answer = self.session.request(method, f"{self.simulator.url}{path}", timeout=30, **arguments)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, status: int = 200, **body: Any) -> Any:
        return self.call("POST", path, status, json=body)

    def page(self, path: str, **query: Any) -> Any:
        return self.call("GET", path, params=query)

    def ids(self, path: str, **query: Any) -> list[str]:
        return [item["id"] for item in self.page(path, **query)["data"]]

    def pages(self, path: str, **query: Any) -> list[list[str]]:
        found = []
        page = self.page(path, **query)
        found.append([item["id"] for item in page["data"]])
        while page["has_more"]:
            page = self.page(path, **query, after=page["data"][-1]["id"])
            found.append([item["id"] for item in page["data"]])
        return found


@pytest.fixture
def api(simulator: Simulator) -> Iterator[Api]:
    simulator.reset(ORGANIZATION)
    found = Api(simulator)
    with found.session:
        yield found


def test_each_reading_can_be_taken(api: Api) -> None:
    for switches in READINGS.values():
        api.simulator.reset({**ORGANIZATION, "behaviour": dict(switches)})
        assert api.behaviour().items() >= dict(switches).items()


def test_every_switch_of_unkind_readings_is_in_one(api: Api) -> None:
    names = list(api.behaviour())
    unkind = names[names.index("case_sensitive") : names.index("buckets")]
    apart = {"without_address", "not_done_routes"}  # they say where
    assert {name for switches in READINGS.values() for name in switches} == set(unkind) - apart


class TestAddresses:
    @pytest.mark.parametrize("minded", [False, True])
    def test_case(self, api: Api, minded: bool) -> None:
        api.behaviour(case_sensitive=minded)
        assert api.ids(USERS, **{"emails[]": "grace@example.com"}) == ([] if minded else ["user-grace"])
        assert api.ids(USERS, **{"emails[]": "Grace@Example.com"}) == ["user-grace"]
        assert api.post(f"{PROJECTS}/proj_two/users", 400 if minded else 200, email="grace@example.com", role="member")
        assert api.post(INVITES, 200 if minded else 400, email="grace@example.com", role="reader", projects=[])
        api.behaviour(duplicate_invites=False)
        api.post(INVITES, 200 if minded else 400, email="EDSGER@example.com", role="reader", projects=[])

    def test_people_whose_addresses_differ_in_case_only(self, simulator: Simulator) -> None:
        people = {"users": [{"email": "ada@example.com"}, {"email": "Ada@example.com"}]}
        with pytest.raises(Exception, match="twice"):
            simulator.reset(people)
        simulator.reset({**people, "behaviour": {"case_sensitive": True}})

    def test_one_form_of_unicode_is_as_good_as_the_other_and_no_letter_stands_for_two(self, api: Api) -> None:
        assert api.ids(USERS, **{"emails[]": "Jose\u0301@example.com"}) == ["user-jose"]
        assert api.ids(USERS, **{"emails[]": "max@strasse.example"}) == []

    def test_elsewhere(self, api: Api) -> None:
        api.behaviour(address_elsewhere=True)
        for path in USERS, MEMBERS:
            for person in api.page(path)["data"]:
                assert "email" not in person
                assert "@" in person["user"]["email"]
        assert api.call("GET", f"{USERS}/user-ada")["user"]["email"] == "ada@example.com"

    def test_nowhere(self, api: Api) -> None:
        api.behaviour(without_address=["user-grace"], address_elsewhere=True)
        for path in USERS, MEMBERS:
            found = {person["id"]: person for person in api.page(path)["data"]}
            assert found["user-grace"]["email"] is None
            assert "user" not in found["user-grace"]
            assert found["user-ada"]["user"]["email"] == "ada@example.com"


class TestLists:
    def test_they_lag_by_reads(self, api: Api) -> None:
        api.behaviour(lag_reads=2, page_size=2)
        made = api.post(PROJECTS, name="four")["id"]
        assert api.call("GET", f"{PROJECTS}/{made}")["name"] == "four"
        before = ["proj_one", "proj_two", "proj_three"]
        for expected in before, before, [*before, made], [*before, made]:
            assert list(chain(*api.pages(PROJECTS))) == expected

    def test_they_lag_by_time(self, api: Api) -> None:
        api.behaviour(lag_seconds=30)
        made = api.post(INVITES, email="new@example.com", role="reader")["id"]
        assert api.ids(INVITES) == ["invite-1"]
        api.behaviour(advance=29)
        assert api.ids(INVITES) == ["invite-1"]
        api.behaviour(advance=1.1)
        assert api.ids(INVITES) == ["invite-1", made]

    def test_they_lag_in_their_own_collection(self, api: Api) -> None:
        api.behaviour(lag_reads=1)
        api.post(f"{PROJECTS}/proj_two/users", user_id="user-grace", role="member")
        account = api.post(f"{PROJECTS}/proj_two/service_accounts", name="new")
        user = api.simulator.accept_invite("invite-1")["id"]
        for path, identifier in {
            f"{PROJECTS}/proj_two/users": "user-grace",
            f"{PROJECTS}/proj_two/service_accounts": account["id"],
            f"{PROJECTS}/proj_two/api_keys": account["api_key"]["id"],
            USERS: user,
            MEMBERS: user,
        }.items():
            assert identifier not in api.ids(path)
            assert identifier in api.ids(path)
        assert "user-grace" in api.ids(USERS)

    def test_lists_catch_up_when_their_lag_is_set(self, api: Api) -> None:
        api.behaviour(lag_reads=5, lag_seconds=60)
        made = api.post(PROJECTS, name="four")["id"]
        assert made not in api.ids(PROJECTS)
        api.behaviour(lag_reads=5)
        assert made in api.ids(PROJECTS)

    def test_what_was_there_before_does_not_lag(self, api: Api) -> None:
        made = api.post(PROJECTS, name="four")["id"]
        api.behaviour(lag_reads=1)
        assert made in api.ids(PROJECTS)

    def test_items_come_twice_in_a_page_and_on_the_next(self, api: Api) -> None:
        api.behaviour(items_repeated=True)
        assert api.ids(PROJECTS) == ["proj_one", "proj_one", "proj_two", "proj_two", "proj_three", "proj_three"]
        assert api.pages(PROJECTS, limit=3) == [
            ["proj_one", "proj_one", "proj_two"],
            ["proj_two", "proj_three", "proj_three"],
        ]
        assert api.pages(PROJECTS, limit=1) == [["proj_one"], ["proj_two"], ["proj_three"]]
        assert set(chain(*api.pages(PROJECTS, limit=2))) == {"proj_one", "proj_two", "proj_three"}

    def test_unknown_values(self, api: Api) -> None:
        api.behaviour(unknown_values=True)
        person = api.page(USERS)["data"][-1]
        project = api.page(PROJECTS)["data"][-1]
        assert (person["role"], project["status"], project["residency"]) == ("auditor", "suspended", "MOON_STORAGE")
        inside = f"{PROJECTS}/{project['id']}"
        assert api.call("GET", inside) == project
        for part in "users", "service_accounts":
            assert api.page(f"{inside}/{part}")["data"][-1]["role"] == "auditor"
        assert len(api.page(f"{inside}/api_keys")["data"]) == 2
        invites = api.page(INVITES)["data"]
        assert {invite["status"] for invite in invites} == {"pending", "suspended"}
        assert {invite["role"] for invite in invites} == {"reader", "auditor"}
        api.behaviour(unknown_values=True)
        assert api.page(USERS)["data"][-2]["role"] == "reader"
        assert api.post(f"{USERS}/{person['id']}", role="reader")["role"] == "reader"

    def test_a_file_has_unknown_values_only_with_the_switch(self) -> None:
        people = {"users": [{"email": "ada@example.com", "role": "ownr"}]}
        with pytest.raises(OrganizationError, match=r"'ownr' is not among the people's roles: owner, reader"):
            running(people).__enter__()
        with running({**people, "behaviour": {"unknown_values": "given"}}) as other:
            assert [user["role"] for user in Api(other).page(USERS)["data"]] == ["ownr"]


class TestFields:
    def test_null_where_it_may_be(self, api: Api) -> None:
        api.behaviour(nulls=True)
        page = api.page(PROJECTS, limit=1)
        assert (page["first_id"], page["last_id"], page["has_more"]) == (None, None, True)
        project = page["data"][0]
        assert {name for name, value in project.items() if value is None} == {
            *("name", "status", "archived_at", "external_key_id")
        }
        person = api.page(USERS)["data"][0]
        assert (person["email"], person["role"], person["projects"], person["is_scim_managed"]) == (
            *(None, None, None, False),
        )
        assert api.page(f"{PROJECTS}/proj_one/service_accounts")["data"][0]["name"] == "bot"
        made = api.post(f"{PROJECTS}/proj_one/service_accounts", name="new")
        assert made["api_key"]["value"]

    def test_null_in_some_fields(self, api: Api) -> None:
        api.behaviour(nulls=["external_key_id", "created_at"])
        project = api.call("GET", f"{PROJECTS}/proj_two")
        assert (project["external_key_id"], project["name"]) == (None, "two")
        assert project["created_at"]

    def test_optional_ones_are_missing(self, api: Api) -> None:
        api.behaviour(omit_optional=True)
        assert set(api.page(PROJECTS)["data"][0]) == {"object", "id", "created_at"}
        assert "last_id" not in api.page(PROJECTS)
        person = api.page(USERS)["data"][0]
        assert set(person) == {"object", "id", "added_at", "user"}
        assert person["user"]["email"] == "ada@example.com"
        assert api.page("/organization/admin_api_keys")["data"][0]["owner"] == {}
        assert api.page(f"{PROJECTS}/proj_one/api_keys")["data"][0]["owner"] == {}

    def test_some_are_missing(self, api: Api) -> None:
        api.behaviour(omit_optional=["external_key_id", "created_at"])
        project = api.call("GET", f"{PROJECTS}/proj_two")
        assert "external_key_id" not in project
        assert (project["name"], project["created_at"] > 0) == ("two", True)

    def test_required_ones_are_missing(self, api: Api) -> None:
        api.behaviour(omit_required=["created_at", "projects", "owner"])
        assert "created_at" not in api.call("GET", f"{PROJECTS}/proj_two")
        assert not {"created_at", "projects"} & api.page(INVITES)["data"][0].keys()
        assert "owner" not in api.page("/organization/admin_api_keys")["data"][0]

    def test_reports_keep_what_they_say(self, api: Api) -> None:
        query = {"start_time": int(time.time()) - 5 * 86400, "group_by[]": "project_id"}
        kind = amounts(api.page("/organization/costs", **query))
        assert kind
        for switches in {"nulls": True}, {"omit_optional": True}:
            api.simulator.reset(ORGANIZATION)
            api.behaviour(**switches)
            assert amounts(api.page("/organization/costs", **query)) == kind


def amounts(page: Any) -> dict[str | None, float]:
    found: dict[str | None, float] = {}
    for bucket in page["data"]:
        for result in bucket["results"]:
            name = result.get("project_id")
            found[name] = found.get(name, 0) + result["amount"]["value"]
    return {name: round(value, 6) for name, value in found.items()}


class TestNotDone:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("POST", PROJECTS, {"name": "four"}),
            ("POST", f"{USERS}/user-grace", {"role": "owner"}),
            ("DELETE", f"{USERS}/user-grace", None),
            ("POST", f"{PROJECTS}/proj_two/archive", None),
            ("POST", "/organization/certificates/activate", {"certificate_ids": ["cert_1"]}),
            ("POST", LIMIT, {"max_requests_per_1_minute": 7}),
            ("DELETE", f"{INVITES}/invite-1", None),
        ],
    )
    def test_an_error_with_200(self, api: Api, method: str, path: str, body: Any) -> None:
        before = api.simulator.state()
        api.behaviour(not_done="error", clock=1_800_000_000)
        assert "message" in api.call(method, path, json=body)["error"]
        after = api.simulator.state()
        apart = {"behaviour", "admin_api_keys"}  # that of the request was used
        assert {name for name in before if before[name] != after[name]} <= apart
        assert len(before["admin_api_keys"]) == len(after["admin_api_keys"])

    def test_what_is_refused_is_refused(self, api: Api) -> None:
        api.behaviour(not_done="error")
        api.call("DELETE", f"{USERS}/user-nobody", 404)

    def test_not_deleted(self, api: Api) -> None:
        api.behaviour(not_done="deleted_false")
        for path in f"{USERS}/user-grace", f"{INVITES}/invite-1", "/organization/certificates/cert_1":
            assert api.call("DELETE", path)["deleted"] is False
            assert api.call("GET", path)
        assert api.post(f"{USERS}/user-grace", role="owner")["role"] == "owner"

    def test_the_old_value(self, api: Api) -> None:
        api.behaviour(not_done="old_value")
        for path, body, name, old in [
            (f"{USERS}/user-grace", {"role": "owner"}, "role", "reader"),
            (f"{PROJECTS}/proj_two", {"name": "2"}, "name", "two"),
            (f"{PROJECTS}/proj_one/service_accounts/svc_bot", {"role": "owner"}, "role", "member"),
            (f"{MEMBERS}/user-grace", {"role": "owner"}, "role", "member"),
            ("/organization/certificates/cert_1", {"name": "new"}, "name", "Gateway"),
        ]:
            assert api.post(path, **body)[name] == old
            assert api.call("GET", path)[name] == old
        assert api.call("POST", f"{PROJECTS}/proj_two/archive")["status"] == "active"
        assert api.post(LIMIT, max_requests_per_1_minute=7)["max_requests_per_1_minute"] == 500
        (certificate,) = api.post("/organization/certificates/activate", certificate_ids=["cert_1"])["data"]
        assert certificate["active"] is False
        assert api.post(PROJECTS, name="four")["id"] in api.ids(PROJECTS)
        assert api.call("DELETE", f"{USERS}/user-grace")["deleted"] is True

    def test_only_some_routes(self, api: Api) -> None:
        api.behaviour(not_done="error", not_done_routes=["POST /organization/users/{user_id}"])
        assert "error" in api.post(f"{USERS}/user-grace", role="owner")
        assert api.post(f"{PROJECTS}/proj_two", name="2")["name"] == "2"


class TestValues:
    def test_names_are_trimmed(self, api: Api) -> None:
        api.behaviour(names="trimmed")
        assert api.post(PROJECTS, name=" four\u00a0")["name"] == "four"
        assert api.post(INVITES, email="new@example.com ", role="reader")["email"] == "new@example.com"
        api.behaviour(names="as_sent")
        assert api.post(PROJECTS, name=" five ")["name"] == " five "

    def test_names_are_normalized(self, api: Api) -> None:
        api.behaviour(names="nfc")
        assert api.post(PROJECTS, name="cafe\u0301")["name"] == "caf\u00e9"
        assert api.post(INVITES, email="rene\u0301@example.com", role="reader")["email"] == "ren\u00e9@example.com"

    def test_limits_are_capped(self, api: Api) -> None:
        api.behaviour(limits_cap=600)
        limit = api.post(LIMIT, max_requests_per_1_minute=1000, max_tokens_per_1_minute=5)
        assert (limit["max_requests_per_1_minute"], limit["max_tokens_per_1_minute"]) == (600, 5)
        assert api.page(f"{PROJECTS}/proj_one/rate_limits")["data"][0]["max_requests_per_1_minute"] == 600

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("GET", f"{PROJECTS}/proj_none", None),
            ("DELETE", f"{USERS}/user-ada", None),
            ("POST", f"{PROJECTS}/proj_one/users", {"user_id": "user-grace", "role": "member"}),
            ("POST", f"{PROJECTS}/proj_one/users", {"user_id": "user-none", "role": "member"}),
            ("POST", "/organization/certificates/activate", {"certificate_ids": ["cert_none"]}),
        ],
    )
    def test_errors_without_ids(self, api: Api, method: str, path: str, body: Any) -> None:
        def words() -> str:
            answer = api.session.request(method, f"{api.simulator.url}{path}", json=body, timeout=30)
            assert answer.status_code in (400, 404)
            message: str = answer.json()["error"]["message"]
            return message

        ids = {"proj_none", "proj_one", "user-ada", "user-grace", "user-none", "cert_none"}
        assert any(each in words() for each in ids)
        api.behaviour(errors_without_ids=True)
        assert not any(each in words() for each in ids)
        assert words()


QUERY = {"start_time": 1795000000 // 86400 * 86400, "group_by[]": ["project_id", "api_key_id"]}


class TestReports:
    def buckets(self, api: Api, path: str, **query: Any) -> list[list[Any]]:
        page = api.page(path, **QUERY, **query)
        found = [page["data"]]
        while page["has_more"]:
            page = api.page(path, **QUERY, **query, page=page["next_page"])
            found.append(page["data"])
        return found

    @pytest.mark.parametrize("path", ["/organization/costs", "/organization/usage/completions"])
    @pytest.mark.parametrize("limit", [1, 2, 3])
    def test_a_bucket_on_two_pages(self, api: Api, path: str, limit: int) -> None:
        api.behaviour(clock=QUERY["start_time"] + 4.5 * 86400)
        whole = {bucket["start_time"]: bucket for page in self.buckets(api, path) for bucket in page}
        assert len(whole) == 5
        api.behaviour(bucket_split=True)
        pages = self.buckets(api, path, limit=limit)
        assert all(len(page) <= limit for page in pages)
        split = 0
        for before, after in pairwise(pages):
            split += before[-1]["start_time"] == after[0]["start_time"]
        assert split >= 5 // limit
        found: dict[int, list[Any]] = {}
        for page in pages:
            for bucket in page:
                found.setdefault(bucket["start_time"], []).extend(bucket["results"])
        assert found == {start: bucket["results"] for start, bucket in whole.items()}

    def test_buckets_come_twice(self, api: Api) -> None:
        api.behaviour(clock=QUERY["start_time"] + 3.5 * 86400)
        whole = self.buckets(api, "/organization/costs")[0]
        api.behaviour(items_repeated=True)
        for limit in 1, 2, 3, 7:
            pages = self.buckets(api, "/organization/costs", limit=limit)
            starts = [bucket["start_time"] for page in pages for bucket in page]
            assert len(starts) > len(set(starts)) == len(whole)
            assert all(bucket in whole for page in pages for bucket in page)


class TestIds:
    def test_bare_ones(self, api: Api) -> None:
        api.behaviour(bare_ids=True)
        made = [api.post(PROJECTS, name=f"project {number}")["id"] for number in range(4)]
        assert all(re.fullmatch(r"[0-9a-f]{16}~?[0-9a-f]{16}", each) for each in made)
        assert sum("~" in each for each in made) == 2
        for each in made:
            for path in f"{PROJECTS}/{each}", f"{PROJECTS}/{each.replace('~', '%7E')}":
                assert api.call("GET", path)["id"] == each
        key = api.post(f"{PROJECTS}/{made[1]}/service_accounts", name="new")["api_key"]
        assert key["value"].startswith("sk-svcacct-")
        assert not key["id"].startswith("key_")

    def test_dots_in_models(self, api: Api) -> None:
        limits = [{"model": "gpt-4.1-mini", "max_requests_per_1_minute": 1, "max_tokens_per_1_minute": 1}]
        api.simulator.reset({**ORGANIZATION, "default_rate_limits": limits})
        path = f"{PROJECTS}/proj_one/rate_limits"
        assert api.ids(path) == ["rl-gpt-4.1-mini"]
        assert api.post(f"{path}/rl-gpt-4.1-mini", max_tokens_per_1_minute=2)["max_tokens_per_1_minute"] == 2

    def test_in_a_file(self, simulator: Simulator) -> None:
        simulator.reset({"projects": [{"name": "one"}], "behaviour": {"bare_ids": True}})
        assert "_" not in simulator.state()["projects"][0]["id"]


class TestRequests:
    """What clients of others send, as the official Terraform provider does."""

    @pytest.mark.parametrize("body", ["null", " null ", ""])
    def test_null_is_as_good_as_no_body(self, api: Api, body: str) -> None:
        json_text = {"data": body, "headers": {"Content-Type": "application/json"}}
        assert api.call("POST", f"{PROJECTS}/proj_two/archive", **json_text)["status"] == "archived"
        keys = f"{PROJECTS}/proj_one/service_accounts/svc_bot/api_keys"
        assert api.call("POST", keys, **json_text)["value"]
        assert "Missing required parameter" in api.call("POST", PROJECTS, 400, **json_text)["error"]["message"]

    @pytest.mark.parametrize("body", ["[]", "7", '"null"', "nul"])
    def test_other_text_is_not(self, api: Api, body: str) -> None:
        api.call("POST", f"{PROJECTS}/proj_two/archive", 400, data=body)

    def test_rate_limits_are_listed_up_to_a_thousand(self, api: Api) -> None:
        path = f"{PROJECTS}/proj_one/rate_limits"
        assert len(api.ids(path, limit=1000)) == 4
        api.call("GET", path, 400, params={"limit": 1001})
        api.call("GET", PROJECTS, 400, params={"limit": 101})


class TestTrickle:
    def test_bytes_come_one_by_one(self, api: Api) -> None:
        api.behaviour(trickle=0.016)
        began = time.monotonic()
        answer = api.session.get(f"{api.simulator.url}{PROJECTS}", timeout=30, stream=True)
        assert b'"proj_three"' in answer.content
        assert time.monotonic() - began > 1
        api.behaviour(trickle=None)
        assert len(api.page(PROJECTS)["data"]) == 3

    def test_the_server_ends_all_the_same(self) -> None:
        began = time.monotonic()
        with running(ORGANIZATION) as other, Api(other).session as session:
            other.behaviour(trickle=5)
            answer = session.get(f"{other.url}{PROJECTS}", timeout=30, stream=True)
        assert answer.status_code == 200
        assert time.monotonic() - began < 5
