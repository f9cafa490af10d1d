# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module C(organization) says of a declaration has its place, however the task runs and reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.release import __version__
from integration.playbooks import Ansible, module

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
    "19:11: projects[2].users[0] (chat): rol is no option. Did you mean role?",
    "20:11: projects[2].users[1] (chat): This must be a dictionary, not 'alan@example.com'. Write email:"
    " alan@example.com",
    "21:63: projects[2].rate_limits[0] (chat): max_requests_per_1_minute must be a whole number, not '1k'.",
    "3:17: max_removals must be at least 0, not -1.",
    "11:7: projects[0] (search-prod): rate_limit is no option. Did you mean rate_limits? An attribute of your own"
    " belongs in attributes.",
    "8:15: users[0]: ada@exmaple.com is not of example.com (email_domains).",
    "6:41: projects[0].users[0] (search-prod): role must not be empty.",
    "6:41: project_defaults.users[0]: role must not be empty.",
    "22:7: projects[3]: project 'search-prod' is declared in projects[0] ({}:10:7) as well.",
]
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


@pytest.mark.matrix
def test_of_variables_the_places_are_those_that_ansible_knows(both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "team.yml").write_text(WRONG)
    names = ("email_domains", "max_removals", "project_defaults", "users", "projects")
    options = {name: f"{{{{ openai_admin_organization.{name} }}}}" for name in names}
    run = both_ways.play([{"name": "wrong", **module("organization", **options)}], "-e", "@team.yml")
    problems: list[dict[str, Any]] = run["wrong"].result["problems"]
    assert len(problems) == len(SAID)
    if tuple(map(int, __version__.split(".")[:2])) >= (2, 19):
        assert told(run["wrong"].message) == sorted(f"team.yml:{line.format('team.yml')}" for line in SAID)
    else:
        known = {Path(each["place"]).name for each in problems if each["place"]}
        right = {f"team.yml:{line}".partition(": ")[0] for line in SAID}
        # of what a template gave, older versions know where the option stands
        assert all(place in right or place.startswith("playbook.yml:") for place in known)


def test_the_lookup_says_places_as_well(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "team.yml").write_text("users:\n  - {email: '{{ who }}'}\nproject: []\n")
    show = {"ansible.builtin.debug": {"msg": "{{ lookup('community.openai_admin.declaration', 'team.yml') }}"}}
    run = ansible.play([{"name": "show", **show}])
    assert run.status != 0
    assert "team.yml:2:13: '{{ who }}' looks like a template" in run["show"].message
    assert "team.yml:3:1: project is no option. Did you mean projects?" in run["show"].message
