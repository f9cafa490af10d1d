# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The input of a task, and the mode in which it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Params = Mapping[str, Any]
"""Validated options: every option, null if the task does not set it."""

Given = Mapping[str, Any]
"""The options as the task writes them, before validation: only those that it sets."""


@dataclass(frozen=True)
class Mode:
    """The mode in which a task runs."""

    check: bool = False
    diff: bool = False
    hidden: bool = False
    """Whether the task has C(no_log: true), so that nobody sees its result."""
    tell: Callable[[str], None] | None = None
    """Shows a line while the task runs, if that is possible."""
