# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The operations of the API, and how one request is processed."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import partial
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from . import audit, contract, schema, unkind
from .errors import ApiError, bad_request, plain_error
from .organization import Actor, AdminApiKey, Project
from .world import World

ENOUGH, LONG = 2**13, 0.01
"""How many characters of a long answer, or how many seconds of its items, are collected before they are sent."""
RIGHT: set[tuple[str, str, Any]] = set()
"""The shapes of items of long answers that passed the validation, with method and path."""


@dataclass(frozen=True)
class Call:
    """A request whose parts have been validated."""

    world: World
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    key: AdminApiKey

    @property
    def actor(self) -> Actor:
        """Return the actor: the person of the session that is set, else the owner of the admin key, with that key."""
        return self.world.session or audit.holder(self.world, self.key)

    def record(self, event: str, details: Mapping[str, Any], project: Project | None = None) -> None:
        """Record a change in the audit log. Every operation that changes anything calls it, with the SDK's details."""
        audit.record(self.world, self.actor, event, details, project)


def by_last_id(items: Sequence[Mapping[str, Any]], ids: Sequence[str], has_more: bool) -> dict[str, Any]:
    """Return the envelope of most lists, in which the next page begins after `last_id`."""
    first, last = (ids[0], ids[-1]) if ids else (None, None)
    return {"object": "list", "data": list(items), "first_id": first, "last_id": last, "has_more": has_more}


@dataclass(frozen=True)
class Page:
    """How a list is divided into pages."""

    default: int = 20
    minimum: int = 1
    maximum: int = 100
    id_of: Callable[[Any], str] = attrgetter("id")
    envelope: Callable[[Sequence[Mapping[str, Any]], Sequence[str], bool], dict[str, Any]] = by_last_id


@dataclass(frozen=True)
class Operation:
    """One operation: `run` performs it, `show` formats its result (each item of a page) as `model` requires."""

    method: str
    path: str
    run: Callable[[Call], Any]
    show: Callable[[Call, Any], Mapping[str, Any]]
    model: type[BaseModel]
    body: Any = None
    query: Any = None
    page: Page | None = None
    parts: str = ""
    """The key of a list whose items are made while they are sent, by a function that gets the formatter of an item."""


def deleted(kind: str) -> Callable[[Call, str], Mapping[str, Any]]:
    """Return a function that formats the answer to a DELETE whose result is the id."""

    def show(unused_call: Call, identifier: str) -> Mapping[str, Any]:
        return {"object": kind, "id": identifier, "deleted": True}

    return show


@dataclass(frozen=True)
class Endpoint:
    """All operations of one path, as an ASGI application."""

    world: World
    path: str
    operations: dict[str, Operation] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        key = authenticate(self.world, request.headers.get("authorization", ""))
        operation = self.operations.get(request.method)
        if operation is None:
            raise ApiError(
                HTTPStatus.METHOD_NOT_ALLOWED,
                f"Not allowed to {request.method} on {self.path}.",
                code="method_not_allowed",
                headers={"allow": ", ".join(sorted(self.operations))},
            )
        check_support(self.world, self.path)
        check_scopes(self.world, request.method)
        take_from_bucket(self.world, request.method, self.path)
        raw = await request.body() if request.method == "POST" else b""
        call = Call(
            self.world,
            request.path_params,
            contract.query_values(operation.query, request.query_params.multi_items(), request.path_params),
            unkind.received(self.world.behaviour, contract.body_values(operation.body, raw, request.path_params)),
            key,
        )
        try:
            if operation.parts:
                await send_parts(operation, call, operation.show(call, operation.run(call)), scope, send)
                return
            answered = answer(operation, call)
        except ApiError as error:
            if self.world.behaviour.errors_without_ids:
                unkind.names_no_ids(self.world, error, {**call.path, **call.body})
            raise
        identifier = named_in(answered)
        if request.method == "POST" and self._lists and isinstance(identifier, str):
            self.world.appear(collection(call, self.path), identifier)
        await JSONResponse(answered)(scope, receive, send)

    @property
    def _lists(self) -> bool:
        """Return whether the path is that of a collection."""
        return "GET" in self.operations and self.operations["GET"].page is not None


def named_in(answered: Mapping[str, Any]) -> Any:
    """Return the id of the object that an answer is about; some answers do not have it as `id`."""
    role = answered.get("role")
    assigned = [role.get("id")] if isinstance(role, dict) else []
    ids = [*assigned, *(answered.get(name) for name in ("id", "user_id", "group_id"))]
    return next((each for each in ids if each), None)


