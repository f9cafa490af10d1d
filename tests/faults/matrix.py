# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which cases of the matrix run: one of each route and kind of fault, and more by a seed; or all of them.

Under each unkind reading of the API, it is some cases of some tasks, by the seed. What tasks come to when nothing goes
wrong is found out once: that is why it does not stand in conftest.py, which pytest imports under a name of its own.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest
from faults.kinds import KINDS
from faults.trial import EVERY_TASK, Case, Trial, Usual, cases, usual, usual_under
from simulator import running
from simulator.readings import KIND, READINGS

MORE = 150
"""Cases besides those that see to it that each kind happens to each route."""
UNKIND, UNKIND_OF_ALL = (4, 10), (20, 120)
"""How many tasks, and how many cases of theirs, there are of each unkind reading; and how many where all run."""


@cache
def matrix() -> dict[Trial, Usual]:
    """All trials, and what they come to when nothing goes wrong."""
    with running() as simulator:
        trials = [Trial(module, name, check) for module, name in EVERY_TASK for check in (False, True)]
        return {trial: usual(simulator, trial) for trial in trials}


@cache
def unkind_matrix(seed: int, tasks: int) -> dict[Trial, Usual]:
    """Some trials under each unkind reading, and what they come to there."""
    found = {}
    with running() as simulator:
        for reading in READINGS:
            trials = [Trial(module, name, check, reading) for module, name in EVERY_TASK for check in (False, True)]
            for trial in sorted(trials, key=lambda trial: random.Random(f"{seed} {trial}").random())[:tasks]:
                usually = usual_under(simulator, trial)
                if usually is not None:
                    found[trial] = usually
    return found


def usually_of(trial: Trial, config: pytest.Config) -> Usual:
    """What a trial comes to when nothing goes wrong, under its reading."""
    if trial.reading == KIND:
        return matrix()[trial]
    tasks, unused_most = UNKIND_OF_ALL if config.option.every_fault else UNKIND
    return unkind_matrix(config.option.faults_seed, tasks)[trial]


def unkind_cases(config: pytest.Config) -> list[Case]:
    """Cases under each unkind reading, by the seed."""
    seed = config.option.faults_seed
    tasks, most = UNKIND_OF_ALL if config.option.every_fault else UNKIND
    found: dict[str, list[Case]] = {reading: [] for reading in READINGS}
    for trial, usually in unkind_matrix(seed, tasks).items():
        found[trial.reading] += cases(trial, usually)
    return [case for several in found.values() for case in spread(several, seed)[:most]]


def spread(several: list[Case], seed: int) -> list[Case]:
    """Cases by the seed, one of each kind of fault before the second of any."""
    ranks: Counter[str] = Counter()
    ranked = []
    for case in sorted(several, key=lambda case: random.Random(f"{seed} {case.id}").random()):
        ranked.append((ranks[case.kind], case))
        ranks[case.kind] += 1
    return [case for dummy, case in sorted(ranked, key=lambda pair: pair[0])]


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
    """A case of each kind on each route, in a state by the seed, and some of all others."""
    everything = sorted(every_case(), key=lambda case: random.Random(f"{seed} {case.id}").random())
    first: dict[tuple[str, str], Case] = {}
    for case in everything:
        first.setdefault((case.kind, str(case.seen)), case)
    taken = {case.id for case in first.values()}
    others = [case for case in everything if case.id not in taken]
    return [*first.values(), *others[:MORE]]
