# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The context of a run, and the places and objects that it works on."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import does_not_exist, scoped
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing, Ref
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Object,
    Parent,
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    Declaration,
    Declared,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot

PROJECT_ID = PROJECTS.resource.id_param

Mark = tuple[str, tuple[Union[str, None], ...], Any]
"""Identifies an object: its kind, the IDs of its containers, and its own ID."""


@dataclass(frozen=True, eq=False)
class Run:
    """The context of a run. Each part passes what it learns to the next one, in a copy."""

    client: Client
    snapshot: Snapshot
    declaration: Declaration
    pace: Pace
    people: frozenset[Any] = frozenset()
    """Addresses and IDs of all people who are declared in a project."""
    names: Mapping[Mark, str | None] = dataclasses.field(default_factory=dict)
    """The future names of existing declared objects; null: the object will be removed."""
    turned: Mapping[str, Object] = dataclasses.field(default_factory=dict)
    """People who become owners of the organization in this run, or lose that role, by ID."""
    implied: frozenset[Declared] = frozenset()
    """Declared objects that are there though no list shows them, such as an owner of the organization in a project."""
    uploaded: Mapping[str, Object] = dataclasses.field(default_factory=dict)
    """Certificates that this run has uploaded, by place in the declaration."""
    leaving: frozenset[str] = frozenset()
    """IDs of certificates to delete."""
    staying: tuple[Object, ...] = ()
    """Certificates that are active in the organization at the end."""


@dataclass(frozen=True, eq=False)
class Holder:
    """A declared object that contains others."""

    parent: Parent
    """Their parent option."""
    name: str
    object: Object | None
    """Null: it does not exist yet."""
    own_id: str | None
    """Its ID, by its own resource: what a project lists of a group is not the group."""
    looked: Looked | None = None
    """The declared object itself."""

    @property
    def resource(self) -> Resource:
        """Its own resource, such as that of a group in a project."""
        return self.looked.resource if self.looked else self.parent.resource

    @property
    def is_itself(self) -> bool:
        """Whether it is the object that the options name, and not only what another object lists of it."""
        return self.resource.kind == self.parent.resource.kind

    @property
    def as_declared(self) -> Object | None:
        """The object with the values that the declaration gives it, which the rules for its contents go by."""
        if self.object is None or self.looked is None:
            return self.object
        values = self.looked.desired.values
        told = dict(self.object)
        for field in self.resource.options:
            if field.name in values and not field.refers:
                field.put(told, field.answer or field.name, values[field.name])
        return told

    def ref(self, scope: Ref | None) -> Ref:
        """Return a reference to it, by its name if that is known. C(scope): its own container."""
        key = self.resource.name_key
        if not self.name and self.looked and self.looked.desired.identity:
            option, value = self.looked.desired.identity
            return self.resource.ref(value, option, scope)
        return self.resource.ref(self.name, key.option if key else "name", scope)

    @property
    def label(self) -> str:
        """Its label in messages, with its name if that is known."""
        resource = self.parent.resource
        return resource.call(self.name) if self.name else resource.call(self.own_id, resource.id_param)


