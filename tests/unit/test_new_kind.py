# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files that `make new` writes keep the rules even before they are filled in."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import (
    listed_options,
    managed_options,
)
from tools.generate import stale
from tools.new_kind import FILES, filled, new, plural_of, words
from tools.project import ROOT, VENV
from unit.copies import copy_of_generated
from unit.style_rules import HEADER, RULES


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the files that `make new` reads or writes, with a new kind."""
    folder = copy_of_generated(tmp_path_factory.mktemp("new"))
    for path in FILES:
        (folder / path).parent.mkdir(exist_ok=True, parents=True)
    new(folder, "spend_policy")
    return folder


@pytest.fixture(scope="module")
def files(root: Path) -> dict[str, str]:
    names = [path.format(kind="spend_policy", plural="spend_policies") for path in FILES]
    return {name: (root / name).read_text(encoding="utf-8") for name in names}


def test_it_follows_everywhere(root: Path) -> None:
    assert stale(root) == {}
    assert (root / "plugins/action/spend_policy_info.py").exists()
    assert "    - spend_policy\n    - spend_policy_info\n" in (root / "meta/runtime.yml").read_text(encoding="utf-8")
    assert "Create, change and delete spend policies of projects |" in (root / "README.md").read_text(encoding="utf-8")


def test_it_keeps_the_rules_of_style(files: dict[str, str]) -> None:
    plugins = {name.removeprefix("plugins/"): text for name, text in files.items() if name.startswith("plugins/")}
    assert len(plugins) == 3
    found = {
        (name, rule): where
        for name, text in plugins.items()
        for rule, each in RULES.items()
        if name.startswith(each.within) and (where := each.find(text))
    }
    assert found == {}


def test_every_file_has_the_licence_and_is_valid(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith(".py"):
            compile(text, name, "exec")
        else:
            assert yaml.safe_load(text)
        assert HEADER.strip() in text or name.startswith("changelogs/")


def test_linter_and_formatter_have_nothing_against_it(root: Path, files: dict[str, str]) -> None:
    ruff, config = str(VENV / "bin" / "ruff"), str(ROOT / "pyproject.toml")
    names = [name for name in files if name.endswith(".py")]
    for does in (["check"], ["format", "--check"]):
        command = [ruff, *does, "--config", config, "--no-cache", *names]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_a_name_that_is_its_own_plural_defines_nothing_twice() -> None:
    names = words("settings", "settings") | {"version": "1.0.0"}
    for skeleton in (each for each in FILES.values() if each.endswith(".py.txt")):
        made = [node.targets for node in ast.parse(filled(skeleton, names)).body if isinstance(node, ast.Assign)]
        defined = [each.id for targets in made for each in targets if isinstance(each, ast.Name)]
        assert len(defined) == len(set(defined)), skeleton


def test_what_returns_is_documented_in_full(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.startswith("plugins/modules/"):
            returned = yaml.safe_load(text.split('RETURN = r"""')[1].split('"""')[0])
            assert all(block.keys() >= {"description", "returned", "type"} for block in returned.values())
            assert "request_id" in returned


def test_its_modules_document_the_options_of_its_data(files: dict[str, str]) -> None:
    """This shows that the skeletons follow the vocabulary."""
    names: dict[str, Any] = {}
    exec(files["plugins/module_utils/_kinds/spend_policy.py"], names)  # noqa: S102  # the new file is in no package
    resource = names["SPEND_POLICY"]
    scopes = {"project", "project_id"}
    for module, options, more in (
        ("spend_policy", managed_options(resource), scopes),
        ("spend_policy_info", listed_options(resource), scopes | {"projects"}),
    ):
        text = files[f"plugins/modules/{module}.py"].split('r"""')[1].split('"""')[0]
        documented = yaml.safe_load(text)["options"]
        assert documented.keys() | more == options.keys()
        assert {name: each["type"] for name, each in documented.items()} == {
            name: options[name]["type"] for name in documented
        }


@pytest.mark.parametrize("kind", ["", "Widget", "a-b", "_x", "x__y", "user", "../x"])
def test_other_names_are_refused(kind: str, root: Path) -> None:
    with pytest.raises(ValueError, match=r"is not a name for a kind|is there already"):
        new(root, kind)


@pytest.mark.parametrize(("kind", "plural"), [("group", "groups"), ("policy", "policies"), ("api_key", "api_keys")])
def test_plurals(kind: str, plural: str) -> None:
    assert plural_of(kind) == plural
