# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The header of every report, with the name of the organization."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import VERSION
from ansible_collections.community.openai_admin.plugins.module_utils._organization.name import mismatch
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible

NAMED = "Organization: "
"""The beginning of the sentence that names the organization."""
NOT_KNOWN = "not known"
"""The name of the organization in tables and properties if no answer of the API contains it."""


class WrongOrganization(ValueError):
    """The answers come from several organizations, or not from the declared one; the message says which."""


def answering(names: Iterable[Any], declared: Any = None) -> str | None:
    """Return the organization that answered, from the results of modules; null if none of them names it.

    C(declared): the name in the declaration, if there is one.

    :raises WrongOrganization: the results name several organizations, or not the declared one.
    """
    said = sorted({str(name) for name in names if name})
    if len(said) > 1:
        several = " and ".join(f"'{name}'" for name in said)
        told = f"What was read is of different organizations, {several}: check base_url, and any proxy in between."
        raise WrongOrganization(visible(told))
    name = said[0] if said else None
    wrong = mismatch(declared, name)
    if wrong:
        raise WrongOrganization(visible(wrong))
    return name


def whose(name: str | None, called: str | None = "") -> str:
    """Return a sentence that names the organization of a report, with the name that the user C(called) it."""
    said = name or f"{NOT_KNOWN}, because no answer of the API names it"
    return f"{NAMED}{said}{f' (given as {called})' if called and called != name else ''}."


def head(title: str, called: str | None, name: str | None, made_at: str) -> dict[str, str | None]:
    """Return the header of a report: title, organization, time and version of the collection."""
    return {
        "title": title,
        "organization": called,
        "organization_name": name,
        "whose": whose(name, called),
        "made_at": made_at,
        "collection_version": VERSION,
    }
