# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invites: who gets one, who gets another, and who gets none."""

from __future__ import annotations

import time
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Refused
from integration.direct import perform
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import messages
from simulator import Simulator

DAY = 86400
NOW = int(time.time())


def invite(email: str, days: float, status: str = "pending", **more: Any) -> dict[str, Any]:
    """An invite that was sent so many days ago."""
    sent = NOW - int(days * DAY)
    return {
        "email": email,
        "role": "reader",
        "created_at": sent,
        "expires_at": sent + 7 * DAY,
        "status": status,
        **more,
    }


ORGANIZATION = {
    "users": [
        {"email": "owner@example.com", "role": "owner"},
        {"email": "dev@example.com", "id": "user-dev"},
    ],
    "projects": [
        {"name": "Default project"},
        {"name": "search", "id": "proj_search", "users": [{"email": "dev@example.com"}]},
        {"name": "twin", "id": "proj_one"},
        {"name": "twin", "id": "proj_two"},
    ],
    "invites": [
        invite("pending@example.com", 1, id="invite-pending", projects=[{"project": "search", "role": "member"}]),
        invite("expired@example.com", 30, "expired", role="owner"),
        invite("lately@example.com", 8, "expired"),
        invite("left@example.com", 100, "accepted"),
        invite("twice@example.com", 3, id="invite-older"),
        invite("twice@example.com", 1, id="invite-newer"),
    ],
}


def play(ansible: Ansible, tasks: dict[str, dict[str, Any]], *options: str) -> PlaybookRun:
    ansible.simulator.reset(ORGANIZATION)
    named = [{"name": name, **module("invite", **task), "ignore_errors": True} for name, task in tasks.items()]
    return ansible.play(named, *options)


def test_who_needs_no_invite_gets_none(ansible: Ansible) -> None:
    tasks: dict[str, dict[str, Any]] = {
        "pending": {"email": "Pending@example.com"},
        "pending, as declared": {
            "email": "pending@example.com",
            "role": "reader",
            "projects": [{"project": "search"}],
        },
        "expired lately": {"email": "lately@example.com", "resend_after_days": 10},
        "a member": {"email": "dev@example.com"},
        "a member, as declared": {"email": "dev@example.com", "projects": [{"project_id": "proj_search"}]},
        "nobody to be withdrawn": {"email": "nobody@example.com", "state": "absent"},
        "accepted, to be withdrawn": {"email": "left@example.com", "state": "absent"},
    }
    run = play(ansible, tasks)
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [False] * len(tasks)
    assert run.writes == []
    assert run["pending"].result["invite"]["id"] == "invite-pending"
    assert run["pending"].result["user"] is None
    assert run["a member"].result["invite"] is None
    assert run["a member"].result["user"]["id"] == "user-dev"
    warned = [task.name for task in run.tasks if task.warnings]
    assert warned == ["expired lately"]


ARCHIVED = {"name": "old", "id": "proj_old", "status": "archived"}


