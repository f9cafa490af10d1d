# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a job was told wrong is said in sentences, once, and before anything else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from integration.playbooks import Ansible, PlaybookRun

WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "no path": ("export", {}, "openai_admin_export_path is not set, and the job needs it."),
    "nobody": ("offboard", {}, "openai_admin_offboard is not set, and the job needs it."),
    "no address": (
        "offboard",
        {"openai_admin_offboard": "nobody"},
        "openai_admin_offboard[0] must be one e-mail address such as ada@example.com, not 'nobody' (it has no @).",
    ),
    "no declaration": (
        "offboard",
        {"openai_admin_offboard": "ada@example.com", "openai_admin_declaration": "/none/team.yml"},
        "/none/team.yml does not exist.",
    ),
    "no YAML": (
        "offboard",
        {"openai_admin_offboard": "ada@example.com", "openai_admin_organization": "users: [\n"},
        "openai_admin_organization:2:1: This is not valid YAML: while parsing a flow node, did not find expected node",
    ),
    "no dictionary": (
        "offboard",
        {"openai_admin_offboard": "ada@example.com", "openai_admin_organization": 5},
        "openai_admin_organization must be a dictionary, not 5.",
    ),
    "no month": (
        "cost_report",
        {"openai_admin_cost_month": "october"},
        "openai_admin_cost_month must be last, current, or a month such as 2026-10, not 'october'.",
    ),
    "no project": (
        "cost_report",
        {"openai_admin_organization": {"projects": ["search"]}},
        "projects[0]: This must be a dictionary, not 'search'. Write name: search",
    ),
    "no day": (
        "audit",
        {
            "openai_admin_organization": {"projects": []},
            "openai_admin_audit_accepted": [{"kind": "user", "name": "x", "reason": "y", "until": "31.3.2027"}],
        },
        "openai_admin_audit_accepted[0]: until must be a day such as 2027-03-31, not '31.3.2027'.",
    ),
    "several at once": (
        "provision",
        {
            "openai_admin_organization": {
                "projects": ["search", {"name": "chat", "users": ["alan@example.com"], "geography": "EU"}],
                "usres": [],
            }
        },
        "usres is not an option. Did you mean users?\n"
        "projects[0]: This must be a dictionary, not 'search'. Write name: search\n"
        "projects[1].users[0] (chat): This must be a dictionary, not 'alan@example.com'. Write email:"
        " alan@example.com\n"
        "projects[1] (chat): geography is not an option here. Use residency with EU_STORAGE_PROCESSING instead.",
    ),
    "a text that is none": (
        "provision",
        {"openai_admin_organization": "projects:\n- name: [\n"},
        "openai_admin_organization:3:1: This is not valid YAML: while parsing a flow node, did not find expected node",
    ),
    "a text with a slip": (
        "provision",
        {"openai_admin_organization": "projects:\n- name: chat\n  rol: 5\n"},
        "openai_admin_organization:3:3: projects[0] (chat): rol is not an option. Did you mean roles?",
    ),
    "a number": (
        "provision",
        {"openai_admin_organization": 5},
        "openai_admin_organization must be a dictionary, not 5.",
    ),
}


def play(ansible: Ansible, job: str, told: dict[str, Any], *options: str) -> PlaybookRun:
    return ansible.run(f"community.openai_admin.{job}", "-e", json.dumps(told), *options)


@pytest.mark.series(5)
@pytest.mark.parametrize("name", WRONG)
def test_what_a_job_was_told_wrong_is_said_in_sentences_and_once(name: str, ansible: Ansible) -> None:
    job, told, said = WRONG[name]
    run = play(ansible, job, told)
    failed = [task for task in run.tasks if task.failed]
    assert [task.message.startswith(said) for task in failed] == [True], run.output
    assert "filter plugin" not in run.output
    assert "Reading needs" not in run.output
    assert ansible.simulator.requests() == []


