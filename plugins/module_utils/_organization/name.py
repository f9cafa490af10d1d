# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Compares the declared name of the organization with the one in the API's answers. This file is pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OPTION = "organization"
"""The option for the name of the organization."""


def mismatch(declared: Any, answering: str | None) -> str:
    """Return why a declaration is not for the organization that answers; empty if it may be.

    C(declared): the declared name, if any. C(answering): the name in the answers, null if no answer contains it.
    """
    if declared is None:
        return ""
    name = str(declared).strip()
    if answering is None:
        return (
            f"It is unknown whether this is the organization '{name}': no answer of the API says which"
            f" organization it is from. Check base_url, and any proxy in between; or leave {OPTION} out."
        )
    if name == answering:
        return ""
    return (
        f"The declaration is for the organization '{name}', and the API answers for '{answering}'."
        f" Check the admin key; or correct {OPTION}."
    )


def bad_name(declared: Any) -> Iterator[str]:
    """Yield errors in the declared name."""
    if declared is not None and not str(declared).strip():
        yield f"{OPTION} must not be empty."
