# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What has this person: memberships, keys and invites, of who is there and of who has left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from integration.direct import perform
from integration.playbooks import Ansible, module
from integration.scenarios import TASK, asked, attempts, control, messages, play_alike
from simulator import Simulator

KINDS = ["projects", "api_keys", "groups", "admin_api_keys", "invites"]
LASTING = KINDS[1:]
GRACE, ALAN, LEFT = "grace@example.com", "alan@example.com", "barbara@example.com"

ORGANIZATION: Mapping[str, Any] = {
    "users": [
        {"email": "ada@example.com", "id": "user-ada", "role": "owner"},
        {"email": GRACE, "id": "user-grace"},
        {"email": ALAN, "id": "user-alan"},
    ],
    "former_users": [{"email": LEFT, "id": "user-barbara"}],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": GRACE, "role": "owner"}, {"email": ALAN}],
            "service_accounts": [{"name": "api"}],
            "api_keys": [
                {"name": "laptop", "id": "key_grace_1", "user": GRACE, "last_used_at": 1_790_000_000},
                {"name": "account", "id": "key_account", "service_account": "api"},
                {"name": "left", "id": "key_left", "user": LEFT},
            ],
        },
        {
            "name": "chat",
            "id": "proj_chat",
            "users": [{"email": GRACE, "role": "member"}],
            "api_keys": [
                {"name": "desk", "id": "key_grace_2", "user": GRACE},
                {"name": "alan's", "id": "key_alan", "user": ALAN},
            ],
        },
        {
            "name": "old",
            "id": "proj_old",
            "status": "archived",
            "users": [{"email": GRACE}],
            "api_keys": [{"name": "past", "id": "key_past", "user": GRACE}],
        },
    ],
    "groups": [
        {"name": "team", "id": "group_team", "members": [{"email": GRACE}, {"email": ALAN}, {"email": LEFT}]},
        {"name": "okta", "id": "group_okta", "is_scim_managed": True, "members": [{"user_id": "user-grace"}]},
        {"name": "robots", "id": "group_bots", "members": [{"service_account": "api", "project": "search"}]},
    ],
    "admin_api_keys": [
        {"name": "grace", "id": "key_admin_grace", "owner": GRACE},
        {"name": "left", "id": "key_admin_left", "owner": "user-barbara"},
    ],
    "invites": [
        {"email": "Grace@Example.com", "id": "invite-grace", "status": "accepted"},
        {"email": LEFT, "id": "invite-left", "status": "expired"},
        {"email": "new@example.com", "id": "invite-new"},
    ],
}


def read(**options: Any) -> TASK:
    return module("user_info", **options)


def ids(entry: Mapping[str, Any], *kinds: str) -> dict[str, list[str]]:
    return {kind: [item["id"] for item in entry[kind]] for kind in kinds}


READS = {
    "one person": read(email="GRACE@example.com", include=KINDS),
    "by id": read(user_id="user-grace", include=KINDS),
    "keys only": read(emails=[GRACE, ALAN], include=["api_keys"]),
    "everybody": read(include=["api_keys", "invites"]),
    "nothing besides": read(email=GRACE, include=[]),
    "nobody": read(emails=[], include=KINDS),
    "left": read(email="Barbara@example.com", include=KINDS),
    "left, by id": read(user_id="user-barbara", include=KINDS),
    "left, admin keys by address": read(email=LEFT, include=["admin_api_keys"]),
    "left, admin keys by a group": read(email=LEFT, include=["groups", "admin_api_keys"]),
    "left, admin keys by id": read(user_id="user-barbara", include=["admin_api_keys"]),
    "invited": read(email="new@example.com", include=KINDS),
    "never seen": read(emails=["nobody@example.com", GRACE, "new@example.com"], include=["invites"]),
    "cut off": read(emails=[GRACE, ALAN, LEFT], include=["api_keys"], max_results=1),
}


def results(ansible: Ansible, *options: str, **behaviour: Any) -> dict[str, Any]:
    organization = {**ORGANIZATION, "behaviour": behaviour}
    run = play_alike(ansible, attempts(READS), *options, organization=organization)
    assert messages(run) == {}
    return {task.name: task.result for task in run.tasks}