@pytest.mark.parametrize("job", ["provision", "audit", "cost_report"])
def test_what_is_wrong_with_a_file_is_said_alike(job: str, ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "team.yml").write_text(
        "projects:\n- name: chat\n  geography: JP\n  users: [alan@example.com]\nexternal_storage_key: 5\n"
    )
    run = play(ansible, job, {"openai_admin_declaration": "team.yml"})
    failed = [task for task in run.tasks if task.failed]
    assert [task.message.split("\n") for task in failed] == [
        [
            "team.yml:5:1: external_storage_key is not an option. Did you mean external_storage?",
            "team.yml:3:3: projects[0] (chat): geography is not an option here. Use residency with JP_STORAGE or"
            " JP_STORAGE_PROCESSING instead.",
            "team.yml:4:11: projects[0].users[0] (chat): This must be a dictionary, not 'alan@example.com'. Write"
            " email: alan@example.com",
        ]
    ], run.output
    assert "lookup plugin" not in run.output
    assert "Reading needs" not in run.output
    assert ansible.simulator.requests() == []


def test_no_place_in_the_job_itself_is_taken_for_one_in_the_declaration(ansible: Ansible) -> None:
    """Of variables as a survey sends them, nobody knows the place."""
    told = {"openai_admin_organization": {"projects": [{"name": "brand-new"}]}}
    run = play(ansible, "provision", told, "--check")
    assert [
        (each["where"], each["place"])
        for each in run["Bring the organization into the declared state"].result["changes"]
    ] == [("projects[0]", "")]
    assert "- create project brand-new" in run["Show the summary"].result["msg"]
    told["openai_admin_organization"]["projects"][0]["service_accounts"] = [{"name": "x", "role": "onwer"}]
    refused = play(ansible, "provision", told)["Bring the organization into the declared state"].message
    assert refused.startswith("projects[0].service_accounts[0]: role of service account 'x'")
    told["openai_admin_timeout"] = "soon"
    assert (
        play(ansible, "provision", told)["Bring the organization into the declared state"].message
        == "timeout must be a number, not 'soon'."
    )


def test_numbers_that_ansible_made_of_words_are_warned_of(both_ways: Ansible, tmp_path: Path) -> None:
    """What the collection reads itself stays as it is written."""
    lines = [
        "projects:",
        "- {name: 22:30, attributes: {cost_center: 0012}}",
        "- {name: 1_000, attributes: {cost_center: '0012'}}",
        "- {name: '0123', service_accounts: [{name: 0123}]}",
    ]
    (tmp_path / "team.yml").write_text("\n".join(lines))
    (tmp_path / "variables.yml").write_text("\n".join(["declared:", *(f"  {line}" for line in lines)]))
    organization = "community.openai_admin.organization"
    tasks = [
        {"name": "variables", organization: {"projects": "{{ declared.projects }}"}},
        {"name": "one", "community.openai_admin.project": {"name": "{{ declared.projects[0].name }}"}},
        {"name": "file", organization: {"src": "team.yml"}},
    ]
    run = both_ways.play(tasks, "-e", "@variables.yml", "--check")
    assert run.status == 0, run.output
    numbers = "and YAML makes numbers of words such as 22:30, 0123, 0012 and 1_000. Put the value in quotes."
    warnings = [each.partition("projects[")[2] for each in map(str, run["variables"].warnings)]
    assert f"0] and 2 more: name is the number 1350, {numbers}" in warnings
    assert f"0]: cost_center is the number 10, {numbers}" in warnings
    assert "name is the number 1350" in str(run["one"].warnings)
    assert run["file"].warnings == []
    assert [each["name"] for each in run["file"].result["changes"]] == ["22:30", "1_000", "0123", "0123"]


@pytest.mark.parametrize(("job", "nothing"), [("provision", ""), ("audit", ""), ("provision", "  ")])
def test_a_declaration_may_be_a_text_and_connection_options_may_be_empty(
    job: str, nothing: str, ansible: Ansible
) -> None:
    """As a survey sends them. C(0012) stays what it is."""
    names = ("timeout", "max_wait", "validate_certs", "ca_path", "client_cert", "organization_id")
    empty = {f"openai_admin_{name}": nothing for name in names}
    text = "projects:\n- name: brand-new\n  attributes: {cost_center: 0012}\n"
    run = play(ansible, job, {"openai_admin_organization": text, **empty}, "--check")
    assert (run.status == 0) == (job == "provision"), run.output
    (change,) = run["Bring the organization into the declared state"].result["changes"]
    assert (change["action"], change["name"]) == ("create", "brand-new")
