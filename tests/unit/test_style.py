# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of this project that no linter checks. Each rule is tested with a text that breaks it."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from ansible_collections.community import openai_admin
from tools.project import modules
from unit.style_rules import HEADER, MODULE_LINES, RULES, parsed

ROOT = Path(next(iter(openai_admin.__path__)))
PLUGINS = ROOT / "plugins"
FILES = sorted(path.relative_to(PLUGINS).as_posix() for path in PLUGINS.rglob("*.py"))
MODULES = modules(ROOT)
COLLECTION = "community.openai_admin"

ROOMS = {"_api", "_core", "_kinds", "_model", "_module", "_values"}
"""The rooms in every module's package; info modules also contain the room C(_info)."""
OTHER_ROOMS: dict[str, set[str]] = {
    "admin_api_key": {"_keys"},
    "audit_log_info": {"_reports"},
    "certificate": {"_certificates"},
    "certificate_activation": {"_certificates"},
    "cost_info": {"_reports"},
    "organization": {"_certificates", "_organization"},
    "organization_info": {"_organization"},
    "project_api_key": {"_keys"},
    "service_account": {"_keys"},
    "usage_info": {"_reports"},
}
KILOBYTES = {"": 109, "_info": 96, "_reports": 100, "_keys": 123, "_certificates": 115, "_organization": 213}
"""The kilobytes by which a module's package may exceed that of ansible.builtin.ping, by the last of its other rooms."""
OF_OTHERS = {
    "federation_rule": 6,
    "group_user": 18,
    "group_user_info": 2,
    "certificate_activation": 9,
    "user_info": 18,
    "organization": 57,
    "role_assignment": 25,
    "role_assignment_info": 48,
}
"""Further kilobytes for modules about several kinds: their packages contain the data and the lookup of these kinds."""


@cache
def source(file: str) -> str:
    return (PLUGINS / file).read_text(encoding="utf-8")


# --- the rules

BREAKS = [
    ("check mode is decided in one file", "if mode.check:\n    pass"),
    ("check mode is decided in one file", "if not self._task.check_mode: pass"),
    ("check mode is decided in one file", "dry = getattr(module, 'check_mode')"),
    ("one file is an Ansible module", "from ansible.module_utils.basic import AnsibleModule"),
    ("one file is an Ansible module", "class Module(basic.AnsibleModule): pass"),
    ("one file is an Ansible module", "module.fail_json(msg='no')"),
    ("one file is an Ansible module", "done = module.exit_json"),
    ("only the client speaks HTTP", "def get():\n    import requests"),
    ("only the client speaks HTTP", "from requests.adapters import HTTPAdapter"),
    ("only the client speaks HTTP", "import http.client"),
    ("the engine knows no Ansible", "from ansible.module_utils.common import text"),
    ("the engine knows no Ansible", "import ansible.constants"),
    ("modules need no SDK", "import openai"),
    ("nothing is asserted", "def act():\n    assert True"),
    ("no error is caught unseen", "try:\n    act()\nexcept:\n    pass"),
    ("no error is caught unseen", "try:\n    act()\nexcept Exception as error:\n    pass"),
    ("no error is caught unseen", "try:\n    act()\nexcept (ValueError, BaseException):\n    pass"),
    ("every file has the licence", '"""A file."""\n' + HEADER),
    ("every file has the licence", HEADER.replace("GPL-3.0-or-later", "MIT")),
    ("no checker is silenced", "import os  # noqa"),
    ("fields have defaults of their own", "@dataclass\nclass Part:\n    shows: Mapping[str, str] = NOTHING"),
    ("a module is a declaration", 'DOCUMENTATION = """\n"""\n' + "x = 1\n" * (MODULE_LINES + 1)),
    ("a kind says what its ids are called", "own_id = item['id']"),
    ("a kind says what its ids are called", "own_id = item.get('id')"),
]
KEEPS = [
    ("check mode is decided in one file", "delivery.check()\nmode = Mode(check=module.check_mode)"),
    ("one file is an Ansible module", '"""AnsibleModule has exit_json."""'),
    ("only the client speaks HTTP", "from urllib.parse import quote"),
    ("fields have defaults of their own", "@dataclass\nclass Part:\n    shows: dict = field(default_factory=dict)"),
    ("the engine knows no Ansible", "from ansible_collections.community.openai_admin.plugins import module_utils"),
    ("no error is caught unseen", "try:\n    act()\nexcept (OSError, ValueError):\n    pass"),
    ("every file has the licence", "#!/usr/bin/python\n" + HEADER),
    ("a module is a declaration", 'RETURN = """\n\n\n"""\n' + "x = 1\n" * MODULE_LINES),
    ("a kind says what its ids are called", "own_id = resource.id_of(item)\nshown = {'id': own_id}"),
]


@pytest.mark.parametrize("name", RULES)
def test_rules_are_kept(name: str) -> None:
    rule = RULES[name]
    files = [file for file in FILES if file.startswith(rule.within) and file not in rule.exempt]
    assert [f"plugins/{file}:{line}" for file in files for line in rule.find(source(file))] == []


