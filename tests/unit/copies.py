# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copies of the files that `make generate` reads and writes."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.project import ROOT

NEEDED = (
    *("README.md", "galaxy.yml", "meta", "plugins/action", "plugins/modules", "roles"),
    *("docs/operations.yml", "docs/rate_limits.md", "docs/requests.yml"),
)


def copy_of_generated(folder: Path) -> Path:
    """Copy these files to a folder, and return the folder."""
    for name in NEEDED:
        place = folder / name
        place.parent.mkdir(exist_ok=True, parents=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place)
    return folder
