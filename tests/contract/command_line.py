# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Simulators from the command line: anew, or in forks of a process that has loaded what they import, for a second."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Any

TESTS = Path(__file__).parents[1]
PATIENCE = 30

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["simulator.server", __name__])


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a simulator anew."""
    paths = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, **environment},
    )


@dataclass(frozen=True)
class Output:
    """A file that a fork is to write into."""

    number: int

    def __reduce__(self) -> tuple[Any, ...]:
        """What is pickled while the fork is started is the file itself."""
        return _received, (DupFd(self.number),)


def _received(file: Any) -> Output:
    return Output(file.detach())


@dataclass
class Forked:
    """A simulator in a fork, with as much of what C(Popen) does as is asked for."""

    process: BaseProcess
    stdout: IO[str]
    stderr: IO[str]

    @property
    def returncode(self) -> int | None:
        """The exit status; null while it runs."""
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        assert self.process.pid
        os.kill(self.process.pid, number)

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.process.terminate()

    def communicate(self, timeout: float) -> tuple[str, str]:
        """What it wrote until it ended."""
        self.process.join(timeout)
        assert self.process.exitcode is not None, "it has not ended"
        return self.stdout.read(), self.stderr.read()


@contextmanager
def fork(*arguments: str, **environment: str) -> Iterator[Forked]:
    """Start a simulator in a fork, and wait for its end."""
    (output, to_output), (errors, to_errors) = os.pipe(), os.pipe()
    with os.fdopen(output) as stdout, os.fdopen(errors) as stderr:
        outputs = Output(to_output), Output(to_errors)
        process = processes.Process(target=_run, args=(arguments, environment, outputs))
        process.start()
        os.close(to_output)
        os.close(to_errors)
        try:
            yield Forked(process, stdout, stderr)
            process.join(PATIENCE)
        finally:
            process.kill()
            process.join()


def _run(arguments: Sequence[str], environment: Mapping[str, str], outputs: Sequence[Output]) -> None:
    """What C(python -m simulator) does."""
    for number, output in enumerate(outputs, start=1):
        os.dup2(output.number, number)
    os.environ.update(environment)
    sys.argv = ["simulator", *arguments]
    runpy.run_module("simulator", run_name="__main__", alter_sys=True)
