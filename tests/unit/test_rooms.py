# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rooms: which folders of module_utils may import from which others, as CONTRIBUTING.md says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.community import openai_admin

ROOMS = Path(next(iter(openai_admin.__path__)), "plugins", "module_utils")
PACKAGE = "ansible_collections.community.openai_admin.plugins"

BASE = {"_api", "_model", "_values"}
ENGINE = {"_core", *BASE}
MAY_IMPORT: dict[str, set[str]] = {
    "_values": set(),
    "_api": {"_values"},
    "_model": {"_values"},
    "_kinds": {"_model", "_values"},
    "_core": BASE,
    "_info": ENGINE,
    "_reports": {*ENGINE, "_kinds"},
    "_keys": {*ENGINE, "_kinds"},
    "_certificates": {*ENGINE, "_kinds"},
    "_organization": {*ENGINE, "_kinds", "_info", "_reports", "_keys", "_certificates"},
    "_module": ENGINE,
}


def imported(text: str) -> Iterator[str]:
    """Yield the rooms that a file imports from, and all other imports from collections by their full name."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield "." * node.level
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            start = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for name in (f"{start}{alias.name}" for alias in node.names):
                if name.startswith(f"{PACKAGE}.module_utils."):
                    yield name.split(".")[5]
                elif name.startswith("ansible_collections."):
                    yield name


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_from_those_below_it(room: str) -> None:
    files = sorted((ROOMS / room).rglob("*.py"))
    found = {(file.stem, other) for file in files for other in imported(file.read_text(encoding="utf-8"))}
    assert {(file, other) for file, other in found if other not in {room, *MAY_IMPORT[room]}} == set()
    assert found or room == "_values"


def test_every_file_is_in_a_room() -> None:
    assert {file.relative_to(ROOMS).parts[0] for file in ROOMS.rglob("*.py")} == set(MAY_IMPORT)


def test_rooms_do_not_import_each_other() -> None:
    """Each room may import only from rooms above it in the table, or in the same row: the rooms are ordered."""
    left = dict(MAY_IMPORT)
    while ready := [room for room, others in left.items() if not others & set(left)]:
        for room in ready:
            del left[room]
    assert left == {}


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (f"from {PACKAGE}.module_utils._api.client import Client", "_api"),
        (f"from {PACKAGE}.module_utils import _api", "_api"),
        (f"def act():\n    import {PACKAGE}.module_utils._api.client", "_api"),
        (f"from {PACKAGE}.plugin_utils import _jobs", f"{PACKAGE}.plugin_utils._jobs"),
        ("from .._api import client", ".."),
    ],
)
def test_every_import_is_found(line: str, other: str) -> None:
    assert list(imported(line)) == [other]


THREADS = {"asyncio", "concurrent", "multiprocessing", "subprocess", "_thread"}
"""Packages that can run something at the same time."""


def starts_threads(text: str) -> bool:
    """Return whether a file can run something at the same time; locks and events cannot."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import) and any(alias.name.split(".")[0] in THREADS for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in THREADS:
            return True
        name = node.attr if isinstance(node, ast.Attribute) else node.name if isinstance(node, ast.alias) else ""
        if name in ("Thread", "Timer", "fork", "ThreadPool"):
            return True
    return False


def test_one_file_starts_threads() -> None:
    """It spreads requests over routes, and begins none after the task was stopped."""
    files = (file for file in ROOMS.rglob("*.py") if starts_threads(file.read_text(encoding="utf-8")))
    assert [file.relative_to(ROOMS).as_posix() for file in files] == ["_api/parallel.py"]


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("from concurrent.futures import ThreadPoolExecutor", True),
        ("import concurrent.futures", True),
        ("import threading\nthreading.Thread(target=print).start()", True),
        ("from threading import Thread as T", True),
        ("from multiprocessing.pool import ThreadPool", True),
        ("import threading\nlock = threading.Lock()", False),
    ],
)
def test_every_way_to_start_threads_is_found(line: str, starts: bool) -> None:
    assert starts_threads(line) is starts
