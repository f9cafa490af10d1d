# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Lists of e-mail addresses in variables of jobs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._values.addresses import canonical, clean
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible


class NoAddress(ValueError):
    """A list contains invalid e-mail addresses; the message names all of them."""


def addresses(values: Iterable[Any], name: str, besides: Iterable[Any] = (), listed: Iterable[Any] = ()) -> list[str]:
    """Return the addresses without surrounding blanks, each once, in its first spelling.

    C(name): what errors call the list. C(besides): addresses to omit. C(listed): objects' addresses, of which other
    spellings of the same addresses are appended.

    :raises NoAddress: an entry is not exactly one address.
    """
    found: dict[Any, str] = {}
    problems = []
    for number, value in enumerate(values):
        try:
            address = clean(str(value))
        except ValueError as reason:
            problems.append(visible(f"{name}[{number}] {reason}."))
        else:
            found.setdefault(canonical(address), address)
    if problems:
        raise NoAddress(" ".join(problems))
    without = set(map(canonical, besides))
    kept = {form: address for form, address in found.items() if form not in without}
    spelt = (each for each in listed if canonical(each) in kept)
    return list(dict.fromkeys((*kept.values(), *spelt)))
