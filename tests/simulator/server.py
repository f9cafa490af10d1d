# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server: uvicorn on a loopback socket, in this process or in a thread of it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from . import tls
from .application import ROOT, Templates, api
from .client import Simulator
from .control import ROOT as CONTROL_ROOT
from .control import Control
from .exchange import Exchange
from .here import Here, undisturbed
from .operations import endpoints
from .organization import source
from .routes import OPERATIONS
from .world import World

HOST = "127.0.0.1"
DEVELOPMENT_KEY = "sk-admin-simulator-development-key"
PARENT_POLL_SECONDS = 0.5
FAREWELL_SECONDS = 0.1
_connections = itertools.count(1)


class Protocol(HttpToolsProtocol):
    """HTTP/1.1 with numbered connections that the application can close."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # narrower than asyncio's, as uvicorn's own
        """Give each connection a state of its own, which all its requests share."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "connection": next(_connections), "transport": transport}

    def shutdown(self) -> None:
        """Close the connection as soon as it is idle; with TLS, waiting for the other side could take half a minute."""
        super().shutdown()
        if self.transport.is_closing():
            self.loop.call_later(FAREWELL_SECONDS, self.transport.abort)


class Server(uvicorn.Server):
    """A server that signals when it is ready, and does not wait for injected delays when it ends."""

    def __init__(self, world: World, on_ready: Callable[[], None], identity: tls.Identity | None = None) -> None:
        self._stopping = asyncio.Event()
        self._on_ready = on_ready
        self.served = served = application(world, self._stopping)
        super().__init__(
            uvicorn.Config(
                tls.watched(world, served, self._close_connections) if identity else served,
                loop="asyncio",
                http=Protocol,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                server_header=False,
                timeout_keep_alive=75,
                ssl_context_factory=(lambda *unused_arguments: tls.Context(world, identity)) if identity else None,
            )
        )

    def _close_connections(self) -> None:
        """Close each connection as soon as its present request is answered."""
        for connection in list(self.server_state.connections):
            connection.shutdown()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections, then signal that the server is ready."""
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the server, and send every delayed answer at once."""
        self._stopping.set()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone, since uvicorn would raise them again after a clean end."""
        yield


def application(world: World, stopping: asyncio.Event) -> Callable[[Scope, Receive, Send], Any]:
    """Return the API with everything around it, and with the control routes beside it."""
    found = endpoints(world, OPERATIONS)
    templates = Templates(found)
    exchange = Exchange(world, tls.guarded(world, api(found, templates)), stopping, templates)
    control = Control(world).application()

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        asked = control if scope["path"].startswith(f"{CONTROL_ROOT}/") else exchange
        await asked(scope, receive, send)

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        await undisturbed(world.lock, chosen(scope, receive, send))

    return dispatch


def new_world(organization: Mapping[str, Any] | str | Path | None, admin_key: str) -> World:
    """Return a world with an organization and an admin key."""
    world = World(admin_key, source(organization))
    world.reset()
    return world


def listen(port: int = 0) -> socket.socket:
    """Return a listening socket on the loopback interface."""
    # asyncio switches Nagle's algorithm off only if the protocol is named; otherwise each POST takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def origin(listener: socket.socket, scheme: str = "http") -> str:
    """Return the URL of a listening socket, without a path."""
    return f"{scheme}://{HOST}:{listener.getsockname()[1]}"


def identity_in(folder: str | Path | None) -> tls.Identity | None:
    """Make an identity of the server in a folder, which is created if necessary; return None without a folder."""
    if folder is None:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return tls.make_identity(Path(folder))


async def serve(
    world: World, listener: socket.socket, *, exit_with_parent: bool, identity: tls.Identity | None = None
) -> None:
    """Serve until a signal arrives or the parent process has ended; with TLS if there is an identity."""
    base = origin(listener, "https" if identity else "http")
    server = Server(world, lambda: print(f"listening on {base}{ROOT}", flush=True), identity)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, setattr, server, "should_exit", True)
    watch = asyncio.create_task(_end_with_parent(server)) if exit_with_parent else None
    await server.serve([listener])
    if watch is not None:
        watch.cancel()


async def _end_with_parent(server: Server) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_POLL_SECONDS)
    server.should_exit = True


@contextlib.contextmanager
def running(
    organization: Mapping[str, Any] | str | Path | None = None, admin_key: str = DEVELOPMENT_KEY, *, tls: bool = False
) -> Iterator[Simulator]:
    """Run a simulator in a thread while the context lasts.

    `organization` is a mapping or the path of a YAML file, by default the packaged sample. With `tls`, it speaks TLS,
    and requires client certificates while the organization has active certificates.
    """
    world = new_world(organization, admin_key)
    with tempfile.TemporaryDirectory(prefix="simulator-") as folder:
        identity = identity_in(folder if tls else None)
        listener = listen()
        base = origin(listener, "https" if tls else "http")
        ready = threading.Event()
        server = Server(world, ready.set, identity)
        thread = threading.Thread(target=server.run, args=([listener],), name="simulator", daemon=True)
        thread.start()
        try:
            while not ready.wait(timeout=0.1):
                if not thread.is_alive():
                    raise RuntimeError("the simulator did not start")
            ca_path = str(identity.authority) if identity else ""
            here = None if identity else Here(world, server.served)
            yield Simulator(f"{base}{ROOT}", f"{base}{CONTROL_ROOT}", admin_key, ca_path, here)
        finally:
            server.should_exit = True
            thread.join()
