# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole organization from one declaration, as people write it and see what comes of it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from integration.direct import perform
from integration.playbooks import Ansible, module, planted
from integration.scenarios import TASK, attempts, messages, play_alike
from simulator import Simulator

DAY = 86400
LIMITS = [
    {"model": "gpt-5", "max_requests_per_1_minute": 500, "max_tokens_per_1_minute": 500000},
    {"model": "gpt-5-mini", "max_requests_per_1_minute": 1000, "max_tokens_per_1_minute": 1000000},
]
ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": "platform-owner@example.com", "role": "owner"},
        *({"email": f"{name}@example.com"} for name in ("search-lead", "search-dev", "stranger")),
        {"email": "robot@example.com", "is_service_account": True},
        {"email": "scim@example.com", "is_scim_managed": True},
    ],
    "default_rate_limits": LIMITS,
    "projects": [
        {"name": "Default project"},
        {
            "name": "search-prod",
            "id": "proj_search",
            "users": [{"email": "search-lead@example.com", "role": "member"}, {"email": "stranger@example.com"}],
            "service_accounts": [{"name": "forgotten", "id": "svc_forgotten"}],
        },
        {"name": "legacy", "id": "proj_legacy"},
    ],
    "invites": [
        {"email": "pending@example.com", "role": "reader", "id": "invite-pending"},
        {"email": "accepted@example.com", "role": "reader", "status": "accepted"},
    ],
}
DECLARATION: dict[str, Any] = {
    "email_domains": ["example.com"],
    "invite_missing": True,
    "users": [{"email": "platform-owner@example.com", "role": "owner"}],
    "project_defaults": {"rate_limits": [{"model": "gpt-5", "max_requests_per_1_minute": 400}]},
    "projects": [
        {
            "name": "search-prod",
            "attributes": {"cost_center": "CC-1001"},
            "purge": ["users"],
            "users": [
                {"email": "Search-Lead@example.com", "role": "owner"},
                {"email": "search-dev@example.com"},
                {"email": "newcomer@example.com"},
            ],
            "service_accounts": [{"name": "search-api"}],
            "rate_limits": [{"model": "gpt-5", "max_requests_per_1_minute": 2000}],
        },
        {"name": "support-chat", "users": [{"email": "search-dev@example.com", "role": "owner"}]},
    ],
}


def declare(**more: Any) -> TASK:
    return module("organization", **{**DECLARATION, **more})


def shown(changes: list[dict[str, Any]]) -> list[str]:
    """Changes in short, in their order."""
    return [f"{each['action']} {each['kind']} {each['name']} in {each['project'] or '-'}" for each in changes]


CHANGES = [
    "create project support-chat in -",
    "update project_user search-lead@example.com in search-prod",
    "add project_user search-dev@example.com in search-prod",
    "create service_account search-api in search-prod",
    "update rate_limit gpt-5 in search-prod",
    "add project_user search-dev@example.com in support-chat",
    "update rate_limit gpt-5 in support-chat",
    "send invite newcomer@example.com in -",
    "remove project_user stranger@example.com in search-prod",
]