@pytest.mark.series(1)
@pytest.mark.parametrize("behaviour", [{}, {"page_size": 1}, {"projects_of_users": True}], ids=str)
def test_what_people_have(behaviour: dict[str, Any], ansible: Ansible) -> None:
    found = results(ansible, **behaviour)
    (grace,) = found["one person"]["users"]
    assert grace["projects"] == [
        {"id": "proj_search", "name": "search", "role": "owner"},
        {"id": "proj_chat", "name": "chat", "role": "member"},
    ]
    assert ids(grace, *LASTING) == {
        "api_keys": ["key_grace_1", "key_grace_2"],
        "groups": ["group_team", "group_okta"],
        "admin_api_keys": ["key_admin_grace"],
        "invites": ["invite-grace"],
    }
    assert grace["api_keys"][0]["last_used_at"] == 1_790_000_000
    assert [key["project"] for key in grace["api_keys"]] == ["search", "chat"]
    assert grace["groups"] == [{"id": "group_team", "name": "team"}, {"id": "group_okta", "name": "okta"}]
    assert found["one person"]["left_behind"] == []
    assert found["by id"] == found["one person"]
    assert [ids(user, "api_keys") for user in found["keys only"]["users"]] == [
        {"api_keys": ["key_grace_1", "key_grace_2"]},
        {"api_keys": ["key_alan"]},
    ]
    assert [len(user["api_keys"]) for user in found["everybody"]["users"]] == [0, 2, 1]
    assert all("admin_api_keys" not in user for user in found["everybody"]["users"])
    assert set(found["nothing besides"]["users"][0]) & set(LASTING) == set()
    assert "left_behind" not in found["nothing besides"]
    assert (found["nobody"]["users"], found["nobody"]["left_behind"]) == ([], [])


def test_what_is_left_of_who_is_not_there(ansible: Ansible) -> None:
    found = results(ansible)
    assert [found[name]["users"] for name in READS if name.startswith(("left", "invited"))] == [[]] * 6
    (left,) = found["left"]["left_behind"]
    assert (left["id"], left["email"]) == ("user-barbara", "Barbara@example.com")
    everything = {
        "api_keys": ["key_left"],
        "groups": ["group_team"],
        "admin_api_keys": ["key_admin_left"],
        "invites": ["invite-left"],
    }
    assert ids(left, *LASTING) == everything
    assert set(left) == {"id", "email", *LASTING}
    (by_id,) = found["left, by id"]["left_behind"]
    assert (by_id["id"], by_id["email"], ids(by_id, *LASTING)) == ("user-barbara", LEFT, everything)
    assert found["left, admin keys by address"]["left_behind"] == []
    (by_group,) = found["left, admin keys by a group"]["left_behind"]
    assert (by_group["id"], ids(by_group, "admin_api_keys")) == ("user-barbara", {"admin_api_keys": ["key_admin_left"]})
    (by_id,) = found["left, admin keys by id"]["left_behind"]
    assert (by_id["email"], ids(by_id, "admin_api_keys")) == (None, {"admin_api_keys": ["key_admin_left"]})
    (invited,) = found["invited"]["left_behind"]
    assert ids(invited, *LASTING) == {"api_keys": [], "groups": [], "admin_api_keys": [], "invites": ["invite-new"]}
    assert [entry["email"] for entry in found["never seen"]["left_behind"]] == ["new@example.com"]
    assert [user["id"] for user in found["never seen"]["users"]] == ["user-grace"]
    assert found["cut off"]["left_behind"] == []


def test_reading_is_the_same_in_check_mode(ansible: Ansible) -> None:
    assert results(ansible, "--check") == results(ansible)


def test_nothing_is_read_that_the_api_tells_by_itself(ansible: Ansible) -> None:
    organization = {**ORGANIZATION, "behaviour": {"projects_of_users": True}}
    run = play_alike(ansible, attempts({"read": read(email=GRACE, include=["projects"])}), organization=organization)
    assert asked(run) == ["GET /organization/users"]


def test_each_collection_is_read_once(ansible: Ansible) -> None:
    run = play_alike(ansible, attempts({"read": read(email=GRACE, include=KINDS)}), organization=ORGANIZATION)
    places = [f"GET /organization/projects/{project}" for project in ("proj_search", "proj_chat")]
    assert sorted(asked(run)) == sorted(
        [
            "GET /organization/users",
            "GET /organization/projects",
            *(f"{place}/{kind}" for place in places for kind in ("api_keys", "users")),
            "GET /organization/groups",
            *(f"GET /organization/groups/{group}/users" for group in ("group_team", "group_okta", "group_bots")),
            "GET /organization/admin_api_keys",
            "GET /organization/invites",
        ]
    )


