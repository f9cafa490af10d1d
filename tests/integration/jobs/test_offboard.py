# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job community.openai_admin.offboard, as people run it when somebody leaves."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import minute
from integration.leavers import DAY, DEV, LEAD, LEFT, LONG_AGO, MIXED_CASE, ORGANIZATION, OWNER, SCIM
from integration.playbooks import Ansible, PlaybookRun
from integration.sdk import admin, seen
from openai import NotFoundError
from simulator import Simulator
from simulator.organization import redacted
from simulator.server import DEVELOPMENT_KEY

JOB = "community.openai_admin.offboard"
ROLE = "community.openai_admin.offboard : "
UNKNOWN = "nobody@example.com"
ACTIVE = ("proj_search", "proj_chat")
WRITES = tuple(f"{ROLE}{verb} the" for verb in ("Revoke", "Take away", "End", "Withdraw", "Remove"))
CREATED = "  created, so its value is known to them: key"
VARIABLE = "openai_admin_offboard_"
WHOSE = "Organization: simulated-organization."
NOT_LOOKED = "It was not checked whether they are still declared: openai_admin_declaration names no declaration."
NOT_READ = "Not read, so not ended: archived projects, workload identity."
NOTHING_FOUND = (
    "  no admin keys, project keys, assigned roles, memberships of projects, memberships of groups or invites"
)
OKTA = f"Group okta is managed by the identity provider through SCIM. Change it there. Still in it: {DEV}, {SCIM}."


@pytest.fixture
def organization(ansible: Ansible) -> Ansible:
    ansible.simulator.reset(ORGANIZATION)
    return ansible


def offboard(ansible: Ansible, people: str | list[str], *options: str, **variables: Any) -> PlaybookRun:
    """Run the job."""
    told = {"openai_admin_offboard": people, **{f"{VARIABLE}{name}": value for name, value in variables.items()}}
    return ansible.run(JOB, "-e", json.dumps(told), *options)


def summary(run: PlaybookRun) -> list[str]:
    lines = run[f"{ROLE}Show the summary"].result["msg"]
    assert 0 < len(lines) <= 30
    return list(lines)


def told(run: PlaybookRun, *people: str) -> list[list[str]]:
    """What was printed of people, in the order of their addresses."""
    items = run[f"{ROLE}Show what each person has"].result["results"]
    assert [each["openai_admin_offboard_person"]["email"] for each in items] == list(people)
    return [each["msg"] for each in items]


def left(simulator: Simulator, address: str, own_id: str) -> dict[str, list[str]]:
    """What the official SDK still sees of a person: keys, memberships and invites that are not history."""
    organization = admin(simulator)
    projects = [project["id"] for project in seen(organization, "projects.list", include_archived=False)]
    keys = [
        key
        for project in projects
        for key in seen(organization, "projects.api_keys.list", project_id=project, owner_project_access="any")
    ]
    owners = [(key["owner"].get("user") or {}).get("id") for key in keys]
    members = [
        user["id"] for project in projects for user in seen(organization, "projects.users.list", project_id=project)
    ]
    return {
        "keys": [key["id"] for key, owner in zip(keys, owners, strict=True) if owner == own_id],
        "admin keys": [
            key["id"] for key in seen(organization, "admin_api_keys.list") if key["owner"].get("id") == own_id
        ],
        "projects": [each for each in members if each == own_id],
        "organization": [user["id"] for user in seen(organization, "users.list") if user["id"] == own_id],
        "groups": [
            group["name"]
            for group in seen(organization, "groups.list")
            for user in seen(organization, "groups.users.list", group_id=group["id"])
            if user["id"] == own_id
        ],
        "roles": [
            role["id"]
            for listing, where in (
                ("users.roles.list", {}),
                *(("projects.users.roles.list", {"project_id": project}) for project in projects),
            )
            for role in _roles(organization, listing, own_id, **where)
        ],
        "invites": [
            invite["id"]
            for invite in seen(organization, "invites.list")
            if invite["email"].casefold() == address and invite["status"] != "accepted"
        ],
    }


