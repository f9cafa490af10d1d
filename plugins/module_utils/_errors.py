# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What can end a task, and how each of these reads.

Every message says what was being done and to what; the facts of the server's
answer stand beside it as result keys. No error holds a header or a secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AdminError(Exception):
    """Anything that ends a task, told in words for the person who runs it.

    C(facts) become keys of the failed task's result.
    """

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts: Mapping[str, Any] = facts

    def __str__(self) -> str:
        return self.message


class BadInput(AdminError):
    """The task asks for something that cannot be, whatever the organization holds."""


class Refused(AdminError):
    """The task asks for something that the organization, as it is, does not allow."""


class NotFound(AdminError):
    """Something that the task names does not exist."""


class RequestError(AdminError):
    """A request that did not succeed.

    C(executed) is false when the server certainly did nothing, true when it
    certainly did (its answer alone was unusable), null when nobody can know.
    C(final): trying again cannot help. C(retry_after): seconds that the server asks for.
    """

    def __init__(
        self,
        message: str,
        executed: bool | None,
        final: bool = False,
        retry_after: float | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(message, **facts)
        self.executed = executed
        self.final = final
        self.retry_after = retry_after


class Unreachable(RequestError):
    """No whole answer came: refused, dropped or timed out."""


class Stopped(RequestError):
    """A request was not sent, since the task was told to end."""

    def __init__(self, message: str) -> None:
        super().__init__(message, executed=False, final=True)


class BadAnswer(RequestError):
    """An answer came that is not one of the Administration API."""


class ApiError(RequestError):
    """The server's own refusal, in its C(words).

    Facts, as U(https://platform.openai.com/docs/api-reference) names them:
    C(status_code), C(error_code), C(error_type), C(error_param), C(request_id).
    """

    def __init__(self, message: str, executed: bool | None, words: str = "", **more: Any) -> None:
        super().__init__(message, executed, **more)
        self.words = words

    @property
    def status(self) -> int:
        return int(self.facts["status_code"])


class Interrupted(AdminError):
    """A failure after something was already written: C(done) says what."""

    def __init__(self, cause: AdminError, done: tuple[str, ...]) -> None:
        message = f"{cause.message} Done before that: {'; '.join(done)}."
        super().__init__(message, **{**cause.facts, "changed": True, "done": list(done)})
