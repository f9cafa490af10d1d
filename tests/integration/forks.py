# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-playbook in forks of one process, for tools that start it many times."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile
from threading import Lock

from integration.forkserver import ForkServer, early, new_place

CONFIG = "ANSIBLE_CONFIG"
MOST_SECONDS = 600
"""Seconds after which a playbook counts as hung."""


class Forks:
    """Runs playbooks, one after another, in forks of a process with the settings of the first playbook."""

    def __init__(self) -> None:
        self._server: ForkServer | None = None
        self._settings: dict[str, str] = {}
        self._turn = Lock()

    def play(self, command: Sequence[str], env: Mapping[str, str], folder: Path) -> CompletedProcess[str]:
        """Run ansible-playbook. Several threads may call this."""
        with self._turn, TemporaryFile() as stdout, TemporaryFile() as stderr:
            ended = self._prepared(env).run(command[1:], env, folder, (stdout, stderr), MOST_SECONDS)
            if ended is None:
                raise RuntimeError("another playbook is under way")
            printed = []
            for file in stdout, stderr:
                file.seek(0)
                printed.append(file.read().decode())
        return CompletedProcess(command, os.waitstatus_to_exitcode(ended.status), *printed)

    def _prepared(self, env: Mapping[str, str]) -> ForkServer:
        if self._server is None:
            self._settings = settings(env)
            self._server = ForkServer(env, new_place())
        if settings(env) != self._settings:
            raise ValueError("the settings of ansible-core differ between playbooks")
        return self._server

    def end(self) -> None:
        """End the process."""
        if self._server is not None:
            self._server.end()


def settings(env: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that ansible-core reads at its start, as a value that does not depend on the files' names."""
    return {**early(env), CONFIG: Path(env.get(CONFIG, os.devnull)).read_text(encoding="utf-8")}
