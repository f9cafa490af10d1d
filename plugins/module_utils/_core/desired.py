# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""params → desired: what a task asks for, checked as far as its options alone allow.

One error contains all problems of a task. An omitted or null option is unmanaged. An ID that is given but empty stands
for an object that does not exist yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import isclose, isfinite
from pathlib import Path
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, Problem
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ALLOW_MISSING_FILE,
    ID,
    NOTHING,
    PRESENT,
    Desired,
    Field,
    Key,
    Parent,
    Resource,
    lacking,
    misplaced,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Params
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import is_sendable

_ROUNDING = 1e-14
"""Maximum relative rounding error of a number: templates calculate with binary fractions."""
_EXACT = 2**53
"""The largest value up to which floating-point numbers represent all integers exactly."""


def desire(resource: Resource, params: Params, given: Given) -> Desired:
    """Return what a task asks for. Raises C(BadInput)."""
    params, problems = _with_files(resource, params)
    named = identity(resource, params)
    by_id = named is not None and named[0] == resource.id_param
    owner = None if by_id else resource.owner
    parent = resource.parent
    if parent and resource.parent_is_optional and not names_parent(parent, params, given):
        parent = None
    problems += _bad_names(resource, params, given)
    for fields in resource.options + resource.settings, resource.secret.options if resource.secret else ():
        problems += _bad_values(fields, params)
    problems += _bad_variants(resource, params)
    problems += _truth_values(resource, given)
    for options in _own_names(resource), _parent_names(owner), _parent_names(parent):
        problems.extend(_nameless(options, params, given))
    _refuse(problems)
    name = resource.call(named[1], named[0]) if named else resource.title
    of = [parent_label(each, params) for each in (owner, parent) if each]
    of += ["the organization"] if resource.parent and not parent else []
    return Desired(
        state=params.get("state") or PRESENT,
        values={field.name: _value(field, params) for field in resource.options if _named(field, params)},
        identity=named,
        settings={option: params.get(option) for option in _settings(resource)},
        label=" of ".join([name, *of]),
        name=" of ".join([name, *of]) if resource.singleton else name,
        owner=_first(_parent_names(owner), params),
        in_parent=parent is not None,
    )


def check_names(resource: Resource, params: Params, given: Given, more: Iterable[str] = ()) -> None:
    """Raise C(BadInput) for invalid names of the object and its parent, and for C(more) problems."""
    _refuse([*_bad_names(resource, params, given), *map(Problem, more)])


def identity(resource: Resource, params: Params) -> tuple[str, Any] | None:
    """Return the option that names an object, and its cleaned value; an ID takes precedence over a name."""
    named = _first(_own_names(resource), params)
    key = resource.key(named[0]) if named else None
    return (named[0], cleaned(key, named[1])) if named and key else named


def with_clean_names(resource: Resource, params: Params) -> dict[str, Any]:
    """Return the options with cleaned names of objects."""
    given = [key for key in resource.keys if not is_blank(params.get(key.option))]
    return {**params, **{key.option: cleaned(key, params[key.option]) for key in given}}


def names_nothing(resource: Resource, params: Params, given: Given) -> bool:
    """Return whether a task gives an empty ID and no name."""
    by_id = resource.id_param in _own_names(resource) and resource.id_param in given
    return by_id and identity(resource, params) is None


def not_there(resource: Resource, id_option: str = "") -> Missing:
    """Return what is missing if a task gives an empty ID."""
    return Missing(f"{id_option or resource.id_param} is empty and names no {resource.title}")


