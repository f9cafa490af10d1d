# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the Ansible community package, Galaxy, Automation Hub and certification ask of a collection.

Here is what files alone can tell. Linters, ansible-test and galaxy-importer do the rest; docs/releasing.md lists
what only people can do.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools import matrix
from tools.project import ROOT, modules, tracked

COLLECTION = "ansible_collections.community.openai_admin"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
DOCSITE = (ROOT / "docs" / "docsite" / "links.yml").read_text(encoding="utf-8")
FILES = tracked()
MODULES = modules()

KINDS_OF_PLUGINS = {"action", "doc_fragments", "filter", "lookup", "module_utils", "modules", "plugin_utils"}
REQUIRED_TAGS = {
    "ai",
    "application",
    "cloud",
    "database",
    "eda",
    "infrastructure",
    "linux",
    "monitoring",
    "networking",
    "security",
    "storage",
    "tools",
    "windows",
}
NEVER_SKIPPED = {
    "command-instead-of-module",
    "command-instead-of-shell",
    "meta-no-info",
    "meta-runtime",
    "no-changed-when",
    "no-handler",
    "no-log-password",
    "package-latest",
    "risky-file-permissions",
    "risky-shell-pipe",
    "unnamed-task",
}
"""Rules of ansible-lint that certification wants to be kept."""

SECTIONS = [
    "Description",
    "Installation",
    "Use cases",
    "Requirements",
    "Included content",
    "What sets it apart",
    "Testing",
    "Communication",
    "Contributing",
    "Support",
    "Release notes",
    "Related information",
    "License",
]
"""Those of certified collections; what a reader needs to decide comes first."""


def load(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


GALAXY = load("galaxy.yml")
RUNTIME = load("meta/runtime.yml")


# README


def test_readme_has_the_sections_of_certified_collections() -> None:
    assert re.findall(r"^## (.+)$", PROSE, re.MULTILINE) == SECTIONS


def test_readme_has_full_addresses_only() -> None:
    """Galaxy and Automation Hub show it elsewhere, where a relative one leads nowhere."""
    assert [target for target in re.findall(r"\]\(([^)]+)\)", README) if not target.startswith("https://")] == []


@pytest.mark.parametrize(("text", "fewest"), [(README, len(MODULES)), (DOCSITE, 3)], ids=["README", "docsite"])
def test_links_lead_to_files_that_are_there(text: str, fewest: int) -> None:
    here = re.escape(GALAXY["repository"])
    pictures = re.escape(GALAXY["repository"].replace("github.com", "raw.githubusercontent.com"))
    named = re.findall(rf"(?:{here}/(?:blob|tree)|{pictures})/main/([^)#\s]+)", text)
    assert len(named) > fewest
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_pages_can_be_edited_where_they_are() -> None:
    """antsibull-docs links each module's page to its file in the repository."""
    edit = load("docs/docsite/links.yml")["edit_on_github"]
    assert GALAXY["repository"] == f"https://github.com/{edit['repository']}"
    assert (edit["branch"], edit["path_prefix"]) == ("main", "")


def test_readme_does_not_install_ansible_itself() -> None:
    assert re.findall(r"pip install .*ansible", README) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://forum.ansible.com/c/help/",
        "https://docs.ansible.com/ansible/latest/community/code_of_conduct.html",
        "https://semver.org/",
        "CHANGELOG.md",
        "GNU General Public License v3.0 or later",
    ],
)
def test_readme_says(text: str) -> None:
    assert text in README


def test_readme_lists_all_modules_and_playbooks() -> None:
    rows = re.findall(r"^\| \[([\w.]+)\]", README, re.MULTILINE)
    playbooks = {f"community.openai_admin.{path.stem}" for path in (ROOT / "playbooks").glob("*.yml")}
    assert sorted(rows) == sorted([*MODULES, *playbooks])


def test_readme_counts_operations_as_they_are() -> None:
    operations = load("docs/operations.yml")
    covered = sum(module != "not yet" for module in operations.values())
    assert f"Of the {len(operations)} operations" in README
    assert f"{covered} have a module" in README


# Versions


def test_versions_agree_wherever_they_are_said() -> None:
    lowest = matrix.CORES[0].line
    assert RUNTIME["requires_ansible"] == f">={lowest}.0"
    lines = [core.line for core in matrix.CORES if core.line not in ("newest", "candidate")]
    tested = f"Tested with {', '.join(lines)}, the newest release and the next release candidate."
    assert f"| ansible-core | {lowest} or newer. {tested} |" in README
    python = load("tests/config.yml")["modules"]["python_requires"].removeprefix(">=")
    assert f"usually the controller | {python} or newer |" in README
    library, lower = requirements()[0].split(">=")
    assert f"Python library {library}, on the same host | {lower} or newer |" in README


def test_everything_was_added_in_a_version_that_there_is_or_that_comes_next() -> None:
    """Nothing was released before 0.9.0. What is new since the version in galaxy.yml has the next minor one."""
    major, minor, unused_patch = GALAXY["version"].split(".")
    following = f"{major}.{int(minor) + 1}.0"
    assert {version for dummy, version in added()} <= {"0.9.0", GALAXY["version"], following}


def added() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        for version in re.findall(r"version_added: [\"']?([\d.]+)", path.read_text(encoding="utf-8")):
            yield path.name, version


