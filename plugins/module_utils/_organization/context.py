# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What every part of a run needs to know, and the places and objects that it is about."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, Union

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import scoped
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
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
"""Tells an object from all others: its kind, the ids of what it lies in, and its own."""


@dataclass(frozen=True, eq=False)
class Run:
    """What every part of a run needs. What one part learns is handed to the next one in a copy."""

    client: Client
    snapshot: Snapshot
    declaration: Declaration
    pace: Pace
    people: frozenset[Any] = frozenset()
    """Addresses and ids of everybody who is to be in a project."""
    names: Mapping[Mark, str | None] = dataclasses.field(default_factory=dict)
    """The names of declared objects that are there, as they will be; null: they will be gone."""
    turned: Mapping[str, Object] = dataclasses.field(default_factory=dict)
    """Who becomes an owner of the organization in this run, or ceases to be one, by id."""
    uploaded: Mapping[str, Object] = dataclasses.field(default_factory=dict)
    """Certificates that this run has uploaded, by where they are declared."""
    leaving: frozenset[str] = frozenset()
    """Ids of certificates that are deleted."""
    staying: tuple[Object, ...] = ()
    """Certificates that are active in the organization in the end."""


@dataclass(frozen=True, eq=False)
class Holder:
    """A declared object that others are declared in."""

    parent: Parent
    """What it is to them."""
    name: str
    object: Object | None
    """Null: it is not there yet."""

    @property
    def own_id(self) -> str | None:
        own_id: str | None = self.parent.resource.id_of(self.object or {})
        return own_id

    @property
    def label(self) -> str:
        """How messages name it: by its name, where it is known."""
        resource = self.parent.resource
        return resource.call(self.name) if self.name else resource.call(self.own_id, resource.id_param)


@dataclass(frozen=True, eq=False)
class Place:
    """A collection that is managed: the organization's own, or that of a declared object, such as a project."""

    row: Kind
    holders: tuple[Holder, ...] = ()
    """What it lies in, the outermost first; none: the organization."""
    where: str = ""
    """Where the declaration has it: C(projects[0].users)."""
    declared: tuple[Declared, ...] = ()
    purged: bool = False
    purged_by: str = ""
    """Where the defaults stand that have it purged; empty: what it lies in says so itself."""

    @property
    def resource(self) -> Resource:
        return self.row.resource

    @cached_property
    def ids(self) -> Mapping[str, Any]:
        """The path parameters of what it lies in; null: of something that is not there yet."""
        return {each.parent.id_option: each.own_id for each in self.holders}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What it lies in, by name: C(project)."""
        return {each.parent.name_option: each.name for each in self.holders}

    @property
    def of(self) -> str:
        """How messages name what it lies in: C( of project 'search-prod')."""
        return "".join(f" of {each.label}" for each in reversed(self.holders))

    @property
    def project_id(self) -> str | None:
        """Null: it lies in no project, or in one that is not there yet."""
        return self.ids.get(PROJECT_ID)

    @property
    def project(self) -> str:
        """The name of the project that it lies in; empty: it lies in none."""
        return self.names.get(PROJECTS.resource.kind, "")

    @property
    def is_there(self) -> bool:
        """Whether all that it lies in is there."""
        return all(each.object for each in self.holders)

    @property
    def spot(self) -> tuple[str | None, ...]:
        """What tells it from other places of the kind: ids, or the names of what is not there yet."""
        return tuple(each.own_id or each.name for each in self.holders)

    @cached_property
    def scope(self) -> Current | None:
        """What it lies in, if that is there."""
        if not self.holders or not self.is_there:
            return None
        within = [scoped(each.parent, each.own_id, each.name) for each in self.holders]
        named = {option: value for each in reversed(within) for option, value in each.scope.items()}
        return replace(within[-1], ids=self.ids, scope=named, of=self.of, seen=True, parent=self.holders[-1].object)

    def mark(self, item: Object) -> Mark:
        """Return what tells an object of this place from all others."""
        return (self.resource.kind, self._own_ids, self.resource.id_of(item))

    @cached_property
    def _own_ids(self) -> tuple[str | None, ...]:
        return _scope_ids(self.resource, self.ids)


@dataclass(frozen=True, eq=False)
class Looked:
    """A declared object, and what there is of it by itself."""

    declared: Declared
    resource: Resource
    desired: Desired
    current: Current
    place: Place
    unresolved: tuple[Missing, ...] = ()
    purged: bool = False

    @property
    def row(self) -> Kind:
        return self.place.row

    @property
    def project(self) -> str:
        """The name of the project that it lies in."""
        return self.place.project

    @property
    def spot(self) -> tuple[str, tuple[str | None, ...]]:
        """Its kind and the ids of what it lies in; of what is not there yet, the names."""
        return (self.resource.kind, self.place.spot)


def mark_of(resource: Resource, current: Current, known: Object | None = None) -> Mark:
    """Return what tells an object from all others: ids of rate limits are the same in all projects."""
    return (resource.kind, _scope_ids(resource, current.ids), resource.id_of(known or current.object or {}))


def _scope_ids(resource: Resource, ids: Mapping[str, Any]) -> tuple[str | None, ...]:
    """The ids of what a collection lies in."""
    return tuple(ids.get(name) for name in _path_parameters(resource.path_in(ids)))


@cache
def _path_parameters(route: str) -> tuple[str, ...]:
    return tuple(re.findall(r"{(\w+)}", route))
