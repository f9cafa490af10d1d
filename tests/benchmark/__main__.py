# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure how long tasks take, and print the figures, which never fail a test.

C(PYTHONPATH=tests:.build .venv/bin/python -m benchmark). CPU is that of the whole process tree.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import WORKERS
from benchmark.apart import Apart
from benchmark.large import at_scale
from integration.direct import NoWaiting, perform
from integration.organizations import large_organization
from integration.playbooks import Cost, PlaybookRun, module
from simulator import Simulator, running

CHECKOUT = Path(__file__).resolve().parents[2]
DECLARATION = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
ORGANIZATION = yaml.safe_load((CHECKOUT / "tests" / "demo" / "organization.yml").read_text(encoding="utf-8"))
ROUNDS = 3
SIZES = (1, 10, 100, 1000)
REPEATED_SIZE = 100
"""The largest number of projects for which CPU is a median of several runs."""
LATENCY = 0.08
"""Seconds that the simulator waits before it answers, in place of a network's latency."""
LIMITED_SIZES = (1, 10, 100)
BUCKETS = {"requests": 10, "seconds": 60, "retry_after": None, "clock": "simulated"}
"""What the API was measured to allow: ten requests a minute for each route, and no header that says when to retry."""
REPEATED = 20
"""The number of tasks in one playbook, so that the playbook's own start has little influence."""


@contextmanager
def quiet_simulator() -> Iterator[tuple[Simulator, Path]]:
    """Run a simulator with the organization, and yield it with an empty folder."""
    with running(organization=ORGANIZATION) as simulator, tempfile.TemporaryDirectory() as folder:
        yield simulator, Path(folder)


def measure(run: Callable[[], PlaybookRun]) -> Cost:
    """Return the cost of a run. Raises C(SystemExit) with its output if it failed."""
    done = run()
    if done.status:
        raise SystemExit(done.output)
    return done.cost


def medians(runs: Mapping[str, Callable[[], PlaybookRun]]) -> dict[str, Cost]:
    """Return the median cost of each run; the runs alternate, so that a busy machine slows all of them down."""
    taken: dict[str, list[Cost]] = {name: [] for name in runs}
    for dummy in range(ROUNDS):
        for name, run in runs.items():
            taken[name].append(measure(run))
    return {
        name: Cost(*map(statistics.median, zip(*map(astuple, costs), strict=True))) for name, costs in taken.items()
    }


def provision(simulator: Simulator, folder: Path, in_process: bool) -> PlaybookRun:
    """Run the provision playbook on an organization in its initial state."""
    simulator.reset(ORGANIZATION)
    ansible = Apart(simulator, folder, in_process, recorded=False)
    return ansible.run("community.openai_admin.provision", "-e", f"@{DECLARATION}")


def repeated(simulator: Simulator, folder: Path, task: Mapping[str, Any], in_process: bool = True) -> PlaybookRun:
    """Run a playbook that has the same task many times."""
    ansible = Apart(simulator, folder, in_process, recorded=False)
    return ansible.play([{"name": f"task {number}", **task} for number in range(REPEATED)])


def as_it_is(simulator: Simulator, projects: int) -> dict[str, Any]:
    """Return the declaration that matches an organization with C(projects) projects of 35 objects each."""
    simulator.reset(large_organization(projects))
    include = ["projects", "project_users", "service_accounts", "rate_limits"]
    return dict(perform(simulator, "organization_info", include=include).returns["organization"])


def limited(simulator: Simulator) -> Iterator[str]:
    """Yield rows of a table: how long the API makes a task wait if each route has its own bucket."""
    for projects in LIMITED_SIZES:
        declaration = as_it_is(simulator, projects)
        simulator.behaviour(buckets=BUCKETS)
        clock = NoWaiting(simulator)
        requests = perform(simulator, "organization", clock=clock.clock(), **declaration).returns["requests"]
        yield f"| {projects} | {requests['reads']} | {requests['retries']} | {clock.passed / 60:.1f} |"


def audit(simulator: Simulator, folder: Path, projects: int, way: str) -> Callable[[], PlaybookRun]:
    """Return a check of an unchanged organization; its declaration is read by the module, or is a variable."""
    declaration = folder / f"organization-{projects}.yml"
    text = yaml.dump({"openai_admin_organization": as_it_is(simulator, projects)}, Dumper=yaml.CSafeDumper)
    declaration.write_text(text, encoding="utf-8")
    ansible = Apart(simulator, folder, recorded=False)
    if way == "src":
        task, options = module("organization", src=str(declaration)), ()
    else:
        task = module("organization", projects="{{ openai_admin_organization.projects }}")
        options = ("-e", f"@{declaration}")
    return lambda: ansible.play([{"name": "audit", **task}], "--check", *options)


def sizes(simulator: Simulator, folder: Path, idle: float, ping: float) -> Iterator[str]:
    """Yield rows of a table: the cost of an unchanged organization, by its size."""
    for projects in SIZES:
        runs = {way: audit(simulator, folder, projects, way) for way in ("src", "variable")}
        costs = medians(runs) if projects <= REPEATED_SIZE else {way: measure(run) for way, run in runs.items()}
        for way, cost in costs.items():
            simulator.clear()
            simulator.fault("delay", "*", "*", seconds=LATENCY, times=None)
            slow = measure(runs[way])
            simulator.clear_faults()
            requests = len(simulator.requests())
            least = LATENCY * (1 + -(-3 * projects // WORKERS))
            yield (
                f"| {projects} | {35 * projects} | {requests} | {way} | {(cost.cpu - idle) / ping:.1f} "
                f"| {cost.wall:.1f} | {slow.wall:.1f} | {least:.1f} | {cost.memory:.0f} |"
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
        large = list(at_scale(simulator, folder))
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
        "\n| projects | objects | requests | declaration | CPU, x ping | wall s "
        f"| wall s at {LATENCY * 1000:.0f} ms | least | MiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    print("\n".join(rows))
    print("\n| projects | requests | sent again | minutes at 10 requests a minute and route |\n|---|---|---|---|")
    print("\n".join(waits))
    print("\n| task or playbook | requests | wall s | MiB |\n|---|---|---|---|")
    print("\n".join(large))


if __name__ == "__main__":
    main()
