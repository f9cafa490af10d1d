# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A part of a series has the right size, holds each value, and depends on the seed; all other tests run."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools.checks import PART
from tools.series import part

ONE = [{"seed": number} for number in range(200)]
TWO = [{"label": label, "reading": reading} for label in range(40) for reading in range(25)]
TESTS = """
import pytest
from hypothesis import given, settings, strategies
from tools.series import examples

@pytest.mark.series(3)
@pytest.mark.parametrize("seed", range(20))
def test_series(seed): ...

@pytest.mark.series(5)
@pytest.mark.parametrize("reading", ["kind", "unkind"])
@pytest.mark.parametrize("label", ["a", "b", "c", "d", "e"])
def test_table(label, reading): ...

@pytest.mark.parametrize("number", range(5))
def test_others(number): ...

made = []

@settings(max_examples=examples(400), database=None)
@given(strategies.integers(0, 2**64))
def test_generated(number):
    made.append(number)

def test_number_of_generated_cases():
    print(len(made), "cases")
"""


def test_a_part_of_values_that_belong_together_has_its_size() -> None:
    assert len(part([{"path": number, "failed": number} for number in range(6)], 2, random.Random(1))) == 2


def test_a_part_of_one_parameter_has_its_size_and_depends_on_the_seed() -> None:
    parts = [part(ONE, 10, random.Random(seed)) for seed in range(400)]
    assert {len(each) for each in parts} == {10}
    assert set().union(*parts) == set(range(200))
    assert part(ONE, 10, random.Random(7)) == parts[7]


@pytest.mark.parametrize("size", [1, 60, 900, 2000])
def test_a_part_of_several_parameters_holds_each_value_of_each(size: int) -> None:
    for seed in range(20):
        chosen = [TWO[number] for number in part(TWO, size, random.Random(seed))]
        assert {each["label"] for each in chosen} == set(range(40))
        assert {each["reading"] for each in chosen} == set(range(25))
        assert len(chosen) <= max(size, 40 + 25)
        assert len(chosen) >= min(size, len(TWO))


def run(folder: Path, *options: str) -> str:
    """Run the tests above with the plugins of all tests, and return the output."""
    (folder / "test_it.py").write_text(TESTS, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = series(size): part\n", encoding="utf-8")
    (folder / "conftest.py").write_text((Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"))
    command = [sys.executable, "-m", "pytest", "-vs", "-p", "no:cacheprovider", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


def cases(output: str, name: str = "series") -> list[str]:
    """Return the cases of a series that ran."""
    return re.findall(rf"^test_it\.py::test_{name}\[(.+)\] PASSED", output, re.MULTILINE)


def test_only_the_part_of_a_series_runs(tmp_path: Path) -> None:
    seeded = run(tmp_path, PART, "--series-seed=5")
    assert len(cases(seeded)) == 3
    assert "series: --part-of-series --series-seed=5" in seeded
    assert 5 <= len(cases(seeded, "table")) <= 6
    assert {each.partition("-")[0] for each in cases(seeded, "table")} == set("abcde")
    assert {each.partition("-")[2] for each in cases(seeded, "table")} == {"kind", "unkind"}
    assert len(cases(seeded, "others")) == 5
    assert "80 cases" in seeded
    assert cases(run(tmp_path, PART, "--series-seed=5")) == cases(seeded)


def test_without_the_option_every_case_runs(tmp_path: Path) -> None:
    output = run(tmp_path)
    assert len(cases(output)) == 20
    assert "37 passed" in output
    assert "400 cases" in output
