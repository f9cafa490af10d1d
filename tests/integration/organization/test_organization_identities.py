# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom and what the entries of a declaration mean: by id where it is known, and nothing by what is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from integration.direct import perform
from simulator import Simulator

JANE = "Jane.Doe@Example.com"
OWNER = {"email": "owner@example.com", "role": "owner"}
ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {**OWNER, "id": "user-Owner"},
        {"email": "deputy@example.com", "role": "owner", "id": "user-Deputy"},
        {"email": "grace@example.com", "id": "user-Grace"},
        {"email": JANE, "id": "user-Jane"},
        {"email": "max@strasse.example", "id": "user-Max"},
        {"email": "robot@example.com", "id": "user-Robot", "is_service_account": True},
    ],
    "projects": [
        {"name": "Default project", "id": "proj_default"},
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": "grace@example.com", "role": "member"}, {"email": "max@strasse.example"}],
            "service_accounts": [
                {"name": "bot", "id": "svc_bot"},
                {"name": "api", "id": "svc_api"},
                {"name": "third", "id": "svc_third"},
            ],
        },
        {"name": "chat", "id": "proj_chat"},
        {"name": "old", "id": "proj_old"},
    ],
    "behaviour": {"clock": 1_800_000_000},
}


@pytest.fixture
def there(simulator: Simulator) -> Simulator:
    simulator.reset(ORGANIZATION)
    return simulator


def organization(simulator: Simulator, check: bool = False, **declared: Any) -> Outcome:
    return perform(simulator, "organization", check=check, **declared)


def search(**declared: Any) -> dict[str, Any]:
    """A declaration of one project."""
    return {"projects": [{"name": "search", **declared}]}


def refusal(simulator: Simulator, **declared: Any) -> list[str]:
    """What is said against a declaration, in check mode as in a run, and nothing is written."""
    said = []
    for check in True, False:
        with pytest.raises(AdminError) as error:
            organization(simulator, check, **declared)
        said.append(error.value.message.splitlines())
    assert simulator.requests(writes=True) == []
    assert said[0] == said[1]
    return said[0]


def written(simulator: Simulator) -> list[str]:
    return [f"{each['method']} {each['path']}" for each in simulator.requests(writes=True)]


def kept(outcome: Outcome, kind: str) -> list[str]:
    """The ids of what is not declared, and stays."""
    return [each["id"] for each in outcome.returns["unmanaged"] if each["kind"] == kind]


def settled(simulator: Simulator, **declared: Any) -> Outcome:
    """What a run comes to, after which another one has nothing to do, and which check mode predicts."""
    predicted = organization(simulator, True, **declared)
    outcome = organization(simulator, **declared)
    assert [each["name"] for each in predicted.returns["changes"]] == [
        each["name"] for each in outcome.returns["changes"]
    ]
    assert not organization(simulator, **declared).changed
    return outcome


# --- addresses


@pytest.mark.parametrize("case_sensitive", [True, False])
@pytest.mark.parametrize("grace", ["grace@example.com ", "\tGrace@Example.com", "GRACE@EXAMPLE.COM"])
def test_nobody_is_purged_for_how_their_address_is_written(grace: str, case_sensitive: bool, there: Simulator) -> None:
    there.behaviour(case_sensitive=case_sensitive)
    everybody = [OWNER, {"email": "deputy@example.com"}, {"email": JANE.lower()}, {"email": "max@strasse.example"}]
    declared = {
        **search(users=[{"email": grace}, {"email": "max@strasse.example"}], purge=["users"]),
        "users": [*everybody, {"email": grace}],
        "purge": ["users"],
        "invite_missing": True,
    }
    outcome = organization(there, **declared)
    assert not outcome.changed
    assert kept(outcome, "user") == ["user-Robot"]


def test_a_sharp_s_is_not_two(there: Simulator) -> None:
    declared = search(users=[{"email": "grace@example.com"}, {"email": "max@stra\u00dfe.example"}], purge=["users"])
    (said,) = refusal(there, **declared)
    assert "Nobody in the organization has the e-mail address max@stra\u00dfe.example." in said
    settled(there, **declared, invite_missing=True)
    assert written(there) == [
        "POST /organization/invites",
        "DELETE /organization/projects/proj_search/users/user-Max",
    ]


@pytest.mark.parametrize("address", [JANE, "jane.doe@example.com"])
@pytest.mark.parametrize("more", [{}, {"users": [OWNER]}], ids=["project", "project and people"])
def test_somebody_in_another_case_is_added_and_not_invited(
    address: str, more: dict[str, Any], there: Simulator
) -> None:
    there.behaviour(case_sensitive=True)
    settled(there, **search(users=[{"email": address}]), **more, invite_missing=True)
    (write,) = there.requests(writes=True)
    assert write["path"] == "/organization/projects/proj_search/users"
    assert write["body"] == {"user_id": "user-Jane", "role": "member"}


