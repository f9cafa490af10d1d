# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module C(organization) says of a declaration has its place, however the task runs and reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible.release import __version__
from integration.playbooks import Ansible, module
from integration.removals import ORGANIZATION

OLDER = tuple(map(int, __version__.split(".")[:2])) < (2, 19)
"""Whether ansible-core does not know where variables come from."""
WRONG = """\
openai_admin_organization:
  email_domains: [example.com]
  max_removals: -1
  project_defaults:
    users: &team
      - {email: lead@example.com, role: ''}
  users:
    - {email: ada@exmaple.com}
  projects:
    - name: search-prod
      rate_limit: 5
      users: *team
      service_accounts:
        - {name: api, state: gone}
    - search
    - name: chat
      users:
        - email: lead@example.com
          rol: owner
        - alan@example.com
      rate_limits: [{model: gpt-5, max_requests_per_1_minute: 1k}]
    - {name: search-prod}
"""
SAID = [
    "14:30: projects[0].service_accounts[0] (search-prod): state must be one of present, absent, not 'gone'.",
    "15:7: projects[1]: This must be a dictionary, not 'search'. Write name: search",
    "19:11: projects[2].users[0] (chat): rol is not an option. Did you mean role?",
    "20:11: projects[2].users[1] (chat): This must be a dictionary, not 'alan@example.com'. Write email:"
    " alan@example.com",
    "21:63: projects[2].rate_limits[0] (chat): max_requests_per_1_minute must be a whole number, not '1k'.",
    "3:17: max_removals must be at least 0, not -1.",
    "11:7: projects[0] (search-prod): rate_limit is not an option. Did you mean rate_limits? An attribute of your own"
    " belongs in attributes.",
    "8:15: users[0]: ada@exmaple.com is not an address at example.com (email_domains).",
    "6:41: projects[0].users[0] (search-prod): role must not be empty.",
    "6:41: project_defaults.users[0]: role must not be empty.",
    "22:7: projects[3]: project 'search-prod' is declared in projects[0] ({}:10:7) as well.",
]
CHANGES = """\
users:
  - email: dev@example.com
    role: owner
project_defaults:
  service_accounts: [{name: shared}]
projects:
  - name: search
    purge: [service_accounts]
    service_accounts: [{name: bot, role: auditor}]
    users:
      - {email: ops@example.com, role: member}
  - {name: new, service_accounts: [{name: web}]}
"""
CHANGED = {
    ("user", "dev@example.com"): "users[0] changes.yml:2:5",
    ("project", "new"): "projects[1] changes.yml:12:5",
    ("project_user", "ops@example.com"): "projects[0].users[0] changes.yml:11:9",
    ("service_account", "bot"): "projects[0].service_accounts[0] changes.yml:9:24",
    ("service_account", "web"): "projects[1].service_accounts[0] changes.yml:12:36",
    ("service_account", "shared"): "project_defaults.service_accounts[0] changes.yml:5:22",
    ("service_account", "api"): " ",
}
"""What the file changes, and where that is declared; what is purged is not."""
FORBIDDEN = """\
users:
  - {email: somebody@example.com, role: owner}
projects:
  - name: support-assistant
    users:
      - role: member
        email: nobody@example.com
    rate_limits:
      - {model: gpt-6, max_requests_per_1_minute: 1}
"""


def told(message: str) -> list[str]:
    """The lines of a message in an order that does not depend on who found what first."""
    return sorted(message.splitlines())


@pytest.mark.series(1)
@pytest.mark.matrix
def test_all_that_is_wrong_with_a_file_is_said_with_its_place(both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "team.yml").write_text(WRONG)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "organization.yml").write_text(FORBIDDEN)
    refused = {"ignore_errors": True}
    run = both_ways.play(
        [
            {"name": "wrong", **module("organization", src="team.yml"), **refused},
            {"name": "forbidden", **module("organization", src="more"), **refused},
            {"name": "given by the task", **module("organization", src="more", projects=[{"nam": 1}]), **refused},
        ]
    )
    wrong, forbidden, given = run["wrong"], run["forbidden"], run["given by the task"]
    assert told(wrong.message) == sorted(f"team.yml:{line.format('team.yml')}" for line in SAID)
    places = [each["place"] for each in wrong.result["problems"]]
    assert [line.partition(": ")[0] for line in wrong.message.splitlines()] == places
    assert wrong.requests == []
    assert [line.partition("]: ")[0].partition("] (")[0] for line in told(forbidden.message)] == [
        "more/organization.yml:2:13: users[0",
        "more/organization.yml:7:16: projects[0].users[0",
        "more/organization.yml:9:9: projects[0].rate_limits[0",
    ]
    assert forbidden.writes == []
    assert "more/organization.yml" not in given.message