@pytest.mark.parametrize(("name", "text"), BREAKS)
def test_what_breaks_a_rule_is_noticed(name: str, text: str) -> None:
    assert RULES[name].find(text) != []


@pytest.mark.parametrize(("name", "text"), KEEPS)
def test_what_keeps_a_rule_is_let_pass(name: str, text: str) -> None:
    assert RULES[name].find(text) == []


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_shown_a_file_that_breaks_it(name: str) -> None:
    assert name in [broken for broken, dummy in BREAKS]


@pytest.mark.parametrize("file", sorted({file for rule in RULES.values() for file in rule.exempt}))
def test_every_exemption_is_needed(file: str) -> None:
    broken = [name for name, rule in RULES.items() if file in rule.exempt and rule.find(source(file))]
    assert broken == [name for name, rule in RULES.items() if file in rule.exempt]


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 30
    assert len(MODULES) >= 9


def test_no_test_imports_from_a_file_of_tests() -> None:
    """Code that several tests share has files of its own, which contain no tests."""
    of_tests = re.compile(r"^ *(?:from|import) [\w.]*\btest_\w+", re.MULTILINE)
    files = sorted(ROOT.glob("tests/*/**/*.py"))
    assert len(files) > 100
    assert [file.name for file in files if of_tests.search(file.read_text(encoding="utf-8"))] == []


def test_what_is_not_for_users_is_private() -> None:
    shared = [Path(file) for file in FILES if file.startswith(("module_utils/", "plugin_utils/"))]
    public = [path for path in shared if not any(part.startswith("_") for part in path.parts)]
    assert public == []


# --- what belongs to every module


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_an_action_plugin_of_one_import(module: str) -> None:
    statements = parsed(source(f"action/{module}.py")).body
    assert [ast.unparse(each) for each in statements] == [
        "from __future__ import annotations",
        "from ansible_collections.community.openai_admin.plugins.plugin_utils._action import ActionModule",
        "__all__ = ('ActionModule',)",
    ]


def test_there_is_no_action_plugin_without_a_module() -> None:
    names = [[Path(file).stem for file in FILES if file.startswith(f"{kind}/")] for kind in ("action", "modules")]
    assert names[0] == names[1]


def test_what_an_action_does_alone_is_documentation_as_a_module() -> None:
    """The module makes no requests, so it has none of the action group's options."""
    alone = [Path(file).stem for file in FILES if file.startswith("action/") and Path(file).stem not in MODULES]
    assert alone == ["write_files"]
    statements = parsed(source("modules/write_files.py")).body[1:]
    names = [ast.unparse(each.targets[0]) for each in statements if isinstance(each, ast.Assign)]
    assert names == ["DOCUMENTATION", "EXAMPLES", "RETURN"]
    assert len(statements) == len(names)


class TestRuntime:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))

    def test_every_module_is_in_the_action_group(self) -> None:
        assert self.runtime["action_groups"] == {"openai_admin": MODULES}

    def test_what_a_release_had_is_there_or_says_what_to_use(self) -> None:
        """A playbook that still uses it fails with advice, not because of an unknown name."""
        releases = yaml.safe_load((ROOT / "changelogs" / "changelog.yaml").read_text(encoding="utf-8"))["releases"]
        had = {
            (kind, each["name"])
            for release in releases.values()
            for kind, found in {"modules": release.get("modules", []), **release.get("plugins", {})}.items()
            for each in found
        }
        gone = {(kind, name) for kind, name in had if not [*(PLUGINS / kind).glob(f"{name}.*")]}
        removed = {
            (kind, name): text["tombstone"]["warning_text"]
            for kind, plugins in self.runtime["plugin_routing"].items()
            for name, text in plugins.items()
        }
        assert gone == set(removed)
        assert all(re.search(r"Include the role, which ", text) for text in removed.values())
        assert {name for text in removed.values() for name in re.findall(rf"{COLLECTION}\.(\w+)", text)} <= {
            path.name for path in (ROOT / "roles").iterdir()
        }

    def test_no_module_is_redirected(self) -> None:
        """ansible-lint would rewrite users' tasks to use the target of the redirect."""
        routed = self.runtime.get("plugin_routing", {})
        assert not [kind for kind in ("modules", "action") if routed.get(kind)]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_runs_its_task(module: str) -> None:
    tree = parsed(source(f"modules/{module}.py"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [ast.unparse(each) for each in functions] == ["def main() -> None:\n    run(TASK)"]


# --- what every task ships

PACK = """
import base64, io, json, re, sys, zipfile
from functools import cache
from ansible.executor import module_common
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, module_loader
from ansible.template import Templar

module_common.compile = cache(compile)  # modules share most of their files
init_plugin_loader()
packed = {}
for name in sys.argv[1:]:
    built = module_common.modify_module(
        module_name=name,
        module_path=module_loader.find_plugin(name),
        module_args={},
        templar=Templar(loader=DataLoader()),
        task_vars={"ansible_python_interpreter": sys.executable},
        module_compression="ZIP_DEFLATED",
    )
    data = built[0] if isinstance(built, tuple) else built.b_module_data
    archive = base64.b64decode(max(re.findall(rb"[A-Za-z0-9+/=]+", data), key=len))
    packed[name] = [len(archive), zipfile.ZipFile(io.BytesIO(archive)).namelist()]
print(json.dumps(packed))
"""
"""Runs in another process, since Ansible's loader changes how collections are imported."""
PING = "ansible.builtin.ping"


@dataclass(frozen=True)
class Payload:
    """The package of a module that ansible-core sends."""

    size: int
    files: list[str]


@pytest.fixture(scope="module")
def payloads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Payload]:
    """Return the packages of all modules and of ping, as ansible-core builds them."""
    modules = [PING, *(f"{COLLECTION}.{module}" for module in MODULES)]
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT.parents[2]),
        "ANSIBLE_HOME": str(tmp_path_factory.mktemp("ansible")),
    }
    command = [sys.executable, "-c", PACK, *modules]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return {name: Payload(*packed) for name, packed in json.loads(done.stdout).items()}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_ships_the_rooms_that_it_needs(module: str, payloads: dict[str, Payload]) -> None:
    ping, own = payloads[PING], payloads[f"{COLLECTION}.{module}"]
    parts = [Path(file).parts for file in own.files if f"{COLLECTION.replace('.', '/')}/plugins/module_utils/" in file]
    shipped = {part[part.index("module_utils") + 1] for part in parts} - {"__init__.py"}
    other = OTHER_ROOMS.get(module, {"_info"} if module.endswith("_info") else set())
    assert shipped == ROOMS | other
    more = (own.size - ping.size) / 1024
    print(f"{module}: ping + {more:.1f} KB")
    assert more <= KILOBYTES[max(other, default="")] + OF_OTHERS.get(module, 0)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_ships_its_own_code_and_no_other_modules(module: str, payloads: dict[str, Payload]) -> None:
    files = payloads[f"{COLLECTION}.{module}"].files
    assert [file for file in files if file.endswith("module_utils/_api/client.py")] != []
    assert [Path(file).stem for file in files if "/plugins/modules/" in file and "__init__" not in file] == [module]
    assert [file for file in files if "plugin_utils" in file or "/action/" in file] == []