def test_the_changelog_has_this_version() -> None:
    changelog = load("changelogs/changelog.yaml")
    release = changelog["releases"][GALAXY["version"]]
    assert release["changes"]["release_summary"]
    assert f'<a id="v{GALAXY["version"].replace(".", "-")}"></a>' in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def requirements() -> list[str]:
    files = load("meta/execution-environment.yml")["dependencies"]
    return (ROOT / files["python"]).read_text(encoding="utf-8").split()


def test_requirements_of_an_execution_environment_are_lower_bounds() -> None:
    assert [line for line in requirements() if not re.fullmatch(r"(?!ansible)[a-z0-9-]+(>=[\d.]+)?", line)] == []


# galaxy.yml


def test_name_tags_and_dependencies() -> None:
    for part in GALAXY["namespace"], GALAXY["name"]:
        assert re.fullmatch(r"(?!.*__)[a-z][0-9a-z_]*", part)
    assert re.fullmatch(r"\d+\.\d+\.\d+", GALAXY["version"])
    assert GALAXY["license"] == ["GPL-3.0-or-later"]
    assert 0 < len(GALAXY["tags"]) <= 20
    assert all(re.fullmatch(r"[a-z][a-z0-9]{0,63}", tag) for tag in GALAXY["tags"])
    assert REQUIRED_TAGS & set(GALAXY["tags"])
    assert GALAXY["dependencies"] == {}
    assert all(GALAXY[key].startswith("https://") for key in ("repository", "documentation", "homepage", "issues"))


# Files


def test_plugins_are_of_kinds_that_ansible_core_knows() -> None:
    assert {Path(file).parts[1] for file in FILES if file.startswith("plugins/")} == KINDS_OF_PLUGINS


def test_module_utils_are_private() -> None:
    utils = [Path(file) for file in FILES if re.match(r"plugins/(module|plugin)_utils/.+\.py", file)]
    assert [path for path in utils if not path.parts[2].startswith("_")] == []
    assert "What is private (files in `module_utils`, `plugin_utils` and `doc_fragments`" in README


def test_no_files_are_large_or_left_over() -> None:
    limit = 200_000
    assert [file for file in FILES if (ROOT / file).stat().st_size > limit] == []
    assert [file for file in FILES if re.search(r"\.(orig|rej|swp|pyc|tar\.gz|whl|log|retry)$|~$", file)] == []


def test_no_key_lies_about() -> None:
    """Tests make some up; a playbook that is tried may leave one anywhere else."""
    key = re.compile(rb"sk-[a-z]+-[A-Za-z0-9_-]{40}")
    files = [name for name in FILES if not name.startswith("tests/")]
    assert [name for name in files if key.search((ROOT / name).read_bytes())] == []


def test_pictures_are_the_only_binary_files() -> None:
    assert [file for file in FILES if b"\0" in (ROOT / file).read_bytes() and not file.endswith(".png")] == []


def test_what_users_run_uses_nothing_of_the_tests() -> None:
    used = re.compile(r"(?:\.\./)+(tests|docs|extensions)/|openai_admin\.(tests|extensions)\b")
    public = [file for file in FILES if re.match(r"(plugins|roles|playbooks)/.*\.(py|yml|j2)$", file)]
    assert len(public) > 100
    assert [file for file in public if used.search((ROOT / file).read_text(encoding="utf-8"))] == []


def test_python_without_what_newer_ansible_core_lacks() -> None:
    """Two libraries are deprecated; and nothing silences a linter."""
    bad = re.compile(r"ansible\.module_utils\.(six|_text)\b|# noqa|# type: ignore")
    plugins = [file for file in FILES if file.startswith("plugins/") and file.endswith(".py")]
    assert [file for file in plugins if bad.search((ROOT / file).read_text(encoding="utf-8"))] == []


def test_no_finding_of_sanity_tests_is_ignored() -> None:
    assert [file for file in FILES if file.startswith("tests/sanity/")] == []


def test_no_rule_is_skipped_that_certification_wants() -> None:
    settings = load(".ansible-lint")
    skipped = {re.split(r"[\[\s]", rule)[0] for rule in [*settings["skip_list"], *settings.get("warn_list", [])]}
    assert settings["profile"] == "production"
    assert skipped & NEVER_SKIPPED == set()


# Modules


def documentation(module: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(import_module(f"{COLLECTION}.plugins.modules.{module}").DOCUMENTATION)
    return found


@pytest.mark.parametrize("module", [name for name in MODULES if name.endswith("_info")])
def test_info_modules_only_read(module: str) -> None:
    """They have no state, and are the same in check mode."""
    documented = documentation(module)
    assert "state" not in documented.get("options", {})
    assert "community.openai_admin.attributes.info" in documented["extends_documentation_fragment"]


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("_info")])
def test_no_state_only_reads(module: str) -> None:
    choices = documentation(module).get("options", {}).get("state", {}).get("choices", [])
    assert set(choices) & {"get", "list", "query", "info", "gathered", "exists"} == set()


@pytest.mark.parametrize("module", MODULES)
def test_modules_hold_the_licence_that_sanity_tests_look_for(module: str) -> None:
    text = (ROOT / "plugins" / "modules" / f"{module}.py").read_text(encoding="utf-8")
    assert "GNU General Public License v3.0+ (see LICENSE or" in text.partition("DOCUMENTATION")[0]
    names = {target.id for node in ast.parse(text).body if isinstance(node, ast.Assign) for target in node.targets}
    assert {"DOCUMENTATION", "EXAMPLES", "RETURN"} <= names
