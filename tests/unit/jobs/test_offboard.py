# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is decided about people who leave, from what was read of them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible.release import __version__ as ansible_version
from ansible_collections.community.openai_admin.plugins.filter.jobs import report
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.offboard import (
    in_short,
    offboarding,
    unfinished,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.data import as_data

DAY = 86400
NOW = int(time.time())
GRACE = {"id": "user-grace", "email": "grace@example.com", "role": "reader"}
OWNER = {"id": "user-owner", "email": "owner@example.com", "role": "owner"}
SECOND = {"id": "user-second", "email": "second@example.com", "role": "owner"}
MACHINE = {"id": "user-machine", "email": "machine@example.com", "role": "owner", "is_service_account": True}


def key(own_id: str, **values: Any) -> dict[str, Any]:
    return {
        "id": own_id,
        "name": None,
        "user_id": GRACE["id"],
        "email": None,
        "service_account_id": None,
        "service_account": None,
        "project": "search",
        "project_id": "proj_search",
        "last_used_at": None,
        "expires_at": None,
        **values,
    }


def admin_key(own_id: str, owner_id: str | None) -> dict[str, Any]:
    return {"id": own_id, "name": own_id, "owner_id": owner_id, "last_used_at": None, "expires_at": None}


def created(kind: str, own_id: str, **actor: Any) -> dict[str, Any]:
    return {"type": f"{kind}.created", "details": {"id": own_id}, "actor_id": None, "actor_email": None, **actor}


def decide(*addresses: str, days: int = 7, **read: Any) -> dict[str, Any]:
    places = (
        *("users", "everybody", "project_users", "project_api_keys", "admin_api_keys", "invites", "audit_logs"),
        *("groups", "group_members", "projects", "role_assignments"),
    )
    nothing: dict[str, Any] = {name: [] for name in places}
    known = {**nothing, "truncated": False, "switched_off": False, **read}
    return offboarding(known, addresses, days, "", NOW)


def going(made: dict[str, Any]) -> dict[str, list[str]]:
    return {kind: [item["id"] for item in items] for kind, items in made["writes"].items() if items}


def test_an_address_counts_once_however_it_is_spelt() -> None:
    made = decide("grace@example.com", " GRACE@example.com", users=[GRACE])
    assert [person["email"] for person in made["people"]] == ["grace@example.com"]
    assert going(made) == {"users": ["user-grace"]}


@pytest.mark.parametrize(
    ("used", "expires", "days", "held"),
    [
        (6, None, 7, True),
        (8, None, 7, False),
        (6, None, 0, False),
        (None, None, 7, False),
        (1, -1, 7, False),
        (1, 1, 7, True),
    ],
)
def test_a_key_that_works_and_was_used_lately_is_in_use(
    used: int | None, expires: int | None, days: int, held: bool
) -> None:
    times = {
        "last_used_at": None if used is None else NOW - used * DAY,
        "expires_at": None if expires is None else NOW + expires * DAY,
    }
    made = decide("grace@example.com", days=days, users=[GRACE], project_api_keys=[key("key_1", **times)])
    assert [line.partition(",")[0] for line in made["in_use"]] == ["key_1 in search of grace@example.com"] * held
    assert going(made) == {"api_keys": ["key_1"], "users": ["user-grace"]}


@pytest.mark.parametrize(
    ("leaving", "everybody", "problems"),
    [
        ([OWNER], [OWNER, SECOND], 0),
        ([OWNER], [OWNER, GRACE, MACHINE], 1),
        ([OWNER, SECOND], [OWNER, SECOND], 1),
        ([OWNER | {"is_scim_managed": True}], [OWNER], 1),
        ([GRACE], [], 0),
        ([MACHINE], [OWNER], 1),
    ],
)
def test_what_nobody_may_do(leaving: list[dict[str, Any]], everybody: list[dict[str, Any]], problems: int) -> None:
    made = decide(*(user["email"] for user in leaving), users=leaving, everybody=everybody)
    assert len(made["problems"]) == problems


def test_owners_leave_projects_with_the_organization_and_others_before() -> None:
    members = [
        {"id": user["id"], "project": "search", "project_id": "proj_1", "role": "owner"} for user in (OWNER, GRACE)
    ]
    made = decide(
        "owner@example.com", "grace@example.com", users=[OWNER, GRACE], everybody=[SECOND], project_users=members
    )
    assert going(made) == {"projects": ["user-grace"], "users": ["user-owner", "user-grace"]}


@pytest.mark.parametrize(
    "trace",
    [
        {"project_api_keys": [key("key_1", user_id="user-grace", email="Grace@example.com")]},
        {"audit_logs": [created("api_key", "key_9", actor_id="user-grace", actor_email="grace@example.com")]},
    ],
    ids=["a key", "the audit log"],
)
def test_the_admin_keys_of_who_has_left_are_found_by_what_tells_the_id(trace: dict[str, Any]) -> None:
    keys = [admin_key("key_theirs", "user-grace"), admin_key("key_other", "user-owner")]
    made = decide("grace@example.com", everybody=[OWNER], admin_api_keys=keys, **trace)
    assert made["writes"]["admin_api_keys"][0]["id"] == "key_theirs"
    assert len(made["writes"]["admin_api_keys"]) == 1
    assert made["ownerless"] == []


def test_admin_keys_that_may_be_theirs_are_told() -> None:
    keys = [admin_key("key_whose", "user-grace"), admin_key("key_other", "user-owner"), admin_key("key_none", None)]
    made = decide("grace@example.com", everybody=[OWNER], admin_api_keys=keys)
    assert going(made) == {}
    assert made["ownerless"] == ["key_whose (key_whose)", "key_none (key_none)"]
    assert any("possibly theirs: key_whose" in line for line in in_short(made, False))


def test_keys_whose_values_they_know_are_those_that_they_made_and_those_of_accounts_that_they_made() -> None:
    events = [
        created("api_key", "key_made", actor_id="user-grace"),
        created("service_account", "svc_1", actor_email="GRACE@example.com"),
        created("api_key", "key_own", actor_id="user-grace"),
        created("api_key", "key_other", actor_id="user-owner"),
        created("api_key", "svc_2", actor_id="user-grace"),
        created("api_key", "key_admin", actor_id="user-grace"),
    ]
    keys = [
        key("key_made", user_id=None, service_account_id="svc_3"),
        key("key_account", user_id=None, service_account_id="svc_1"),
        key("key_own"),
        key("key_other", user_id=None, service_account_id="svc_2"),
    ]
    made = decide(
        "grace@example.com",
        users=[GRACE],
        project_api_keys=keys,
        admin_api_keys=[admin_key("key_admin", "user-owner")],
        audit_logs=events,
    )
    assert [each["id"] for each in made["people"][0]["rotate"]] == ["key_admin", "key_made", "key_account"]


@pytest.mark.parametrize(
    ("log", "said"),
    [({}, False), ({"switched_off": None}, False), ({"switched_off": True}, True), ({"truncated": True}, True)],
    ids=str,
)
def test_what_the_audit_log_does_not_tell_is_said(log: dict[str, Any], said: bool) -> None:
    made = decide("grace@example.com", users=[GRACE], **log)
    assert any("audit log" in line for line in in_short(made, True)) is said


def test_the_summary_is_short_however_much_there_is() -> None:
    keys = [key(f"key_{number}", user_id=None, service_account_id="svc_1") for number in range(50)]
    made = decide(
        *(f"person-{number}@example.com" for number in range(50)),
        "grace@example.com",
        users=[GRACE],
        project_api_keys=keys,
        audit_logs=[created("service_account", "svc_1", actor_id="user-grace")],
    )
    lines = in_short(made, False)
    assert len(lines) == 30
    assert lines[-1] == "- and 27 more"
    assert "and 40 more." in lines[1]


TEAM = {"id": "group_1", "name": "team", "is_scim_managed": False, "group_type": "group"}
OKTA = {"id": "group_2", "name": "okta", "is_scim_managed": True, "group_type": "group"}


def inside(group: dict[str, Any], own_id: str, email: str | None = None) -> dict[str, Any]:
    return {"id": own_id, "email": email, "name": None, "group": group["name"], "group_id": group["id"]}


def test_memberships_of_groups_end_but_for_those_that_an_identity_provider_keeps() -> None:
    members = [inside(TEAM, "user-grace"), inside(OKTA, "user-grace"), inside(TEAM, "user-owner")]
    made = decide("grace@example.com", users=[GRACE], groups=[TEAM, OKTA], group_members=members)
    assert made["writes"]["groups"] == [
        {
            "id": "user-grace",
            "group_id": "group_1",
            "group": "team",
            "label": "membership of group team of grace@example.com",
        }
    ]
    assert "  group team" in made["people"][0]["lines"]
    assert (
        "  group okta is managed by the identity provider through SCIM. Change it there" in made["people"][0]["lines"]
    )
    lines = in_short(made, False)
    assert lines[0] == "1 membership of a group ended."
    assert (
        "Group okta is managed by the identity provider through SCIM. Change it there. Still in it: grace@example.com."
        in lines
    )


@pytest.mark.parametrize("address", [None, "GRACE@example.com"])
def test_whoever_has_left_is_found_in_groups_by_id_or_address(address: str | None) -> None:
    trace = {"project_api_keys": [key("key_1", email="grace@example.com")]} if address is None else {}
    made = decide(
        "grace@example.com",
        everybody=[OWNER],
        groups=[TEAM],
        group_members=[inside(TEAM, "user-grace", address)],
        **trace,
    )
    assert [each["id"] for each in made["writes"]["groups"]] == ["user-grace"]


def test_nobody_is_taken_out_of_a_group_for_an_address_that_they_had_before() -> None:
    other = {**GRACE, "id": "user-other", "email": "grace.new@example.com"}
    members = [inside(TEAM, "user-other", "grace@example.com")]
    made = decide("grace@example.com", everybody=[OWNER, other], groups=[TEAM], group_members=members)
    assert made["writes"]["groups"] == []


FAILED = {"failed": True, "msg": "Cannot list groups: HTTP 403.", "status_code": 403}


@pytest.mark.parametrize(
    "lost", [{"groups": FAILED}, {"group_members": FAILED}, {"groups": FAILED, "group_members": []}]
)
def test_groups_that_could_not_be_read_are_said_and_matter_to_who_stays(lost: dict[str, Any]) -> None:
    made = decide("grace@example.com", users=[GRACE], **lost)
    said = "Members of groups could not be read, so not ended: Cannot list groups: HTTP 403."
    assert said in in_short(made, False)
    assert unfinished(made) == []
    stays = decide("grace@example.com", users=[GRACE | {"is_scim_managed": True}], **lost)
    assert unfinished(stays) == [
        "It is not known whether grace@example.com still has access, since members of groups could not be"
        " read: Cannot list groups: HTTP 403."
    ]


@pytest.mark.parametrize(
    "lost", [{"groups": FAILED}, {"group_members": FAILED}, {"groups": FAILED, "group_members": []}]
)
def test_whoever_left_before_may_still_be_in_groups_that_could_not_be_read(lost: dict[str, Any]) -> None:
    made = decide("left@example.com", everybody=[OWNER], **lost)
    unknown = (
        "It is not known whether left@example.com still has access, since members of groups could not be read: Cannot"
        " list groups: HTTP 403."
    )
    assert unfinished(made) == [unknown]
    assert made["people"][0]["lines"] == [
        "left@example.com: not in the organization",
        "  no admin keys, project keys, assigned roles, memberships of projects or invites",
    ]
    assert in_short(made, True)[0] == "Nothing would change: nothing of theirs was found."


def test_whoever_this_run_removed_has_lost_their_groups_too() -> None:
    before = decide("grace@example.com", users=[GRACE], everybody=[OWNER, GRACE], groups=FAILED)
    places = ("users", "project_users", "project_api_keys", "admin_api_keys", "invites", "audit_logs")
    nothing: dict[str, Any] = {name: [] for name in (*places, "projects", "role_assignments")}
    read = {**nothing, "everybody": [OWNER], "groups": FAILED, "truncated": False, "switched_off": False}
    assert unfinished(offboarding(read, ["grace@example.com"], 7, "", NOW, before)) == []


def test_a_key_without_a_project_name_is_still_told_apart() -> None:
    made = decide("grace@example.com", users=[GRACE], project_api_keys=[key("key_1", project=None)])
    assert made["people"][0]["lines"][1] == "  key key_1 in proj_search: never used"


@pytest.mark.parametrize("read", [["users"], {"users": []}], ids=["a list", "not all"])
def test_the_filter_says_what_it_needs(read: Any) -> None:
    settings = {"openai_admin_offboard_hold_if_used_within_days": 7}
    with pytest.raises(AnsibleFilterError, match="The report of offboard needs"):
        report(read, "offboard", settings, {"addresses": ["grace@example.com"]})


def test_older_ansible_core_takes_no_text_of_the_report_for_a_template() -> None:
    older = tuple(int(part) for part in ansible_version.split(".")[:2]) < (2, 19)
    nested = as_data({"lines": ["{{ 7 * 7 }}"]})
    assert nested == {"lines": ["{{ 7 * 7 }}"]}
    assert hasattr(nested["lines"][0], "__UNSAFE__") is older


def role(own_id: str, project: str | None = None, group: str | None = None, who: str = GRACE["id"]) -> dict[str, Any]:
    """A role that somebody has directly, or through a group."""
    return {
        "id": own_id,
        "name": own_id.removeprefix("role_"),
        "through": "group" if group else None,
        "through_ids": [group] if group else [],
        "user_id": who,
        "email": None,
        "project": project,
        "project_id": project and f"proj_{project}",
    }


def test_direct_roles_are_taken_away_and_those_through_groups_are_shown() -> None:
    viewer, owner = "role-api-project-viewer", "role-api-organization-owner"
    held = [
        role("role_usage"),
        role("role-api-organization-reader"),
        role(owner, group="group_admins"),
        role("role_writer", "search"),
        role(viewer, "search"),
        role(viewer, "chat"),
        role("role_writer", "chat", group="group_unknown"),
        role("role_writer", "search", who="user-other"),
    ]
    made = decide(
        "grace@example.com",
        users=[GRACE],
        everybody=[OWNER, GRACE],
        project_users=[{"id": GRACE["id"], "role": "viewer", "project": "search", "project_id": "proj_search"}],
        groups=[{"id": "group_admins", "name": "admins"}],
        role_assignments=held,
    )
    assert [(item["id"], item["project_id"], item["user_id"], item["label"]) for item in made["writes"]["roles"]] == [
        ("role_usage", None, GRACE["id"], "role usage in the organization of grace@example.com"),
        ("role_writer", "proj_search", GRACE["id"], "role writer in search of grace@example.com"),
        (viewer, "proj_chat", GRACE["id"], f"role {viewer} in chat of grace@example.com"),
    ]
    assert [line for line in made["people"][0]["lines"] if line.startswith("  role")] == [
        "  role usage in the organization",
        f"  role {owner} in the organization, through group admins",
        "  role writer in search",
        f"  role {viewer} in chat",
        "  role writer in chat, through group group_unknown",
    ]
    assert in_short(made, True)[:3] == [
        "3 assigned roles would be taken away.",
        "1 membership of a project would be ended.",
        "1 person would be removed from the organization.",
    ]


def test_the_same_role_of_two_people_are_two_that_may_be_left() -> None:
    both = [GRACE, SECOND | {"role": "reader"}]
    held = [role("role_writer", "search", who=str(user["id"])) for user in both]
    read = {"users": both, "everybody": [OWNER, *both], "projects": [], "groups": []}
    before = decide(*(str(user["email"]) for user in both), **read, role_assignments=held)
    nothing = {name: [] for name in ("project_users", "project_api_keys", "admin_api_keys", "invites", "audit_logs")}
    know = {**read, **nothing, "group_members": [], "truncated": False, "switched_off": False}
    before["writes"]["roles"] = before["writes"]["roles"][:1]
    after = offboarding({**know, "role_assignments": held}, [u["email"] for u in both], 7, "", NOW, before)
    assert [each for each in after["left"] if each.startswith("role")] == [
        "role writer in search of grace@example.com (is still there)",
        "role writer in search of second@example.com (new)",
    ]


@pytest.mark.parametrize(("why", "fails"), [("HTTP 404: Unsupported endpoint", False), ("HTTP 403", True)])
def test_only_what_exists_and_was_not_read_is_unknown(why: str, fails: bool) -> None:
    lost = {"failed": True, "msg": why}
    made = decide("nobody@example.com", everybody=[OWNER], groups=lost, role_assignments=lost)
    assert bool(unfinished(made)) is fails
    assert {each["what"] for each in made["unreadable"]} == {"Members of groups", "Assigned roles"}
