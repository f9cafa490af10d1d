# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs job templates with ansible-runner, with the environment and the extra variables that AWX gives a job."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from awx.forks import Forks
from awx.playbooks import AWX, TOOLS, environment
from awx.rules import check_credential_type, check_inputs, check_survey, injected, launched
from tools.project import BUILD, VENV

MOST_IN_AN_EVENT = 700_000
PROJECT = AWX / "project"


class Unsafe(yaml.SafeDumper):
    """Marks texts, as AWX does with all but what a template's own extra variables hold."""

    def represent_data(self, data: Any) -> yaml.Node:
        return self.represent_scalar("!unsafe", data) if isinstance(data, str) else super().represent_data(data)


@dataclass(frozen=True)
class Job:
    """What came of a job."""

    status: int
    folder: Path

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events of the job, in their order."""
        files = (self.folder / "artifacts" / "job" / "job_events").glob("*.json")
        return sorted(
            (json.loads(file.read_text(encoding="utf-8")) for file in files), key=lambda each: each["counter"]
        )

    def kept(self) -> Iterator[str]:
        """All that AWX keeps of a job and shows: its events and its output."""
        yield (self.folder / "artifacts" / "job" / "stdout").read_text(encoding="utf-8")
        for event in self.events:
            yield json.dumps(event, ensure_ascii=False)

    @property
    def statistics(self) -> dict[str, Any]:
        """The data of the event at the end of the playbook."""
        (event,) = (each for each in self.events if each["event"] == "playbook_on_stats")
        found: dict[str, Any] = event["event_data"]
        return found

    @property
    def changed(self) -> int:
        """What the host's summary counts."""
        return int(self.statistics["changed"].get("localhost", 0))

    @property
    def artifacts(self) -> dict[str, Any]:
        """What is handed to later nodes of a workflow, and to messages."""
        return dict(self.statistics.get("artifact_data", {}))

    @property
    def output(self) -> str:
        """The output of ansible-playbook."""
        return (self.folder / "artifacts" / "job" / "stdout").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Launch:
    """A job template, and what its credentials hold."""

    definitions: Mapping[str, Any]
    template: Mapping[str, Any]
    inputs: Mapping[str, Mapping[str, Any]]
    """By type of credential."""
    files: Mapping[str, str]
    """Of the project, besides its playbooks."""
    forks: Forks | None = None
    """What ansible-runner finds instead of ansible-playbook itself."""
    artifacts: Mapping[str, Any] = field(default_factory=dict)
    """What earlier nodes of a workflow hand on, which AWX adds to the extra variables."""

    def run(self, folder: Path, answers: Mapping[str, Any], *, check: bool) -> Job:
        """Run it in a folder of its own, as far as possible like AWX."""
        folder.mkdir(parents=True)
        return self._run(self.forks.lead_to(folder) if self.forks else folder, folder, answers, check=check)

    def _run(self, folder: Path, kept: Path, answers: Mapping[str, Any], *, check: bool) -> Job:
        """Run it in a folder, which stays at another path."""
        for part in "env", "inventory":
            (folder / part).mkdir()
        shutil.copytree(PROJECT, folder / "project")
        for name, text in self.files.items():
            (folder / "project" / name).write_text(text, encoding="utf-8")
        options = ["-vv", *(["--check"] if check else []), *(["--diff"] if self.definitions["diff_mode"] else [])]
        env = self.environment(folder, options)
        self.write_extra_vars(folder, answers)
        inventory = self.definitions["inventory"]
        hosts = {"all": {"hosts": {inventory["host"]: inventory["variables"]}}}
        (folder / "inventory" / "hosts.yml").write_text(yaml.safe_dump(hosts), encoding="utf-8")
        (folder / "env" / "envvars").write_text(yaml.safe_dump(env), encoding="utf-8")
        (folder / "env" / "cmdline").write_text(" ".join(options), encoding="utf-8")
        command = [
            str(TOOLS / "ansible-runner"),
            "run",
            str(folder),
            "-p",
            self.template["playbook"],
            "-i",
            "job",
            "-q",
        ]
        process = subprocess.run(
            command, env=environment(folder), capture_output=True, text=True, check=False, timeout=300
        )
        job = Job(process.returncode, kept)
        assert (folder / "artifacts" / "job" / "job_events").exists(), process.stdout + process.stderr
        return job

    def environment(self, folder: Path, options: list[str]) -> dict[str, str]:
        """What AWX sets, and what the template's credentials add. The latter also add options."""
        kinds = {each["name"]: each for each in self.definitions["credential_types"]}
        held = {each["name"]: each for each in self.definitions["credentials"]}
        forked = [str(self.forks.commands)] if self.forks else []
        env: dict[str, str] = {}
        for name in self.template["credentials"]:
            kind = kinds[held[name]["type"]]
            check_credential_type(kind)
            check_inputs(self.inputs[kind["name"]], kind)
            added, extra = injected(kind, self.inputs[kind["name"]], folder / "env")
            env.update(added)
            if extra:
                file = folder / "env" / f"extra-{len(options)}.yml"
                file.write_text(yaml.dump(extra, Dumper=Unsafe), encoding="utf-8")
                options += ["-e", f"@{file}"]
        return {
            **env,
            "ANSIBLE_COLLECTIONS_PATH": str(BUILD),
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_FORCE_COLOR": "True",
            "ANSIBLE_HOST_KEY_CHECKING": "False",
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
            "ANSIBLE_RETRY_FILES_ENABLED": "False",
            "AWX_HOST": "https://awx.example.com",
            "INVENTORY_ID": "3",
            "JOB_ID": "42",
            "MAX_EVENT_RES": str(MOST_IN_AN_EVENT),
            "PATH": os.pathsep.join((*forked, str(VENV / "bin"), os.defpath)),
            "PROJECT_REVISION": "0123456789",
        }

    def write_extra_vars(self, folder: Path, answers: Mapping[str, Any]) -> None:
        """Write the extra variables as AWX does: those of the template, the answers to its survey, and its own."""
        spec = {"name": "", "description": "", "spec": self.template["survey"]}
        check_survey(spec)
        own = self.template.get("extra_vars", {})
        values = launched({"extra_vars": json.dumps(own)}, spec, answers)
        values.update(self.artifacts)
        values.update(awx_job_id=42, awx_job_launch_type="manual", awx_user_name="admin", tower_job_id=42)
        lines = (
            yaml.dump({name: each}, Dumper=yaml.SafeDumper if own.get(name) == each else Unsafe)
            for name, each in values.items()
        )
        (folder / "env" / "extravars").write_text("".join(lines), encoding="utf-8")
