# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all tests have in common: how many cases are generated, and which cases of a series run."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

pytest_plugins = ["tools.series"]

settings.register_profile("patient", deadline=None)  # a busy machine does not make a test fail
settings.register_profile("part of series", deadline=None, max_examples=20, derandomize=False)


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many cases Hypothesis generates, before tests are imported."""
    settings.load_profile("part of series" if config.option.part_of_series else "patient")


def pytest_collection_finish() -> None:
    """Leave what was collected out of the search for garbage: it stays until the end."""
    gc.collect()
    gc.freeze()
