# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports over a time, as data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field


@dataclass(frozen=True, eq=False)
class Measure:
    """What is added up. Where it is of some C(unit), only amounts of the same one are."""

    name: str
    answer: str = ""
    """The path in results, with dots, where it differs."""
    unit: str = ""
    unit_answer: str = ""
    lower: bool = False
    """Units that differ only in case are the same one, which is written in lower case."""

    @property
    def path(self) -> tuple[str, ...]:
        return tuple((self.answer or self.name).split("."))

    @property
    def unit_path(self) -> tuple[str, ...]:
        return tuple((self.unit_answer or self.unit).split(".")) if self.unit else ()


@dataclass(frozen=True, eq=False)
class Report:
    """Something that is only read, of a time and narrowed down by filters.

    It consists of events; or of buckets of time, whose results are divided by C(dimensions) as the task
    likes, and hold C(measures).
    """

    kind: str
    title: str
    """How messages call it: C(the usage of completions)."""
    path: str
    filters: tuple[Field, ...]
    """Options that are sent as they are called."""
    page_size: int = 0
    """Of events."""
    shows: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """What stands in an event besides, and the paths to it, with dots: the first one that leads anywhere."""
    widths: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """How long a bucket can be, and the largest page of such."""
    dimensions: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    """The first one says which groups are the largest."""
    exact: bool = False
    """Measures have fractions, which are money: they come back as strings."""
