# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator in the process of those who ask it: a function call instead of a connection.

The same applications answer as behind the server. What a connection is needed for goes over one: whatever takes its
time on the way, or comes byte by byte.
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
"""What the log says where there was none."""


class ControlError(Exception):
    """The simulator refused what its control routes were asked."""


@dataclass
class Line:
    """What stands for a connection: it can be cut off."""

    is_cut: bool = False

    def abort(self) -> None:
        """Cut it off."""
        self.is_cut = True

    def is_closing(self) -> bool:
        """Whether it was cut off."""
        return self.is_cut

    def get_extra_info(self, unused_name: str) -> None:
        """There is no TLS on it, nor anything else to tell."""


@dataclass
class Heard:
    """An answer as it was sent."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def send(self, message: Message) -> None:
        """Take a part of it."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")


@dataclass(frozen=True)
class Here:
    """A world, the API as the server has it, and the control routes."""

    world: World
    api: ASGIApp

    def needs_a_connection(self) -> bool:
        """Whether something of what is to come takes time on the way."""
        with self.world.lock:
            return self.world.behaviour.trickle is not None or any(fault.seconds for fault in self.world.faults)

    def ask(self, method: str, path: str, body: bytes, ids: Mapping[str, str]) -> Any:
        """What a control route answers. Raises `ControlError`."""
        try:
            with self.world.lock:
                return Control(self.world).routes()[method, path](body, ids)
        except ApiError as error:
            raise ControlError(error.message) from None
        except (ValidationError, OrganizationError) as error:
            raise ControlError(str(error)) from None

    def answer(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Heard | None:
        """What the API answers; None where it cuts the connection off. An error of the simulator's own is raised."""
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
    """Run what gives way to others, and waits for nothing."""
    try:
        while True:
            application.send(None)
    except StopIteration:
        pass


@coroutine
def undisturbed(lock: RLock, inner: Coroutine[Any, Any, None]) -> Generator[Any, Any, None]:
    """Run something that waits now and then, with the lock whenever it does not."""
    step = partial(inner.send, None)
    while True:
        try:
            with lock:
                awaited = step()
        except StopIteration:
            return
        try:
            step = partial(inner.send, (yield awaited))
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is for the inner one
            step = partial(inner.throw, error)


class Adapter(HTTPAdapter):
    """Asks a simulator of this process, and for what needs a connection hands on to another adapter."""

    def __init__(self, here: Here, other: BaseAdapter) -> None:
        super().__init__()
        self._here = here
        self._other = other

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        """Have a request answered."""
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
