# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run one stage of the checks, or a command that consists of several stages: python -m tools STAGE."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable

from tools import browser, matrix, sanity
from tools.checks import PART, PATIENCE, Check, Crew, Result, conclude, processors, pytest
from tools.project import BUILD, REPORTS, VENV, environment

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
    "ansible-lint": ("python", "-m", "integration.lint_forks", "--offline", "--profile", "production"),
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

AWX = (sys.executable, "-m", "tools.venvs", str(BUILD / "awx"), "awx")
"""The command that makes the environment with awx.awx, ansible-runner and ansible-builder."""

STAGES: dict[str, Callable[[], Iterable[Check | Result]]] = {
    "lint": lambda: [Check(name, command(*arguments), lint_environment(name)) for name, arguments in LINT.items()],
    "unit": lambda: [pytest("unit", "tests/unit", PART)],
    "contract": lambda: [pytest("contract", "tests/contract", PART)],
    "integration": lambda: [
        pytest("integration", "tests/integration", PART, setup=browser.COMMAND, workers=processors())
    ],
    "every-case": lambda: [
        pytest(
            "every case",
            *("tests/unit", "tests/contract", "tests/integration"),
            setup=browser.COMMAND,
            patience=4 * PATIENCE,
        ),
        pytest("every case in AWX", "tests/awx", "--dist=loadfile", setup=AWX),
    ],
    "awx": lambda: [pytest("awx", "tests/awx", PART, "--dist=loadfile", setup=AWX)],
    "some-faults": lambda: [pytest("some faults", "tests/faults")],
    "faults": lambda: [pytest("faults", "tests/faults", "--every-fault", patience=4 * PATIENCE)],
    "molecule": lambda: [Check("molecule", (sys.executable, "-m", "integration.molecule_forks", "test", "--all"))],
    "docs": lambda: [Check("site", (sys.executable, "-m", "tools.docs"))],
    "checklist": lambda: [pytest("checklist", "tests/release", setup=browser.COMMAND, after=["site"])],
    "sanity": sanity.checks,
    "sanity-of-plugins": sanity.of_plugins,
    "matrix": matrix.checks,
    "whole-matrix": matrix.whole,
    "import": lambda: [Check("galaxy-importer", (sys.executable, "-m", "tools.importer"))],
    "licences": lambda: [Check("licences", command("reuse", "lint", "--lines"))],
}
ALL = {
    "test": (
        "sanity-of-plugins",  # it takes long, so it comes first while no durations are known
        "lint",
        "unit",
        "contract",
        "integration",
        "awx",
        "some-faults",
        "molecule",
        "docs",
        "checklist",
    ),
    "release-check": ("lint", "licences", "docs", "checklist", "import", "sanity"),
}
"""The commands that consist of several stages."""


def command(tool: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs a tool of the virtual environment."""
    return str(VENV / "bin" / tool), *arguments


def lint_environment(name: str) -> dict[str, str]:
    """Return the environment of a linter.

    antsibull-docs lints a copy of the collection in a temporary directory. If Python can import the collection as
    well, the links of the pages to their sources lead to the name of that directory, which is not always valid RST.
    """
    variables = environment()
    if name == "documentation":
        del variables["PYTHONPATH"]
    return variables


def main() -> int:
    """Run the stages named on the command line."""
    (stage,) = sys.argv[1:]
    crew = Crew()
    for number in signal.SIGTERM, signal.SIGINT:
        signal.signal(number, crew.end)
    REPORTS.mkdir(parents=True, exist_ok=True)
    return conclude(stage, crew.run(check for name in ALL.get(stage, (stage,)) for check in STAGES[name]()))


if __name__ == "__main__":
    sys.exit(main())
