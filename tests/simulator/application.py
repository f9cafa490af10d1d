# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated API as an ASGI application: `/v1`, without log and faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, compile_path

from .errors import ApiError, plain_error
from .operations import Endpoint

ROOT = "/v1"


def api(endpoints: Mapping[str, Endpoint]) -> Starlette:
    """The endpoints under their paths."""
    routes = [Route(f"{ROOT}{path}", endpoint) for path, endpoint in endpoints.items()]
    handlers: dict[Any, Any] = {ApiError: as_sent, HTTPException: as_unknown, Exception: as_broken}
    application = Starlette(routes=routes, exception_handlers=handlers)
    application.router.redirect_slashes = False
    return application


async def as_sent(unused_request: Request, error: ApiError) -> Response:
    """An error that the API itself answers."""
    return error.response()


async def as_unknown(request: Request, unused_error: HTTPException) -> Response:
    """No operation has this path."""
    return ApiError(
        HTTPStatus.NOT_FOUND, f"Invalid URL ({request.method} {request.url.path})", code="unknown_url"
    ).response()


async def as_broken(unused_request: Request, error: Exception) -> Response:
    """An error of the simulator's own; the server reports it in full besides."""
    return plain_error(
        HTTPStatus.INTERNAL_SERVER_ERROR, f"The simulator is broken: {type(error).__name__}: {error}"
    ).response()


class Templates:
    """Which operation's path a request's path is an instance of."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._patterns = [(compile_path(path)[0], path) for path in paths]

    def find(self, path: str) -> str | None:
        """The template, or None where the API has no such path."""
        return next((template for pattern, template in self._patterns if pattern.match(path)), None)
