# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Compares the answer to a write with the request.

An answer may omit a value, or show null: then it says nothing about it, unless null means that there is no value.
Values that it shows have to be as requested. Values that the API shows neither before nor after cause a warning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import bad_parts
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Write
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import ID, NOTHING, Field, Object

_LOOK = "look for what prevents it in the organization's settings."


@dataclass(frozen=True, eq=False)
class Denial:
    """An answer that contradicts a part of the request."""

    write: Write
    fields: Sequence[tuple[Field, Any, Any, str]]
    """The fields with the requested value, the answered value, and the object in a list."""
    wholly: bool
    """Whether nothing is as requested."""

    @property
    def message(self) -> str:
        """The requested and the answered values, as a sentence."""
        answers = "; ".join(_compared(*each) for each in self.fields)
        return f"Could not {self.write.why} as asked: the API answers {answers}."

    @property
    def advice(self) -> str:
        """What to declare instead; empty if no option has that value."""
        told = [
            f"{field.option_name}: {_shown(there, asked)}"
            for field, asked, there, of in self.fields
            if field.is_option and not of and _can_be_declared(field, there)
        ]
        if not told:
            return f"Run the task again. If the API answers the same, {_LOOK}"
        return f"Declare {', '.join(told)} if that is acceptable. If not, {_LOOK}"


def _can_be_declared(field: Field, value: Any) -> bool:
    """Return whether an option takes the answered value."""
    if field.marked_by and value is None:
        return False
    try:
        field.clean(value)
    except ValueError:
        return False
    return not (isinstance(value, Mapping) and any(bad_parts(field, value)))


def hold(write: Write, answer: Object, before: Object = NOTHING) -> Denial | None:
    """Return in what an answer contradicts the request, if it does. C(before): the object before the write.

    If the API extends a set, additional elements are not a contradiction, unless the set is unchanged.
    """
    objects = list(_objects(write, answer))
    denied = [
        (field, asked, there, of)
        for of, item in objects
        for field, asked in write.expects
        for there in [field.read(item)]
        if _is_told(field, asked, item)
        and field.canonical(there) != field.canonical(asked)
        and not _is_extended(field, asked, there, before)
    ]
    if not denied:
        return None
    return Denial(write, denied, wholly=len(denied) == len(objects) * len(write.expects))


def extended(write: Write, answer: Object, before: Object) -> list[str]:
    """Return a warning for each set to which the API added elements."""
    return [
        f"The task asked to {write.why}, and the API shows more {field.option_name}: {', '.join(more)}. Declare"
        f" {field.option_name}: [{', '.join(there)}]. Otherwise the next run tries to take the others away, and"
        " fails if the API keeps them."
        for field, asked in write.expects
        for there in [field.canonical(field.read(answer))]
        if _is_told(field, asked, answer) and _is_extended(field, asked, field.read(answer), before)
        for more in [sorted({*there} - {*field.canonical(asked)})]
    ]


def _is_extended(field: Field, asked: Any, there: Any, before: Object) -> bool:
    """Return whether an answer has all requested elements of a set, and additional ones, unlike before."""
    if not field.extended:
        return False
    wanted, kept = field.canonical(asked), field.canonical(there)
    return bool({*wanted} < {*kept} and kept != field.canonical(field.read(before)))


def untold(write: Write, before: Object, answer: Object) -> list[str]:
    """Return a warning for each value that the API shows neither before a change nor in its answer.

    The task cannot compare such a value, so each run sets it again.
    """
    return [
        f"The task asked to {write.why}, but the API does not show {field.option_name}. Whether it is"
        f" {_shown(asked, None)} is unknown, so each run sets it again."
        for field, asked in write.expects
        if field.is_option and field.read(before) is None and asked is not None and not _is_told(field, asked, answer)
    ]


def _objects(write: Write, answer: Object) -> Iterator[tuple[str, Object]]:
    """Yield the written object; for an answer with a list, the objects that the request named, with their IDs."""
    listed = answer.get("data")
    if write.answers or not isinstance(listed, list):
        yield "", answer
        return
    named = [one for value in (write.body or {}).values() for one in (value if isinstance(value, list) else [value])]
    for item in listed:
        if isinstance(item, Mapping) and item.get(ID) in named:
            yield str(item[ID]), item


def _is_told(field: Field, asked: Any, answer: Object) -> bool:
    """Return whether an answer shows a value.

    A value of another type does not count, nor does null, unless the field can be cleared.
    """
    there = field.read(answer)
    if there is None:
        return (field.clearable and field.is_in(answer)) or field.is_another(answer)
    if asked is None:
        return True
    if field.type == "raw":
        return True
    is_number = isinstance(asked, (int, float)) and not isinstance(asked, bool)
    return isinstance(there, (int, float) if is_number else type(asked))


def _compared(field: Field, asked: Any, there: Any, of: str) -> str:
    of = f" of {of}" if of else ""
    return f"{field.option_name}{of}: {_shown(there, asked)}, not {_shown(asked, there)}"


def _shown(value: Any, other: Any) -> str:
    """Return a value for a message, so that it differs from the other one."""
    if not isinstance(value, str) or not isinstance(other, str):
        return str(value)
    same = unicodedata.normalize("NFKC", value) == unicodedata.normalize("NFKC", other)
    return ascii(value) if same else f"'{value}'"
