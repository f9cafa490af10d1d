# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that a scope has once: of the organization and of a project, some of which can be unset."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, ApiError, NotFound
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import manage
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import inform
from integration.trials.api import PROJECTS, Api, Collection, Item, Value, perform, settle
from unit.trials import RETENTION, SPEND_LIMIT

LIMIT = manage(SPEND_LIMIT)
RETAIN = manage(RETENTION)
LIMITS = inform(SPEND_LIMIT)
OF_ORGANIZATION = "/organization/spend_limit"
OF_PROJECT = f"{PROJECTS}/proj_1/spend_limit"
SCOPES: list[tuple[str, dict[str, Any]]] = [
    (OF_ORGANIZATION, {}),
    (OF_PROJECT, {"project": "search-prod"}),
    (OF_PROJECT, {"project_id": "proj_1"}),
]
WORDS = ["Nothing is set", "Project proj_1 has no limit", "proj_1 not found"]
"""What a server may say where nothing is set."""


def limited(words: str = WORDS[0]) -> Api:
    def made(body: Item) -> Item:
        return {**body, "enforcement": {"status": "inactive"}}

    return Api(values={path: Value(words=words, make=made) for path in (OF_ORGANIZATION, OF_PROJECT)})


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(("path", "scope"), SCOPES)
def test_a_value_is_set_changed_and_unset(path: str, scope: dict[str, Any], words: str) -> None:
    api = limited(words)
    whole = {"threshold_amount": 500, "currency": "USD", "interval": "month"}
    of = "project 'search-prod'" if "project" in scope else "project proj_1" if scope else "the organization"
    told = {"project": scope.get("project"), "project_id": "proj_1" if scope else None}

    first = settle(api, LIMIT, threshold_amount=500, **scope)
    assert first.writes == [("POST", path, whole)]
    assert first.real.returns["spend_limit"] == {**whole, "status": "inactive", **told}
    assert (first.real.before, first.real.after) == (None, {"threshold_amount": 500})
    assert first.real.header == f"spend limit of {of}"

    second = settle(api, LIMIT, threshold_amount=700, **scope)
    assert second.writes == [("POST", path, {**whole, "threshold_amount": 700})]
    assert (second.real.before, second.real.after) == ({"threshold_amount": 500}, {"threshold_amount": 700})

    last = settle(api, LIMIT, state="absent", **scope)
    assert last.writes == [("DELETE", path, None)]
    assert last.real.returns["spend_limit"]["threshold_amount"] == 700
    assert last.real.after is None
    assert last.again.returns["spend_limit"] is None
    assert api.values[path].stored is None


def test_the_value_of_one_scope_is_none_of_the_other() -> None:
    api = limited()
    settle(api, LIMIT, threshold_amount=500)
    settle(api, LIMIT, threshold_amount=20, project="search-prod")
    stored = {path: (value.stored or {})["threshold_amount"] for path, value in api.values.items()}
    assert stored == {OF_ORGANIZATION: 500, OF_PROJECT: 20}


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("check", [False, True])
def test_a_project_that_does_not_exist_is_not_one_without_a_limit(state: str, check: bool) -> None:
    api = limited()
    amount: dict[str, Any] = {"threshold_amount": 5} if state == "present" else {}
    with pytest.raises(ApiError, match=r"No object proj_9 \(HTTP 404\)\. Project proj_9 does not exist\.$"):
        perform(api, LIMIT, check=check, project_id="proj_9", state=state, **amount)
    assert api.writes == []


def test_a_project_that_is_named_is_known_from_its_list() -> None:
    """That nothing is set takes one request then, and by an id two."""
    api = limited()
    perform(api, LIMIT, project="search-prod", state="absent")
    assert [path for unused_method, path, unused_body in api.log] == [PROJECTS, OF_PROJECT]
    api.forget()
    perform(api, LIMIT, project_id="proj_1", state="absent")
    assert [path for unused_method, path, unused_body in api.log] == [OF_PROJECT, f"{PROJECTS}/proj_1"]