def endpoints(world: World, operations: Iterable[Operation]) -> dict[str, Endpoint]:
    """Return one endpoint for each path. Literal parts of paths come before parameters: the first match counts."""
    found: dict[str, Endpoint] = {}
    for operation in sorted(operations, key=attrgetter("path")):
        endpoint = found.setdefault(operation.path, Endpoint(world, operation.path))
        endpoint.operations[operation.method] = operation
    return found


def authenticate(world: World, authorization: str) -> AdminApiKey:
    """Accept only admin keys, and record their use. Messages contain at most the prefix of another key."""
    scheme, key = [*authorization.split(" ", 1), ""][:2]
    if scheme.lower() != "bearer" or not key:
        raise ApiError(
            HTTPStatus.UNAUTHORIZED,
            "You didn't provide an API key. You need to provide your API key in an Authorization header using "
            "Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
        )
    found = world.admin_api_key(key)
    if found is None:
        shown = key[:5] if key.startswith("sk-") else ""
        raise ApiError(HTTPStatus.UNAUTHORIZED, f"Incorrect API key provided: {shown}***.", code="invalid_api_key")
    found.last_used_at = world.now()
    return found


def check_support(world: World, path: str) -> None:
    """Refuse the routes that the organization does not support."""
    if any(path.startswith(route) for route in world.behaviour.unsupported):
        raise ApiError(HTTPStatus.NOT_FOUND, "Unsupported endpoint", code="unsupported_endpoint")


def check_scopes(world: World, method: str) -> None:
    """Refuse requests for which the key lacks a scope: reads need the scopes that end in `.read`, writes all others."""
    missing = [scope for scope in world.behaviour.missing_scopes if scope.endswith(".read") == (method == "GET")]
    if missing:
        raise ApiError(
            HTTPStatus.UNAUTHORIZED,
            f"You have insufficient permissions for this operation. Missing scopes: {', '.join(missing)}",
            code="missing_scope",
        )


def take_from_bucket(world: World, method: str, path: str) -> None:
    """Count the request, and refuse it while its route's bucket is empty."""
    buckets = world.behaviour.buckets
    if buckets is None:
        return
    now = time.time() if buckets.clock == "real" else world.behaviour.now()
    start, taken = world.windows.get((method, path), (now, 0))
    if not start <= now < start + buckets.seconds:
        start, taken = now, 0
    if taken >= buckets.requests:
        error = plain_error(HTTPStatus.TOO_MANY_REQUESTS)
        error.headers = retry_headers(buckets.retry_after, start + buckets.seconds - now)
        raise error
    world.windows[method, path] = (start, taken + 1)


def retry_headers(form: str | None, wait: float) -> dict[str, str]:
    """Return the headers that say how long to wait, in one of the forms that clients understand."""
    if form == "seconds":
        return {"retry-after": str(math.ceil(wait))}
    if form == "ms":
        return {"retry-after-ms": str(math.ceil(wait * 1000))}
    if form == "date":
        # The date is real time, since clients compare it with their own clock, and not with the simulated one.
        return {"retry-after": formatdate(math.ceil(time.time() + wait), usegmt=True)}
    return {}


def answer(operation: Operation, call: Call) -> dict[str, Any]:
    """Perform the operation, unless a switch says not to, and return its formatted result."""
    if unkind.declines(call.world.behaviour, operation.method, operation.path):
        answered = declined(operation, call)
    elif operation.page is None:
        answered = shown(operation, call, operation.run(call))
    else:
        answered = page_of(operation, operation.page, call)
    return told_of(operation, call, answered)


def told_of(operation: Operation, call: Call, answered: dict[str, Any]) -> dict[str, Any]:
    """Validate an answer, and return it as the switches change it."""
    if answered != unkind.NOT_DONE:
        complain(operation, answered)
    return worded(operation, call, answered)


def complain(operation: Operation, answered: Mapping[str, Any]) -> None:
    """Raise ContractError if the description does not allow the answer."""
    shapes = schema.of_answer(operation.method, operation.path)
    complaints = sorted(set(schema.complaints(shapes, answered)))
    if complaints:
        raise contract.ContractError(f"{operation.method} {operation.path}: {'; '.join(complaints)}")


def worded(operation: Operation, call: Call, answered: dict[str, Any]) -> dict[str, Any]:
    """Return a valid answer as the switches change it."""
    shapes = schema.of_answer(operation.method, operation.path)
    return unkind.worded(call.world.behaviour, shapes, answered)


