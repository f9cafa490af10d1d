# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long tasks take: figures that are printed, and never fail a test.

C(PYTHONPATH=tests:.build .venv/bin/python -m benchmark). CPU is that of the whole process tree.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._client import WORKERS
from integration.direct import NoWaiting, perform
from integration.organizations import large_organization
from integration.playbooks import Ansible, PlaybookRun, module
from simulator import Simulator, running

CHECKOUT = Path(__file__).resolve().parents[2]
DECLARATION = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
ORGANIZATION = yaml.safe_load((CHECKOUT / "tests" / "demo" / "organization.yml").read_text(encoding="utf-8"))
ROUNDS = 3
SIZES = (1, 10, 100, 1000)
REPEATED_SIZE = 100
"""Projects up to which the CPU is a median of several runs."""
LATENCY = 0.08
"""Seconds that the simulator waits before it answers, to stand for a network."""
LIMITED_SIZES = (1, 10, 100)
BUCKETS = {"requests": 10, "seconds": 60, "retry_after": None, "clock": "simulated"}
"""What the API was measured to allow: ten requests a minute and route, and no word of when to come back."""
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


def as_it_is(simulator: Simulator, projects: int) -> dict[str, Any]:
    """The declaration of an organization of so many projects of 35 objects each, which is there."""
    simulator.reset(large_organization(projects))
    include = ["projects", "project_users", "service_accounts", "rate_limits"]
    return dict(perform(simulator, "organization_info", include=include).returns["organization"])


def limited(simulator: Simulator) -> Iterator[str]:
    """Rows of a table: how long the API makes a task wait where each route has a bucket of its own."""
    for projects in LIMITED_SIZES:
        declaration = as_it_is(simulator, projects)
        simulator.behaviour(buckets=BUCKETS)
        clock = NoWaiting(simulator)
        requests = perform(simulator, "organization", clock=clock.clock(), **declaration).returns["requests"]
        yield f"| {projects} | {requests['reads']} | {requests['retries']} | {clock.passed / 60:.1f} |"


def audit(simulator: Simulator, folder: Path, projects: int, way: str) -> Callable[[], PlaybookRun]:
    """A check of an organization as it is, by a declaration that the module reads or that comes as a variable."""
    declaration = folder / f"organization-{projects}.yml"
    text = yaml.dump({"openai_admin_organization": as_it_is(simulator, projects)}, Dumper=yaml.CSafeDumper)
    declaration.write_text(text, encoding="utf-8")
    ansible = Ansible(simulator, folder, recorded=False)
    if way == "src":
        task, options = module("organization", src=str(declaration)), ()
    else:
        task = module("organization", projects="{{ openai_admin_organization.projects }}")
        options = ("-e", f"@{declaration}")
    return lambda: ansible.play([{"name": "audit", **task}], "--check", *options)


def sizes(simulator: Simulator, folder: Path, idle: float, ping: float) -> Iterator[str]:
    """Rows of a table: what an unchanged organization costs, by its size.

    Variables come last: memory is the most that any process had so far.
    """
    for way in "src", "variable":
        for projects in SIZES:
            run = audit(simulator, folder, projects, way)
            simulator.clear()
            cost = measure(run)
            requests = len(simulator.requests())
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            costs = medians({"again": run})["again"].cpu if projects <= REPEATED_SIZE else cost.cpu
            simulator.fault("delay", "*", "*", seconds=LATENCY, times=None)
            slow = measure(run)
            simulator.clear_faults()
            least = LATENCY * (1 + -(-3 * projects // WORKERS))
            yield (
                f"| {way} | {projects} | {35 * projects} | {requests} | {(costs - idle) / ping:.1f} | {cost.wall:.1f} "
                f"| {slow.wall:.1f} | {least:.1f} | {memory:.0f} |"
            )


def main() -> None:
    with quiet_simulator() as (simulator, folder):
        ways = medians(
            {
                "in the controller": lambda: provision(simulator, folder, in_process=True),
                "as modules": lambda: provision(simulator, folder, in_process=False),
            }
        )
        listing = module("project_info")
        ask = {
            "ansible.builtin.uri": {
                "url": f"{simulator.url}/organization/projects?limit=100",
                "headers": {"Authorization": f"Bearer {simulator.admin_key}"},
            }
        }
        tasks = medians(
            {
                "nothing": lambda: repeated(simulator, folder, {"ansible.builtin.meta": "noop"}),
                "ansible.builtin.ping": lambda: repeated(simulator, folder, {"ansible.builtin.ping": {}}),
                "ansible.builtin.uri": lambda: repeated(simulator, folder, ask),
                "project_info in the controller": lambda: repeated(simulator, folder, listing),
                "project_info as a module": lambda: repeated(simulator, folder, listing, in_process=False),
            }
        )
        idle, ping = tasks["nothing"].cpu, (tasks["ansible.builtin.ping"].cpu - tasks["nothing"].cpu) / REPEATED
        rows = list(sizes(simulator, folder, idle, ping))
        waits = list(limited(simulator))
    core = metadata.version("ansible-core")
    print(f"Python {platform.python_version()}, ansible-core {core}, {os.cpu_count()} cores.\n")
    print("| sample provision | wall s | CPU s |\n|---|---|---|")
    for name, cost in ways.items():
        print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} |")
    print("\n| one task, one request | CPU, as a multiple of ping |\n|---|---|")
    for name, cost in tasks.items():
        if name != "nothing":
            print(f"| {name} | {(cost.cpu - idle) / REPEATED / ping:.2f} |")
    print(
        "\n| declaration | projects | objects | requests | CPU, x ping | wall s "
        f"| wall s at {LATENCY * 1000:.0f} ms | least | MiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    print("\n".join(rows))
    print("\n| projects | requests | sent again | minutes at 10 requests a minute and route |\n|---|---|---|---|")
    print("\n".join(waits))


if __name__ == "__main__":
    main()
