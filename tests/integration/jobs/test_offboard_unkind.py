# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Off-boarding on the day on which everything goes wrong: unkind readings, races, kills, and slips."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from integration.playbooks import Ansible, PlaybookRun
from simulator import Simulator
from simulator.readings import READINGS

OWNER, JANE, SCIM, WHO = "owner@example.com", "Jane.Doe@Example.com", "scim@example.com", "jane.doe@example.com"
ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": OWNER, "role": "owner", "id": "user-owner"},
        {"email": JANE, "id": "user-jane"},
        {"email": SCIM, "id": "user-scim", "is_scim_managed": True},
        {"email": "max@strasse.example", "id": "user-max"},
    ],
    "projects": [
        {
            "name": "search",
            "id": "proj_search",
            "users": [{"email": JANE}, {"email": SCIM}, {"email": "max@strasse.example"}],
            "service_accounts": [{"name": "bot", "id": "svc_bot"}],
            "api_keys": [
                {"name": "laptop", "id": "key_jane", "user": JANE},
                {"name": "desk", "id": "key_max", "user": "max@strasse.example"},
                {"name": "deploy", "id": "key_bot", "service_account": "bot"},
            ],
        },
        {"name": "chat", "id": "proj_chat", "users": [{"email": JANE, "role": "owner"}]},
    ],
    "groups": [
        {"name": "team", "id": "group_team", "members": [{"email": JANE}, {"email": SCIM}, {"email": OWNER}]},
        {"name": "okta", "id": "group_okta", "is_scim_managed": True, "members": [{"email": SCIM}]},
    ],
    "admin_api_keys": [{"name": "reports", "id": "key_reports", "owner": JANE}],
    "invites": [{"email": "new@example.com", "id": "invite-new"}],
}
JOB = "community.openai_admin.offboard"
UNFINISHED = "Fail because of the verdict"
ALL = 6
"""How much there is of who leaves."""


@pytest.fixture
def organization(ansible: Ansible) -> Ansible:
    ansible.simulator.reset(ORGANIZATION)
    return ansible


def offboard(ansible: Ansible, people: Any, *options: str) -> PlaybookRun:
    return ansible.run(JOB, "-e", json.dumps({"openai_admin_offboard": people}), *options)


def summary(run: PlaybookRun) -> list[str]:
    return list(run["Show the summary"].result["msg"])


def remains(simulator: Simulator, own_id: str, address: str) -> list[str]:
    """What there is of a person, as the simulator knows it, whatever it answers."""
    state = simulator.state()
    projects = state["projects"]
    found = [f"person {user['id']}" for user in state["users"] if own_id == user["id"] or user["email"] == address]
    found += [f"member of {each['name']}" for each in projects for user in each["users"] if own_id in user.values()]
    found += [f"key {key['id']}" for each in projects for key in each["api_keys"] if own_id in key.values()]
    found += [
        f"member of group {each['name']}"
        for each in state["groups"]
        for user in each["members"]
        if own_id in user.values()
    ]
    found += [f"admin key {key['id']}" for key in state["admin_api_keys"] if own_id in key.values()]
    return found + [f"invite {each['id']}" for each in state["invites"] if each["email"].lower() == address.lower()]


# Slips


@pytest.mark.parametrize(
    "people",
    [
        ["a@example.com ; b@example.com"],
        "a@example.com ; b@example.com",
        [f"{WHO}\N{NO-BREAK SPACE}"],
        [f"mailto:{WHO}"],
        [f"Jane Doe <{WHO}>"],
        [[WHO]],
        [],
        '["',
    ],
    ids=str,
)
def test_what_names_nobody_is_refused_before_anything_is_read(people: Any, organization: Ansible) -> None:
    run = offboard(organization, people)
    assert run.status != 0
    assert "openai_admin_offboard" in run.output
    assert [request for task in run.tasks for request in task.requests] == []


def test_lists_as_people_type_them(organization: Ansible) -> None:
    """As C(-e 'name=[...]') passes it, which is a text."""
    run = organization.run(JOB, "-e", f'openai_admin_offboard=["{WHO}"]')
    assert run.status == 0, run.output
    assert remains(organization.simulator, "user-jane", JANE) == []
    assert any(task.changed for task in run.tasks)


def test_sharp_s_is_somebody_else(organization: Ansible) -> None:
    run = offboard(organization, "max@straße.example")
    assert run.status == 0, run.output
    assert run.writes == []
    assert any("max@straße.example" in line and line.startswith("Not in") for line in summary(run))


# Unkind readings

READING = sorted(READINGS.keys() - {"limits are capped", "a bucket on two pages", "answers trickle"})
FAILING = {
    "200 with an error",
    "200, but not deleted",
    "null where it may be",
    "optional fields are missing",
}
"""Under these, nothing can be done, or nobody can be compared, and the job says so."""