def _roles(organization: Any, listing: str, own_id: str, **where: str) -> list[dict[str, Any]]:
    """The custom roles that somebody has directly; of people whom the API does not know, none."""
    try:
        found = seen(organization, listing, user_id=own_id, **where)
    except NotFoundError:
        return []
    return [role for role in found if not role["predefined_role"] and not role.get("assignment_sources")]


NOTHING: Mapping[str, list[str]] = {
    kind: [] for kind in ("keys", "admin keys", "projects", "organization", "groups", "roles", "invites")
}
STAYS = {**NOTHING, "organization": ["user-scim"], "groups": ["okta"]}
"""What only the identity provider may end."""
IDS = {LEAD: "user-lead", DEV: "user-dev", SCIM: "user-scim", LEFT: "user-left"}
EVERYBODY = f"{MIXED_CASE}, {DEV}\n{SCIM},\n\n{LEFT},{UNKNOWN}"


def test_nobody_who_left_keeps_anything(organization: Ansible) -> None:
    simulator = organization.simulator
    before = {address: left(simulator, address, own_id) for address, own_id in IDS.items()}
    assert all(any(kinds.values()) for kinds in before.values())
    planned = offboard(organization, EVERYBODY, "--check")
    assert planned.status == 0, planned.output
    assert planned.writes == []
    real = offboard(organization, EVERYBODY)
    assert real.status == 0, real.output
    after = {address: left(simulator, address, own_id) for address, own_id in IDS.items()}
    assert after == {LEAD: NOTHING, DEV: NOTHING, LEFT: NOTHING, SCIM: STAYS}
    assert [write["path"].removeprefix("/organization/") for write in real.writes] == [
        "admin_api_keys/key_admin_lead",
        "admin_api_keys/key_admin_left",
        "projects/proj_search/api_keys/key_lead",
        "projects/proj_search/api_keys/key_dev",
        "projects/proj_search/api_keys/key_scim",
        "projects/proj_chat/api_keys/key_left",
        "/projects/proj_chat/users/user-lead/roles/role_reader",
        "users/user-dev/roles/role_usage",
        "/projects/proj_search/users/user-scim/roles/role_writer",
        "/projects/proj_chat/users/user-left/roles/role_reader",
        "projects/proj_search/users/user-dev",
        "projects/proj_chat/users/user-dev",
        "projects/proj_search/users/user-scim",
        "groups/group_team/users/user-lead",
        "groups/group_team/users/user-dev",
        "groups/group_team/users/user-left",
        "invites/invite-lead",
        "invites/invite-left",
        "users/user-lead",
        "users/user-dev",
    ]
    assert {write["method"] for write in real.writes} == {"DELETE"}
    others = [key["id"] for project in simulator.state()["projects"] for key in project["api_keys"]]
    assert others == ["key_deploy", "key_nightly"]
    assert not any(task.changed for task in planned.tasks if not task.name.startswith(WRITES))
    assert [task.changed for task in planned.tasks] == [task.changed for task in real.tasks]
    again = offboard(organization, EVERYBODY)
    assert again.status == 0, again.output
    assert again.writes == []
    assert not any(task.changed for task in again.tasks)
    assert summary(again)[0] == "Nothing changed: none of them has anything left."


