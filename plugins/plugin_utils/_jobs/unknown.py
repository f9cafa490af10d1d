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
_OPTION = re.compile(r"^ +(openai_admin_\w+):$", re.MULTILINE)
_ALIKE = 0.93
"""Minimum similarity, from 0 to 1, of a name to a variable of a job to count as misspelled."""


def problems_of_names(role: str, names: Collection[str], options: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each name that is not a variable of the role, with the nearest one that is.

    These are names that begin as the role's own variables do, and names that are almost a variable of any role, such as
    C(openai_admin_declartion) in a job that includes the role C(organization). Names that any role or playbook of the
    collection contains are known, including those that a job sets for itself.
    """
    own = role.rpartition(".")[2]
    prefix = JOBS[own].prefix if own in JOBS else f"openai_admin_{own}"
    for name in sorted(set(names) - set(options) - known_names()):
        is_own = name.startswith(f"{prefix}_")
        near = get_close_matches(name, sorted(options), 1, 0.0) if is_own else []
        near = near or get_close_matches(name, sorted({*options, *variables()}), 1, _ALIKE)
        if near:
            yield f"{name} is not a variable of the role {own}: did you mean {near[0]}?"


@cache
def variables() -> frozenset[str]:
    """Return the names of the variables that the specifications of the roles have."""
    files = COLLECTION.glob("roles/*/meta/argument_specs.yml")
    return frozenset(name for file in files for name in _OPTION.findall(file.read_text(encoding="utf-8")))


@cache
def known_names() -> frozenset[str]:
    """Return the names of all variables that the roles and playbooks of the collection read or set."""
    files = [*COLLECTION.glob("roles/*/*/**/*.yml"), *COLLECTION.glob("playbooks/*.yml")]
    return frozenset(name for file in files for name in _NAME.findall(file.read_text(encoding="utf-8")))
