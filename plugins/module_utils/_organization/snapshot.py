# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A snapshot of an organization that reads each listing once and answers reads like a client.

Planned changes are recorded in it, so that each plan sees the effects of earlier ones.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError
from ansible_collections.community.openai_admin.plugins.module_utils._core.current import FORBIDDEN
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
    """The data of an organization, safe to use from several threads."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._listings: dict[tuple[Any, ...], Listing] = {}
        self._people: dict[str, list[dict[str, Any]]] = {}
        """People by e-mail address: those that were requested, or everybody after all people were read."""
        self._knows_everybody = False
        self._lock = threading.Lock()
        self._reading: dict[tuple[Any, ...], threading.Lock] = {}
        self._answers: dict[tuple[Any, ...], dict[str, Any] | ApiError] = {}
        """The value of each singleton, or the error; also errors of listings that the key may not read."""

    @property
    def connection(self) -> Connection:
        """The options of the connection."""
        return self._client.connection

    @property
    def stop(self) -> threading.Event:
        """The event that stops the task."""
        return self._client.stop

    def rests(self, name: str) -> float:
        """Return the remaining seconds of the cooldown of a route."""
        return self._client.rests(name)

    def pages(self, request: Request, limit: int | None = None) -> Iterable[dict[str, Any]]:
        """Return the objects of a listing from the snapshot. Raises C(RequestError)."""
        addresses = request.query.get(_BY_ADDRESS.query) if request.route == _PEOPLE.path else None
        found = self._read(request) if addresses is None else self._of(addresses)
        return found if limit is None else found[:limit]

    def send(self, request: Request) -> dict[str, Any]:
        """Return one object; for people, known ones from the snapshot. Raises C(RequestError)."""
        if request.route in _SINGLE:
            return self._once(request)
        known = self.person(request.ids[_PEOPLE.id_param]) if request.route == _PEOPLE.item else None
        return self._client.send(request) if known is None else known

    def meet(self, addresses: Iterable[str]) -> None:
        """Read the people with these e-mail addresses, with as few requests as possible. Raises C(RequestError)."""
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
        """Return the person with this e-mail address, or nobody. Raises C(RequestError).

        If the server's filter finds nobody, this reads all people, because the filter may be case-sensitive.
        """
        found = self._of([address])
        if found or self.holds(_PEOPLE):
            return found
        list_all(self, _PEOPLE)
        return self._of([address])

    def known(self, address: str) -> list[dict[str, Any]]:
        """Return the people with this e-mail address, among those that were read."""
        if self.holds(_PEOPLE):
            self._index_everybody()
        return self._people.get(_addresses.canonical(address), [])

    def person(self, own_id: str) -> dict[str, Any] | None:
        """Return the person with this ID, among those that were read."""
        known = (self.listing(_PEOPLE), *self._people.values())
        return next((person for people in known for person in people if _PEOPLE.id_of(person) == own_id), None)

    def holds(self, resource: Resource, ids: Ids = NOTHING) -> bool:
        """Return whether a whole collection was read."""
        return _place(resource, ids) in self._listings

    def listing(self, resource: Resource, ids: Ids = NOTHING) -> Listing:
        """Return a whole collection; empty if it was not read."""
        if resource.singleton:
            answer = self._answers.get(_place(resource, ids))
            return Listing([answer] if isinstance(answer, dict) else ())
        return self._listings.get(_place(resource, ids)) or Listing()

    def note(self, resource: Resource, ids: Ids, before: Object | None, after: Object | None) -> None:
        """Replace one object of a collection by another; null stands for no object."""
        place = _place(resource, ids)
        gone = resource.id_of(before) if before else None
        with self._lock:  # keep what another thread records at the same time
            if place not in self._listings:
                return
            others = (item for item in self._listings[place] if resource.id_of(item) != gone)
            self._listings[place] = Listing([*others, *([dict(after)] if after else [])])
            self._knows_everybody = False

    def _of(self, addresses: Iterable[str]) -> list[dict[str, Any]]:
        self.meet(addresses)
        return [person for address in addresses for person in self.known(address)]

    def _index_everybody(self) -> None:
        with self._lock:  # another thread may do the same
            if self._knows_everybody:
                return
            people: dict[str, list[dict[str, Any]]] = {}
            for person in self.listing(_PEOPLE):
                people.setdefault(_address(person), []).append(person)
            self._people, self._knows_everybody = people, True

    def _once(self, request: Request) -> dict[str, Any]:
        """Return the answer to a request that is sent only once. Raises C(RequestError)."""
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
            if place not in self._listings and place not in self._answers:
                try:
                    self._listings[place] = Listing(self._client.pages(request))
                except ApiError as error:
                    if error.status not in FORBIDDEN:
                        raise
                    self._answers[place] = error
        answer = self._answers.get(place)
        if isinstance(answer, ApiError):
            raise answer
        return self._listings[place]


def _place(resource: Resource, ids: Ids) -> tuple[Any, ...]:
    return _key(resource.path_in(ids), ids, resource.query)


def _key(route: str, ids: Ids, query: Mapping[str, Any]) -> tuple[Any, ...]:
    own_ids = (f"{name}={value}" for name, value in ids.items() if f"{{{name}}}" in route)
    asked = (f"{name}={value}" for name, value in query.items() if name != "limit")
    return (route, *sorted(own_ids), *sorted(asked))


def _address(person: Object) -> str:
    return str(_addresses.canonical(person.get("email")) or "")