def test_what_is_declared_is_done_once(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    task = declare()
    run = ansible.play(
        [
            {"name": "predict", **task, "check_mode": True},
            {"name": "do", **task},
            {"name": "again", **task},
            {
                "name": "somebody else",
                "somebody_else": {"path": "/organization/projects/proj_search/users", "body": STRANGER},
            },
            {"name": "predict the repair", **task, "check_mode": True},
            {"name": "repair", **task},
        ],
        "--diff",
    )
    assert run.status == 0, run.output
    predicted, done, again, repair = (run[name].result for name in ("predict", "do", "again", "repair"))
    assert run["predict"].writes == []
    assert shown(predicted["changes"]) == shown(done["changes"]) == CHANGES
    assert predicted["unmanaged"] == done["unmanaged"]
    assert [each["name"] for each in done["unmanaged"]] == ["legacy", *OTHERS, "forgotten"]
    assert done["undeclared_rate_limits"] == {"search-prod": ["gpt-5-mini"]}
    assert done["ids"]["projects"]["search-prod"] == "proj_search"
    assert predicted["ids"]["projects"]["support-chat"] is None
    assert done["ids"]["projects"]["support-chat"].startswith("proj_")
    assert done["diff"][0]["before_header"] == "project 'support-chat'"
    assert run["again"].writes == []
    assert not run["again"].changed
    assert [each["email"] for each in again["pending"]] == ["newcomer@example.com"]
    assert run["predict the repair"].result["changes"] == repair["changes"]
    assert shown(repair["changes"]) == ["remove project_user stranger@example.com in search-prod"]


STRANGER = {"email": "stranger@example.com", "role": "member"}
OTHERS = ["stranger@example.com", "robot@example.com", "scim@example.com"]


OWN = "An attribute of your own belongs in attributes."
BAD: dict[str, tuple[TASK, list[str]]] = {
    "everything wrong at once": (
        module(
            "organization",
            email_domains=["example.com"],
            federation_rules=[],
            purge=["invites", "projects"],
            workers=99,
            max_removals=-1,
            projects=[
                {
                    "name": "a",
                    "rate_limit": [],
                    "external_storag": 5,
                    "users": [{"email": "x@exmaple.com"}, {"role": "owner"}],
                },
                {"name": "a", "purge": ["users"], "rate_limits": [{"model": "m", "max_requests_per_1_minute": -1}]},
                {"name": ""},
            ],
        ),
        [
            "federation_rules is not an option here. Use workload_identity_providers instead.",
            f"projects[0]: rate_limit is not an option. Did you mean rate_limits? {OWN}",
            f"projects[0]: external_storag is not an option. Did you mean external_key? {OWN}",
            "max_removals must be at least 0, not -1.",
            "workers must be at least 1 and at most 32, not 99.",
            "purge names invites, which the declaration does not contain: all of them would be removed.",
            "purge names projects, and archiving cannot be undone: set purge_projects: true as well.",
            "projects[1]: purge names users, which the project does not declare.",
            "projects[0].users[0]: x@exmaple.com is not an address at example.com (email_domains).",
            "projects[0].users[1]: one of these is required: email, user_id.",
            "projects[1].rate_limits[0]: max_requests_per_1_minute must be at least 0, not -1.",
            "projects[2]: name must not be empty.",
            "projects[1]: project 'a' is declared in projects[0] (playbook.yml:16:9) as well.",
        ],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_all_that_is_wrong_with_a_declaration_is_said_before_any_request(name: str, ansible: Ansible) -> None:
    task, problems = BAD[name]
    run = play_alike(ansible, attempts({name: task}), organization=ORGANIZATION)
    told = run[name].result["problems"]
    assert [": ".join(filter(None, (each["where"], each["message"]))) for each in told] == problems
    assert run[name].requests == []


def test_all_that_the_organization_forbids_is_said_together(ansible: Ansible) -> None:
    task = module(
        "organization",
        users=[{"email": "platform-owner@example.com", "role": "reader"}, {"email": "robot@example.com"}],
        projects=[
            {
                "name": "search-prod",
                "users": [{"email": "one@example.com"}],
                "rate_limits": [{"model": "gpt-6", "max_requests_per_1_minute": 1}],
            },
            {"name": "legacy", "users": [{"email": "two@example.com"}]},
        ],
    )
    run = play_alike(ansible, attempts({"refused": task}), organization=ORGANIZATION)
    lines = run["refused"].message.splitlines()
    assert len(lines) == 5
    for words in (
        "projects[0].users[0] (search-prod): Nobody in the organization has the e-mail address one@example.com.",
        "projects[1].users[0] (legacy): Nobody in the organization has the e-mail address two@example.com.",
        "is the last owner of the organization",
        "users[1]: The user 'robot@example.com' is a service account",
        "projects[0].rate_limits[0]: There is no rate limit 'gpt-6' of project 'search-prod'.",
    ):
        assert words in run["refused"].message
    assert run["refused"].writes == []


def test_owners_can_be_relieved_but_not_all_of_them(ansible: Ansible) -> None:
    people = {"own@example.com": "owner", "a@example.com": "owner", "b@example.com": "reader"}
    organization = {"users": [{"email": email, "role": role} for email, role in people.items()]}
    own = {"email": "own@example.com", "state": "absent"}  # whose key it is
    relieved = [{"email": "a@example.com", "role": "reader"}, {"email": "b@example.com", "role": "owner"}]
    both = [{"email": "a@example.com", "role": "reader"}, {"email": "b@example.com", "role": "reader"}]
    gone = [{"email": "a@example.com", "state": "absent"}, {"email": "b@example.com", "state": "absent"}]
    tasks = {
        "relieved": module("organization", users=relieved),
        "none left": module("organization", users=[own, *both]),
        "all gone": module("organization", users=[own, *gone]),
    }
    run = play_alike(ansible, attempts(tasks), organization=organization)
    assert shown(run["relieved"].result["changes"]) == [
        "update user b@example.com in -",
        "update user a@example.com in -",
    ]
    assert [write["body"] for write in run["relieved"].writes] == [{"role": "owner"}, {"role": "reader"}]
    for name, why in {"none left": "is the last owner", "all gone": "owns the admin key"}.items():
        assert f"'own@example.com' {why}" in run[name].message
        assert run[name].writes == []


PURGES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "people": (
        {"users": [{"email": "search-lead@example.com"}], "purge": ["users"]},
        ["remove user search-dev@example.com in -", "remove user stranger@example.com in -"],
    ),
    "people, but not who is in a project": (
        {
            "users": [],
            "purge": ["users"],
            "projects": [{"name": "legacy", "users": [{"email": "search-dev@example.com"}]}],
        },
        [
            "add project_user search-dev@example.com in legacy",
            "remove user search-lead@example.com in -",
            "remove user stranger@example.com in -",
        ],
    ),
    "invites": ({"invites": [], "purge": ["invites"]}, ["withdraw invite pending@example.com in -"]),
    "projects": (
        {"projects": [{"name": "search-prod"}], "purge": ["projects"], "purge_projects": True},
        ["archive project legacy in -"],
    ),
    "service accounts": (
        {"projects": [{"name": "search-prod", "service_accounts": [], "purge": ["service_accounts"]}]},
        ["delete service_account forgotten in search-prod"],
    ),
    "users of all projects": (
        {
            "project_defaults": {"users": [], "purge": ["users"]},
            "projects": [{"name": "search-prod"}, {"name": "legacy"}],
        },
        [
            "remove project_user search-lead@example.com in search-prod",
            "remove project_user stranger@example.com in search-prod",
        ],
    ),
    "nothing that is not declared": ({"projects": [{"name": "search-prod", "users": []}]}, []),
}


@pytest.mark.parametrize("name", PURGES)
def test_only_what_purge_names_goes(name: str, ansible: Ansible) -> None:
    arguments, changes = PURGES[name]
    task = module("organization", **arguments)
    ansible.simulator.reset(ORGANIZATION)
    run = ansible.play(
        [{"name": "predict", **task, "check_mode": True}, {"name": "do", **task}, {"name": "again", **task}]
    )
    assert run.status == 0, run.output
    assert shown(run["predict"].result["changes"]) == shown(run["do"].result["changes"]) == changes
    assert [each["purged"] for each in run["do"].result["changes"]] == [each.split()[0] in GONE for each in changes]
    assert run["again"].writes == []


GONE = ("remove", "delete", "withdraw", "archive")


@pytest.mark.parametrize("options", [[], ["--check"]], ids=["real", "check"])
def test_too_many_removals_are_refused_and_shown(options: list[str], ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    task = module("organization", users=[], purge=["users"], max_removals=2)
    run = ansible.play(attempts({"refused": task}), *options)
    assert "purge would remove 3 objects, more than max_removals (2)." in run["refused"].message
    assert len(run["refused"].result["changes"]) == 3
    assert run["refused"].writes == []


def test_a_default_project_of_another_name_is_kept(ansible: Ansible) -> None:
    organization = {**ORGANIZATION, "projects": [{"name": "Base", "default": True}, *ORGANIZATION["projects"][1:]]}
    ansible.simulator.reset(organization)
    task = module("organization", projects=[{"name": "search-prod"}], purge=["projects"], purge_projects=True)
    run = ansible.play([{"name": "do", **task}])
    assert run.status == 0, run.output
    assert shown(run["do"].result["changes"]) == ["archive project legacy in -"]
    assert run["do"].result["summary"]["projects"] == {"archive": 1, "kept": 1, "unchanged": 1}
    (warning,) = run["do"].warnings
    assert warning.startswith("project proj_")
    assert "is kept" in warning


def test_people_who_are_invited_get_all_that_is_declared_for_them(ansible: Ansible, simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    task = module(
        "organization",
        invite_missing=True,
        users=[{"email": "Both@example.com", "role": "owner"}],
        invites=[{"email": "third@example.com", "role": "owner"}],
        projects=[
            {
                "name": "search-prod",
                "users": [{"email": "both@example.com", "role": "owner"}, {"email": "third@example.com"}],
            },
            {
                "name": "new",
                "users": [{"email": "both@example.com"}, {"email": "viewer@example.com", "role": "viewer"}],
            },
        ],
    )
    check = {"name": "predict", **task, "check_mode": True}
    run = ansible.play([check, {"name": "do", **task}, {"name": "again", **task}])
    assert run.status == 0, run.output
    assert shown(run["predict"].result["changes"]) == shown(run["do"].result["changes"])
    invited = {each["email"]: each for each in simulator.state()["invites"]}
    names = {each["id"]: each["name"] for each in simulator.state()["projects"]}
    roles = {
        email: [(names.get(each["project"], each["project"]), each["role"]) for each in invite["projects"]]
        for email, invite in invited.items()
    }
    assert roles["Both@example.com"] == [("search-prod", "owner"), ("new", "member")]
    assert roles["third@example.com"] == [("search-prod", "member")]
    assert roles["viewer@example.com"] == []
    assert invited["third@example.com"]["role"] == invited["Both@example.com"]["role"] == "owner"
    assert run["again"].writes == []
    assert len(run["again"].result["pending"]) == 3


def test_an_invite_that_expired_is_sent_again_but_not_every_day(ansible: Ansible) -> None:
    now = int(time.time())
    expired = [
        {"email": f"{days}-days@example.com", "role": "reader", "created_at": now - days * DAY, "expires_at": now - DAY}
        for days in (10, 3)
    ]
    ansible.simulator.reset({**ORGANIZATION, "invites": expired})
    task = module("organization", users=[{"email": each["email"]} for each in expired], invite_missing=True)
    run = ansible.play([{"name": "do", **task}, {"name": "again", **task}])
    assert shown(run["do"].result["changes"]) == ["replace invite 10-days@example.com in -"]
    assert [(each["email"], each["status"]) for each in run["do"].result["pending"]] == [
        ("3-days@example.com", "expired")
    ]
    assert "was sent less than 7 days ago" in run["do"].warnings[0]
    assert run["again"].writes == []


def test_a_project_by_id_can_get_another_name_and_one_that_was_archived_is_refused(ansible: Ansible) -> None:
    organization = {
        **ORGANIZATION,
        "projects": [*ORGANIZATION["projects"], {"name": "old", "id": "proj_old", "status": "archived"}],
    }
    tasks = {
        "renamed": module("organization", projects=[{"project_id": "proj_legacy", "name": "modern", "users": []}]),
        "archived": module("organization", projects=[{"project_id": "proj_old", "users": []}]),
        "archived by name": module("organization", projects=[{"name": "old"}]),
        "to be archived": module("organization", projects=[{"name": "old", "state": "archived"}]),
    }
    run = play_alike(ansible, attempts(tasks), organization=organization)
    assert shown(run["renamed"].result["changes"]) == ["update project legacy in -"]
    assert "was archived" in messages(run)["archived"]
    assert "allow_archived_namesake" in messages(run)["archived by name"]
    assert not run["to be archived"].changed


def test_a_listing_that_cannot_be_read_stops_everything(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.fault(
        "status", "/organization/projects/{project_id}/rate_limits", status=403, message="No.", times=None
    )
    run = ansible.play(attempts({"refused": declare()}))
    assert run["refused"].message.startswith("Could not list the rate limits of project 'search-prod': No")
    assert run["refused"].writes == []


def test_nothing_that_is_not_declared_is_read(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    run = ansible.play([{"name": "one", **module("organization", projects=[{"name": "search-prod", "users": None}])}])
    assert [request["path"] for request in run["one"].requests] == ["/organization/projects"]
    assert not run["one"].changed


def test_owners_whom_nobody_declared_are_told_even_if_a_project_declares_them(simulator: Simulator) -> None:
    """Whoever is to be in a project has to be in the organization, but not as its owner."""
    people = {"platform-owner@example.com": "owner", "made-owner@example.com": "owner", "dev@example.com": "reader"}
    project = {"name": "search", "users": [{"email": email} for email in ("made-owner@example.com", "dev@example.com")]}
    there = {"users": [{"email": email, "role": role} for email, role in people.items()], "projects": [project]}
    simulator.reset(there)
    owner = {"email": "platform-owner@example.com", "role": "owner"}
    found = perform(simulator, "organization", True, users=[owner], projects=[project]).returns
    assert [(each["kind"], each["name"], each["role"]) for each in found["unmanaged"]] == [
        ("user", "made-owner@example.com", "owner")
    ]


def test_an_owner_who_is_to_be_none_is_no_stranger_in_projects(simulator: Simulator) -> None:
    """They lose their places in all projects together with the organization."""
    people = [{"email": email, "role": "owner"} for email in ("platform-owner@example.com", "made-owner@example.com")]
    simulator.reset({"users": people, "projects": [{"name": "search"}]})
    declared = [people[0], {"email": "made-owner@example.com", "role": "reader"}]
    found = perform(simulator, "organization", True, users=declared, projects=[{"name": "search", "users": []}]).returns
    assert [each["action"] for each in found["changes"]] == ["update"]
    assert found["unmanaged"] == []


def test_a_long_task_says_how_far_it_is(ansible: Ansible, tmp_path: Path) -> None:
    """In the controller, every ten seconds; here with a copy that does not wait so long."""
    constant = "SECONDS_BETWEEN_LINES = "
    tree = planted(tmp_path, "plugins/module_utils/_api/parallel.py", f"{constant}10", f"{constant}0")
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.fault("delay", "/organization/projects", "GET", seconds=1.5)
    task = {"name": "long", **module("organization", projects=[{"name": "search-prod"}])}
    impatient = replace(ansible, collections=tree, in_process=True)
    assert "... Reading: 0 of 1" in impatient.play([task]).output
    ansible.simulator.fault("delay", "/organization/projects", "GET", seconds=1.5)
    assert "Reading" not in impatient.play([{**task, "no_log": True}]).output
