# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People are who they are, however their addresses are written, listed, or not shown: tasks for single objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from simulator import Simulator

SEARCH: Mapping[str, str] = {"project_id": "proj_search"}
JANE = "Jane.Doe@Example.com"
ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "owner@example.com", "role": "owner", "id": "user-owner"},
        {"email": "deputy@example.com", "role": "owner", "id": "user-deputy"},
        {"email": JANE, "id": "user-jane", "name": "Jane"},
        {"email": "grace@example.com", "id": "user-grace"},
        {"email": "max@strasse.example", "id": "user-ss"},
        {"email": "master@example.com", "id": "user-s"},
        {"email": "robot@example.com", "id": "user-robot", "is_service_account": True},
    ],
    "projects": [
        {"name": "Default project"},
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": "grace@example.com", "role": "member"}],
            "service_accounts": [{"name": "bot", "id": "svc_bot"}, {"name": "other", "id": "svc_other"}],
        },
        {"name": "chat", "id": "proj_chat"},
    ],
    "behaviour": {"clock": 1_800_000_000},
}

NO_ADDRESSES = {
    "mailto": "mailto:grace@example.com",
    "comma": "grace@example.com,jane@example.com",
    "semicolon": "grace@example.com;jane@example.com",
    "semicolon and blanks": "grace@example.com ; jane@example.com",
    "name": "Grace H <grace@example.com>",
    "angle brackets": "<grace@example.com>",
    "no-break space": "grace@example.com\u00a0",
    "blank inside": "grace @example.com",
    "no @": "grace",
    "a list": "['grace@example.com']",
    "control character": "grace@example.com\x00",
}
TASKS: Mapping[str, tuple[str, dict[str, Any], str]] = {
    "user": ("user", {"state": "absent"}, "email"),
    "invite": ("invite", {"role": "reader"}, "email"),
    "invite, withdrawn": ("invite", {"state": "absent"}, "email"),
    "project_user": ("project_user", {**SEARCH, "role": "member"}, "email"),
    "project_user_info": ("project_user_info", {}, "email"),
    "project_api_key_info": ("project_api_key_info", {}, "email"),
    "invite_info": ("invite_info", {}, "email"),
    "user_info": ("user_info", {"include": ["projects"]}, "emails"),
    "audit_log_info": ("audit_log_info", {}, "actor_emails"),
    "users of an organization": ("organization", {}, "users"),
    "invites of an organization": ("organization", {}, "invites"),
    "members of a project": ("organization", {}, "projects"),
    "members of all projects": ("organization", {"projects": [{"name": "search"}]}, "project_defaults"),
}


