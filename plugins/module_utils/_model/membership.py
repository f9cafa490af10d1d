# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Sets that things are in, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Object,
    Parent,
    Resource,
    Standing,
    always_live,
    as_it_is,
)


@dataclass(frozen=True, eq=False)
class Membership:
    """A set that things are in: C(roles) of a group, active C(certificates) of a project.

    The list of C(members) shows who is in it; C(chunk) ids fit into one request, under
    C(body), of which the answers tell no more than the request did. C(counts) says
    of a listed object whether it is in the set by itself (live) or by something
    else, as an inherited role is (gone): that is left alone.
    """

    kind: str
    """Key of the result."""
    members: Resource
    """What the list shows, at its routes. Without C(candidates) its keys are the options of an entry."""
    option: str
    body: str
    owner: Parent | None = None
    """Whose set it is, where the routes of C(members) are of the organization and of projects, and name it besides. A
    set that has one route has its owner as the scope of that."""
    candidates: tuple[Parent, ...] = ()
    """What can be put into it, by the options of an entry that name it; none: whatever the list shows.

    Those that lie in projects are looked for in the project of the set or, where it has none, in the one that the entry
    names. Who is in the set already is found there by the members' key that is called like the option."""
    mark: str = ""
    """The field of listed objects that says whether they are in the set; empty: all that are listed are."""
    states: tuple[str, str] = ("present", "absent")
    done: tuple[str, str] = ("added", "removed")
    """Keys of the result for what was put in and taken out."""
    settings: tuple[Field, ...] = ()
    canonical: Callable[[Any], Any] = as_it_is
    counts: Callable[[Object], Standing] = always_live
    closed: Callable[[Object], str] | None = None
    """Why the set of an owner must stay as it is; empty: it may become another one. Asked only where it would."""
    add: tuple[str, str] = ("POST", "")
    """Method, and what the route adds to that of the set; C({id}) is the member's id, as it is listed."""
    remove: tuple[str, str] = ("DELETE", "/{id}")
    verbs: tuple[str, str] = ("add", "remove")
    chunk: int = 1

    def holds(self, listed: Object) -> bool:
        """Whether a listed object is in the set at all."""
        return not self.mark or bool(listed.get(self.mark))

    def is_own(self, listed: Object) -> bool:
        """Return whether a listed object is in the set by itself, so that it can be taken out."""
        return self.holds(listed) and self.counts(listed) == "live"