def without_nulls(given: Given, spec: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """Return the options without nulls, which ansible-core rejects for an option with choices or a default.

    C(spec): the argument spec. Dictionaries with keys of people's choice keep nulls, which are errors there.
    """
    known = {name: value for name, value in given.items() if value is not None}
    return {name: _without_nulls(value, spec.get(name, NOTHING)) for name, value in known.items()}


def names_parent(parent: Parent, params: Params, given: Given) -> bool:
    """Return whether a task names a parent, even by an empty ID."""
    return parent.id_option in given or not is_blank(params.get(parent.name_option))


def is_blank(value: Any) -> bool:
    """Return whether a value names nothing: null, or a string that is empty or blank."""
    return value is None or (isinstance(value, str) and not value.strip())


def parent_label(parent: Parent, params: Params) -> str:
    """Return the parent's label in messages: C(project 'search-prod'), with its name if the task gives it."""
    for option in parent.name_option, parent.id_option:
        if not is_blank(params.get(option)):
            return parent.resource.call(params[option], option)
    return f"a {parent.resource.title} that does not exist yet"


def flaws(key: Key | Field, option: str, value: Any) -> Iterator[str]:
    """Yield errors in the value of an option."""
    try:
        key.clean(value)
    except ValueError as error:
        yield f"{option} {error}"


def cleaned(key: Key | Field, value: Any) -> Any:
    """Return a value for requests and comparison; an invalid value unchanged (see flaws())."""
    try:
        return key.clean(value)
    except ValueError:
        return value


@cache
def _settings(resource: Resource) -> tuple[str, ...]:
    own = tuple(field.option_name for field in resource.settings)
    if resource.validation:
        own = (*own, resource.validation.option)
    if not resource.secret:
        return own
    said = (field.option_name for field in resource.secret.options)
    return (*own, resource.secret.option, ALLOW_MISSING_FILE, *said)


def _first(options: tuple[str, ...], params: Params) -> tuple[str, Any] | None:
    """Return the first of these options that the task sets, and its value."""
    return next(((option, params[option]) for option in options if not is_blank(params.get(option))), None)


@cache
def _own_names(resource: Resource) -> tuple[str, ...]:
    """Return the options that name an object: its ID first, names of related objects last."""
    own_id = (resource.id_param,) if resource.by_id and not resource.singleton else ()
    keys = [key.option for key in resource.keys]
    references = (each.refers for each in resource.options if each.is_reference and each.option_name in keys)
    return tuple(dict.fromkeys([*own_id, *keys, *(each.name_option for each in references if each)]))


def _parent_names(parent: Parent | None) -> tuple[str, ...]:
    return (parent.id_option, parent.name_option) if parent else ()


def _with_files(resource: Resource, params: Params) -> tuple[Params, list[Problem]]:
    """Return the options with the contents of files, and errors in these."""
    if not any(params.get(field.file) for field in resource.options if field.file):
        return params, []
    read: dict[str, Any] = dict(params)
    problems: list[Problem] = []
    for field in resource.options:
        path = params.get(field.file) if field.file else None
        if path and params.get(field.option_name) is not None:
            problems.append(Problem(f"{field.option_name} and {field.file} exclude each other", option=field.file))
        elif path:
            try:
                read[field.option_name] = Path(path).read_text(encoding="utf-8", errors="replace")
            except OSError as error:
                said = f"{field.file}: {path} cannot be read ({error.strerror})"
                problems.append(Problem(said, option=field.file))
    return read, problems


def _named(field: Field, params: Params) -> bool:
    if field.refers and field.is_reference:
        return any(params.get(option) is not None for option in _parent_names(field.refers))
    value = params.get(field.option_name)
    return value is not None and not (_names_object(field) and is_blank(value))


def _without_nulls(value: Any, spec: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping):
        is_free = spec.get("type") == "dict" and "options" not in spec
        return value if is_free else without_nulls(value, spec.get("options", NOTHING))
    return [_without_nulls(item, spec) for item in value] if isinstance(value, list) else value


def _names_object(field: Field) -> bool:
    """Return whether a field is an ID, for which an empty value counts as none."""
    return field.name == ID


def _value(field: Field, params: Params) -> Any:
    if field.refers and field.is_reference:
        told = {option: params.get(option) for option in _parent_names(field.refers)}
        is_cleared = field.clearable and told[field.option_name] == "" and is_blank(told[field.refers.name_option])
        return None if is_cleared else told
    value = params[field.option_name]
    if field.type == "float" and field.times != 1:  # a template's result may differ from this in its last digits
        return field.in_body(field.clean(value)) / field.times
    return None if field.clearable and value == "" else field.ordered(field.clean(value))


def _bad_names(resource: Resource, params: Params, given: Given) -> Iterator[Problem]:
    names, texts = _texts(resource)
    for option in texts:
        value = given.get(option)
        if isinstance(value, (list, tuple, dict)):  # ansible-core silently converts it to a string
            kind = "dictionary" if isinstance(value, dict) else "list"
            yield Problem(f"{option} must be a string, not a {kind}", option=option)
        elif isinstance(value, str) and not is_sendable(value):
            yield Problem(f"{option} contains characters that cannot be sent", option=option)
    yield from _bad_references(resource, params)
    for option in names:
        value = params.get(option)
        if value is not None and is_blank(value) and not _is_id(option):
            yield Problem(f"{option} must not be empty", option=option)
    for key in resource.keys:
        if not is_blank(params.get(key.option)):
            yield from (Problem(flaw, option=key.option) for flaw in flaws(key, key.option, params[key.option]))


def _bad_references(resource: Resource, params: Params) -> Iterator[Problem]:
    """Yield blank references, and entries of a list that refer to nothing or to the same object as an earlier entry."""
    for field in resource.options:
        if field.refers and field.is_reference and field.clearable:
            value = params.get(field.option_name)
            if value and is_blank(value) and is_blank(params.get(field.refers.name_option)):
                yield Problem(f"{field.option_name} must not be empty", option=field.option_name)
        if field.refers is None or field.is_reference:
            continue
        names = (field.refers.name_option, field.refers.id_option)
        seen = set()
        for number, entry in enumerate(params.get(field.option_name) or ()):
            named = next(((name, entry[name]) for name in reversed(names) if not is_blank(entry.get(name))), None)
            option = f"{field.option_name}[{number}]"
            if named is None:
                yield Problem(f"each entry of {field.option_name} needs one of {', '.join(names)}", option=option)
            elif named in seen:
                label = field.refers.resource.call(named[1], named[0])
                yield Problem(f"{field.option_name} names the {label} twice", option=option)
            seen.add(named)


@cache
def _texts(resource: Resource) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the options that name something, and all options whose values are strings."""
    names = _own_names(resource) + _parent_names(resource.owner) + _parent_names(resource.parent)
    for each in resource.options:
        names += _parent_names(each.refers) if each.is_reference else ()
    others = (field.option_name for field in resource.options if field.type == "str")
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys([*names, *others]))


@cache
def _alternatives(fields: tuple[Field, ...]) -> tuple[tuple[str, ...], ...]:
    """Return options that exclude each other because they set the same key of a body, or have the same mark."""
    of_key: dict[str, list[str]] = {}
    for field in fields:
        of_key.setdefault(field.mark or field.body_name, []).append(field.option_name)
    return tuple(tuple(options) for options in of_key.values() if len(options) > 1)


def _empty_parts(field: Field, entries: Any) -> Iterator[Problem]:
    """Yield entries of a list with an empty string."""
    option = field.option_name
    for number, entry in enumerate(entries if field.parts and field.type == "list" else ()):
        for part in field.parts:
            if part.type == "str" and entry.get(part.name) is not None and is_blank(entry[part.name]):
                yield Problem(f"{part.option_name} in {option} must not be empty", option=f"{option}[{number}]")


def _bad_values(fields: tuple[Field, ...], params: Params) -> Iterator[Problem]:
    for field in fields:
        option, value = field.option_name, params.get(field.option_name)
        if value is None or _names_object(field) or field.is_reference:
            continue
        if field.type == "str" and is_blank(value) and not (field.clearable and value == ""):
            yield Problem(f"{option} must not be empty", option=option)
            continue
        yield from (Problem(flaw, option=option) for flaw in flaws(field, option, value))
        yield from _empty_parts(field, value)
        if field.minimum is not None and value < field.minimum:
            yield Problem(f"{option} must be at least {field.minimum}, not {value}", option=option)
        if field.maximum is not None and value > field.maximum:
            yield Problem(f"{option} must be at most {field.maximum}, not {value}", option=option)
        yield from bad_parts(field, value)
    for same in _alternatives(fields):
        if sum(params.get(option) is not None for option in same) > 1:
            yield Problem(f"{' and '.join(same)} exclude each other", option=same[-1])


def _truth_values(resource: Resource, given: Given) -> Iterator[Problem]:
    """Yield booleans in place of numbers, which ansible-core silently converts to 1 and 0."""
    for option in _numbers(resource):
        if isinstance(given.get(option), bool):
            yield Problem(f"{option} must be a number, not {str(given[option]).lower()}", option=option)


@cache
def _numbers(resource: Resource) -> tuple[str, ...]:
    """Return the options whose values are numbers."""
    return tuple(field.option_name for field in resource.options if field.type in ("int", "float"))


def bad_parts(field: Field, value: Any) -> Iterator[Problem]:
    """Yield errors in a number, or in the values of a dictionary."""
    option = field.option_name
    if field.type == "float" and not isfinite(value):
        yield Problem(f"{option} must be a number, not {value}", option=option)
    elif field.type == "float" and field.times != 1 and abs(value * field.times) > _EXACT:
        yield Problem(f"{option} must be at most {_EXACT // field.times}, not {value}", option=option)
    elif field.type == "float" and not isclose(value * field.times, field.in_body(value), rel_tol=_ROUNDING):
        yield Problem(f"{option} must be a multiple of {1 / field.times:g}, not {value}", option=option)
    for name, each in value.items() if field.type == "dict" and not field.parts else ():
        if not isinstance(each, (str, int, float)):
            yield Problem(f"{name} in {option} must be a string, a number, or true or false", option=option)


def _bad_variants(resource: Resource, params: Params) -> Iterator[Problem]:
    """Yield values that do not match each other, and missing values of a singleton."""
    if not resource.variants and not resource.singleton:
        return
    values = {field.name: params.get(field.option_name) for field in resource.options if _named(field, params)}
    yield from (Problem(said, option=option) for option, said in misplaced(resource, values))
    if resource.singleton and (params.get("state") or PRESENT) == PRESENT:
        yield from (Problem(f"{option} is required") for option in lacking(resource, values))


def _nameless(options: tuple[str, ...], params: Params, given: Given) -> Iterator[Problem]:
    """Yield an error if there is neither a name nor an ID, not even an empty one."""
    if options and all(is_blank(params.get(option)) and not (_is_id(option) and option in given) for option in options):
        names = ", ".join(reversed(options))
        yield Problem(f"one of these is required: {names}" if len(options) > 1 else f"{names} is required")


def _is_id(option: str) -> bool:
    return option.endswith("_id")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise BadInput(f"{'; '.join(dict.fromkeys(each.what for each in problems))}.", problems)
