# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a random part of each series of cases: C(@pytest.mark.series(20)) says of how many cases the part consists.

A series is a test with so many parameters that each run of all tests would spend most of its time there. With
C(--part-of-series), which C(make test) uses, pytest runs only a part, which depends on a seed; a run prints its seed,
and C(--series-seed) repeats it. Without that option, pytest runs every case. The same option makes Hypothesis generate
fewer cases: C(@settings(max_examples=examples(400))) says how many there are without it.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Sequence
from math import prod

import pytest
from hypothesis import settings

from tools.checks import PART

SEED = "SERIES_SEED"
"""The variable in which the workers find the seed."""


def drawn(variable: str) -> int:
    """Return a seed for this run, drawn once: workers find it in this variable of the environment."""
    return int(os.environ.setdefault(variable, str(random.SystemRandom().randrange(10**6))))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(PART, action="store_true", help="run a random part of each series of cases")
    parser.addoption("--series-seed", type=int, help="which cases to choose where not all are run")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed once."""
    if config.option.series_seed is None:
        config.option.series_seed = drawn(SEED)


def pytest_report_header(config: pytest.Config) -> str:
    """Tell how to run the same cases again."""
    if config.option.part_of_series:
        return f"series: --part-of-series --series-seed={config.option.series_seed}"
    return "series: every case"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the cases out that do not belong to the part."""
    if not config.option.part_of_series:
        return
    series: defaultdict[str, list[pytest.Function]] = defaultdict(list)
    for item in items:
        if isinstance(item, pytest.Function) and item.get_closest_marker("series"):
            series[item.nodeid.partition("[")[0]].append(item)
    left_out = set[pytest.Item]()
    for name, cases in series.items():
        mark = cases[0].get_closest_marker("series")
        size = mark.args[0] if mark else len(cases)
        values = [{name: id(value) for name, value in case.callspec.params.items()} for case in cases]
        chosen = part(values, size, random.Random(f"{config.option.series_seed} {name}"))
        left_out.update(case for number, case in enumerate(cases) if number not in chosen)
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = [item for item in items if item not in left_out]


def part(cases: Sequence[dict[str, int]], size: int, dice: random.Random) -> set[int]:
    """Return the indices of C(size) random cases: each is given as the identity of the value of each parameter.

    If the cases are all combinations of several parameters, each value of each of them occurs at least once, even if
    that takes more cases.
    """
    order = dice.sample(range(len(cases)), len(cases))
    values = [len({case[name] for case in cases}) for name in cases[0]]
    if len(values) == 1 or prod(values) != len(cases):
        return set(order[:size])
    seen = set[tuple[str, int]]()
    first, rest = list[int](), list[int]()
    for number in order:
        new = set(cases[number].items()) - seen
        (first if new else rest).append(number)
        seen |= new
    return {*first, *rest[: max(0, size - len(first))]}


def examples(number: int) -> int:
    """Return how many cases Hypothesis generates in this run for a test that has C(number) of them in a whole run."""
    return number * settings().max_examples // 100