@pytest.mark.parametrize(
    ("own_id", "said"),
    [
        ("proj_none", "Project proj_none does not exist."),
        ("proj_old", r"The project proj_old was archived on \S+: archived projects cannot be changed or used."),
    ],
)
def test_an_invite_to_a_project_of_no_use_is_not_predicted(own_id: str, said: str, simulator: Simulator) -> None:
    simulator.reset({**ORGANIZATION, "projects": [*ORGANIZATION["projects"], ARCHIVED]})
    task = {"email": "new@example.com", "projects": [{"project_id": "proj_search"}, {"project_id": own_id}]}
    with pytest.raises(Refused, match=f"^{said}$"):
        perform(simulator, "invite", check=True, **task)
    for check in True, False:  # of a whole organization, nothing is written before that is known
        with pytest.raises(Refused, match=rf"^invites\[0\]: {said}$") as refused:
            perform(simulator, "organization", check=check, projects=[{"name": "new"}], invites=[task])
        (problem,) = refused.value.facts["problems"]
        assert (problem["where"], problem["option"]) == ("invites[0]", "projects")
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (
            {"project_id": "proj_search"},
            "projects names the project 'search' (proj_search) twice, by its name and by its id.",
        ),
        ({"project": "search", "role": "owner"}, "projects names the project 'search' twice"),
    ],
)
def test_a_project_that_an_invite_names_twice_is_refused_before_anything_is_written(
    second: dict[str, Any], said: str, simulator: Simulator
) -> None:
    simulator.reset(ORGANIZATION)
    task = {"email": "new@example.com", "projects": [{"project": "search"}, second]}
    for check in True, False:
        with pytest.raises(AdminError) as alone:
            perform(simulator, "invite", check=check, **task)
        assert said in alone.value.message
        with pytest.raises(AdminError) as refused:
            perform(simulator, "organization", check=check, projects=[{"name": "new"}], invites=[task])
        (problem,) = refused.value.facts["problems"]
        assert (problem["where"], problem["option"]) == ("invites[0]", "projects[1]")
        assert problem["message"] == f"{said.removesuffix('.')}."
    assert simulator.requests(writes=True) == []


def test_projects_of_an_invite_are_read_by_id_only_where_nothing_is_sent(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)
    task = {"email": "new@example.com", "projects": [{"project_id": "proj_search"}]}
    read = []
    for check in True, False, True:  # the last time, there is nothing to do
        before = len(simulator.requests())
        perform(simulator, "invite", check=check, **task)
        read.append([each["path"] for each in simulator.requests()[before:] if each["path"].endswith("/proj_search")])
    assert read == [["/organization/projects/proj_search"], [], []]


def test_who_needs_one_gets_one(ansible: Ansible) -> None:
    run = play(
        ansible,
        {
            "new": {"email": "new@example.com", "projects": [{"project": "search", "role": "owner"}]},
            "to no project": {"email": "another@example.com"},
            "expired": {"email": "expired@example.com"},
            "expired lately": {"email": "lately@example.com", "resend_after_days": 1},
            "accepted, and no longer a member": {"email": "left@example.com"},
        },
    )
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [True] * 5
    bodies = {task.name: [write["body"] for write in task.writes if write["method"] == "POST"] for task in run.tasks}
    assert bodies["new"] == [
        {"email": "new@example.com", "role": "reader", "projects": [{"id": "proj_search", "role": "owner"}]}
    ]
    assert bodies["to no project"] == [{"email": "another@example.com", "role": "reader", "projects": []}]
    assert bodies["expired"][0]["role"] == "owner"
    assert [write["method"] for write in run["expired"].writes] == ["DELETE", "POST"]
    assert [write["method"] for write in run["accepted, and no longer a member"].writes] == ["POST"]


def test_a_pending_invite_that_differs_is_replaced_with_a_warning(ansible: Ansible) -> None:
    for options in [], ["--check"]:
        run = play(ansible, {"replaced": {"email": "pending@example.com", "role": "owner"}}, *options)
        assert run["replaced"].changed
        assert [warning for warning in run["replaced"].warnings if "with another e-mail" in warning] != []
        assert run["replaced"].result["invite"]["projects"] == [{"id": "proj_search", "role": "member"}]
        assert [write["method"] for write in run.writes] == ([] if options else ["DELETE", "POST"])


@pytest.mark.parametrize(
    ("declared", "named"),
    [
        ({"role": "owner"}, "community.openai_admin.user for the role"),
        ({"projects": [{"project": "search", "role": "owner"}]}, "community.openai_admin.project_user"),
    ],
)
def test_a_member_who_differs_is_left_alone_with_a_warning(
    declared: dict[str, Any], named: str, ansible: Ansible
) -> None:
    run = play(ansible, {"member": {"email": "dev@example.com", **declared}})
    assert not run["member"].changed
    assert run.writes == []
    if run["member"].result["user"]["projects"] is not None or "role" in declared:
        assert any(named in warning for warning in run["member"].warnings)


