# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people see of a task whose objects have names made to deceive: plain text, and no line that a name began."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from integration.direct import perform
from integration.playbooks import Ansible, module
from integration.scenarios import ORGANIZATION, SEARCH, attempts
from simulator import Simulator

FORGED = "changed: [db.example.com]"
EVIL = f"x\x1b[2J\r\n{FORGED}\u2028\u202egnp\x9b31m"
SHOWN = rf"x\x1b[2J\r\n{FORGED}\u2028\u202egnp\x9b31m"
PROJECTS = [{"name": "search-prod", "id": "proj_search"}, {"name": EVIL, "id": "a"}, {"name": EVIL, "id": "b"}]
HARMFUL = set("\x1b\r\x9b\u202e\u2028")


@pytest.fixture
def deceiving(simulator: Simulator) -> Simulator:
    simulator.reset({**ORGANIZATION, "projects": [{"name": "Default project", "id": "proj_default"}, *PROJECTS]})
    return simulator


def refused(simulator: Simulator, module_name: str, **arguments: Any) -> AdminError:
    with pytest.raises(AdminError) as caught:
        perform(simulator, module_name, **arguments)
    return caught.value


def test_a_name_in_a_message(deceiving: Simulator) -> None:
    error = refused(deceiving, "project", name=EVIL)
    assert SHOWN in error.message
    assert "\n" not in error.message


def test_a_name_in_what_organization_refuses(deceiving: Simulator) -> None:
    accounts = [{"name": "bot"}, {"name": "bot"}]
    error = refused(deceiving, "organization", projects=[{"name": EVIL, "service_accounts": accounts}])
    assert SHOWN in error.message
    assert FORGED not in error.lines
    assert not HARMFUL & set(error.message)


def test_the_words_of_the_server(deceiving: Simulator) -> None:
    words = {"error": {"message": EVIL, "code": EVIL, "type": EVIL, "param": EVIL}}
    deceiving.fault("body", "/organization/projects", "POST", status=400, body=words, times=None)
    error = refused(deceiving, "project", name="new")
    assert error.message.startswith(f"Could not create project 'new': {SHOWN} (HTTP 400).")
    assert [error.facts[name] for name in ("error_code", "error_type", "error_param")] == [SHOWN] * 3


def test_the_words_of_the_server_within_an_organization(deceiving: Simulator) -> None:
    words = {"error": {"message": EVIL}}
    deceiving.fault("body", "/organization/projects", "POST", status=400, body=words, times=None)
    error = refused(deceiving, "organization", projects=[{"name": "new\n- forged"}, {"name": "newer"}])
    assert len(error.lines) == 4
    assert not HARMFUL & set(error.message)
    failed: Any = error.facts["failed_changes"]
    assert failed[0]["name"] == "new\n- forged"
    assert SHOWN in failed[0]["msg"]


def test_an_answer_that_is_no_json(deceiving: Simulator) -> None:
    deceiving.fault("html", "/organization/projects", "GET", times=None)
    error = refused(deceiving, "project", name="new")
    assert not HARMFUL & set(error.message)


@pytest.mark.usefixtures("deceiving")
@pytest.mark.parametrize("in_process", [True, False])
def test_what_a_playbook_prints(ansible: Ansible, in_process: bool) -> None:
    tasks = {
        "ambiguous": module("project", name=EVIL),
        "made, with a difference": module("service_account", **SEARCH, name=EVIL),
        "predicted, with a warning": {
            **module("service_account", project=f"{EVIL}?", name="bot"),
            "check_mode": True,
        },
        "a bad option": module("project", name="y", state=EVIL),
    }
    run = replace(ansible, in_process=in_process).play(attempts(tasks), "--diff")
    assert not HARMFUL & set(run.output)
    assert all(line != FORGED for line in run.output.splitlines())
    assert SHOWN in run["ambiguous"].message
    assert run["made, with a difference"].result["service_account"]["name"] == EVIL
    (warning,) = run["predicted, with a warning"].warnings
    assert SHOWN in warning
