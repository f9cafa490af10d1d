# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run checks in parallel, never stop at the first failure, and count the results."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tools.project import REPORTS, ROOT, VENV, environment

PATIENCE = 1800
"""Seconds after which a check counts as hung: several times what the longest check of C(.ci/run) takes."""
GLANCE = 0.5
"""Seconds between two checks for a signal, since a signal that arrives just before a wait does not end the wait."""
LAST_WORDS = 10
"""Seconds that a hung check has to print where it hangs before it is killed."""

NICE = 5
"""The niceness of checks with one process: checks with several take longest, and would otherwise run alone at the end.
"""

PART = "--part-of-series"
"""The option that makes pytest run a part of each series of cases: see series.py."""

SECONDS = REPORTS / "seconds.json"
"""The file with the seconds that each check took in its last run: the longest checks start first."""

Command = Sequence[str]


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Check:
    """A command that passes or fails, or a run of pytest, whose tests are counted individually."""

    name: str
    command: Command
    env: Mapping[str, str] = field(default_factory=environment)
    cwd: Path = ROOT
    is_pytest: bool = False
    setup: Command | None = None
    """A command to run first, in the user's own environment; if it fails, the check fails."""
    workers: int = 1
    """The number of processes that the check keeps busy; only a run of pytest has more than one."""
    after: Collection[str] = ()
    """The names of checks that must end before this one starts, if they run at all."""
    nice: int = 0
    """The niceness of the check's processes."""
    patience: float = PATIENCE
    """Seconds after which the check, or its setup, counts as hung."""


@dataclass(frozen=True)
class Result:
    """The outcome of a check: how many tests passed, failed and were skipped, and how long it took."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""


def pytest(
    name: str,
    *arguments: str,
    venv: Path = VENV,
    setup: Command | None = None,
    workers: int = 1,
    after: Collection[str] = (),
    patience: float = PATIENCE,
) -> Check:
    """Return a check that runs pytest. A test that hangs ends pytest, which prints where (see pyproject.toml)."""
    command = (str(venv / "bin" / "python"), "-m", "pytest", f"--junit-xml={report(name)}", *arguments)
    return Check(
        name,
        command,
        environment(venv),
        is_pytest=True,
        setup=setup,
        workers=workers,
        after=after,
        patience=patience,
    )


def report(name: str, kind: str = "xml") -> Path:
    """Return the file of pytest's report, or the file of another kind of report."""
    return REPORTS / f"{re.sub('[^a-z0-9.]+', '-', name.lower())}.{kind}"


class Crew:
    """Run checks in parallel, as many as keep all processors busy."""

    def __init__(self, size: int | None = None) -> None:
        """Let checks keep C(size) processes busy: by default one more than there are processors, since some wait."""
        self._size = size or processors() + 1
        self._groups: set[int] = set()
        self._ended_by = 0

    def run(self, planned: Iterable[Check | Result]) -> list[Result]:
        """Run checks, the longest first, and return their results in the order in which the checks were given."""
        order = list(planned)
        results = {each.name: each for each in order if isinstance(each, Result)}
        waiting = longest_first([each for each in order if isinstance(each, Check)])
        perform = self._perform_aside
        if len(waiting) == 1:
            only = waiting.pop()
            waiting.append(replace(only, workers=processors() if only.is_pytest else 1))
            perform = self._perform_alone
        busy: dict[Future[Result], Check] = {}
        with ThreadPoolExecutor(max(len(waiting), 1)) as threads:
            try:
                while (waiting or busy) and not self._ended_by:
                    while (check := startable(waiting, busy.values(), self._size)) is not None:
                        waiting.remove(check)
                        busy[threads.submit(perform, check)] = check
                    for done in wait(busy, GLANCE, FIRST_COMPLETED).done:
                        ended = busy.pop(done)
                        results[ended.name] = done.result()
                        if perform == self._perform_aside:
                            show(ended.name)
            except BaseException:
                self.end(signal.SIGINT)
                raise
        if self._ended_by:
            raise SystemExit(128 + self._ended_by)
        remember(results.values())
        return [results[each.name] for each in order]

    def end(self, by: int, unused_frame: object = None) -> None:
        """End the commands that still run: each has its own process group, which no signal to this process reaches.

        Signals call this function at any point, so it neither raises nor waits: an exception could leave a lock held
        that threads, or the end of Python, wait for.
        """
        self._ended_by = by
        for leader in list(self._groups):
            end_group(leader)

    def _perform_aside(self, check: Check) -> Result:
        """Run one check with its output in a file."""
        with report(check.name, "log").open("wb") as output:
            return self._perform(replace(check, nice=0 if check.workers > 1 else NICE), output)

    def _perform_alone(self, check: Check) -> Result:
        """Run one check and show its output while it runs."""
        return self._perform(check, None)

    def _perform(self, check: Check, output: IO[bytes] | None) -> Result:
        """Run one check and count its tests."""
        for kind in ("xml",) if output else ("xml", "log"):
            report(check.name, kind).unlink(missing_ok=True)
        start = time.monotonic()
        patience = check.patience
        if check.setup is not None and self._execute(check.setup, os.environ, ROOT, output, patience) != 0:
            return Result(check.name, failed=1, seconds=time.monotonic() - start, note="could not be set up")
        spread = (f"--numprocesses={check.workers if check.workers > 1 else 0}",) if check.is_pytest else ()
        code = self._execute((*check.command, *spread), check.env, check.cwd, output, patience, check.nice)
        seconds = time.monotonic() - start
        if check.is_pytest:
            return count(check.name, code, seconds)
        return Result(check.name, passed=int(code == 0), failed=int(code != 0), seconds=seconds)

    def _execute(
        self,
        command: Command,
        env: Mapping[str, str],
        cwd: Path,
        output: IO[bytes] | None,
        patience: float,
        nice: int = 0,
    ) -> int:
        """Run a command without input; if it hangs, end it and everything that it started.

        Python prints its stack when it is told to abort (PYTHONFAULTHANDLER).
        """
        with subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process:
            self._groups.add(process.pid)
            if nice:
                os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + nice)
            try:
                if self._ended_by:
                    return 1
                return process.wait(patience)
            except subprocess.TimeoutExpired:
                os.write(output.fileno() if output else 1, f"Ended after {patience} seconds.\n".encode())
                end_group(process.pid, signal.SIGABRT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LAST_WORDS)
                return 1
            finally:
                end_group(process.pid)
                self._groups.discard(process.pid)


