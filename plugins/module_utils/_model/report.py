# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports about a range of time, as data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field


@dataclass(frozen=True, eq=False)
class Measure:
    """A value to add up; amounts with a C(unit) are added up per unit."""

    name: str
    answer: str = ""
    """The path in results, with dots, if it differs from the name."""
    unit: str = ""
    unit_answer: str = ""
    lower: bool = False
    """Whether units that differ only in case are equal; they are then written in lower case."""

    @property
    def path(self) -> tuple[str, ...]:
        """The path of the amount in a result."""
        return tuple((self.answer or self.name).split("."))

    @property
    def unit_path(self) -> tuple[str, ...]:
        """The path of the amount's unit in a result; empty if it has none."""
        return tuple((self.unit_answer or self.unit).split(".")) if self.unit else ()


@dataclass(frozen=True, eq=False)
class Report:
    """A report about a range of time, narrowed down by filters.

    It consists of events, or of buckets of time whose results contain C(measures), grouped by those C(dimensions)
    that the task selects.
    """

    kind: str
    title: str
    """Its name in messages: C(the usage of completions)."""
    path: str
    filters: tuple[Field, ...]
    """Options that requests send under their own names."""
    page_size: int = 0
    """The page size of events."""
    shows: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """Additional keys of an event, and the paths of their values, with dots; the first path that exists counts."""
    widths: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """The widths of buckets, and the maximum page size of each."""
    dimensions: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    """What to add up; groups are sorted by the first one."""
    exact: bool = False
    """Whether measures are amounts of money, returned as decimal strings."""
