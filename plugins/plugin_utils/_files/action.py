# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The action plugin write_files: its options, how it runs, and its result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.plugins.action import ActionBase
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, masked
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import carry_out
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import absolute
from ansible_collections.community.openai_admin.plugins.plugin_utils._files.changes import (
    Wanted,
    carried_out,
    creates_folder,
    difference,
    differing,
    real,
)

ARGUMENT_SPEC: dict[str, dict[str, Any]] = {
    "files": {"type": "dict", "default": {}},
    "kept": {"type": "list", "elements": "path", "default": []},
    "removed": {"type": "list", "elements": "path", "default": []},
    "backups": {"type": "dict", "default": {}},
    "directory": {"type": "path"},
    "directory_mode": {"type": "raw"},
    "mode": {"type": "raw"},
    "owner": {"type": "str"},
    "group": {"type": "str"},
}


class ActionModule(ActionBase):
    """Writes files on the controller."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = dict(super().run(tmp, task_vars))
        validate: Any = self.validate_argument_spec
        unused_checked, options = validate(argument_spec=ARGUMENT_SPEC)
        mode = Mode(check=self._task.check_mode, diff=self._task.diff)
        try:
            wanted = _wanted(options)
            changes = differing(wanted)
            is_new = creates_folder(wanted)
            made = carry_out(mode, lambda: carried_out(changes, wanted), lambda: changes)
        except AdminError as error:
            return {**result, "failed": True, "changed": False, "msg": error.message}
        if mode.diff:
            most = int(constants.config.get_config_value("MAX_FILE_SIZE_FOR_DIFF"))
            result["diff"] = [difference(each, most) for each in made]
        paths = [str(each.path) for each in made]
        backups = {masked(str(path)): masked(str(copy)) for path, copy in wanted.copies.items() if str(path) in paths}
        files = [str(path.resolve()) for path in wanted.texts]
        told = {"changed_files": masked(paths), "files": masked(files), "backups": backups}
        return {**result, "changed": bool(made) or is_new, **told}


def _wanted(options: Mapping[str, Any]) -> Wanted:
    folder = Path(absolute(options["directory"] or "."))

    def place(path: str) -> Path:
        full = folder / Path(path).expanduser()
        return real(full) if ".." in full.parts else full

    return Wanted(
        texts={place(path): _text(content) for path, content in options["files"].items()},
        kept=tuple(map(place, options["kept"])),
        gone=tuple(map(place, options["removed"])),
        copies={place(path): place(copy) for path, copy in options["backups"].items()},
        folder=folder,
        folder_mode=_mode(options["directory_mode"]),
        mode=_mode(options["mode"]),
        owner=options["owner"],
        group=options["group"],
    )


def _text(content: Any) -> str:
    """Return a text; data that a template produced is converted to JSON."""
    return content if isinstance(content, str) else json.dumps(content)


def _mode(mode: Any) -> str | None:
    """Return a mode as a string: YAML reads an unquoted one as a number."""
    return f"{mode:o}" if isinstance(mode, int) else mode
