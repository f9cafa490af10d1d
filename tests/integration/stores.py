# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stores for keys on loopback, for tests: the parts of Vault's KV2 engine and of a Kubernetes API server that are used.

Both refuse to overwrite what another client has written since it was read, as the real ones do.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

TOKEN = "hvs.Jd82kQpX41zWvB07"
WRITES = ("POST", "PATCH")
Answer = tuple[int, Any]


@dataclass
class Trouble:
    """A fault for requests of a method: another answer, or none, before or after they are performed."""

    method: str
    status: int = 0
    body: Any = None
    when: str = "before"
    echoes: bool = False
    """Whether the answer contains the request's body."""
    silent: bool = False
    """Whether the connection ends without an answer; otherwise it waits until C(go_on) is set."""


@dataclass
class Store:
    """A store: its secrets by path, its requests, and the faults to inject."""

    url: str = ""
    secrets: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The latest version of each secret: C(version) and C(data), which is None once it is deleted."""
    requests: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    on_write: Callable[[], None] | None = None
    go_on: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    """Set when a request that waits has arrived, or has been performed."""

    def put(self, path: str, data: dict[str, str] | None) -> None:
        """Store a new version of a secret; null deletes it."""
        version = self.secrets.get(path, {"version": 0})["version"]
        self.secrets[path] = {"version": version + 1, "data": data}

    def get(self, path: str) -> dict[str, str]:
        """Return the data of a secret; empty if there is none."""
        return dict(self.secrets.get(path, {}).get("data") or {})


def vault(store: Store, method: str, path: str, headers: Any, body: Any) -> Answer:
    """Answer a request as Vault's KV2 engine at C(secret) does."""
    if headers.get("X-Vault-Token") != TOKEN:
        return 403, {"errors": ["permission denied"]}
    if not path.startswith("/v1/secret/data/"):
        return 404, {"errors": [f"no handler for route {path[4:]!r}. route entry not found."]}
    name = path.removeprefix("/v1/secret/data/")
    there = store.secrets.get(name)
    if method == "GET":
        if there is None:
            return 404, {"errors": []}
        found = {"data": there["data"], "metadata": {"version": there["version"]}}
        return 404 if there["data"] is None else 200, {"data": found}
    if body["options"]["cas"] != (there or {"version": 0})["version"]:
        return 400, {"errors": ["check-and-set parameter did not match the current version"]}
    store.put(name, body["data"])
    return 200, {"data": {"version": store.secrets[name]["version"]}}


def kubernetes(store: Store, method: str, path: str, headers: Any, body: Any) -> Answer:
    """Answer a request about secrets in the namespace C(search), as a Kubernetes API server does."""
    collection = "/api/v1/namespaces/search/secrets"
    if headers.get("Authorization") != f"Bearer {TOKEN}":
        return 401, _status("Unauthorized")
    if method == "POST" and path == collection:
        name = body["metadata"]["name"]
        if name in store.secrets:
            return 409, _status(f'secrets "{name}" already exists')
        store.put(name, body["data"])
        return 201, _secret(store, name)
    name = path.removeprefix(f"{collection}/")
    if name not in store.secrets:
        return 404, _status(f'secrets "{name}" not found')
    if method == "PATCH":
        if headers.get("Content-Type") != "application/merge-patch+json":
            return 415, _status("the body of the request was in an unknown format")
        if body["metadata"]["resourceVersion"] != str(store.secrets[name]["version"]):
            return 409, _status(f'Operation cannot be fulfilled on secrets "{name}": the object has been modified')
        store.put(name, {**store.get(name), **body["data"]})
    return 200, _secret(store, name)


def _secret(store: Store, name: str) -> dict[str, Any]:
    there = store.secrets[name]
    return {"kind": "Secret", "metadata": {"resourceVersion": str(there["version"])}, "data": there["data"]}


def _status(message: str) -> dict[str, str]:
    return {"kind": "Status", "status": "Failure", "message": message}


def plain(data: dict[str, str]) -> dict[str, str]:
    """Return the decoded data of a Kubernetes secret."""
    return {name: base64.b64decode(value, validate=True).decode() for name, value in data.items()}


@contextmanager
def running_store(api: Any) -> Iterator[Store]:
    """Run a store on a free port of the loopback interface."""
    store = Store()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        text = handler.rfile.read(length).decode()
        method, path = handler.command, unquote(urlsplit(handler.path).path)
        store.requests.append((method, path))
        store.bodies.append(text)
        if store.on_write and method in WRITES:
            store.on_write()
        given = _carried_out(store, method, lambda: api(store, method, path, handler.headers, _json(text)))
        if given is not None:
            content = json.dumps(given[1]).encode()
            handler.send_response(given[0])
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)

    silent = {"log_message": lambda *unused_arguments: None}
    methods = {f"do_{method}": answer for method in ("GET", *WRITES)}
    handler = type("Handler", (BaseHTTPRequestHandler,), {**methods, **silent})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    store.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        store.go_on.set()
        server.shutdown()
        server.server_close()


def _carried_out(store: Store, method: str, act: Callable[[], Answer]) -> Answer | None:
    trouble = next((each for each in store.troubles if each.method == method), None)
    if trouble is None:
        return act()
    store.troubles.remove(trouble)
    if trouble.when == "after":
        act()
    if trouble.status:
        return trouble.status, {**trouble.body, "message": store.bodies[-1]} if trouble.echoes else trouble.body
    store.done.set()
    if not trouble.silent:
        store.go_on.wait(60)
    return None


def _json(text: str) -> Any:
    return json.loads(text) if text else None
