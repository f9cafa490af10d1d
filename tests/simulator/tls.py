# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TLS, and mutual TLS while the organization has active certificates.

Each connection follows the rules at its beginning: the server asks for a client certificate only while certificates are
active. When the first certificate becomes active, older connections finish their request and are closed. The handshake
fails if no uploaded certificate has signed the client certificate; the API answers all other errors.
"""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import certificates
from .errors import ApiError
from .world import World

_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME: the simulated time decides what is valid


@dataclass(frozen=True)
class Identity:
    """The server's own certificate and key, and the authority that its clients have to trust."""

    certificate: Path
    key: Path
    authority: Path


def make_identity(folder: Path) -> Identity:
    """Make a certificate for a server on the loopback interface; clients trust `ca.pem` in the folder."""
    authority = certificates.Authority("simulator", secrets.token_hex())
    trusted = folder / "ca.pem"
    trusted.write_text(authority.certificate(), encoding="ascii")
    certificate, key = authority.issue(folder, "server")
    return Identity(certificate, key, trusted)


class Context(ssl.SSLContext):
    """A context that makes a new one for each connection, since a context cannot remove trusted certificates."""

    _world: World
    _identity: Identity

    def __new__(cls, *unused_arguments: Any) -> Context:
        """Create a context for a server."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_SERVER)

    def __init__(self, world: World, identity: Identity) -> None:
        self._world = world
        self._identity = identity

    def wrap_bio(self, *arguments: Any, **options: Any) -> ssl.SSLObject:
        """Begin a connection with the present rules."""
        return self._of_now().wrap_bio(*arguments, **options)

    def _of_now(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.num_tickets = 0
        context.load_cert_chain(self._identity.certificate, self._identity.key)
        if enforced(self._world):
            uploaded = (item.details for item in self._world.organization.certificates)
            context.load_verify_locations(cadata=b"".join({item.binary for item in uploaded}))
            context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN | _NO_CHECK_TIME
            context.verify_mode = ssl.CERT_OPTIONAL
        return context


def enforced(world: World) -> bool:
    """Return whether new connections need a client certificate."""
    return any(item.active for item in world.organization.certificates)


def presented(scope: Scope) -> certificates.Details | None:
    """Return the client certificate of a request's connection, or None."""
    connection = _connection(scope)
    content = connection.getpeercert(binary_form=True) if connection else None
    return certificates.read_binary(content) if content else None


def stale(world: World, scope: Scope) -> bool:
    """Return whether client certificates have been required since a request's connection began."""
    connection = _connection(scope)
    return connection is not None and connection.context.verify_mode is ssl.CERT_NONE and enforced(world)


def _connection(scope: Scope) -> ssl.SSLObject | None:
    found: ssl.SSLObject | None = scope["state"]["transport"].get_extra_info("ssl_object")
    return found


def guarded(world: World, api: ASGIApp) -> ASGIApp:
    """Return an API that requires an accepted client certificate while the organization has active certificates."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(world, scope)
        await (api if refusal is None else refusal.response())(scope, receive, send)

    return application


def _refusal(world: World, scope: Scope) -> ApiError | None:
    if _connection(scope) is None or not enforced(world) or stale(world, scope):
        return None
    client = presented(scope)
    if client is None:
        return _unauthorized("A client certificate is required, and none was presented.")
    active = [item.details for item in world.organization.certificates if item.active]
    if not certificates.accepted(client, active, world.now()):
        return _unauthorized("The client certificate was not signed by an active certificate, or is not valid now.")
    return None


def _unauthorized(message: str) -> ApiError:
    return ApiError(HTTPStatus.UNAUTHORIZED, message, code="client_certificate_required")


def watched(world: World, application: ASGIApp, on_demand: Callable[[], None]) -> ASGIApp:
    """Return an application that calls C(on_demand) before it answers a request that made client certificates required.

    Otherwise, a client that has learned of the change could still use an older idle connection.
    """

    async def watching(scope: Scope, receive: Receive, send: Send) -> None:
        before = enforced(world)

        async def noticing(message: Message) -> None:
            if message["type"] == "http.response.start" and not before and enforced(world):
                on_demand()
            await send(message)

        await application(scope, receive, noticing)

    return watching
