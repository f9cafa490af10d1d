# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of this project that no linter checks: each returns the lines of a text that break it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

HEADER = """\
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""
MODULE_LINES = 25
"""The maximum number of lines of a module's own code, below its documentation."""
DOCUMENTATION = ("DOCUMENTATION", "EXAMPLES", "RETURN")


@cache
def parsed(text: str) -> ast.Module:
    """Return the syntax tree of a text."""
    return ast.parse(text)


@dataclass(frozen=True)
class Rule:
    """A rule: C(find) returns the lines that break it; the C(exempt) files may break it."""

    find: Callable[[str], list[int]]
    exempt: tuple[str, ...] = ()
    within: str | tuple[str, ...] = ""


def lines(found: Iterator[Any]) -> list[int]:
    """Return the lines of syntax nodes, each once."""
    return sorted({node.lineno for node in found})


def check_mode(text: str) -> list[int]:
    """Return the lines that read check mode, except where C(Mode) is created; C(x.check()) is something else."""
    tree = parsed(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {id(call.func) for call in calls}
    makes = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Mode"]
    made = {id(node) for call in makes for node in ast.walk(call)}
    return lines(
        node
        for node in ast.walk(tree)
        if id(node) not in made
        and (
            (isinstance(node, ast.Attribute) and node.attr == "check" and id(node) not in called)
            or (isinstance(node, ast.Attribute) and node.attr in ("check_mode", "_ansible_check_mode"))
            or (isinstance(node, ast.Constant) and node.value in ("check_mode", "_ansible_check_mode"))
        )
    )


def names(*forbidden: str) -> Callable[[str], list[int]]:
    """Return a function that returns the lines with any of these names, whether imported, called or subclassed."""

    def find(text: str) -> list[int]:
        return lines(
            node
            for node in ast.walk(parsed(text))
            if (isinstance(node, ast.Name) and node.id in forbidden)
            or (isinstance(node, ast.Attribute) and node.attr in forbidden)
            or (isinstance(node, ast.ImportFrom) and any(alias.name in forbidden for alias in node.names))
        )

    return find


def top(module: str | None) -> str:
    """Return the top-level package of a module."""
    return (module or "").partition(".")[0]


def imports(*packages: str) -> Callable[[str], list[int]]:
    """Return a function that returns the lines that import these packages, anywhere in a file."""

    def find(text: str) -> list[int]:
        return lines(
            node
            for node in ast.walk(parsed(text))
            if (isinstance(node, ast.Import) and any(top(alias.name) in packages for alias in node.names))
            or (isinstance(node, ast.ImportFrom) and top(node.module) in packages)
        )

    return find


def asserts(text: str) -> list[int]:
    """Return the lines with an C(assert)."""
    return lines(node for node in ast.walk(parsed(text)) if isinstance(node, ast.Assert))


def catches_all(text: str) -> list[int]:
    """Return the lines that catch all exceptions."""
    return lines(
        node
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or any(
                isinstance(part, ast.Name) and part.id in ("Exception", "BaseException") for part in ast.walk(node.type)
            )
        )
    )


def header(text: str) -> list[int]:
    """Return the first line if the license header is missing."""
    return [] if text.removeprefix("#!/usr/bin/python\n").startswith(HEADER) else [1]


def silences(text: str) -> list[int]:
    """Return the lines that silence ruff or mypy."""
    return [number for number, line in enumerate(text.splitlines(), 1) if "noqa" in line or "type: ignore" in line]


def long_module(text: str) -> list[int]:
    """Return the line from which a module's own code is too long."""
    documentation = [
        node.end_lineno or 0
        for node in parsed(text).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if node.targets[0].id in DOCUMENTATION
    ]
    last = max(documentation, default=0) + MODULE_LINES
    return [last + 1] if len(text.rstrip().splitlines()) > last else []


def shared_defaults(text: str) -> list[int]:
    """Return the lines of fields whose default Python before 3.12 refuses as mutable."""
    classes = [node for node in parsed(text).body if isinstance(node, ast.ClassDef) and node.decorator_list]
    return lines(
        node
        for each in classes
        for node in each.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Name) and node.value.id == "NOTHING"
    )


def literal_ids(text: str) -> list[int]:
    """Return the lines that read C("id") from an object, since answers of some kinds have another key."""

    def is_id(node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and node.value == "id"

    return lines(
        node
        for node in ast.walk(parsed(text))
        if (isinstance(node, ast.Subscript) and is_id(node.slice))
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and any(map(is_id, node.args[:1]))
        )
    )


RULES = {
    "check mode is decided in one file": Rule(check_mode, ("module_utils/_core/mode.py",)),
    "one file is an Ansible module": Rule(
        names("AnsibleModule", "exit_json", "fail_json"), ("module_utils/_module/runner.py",)
    ),
    "only the client speaks HTTP": Rule(
        imports("requests", "urllib3", "http", "httpx", "socket"),
        ("module_utils/_api/client.py", "module_utils/_api/deadline.py"),
    ),
    "the engine knows no Ansible": Rule(
        imports("ansible"),
        tuple(
            f"module_utils/{file}.py"
            for file in ("_core/masking", "_core/options", "_module/runner", "_organization/option_check")
        ),
        within="module_utils/",
    ),
    "modules need no SDK": Rule(
        imports("openai", "pydantic", "yaml"),
        tuple(
            f"plugin_utils/{file}.py"
            for file in ("_declaration/text", "_declaration/variables", "_declaration/yaml_text", "_jobs/settings")
        ),
    ),
    "nothing is asserted": Rule(asserts),
    "no error is caught unseen": Rule(catches_all),
    "every file has the licence": Rule(header),
    "no checker is silenced": Rule(silences),
    "fields have defaults of their own": Rule(shared_defaults),
    "a module is a declaration": Rule(long_module, within="modules/"),
    "a kind says what its ids are called": Rule(literal_ids, within=("module_utils/_core/", "module_utils/_info/")),
}
