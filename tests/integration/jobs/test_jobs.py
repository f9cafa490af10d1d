# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all jobs have in common: their variables, and how their reports are written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.playbooks import Ansible

ROOT = Path(__file__).resolve().parents[3]
ROLES = sorted(path.parents[1] for path in ROOT.glob("roles/*/meta/argument_specs.yml"))
JOBS = [role for role in ROLES if (role / "tasks" / "from_survey.yml").exists()]
GUIDE = (ROOT / "docs" / "playbooks.md").read_text(encoding="utf-8")


def options(role: Path) -> dict[str, dict[str, Any]]:
    specs = yaml.safe_load((role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    return dict(specs["argument_specs"]["main"]["options"])


def default(option: dict[str, Any]) -> str:
    """An option's default as the guide writes it."""
    value = option.get("default")
    if option.get("required"):
        return "required"
    if isinstance(value, list):
        return f"`[{', '.join(map(str, value))}]`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "" if value is None else f"`{value}`"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_guide_has_every_variable(role: Path) -> None:
    section = GUIDE.partition("\n## Variables\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines() if line.startswith("| `")]
    told = {row[0].strip("`"): row[2:4] for row in rows if row[1] == role.name}
    assert told == {name: [option["type"], default(option)] for name, option in options(role).items()}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_variable_begins_as_the_collection_does(role: Path) -> None:
    assert [name for name in options(role) if not re.match("openai_admin_", name)] == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_defaults_are_those_of_the_specification(role: Path) -> None:
    defaults = yaml.safe_load((role / "defaults" / "main.yml").read_text(encoding="utf-8"))
    assert defaults == {name: option["default"] for name, option in options(role).items() if "default" in option}


def test_the_arguments_of_no_role_go_unchecked() -> None:
    files = [path for folder in ("roles", "playbooks", "extensions") for path in (ROOT / folder).rglob("*.yml")]
    assert len(files) > 50
    assert [str(path) for path in files if "rolespec_validate" in path.read_text(encoding="utf-8")] == []


def role_task(role: str, **variables: Any) -> dict[str, Any]:
    """A job as its playbook runs it, and why it failed if it did."""
    included = {"name": f"community.openai_admin.{role}", "tasks_from": "from_survey"}
    failed = {"name": f"{role} failed", "ansible.builtin.debug": {"msg": "{{ ansible_failed_result.msg }}"}}
    return {"block": [{"name": role, "ansible.builtin.include_role": included, "vars": variables}], "rescue": [failed]}


@pytest.mark.matrix
def test_empty_texts_of_a_survey_count_as_not_set(ansible: Ansible, tmp_path: Path) -> None:
    """AWX sends them as extra variables, which no role can override."""
    given = {name: "" for job in JOBS for name, option in options(job).items() if not option.get("required")}
    given.update({name: str(tmp_path) for name in given if name.endswith("_directory")})
    given["openai_admin_organization"] = "users: []"
    del given["openai_admin_declaration"]
    needed = {"project": "search-prod", "service_account": "api", "name": "deploy", "store": "file"}
    given.update({f"openai_admin_rotate_key_{name}": value for name, value in needed.items()})
    given["openai_admin_rotate_key_store_path"] = str(tmp_path / "key")
    given.update(openai_admin_export_path=str(tmp_path / "o.yml"), openai_admin_offboard="gone@example.com")
    extra = tmp_path / "extra.json"
    extra.write_text(json.dumps(given))
    ansible.simulator.reset({"users": [{"email": "ada@example.com", "role": "owner"}], "projects": []})
    run = ansible.play([role_task(job.name) for job in JOBS], "-e", f"@{extra}", "--check")
    checked = [task for task in run.tasks if "Validating arguments against arg spec 'from_survey'" in task.name]
    assert [task.failed for task in checked] == [False] * len(JOBS)
    kept = [task.result["ansible_facts"] for task in run.tasks if task.name.endswith(" : Keep the settings")]
    assert len(kept) == len(JOBS)
    for job in JOBS:
        (settings,) = [facts for each in kept for facts in each.values() if facts and set(facts) <= set(options(job))]
        wrong = {
            name: settings[name]
            for name, option in options(job).items()
            if given.get(name) == "" and name in settings and settings[name] != option.get("default")
        }
        assert wrong == {}


def test_a_variable_that_nothing_reads_is_refused_with_the_nearest_one(ansible: Ansible) -> None:
    slips = {
        "audit": {"openai_admin_audit_fail_om": "drift"},
        "offboard": {"openai_admin_offbord": "ada@example.com", "openai_admin_offboard": "gone@example.com"},
        "cost_report": {"openai_admin_cost_mouth": "last", "openai_admin_cost_by": "wether"},
    }
    jobs = [role_task(role, **variables) for role, variables in slips.items()]
    others = {
        "organization": {"openai_admin_declartion": "organization.yml"},
        "report": {"openai_admin_report_dir": ".", "openai_admin_report_files": []},
    }
    for role, variables in others.items():
        task = role_task(role, **variables)
        del task["block"][0]["ansible.builtin.include_role"]["tasks_from"]
        jobs.append(task)
    misspelled = role_task("audit", openai_admin_declartion="organization.yml")
    misspelled["rescue"][0]["name"] = "misspelled declaration failed"
    run = ansible.play([*jobs, misspelled])
    assert run["organization failed"].message == (
        "openai_admin_declartion is not a variable of the role organization: did you mean openai_admin_declaration?"
    )
    assert "did you mean openai_admin_report_directory?" in run["report failed"].message
    said = {role: run[f"{role} failed"].message for role in slips}
    assert said["audit"] == (
        "openai_admin_audit_fail_om is not a variable of the role audit: did you mean openai_admin_audit_fail_on?"
    )
    assert run["misspelled declaration failed"].message == (
        "openai_admin_declartion is not a variable of the role audit: did you mean openai_admin_declaration?"
    )
    assert "is not a variable of the role offboard: did you mean openai_admin_offboard?" in said["offboard"]
    assert "did you mean openai_admin_cost_month?" in said["cost_report"]
    assert "openai_admin_cost_by cannot be 'wether'" in said["cost_report"]


def test_ansible_checks_what_is_given_to_a_role_itself(ansible: Ansible) -> None:
    included = {"ansible.builtin.include_role": {"name": "community.openai_admin.audit"}}
    run = ansible.play([{**included, "name": "Audit", "vars": {"openai_admin_audit_unused_for_days": "soon"}}])
    assert run.status != 0
    assert "openai_admin_audit_unused_for_days" in run.tasks[-1].message
    assert [task.name for task in run.tasks if "Validating arguments" in task.name] == [run.tasks[-1].name]


def test_a_report_is_written_in_check_mode_and_published(ansible: Ansible) -> None:
    folder = ansible.folder / "reports"
    content = '{"name": "{{ 7 * 7 }}", "none": null}\n'
    (ansible.folder / "content").write_text(content)
    told = {"name": "Told", "ansible.builtin.debug": {"msg": "{{ openai_admin_report_paths.json }}"}}
    publish = ansible.folder / "publish.yml"
    publish.write_text(yaml.safe_dump([told]))
    given = "{{ lookup('ansible.builtin.file', '" + str(ansible.folder / "content") + "', rstrip=false) }}"
    report = {
        "name": "Report",
        "ansible.builtin.include_role": {"name": "community.openai_admin.report"},
        "vars": {
            "openai_admin_report_directory": str(folder),
            "openai_admin_report_publish": str(publish),
            "openai_admin_report_files": [{"kind": "json", "name": "it.json", "content": given}],
        },
    }
    run = ansible.play([report], "--check")
    written = folder / "it.json"
    assert run.status == 0, run.output
    assert written.read_text() == content
    assert written.stat().st_mode & 0o777 == 0o600
    assert run["community.openai_admin.report : Told"].message == str(written)
    assert not any(task.changed for task in run.tasks)
