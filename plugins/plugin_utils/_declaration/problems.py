# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Finds all problems of a declaration, in a variable or in files, before a job reads anything."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    BadInput,
    Problem,
    problem_facts,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declaration_options,
    declared_words,
    diagnose,
    foreign_words,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.file import Reading, read_text
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import with_absolute_paths
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import (
    Place,
    in_variables,
    with_places,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import VARIABLE

_NOT_SET = f"{VARIABLE} is not set: declare it in a file and pass it with -e openai_admin_declaration=FILE."


def problems_of(declaration: Any) -> list[str]:
    """Return a line for each problem of a declaration, beginning with its place if ansible-core knows it.

    These are the problems that the module C(organization) reports before its first request, or a missing declaration.
    """
    if declaration is None or (isinstance(declaration, str) and not declaration.strip()):
        return [_NOT_SET]
    if isinstance(declaration, str):
        try:
            reading = read_text(declaration)
        except BadInput as error:
            return error.message.split("\n")
        return _lines([*reading.problems, *problem_facts(_examined(reading.content))], reading.place)
    if not isinstance(declaration, Mapping):
        return [no_dictionary(declaration)]
    given = json.loads(json.dumps(declaration, default=str))  # plain values, as modules get them
    return _lines(problem_facts([*foreign_words(given), *_examined(given)]), partial(in_variables, declaration))


def no_dictionary(declaration: Any) -> str:
    """Return the message for a variable that is not a declaration."""
    return f"{VARIABLE} must be a dictionary, not {declaration!r:.60}."


def declaration_of(value: Any) -> Any:
    """Return the declaration in a variable, parsed if it is a string in YAML or JSON, with values as written.

    :raises BadInput: the string is not a declaration.
    """
    return dict(read_text(value).content) if isinstance(value, str) and value.strip() else value


def _examined(content: Mapping[str, Any]) -> list[Problem]:
    spec = declaration_options()
    known = declared_words()
    own = {name: value for name, value in content.items() if name in known}
    return diagnose(with_absolute_paths(spec, own, os.environ))


def refuse_problems(reading: Reading, examine: bool) -> None:
    """Reject a declaration with an invalid text; with C(examine), also for all problems that the module would report.

    :raises BadInput: with a line for each problem, beginning with its place.
    """
    lines = _lines([*reading.problems, *problem_facts(_examined(reading.content) if examine else ())], reading.place)
    if lines:
        raise BadInput(lines)


def _lines(facts: Sequence[Mapping[str, Any]], place: Place) -> list[str]:
    if not facts:
        return []
    error = refusal(BadInput, facts)
    return str(with_places({"msg": error.message, **error.facts}, place)["msg"]).split("\n")
