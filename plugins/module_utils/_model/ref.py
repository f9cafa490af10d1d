# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""References to objects, as values: what one plan counts on and another one creates is compared by these."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Ref:
    """Says which object is meant: its kind, and what names it in the form in which that is compared."""

    kind: str
    option: str
    """What the value is: C(id), C(name), C(fingerprint)."""
    value: Hashable
    scope: Ref | None = None
    """The object that it lies in; none: the organization."""


@dataclass(frozen=True)
class Missing:
    """Something that a task counts on and that is not there."""

    sentence: str
    """Says so, without a full stop."""
    ref: Ref | None = None
    """What is missing; none: it was named by an empty id, or it is not known whether it is missing."""
    hint: str = field(default="", compare=False)
    """What may be meant, with a blank before it."""
    sought: Any = field(default=None, compare=False)
    """The C(Resource) in which the name was looked for."""
    is_final: bool = field(default=False, compare=False)
    """No task can bring it there: in check mode it does not count as something that is still to come."""

    @property
    def words(self) -> str:
        """The sentence with its hint."""
        return f"{self.sentence}{self.hint}"
