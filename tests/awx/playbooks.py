# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs configure.yml, and what else belongs to it, in the environment that has awx.awx."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import yaml
from integration.forkserver import ForkServer, new_place
from tools.project import BUILD, ROOT

AWX = ROOT / "extensions" / "awx"
PROJECT = AWX / "project"
TOOLS = BUILD / "awx" / "bin"
"""Where ansible-runner, ansible-builder and the Ansible with awx.awx are."""

MOST_SECONDS = 300
"""After which a playbook counts as hung."""

OWN = ("OPENAI_", "ANSIBLE_", "AWX_", "CONTROLLER_", "TOWER_")


def environment(home: Path, **variables: str) -> dict[str, str]:
    """Nothing of the user's, nor of AWX's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    own = {"HOME": str(home), "ANSIBLE_HOME": str(home / "ansible"), "ANSIBLE_LOCALHOST_WARNING": "false"}
    return {**kept, **own, "ANSIBLE_NOCOLOR": "true", "ANSIBLE_PIPELINING": "true", **variables}


@dataclass(frozen=True)
class Run:
    """How a playbook ended, and how many tasks were changed, by the recap."""

    status: int
    output: str

    @property
    def changed(self) -> int:
        """The number of changed tasks."""
        (figure,) = re.findall(r"^localhost .* changed=(\d+)", self.output, re.MULTILINE)
        return int(figure)


def play(playbook: Path, home: Path, *options: str, loaded: ForkServer | None = None, **variables: str) -> Run:
    """Run a playbook: in a process of its own, or in a fork of one that has loaded ansible-core."""
    env = environment(home, **variables)
    with TemporaryFile() as stdout, TemporaryFile() as stderr:
        if loaded is None:
            command = [str(TOOLS / "ansible-playbook"), str(playbook), *options]
            done = subprocess.run(
                command, env=env, cwd=home, stdout=stdout, stderr=stderr, check=False, timeout=MOST_SECONDS
            )
            status = done.returncode
        else:
            ended = loaded.run([str(playbook), *options], env, home, (stdout, stderr), MOST_SECONDS)
            assert ended is not None
            status = os.waitstatus_to_exitcode(ended.status)
        stdout.seek(0)
        stderr.seek(0)
        return Run(status, (stdout.read() + stderr.read()).decode())


@contextmanager
def loading(home: Path) -> Iterator[ForkServer]:
    """A process that has loaded the Ansible with awx.awx."""
    env = environment(home)
    path = os.pathsep.join(filter(None, (env.get("PYTHONPATH"), str(BUILD))))  # of what all such processes load
    server = ForkServer({**env, "PYTHONPATH": path}, new_place(), str(TOOLS / "python"))
    try:
        yield server
    finally:
        server.end()


def evaluated(folder: Path, **variables: Any) -> dict[str, Any]:
    """The definitions as Ansible evaluates them."""
    names = yaml.compose((AWX / "definitions.yml").read_text(encoding="utf-8"))
    keys = [key.value for key, _value in names.value]
    wanted = "{{ {" + ", ".join(f"'{key.removeprefix('openai_admin_awx_')}': {key}" for key in keys) + "} }}"
    copy = {"content": f"{wanted[:-3]} | to_json }}}}", "dest": str(folder / "definitions.json"), "mode": "0600"}
    task = {"name": "Write", "ansible.builtin.copy": copy}
    files = [str(AWX / "definitions.yml")]
    described = {
        "name": "Definitions",
        "hosts": "localhost",
        "gather_facts": False,
        "vars_files": files,
        "tasks": [task],
    }
    playbook = folder / "definitions-play.yml"
    playbook.write_text(yaml.safe_dump([described]), encoding="utf-8")
    done = play(
        playbook, folder, "-e", json.dumps({f"openai_admin_awx_{name}": each for name, each in variables.items()})
    )
    assert done.status == 0, done.output
    read: dict[str, Any] = json.loads((folder / "definitions.json").read_text(encoding="utf-8"))
    return read
