# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A relative path begins in the folder in which Ansible was started, wherever the playbook is, however a task runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.playbooks import Ansible, PlaybookRun, module
from simulator import Authority


def run(ansible: Ansible, tasks: Sequence[Mapping[str, Any]], *options: str, **variables: str) -> PlaybookRun:
    """Run a playbook that lies in another folder than the one in which Ansible is started."""
    playbook = ansible.folder / "books" / "playbook.yml"
    playbook.parent.mkdir(exist_ok=True)
    play = {"name": "Play", "hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}
    playbook.write_text(yaml.safe_dump([play], sort_keys=False), encoding="utf-8")
    return ansible.run(str(playbook), *options, **variables)


@pytest.mark.series(1)
@pytest.mark.matrix
def test_every_path_means_the_same_file(both_ways: Ansible, tmp_path: Path) -> None:
    authority = Authority("gateway")
    pem = authority.certificate()
    for name in "ca.pem", "gateway.pem", "other.pem":
        (tmp_path / name).write_text(pem, encoding="ascii")
    (tmp_path / "keys").mkdir()
    (tmp_path / "organization.yml").write_text("certificates: [{name: gateway, src: other.pem}]\n")
    account = {"project": "support-assistant", "service_account": "api", "name": "deploy"}
    created = {"project": "support-assistant", "name": "api"}
    tasks = [
        {"name": "option", **module("project_info", ca_path="ca.pem")},
        {"name": "environment of the task", **module("project_info"), "environment": {"OPENAI_CA_PATH": "ca.pem"}},
        {"name": "file to upload", **module("certificate", name="gateway", src="gateway.pem")},
        {"name": "file in a declaration", **module("organization", src="organization.yml")},
        {"name": "file in an option", **module("organization", certificates=[{"name": "gateway", "src": "other.pem"}])},
        {"name": "account", **module("service_account", **created)},
        {"name": "file to write", **module("project_api_key", **account, api_key_path="keys/openai.key")},
    ]
    done = run(both_ways, tasks, OPENAI_CA_PATH="ca.pem")
    assert done.status == 0, done.output
    assert (tmp_path / "keys" / "openai.key").read_text("ascii").startswith("sk-")
    assert not done["file in a declaration"].changed
    assert not done["file in an option"].changed
    assert [path.name for path in (tmp_path / "books").iterdir()] == ["playbook.yml"]


@pytest.mark.matrix
def test_what_lies_beside_the_playbook_is_another_file(both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "ca.pem").write_text(Authority("other").certificate(), encoding="ascii")
    task = {"name": "option", **module("project_info", ca_path="ca.pem"), "ignore_errors": True}
    again = {"name": "environment", **module("project_info")}
    done = run(both_ways, [task, again], OPENAI_CA_PATH="ca.pem")
    said = f"ca_path: {tmp_path}/ca.pem cannot be read."
    assert [done[name].message for name in ("option", "environment")] == [said, said]


@pytest.mark.matrix
def test_a_declaration_is_found_where_ansible_looks_for_files_too(both_ways: Ansible, tmp_path: Path) -> None:
    (tmp_path / "books" / "files").mkdir(parents=True)
    (tmp_path / "books" / "files" / "team.yml").write_text("users: []\n")
    task = {"name": "declared", **module("organization", src="team.yml")}
    looked = {
        "name": "looked up",
        "ansible.builtin.debug": {"msg": "{{ lookup('community.openai_admin.declaration', 'team.yml') }}"},
    }
    done = run(both_ways, [task, looked])
    assert done.status == 0, done.output
    (tmp_path / "team.yml").write_text("users: []\n")
    twice = run(both_ways, [{**task, "ignore_errors": True}, looked])
    said = f"team.yml exists twice: {tmp_path}/team.yml, in the folder in which Ansible was started, and {tmp_path}/b"
    assert twice["declared"].message.startswith(said)
    assert said in twice["looked up"].message
    (tmp_path / "team.yml").unlink()
    (tmp_path / "team.yml").symlink_to("books/files/team.yml")
    assert run(both_ways, [task]).status == 0