def test_addresses_are_asked_for_as_they_are_written(there: Simulator) -> None:
    organization(there, **search(users=[{"email": JANE}]))
    asked = [address for each in there.requests() for address in each["query"].get("emails[]", ())]
    assert JANE in asked


# --- addresses that are not shown


def test_an_address_that_stands_elsewhere_is_read_there(there: Simulator) -> None:
    there.behaviour(address_elsewhere=True)
    declared = {
        **search(users=[{"email": "grace@example.com"}, {"email": "max@strasse.example"}], purge=["users"]),
        "users": [OWNER, *({"email": user["email"]} for user in there.state()["users"][1:5])],
        "purge": ["users"],
        "invite_missing": True,
    }
    assert not organization(there, **declared).changed


def test_whose_address_is_not_shown_is_neither_purged_nor_invited(there: Simulator) -> None:
    there.behaviour(without_address=["user-Grace"])
    people = [OWNER, {"email": "deputy@example.com"}, {"email": JANE}, {"email": "max@strasse.example"}]
    outcome = organization(
        there, users=people, purge=["users"], **search(users=[{"email": "max@strasse.example"}], purge=["users"])
    )
    assert not outcome.changed
    assert kept(outcome, "user") == ["user-Grace", "user-Robot"]
    assert kept(outcome, "project_user") == ["user-Grace"]
    assert sorted(outcome.warnings) == [
        "purge does not remove 1 project user of project 'search' (user-Grace), because the API shows no email, so it"
        " is unknown whether the declaration contains them. Declare them by user_id, or remove them in separate tasks.",
        "purge does not remove 1 user (user-Grace), because the API shows no email, so it is unknown whether the"
        " declaration contains them. Declare them by user_id, or remove them in separate tasks.",
    ]
    (said,) = refusal(there, **search(users=[{"email": "grace@example.com"}]), invite_missing=True)
    assert said == (
        "projects[0].users[0] (search): It is not known whether grace@example.com is in the organization, so nobody is"
        " invited. The API shows no email of 1 user (user-Grace). If it is the right one, give user_id instead. Declare"
        " everybody whose address is not shown by user_id."
    )
    by_id = search(users=[{"user_id": "user-Grace"}, {"email": "new@example.com"}])
    assert written(there) == []
    assert organization(there, **by_id, invite_missing=True).changed
    assert written(there) == ["POST /organization/invites"]


def test_a_member_whose_address_only_the_organization_shows_is_known_by_id(there: Simulator) -> None:
    member = {"object": "organization.project.user", "id": "user-Grace", "role": "member", "added_at": 1, "email": None}
    listing = {"object": "list", "data": [member], "has_more": False}
    there.fault("body", "/organization/projects/proj_search/users", "GET", body=listing, times=None)
    assert not organization(there, **search(users=[{"email": "grace@example.com"}], purge=["users"])).changed
    outcome = organization(there, **search(users=[{"email": "grace@example.com", "role": "owner"}]))
    assert [each["path"] for each in there.requests(writes=True)] == [
        "/organization/projects/proj_search/users/user-Grace"
    ]
    assert outcome.changed


@pytest.mark.parametrize("behaviour", [{"without_address": ["user-Deputy"]}, {"address_elsewhere": True}, {}])
def test_an_owner_who_is_not_declared_is_told(behaviour: dict[str, Any], there: Simulator) -> None:
    there.behaviour(**behaviour)
    outcome = organization(there, users=[OWNER, {"email": "grace@example.com"}])
    assert "user-Deputy" in kept(outcome, "user")
    there.reset({**ORGANIZATION, "users": [{**user, "role": "reader"} for user in ORGANIZATION["users"][1:]] + [OWNER]})
    there.behaviour(owners_in_projects=False)
    perform(there, "project_user", project_id="proj_search", user_id="user-Deputy", role="owner")
    there.behaviour(**behaviour)
    outcome = organization(there, **search(users=[{"email": "grace@example.com"}]))
    assert "user-Deputy" in kept(outcome, "project_user")


# --- the same thing twice


