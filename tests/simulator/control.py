# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control routes under `/_simulator`, which are not part of the API and require no key."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from . import lookup
from .application import as_sent
from .contract import adapter
from .errors import ApiError, bad_request
from .organization import Actor, AdminApiKey, ApiKey, Organization, OrganizationError
from .routes import invites
from .world import Entry, Fault, World

ROOT = "/_simulator"


@dataclasses.dataclass(frozen=True)
class Use:
    """Which key was used, and when."""

    api_key_id: str
    at: int | None = None


@dataclasses.dataclass(frozen=True)
class Person:
    """The person to whose session later requests are attributed; None for the owner of the admin key."""

    email: str | None


@dataclasses.dataclass(frozen=True)
class Acceptance:
    """The details that a person gives when accepting an invite."""

    name: str | None = None


Ids = Mapping[str, str]
"""The ids in a route's path, by parameter."""


@dataclasses.dataclass(frozen=True)
class Control:
    """The control routes of one world: each is a function of the request's body and of the ids in its path."""

    world: World

    def routes(self) -> dict[tuple[str, str], Callable[[bytes, Ids], Any]]:
        """Return the functions of the routes, by method and path."""
        return {
            ("GET", "requests"): self.requests,
            ("DELETE", "requests"): self.clear_requests,
            ("GET", "faults"): self.faults,
            ("POST", "faults"): self.add_fault,
            ("DELETE", "faults"): self.clear_faults,
            ("GET", "behaviour"): self.behaviour,
            ("POST", "behaviour"): self.set_behaviour,
            ("GET", "state"): self.state,
            ("POST", "use"): self.use,
            ("POST", "actor"): self.act,
            ("POST", "invites/{invite_id}/accept"): self.accept,
            ("POST", "reset"): self.reset,
        }

    def application(self) -> ASGIApp:
        """Return the routes as an ASGI application."""
        routes = [
            Route(f"{ROOT}/{path}", _over_http(function), methods=[method])
            for (method, path), function in self.routes().items()
        ]
        handlers: dict[Any, Any] = {ValidationError: refused, OrganizationError: refused, ApiError: as_sent}
        return Starlette(routes=routes, exception_handlers=handlers)

    def requests(self, unused_body: bytes, unused_ids: Ids) -> Any:
        """Return the log."""
        return adapter(list[Entry]).dump_python(self.world.log, mode="json")

    def clear_requests(self, body: bytes, ids: Ids) -> Any:
        """Empty the log, and return what it contained."""
        held = self.requests(body, ids)
        self.world.log.clear()
        return held

    def faults(self, unused_body: bytes, unused_ids: Ids) -> Any:
        """Return the faults that are still to be injected."""
        return [dataclasses.asdict(fault) for fault in self.world.faults]

    def add_fault(self, body: bytes, unused_ids: Ids) -> Any:
        """Add a fault, which is injected after those added before."""
        fault: Fault = adapter(Fault).validate_json(body, strict=True, extra="forbid")
        self.world.faults.append(fault)
        return dataclasses.asdict(fault)

    def clear_faults(self, unused_body: bytes, unused_ids: Ids) -> Any:
        """Remove all faults."""
        self.world.faults.clear()
        return []

    def behaviour(self, unused_body: bytes, unused_ids: Ids) -> Any:
        """Return the values of all switches."""
        return dataclasses.asdict(self.world.behaviour)

    def set_behaviour(self, body: bytes, ids: Ids) -> Any:
        """Set some switches."""
        self.world.behave(adapter(dict[str, Any]).validate_json(body))
        return self.behaviour(body, ids)

    def state(self, unused_body: bytes, unused_ids: Ids) -> Any:
        """Return the organization in the format of the organization file."""
        lookup.invites(self.world)
        return adapter(Organization).dump_python(self.world.organization, mode="json")

    def use(self, body: bytes, unused_ids: Ids) -> Any:
        """Record that a key was used: `{"api_key_id": ..., "at": ...}`, by default just now."""
        used: Use = adapter(Use).validate_json(body, strict=True, extra="forbid")
        organization = self.world.organization
        keys: list[ApiKey | AdminApiKey] = [key for project in organization.projects for key in project.api_keys]
        key = lookup.by_id([*keys, *organization.admin_api_keys], "API key", used.api_key_id)
        key.last_used_at = self.world.now() if used.at is None else used.at
        return dataclasses.asdict(key)

    def act(self, body: bytes, unused_ids: Ids) -> Any:
        """Attribute later requests to a person's session: `{"email": ...}`, or null for the admin key's owner again."""
        person: Person = adapter(Person).validate_json(body, strict=True, extra="forbid")
        user = None if person.email is None else self.world.organization.user(person.email)
        if user is None and person.email is not None:
            raise bad_request(f"There is no {person.email} in the organization.", param="email")
        self.world.session = Actor(user.email, user.id) if user else None
        return dataclasses.asdict(person)

    def accept(self, body: bytes, ids: Ids) -> Any:
        """Accept an invite as the person whom it invites: `{"name": ...}`, or no body."""
        acceptance: Acceptance = adapter(Acceptance).validate_json(body or b"{}", strict=True, extra="forbid")
        return dataclasses.asdict(invites.accept(self.world, ids["invite_id"], acceptance.name))

    def reset(self, body: bytes, unused_ids: Ids) -> None:
        """Start over, with the organization in the body if there is one, else with the initial one."""
        self.world.reset(body)


def _over_http(function: Callable[[bytes, Ids], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        answered = function(await request.body(), request.path_params)
        return Response(status_code=HTTPStatus.NO_CONTENT) if answered is None else JSONResponse(answered)

    return answer


async def refused(unused_request: Request, error: Exception) -> Response:
    """Return the response that explains what is wrong with a request."""
    return bad_request(str(error)).response()
