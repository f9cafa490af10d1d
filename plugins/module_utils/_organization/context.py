# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What every part of a run needs to know, and the places and objects that it is about."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
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
    Resource,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    Declaration,
    Declared,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.snapshot import Snapshot

PROJECT_ID = PROJECTS.resource.id_param

Mark = tuple[str, Union[str, None], Any]
"""Tells an object from all others: its kind, its project's id, and its own."""


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
class Place:
    """A collection that is managed: the organization's own, or that of a project."""

    row: Kind
    ids: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    project: str = ""
    of: str = ""
    where: str = ""
    """Where the declaration has it: C(projects[0].users)."""
    declared: tuple[Declared, ...] = ()
    purged: bool = False
    purged_by: str = ""
    """Where the defaults stand that have it purged; empty: what it lies in says so itself."""

    @property
    def resource(self) -> Resource:
        return self.row.resource

    @property
    def project_id(self) -> str | None:
        """Null: it lies in no project, or in one that is not there yet."""
        return self.ids.get(PROJECT_ID)

    @cached_property
    def scope(self) -> Current | None:
        """The project, if it is there."""
        if not self.resource.parent or not self.project_id:
            return None
        return replace(scoped(self.resource.parent, self.project_id, self.project), seen=True)


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


def mark_of(resource: Resource, current: Current, known: Object | None = None) -> Mark:
    """Return what tells an object from all others: ids of rate limits are the same in all projects."""
    project = current.ids.get(PROJECT_ID) if resource.parent else None
    return (resource.kind, project, resource.id_of(known or current.object or {}))
