# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which cases of the matrix run: one of each route, kind of fault and state, and more by a seed; or all of them."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from faults.kinds import KINDS
from faults.trial import EVERY_TASK, Case, Trial, Usual, cases, usual
from simulator import Simulator, running

SEED = "FAULTS_SEED"
MORE = 150
"""Cases besides those that see to it that each kind happens to each route."""
ENDS = ("converged", "failed", "defect")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-fault", action="store_true", help="run the whole matrix")
    parser.addoption("--faults-seed", type=int, help="which cases to choose where not all are run")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed once: workers find it in the environment."""
    if config.option.faults_seed is None:
        config.option.faults_seed = int(os.environ.setdefault(SEED, str(random.SystemRandom().randrange(10**6))))


def pytest_report_header(config: pytest.Config) -> str:
    if config.option.every_fault:
        return "faults: the whole matrix"
    return f"faults: --faults-seed={config.option.faults_seed}"


@cache
def matrix() -> dict[Trial, Usual]:
    """All trials, and what they come to when nothing goes wrong."""
    with running() as simulator:
        trials = [Trial(module, name, check) for module, name in EVERY_TASK for check in (False, True)]
        return {trial: usual(simulator, trial) for trial in trials}


@cache
def every_case() -> list[Case]:
    """The whole matrix. An answer of one route looks the same to all tasks of a module: one of them reads odd ones."""
    found = []
    looked_at = set()
    for trial, usually in matrix().items():
        for case in cases(trial, usually):
            if KINDS[case.kind].shapes:
                shown = (trial.module, str(case.seen), trial.state, case.variant, case.late)
                if shown in looked_at:
                    continue
                looked_at.add(shown)
            found.append(case)
    return found


def chosen(seed: int) -> list[Case]:
    """A case of each kind on each route in each state, and some of all others."""
    everything = sorted(every_case(), key=lambda case: random.Random(f"{seed} {case.id}").random())
    first: dict[tuple[str, str, str], Case] = {}
    for case in everything:
        first.setdefault((case.kind, str(case.seen), case.trial.state), case)
    taken = {case.id for case in first.values()}
    others = [case for case in everything if case.id not in taken]
    return [*first.values(), *others[:MORE]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" not in metafunc.fixturenames:
        return
    config = metafunc.config
    found = every_case() if config.option.every_fault else chosen(config.option.faults_seed)
    found = sorted(found, key=lambda case: case.id)
    metafunc.parametrize("case", found, ids=[case.id for case in found])


@pytest.fixture(scope="session")
def simulator() -> Iterator[Simulator]:
    with running() as running_one:
        yield running_one


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many cases there were, by kind of fault and by what came of them."""
    counts: Counter[tuple[str, str]] = Counter()
    for outcome in "passed", "failed":
        for report in terminalreporter.stats.get(outcome, []):
            properties = dict(getattr(report, "user_properties", ()))
            if "fault" in properties:
                counts[properties["fault"], properties.get("end", "defect")] += 1
    if not counts:
        return
    terminalreporter.section("faults")
    terminalreporter.line(f"{'kind':20} converged  failed in words  defects")
    for kind in KINDS:
        figures = [counts[kind, end] for end in ENDS]
        terminalreporter.line(f"{kind:20} {figures[0]:9}  {figures[1]:15}  {figures[2]:7}")
    ends = [sum(count for (unused_kind, each), count in counts.items() if each == end) for end in ENDS]
    terminalreporter.line(f"{sum(ends)} cases: {ends[0]} converged, {ends[1]} failed in words, {ends[2]} defects")
