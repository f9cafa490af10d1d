# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks run in parallel: all of them run, no result is lost, and the table has the given order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tools import checks, project
from tools.__main__ import STAGES
from tools.checks import Check, Crew, Result, conclude, longest_first, startable

TESTS = Path(__file__).parents[1]
MEET = """
import pathlib, sys, time
mine, others = map(pathlib.Path, sys.argv[1:])
mine.touch()
until = time.monotonic() + 60
while not others.exists():
    assert time.monotonic() < until
    time.sleep(0.01)
"""


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(checks, "REPORTS", tmp_path)
    monkeypatch.setattr(checks, "SECONDS", tmp_path / "seconds.json")
    return tmp_path


def check(
    name: str, code: str, *arguments: object, after: tuple[str, ...] = (), patience: float = checks.PATIENCE
) -> Check:
    command = (sys.executable, "-c", code, *map(str, arguments))
    return Check(name, command, project.environment(), after=after, patience=patience)


def test_results_come_in_the_order_of_the_plan() -> None:
    slow, fails = check("slow", "import time; time.sleep(.2)"), check("fails", "raise SystemExit(3)")
    results = Crew(3).run([slow, Result("known", skipped=1), fails, check("passes", "")])
    assert [result.name for result in results] == ["slow", "known", "fails", "passes"]
    assert [(result.passed, result.failed) for result in results] == [(1, 0), (0, 0), (0, 1), (1, 0)]


def test_checks_run_beside_each_other_and_show_their_output_whole(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    said = "print('first'); print('last')"
    Crew(2).run([check("one", MEET + said, one, other), check("other", MEET + said, other, one)])
    blocks = sorted(capfd.readouterr().out.split("\n=== ")[1:])
    assert blocks == ["one\nfirst\nlast\n", "other\nfirst\nlast\n"]


def test_checks_of_one_process_give_way(capfd: pytest.CaptureFixture[str]) -> None:
    tells = "import os, time; time.sleep(.2); print(os.getpriority(os.PRIO_PROCESS, 0))"
    own = os.getpriority(os.PRIO_PROCESS, 0)
    Crew(3).run([check("one", tells), replace(check("several", tells), workers=2)])
    blocks = sorted(capfd.readouterr().out.split("\n=== ")[1:])
    assert blocks == [f"one\n{own + checks.NICE}\n", f"several\n{own}\n"]


def test_a_check_waits_for_another(tmp_path: Path) -> None:
    made = tmp_path / "made"
    reads = check("reads", f"open({str(made)!r})", after=("makes", "is not there"))
    makes = check("makes", f"import time; time.sleep(.2); open({str(made)!r}, 'w')")
    assert [result.failed for result in Crew(2).run([reads, makes])] == [0, 0]


def test_the_longest_of_the_last_time_starts_first(reports: Path) -> None:
    Crew(2).run([check("short", ""), check("long", "import time; time.sleep(.3)")])
    taken = json.loads((reports / "seconds.json").read_text())
    assert taken["long"] > taken["short"]
    names = [each.name for each in longest_first([check("short", ""), check("long", ""), check("new", "")])]
    assert names == ["new", "long", "short"]


def test_what_needs_several_places_does_not_wait_until_the_end() -> None:
    small, large = Check("small", ()), Check("large", (), workers=2)
    assert longest_first([small, large]) == [large, small]


def test_a_check_starts_where_there_is_room() -> None:
    large, small = Check("large", (), workers=2), Check("small", ())
    assert startable([large, small], [small], 2) is small
    assert startable([large], [small], 2) is None
    assert startable([large], [], 1) is large  # otherwise it would never start
    assert startable([], [], 2) is None


def test_one_that_hangs_is_ended_and_counts(capfd: pytest.CaptureFixture[str]) -> None:
    hangs = check("hangs", "import time; time.sleep(60)", patience=0.3)
    results = Crew(2).run([hangs, check("passes", "")])
    assert [result.failed for result in results] == [1, 0]
    said = capfd.readouterr().out
    assert "Ended after 0.3 seconds." in said
    assert 'File "<string>", line 1 in <module>' in said


HANGS = """
import threading

def test_before() -> None:
    assert True

def test_hangs() -> None:
    threading.Event().wait()
"""


def test_a_test_that_hangs_is_named(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The settings of all tests apply, except that the timeout is shorter."""
    file = reports / "tests" / "test_it.py"
    file.parent.mkdir()
    file.write_text(HANGS, encoding="utf-8")
    settings = (f"--config-file={TESTS.parent / 'pyproject.toml'}", "--override-ini=faulthandler_timeout=2")
    hung = checks.pytest("hung", str(file), *settings, f"--rootdir={reports}", venv=Path(sys.prefix), patience=60)
    results = Crew(2).run([hung, check("passes", "")])
    assert [result.failed for result in results] == [1, 0]
    assert results[0].note == "pytest did not finish: tests/test_it.py:8, test_hangs"
    assert "in test_hangs" in capfd.readouterr().out


def test_the_sum_is_the_plain_last_line(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert conclude("test", [Result("one", passed=3), Result("other", passed=1, failed=2)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "4 passed, 2 failed"
    assert (reports / "test.txt").read_text() == "4 passed, 2 failed\n"


ENDED = """
import signal, sys, pathlib
from tools import checks

checks.REPORTS = pathlib.Path(sys.argv[1])
checks.SECONDS = checks.REPORTS / "seconds.json"
crew = checks.Crew(2)
signal.signal(signal.SIGTERM, crew.end)
code = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)"
plan = [checks.Check(name, (sys.executable, "-c", code, str(checks.REPORTS / name)), {}) for name in sys.argv[2:]]
crew.run(plan)
"""


@pytest.mark.parametrize("names", [["one"], ["one", "other"]], ids=["alone", "beside another"])
def test_checks_end_with_who_runs_them(names: list[str], tmp_path: Path) -> None:
    """Each check has a process group of its own, which a signal to the first process does not reach."""
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    with subprocess.Popen([sys.executable, "-c", ENDED, str(tmp_path), *names], env=environment) as process:
        try:
            files = [tmp_path / name for name in names]
            until = time.monotonic() + 60
            while not all(file.exists() and file.read_text() for file in files):
                assert time.monotonic() < until
                time.sleep(0.01)
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 128 + signal.SIGTERM
        finally:
            process.kill()
    for file in files:
        with pytest.raises(ProcessLookupError):
            os.kill(int(file.read_text()), 0)


def test_the_documentation_is_linted_without_another_copy() -> None:
    """antsibull-docs lints a copy; where Python finds the collection as well, links contain the copy's random name."""
    (documentation,) = (
        check for check in STAGES["lint"]() if isinstance(check, Check) and check.name == "documentation"
    )
    assert "PYTHONPATH" not in documentation.env
