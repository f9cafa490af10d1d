# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Finds misspelled variables, which no role or playbook of the collection reads and which would have no effect."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.table import JOBS

COLLECTION = Path(__file__).resolve().parents[3]
_NAME = re.compile(r"\bopenai_admin_\w+")
_ALIKE = 0.93
"""Minimum similarity, from 0 to 1, of a name to a variable of a job to count as misspelled."""


def problems_of_names(role: str, names: Collection[str], options: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each name that is not a variable of the role, with the nearest one that is.

    These are names that begin as the role's own variables do, and those that are nearly one of C(options). A name that
    any role or playbook of the collection has is known, be it of another job or one that a job sets for itself.
    """
    own = role.rpartition(".")[2]
    prefix = JOBS[own].prefix if own in JOBS else f"openai_admin_{own}"
    for name in sorted(set(names) - set(options) - known_names()):
        near = get_close_matches(name, sorted(options), 1, 0.0 if name.startswith(f"{prefix}_") else _ALIKE)
        if near:
            yield f"{name} is not a variable of the role {own}: did you mean {near[0]}?"


@cache
def known_names() -> frozenset[str]:
    """Return the names of all variables that the roles and playbooks of the collection read or set."""
    files = [*COLLECTION.glob("roles/*/*/**/*.yml"), *COLLECTION.glob("playbooks/*.yml")]
    return frozenset(name for file in files for name in _NAME.findall(file.read_text(encoding="utf-8")))
