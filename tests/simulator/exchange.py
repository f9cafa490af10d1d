# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ASGI application around the API: it logs requests, injects faults and adds the API's usual headers."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import tls
from .application import ROOT, Templates
from .errors import plain_error
from .world import Entry, Fault, World

GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>gateway</center>\r\n</body>\r\n</html>\r\n"
)
TRICKLED = 64
"""The number of bytes of an answer that are sent one by one while C(trickle) is set; the rest is sent at once."""
ALWAYS_EXECUTED = {"delay", "truncate", "shape", "cursor", "overlap", "meanwhile"}
CURSORS = ("next_page", "next", "last_id")
"""The names of the cursor in answers; the first one that an answer contains is used."""


@dataclass
class Exchange:
    """Logs each request and answers it, as the fault for it says if there is one."""

    world: World
    api: ASGIApp
    stopping: asyncio.Event
    templates: Templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.monotonic()
        body = await read(receive)
        entry = self._logged(scope, body)
        fault = self.world.fault(entry.method, entry.route, entry.path)
        entry.fault = fault.kind if fault else None
        answer = Answer()

        def finish() -> None:
            answer.finish(began, entry, self.world)
            if tls.stale(self.world, scope):
                answer.headers.append((b"connection", b"close"))

        trickle = self.world.behaviour.trickle
        if trickle is not None:
            send = self._slowly(trickle, scope, send)
        if fault is None:
            answer.pass_on = PassOn(finish, send)
        try:
            await self._perform(fault, answer, scope, body)
        finally:
            # Also after an error of the simulator: the client gets the response for that error.
            if not answer.begun:
                finish()
            if fault is not None and fault.kind == "drop":
                await cut_off(scope, receive)
            else:
                entry.status = answer.status
                await answer.deliver(send)

    def _logged(self, scope: Scope, body: bytes) -> Entry:
        path = scope["raw_path"].decode("ascii", "replace")
        decoded: str = scope["path"]
        inside = decoded.startswith(f"{ROOT}/")
        client = tls.presented(scope)
        entry = Entry(
            request_id=self.world.ids.new("req_", 32),
            connection=scope["state"]["connection"],
            at=time.time(),
            method=scope["method"],
            path=path[len(ROOT) :] if inside else path,
            route=self.templates.find(decoded[len(ROOT) :]) if inside else None,
            query=parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True),
            body=readable(body),
            client_certificate=client.subject if client else None,
        )
        self.world.log.append(entry)
        return entry

    async def _perform(self, fault: Fault | None, answer: Answer, scope: Scope, body: bytes) -> None:
        """Let the API process the request, unless the fault prevents that, and apply the fault to the answer."""
        if fault is None:
            await self.api(scope, replay(body), answer.send)
            return
        if fault.when == "before":
            await self._happen(fault, answer, scope)
        if fault.when == "after" or fault.kind in ALWAYS_EXECUTED:
            asked = from_the_start(scope) if fault.kind == "cursor" else scope
            await self.api(asked, replay(body), answer.send)
        if fault.when == "after":
            await self._happen(fault, answer, scope)
        replacement = faulty(fault, answer)
        if replacement is not None:
            answer.replace(replacement)

    async def _happen(self, fault: Fault, answer: Answer, scope: Scope) -> None:
        """Apply the effects of a fault other than those on the answer: a delay, or another client's request."""
        if fault.kind == "delay" and fault.seconds:
            await self._wait(fault.seconds)
        if fault.kind == "meanwhile":
            path = str(fault.body["path"]).replace("{last}", last_id(answer.body))
            body = replay(encoded(fault.body.get("body")))
            await self.api(somebody_elses(scope, fault.body["method"], path), body, Answer().send)

    def _slowly(self, pause: float, scope: Scope, send: Send) -> Send:
        """Return a function that sends the first bytes of an answer one by one, with a pause after each."""
        left = TRICKLED

        async def send_slowly(message: Message) -> None:
            nonlocal left
            body = message.get("body", b"")
            while body and left and not self.stopping.is_set() and not scope["state"]["transport"].is_closing():
                await send({**message, "body": body[:1], "more_body": True})
                body, left = body[1:], left - 1
                await (self._wait(pause) if pause else asyncio.sleep(0))
            await send({**message, "body": body} if "body" in message else message)

        return send_slowly

    async def _wait(self, seconds: float) -> None:
        """Sleep, but no longer than the server runs."""
        waiter = asyncio.ensure_future(self.stopping.wait())
        await asyncio.wait([waiter], timeout=seconds)
        waiter.cancel()


@dataclass
class PassOn:
    """How to pass on an answer whose parts are sent while it is made, and what to do before the first part."""

    finish: Callable[[], None]
    send: Send