def test_an_empty_id_is_of_somebody_who_is_not_there_yet(ansible: Ansible) -> None:
    tasks = attempts({"read": read(user_id="", include=KINDS)})
    assert list(messages(play_alike(ansible, tasks, organization=ORGANIZATION))) == ["read"]
    run = play_alike(ansible, tasks, "--check", organization=ORGANIZATION)
    assert (run["read"].result["users"], run["read"].result["left_behind"]) == ([], [])


@pytest.mark.parametrize("address", ["", " "])
def test_an_empty_address_is_not_everybody(address: str, ansible: Ansible) -> None:
    tasks = {"alone": read(email=address), "among others": read(emails=[GRACE, address])}
    run = play_alike(ansible, attempts(tasks), organization=ORGANIZATION)
    assert messages(run) == dict.fromkeys(tasks, "emails must not contain empty entries.")
    assert asked(run) == []


def test_keys_left_behind_are_found_and_revoked_again_without_a_change(ansible: Ansible) -> None:
    revoke = {
        **module(
            "project_api_key",
            project="{{ item.project }}",
            project_id="{{ item.project_id }}",
            api_key_id="{{ item.id }}",
            state="absent",
        ),
        "loop": "{{ (person.users + person.left_behind) | map(attribute='api_keys') | flatten }}",
    }
    person = {**read(email=GRACE, include=["api_keys"]), "register": "person"}
    remove = module("user", email=GRACE, state="absent")
    tasks = [
        control("keys stay", "behaviour", {"keys_outlive_users": True}),
        {
            "name": "somebody removes the person",
            "somebody_else": {"method": "DELETE", "path": "/organization/users/user-grace"},
        },
        {"name": "who", **person},
        {"name": "revoke", **revoke},
        {"name": "remove", **remove},
        {"name": "who then", **person},
        {"name": "revoke again", **revoke},
    ]
    run = play_alike(ansible, tasks, organization=ORGANIZATION)
    assert run.status == 0, run.output
    assert [len(run[name].result["left_behind"]) for name in ("who", "who then")] == [1, 0]
    assert (run["revoke"].changed, run["remove"].changed, run["revoke again"].changed) == (True, False, False)
    left = [key["id"] for project in ansible.simulator.state()["projects"][:2] for key in project["api_keys"]]
    assert left == ["key_account", "key_left", "key_alan"]


ROLES: Mapping[str, Any] = {
    **ORGANIZATION,
    "roles": [{"name": "Usage viewer", "id": "role_usage", "permissions": ["api.usage.read"]}],
    "role_assignments": [{"role": "Usage viewer", "group": "team"}, {"role": "Usage viewer", "user": ALAN}],
}
USAGE = {"id": "role_usage", "name": "Usage viewer", "permissions": ["api.usage.read"]}
READER = ("role-api-organization-reader", None, [])


@pytest.mark.parametrize("apart", [False, True])
def test_roles_come_with_where_they_come_from_in_one_request_for_each_person(apart: bool, simulator: Simulator) -> None:
    simulator.reset({**ROLES, "behaviour": {"sources_apart": apart}})
    found = perform(simulator, "user_info", emails=[GRACE, ALAN, LEFT], include=["roles", "groups"])
    grace, alan = found.returns["users"]
    through = {"through": "group", "through_ids": ["group_team"]}
    assert {**USAGE, **through} in grace["roles"]
    assert [
        (each["id"], each["through"], each["through_ids"]) for each in grace["roles"] if "reader" in each["id"]
    ] == [READER]
    direct = {**USAGE, "through": None, "through_ids": []}
    assert direct in alan["roles"]
    assert ({**USAGE, **through} in alan["roles"]) is apart
    assert {each["name"] for each in grace["groups"]} == {"team", "okta"}
    (left,) = found.returns["left_behind"]
    assert "roles" not in left
    asked = [each["path"] for each in simulator.requests() if each["path"].endswith("/roles")]
    assert sorted(asked) == ["/organization/users/user-alan/roles", "/organization/users/user-grace/roles"]


def test_roles_in_projects_are_those_of_each_active_project(simulator: Simulator) -> None:
    simulator.reset(ROLES)
    (grace,) = perform(simulator, "user_info", user_id="user-grace", include=["project_roles"]).returns["users"]
    assert [(each["id"], each["project"], each["project_id"], each["through"]) for each in grace["project_roles"]] == [
        ("role-api-project-owner", "search", "proj_search", None),
        ("role-api-project-member", "chat", "proj_chat", None),
    ]
    asked = [each["path"] for each in simulator.requests() if each["path"].endswith("/roles")]
    assert sorted(asked) == [f"/projects/{project}/users/user-grace/roles" for project in ("proj_chat", "proj_search")]
