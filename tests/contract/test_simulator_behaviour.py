# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the simulator does beyond answering well: switches, control routes, faults, seeding, starting and ending."""

from __future__ import annotations

import dataclasses
import email.utils
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import simulator as package
import yaml
from contract.command_line import Forked, fork, start
from openai.types.admin.organization import (
    AuditLogListParams,
    InviteCreateParams,
    OrganizationUser,
    Project,
    UserListParams,
)
from openai.types.admin.organization.projects import GroupRetrieveParams
from simulator import ControlError, OrganizationError, Simulator, contract
from simulator.application import Templates
from simulator.errors import ApiError
from simulator.operations import endpoints
from simulator.organization import Ids, load, source
from simulator.routes import OPERATIONS
from simulator.server import listen
from simulator.world import World

PROJECTS = "/organization/projects"
USERS = "/organization/projects/{project_id}/users"
SMALL: dict[str, Any] = {
    "users": [
        {"email": "ada@example.com", "role": "owner", "id": "user-ada"},
        {"email": "grace@example.com", "id": "user-grace"},
    ],
    "projects": [{"name": "one", "id": "proj_one", "residency": "GLOBAL"}, {"name": "two", "status": "archived"}],
}


class Http(requests.Session):
    """A session that knows where the API is, and the key."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self.trust_env = False
        self.base = simulator.url
        self.headers["Authorization"] = f"Bearer {simulator.admin_key}"

    def call(self, method: str, path: str, **arguments: Any) -> requests.Response:
        return self.request(method, f"{self.base}{path}", timeout=30, **arguments)


@pytest.fixture
def http(simulator: Simulator) -> Iterator[Http]:
    """A client that may also send what the official SDK would not."""
    with Http(simulator) as session:
        yield session


def listing(http: Http, path: str = PROJECTS, **query: Any) -> list[Any]:
    answer = http.call("GET", path, params=query)
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["data"]
    return items


def message(answer: requests.Response) -> str:
    error = answer.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert answer.headers["x-request-id"].startswith("req_")
    return str(error["message"])


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "param"),
        [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=two", "limit"),
            ("limit=1.0", "limit"),
            ("limit=1&limit=2", "limit"),
            ("limit[]=1", "limit[]"),
            ("include_archived=yes", "include_archived"),
            ("after=proj_unknown", "after"),
            ("colour=red", "colour"),
            ("limit[gte]=1", "limit[gte]"),
            ("!=1", "!"),
        ],
    )
    def test_bad_query(self, http: Http, query: str, param: str) -> None:
        answer = http.call("GET", f"{PROJECTS}?{query}")
        assert answer.status_code == 400
        assert param in message(answer)
        assert answer.json()["error"]["param"] == param

    @pytest.mark.parametrize("body", ["{", "[]", "null", '{"name": NaN}', '"name"', "\udcff"])
    def test_bad_json(self, http: Http, body: str) -> None:
        answer = http.call("POST", PROJECTS, data=body.encode("utf-8", "surrogateescape"))
        assert answer.status_code == 400
        assert message(answer)

    def test_bad_body_names_what_is_wrong(self, http: Http) -> None:
        for body, param, code in (
            ({}, "name", "missing_required_parameter"),
            ({"name": "x", "colour": 1}, "colour", "unknown_parameter"),
            ({"name": 1}, "name", "invalid_value"),
        ):
            answer = http.call("POST", PROJECTS, json=body)
            error = answer.json()["error"]
            assert (answer.status_code, error["param"], error["code"]) == (400, param, code)

    def test_ids_of_the_path_are_no_body(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        path = f"{PROJECTS}/proj_one/rate_limits/rl-gpt-5"
        assert http.call("POST", path, json={"max_requests_per_1_minute": 1}).status_code == 200
        assert http.call("POST", path, json={"project_id": "proj_one"}).status_code == 400
        assert http.call("POST", f"{PROJECTS}/proj_one/archive", json={"name": "x"}).status_code == 400

    def test_unknown_route_and_wrong_method(self, http: Http) -> None:
        assert http.call("GET", "/organization/nothing").status_code == 404
        assert http.call("GET", f"{PROJECTS}/").status_code == 404
        answer = http.call("DELETE", PROJECTS)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
        assert message(answer)

    @pytest.mark.parametrize(
        "authorization", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer wrong", "Bearer sk-admin-\u00e9"]
    )
    def test_without_the_key(self, http: Http, authorization: str | None) -> None:
        headers = {"Authorization": authorization.encode() if authorization is not None else None}
        answer = http.call("GET", PROJECTS, headers=headers)
        assert answer.status_code == 401
        assert "wrong" not in message(answer)

    def test_the_usual_headers(self, http: Http) -> None:
        first, second = (http.call("GET", PROJECTS).headers for unused_turn in range(2))
        assert first["x-request-id"] != second["x-request-id"]
        assert first["openai-organization"] == "example-organization"
        assert first["openai-processing-ms"].isdigit()

    def test_which_organization_answers_name(self, http: Http, simulator: Simulator) -> None:
        def told(times: int) -> list[str | None]:
            return [http.call("GET", PROJECTS).headers.get("openai-organization") for unused_turn in range(times)]

        for switch, names in {
            "other": ["other"] * 3,
            "": [None] * 3,
            False: [None] * 3,
            True: ["example-organization"] * 3,
        }.items():
            simulator.behaviour(organization_header=switch)
            assert told(3) == names
        for unused_turn in range(2):
            simulator.behaviour(organization_header=["one", "", "two"])
            assert told(4) == ["one", None, "two", "two"]


class TestQueries:
    def test_both_spellings_of_arrays(self, http: Http) -> None:
        addresses = ["grace@example.com", "alan@example.com"]
        for name in ("emails", "emails[]"):
            found = listing(http, "/organization/users", **{name: addresses})
            assert [user["email"] for user in found] == addresses

    def test_ranges(self) -> None:
        pairs = [("effective_at[gte]", "5"), ("effective_at[lt]", "9"), ("project_ids[]", "a"), ("tenant_only", "true")]
        assert contract.query_values(AuditLogListParams, pairs, {}) == {
            "effective_at": {"gte": 5, "lt": 9},
            "project_ids": ["a"],
            "tenant_only": True,
        }
        for name in ("effective_at", "effective_at[]", "effective_at[near]", "emails[a]"):
            with pytest.raises(ApiError):
                contract.query_values(AuditLogListParams, [(name, "5")], {})

    def test_no_more_than_the_operation_knows(self) -> None:
        assert contract.query_values(UserListParams, [], {}) == {}
        with pytest.raises(ApiError):
            contract.query_values(None, [("limit", "1")], {})

    def test_ids_of_the_path_are_no_query(self) -> None:
        path = {"project_id": "proj_x", "group_id": "group_x"}
        pair = ("group_type", "tenant_group")
        assert contract.query_values(GroupRetrieveParams, [pair], path) == {"group_type": "tenant_group"}
        with pytest.raises(ApiError):
            contract.query_values(GroupRetrieveParams, [("project_id", "proj_x")], path)


class TestContract:
    def test_items_of_lazy_lists_are_validated(self) -> None:
        good = {"email": "x@example.com", "role": "reader", "projects": [{"id": "proj_x", "role": "member"}]}
        assert contract.body_values(InviteCreateParams, json.dumps(good).encode(), {}) == good
        for item in ({"id": "proj_x", "role": "emperor"}, {"id": "proj_x", "role": "member", "colour": 1}):
            with pytest.raises(ApiError) as caught:
                contract.body_values(InviteCreateParams, json.dumps({**good, "projects": [item]}).encode(), {})
            assert (caught.value.param or "").startswith("projects[0].")

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (Project, {"colour": "red"}),
            (Project, {"created_at": "now"}),
            (Project, {"object": "project"}),
            (
                OrganizationUser,
                {"object": "organization.user", "added_at": 1, "user": {"id": "x", "object": "user", "y": 1}},
            ),
        ],
    )
    def test_wrong_answers_are_noticed(self, model: Any, values: dict[str, Any]) -> None:
        with pytest.raises(contract.ContractError):
            contract.answer(model, {"id": "x", "created_at": 1, "object": "organization.project", **values})


class TestSwitches:
    def test_all_are_shown_and_documented(self, simulator: Simulator) -> None:
        readme = Path(package.__file__).with_name("README.md").read_text(encoding="utf-8")
        assert set(re.findall(r"^\| `(\w+)` \|", readme.partition("## Switches")[2], re.MULTILINE)) >= set(
            simulator.behaviour()
        )

    @pytest.mark.parametrize(
        "switches", [{"colour": 1}, {"page_size": 0}, {"remove_non_member": 500}, {"clock": "noon"}, {"buckets": {}}]
    )
    def test_wrong_ones_change_nothing(self, simulator: Simulator, switches: dict[str, Any]) -> None:
        before = simulator.behaviour()
        with pytest.raises(ControlError):
            simulator.behaviour(**switches)
        assert simulator.behaviour() == before

    def test_page_size(self, http: Http, simulator: Simulator) -> None:
        simulator.behaviour(page_size=2)
        page = http.call("GET", PROJECTS, params={"limit": 100}).json()
        assert (len(page["data"]), page["has_more"], page["last_id"]) == (2, True, page["data"][-1]["id"])
        rest = http.call("GET", PROJECTS, params={"after": page["last_id"]}).json()
        assert (len(rest["data"]), rest["has_more"]) == (1, False)
        full = http.call("GET", PROJECTS, params={"after": rest["first_id"], "include_archived": "true"}).json()
        assert (len(full["data"]), full["has_more"]) == (1, False)
        simulator.behaviour(page_size=3)
        assert http.call("GET", PROJECTS).json()["has_more"] is False
        empty = http.call("GET", PROJECTS, params={"after": rest["last_id"]}).json()
        assert empty == {"object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False}

    def test_default_and_largest_limits(self, http: Http, simulator: Simulator) -> None:
        simulator.reset({**SMALL, "projects": [{"name": f"project {number}"} for number in range(101)]})
        http.headers["Authorization"] = f"Bearer {simulator.admin_key}"
        assert len(listing(http)) == 20
        assert len(listing(http, limit=100)) == 100

    def test_owners_in_projects(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        path = f"{PROJECTS}/proj_one/users"
        assert [(user["id"], user["role"]) for user in listing(http, path)] == [("user-ada", "owner")]
        assert http.call("DELETE", f"{path}/user-ada").status_code == 400
        simulator.behaviour(owners_in_projects=False)
        assert listing(http, path) == []
        assert http.call("GET", f"{path}/user-ada").status_code == 404
        assert http.call("DELETE", f"{path}/user-ada").status_code == 404
        assert http.call("POST", path, json={"user_id": "user-ada", "role": "member"}).status_code == 400

    def test_an_owner_steps_back_into_an_earlier_role(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        http.call("POST", f"{PROJECTS}/proj_one/users", json={"user_id": "user-grace", "role": "viewer"})
        roles = []
        for role in ("owner", "reader"):
            http.call("POST", "/organization/users/user-grace", json={"role": role})
            roles.append(http.call("GET", f"{PROJECTS}/proj_one/users/user-grace").json()["role"])
        assert roles == ["owner", "viewer"]

    def test_service_account_keys_deletable(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        made = http.call("POST", f"{PROJECTS}/proj_one/service_accounts", json={"name": "robot"}).json()
        path = f"{PROJECTS}/proj_one/api_keys/{made['api_key']['id']}"
        simulator.behaviour(service_account_keys_deletable=False)
        assert http.call("DELETE", path).status_code == 400
        simulator.behaviour(service_account_keys_deletable=True)
        assert http.call("DELETE", path).status_code == 200

    def test_keys_outlive_users(self, http: Http, simulator: Simulator) -> None:
        key = {"name": "laptop", "id": "key_laptop", "user": "grace@example.com"}
        project = {"name": "one", "id": "proj_one", "users": [{"email": "grace@example.com"}], "api_keys": [key]}
        path = f"{PROJECTS}/proj_one/api_keys"
        for outlive, left in (False, []), (True, [("user-grace", "grace@example.com", "inactive")]):
            simulator.reset({**SMALL, "projects": [project], "behaviour": {"keys_outlive_users": outlive}})
            http.call("DELETE", "/organization/users/user-grace")
            for dummy in range(2):
                keys = listing(http, path, owner_project_access="any")
                owners = [(each["owner"]["user"], each["owner_project_access"]) for each in keys]
                assert [(owner["id"], owner["email"], access) for owner, access in owners] == left
                simulator.reset(simulator.state())
            assert http.call("GET", "/organization/users/user-grace").status_code == 404

    def test_projects_of_users(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        assert "projects" not in http.call("GET", "/organization/users/user-ada").json()
        simulator.behaviour(projects_of_users=True)
        shown = {user["id"]: user["projects"]["data"] for user in listing(http, "/organization/users")}
        assert shown == {"user-ada": [{"id": "proj_one", "name": "one", "role": "owner"}], "user-grace": []}
        simulator.behaviour(owners_in_projects=False)
        assert http.call("GET", "/organization/users/user-ada").json()["projects"]["data"] == []

    def test_project_roles(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        path = f"{PROJECTS}/proj_one/users"
        body = {"user_id": "user-grace", "role": "janitor"}
        assert http.call("POST", path, json=body).status_code == 400
        simulator.behaviour(project_roles=["owner", "janitor"])
        assert http.call("POST", path, json=body).json()["role"] == "janitor"
        assert http.call("POST", f"{path}/user-grace", json={"role": "member"}).status_code == 400

    def test_residency_returned(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        assert http.call("GET", f"{PROJECTS}/proj_one").json()["residency"] == "GLOBAL"
        simulator.behaviour(residency_returned=False)
        assert "residency" not in http.call("GET", f"{PROJECTS}/proj_one").json()

    def test_remove_non_member(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        path = f"{PROJECTS}/proj_one/users/user-grace"
        assert http.call("DELETE", path).status_code == 404
        simulator.behaviour(remove_non_member=400)
        answer = http.call("DELETE", path)
        assert answer.status_code == 400
        assert message(answer) == "User user-grace is not a member of proj_one"

    def test_archive_twice(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        path = f"{PROJECTS}/proj_one/archive"
        first = http.call("POST", path).json()
        assert http.call("POST", path).status_code == 400
        simulator.behaviour(archive_twice=200, advance=100)
        assert http.call("POST", path).json() == first

    def test_clock(self, http: Http, simulator: Simulator) -> None:
        simulator.behaviour(clock=1_800_000_000)
        assert http.call("POST", PROJECTS, json={"name": "a"}).json()["created_at"] == 1_800_000_000
        simulator.behaviour(advance=60)
        assert simulator.behaviour(advance=5)["advance"] == 65
        assert http.call("POST", PROJECTS, json={"name": "b"}).json()["created_at"] == 1_800_000_065
        simulator.behaviour(clock=1_900_000_000)
        assert http.call("POST", PROJECTS, json={"name": "c"}).json()["created_at"] == 1_900_000_000
        simulator.behaviour(clock=None, advance=1_000_000)
        made = http.call("POST", PROJECTS, json={"name": "d"}).json()["created_at"]
        assert 999_000 < made - time.time() < 1_001_000

    def test_missing_scopes(self, http: Http, simulator: Simulator) -> None:
        simulator.behaviour(missing_scopes=["api.management.write"])
        assert http.call("GET", PROJECTS).status_code == 200
        answer = http.call("POST", PROJECTS, json={"name": "x"})
        assert answer.status_code == 401
        assert message(answer) == (
            "You have insufficient permissions for this operation. Missing scopes: api.management.write"
        )
        simulator.behaviour(missing_scopes=["api.management.read"])
        assert http.call("GET", PROJECTS).status_code == 401
        assert http.call("POST", PROJECTS, json={"name": "x"}).status_code == 200


class TestBuckets:
    def statuses(self, http: Http, path: str, times: int) -> list[int]:
        return [http.call("GET", path).status_code for unused_turn in range(times)]

    def test_one_for_each_method_and_route(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        simulator.behaviour(clock=1_800_000_000, buckets={"requests": 2, "seconds": 60})
        assert self.statuses(http, PROJECTS, 3) == [200, 200, 429]
        assert http.call("POST", PROJECTS, json={"name": "new"}).status_code == 200
        assert self.statuses(http, f"{PROJECTS}/proj_one/users", 1) == [200]
        # Other ids, but the same route.
        assert self.statuses(http, f"{PROJECTS}/proj_unknown/users", 2) == [404, 429]
        simulator.behaviour(advance=59)
        assert self.statuses(http, PROJECTS, 1) == [429]
        simulator.behaviour(advance=1)
        assert self.statuses(http, PROJECTS, 3) == [200, 200, 429]

    def test_words(self, http: Http, simulator: Simulator) -> None:
        simulator.behaviour(buckets={"requests": 1, "seconds": 60})
        self.statuses(http, PROJECTS, 1)
        answer = http.call("GET", PROJECTS)
        assert message(answer) == "You're making too many requests, please slow down."
        assert not {"retry-after", "retry-after-ms"} & {name.lower() for name in answer.headers}

    def test_forms_of_retry_after(self, http: Http, simulator: Simulator) -> None:
        headers = {}
        for form in ("seconds", "ms", "date"):
            simulator.behaviour(
                clock=1_800_000_000, buckets={"requests": 1, "seconds": 60, "retry_after": form, "clock": "simulated"}
            )
            self.statuses(http, PROJECTS, 1)
            simulator.behaviour(advance=20.5)
            headers[form] = http.call("GET", PROJECTS).headers
        assert headers["seconds"]["retry-after"] == "40"
        assert headers["ms"]["retry-after-ms"] == "39500"
        moment = email.utils.parsedate_to_datetime(headers["date"]["retry-after"])
        assert 0 < moment.timestamp() - time.time() <= 41

    def test_real_clock(self, http: Http, simulator: Simulator) -> None:
        simulator.behaviour(clock=1_800_000_000, buckets={"requests": 1, "seconds": 3600, "clock": "real"})
        self.statuses(http, PROJECTS, 1)
        simulator.behaviour(advance=3600)
        assert self.statuses(http, PROJECTS, 1) == [429]

    def test_nothing_is_done(self, http: Http, simulator: Simulator) -> None:
        simulator.behaviour(buckets={"requests": 1, "seconds": 60})
        assert [http.call("POST", PROJECTS, json={"name": "x"}).status_code for unused_turn in range(2)] == [200, 429]
        assert [item["name"] for item in simulator.state()["projects"]].count("x") == 1


class TestRoutes:
    def test_literal_parts_come_before_parameters(self) -> None:
        paths = ["/certificates/{certificate_id}", "/certificates/activate", "/certificates"]
        operations = [dataclasses.replace(OPERATIONS[0], path=path) for path in paths]
        found = endpoints(World("", b""), operations)
        assert list(found) == sorted(paths)
        templates = Templates(found)
        assert [
            templates.find(path) for path in ("/certificates/activate", "/certificates/a", "/certificates/a/b")
        ] == [
            "/certificates/activate",
            "/certificates/{certificate_id}",
            None,
        ]


class TestLog:
    def test_entry(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        answer = http.call("POST", f"{PROJECTS}/proj_one/users?", json={"user_id": "user-grace", "role": "member"})
        (entry,) = simulator.requests()
        assert entry.pop("at") > 0
        assert entry.pop("connection") > 0
        assert entry == {
            "request_id": answer.headers["x-request-id"],
            "method": "POST",
            "path": f"{PROJECTS}/proj_one/users",
            "route": USERS,
            "query": {},
            "body": {"user_id": "user-grace", "role": "member"},
            "status": 200,
            "fault": None,
            "client_certificate": None,
        }

    def test_what_is_odd(self, http: Http, simulator: Simulator) -> None:
        http.call("POST", f"{PROJECTS}/a%2Fb?x[]=1&x[]=2&y=", data="no json")
        (entry,) = simulator.requests()
        assert (entry["path"], entry["route"], entry["status"]) == (f"{PROJECTS}/a%2Fb", None, 404)
        assert (entry["query"], entry["body"]) == ({"x[]": ["1", "2"], "y": [""]}, "no json")

    def test_outside_the_api(self, http: Http, simulator: Simulator) -> None:
        answer = http.get(simulator.url.replace("/v1", "/v2/organization"), timeout=30)
        assert answer.status_code == 404
        assert simulator.requests()[0]["path"] == "/v2/organization"

    def test_never_the_key(self, http: Http, simulator: Simulator) -> None:
        http.call("GET", PROJECTS)
        assert simulator.admin_key not in json.dumps(simulator.requests())
        assert simulator.admin_key not in json.dumps(simulator.state())

    def test_connections(self, simulator: Simulator) -> None:
        for unused_turn in range(2):
            with Http(simulator) as session:
                session.call("GET", PROJECTS)
                session.call("GET", PROJECTS)
        first, second, third, fourth = (entry["connection"] for entry in simulator.requests())
        assert first == second != third == fourth

    def test_clear(self, http: Http, simulator: Simulator) -> None:
        http.call("GET", PROJECTS)
        http.call("POST", PROJECTS, json={"name": "x"})
        assert [entry["method"] for entry in simulator.requests(writes=True)] == ["POST"]
        simulator.clear()
        assert simulator.requests() == []


class TestFaults:
    def make(self, http: Http) -> requests.Response:
        return http.call("POST", PROJECTS, json={"name": "made"})

    def made(self, simulator: Simulator) -> bool:
        return "made" in [item["name"] for item in simulator.state()["projects"]]

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_status(self, http: Http, simulator: Simulator, when: str) -> None:
        simulator.fault("status", PROJECTS, "POST", status=503, when=when, headers={"retry-after": "7"}, message="Oh.")
        answer = self.make(http)
        assert (answer.status_code, message(answer), answer.headers["retry-after"]) == (503, "Oh.", "7")
        assert self.made(simulator) is (when == "after")
        (entry,) = simulator.requests()
        assert (entry["status"], entry["fault"]) == (503, "status")

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_drop(self, http: Http, simulator: Simulator, when: str) -> None:
        simulator.fault("drop", when=when)
        with pytest.raises(requests.ConnectionError):
            self.make(http)
        assert self.made(simulator) is (when == "after")
        (entry,) = simulator.requests()
        assert (entry["status"], entry["fault"]) == (None, "drop")
        assert self.make(http).status_code == 200

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_delay(self, http: Http, simulator: Simulator, when: str) -> None:
        simulator.fault("delay", seconds=0.2, when=when)
        began = time.monotonic()
        assert self.make(http).status_code == 200
        assert time.monotonic() - began >= 0.2

    def test_delayed_request_is_carried_out_for_nobody(self, http: Http, simulator: Simulator) -> None:
        simulator.fault("delay", seconds=1)
        with pytest.raises(requests.Timeout):
            http.post(f"{simulator.url}{PROJECTS}", json={"name": "made"}, timeout=0.1)
        assert not self.made(simulator)
        deadline = time.monotonic() + 30
        while not self.made(simulator):
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def test_truncate(self, http: Http, simulator: Simulator) -> None:
        simulator.fault("truncate")
        answer = self.make(http)
        assert answer.status_code == 200
        with pytest.raises(requests.JSONDecodeError):
            answer.json()
        assert self.made(simulator)

    def test_html(self, http: Http, simulator: Simulator) -> None:
        simulator.fault("html")
        simulator.fault("html", status=502)
        for status in (200, 502):
            answer = http.call("GET", PROJECTS)
            assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
            assert answer.text.startswith("<html>")

    def test_body(self, http: Http, simulator: Simulator) -> None:
        simulator.fault("body", body={"data": None})
        simulator.fault("body", body="nothing", status=201)
        assert http.call("GET", PROJECTS).json() == {"data": None}
        answer = http.call("GET", PROJECTS)
        assert (answer.status_code, answer.text) == (201, "nothing")

    def test_where_and_how_often(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        simulator.fault("status", f"{PROJECTS}/*/users", "GET", status=500, times=2)
        users, one = f"{PROJECTS}/proj_one/users", f"{PROJECTS}/proj_one"
        assert [http.call("GET", path).status_code for path in (one, users, one, users, users)] == [
            200,
            500,
            200,
            500,
            200,
        ]
        simulator.fault("status", USERS, status=500, times=None)
        simulator.fault("status", one, status=418)
        assert [http.call("GET", users).status_code for unused_turn in range(5)] == [500] * 5
        assert [http.call("GET", one).status_code for unused_turn in range(2)] == [418, 200]
        assert [fault["path"] for fault in simulator.faults()] == [USERS]
        simulator.clear_faults()
        assert http.call("GET", users).status_code == 200

    @pytest.mark.parametrize("details", [{"kind": "explode"}, {"times": 0}, {"status": 99}, {"colour": 1}])
    def test_wrong_ones(self, simulator: Simulator, details: dict[str, Any]) -> None:
        with pytest.raises(ControlError):
            simulator.fault(**{"kind": "status", **details})
        assert simulator.faults() == []


class TestControl:
    def test_reset(self, http: Http, simulator: Simulator) -> None:
        http.call("POST", PROJECTS, json={"name": "x"})
        simulator.behaviour(page_size=1)
        simulator.fault("drop")
        simulator.reset(SMALL)
        assert (simulator.requests(), simulator.faults(), simulator.behaviour()["page_size"]) == ([], [], None)
        assert [item["name"] for item in listing(http)] == ["one"]
        simulator.reset()
        assert len(listing(http)) == 3

    def test_reset_brings_switches(self, simulator: Simulator) -> None:
        simulator.reset({**SMALL, "behaviour": {"project_roles": ["owner"]}})
        assert simulator.behaviour()["project_roles"] == ["owner"]

    def test_reset_from_a_file(self, simulator: Simulator, tmp_path: Path) -> None:
        file = tmp_path / "organization.yml"
        file.write_text(yaml.safe_dump(SMALL), encoding="utf-8")
        simulator.reset(file)
        assert [item["name"] for item in simulator.state()["projects"]] == ["one", "two"]

    def test_wrong_organization_changes_nothing(self, simulator: Simulator) -> None:
        before = simulator.state()
        with pytest.raises(ControlError, match="colour"):
            simulator.reset({"colour": 1})
        assert simulator.state() == before

    def test_same_ids_in_every_run(self, http: Http, simulator: Simulator) -> None:
        states = []
        for unused_turn in range(2):
            simulator.reset()
            simulator.behaviour(clock=1_800_000_000)
            made = http.call("POST", PROJECTS, json={"name": "x"}).json()["id"]
            http.call("POST", f"{PROJECTS}/{made}/service_accounts", json={"name": "robot"})
            states.append(simulator.state())
        assert states[0] == states[1]

    def test_state_can_be_given_back(self, simulator: Simulator) -> None:
        state = simulator.state()
        simulator.reset(state)
        assert simulator.state() == state

    def test_state_has_no_key_values(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        made = http.call("POST", f"{PROJECTS}/proj_one/service_accounts", json={"name": "robot"}).json()
        assert made["api_key"]["value"] not in json.dumps([simulator.state(), simulator.requests()])

    def test_use(self, http: Http, simulator: Simulator) -> None:
        simulator.reset(SMALL)
        made = http.call("POST", f"{PROJECTS}/proj_one/service_accounts", json={"name": "robot"}).json()
        path = f"{PROJECTS}/proj_one/api_keys/{made['api_key']['id']}"
        assert http.call("GET", path).json()["last_used_at"] is None
        simulator.use(made["api_key"]["id"], at=1_800_000_000)
        assert http.call("GET", path).json()["last_used_at"] == 1_800_000_000
        simulator.behaviour(clock=1_900_000_000)
        simulator.use(made["api_key"]["id"])
        assert http.call("GET", path).json()["last_used_at"] == 1_900_000_000
        with pytest.raises(ControlError):
            simulator.use("key_unknown")


class TestOrganizationFile:
    @pytest.mark.parametrize(
        ("organization", "complaint"),
        [
            ({"colour": 1}, "colour: no such key"),
            ({"users": [{"role": "emperor"}]}, "'emperor' is not among the people's roles: owner, reader"),
            ({"users": [{"email": "a@b.c"}, {"email": "A@B.C"}]}, "e-mail address twice"),
            ({"projects": [{}]}, r"projects\.0\.name"),
            ({"projects": [{"name": "x", "created_at": "yesterday"}]}, r"projects\.0\.created_at"),
            ({"projects": [{"name": "x", "residency": "MOON"}]}, "'MOON' is not among the residencies: "),
            ({"projects": [{"name": "x", "users": [{"email": "a@b.c"}]}]}, "'x': 'a@b.c' is not among"),
            ({"projects": [{"name": "x", "users": [{}]}]}, "is not among"),
            ({"projects": [{"name": "x", "api_keys": [{"name": "k"}]}]}, "wants an owner"),
            ({"projects": [{"name": "x", "api_keys": [{"name": "k", "service_account": "s"}]}]}, "no service account"),
            ({"projects": [{"name": "x", "default": True}, {"name": "y", "default": True}]}, "only one"),
            ({"projects": [{"name": "x", "id": "proj_a"}, {"name": "y", "id": "proj_a"}]}, "project id twice"),
            ({"behaviour": {"page_size": 0}}, r"behaviour\.page_size"),
            ({"users": [{"email": {1}}]}, "a set has no place"),
        ],
    )
    def test_errors(self, organization: dict[str, Any], complaint: str) -> None:
        with pytest.raises(OrganizationError, match=complaint):
            load(source(organization), Ids())

    @pytest.mark.parametrize("content", ["[1", "", "- a", "\udcff"])
    def test_files_that_are_none(self, tmp_path: Path, content: str) -> None:
        file = tmp_path / "organization.yml"
        file.write_text(content, encoding="utf-8", errors="surrogateescape")
        with pytest.raises(OrganizationError):
            load(source(file), Ids())
        with pytest.raises(OrganizationError, match="cannot read"):
            source(tmp_path / "missing.yml")

    def test_times_and_defaults(self, tmp_path: Path) -> None:
        file = tmp_path / "organization.yml"
        file.write_text(
            "projects:\n"
            "  - {name: a, created_at: 2026-01-02}\n"
            "  - {name: b, created_at: 2026-01-02T00:00:01Z}\n"
            "  - {name: c, created_at: '2026-01-02T01:00:02+01:00', archived_at: 1767312005}\n"
            "  - {name: Default project, rate_limits: []}\n",
            encoding="utf-8",
        )
        projects = load(source(file), Ids()).projects
        assert [project.created_at for project in projects[:3]] == [1767312000, 1767312001, 1767312002]
        assert [project.status for project in projects] == ["active", "active", "archived", "active"]
        assert [project.default for project in projects] == [False, False, False, True]
        assert [len(project.rate_limits or ()) for project in projects] == [4, 4, 4, 0]

    def test_ids_look_like_the_api_s(self) -> None:
        organization = load(source(None), Ids())
        assert re.fullmatch(r"user-\w{24}", organization.users[0].id)
        project = organization.projects[1]
        assert re.fullmatch(r"proj_\w{24}", project.id)
        assert re.fullmatch(r"svc_acct_\w{24}", project.service_accounts[0].id)
        assert re.fullmatch(r"key_\w{24}", project.api_keys[0].id)


def announced(process: subprocess.Popen[str] | Forked) -> str:
    """The URL in the only line that a simulator prints."""
    if process.stdout is None:
        pytest.fail("the output is not read")
    match = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+/v1)\n", process.stdout.readline())
    if match is None:
        pytest.fail("the simulator did not start")
    return match[1]


class TestCommandLine:
    @pytest.mark.parametrize(("starting", "number"), [(start, signal.SIGTERM), (fork, signal.SIGINT)])
    def test_starts_and_ends(self, starting: Any, number: signal.Signals) -> None:
        with starting("--admin-key", "sk-admin-mine") as process:
            url = announced(process)
            with requests.Session() as session:
                session.trust_env = False
                answer = session.get(f"{url}{PROJECTS}", headers={"Authorization": "Bearer sk-admin-mine"}, timeout=30)
                assert len(answer.json()["data"]) == 3
                control = url.replace("/v1", "/_simulator")
                session.post(f"{control}/faults", json={"kind": "drop"}, timeout=30)
                with pytest.raises(requests.ConnectionError):
                    session.get(f"{url}{PROJECTS}", timeout=30)
                session.get(f"{control}/state", timeout=30)
                # The connection is still open, and idle.
                process.send_signal(number)
                assert process.communicate(timeout=30) == ("", "")
        assert process.returncode == 0

    def test_does_not_wait_for_delayed_answers(self) -> None:
        with fork(OPENAI_ADMIN_KEY="sk-admin-mine") as process, requests.Session() as session:
            session.trust_env = False
            url = announced(process)
            session.post(
                url.replace("/v1", "/_simulator/faults"), json={"kind": "delay", "seconds": 600}, timeout=30
            ).raise_for_status()
            with pytest.raises(requests.Timeout):
                session.get(f"{url}{PROJECTS}", timeout=0.2)
            process.terminate()
            assert process.communicate(timeout=30) == ("", "")

    def test_organization_file(self, tmp_path: Path) -> None:
        file = tmp_path / "organization.yml"
        file.write_text(yaml.safe_dump(SMALL), encoding="utf-8")
        with fork("--organization", str(file), OPENAI_ADMIN_KEY="sk-admin-mine") as process:
            url = announced(process)
            answer = requests.get(f"{url}{PROJECTS}", headers={"Authorization": "Bearer sk-admin-mine"}, timeout=30)
            assert [item["id"] for item in answer.json()["data"]] == ["proj_one"]
            process.terminate()

    def test_wrong_organization_file(self, tmp_path: Path) -> None:
        file = tmp_path / "organization.yml"
        file.write_text("colour: red\n", encoding="utf-8")
        with fork("--organization", str(file)) as process:
            assert process.communicate(timeout=30) == ("", "simulator: colour: no such key in the file format\n")
        assert process.returncode == 1

    def test_port_in_use(self, simulator: Simulator) -> None:
        port = re.findall(r":(\d+)/", simulator.url)[0]
        with fork("--port", port) as process:
            output, complaint = process.communicate(timeout=30)
        assert (process.returncode, output, "in use" in complaint) == (1, "", True)

    def test_ends_with_its_parent(self) -> None:
        script = (
            "import subprocess, sys\n"
            "command = [sys.executable, '-m', 'simulator', '--exit-with-parent']\n"
            "child = subprocess.Popen(command, stdout=subprocess.PIPE)\n"
            "print(child.stdout.readline().decode(), end='', flush=True)\n"
            "sys.stdin.read()\n"
        )
        path = str(Path(package.__file__).parents[1])
        with subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        ) as parent:
            url = announced(parent)
            requests.get(url, timeout=30)
            parent.kill()
        deadline = time.monotonic() + 30
        while answers(url):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether anything listens there."""
    try:
        requests.get(url, timeout=30)
    except requests.ConnectionError:
        return False
    return True


def test_broken_simulator_says_so(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*unused_arguments: Any) -> dict[str, Any]:
        raise contract.ContractError("Project.colour")

    monkeypatch.setattr(contract, "answer", broken)
    answer = http.call("GET", PROJECTS)
    assert answer.status_code == 500
    assert "Project.colour" in message(answer)


def test_many_writes_on_one_connection(http: Http, simulator: Simulator) -> None:
    for number in range(200):
        assert http.call("POST", PROJECTS, json={"name": f"project {number}"}).status_code == 200
    assert len({entry["connection"] for entry in simulator.requests()}) == 1


def test_writes_do_not_wait() -> None:
    """A socket that does not name its protocol would cost every one of them 40 ms."""
    with listen() as listener:
        assert (listener.proto, listener.getsockname()[0]) == (socket.IPPROTO_TCP, "127.0.0.1")


def test_two_side_by_side(simulator: Simulator) -> None:
    with package.running({"projects": [{"name": "elsewhere"}]}, "sk-admin-other") as other:
        assert other.url != simulator.url
        assert [item["name"] for item in other.state()["projects"]] == ["elsewhere"]
        assert len(simulator.state()["projects"]) == 4
    assert not answers(other.url)
