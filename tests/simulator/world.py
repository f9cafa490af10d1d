# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that changes while the simulator runs, in one place."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from .behaviour import Behaviour
from .organization import Actor, AdminApiKey, Ids, Organization, add_key_in_use, add_unknown, begin


@dataclass
class Entry:
    """A request in the log. `status` is null while there is no answer, and for good if the connection was dropped."""

    request_id: str
    connection: int
    at: float
    method: str
    path: str
    route: str | None
    query: dict[str, list[str]]
    body: Any
    status: int | None = None
    fault: str | None = None
    client_certificate: str | None = None


@dataclass
class Fault:
    """What is to go wrong, where, and how often (`times: null` means always)."""

    kind: Literal["status", "drop", "delay", "truncate", "html", "body", "shape", "cursor", "overlap", "meanwhile"]
    method: str = "*"
    path: str = "*"
    when: Literal["before", "after"] = "before"
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    seconds: Annotated[float, Field(ge=0)] = 0
    times: Annotated[int, Field(ge=1)] | None = 1
    body: Any = None
    message: str | None = None
    at: list[str | int] = field(default_factory=list)

    def applies(self, method: str, *paths: str | None) -> bool:
        """Whether it strikes that method at one of these spellings of the path."""
        pattern = ".*".join(re.escape(part) for part in self.path.split("*"))
        return self.method in ("*", method) and any(path and re.fullmatch(pattern, path) for path in paths)


@dataclass
class Past:
    """Large buckets of the report that was asked for last, compressed, while neither question nor past change."""

    question: object = None
    buckets: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def of(self, question: object) -> dict[tuple[int, int], bytes]:
        """Those of a question."""
        if question != self.question:
            self.question, self.buckets = question, {}
        return self.buckets


@dataclass
class Fresh:
    """Something that the next lists do not show, so many of them, nor any list before a time by the clock."""

    reads: int
    until: float
    read: int = 0


@dataclass
class World:
    """The organization as it is now, and what the control routes set and read."""

    admin_key: str
    initial: bytes
    organization: Organization = field(default_factory=Organization)
    ids: Ids = field(default_factory=Ids)
    log: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    windows: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)
    key_ids: dict[str, str] = field(default_factory=dict)
    session: Actor | None = None
    past: Past = field(default_factory=Past)
    fresh: dict[tuple[str, str], Fresh] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    """Whoever has it is alone with the world: requests may come by the server's thread and by others."""
    named: int = 0
    """How many answers have named one of the organizations that a switch lists."""

    @property
    def behaviour(self) -> Behaviour:
        """The switches as they stand."""
        return self.organization.behaviour

    def now(self) -> int:
        """The simulated time, as the API dates things."""
        return int(self.behaviour.now())

    def reset(self, organization: bytes | None = None) -> None:
        """Start over with an organization: the one given, else the one of the start. Ids begin anew as well."""
        self.organization, ids = begin(organization or self.initial)
        self.key_ids = {self.admin_key: add_key_in_use(self.organization, self.admin_key, ids).id}
        self.session = None
        self.past = Past()
        self.ids = ids
        self.log.clear()
        self.faults.clear()
        self.windows.clear()
        self.fresh.clear()
        self.named = 0
        if self.behaviour.unknown_values is True:
            add_unknown(self.organization, ids)

    def behave(self, switches: Mapping[str, Any]) -> None:
        """Set some switches. New buckets are full, and lists whose lag is set anew have caught up."""
        before = self.behaviour
        self.organization.behaviour = before.changed(switches)
        self.ids.bare = self.behaviour.bare_ids
        if "buckets" in switches:
            self.windows.clear()
        if "lag_reads" in switches or "lag_seconds" in switches:
            self.fresh.clear()
        if "organization_header" in switches:
            self.named = 0
        if self.behaviour.unknown_values is True and before.unknown_values is not True:
            add_unknown(self.organization, self.ids)

    def organization_header(self) -> str:
        """Which organization the next answer says that it is of; empty where it does not say that."""
        switch = self.behaviour.organization_header
        if isinstance(switch, list):
            self.named += 1
            return switch[min(self.named, len(switch)) - 1]
        if isinstance(switch, str):
            return switch
        return self.organization.name if switch else ""

    def appear(self, collection: str, identifier: str) -> None:
        """Note that there is something new in a collection, which its lists do not show at once where they lag."""
        reads, seconds = self.behaviour.lag_reads, self.behaviour.lag_seconds
        if reads or seconds:
            self.fresh[collection, identifier] = Fresh(reads, self.behaviour.now() + seconds)

    def hidden(self, collection: str, *, begins: bool) -> set[str]:
        """What a list of a collection does not show yet. Only its first page counts as reading it."""
        here = {identifier: fresh for (place, identifier), fresh in self.fresh.items() if place == collection}
        for fresh in here.values():
            fresh.read += begins
        now = self.behaviour.now()
        return {identifier for identifier, fresh in here.items() if fresh.read <= fresh.reads or now < fresh.until}

    def admin_api_key(self, value: str) -> AdminApiKey | None:
        """The admin key with that value, if it is one that has been neither deleted nor expired."""
        identifier, now = self.key_ids.get(value), self.now()
        for key in self.organization.admin_api_keys:
            if key.id == identifier:
                return key if key.expires_at is None or now < key.expires_at else None
        return None

    def fault(self, method: str, *paths: str | None) -> Fault | None:
        """The fault that strikes this request, if any; it is used up by that."""
        fault = next((fault for fault in self.faults if fault.applies(method, *paths)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
        return fault
