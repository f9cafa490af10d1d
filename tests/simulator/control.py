# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control routes under `/_simulator`: they are not part of the API and ask for no key."""

from __future__ import annotations

import dataclasses
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
from .organization import Actor, AdminApiKey, ApiKey, OrganizationError
from .routes import invites
from .world import Fault, World

ROOT = "/_simulator"


@dataclasses.dataclass(frozen=True)
class Use:
    """That a key was used, and when."""

    api_key_id: str
    at: int | None = None


@dataclasses.dataclass(frozen=True)
class Person:
    """Whose session later requests are taken for, or nobody's."""

    email: str | None


@dataclasses.dataclass(frozen=True)
class Acceptance:
    """What somebody who accepts an invite says about themselves."""

    name: str | None = None


@dataclasses.dataclass(frozen=True)
class Control:
    """The control routes of one world."""

    world: World

    def application(self) -> ASGIApp:
        """The routes as an ASGI application."""
        table = {
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
        routes = [Route(f"{ROOT}/{name}", function, methods=[method]) for (method, name), function in table.items()]
        handlers: dict[Any, Any] = {ValidationError: refused, OrganizationError: refused, ApiError: as_sent}
        return Starlette(routes=routes, exception_handlers=handlers)

    async def requests(self, unused_request: Request) -> Response:
        """The log."""
        return JSONResponse([dataclasses.asdict(entry) for entry in self.world.log])

    async def clear_requests(self, unused_request: Request) -> Response:
        """Empty the log; the answer is what it held."""
        held = [dataclasses.asdict(entry) for entry in self.world.log]
        self.world.log.clear()
        return JSONResponse(held)

    async def faults(self, unused_request: Request) -> Response:
        """The faults that are still to come."""
        return JSONResponse([dataclasses.asdict(fault) for fault in self.world.faults])

    async def add_fault(self, request: Request) -> Response:
        """Plan a fault; it comes after those planned before."""
        fault: Fault = adapter(Fault).validate_json(await request.body(), strict=True, extra="forbid")
        self.world.faults.append(fault)
        return JSONResponse(dataclasses.asdict(fault))

    async def clear_faults(self, unused_request: Request) -> Response:
        """Forget all faults."""
        self.world.faults.clear()
        return JSONResponse([])

    async def behaviour(self, unused_request: Request) -> Response:
        """The switches as they stand."""
        return JSONResponse(dataclasses.asdict(self.world.behaviour))

    async def set_behaviour(self, request: Request) -> Response:
        """Set some switches."""
        self.world.behave(adapter(dict[str, Any]).validate_json(await request.body()))
        return JSONResponse(dataclasses.asdict(self.world.behaviour))

    async def state(self, unused_request: Request) -> Response:
        """The organization, in the format of the organization file."""
        lookup.invites(self.world)
        return JSONResponse(dataclasses.asdict(self.world.organization))

    async def use(self, request: Request) -> Response:
        """Note that a key was used: `{"api_key_id": ..., "at": ...}`, by default just now."""
        used: Use = adapter(Use).validate_json(await request.body(), strict=True, extra="forbid")
        organization = self.world.organization
        keys: list[ApiKey | AdminApiKey] = [key for project in organization.projects for key in project.api_keys]
        key = lookup.by_id([*keys, *organization.admin_api_keys], "API key", used.api_key_id)
        key.last_used_at = self.world.now() if used.at is None else used.at
        return JSONResponse(dataclasses.asdict(key))

    async def act(self, request: Request) -> Response:
        """Take later requests for the session of a person: `{"email": ...}`, or null for the admin key's again."""
        person: Person = adapter(Person).validate_json(await request.body(), strict=True, extra="forbid")
        user = None if person.email is None else self.world.organization.user(person.email)
        if user is None and person.email is not None:
            raise bad_request(f"There is no {person.email} in the organization.", param="email")
        self.world.session = Actor(user.email, user.id) if user else None
        return JSONResponse(dataclasses.asdict(person))

    async def accept(self, request: Request) -> Response:
        """Accept an invite as the person to whom it was sent: `{"name": ...}`, or nothing."""
        body = await request.body() or b"{}"
        acceptance: Acceptance = adapter(Acceptance).validate_json(body, strict=True, extra="forbid")
        user = invites.accept(self.world, request.path_params["invite_id"], acceptance.name)
        return JSONResponse(dataclasses.asdict(user))

    async def reset(self, request: Request) -> Response:
        """Start over, with the organization in the body if there is one."""
        self.world.reset(await request.body())
        return Response(status_code=HTTPStatus.NO_CONTENT)


async def refused(unused_request: Request, error: Exception) -> Response:
    """Say what is wrong with a request."""
    return bad_request(str(error)).response()
