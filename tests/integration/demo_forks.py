# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the demo: python -m integration.demo_forks.

Its first playbook is started as the demo starts it; the others run in forks of a process that has loaded ansible-core.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demo import demo
from integration.forks import Forks
from simulator import Simulator


def main() -> int:
    """Run the demo."""
    start = demo.run
    forks = Forks()
    started: list[str] = []

    def run(simulator: Simulator, home: Path, name: str, *options: str) -> tuple[int, str]:
        if not started:
            started.append(name)
            return start(simulator, home, name, *options)
        command = ["ansible-playbook", f"{demo.COLLECTION}.{name}", *options]
        played = forks.play(command, demo.environment(simulator, home), demo.CHECKOUT)
        return played.returncode, played.stdout + played.stderr

    demo.run = run
    try:
        return demo.main()
    finally:
        forks.end()


if __name__ == "__main__":
    sys.exit(main())