def placed(entries: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    return {(each["kind"], each["name"]): f"{each['where']} {each['place']}" for each in entries}


@pytest.mark.matrix
def test_changes_warnings_and_failures_have_their_places(both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "changes.yml").write_text(CHANGES)
    both_ways.simulator.reset(ORGANIZATION)
    for route in ("/organization/projects", "/organization/users/{user_id}"):
        both_ways.simulator.fault("status", route, "POST", status=403, times=None)
    run = both_ways.play(
        [
            {"name": "check", "check_mode": True, **module("organization", src="changes.yml")},
            {"name": "do", **module("organization", src="changes.yml"), "ignore_errors": True},
        ]
    )
    predicted, done = run["check"], run["do"].result
    assert placed(predicted.result["changes"]) == CHANGED
    (warning,) = [each for each in predicted.warnings if "auditor" in each]
    place = "changes.yml:9:24: "
    if not both_ways.in_process and not warning.startswith(place):
        place = ""  # newer ansible-core shows what a module warns of before its action can add anything
        assert not OLDER
    assert warning.startswith(f"{place}projects[0].service_accounts[0]: role of service account 'bot'")
    failed, left = done["failed_changes"], done["not_tried"]
    both = {**placed(done["changes"]), **placed(failed), **placed(left)}
    assert both == {mark: CHANGED[mark] for mark in both}
    assert {("user", "dev@example.com"), ("project", "new")} <= placed(failed).keys()
    assert ("service_account", "web") in placed(left)
    assert all(each["msg"].startswith(f"{each['place']}: Could not ") for each in failed)
    shown = [line for line in run["do"].message.splitlines() if line.startswith("- ")]
    assert shown == [f"- {each['place']}: {each['where']}: {each['msg'].partition(': ')[2]}" for each in failed]


@pytest.mark.matrix
def test_of_variables_the_places_are_those_that_ansible_knows(both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "team.yml").write_text(WRONG)
    names = ("email_domains", "max_removals", "project_defaults", "users", "projects")
    options = {name: f"{{{{ openai_admin_organization.{name} }}}}" for name in names}
    run = both_ways.play([{"name": "wrong", **module("organization", **options)}], "-e", "@team.yml")
    problems: list[dict[str, Any]] = run["wrong"].result["problems"]
    assert len(problems) == len(SAID)
    if not OLDER:
        assert told(run["wrong"].message) == sorted(f"team.yml:{line.format('team.yml')}" for line in SAID)
    else:
        known = {Path(each["place"]).name for each in problems if each["place"]}
        right = {f"team.yml:{line}".partition(": ")[0] for line in SAID}
        # of what a template gave, older versions know where the option stands
        assert all(place in right or place.startswith("playbook.yml:") for place in known)


def test_the_lookup_says_places_as_well(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "team.yml").write_text("users:\n  - {email: '{{ who }}'}\nproject: []\n")
    show = {"ansible.builtin.debug": {"msg": "{{ lookup('community.openai_admin.declaration', 'team.yml') }}"}}
    (tmp_path / "wrong.yml").write_text(WRONG)
    check = {
        "ansible.builtin.debug": {"msg": "{{ lookup('community.openai_admin.declaration', 'wrong.yml', check=true) }}"}
    }
    run = ansible.play(
        [{"name": name, **task, "ignore_errors": True} for name, task in (("show", show), ("check", check))]
    )
    assert "team.yml:2:13: '{{ who }}' looks like a template" in run["show"].message
    assert "team.yml:3:1: project is not an option. Did you mean projects?" in run["show"].message
    assert [line for line in SAID if f"wrong.yml:{line.format('wrong.yml')}" not in run["check"].message] == []
    assert run["check"].requests == []


AUDITED = """\
openai_admin_organization:
  users:
    - {email: a@example.com ; b@example.com}
  projects: [{name: search, users: [{email: a}]}]
openai_admin_audit_accepted:
  - {kind: user, name: x, reason: y, until: soon}
  - kind: user
    name: x
    reason: ' '
    until: '2999-01-01'
"""
PEOPLE = [
    "audited.yml:3:15: users[0]: email must be one e-mail address such as ada@example.com, not",
    "audited.yml:4:45: projects[0].users[0] (search): email must be one e-mail address such as ada@example.com, not",
]
UNUSABLE = [
    "audited.yml:6:45: openai_admin_audit_accepted[0]: until must be a day such as 2027-03-31, not 'soon'.",
    "audited.yml:9:13: openai_admin_audit_accepted[1]: reason is empty.",
    "audited.yml:8:11: openai_admin_audit_accepted[1]: openai_admin_audit_accepted[0] accepts the same.",
]


SETTINGS = """\
openai_admin_audit_fail_on: [drift, weather]
openai_admin_audit_accepted:
  - {kind: usr, name: x, reason: y, until: '2999-01-01'}
  - {kind: user, name: x, until: '2999-01-01'}
"""
UNSET = [
    "settings.yml:1:37: openai_admin_audit_fail_on cannot be 'weather'",
    "settings.yml:3:12: openai_admin_audit_accepted[0].kind cannot be 'usr' (did you mean 'user'?).",
    "settings.yml:4:5: openai_admin_audit_accepted[1] lacks reason.",
]


def cut(message: str, known: list[str]) -> list[str]:
    """The lines of a message, as long as those that are known."""
    return [line[: len(begins)] for line, begins in zip(told(message), sorted(known), strict=True)]


@pytest.mark.matrix
def test_an_audit_says_the_places_of_what_it_cannot_use(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "audited.yml").write_text(AUDITED)
    (tmp_path / "team.yml").write_text(WRONG)
    (tmp_path / "settings.yml").write_text(SETTINGS)
    of_settings = ansible.run("community.openai_admin.audit", "-e", "@audited.yml", "-e", "@settings.yml")
    said = of_settings["Refuse settings that cannot be used"].message
    if not OLDER:
        assert [line for line in UNSET if line not in said] == []
    of_people = ansible.run("community.openai_admin.audit", "-e", "@audited.yml")
    said = of_people["Check the declaration"].message
    if not OLDER:
        assert cut(said, PEOPLE) == sorted(PEOPLE)
    (tmp_path / "audited.yml").write_text(AUDITED.replace(" ; b@example.com", "").replace("email: a}", "email: a@a.a}"))
    of_variables = ansible.run("community.openai_admin.audit", "-e", "@audited.yml")
    said = of_variables["Check the declaration and the accepted findings"].message
    if not OLDER:
        assert cut(said, UNUSABLE) == sorted(UNUSABLE)
    of_file = ansible.run("community.openai_admin.audit", "-e", "openai_admin_declaration=team.yml")
    said = of_file["Check the declaration and the accepted findings"].message
    assert [line for line in SAID if f"team.yml:{line.format('team.yml')}" not in said] == []
    assert [
        task.requests for run in (of_settings, of_people, of_variables, of_file) for task in run.tasks if task.requests
    ] == []


ACCEPTED = """\
openai_admin_audit_accepted:
  - {kind: user, name: nobody@example.com, reason: y, until: '2999-01-01'}
  - {kind: service_account, project: new, name: WEB, reason: y, until: '2999-01-01'}
"""


@pytest.mark.matrix
def test_the_findings_of_an_audit_have_their_places(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "changes.yml").write_text(CHANGES)
    ansible.simulator.reset(ORGANIZATION)
    (tmp_path / "accepted.yml").write_text(ACCEPTED)
    options = ("-e", "openai_admin_declaration=changes.yml", "-e", "@accepted.yml")
    run = ansible.run("community.openai_admin.audit", *options)
    report = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    places = {mark: said.partition(" ")[2] for mark, said in CHANGED.items()}
    found = {(each["kind"], each["name"]): each for each in report["findings"] if each["action"]}
    assert {mark: each["place"] for mark, each in found.items()} == {
        mark: each.strip() for mark, each in places.items()
    }
    summary = "\n".join(run["Show the summary"].result["msg"])
    for name in ("audit.html", "audit.xml"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert [place for place in places.values() if place not in text] == []
    assert [place for place in places.values() if place not in summary] == []
    assert run.writes == []
    vain, unclear = ([each["place"] for each in report[name]] for name in ("accepted_in_vain", "accepted_unclear"))
    if not OLDER:
        assert (vain, unclear) == (["accepted.yml:2:24"], ["accepted.yml:3:49"])
        assert all(place in (tmp_path / "audit.html").read_text(encoding="utf-8") for place in (*vain, *unclear))
        assert "accepted.yml:3:49" in summary
