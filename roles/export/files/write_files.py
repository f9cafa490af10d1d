# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the files of an export, as the lookup export_changes has planned it: write_files.py MODE write < CHANGES.

C(CHANGES) is JSON. What is to be kept is copied first; then files are written, each as a whole or not at all; then
those of projects that are gone are removed. Prints as JSON which files changed, or, with C(predict), would.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any


def write(path: Path, text: str, mode: int) -> None:
    """Write a file as a whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def change(changes: dict[str, Any], mode: int) -> None:
    """Make the changes, all but those of modes."""
    for path, copy in changes["backup"].items():
        Path(copy).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    for path, text in changes["write"].items():
        write(Path(path), text, mode)
    for path in changes["remove"]:
        Path(path).unlink()


def main() -> None:
    mode, writes = int(sys.argv[1], 8), sys.argv[2] == "write"
    changes = json.load(sys.stdin)
    changed = {*changes["write"], *changes["remove"]}
    moded = [path for path in changes["files"] if path not in changed and Path(path).stat().st_mode & 0o777 != mode]
    if writes:
        change(changes, mode)
        for path in moded:
            Path(path).chmod(mode)
    print(json.dumps({"changed": [*changes["write"], *changes["remove"], *moded]}))


if __name__ == "__main__":
    main()
