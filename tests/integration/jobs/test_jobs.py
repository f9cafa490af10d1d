# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all jobs have in common: their variables, and how their reports are written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.playbooks import Ansible

ROOT = Path(__file__).resolve().parents[3]
ROLES = sorted(path.parents[1] for path in ROOT.glob("roles/*/meta/argument_specs.yml"))
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
