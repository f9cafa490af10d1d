# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run modules' tasks without Ansible, in a few milliseconds, and without waiting.

This is for properties that need hundreds of runs; tests with playbooks check what users see of a task.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Clock, Connection
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._module.perform import perform as module_result
from ansible_collections.community.openai_admin.plugins.module_utils._module.perform import with_lists
from simulator import Simulator
from simulator.here import Adapter

MODULES = "ansible_collections.community.openai_admin.plugins.modules"


@dataclass
class NoWaiting:
    """A clock that advances without waiting; it also advances the simulator's clock, if the simulator is given."""

    simulator: Simulator | None = None
    passed: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def clock(self) -> Clock:
        """Return the clock for a client."""
        return Clock(monotonic=lambda: self.passed, sleep=self.sleep, jitter=lambda unused_low, high: high)

    def sleep(self, seconds: float) -> None:
        """Let these seconds pass at once."""
        with self.lock:
            self.passed += seconds
            if self.simulator:
                self.simulator.behaviour(advance=seconds)


@cache
def _task_of(module: str) -> tuple[Task, ArgumentSpecValidator]:
    """Return a module's task, and the validator of its arguments, which keeps no state."""
    task: Task = import_module(f"{MODULES}.{module}").TASK
    return task, ArgumentSpecValidator(dict(task.argument_spec))


def perform(
    simulator: Simulator,
    module: str,
    check: bool = False,
    clock: Clock | None = None,
    prepare: Callable[[Client], None] | None = None,
    hidden: bool = False,
    connection: Mapping[str, Any] | None = None,
    delivery: Delivery | None = None,
    tell: Callable[[str], None] | None = None,
    sockets: bool = False,
    **arguments: Any,
) -> Outcome:
    """Run a module's task, with these options of the connection. Raises C(AdminError), as the engine does.

    C(prepare) gets the client before the task runs; C(hidden): the task has C(no_log: true); C(delivery): the
    destination of a new key; C(tell) gets progress messages; C(sockets): use real connections, for tests that are about
    connections.
    """
    task, validator = _task_of(module)
    there = Connection(simulator.admin_key, simulator.url, **(connection or {}))
    client = Client(there, clock or NoWaiting().clock())
    if simulator.here and not sockets:
        client._session.mount("http://", Adapter(simulator.here, client._session.get_adapter(simulator.url)))
    if prepare:
        prepare(client)
    return perform_task(task, validator, client, arguments, delivery, check=check, hidden=hidden, tell=tell)


def result(simulator: Simulator, module: str, arguments: Mapping[str, Any], mode: Mode) -> dict[str, Any]:
    """Run a module's task, and return the keys of its result, without what ansible-core adds. Raises C(AdminError)."""
    task, validator = _task_of(module)
    checked = validator.validate(task.tidy(dict(arguments)))
    assert not checked.error_messages, checked.error_messages
    connection = {"admin_key": simulator.admin_key, "base_url": simulator.url}
    return module_result(task, {**checked.validated_parameters, **connection}, arguments, mode)


def perform_task(
    task: Task,
    validator: ArgumentSpecValidator,
    client: Client,
    arguments: Mapping[str, Any],
    delivery: Delivery | None = None,
    **how: Any,
) -> Outcome:
    """Run a task with a client, and close the client; C(how) are fields of C(Mode). Raises C(AdminError)."""
    try:
        given = dict(with_lists(task, arguments))
        checked = validator.validate(task.tidy(given))
        assert not checked.error_messages, checked.error_messages
        return task.work(client, checked.validated_parameters, given, Mode(diff=True, **how), delivery)
    finally:
        client.close()
