# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible validates the variables of a role only where it finds the specification of its entry point."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ansible_collections.community import openai_admin

ROOT = Path(next(iter(openai_admin.__path__)))
FILES = [
    path
    for folder in ("roles", "playbooks", "extensions", "docs")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".yml", ".md"}
]
ENTRY_POINT = re.compile(r"tasks_from:\s*[\"']?([\w./{ }]+)")


def with_extension(text: str) -> list[str]:
    """Return the entry points that are named as files: ansible-core validates nothing there."""
    return [name for name in ENTRY_POINT.findall(text) if name.strip().endswith((".yml", ".yaml"))]


@pytest.mark.parametrize("text", ["tasks_from: apply.yml", "tasks_from: 'apply.yaml'"])
def test_a_name_with_an_extension_is_noticed(text: str) -> None:
    assert with_extension(text) != []


def test_no_role_is_included_by_the_name_of_a_file() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in FILES}
    assert any("tasks_from: " in text for text in texts.values())
    assert {path.name: names for path, text in texts.items() if (names := with_extension(text))} == {}
