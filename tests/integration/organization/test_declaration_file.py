# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A declaration that the module reads itself: the same as one in a variable, and never evaluated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.exports import STRANGE, export
from integration.playbooks import Ansible, PlaybookRun, TaskRun, module

DECLARED: dict[str, Any] = {
    "users": [{"email": "ada@example.com", "role": "owner"}],
    "projects": [
        {"name": "search-prod", "attributes": {"cost_center": "CC-1"}, "service_accounts": [{"name": "from-file"}]},
        {"name": "2026-11-26", "users": []},
    ],
}
TOLD = ("changes", "summary", "unmanaged", "pending")


def apply(ansible: Ansible, *options: str, **arguments: Any) -> PlaybookRun:
    return ansible.play([{"name": "Organization", **module("organization", **arguments)}], *options)


def without_places(task: TaskRun) -> dict[str, Any]:
    """What a run tells, but for where that is declared, which depends on how it is given."""
    told = {name: task.result[name] for name in TOLD}
    return {**told, "changes": [{**each, "place": ""} for each in told["changes"]]}


@pytest.mark.parametrize("under_its_name", [True, False])
def test_a_file_counts_as_its_contents_do(under_its_name: bool, both_ways: Ansible, tmp_path: Path) -> None:
    content = {"openai_admin_organization": DECLARED, "another_variable": 1} if under_its_name else DECLARED
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "organization.yml").write_text(yaml.safe_dump(content))
    by_file = apply(both_ways, "--check", src="organization.yml")["Organization"]
    by_options = apply(both_ways, "--check", **DECLARED)["Organization"]
    assert by_file.result["changes"]
    assert without_places(by_file) == without_places(by_options)
    assert all(each["place"].startswith("files/organization.yml:") for each in by_file.result["changes"])
    assert sorted(each["path"] for each in by_file.requests) == sorted(each["path"] for each in by_options.requests)
    assert not by_file.failed
    done = apply(both_ways, src="organization.yml")["Organization"]
    assert done.result["changes"] == by_file.result["changes"]
    assert apply(both_ways, src="organization.yml").writes == []


def test_options_count_before_the_file(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "organization.yml").write_text(yaml.safe_dump(DECLARED))
    run = apply(ansible, "--check", src="organization.yml", projects=[], users=None)["Organization"]
    assert set(run.result["summary"]) == {"users"}
    assert len(run.requests) == 2  # the projects, which are declared to be none, and the users of the file


