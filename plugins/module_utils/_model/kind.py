# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The description of a kind of objects that a declaration can contain: a row of the registry, as data."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Object,
    Parent,
    Resource,
    Verdict,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.undeclared import Around, Fate


def nothing_left_out(unused_item: Object, unused_people: Mapping[str, Object]) -> bool:
    return False


def always_removable(unused_item: Object, unused_listed: Sequence[Object], unused_around: Around) -> Fate:
    return "removable"


def no_notes(unused_kept: Sequence[Object], unused_listed: Sequence[Object], unused_of: str) -> Iterable[str]:
    return ()


def no_verdict(unused_desired: Desired, unused_current: Current) -> Verdict:
    return None


def no_flaws(unused_entry: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    return ()


def never(unused_desired: Desired, unused_current: Current) -> bool:
    return False


def always(unused_item: Object) -> bool:
    return True


def nobody(unused_item: Object) -> bool:
    return False


@dataclass(frozen=True, eq=False)
class Access:
    """How objects of a kind give access to people, and how to end that access, for the jobs about people."""

    word: str
    """The name of a person's objects in the option C(include) of C(user_info)."""
    called: tuple[str, str]
    """Singular and plural, for sentences: C(invite), C(invites)."""
    ends: tuple[str, str] = ("", "")
    """The verb that ends the access, and its participle: C(withdraw), C(withdrawn). Empty: leaving does not end it."""
    by: tuple[tuple[str, str], ...] = ()
    """Pairs of their field and a field of people, C(id) or C(email). If an object has no known ID, the address
    decides. Empty: they belong to no person."""
    is_key: bool = False
    """Whether they are keys, which may be in use, and whose values their creators know."""
    who: str = ""
    """Set if each has its own row in a review: the heading of the column that names who has access by it."""
    holders: tuple[tuple[str, str], ...] = ()
    """Pairs of fields with the name and the ID of who has it, of which one is set. Empty: the object is who has it."""
    of_account: str = ""
    """Their field with the ID of the service account that others can act as by it. Empty: nobody acts as another."""
    lets_in: Callable[[Object, Object], Mapping[str, Any]] | None = None
    """Returns whom an object lets in from outside, given it and its container: C(tokens) and C(scopes) in words, and
    C(remark), a list of what a reviewer should check."""
    asked_by: str = ""
    """The setting of the review that asks for them, if they are not always read."""
    ended_by: Membership | None = None
    """The set out of which the job takes them, if they are not objects themselves; its owner has the access."""
    is_direct: Callable[[Object], bool] = always
    """Whether an object can be ended by itself; otherwise it comes from elsewhere, and is only shown."""
    is_membership: Callable[[Object], bool] = nobody
    """Whether an object is the same as the membership of the organization or of its project, and ends with it."""
    optional: bool = False
    """Whether an organization may lack them, or a key may not read them: jobs then say so and continue."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of objects that a declaration can contain."""

    resource: Resource
    word: str
    """The option that declares them."""
    title: str
    """Their name in pages and reports."""
    within: Kind | None = None
    """The kind in whose entries they are declared, such as projects; none: the organization itself."""
    purge: bool = False
    """Whether the option C(purge) can name C(word), to remove undeclared objects."""
    fields: tuple[Field, ...] = ()
    """Options of an entry that its module does not have."""
    settings: tuple[Field, ...] = ()
    """Settings of its module that an entry has too."""
    members: Membership | None = None
    """Set if entries do not declare objects, but the members of this set."""
    is_led: bool = False
    """Whether the entry that contains them can also name one of them itself, by the options of the first candidate:
    the one that the API adds together with the entry's object. By default that is the first one of the list."""
    findings: tuple[str, ...] = ()
    """Further kinds under which an audit reports them."""
    is_person: bool = False
    """Whether the objects are people: they have the IDs of people, and are named by e-mail addresses."""
    is_pending: bool = False
    """Whether the objects are pending until somebody accepts them."""
    needs: tuple[Resource, ...] = ()
    """Further resources that an export of them has to read."""
    is_guardrail: bool = False
    """Whether they limit what a project may cost and use: nobody is added to the project before they are set."""
    follows: tuple[Resource, ...] = ()
    """Resources in the same scope whose changes may change an object: it is changed after them, and read again at the
    end of a run that changed them."""
    goes_first: bool = False
    """Whether the object that contains it can only be removed after it."""
    is_last: bool = False
    """Whether they control access to the API: changes that take access away come after all others."""
    tells_kept: bool = False
    """Whether a task warns about objects that a purge keeps because their removal is refused."""
    kept_on: tuple[int, ...] = ()
    """Status codes with which the API rejects the removal of protected objects, such as the default project."""
    is_usual: bool = True
    """Whether an export reads them by default."""
    has_ids: bool = False
    """Whether the result of C(organization) has their IDs, by name."""
    access: Access | None = None
    """How they give access to somebody; none: they do not."""
    not_read: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Names of related objects that give access and that no job reads, and why not."""
    owns_all: Callable[[Object], bool] = nobody
    """Whether an object gives access to everything."""
    loosens: Callable[[Desired, Current], bool] = never
    """Whether a change removes something that another object has to get first."""
    flaws: Callable[[Mapping[str, object]], Iterable[tuple[str, str]]] = no_flaws
    """What is wrong with an entry besides what its module rejects: options, and a sentence on each."""
    judge: Callable[[Desired, Current], Verdict] = no_verdict
    """The verdict on an entry by its C(fields), which are among its settings here."""
    left_out: Callable[[Object, Mapping[str, Object]], bool] = nothing_left_out
    """Whether an export omits an object, given the people of the organization by ID."""
    undeclared: Callable[[Object, Sequence[Object], Around], Fate] = always_removable
    """What to do with an undeclared object, given its whole collection. Raises C(RequestError)."""
    note: Callable[[Sequence[Object], Sequence[Object], str], Iterable[str]] = no_notes
    """Warnings about undeclared objects that a purge keeps, given their whole collection, and of what it is."""

    @property
    def scope(self) -> str:
        """What people call it that declares them: C(organization), C(project)."""
        return self.within.resource.kind if self.within else "organization"

    @property
    def holder(self) -> Parent | None:
        """The parent or owner whose entry declares an object; null: objects of the organization itself."""
        if self.within is None:
            return None
        return self.members.owner if self.members and self.members.owner else self.resource.parent

    @property
    def owned(self) -> Membership | None:
        """The set of a declared object in which an entry puts a candidate, if the entries do that."""
        return self.members if self.members and self.members.candidates else None

    @property
    def ids_word(self) -> str:
        """The key of their IDs in results; kinds that organization and projects both have are kept apart."""
        is_both = self.within is not None and self.resource.parent_is_optional
        return f"{self.scope}_{self.resource.plural}" if is_both else self.resource.plural

    @property
    def is_single(self) -> bool:
        """Whether each scope has at most one, so that it is declared as a dictionary, not as a list."""
        return self.resource.singleton

    @property
    def names_ids(self) -> bool:
        """Whether an entry can name an object by its ID."""
        own_id = self.resource.id_param
        return bool(own_id) and (self.resource.by_id or self.resource.key(own_id) is not None)

    @property
    def comes_with_project(self) -> bool:
        """Whether the API creates and removes the objects together with their project."""
        return self.within is not None and self.resource.remove is None and not self.is_single
