# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the documentation site from the guides and from antsibull-docs' pages of modules, plugins and roles."""

from __future__ import annotations

import shutil
import subprocess
import sys

from tools.project import BUILD, ROOT, VENV, environment

COLLECTION = "community.openai_admin"
SETTINGS = ROOT / "docs" / "site"
SOURCE = BUILD / "docs" / "source"
PAGES = BUILD / "docs" / "html"


def collect() -> None:
    """Collect the sources of the pages in one directory."""
    shutil.rmtree(SOURCE.parent, ignore_errors=True)
    reference, guides = SOURCE / "reference", SOURCE / "guides"
    guides.mkdir(parents=True)
    reference.mkdir(mode=0o700)  # antsibull-docs refuses to write to a directory that others may write to
    shutil.copy(SETTINGS / "index.md", SOURCE)
    for path in (ROOT / "docs").iterdir():
        if path.suffix in (".md", ".png"):
            shutil.copy(path, guides)


def commands() -> tuple[tuple[str, ...], ...]:
    """Return the commands to run. Every warning is an error, such as a link to a page that does not exist."""
    antsibull = ("antsibull-docs", "--config-file", str(SETTINGS / "antsibull-docs.cfg"), "collection")
    layout = ("--use-current", "--fail-on-error", "--squash-hierarchy", "--dest-dir", str(SOURCE / "reference"))
    sphinx = ("sphinx-build", "-b", "html", "-c", str(SETTINGS), "-d", str(SOURCE.parent / "doctrees"))
    strict = ("--quiet", "--nitpicky", "--fail-on-warning", "--keep-going")
    return (*antsibull, *layout, COLLECTION), (*sphinx, *strict, str(SOURCE), str(PAGES))


def main() -> int:
    """Build the site."""
    collect()
    for tool, *arguments in commands():
        status = subprocess.run([str(VENV / "bin" / tool), *arguments], env=environment(), check=False).returncode
        if status:
            return status
    print(f"The documentation is in {(PAGES / 'index.html').relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
