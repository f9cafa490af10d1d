# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run checks one after the other, all of them, and count."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tools.project import REPORTS, ROOT, VENV, environment

PATIENCE = 3600
"""Seconds that one check may take before it counts as hung."""

Command = Sequence[str]


@dataclass(frozen=True)
class Check:
    """A command that passes or fails, or a run of pytest, whose tests are counted one by one."""

    name: str
    command: Command
    env: Mapping[str, str] = field(default_factory=environment)
    cwd: Path = ROOT
    is_pytest: bool = False
    setup: Command | None = None
    """Runs before, in the user's own environment; if it fails, so does the check."""


@dataclass(frozen=True)
class Result:
    """What came of a check."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""


def pytest(name: str, *arguments: str, venv: Path = VENV, setup: Command | None = None) -> Check:
    """Return a check that runs pytest in two processes."""
    command = (
        str(venv / "bin" / "python"),
        "-m",
        "pytest",
        "--numprocesses=2",
        f"--junit-xml={report(name)}",
        *arguments,
    )
    return Check(name, command, environment(venv), is_pytest=True, setup=setup)


def report(name: str) -> Path:
    """Return the file that pytest writes its figures to."""
    return REPORTS / f"{re.sub('[^a-z0-9.]+', '-', name.lower())}.xml"


def run(check: Check) -> Result:
    """Run one check and count."""
    print(f"\n=== {check.name}", flush=True)
    report(check.name).unlink(missing_ok=True)
    start = time.monotonic()
    if check.setup is not None and execute(check.setup, os.environ, ROOT) != 0:
        return Result(check.name, failed=1, seconds=time.monotonic() - start, note="could not be set up")
    code = execute(check.command, check.env, check.cwd)
    seconds = time.monotonic() - start
    if check.is_pytest:
        return count(check.name, code, seconds)
    return Result(check.name, passed=int(code == 0), failed=int(code != 0), seconds=seconds)


def execute(command: Command, env: Mapping[str, str], cwd: Path) -> int:
    """Run a command without input; when it hangs, end it with everything that it started."""
    with subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            print(f"Ended after {PATIENCE} seconds.", flush=True)
            return 1
        finally:
            end_group(process.pid)


def end_group(leader: int) -> None:
    """End what a command left running, such as a server that a crashed test did not stop."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def count(name: str, code: int, seconds: float) -> Result:
    """Read pytest's report. A run that failed without a failed test, or ran no test at all, is a failure."""
    path = report(name)
    if not path.exists():
        return Result(name, failed=1, seconds=seconds, note="pytest did not finish")
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


def conclude(title: str, results: Iterable[Result]) -> int:
    """Print the table and the sum, keep the sum for .ci/run, and return the exit code."""
    rows = list(results)
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
