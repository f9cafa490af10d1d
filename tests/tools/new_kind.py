# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the skeletons of a new kind of object: python -m tools.new_kind KIND [PLURAL]."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from string import Template

import yaml

from tools.generate import read, write
from tools.project import ROOT, VENV

SKELETON = Path(__file__).with_name("skeleton")
FILES = {
    "plugins/module_utils/_kinds/{kind}.py": "data.py.txt",
    "plugins/modules/{kind}.py": "module.py.txt",
    "plugins/modules/{kind}_info.py": "info.py.txt",
    "tests/simulator/routes/{plural}.py": "routes.py.txt",
    "tests/integration/targets/{kind}.yml": "cases.yml.txt",
    "changelogs/fragments/{kind}.yml": "changelog.yml.txt",
}
"""The files to write for a kind, and the skeleton of each."""
SHEBANG = "#!/usr/bin/python"
"""The first line of modules; ansible-test accepts it in no other file."""

FURTHER = """
Fill them in: comments say how. Then add
- a row to plugins/module_utils/_kinds/registry.py, if a declaration can have it,
- what the simulator remembers of it to tests/simulator/organization.py,
- what tasks cost to docs/requests.yml, with a task for each row in tests/integration/counted_tasks.py,
- what contract tests need: CONTRIBUTING.md lists it,
and run `make generate` and `make test`. To take it back, delete the new ones of these files and run `make generate`."""


def new(root: Path, kind: str, plural: str = "") -> list[str]:
    """Write the skeletons of a kind, update the generated files, and return the paths of all written files."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", kind):
        raise ValueError(f"{kind!r} is not a name for a kind, such as spend_alert.")
    names = words(kind, plural or plural_of(kind)) | {"version": next_version(root)}
    texts = {path.format_map(names): filled(skeleton, names) for path, skeleton in FILES.items()}
    there = [path for path in texts if (root / path).exists()]
    if there:
        raise ValueError(f"{', '.join(there)} is there already.")
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8")
    return [*texts, *(path for path in write(root) if path not in texts)]


def words(kind: str, plural: str) -> dict[str, str]:
    """Return the values of the placeholders in skeletons."""
    title, titles = kind.replace("_", " "), plural.replace("_", " ")
    return {
        "shebang": SHEBANG,
        "kind": kind,
        "plural": plural,
        "KIND": kind.upper(),
        "PLURAL": plural.upper(),
        "title": title,
        "titles": titles,
        "Titles": titles.capitalize(),
    }


def plural_of(kind: str) -> str:
    """Return the regular plural of a kind."""
    return f"{kind[:-1]}ies" if re.search(r"[^aeiou]y$", kind) else f"{kind}s"


def next_version(root: Path) -> str:
    """Return the next minor version of the collection."""
    major, minor, dummy = yaml.safe_load(read(root, "galaxy.yml"))["version"].split(".")
    return f"{major}.{int(minor) + 1}.0"


def filled(skeleton: str, names: dict[str, str]) -> str:
    """Return a skeleton with its placeholders filled in."""
    return Template((SKELETON / skeleton).read_text(encoding="utf-8")).substitute(names)


def main() -> int:
    """Write the skeletons, print their paths and say what to do next."""
    arguments = [argument for argument in sys.argv[1:] if argument]
    if not arguments:
        print("Say which: make new KIND=policy PLURAL=policies", file=sys.stderr)
        return 1
    try:
        files = new(ROOT, *arguments)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    sources = [file for file in files if file.endswith(".py")]
    subprocess.run([VENV / "bin" / "ruff", "format", "--quiet", *sources], cwd=ROOT, check=True)  # names may be long
    print("\n".join(files), FURTHER, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
