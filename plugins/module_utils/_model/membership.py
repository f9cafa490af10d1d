# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Sets of members, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Field,
    Key,
    Object,
    Parent,
    Refuse,
    Remove,
    Resource,
    Standing,
    always_live,
    as_it_is,
)


@dataclass(frozen=True, eq=False)
class Proposal:
    """A change of a set, for its guards: the direct members before and after, and whose set it is."""

    added: Sequence[Object]
    removed: Sequence[Object]
    before: Sequence[Object]
    after: Sequence[Object]
    settings: Mapping[str, Any]
    """The options of the task."""
    ids: Mapping[str, str | None]
    """The path parameters of the set; null: of something that does not exist yet."""
    of: str
    """The owner and the scope in messages: C( of group 'platform' of project 'search-prod')."""
    elsewhere: Mapping[str, Any] = field(default_factory=dict)
    """What was read for the guards, by the names of their C(GuardRead): a list of objects, or what its C(read) returns;
    null: the task's key may not read it."""


@dataclass(frozen=True)
class Exempt:
    """The verdict that some members, by their IDs, stay as they are, and a warning; without IDs, only a warning."""

    ids: frozenset[Any] = frozenset()
    warning: str = ""
    first: Any = None
    """The ID of the member to add before all others."""


def nothing_else(unused_member: Object) -> bool:
    """Return that a member replaces no other one."""
    return False


def no_name(unused_member: Object) -> str:
    """Return that a member has its own name."""
    return ""


Guarding = Callable[[Proposal], Union[Refuse, Exempt, None]]


@dataclass(frozen=True, eq=False)
class GuardRead:
    """Objects that guards need, which are read only for a change that needs them."""

    name: str
    resource: Resource
    needed: Callable[[Proposal], bool]
    """Whether to read them, given what was read before them."""
    of_set: bool = False
    """They lie in the owner of the set, such as the roles of a group."""
    of_owner: bool = False
    """Only the owner of the set is read, instead of the whole collection."""
    of_caller: bool = False
    """Only the objects count whose redacted value is that of the task's own admin key."""
    read: Callable[[Any, Proposal], Any] | None = None
    """Reads them in its own way, from what answers read requests. Raises C(AdminError)."""


@dataclass(frozen=True, eq=False)
class Membership:
    """A set of members, such as the C(roles) of a group or the active C(certificates) of a project.

    The list of C(members) shows the members. A request takes up to C(chunk) IDs, under C(body), and its answer
    contains nothing new. C(counts) says whether a listed object is a direct member (live) or a member through
    something else, such as an inherited role (gone), which the engine leaves alone.
    """

    kind: str
    """The key of the result."""
    members: Resource
    """The resource of the list."""
    option: str
    body: str
    keys: tuple[Key, ...] = ()
    """The options of an entry, one of which names a member, without C(candidates); empty: the keys of C(members)."""
    owner: Parent | None = None
    """The owner of the set, if C(members) has routes in the organization and in projects that also name the owner.
    If there is one route, the owner is its scope."""
    candidates: tuple[Parent, ...] = ()
    """The kinds of objects that can be added, each with the options that name it; empty: any listed object.

    The engine looks for objects of projects in the project of the set or, if it has none, in the one that the entry
    names. It finds existing members by the key of C(members) that has the same name as the option."""
    mark: str = ""
    """The field of listed objects that says whether they are members; empty: all listed objects are."""
    states: tuple[str, str] = ("present", "absent")
    done: tuple[str, str] = ("added", "removed")
    """The keys of the result for added and removed members."""
    settings: tuple[Field, ...] = ()
    canonical: Callable[[Any], Any] = as_it_is
    counts: Callable[[Object], Standing] = always_live
    alternatives: Callable[[Object], bool] = nothing_else
    """Returns whether a member is one of those that replace each other: adding one removes the other directly."""
    closed: Callable[[Object], str] | None = None
    """Returns why the set of an owner must not change; empty if it may. Called only if it would change."""
    guards: tuple[Guarding, ...] = ()
    """Pure functions that refuse a change, or exempt members from it. Called only if the set would change."""
    guard_reads: tuple[GuardRead, ...] = ()
    short: str = ""
    """The option that an entry sets if it is a string instead of a dictionary."""
    told: Callable[[Object], str] = no_name
    """Returns the name of a member that every scope has, as people declare it; empty for all others."""
    notice: str = ""
    """A warning that every task shows after it has changed something."""
    add: tuple[str, str] = ("POST", "")
    """The method, and the suffix of the set's route; C({id}) is the listed ID of the member."""
    remove: tuple[str, str] = ("DELETE", "/{id}")
    verbs: tuple[str, str] = ("add", "remove")
    chunk: int = 1

    @property
    def word(self) -> str:
        """The key of the members in results and diffs."""
        return self.mark or self.option

    @cached_property
    def listed(self) -> Resource:
        """The members as the list shows them, with the keys of an entry."""
        return replace(self.members, routes=self.members.listed.routes, keys=self.keys or self.members.keys)

    @cached_property
    def entry(self) -> Resource:
        """The entry of a declared project, which says that an object is a member, or is not."""
        parent = self.listed.parent
        scope = parent.resource.kind if parent else ""
        return Resource(
            kind=f"{scope}_{self.members.kind}",
            plural=f"{scope}_{self.members.plural}",
            routes=tuple(route for route in self.listed.routes if route.scope),
            id_param=self.members.id_param,
            by_id=self.members.by_id,
            keys=self.listed.keys,
            fields=tuple(replace(field, made_by="server") for field in self.members.listed.fields),
            remove=Remove(),
            standing=lambda item: "live" if self.is_own(item) else "gone",
        )

    @cached_property
    def whole(self) -> Resource:
        """The set of one scope as a single object, whose value is the names of its members."""
        return Resource(
            kind=f"{self.word}_{self.members.plural}",
            plural=f"{self.word}_{self.members.plural}",
            routes=self.listed.routes,
            fields=(Field(self.word, "list"),),
        )

    def holds(self, listed: Object) -> bool:
        """Return whether a listed object is a member, directly or not."""
        return not self.mark or bool(listed.get(self.mark))

    def is_own(self, listed: Object) -> bool:
        """Return whether a listed object is a direct member, which can be removed."""
        return self.holds(listed) and self.counts(listed) == "live"