@pytest.mark.matrix
@pytest.mark.parametrize("layout", ["file", "directory"])
def test_an_export_is_read_as_it_was_written(layout: str, ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(STRANGE)
    path = tmp_path / "exported"
    assert export(ansible, path, "-e", f"openai_admin_export_layout={layout}").status == 0
    run = apply(ansible, src=str(path))
    assert run.status == 0, run.output
    result = run["Organization"].result
    assert (result["changes"], result["unmanaged"]) == ([], [])
    assert result["summary"]["projects"] == {"unchanged": len(STRANGE["projects"])}
    assert [file.name for file in tmp_path.rglob("pwned")] == []


@pytest.mark.matrix
@pytest.mark.parametrize("job", ["provision", "audit"])
def test_jobs_read_it_as_data(job: str, ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(STRANGE)
    assert export(ansible, tmp_path / "exported.yml").status == 0
    run = ansible.run(f"community.openai_admin.{job}", "-e", "openai_admin_declaration=exported.yml", "--check")
    result = run["Bring the organization into the declared state"].result
    assert (result["changes"], result["unmanaged"]) == ([], []), run.output
    assert result["summary"]["projects"] == {"unchanged": len(STRANGE["projects"])}
    assert [file.name for file in tmp_path.rglob("pwned")] == []


@pytest.mark.parametrize("job", ["provision", "audit", "cost_report"])
def test_jobs_refuse_a_template(job: str, ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "organization.yml").write_text("openai_admin_organization:\n  projects: [{name: '{{ team }}'}]\n")
    run = ansible.run(f"community.openai_admin.{job}", "-e", "openai_admin_declaration=organization.yml", "--check")
    assert run.status != 0
    assert "organization.yml:2:21: '{{ team }}' looks like a template" in run.output
    assert ansible.simulator.requests() == []


@pytest.mark.series(1)
@pytest.mark.matrix
def test_a_file_may_be_encrypted(both_ways: Ansible, tmp_path: Path) -> None:
    path, password = tmp_path / "organization.yml", tmp_path / "password"
    path.write_text(yaml.safe_dump(DECLARED))
    password.write_text("a password of a test")
    encrypt = ["-m", "ansible", "vault", "encrypt", "--vault-password-file", str(password), str(path)]
    subprocess.run([sys.executable, *encrypt], check=True, capture_output=True, cwd=tmp_path)
    assert path.read_text().startswith("$ANSIBLE_VAULT")
    run = apply(both_ways, "--check", "--vault-password-file", str(password), src=str(path))
    assert run.status == 0, run.output
    assert run["Organization"].result["changes"]
    without = apply(both_ways, "--check", src=str(path))
    assert without.status != 0
    assert "organization.yml: This is encrypted, and cannot be decrypted: give" in without["Organization"].message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("projects: [{name: '{{ team }}'}]", "organization.yml:1:19: '{{ team }}' looks like a template"),
        ('users: []\nprojects:\n  - {name: "{% if x %}"}', "organization.yml:3:12: '{% if x %}' looks like a template"),
        ("users: []\nusers: []", "organization.yml:2:1: users is given twice. Remove one of the two."),
        ("projects: [{name: a, name: b}]", "organization.yml:1:22: name is given twice. Remove one of the two."),
        ("projects: [{name: !vault x}]", "organization.yml:1:19: !vault cannot be in a declaration."),
        ("projects: [{name: !!binary aGk=}]", "organization.yml:1:19: !!binary cannot be in a declaration."),
        ("projects: [a: b: c]", "organization.yml:1:16: This is not valid YAML: "),
        ("\x00", "organization.yml:1:1: The character U+0000 cannot be in a YAML text."),
        ("- projects", "organization.yml: This is not a dictionary."),
        ("projects: [{name: !!int a}]", "organization.yml:1:19: 'a' is not a number."),
        ("projects: &itself [*itself]", "organization.yml:1:11: This contains itself."),
        (f"projects: {'[' * 90}{']' * 90}", "organization.yml:1:60: This is nested too deeply."),
        (
            f"projects: {'[' * 900}{']' * 900}",
            "organization.yml:1:209: This is not valid YAML: it is nested too deeply.",
        ),
        ("", "organization.yml: This is not a dictionary."),
        ("openai_admin_organization: []", "organization.yml:1:28: openai_admin_organization must be a dictionary."),
        (
            "admin_key: sk-admin-in-the-wrong-place",
            "organization.yml:1:1: admin_key is not an option of a declaration.",
        ),
        ("src: other.yml", "organization.yml:1:1: src is not an option of a declaration."),
        ("users: []\nproject: []", "organization.yml:2:1: project is not an option. Did you mean"),
        ("projects: [{nam: a}]", "organization.yml:1:13: projects[0]: nam is not an option"),
    ],
)
def test_what_is_wrong_is_said_before_any_request(content: str, words: str, ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "organization.yml").write_text(content)
    run = apply(ansible, src="organization.yml")["Organization"]
    assert run.failed
    assert words in run.message
    assert run.requests == []
    assert "Traceback" not in str(run.result)
    assert "sk-admin-in" not in str(run.result)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere.yml", "nowhere.yml does not exist."),
        ("empty", "empty: There is no organization.yml in this directory."),
    ],
)
def test_a_file_that_is_not_there(path: str, words: str, both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = apply(both_ways, src=path)["Organization"]
    assert run.failed
    assert words in run.message
    assert run.requests == []


def test_what_is_marked_stays_as_it_is(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "organization.yml").write_text("projects: [{name: !unsafe '{{ team }}'}]")
    assert apply(ansible, src="organization.yml")["Organization"].result["changes"][0]["name"] == "{{ team }}"


@pytest.mark.series(1)
@pytest.mark.matrix
def test_the_file_is_not_repeated_in_the_result(both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "organization.yml").write_text(yaml.safe_dump(DECLARED))
    plays = [{"name": "Organization", **module("organization", src="organization.yml")}]
    run = both_ways.play(plays, "--check", ANSIBLE_INJECT_INVOCATION="true")["Organization"]
    arguments = run.result["invocation"]["module_args"]
    assert arguments["src"] == "organization.yml"
    assert arguments["max_removals"] == 10
    assert "projects" not in arguments
    assert arguments["admin_key"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
