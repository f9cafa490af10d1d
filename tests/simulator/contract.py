# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The API's contract, as the types of the official SDK define it.

Request bodies and query strings are validated with the SDK's TypedDicts, and answers are built as its response models.
This file has no code for particular resources.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from typing_extensions import get_type_hints, is_typeddict

from .errors import ApiError, bad_request

_QUERY_NAME = re.compile(r"(\w+)(?:\[(\w*)\])?")
_INTEGER = re.compile(r"-?\d{1,18}")


class ContractError(Exception):
    """The simulator was about to send an answer that the official SDK's types do not allow."""


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return pydantic's validator of a type, from a cache."""
    return TypeAdapter(kind)


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return {} if kind is None else get_type_hints(kind)


def body_values(kind: Any, raw: bytes, path: Mapping[str, str]) -> dict[str, Any]:
    """Validate a request's JSON body, and return its values."""
    return _validated(kind, _json_object(raw), path)


def _json_object(raw: bytes) -> dict[str, Any]:
    try:
        values = json.loads(raw or b"null", parse_constant=_no_constant)
    except ValueError:
        raise bad_request("We could not parse the JSON body of your request.", code="invalid_json") from None
    if values is None:  # same as no body: some clients send null for an empty body
        return {}
    if not isinstance(values, dict):
        raise bad_request("The body of the request must be a JSON object.", code="invalid_json")
    return values


def _no_constant(name: str) -> None:
    raise ValueError(name)


def query_values(kind: Any, pairs: Sequence[tuple[str, str]], path: Mapping[str, str]) -> dict[str, Any]:
    """Validate a query string with `x=1`, arrays as `x[]=a&x[]=b` or `x=a&x=b`, ranges as `x[gte]=1`."""
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for written, text in pairs:
        match = _QUERY_NAME.fullmatch(written)
        name, inner = match.groups() if match else (written, None)
        if name not in hints:
            raise _unknown(written)
        _put(values, name, inner, _essence(hints[name]), text)
    return _validated(kind, values, path)


def _put(values: dict[str, Any], name: str, inner: str | None, hint: Any, text: str) -> None:
    if _is_array(hint) and not inner:
        values.setdefault(name, []).append(_scalar(text, get_args(hint)[0]))
    elif inner and is_typeddict(hint) and inner in _hints(hint):
        values.setdefault(name, {})[inner] = _scalar(text, _hints(hint)[inner])
    elif inner is not None or is_typeddict(hint):
        raise _unknown(name if inner is None else f"{name}[{inner}]")
    elif name in values:
        raise bad_request(f"Duplicate parameter: '{name}'.", param=name, code="invalid_value")
    else:
        values[name] = _scalar(text, hint)


def _essence(hint: Any) -> Any:
    """Return a type without its being optional."""
    others = [option for option in get_args(hint) if option is not NoneType]
    return others[0] if NoneType in get_args(hint) and len(others) == 1 else hint


def _is_array(hint: Any) -> bool:
    origin = get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Sequence)


def _scalar(text: str, hint: Any) -> Any:
    """Convert a text of a query to its type; a text that does not fit stays, and fails the validation."""
    kind = _essence(hint)
    if kind is int and _INTEGER.fullmatch(text):
        return int(text)
    if kind is bool and text in {"true", "false"}:
        return text == "true"
    return text


def _validated(kind: Any, values: Mapping[str, Any], path: Mapping[str, str]) -> dict[str, Any]:
    """Validate the values that were sent; without a type, no values are allowed.

    Some of the SDK's types require ids that are in the path: these are added before the validation, and removed after
    it.
    """
    from_path = {name: value for name, value in path.items() if name in _hints(kind)}
    for name in values if kind is None else from_path.keys() & values.keys():
        raise _unknown(name)
    if kind is None:
        return {}
    try:
        validated = adapter(kind).validate_python({**values, **from_path}, strict=True, extra="forbid")
    except ValidationError as error:
        raise _refusal(error, ()) from None
    return {name: _walked(value, (name,)) for name, value in validated.items() if name not in from_path}