@pytest.fixture
def there(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def options(task: str, address: str) -> tuple[str, dict[str, Any]]:
    """A module and its options, where they name an address."""
    name, more, option = TASKS[task]
    named: Any = {"emails": [address], "actor_emails": [address], "email": address}.get(option)
    if name == "organization":
        entry = {"email": address}
        named = {"projects": [{"name": "search", "users": [entry]}], "project_defaults": {"users": [entry]}}.get(
            option, [entry]
        )
    return name, {**more, option: named}


def people(simulator: Simulator) -> list[str]:
    return [user["email"] for user in simulator.state()["users"]]


def sent(simulator: Simulator) -> list[str]:
    return [f"{each['method']} {each['path']}" for each in simulator.requests()]


# --- invalid addresses


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("flaw", NO_ADDRESSES)
def test_what_is_no_address_is_refused_before_the_first_request(task: str, flaw: str, there: Simulator) -> None:
    module, arguments = options(task, NO_ADDRESSES[flaw])
    with pytest.raises(BadInput, match=r"must be (one e-mail address such as ada@example\.com|a string), not "):
        perform(there, module, **arguments)
    assert there.requests() == []


@pytest.mark.parametrize("task", TASKS)
def test_blanks_around_an_address_are_no_part_of_it(task: str, there: Simulator) -> None:
    outcomes = []
    for address in ("grace@example.com", " grace@example.com\t\n"):
        there.reset(ORGANIZATION)
        module, arguments = options(task, address)
        outcome = perform(there, module, **arguments)
        outcomes.append(
            (outcome, sorted(f"{each['path']} {each['query']} {each['body']}" for each in there.requests()))
        )
    (plain, asked), (blank, also_asked) = outcomes
    assert (blank.changed, blank.before, blank.after, blank.header) == (
        plain.changed,
        plain.before,
        plain.after,
        plain.header,
    )
    assert asked == also_asked
    assert {**blank.returns, "requests": None} == {**plain.returns, "requests": None}


def test_a_person_with_blanks_around_their_address_is_removed(there: Simulator) -> None:
    assert perform(there, "user", email=" grace@example.com", state="absent").changed
    assert "grace@example.com" not in people(there)


def test_an_invite_with_blanks_around_its_address_is_sent_once(there: Simulator) -> None:
    there.behaviour(names="trimmed")
    for address, changes in ("New@example.com ", True), ("New@example.com ", False), ("new@example.com", False):
        assert perform(there, "invite", email=address, role="reader").changed is changes
    assert [each["email"] for each in there.state()["invites"]] == ["New@example.com"]
    (invite,) = there.requests(writes=True)
    assert invite["body"]["email"] == "New@example.com"


# --- who is not who


@pytest.mark.parametrize(
    ("address", "other"),
    [("max@stra\u00dfe.example", "user-ss"), ("ma\u017fter@example.com", "user-s")],
    ids=["sharp s", "long s"],
)
def test_letters_that_case_folding_makes_equal_are_two(address: str, other: str, there: Simulator) -> None:
    with pytest.raises(Refused, match="There is no user"):
        perform(there, "user", email=address, role="owner")
    with pytest.raises(Refused, match="Nobody in the organization has the e-mail address"):
        perform(there, "project_user", **SEARCH, email=address)
    assert not perform(there, "user", email=address, state="absent").changed
    assert perform(there, "user_info", emails=[address]).returns["users"] == []
    assert there.requests(writes=True) == []
    assert perform(there, "invite", email=address).changed
    assert other in [user["id"] for user in there.state()["users"]]
    found = perform(there, "user_info", emails=[address], include=["projects", "invites"]).returns
    assert found["users"] == []
    assert [each["email"] for each in found["left_behind"]] == [address]


@pytest.mark.parametrize("address", ["jane.doe@example.com", JANE, "JANE.DOE@EXAMPLE.COM"])
@pytest.mark.parametrize("case_sensitive", [True, False])
def test_case_is_of_no_account_whatever_the_server_minds(address: str, case_sensitive: bool, there: Simulator) -> None:
    there.behaviour(case_sensitive=case_sensitive)
    assert perform(there, "user_info", emails=[address]).returns["users"][0]["id"] == "user-jane"
    assert perform(there, "invite", email=address).returns["user"]["id"] == "user-jane"
    assert perform(there, "user", email=address, role="reader").returns["user"]["id"] == "user-jane"
    there.clear()
    predicted = perform(there, "project_user", check=True, **SEARCH, email=address, role="member")
    added = perform(there, "project_user", **SEARCH, email=address, role="member")
    assert predicted.changed
    assert added.changed
    assert predicted.returns["project_user"]["id"] == added.returns["project_user"]["id"] == "user-jane"
    (write,) = there.requests(writes=True)
    assert write["body"] == {"user_id": "user-jane", "role": "member"}
    assert not perform(there, "project_user", **SEARCH, email=address, role="member").changed
    assert perform(there, "project_user", **SEARCH, email=address, role="owner").changed
    assert perform(there, "project_user", **SEARCH, email=address, state="absent").changed
    assert perform(there, "user", email=address, state="absent").changed
    assert JANE not in people(there)


def test_the_whole_list_is_read_only_where_the_filter_finds_nobody(there: Simulator) -> None:
    people_of = "GET /organization/users"
    for task, requests in {
        ("user_info", "grace@example.com"): [people_of],
        ("user_info", "nobody@example.com"): [people_of, people_of],
    }.items():
        there.clear()
        perform(there, task[0], emails=[task[1]])
        assert sent(there) == requests
    addresses = [f"user-{number}@example.com" for number in range(400)]
    there.clear()
    perform(there, "user_info", emails=addresses)
    *filtered, unfiltered = [each["query"].get("emails[]", []) for each in there.requests()]
    assert [address for part in filtered for address in part] == addresses
    assert len(filtered) > 1
    assert unfiltered == []


# --- whose address is not shown


@pytest.mark.parametrize("behaviour", [{"address_elsewhere": True}, {"without_address": []}], ids=["elsewhere", "none"])
def test_an_address_that_stands_elsewhere_is_read_there(behaviour: dict[str, Any], there: Simulator) -> None:
    there.behaviour(**behaviour)
    (person,) = perform(there, "user_info", emails=["grace@example.com"]).returns["users"]
    assert (person["id"], person["email"]) == ("user-grace", "grace@example.com")
    assert [each["email"] for each in perform(there, "user_info").returns["users"]] == people(there)
    assert not perform(there, "project_user", **SEARCH, email="grace@example.com", role="member").changed
    assert not perform(there, "user", email="grace@example.com", role="reader").changed
    assert perform(there, "user", user_id="user-grace", role="owner").returns["user"]["email"] == "grace@example.com"


def test_a_member_whose_address_is_not_shown_is_known_by_id(there: Simulator) -> None:
    member = {"object": "organization.project.user", "id": "user-grace", "role": "member", "added_at": 1, "email": None}
    for arguments, changes in (
        ({"role": "member"}, False),
        ({"role": "owner"}, True),
        ({"state": "absent"}, True),
    ):
        there.reset(ORGANIZATION)
        listing = {"object": "list", "data": [member], "has_more": False}
        there.fault("body", "/organization/projects/proj_search/users", "GET", body=listing)
        outcome = perform(there, "project_user", **SEARCH, email="grace@example.com", **arguments)
        assert outcome.changed is changes
        assert [each["path"] for each in there.requests(writes=True)] == (
            ["/organization/projects/proj_search/users/user-grace"] if changes else []
        )


@pytest.mark.parametrize("address", ["grace@example.com", "Grace@Example.com"])
def test_a_member_whose_address_is_not_shown_is_read_by_it(address: str, there: Simulator) -> None:
    member = {"object": "organization.project.user", "id": "user-grace", "role": "member", "added_at": 1, "email": None}
    other = {**member, "id": "user-robot"}
    listing = {"object": "list", "data": [other, member], "has_more": False}
    there.fault("body", "/organization/projects/proj_search/users", "GET", body=listing, times=2)
    outcome = perform(there, "project_user_info", **SEARCH, email=address)
    assert [each["id"] for each in outcome.returns["project_users"]] == ["user-grace"]
    assert outcome.warnings == ()
    nobody = perform(there, "project_user_info", **SEARCH, email="nobody@example.com")
    assert nobody.returns["project_users"] == []
    assert nobody.warnings == (
        "The API shows no email of 2 project users (user-robot, user-grace). If one of them is the right one, give"
        " user_id instead.",
    )


def test_keys_that_may_be_somebodys_are_named(there: Simulator) -> None:
    keys = [
        {"name": "bot", "id": "key_bot", "service_account": "bot"},
        {"name": "laptop", "id": "key_grace", "user": "grace@example.com"},
    ]
    search = {**ORGANIZATION["projects"][1], "api_keys": keys}
    there.reset({**ORGANIZATION, "projects": [ORGANIZATION["projects"][0], search]})
    asked: list[dict[str, Any]] = [{"email": JANE}, {"service_account_id": "svc_other"}]
    for each in asked:
        outcome = perform(there, "project_api_key_info", **SEARCH, **each)
        assert (outcome.returns["project_api_keys"], outcome.warnings) == ([], ())
    there.behaviour(omit_required=["owner"])
    for each in asked:
        outcome = perform(there, "project_api_key_info", **SEARCH, **each)
        assert outcome.returns["project_api_keys"] == []
        (warning,) = outcome.warnings
        assert "2 project API keys (key_bot, key_grace). If one of them is the right one, give api_key_id" in warning


@pytest.mark.parametrize("case_sensitive", [True, False])
@pytest.mark.parametrize("asked", [["jane.doe@example.com"], [JANE], ["JANE.DOE@example.com", "grace@example.com"]])
def test_events_of_somebody_are_read_however_their_address_is_spelt(
    asked: list[str], case_sensitive: bool, there: Simulator
) -> None:
    actors = [JANE, "grace@example.com", JANE]
    events = [
        {
            "id": f"audit_log-{number}",
            "type": "project.created",
            "effective_at": 1_700_000_000 + number,
            "details": {"id": "proj_chat"},
            "actor": {"email": email},
        }
        for number, email in enumerate(actors)
    ]
    there.reset({**ORGANIZATION, "audit_events": events})
    there.behaviour(case_sensitive=case_sensitive)
    found = perform(there, "audit_log_info", actor_emails=asked).returns
    known = [number for number in (2, 1, 0) if len(asked) > 1 or actors[number] == JANE]
    assert [each["id"] for each in found["audit_logs"]] == [f"audit_log-{number}" for number in known]
    assert found["truncated"] is False
    needless = asked == [JANE] or not case_sensitive
    assert [each for each in sent(there) if "audit_logs" not in each] == (
        [] if needless else ["GET /organization/users", "GET /organization/users"]
    )
    few = perform(there, "audit_log_info", actor_emails=asked, max_results=1).returns
    assert [each["id"] for each in few["audit_logs"]] == ["audit_log-2"]
    assert few["truncated"] is True


def test_nobody_is_said_to_be_absent_who_may_be_there(there: Simulator) -> None:
    there.behaviour(without_address=["user-grace", "user-robot"])
    outcome = perform(there, "user", email="grace@example.com", state="absent")
    assert not outcome.changed
    assert outcome.warnings == (
        "There is no user 'grace@example.com' to remove. The API shows no email of 1 user (user-grace). If it is the"
        " right one, give user_id instead.",
    )
    with pytest.raises(
        Refused, match=r"There is no user 'grace@example\.com'.*\(user-grace\)\. If it is the right one, give user_id"
    ):
        perform(there, "user", email="grace@example.com", role="owner")
    with pytest.raises(Refused, match=r"has the e-mail address grace@example\.com.*\(user-grace\)"):
        perform(there, "project_user", project_id="proj_chat", email="grace@example.com")
    outcome = perform(there, "project_user", **SEARCH, email="grace@example.com", state="absent")
    assert not outcome.changed
    assert "(user-grace). If it is the right one" in outcome.warnings[0]
    assert there.requests(writes=True) == []
    assert perform(there, "user", user_id="user-grace", state="absent").changed


# --- names that are taken


@pytest.mark.parametrize(
    ("module", "arguments", "other"),
    [
        ("project", {**SEARCH, "name": "chat"}, "proj_chat"),
        ("service_account", {**SEARCH, "service_account_id": "svc_bot", "name": "other"}, "svc_other"),
    ],
)
def test_nothing_is_renamed_to_a_name_that_is_taken(
    module: str, arguments: dict[str, Any], other: str, there: Simulator
) -> None:
    for check in True, False:
        with pytest.raises(AdminError, match=f"is not renamed to .*: {other} has that name already"):
            perform(there, module, check=check, **arguments)
    assert there.requests(writes=True) == []
    assert perform(there, module, **{**arguments, "name": "free"}).changed
    assert not perform(there, module, **{**arguments, "name": "free"}).changed


@pytest.mark.parametrize("name", ["Search", "se arch", "serach", "searc", "searchh", "\u017fearch"])
def test_a_project_that_looks_like_another_one_is_warned_of(name: str, there: Simulator) -> None:
    for check in True, False:
        (warning,) = perform(there, "project", check=check, name=name).warnings
        assert warning.startswith(f"There is already a project 'search' (proj_search), and '{name}' is almost the same")
    assert perform(there, "project", name=name).warnings == ()


def test_no_project_is_created_that_may_be_there(there: Simulator) -> None:
    there.behaviour(nulls=["name"])
    for check in True, False:
        with pytest.raises(Refused, match=r"whether project 'new' already exists, .* The API shows no name"):
            perform(there, "project", check=check, name="new")
    assert there.requests(writes=True) == []
    assert perform(there, "project", project_id="proj_search", external_key_id="ek").changed
