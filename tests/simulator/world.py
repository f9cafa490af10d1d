# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All state that changes while the simulator runs."""

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
    """A request in the log. `status` is null until it is answered, and stays null if the connection was dropped."""

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
    """A fault: what goes wrong, for which requests, and how often (`times: null` means always)."""

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
        """Return whether the fault applies to a method and one of these forms of a path."""
        pattern = ".*".join(re.escape(part) for part in self.path.split("*"))
        return self.method in ("*", method) and any(path and re.fullmatch(pattern, path) for path in paths)


@dataclass
class Past:
    """A cache of large buckets, compressed, of the last report; another query or a change of past records clears it."""

    question: object = None
    buckets: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def of(self, question: object) -> dict[tuple[int, int], bytes]:
        """Return the cached buckets of a query, after clearing those of another query."""
        if question != self.question:
            self.question, self.buckets = question, {}
        return self.buckets


@dataclass
class Fresh:
    """A new object that the next C(reads) lists do not show, nor any list before the time C(until)."""

    reads: int
    until: float
    read: int = 0


@dataclass
class World:
    """The present organization, and the state that the control routes set and read."""

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
    """Protects the world, since the server's thread and others process requests."""
    named: int = 0
    """How many answers have named an organization from the list of the switch C(organization_header)."""

    @property
    def behaviour(self) -> Behaviour:
        """Return the values of all switches."""
        return self.organization.behaviour

    def now(self) -> int:
        """Return the simulated time in whole Unix seconds, as the API dates objects."""
        return int(self.behaviour.now())

    def reset(self, organization: bytes | None = None) -> None:
        """Start over with an organization, by default the initial one. The sequence of ids starts over, too."""
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
        """Set some switches. Buckets become full if they are set, and lists catch up if their lag is set."""
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
        """Return the organization that the next answer names in its header; empty for no header."""
        switch = self.behaviour.organization_header
        if isinstance(switch, list):
            self.named += 1
            return switch[min(self.named, len(switch)) - 1]
        if isinstance(switch, str):
            return switch
        return self.organization.name if switch else ""

    def appear(self, collection: str, identifier: str) -> None:
        """Record that a collection has a new object, which its lists show later if they lag."""
        reads, seconds = self.behaviour.lag_reads, self.behaviour.lag_seconds
        if reads or seconds:
            self.fresh[collection, identifier] = Fresh(reads, self.behaviour.now() + seconds)

    def hidden(self, collection: str, *, begins: bool) -> set[str]:
        """Return the ids that a list of a collection does not show yet. Only a first page counts as a read."""
        here = {identifier: fresh for (place, identifier), fresh in self.fresh.items() if place == collection}
        for fresh in here.values():
            fresh.read += begins
        now = self.behaviour.now()
        return {identifier for identifier, fresh in here.items() if fresh.read <= fresh.reads or now < fresh.until}

    def admin_api_key(self, value: str) -> AdminApiKey | None:
        """Return the admin key with a value, or None if there is none, or if it is deleted or expired."""
        identifier, now = self.key_ids.get(value), self.now()
        for key in self.organization.admin_api_keys:
            if key.id == identifier:
                return key if key.expires_at is None or now < key.expires_at else None
        return None

    def fault(self, method: str, *paths: str | None) -> Fault | None:
        """Return the fault for a request, or None, and reduce the number of times that it still applies."""
        fault = next((fault for fault in self.faults if fault.applies(method, *paths)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
        return fault
