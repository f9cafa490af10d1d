# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers are evidence: what an answer denies is never told as done, in one task and in a whole declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from integration.removals import ORGANIZATION, REMOVALS
from integration.scenarios import NOW, SEARCH
from simulator import Simulator

NFD, NFC = "cafe\u0301", "caf\u00e9"
CHANGES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "project": ("project", {"project_id": "proj_search", "name": "renamed"}),
    "project, archived": ("project", {"project_id": "proj_search", "state": "archived"}),
    "user": ("user", {"email": "dev@example.com", "role": "owner"}),
    "project_user": ("project_user", {**SEARCH, "email": "dev@example.com", "role": "owner"}),
    "service_account": ("service_account", {**SEARCH, "name": "api", "role": "owner"}),
    "rate_limit": ("rate_limit", {**SEARCH, "model": "gpt-5", "max_requests_per_1_minute": 200}),
    "certificate": ("certificate", {"certificate_id": "cert_2", "name": "renamed"}),
    "certificate_activation": (
        "certificate_activation",
        {**SEARCH, "certificates": [{"certificate_id": "cert_2"}], "state": "active"},
    ),
    "certificate_activation, inactive": (
        "certificate_activation",
        {**SEARCH, "certificates": [{"certificate_id": "cert_1"}], "state": "inactive"},
    ),
}
DECLARED: Mapping[str, Mapping[str, Any]] = {
    "user": {"users": [{"email": "dev@example.com", "role": "owner"}]},
    "user, removed": {"users": [{"email": "ops@example.com", "state": "absent"}]},
    "project, archived": {"projects": [{"name": "search", "state": "archived"}]},
    "member": {"projects": [{"name": "search", "users": [{"email": "dev@example.com", "role": "owner"}]}]},
    "limit": {"projects": [{"name": "search", "rate_limits": [{"model": "gpt-5", "max_requests_per_1_minute": 200}]}]},
    "certificate in a project": {"projects": [{"name": "search", "certificates": [{"name": "spare"}]}]},
    "invite, withdrawn": {"invites": [{"email": "new@example.com", "state": "absent"}]},
}


def state(simulator: Simulator) -> Any:
    """The organization, without what each request notes."""
    now = simulator.state()
    keys = [key["id"] for key in now["admin_api_keys"]]
    return {**now, "admin_api_keys": keys, "behaviour": None, "audit_events": None}


def denied(simulator: Simulator, module: str, **arguments: Any) -> AdminError:
    """The failure of a task whose request is answered with 200 and not carried out."""
    before = state(simulator)
    with pytest.raises(AdminError) as caught:
        perform(simulator, module, hidden=True, **arguments)
    assert state(simulator) == before
    assert len(simulator.requests(writes=True)) == 1
    assert not caught.value.facts.get("changed")
    assert "was made anyway" not in caught.value.message
    return caught.value


def told(error: AdminError) -> list[str]:
    """What failed in a declaration, one by one."""
    return [each["msg"] for each in error.facts.get("failed_changes", ())] or [error.message]


@pytest.mark.parametrize("answer", ["error", "deleted_false"])
@pytest.mark.parametrize("module", REMOVALS)
def test_what_was_not_removed_is_not_told_as_removed(module: str, answer: str, simulator: Simulator) -> None:
    simulator.reset({**ORGANIZATION, "behaviour": {"clock": NOW, "not_done": answer}})
    error = denied(simulator, module, **REMOVALS[module], state="absent")
    assert error.message.startswith("Could not "), error.message
    assert ("could not be carried out" if answer == "error" else "the change was not made") in error.message
    simulator.behaviour(not_done=None)
    assert perform(simulator, module, hidden=True, **REMOVALS[module], state="absent").changed