def test_a_project_that_is_to_come() -> None:
    api = limited()
    predicted = perform(api, LIMIT, check=True, project="new", threshold_amount=5)
    assert predicted.changed
    assert predicted.returns["spend_limit"] == {
        "threshold_amount": 5,
        "currency": "USD",
        "interval": "month",
        "status": None,
        "project": "new",
        "project_id": None,
    }
    assert predicted.warnings == ("Project 'new' does not exist: predicted as if an earlier task had created it.",)
    with pytest.raises(NotFound, match=r"^Could not set spend limit of project 'new': Project 'new' does not exist\.$"):
        perform(api, LIMIT, project="new", threshold_amount=5)
    assert not perform(api, LIMIT, project="new", state="absent").changed
    with pytest.raises(NotFound, match="project_id is empty"):
        perform(api, LIMIT, project_id="", threshold_amount=5)


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_feature_that_the_organization_lacks_is_not_an_unset_value(state: str) -> None:
    api = limited()
    api.refused[f"GET {OF_ORGANIZATION}"] = (404, "Unsupported endpoint")
    amount: dict[str, Any] = {"threshold_amount": 5} if state == "present" else {}
    with pytest.raises(ApiError, match="Unsupported endpoint"):
        perform(api, LIMIT, state=state, **amount)
    assert api.writes == []


def test_a_feature_that_went_away_is_not_a_value_that_is_gone() -> None:
    api = limited()
    perform(api, LIMIT, threshold_amount=500)
    api.refused[f"DELETE {OF_ORGANIZATION}"] = (404, "Unsupported endpoint")
    with pytest.raises(ApiError, match="Unsupported endpoint"):
        perform(api, LIMIT, state="absent")


def test_a_lost_answer_is_asked_for_again() -> None:
    api = limited()
    api.lost.add(f"POST {OF_ORGANIZATION}")
    assert perform(api, LIMIT, threshold_amount=500).changed
    assert len(api.writes) == 2
    api.lost.add(f"DELETE {OF_ORGANIZATION}")
    assert perform(api, LIMIT, state="absent").changed
    assert api.values[OF_ORGANIZATION].stored is None


def test_what_somebody_else_has_unset_meanwhile_is_no_change() -> None:
    api = limited()
    perform(api, LIMIT, threshold_amount=500)

    def unset() -> None:
        api.values[OF_ORGANIZATION].stored = None

    api.before[f"DELETE {OF_ORGANIZATION}"] = unset
    assert not perform(api, LIMIT, state="absent").changed


def test_an_answer_that_denies_what_was_asked() -> None:
    api = Api(values={OF_ORGANIZATION: Value(make=lambda body: {**body, "threshold_amount": 100})})
    with pytest.raises(AdminError, match="threshold_amount: 100, not 500") as failed:
        perform(api, LIMIT, threshold_amount=500)
    assert failed.value.facts["changed"]


RETENTIONS = {"/organization/data_retention": {}, f"{PROJECTS}/proj_1/data_retention": {"project": "search-prod"}}


def retaining() -> Api:
    def made(body: Item) -> Item:
        return {"object": "data_retention", "type": body["retention_type"]}

    return Api(values={path: Value({"type": "none"}, make=made) for path in RETENTIONS})


@pytest.mark.parametrize(("path", "scope"), RETENTIONS.items())
def test_a_value_that_is_always_there_is_changed(path: str, scope: dict[str, Any]) -> None:
    runs = settle(retaining(), RETAIN, retention="zero_data_retention", **scope)
    assert runs.writes == [("POST", path, {"retention_type": "zero_data_retention"})]
    assert runs.real.returns["data_retention"]["type"] == "zero_data_retention"
    assert (runs.real.before, runs.real.after) == ({"type": "none"}, {"type": "zero_data_retention"})


def test_a_value_that_is_always_there_and_is_not_found_is_a_failure() -> None:
    api = retaining()
    api.values.clear()
    with pytest.raises(ApiError, match="HTTP 404"):
        perform(api, RETAIN, retention="none")


def test_info_reads_the_values_of_a_scope() -> None:
    api = limited()
    perform(api, LIMIT, threshold_amount=500)
    perform(api, LIMIT, threshold_amount=20, project="search-prod")
    (of_organization,) = perform(api, LIMITS).returns["spend_limits"]
    (of_project,) = perform(api, LIMITS, project="search-prod").returns["spend_limits"]
    assert (of_organization["threshold_amount"], of_organization["project_id"]) == (500, None)
    assert (of_project["threshold_amount"], of_project["project_id"]) == (20, "proj_1")
    second = {"id": "proj_2", "name": "other", "status": "active"}
    projects: Collection = api.collections[PROJECTS]
    projects.objects.append(second)
    api.values[f"{PROJECTS}/proj_2/spend_limit"] = Value()
    api.forget()
    listed = perform(api, LIMITS, projects=projects.objects).returns["spend_limits"]
    assert [each["project"] for each in listed] == ["search-prod"]
    assert len(api.log) == 2
