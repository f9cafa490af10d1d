# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Merges an organization into the files of a declaration that somebody maintains."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, refusal
from ansible_collections.community.openai_admin.plugins.module_utils._organization.name import OPTION, mismatch
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.export_files import (
    Changes,
    merged_changes,
    organization_of,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.file import read_declaration
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.onto import PROJECTS, Edit, merge
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import write_path
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.round_trip import NotWritten, edited
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import project_file


def plan_onto(
    place: Path, organization: Mapping[str, Any], ids: Mapping[str, Any], loader: DataLoader, name: str | None = None
) -> Changes:
    """Return the changes of the files of a declaration. C(name): the organization's name in the answers.

    :raises BadInput: the declaration cannot be read, is for another organization, or cannot be changed.
    """
    reading = read_declaration(str(place), loader)
    if reading.problems:
        raise refusal(BadInput, reading.problems)
    wrong = mismatch(reading.content.get(OPTION), name)
    if wrong:
        raise BadInput(f"{reading.place('', OPTION)}: {wrong}")
    text = reading.main.path.read_bytes().decode("utf-8-sig", "replace")
    before = organization_of(text.replace("\r\n", "\n"))
    if before and name and before != name:
        raise BadInput(f"{write_path(reading.main.path)} is for the organization '{before}', not for '{name}'.")
    made = merge(reading.content, organization, ids)
    edits: dict[Path, list[Edit]] = {}
    new: dict[Path, str] = {}
    for edit in made.edits:
        file, steps = reading.file_of(edit.steps)
        edits.setdefault(file.path, []).append(Edit((*file.root, *steps), edit.value, edit.adds))
    for project in made.new_projects:
        if place.is_dir():
            taken = {path.relative_to(place).as_posix() for path in [*place.rglob("*.yml"), *new]}
            name, text = project_file(project, taken)
            new[place / name] = text
        else:
            added = Edit((*reading.main.root, PROJECTS), project, adds=True)
            edits.setdefault(reading.main.path, []).append(added)
    texts = {path: _edited(path, changes) for path, changes in edits.items()}
    missing = [f"{reading.place(where)}: {where}" for where in made.left]
    return merged_changes(place, {**texts, **new}, missing)


def _edited(path: Path, edits: list[Edit]) -> str:
    raw = path.read_bytes()
    if raw.startswith(b"$ANSIBLE_VAULT"):
        raise BadInput(f"{write_path(path)} is encrypted, and would be written unencrypted.")
    text = raw.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    try:
        return edited(text.replace("\r\n", "\n"), edits).replace("\n", end)
    except NotWritten as reason:
        raise BadInput(f"{write_path(path)}: {reason}") from None
