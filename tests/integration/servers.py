# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers other than the simulator: with certificates of any kind, proxies, and servers that redirect."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, BaseServer, ThreadingTCPServer
from typing import Any

LOOPBACK = "127.0.0.1"
CHUNK = 65536


@dataclass
class Served:
    """A running server and its requests: C(METHOD target), with the headers."""

    port: int
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The requests without their headers."""
        return [line for line, unused_headers in self.asked]

    def sent(self) -> str:
        """Return everything that the server received, except what was encrypted."""
        return repr(self.asked)


def nothing(unused_target: str) -> bytes:
    """Return an empty list."""
    return b'{"object": "list", "data": [], "has_more": false}'


@contextmanager
def serving(
    context: ssl.SSLContext | None = None,
    location: str = "",
    answer: Callable[[str], bytes] = nothing,
    headers: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Answer or redirect every request; use TLS if there is a context.

    In C(location), C({port}) stands for the server's own port.
    """
    served = Served(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are sent separately, and each answer would take 40 ms

        def do_GET(self) -> None:
            served.asked.append((f"{self.command} {self.path}", dict(self.headers)))
            self.send_response(307 if location else 200)
            if location:
                self.send_header("Location", location.format(port=served.port))
            body = answer(self.path)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):  # the client has closed the connection
                self.wfile.write(body)

        def do_CONNECT(self) -> None:
            served.asked.append((f"{self.command} {self.path}", dict(self.headers)))
            host, unused_colon, port = self.path.rpartition(":")
            with socket.create_connection((LOOPBACK if host.endswith(".test") else host, int(port))) as there:
                self.send_response(200)
                self.end_headers()
                back = threading.Thread(target=pump, args=(there, self.connection), daemon=True)
                back.start()
                pump(self.connection, there)
                back.join()
            self.close_connection = True

        def log_message(self, *unused_arguments: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> tuple[Any, Any]:
            connection, address = super().get_request()
            if context is None:
                return connection, address
            return context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

        def handle_error(self, *unused_arguments: Any) -> None:
            """A client that refuses the certificate is not an error of the server."""

    with Server((LOOPBACK, 0), Handler) as server, _running(server, served):
        yield served


@contextmanager
def _running(server: BaseServer, served: Served) -> Iterator[None]:
    """Run a server in a thread of its own, and store its port."""
    served.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def trickling(parts: Iterable[bytes], pause: float, context: ssl.SSLContext | None = None) -> Iterator[Served]:
    """Send these parts to every connection, with a pause of C(pause) seconds after each."""
    served = Served(0)

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the client has closed the connection
                there = context.wrap_socket(self.request, server_side=True) if context else self.request
                served.asked.append((there.recv(CHUNK).decode(errors="replace"), {}))
                for part in parts:
                    there.sendall(part)
                    time.sleep(pause)
                there.close()

    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server((LOOPBACK, 0), Handler) as server, _running(server, served):
        yield served


@contextmanager
def refusing(status: int, body: bytes, kind: str = "application/json") -> Iterator[Served]:
    """Answer every request with an error."""
    head = f"HTTP/1.1 {status} {http.client.responses[status]}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    more = f"Content-Type: {kind}\r\n\r\n" if kind else "\r\n"
    with trickling([(head + more).encode() + body], 0) as served:
        yield served


def pump(here: socket.socket, there: socket.socket) -> None:
    """Forward data until one side has closed its connection."""
    with suppress(OSError):
        while part := here.recv(CHUNK):
            there.sendall(part)
        there.shutdown(socket.SHUT_WR)
