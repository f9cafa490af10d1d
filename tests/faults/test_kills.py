# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Killed at any request, or while it writes a key's file: the next run brings it to its end."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._keys.file import SecretFile
from faults.matrix import matrix
from faults.trial import WORLD, Trial, run
from integration.states import difference, settled
from simulator import Simulator

SOME = 8
"""Kills of each signal that are tried where not all are."""
PATIENCE = 20.0
"""Seconds in which a process should have come to where it is to be killed."""
SECRET = "sk-svcacct-" + "x" * 100_000

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["faults.trial"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each request of each task that changes something; some of them, by the seed, unless all are asked for."""
    if "request_number" not in metafunc.fixturenames:
        return
    places = [
        (trial, number)
        for trial, usually in matrix().items()
        if any(seen.writes for seen in usually.seen) and not trial.check
        for number in range(1, sum(seen.count for seen in usually.seen) + 1)
    ]
    if not metafunc.config.option.every_fault:
        seed = metafunc.config.option.faults_seed
        places = sorted(places, key=lambda place: random.Random(f"{seed} {place}").random())[:SOME]
    names = [f"{trial}, request {number}" for trial, number in places]
    metafunc.parametrize(("trial", "request_number"), places, ids=names)


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "the process did not come so far"
        time.sleep(0.005)


def kill(process: BaseProcess, how: signal.Signals) -> None:
    assert process.pid
    os.kill(process.pid, how)
    process.join(PATIENCE)
    assert process.exitcode is not None


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_next_run_continues(trial: Trial, request_number: int, how: signal.Signals, simulator: Simulator) -> None:
    usually = matrix()[trial]
    simulator.reset(WORLD)
    for dummy in range(request_number - 1):
        simulator.fault("delay")
    simulator.fault("delay", seconds=0.5, when="after")
    process = processes.Process(target=run, args=(simulator, trial))
    process.start()
    wait_until(lambda: len(simulator.requests()) >= request_number)
    kill(process, how)
    simulator.clear_faults()
    # what was under way is carried out, whether anybody waits for it or not
    wait_until(lambda: all(entry["status"] for entry in simulator.requests()))
    run(simulator, trial, role="member") if is_without_role(simulator, trial) else run(simulator, trial)
    then = settled(simulator.state(), usually.ids)
    assert then == usually.after, difference(then, usually.after)
    simulator.clear()
    assert not run(simulator, trial).changed
    assert simulator.requests(writes=True) == []


def is_without_role(simulator: Simulator, trial: Trial) -> bool:
    """An account that was created, and killed before it got the role that the task does not name."""
    accounts = [account for project in simulator.state()["projects"] for account in project["service_accounts"]]
    halfway = any(account["role"] == "none" for account in accounts)
    return halfway and trial.module == "service_account" and "role" not in trial.arguments


def deliver(path: str, reached: str, step: str) -> None:
    """Write a key's file, and stop for good at a step of that."""
    original = getattr(os, step)

    def stop(*arguments: object, **options: object) -> None:
        Path(reached).touch()
        time.sleep(PATIENCE)
        original(*arguments, **options)

    setattr(os, step, stop)
    file = SecretFile(path)
    file.open()
    file.deliver(SECRET)


@pytest.mark.parametrize("before", ["", "an older key"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("step", ["fdopen", "fsync", "replace"])
def test_a_keys_file_is_whole_or_as_it_was(step: str, how: signal.Signals, before: str, tmp_path: Path) -> None:
    path, reached = tmp_path / "keys" / "key", tmp_path / "reached"
    path.parent.mkdir()
    if before:
        path.write_text(before)
    process = processes.Process(target=deliver, args=(str(path), str(reached), step))
    process.start()
    wait_until(reached.exists)
    kill(process, how)
    assert (path.read_text() if path.exists() else "") == before
    for left in path.parent.iterdir():
        assert left == path or (left.name.startswith(".openai_admin_") and left.stat().st_mode & 0o777 == 0o600)
    file = SecretFile(str(path))
    file.open()
    file.deliver(SECRET)
    assert path.read_text() == SECRET
