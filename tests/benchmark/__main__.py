# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long tasks take: figures that are printed, and never fail a test.

C(PYTHONPATH=tests:.build .venv/bin/python -m benchmark). CPU is that of the whole process tree.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from integration.playbooks import Ansible, PlaybookRun, module
from simulator import Simulator, running

CHECKOUT = Path(__file__).resolve().parents[2]
DECLARATION = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
ORGANIZATION = yaml.safe_load((CHECKOUT / "tests" / "demo" / "organization.yml").read_text(encoding="utf-8"))
ROUNDS = 3
REPEATED = 20
"""Tasks in one playbook, so that its own start does not count for much."""


@dataclass(frozen=True)
class Cost:
    """Seconds."""

    wall: float
    cpu: float


@contextmanager
def quiet_simulator() -> Iterator[tuple[Simulator, Path]]:
    with running(organization=ORGANIZATION) as simulator, tempfile.TemporaryDirectory() as folder:
        yield simulator, Path(folder)


def measure(run: Callable[[], PlaybookRun]) -> Cost:
    began = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    result = run()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.status:
        raise SystemExit(result.output)
    cpu = used.ru_utime + used.ru_stime - began[1].ru_utime - began[1].ru_stime
    return Cost(time.monotonic() - began[0], cpu)


def medians(runs: Mapping[str, Callable[[], PlaybookRun]]) -> dict[str, Cost]:
    """Each in turn, several times: a busy machine slows them all alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for dummy in range(ROUNDS):
        for name, run in runs.items():
            costs[name].append(measure(run))
    return {
        name: Cost(statistics.median(cost.wall for cost in taken), statistics.median(cost.cpu for cost in taken))
        for name, taken in costs.items()
    }


def provision(simulator: Simulator, folder: Path, in_process: bool) -> PlaybookRun:
    simulator.reset(ORGANIZATION)
    ansible = Ansible(simulator, folder, in_process, recorded=False)
    return ansible.run("community.openai_admin.provision", "-e", f"@{DECLARATION}")


def repeated(simulator: Simulator, folder: Path, task: Mapping[str, Any], in_process: bool = True) -> PlaybookRun:
    ansible = Ansible(simulator, folder, in_process, recorded=False)
    return ansible.play([{"name": f"task {number}", **task} for number in range(REPEATED)])


def main() -> None:
    with quiet_simulator() as (simulator, folder):
        ways = medians(
            {
                "in the controller": lambda: provision(simulator, folder, in_process=True),
                "as modules": lambda: provision(simulator, folder, in_process=False),
            }
        )
        listing = module("project_info")
        tasks = medians(
            {
                "nothing": lambda: repeated(simulator, folder, {"ansible.builtin.meta": "noop"}),
                "ansible.builtin.ping": lambda: repeated(simulator, folder, {"ansible.builtin.ping": {}}),
                "project_info in the controller": lambda: repeated(simulator, folder, listing),
                "project_info as a module": lambda: repeated(simulator, folder, listing, in_process=False),
            }
        )
    print("sample provision                  wall s   CPU s")
    for name, cost in ways.items():
        print(f"{name:32}  {cost.wall:6.2f}  {cost.cpu:6.2f}")
    fast, slow = ways.values()
    print(f"ratio                             {fast.wall / slow.wall:6.2f}  {fast.cpu / slow.cpu:6.2f}\n")
    idle, ping = tasks["nothing"].cpu, tasks["ansible.builtin.ping"].cpu
    print("one task, one request         CPU, as a multiple of ping")
    for name, cost in tasks.items():
        if name != "nothing":
            print(f"{name:32}  {(cost.cpu - idle) / (ping - idle):6.2f}")


if __name__ == "__main__":
    main()
