# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run playbooks against a simulator, as people do, and return the result of each task."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import yaml
from ansible_collections.community import openai_admin
from integration.forkserver import NAME, Ended, ForkServer, early, link, new_place
from simulator import Simulator
from simulator.client import may_change

COLLECTION = NAME
ANSIBLE_PLAYBOOK = (sys.executable, "-m", "ansible", "playbook")
PLUGINS = Path(__file__).parent / "plugins"
DEPRECATION = "[DEPRECATION WARNING]"
"""The beginning of ansible-core's warnings about deprecated features."""
MOST_SECONDS = 300
"""Seconds after which a playbook counts as hung."""


@dataclass(frozen=True)
class TaskRun:
    """One task of a playbook: its result as callbacks see it, and its requests in the simulator's log."""

    name: str
    failed: bool
    result: dict[str, Any]
    requests: list[dict[str, Any]]

    @property
    def changed(self) -> bool:
        """Whether the task changed something."""
        return bool(self.result.get("changed"))

    @property
    def writes(self) -> list[dict[str, Any]]:
        """Return the requests that can change something; a check of the API does not."""
        return [each for each in self.requests if may_change(each)]

    @property
    def message(self) -> str:
        """The message of the task; empty if it has none."""
        return str(self.result.get("msg", ""))

    @property
    def warnings(self) -> list[str]:
        """The warnings of the task."""
        return list(self.result.get("warnings", []))


@dataclass(frozen=True)
class Cost:
    """The cost of a playbook: seconds, seconds of CPU, and the MiB of its largest process."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class PlaybookRun:
    """A run of a playbook: its tasks in order, its output, and its cost."""

    status: int
    output: str
    tasks: list[TaskRun]
    cost: Cost

    def __getitem__(self, name: str) -> TaskRun:
        """Return the only task with a name, in any role."""
        named = [task for task in self.tasks if task.name.rpartition(" : ")[2] == name.rpartition(" : ")[2]]
        if len(named) != 1:
            raise KeyError(f"{len(named)} tasks are called {name!r}:\n{self.output}")
        return named[0]

    @property
    def writes(self) -> list[dict[str, Any]]:
        """The write requests of all tasks."""
        return [write for task in self.tasks for write in task.writes]


class Usual:
    """How tasks run unless a test says otherwise; C(pytest --as-modules) changes it."""

    in_process = True


@dataclass(frozen=True)
class Ansible:
    """How playbooks run: with their tasks in the controller, or as modules."""

    simulator: Simulator
    folder: Path
    in_process: bool = field(default_factory=lambda: Usual.in_process)
    collections: Path | None = None
    """Another tree than that of the checkout, such as one with a planted defect."""
    recorded: bool = True
    """Whether results and requests are recorded; this removes the requests from the simulator's log."""
    may_deprecate: bool = False
    """Whether ansible-core may print a deprecation; otherwise a playbook that prints one fails."""
    anew: bool = False
    """Whether every playbook runs in a new process, such as to measure its cost."""
    apart: bool = False
    """Whether every task has a process of its own, for tests about what leaves the process."""

    def play(self, tasks: Sequence[Mapping[str, Any]], *options: str, **variables: str) -> PlaybookRun:
        """Run tasks as a playbook on localhost; C(variables) are added to its environment."""
        playbook = self.folder / "playbook.yml"
        play = {"name": "Play", "hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}
        playbook.write_text(yaml.safe_dump([play], sort_keys=False), encoding="utf-8")
        return self.run(str(playbook), *options, **variables)

    def run(self, playbook: str, *options: str, **variables: str) -> PlaybookRun:
        """Run a playbook: a file, or one of the collection's by its full name."""
        record = self.folder / "record.jsonl"
        record.unlink(missing_ok=True)
        arguments = [playbook, *options]
        with TemporaryFile() as stdout, TemporaryFile() as stderr:
            began = time.monotonic()
            outputs = stdout, stderr
            ended = self._fork(arguments, variables, outputs, int) or self._start(arguments, variables, outputs)
            cost = Cost(time.monotonic() - began, ended.cpu, ended.memory / 1024)
            stdout.seek(0)
            stderr.seek(0)
            output = (stdout.read() + stderr.read()).decode()
        if cost.wall > MOST_SECONDS:
            raise TimeoutError(f"{playbook} took longer than {MOST_SECONDS} s:\n{output}")
        if DEPRECATION in output and not self.may_deprecate:
            raise AssertionError(f"{playbook} has something deprecated:\n{output}")
        lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
        tasks = [TaskRun(**json.loads(line)) for line in lines]
        return PlaybookRun(os.waitstatus_to_exitcode(ended.status), output, tasks, cost)

    def _fork(
        self,
        arguments: Sequence[str],
        variables: Mapping[str, str],
        outputs: Sequence[IO[bytes]],
        watch: Callable[[int], object],
    ) -> Ended | None:
        """Run a playbook in a fork of a process that has loaded everything; return None if it needs a new process."""
        if self.anew or (self.folder / "ansible.cfg").exists():
            return None
        server = fork_server()
        environment = {**self._environment(link(server.place)), **variables}
        if early(environment) != server.early:
            return None
        return server.run(arguments, environment, self.folder, outputs, MOST_SECONDS, self.apart, watch)

    def _start(self, arguments: Sequence[str], variables: Mapping[str, str], outputs: Sequence[IO[bytes]]) -> Ended:
        """Run a playbook in a new process."""
        stdout, stderr = outputs
        environment = {**self._environment(self.folder), **variables}
        command = [*ANSIBLE_PLAYBOOK, *arguments]
        with subprocess.Popen(command, env=environment, cwd=self.folder, stdout=stdout, stderr=stderr) as process:
            hung = threading.Timer(MOST_SECONDS, process.kill)
            hung.start()
            unused_pid, status, usage = os.wait4(process.pid, 0)  # includes the processes that it waited for
            process.returncode = os.waitstatus_to_exitcode(status)
            hung.cancel()
        return Ended(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)

    def kill(self, when: Callable[[], bool], playbook: str, *options: str) -> None:
        """Run a playbook, and kill it with all processes that it started as soon as C(when) returns true."""

        def kill_group(group: int) -> None:
            try:
                wait_until(when, lambda: is_alive(group))
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)

        arguments = [playbook, *options]
        with TemporaryFile() as output:
            if self._fork(arguments, {}, (output, output), kill_group) is None:
                self._kill_new(when, arguments)

    def _kill_new(self, when: Callable[[], bool], arguments: Sequence[str]) -> None:
        with subprocess.Popen(
            [*ANSIBLE_PLAYBOOK, *arguments],
            env=self._environment(self.folder),
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                wait_until(when, lambda: process.poll() is None)
            finally:
                for pid in descendants(process.pid):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

    def _environment(self, folder: Path) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "ANSIBLE_", "AWX_"))
        }
        return {
            **kept,
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections or tree()),
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_ASYNC_DIR": str(folder / "async"),
            "ANSIBLE_REMOTE_TMP": str(folder / "remote"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_SHOW_CUSTOM_STATS": "true",
            "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "recorder",
            "ANSIBLE_ACTION_PLUGINS": str(PLUGINS / "action"),
            "RECORDER_FILE": str(folder / "record.jsonl") if self.recorded else "",
            "SIMULATOR_CONTROL": self.simulator.control,
            "OPENAI_ADMIN_KEY": self.simulator.admin_key,
            "OPENAI_BASE_URL": self.simulator.url,
            "OPENAI_ADMIN_IN_PROCESS": str(self.in_process).lower(),
        }


