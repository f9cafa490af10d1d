# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the job C(rotate_key) with a store, and read the key that the store contains afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.community.openai_admin.plugins.module_utils._values.redacted import fits
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.rotate_key import tells
from integration.key_series import KEYS, key, organization
from integration.playbooks import Ansible, PlaybookRun
from integration.stores import TOKEN, Store

JOB = "community.openai_admin.rotate_key"
PASSWORD = "q7Zc4Xw93Lm1Tr8v"
FIELD, ID_FIELD = "openai_api_key", "openai_api_key_id"
OLD = key("deploy", 100, used=1, redacted_value="sk-svcacct-...aOld")
STORED = {FIELD: f"sk-svcacct-{'x' * 40}aOld", ID_FIELD: OLD["id"], "other": "kept"}
PATH = "search/openai"
KEYS_OF_PROJECT = KEYS.format(project_id="proj_search")
Read = Callable[[], Mapping[str, str]]


class Job:
    """The job C(rotate_key) with one store."""

    def __init__(self, ansible: Ansible, settings: Mapping[str, Any], stored: Read, store: Store | None = None) -> None:
        self.ansible = ansible
        self.simulator = ansible.simulator
        self.settings: dict[str, Any] = {
            "project": "search-prod",
            "service_account": "api",
            "name": "deploy",
            "after_days": "90",  # the answers of a survey are strings
            "expires_in_days": "",
            "scopes": "",
            **settings,
        }
        self.stored = stored
        self.server = store or Store()
        self.simulator.reset(organization(OLD))

    def run(self, *options: str, **more: Any) -> PlaybookRun:
        """Run the job with the highest verbosity, and check that its output contains no key or secret of the store."""
        run = self.ansible.run(JOB, *self.options(**more), "-vvvv", "--diff", *options)
        for secret in filter(None, (self.stored().get(FIELD), TOKEN, PASSWORD)):
            assert not tells(run.output, secret.removeprefix("sk-svcacct-")), run.output
        return run

    def kill(self, when: Callable[[], bool], anew: bool = False, **more: Any) -> None:
        """Start the job, and kill it when the condition holds."""
        replace(self.ansible, recorded=False, anew=anew).kill(when, JOB, *self.options(**more))

    def options(self, **more: Any) -> list[str]:
        """Return the options of ansible-playbook with the variables of the job."""
        variables = {f"openai_admin_rotate_key_{name}": value for name, value in {**self.settings, **more}.items()}
        path = self.ansible.folder / "variables.json"
        path.write_text(json.dumps(variables), encoding="utf-8")
        return ["-e", f"@{path}"]

    def works(self) -> bool:
        """Return whether the stored key is active in the simulator, under the ID that is stored with it."""
        stored = self.stored()
        active = {each["id"]: each["redacted_value"] for each in self.simulator.state()["projects"][0]["api_keys"]}
        own_id = stored.get(ID_FIELD) or next(
            (one for one, redacted in active.items() if fits(stored[FIELD], redacted))
        )
        return own_id in active and (stored == STORED or fits(stored[FIELD], active[own_id]))


def summary(run: PlaybookRun) -> str:
    """Return the summary that the job shows at its end."""
    return "\n".join(run[f"{JOB} : Show the summary"].result["msg"])


def said(run: PlaybookRun) -> str:
    """Return the message of the task that ended the run."""
    assert run.status != 0, run.output
    return next(task.message for task in reversed(run.tasks) if task.failed)


def writes(run: PlaybookRun) -> list[str]:
    """Return the methods of all write requests."""
    return [write["method"] for write in run.writes]


def decrypted(path: Path) -> str:
    """Return the text of a file that is encrypted with Ansible Vault."""
    return str(VaultLib([("search", VaultSecret(PASSWORD.encode()))]).decrypt(path.read_bytes()).decode())
