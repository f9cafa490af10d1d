# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run molecule with its own arguments: python -m integration.molecule_forks test --all.

For each scenario, molecule installs the collection; for each step, it starts ansible-playbook twice: to check that it
is installed, and to run it. Here the installation and the check happen only once. Molecule starts the playbooks of the
scenario C(ANEW); those of other scenarios run in forks of a process that has loaded ansible-core.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from integration.forks import Forks

ANEW = "default"


def call_once(owner: Any, name: str) -> None:
    """Replace a method by one that does nothing after its first success, for whatever object."""
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
            played = forks.play(command, env, Path(cwd or "."))
            print(played.stdout, end="")
            print(played.stderr, end="", file=sys.stderr)
            return played
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
