# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action that writes the files of exports and reports, as a task has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.modules.write_files import EXAMPLES, RETURN
from integration.playbooks import Ansible


def task(name: str, folder: Path, **options: Any) -> dict[str, Any]:
    return {"name": name, "community.openai_admin.write_files": {"directory": str(folder), **options}}


@pytest.mark.matrix
def test_check_mode_predicts_and_the_second_run_changes_nothing(ansible: Ansible, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "reports"
    text = '["{{ 7 * 7 }}", null]'  # older ansible-core takes a line feed from the end of a template
    write = task("Write", folder, files={"a.txt": text, "b.json": {"x": [1]}}, mode="0600", directory_mode="0700")
    write["community.openai_admin.write_files"]["files"]["a.txt"] = "{{ lookup('ansible.builtin.file', path) }}"
    (tmp_path / "text").write_text(text)
    write["vars"] = {"path": str(tmp_path / "text")}
    predicted = ansible.play([write], "--check", "--diff")
    assert not folder.parent.exists()
    made = ansible.play([write], "--diff")
    keys = ("changed", "files", "changed_files", "backups", "diff")
    assert made.status == predicted.status == 0, predicted.output
    assert {key: made["Write"].result[key] for key in keys} == {key: predicted["Write"].result[key] for key in keys}
    assert [each["after"] for each in made["Write"].result["diff"]] == [text, '{"x": [1]}']
    assert ((folder / "a.txt").read_text(), (folder / "b.json").read_text()) == (text, '{"x": [1]}')
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / "a.txt")] == [0o700, 0o600]
    again = ansible.play([write], "--diff")
    assert (again["Write"].changed, again["Write"].result["diff"]) == (False, [])


def test_what_goes_is_copied_and_what_is_wrong_is_told(ansible: Ansible, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "old.txt").write_text("old\n")
    remove = task("Remove", folder, removed=["old.txt"], backups={"old.txt": "kept/old.txt"})
    unwritten = task("No place", folder, files={"a": "", "old.txt/b": ""})
    unknown = task("No option", folder, content="x")
    run = ansible.play([{**each, "ignore_errors": True} for each in (unwritten, unknown, remove)])
    assert run["Remove"].result["backups"] == {str(folder / "old.txt"): str(folder / "kept" / "old.txt")}
    assert (folder / "kept" / "old.txt").read_text() == "old\n"
    assert run["No place"].message == f"Could not write {folder}/old.txt/b: {folder}/old.txt is not a directory."
    assert "content" in run["No option"].message
    assert [path.name for path in folder.iterdir()] == ["kept"]


def test_a_new_directory_is_a_change(ansible: Ansible, tmp_path: Path) -> None:
    make = task("Make", tmp_path / "new", removed=["x"])
    predicted = ansible.play([make], "--check")["Make"].changed
    assert not (tmp_path / "new").exists()
    assert [predicted, *(ansible.play([make])["Make"].changed for dummy in range(2))] == [True, True, False]


def test_no_key_is_shown_of_names_or_texts(ansible: Ansible, tmp_path: Path) -> None:
    key = f"sk-proj-{'a1B2' * 10}"
    name = f"{key}.json"
    (tmp_path / name).write_text("old")
    files = {name: {"text": f"line\n{key}\tx", "query": f"key%3D{key}"}}
    write = task("Write", tmp_path, files=files, backups={name: f"{name}.old"})
    run = ansible.play([write], "--diff")
    shown = run["Write"].result
    hidden = f"{tmp_path}/sk-***.json"
    assert (shown["changed_files"], shown["files"], shown["backups"]) == ([hidden], [hidden], {hidden: f"{hidden}.old"})
    assert [each["after_header"] for each in shown["diff"]] == [hidden]
    assert key in (tmp_path / name).read_text()
    assert key not in json.dumps({**shown, "invocation": None})


def test_the_examples_do_what_they_say(ansible: Ansible, tmp_path: Path) -> None:
    run = ansible.play(yaml.safe_load(EXAMPLES.replace("directory: reports", f"directory: {tmp_path}/reports")))
    assert run.status == 0, run.output
    assert (tmp_path / "reports" / "old" / "people.txt").read_text() == "ada@example.com\n"
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {"old", "projects.json"}
    returned = set(run.tasks[-1].result) - {"changed", "failed", "diff"}
    assert {name for name in returned if not name.startswith("_ansible")} == set(yaml.safe_load(RETURN))