TWICE: Mapping[str, tuple[dict[str, Any], str]] = {
    "people": (
        {"users": [OWNER, {"user_id": "user-Grace"}, {"email": "Grace@example.com"}]},
        "users[2]: user 'Grace@example.com' (user-Grace) is declared in users[1] as well.",
    ),
    "a person to be removed and to stay": (
        {"users": [{"user_id": "user-Grace", "state": "absent"}, {"email": "grace@example.com", "role": "owner"}]},
        "users[1]: user 'grace@example.com' (user-Grace) is declared in users[0] as well.",
    ),
    "members": (
        search(users=[{"email": "grace@example.com"}, {"user_id": "user-Grace", "role": "owner"}]),
        "projects[0].users[1] (search): project user 'grace@example.com' (user-Grace) is declared in"
        " projects[0].users[0] as well.",
    ),
    "members to be": (
        search(users=[{"email": "jane.doe@example.com"}, {"user_id": "user-Jane", "role": "owner"}]),
        "projects[0].users[1] (search): project user 'jane.doe@example.com' (user-Jane) is declared in"
        " projects[0].users[0] as well.",
    ),
    "members of a project to be": (
        {"projects": [{"name": "new", "users": [{"email": JANE}, {"user_id": "user-Jane"}]}]},
        f"projects[0].users[1] (new): project user '{JANE}' (user-Jane) is declared in projects[0].users[0] as well.",
    ),
    "a member by default": (
        {
            "project_defaults": {"users": [{"email": "grace@example.com"}]},
            "projects": [{"name": "search", "users": [{"user_id": "user-Grace"}]}],
        },
        "projects[0].users[0] (search): project user 'grace@example.com' (user-Grace) is declared in"
        " project_defaults.users[0] as well.",
    ),
    "accounts": (
        search(service_accounts=[{"name": "bot"}, {"service_account_id": "svc_bot", "role": "owner"}]),
        "projects[0].service_accounts[1] (search): service account 'bot' (svc_bot) is declared in"
        " projects[0].service_accounts[0] as well.",
    ),
    "projects": (
        {"projects": [{"project_id": "proj_search"}, {"name": "search", "users": []}]},
        "projects[1]: project 'search' (proj_search) is declared in projects[0] as well.",
    ),
    "a project to be archived and to stay": (
        {"projects": [{"name": "search"}, {"project_id": "proj_search", "state": "archived"}]},
        "projects[1]: project 'search' (proj_search) is declared in projects[0] as well.",
    ),
}


@pytest.mark.parametrize("name", TWICE)
def test_one_object_is_not_declared_twice(name: str, there: Simulator) -> None:
    declared, said = TWICE[name]
    assert refusal(there, **declared) == [said]


LEAVING: Mapping[str, tuple[dict[str, Any], type[AdminError], str]] = {
    "by address": (
        {
            **search(users=[{"email": "Grace@example.com"}]),
            "users": [{"email": "grace@example.com", "state": "absent"}],
        },
        BadInput,
        "users[0]: user 'grace@example.com' is declared absent, and present in projects[0].users[0].",
    ),
    "by id": (
        {**search(users=[{"user_id": "user-Grace"}]), "users": [{"user_id": "user-Grace", "state": "absent"}]},
        BadInput,
        "users[0]: user user-Grace is declared absent, and present in projects[0].users[0].",
    ),
    "by id and by address": (
        {**search(users=[{"email": "grace@example.com"}]), "users": [{"user_id": "user-Grace", "state": "absent"}]},
        Refused,
        "users[0]: user user-Grace is declared absent, and present in projects[0].users[0].",
    ),
    "by address and by id, in a project where they are not": (
        {
            "projects": [{"name": "chat", "users": [{"user_id": "user-Jane"}]}],
            "users": [{"email": JANE.upper(), "state": "absent"}],
        },
        Refused,
        f"users[0]: user '{JANE.upper()}' is declared absent, and present in projects[0].users[0].",
    ),
    "by address, in an invite": (
        {"invites": [{"email": "grace@example.com"}], "users": [{"email": "grace@example.com", "state": "absent"}]},
        BadInput,
        "users[0]: user 'grace@example.com' is declared absent, and present in invites[0].",
    ),
    "nobody": (
        {
            **search(users=[{"email": "nobody@example.com"}]),
            "users": [{"email": "nobody@example.com", "state": "absent"}],
            "invite_missing": True,
        },
        BadInput,
        "users[0]: user 'nobody@example.com' is declared absent, and present in projects[0].users[0].",
    ),
}


@pytest.mark.parametrize("name", LEAVING)
def test_who_leaves_is_not_declared_in_a_project(name: str, there: Simulator) -> None:
    declared, kind, said = LEAVING[name]
    assert refusal(there, **declared) == [said]
    with pytest.raises(kind):
        organization(there, **declared)


