# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run is killed with its process group, which does not reach its workers: they send nothing more."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Stopped
from integration.playbooks import ANSIBLE_PLAYBOOK, Ansible, module
from simulator import Simulator

ORGANIZATION = {
    "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}],
    "projects": [{"name": "Default project"}],
}
AFTER = 1.5
"""Seconds after which the server lets a worker go on."""
PATIENCE = 60.0


def kill_group(ansible: Ansible, tasks: Sequence[dict[str, Any]], when: Callable[[], bool]) -> None:
    """Run tasks, and kill the controller's process group as soon as something is the case."""
    playbook = ansible.folder / "killed.yml"
    playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}]))
    command = [*ANSIBLE_PLAYBOOK, str(playbook)]
    environment = ansible._environment(ansible.folder)
    null = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=null, stderr=null, start_new_session=True) as process:
        until = time.monotonic() + PATIENCE
        try:
            while not when():
                assert process.poll() is None, "the playbook ended before"
                assert time.monotonic() < until
                time.sleep(0.02)
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.series(1)
@pytest.mark.parametrize("in_process", [True, False], ids=["in_process", "as_module"])
def test_the_next_run_sends_an_invite_once(in_process: bool, simulator: Simulator, tmp_path: Path) -> None:
    """The worker of the first run waits for the API when its controller is killed."""
    simulator.reset(ORGANIZATION)
    ansible = Ansible(simulator, tmp_path, in_process=in_process, recorded=False)
    simulator.fault("status", "/organization/invites", "POST", status=429, headers={"Retry-After": str(AFTER)})
    invite = module("invite", email="new@example.com")
    kill_group(ansible, [invite], lambda: bool(simulator.requests(writes=True)))
    time.sleep(AFTER + 1)
    assert [each["status"] for each in simulator.requests(writes=True)] == [429]
    assert simulator.state()["invites"] == []
    assert ansible.play([invite]).status == 0
    assert [each["email"] for each in simulator.state()["invites"]] == ["new@example.com"]


@pytest.mark.series(1)
@pytest.mark.parametrize("in_process", [True, False], ids=["in_process", "as_module"])
def test_a_declaration_goes_no_further(in_process: bool, simulator: Simulator, tmp_path: Path) -> None:
    """Running requests are finished; no further ones begin."""
    simulator.reset(ORGANIZATION)
    simulator.fault("delay", "/organization/projects", "POST", seconds=0.5, times=None)
    ansible = Ansible(simulator, tmp_path, in_process=in_process, recorded=False)
    projects = [{"name": f"project-{number}"} for number in range(20)]
    declared = module("organization", projects=projects, workers=2)
    kill_group(ansible, [declared], lambda: len(simulator.requests(writes=True)) >= 2)
    time.sleep(2)
    simulator.clear_faults()
    assert len(simulator.state()["projects"]) <= 1 + 4
    run = ansible.play([declared])
    assert run.status == 0, run.output
    assert len(simulator.state()["projects"]) == 1 + 20


def test_a_client_whose_parent_is_gone_sends_nothing(simulator: Simulator) -> None:
    request = Request("GET", "/organization/projects", "list the projects", query={"limit": 1})
    there = Connection(simulator.admin_key, simulator.url)
    assert "data" in Client(there, parent=os.getppid()).send(request)
    simulator.clear()
    with pytest.raises(Stopped, match="the process that started this task is gone"):
        Client(there, parent=os.getpid()).send(request)
    assert simulator.requests() == []
