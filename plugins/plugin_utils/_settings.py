# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What a job was told: variables, which a survey sends as text, by the role's own argument specification."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

_TOLD = ("choices", "default", "elements", "required", "type")
"""What an option's specification says of its value; the rest describes it."""


class Unusable(ValueError):
    """A job was told what it cannot use; the message names every such variable."""


def settings(values: Sequence[Any], options: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The settings by the options' full names, from their values in the options' order.

    An empty text and null count as not set. A list may be a text separated by commas or newlines; one of
    dictionaries, a text in YAML or JSON.

    :raises Unusable: for all values that are missing, of another type or not among the choices.
    """
    given = {name: value for name, value in zip(options, values) if value is not None and value != ""}
    spec = _spec(options)
    parts = {name: _parts(value, spec[name]) for name, value in given.items()}
    result = ArgumentSpecValidator(spec).validate(parts)
    if result.error_messages:
        raise Unusable(" ".join(f"{message.rstrip('.')}." for message in result.error_messages))
    return dict(result.validated_parameters)


def _spec(options: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The options as ansible-core's own validation takes them, those of options as well."""
    return {
        name: {
            **{key: option[key] for key in _TOLD if key in option},
            **({"options": _spec(option["options"])} if "options" in option else {}),
        }
        for name, option in options.items()
    }


def _parts(value: Any, option: Mapping[str, Any]) -> Any:
    """A list that came as text: of dictionaries it is YAML, which JSON is as well."""
    if not isinstance(value, str) or option.get("type") != "list":
        return value
    if option.get("elements") == "dict":
        try:
            return yaml.safe_load(value)
        except yaml.YAMLError:
            return value
    return [part for part in (each.strip() for each in re.split(r"[,\n]", value)) if part]
