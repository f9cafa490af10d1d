# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes down what each task of a playbook gave back, and what it asked of the simulator."""

from __future__ import annotations

import json
import os
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: recorder
type: aggregate
short_description: Record results and requests
description: One line of JSON a task, in the file that E(RECORDER_FILE) names, if it names one.
"""


QUIET = {
    f"ansible.builtin.{name}" for name in ("debug", "fail", "include_role", "include_tasks", "set_fact", "set_stats")
}
"""Tasks that send no request to the API, whatever they are told."""


class CallbackModule(CallbackBase):
    """Results as any callback sees them: a task with C(no_log) gives nothing away here either."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "recorder"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self.disabled = not os.environ["RECORDER_FILE"]
        control = urlsplit(os.environ["SIMULATOR_CONTROL"])
        kind = HTTPSConnection if control.scheme == "https" else HTTPConnection
        self._connection = kind(control.netloc)  # kept, since there are two requests a task
        self._path = control.path
        self._file = Path(os.environ["RECORDER_FILE"])

    def v2_playbook_on_start(self, playbook: Any) -> None:
        self._drain()

    def v2_runner_on_ok(self, result: Any) -> None:
        self._record(result, failed=False)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._record(result, failed=True)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._record(result, failed=False)

    def _record(self, result: Any, failed: bool) -> None:
        entry = {
            "name": result._task.get_name(),
            "failed": failed,
            "result": json.loads(json.dumps(result._result, default=str)),
            "requests": [] if result._task.resolved_action in QUIET else self._drain(),
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def _drain(self) -> list[dict[str, Any]]:
        """Take what is in the simulator's log."""
        try:
            return self._take()
        except (HTTPException, OSError):  # the simulator has closed the connection since the last task
            self._connection.close()
            return self._take()

    def _take(self) -> list[dict[str, Any]]:
        self._connection.request("DELETE", f"{self._path}/requests")
        log: list[dict[str, Any]] = json.load(self._connection.getresponse())
        return log
