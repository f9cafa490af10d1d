# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find the browser that the tests open pages in, or install one."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys

from tools.project import REPORTS, VENV

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COMMAND = (str(VENV / "bin" / "python"), "-m", "tools.browser")
"""The command that installs what the tests of pages need."""


def find() -> str | None:
    """Return the path of an installed browser, or None if there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def get() -> int:
    """Install a browser if there is none: root installs the system's package, others download playwright's build."""
    if find() is not None:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-qq", "--no-install-recommends", "chromium"]
        return subprocess.run(command, check=False).returncode
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    with (REPORTS / "browser.lock").open("w") as lock:  # several checks may need it at the same time
        fcntl.flock(lock, fcntl.LOCK_EX)
        sys.exit(get())
