# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each job template as a job of AWX: as a check, then for real, and what AWX then has of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from awx.forks import Forks, running_forks
from awx.jobs import MOST_IN_AN_EVENT, Job, Launch
from awx.playbooks import evaluated
from awx.rules import told
from integration.audited import DECLARATION, deviating
from integration.key_series import key, organization
from integration.leavers import ORGANIZATION
from integration.sdk import admin
from integration.stores import TOKEN, Store, running_store, vault
from simulator import Simulator

READS_ONLY = ["api.management.write"]
REPORT = "https://reports.example.com/42"
PUBLISH = [
    {
        "name": "See that it is written",
        "ansible.builtin.assert": {"that": "openai_admin_report_paths.values() | select('exists') | list | length > 0"},
    },
    {"name": "Say where it is", "ansible.builtin.set_fact": {"openai_admin_report_url": REPORT}},
]
BUDGET = {"cost_centers": [{"name": "CC-1001", "budget_usd": 1000, "owners": ["finance@example.com"]}]}
ARTIFACTS = {"OpenAI audit": {"openai_admin_audit"}, "OpenAI budgets": {"openai_admin_budget"}}
"""What jobs hand on."""
ANEW = "OpenAI provision"
"""The template whose jobs start ansible-playbook anew."""
PUBLISHED = {"OpenAI audit", "OpenAI export", "OpenAI access review", "OpenAI cost report", "OpenAI budgets"}


@dataclass(frozen=True)
class Scenario:
    """What is there, what is answered, and whether a job then writes to the API or fails."""

    there: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    writes: bool = False
    fails: bool = False


SCENARIOS = {
    "OpenAI audit": Scenario(deviating(), {"openai_admin_audit_fail_on": ["drift"]}, fails=True),
    "OpenAI provision": Scenario(deviating(), writes=True),
    "OpenAI export": Scenario(ORGANIZATION),
    "OpenAI off-boarding": Scenario(
        ORGANIZATION, {"openai_admin_offboard": "Search-Lead@example.com\nsearch-dev@example.com"}, writes=True
    ),
    "OpenAI key rotation": Scenario(
        organization(key("deploy", 100, used=1)),
        {
            "openai_admin_rotate_key_project": "search-prod",
            "openai_admin_rotate_key_service_account": "api",
            "openai_admin_rotate_key_name": "deploy",
            "openai_admin_rotate_key_store_path": "search/openai",
        },
        writes=True,
    ),
    "OpenAI access review": Scenario(ORGANIZATION, {"openai_admin_access_review_unused_days": 30}),
    "OpenAI cost report": Scenario(ORGANIZATION, {"openai_admin_cost_month": ""}),
    "OpenAI budgets": Scenario(ORGANIZATION, {"openai_admin_budget_fail_on": ["over"]}),
}


@pytest.fixture(scope="session")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found = evaluated(tmp_path_factory.mktemp("definitions"), publish="publish.yml")
    return {**found, "diff_mode": True}


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    with running_store(vault) as running:
        yield running


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    with running_forks() as running:
        yield running


def ran(
    definitions: Mapping[str, Any],
    simulator: Simulator,
    store: Store,
    forks: Forks,
    folder: Path,
    *,
    check: bool,
    name: str,
    artifacts: Mapping[str, Any] | None = None,
) -> Job:
    (template,) = (each for each in definitions["job_templates"] if each["name"] == name)
    scenario = SCENARIOS[name]
    inputs = {
        # Empty ones are what a person leaves alone in the form.
        "OpenAI Administration API": {
            "admin_key": simulator.admin_key,
            "base_url": simulator.url,
            "organization_id": "",
            "client_key": "",
        },
        "Store of OpenAI API keys": {"url": store.url, "token": TOKEN},
    }
    files = {
        "organization.yml": yaml.safe_dump({"openai_admin_organization": {**DECLARATION, **BUDGET}}),
        "publish.yml": yaml.safe_dump(PUBLISH),
    }
    if "OpenAI (reading)" in template["credentials"]:
        simulator.behaviour(missing_scopes=READS_ONLY)
    return Launch(definitions, template, inputs, files, None if name == ANEW else forks, artifacts or {}).run(
        folder, scenario.answers, check=check
    )


