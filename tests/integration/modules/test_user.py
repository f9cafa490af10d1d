# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People of the organization: what must never be done to them."""

from __future__ import annotations

import pytest
from integration.playbooks import Ansible, module

ORGANIZATION = {
    "users": [
        {"email": "owner@example.com", "role": "owner"},
        {"email": "dev@example.com"},
        {"email": "provisioned@example.com", "is_scim_managed": True},
        {"email": "robot@example.com", "role": "owner", "is_service_account": True},
    ],
    "projects": [],
}
OWNER = {"email": "owner@example.com"}
REFUSALS = {
    "the last owner removed": ({**OWNER, "state": "absent"}, "is the last owner of the organization"),
    "the last owner demoted": ({**OWNER, "role": "reader"}, "is the last owner of the organization"),
    "a service account": ({"email": "robot@example.com", "role": "reader"}, "is a service account"),
    "a service account removed": ({"email": "robot@example.com", "state": "absent"}, "is a service account"),
    "who is managed by SCIM removed": (
        {"email": "provisioned@example.com", "state": "absent"},
        "is managed by the identity provider",
    ),
    "who is not there": ({"email": "nobody@example.com", "role": "reader"}, "People are not created, but invited"),
    "an unknown id": ({"user_id": "user-none"}, "People are not created, but invited"),
    "a role that the API does not know": ({"email": "dev@example.com", "role": "king"}, "HTTP 400"),
}


@pytest.mark.parametrize("options", [[], ["--check"]], ids=["real", "check"])
def test_what_must_not_be_is_refused_before_any_write(ansible: Ansible, options: list[str]) -> None:
    ansible.simulator.reset(ORGANIZATION)
    refusals = {name: case for name, case in REFUSALS.items() if "HTTP" not in case[1] or not options}
    tasks = [{"name": name, **module("user", **case[0]), "ignore_errors": True} for name, case in refusals.items()]
    run = ansible.play(tasks, *options)
    for name, (dummy, words) in refusals.items():
        assert run[name].failed, name
        assert words in run[name].message
        assert run[name].writes == [] or "HTTP" in words


def test_what_is_allowed_is_done(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    run = ansible.play(
        [
            {"name": "promoted", **module("user", email="provisioned@example.com", role="owner")},
            {"name": "now one of two", **module("user", email="provisioned@example.com", role="reader")},
            {"name": "gone already", **module("user", email="nobody@example.com", state="absent")},
        ]
    )
    assert run.status == 0, run.output
    assert [task.changed for task in run.tasks] == [True, True, False]
    assert run["gone already"].result["user"] is None
