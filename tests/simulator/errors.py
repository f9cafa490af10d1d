# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The API's errors, and the format in which all of them are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse


@dataclass(eq=False)
class ApiError(Exception):
    """An error that the API answers."""

    status: int
    message: str
    error_type: str = "invalid_request_error"
    param: str | None = None
    code: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> JSONResponse:
        """Return the HTTP response."""
        error: dict[str, Any] = {
            "message": self.message,
            "type": self.error_type,
            "param": self.param,
            "code": self.code,
        }
        return JSONResponse({"error": error}, status_code=self.status, headers=dict(self.headers))


def bad_request(message: str, *, param: str | None = None, code: str | None = None) -> ApiError:
    """Return the error for a request that is invalid."""
    return ApiError(HTTPStatus.BAD_REQUEST, message, param=param, code=code)


def not_found(what: str, identifier: str) -> ApiError:
    """Return the error for an id of no existing object."""
    return ApiError(HTTPStatus.NOT_FOUND, f"No such {what}: {identifier}", code="not_found")


def plain_error(status: int, message: str | None = None) -> ApiError:
    """Return the error that the API sends with a status when no details are known."""
    known = {
        401: ("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
        404: ("The requested resource was not found.", "invalid_request_error", "not_found"),
        429: ("You're making too many requests, please slow down.", "requests", "rate_limit_exceeded"),
        500: ("The server had an error while processing your request.", "server_error", None),
        503: ("The service is temporarily overloaded, please try again later.", "server_error", None),
    }
    fallback_type = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    words, error_type, code = known.get(status, (f"The request failed with status {status}.", fallback_type, None))
    return ApiError(status, message or words, error_type=error_type, code=code)