@pytest.mark.parametrize(
    "project", [{"users": [{"email": "grace@example.com", "state": "absent"}]}, {"state": "archived"}, {"users": []}]
)
def test_who_leaves_leaves_projects_too(project: dict[str, Any], there: Simulator) -> None:
    settled(there, **search(**project), users=[{"email": "grace@example.com", "state": "absent"}])
    assert "user-Grace" not in [user["id"] for user in there.state()["users"]]


# --- users who are not people


def test_service_accounts_among_people_are_never_purged(there: Simulator) -> None:
    outcome = settled(there, users=[OWNER], purge=["users"])
    assert [each["name"] for each in outcome.returns["changes"]] == ["grace@example.com", JANE, "max@strasse.example"]
    assert kept(outcome, "user") == ["user-Deputy", "user-Robot"]


def test_a_service_account_among_members_is_not_purged_as_a_person(there: Simulator) -> None:
    members = [*ORGANIZATION["projects"][1]["users"], {"email": "robot@example.com"}]
    projects = [{**project, **({"users": members} if project["name"] == "search" else {})} for project in PROJECTS]
    there.reset({**ORGANIZATION, "projects": projects})
    outcome = settled(there, **search(users=[{"email": "grace@example.com"}], purge=["users"]))
    assert written(there) == ["DELETE /organization/projects/proj_search/users/user-Max"]
    assert kept(outcome, "project_user") == ["user-Robot"]


PROJECTS = ORGANIZATION["projects"]


def test_a_member_who_is_not_in_the_organization_is_purged_by_id(there: Simulator) -> None:
    member = {"object": "organization.project.user", "id": "user-left", "role": "member", "added_at": 1}
    listing = {"object": "list", "data": [{**member, "email": "left@example.com"}], "has_more": False}
    there.fault("body", "/organization/projects/proj_search/users", "GET", body=listing, times=None)
    outcome = organization(there, True, **search(users=[], purge=["users"]))
    assert [(each["name"], each["purged"]) for each in outcome.returns["changes"]] == [("left@example.com", True)]


# --- names


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (
            search(service_accounts=[{"name": "bot2"}, {"service_account_id": "svc_bot", "name": "bot2"}]),
            "projects[0].service_accounts[1] (search): service account svc_bot would be named 'bot2', as"
            " projects[0].service_accounts[0] would. Choose another name for one of them.",
        ),
        (
            search(service_accounts=[{"service_account_id": "svc_bot", "name": "bot2"}, {"name": "bot2"}]),
            "projects[0].service_accounts[1] (search): service account 'bot2' would be named 'bot2', as"
            " projects[0].service_accounts[0] would. Choose another name for one of them.",
        ),
        (
            search(service_accounts=[{"service_account_id": "svc_bot", "name": "api"}]),
            "projects[0].service_accounts[0]: The service account svc_bot of project 'search' is not renamed to 'api':"
            " svc_api has that name already. Rename or remove the other one first, or choose another name.",
        ),
        (
            {"projects": [{"project_id": "proj_search", "name": "chat"}]},
            "projects[0]: The project proj_search is not renamed to 'chat': proj_chat has that name already."
            " Rename or remove the other one first, or choose another name.",
        ),
        (
            {"projects": [{"project_id": "proj_search", "name": "new"}, {"project_id": "proj_chat", "name": "new"}]},
            "projects[1]: project proj_chat would be named 'new', as projects[0] would. Choose another name for one"
            " of them.",
        ),
    ],
    ids=["created and renamed", "renamed and created", "account", "project", "two renamed"],
)
def test_no_name_is_given_twice(declared: dict[str, Any], said: str, there: Simulator) -> None:
    assert said in refusal(there, **declared)


def accounts(*names: str) -> list[dict[str, Any]]:
    ids = ("svc_bot", "svc_api", "svc_third")
    return [{"service_account_id": own_id, "name": name} for own_id, name in zip(ids, names, strict=False)]


@pytest.mark.parametrize(
    "declared",
    [
        search(service_accounts=accounts("api", "bot")),
        search(service_accounts=accounts("api", "third", "bot")),
        search(service_accounts=[*accounts("api"), {"service_account_id": "svc_api", "state": "absent"}]),
        {"projects": [{"project_id": "proj_search", "name": "chat"}, {"project_id": "proj_chat", "name": "search"}]},
        {"projects": [{"project_id": "proj_search", "name": "old"}, {"project_id": "proj_old", "state": "archived"}]},
    ],
    ids=["swap", "circle", "of one that goes", "projects", "of one that is archived"],
)
def test_names_may_be_exchanged(declared: dict[str, Any], there: Simulator) -> None:
    assert settled(there, **declared).changed


