# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What info modules read, from a client that answers out of a dictionary."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import WORKERS, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    ApiError,
    BadInput,
    NotFound,
    Refused,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import option
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import Filter, inform
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Resource
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode

Objects = list[dict[str, Any]]

PROJECTS = "/organization/projects"
ACCOUNTS = f"{PROJECTS}/{{}}/service_accounts"
USERS = "/organization/users"

REAL = Mode()
CHECK = Mode(check=True)


class Organization:
    """Stands for the client: collections by path; keeps what it is asked, and how much of it is read."""

    def __init__(self, **collections: Objects) -> None:
        self.collections: dict[str, Objects] = dict(collections)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.read: dict[str, int] = {}
        self.lock = threading.Lock()
        self.stop = threading.Event()

    def rests(self, unused_name: str) -> float:
        return 0.0

    def pages(self, request: Request, limit: int | None = None) -> Iterator[dict[str, Any]]:
        path = self.keep(request)
        for item in self.of(path)[:limit]:
            with self.lock:
                self.read[path] = self.read.get(path, 0) + 1
            yield item

    def send(self, request: Request) -> dict[str, Any]:
        folder, own_id = self.keep(request).rsplit("/", 1)
        for item in self.of(folder):
            if item["id"] == own_id:
                return item
        raise ApiError(f"Could not {request.doing}: no {own_id} (HTTP 404).", executed=False, status_code=404)

    def keep(self, request: Request) -> str:
        assert request.method == "GET"
        path = request.route.format(**request.ids)
        with self.lock:
            self.asked.append((path, dict(request.query)))
        return path

    def of(self, path: str) -> Objects:
        if path not in self.collections:
            raise ApiError(f"No such route: {path}", executed=False, status_code=404)
        return self.collections[path]

    @property
    def paths(self) -> list[str]:
        return [path for path, dummy in self.asked]


def project(number: int) -> dict[str, Any]:
    return {"id": f"p{number}", "name": f"project {number}", "status": "active", "created_at": number}


def account(name: str) -> dict[str, Any]:
    return {"id": f"sa-{name}", "name": name, "role": "member", "created_at": 1}


@pytest.fixture
def organization() -> Organization:
    """Three projects with two accounts each, but none in the second."""
    server = Organization()
    server.collections = {
        PROJECTS: [project(number) for number in (1, 2, 3)],
        ACCOUNTS.format("p1"): [account("a"), account("b")],
        ACCOUNTS.format("p2"): [],
        ACCOUNTS.format("p3"): [account("c"), account("a")],
        USERS: [{"id": "u1", "email": "Ada@x.org"}, {"id": "u2", "email": "bob@x.org"}, {"id": "u3"}],
    }
    return server


def collect(server: Organization, resource: Resource, *filters: Filter, mode: Mode = REAL, **task: Any) -> Outcome:
    """What an info module's task gives back whose options are written so."""
    work = inform(resource, *filters)
    assert set(task) <= set(work.argument_spec)
    params = {**{name: spec.get("default") for name, spec in work.argument_spec.items()}, **task}
    return work.work(server, params, task, mode, None)  # type: ignore[arg-type]  # all that a listing asks of a client


def names(outcome: Outcome, plural: str) -> list[Any]:
    return [item["name"] for item in outcome.returns[plural]]


class TestScopes:
    def test_without_a_project_every_active_one_is_read(self, organization: Organization) -> None:
        outcome = collect(organization, SERVICE_ACCOUNT)
        assert sorted(organization.paths) == [PROJECTS, *(ACCOUNTS.format(f"p{number}") for number in (1, 2, 3))]
        assert organization.asked[0] == (PROJECTS, {"limit": 100})
        found = [(item["name"], item["project"], item["project_id"]) for item in outcome.returns["service_accounts"]]
        assert found == [
            ("a", "project 1", "p1"),
            ("b", "project 1", "p1"),
            ("c", "project 3", "p3"),
            ("a", "project 3", "p3"),
        ]

    def test_a_name_is_looked_up(self, organization: Organization) -> None:
        outcome = collect(organization, SERVICE_ACCOUNT, project="project 3")
        assert organization.paths == [PROJECTS, ACCOUNTS.format("p3")]
        scopes = {(item["project"], item["project_id"]) for item in outcome.returns["service_accounts"]}
        assert scopes == {("project 3", "p3")}

    @pytest.mark.parametrize("name", [None, "project 3", "another name"])
    def test_an_id_costs_no_look_up(self, organization: Organization, name: str | None) -> None:
        outcome = collect(organization, SERVICE_ACCOUNT, project=name, project_id="p3")
        assert organization.paths == [ACCOUNTS.format("p3")]
        assert {item["project"] for item in outcome.returns["service_accounts"]} == {name}

    @pytest.mark.parametrize("blank", ["", " ", None])
    def test_an_empty_id_leaves_it_to_the_name(self, organization: Organization, blank: str | None) -> None:
        collect(organization, SERVICE_ACCOUNT, project="project 1", project_id=blank)
        assert organization.paths == [PROJECTS, ACCOUNTS.format("p1")]

    def test_a_null_name_alone_is_no_name(self, organization: Organization) -> None:
        assert len(collect(organization, SERVICE_ACCOUNT, project=None).returns["service_accounts"]) == 4

    def test_two_projects_of_a_name_are_both_named(self, organization: Organization) -> None:
        organization.collections[PROJECTS].append({**project(4), "name": "project 1"})
        with pytest.raises(Refused, match=r"2 projects are named 'project 1' \(p1, p4\)"):
            collect(organization, SERVICE_ACCOUNT, project="project 1")

    def test_an_id_that_does_not_exist_fails(self, organization: Organization) -> None:
        for mode in REAL, CHECK:
            with pytest.raises(ApiError):
                collect(organization, SERVICE_ACCOUNT, mode=mode, project_id="p9")

    def test_what_has_no_parent_has_no_scope(self, organization: Organization) -> None:
        (first, *dummy) = collect(organization, PROJECT).returns["projects"]
        assert {"project", "project_id"}.isdisjoint(first)

    @pytest.mark.parametrize("resource", [PROJECT, PROJECT_USER, SERVICE_ACCOUNT, RATE_LIMIT, USER])
    def test_every_key_is_there_even_where_the_answer_has_none(self, resource: Resource) -> None:
        server = Organization()
        server.collections = {resource.path.format(project_id="p1"): [{"id": "x"}]}
        scope: dict[str, Any] = {"project_id": "p1"} if resource.parent else {}
        (item,) = collect(server, resource, **scope).returns[resource.plural]
        wanted = {field.name for field in resource.fields} | ({"project", "project_id"} if resource.parent else set())
        assert set(item) == wanted


