# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run molecule, with its own arguments: python -m integration.molecule_forks test --all.

Molecule installs the collection for each scenario, and starts ansible-playbook twice for each step: to see that it is
there, and to run it. Here the first two happen once. Playbooks of the scenario C(ANEW) are started as molecule starts
them, those of other scenarios are forks of a process that has loaded ansible-core.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile
from types import SimpleNamespace
from typing import Any

from integration.forkserver import ForkServer, early, new_place

ANEW = "default"
CONFIG = "ANSIBLE_CONFIG"
MOST_SECONDS = 600
"""After which a playbook counts as hung."""


class Forks:
    """Runs playbooks in forks of one process, which has the settings of the first of them."""

    def __init__(self) -> None:
        self._server: ForkServer | None = None
        self._settings: dict[str, str] = {}

    def play(self, command: Sequence[str], env: Mapping[str, str], folder: Path) -> CompletedProcess[str]:
        """Run ansible-playbook, and print what it prints."""
        if self._server is None:
            self._settings = settings(env)
            self._server = ForkServer(env, new_place())
        if settings(env) != self._settings:
            raise ValueError("the settings of ansible-core differ between scenarios")
        with TemporaryFile() as stdout, TemporaryFile() as stderr:
            ended = self._server.run(command[1:], env, folder, (stdout, stderr), MOST_SECONDS)
            if ended is None:
                raise RuntimeError("another playbook is under way")
            printed = []
            for stream, file in ((sys.stdout, stdout), (sys.stderr, stderr)):
                file.seek(0)
                printed.append(file.read().decode())
                print(printed[-1], end="", file=stream)
        return CompletedProcess(command, os.waitstatus_to_exitcode(ended.status), *printed)

    def end(self) -> None:
        """End the process."""
        if self._server is not None:
            self._server.end()


def settings(env: Mapping[str, str]) -> dict[str, str]:
    """Return what ansible-core reads when it is loaded. Each scenario has a file of its own, with the same settings."""
    return {**early(env), CONFIG: Path(env[CONFIG]).read_text(encoding="utf-8")}


def call_once(owner: Any, name: str) -> None:
    """Have a method do nothing after it has succeeded for any object."""
    method = getattr(owner, name)
    succeeded: list[str] = []

    def call(*arguments: Any, **options: Any) -> None:
        if not succeeded:
            method(*arguments, **options)
            succeeded.append(name)

    setattr(owner, name, call)


def main() -> None:
    """Run molecule."""
    runtime: Any = importlib.import_module("ansible_compat.runtime")
    provisioner: Any = importlib.import_module("molecule.provisioner.ansible_playbook")
    start = runtime.subprocess_tee.run
    forks = Forks()

    def run(command: Sequence[str], *, env: Mapping[str, str], cwd: str | None, **options: Any) -> Any:
        if command[0] == "ansible-playbook" and env["MOLECULE_SCENARIO_NAME"] != ANEW:
            return forks.play(command, env, Path(cwd or "."))
        return start(command, env=env, cwd=cwd, **options)

    runtime.subprocess_tee = SimpleNamespace(run=run)
    call_once(runtime.Runtime, "prepare_environment")
    call_once(provisioner.AnsiblePlaybook, "_validate_backend")
    try:
        importlib.import_module("molecule.shell").main()
    finally:
        forks.end()


if __name__ == "__main__":
    main()