def shown(operation: Operation, call: Call, result: Any) -> dict[str, Any]:
    """Return a result as the operation formats it."""
    return contract.answer(operation.model, operation.show(call, result), call.world.organization.unknown)


def declined(operation: Operation, call: Call) -> dict[str, Any]:
    """Return a successful answer to a change, and undo the change. Changes that the API refuses are refused."""
    memory = unkind.Undo.of(call.world)
    result = operation.run(call)
    if call.world.behaviour.not_done == "error":
        memory.undo()
        return dict(unkind.NOT_DONE)
    if call.world.behaviour.not_done == "deleted_false":
        memory.undo()
        return {**shown(operation, call, result), "deleted": False}
    old = memory.old(result)
    if old is None:  # a new object has no old value
        return shown(operation, call, result)
    memory.undo()
    return shown(operation, call, old)


def page_of(operation: Operation, page: Page, call: Call) -> dict[str, Any]:
    """Return the page of a list that a request asks for."""
    limit = page_limit(page, call)
    begins = not {"after", "before"} & call.query.keys()
    hidden = call.world.hidden(collection(call, operation.path), begins=begins)
    found = [item for item in operation.run(call) if page.id_of(item) not in hidden]
    if call.world.behaviour.items_repeated and limit > 1:
        found = unkind.repeated(found)
    items, has_more = cut(found, page.id_of, call.query, limit)
    return page.envelope(
        [shown(operation, call, item) for item in items], [page.id_of(item) for item in items], has_more
    )


def collection(call: Call, path: str) -> str:
    """Return the path of a collection with its ids."""
    return path.format(**call.path)


def checked_text(operation: Operation, call: Call, whole: Mapping[str, Any], item: Any) -> str:
    """Return an item of a long answer as JSON. Only the first item of each shape is validated, since there are many."""
    answered = {**whole, operation.parts: [item]}
    shape = operation.method, operation.path, contract.shape_of(answered)
    if shape not in RIGHT:
        contract.check(operation.model, answered)
        complain(operation, answered)
        RIGHT.add(shape)
    told = worded(operation, call, answered)
    return json.dumps(told[operation.parts][0], separators=(",", ":"))


async def send_parts(operation: Operation, call: Call, whole: Mapping[str, Any], scope: Scope, send: Send) -> None:
    """Send a long answer in parts, until the client closes the connection; collect small items for a short time."""
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": HTTPStatus.OK, "headers": headers})
    beginning, end = json.dumps({**whole, operation.parts: []}).split("]")
    waiting, since = "", time.monotonic()
    for item in whole[operation.parts](partial(checked_text, operation, call, whole)):
        if scope["state"]["transport"].is_closing():
            break
        waiting, beginning = f"{waiting}{beginning}{item}", ","
        if len(waiting) >= ENOUGH or time.monotonic() >= since + LONG:
            await send({"type": "http.response.body", "body": waiting.encode(), "more_body": True})
            await asyncio.sleep(0)  # let other requests be answered
            waiting, since = "", time.monotonic()
    last = f"]{end}" if beginning == "," else f"{beginning}]{end}"
    await send({"type": "http.response.body", "body": f"{waiting}{last}".encode()})


def page_limit(page: Page, call: Call) -> int:
    """Return the maximum number of items on this page."""
    limit: int = call.query.get("limit", page.default)
    if not page.minimum <= limit <= page.maximum:
        raise bad_request(
            f"Invalid value for 'limit': it must be between {page.minimum} and {page.maximum}.",
            param="limit",
            code="invalid_value",
        )
    return min(limit, call.world.behaviour.page_size or limit)


def cut(
    items: Sequence[Any], id_of: Callable[[Any], str], query: Mapping[str, Any], limit: int
) -> tuple[Sequence[Any], bool]:
    """Return the items after `after`, or the last ones before `before`, and whether there are more."""
    ids = [id_of(item) for item in items]
    start = position(ids, query, "after") + 1 if "after" in query else 0
    if "before" not in query:
        return items[start : start + limit], start + limit < len(items)
    end = position(ids, query, "before")
    first = start if "after" in query else max(0, end - limit)
    page = items[first : min(end, first + limit)]
    return page, first + len(page) < end or ("after" not in query and first > 0)


def position(ids: Sequence[str], query: Mapping[str, Any], cursor: str) -> int:
    """Return the index of the object that a cursor names."""
    try:
        return ids.index(query[cursor])
    except ValueError:
        raise bad_request(
            f"Invalid value for '{cursor}': there is no such object in this list.", param=cursor, code="invalid_value"
        ) from None