class TestMissingProject:
    @pytest.mark.parametrize(
        ("task", "missing"),
        [
            ({"project": "gone"}, "Project 'gone' does not exist"),
            ({"project_id": ""}, "project_id is empty and names no project"),
            ({"project_id": None}, "project_id is empty and names no project"),
        ],
    )
    def test_it_fails_but_is_foreseen_in_check_mode(
        self, organization: Organization, task: dict[str, Any], missing: str
    ) -> None:
        with pytest.raises(NotFound) as caught:
            collect(organization, SERVICE_ACCOUNT, **task)
        assert caught.value.message == f"Could not list the service accounts: {missing}."
        outcome = collect(organization, SERVICE_ACCOUNT, mode=CHECK, **task)
        assert outcome.returns == {"service_accounts": []}
        assert outcome.warnings == (f"{missing}: predicted as if an earlier task had created it.",)
        assert set(organization.paths) <= {PROJECTS}


class TestLimit:
    @pytest.mark.parametrize(("limit", "found"), [(1, ["a"]), (3, ["a", "b", "c"]), (4, ["a", "b", "c", "a"])])
    def test_it_bounds_all_projects_together(self, organization: Organization, limit: int, found: list[str]) -> None:
        outcome = collect(organization, SERVICE_ACCOUNT, max_results=limit)
        assert names(outcome, "service_accounts") == found

    @pytest.mark.parametrize(("limit", "size"), [(None, 100), (1, 1), (100, 100), (250, 100)])
    def test_pages_are_as_large_as_useful(self, organization: Organization, limit: int | None, size: int) -> None:
        collect(organization, PROJECT, max_results=limit)
        assert organization.asked == [(PROJECTS, {"limit": size})]

    def test_no_more_is_read_than_asked_for(self, organization: Organization) -> None:
        collect(organization, PROJECT, max_results=2)
        assert organization.read == {PROJECTS: 2}

    @pytest.mark.parametrize("limit", [0, -1])
    def test_less_than_one_is_refused_before_any_request(self, organization: Organization, limit: int) -> None:
        with pytest.raises(BadInput, match=f"max_results must be at least 1, not {limit}"):
            collect(organization, PROJECT, max_results=limit)
        assert organization.asked == []


