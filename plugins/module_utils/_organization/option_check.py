# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports everything that ansible-core would reject in nested options, with the object and the option.

ansible-core's own messages do not say which of a hundred projects has the invalid option. ansible-core still decides
what is valid, and its functions convert values; this file only explains errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ansible.module_utils.common import validation
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._core.lists import bad_lists, in_brackets
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec
from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import unknown_word

_TYPES: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "bool": (validation.check_type_bool, "true or false"),
    "dict": (validation.check_type_dict, "a dictionary"),
    "float": (validation.check_type_float, "a number"),
    "int": (validation.check_type_int, "a whole number"),
    "list": (validation.check_type_list, "a list"),
}
"""The converter of each type, and the type's name in messages. Every value is a valid string, path or raw value."""
_NAMES = ("email", "name", "model", "project")
"""Options that name an object, the most specific first."""
_DEFAULTS = "project_defaults"
_LONGEST = 60
"""Maximum characters of an invalid value in a message."""


def validated(spec: Spec, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return options as ansible-core converts them; null if it rejects them."""
    checked = ArgumentSpecValidator(spec).validate(given)
    return None if checked.error_messages else dict(checked.validated_parameters)


class OptionCheck:
    """The errors of options according to their specification; C(sound): the options without invalid ones."""

    def __init__(self, spec: Spec, given: Mapping[str, Any]) -> None:
        self.problems: list[Problem] = []
        self.sound = self._options(spec, given, "")
        self.problems += (replace(each, what=f"{each.what}.") for each in bad_lists(spec, given))

    def unaffected(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return those problems of valid options that do not result from invalid ones."""
        wrong = {(each.where, each.option.partition("[")[0]) for each in self.problems}
        objects = {where for where, unused_option in wrong}
        lost = {each.where for each in self.problems if not each.of_name}
        everywhere = _DEFAULTS in lost
        return [
            each
            for each in problems
            if (each.where, each.option.partition("[")[0]) not in wrong
            and not (each.where in objects and not each.option)
            and not (each.option.startswith("purge[") and (everywhere or each.where in lost))
        ]

    def _options(self, spec: Spec, given: Mapping[str, Any], where: str) -> dict[str, Any]:
        sound = {}
        for name, value in given.items():
            if name not in spec:
                said = unknown_word(str(name), value, spec)
                self.problems.append(Problem(said, where, str(name), of_name=True))
            elif value is not None:
                before = len(self.problems)
                taken = self._value(spec[name], value, where, name)
                if len(self.problems) == before or isinstance(taken, (dict, list)):
                    sound[name] = taken
        return sound

    def _value(self, spec: Spec, value: Any, where: str, option: str) -> Any:
        """Return a value with invalid parts left empty; null if it is invalid as a whole."""
        if spec["type"] == "list" and isinstance(value, str) and in_brackets(value):
            return None  # bad_lists() reports it
        taken, problem = _converted(spec["type"], value)
        if problem:
            self.problems.append(Problem(f"{option} {problem}{_not(value, spec)}.", where, option))
            return None
        place = f"{where}.{option}" if where else option
        if spec["type"] == "dict" and "options" in spec:
            return self._options(spec["options"], taken, place)
        if spec["type"] == "list":
            return [self._element(spec, each, where, f"{option}[{number}]") for number, each in enumerate(taken)]
        self._choice(spec, taken, where, option)
        return taken

    def _element(self, spec: Spec, value: Any, where: str, entry: str) -> Any:
        place = f"{where}.{entry}" if where else entry
        if value is None and spec.get("elements") == "dict":
            self.problems.append(Problem("This is empty. Remove it, or say what is meant.", place))
            return {}
        if value is None:
            return None
        taken, problem = _converted(spec.get("elements", "raw"), value)
        if problem:
            said = f"This {problem}{_not(value, spec)}.{_as_dictionary(spec, value)}"
            self.problems.append(Problem(said, place))
            return {}
        if spec.get("elements") == "dict" and "options" in spec:
            return self._options(spec["options"], taken, place)
        self._choice(spec, taken, where, entry)
        return taken

    def _choice(self, spec: Spec, value: Any, where: str, option: str) -> None:
        choices = spec.get("choices")
        if choices is not None and value not in choices:
            name = option.partition("[")[0]
            said = f"{name} must be one of {', '.join(map(str, choices))}{_not(value, spec)}."
            self.problems.append(Problem(said, where, option))


def _converted(kind: str, value: Any) -> tuple[Any, str]:
    """Return a value converted to its type, or what it must be."""
    if kind not in _TYPES:
        return value, ""
    convert, name = _TYPES[kind]
    try:
        return convert(value), ""
    except (TypeError, ValueError):
        return None, f"must be {name}"


def _as_dictionary(spec: Spec, value: Any) -> str:
    """Return how to write an object that is declared only by its name."""
    name = next((each for each in _NAMES if each in (spec.get("options") or ())), "")
    return f" Write {name}: {value}" if name and isinstance(value, str) and len(value) <= _LONGEST else ""


def _not(value: Any, spec: Spec) -> str:
    """Return what a value is instead, unless it is secret."""
    if isinstance(value, (dict, list)):
        return f", not a {'dictionary' if isinstance(value, dict) else 'list'}"
    text = repr(value)
    return "" if spec.get("no_log") or len(text) > _LONGEST else f", not {text}"
