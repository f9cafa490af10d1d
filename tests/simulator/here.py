# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator in the client's process: function calls replace connections.

The same applications answer as behind the server. Requests use a real connection if a switch or a fault delays answers
or sends them byte by byte.
"""

from __future__ import annotations

import io
from collections.abc import Coroutine, Generator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.client import RemoteDisconnected
from threading import RLock
from types import coroutine
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from pydantic import ValidationError
from requests.adapters import BaseAdapter, HTTPAdapter
from starlette.types import ASGIApp, Message, Scope
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import ProtocolError

from .control import Control
from .errors import ApiError
from .exchange import replay
from .organization import OrganizationError
from .world import World

NO_CONNECTION = 0
"""The number of the connection in the log for requests without a connection."""


class ControlError(Exception):
    """The control routes refused a request."""


@dataclass
class Line:
    """Replaces a connection, so that a fault can close it."""

    is_cut: bool = False

    def abort(self) -> None:
        """Close the connection."""
        self.is_cut = True

    def is_closing(self) -> bool:
        """Return whether the connection is closed."""
        return self.is_cut

    def get_extra_info(self, unused_name: str) -> None:
        """Return None, since the connection has no TLS."""


@dataclass
class Heard:
    """An answer as it was sent."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def send(self, message: Message) -> None:
        """Receive a part of the answer."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")


@dataclass(frozen=True)
class Here:
    """A world, the API as the server runs it, and the control routes."""

    world: World
    api: ASGIApp

    def needs_a_connection(self) -> bool:
        """Return whether a switch or a planned fault delays answers or sends them byte by byte."""
        with self.world.lock:
            return self.world.behaviour.trickle is not None or any(fault.seconds for fault in self.world.faults)

    def ask(self, method: str, path: str, body: bytes, ids: Mapping[str, str]) -> Any:
        """Return the answer of a control route. Raises `ControlError` if the route refuses the request."""
        try:
            with self.world.lock:
                return Control(self.world).routes()[method, path](body, ids)
        except ApiError as error:
            raise ControlError(error.message) from None
        except (ValidationError, OrganizationError) as error:
            raise ControlError(str(error)) from None

    def answer(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Heard | None:
        """Return the API's answer, or None if a fault closes the connection. Raises errors of the simulator itself."""
        line, heard = Line(), Heard()
        replayed = replay(body)

        async def receive() -> Message:
            return {"type": "http.disconnect"} if line.is_cut else await replayed()

        with self.world.lock:
            _run(self.api(_scope(method, url, headers, line), receive, heard.send))
        return None if line.is_cut else heard


def _scope(method: str, url: str, headers: Mapping[str, str], line: Line) -> Scope:
    parts = urlsplit(url)
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": parts.scheme,
        "method": method,
        "root_path": "",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode("ascii"),
        "query_string": parts.query.encode("ascii"),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "server": (parts.hostname, parts.port),
        "client": None,
        "state": {"connection": NO_CONNECTION, "transport": line},
    }


def _run(application: Any) -> None:
    """Run a coroutine that yields to others, but never waits for anything."""
    try:
        while True:
            application.send(None)
    except StopIteration:
        pass


@coroutine
def undisturbed(lock: RLock, inner: Coroutine[Any, Any, None]) -> Generator[Any, Any, None]:
    """Run a coroutine that sometimes waits, and hold the lock while it does not wait."""
    step = partial(inner.send, None)
    while True:
        try:
            with lock:
                awaited = step()
        except StopIteration:
            return
        try:
            step = partial(inner.send, (yield awaited))
        except BaseException as error:  # noqa: BLE001  # the inner coroutine gets every exception
            step = partial(inner.throw, error)


class Adapter(HTTPAdapter):
    """Sends requests to a simulator in this process, and those that need a connection to another adapter."""

    def __init__(self, here: Here, other: BaseAdapter) -> None:
        super().__init__()
        self._here = here
        self._other = other

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        """Send a request and return its response."""
        if self._here.needs_a_connection():
            return self._other.send(request, *arguments, **options)
        body = request.body or b""
        sent = body if isinstance(body, bytes) else body.encode()
        heard = self._here.answer(request.method or "", request.url or "", request.headers, sent)
        if heard is None:
            cause = ProtocolError("Connection aborted.", RemoteDisconnected("Remote end closed connection"))
            raise requests.ConnectionError(cause, request=request)
        raw = HTTPResponse(
            io.BytesIO(heard.body),
            HTTPHeaderDict((name.decode("latin-1"), value.decode("latin-1")) for name, value in heard.headers),
            heard.status,
            reason=HTTPStatus(heard.status).phrase,
            preload_content=False,
        )
        return self.build_response(request, raw)
