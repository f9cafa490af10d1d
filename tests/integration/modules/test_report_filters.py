# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters of reports: as long as they may be, and never of something that does not exist without a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api import client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, NotFound
from integration.direct import perform
from integration.scenarios import NOW
from simulator import Simulator

DAYS = {"start_time": "2026-10-01", "end_time": "2026-10-08"}
MODULES = ("cost_info", "usage_info")
KIND: Mapping[str, dict[str, Any]] = {"cost_info": {}, "usage_info": {"kind": "completions"}}
NAMES = [f"service-{number}" for number in range(12)]
PROJECTS = [f"proj_{name}" for name in NAMES]
KEYS = [f"key_{name}" for name in NAMES]
ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "idle@example.com", "id": "user-idle"},
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        *({"name": name, "id": f"proj_{name}", "created_at": "2025-01-01"} for name in NAMES),
        {"name": "idle", "id": "proj_idle"},
        {"name": "old", "id": "proj_old", "status": "archived", "archived_at": "2026-01-01"},
    ],
    "usage": {
        "consumers": [
            {"project": f"proj_{name}", "api_key_id": f"key_{name}", "user_id": f"user-{name}"} for name in NAMES
        ]
    },
    "audit_events": [
        {
            "type": "project.updated",
            "id": f"audit_log-{number}",
            "effective_at": NOW - 1000 + number,
            "project": NAMES[number % 6],
            "actor": {"email": "owner@example.com"},
            "details": {"id": f"thing-{number}"},
        }
        for number in range(40)
    ],
    "behaviour": {"clock": NOW},
}


