# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which organization it is: what answers say of it, and what a declaration does."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community import openai_admin
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from integration.playbooks import Ansible, module
from integration.scenarios import attempts, control
from simulator import Simulator
from tools.project import modules

NAME = "example-org"
MODULES = modules()
WORLD: dict[str, Any] = {
    "name": NAME,
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "projects": [{"name": "search-prod", "id": "proj_search"}],
}
DECLARED: dict[str, Any] = {"projects": [{"name": "search-prod"}, {"name": "new"}]}
OTHER = "The declaration is for the organization 'other-org', and the API answers for 'example-org'."
UNKNOWN = "no answer of the API says which organization it is from"


@pytest.fixture
def world(simulator: Simulator) -> Simulator:
    simulator.reset(WORLD)
    return simulator


def refusal(simulator: Simulator, check: bool = False, **declared: Any) -> Any:
    """The error of a declaration that is refused; nothing was written."""
    with pytest.raises(AdminError) as caught:
        perform(simulator, "organization", check=check, **declared)
    assert simulator.requests(writes=True) == []
    return caught.value


@pytest.mark.parametrize("module_name", MODULES)
def test_every_result_says_it(module_name: str) -> None:
    documented = yaml.safe_load(import_module(f"{openai_admin.__name__}.plugins.modules.{module_name}").RETURN)
    assert documented["organization_name"]["returned"] == "success, and most failures"


def test_results_and_failures_say_it(both_ways: Ansible) -> None:
    both_ways.simulator.reset(WORLD)
    run = both_ways.play(
        attempts(
            {
                "read": module("project_info"),
                "read all": module("organization_info", include=["users"]),
                "declare": module("organization", organization=NAME, **DECLARED),
                "ask nothing": module("user_info", emails=[]),
                "fail": module("user", email="nobody@example.com", role="reader"),
                "refused": module("organization", organization="other-org", **DECLARED),
                "silence": control("silence", "behaviour", {"organization_header": False}),
                "read again": module("project_info"),
            }
        )
    )
    said = {task.name: task.result.get("organization_name", "") for task in run.tasks if task.name != "silence"}
    assert said == {
        **dict.fromkeys(("read", "read all", "declare", "fail", "refused"), NAME),
        **dict.fromkeys(("ask nothing", "read again")),
    }


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("name", [NAME, f" {NAME} "])
def test_the_declared_organization_is_the_one(name: str, check: bool, world: Simulator) -> None:
    made = perform(world, "organization", check=check, organization=name, **DECLARED)
    assert [each["name"] for each in made.returns["changes"]] == ["new"]
    assert len(world.requests(writes=True)) == (not check)


@pytest.mark.parametrize("check", [False, True])
def test_another_organization_is_refused_with_the_first_answers(check: bool, world: Simulator) -> None:
    nobody = [{"email": "nobody@example.com"}]
    declared = {"users": nobody, "projects": [{"name": "search-prod", "users": nobody}]}
    error = refusal(world, check, organization="other-org", **declared)
    assert isinstance(error, Refused)
    assert error.message == (
        "The declaration is for the organization 'other-org', and the API answers for 'example-org'."
        " Check the admin key; or correct organization."
    )
    assert [each["option"] for each in error.facts["problems"]] == ["organization"]
    assert {request["route"] for request in world.requests()} == {"/organization/projects", "/organization/users"}


@pytest.mark.parametrize("check", [False, True])
def test_an_organization_that_no_answer_names_is_refused(check: bool, world: Simulator) -> None:
    world.behaviour(organization_header=False)
    error = refusal(world, check, organization=NAME, users=[{"email": "nobody@example.com"}], **DECLARED)
    assert UNKNOWN in error.message
    assert [each["option"] for each in error.facts["problems"]] == ["email", "organization"]
    world.behaviour(organization_header="")
    assert UNKNOWN in refusal(world, check, organization=NAME, projects=[{"name": "search-prod"}]).message


def test_an_answer_that_comes_later_may_name_it(world: Simulator) -> None:
    world.behaviour(organization_header=["", NAME])
    declared = {"users": [{"email": "owner@example.com"}], **DECLARED}
    assert perform(world, "organization", organization=NAME, **declared).changed