@pytest.mark.parametrize("answer", ["error", "old_value"])
@pytest.mark.parametrize("name", CHANGES)
def test_what_was_not_changed_is_not_told_as_changed(name: str, answer: str, simulator: Simulator) -> None:
    simulator.reset({**ORGANIZATION, "behaviour": {"clock": NOW, "not_done": answer}})
    module, arguments = CHANGES[name]
    error = denied(simulator, module, **arguments)
    if answer == "error":
        assert "The change could not be carried out (HTTP 200)." in error.message
    else:
        assert " as asked: the API answers " in error.message
    simulator.behaviour(not_done=None)
    assert perform(simulator, module, **arguments).changed
    assert not perform(simulator, module, **arguments).changed


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (name, answer)
        for name in DECLARED
        for answer in ("error", "deleted_false" if name.endswith(("removed", "withdrawn")) else "old_value")
    ],
)
def test_nor_is_it_in_a_declaration(name: str, answer: str, simulator: Simulator) -> None:
    simulator.reset({**ORGANIZATION, "behaviour": {"clock": NOW, "not_done": answer}})
    error = denied(simulator, "organization", **DECLARED[name])
    assert error.message.startswith("1 of 1 change failed, 0 were made")
    simulator.behaviour(not_done=None)
    assert perform(simulator, "organization", **DECLARED[name]).changed


def test_the_words_say_what_was_asked_and_what_is_there(simulator: Simulator) -> None:
    simulator.reset({**ORGANIZATION, "behaviour": {"clock": NOW, "not_done": "old_value"}})
    role = denied(simulator, "user", email="dev@example.com", role="owner")
    assert role.message == (
        "Could not update user 'dev@example.com' as asked: the API answers role: 'reader', not 'owner'."
        " Declare role: 'reader' if that is acceptable. If not, look for what prevents it in the organization's"
        " settings."
    )
    simulator.clear()
    archived = denied(simulator, "project", project_id="proj_search", state="archived")
    assert archived.message == (
        "Could not archive project proj_search as asked: the API answers status: 'active', not 'archived'."
        " Run the task again. If the API answers the same, look for what prevents it in the organization's"
        " settings."
    )
    simulator.clear()
    active = denied(simulator, "certificate_activation", **SEARCH, certificates=[{"name": "spare"}])
    assert "the API answers active of cert_2: False, not True." in active.message


