# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Change requests and answers as the switches of unkind readings say, independently of the resource."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from . import schema
from .behaviour import Behaviour
from .consumption import KEY, KINDS, PROJECT, USER
from .errors import ApiError
from .organization import Organization
from .world import World

PEOPLE = {"organization.user", "organization.project.user"}
NAMES = {"name", "email", "role_name"}
"""Fields of requests that contain names and addresses."""

GROUPED_BY = frozenset({PROJECT, USER, KEY, "api_source", "line_item"}).union(
    *(kind.dimensions for kind in KINDS.values())
)
"""The dimensions of a report's result; null in one of them stands for all its values."""

MEANT = GROUPED_BY | {"next_page", "next", "api_key"}
"""Fields in which null has a meaning of its own, such as that there is no further page or that no key was issued."""
NEEDED = GROUPED_BY | {"amount", "value"}
"""Optional fields without which a report would contain no information."""


def received(behaviour: Behaviour, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request's body with names and addresses as the server stores them."""
    return {
        name: behaviour.kept(value) if name in NAMES and isinstance(value, str) else value
        for name, value in body.items()
    }


def worded(behaviour: Behaviour, shapes: schema.Shapes, answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer in which optional fields are null or missing, as the switches say."""
    if answer == NOT_DONE or not (
        behaviour.nulls
        or behaviour.omit_optional
        or behaviour.omit_required
        or behaviour.address_elsewhere
        or behaviour.without_address
    ):
        return answer
    addresses = {id(person): person.get("email") for person in _people(answer)}
    told = answer
    if behaviour.nulls:
        told = schema.changed(shapes, told, schema.nulled(_fields(behaviour.nulls), MEANT))
    if behaviour.omit_optional:
        told = schema.changed(shapes, told, schema.thinned(_fields(behaviour.omit_optional), NEEDED))
    for person, before in zip(_people(told), _people(answer), strict=True):
        _tell_address(behaviour, person, addresses[id(before)])
    if behaviour.omit_required:
        told = without(told, frozenset(behaviour.omit_required))
    return told


def _fields(chosen: bool | list[str]) -> Collection[str] | None:
    return None if chosen is True else chosen or ()


def _people(answer: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answer["data"] if isinstance(answer.get("data"), list) else [answer]
    return [item for item in items if item.get("object") in PEOPLE]


def _tell_address(behaviour: Behaviour, person: dict[str, Any], address: str | None) -> None:
    """Set a person's address in the field that the switches choose, or remove it."""
    if person["id"] in behaviour.without_address:
        person["email"] = None
    elif behaviour.address_elsewhere or (behaviour.omit_optional and "email" not in person):
        person.pop("email", None)
        if address is not None:
            person["user"] = {"object": "user", "id": person["id"], "email": address}


def without(value: Any, fields: frozenset[str]) -> Any:
    """Return a value without some fields, at any depth."""
    if isinstance(value, list):
        return [without(item, fields) for item in value]
    if isinstance(value, dict):
        return {name: without(item, fields) for name, item in value.items() if name not in fields}
    return value


def repeated(items: Sequence[Any]) -> list[Any]:
    """Return a list with each item twice, so that an item is repeated on its page or on the next one."""
    return [item for item in items for unused_time in range(2)]


def names_no_ids(world: World, error: ApiError, sent: Mapping[str, Any]) -> None:
    """Remove ids from an error's message: those of the organization, and those of the request."""
    known = {*_ids(dataclasses.asdict(world.organization)), *_ids(sent)} - {""}
    found = "|".join(re.escape(each) for each in sorted(known, key=len, reverse=True) if each in error.message)
    if found:
        error.message = re.sub(rf"(?:[:,]? )?(?<![\w-])(?:{found})(?![\w-])", "", error.message)


def _ids(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _ids(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item, name)
    elif isinstance(value, str) and re.fullmatch(r"(.*_)?ids?", name):
        yield value


NOT_DONE = {
    "error": {
        "message": "The change could not be carried out.",
        "type": "invalid_request_error",
        "param": None,
        "code": "not_carried_out",
    }
}
"""An answer with the status 200 to a change that was not made."""


@dataclasses.dataclass
class Undo:
    """A copy of the organization, to restore it after a request that is answered but not performed."""

    world: World
    before: Organization
    copies: dict[int, Any]

    @classmethod
    def of(cls, world: World) -> Undo:
        """Copy the present organization."""
        copies: dict[int, Any] = {}
        return cls(world, copy.deepcopy(world.organization, copies), copies)

    def old(self, result: Any) -> Any:
        """Return the old value of an operation's result, or None if it is new."""
        if isinstance(result, list):
            found = [self.old(item) for item in result]
            return None if None in found else found
        return self.copies.get(id(result)) if dataclasses.is_dataclass(result) else None

    def undo(self) -> None:
        """Restore the organization."""
        self.world.organization = self.before


def declines(behaviour: Behaviour, method: str, path: str) -> bool:
    """Return whether a write is answered but not performed."""
    if behaviour.not_done is None or method == "GET":
        return False
    if behaviour.not_done == "deleted_false" and method != "DELETE":
        return False
    if behaviour.not_done == "old_value" and method == "DELETE":
        return False
    return not behaviour.not_done_routes or f"{method} {path}" in behaviour.not_done_routes
