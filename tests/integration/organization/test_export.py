# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization written to a file by one playbook and applied by the other: nothing changes, whatever the names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.text import with_defaults
from integration.direct import perform
from integration.exports import STRANGE, export
from integration.organizations import large_organization
from integration.playbooks import Ansible
from simulator import Simulator


@pytest.mark.matrix
def test_strange_names_come_back_as_they_are_and_are_never_evaluated(ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(STRANGE)
    path = tmp_path / "organization.yml"
    exported = export(ansible, path)
    assert exported.status == 0, exported.output
    assert exported.writes == []
    applied = ansible.run("community.openai_admin.provision", "-e", f"@{path}")
    assert applied.status == 0, applied.output
    assert applied["Bring the organization into the declared state"].result["changes"] == []
    assert applied["Bring the organization into the declared state"].result["unmanaged"] == []
    assert applied["Bring the organization into the declared state"].result["summary"]["projects"] == {
        "unchanged": len(STRANGE["projects"])
    }
    assert applied.writes == []
    assert [file.name for file in tmp_path.rglob("pwned")] == []


@pytest.mark.matrix
def test_a_directory_has_a_file_for_each_project(ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(STRANGE)
    folder = tmp_path / "organization"
    layout = ["-e", "openai_admin_export_layout=directory"]
    exported = export(ansible, folder, *layout)
    assert exported.status == 0, exported.output
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yml"))
    assert len(files) == 1 + len(STRANGE["projects"])
    assert files[0] == "organization.yml"
    assert {"projects/default-project.yml", "projects/twin-proj_twin_1.yml", "projects/no.yml"} < set(files)
    applied = ansible.run("community.openai_admin.provision", "-e", f"openai_admin_declaration={folder}")
    assert applied.status == 0, applied.output
    result = applied["Bring the organization into the declared state"].result
    assert (result["changes"], result["unmanaged"]) == ([], [])
    assert result["summary"]["projects"] == {"unchanged": len(STRANGE["projects"])}
    assert [file.name for file in tmp_path.rglob("pwned")] == []
    # what is gone does not come back, and what is as it was is not written
    perform(ansible.simulator, "project", name="no", state="archived")
    again = export(ansible, folder, *layout)
    assert "Removed, since these projects are gone: no.yml." in again.output
    changed = again["Write the files"].result["changed_files"]
    assert sorted(Path(path).name for path in changed) == ["no.yml", "organization.yml"]
    assert not (folder / "projects" / "no.yml").exists()


def test_a_declaration_is_given_once(ansible: Ansible, tmp_path: Path) -> None:
    path = tmp_path / "organization.yml"
    path.write_text("openai_admin_organization: {users: []}\n")
    run = ansible.run("community.openai_admin.provision", "-e", f"@{path}", "-e", f"openai_admin_declaration={path}")
    assert run.status != 0
    assert "openai_admin_organization and openai_admin_declaration exclude each other." in run.output
    alone = ansible.run("community.openai_admin.provision", "-e", f"openai_admin_declaration={path}", "--check")
    assert alone.status == 0, alone.output


def test_the_file_says_what_it_is(ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(STRANGE)
    path = tmp_path / "organization.yml"
    export(ansible, path, "-e", "openai_admin_export_source=Example")
    begin, first, whose, second, third, mark, variable = path.read_text(encoding="utf-8").splitlines()[:7]
    assert begin == "---"
    assert re.fullmatch(
        r"# Example, as it was at \d{4}-\d\d-\d\d \d\d:\d\d UTC: 18 projects, 2 users, 1 invite, 4 certificates\.",
        first,
    )
    assert whose == "# Organization: simulated-organization."
    assert second.startswith("# Not included: archived projects, keys, ")
    assert third == (
        "# Apply it with:"
        " ansible-playbook community.openai_admin.provision -e openai_admin_declaration=THIS_FILE --check --diff"
    )
    assert re.fullmatch(r"# Written by community\.openai_admin\.export: sha256:[0-9a-f]{64}", mark)
    assert variable == "openai_admin_organization:"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("read", [["projects", "spend_limits"], None])
def test_the_file_says_what_was_not_read(read: list[str] | None, ansible: Ansible, tmp_path: Path) -> None:
    """A limit that nobody has set was read all the same."""
    include = ("-e", json.dumps({"openai_admin_export_include": read})) if read else ()
    path = tmp_path / "organization.yml"
    exported = export(ansible, path, *include)
    assert exported.status == 0, exported.output
    (line,) = [each for each in path.read_text(encoding="utf-8").splitlines() if each.startswith("# Not included: ")]
    assert (", spend limits," in line, ", data retentions," in line) == (read is None, True)


def test_a_relative_path_begins_where_people_are(ansible: Ansible, tmp_path: Path) -> None:
    exported = export(ansible, Path("organization.yml"))
    assert exported.status == 0, exported.output
    assert (tmp_path / "organization.yml").exists()


def test_similar_projects_share_their_limits(ansible: Ansible, tmp_path: Path) -> None:
    """60 projects with 60 models each: fewer than 1,500 lines, and applied without a change."""
    organization = large_organization(60, models=60)
    organization["projects"][7]["rate_limits"] = [
        {**limit, "max_requests_per_1_minute": 7 if limit["model"] == "model-3" else 100}
        for limit in organization["default_rate_limits"]
    ]
    ansible.simulator.reset(organization)
    path = tmp_path / "organization.yml"
    export(ansible, path)
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 1500
    declaration = yaml.safe_load(text)["openai_admin_organization"]
    assert len(declaration["project_defaults"]["rate_limits"]) == 60
    assert [project["rate_limits"] for project in declaration["projects"] if "rate_limits" in project] == [
        [{"model": "model-3", "max_requests_per_1_minute": 7}]
    ]
    applied = ansible.run("community.openai_admin.provision", "-e", f"@{path}")
    assert applied.status == 0, applied.output
    assert applied["Bring the organization into the declared state"].result["changes"] == []


def test_defaults_say_the_same(simulator: Simulator) -> None:
    """Models that not all projects have, and limits that not all models of that name have, stay with their projects."""
    organization = large_organization(3, models=3)
    organization["projects"][0]["rate_limits"] = [
        {
            "model": "model-0",
            "max_requests_per_1_minute": 1,
            "max_tokens_per_1_minute": 2,
            "max_images_per_1_minute": 3,
        },
        {"model": "model-9", "max_requests_per_1_minute": 1, "max_tokens_per_1_minute": 2},
    ]
    simulator.reset(organization)
    exported = perform(simulator, "organization_info").returns["organization"]
    thinner = with_defaults(exported)
    assert [each["model"] for each in thinner["project_defaults"]["rate_limits"]] == ["model-0"]
    outcome = perform(simulator, "organization", **thinner)
    assert outcome.returns["changes"] == []
    assert outcome.returns["undeclared_rate_limits"] == {}


def test_an_export_needs_a_path(ansible: Ansible) -> None:
    run = ansible.run("community.openai_admin.export")
    assert run.status != 0
    assert "openai_admin_export_path is not set, and the job needs it." in run.output
