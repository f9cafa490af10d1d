# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The YAML in guides, by what it contains: playbooks, task files, declarations and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from ansible_collections.community import openai_admin

ROOT = Path(next(iter(openai_admin.__path__)))

GUIDES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]

DECLARATION = "openai_admin_organization"


def blocks(guide: Path) -> Iterator[str]:
    """Yield the YAML blocks of a guide."""
    yield from re.findall(r"^```ya?ml\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


BLOCKS = {f"{guide.name}, {number}": text for guide in GUIDES for number, text in enumerate(blocks(guide), start=1)}
LISTS = {name: text for name, text in BLOCKS.items() if isinstance(yaml.safe_load(text), list)}
PLAYBOOKS = {name: text for name, text in LISTS.items() if all("hosts" in each for each in yaml.safe_load(text))}
TASK_FILES = {name: text for name, text in LISTS.items() if name not in PLAYBOOKS}
"""Task files of users that jobs include."""
DECLARATIONS = {name: text for name, text in BLOCKS.items() if DECLARATION in yaml.safe_load(text)}
REST = BLOCKS.keys() - LISTS.keys() - DECLARATIONS.keys()
