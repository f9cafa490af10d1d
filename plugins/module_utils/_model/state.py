# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What a task is given, and how it is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Params = Mapping[str, Any]
"""Validated options: every option, null where the task does not name it."""

Given = Mapping[str, Any]
"""The options as the task writes them, before validation: only those it names."""


@dataclass(frozen=True)
class Mode:
    """How a task is run."""

    check: bool = False
    diff: bool = False
    hidden: bool = False
    """The task has C(no_log: true): its result is shown to nobody."""
    tell: Callable[[str], None] | None = None
    """Shows a line while the task runs, where that is possible."""
