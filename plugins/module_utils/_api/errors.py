# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The errors that can end a task, and their texts.

Every message says what the task was doing and to what. Facts of the server's answer become keys of the
result. No error contains a header or a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible

SHOWN_PROBLEMS = 50
"""Maximum number of problems of a declaration in a message; further ones are counted."""
_KEY = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=\\[nrtbf])|(?<=\\x[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))"
    r"sk-[A-Za-z0-9_+/=~-]{12,}"
)
"""A key, but no part of a word such as C(task-runner); JSON, messages and addresses may escape what precedes it."""


def masked(value: Any) -> Any:
    """Return a value without keys: a server may repeat one, and an option may contain one by mistake."""
    if isinstance(value, str):
        return _KEY.sub("sk-***", value)
    if isinstance(value, Mapping):
        return {name: masked(each) for name, each in value.items()}
    return [masked(each) for each in value] if isinstance(value, (list, tuple)) else value


def readable(words: str) -> str:
    """Return one line for people to read: without keys, and with visible control characters."""
    return visible(masked(words))


@dataclass(frozen=True)
class Problem:
    """An error in what a task declares, and its place."""

    what: str
    where: str = ""
    """The declared object, such as C(projects[0].users[2]); empty for the options of the task itself."""
    option: str = ""
    """The option of the object, or a part of its value, such as C(purge[1]); empty for the object as a whole."""
    other: str = ""
    """Another declared object that C(what) mentions, such as C(projects[1])."""
    of_name: bool = False
    """Whether the name of the option is wrong, not its value."""
    project: str = ""
    """The name of the project that C(where) is or is part of."""


def problem_facts(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems in the form of results, without duplicates."""
    return [
        {
            "where": each.where,
            "option": each.option,
            "message": readable(each.what),
            "other": each.other,
            "of_name": each.of_name,
            "project": each.project,
            "place": "",
        }
        for each in dict.fromkeys(problems)
    ]


def problem_lines(facts: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return a line for each problem, beginning with its place if that is known: C(team.yml:3:9: users[0]: …).

    The line names the project unless the message does: C(projects[3].users[0] (search-prod): …).
    """
    parts = ((each["place"], _object(each), each["message"]) for each in facts)
    return [readable(": ".join(filter(None, each))) for each in parts]


def _object(fact: Mapping[str, Any]) -> str:
    where, project, message = (str(fact[name]) for name in ("where", "project", "message"))
    is_named = any(each in message for each in (f"'{project}'", f"project {project}", f"({project})"))
    return f"{where} ({project})" if project and not is_named else where


class AdminError(Exception):
    """An error that ends a task, with a message for the person who runs it.

    Pass a message of several lines as a list, so that no name in it can begin another line.
    C(facts) become keys of the failed task's result.
    """

    def __init__(self, message: str | Sequence[str], **facts: Any) -> None:
        lines = [message] if isinstance(message, str) else message
        self.message = "\n".join(map(readable, lines))
        self.facts: Mapping[str, Any] = masked(facts)
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message

    @property
    def lines(self) -> list[str]:
        """The lines of the message, for an error that includes them."""
        return self.message.split("\n")

    def add(self, words: str, **facts: Any) -> None:
        """Append words and facts to the message; empty words change nothing."""
        self.message = f"{self.message} {readable(words)}".rstrip()
        self.facts = {**self.facts, **masked(facts)}


class BadInput(AdminError):
    """The options of the task are invalid, regardless of the organization.

    C(flaws): the same as problems of single options, if these are known.
    """

    def __init__(self, message: str | Sequence[str], flaws: Iterable[Problem] = (), **facts: Any) -> None:
        super().__init__(message, **facts)
        self.flaws = tuple(flaws)


class Refused(AdminError):
    """The task asks for something that the current state of the organization does not allow.

    C(option): the only option of the object that is wrong, if there is just one.
    """

    def __init__(self, message: str | Sequence[str], option: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        self.option = option


class NotFound(AdminError):
    """An object that the task names does not exist."""


_Error = TypeVar("_Error", bound=AdminError)


def refusal(error: type[_Error], problems: Sequence[Mapping[str, Any]], **facts: Any) -> _Error:
    """Return an error with one line for each problem, in the form of C(problem_facts)."""
    shown, left = problems[:SHOWN_PROBLEMS], len(problems) - SHOWN_PROBLEMS
    more = [f"And {counted(left, 'more problem')}."] if left > 0 else []
    return error([*problem_lines(shown), *more], **{**facts, "problems": shown})


class RequestError(AdminError):
    """A request failed.

    C(executed): false if the server certainly did nothing, true if it certainly carried out the request (only its
    answer was unusable), null if that is unknown. C(final): a retry cannot help. C(retry_after): the seconds that the
    server asks to wait.
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

    def tell_outcome(self) -> None:
        """For a write request: add whether the change was made, as far as that is known."""
        if self.executed:
            self.add("The change was made anyway.", changed=True)
        elif self.executed is None:
            self.add("Whether the change was made is unknown: the next run reads the current state and continues.")


CHECK = "Run the task again. If that does not help, check base_url, and any proxy in between."


class Unreachable(RequestError):
    """There was no complete answer: the connection was refused or dropped, or timed out."""

    def __init__(self, message: str, executed: bool | None, advice: str = CHECK, **more: Any) -> None:
        super().__init__(f"{message} {advice}", executed, **more)


class Stopped(RequestError):
    """A request was not sent because the task was stopped."""

    def __init__(self, message: str) -> None:
        super().__init__(message, executed=False, final=True)


class BadAnswer(RequestError):
    """An answer does not come from the Administration API."""

    def __init__(self, message: str, executed: bool | None, advice: str = CHECK, **more: Any) -> None:
        super().__init__(f"{message} {advice}".rstrip(), executed, **more)


class TooLarge(BadAnswer):
    """An answer exceeds the maximum size."""


class ApiError(RequestError):
    """The server rejected a request, in its own C(words).

    Facts, named as in U(https://platform.openai.com/docs/api-reference):
    C(status_code), C(error_code), C(error_type), C(error_param), C(request_id).
    """

    def __init__(self, message: str, executed: bool | None, words: str = "", **more: Any) -> None:
        super().__init__(message, executed, **more)
        self.words = words

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return int(self.facts["status_code"])

    @property
    def is_unsupported(self) -> bool:
        """Whether the organization lacks the whole feature, so that the error says nothing about a single object."""
        return is_unsupported(self.words)


def is_unsupported(words: str) -> bool:
    """Return whether the words of an error say that the organization lacks the whole feature."""
    return "unsupported endpoint" in words.lower()


class Interrupted(AdminError):
    """An error after earlier changes, which C(done) lists."""

    def __init__(self, cause: AdminError, done: tuple[str, ...], advice: str = "") -> None:
        super().__init__(cause.lines, **{**cause.facts, "changed": True, "done": list(map(readable, done))})
        self.add(f"Done before that: {'; '.join(done)}. {advice}".rstrip())
