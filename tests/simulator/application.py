# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated API below `/v1` as an ASGI application, without the log and the faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from http import HTTPStatus

from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import ApiError, plain_error
from .operations import Endpoint

ROOT = "/v1"


def api(endpoints: Mapping[str, Endpoint], templates: Templates) -> ASGIApp:
    """Return an application that routes requests to the endpoints by their paths."""

    def found(scope: Scope) -> tuple[str, Mapping[str, str]]:
        path: str = scope["path"]
        match = templates.match(path[len(ROOT) :]) if path.startswith(f"{ROOT}/") else None
        if match is None:
            raise ApiError(HTTPStatus.NOT_FOUND, f"Invalid URL ({scope['method']} {path})", code="unknown_url")
        return match

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            template, ids = found(scope)
            await endpoints[template]({**scope, "path_params": ids}, receive, send)
        except ApiError as error:
            await error.response()(scope, receive, send)

    return ServerErrorMiddleware(application, handler=as_broken)


async def as_sent(unused_request: Request, error: ApiError) -> Response:
    """Return the response for an error that the API itself answers."""
    return error.response()


async def as_broken(unused_request: Request, error: Exception) -> Response:
    """Return the response for an error of the simulator itself; the server also logs it in full."""
    return plain_error(
        HTTPStatus.INTERNAL_SERVER_ERROR, f"The simulator is broken: {type(error).__name__}: {error}"
    ).response()


class Templates:
    """Finds the path template of the operation that a request's path belongs to."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._patterns = [(compile_path(path)[0], path) for path in paths]
        self.match = lru_cache(maxsize=1 << 12)(self._match)

    def find(self, path: str) -> str | None:
        """Return the template, or None if the API has no such path."""
        found = self.match(path)
        return found[0] if found else None

    def _match(self, path: str) -> tuple[str, Mapping[str, str]] | None:
        """Return the template and the value of each of its parameters in the path, or None."""
        matches = ((pattern.match(path), template) for pattern, template in self._patterns)
        return next(((template, match.groupdict()) for match, template in matches if match), None)