def longest_first(checks: Sequence[Check]) -> list[Check]:
    """Return checks in the order in which to start them: by their seconds in the last run, the longest first.

    Checks that never ran come first, those with most workers before the others: otherwise they would wait for several
    free places until nothing else is left to run.
    """
    taken: dict[str, float] = json.loads(SECONDS.read_text(encoding="utf-8")) if SECONDS.exists() else {}
    return sorted(checks, key=lambda check: (-taken.get(check.name, PATIENCE), -check.workers))


def startable(waiting: Iterable[Check], busy: Collection[Check], size: int) -> Check | None:
    """Return the first check for which there is room and which waits for no other check."""
    pending = {check.name for check in (*waiting, *busy)}
    room = size - sum(check.workers for check in busy)
    fitting = (check for check in waiting if check.workers <= room or not busy)
    return next((check for check in fitting if not pending.intersection(check.after)), None)


def remember(results: Iterable[Result]) -> None:
    """Store how many seconds each check took."""
    taken = json.loads(SECONDS.read_text(encoding="utf-8")) if SECONDS.exists() else {}
    taken.update((result.name, result.seconds) for result in results)
    SECONDS.write_text(json.dumps(taken, indent=2) + "\n", encoding="utf-8")


def show(name: str) -> None:
    """Print the whole output of a check."""
    sys.stdout.buffer.write(f"\n=== {name}\n".encode() + report(name, "log").read_bytes())
    sys.stdout.flush()


def end_group(leader: int, by: signal.Signals = signal.SIGKILL) -> None:
    """End the processes that a command left running, such as a server that a crashed test did not stop."""
    with suppress(ProcessLookupError):
        os.killpg(leader, by)


def count(name: str, code: int, seconds: float) -> Result:
    """Read pytest's report. A run that failed without a failed test, or ran no tests, counts as a failure."""
    path = report(name)
    if not path.exists():
        return Result(name, failed=1, seconds=seconds, note=f"pytest did not finish{place(name)}")
    figures = [suite.attrib for suite in ElementTree.parse(path).iter("testsuite")]
    total, failed, errors, skipped = (
        sum(int(suite[key]) for suite in figures) for key in ("tests", "failures", "errors", "skipped")
    )
    failed += errors
    passed = total - failed - skipped
    if not failed and (code != 0 or not passed):
        return Result(
            name, passed, 1, skipped, seconds, note="no tests ran" if not passed else f"pytest ended with {code}"
        )
    return Result(name, passed, failed, skipped, seconds)


def place(name: str) -> str:
    """Return the test in which a run ended, if its output shows the stack of a test that hung."""
    path = report(name, "log")
    said = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    found = re.search(r'File "[^"]*/(tests/[^"]+)", line (\d+) in (test_\w+)', said)
    return ": {}:{}, {}".format(*found.groups()) if found else ""


def conclude(title: str, rows: Sequence[Result]) -> int:
    """Print the table and the totals, store the totals for .ci/run, and return the exit code."""
    width = max(len(row.name) for row in rows)
    print(f"\n{title:{width}}  passed  failed  skipped  seconds")
    for row in rows:
        figures = f"{row.passed:6}  {row.failed:6}  {row.skipped:7}  {row.seconds:7.1f}"
        print(f"{row.name:{width}}  {figures}  {row.note}".rstrip())
    failed = sum(row.failed for row in rows)
    summary = f"{sum(row.passed for row in rows)} passed, {failed} failed"
    (REPORTS / f"{title}.txt").write_text(summary + "\n", encoding="utf-8")
    print(f"\n{summary}", flush=True)
    return 1 if failed else 0
