# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job export over files that are there: what a person wrote is not lost, and check mode only compares."""

from __future__ import annotations

from pathlib import Path

import pytest
from integration.direct import perform
from integration.exports import export
from integration.playbooks import Ansible, PlaybookRun
from simulator import Simulator

ORGANIZATION = {
    "users": [{"email": "ada@example.com", "role": "owner"}, {"email": "dev@example.com"}],
    "projects": [{"name": "alpha", "users": [{"email": "dev@example.com"}]}, {"name": "beta"}],
}
DIRECTORY = ("-e", "openai_admin_export_layout=directory")
ONTO = ("-e", "openai_admin_export_onto=true")
FORCE = ("-e", "openai_admin_export_force=true")


@pytest.fixture(autouse=True)
def organization(simulator: Simulator) -> None:
    simulator.reset(ORGANIZATION)


def said(run: PlaybookRun) -> str:
    return "\n".join(run["Show the summary"].result["msg"])


def everything(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.matrix
def test_a_file_that_was_changed_is_refused_until_it_is_forced(ansible: Ansible, tmp_path: Path) -> None:
    path = tmp_path / "organization.yml"
    assert export(ansible, path).status == 0
    path.write_text(path.read_text().replace("  users:", "  # ours\n  users:", 1))
    mine = path.read_text()
    refused = export(ansible, path)
    assert refused.status != 0
    message = refused["Refuse to overwrite what the last export did not write"].message
    assert message.startswith(
        f"{path} is not exactly what the last export wrote: organization.yml was changed since an"
    )
    assert "openai_admin_export_force: true to overwrite it after a backup. Nothing was written." in message
    assert "\n-  # ours\n" in message
    assert path.read_text() == mine
    forced = export(ansible, path, *FORCE)
    assert forced.status == 0, forced.output
    (backup,) = tmp_path.glob(".organization.yml.*.backup")
    assert backup.read_text() == mine
    assert f"What was there before is kept: {backup}." in said(forced)
    assert "# ours" not in path.read_text()
    again = export(ansible, path)
    assert (again.status, again["Write the files"].changed) == (0, False)


@pytest.mark.matrix
def test_check_mode_compares_and_writes_nothing(ansible: Ansible, tmp_path: Path) -> None:
    path = tmp_path / "organization.yml"
    nothing = export(ansible, path, "--check")
    assert (nothing.status, nothing["Write the files"].changed, path.exists()) == (0, True, False)
    assert "Nothing was written. " in said(nothing)
    assert export(ansible, path).status == 0
    same = export(ansible, path, "--check")
    assert (same["Write the files"].changed, said(same)) == (
        False,
        f"Nothing was written. {path} says what the organization is.\nOrganization: simulated-organization.",
    )
    perform(ansible.simulator, "project_user", project="alpha", email="dev@example.com", role="owner")
    mine = path.read_text()
    compared = export(ansible, path, "--check")
    assert compared["Write the files"].changed
    assert "+        - {email: dev@example.com, role: owner}" in said(compared)
    path.write_text("# mine\n" + mine)
    foreign = export(ansible, path, "--check")
    assert foreign.status == 0, foreign.output
    assert "is not exactly what the last export wrote" in said(foreign)
    assert path.read_text() == "# mine\n" + mine
    assert list(tmp_path.glob(".organization*")) == []


@pytest.mark.matrix
def test_only_files_of_an_export_are_deleted(ansible: Ansible, tmp_path: Path) -> None:
    folder = tmp_path / "organization"
    website = {"projects/website.yml": "title: A website\n", "projects/gamma.yml": "name: gamma\n"}
    for name, text in website.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    first = export(ansible, folder, *DIRECTORY)
    assert first.status != 0
    assert "organization/projects/website.yml was not written by an export" in first.output
    assert everything(folder) == website
    forced = export(ansible, folder, *DIRECTORY, *FORCE)
    assert forced.status == 0, forced.output
    perform(ansible.simulator, "project", name="beta", state="archived")
    again = export(ansible, folder, *DIRECTORY, *FORCE)
    assert "Removed, since these projects are gone: beta.yml." in said(again)
    there = everything(folder)
    assert {name: there[name] for name in website} == website
    assert set(there) == {*website, "organization.yml", "projects/alpha.yml"}


def test_a_project_that_was_not_applied_yet_is_told(ansible: Ansible, tmp_path: Path) -> None:
    folder = tmp_path / "organization"
    assert "nothing changes" in said(export(ansible, folder, *DIRECTORY))
    (folder / "projects" / "gamma.yml").write_text("name: gamma\n")
    before = everything(folder)
    for options in (), FORCE:
        again = said(export(ansible, folder, *DIRECTORY, *options))
        assert "Review it, then apply it with --check: that shows what else is declared." in again
        assert "as a part of the declaration: organization/projects/gamma.yml." in again
    compared = said(export(ansible, folder, *DIRECTORY, "--check"))
    assert f"{folder} says what the organization is, and more." in compared
    assert "as a part of the declaration: organization/projects/gamma.yml." in compared
    merged = said(export(ansible, folder, *DIRECTORY, *ONTO))
    assert "Declared, but not in the organization. The export keeps it" in merged
    assert "organization/projects/gamma.yml:1:1: projects[2]" in merged
    assert everything(folder) == before


def test_a_place_that_cannot_be_exported_to_is_told_in_a_sentence(ansible: Ansible, tmp_path: Path) -> None:
    folder, file, broken = tmp_path / "folder", tmp_path / "file.yml", tmp_path / "broken.yml"
    folder.mkdir()
    file.write_text("organization: other-org\nusers: []\n")
    broken.write_text("users:\n  - [\n")
    (tmp_path / "locked.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n3030\n")
    told = {
        (
            tmp_path / "locked.yml",
            *ONTO,
        ): "locked.yml: This is encrypted, and cannot be decrypted: give its password by --vault-password-file.",
        (folder,): "folder is a directory: set openai_admin_export_layout: directory, or name a file.",
        (file, *DIRECTORY): "file.yml is a file: set openai_admin_export_layout: file, or name a directory.",
        (
            broken,
            *ONTO,
        ): "broken.yml:3:1: This is not valid YAML: while parsing a flow node, did not find expected node content.",
        (
            file,
            *ONTO,
            "--check",
        ): "file.yml:1:15: The declaration is for the organization 'other-org', and the API answers"
        " for 'simulated-organization'. Check the admin key; or correct organization.",
    }
    for (path, *options), sentence in told.items():
        run = export(ansible, path, *options)
        assert [task.message for task in run.tasks if task.failed] == [sentence], run.output


def test_an_organization_is_merged_into_what_a_person_keeps(ansible: Ansible, tmp_path: Path) -> None:
    pytest.importorskip("ruamel.yaml")
    path = tmp_path / "organization.yml"
    mine = """\
openai_admin_organization:
  invite_missing: true  # ours
  cost_centers: [{name: "0012", budget_usd: 1000, owners: [finance@example.com]}]
  projects:
    # Beta comes first.
    - {name: beta, budget_usd: "99.50", people_keys: false, cost_center: 0012, purge: [users], users: []}
    - name: alpha
      users:
        - {email: dev@example.com, role: owner}
        - {email: gone@example.com}
"""
    path.write_text(mine)
    compared = export(ansible, path, *ONTO, "--check")
    assert compared.status == 0, compared.output
    assert "+        - {email: dev@example.com, role: member}" in said(compared)
    assert path.read_text() == mine
    done = export(ansible, path, *ONTO)
    assert done.status == 0, done.output
    assert path.read_text() == mine.replace("role: owner", "role: member")
    assert "organization.yml:10:11: projects[1].users[1]" in said(done)
    again = export(ansible, path, *ONTO)
    assert (again["Write the files"].changed, path.read_text()) == (False, mine.replace("role: owner", "role: member"))


def test_a_directory_is_merged_file_by_file(ansible: Ansible, tmp_path: Path) -> None:
    pytest.importorskip("ruamel.yaml")
    folder = tmp_path / "organization"
    assert export(ansible, folder, *DIRECTORY).status == 0
    beta = folder / "projects" / "beta.yml"
    beta.write_text("# Beta is ours.\nname: beta\nusers: []\n")
    (folder / "projects" / "next.yml").write_text("name: next\n")
    before = everything(folder)
    perform(ansible.simulator, "project_user", project="beta", email="dev@example.com", role="member")
    perform(ansible.simulator, "project", name="gamma")
    done = export(ansible, folder, *DIRECTORY, *ONTO)
    assert done.status == 0, done.output
    after = everything(folder)
    assert set(after) - set(before) == {"projects/gamma.yml"}
    assert {name for name in before if after[name] != before[name]} == {"projects/beta.yml"}
    assert "# Beta is ours.\n" in after["projects/beta.yml"]
    assert "{email: dev@example.com, role: member}" in after["projects/beta.yml"]
    assert "organization/projects/next.yml:1:1: projects[2]" in said(done)
    beta.write_text("name: '{{ beta }}'\n")
    refused = export(ansible, folder, *DIRECTORY, *ONTO)
    assert refused.status != 0
    assert "organization/projects/beta.yml:1:7: '{{ beta }}' looks like a template" in refused.output


def test_nothing_is_merged_into_a_file_that_is_encrypted(ansible: Ansible, tmp_path: Path) -> None:
    path = tmp_path / "organization.yml"
    path.write_text("$ANSIBLE_VAULT;1.1;AES256\n3030\n")
    refused = export(ansible, path)
    assert refused["Refuse to overwrite what the last export did not write"].message == (
        f"{path} is not exactly what the last export wrote: organization.yml is encrypted. Set"
        " openai_admin_export_force: true to overwrite it after a backup. Nothing was written.\n"
        "organization.yml cannot be compared."
    )