@pytest.mark.series(3)
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_job_tells_what_it_changes_and_no_secret(
    name: str, definitions: dict[str, Any], simulator: Simulator, store: Store, forks: Forks, tmp_path: Path
) -> None:
    scenario = SCENARIOS[name]
    simulator.reset(scenario.there)
    checked = ran(definitions, simulator, store, forks, tmp_path / "check", check=True, name=name)
    assert (checked.status != 0) == scenario.fails, checked.output
    assert simulator.requests(writes=True) == []
    done = ran(definitions, simulator, store, forks, tmp_path / "run", check=False, name=name)
    assert (done.status != 0) == scenario.fails, done.output
    assert bool(simulator.requests(writes=True)) == scenario.writes
    assert checked.changed == done.changed
    assert bool(done.changed) == (scenario.writes or name in ("OpenAI audit", "OpenAI export"))

    writes_always = name in PUBLISHED and name != "OpenAI export"  # which writes no file in check mode
    assert [REPORT in job.output for job in (checked, done)] == [writes_always, name in PUBLISHED]
    secrets = [simulator.admin_key, TOKEN, *(each["openai_api_key"] for each in [store.get("search/openai")] if each)]
    assert name != "OpenAI key rotation" or len(secrets) == 3
    for job in (checked, done):
        assert not any(secret in text for secret in secrets for text in job.kept())
        assert max(map(size, job.events)) < MOST_IN_AN_EVENT
        assert job.artifacts.keys() == ARTIFACTS.get(name, set())
    if name == "OpenAI audit":
        messages_tell(definitions, checked)


def size(event: Mapping[str, Any]) -> int:
    """Of what AWX leaves out if it is too much."""
    return len(json.dumps((event.get("event_data") or {}).get("res")))


def messages_tell(definitions: dict[str, Any], audit: Job) -> None:
    """Mail and webhook have the audit's one sentence and where its report is."""
    found = audit.artifacts["openai_admin_audit"]
    assert (found["verdict"], found["report"]) == ("drift", REPORT)
    templates = {each["type"]: each["messages"]["error"] for each in definitions["notification_templates"]}
    finished = {"name": "OpenAI audit", "status": "failed", "artifacts": audit.artifacts}
    assert told(templates["email"]["message"], **finished) == f"OpenAI audit: {found['sentence']}"
    assert told(templates["email"]["body"], **finished).splitlines()[:2] == [found["sentence"], f"Report: {REPORT}"]
    posted = json.loads(told(templates["webhook"]["body"], **finished))
    assert (posted["text"], posted["verdict"], posted["report"]) == (found["sentence"], "drift", REPORT)
    broken = {**finished, "artifacts": {}}
    assert told(templates["email"]["message"], **broken) == "OpenAI audit: failed"
    assert json.loads(told(templates["webhook"]["body"], **broken))["text"] == "OpenAI audit: failed"


def test_an_approval_is_for_the_plan_of_the_audit(
    definitions: dict[str, Any], simulator: Simulator, store: Store, forks: Forks, tmp_path: Path
) -> None:
    """The workflow hands the plan's SHA-256 on, and an approval that came too late changes nothing."""

    def job(name: str, check: bool = False, artifacts: Mapping[str, Any] | None = None) -> Job:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        return ran(definitions, simulator, store, forks, folder, check=check, name=name, artifacts=artifacts)

    simulator.reset(deviating())
    audit = job("OpenAI audit", check=True)
    assert "openai_admin_audit" in audit.artifacts, audit.output
    found = audit.artifacts["openai_admin_audit"]
    assert found["plan_changes"] == len(found["plan"]) > 1
    assert len(json.dumps(audit.artifacts)) <= 4096
    (mail,) = (each for each in definitions["notification_templates"] if each["type"] == "email")
    finished = {"name": "OpenAI audit", "status": "failed", "artifacts": audit.artifacts}
    body = told(mail["messages"]["error"]["body"], **finished)
    assert f"Plan: {found['plan_sha256']}" in body
    assert all(line in body for line in found["plan"])

    simulator.behaviour(missing_scopes=[])
    projects = admin(simulator).projects
    project = next(each for each in projects.list() if each.name == "search-prod")
    member = next(each for each in projects.users.list(project.id) if each.email == "search-lead@example.com")
    projects.users.delete(member.id, project_id=project.id)
    simulator.clear()
    refused = job("OpenAI provision", artifacts=audit.artifacts)
    assert refused.status != 0
    assert f"The changes are not those of the plan {found['plan_sha256']}" in refused.output
    assert simulator.requests(writes=True) == []

    simulator.reset(deviating())
    done = job("OpenAI provision", artifacts=audit.artifacts)
    assert done.status == 0, done.output
    assert len(simulator.requests(writes=True)) > 1
    assert f"Plan: SHA-256 {found['plan_sha256']}" in done.output


def test_each_template_has_a_scenario(definitions: dict[str, Any]) -> None:
    assert [each["name"] for each in definitions["job_templates"]] == list(SCENARIOS)
