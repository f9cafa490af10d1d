# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Examples run, with C(--check), on an organization where everything would be new: those of modules, and in guides.

Those of modules also run on one where all that they name is there, so that loops have something to go over.
Nobody can be made but by an invite, so the people whom an example names are there, unless it
invites them. Two kinds of tasks fail there because they are written to: those that say
so of a difference (C(audit is changed)), and assertions. Tasks of other collections are
run in check mode as well, which leaves out what reaches for other servers.
"""

from __future__ import annotations

import grp
import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from ansible.release import __version__
from ansible_collections.community import openai_admin
from integration.guides import BLOCKS, DECLARATION, DECLARATIONS, PLAYBOOKS, REST, ROOT, TASK_FILES
from integration.playbooks import COLLECTION, Ansible, PlaybookRun, TaskRun
from integration.scenarios import control
from simulator import Authority
from tools.project import modules

MODULES = modules()
OLDER = tuple(map(int, __version__.split(".")[:2])) < (2, 19)
OWNER = "ada@example.com"
DAY = 86400
VARIABLES = {"vault_url": "https://vault.example.com", "vault_token": "example-token"}

Tasks = list[dict[str, Any]]


def examples(module: str) -> str:
    text: str = import_module(f"{openai_admin.__name__}.plugins.modules.{module}").EXAMPLES
    return text


@cache
def certificates() -> dict[str, str]:
    """What an organization with mutual TLS has at hand: trust anchors, and clients' certificates that they signed."""
    files = {}
    with TemporaryDirectory() as folder:
        for year in "2026", "2027":
            authority = Authority(f"gateway-{year}")
            files[f"gateway-{year}.pem"] = authority.certificate()
            for suffix, path in zip(("pem", "key"), authority.issue(Path(folder)), strict=True):
                files[f"automation-{year}.{suffix}"] = path.read_text(encoding="ascii")
    return files


def at_home(text: str, ansible: Ansible) -> str:
    """An example whose files lie where the test may look, and belong to who runs it; and whose API is the simulator."""
    folder = ansible.folder
    for place in folder / "files", folder / "etc" / "openai":
        place.mkdir(parents=True, exist_ok=True)
        for name, content in certificates().items():
            (place / name).write_text(content, encoding="ascii")
    declared = {DECLARATION: {"projects": [{"name": "search-prod", "users": []}]}}
    (folder / "files" / "organization.yml").write_text(yaml.safe_dump(declared), encoding="utf-8")
    text = text.replace("https://mtls.api.openai.com/v1", ansible.simulator.url)
    for path in set(re.findall(r"/etc/[\w/.-]+", text)):
        (folder / path[1:]).parent.mkdir(parents=True, exist_ok=True)
    text = re.sub(r"(?<=[ \"'])/etc/", f"{folder}/etc/", text)
    return re.sub(r"^( +group:) .+$", rf"\1 {grp.getgrgid(os.getgid()).gr_name}", text, flags=re.MULTILINE)


def organization(text: str) -> dict[str, Any]:
    """An owner, and those whom an example takes for granted."""
    invites = re.search(rf"{COLLECTION}\.invite:|invite_missing: true", text)
    named = [] if invites else sorted(set(re.findall(r"[\w.-]+@example\.com", text)) - {OWNER})
    people = [{"email": OWNER, "role": "owner"}, *({"email": each} for each in named)]
    return {"name": "example-organization", "users": people, "projects": []}


def full(people: list[dict[str, Any]]) -> dict[str, Any]:
    """An organization that holds what the modules' examples name or look for."""
    owners = [{"user": each["email"]} for each in people] + [{"service_account": "search-api"}]
    return {
        "users": people,
        "projects": [
            {
                "name": "search-prod",
                "residency": "EU_STORAGE_PROCESSING",
                "users": [{"email": each["email"]} for each in people],
                "service_accounts": [{"name": "search-api"}, {"name": "search-frontend", "role": "none"}],
                "api_keys": [{"name": "deploy", **owner} for owner in owners],
            },
            {"name": "team-search"},
            {"name": "old", "status": "archived"},
        ],
        "invites": [{"email": "edsger@example.com", "status": "expired"}, {"email": "grace@example.com"}],
        "admin_api_keys": [{"name": "backup", "owner": each["email"]} for each in people],
        "audit_events": [
            {"type": "project.updated", "effective_at": int(time.time()) - day * DAY, "actor": {"email": OWNER}}
            for day in range(1, 5)
        ],
    }


def all_tasks(tasks: Tasks) -> Iterator[dict[str, Any]]:
    for task in tasks:
        yield task
        yield from all_tasks(task.get("block", []))


