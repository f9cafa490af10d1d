# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the files of an export, and remove those of projects that are gone: write_files.py PATH MODE < FILES.

C(FILES) is JSON: C({"files": {NAME: TEXT}, "whole": FOLDER}). A name is relative to PATH, and empty for PATH itself;
in the folder nothing else stays that ends with .yml. Prints as JSON what was changed and removed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path


def write(path: Path, text: str, mode: int) -> bool:
    """Write a file unless it is so already: as a whole, or not at all."""
    if path.is_file() and path.read_text(encoding="utf-8") == text and path.stat().st_mode & 0o777 == mode:
        return False
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
    return True


def main() -> None:
    place, mode = Path(sys.argv[1]), int(sys.argv[2], 8)
    wanted = json.load(sys.stdin)
    files = {place / name if name else place: text for name, text in wanted["files"].items()}
    changed = [str(path) for path, text in files.items() if write(path, text, mode)]
    there = sorted((place / wanted["whole"]).glob("*.yml")) if wanted["whole"] else []
    removed = [path for path in there if path not in files]
    for path in removed:
        path.unlink()
    print(
        json.dumps({"changed": changed + [str(path) for path in removed], "removed": [path.name for path in removed]})
    )


if __name__ == "__main__":
    main()
