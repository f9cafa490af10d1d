# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo, which holds itself to what it says, and where it says that its pages are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.project import ROOT, environment


def test_the_demo_ends_with_two_pages_to_look_at() -> None:
    command = [sys.executable, "-m", "integration.demo_forks"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    addresses = re.findall(r"^   (audit|cost report): +(file://\S+)$", done.stdout, re.MULTILINE)
    pages = {name: Path(unquote(urlsplit(address).path)).read_text(encoding="utf-8") for name, address in addresses}
    assert "contractor@example.com" in pages["audit"]
    assert "CC-1001" in pages["cost report"]
