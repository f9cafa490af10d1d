# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""References to objects, as values, to match what one plan needs with what another one creates."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Ref:
    """A reference to an object: its kind, and its name or ID in the form for comparison."""

    kind: str
    option: str
    """The meaning of the value: C(id), C(name), C(fingerprint)."""
    value: Hashable
    scope: Ref | None = None
    """The object that contains it; none: the organization."""


@dataclass(frozen=True)
class Missing:
    """An object that a task needs and that does not exist."""

    sentence: str
    """A sentence about that, without a full stop."""
    ref: Ref | None = None
    """The missing object; none: the task named it by an empty ID, or it is unknown whether it is missing."""
    hint: str = field(default="", compare=False)
    """A suggestion of similar names, with a leading blank."""
    sought: Any = field(default=None, compare=False)
    """The C(Resource) that was searched for the name."""
    is_final: bool = field(default=False, compare=False)
    """Whether no task can create it, so that check mode must not predict it."""

    @property
    def words(self) -> str:
        """The sentence with its hint."""
        return f"{self.sentence}{self.hint}"