# --- names of tasks

TASK_FILES = sorted(
    file
    for pattern in (
        "roles/*/tasks/**/*.yml",
        "playbooks/*.yml",
        "extensions/awx/**/*.yml",
        "extensions/molecule/**/*.yml",
    )
    for file in ROOT.glob(pattern)
    if file.name != "requirements.yml"
)


def names_of_tasks(file: Path) -> list[str]:
    return re.findall(r"^ *- name: (?!\")(.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("file", TASK_FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_tasks_are_named_by_verb_and_object(file: Path) -> None:
    unclear = [name for name in names_of_tasks(file) if len(name.split()) < 2 or not name[0].isupper()]
    assert unclear == []


@pytest.mark.parametrize("role", sorted(path.name for path in (ROOT / "roles").iterdir()))
def test_a_name_of_a_task_is_unique_in_its_role(role: str) -> None:
    names = [name for file in TASK_FILES if file.is_relative_to(ROOT / "roles" / role) for name in names_of_tasks(file)]
    assert [name for name in set(names) if names.count(name) > 1] == []


# --- docstrings

OF_FRAMEWORKS = re.compile(r"main|run|filters|(pytest|test|v2)_.*")
"""Names of functions that a framework calls, so that everybody knows what they do."""


def undocumented(text: str) -> list[str]:
    """Return the public functions without a docstring.

    Methods of classes with a base need none, as the base says what they do, nor do functions that use no parameter.
    """
    found = []
    classes = [
        node
        for node in parsed(text).body
        if isinstance(node, ast.ClassDef) and not (node.bases or node.name.startswith("_"))
    ]
    for node in [each for scope in (parsed(text), *classes) for each in scope.body]:
        if not isinstance(node, ast.FunctionDef) or ast.get_docstring(node) or node.name.startswith("_"):
            continue
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        if not OF_FRAMEWORKS.fullmatch(node.name) and not (names and all(each.startswith("unused_") for each in names)):
            found.append(node.name)
    return found


def documented_files() -> Iterator[Path]:
    """Yield the files of plugins, and those of tests that are not tests themselves."""
    yield from PLUGINS.rglob("*.py")
    for file in (ROOT / "tests").rglob("*.py"):
        if not file.name.startswith("test_") and "output" not in file.parts:
            yield file


@pytest.mark.parametrize("file", sorted(documented_files()), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_public_functions_have_docstrings(file: Path) -> None:
    assert undocumented(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def act(): pass", ["act"]),
        ("class Act:\n    def act(self, what): pass", ["act"]),
        ("class Act(Base):\n    def act(self): pass", []),
        ("class _Act:\n    def act(self): pass", []),
        ("def never(unused_item): return False", []),
        ("def _act(): pass", []),
    ],
)
def test_functions_without_docstrings_are_found(text: str, found: list[str]) -> None:
    assert undocumented(text) == found