@pytest.fixture
def api(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def read(api: Simulator, module: str, **more: Any) -> Mapping[str, Any]:
    return perform(api, module, **KIND[module], **DAYS, **more).returns


def urls(api: Simulator) -> list[str]:
    """What was asked of the reports."""
    return [each["path"] for each in api.requests() if "costs" in each["path"] or "usage" in each["path"]]


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("group_by", [[], ["project_id"], ["project_id", "api_key_id"]], ids=str)
@pytest.mark.parametrize("group_buckets", [True, False])
def test_parts_of_a_filter_add_up_to_the_whole(
    module: str, group_by: list[str], group_buckets: bool, api: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    periods = [{"start_time": f"2026-10-0{day}", "end_time": f"2026-10-0{day + 2}"} for day in (1, 4)]
    asked = {"group_by": group_by, "group_buckets": group_buckets, "periods": periods, "project_ids": PROJECTS}
    whole = read(api, module, **asked, api_key_ids=KEYS)
    assert len(urls(api)) == 1
    api.clear()
    monkeypatch.setattr(client, "MAX_URL", 420)
    parts = read(api, module, **asked, api_key_ids=KEYS)
    assert len(urls(api)) > 3
    assert parts["total"] == whole["total"]
    assert parts["totals"] == whole["totals"]
    assert [each["start_time"] for each in parts["buckets"]] == [each["start_time"] for each in whole["buckets"]]
    if group_by:
        assert [_sorted(each) for each in parts["buckets"]] == [_sorted(each) for each in whole["buckets"]]


def _sorted(bucket: Mapping[str, Any]) -> Any:
    return sorted(bucket["results"], key=repr) if bucket["results"] else []


def test_the_addresses_of_many_people_are_sent_in_parts(api: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MAX_URL", 400)
    people = [f"nobody-{number}@example.com" for number in range(30)]
    found = perform(api, "user_info", emails=["idle@example.com", *people, "owner@example.com"]).returns["users"]
    assert {each["id"] for each in found} == {"user-idle", "user-owner"}
    filtered = [each for each in api.requests() if each["query"].get("emails[]")]
    assert len(filtered) > 1


@pytest.mark.parametrize(("limit", "truncated"), [(5, True), (39, True), (40, False), (1000, False)])
@pytest.mark.parametrize("filters", ["resource_ids", "project_ids", "both"])
def test_events_of_many_filters_are_the_newest_of_all(
    filters: str, limit: int, truncated: bool, api: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {"resource_ids": [f"thing-{number}" for number in range(40)], "project_ids": PROJECTS[:6]}
    asked = wanted if filters == "both" else {filters: wanted[filters]}
    monkeypatch.setattr(client, "MAX_URL", 300)
    outcome = perform(api, "audit_log_info", max_results=limit, **asked)
    numbers = [int(each["id"].rpartition("-")[2]) for each in outcome.returns["audit_logs"]]
    assert numbers == list(range(39, -1, -1))[:limit]
    assert outcome.returns["truncated"] is truncated


MISSING: Mapping[str, tuple[dict[str, Any], str]] = {
    "an id with a slip": ({"project_ids": ["proj_servce-1"]}, "project with the ID 'proj_servce-1'"),
    "one of several, divided": (
        {"project_ids": ["proj_service-1", "proj_no"], "group_by": ["project_id"]},
        "project with the ID 'proj_no'",
    ),
    "one of several": ({"project_ids": ["proj_service-1", "proj_no"]}, "project with the ID 'proj_no'"),
    "two": ({"project_ids": ["proj_b", "proj_service-1", "proj_a"]}, "project with the ID 'proj_b', 'proj_a'"),
    "beside a name": ({"projects": ["service-1"], "project_ids": ["proj_no"]}, "project with the ID 'proj_no'"),
}


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("module", MODULES)
def test_an_id_of_no_project_is_an_error(module: str, name: str, check: bool, api: Simulator) -> None:
    asked, words = MISSING[name]
    with pytest.raises(NotFound) as caught:
        perform(api, module, check=check, **KIND[module], **DAYS, **asked)
    assert caught.value.message.startswith("Could not read the ")
    assert caught.value.message.endswith(f": there is no {words}. project_ids takes IDs, which project_info returns.")


@pytest.mark.parametrize("module", MODULES)
def test_a_list_that_was_given_as_text_is_no_id(module: str, api: Simulator) -> None:
    with pytest.raises(BadInput, match=r"^project_ids\[0\] must be a string, not \['proj_service-1'\]\.$"):
        perform(api, module, **KIND[module], **DAYS, project_ids=["['proj_service-1']"])
    assert api.requests() == []


def test_an_id_of_no_person_is_an_error(api: Simulator) -> None:
    with pytest.raises(NotFound, match=r"there is no user with the ID 'user-no'\. user_ids takes IDs, which user_info"):
        read(api, "usage_info", user_ids=["user-no"])


@pytest.mark.parametrize("module", ["cost_info", "usage_info", "audit_log_info"])
@pytest.mark.parametrize("project", ["proj_idle", "proj_old", "proj_default"])
def test_a_project_of_which_there_is_nothing_is_no_error(module: str, project: str, api: Simulator) -> None:
    asked = {} if module == "audit_log_info" else {**KIND[module], **DAYS}
    outcome = perform(api, module, **asked, project_ids=[project])
    assert outcome.warnings == ()
    assert [each["path"] for each in api.requests()].count(f"/organization/projects/{project}") == 1


@pytest.mark.parametrize("projects", [["proj_no"], [*PROJECTS[:3], "proj_no"]])
def test_the_audit_log_of_no_project_is_an_error(projects: list[str], api: Simulator) -> None:
    with pytest.raises(NotFound, match="Could not read the audit log: there is no project with the ID 'proj_no'"):
        perform(api, "audit_log_info", project_ids=projects)


def test_whoever_used_something_and_has_left_is_no_error(api: Simulator) -> None:
    gone = ["user-service-1", "user-service-2"]
    assert read(api, "usage_info", user_ids=gone)["total"]["num_model_requests"]
    assert read(api, "usage_info", user_ids=gone, group_by=["user_id"])["total"]["num_model_requests"]
    assert {each["path"] for each in api.requests()} <= {"/organization/usage/completions", "/organization/users"}


def test_what_is_filtered_by_one_project_that_used_something_is_one_request(api: Simulator) -> None:
    for module in MODULES:
        read(api, module, project_ids=PROJECTS[:1])
        read(api, module, project_ids=PROJECTS[:1], group_by=["line_item" if module == "cost_info" else "model"])
    assert len(api.requests()) == 4


WORDLESS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "a model": ("usage_info", {"models": ["gtp-5"]}),
    "one of two models": ("usage_info", {"models": ["gpt-5", "gtp-5"], "group_by": ["model"]}),
    "a key": ("usage_info", {"api_key_ids": ["key_no"]}),
    "a line of the bill": ("cost_info", {"line_items": ["gpt-5", "output_tokens"]}),
}


@pytest.mark.parametrize("name", WORDLESS)
def test_what_cannot_be_looked_up_and_matches_nothing_is_told(name: str, api: Simulator) -> None:
    module, asked = WORDLESS[name]
    (warning,) = perform(api, module, **KIND[module], **DAYS, **asked).warnings
    (option,) = set(asked) - {"group_by"}
    wrong = ", ".join(f"'{each}'" for each in asked[option] if each != "gpt-5" or module == "cost_info")
    assert f" has {option} {wrong}: check the spelling." in warning


def test_a_key_that_may_not_read_projects_is_told_what_was_not_checked(api: Simulator) -> None:
    words = {"error": "You have insufficient permissions for this operation. Missing scopes: api.management.read"}
    api.fault("body", "/organization/projects/{project_id}", "GET", status=403, body=words, times=None)
    (warning,) = perform(api, "cost_info", **DAYS, project_ids=["proj_idle"]).warnings
    assert warning.startswith("Could not check whether project_ids 'proj_idle' exist. Could not read project")
    assert "Missing scopes: api.management.read (HTTP 403)" in warning


def test_a_currency_in_upper_case_is_the_same_one(api: Simulator) -> None:
    results = [{"amount": {"value": value, "currency": unit}} for value, unit in ((1, "usd"), (2, "USD"))]
    page = {"data": [{"start_time": 0, "end_time": 1, "results": results}], "has_more": False}
    api.fault("body", "/organization/costs", "GET", body=page)
    returns = read(api, "cost_info")
    assert (returns["total"]["amount"], returns["total"]["currency"]) == ("3", "usd")


def test_a_bucket_on_two_pages_is_counted_once(api: Simulator) -> None:
    """As a report whose pages overlap, and as one whose pages end within a bucket."""

    def page(number: int, *days: tuple[int, int], more: bool = True) -> None:
        data = [
            {"start_time": day, "end_time": day + 1, "results": [{"amount": {"value": value, "currency": "usd"}}]}
            for day, value in days
        ]
        body = {"data": data, "has_more": more, "next_page": f"page_{number}" if more else None}
        api.fault("body", "/organization/costs", "GET", body=body)

    page(1, (1, 10), (2, 20))
    page(2, (2, 20), (3, 30))
    page(3, (3, 4), more=False)
    returns = read(api, "cost_info")
    assert returns["total"]["amount"] == "64"
    assert [each["start_time"] for each in returns["buckets"]] == [1, 2, 3]


READINGS: Mapping[str, dict[str, Any]] = {
    "a bucket is on two pages": {"bucket_split": True},
    "a bucket is listed twice": {"items_repeated": True},
    "both": {"bucket_split": True, "items_repeated": True},
}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("module", MODULES)
def test_however_the_server_sends_buckets_they_add_up_to_the_same(module: str, reading: str, api: Simulator) -> None:
    for group_by in [], ["project_id"], ["project_id", "api_key_id"]:
        for group_buckets in True, False:
            asked = {"group_by": group_by, "group_buckets": group_buckets}
            api.behaviour(**dict.fromkeys(READINGS["both"], False), page_size=2)
            kind = read(api, module, **asked)
            api.behaviour(**READINGS[reading])
            assert read(api, module, **asked) == kind