@pytest.mark.matrix
def test_everything_is_read_once_and_told(organization: Ansible) -> None:
    run = offboard(organization, [MIXED_CASE, DEV, SCIM, LEFT, UNKNOWN], "--check")
    assert run.status == 0, run.output
    assert told(run, LEAD, DEV, SCIM, LEFT, UNKNOWN) == [
        [
            f"{LEAD} (user-lead): owner of the organization",
            "  owner of every project",
            "  group {{ 8 * 8 }}",
            "  role {{ 9 * 9 }} in search-prod, through group {{ 8 * 8 }}",
            "  role Reader in {{ 7 * 7 }}",
            f"  key laptop (key_lead) in search-prod: last used {minute(LONG_AGO)}",
            "  admin key lead (key_admin_lead): never used",
            "  invite invite-lead: pending",
            f"{CREATED} deploy (key_deploy) of search-api in search-prod, never used",
            f"{CREATED} nightly (key_nightly) of indexer in search-prod, never used",
        ],
        [
            f"{DEV} (user-dev): reader of the organization",
            "  project search-prod: member",
            "  project {{ 7 * 7 }}: owner",
            "  group {{ 8 * 8 }}",
            "  group okta",
            "  role Usage viewer in the organization",
            "  role {{ 9 * 9 }} in search-prod, through group {{ 8 * 8 }}",
            "  key desk (key_dev) in search-prod: never used",
            "  group okta is managed by the identity provider through SCIM. Change it there",
        ],
        [
            f"{SCIM} (user-scim): reader of the organization",
            "  managed by the identity provider through SCIM",
            "  project search-prod: owner",
            "  group okta",
            "  role Usage viewer in the organization, through group okta",
            "  role {{ 9 * 9 }} in search-prod",
            "  key phone (key_scim) in search-prod: never used",
            "  group okta is managed by the identity provider through SCIM. Change it there",
        ],
        [
            f"{LEFT} (user-left): not in the organization",
            "  group {{ 8 * 8 }}",
            "  role {{ 9 * 9 }} in search-prod, through group {{ 8 * 8 }}",
            "  role Reader in {{ 7 * 7 }}",
            "  key {{ 6 * 6 }} (key_left) in {{ 7 * 7 }}: never used",
            "  admin key {{ 5 * 5 }} (key_admin_left): never used",
            "  invite invite-left: expired",
        ],
        [f"{UNKNOWN}: not in the organization", NOTHING_FOUND],
    ]
    assert summary(run) == [
        "2 admin keys would be revoked.",
        "4 project keys would be revoked.",
        "4 assigned roles would be taken away.",
        "3 memberships of projects would be ended.",
        "3 memberships of groups would be ended.",
        "2 invites would be withdrawn.",
        "2 people would be removed from the organization.",
        f"Found with another spelling: {MIXED_CASE} as {LEAD}.",
        f"Not in the organization, possibly misspelled or already removed: {LEFT}, {UNKNOWN}.",
        f"Managed by the identity provider through SCIM: {SCIM}. The membership of the organization is the identity"
        " provider's: end it there.",
        OKTA,
        WHOSE,
        NOT_READ,
        NOT_LOOKED,
        "Left for you:",
        f"- rotate deploy (key_deploy) of search-api in search-prod: {LEAD} knows its value",
        f"- rotate nightly (key_nightly) of indexer in search-prod: {LEAD} knows its value",
    ]
    reads = [request["path"] for task in run.tasks if not task.name.startswith(WRITES) for request in task.requests]
    assert sorted(reads) == sorted(
        [
            *["/organization/users"] * 4,  # two of them for the spelling of who did nothing by the audit log
            "/organization/projects",
            *(f"/organization/projects/{each}/users" for each in ACTIVE),
            *(f"/organization/projects/{each}/api_keys" for each in ACTIVE),
            "/organization/admin_api_keys",
            "/organization/invites",
            "/organization/groups",
            *(f"/organization/groups/{each}/users" for each in ("group_team", "group_okta", "group_bots")),
            "/organization/audit_logs",
            *(f"/organization/users/{own_id}/roles" for own_id in IDS.values()),
            *(f"/projects/{each}/users/{own_id}/roles" for each in ACTIVE for own_id in IDS.values()),
        ]
    )


