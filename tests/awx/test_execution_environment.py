# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ansible-builder makes of the collection, and of the example of an execution environment."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml
from awx.playbooks import TOOLS, environment
from tools.project import BUILD, ROOT

EXAMPLE = ROOT / "extensions" / "execution_environment" / "execution-environment.yml"


def build(folder: Path, *arguments: str) -> str:
    command = [str(TOOLS / "ansible-builder"), *arguments]
    return subprocess.run(
        command, env=environment(folder), cwd=folder, capture_output=True, text=True, check=True
    ).stdout


def test_ansible_builder_finds_what_the_collection_needs(tmp_path: Path) -> None:
    found = yaml.safe_load(build(tmp_path, "introspect", "--sanitize", str(BUILD)))
    wanted = (ROOT / "meta" / "ee-requirements.txt").read_text(encoding="utf-8").split()
    assert found == {"python": [f"{each}  # from collection community.openai_admin" for each in wanted], "system": []}
    assert any(each.startswith("requests") for each in wanted)


def test_the_collection_names_its_requirements_only() -> None:
    """The version for collections: a whole definition, as for ansible-builder itself, would be ignored."""
    named = yaml.safe_load((ROOT / "meta" / "execution-environment.yml").read_text(encoding="utf-8"))
    assert named == {"version": 1, "dependencies": {"python": "meta/ee-requirements.txt"}}


def test_ansible_builder_makes_a_context_of_the_example(tmp_path: Path) -> None:
    build(tmp_path, "create", "--file", str(EXAMPLE), "--context", "context", "--output-filename", "Containerfile")
    required = yaml.safe_load((tmp_path / "context" / "_build" / "requirements.yml").read_text(encoding="utf-8"))
    assert required == {"collections": [{"name": "community.openai_admin"}]}
    steps = (tmp_path / "context" / "Containerfile").read_text(encoding="utf-8")
    for part in ("quay.io/rockylinux/rockylinux:9", "python3.12", "ansible-core>=2.17", "ansible-runner>=2.4"):
        assert part in steps
