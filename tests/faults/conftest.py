# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options, cases and the summary: how many cases there were, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from faults.kinds import KINDS
from faults.matrix import chosen, every_case, unkind_cases
from simulator import Simulator, running
from simulator.readings import KIND, READINGS
from tools.series import drawn

SEED = "FAULTS_SEED"
ENDS = ("converged", "failed", "defect")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-fault", action="store_true", help="run the whole matrix")
    parser.addoption("--faults-seed", type=int, help="which cases to choose where not all are run")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed once."""
    if config.option.faults_seed is None:
        config.option.faults_seed = drawn(SEED)


def pytest_report_header(config: pytest.Config) -> str:
    seed = f"--faults-seed={config.option.faults_seed}"
    return (
        f"faults: the whole matrix, and under unkind readings {seed}"
        if config.option.every_fault
        else f"faults: {seed}"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" not in metafunc.fixturenames:
        return
    config = metafunc.config
    found = every_case() if config.option.every_fault else chosen(config.option.faults_seed)
    found = sorted([*found, *unkind_cases(config)], key=lambda case: case.id)
    metafunc.parametrize("case", found, ids=[case.id for case in found])


@pytest.fixture(scope="session")
def simulator() -> Iterator[Simulator]:
    """Run one simulator for all tests of the process."""
    with running() as running_one:
        yield running_one


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many cases there were, by kind of fault and by what came of them."""
    counts: Counter[tuple[str, str]] = Counter()
    readings: Counter[tuple[str, str]] = Counter()
    for outcome in "passed", "failed":
        for report in terminalreporter.stats.get(outcome, []):
            properties = dict(getattr(report, "user_properties", ()))
            if "fault" in properties:
                counts[properties["fault"], properties.get("end", "defect")] += 1
                readings[properties["reading"], properties.get("end", "defect")] += 1
    if not counts:
        return
    terminalreporter.section("faults")
    for title, names, found in ("fault", KINDS, counts), ("reading of the API", (KIND, *READINGS), readings):
        terminalreporter.line(f"{title:28} converged  failed in words  defects")
        for name in names:
            figures = [found[name, end] for end in ENDS]
            terminalreporter.line(f"{name:28} {figures[0]:9}  {figures[1]:15}  {figures[2]:7}")
        terminalreporter.line("")
    ends = [sum(count for (unused_kind, each), count in counts.items() if each == end) for end in ENDS]
    terminalreporter.line(f"{sum(ends)} cases: {ends[0]} converged, {ends[1]} failed in words, {ends[2]} defects")