@pytest.mark.parametrize("declared", [{}, {"organization": "one"}], ids=["undeclared", "declared"])
def test_answers_of_two_organizations_are_refused(declared: dict[str, Any], world: Simulator) -> None:
    world.behaviour(organization_header=["one", "two"])
    error = refusal(world, users=[{"email": "owner@example.com"}], workers=1, **declared, **DECLARED)
    assert "an answer names the organization 'two', and an earlier one named 'one'" in error.message
    world.behaviour(organization_header=["one", "two"])
    with pytest.raises(AdminError, match=r"and an earlier one named '(one|two)'"):
        perform(world, "organization_info")


def test_nothing_more_is_changed_once_an_answer_is_of_another_organization(world: Simulator) -> None:
    world.behaviour(organization_header=[NAME, NAME, NAME, "two"])
    projects = [{"name": f"new-{number}"} for number in range(5)]
    with pytest.raises(AdminError) as caught:
        perform(world, "organization", organization=NAME, projects=projects, workers=1)
    assert "an answer names the organization 'two'" in caught.value.message
    assert len(world.requests(writes=True)) == 2
    assert len(caught.value.facts["not_tried"]) == 3


def test_nothing_declared_is_no_proof(world: Simulator) -> None:
    assert UNKNOWN in refusal(world, organization=NAME).message
    assert world.requests() == []


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_refused(name: str, world: Simulator) -> None:
    error = refusal(world, organization=name, **DECLARED)
    assert isinstance(error, BadInput)
    assert error.message == "organization must not be empty."
    assert world.requests() == []


