# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What there is to know of a kind of objects that a declaration can hold, as data: a row of the registry."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Object,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.undeclared import Around, Fate

Scope = Literal["organization", "project"]
"""Where objects are declared: beside the projects, or in one of them."""


def nothing_left_out(unused_item: Object, unused_people: Mapping[str, Object]) -> bool:
    return False


def always_removable(unused_item: Object, unused_listed: Sequence[Object], unused_around: Around) -> Fate:
    return "removable"


def no_notes(unused_kept: Sequence[Object], unused_listed: Sequence[Object]) -> Iterable[str]:
    return ()


def never(unused_desired: Desired, unused_current: Current) -> bool:
    return False


def nobody(unused_item: Object) -> bool:
    return False


@dataclass(frozen=True, eq=False)
class Access:
    """How objects of a kind give somebody access, and how somebody's part of it ends, for the jobs about people."""

    word: str
    """What a person has of them, as the option C(include) of C(user_info) calls it."""
    called: tuple[str, str]
    """One and several of them, in sentences: C(invite), C(invites)."""
    ends: tuple[str, str] = ("", "")
    """What ends it, and what was done then: C(withdraw), C(withdrawn). Empty: it does not end with a person."""
    by: tuple[tuple[str, str], ...] = ()
    """Pairs of a field of theirs and one of people, C(id) or C(email). What has no ID of anybody here is somebody's by
    the address. Empty: they are nobody's."""
    is_key: bool = False
    """They are keys: used or not, and known to whoever created them."""
    members: Membership | None = None
    """They are entries of an owner's set, which can be C(closed). Each has a row of its own in a review."""
    optional: bool = False
    """Not every organization has them, and not every key may read them: that is said then, and nothing fails."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of objects that a declaration can hold."""

    resource: Resource
    word: str
    """The option that declares them."""
    title: str
    """What pages and reports call them."""
    scope: Scope = "organization"
    purge: bool = False
    """Undeclared ones can be removed: the option C(purge) can name C(word)."""
    fields: tuple[Field, ...] = ()
    """Options of an entry that its own module does not have."""
    settings: tuple[Field, ...] = ()
    """Settings of its own module that an entry has as well."""
    members: Membership | None = None
    """Entries do not declare objects, but which objects of the organization are in this set."""
    findings: tuple[str, ...] = ()
    """Further kinds under which an audit reports of them."""
    is_person: bool = False
    """The objects are people: they have the ids of people, and are named by e-mail addresses."""
    is_pending: bool = False
    """The objects wait until somebody accepts them."""
    needs: tuple[Resource, ...] = ()
    """What an export of them has to read besides."""
    is_last: bool = False
    """They decide who reaches the API: what takes access away is changed after everything else."""
    kept_on: tuple[int, ...] = ()
    """Statuses with which the API refuses to remove what has to stay, such as the default project."""
    is_usual: bool = True
    """An export reads them unless it is told what to read."""
    has_ids: bool = False
    """The result of C(organization) has their ids, by names."""
    access: Access | None = None
    """How they give somebody access; none: they give none."""
    not_read: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Those of which nobody reads what access they give, in words, and why not."""
    owns_all: Callable[[Object], bool] = nobody
    """Whether an object gives access to everything there is."""
    loosens: Callable[[Desired, Current], bool] = never
    """Whether a change takes something from an object that another one is to have before."""
    left_out: Callable[[Object, Mapping[str, Object]], bool] = nothing_left_out
    """Whether an export leaves an object out, given the people of the organization by their ids."""
    undeclared: Callable[[Object, Sequence[Object], Around], Fate] = always_removable
    """What becomes of an undeclared object, given all of its collection. Raises C(RequestError)."""
    note: Callable[[Sequence[Object], Sequence[Object]], Iterable[str]] = no_notes
    """Warnings about undeclared objects that a purge keeps, given all of their collection."""

    @property
    def in_project(self) -> bool:
        return self.scope == "project"

    @property
    def is_single(self) -> bool:
        """Whether there is one in each scope at most: what declares it is a dictionary, and no list."""
        return self.resource.singleton

    @property
    def names_ids(self) -> bool:
        """Whether an entry can name an object by its id."""
        own_id = self.resource.id_param
        return bool(own_id) and (self.resource.by_id or self.resource.key(own_id) is not None)

    @property
    def comes_with_project(self) -> bool:
        """Whether the objects come and go with their project, so that nobody has to declare them."""
        return self.in_project and self.resource.remove is None and not self.is_single