@pytest.mark.matrix
def test_nothing_is_done_about_a_stranger_but_keys_that_may_be_theirs_are_told(organization: Ansible) -> None:
    run = offboard(organization, UNKNOWN)
    assert run.status == 0, run.output
    assert run.writes == []
    assert summary(run) == [
        "Nothing changed: none of them has anything left.",
        "Read again at the end: nothing new was found.",
        f"Not in the organization, possibly misspelled or already removed: {UNKNOWN}.",
        "Admin keys of people who have left, possibly theirs: {{ 5 * 5 }} (key_admin_left).",
        WHOSE,
        NOT_READ,
        NOT_LOOKED,
    ]


@pytest.mark.parametrize("options", [[], ["--check"]], ids=["real", "check"])
def test_a_key_in_use_stops_everything_and_is_named(organization: Ansible, options: list[str]) -> None:
    organization.simulator.use("key_dev", int(time.time()) - 3 * DAY)
    organization.simulator.use("key_admin_lead", int(time.time()) - 2 * DAY)
    run = offboard(organization, EVERYBODY, *options)
    assert run.status != 0
    assert run.writes == []
    message = run[f"{ROLE}Stop if keys are still in use"].message
    assert "Nothing was changed" in message
    assert f"lead (key_admin_lead) of {LEAD}, last used " in message
    assert f"desk (key_dev) in search-prod of {DEV}, last used " in message
    assert "laptop" not in message
    assert "openai_admin_offboard_force" in message


def test_a_key_in_use_goes_where_somebody_says_so(organization: Ansible) -> None:
    organization.simulator.use("key_dev", int(time.time()) - 3 * DAY)
    earlier = offboard(organization, DEV, "--check", hold_if_used_within_days="2")
    assert earlier.status == 0, earlier.output
    assert not any("audit log" in line for line in summary(earlier))  # it is on, and they are not in it
    run = offboard(organization, DEV, force="yes", hold_if_used_within_days="")
    assert run.status == 0, run.output
    assert left(organization.simulator, DEV, "user-dev") == NOTHING
    assert any("Recently used, and revoked anyway: desk (key_dev)" in line for line in summary(run))


def test_the_last_owners_stay_even_if_forced(organization: Ansible) -> None:
    run = offboard(organization, [OWNER, LEAD, DEV], force="true")
    assert run.status != 0
    assert run.writes == []
    message = run[f"{ROLE}Check that the people can be removed"].message
    assert message == (
        f"Nothing was changed. {OWNER} and {LEAD} are the last owners of the organization: make somebody else owner"
        " first."
    )


def test_the_key_that_the_job_works_with_stays(organization: Ansible) -> None:
    """It is known before anything of anybody is written."""
    run = offboard(organization, [DEV, OWNER], force="true")
    assert run.status != 0
    assert run.writes == []
    assert "this very task uses it as its admin key" in run.output


@pytest.mark.series(1)
@pytest.mark.parametrize("logging", [False, "forbidden"])
def test_an_audit_log_that_is_off_is_said(ansible: Ansible, logging: Any) -> None:
    ansible.simulator.reset({**ORGANIZATION, "behaviour": {"audit_logging": logging}})
    run = offboard(ansible, DEV)
    assert run.status == 0, run.output
    assert left(ansible.simulator, DEV, "user-dev") == NOTHING
    assert any(line.startswith("The audit log is switched off.") for line in summary(run))