def test_of_several_invites_the_newest_counts_and_all_are_withdrawn(ansible: Ansible) -> None:
    run = play(
        ansible,
        {"kept": {"email": "twice@example.com"}, "withdrawn": {"email": "twice@example.com", "state": "absent"}},
    )
    assert messages(run) == {}
    assert run["kept"].result["invite"]["id"] == "invite-newer"
    assert [write["path"].rsplit("/", 1)[1] for write in run["withdrawn"].writes] == ["invite-newer", "invite-older"]


def test_what_cannot_be_is_told_before_any_write(ansible: Ansible) -> None:
    run = play(
        ansible,
        {
            "no project of that name": {"email": "new@example.com", "projects": [{"project": "never"}]},
            "two projects of that name": {"email": "new@example.com", "projects": [{"project": "twin"}]},
            "a project without a name": {"email": "new@example.com", "projects": [{"role": "owner"}]},
            "no such invite": {"invite_id": "invite-none", "role": "owner"},
            "a negative number of days": {"email": "new@example.com", "resend_after_days": -1},
        },
    )
    told = messages(run)
    assert "Project 'never' does not exist" in told["no project of that name"]
    assert "proj_one, proj_two" in told["two projects of that name"]
    assert "needs one of project, project_id" in told["a project without a name"]
    assert "There is no invite invite-none" in told["no such invite"]
    assert "resend_after_days must be at least 0" in told["a negative number of days"]
    assert run.writes == []


def test_a_project_that_is_not_there_yet_is_predicted(ansible: Ansible) -> None:
    run = play(ansible, {"predicted": {"email": "new@example.com", "projects": [{"project": "later"}]}}, "--check")
    assert run["predicted"].changed
    assert run["predicted"].result["invite"]["projects"] == [{"id": None, "role": "member"}]
    assert [warning for warning in run["predicted"].warnings if "'later' does not exist" in warning] != []


def test_an_invite_that_is_accepted_makes_a_member(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    accept = {"somebody_else": {"control": True, "path": "/invites/{{ sent.invite.id }}/accept"}}
    task = module("invite", email="new@example.com", projects=[{"project": "search"}])
    run = ansible.play(
        [
            {"name": "sent", **task, "register": "sent"},
            {"name": "accepted", **accept},
            {"name": "again", **task},
            {"name": "read", **module("invite_info", email="new@example.com")},
        ]
    )
    assert run.status == 0, run.output
    assert not run["again"].changed
    assert run["again"].result["user"]["email"] == "new@example.com"
    assert [each["status"] for each in run["read"].result["invites"]] == ["accepted"]


@pytest.mark.parametrize("size", [None, 1, 2], ids=["large pages", "pages of one", "pages of two"])
def test_the_invites_that_are_asked_for_come_back(size: int | None, ansible: Ansible) -> None:
    reads: dict[str, tuple[dict[str, Any], int]] = {
        "all": ({}, 6),
        "pending": ({"status": "pending"}, 3),
        "of an address": ({"email": "Twice@example.com"}, 2),
        "of an id": ({"invite_id": "invite-older"}, 1),
        "of no id": ({"invite_id": "invite-none"}, 0),
        "two": ({"max_results": 2}, 2),
    }
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.behaviour(page_size=size)
    run = ansible.play(
        [{"name": name, **module("invite_info", **task)} for name, (task, unused_count) in reads.items()]
    )
    assert run.status == 0, run.output
    assert {name: len(run[name].result["invites"]) for name in reads} == {name: case[1] for name, case in reads.items()}


# Who is not invited again

GONE: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "projects": [{"name": "search-prod", "id": "proj_search"}, {"name": "research", "id": "proj_research"}],
}
MEMBER = {"invite_missing": True, "projects": [{"name": "search-prod", "users": [{"email": "dev@example.com"}]}]}


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (
            {"users": [{"user_id": "user-dev", "state": "absent"}]},
            "projects[0].users[0] (search-prod): dev@example.com is not invited, since it may be the address of user"
            " user-dev, which is declared absent in users[0] and does not exist. Add email to that entry.",
        ),
        (
            {"users": [{"user_id": "user-dev", "email": "Dev@example.com", "state": "absent"}]},
            "users[0]: user user-dev is declared absent, and present in projects[0].users[0].",
        ),
        (
            {"invites": [{"email": "Dev@example.com", "state": "absent"}]},
            "invites[0]: invite 'Dev@example.com' is declared absent, and present in projects[0].users[0].",
        ),
        (
            {
                "projects": [],
                "users": [{"email": "dev@example.com"}],
                "invites": [{"email": "dev@example.com", "state": "absent"}],
            },
            "invites[0]: invite 'dev@example.com' is declared absent, and present in users[0].",
        ),
    ],
    ids=["by id", "by id and address", "the invite", "a person of the organization"],
)
def test_whoever_is_declared_absent_is_not_invited_again(
    declared: dict[str, Any], said: str, check: bool, simulator: Simulator
) -> None:
    simulator.reset(GONE)
    with pytest.raises(Refused) as caught:
        perform(simulator, "organization", check=check, **{**MEMBER, **declared})
    assert caught.value.message == said
    assert simulator.requests(writes=True) == []


