# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What can end a task, and how each of these reads.

Every message says what was being done and to what; the facts of the server's
answer stand beside it as result keys. No error holds a header or a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ansible_collections.community.openai_admin.plugins.module_utils._values.plurals import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible

SHOWN_PROBLEMS = 50
"""So many problems of a declaration are told; the others are counted."""
_KEY = re.compile(r"\bsk-[A-Za-z0-9_+/=~-]{12,}")


def masked(value: Any) -> Any:
    """What is told, without keys: a server may repeat one, and one may stand in an option by mistake."""
    if isinstance(value, str):
        return _KEY.sub("sk-***", value)
    if isinstance(value, Mapping):
        return {name: masked(each) for name, each in value.items()}
    return [masked(each) for each in value] if isinstance(value, (list, tuple)) else value


def readable(words: str) -> str:
    """One line for a person to read: without keys, and with control characters made visible."""
    return visible(masked(words))


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with what a task declares, and where it stands."""

    what: str
    where: str = ""
    """The declared object, as C(projects[0].users[2]); empty for the options of the task itself."""
    option: str = ""
    """The option of the object, or a part of its value, as C(purge[1]); empty if the object as a whole is meant."""
    other: str = ""
    """Another declared object that C(what) names, as C(projects[1])."""
    of_name: bool = False
    """It is the option's name that is wrong, and not its value."""
    project: str = ""
    """What the project is called that C(where) lies in, or is."""


def problem_facts(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as results show them, each once."""
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
    """Return a line for each problem, its place first where it is known: C(team.yml:3:9: users[0]: …).

    The project is named unless the message does it: C(projects[3].users[0] (search-prod): …).
    """
    parts = ((each["place"], _object(each), each["message"]) for each in facts)
    return [readable(": ".join(filter(None, each))) for each in parts]


def _object(fact: Mapping[str, Any]) -> str:
    where, project, message = (str(fact[name]) for name in ("where", "project", "message"))
    is_named = any(each in message for each in (f"'{project}'", f"project {project}", f"({project})"))
    return f"{where} ({project})" if project and not is_named else where


class AdminError(Exception):
    """Anything that ends a task, told in words for the person who runs it.

    A message of several lines is given as these lines, so that no name in it can begin another one.
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
        """The message, for another error that passes it on."""
        return self.message.split("\n")

    def add(self, words: str, **facts: Any) -> None:
        """Say more, if there is anything to say."""
        self.message = f"{self.message} {readable(words)}".rstrip()
        self.facts = {**self.facts, **masked(facts)}


class BadInput(AdminError):
    """The task asks for something that cannot be, whatever the organization holds.

    C(flaws): the same as problems of one object, where they are known by its options.
    """

    def __init__(self, message: str | Sequence[str], flaws: Iterable[Problem] = (), **facts: Any) -> None:
        super().__init__(message, **facts)
        self.flaws = tuple(flaws)


class Refused(AdminError):
    """The task asks for something that the organization, as it is, does not allow.

    C(option): of the object that is refused the option that is wrong, where it is one alone.
    """

    def __init__(self, message: str | Sequence[str], option: str = "", **facts: Any) -> None:
        super().__init__(message, **facts)
        self.option = option


class NotFound(AdminError):
    """Something that the task names does not exist."""


_Error = TypeVar("_Error", bound=AdminError)


def refusal(error: type[_Error], problems: Sequence[Mapping[str, Any]], **facts: Any) -> _Error:
    """Return an error that tells problems of a declaration, as C(problem_facts) makes them, a line for each."""
    shown, left = problems[:SHOWN_PROBLEMS], len(problems) - SHOWN_PROBLEMS
    more = [f"And {counted(left, 'more problem')}."] if left > 0 else []
    return error([*problem_lines(shown), *more], **{**facts, "problems": shown})


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

    def tell_outcome(self) -> None:
        """Of a change: say whether it was made, as far as that is known."""
        if self.executed:
            self.add("It was done all the same.", changed=True)
        elif self.executed is None:
            self.add("It is not known whether it was done: the next run continues from what is there.")


CHECK = "Run the task again. If that does not help, check base_url, and any proxy on the way."


class Unreachable(RequestError):
    """No whole answer came: refused, dropped or timed out."""

    def __init__(self, message: str, executed: bool | None, advice: str = CHECK, **more: Any) -> None:
        super().__init__(f"{message} {advice}", executed, **more)


class Stopped(RequestError):
    """A request was not sent, since the task was told to end."""

    def __init__(self, message: str) -> None:
        super().__init__(message, executed=False, final=True)


class BadAnswer(RequestError):
    """An answer came that is not one of the Administration API."""

    def __init__(self, message: str, executed: bool | None, advice: str = CHECK, **more: Any) -> None:
        super().__init__(f"{message} {advice}".rstrip(), executed, **more)


class TooLarge(BadAnswer):
    """An answer that is not read to its end: there is too much of it."""


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

    @property
    def is_unsupported(self) -> bool:
        """Whether the organization lacks the feature as a whole: nothing follows of a single object."""
        return "unsupported endpoint" in self.words.lower()


class Interrupted(AdminError):
    """A failure after something was already written: C(done) says what."""

    def __init__(self, cause: AdminError, done: tuple[str, ...], advice: str = "") -> None:
        super().__init__(cause.lines, **{**cause.facts, "changed": True, "done": list(map(readable, done))})
        self.add(f"Done before that: {'; '.join(done)}. {advice}".rstrip())