def test_an_account_without_a_role_that_got_one_is_told(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    route = "/organization/projects/{project_id}/service_accounts"
    simulator.fault("shape", route, "POST", at=["role"], body="member")
    with pytest.raises(AdminError) as caught:
        perform(simulator, "service_account", **SEARCH, name="new", role="none")
    assert "the API answers role: 'member', not 'none'. The task created service account " in caught.value.message
    assert caught.value.facts["changed"]


def test_no_key_is_issued_for_an_account_that_is_not_as_asked(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    route = "/organization/projects/{project_id}/service_accounts"
    simulator.fault("shape", route, "POST", at=["role"], body="member")
    with pytest.raises(AdminError, match="not 'none'"):
        perform(simulator, "service_account", hidden=True, **SEARCH, name="new", role="none", create_api_key=True)
    assert [key["id"] for key in simulator.state()["projects"][1]["api_keys"]] == ["key_deploy"]


def test_a_key_that_came_with_what_is_not_as_asked_is_revoked(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(names="trimmed")
    with pytest.raises(AdminError) as caught:
        perform(simulator, "service_account", hidden=True, **SEARCH, name=" new", create_api_key=True)
    assert "was revoked. Declare name: 'new'" in caught.value.message
    assert "sk-" not in caught.value.message
    assert [key["id"] for key in simulator.state()["projects"][1]["api_keys"]] == ["key_deploy"]


def test_an_answer_that_leaves_values_out_denies_nothing(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(omit_optional=True)
    renamed = perform(simulator, "project", project_id="proj_search", name="renamed")
    assert renamed.changed
    assert renamed.returns["project"]["name"] == "renamed"
    owner = perform(simulator, "user", user_id="user-dev", role="owner")
    assert owner.returns["user"]["role"] == "owner"


# --- names and limits that the API makes others of

NAMED: Mapping[str, Mapping[str, Any]] = {
    "project": {},
    "service_account": SEARCH,
    "admin_api_key": {},
    "project_api_key": {**SEARCH, "service_account": "api"},
}


def ids(simulator: Simulator) -> list[str]:
    """All projects, accounts and keys."""
    now = simulator.state()
    inside = [
        each for project in now["projects"] for part in ("service_accounts", "api_keys") for each in project[part]
    ]
    return sorted(each["id"] for each in (*now["projects"], *inside, *now["admin_api_keys"]))


@pytest.mark.parametrize(("switch", "asked", "kept"), [("trimmed", " new ", "new"), ("nfc", NFD, NFC)])
@pytest.mark.parametrize("module", ["project", "service_account"])
def test_a_name_that_was_changed_is_told_and_makes_no_second_object(
    module: str, switch: str, asked: str, kept: str, simulator: Simulator
) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(names=switch)
    task = {**NAMED[module], "name": asked}
    with pytest.raises(AdminError) as first:
        perform(simulator, module, **task)
    assert f"name: {kept!a}, not {asked!a}" in first.value.message
    assert f"The task created {module.replace('_', ' ')} " in first.value.message
    assert f"Declare name: {kept!a}" in first.value.message
    assert first.value.facts["changed"]
    there = ids(simulator)
    for check in False, True:
        with pytest.raises(AdminError) as again:
            perform(simulator, module, check=check, **task)
        assert f"There is no {module.replace('_', ' ')} {asked!a}" in again.value.message
        assert f"but {kept!a} (" in again.value.message
        assert not again.value.facts.get("changed")
    assert ids(simulator) == there
    assert not perform(simulator, module, **{**task, "name": kept}).changed


@pytest.mark.parametrize("module", ["admin_api_key", "project_api_key"])
def test_a_key_whose_name_was_changed_is_told_and_is_not_left(module: str, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(names="trimmed")
    there = ids(simulator)
    for unused_run in range(2):
        with pytest.raises(AdminError, match=r"not ' new '.*was revoked"):
            perform(simulator, module, hidden=True, **NAMED[module], name=" new ")
        assert ids(simulator) == there


def test_a_name_in_another_form_is_not_taken_for_absent(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    with pytest.raises(AdminError, match=r"There is no project 'search ', but 'search' \(proj_search\)"):
        perform(simulator, "project", name="search ", state="archived")
    with pytest.raises(AdminError, match="There is no project"):
        perform(simulator, "service_account", project="search ", name="api", state="absent")
    with pytest.raises(AdminError, match="There is no service account"):
        perform(simulator, "organization", projects=[{"name": "search", "service_accounts": [{"name": "api "}]}])
    assert simulator.requests(writes=True) == []


def test_two_names_that_differ_in_blanks_are_two_where_the_api_keeps_them(simulator: Simulator) -> None:
    projects = [*ORGANIZATION["projects"], {"name": "search ", "id": "proj_blank"}]
    simulator.reset({**ORGANIZATION, "projects": projects})
    assert perform(simulator, "project", name="search ").returns["project"]["id"] == "proj_blank"
    assert perform(simulator, "project", name="search").returns["project"]["id"] == "proj_search"


def test_a_declared_name_that_was_changed_is_told_and_makes_no_second_project(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(names="trimmed")
    projects = [{"name": "new ", "users": [{"email": "dev@example.com"}], "service_accounts": [{"name": "api"}]}]
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", projects=projects)
    assert "project_id" not in caught.value.message
    assert told(caught.value)[0].startswith("Could not create project 'new ' as asked: the API answers name: 'new'")
    assert [each["name"] for each in caught.value.facts["not_tried"]] == ["dev@example.com", "api"]
    assert caught.value.facts["changed"]
    there = ids(simulator)
    with pytest.raises(AdminError, match="There is no project 'new ', but 'new'"):
        perform(simulator, "organization", projects=projects)
    assert ids(simulator) == there
    as_told = [{**projects[0], "name": "new"}]
    assert perform(simulator, "organization", projects=as_told).changed
    assert not perform(simulator, "organization", projects=as_told).changed


def test_a_limit_that_was_capped_is_told_and_settles(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    simulator.behaviour(limits_cap=500)
    task = {**SEARCH, "model": "gpt-5", "max_requests_per_1_minute": 1000}
    projects = [{"name": "search", "rate_limits": [{"model": "gpt-5", "max_requests_per_1_minute": 1000}]}]
    words = (
        "Could not update rate limit 'gpt-5' of project proj_search as asked: the API answers"
        " max_requests_per_1_minute: 500, not 1000. Declare max_requests_per_1_minute: 500 if that is acceptable."
        " If not, look for what prevents it in the organization's settings."
    )
    for changed in True, False:
        with pytest.raises(AdminError) as caught:
            perform(simulator, "rate_limit", **task)
        assert caught.value.message == words
        assert bool(caught.value.facts.get("changed")) is changed
    with pytest.raises(AdminError) as whole:
        perform(simulator, "organization", projects=projects)
    assert "max_requests_per_1_minute: 500, not 1000" in told(whole.value)[0]
    assert not whole.value.facts["changed"]
    assert not perform(simulator, "rate_limit", **{**task, "max_requests_per_1_minute": 500}).changed


DAY = 86400
ISSUED: Mapping[str, tuple[str, Mapping[str, Any], str, list[str]]] = {
    "admin key": ("admin_api_key", {"name": "new"}, "/organization/admin_api_keys", ["expires_at"]),
    "key of an account": (
        "project_api_key",
        {**SEARCH, "service_account": "api", "name": "new"},
        "/organization/projects/{project_id}/service_accounts/{service_account_id}/api_keys",
        ["expires_at"],
    ),
    "key of a new account": (
        "service_account",
        {**SEARCH, "name": "new", "create_api_key": True},
        "/organization/projects/{project_id}/service_accounts",
        ["api_key", "expires_at"],
    ),
}
"""The module, the task, the route that issues a key, and where the answer says when it expires."""


def keys_of(simulator: Simulator) -> int:
    there = simulator.state()
    return len(there["admin_api_keys"]) + sum(len(project["api_keys"]) for project in there["projects"])


@pytest.mark.parametrize("days", [1, 28, 32, 365])
@pytest.mark.parametrize("what", ISSUED)
def test_a_new_key_that_expires_otherwise_is_taken_back(what: str, days: int, simulator: Simulator) -> None:
    module, task, route, at = ISSUED[what]
    simulator.reset(ORGANIZATION)
    before = keys_of(simulator)
    simulator.fault("shape", route, "POST", at=at, body=NOW + days * DAY)
    with pytest.raises(AdminError, match=r"it should expire after 2592000 s, and the API answers that .* was revoked"):
        perform(simulator, module, hidden=True, **task, expires_in_days=30)
    assert keys_of(simulator) == before


@pytest.mark.parametrize("expiry", [NOW + 30 * DAY + 3600, NOW + 29 * DAY + 3600, None])
@pytest.mark.parametrize("what", ISSUED)
def test_a_new_key_that_expires_nearly_then_is_kept(what: str, expiry: int | None, simulator: Simulator) -> None:
    module, task, route, at = ISSUED[what]
    simulator.reset(ORGANIZATION)
    before = keys_of(simulator)
    simulator.fault("shape", route, "POST", at=at, body=expiry)
    outcome = perform(simulator, module, hidden=True, **task, expires_in_seconds=30 * DAY)
    assert keys_of(simulator) == before + 1
    assert [warning for warning in outcome.warnings if "does not say when the new key" in warning] == [
        f"The API does not say when the new key {outcome.secrets['api_key']['id']} expires: check in the organization"
        " whether it does so after 2592000 s, as asked."
    ] * (expiry is None)