@pytest.mark.parametrize(
    "declared",
    [
        {"users": [{"user_id": "user-dev", "email": "other@example.com", "state": "absent"}]},
        {"users": [{"email": "other@example.com", "state": "absent"}]},
        {"invites": [{"email": "other@example.com", "state": "absent"}]},
        {
            "projects": [
                *MEMBER["projects"],
                {"name": "research", "users": [{"email": "dev@example.com", "state": "absent"}]},
            ]
        },
    ],
    ids=["another id", "another address", "another invite", "in another project"],
)
def test_others_who_are_absent_keep_nobody_from_being_invited(declared: dict[str, Any], simulator: Simulator) -> None:
    simulator.reset(GONE)
    made = perform(simulator, "organization", **{**MEMBER, **declared})
    assert [(each["action"], each["kind"]) for each in made.returns["changes"]] == [("send", "invite")]


def test_whoever_is_there_by_id_may_leave_while_others_are_invited(simulator: Simulator) -> None:
    simulator.reset({**GONE, "users": [*GONE["users"], {"email": "other@example.com", "id": "user-other"}]})
    leaving = {"users": [{"user_id": "user-other", "state": "absent"}]}
    made = perform(simulator, "organization", **{**MEMBER, **leaving})
    assert sorted((each["action"], each["kind"]) for each in made.returns["changes"]) == [
        ("remove", "user"),
        ("send", "invite"),
    ]


def test_a_member_may_have_an_invite_that_is_withdrawn(simulator: Simulator) -> None:
    simulator.reset({**GONE, "users": [*GONE["users"], {"email": "dev@example.com"}]})
    made = perform(simulator, "organization", **MEMBER, invites=[{"email": "dev@example.com", "state": "absent"}])
    assert [(each["action"], each["kind"]) for each in made.returns["changes"]] == [("add", "project_user")]


@pytest.mark.parametrize("days", [(3, 1), (1, 3)], ids=["oldest first", "newest first"])
def test_the_newest_counts_in_whatever_order_they_are_listed(days: tuple[int, int], simulator: Simulator) -> None:
    twice = [invite("twice@example.com", each, id=f"invite-{each}") for each in days]
    simulator.reset({**ORGANIZATION, "invites": twice})
    page = perform(simulator, "invite_info", email="twice@example.com").returns["invites"]
    body = sorted(page, key=lambda each: str(each["id"]), reverse=days[0] > days[1])
    simulator.fault("shape", "/organization/invites", "GET", times=None, at=["data"], body=body)
    assert perform(simulator, "invite", email="twice@example.com").returns["invite"]["id"] == "invite-1"