@pytest.mark.series(4)
@pytest.mark.parametrize("reading", READING)
def test_whoever_was_off_boarded_is_gone_or_the_job_fails(reading: str, ansible: Ansible) -> None:
    simulator = ansible.simulator
    simulator.reset(ORGANIZATION)
    assert len(remains(simulator, "user-jane", JANE)) == ALL
    simulator.behaviour(**READINGS[reading])
    run = offboard(ansible, WHO)
    rest = remains(simulator, "user-jane", JANE)
    orphan = "admin key key_reports"
    if run.status == 0 and orphan in rest:  # nobody knows whose it is, and that is told
        assert any("possibly theirs: " in line and "key_reports" in line for line in summary(run))
        rest.remove(orphan)
    assert (rest == []) if run.status == 0 else any(task.failed and task.message for task in run.tasks), run.output
    assert run.status == 0 or reading in FAILING, run.output
    state = simulator.state()
    assert {"user-owner", "user-scim", "user-max"} <= {each["id"] for each in state["users"]}
    assert {"key_max", "key_bot"} <= {key["id"] for project in state["projects"] for key in project["api_keys"]}
    again = offboard(ansible, WHO)
    assert again.writes == [] or rest, again.output
    assert again.status == 0 or reading in FAILING, again.output


def test_a_spelling_that_the_filter_minds_is_found_and_said(organization: Ansible) -> None:
    organization.simulator.behaviour(case_sensitive=True)
    run = offboard(organization, WHO)
    assert run.status == 0, run.output
    assert remains(organization.simulator, "user-jane", JANE) == []
    assert f"Found with another spelling: {WHO} as {JANE}." in summary(run)


def test_whoever_cannot_be_compared_is_never_green(organization: Ansible) -> None:
    organization.simulator.behaviour(without_address=["user-max", "user-jane"])
    for options in (), ("--check",):
        run = offboard(organization, "nobody@example.com", *options)
        assert run.status != 0
        assert run.writes == []
        unclear = "in the organization, because the API does not show the address of user-jane, user-max"
        assert f"nobody@example.com is {unclear}" in run[UNFINISHED].message


# Races


@contextmanager
def once(happened: Callable[[dict[str, Any]], bool], simulator: Simulator, act: Callable[[], Any]) -> Iterator[None]:
    """Do something as soon as a request was made."""
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            if any(happened(request) for request in simulator.requests()):
                act()
                return
            time.sleep(0.01)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.series(1)
@pytest.mark.parametrize(
    ("people", "when", "meanwhile", "left_over"),
    [
        (
            JANE,
            ("/organization/users/{user_id}", "DELETE"),
            {"method": "POST", "path": "/organization/invites", "body": {"email": WHO, "role": "reader"}},
            f"invite of {JANE} (new)",
        ),
        (
            SCIM,
            ("/organization/groups/{group_id}/users/{user_id}", "DELETE"),
            {
                "method": "POST",
                "path": "/organization/projects/proj_chat/users",
                "body": {"user_id": "user-scim", "role": "owner"},
            },
            f"membership in chat of {SCIM} (new)",
        ),
        (
            SCIM,
            ("/organization/groups/{group_id}/users/{user_id}", "DELETE"),
            {"method": "POST", "path": "/organization/groups/group_team/users", "body": {"user_id": "user-scim"}},
            f"membership of group team of {SCIM} (is still there)",
        ),
    ],
    ids=["an invite", "a membership", "a group that they were taken out of"],
)
def test_what_came_meanwhile_fails_it_by_name(
    people: str, when: tuple[str, str], meanwhile: dict[str, Any], left_over: str, organization: Ansible
) -> None:
    organization.simulator.fault("meanwhile", *when, when="after", body=meanwhile)
    run = offboard(organization, people)
    assert run.status != 0
    assert left_over in run[UNFINISHED].message
    assert "Run the playbook again." in run[UNFINISHED].message
    assert not any("nothing new was found" in line for line in summary(run))
    rest = offboard(organization, people)
    assert rest.status == 0, rest.output
    assert "Read again at the end: nothing new was found." in summary(rest)


def test_an_invite_that_was_accepted_meanwhile_is_not_withdrawn(organization: Ansible) -> None:
    """Between the first reading and the withdrawal: she is in the organization now."""
    simulator = organization.simulator
    simulator.fault("delay", "/organization/audit_logs", "GET", seconds=2)
    who = "new@example.com"
    with once(
        lambda request: request["path"].endswith("/audit_logs"),
        simulator,
        lambda: simulator.accept_invite("invite-new"),
    ):
        run = offboard(organization, who)
    assert run.status != 0
    assert who in [user["email"] for user in simulator.state()["users"]]
    said = next(task.message for task in run.tasks if task.failed and "not finished" in task.message)
    assert "accepted" in run.output or f"{who} in the organization (new)" in said
    rest = offboard(organization, who)
    assert rest.status == 0, rest.output
    assert who not in [user["email"] for user in simulator.state()["users"]]


@pytest.mark.series(1)
@pytest.mark.parametrize("after", [1, 2, 3, 5])
def test_killed_in_the_middle_and_run_again(after: int, organization: Ansible) -> None:
    simulator = organization.simulator
    simulator.fault("delay", method="DELETE", seconds=0.3, times=None)
    organization.kill(
        lambda: len(remains(simulator, "user-jane", JANE)) <= ALL - after, JOB, "-e", f"openai_admin_offboard={WHO}"
    )
    simulator.clear_faults()
    run = offboard(organization, WHO)
    assert run.status == 0, run.output
    assert remains(simulator, "user-jane", JANE) == []