@cache
def fork_server() -> ForkServer:
    """Return the process whose forks run playbooks."""
    place = new_place()
    nowhere = Simulator("", "", "")
    server = ForkServer(Ansible(nowhere, link(place))._environment(link(place)), place)
    atexit.register(server.end)
    return server


def wait_until(when: Callable[[], bool], alive: Callable[[], bool]) -> None:
    """Wait until a condition is true. Raises TimeoutError if that takes too long, or if the playbook has ended."""
    until = time.monotonic() + 60
    while not when():
        if not alive() or time.monotonic() > until:
            raise TimeoutError("it was not the case before the playbook had ended")
        time.sleep(0.02)


def is_alive(group: int) -> bool:
    """Return whether a process group has a process."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def descendants(pid: int) -> list[int]:
    """Return a process and all its descendants; ansible-core's workers are in sessions of their own."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = dict(tuple(map(int, line.split())) for line in listed.splitlines())
    found = [pid]
    for each in found:
        found.extend(child for child, parent in parents.items() if parent == each)
    return found


def tree() -> Path:
    """Return the folder whose C(ansible_collections) contains this checkout, from which tests import."""
    return Path(next(iter(openai_admin.__path__))).parents[2]


def planted(folder: Path, file: str, right: str, wrong: str) -> Path:
    """Return the tree of a copy of the collection with a defect, to check that a test would notice it."""
    collection = folder / "planted" / "ansible_collections" / "community" / "openai_admin"
    for part in "plugins", "playbooks", "roles", "meta":
        shutil.copytree(tree() / "ansible_collections" / "community" / "openai_admin" / part, collection / part)
    shutil.copy(tree() / "ansible_collections" / "community" / "openai_admin" / "galaxy.yml", collection)
    source = (collection / file).read_text(encoding="utf-8")
    if source.count(right) != 1:
        raise ValueError(f"{file} holds {right!r} {source.count(right)} times")
    (collection / file).write_text(source.replace(right, wrong), encoding="utf-8")
    return folder / "planted"


def module(module_name: str, **arguments: Any) -> dict[str, Any]:
    """Return the part of a task that calls a module of this collection."""
    return {f"{COLLECTION}.{module_name}": arguments}
