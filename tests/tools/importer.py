# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the collection and import it as Galaxy and Automation Hub do: their importer must not complain."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.project import BUILD, ROOT, VENV, environment

PLACE = BUILD / "import"
# Certification requires one of the tags by which Automation Hub sorts. ansible-test runs in a check of its own.
SETTINGS = """\
[galaxy-importer]
CHECK_REQUIRED_TAGS = True
RUN_ANSIBLE_TEST = False
"""

KNOWN = ("extensions/awx/configure.yml", "syntax-check[unknown-module]", "'awx.awx.")
"""The only complaint that is accepted: the importer has no other collections, and this playbook is for awx.awx."""


def build(place: Path) -> Path:
    """Build the collection's archive in an otherwise empty directory."""
    shutil.rmtree(place, ignore_errors=True)
    command = [str(VENV / "bin" / "ansible-galaxy"), "collection", "build", "--output-path", str(place)]
    subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, check=True)
    (archive,) = place.glob("*.tar.gz")
    return archive


def main() -> int:
    """Import the archive, show the log, and count the complaints in it."""
    archive = build(PLACE)
    settings = PLACE / "galaxy-importer.cfg"
    settings.write_text(SETTINGS, encoding="utf-8")
    # The importer also leaves importer_result.json in the directory of the log.
    done = subprocess.run(
        [sys.executable, "-m", "galaxy_importer.main", str(archive)],
        cwd=PLACE,
        env={**environment(), "GALAXY_IMPORTER_CONFIG": str(settings)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )
    logged = re.findall(r"^(?:WARNING|ERROR|CRITICAL).*", done.stdout, re.MULTILINE)
    complaints = [line for line in logged if not all(part in line for part in KNOWN)]
    print(done.stdout if done.returncode else "\n".join(complaints), end="")
    finished = "Importer processing completed successfully" in done.stdout
    print(f"{archive.name}: {len(complaints)} complaints, {'imported' if finished else 'not imported'}.")
    return int(bool(done.returncode or complaints or not finished))


if __name__ == "__main__":
    sys.exit(main())
