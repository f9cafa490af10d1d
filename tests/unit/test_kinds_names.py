# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Only the registry names kinds: code for all kinds names none of them, so that a new kind needs no change.

All code may name two rows: C(PROJECTS), which contain objects of other kinds, and C(PEOPLE), whose access other kinds
describe. Code about certain kinds is listed here, with the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.community import openai_admin
from ansible_collections.community.openai_admin.plugins.module_utils._kinds import registry
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind

PLUGINS = Path(next(iter(openai_admin.__path__)), "plugins")
KINDS = "ansible_collections.community.openai_admin.plugins.module_utils._kinds"
FILES = {
    path.relative_to(PLUGINS).as_posix(): path
    for folder in ("module_utils/_core", "module_utils/_info", "module_utils/_module", "module_utils/_organization")
    for path in sorted((PLUGINS / folder).glob("*.py"))
} | {
    path.relative_to(PLUGINS).as_posix(): path for path in sorted((PLUGINS / "plugin_utils").rglob("*.py"))
}  # fmt: skip
ROWS = {name for name, value in vars(registry).items() if isinstance(value, Kind)} - {"PROJECTS", "PEOPLE"}
NAMES = {row.resource.kind for row in registry.KINDS}
SHARED = {"registry", "access", "issued_keys", "taken_names"}
"""Modules beside the kinds that are not kinds."""
ABOUT: dict[str, str] = {
    "module_utils/_organization/certificates.py": "a set that decides who reaches the API is planned by its own rules",
    "module_utils/_organization/invitees.py": "people who are declared and not there are invited",
    "module_utils/_organization/people.py": "people of the organization and of its projects are the same ones",
    "module_utils/_organization/rules.py": "says whose rules need the snapshot",
    "plugin_utils/_jobs/audit_checks.py": "says what is not looked into: undeclared projects",
    "plugin_utils/_jobs/audit_findings.py": "owners of the organization come first",
}


def named(text: str) -> Iterator[str]:
    """Yield the places where code names a kind: an import of one, or a comparison with one."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(KINDS):
            found = {(node.module or "").removeprefix(KINDS).lstrip(".") or alias.name for alias in node.names}
            yield from sorted(found - SHARED)
            yield from sorted({alias.name for alias in node.names} & ROWS)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(is_kind, sides)) and any(map(is_certain, sides)):
                yield ast.unparse(node)


def is_kind(side: ast.expr) -> bool:
    """Return whether an expression is the kind of an object: C(step.kind), C(each["kind"])."""
    if isinstance(side, ast.Subscript):
        return isinstance(side.slice, ast.Constant) and side.slice.value == "kind"
    return isinstance(side, ast.Attribute) and side.attr == "kind"


def is_certain(side: ast.expr) -> bool:
    """Return whether an expression is one certain kind, or several: C("user"), C(USER.kind)."""
    parts = side.elts if isinstance(side, (ast.Tuple, ast.List, ast.Set)) else [side]
    return any(
        (isinstance(part, ast.Constant) and part.value in NAMES)
        or (is_kind(part) and isinstance(part, ast.Attribute) and ast.unparse(part.value).isupper())
        for part in parts
    )


def test_code_for_all_kinds_names_none() -> None:
    found = {file: list(named(path.read_text(encoding="utf-8"))) for file, path in FILES.items() if file not in ABOUT}
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize("file", ABOUT)
def test_what_may_name_kinds_does_so(file: str) -> None:
    assert list(named(FILES[file].read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        f"from {KINDS}.user import USER",
        f"from {KINDS} import user",
        f"from {KINDS}.registry import MEMBERS",
        "a = step.kind == USER.kind",
        "a = step.resource.kind in (USER.kind, PROJECT.kind)",
        "a = each['kind'] == 'project'",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert list(named(text))


@pytest.mark.parametrize(
    "text",
    [
        f"from {KINDS} import registry",
        f"from {KINDS}.registry import KINDS, PEOPLE, PROJECTS",
        "a = step.kind == other.kind",
        "a = step.kind in SETS",
    ],
)
def test_no_name_is_no_name(text: str) -> None:
    assert list(named(text)) == []