@pytest.mark.series(1)
@pytest.mark.parametrize(
    ("path", "failed"),
    [
        ("/organization/projects/{project_id}/api_keys/{api_key_id}", "Revoke the project keys"),
        ("/organization/groups/{group_id}/users/{user_id}", "End the memberships of groups"),
        ("/organization/users/{user_id}", "Remove the people"),
    ],
)
def test_what_fails_halfway_is_finished_by_the_next_run(organization: Ansible, path: str, failed: str) -> None:
    simulator = organization.simulator
    simulator.fault("status", path, "DELETE", status=500, times=None)
    broken = offboard(organization, EVERYBODY, "-e", "openai_admin_max_wait=0")
    assert broken.status != 0
    assert broken[f"{ROLE}{failed}"].failed
    assert "The server failed: run again later." in broken.output
    assert f'the task "{failed}" failed' in broken[f"{ROLE}Report which task failed"].message
    assert f"{ROLE}Show the summary" not in [task.name for task in broken.tasks]
    simulator.clear_faults()
    rest = offboard(organization, EVERYBODY)
    assert rest.status == 0, rest.output
    assert {address: left(simulator, address, own_id) for address, own_id in IDS.items()} == {
        LEAD: NOTHING,
        DEV: NOTHING,
        LEFT: NOTHING,
        SCIM: STAYS,
    }


@pytest.mark.parametrize("options", [["--check"], []], ids=str)
def test_the_last_owners_through_a_group_stay_with_all_they_have(options: list[str], ansible: Ansible) -> None:
    """The two of them own the organization only through the group: nothing is revoked before that is known."""
    people = [{"email": DEV, "id": "user-dev"}, {"email": LEAD, "id": "user-lead"}]
    key = {"name": "automation", "id": "key_own", "owner": "user-other", "redacted_value": redacted(DEVELOPMENT_KEY)}
    ansible.simulator.reset(
        {
            "users": [*people, {"email": SCIM, "id": "user-other"}],
            "admin_api_keys": [key],
            "groups": [{"name": "owners", "id": "group_owners", "members": [{"email": DEV}, {"email": LEAD}]}],
            "role_assignments": [{"group": "owners", "role": "owner"}],
            "projects": [{"name": "search", "api_keys": [{"name": "desk", "id": "key_desk", "user": DEV}]}],
        }
    )
    run = offboard(ansible, [DEV, LEAD], *options)
    assert run.status != 0
    assert run.writes == []
    assert "nobody else is known to own the organization" in run.output
    alone = offboard(ansible, DEV, *options)
    assert alone.status == 0, alone.output


@pytest.mark.series(1)
@pytest.mark.parametrize("address", [UNKNOWN, LEFT])
def test_what_the_organization_lacks_is_no_reason_to_fail(address: str, organization: Ansible) -> None:
    """Where a plan has neither groups nor roles, nobody has any, and a misspelled address is not an error."""
    simulator = organization.simulator
    for path in "/organization/groups", "*/roles":
        simulator.fault("status", path, "GET", status=404, message="Unsupported endpoint", times=None)
    for options in ["--check"], []:
        run = offboard(organization, address, *options)
        assert run.status == 0, run.output
        assert any(line.startswith("Members of groups could not be read") for line in summary(run))
    assert any(line.startswith("Assigned roles could not be read") for line in summary(run)) == (address == LEFT)


@pytest.mark.series(1)
@pytest.mark.parametrize(("path", "status"), [("", 404), ("", 401), ("/{group_id}/users", 403)])
def test_groups_that_cannot_be_read_are_said(organization: Ansible, path: str, status: int) -> None:
    """People who are removed are no longer in any group; for people who stay, that is unknown, and the job fails."""
    simulator = organization.simulator
    words = "Your plan has no groups"
    simulator.fault("status", f"/organization/groups{path}", "GET", status=status, message=words, times=None)
    run = offboard(organization, DEV)
    assert run.status == 0, run.output
    (line,) = [line for line in summary(run) if line.startswith("Members of groups could not be read")]
    assert words in line
    assert DEV not in [user["email"] for user in simulator.state()["users"]]
    again = offboard(organization, DEV)
    assert (
        f"It is not known whether {DEV} still has access, since members of groups"
        in again[f"{ROLE}Fail because of the verdict"].message
    )
    stays = offboard(organization, SCIM)
    assert stays.status != 0
    message = stays[f"{ROLE}Fail because of the verdict"].message
    assert f"It is not known whether {SCIM} still has access, since members of groups could not be read" in message
    assert words in message
    assert "key_scim" not in [key["id"] for each in simulator.state()["projects"] for key in each["api_keys"]]


