# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every access has exactly one row, and what is counted are rows: for generated organizations, however odd."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.access import READ
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_review import COLUMNS, review
from hypothesis import given
from hypothesis import strategies as st

NOW = int(time.time())
PROJECTS = [{"id": f"proj_{number}", "name": name} for number, name in enumerate(("search", "search", None))]
IDS = [f"id_{number}" for number in range(6)]
"""Of people and service accounts, so that the same one turns up in several places, or in none."""

ids = st.sampled_from(IDS)
addresses = st.sampled_from([None, "", "ada@example.com", "Ada@Example.com", "grace@example.com", "left@example.com"])
moments = st.sampled_from([None, NOW - 1000 * 86400, NOW])
names = st.sampled_from([None, "bot", "laptop"])


def at(items: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """The same in some project."""
    return st.builds(
        lambda item, project: {**item, "project": project["name"], "project_id": project["id"]},
        items,
        st.sampled_from(PROJECTS),
    )


def some(items: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(items, max_size=8)


users = st.fixed_dictionaries(
    {
        "id": ids,
        "email": addresses,
        "name": names,
        "role": st.sampled_from(["owner", "reader", "auditor", None]),
        "is_service_account": st.sampled_from([True, False, None]),
    }
)
members = at(st.fixed_dictionaries({"id": ids, "email": addresses, "name": names, "role": names}))
accounts = at(st.fixed_dictionaries({"id": ids, "name": names, "role": names}))
times = {"created_at": moments, "last_used_at": moments, "expires_at": moments}
keys = at(
    st.fixed_dictionaries(
        {
            "id": st.integers(0, 20).map("key_{}".format),
            "name": names,
            "owner_type": st.sampled_from(["user", "service_account", None]),
            "user_id": st.one_of(st.none(), ids),
            "email": addresses,
            "service_account_id": st.one_of(st.none(), ids),
            "service_account": names,
            **times,
        }
    )
)
admin_keys = st.fixed_dictionaries(
    {
        "id": st.integers(0, 20).map("admin_key_{}".format),
        "name": names,
        "owner_id": st.one_of(st.none(), ids),
        "owner_name": names,
        **times,
    }
)
invites = st.fixed_dictionaries(
    {
        "id": st.integers(0, 20).map("invite_{}".format),
        "email": addresses,
        "role": st.sampled_from(["owner", "reader", None]),
        "status": st.sampled_from(["pending", "expired", "accepted", "revoked", None]),
        "projects": st.one_of(st.none(), some(st.fixed_dictionaries({"id": st.just("proj_0"), "role": names}))),
        "created_at": moments,
    }
)
GROUPS: list[dict[str, Any]] = [
    {"id": "group_0", "name": "team", "is_scim_managed": False, "group_type": "group"},
    {"id": "group_1", "name": "okta", "is_scim_managed": True, "group_type": "group"},
    {"id": "group_2", "name": "team", "is_scim_managed": False, "group_type": "tenant_group"},
    {"id": "group_3", "name": None, "is_scim_managed": None, "group_type": None},
]
in_groups = st.builds(
    lambda item, group: {**item, "group": group["name"], "group_id": group["id"]},
    st.fixed_dictionaries({"id": ids, "email": addresses, "name": names}),
    st.sampled_from(GROUPS),
)
in_projects = at(st.sampled_from(GROUPS))
organizations = st.fixed_dictionaries(
    {
        "users": some(users),
        "projects": st.just(PROJECTS),
        "project_users": some(members),
        "service_accounts": some(accounts),
        "project_api_keys": some(keys),
        "admin_api_keys": some(admin_keys),
        "invites": some(invites),
        "groups": st.just(GROUPS),
        "group_members": some(in_groups),
        "project_groups": some(in_projects),
        "workload_identity_providers": st.just([]),
        "federation_rules": st.just([]),
    }
)
Read = dict[str, list[dict[str, Any]]]


def known(read: Read, kind: str) -> set[tuple[Any, ...]]:
    """What there is of a kind: by project and id where it lies in a project. Something may be listed twice."""
    return {(item.get("project_id"), item["id"]) for item in read[kind]}


@given(organizations)
def test_every_key_stands_on_exactly_one_row(read: Read) -> None:
    rows = review(read, 90, "", NOW)["rows"]
    shown = [each["name"].rpartition("(")[2].rstrip(")") for row in rows for each in row["key_list"]]
    there = [own_id for kind in ("project_api_keys", "admin_api_keys") for dummy, own_id in known(read, kind)]
    assert Counter(shown) == Counter(there)
    assert all(row["keys"] == len(row["key_list"]) for row in rows)


@given(organizations)
def test_every_membership_account_and_user_has_a_row_and_none_has_two(read: Read) -> None:
    rows = review(read, 90, "", NOW)["rows"]
    places = [
        (row["project_id"], row["id"])
        for row in rows
        if row["kind"] not in ("admin_key", "left_behind", "invite", "group_member", "project_group")
    ]
    assert [place for place, number in Counter(places).items() if number > 1] == []
    owners = {user["id"] for user in read["users"] if user["role"] == "owner"} - {
        user["id"] for user in read["users"] if user["role"] != "owner"
    }
    assert {(None, own_id) for own_id in owners} <= set(places)
    members = {
        place for place in known(read, "project_users") if place[1] not in {user["id"] for user in read["users"]}
    }
    assert known(read, "service_accounts") | members <= set(places)
    assert {user["id"] for user in read["users"]} <= {own_id for dummy, own_id in places}


@given(organizations)
def test_counts_are_those_of_rows_and_of_what_there_is(read: Read) -> None:
    made = review(read, 90, "", NOW)
    rows, counts = made["rows"], made["counts"]

    def of(kind: str) -> list[dict[str, Any]]:
        return [row for row in rows if row["kind"] == kind]

    assert counts["keys"] == len(known(read, "project_api_keys"))
    assert counts["admin_keys"] == len(of("admin_key")) == len(known(read, "admin_api_keys"))
    assert counts["invites"] == len(of("invite"))
    assert {row["id"] for row in of("invite")} >= {each["id"] for each in read["invites"]} - {
        each["id"] for each in read["invites"] if each["status"] == "accepted"
    }
    assert counts["people"] == len({row["id"] for row in of("person")})
    assert counts["service_accounts"] == len({row["id"] for row in of("service_account")})
    assert counts["remarks"] == sum(bool(row["remark"]) for row in rows)
    assert made["unlisted_members"] == len(of("member"))
    assert all(set(COLUMNS) <= set(row) for row in rows)
    assert made["verdict"]["standing"] == ("unknown" if counts["remarks"] else "good")


@given(organizations)
def test_every_entry_of_every_group_has_exactly_one_row(read: Read) -> None:
    made = review(read, 90, "", NOW)
    rows = [row for row in made["rows"] if row["kind"] == "group_member"]
    there = {(member["group_id"], member["id"]) for member in read["group_members"]}
    assert sorted((row["group_id"], row["id"]) for row in rows) == sorted(there)
    assert made["counts"]["group_members"] == len(there)
    known = {each["id"] for kind in ("users", "service_accounts") for each in read[kind]}
    for row in rows:
        assert bool(row["remark"]) is (row["id"] not in known)
        assert row["managed_by"] == ("identity provider" if row["group_id"] in ("group_1", "group_2") else None)
        assert row["who"]
        assert row["place"] == f"group {row['group'] or row['group_id']}"


@given(organizations)
def test_every_group_in_every_project_has_exactly_one_row(read: Read) -> None:
    made = review(read, 90, "", NOW)
    rows = [row for row in made["rows"] if row["kind"] == "project_group"]
    assert sorted((row["project_id"], row["id"]) for row in rows) == sorted(known(read, "project_groups"))
    assert made["counts"]["project_groups"] == len(rows)
    assert all(row["who"] and row["remark"] == "" for row in rows)


# Each of them by itself

PLACE = {"project": "search", "project_id": "proj_0"}
NOTHING: Read = {
    kind: []
    for kind in (
        "users",
        "projects",
        "project_users",
        "service_accounts",
        "project_api_keys",
        "admin_api_keys",
        "invites",
        "groups",
        "group_members",
        "project_groups",
        "workload_identity_providers",
        "federation_rules",
    )
}


def key(**values: Any) -> dict[str, Any]:
    owner = dict.fromkeys(("owner_type", "user_id", "email", "service_account_id", "service_account"))
    return {
        "id": "key_1",
        "name": "k",
        **PLACE,
        **owner,
        "created_at": NOW,
        "last_used_at": NOW,
        "expires_at": None,
        **values,
    }


def rows(**read: Any) -> list[tuple[Any, ...]]:
    made = review({**NOTHING, **read}, 90, "", NOW)
    return [tuple(row[name] for name in ("kind", "who", "project", "project_role", "remark")) for row in made["rows"]]


def test_a_service_account_among_the_people_has_its_row() -> None:
    machine = {"id": "svc_1", "name": "bot", "email": None, "role": "reader", "is_service_account": True}
    assert rows(users=[machine]) == [("service_account", "bot", None, None, "")]


def test_a_service_account_of_a_project_is_not_shown_again_as_one_among_the_people() -> None:
    machine = {"id": "svc_1", "name": "bot", "email": None, "role": "reader", "is_service_account": True}
    account = {"id": "svc_1", "name": "bot", "role": "member", **PLACE}
    member = {"id": "svc_1", "name": "bot", "email": None, "role": "member", **PLACE}
    found = rows(users=[machine], service_accounts=[account], project_users=[member])
    assert found == [("service_account", "bot", "search", "member", "")]


def test_a_service_account_that_owns_the_organization_is_an_owner() -> None:
    machine = {"id": "svc_1", "name": "bot", "email": None, "role": "owner", "is_service_account": True}
    made = review({**NOTHING, "users": [machine]}, 90, "", NOW)
    assert made["counts"]["owners"] == 1
    assert [(row["kind"], row["project"], row["project_role"]) for row in made["rows"]] == [
        ("service_account", "every project", "owner")
    ]


def test_a_member_who_is_not_in_the_organization_has_a_row_with_their_keys() -> None:
    member = {"id": "user-gone", "name": None, "email": "gone@example.com", "role": "owner", **PLACE}
    made = review({**NOTHING, "project_users": [member], "project_api_keys": [key(user_id="user-gone")]}, 90, "", NOW)
    (row,) = made["rows"]
    assert (row["kind"], row["who"], row["project_role"], row["keys"]) == ("member", "gone@example.com", "owner", 1)
    assert row["remark"] == "not among the people of the organization: end the membership"
    assert made["verdict"]["sentence"].startswith(
        "0 people, 0 service accounts and 1 member who is not in the organization have access to 0 projects."
    )


@pytest.mark.parametrize(
    ("owner", "who", "remark"),
    [
        ({}, "nobody", "the API does not show its owner: find out, or revoke it"),
        (
            {"owner_type": "service_account", "service_account_id": "svc_9", "service_account": "old"},
            "old",
            "the service account is not listed in the project: revoke the key",
        ),
        (
            {"owner_type": "user", "user_id": "user-9"},
            "user-9",
            "the owner is not in the organization: revoke the key",
        ),
        ({"owner_type": "user"}, "nobody", "the API does not show its owner: find out, or revoke it"),
    ],
    ids=["nobody", "an account that is not listed", "somebody who has left", "an empty owner"],
)
def test_a_key_whose_owner_is_not_listed_has_its_row(owner: dict[str, Any], who: str, remark: str) -> None:
    assert rows(project_api_keys=[key(**owner)]) == [("left_behind", who, "search", None, remark)]


def test_a_key_stands_with_the_account_in_its_own_project() -> None:
    account = {"id": "svc_1", "name": "bot", "role": "member", **PLACE}
    elsewhere = {"project": "chat", "project_id": "proj_9"}
    found = rows(service_accounts=[account], project_api_keys=[key(service_account_id="svc_1", **elsewhere)])
    assert [(row[0], row[2]) for row in found] == [("service_account", "search"), ("left_behind", "chat")]


def test_a_key_whose_owner_has_no_id_stands_with_whoever_has_the_address() -> None:
    ada = {"id": "user-ada", "name": None, "email": "Ada@example.com", "role": "reader", "is_service_account": False}
    found = rows(users=[ada], project_api_keys=[key(email="ada@example.com")])
    assert found == [("person", "Ada@example.com", "search", None, "no longer in the project: revoke the keys")]


@pytest.mark.parametrize(
    ("owner", "who", "remark"),
    [
        ({"owner_id": None, "owner_name": None}, "nobody", "the API does not show its owner: find out, or revoke it"),
        ({"owner_id": "svc_1", "owner_name": None}, "bot", ""),
        ({"owner_id": "user-9", "owner_name": "Gone"}, "Gone", "the owner is not in the organization: revoke the key"),
    ],
)
def test_an_admin_key_is_told_whoever_owns_it(owner: dict[str, Any], who: str, remark: str) -> None:
    account = {"id": "svc_1", "name": "bot", "role": "member", **PLACE}
    admin_key = {"id": "key_1", "name": None, "created_at": NOW, "last_used_at": NOW, "expires_at": None, **owner}
    assert rows(service_accounts=[account], admin_api_keys=[admin_key])[1:] == [("admin_key", who, None, None, remark)]


@pytest.mark.parametrize(
    ("status", "remark"),
    [
        ("pending", "waits to be accepted"),
        ("expired", "has expired"),
        ("on_hold", "may be accepted, since its status is on_hold"),
        (None, "may be accepted, since its status is not told"),
    ],
)
def test_an_invite_of_any_status_but_accepted_is_an_access_to_come(status: str | None, remark: str) -> None:
    invite = {"id": "invite-1", "email": None, "role": None, "status": status, "projects": None, "created_at": None}
    assert rows(invites=[invite]) == [("invite", "invite-1", None, None, remark)]


def test_what_is_not_read_is_said_as_the_table_says_it() -> None:
    made = review(NOTHING, 90, "", NOW)
    what = [each["what"] for each in made["not_read"]]
    assert what[0] == "Assigned roles"
    assert what[1:] == ["Archived projects"]
    assert made["not_read"][0]["why"] == "openai_admin_access_review_roles is not set."
    assert made["summary"][1].endswith(f"Not read: {', '.join(what).lower()}.")
    assert made["unreadable"] == []


def test_all_that_the_table_gives_is_asked_for() -> None:
    for row, access in READ.items():
        without = {name: items for name, items in NOTHING.items() if name != row.resource.plural}
        if access.asked_by:
            assert review(without, 90, "", NOW)["unreadable"] == []
        elif access.optional:
            assert review(without, 90, "", NOW)["unreadable"] == [{"what": row.title, "why": "It was not read."}]
        else:
            with pytest.raises(KeyError, match=row.resource.plural):
                review(without, 90, "", NOW)


@pytest.mark.parametrize("lost", ["groups", "group_members"])
def test_what_could_not_be_read_is_never_taken_for_empty(lost: str) -> None:
    failed = {"failed": True, "msg": "Cannot list groups: HTTP 403.\nAsk  an owner.", "status_code": 403}
    made = review({**NOTHING, lost: failed}, 90, "", NOW)
    said = "Cannot list groups: HTTP 403. Ask an owner."
    assert made["unreadable"] == [{"what": "Members of groups", "why": said}]
    assert made["not_read"][0] == made["unreadable"][0]
    assert f"Members of groups could not be read: {said}" in made["summary"]
    assert made["verdict"]["word"] == "To be reviewed"
    assert made["verdict"]["sentence"].endswith("Could not be read: members of groups.")
    section = next(each for each in made["sections"] if each["kind"] == "group_member")
    assert section["nothing"] == f"Could not be read: {said}"
    assert made["counts"]["group_members"] is None


def assigned(own_id: str, **more: Any) -> dict[str, Any]:
    names = ("group", "group_id", "email", "user_id", "service_account", "service_account_id", "project", "project_id")
    role = {"id": own_id, "name": own_id.upper(), "predefined_role": False, "through": None, "through_ids": []}
    return {**dict.fromkeys(names), **role, **more}


def test_who_has_which_role_where_and_why() -> None:
    ada = {"id": "user-ada", "name": "Ada", "email": "ada@example.com", "role": "reader", "is_service_account": False}
    account = {"id": "svc_1", "name": "bot", "role": "member", **PLACE}
    inherited = {"through": "group", "through_ids": ["group_0", "group_9"]}
    roles = [
        assigned("r1", group="team", group_id="group_0"),
        assigned("r1", email=None, user_id="user-ada", **inherited),
        assigned("r1", email=None, user_id="user-ada"),
        assigned("r1", email=None, user_id="user-ada"),
        assigned("r2", service_account="bot", service_account_id="svc_1", **PLACE),
        assigned("r2", user_id="user-gone", **PLACE),
    ]
    made = review(
        {**NOTHING, "users": [ada], "service_accounts": [account], "groups": GROUPS, "role_assignments": roles},
        *(90, "", NOW),
    )
    found = [row for row in made["rows"] if row["kind"] == "role_assignment"]
    assert [(row["who"], row["role"], row["project"], row["through"]) for row in found] == [
        ("ada@example.com", "R1", None, None),
        ("ada@example.com", "R1", None, "group team; group group_9"),
        ("team", "R1", None, None),
        ("bot", "R2", "search", None),
        ("user-gone", "R2", "search", None),
    ]
    assert made["counts"]["role_assignments"] == 5
    assert "Assigned roles" not in [each["what"] for each in made["not_read"]]


@pytest.mark.parametrize("suffix", ["", "__api-organization__org-1"])
@pytest.mark.parametrize("source", ["the group's members", "the roles of people"])
def test_whoever_owns_the_organization_through_a_group_counts_as_owner(source: str, suffix: str) -> None:
    people = [{"id": f"user-{name}", "email": f"{name}@example.com", "role": "reader"} for name in ("ada", "bob")]
    boss = {"id": "user-boss", "email": "boss@example.com", "role": "owner"}
    owner = f"role-api-organization-owner{suffix}"
    roles = [assigned(owner, group="team", group_id="group_0"), assigned("r1", group="okta", group_id="group_1")]
    inside: list[dict[str, Any]] = [
        {"id": own_id, "email": None, "name": None, "group": "team", "group_id": group}
        for own_id, group in (("user-ada", "group_0"), ("user-boss", "group_0"), ("user-bob", "group_1"))
    ]
    if source == "the roles of people":
        roles += [assigned(owner, user_id="user-ada", through="group", through_ids=["group_0"])]
        inside = []
    read = {**NOTHING, "users": [*people, boss], "groups": GROUPS, "group_members": inside}
    made = review({**read, "role_assignments": roles}, 90, "", NOW)
    said = "owner of the organization through group team"
    assert made["counts"]["owners"] == 2
    assert made["owner_ids"] == ["user-ada", "user-boss"]
    assert [(row["who"], row["remark"]) for row in made["rows"] if row["kind"] == "person"] == [
        ("ada@example.com", said),
        ("bob@example.com", ""),
        ("boss@example.com", ""),
    ]
    assert f"- ada@example.com: {said}" in made["summary"]
    assert [row["place"] for row in made["rows"] if row["kind"] == "role_assignment"] == [None] * len(roles)
    unread = review(read, 90, "", NOW)
    assert (unread["counts"]["owners"], unread["counts"]["remarks"]) == (1, 0)


def test_roles_that_could_not_be_read_are_said() -> None:
    failed = {"failed": True, "msg": "Could not list.", "status_code": 403}
    made = review({**NOTHING, "role_assignments": failed}, 90, "", NOW)
    assert made["unreadable"] == [{"what": "Assigned roles", "why": "Could not list."}]


def test_whom_rules_let_in_from_outside() -> None:
    """Each rule has a row for its service account, which says whose tokens may do what, and what to check."""
    github = {
        "id": "wip_1",
        "name": "github",
        "issuer": "https://token.example.com",
        "audience": "openai",
        "enabled": True,
    }
    account = {"id": "svc_1", "name": "bot", "role": "member", **PLACE}
    of_github = {"workload_identity_provider": "github", "workload_identity_provider_id": "wip_1", "enabled": True}
    of_bot = {**of_github, "project_id": "proj_0", "service_account_id": "svc_1"}
    rules = [
        {**of_bot, "id": "wifr_1", "match": {"sub": "repo:a/b", "ok": True}, "scopes": ["api.responses.write"]},
        {**of_bot, "id": "wifr_2", "match": {"iss": "https://token.example.com"}, "scopes": None, "enabled": False},
        {**of_bot, "id": "wifr_4", "match": {"sub": "repo:a/b", "ok": True}, "scopes": None},
        {**of_bot, "id": "wifr_3", "service_account_id": "svc_gone", "match": {"sub": "a*"}, "scopes": ["x"]},
    ]
    read = {
        **NOTHING,
        "projects": [{"id": "proj_0", "name": "search"}],
        "service_accounts": [account],
        "workload_identity_providers": [github],
        "federation_rules": rules,
    }
    made = review(read, 90, "", NOW)
    names = ("who", "project", "workload_identity_provider", "tokens", "scopes", "remark")
    at_github = "issuer https://token.example.com, audience openai"
    everybody = "only matches iss, so it lets in every workload that gets tokens of this issuer. Match sub too"
    unlimited = "no scopes: tokens may do whatever the service account may do"
    short = "lets in every token whose sub begins with 'a', which is short: check that nobody else can have one"
    claims = "ok = true (boolean), sub = repo:a/b"
    lost = "the service account is in no active project: remove the rule if nobody needs it"
    assert [tuple(row[name] for name in names) for row in made["rows"] if row["kind"] == "federation_rule"] == [
        ("bot", "search", "github", f"{at_github}, {claims}", "api.responses.write", ""),
        (
            "bot",
            "search",
            "github",
            f"{at_github}, iss = https://token.example.com",
            "all of the service account",
            f"{everybody}; {unlimited}; disabled: lets nobody in at present",
        ),
        ("bot", "search", "github", f"{at_github}, {claims}", "all of the service account", unlimited),
        (
            "svc_gone",
            "search",
            "github",
            f"{at_github}, sub = a*",
            "x",
            f"{lost}; {short}",
        ),
    ]
    assert made["counts"]["federation_rules"] == 4
    assert "4 federation rules" in made["summary"][1]


def test_who_is_in_a_group_is_named_as_elsewhere() -> None:
    ada = {"id": "user-ada", "name": "Ada", "email": "ada@example.com", "role": "reader", "is_service_account": False}
    account = {"id": "svc_1", "name": "bot", "role": "member", **PLACE}
    inside = [
        {"id": own_id, "email": None, "name": name, "group": "team", "group_id": "group_0"}
        for own_id, name in (("user-ada", None), ("svc_1", None), ("user-gone", "Gone"))
    ]
    made = review(
        {**NOTHING, "users": [ada], "service_accounts": [account], "groups": GROUPS, "group_members": inside},
        *(90, "", NOW),
    )
    found = [row for row in made["rows"] if row["kind"] == "group_member"]
    left = "not among the people and service accounts of the organization: end the membership"
    assert [(row["who"], row["name"], row["group"], row["remark"]) for row in found] == [
        ("Gone", None, "team", left),
        ("ada@example.com", "Ada", "team", ""),
        ("bot", None, "team", ""),
    ]
    assert f"- Gone in group team: {left}" in made["summary"]


def test_a_key_without_any_date_is_remarked() -> None:
    found = rows(project_api_keys=[key(created_at=None, last_used_at=None)], service_accounts=[])
    assert found[0][0] == "left_behind"
    account = {"id": "svc_1", "name": "bot", "role": "member", **PLACE}
    undated = key(service_account_id="svc_1", created_at=None, last_used_at=None)
    assert rows(service_accounts=[account], project_api_keys=[undated])[0][4] == (
        "never used, and not known since when it is there: k (key_1)"
    )