def test_jobs_say_where_it_is_declared(ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(WORLD)
    file = tmp_path / "organization.yml"
    text = "---\nopenai_admin_organization:\n  organization: other-org\n  projects: []\n"
    file.write_text(text, encoding="utf-8")
    for options in ("-e", f"openai_admin_declaration={file}"), ("-e", f"@{file}"):
        run = ansible.run("community.openai_admin.provision", *options)
        assert run.status != 0
        assert "The declaration is for the organization 'other-org', " in run.output
        assert "organization.yml:3:17: The declaration" in run.output or "@" in options[1]
    file.write_text(text.replace("other-org", NAME), encoding="utf-8")
    run = ansible.run("community.openai_admin.provision", "-e", f"openai_admin_declaration={file}")
    assert run.status == 0, run.output


# Jobs

LEAVES = "leaves@example.com"
PEOPLE: dict[str, Any] = {
    **WORLD,
    "users": [*WORLD["users"], {"email": LEAVES, "id": "user-leaves"}],
    "projects": [
        {
            **WORLD["projects"][0],
            "users": [{"email": LEAVES}],
            "service_accounts": [{"name": "search-api", "id": "svc_api"}],
        },
    ],
    "usage": {"consumers": [{"project": "proj_search"}]},
}
AS_IT_IS = {"users": [{"email": "owner@example.com", "role": "owner"}, {"email": LEAVES}]}
SAID = "Organization: example-org."
NOT_SAID = "Organization: not known, because no answer of the API names it."
SUMMARIES = frozenset({"audit", "access_review", "cost_report", "export", "offboard", "rotate_key"})


def job(role: str, folder: Path, **settings: Any) -> dict[str, Any]:
    """A job, and how it failed if it did; its files go into the folder."""
    places = {"access_review": "access_review_directory", "audit": "audit_directory", "cost_report": "cost_directory"}
    place = {f"openai_admin_{places[role]}": str(folder)} if role in places else {}
    included = {"name": f"community.openai_admin.{role}"}
    failed = {"name": f"{role}: failure", "ansible.builtin.debug": {"msg": "{{ ansible_failed_result.msg }}"}}
    return {
        "name": role,
        "block": [{"name": role, "ansible.builtin.include_role": included, "vars": {**place, **settings}}],
        "rescue": [failed],
    }


def all_jobs(folder: Path, header: Any, only: Iterable[str], **declared: Any) -> list[dict[str, Any]]:
    declaration = {"openai_admin_organization": {**AS_IT_IS, **declared}}
    ready = {"control": True, "path": "/behaviour", "body": {"organization_header": header}}
    key = {"project": "search-prod", "service_account": "search-api", "name": "deploy", "store": "file"}
    jobs = [
        job("audit", folder, **declaration),
        job("access_review", folder),
        job("cost_report", folder, **declaration),
        job("export", folder, openai_admin_export_path=str(folder / "export.yml")),
        job(
            "rotate_key",
            folder,
            openai_admin_rotate_key_store_path=str(folder / "key"),
            **{f"openai_admin_rotate_key_{name}": value for name, value in key.items()},
        ),
        job("offboard", folder, openai_admin_offboard=[LEAVES], **declaration),
    ]
    header_again = {"name": "header", "somebody_else": ready}
    played = [task for each in jobs if each["name"] in only for task in (header_again, each)]
    return [control("reset", "reset", PEOPLE), *played]


@dataclass(frozen=True)
class Told:
    """What the jobs wrote and printed, by the job."""

    folder: Path
    summaries: dict[str, list[str]]
    failures: dict[str, str]
    output: str

    def text(self, name: str) -> str:
        (path,) = self.folder.glob(name)
        return path.read_text(encoding="utf-8")


def conduct(server: Simulator, folder: Path, header: Any, only: Iterable[str] = SUMMARIES, **declared: Any) -> Told:
    folder.mkdir(exist_ok=True)
    run = Ansible(server, folder).play(all_jobs(folder, header, only, **declared))
    assert run.status == 0, run.output
    summaries = {
        task.name.split(" : ")[0].rpartition(".")[2]: task.result["msg"]
        for task in run.tasks
        if task.name.endswith(" : Show the summary")
    }
    failures = {
        task.name.partition(":")[0]: str(task.result["msg"]) for task in run.tasks if task.name.endswith(": failure")
    }
    return Told(folder, summaries, failures, run.output)


@pytest.fixture(scope="module")
def named(server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return conduct(server, tmp_path_factory.mktemp("named"), True, organization=NAME)


@pytest.fixture(scope="module")
def unnamed(server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return conduct(server, tmp_path_factory.mktemp("unnamed"), False)


def test_every_summary_names_it(named: Told, unnamed: Told) -> None:
    for told, sentence in (named, SAID), (unnamed, NOT_SAID):
        assert told.failures == {}, told.output
        assert {name for name, lines in told.summaries.items() if sentence in lines} == SUMMARIES


def test_every_page_names_it(named: Told, unnamed: Told) -> None:
    for name in "audit.html", "access_review.html", "cost-report-*.html":
        assert SAID in named.text(name)
        assert NOT_SAID in unnamed.text(name)
    assert "Organization example-org as it was at" in named.text("audit.html")


def test_all_data_names_it(named: Told, unnamed: Told) -> None:
    for name in "audit.json", "access_review.json", "cost-report-*.json":
        for told, own, sentence in (named, NAME, SAID), (unnamed, None, NOT_SAID):
            report = json.loads(told.text(name))
            assert (report["organization_name"], report["whose"]) == (own, sentence)
    for told, own in (named, NAME), (unnamed, "not known"):
        assert f'<property name="organization_name" value="{own}" />' in told.text("audit.xml")
        for name, column in ("access_review.csv", 13), ("cost-report-*.csv", 11):
            rows = list(csv.DictReader(io.StringIO(told.text(name))))
            assert {row["organization"] for row in rows} == {own}
            assert list(rows[0])[column] == "organization"
        assert f"\n# {SAID if own == NAME else NOT_SAID}\n" in told.text("export.yml")


def test_jobs_whose_answers_disagree_fail(server: Simulator, tmp_path: Path) -> None:
    told = conduct(server, tmp_path / "two", ["one", "two"])
    assert told.failures.keys() == SUMMARIES
    two = re.compile("[A-Z].*'(one|two)'.*'(one|two)'")
    assert [message for message in told.failures.values() if not two.search(message)] == []
    assert [path.name for path in (tmp_path / "two").iterdir() if path.suffix in (".html", ".yml", ".csv")] == [
        "playbook.yml"
    ]
    assert server.state()["users"][1]["email"] == LEAVES


def test_jobs_that_take_a_declaration_fail_for_another_organization(server: Simulator, tmp_path: Path) -> None:
    jobs = {"audit", "cost_report", "offboard"}
    told = conduct(server, tmp_path / "other", True, jobs, organization="other-org")
    assert told.failures.keys() == jobs
    assert [message for message in told.failures.values() if not message.startswith(OTHER)] == []
    assert server.state()["users"][1]["email"] == LEAVES
