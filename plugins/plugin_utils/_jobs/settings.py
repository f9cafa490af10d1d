# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The settings of a job from variables, which surveys send as strings, according to the role's argument spec."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.lists import empty_entries
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import absolute
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import in_variables

_TOLD = ("default", "elements", "required", "type")
"""The parts of an option's specification that ansible-core validates; this file checks choices."""


class Unusable(ValueError):
    """Variables of a job are invalid; the message names all of them."""


def settings(values: Sequence[Any], options: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the settings by the options' full names. C(values): their values, in the options' order.

    Empty or blank strings and null count as not set, and so does an empty list if the option is required. A list may be
    a string in JSON or YAML, or separated by commas or line ends; a list of dictionaries may be a string in YAML or
    JSON. Relative paths start in the directory in which Ansible was started, and become absolute.

    :raises Unusable: values are missing, of a wrong type or not among the choices.
    """
    spec = _spec(options)
    parts: dict[str, Any] = {}
    problems: list[str] = []
    missing: list[tuple[str, str, str]] = []
    unsound: dict[str, Any] = {}
    refused = set()
    for name, value in zip(options, values):
        if is_blank(value):
            continue
        try:
            part = _parts(value, spec[name])
        except ValueError as reason:
            problems.append(f"{name} {reason}")
            refused.add(name)
        else:
            lacking = list(_lacking(name, part, options[name]))
            missing.extend(lacking)
            if lacking:
                unsound[name] = part
            elif part != [] or not spec[name].get("required"):
                parts[name] = part
    unset = [name for name in spec if spec[name].get("required") and name not in (*parts, *unsound, *refused)]
    if unset:
        are, them = ("is", "it") if len(unset) == 1 else ("are", "them")
        problems.append(f"{', '.join(unset)} {are} not set, and the job needs {them}")
    asked = {name: {**spec[name], "required": False} for name in spec if name not in (*refused, *unsound)}
    result = ArgumentSpecValidator(asked).validate(parts)
    problems.extend(result.error_messages)
    wrong = [*missing, *_not_among_choices({**result.validated_parameters, **unsound}, options)]
    problems.extend(_line(dict(zip(options, values)), *each) for each in wrong)
    if problems:
        raise Unusable(" ".join(f"{visible(message).rstrip('.')}." for message in problems))
    return {
        name: absolute(value) if value and spec[name].get("type") == "path" else value
        for name, value in result.validated_parameters.items()
    }


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint for an unknown word: the most similar known one, or all of them."""
    words = list(dict.fromkeys(known))
    close = get_close_matches(word, words, 1)
    return f"did you mean '{close[0]}'?" if close else f"known: {', '.join(words)}"


def _spec(options: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the options in the form of ansible-core's argument specs, including nested ones."""
    return {
        name: {
            **{key: _plain(option[key]) for key in _TOLD if key in option},
            **({"options": _spec(option["options"])} if "options" in option else {}),
        }
        for name, option in options.items()
    }


def _plain(value: Any) -> Any:
    """Return a specification without ansible-core's lazy lists, whose copies would copy all variables."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _parts(value: Any, option: Mapping[str, Any]) -> Any:
    """Return the entries of a list, which may be a string; any other value unchanged.

    :raises ValueError: the string cannot be parsed, or an entry is empty; the message follows the option's name.
    """
    if option.get("type") != "list":
        return value
    if option.get("elements") == "dict":
        return _dictionaries(value) if isinstance(value, str) else value
    if isinstance(value, str):
        if not _is_written_as_list(value):
            return [part for part in (each.strip() for each in re.split(r"[,\n]", value)) if part]
        value = _entries(value)
    if isinstance(value, (list, tuple)) and any(True for each in empty_entries(value)):
        raise ValueError("must not contain empty entries")
    return value


def _dictionaries(text: str) -> list[Any]:
    """Return the list of dictionaries in a string in YAML or JSON."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        found = None
    if isinstance(found, list):
        return found
    raise ValueError("must be a list of dictionaries, or text in YAML or JSON that contains one")


def _is_written_as_list(text: str) -> bool:
    """Return whether a string is a list in JSON or YAML, as in C(-e 'name=["a"]'), not words between commas."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return bool(lines) and (lines[0].startswith("[") or all(f"{line} ".startswith("- ") for line in lines))


def _entries(text: str) -> list[str]:
    """Return the entries of a list in JSON or YAML as written: C(on) is a word, not a boolean."""
    try:
        found = json.loads(text)
    except ValueError:  # Python's own way to write a list is YAML
        found = _words(text)
    if isinstance(found, list) and not any(isinstance(each, (list, dict)) for each in found):
        return found
    raise ValueError(f"begins like a list, but is not a list of strings in JSON or YAML: {text}")


def _words(text: str) -> list[Any] | None:
    """Return the entries of a list in YAML; null for anything else."""
    try:
        found = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(found, yaml.SequenceNode) or not all(isinstance(each, yaml.ScalarNode) for each in found.value):
        return None
    return [each.value for each in found.value]


def _lacking(name: str, value: Any, option: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield missing options of dictionaries in a list: the place, the option, and the message."""
    needed = [each for each, inner in (option.get("options") or {}).items() if inner.get("required")]
    for number, entry in enumerate(value if isinstance(value, (list, tuple)) else ()):
        lacks = [each for each in needed if isinstance(entry, Mapping) and entry.get(each) is None]
        if lacks:
            yield f"{name}[{number}]", "", f"{name}[{number}] lacks {', '.join(lacks)}"


def _not_among_choices(
    values: Mapping[str, Any], options: Mapping[str, Any], where: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield the same for values that are not among the choices."""
    for name, option in options.items():
        entries = values.get(name)
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            inner = f"{where}.{name}" if where else name
            if isinstance(entry, Mapping):
                yield from _not_among_choices(entry, option.get("options", {}), f"{inner}[{number}]")
            elif isinstance(entry, str) and "choices" in option and entry not in option["choices"]:
                part = f"{name}[{number}]" if isinstance(entries, list) else name
                yield where, part, f"{inner} cannot be '{entry}' ({nearest(entry, option['choices'])})"


def _line(told: Mapping[str, Any], where: str, option: str, said: str) -> str:
    """Return a message, beginning with the place if ansible-core knows it."""
    return ": ".join(filter(None, (in_variables(told, where, option), said)))