@dataclass(frozen=True, eq=False)
class Place:
    """A managed collection, of the organization or of a declared object such as a project."""

    row: Kind
    holders: tuple[Holder, ...] = ()
    """Its containers, the outermost first; none: the organization."""
    where: str = ""
    """Its place in the declaration: C(projects[0].users)."""
    declared: tuple[Declared, ...] = ()
    purged: bool = False
    purged_by: str = ""
    """The place of the defaults that purge it; empty: its container does."""
    is_made: bool = False
    """Whether this run has made all containers."""

    @property
    def resource(self) -> Resource:
        """The resource of the collection."""
        return self.row.resource

    @cached_property
    def ids(self) -> Mapping[str, Any]:
        """The path parameters of its containers; null: a container does not exist yet."""
        return {each.parent.id_option: each.own_id for each in self.holders}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of its containers, by key of results: C(project)."""
        return {each.parent.resource.kind: each.name for each in self.holders}

    @property
    def options(self) -> dict[str, Any]:
        """The options that name its containers."""
        return {**{each.parent.name_option: each.name for each in self.holders}, **self.ids}

    @property
    def ref(self) -> Ref | None:
        """A reference to its container; none: the organization."""
        found: Ref | None = None
        for each in self.holders:
            found = each.ref(found)
        return found

    @property
    def lacks(self) -> Missing | None:
        """The container that is missing, if that is a membership of something that exists, such as a group's access."""
        scope: Ref | None = None
        for each in self.holders:
            scope = each.ref(scope)
            if each.object is None and not each.is_itself and not self.is_made:
                return does_not_exist(f"{each.looked.desired.label if each.looked else each.label}", scope)
        return None

    @property
    def of(self) -> str:
        """Its container in messages: C( of project 'search-prod')."""
        return "".join(f" of {each.label}" for each in reversed(self.holders))

    @property
    def project_id(self) -> str | None:
        """The ID of its project; null: there is none, or it does not exist yet."""
        return self.ids.get(PROJECT_ID)

    @property
    def project(self) -> str:
        """The name of its project; empty: there is none."""
        return self.names.get(PROJECTS.resource.kind, "")

    @property
    def is_there(self) -> bool:
        """Whether all its containers exist."""
        return all(each.object for each in self.holders)

    def holds(self, declared: Declared) -> bool:
        """Return whether it is the collection of this kind in a declared object."""
        return bool(self.declared) and declared.collections.get(self.row.word) is self.declared

    def is_within(self, objects: Container[Declared]) -> bool:
        """Return whether one of its containers is among these declared objects."""
        return any(each.looked is not None and each.looked.declared in objects for each in self.holders)

    @property
    def spot(self) -> tuple[str | None, ...]:
        """What identifies it among places of the kind: IDs of containers, or names if they do not exist yet."""
        return tuple(each.own_id or each.name for each in self.holders)

    @cached_property
    def scope(self) -> Current | None:
        """The scope of its container, if that exists."""
        if not self.holders or not self.is_there:
            return None
        within = [scoped(each.parent, each.own_id, each.name) for each in self.holders]
        named = {option: value for each in reversed(within) for option, value in each.scope.items()}
        last = self.holders[-1]
        known = last.as_declared if last.is_itself else None
        return replace(within[-1], ids=self.ids, scope=named, of=self.of, seen=True, parent=known)

    def mark(self, item: Object) -> Mark:
        """Return what identifies an object of this place."""
        return (self.resource.kind, self._own_ids, self.resource.id_of(item))

    @cached_property
    def _own_ids(self) -> tuple[str | None, ...]:
        return _scope_ids(self.resource, self.ids)


@dataclass(frozen=True, eq=False)
class Looked:
    """A declared object, and its own current state."""

    declared: Declared
    resource: Resource
    desired: Desired
    current: Current
    place: Place
    unresolved: tuple[Missing, ...] = ()
    purged: bool = False
    placed_in: str | None = None
    """The ID of what an entry of a set names as the container of its candidate, if that exists."""

    @property
    def row(self) -> Kind:
        """The row of the object's kind."""
        return self.place.row

    @property
    def project(self) -> str:
        """The name of its project."""
        return self.place.project

    @property
    def spot(self) -> tuple[str, tuple[str | None, ...]]:
        """Its kind and the IDs of its containers, or names if they do not exist yet."""
        return (self.resource.kind, self.place.spot)


def mark_of(resource: Resource, current: Current, known: Object | None = None) -> Mark:
    """Return what identifies an object; IDs alone do not, because rate limits have the same ones in all projects."""
    return (resource.kind, _scope_ids(resource, current.ids), resource.id_of(known or current.object or {}))


def _scope_ids(resource: Resource, ids: Mapping[str, Any]) -> tuple[str | None, ...]:
    """Return the IDs of the containers of a collection."""
    return tuple(ids.get(name) for name in _path_parameters(resource.path_in(ids)))


@cache
def _path_parameters(route: str) -> tuple[str, ...]:
    return tuple(re.findall(r"{(\w+)}", route))