def tolerant(tasks: Tasks) -> Tasks:
    """Tasks that let those after them run, whatever becomes of them."""
    return [
        {**task, "block": tolerant(task["block"])} if "block" in task else {**task, "ignore_errors": True}
        for task in tasks
    ]


def run(ansible: Ansible, plays: list[dict[str, Any]], *places: Mapping[str, Any]) -> list[list[TaskRun]]:
    """Run plays with C(--check), to their ends, in one organization after the other; their tasks in each."""
    local = {"hosts": "localhost", "gather_facts": False}
    afresh = [{"name": "Afresh", **local, "tasks": [control("afresh", "reset", there)]} for there in places]
    playbook, inventory = ansible.folder / "example.yml", ansible.folder / "inventory"
    everything = [play for begin in afresh for play in (begin, *plays)]
    playbook.write_text(yaml.safe_dump(everything, sort_keys=False), encoding="utf-8")
    groups = {str(play["hosts"]) for play in plays} - {"localhost"}
    inventory.write_text("".join(f"[{each}]\n{each}-1 ansible_connection=local\n" for each in groups), encoding="utf-8")
    variables = {**VARIABLES, "vaulted_openai_admin_key": ansible.simulator.admin_key}
    options = [option for name, value in variables.items() for option in ("-e", f"{name}={value}")]
    done = ansible.run(str(playbook), "--check", "--diff", "-i", str(inventory), *options)
    assert warned(done) == [], done.output
    begins = [number for number, task in enumerate(done.tasks) if task.name == "afresh"]
    assert len(begins) == len(places), done.output
    ends = [*begins[1:], len(done.tasks)]
    return [done.tasks[begin + 1 : end] for begin, end in zip(begins, ends, strict=True)]


def warned(done: PlaybookRun) -> list[str]:
    """What ansible-core warns of by itself, such as a value that it has to make another one of."""
    results = [each for task in done.tasks for each in (task.result, *task.result.get("results", []))]
    of_tasks = [str(warning) for each in results for warning in each.get("warnings") or []]
    told = re.findall(r"^\[WARNING\]: (.*)$", done.output, re.MULTILINE)
    return [each for each in told if not any(each.strip() in " ".join(words.split()) for words in of_tasks)]


def may_fail(task: Mapping[str, Any], result: TaskRun) -> bool:
    """Whether a task is there to fail where something is missing, and did for that reason."""
    if "is changed" in str(task.get("failed_when")):
        return result.changed and bool(result.result["failed_when_result"])
    return "ansible.builtin.assert" in task


def check(done: list[TaskRun], tasks: Tasks) -> None:
    """No task failed that has to do its job, and none changed anything."""
    known = {task["name"]: task for task in all_tasks(tasks)}
    assert [task.name for task in done] == [name for name, task in known.items() if "block" not in task]
    failed = [(task.name, task.result) for task in done if task.failed and not may_fail(known[task.name], task)]
    assert failed == []
    assert [task.name for task in done if task.writes] == []


# Modules


@pytest.mark.series(12)
@pytest.mark.parametrize("module", MODULES)
def test_examples_of_modules_run(module: str, ansible: Ansible) -> None:
    text = examples(module)
    new = organization(text)
    tasks = yaml.safe_load(at_home(text, ansible))
    assert any(f"{COLLECTION}.{module}" in task for task in all_tasks(tasks))
    play = {"name": "Examples", "hosts": "localhost", "gather_facts": False, "tasks": tolerant(tasks)}
    for done in run(ansible, [play], new, full(new["users"])):
        check(done, tasks)


@pytest.mark.parametrize("module", MODULES)
def test_examples_name_tasks_once(module: str) -> None:
    names = [task["name"] for task in all_tasks(yaml.safe_load(examples(module)))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "task",
    [
        {f"{COLLECTION}.project_info": {"nmae": "search-prod"}},
        {f"{COLLECTION}.project_user": {"project": "search-prod", "email": "nobody@example.com"}},
        {"ansible.builtin.debug": {"msg": "{{ nothing.that.was.registered }}"}},
        {"ansible.builtin.debug": {"msg": "x"}, "failed_when": "true"},
    ],
    ids=str,
)
def test_an_example_that_does_not_hold_is_noticed(task: dict[str, Any], ansible: Ansible) -> None:
    tasks = [{"name": "Example", **task}]
    play = {"name": "Examples", "hosts": "localhost", "gather_facts": False, "tasks": tolerant(tasks)}
    (done,) = run(ansible, [play], organization(""))
    with pytest.raises(AssertionError):
        check(done, tasks)


