# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""An organization as it was read: each listing once. It answers reads as a client does.

What is planned is noted in it, so that each plan sees what those before it will have done.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import Listing, list_all, list_named
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    KINDS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import NOTHING, Object, Resource
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses as _addresses

Ids = Mapping[str, Any]
_PEOPLE = next(row.resource for row in DECLARED_IN_ORGANIZATION.values() if row.is_person)
_BY_ADDRESS = next(key for key in _PEOPLE.keys if key.query)
_SINGLE = {route.path for row in KINDS if row.is_single for route in row.resource.routes}


class Snapshot:
    """Reads of an organization. Safe to use from several threads."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._listings: dict[tuple[Any, ...], Listing] = {}
        self._people: dict[str, list[dict[str, Any]]] = {}
        """Who has an e-mail address, of those that were asked for; of everybody, once that was."""
        self._knows_everybody = False
        self._lock = threading.Lock()
        self._reading: dict[tuple[Any, ...], threading.Lock] = {}
        self._answers: dict[tuple[Any, ...], dict[str, Any] | ApiError] = {}
        """Of what there is once in a scope: its value, or why there is none."""

    @property
    def connection(self) -> Connection:
        return self._client.connection

    def pages(self, request: Request, limit: int | None = None) -> Iterable[dict[str, Any]]:
        """The objects of a listing, as they were read. Raises C(RequestError)."""
        addresses = request.query.get(_BY_ADDRESS.query) if request.route == _PEOPLE.path else None
        found = self._read(request) if addresses is None else self._of(addresses)
        return found if limit is None else found[:limit]

    def send(self, request: Request) -> dict[str, Any]:
        """One object: of people those that are known. Raises C(RequestError)."""
        if request.route in _SINGLE:
            return self._once(request)
        known = self.person(request.ids[_PEOPLE.id_param]) if request.route == _PEOPLE.item else None
        return self._client.send(request) if known is None else known

    def meet(self, addresses: Iterable[str]) -> None:
        """Read who has these e-mail addresses, with as few requests as possible. Raises C(RequestError)."""
        if self.holds(_PEOPLE):
            self._index_everybody()
            return
        asked = {_addresses.canonical(address): address for address in addresses}
        unknown = [asked[address] for address in sorted({address for address in asked if address} - set(self._people))]
        if not unknown:
            return
        self._people.update({_addresses.canonical(address): [] for address in unknown})
        for person in list_named(self._client, _PEOPLE, _BY_ADDRESS, unknown, whole=False):
            self._people.setdefault(_address(person), []).append(person)

    def people(self, address: str) -> list[dict[str, Any]]:
        """Who has this e-mail address: nobody or one person. Raises C(RequestError).

        Where the server's filter finds nobody, everybody is read: it may tell upper from lower case.
        """
        found = self._of([address])
        if found or self.holds(_PEOPLE):
            return found
        list_all(self, _PEOPLE)
        return self._of([address])

    def known(self, address: str) -> list[dict[str, Any]]:
        """Who has this e-mail address, of those that were read."""
        if self.holds(_PEOPLE):
            self._index_everybody()
        return self._people.get(_addresses.canonical(address), [])

    def person(self, own_id: str) -> dict[str, Any] | None:
        """Who has this id, of those that were read."""
        known = (self.listing(_PEOPLE), *self._people.values())
        return next((person for people in known for person in people if _PEOPLE.id_of(person) == own_id), None)

    def holds(self, resource: Resource, ids: Ids = NOTHING) -> bool:
        """Whether all of a collection was read."""
        return _place(resource, ids) in self._listings

    def listing(self, resource: Resource, ids: Ids = NOTHING) -> Listing:
        """All of a collection; what was not read is empty."""
        if resource.singleton:
            answer = self._answers.get(_place(resource, ids))
            return Listing([answer] if isinstance(answer, dict) else ())
        return self._listings.get(_place(resource, ids)) or Listing()

    def note(self, resource: Resource, ids: Ids, before: Object | None, after: Object | None) -> None:
        """From now on, read one object of a collection for another; null: for none, or as none."""
        place = _place(resource, ids)
        gone = resource.id_of(before) if before else None
        with self._lock:  # what another thread notes at the same time is kept
            if place not in self._listings:
                return
            others = (item for item in self._listings[place] if resource.id_of(item) != gone)
            self._listings[place] = Listing([*others, *([dict(after)] if after else [])])
            self._knows_everybody = False

    def _of(self, addresses: Iterable[str]) -> list[dict[str, Any]]:
        self.meet(addresses)
        return [person for address in addresses for person in self.known(address)]

    def _index_everybody(self) -> None:
        if not self._knows_everybody:
            self._people = {}
            for person in self.listing(_PEOPLE):
                self._people.setdefault(_address(person), []).append(person)
            self._knows_everybody = True

    def _once(self, request: Request) -> dict[str, Any]:
        """The answer to a request that is sent once. Raises C(RequestError)."""
        place = _key(request.route, request.ids, request.query)
        with self._lock:
            reading = self._reading.setdefault(place, threading.Lock())
        with reading:
            if place not in self._answers:
                try:
                    self._answers[place] = self._client.send(request)
                except ApiError as error:
                    self._answers[place] = error
        answer = self._answers[place]
        if isinstance(answer, ApiError):
            raise answer
        return answer

    def _read(self, request: Request) -> Listing:
        place = _key(request.route, request.ids, request.query)
        with self._lock:
            reading = self._reading.setdefault(place, threading.Lock())
        with reading:
            if place not in self._listings:
                self._listings[place] = Listing(self._client.pages(request))
        return self._listings[place]


def _place(resource: Resource, ids: Ids) -> tuple[Any, ...]:
    return _key(resource.path_in(ids), ids, resource.query)


def _key(route: str, ids: Ids, query: Mapping[str, Any]) -> tuple[Any, ...]:
    own_ids = (f"{name}={value}" for name, value in ids.items() if f"{{{name}}}" in route)
    asked = (f"{name}={value}" for name, value in query.items() if name != "limit")
    return (route, *sorted(own_ids), *sorted(asked))


def _address(person: Object) -> str:
    return str(_addresses.canonical(person.get("email")) or "")