def _walked(value: Any, where: tuple[str | int, ...]) -> Any:
    """Return a value with every `Iterable` read, since pydantic validates its items only when they are read."""
    if isinstance(value, dict):
        return {name: _walked(item, (*where, name)) for name, item in value.items()}
    if not isinstance(value, list | tuple | Iterator):
        return value
    try:
        return [_walked(item, (*where, number)) for number, item in enumerate(value)]
    except ValidationError as error:
        raise _refusal(error, where) from None


def _refusal(error: ValidationError, where: tuple[str | int, ...]) -> ApiError:
    first = error.errors(include_url=False, include_input=False)[0]
    param = _written((*where, *first["loc"]))
    wording: dict[str, Callable[[str], ApiError]] = {"missing": _missing, "extra_forbidden": _unknown}
    if first["type"] in wording:
        return wording[first["type"]](param)
    reason = first["msg"][:1].lower() + first["msg"][1:]
    return bad_request(f"Invalid value for '{param}': {reason}.", param=param, code="invalid_value")


def _written(location: tuple[str | int, ...]) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).lstrip(".")


def _missing(param: str) -> ApiError:
    return bad_request(f"Missing required parameter: '{param}'.", param=param, code="missing_required_parameter")


def _unknown(param: str) -> ApiError:
    return bad_request(f"Unknown parameter: '{param}'.", param=param, code="unknown_parameter")


def answer(
    model: type[BaseModel], values: Mapping[str, Any], unknown: Callable[[], Container[str]] = tuple
) -> dict[str, Any]:
    """Build an answer as the SDK's response model, and return it as it is sent.

    Values in C(unknown) are kept, although the model's enums do not have them.
    """
    try:
        built = model.model_validate(values, strict=True)
    except ValidationError as error:
        places = {problem["loc"]: problem for problem in error.errors(include_url=False)}
        allowed = unknown()
        if any(each["type"] != "literal_error" or each["input"] not in allowed for each in places.values()):
            raise ContractError(f"{model.__name__}: {error}") from None
        dumped = answer(model, _replaced(values, {place: _expected(each) for place, each in places.items()}))
        return _replaced(dumped, {place: each["input"] for place, each in places.items()})
    extra = sorted(_extra_keys(built, model.__name__))
    if extra:
        raise ContractError(f"keys that the contract does not know: {', '.join(extra)}")
    return built.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _expected(problem: Any) -> str:
    """Return one of the values that an enum allows."""
    found: str = problem["ctx"]["expected"].split("'")[1]
    return found


def _replaced(values: Mapping[str, Any], others: Mapping[tuple[int | str, ...], str]) -> dict[str, Any]:
    """Return values in which those at some places are replaced."""
    copied: dict[str, Any] = copy.deepcopy(dict(values))
    for (*way, last), other in others.items():
        place: Any = copied
        for part in way:
            place = place[part]
        place[last] = other
    return copied


def check(model: type[BaseModel], values: Mapping[str, Any]) -> None:
    """Validate an answer that is sent as it is; of each list, only one item of every shape is validated."""
    thin = _thinned(values)
    if answer(model, thin) != thin:
        raise ContractError(f"{model.__name__}: it would be sent as something else")


def _thinned(value: Any) -> Any:
    if isinstance(value, list):
        return [_thinned(item) for item in {shape_of(item): item for item in value}.values()]
    return {name: _thinned(item) for name, item in value.items()} if isinstance(value, dict) else value


def shape_of(value: Any) -> Any:
    """Return what validation depends on: keys, types of values, and texts that name a type of object."""
    if isinstance(value, dict):
        flat = [(name, item if name == "object" else type(item)) for name, item in value.items()]
        return (*flat, *[shape_of(item) for item in value.values() if isinstance(item, dict | list)])
    return frozenset([shape_of(item) for item in value]) if isinstance(value, list) else type(value)


def _extra_keys(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or {})
        inner: Iterable[tuple[str, Any]] = ((f".{name}", item) for name, item in value.__dict__.items())
    elif isinstance(value, list):
        inner = (("[]", item) for item in value)
    else:
        inner = ((f".{name}", item) for name, item in value.items())
    for name, item in inner:
        if isinstance(item, BaseModel | list | dict):
            yield from _extra_keys(item, f"{where}{name}")