@pytest.mark.skipif(OLDER, reason="older ansible-core takes any value")
def test_an_example_that_has_ansible_core_warn_is_noticed(ansible: Ansible) -> None:
    grouped = "{{ [{'a': 1}] | groupby('a') }}"
    tasks = [{"name": "Example", "ansible.builtin.debug": {"msg": "{{ item.0 }}"}, "loop": grouped}]
    play = {"name": "Examples", "hosts": "localhost", "gather_facts": False, "tasks": tasks}
    with pytest.raises(AssertionError, match="GroupTuple"):
        run(ansible, [play], organization(""))


# Guides


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_playbooks_in_guides_run(name: str, ansible: Ansible) -> None:
    plays = yaml.safe_load(at_home(PLAYBOOKS[name], ansible))
    tasks = [task for play in plays for task in play["tasks"]]
    played = [{**play, "tasks": tolerant(play["tasks"])} for play in plays]
    (done,) = run(ansible, played, organization(PLAYBOOKS[name]))
    check(done, tasks)


@pytest.mark.parametrize("name", DECLARATIONS)
def test_declarations_in_guides_can_be_carried_out(name: str, ansible: Ansible, tmp_path: Path) -> None:
    text = DECLARATIONS[name]
    gateway = {"name": "gateway-2026", "content": certificates()["gateway-2026.pem"], "active": True}
    projects = [{"name": own_id, "id": own_id} for own_id in re.findall(r"project_id: (proj_\w+)", text)]
    there: dict[str, Any] = {"certificates": [gateway]} if gateway["name"] in text else {}
    provided = re.findall(r"name: ([\w-]+), scim: true", text)
    if provided:
        there["groups"] = [{"name": name, "is_scim_managed": True} for name in provided]
    ansible.simulator.reset({**organization(text), **there, "projects": projects})
    declaration = tmp_path / "organization.yml"
    declaration.write_text(at_home(text, ansible), encoding="utf-8")
    home = ansible.folder / "etc" / "openai"
    client = {"CERT": str(home / "automation-2027.pem"), "KEY": str(home / "automation-2027.key")}
    variables = {f"OPENAI_MTLS_{each}_PATH": path for each, path in client.items()}
    options = ("-e", f"@{declaration}", "--check", "--diff")
    done = ansible.run(f"{COLLECTION}.provision", *options, **variables)
    assert done.status == 0, done.output
    assert any(task.changed for task in done.tasks)
    assert done.writes == []
    assert warned(done) == [], done.output


def test_guides_hold_playbooks_that_ansible_can_read(tmp_path: Path, ansible: Ansible) -> None:
    """As they stand, all in one go."""
    files = []
    for number, text in enumerate(PLAYBOOKS.values()):
        files.append(tmp_path / f"{number}.yml")
        files[-1].write_text(text, encoding="utf-8")
    done = replace(ansible, recorded=False).run("--syntax-check", *map(str, files))
    assert done.status == 0, done.output
    assert "[ERROR]" not in done.output


def test_guides_hold_task_files_that_ansible_can_read(tmp_path: Path, ansible: Ansible) -> None:
    """As they stand. Of modules of other collections, only that there is a task for them."""
    tasks = []
    for number, text in enumerate(TASK_FILES.values()):
        file = tmp_path / f"tasks-{number}.yml"
        file.write_text(text, encoding="utf-8")
        tasks.append({"name": f"Tasks {number}", "ansible.builtin.import_tasks": str(file)})
    tree = tmp_path / "collections" / "ansible_collections"
    (tree / "community").mkdir(parents=True)
    (tree / "community" / "openai_admin").symlink_to(ROOT.resolve())
    called = set(re.findall(r"^ +(\w+\.\w+)\.(\w+):$", "".join(TASK_FILES.values()), re.MULTILINE))
    for collection, module in called:
        if collection not in ("ansible.builtin", COLLECTION):
            modules = tree.joinpath(*collection.split("."), "plugins", "modules")
            modules.mkdir(parents=True, exist_ok=True)
            (modules / f"{module}.py").touch()
    playbook = tmp_path / "tasks.yml"
    playbook.write_text(yaml.safe_dump([{"name": "Play", "hosts": "localhost", "tasks": tasks}]), encoding="utf-8")
    done = replace(ansible, recorded=False, collections=tree.parent).run("--syntax-check", str(playbook))
    assert done.status == 0, done.output
    assert "[ERROR]" not in done.output


@pytest.mark.parametrize("name", sorted(REST))
def test_other_yaml_in_guides_is_for_ansible_as_well(name: str) -> None:
    """A requirements file, or variables of the collection's playbooks."""
    for key in yaml.safe_load(BLOCKS[name]):
        assert key == "collections" or key.startswith("openai_"), key


def test_there_are_examples_of_all_kinds() -> None:
    """Otherwise nothing here could fail."""
    assert len(PLAYBOOKS) > 5
    assert len(TASK_FILES) >= 3
    assert DECLARATIONS
    assert REST