def test_twins_that_are_there_are_left_as_they_are(there: Simulator) -> None:
    twins = [{"name": "twin", "id": f"svc_{number}"} for number in range(2)]
    there.reset({**ORGANIZATION, "projects": [{"name": "search", "service_accounts": twins}]})
    declared = [{"service_account_id": twin["id"], "name": "twin"} for twin in twins]
    assert not organization(there, **search(service_accounts=declared)).changed


def test_a_name_that_is_close_to_a_declared_one_is_no_slip(there: Simulator) -> None:
    assert organization(there, projects=[{"name": "Search"}]).warnings == (
        "projects[0]: There is already a project 'search' (proj_search), and 'Search' is almost the same name."
        " Projects cannot be deleted: make sure that you want another one.",
    )
    there.reset(ORGANIZATION)
    assert organization(there, projects=[{"name": "Search"}, {"name": "search"}]).warnings == ()


# --- invites


def test_one_project_is_granted_once_however_it_is_named(there: Simulator) -> None:
    settled(
        there,
        invites=[{"email": "new@example.com", "projects": [{"project": "search", "role": "member"}]}],
        projects=[{"project_id": "proj_search", "users": [{"email": " New@example.com"}]}],
        invite_missing=True,
    )
    (write,) = there.requests(writes=True)
    assert write["body"] == {
        "email": "new@example.com",
        "role": "reader",
        "projects": [{"id": "proj_search", "role": "member"}],
    }


def test_what_is_not_shown_by_name_is_declared_by_id(there: Simulator) -> None:
    there.behaviour(nulls=["name"])
    (said,) = refusal(there, projects=[{"name": "new"}])
    assert said.startswith(
        "projects[0]: It is unknown whether project 'new' already exists, so it was not created. The API shows no name"
    )
    outcome = organization(there, projects=[{"project_id": "proj_search"}], purge=["projects"], purge_projects=True)
    assert not outcome.changed
    assert kept(outcome, "project") == ["proj_default", "proj_chat", "proj_old"]
    exported = perform(there, "organization_info").returns["organization"]
    assert [each.get("project_id") for each in exported["projects"]] == [
        "proj_chat",
        "proj_default",
        "proj_old",
        "proj_search",
    ]
    assert not organization(there, **exported).changed


def test_a_new_project_whose_name_is_not_shown_gets_what_is_declared_in_it(there: Simulator) -> None:
    there.reset({"users": [OWNER, {"email": "grace@example.com", "id": "user-Grace"}], "projects": []})
    there.behaviour(nulls=["name"])
    assert organization(there, projects=[{"name": "new", "users": [{"email": "grace@example.com"}]}]).changed
    assert written(there)[0] == "POST /organization/projects"
    assert written(there)[1].endswith("/users")


def test_only_a_project_that_is_not_listed_is_asked_for_alone(there: Simulator) -> None:
    perform(there, "project", project_id="proj_old", state="archived")
    alone = "/organization/projects/{project_id}"
    for own_id, read in (("proj_old", True), ("proj_chat", False)):
        there.clear()
        outcome = organization(there, projects=[{"project_id": own_id, "state": "archived"}], check=True)
        assert outcome.changed is not read
        assert [each["path"] for each in there.requests() if each["route"] == alone] == (
            [f"/organization/projects/{own_id}"] if read else []
        )
    there.clear()
    (said,) = refusal(there, projects=[{"project_id": "proj_old", "users": [{"email": "grace@example.com"}]}])
    assert "archived" in said
    assert not [each["path"] for each in there.requests() if "/proj_old/" in each["path"]]


def test_nobody_is_looked_for_who_is_to_be_in_no_project(there: Simulator) -> None:
    outcome = organization(there, **search(users=[{"email": "nobody@example.com", "state": "absent"}]))
    assert not outcome.changed
    asked = [address for each in there.requests() for address in each["query"].get("emails[]", ())]
    assert "nobody@example.com" not in asked


def test_an_owner_of_a_project_is_told_by_id_where_no_address_is_shown(there: Simulator) -> None:
    perform(there, "project_user", project="search", user_id="user-Grace", role="owner")
    there.behaviour(without_address=["user-Grace"])
    outcome = settled(there, **search(users=[{"user_id": "user-Grace", "role": "member"}]))
    assert outcome.returns["summary"]["project_users"] == {"update": 1}


def test_whose_address_is_not_shown_is_called_by_id(there: Simulator) -> None:
    there.behaviour(without_address=["user-Grace"])
    outcome = organization(there, users=[{"user_id": "user-Grace", "role": "owner"}], check=True)
    assert [change["name"] for change in outcome.returns["changes"]] == ["user-Grace"]
