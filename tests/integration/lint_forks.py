# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-lint with its own arguments: python -m integration.lint_forks --profile production.

Ansible-lint starts ansible-playbook to check the syntax of each playbook and each role. Here these run in forks of a
process that has loaded ansible-core.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from integration.forks import Forks

SYNTAX_CHECK = ["ansible-playbook", "--syntax-check"]
ENVIRONMENT = {"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "False", "PYTHONWARNINGS": "ignore"}
"""Variables that ansible-lint sets for most of these checks, and that change nothing in the others."""


def main() -> int:
    """Run ansible-lint."""
    starting: Any = subprocess
    start = starting.run
    forks = Forks()

    def run(command: Sequence[str], check: bool = False, **options: Any) -> Any:
        if list(command[:2]) == SYNTAX_CHECK:
            env = options.get("env") or os.environ
            return forks.play(command, {**env, **ENVIRONMENT}, Path(options.get("cwd") or "."))
        return start(command, check=check, **options)

    starting.run = run
    try:
        return int(importlib.import_module("ansiblelint.__main__").main(sys.argv))
    finally:
        forks.end()


if __name__ == "__main__":
    sys.exit(main())