class Answer:
    """An answer that is held back until no fault can replace it."""

    def __init__(self) -> None:
        self.pass_on: PassOn | None = None
        self.begun = False
        self.status: int = HTTPStatus.INTERNAL_SERVER_ERROR
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    async def send(self, message: Message) -> None:
        """Receive a part of the answer from the application."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message["headers"])
        else:
            self.body += message.get("body", b"")
            if self.pass_on and message.get("more_body"):
                if not self.begun:
                    self.pass_on.finish()
                await self._send_so_far(self.pass_on.send, more=True)

    def replace(self, response: Response) -> None:
        """Replace the answer by another response."""
        self.status = response.status_code
        self.headers = list(response.raw_headers)
        self.body = bytes(response.body)

    def finish(self, began: float, entry: Entry, world: World) -> None:
        """Add the headers that every answer of the API has."""
        usual = {
            "x-request-id": entry.request_id,
            "openai-organization": world.organization_header(),
            "openai-processing-ms": str(int((time.monotonic() - began) * 1000)),
        }
        self.headers += [(name.encode(), value.encode()) for name, value in usual.items() if value]

    async def deliver(self, send: Send) -> None:
        """Send the answer to the client."""
        await self._send_so_far(send, more=False)

    async def _send_so_far(self, send: Send, more: bool) -> None:
        if not self.begun:
            self.begun = True
            await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        body, self.body = self.body, b""
        await send({"type": "http.response.body", "body": body, "more_body": more})


async def read(receive: Receive) -> bytes:
    """Return the whole body of a request."""
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def replay(body: bytes) -> Receive:
    """Return a function that receives a body that has already been read."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def cut_off(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer."""
    scope["state"]["transport"].abort()
    # The server would report a missing answer if it had not yet noticed that the connection is closed.
    while (await receive())["type"] != "http.disconnect":
        pass


def readable(body: bytes) -> Any:
    """Return a request's body for the log: the value of its JSON, or its text if it is not JSON."""
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


def faulty(fault: Fault, answer: Answer) -> Response | None:
    """Return the response that a fault makes of an answer, or None if the answer stays as it is."""
    if fault.kind == "status":
        response: Response = plain_error(fault.status or HTTPStatus.INTERNAL_SERVER_ERROR, fault.message).response()
    elif fault.kind == "html":
        response = HTMLResponse(GATEWAY_PAGE, fault.status or HTTPStatus.OK)
    elif fault.kind == "body":
        response = given(fault.body, fault.status or HTTPStatus.OK)
    elif fault.kind in RESHAPED and answer.status < HTTPStatus.BAD_REQUEST:
        reshaped = RESHAPED[fault.kind](fault, json.loads(answer.body))
        response = JSONResponse(reshaped, fault.status or answer.status)
    elif fault.kind == "truncate":
        half = answer.body[: len(answer.body) // 2]
        response = Response(half, fault.status or answer.status, media_type="application/json")
    else:
        return None
    response.headers.update(fault.headers)
    return response


def given(body: Any, status: int) -> Response:
    """Return a response with the body of a fault: a string is sent as it is, any other value as JSON."""
    if isinstance(body, str):
        return Response(body, status, media_type="application/json")
    return JSONResponse(body, status)


def reshape(fault: Fault, answer: Any) -> Any:
    """Replace the value at the fault's path in an answer, if the answer has that path."""
    *way, last = fault.at
    place = answer
    try:
        for part in way:
            place = place[part]
        place[last] = fault.body
    except (IndexError, KeyError, TypeError):  # another answer of the same route
        pass
    return answer


def lead_on(fault: Fault, answer: Any) -> Any:
    """Return a page that announces another page, at the cursor of the fault or at a new one."""
    name = next((name for name in CURSORS if name in answer), CURSORS[-1])
    return {**answer, "has_more": True, name: fault.body or f"cursor-{time.monotonic_ns()}"}


def step_back(unused_fault: Fault, answer: Any) -> Any:
    """Return a page whose cursor makes the next page repeat the last object, as if one had been inserted before it."""
    if not answer.get("has_more") or len(answer["data"]) < 2 or answer.get("last_id") is None:
        return answer
    return {**answer, "last_id": answer["data"][-2]["id"]}


RESHAPED = {"shape": reshape, "cursor": lead_on, "overlap": step_back}
"""The functions of the faults that change a successful answer."""


def from_the_start(scope: Scope) -> Scope:
    """Return a request for the first page in place of a request for any page."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name not in ("after", "page")]
    return {**scope, "query_string": urlencode(kept).encode()}


def somebody_elses(scope: Scope, method: str, path: str) -> Scope:
    """Return another client's request, which has the same key."""
    sent = f"{ROOT}{path}"
    return {**scope, "method": method, "path": sent, "raw_path": sent.encode(), "query_string": b""}


def last_id(page: bytes) -> str:
    """Return the id of a page's last object, or an empty string if there is none."""
    answer = json.loads(page or b"{}")
    return str(answer["data"][-1]["id"]) if answer.get("data") else ""


def encoded(body: Any) -> bytes:
    """Return a body in JSON; null is an empty body."""
    return b"" if body is None else json.dumps(body).encode()
