# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/troubleshooting.md has every error that the collection can raise, and the tests that SECURITY.md names exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.community import openai_admin

ROOT = Path(next(iter(openai_admin.__path__)))
SOURCES = sorted((ROOT / "plugins").rglob("*.py"))
ERRORS = {
    "_refusal",
    "AdminError",
    "ApiError",
    "BadAnswer",
    "BadInput",
    "NotFound",
    "Problem",
    "Refuse",
    "Refused",
    "RequestError",
    "Unreachable",
    "Unreadable",
    "_flaw",
    "_lose",
    "_tell",
}
LISTS = {"problems", "flaws", "missing"}
"""The names of lists that collect problems for one error."""
TELLING = 9
"""The number of characters that suffice to distinguish a message from others."""
DOCUMENT = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")


def literals(node: ast.expr | None) -> list[str]:
    """Return the constant parts of a text, in order."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return [part for each in node.values for part in literals(each)]
    if isinstance(node, ast.BinOp):
        return literals(node.left) + literals(node.right)
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


def messages(source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that raises an error or collects a problem, with the constant parts of the message."""
    for node in ast.walk(ast.parse(source)):
        text: ast.expr | None = None
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            gathered = name == "append" and isinstance(node.func, ast.Attribute) and _gathers(node.func.value)
            text = node.args[0] if name in ERRORS or gathered else None
        elif isinstance(node, ast.Yield):
            text = node.value
        parts = [part.strip() for part in literals(text) if len(part.strip(" .:;,'()")) >= TELLING]
        if parts:
            yield node.lineno, parts


def _gathers(place: ast.expr) -> bool:
    return getattr(place, "id", getattr(place, "attr", "")) in LISTS


def documented() -> list[str]:
    """Return the constant parts of all messages in the document, which are the code in first columns."""
    cells = re.findall(r"^\| (.+?) \|", DOCUMENT, re.MULTILINE)
    spans = [span for cell in cells for span in re.findall(r"`([^`]+)`", cell)]
    return [part.strip(" .") for span in spans for part in span.split("…") if len(part.strip(" .:;,'()")) >= TELLING]


def is_documented(parts: list[str]) -> bool:
    return any(known in part or part.strip(" .") in known for part in parts for known in documented())


IN_CONTROLLER = tuple(
    ROOT / "plugins" / "plugin_utils" / file
    for file in (
        "_action.py",
        "_declaration/file.py",
        "_declaration/yaml_text.py",
        "_files/changes.py",
        "_files/modes.py",
    )
)
"""The files of the controller that raise errors of tasks."""
FOUND = [
    pytest.param(parts, id=f"{path.relative_to(ROOT).as_posix()}:{line}")
    for path in SOURCES
    if "module_utils" in path.parts or path in IN_CONTROLLER
    for line, parts in messages(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("parts", FOUND)
def test_a_message_is_in_the_document(parts: list[str]) -> None:
    assert is_documented(parts), " … ".join(parts)


def test_there_is_something_to_look_for() -> None:
    assert len(FOUND) > 80
    assert not is_documented(["a message that nobody has written down"])


def test_each_promise_is_kept_by_tests() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promised, unused_rest = text.split("## What is promised")[1].split("## What is not promised")
    promises = [line for line in promised.splitlines() if line.startswith("- ")]
    assert len(promises) > 7
    for promise in promises:
        tests = re.findall(r"`(tests/[a-z_/.]+)`", promise)
        assert tests, promise
        assert [name for name in tests if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "source",
    [
        'raise BadInput("This cannot be so.")',
        'raise BadInput(f"{name} cannot be so, or {other}") from None',
        'return Refuse("This cannot be so.")',
        'problems.append(f"{name} cannot be so")',
        'def check():\n    yield f"{name} cannot be so"',
    ],
)
def test_messages_are_found(source: str) -> None:
    assert [parts for unused_line, parts in messages(source) if "cannot be so" in parts[0]] != []