def test_what_it_was_told_wrong_is_said_at_once(organization: Ansible) -> None:
    run = offboard(organization, " ", hold_if_used_within_days="a week", force="perhaps")
    assert run.status != 0
    assert [request for task in run.tasks for request in task.requests] == []
    assert all(name in run.output for name in (f"{VARIABLE}hold_if_used_within_days", f"{VARIABLE}force"))


# The declaration

DECLARED = f"""\
---
openai_admin_organization:
  invite_missing: true
  users:
    - {{email: {OWNER}, role: owner}}
    - {{email: {LEAD.title()}, role: owner}}
    - {{email: {SCIM}, state: absent}}
  invites:
    - email: {LEFT}
  project_defaults:
    users:
      - user_id: user-dev
"""
DECLARED_PROJECT = f"""\
name: search-prod
users:
  - email: {DEV}
  - {{email: {LEAD}, state: absent}}
"""
PLACES = {
    LEAD: [("organization.yml:6:7", "users[1]")],
    DEV: [("organization.yml:12:9", "project_defaults.users[0]"), ("projects/search.yml:3:5", "projects[0].users[0]")],
    SCIM: [],
    LEFT: [("organization.yml:9:7", "invites[0]")],
}


@pytest.fixture
def declaration(organization: Ansible) -> Path:
    """A directory with a declaration in which they still are."""
    place = organization.folder / "declared"
    (place / "projects").mkdir(parents=True)
    (place / "organization.yml").write_text(DECLARED, encoding="utf-8")
    (place / "projects" / "search.yml").write_text(DECLARED_PROJECT, encoding="utf-8")
    return place


@pytest.mark.parametrize("options", [[], ["--check"]], ids=["real", "check"])
def test_where_they_are_still_declared_is_told(organization: Ansible, declaration: Path, options: list[str]) -> None:
    people = [LEAD, DEV, SCIM, LEFT]
    run = offboard(organization, people, "-e", f"openai_admin_declaration={declaration}", *options)
    assert run.status == 0, run.output
    texts = {person: [f"declared/{place}: {where}" for place, where in PLACES[person]] for person in people}
    for person, lines in zip(people, told(run, *people), strict=True):
        assert [line for line in lines if line.startswith("  declared in ")] == [
            f"  declared in {text}" for text in texts[person]
        ]
    assert [line for line in summary(run) if "declar" in line] == [
        f"- take {person} out of the declaration, which would let them in again: {text}"
        for person in people
        for text in texts[person]
    ]


def test_where_they_are_declared_in_variables_is_told(organization: Ansible) -> None:
    """With ansible-core 2.19 and newer, the file as well."""
    file = organization.folder / "variables.yml"
    file.write_text(DECLARED, encoding="utf-8")
    run = offboard(organization, [LEAD], "--check", "-e", f"@{file}")
    assert run.status == 0, run.output
    (line,) = [line for line in summary(run) if "declar" in line]
    assert line.endswith(("again: users[1]", "again: variables.yml:6:7: users[1]"))
    silent = offboard(organization, [LEAD], "--check")
    assert [line for line in summary(silent) if "declar" in line] == [NOT_LOOKED]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("users: [{email: '{{ x }}'}]", "looks like a template"),
        ("organization: other-org\nusers: []", "for the organization 'other-org'"),
    ],
    ids=["a template", "another organization"],
)
def test_a_declaration_that_cannot_be_theirs_stops_everything(organization: Ansible, text: str, said: str) -> None:
    file = organization.folder / "declared.yml"
    file.write_text(text, encoding="utf-8")
    run = offboard(organization, [LEAD], "-e", f"openai_admin_declaration={file}")
    assert run.status != 0
    assert said in run.output
    assert run.writes == []
