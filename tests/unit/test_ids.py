# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Code asks the resource for the ID of an object, since not every answer calls it C(id).

C(resource.id_of(item)) reads the ID from an object as the API answers it. Objects that modules return have it in the
field C(ID), whatever answers call it: code may use that name where all objects come from modules. Such files are listed
here with the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.community import openai_admin
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import ID

ROOMS = Path(next(iter(openai_admin.__path__)), "plugins", "module_utils")
FILES = {
    path.relative_to(ROOMS).as_posix(): path
    for room in ("_certificates", "_core", "_info", "_organization", "_reports")
    for path in sorted((ROOMS / room).glob("*.py"))
}
RETURNED: dict[str, str] = {
    "_core/candidates.py": "a member has its ID there, wherever its own collection has it",
    "_core/current.py": "what tells of an object that is not there yet has the field",
    "_core/evidence.py": "answers to writes of a set are entries of the set, which have no resource there",
    "_core/manage.py": "a result",
    "_core/members.py": "members are as list_set() and find_candidates() return them",
    "_core/references.py": "entries of a list that refer to objects are sent with it",
    "_info/listing.py": "projects are given as project_info returns them",
    "_info/include.py": "people are as user_info returns them",
    "_info/owned.py": "groups and people are given as group_info and user_info return them",
    "_organization/export.py": "entries of a list that refer to projects have it",
    "_organization/manage.py": "a result",
    "_organization/people.py": "a prediction, and what tells of a membership that is hidden",
    "_organization/plan.py": "entries of a list that refer to projects have it, and what tells of a membership",
    "_organization/sets.py": "members are as list_set() and find_candidates() return them",
    "_organization/steps.py": "what was before a step is as modules return it",
    "_reports/events.py": "events are not objects of a resource",
}


def taken(text: str) -> Iterator[str]:
    """Yield the places where code reads the ID of an object by its key: C(item["id"]), C(item.get(ID))."""
    for node in ast.walk(ast.parse(text)):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript):
            key = node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop"):
            key = node.args[0] if node.args else None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "itemgetter":
            key = node.args[0]
        if isinstance(key, ast.Constant) and key.value == ID:
            yield repr(ID)
        elif isinstance(key, ast.Name) and key.id == "ID":
            yield "ID"


@pytest.mark.parametrize("file", FILES)
def test_no_id_is_taken_by_its_literal_key(file: str) -> None:
    found = {*taken(FILES[file].read_text(encoding="utf-8"))}
    assert found <= ({"ID"} if file in RETURNED else set())


@pytest.mark.parametrize("file", RETURNED)
def test_every_exception_is_needed(file: str) -> None:
    assert "ID" in taken(FILES[file].read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "own = item['id']",
        "own = (item or {}).get('id', None)",
        "known = {each['id']: each for each in listed}",
        "ids = map(itemgetter('id'), listed)",
        "own = tells[ID]",
        "own = item.get(ID)",
    ],
)
def test_an_id_is_found(text: str) -> None:
    assert list(taken(text))


@pytest.mark.parametrize("text", ["a = {'id': 1}", "a = resource.id_of(item)", "a = item['name']", "a = ids[OWNER]"])
def test_what_is_no_id_is_let_pass(text: str) -> None:
    assert list(taken(text)) == []
