# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a stage of the checks, or what consists of several: python -m tools STAGE."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable

from tools import matrix, sanity
from tools.checks import Check, Result, conclude, pytest, run
from tools.project import BUILD, REPORTS, ROOT, VENV

PLUGINS = "ansible_collections.community.openai_admin.plugins"

LINT = {
    "ruff": ("ruff", "check"),
    "format": ("ruff", "format", "--check"),
    "types": (
        "mypy",
        "-p",
        f"{PLUGINS}.module_utils",
        "-p",
        f"{PLUGINS}.plugin_utils",
        "-p",
        "simulator",
        "-p",
        "tools",
    ),
    "ansible-lint": ("ansible-lint", "--offline", "--profile", "production"),
    "documentation": (
        "antsibull-docs",
        "lint-collection-docs",
        "--plugin-docs",
        "--validate-collection-refs=self",
        "--disallow-unknown-collection-refs",
        ".",
    ),
    "changelog": ("antsibull-changelog", "lint"),
}

BROWSER = (str(VENV / "bin" / "python"), str(ROOT / "tests" / "tools" / "browser.py"))
"""Gets the browser in which the pages of reports are read, unless there is one."""

AWX = (sys.executable, "-m", "tools.venvs", str(BUILD / "awx"), "awx")
"""Makes the environment that has awx.awx, ansible-runner and ansible-builder."""

STAGES: dict[str, Callable[[], Iterable[Result]]] = {
    "lint": lambda: (run(Check(name, command(*arguments))) for name, arguments in LINT.items()),
    "unit": lambda: [run(pytest("unit", "tests/unit"))],
    "contract": lambda: [run(pytest("contract", "tests/contract"))],
    "integration": lambda: [run(pytest("integration", "tests/integration", setup=BROWSER))],
    "awx": lambda: [run(pytest("awx", "tests/awx", "--dist=loadfile", setup=AWX))],
    "some-faults": lambda: [run(pytest("some faults", "tests/faults"))],
    "faults": lambda: [run(pytest("faults", "tests/faults", "--every-fault"))],
    "molecule": lambda: [run(Check("molecule", command("molecule", "test", "--all")))],
    "docs": lambda: [run(Check("site", (sys.executable, "-m", "tools.docs")))],
    "checklist": lambda: [run(pytest("checklist", "tests/release", setup=BROWSER))],
    "sanity": sanity.results,
    "matrix": matrix.results,
    "import": lambda: [run(Check("galaxy-importer", (sys.executable, "-m", "tools.importer")))],
    "licences": lambda: [run(Check("licences", command("reuse", "lint", "--lines")))],
}
ALL = {
    "test": (
        "lint",
        "unit",
        "contract",
        "integration",
        "awx",
        "some-faults",
        "molecule",
        "docs",
        "checklist",
        "sanity",
    ),
    "release-check": ("lint", "licences", "docs", "checklist", "import", "sanity"),
}
"""What consists of several stages."""


def command(tool: str, *arguments: str) -> tuple[str, ...]:
    """Return a command of the virtual environment."""
    return str(VENV / "bin" / tool), *arguments


def main() -> int:
    """Run what is asked for."""
    (stage,) = sys.argv[1:]
    # A check has a process group of its own; as an exception, the end of this process reaches it, too.
    signal.signal(signal.SIGTERM, lambda number, unused_frame: sys.exit(128 + number))
    REPORTS.mkdir(parents=True, exist_ok=True)
    return conclude(stage, (result for name in ALL.get(stage, (stage,)) for result in STAGES[name]()))


if __name__ == "__main__":
    sys.exit(main())