class TestOne:
    def test_by_id_it_is_read_alone(self, organization: Organization) -> None:
        outcome = collect(organization, PROJECT, project_id="p2", name="whatever")
        assert names(outcome, "projects") == ["project 2"]
        assert organization.paths == [f"{PROJECTS}/p2"]

    def test_by_a_name_the_collection_is_searched(self, organization: Organization) -> None:
        assert names(collect(organization, PROJECT, name="project 2"), "projects") == ["project 2"]
        assert organization.paths == [PROJECTS]

    @pytest.mark.parametrize("task", [{"name": "gone"}, {"project_id": "p9"}])
    def test_none_is_no_error(self, organization: Organization, task: dict[str, Any]) -> None:
        assert collect(organization, PROJECT, **task).returns == {"projects": []}

    @pytest.mark.parametrize("blank", ["", " ", None])
    def test_an_empty_id_names_what_is_not_there_yet(self, organization: Organization, blank: str | None) -> None:
        with pytest.raises(NotFound, match="project_id is empty"):
            collect(organization, PROJECT, project_id=blank)
        outcome = collect(organization, PROJECT, mode=CHECK, project_id=blank)
        assert outcome.returns == {"projects": []}
        assert len(outcome.warnings) == 1
        assert organization.asked == []

    def test_an_empty_id_leaves_it_to_the_name(self, organization: Organization) -> None:
        assert names(collect(organization, PROJECT, project_id="", name="project 2"), "projects") == ["project 2"]

    def test_all_of_a_name_are_told(self, organization: Organization) -> None:
        organization.collections[PROJECTS].append({**project(4), "name": "project 1"})
        found = collect(organization, PROJECT, name="project 1").returns["projects"]
        assert [item["id"] for item in found] == ["p1", "p4"]

    def test_a_name_is_searched_in_every_project(self, organization: Organization) -> None:
        outcome = collect(organization, SERVICE_ACCOUNT, name="a")
        assert [item["project_id"] for item in outcome.returns["service_accounts"]] == ["p1", "p3"]

    def test_addresses_compare_in_any_case(self, organization: Organization) -> None:
        found = collect(organization, USER, email="ADA@X.org").returns["users"]
        assert [item["id"] for item in found] == ["u1"]
        assert organization.asked == [(USERS, {"limit": 100, "emails": ["ADA@X.org"]})]

    @pytest.mark.parametrize(
        ("task", "problem"),
        [
            ({"name": ""}, "name must not be empty"),
            ({"name": ["x"]}, "name must be a string, not a list"),
            ({"project": " "}, "project must not be empty"),
            ({"project": {"id": "p1"}}, "project must be a string, not a dictionary"),
        ],
    )
    def test_names_that_cannot_be_are_refused_before_any_request(
        self, organization: Organization, task: dict[str, Any], problem: str
    ) -> None:
        with pytest.raises(BadInput, match=problem):
            collect(organization, SERVICE_ACCOUNT, **task)
        assert organization.asked == []


ARCHIVED = Filter("include_archived", option("bool", default=False))
EMAILS = Filter("emails", option("list", elements="str", aliases=["email"]))


class TestFilters:
    @pytest.mark.parametrize(
        ("task", "sent"),
        [
            ({}, {"include_archived": False}),
            ({"include_archived": True}, {"include_archived": True}),
            ({"include_archived": None}, {}),
        ],
    )
    def test_they_go_to_the_server(
        self, organization: Organization, task: dict[str, Any], sent: Mapping[str, Any]
    ) -> None:
        collect(organization, PROJECT, ARCHIVED, **task)
        assert organization.asked == [(PROJECTS, {"limit": 100, **sent})]

    def test_they_go_along_with_a_name(self, organization: Organization) -> None:
        collect(organization, PROJECT, ARCHIVED, name="project 1", include_archived=True)
        assert organization.asked == [(PROJECTS, {"limit": 100, "include_archived": True})]

    def test_one_that_does_what_a_key_does_takes_its_place(self, organization: Organization) -> None:
        task = inform(USER, EMAILS)
        assert set(task.argument_spec) == {"user_id", "emails", "max_results"}
        collect(organization, USER, EMAILS, emails=["a@x.org", "b@x.org"])
        asked_for = {"limit": 100, "emails": ["a@x.org", "b@x.org"]}
        assert organization.asked == [(USERS, asked_for), (USERS, {"limit": 100})]  # the filter finds neither

    def test_an_empty_one_asks_for_nobody_and_not_for_everybody(self, organization: Organization) -> None:
        outcome = collect(organization, USER, EMAILS, emails=[])
        assert outcome.returns == {"users": []}
        assert outcome.changed is False
        assert organization.asked == []


class Slow(Organization):
    """The first projects answer last."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.collections = {PROJECTS: [project(number) for number in range(count)]}
        self.collections.update({ACCOUNTS.format(f"p{each}"): [account(f"{each}")] for each in range(count)})
        self.answered = [threading.Event() for dummy in range(count)]
        self.order: list[int] = []

    def pages(self, request: Request, limit: int | None = None) -> Iterator[dict[str, Any]]:
        if request.route != PROJECTS:
            own = int(request.ids["project_id"][1:])
            if own + 1 < len(self.answered):
                assert self.answered[own + 1].wait(30), "projects are not read at the same time"
            self.order.append(own)
            self.answered[own].set()
        return super().pages(request, limit)


def test_projects_are_read_in_parallel_and_told_in_order() -> None:
    server = Slow(WORKERS)
    outcome = collect(server, SERVICE_ACCOUNT)
    assert server.order == list(reversed(range(WORKERS)))
    assert names(outcome, "service_accounts") == [str(number) for number in range(WORKERS)]


def test_one_that_fails_fails_the_task(organization: Organization) -> None:
    del organization.collections[ACCOUNTS.format("p2")]
    with pytest.raises(ApiError, match="p2"):
        collect(organization, SERVICE_ACCOUNT)


@pytest.mark.parametrize("resource", [PROJECT, PROJECT_USER, SERVICE_ACCOUNT, RATE_LIMIT, USER])
def test_nothing_there_is_an_empty_list_and_no_change(resource: Resource) -> None:
    server = Organization()
    server.collections = {resource.path: [], PROJECTS: []}
    outcome = collect(server, resource)
    assert outcome.returns == {resource.plural: []}
    assert outcome.changed is False
    assert (outcome.before, outcome.after, outcome.header) == (None, None, "")
