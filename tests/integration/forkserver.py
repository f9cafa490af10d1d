# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-playbook in forks of a process that has loaded it, since loading takes most of a short run.

A run is the command itself, with its own arguments, environment, folder and outputs, and with the processes that
ansible-core creates for tasks. It shares everything that was loaded before the fork with the other runs of its server:
Python and ansible-core with the variables that they read at their start (`EARLY`), plugins, the collection, and the
packages of modules that earlier runs built. A run that needs any of these to differ must start a new process.

A module runs from its package in a process of its own, as always. But this process, too, is a fork of one that has
loaded the parts of ansible-core that modules use and compiled the collection; a new Python would have to import and
compile all of it.

Compiled templates are kept for later runs, and so are the imports of the files that modules share and the code that
dataclasses generate.

A task runs in the process of its playbook, unless the run requests a process for each task, as ansible-core does it:
creating that process takes three times as long as most tasks.
"""

from __future__ import annotations

import atexit
import copy
import gc
import glob
import importlib
import inspect
import io
import json
import marshal
import os
import pickle
import pkgutil
import re
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
import warnings
import zipimport
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Timer
from types import ModuleType, SimpleNamespace
from typing import IO, Any, NoReturn

EARLY = ("ANSIBLE_", "EDITOR", "HOME", "LANG", "LC_", "NO_COLOR", "PAGER", "PATH", "PYTHON", "TMPDIR", "TZ")
"""Prefixes of the variables that are read before a playbook is."""
LATE = ("ANSIBLE_INJECT_INVOCATION",)
"""Variables with these prefixes that are read for each task."""

IMPORTS = (
    "ansible.cli.playbook",
    "ansible.executor.process.worker",
    "ansible.executor.task_executor",
    "multiprocessing.popen_fork",
    "multiprocessing.synchronize",
    "requests",
)
FOR_MODULES = (
    "ansible.module_utils.basic",
    "ansible.module_utils.urls",
    "ansible.module_utils._internal._ansiballz._loader",  # since ansible-core 2.19
    "requests",
)
PLUGINS = ("action", "become", "cache", "callback", "connection", "inventory", "shell", "strategy", "vars")
TEMPLATE_PLUGINS = ("filter", "test")
COLLECTION = "ansible_collections.community.openai_admin.plugins"
NAME = "community.openai_admin"
PACKAGES = "ansiballz_cache"
"""The folder in which ansible-core keeps the packages of modules that it has built."""
MODULE = re.compile(
    "/bin/sh -c (?:{0}|'{0}(?: (\\S+/AnsiballZ_\\w+\\.py))?(?: && sleep 0)?')".format(re.escape(sys.executable))
)
"""The command that runs a module with the same Python as playbooks. With pipelining, the package is its input."""
SIZE = 8
"""The number of bytes that contain the length of a message."""
PATIENCE = 10
"""Seconds that a result waits for the thread of its strategy."""


def send(connection: socket.socket, message: Any, files: Sequence[int] = ()) -> None:
    """Send a message together with open files."""
    content = json.dumps(message).encode()
    socket.send_fds(connection, [len(content).to_bytes(SIZE, "big")], files)
    connection.sendall(content)


def receive(connection: socket.socket) -> tuple[Any, list[int]]:
    """Wait for a message and the files that come with it.

    :raises EOFError: the other side has closed the connection
    """
    header, files, *unused_rest = socket.recv_fds(connection, SIZE, 2)
    content = bytearray()
    while header and len(content) < int.from_bytes(header, "big"):
        part = connection.recv(65536)
        if not part:
            break
        content += part
    if not content:
        raise EOFError("the other side is gone")
    return json.loads(content), list(files)


# The process that requests runs


@dataclass(frozen=True)
class Ended:
    """The result of a run: the status that C(os.wait4) returns, seconds of CPU, and the KiB of the largest process."""

    status: int
    cpu: float
    memory: int


class ForkServer:
    """A process that has loaded ansible-core, and a link to the folder of the present run.

    Paths in early variables begin with the link, so they are the same for all runs.
    """

    def __init__(self, environment: Mapping[str, str], place: Path, python: str = sys.executable) -> None:
        """Start the process with the early variables of an environment; its own files go to C(place), a new folder.

        C(python) can be that of another virtual environment, whose ansible-core is then used.

        :raises RuntimeError: the process printed something: the runs would lack a warning that is only printed once
        """
        self.early = early(environment)
        self.place = place
        for name in "idle", PACKAGES:
            (place / name).mkdir()
        self._lead_to(place / "idle")
        self._free = Lock()
        self._connection, other_end = socket.socketpair()
        with other_end, tempfile.TemporaryFile() as said:
            self._process = subprocess.Popen(
                [python, __file__, str(other_end.fileno()), str(place / PACKAGES)],
                env=environment,
                pass_fds=[other_end.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
            other_end.close()
            with suppress(EOFError):
                receive(self._connection)
            said.seek(0)
            if words := said.read().decode():
                self.end()
                raise RuntimeError(words)

    def _lead_to(self, folder: Path) -> None:
        new = self.place / "new"
        new.symlink_to(folder)
        new.replace(link(self.place))

    def run(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        outputs: Sequence[IO[bytes]],
        most_seconds: float,
        apart: bool = False,
        watch: Callable[[int], object] = int,
    ) -> Ended | None:
        """Run ansible-playbook, with its output and errors in two files. Return None if another run is in progress.

        C(apart): each task has a process of its own. C(watch) gets the ID of the run's process group, which contains
        all its processes except those of such tasks.
        """
        if not self._free.acquire(blocking=False):
            return None
        try:
            self._lead_to(folder)
            send(
                self._connection,
                [list(arguments), dict(environment), str(folder), apart],
                [output.fileno() for output in outputs],
            )
            pid, unused_files = receive(self._connection)
            hung = Timer(most_seconds, os.kill, (pid, signal.SIGKILL))
            hung.start()
            try:
                watch(pid)
            finally:
                ended, unused_files = receive(self._connection)
                hung.cancel()
        finally:
            self._free.release()
        return Ended(*ended)

    def end(self) -> None:
        """End the process, and remove its files."""
        self._connection.close()
        self._process.wait()
        shutil.rmtree(self.place)


def new_place() -> Path:
    """Create a new folder for the files of a server.

    Its name is an identifier: Jinja reads paths of settings as Python, and warns of digits that letters follow.
    """
    return Path(tempfile.mkdtemp(prefix="ansible_"))


def link(place: Path) -> Path:
    """Return the link to the folder of the present run of the server at C(place)."""
    return place / "folder"


def early(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of an environment that are read before a playbook is."""
    return {name: value for name, value in environment.items() if name.startswith(EARLY) and name not in LATE}


# The process that forks


def load(kept: Kept, address: str) -> None:
    """Load everything that runs use. C(address) is that of the process that runs modules."""
    for name in IMPORTS:
        with suppress(ModuleNotFoundError):  # another collection's environment may lack requests
            importlib.import_module(name)
    from ansible.plugins import loader

    loader.init_plugin_loader()
    for kind in PLUGINS:
        list(getattr(loader, f"{kind}_loader").all(class_only=True))
    for kind in TEMPLATE_PLUGINS:
        list(getattr(loader, f"{kind}_loader").all())
    for kind in "action", "modules":
        room = importlib.import_module(f"{COLLECTION}.{kind}")
        for module in pkgutil.iter_modules(room.__path__):
            importlib.import_module(f"{COLLECTION}.{kind}.{module.name}")
    for kind in "filter", "lookup":
        room = importlib.import_module(f"{COLLECTION}.{kind}")
        for plugin in pkgutil.iter_modules(room.__path__):
            getattr(loader, f"{kind}_loader").get(f"{NAME}.{plugin.name}")
    keep_templates(kept)
    keep_imports(kept)
    keep_files(kept)
    have_modules_hosted(address)
    for prepare in keep_parser, keep_filters, read_settings, find_fields:
        with suppress(AttributeError, ImportError):  # another ansible-core has none of this, and does without
            prepare()
    inspect.stack()  # examines all modules the first time; ansible-core calls it in each run that skips a task
    gc.collect()
    gc.freeze()


def keep_parser() -> None:
    """Build the parser of arguments once: its defaults are settings, which all runs share."""
    playbook: Any = importlib.import_module("ansible.cli.playbook")
    kept = playbook.PlaybookCLI(["playbook"])
    kept.init_parser()
    playbook.PlaybookCLI.init_parser = lambda own: setattr(own, "parser", kept.parser)


def keep_filters() -> None:
    """Find each filter of the collection once: ansible-core looks through all files for each that a template names."""
    loader: Any = importlib.import_module("ansible.plugins.loader")
    find = loader.Jinja2Loader.get_with_context
    found: dict[tuple[str, str], Any] = {}

    def find_once(own: Any, name: str, *arguments: Any, **options: Any) -> Any:
        key = own.type, name
        if key in found:
            return found[key]
        result = find(own, name, *arguments, **options)
        if name.startswith(f"{NAME}.") and result.object is not None:
            found[key] = result
        return result

    loader.Jinja2Loader.get_with_context = find_once
    for kind in "filter", "test":
        with suppress(ModuleNotFoundError):
            room = importlib.import_module(f"{COLLECTION}.{kind}")
            for plugin in pkgutil.iter_modules(room.__path__):
                module = importlib.import_module(f"{room.__name__}.{plugin.name}")
                for name in getattr(module.FilterModule(), f"{kind}s")():
                    getattr(loader, f"{kind}_loader").get(f"{NAME}.{name}")


def read_settings() -> None:
    """Read the documentation of the plugins that every run uses: it says which settings they have."""
    loader: Any = importlib.import_module("ansible.plugins.loader")
    constants: Any = importlib.import_module("ansible.constants")
    for name in constants.INVENTORY_ENABLED:
        loader.inventory_loader.get(name)
    loader.callback_loader.get(constants.DEFAULT_STDOUT_CALLBACK)


def find_fields() -> None:
    """Find the fields of results, which takes a look at all annotations."""
    task: Any = importlib.import_module("ansible._internal._task")
    for source_is_module in True, False:
        task.UnifiedTaskResult.get_result_key_to_resolved_field_mapping(source_is_module=source_is_module)


def keep_generated() -> None:
    """Compile only once what dataclasses generate and what annotations contain: a large part of a module's import."""
    compiled = cache(compile)

    def execute(source: str, *places: Any) -> None:
        exec(compiled(source, "<string>", "exec"), *places)  # noqa: S102  # as dataclasses do it

    for name, value in {"dataclasses.exec": execute, "typing.compile": compiled}.items():
        module, unused_dot, function = name.partition(".")
        setattr(importlib.import_module(module), function, value)


class Kept:
    """Results that runs share, by what they were made from; a run passes on what it has made."""

    def __init__(self, path: Path) -> None:
        """Use the file C(path) to pass on new results."""
        self._path = path
        self._all: dict[Any, Any] = {}
        self._new: dict[Any, Any] = {}

    def has(self, key: Any) -> bool:
        """Return whether there is a result with a key."""
        return key in self._all

    def find(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return the result with a key, made when it is first requested."""
        if key not in self._all:
            self._all[key] = self._new[key] = make()
        return self._all[key]

    def hand_over(self) -> None:
        """Write the new results to the file."""
        if self._new:
            self._path.write_bytes(marshal.dumps(self._new))

    def take_over(self) -> None:
        """Read the results of a run from the file."""
        if self._path.exists():
            self._all.update(marshal.loads(self._path.read_bytes()))  # noqa: S302  # this server wrote the file
            self._path.unlink()


SETTINGS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized"),
    "autoescape",
)
"""The settings of Jinja that templates are compiled with."""


def keep_templates(kept: Kept) -> None:
    """Make Jinja compile each template and each expression only once."""
    jinja: Any = importlib.import_module("jinja2.environment")
    compiled, expression = jinja.Environment.compile, jinja.Environment.compile_expression
    escapes = escaping()
    under_way: list[Any] = []
    """The key of the expression that is being compiled."""

    def key_of(own: Any, source: str, *names: Any) -> Any:
        settings = (getattr(own, name) for name in SETTINGS)
        ending = getattr(own.finalize, "__qualname__", None)
        return (type(own).__qualname__, ending, escapes(), str(source), *names, *settings)

    def compile_once(own: Any, source: Any, *names: Any, **options: Any) -> Any:
        if options or not (isinstance(source, str) or under_way):
            return compiled(own, source, *names, **options)
        key = key_of(own, source, *names) if isinstance(source, str) else under_way[-1]
        return kept.find(key, lambda: compiled(own, source, *names))

    def compile_expression_once(own: Any, source: str, *options: Any) -> Any:
        key = key_of(own, source, "an expression")
        if kept.has(key):
            template = own.template_class.from_code(own, kept.find(key, int), own.make_globals(None), None)
            return jinja.TemplateExpression(template, *(options or (True,)))
        under_way.append(key)
        try:
            return expression(own, source, *options)
        finally:
            under_way.pop()

    jinja.Environment.compile = compile_once
    jinja.Environment.compile_expression = compile_expression_once


def keep_imports(kept: Kept) -> None:
    """Make ansible-core parse each file that modules share only once: every package contains most of them."""
    common: Any = importlib.import_module("ansible.executor.module_common")
    finder = common.ModuleDepFinder
    if "module_data" not in inspect.signature(finder).parameters:  # before ansible-core 2.20
        return

    def parsed(name: str, text: bytes, is_pkg_init: bool) -> Any:
        common.ModuleDepFinder = finder  # which it calls by this name
        try:
            return finder(name, text, is_pkg_init)
        finally:
            common.ModuleDepFinder = find

    def imports(name: str, text: bytes, is_pkg_init: bool) -> Any:
        whole = parsed(name, text, is_pkg_init)
        return None if whole.embeds else (whole.submodules, whole.optional_imports)

    def find(name: str, text: bytes, is_pkg_init: bool = False) -> Any:
        if ".module_utils" not in name:
            return parsed(name, text, is_pkg_init)
        found = kept.find(("imports", name, bytes(text), is_pkg_init), partial(imports, name, text, is_pkg_init))
        if found is None:
            return parsed(name, text, is_pkg_init)
        return SimpleNamespace(submodules=found[0], optional_imports=found[1], embeds=set())

    common.ModuleDepFinder = find


def keep_files(kept: Kept) -> None:
    """Make ansible-core parse each YAML file of the collection, and list its folders, only once."""
    data: Any = importlib.import_module("ansible.parsing.dataloader")
    loader: Any = importlib.import_module("ansible.plugins.loader")
    own = str(Path(importlib.import_module(COLLECTION).__file__ or "").parents[1])
    parse = data.DataLoader.load

    def load_once(loads: Any, data: str, file_name: str = "<string>", **options: Any) -> Any:
        if not file_name.startswith(f"{own}{os.sep}"):
            return parse(loads, data=data, file_name=file_name, **options)
        key = "file", file_name, str(data), type(data).__name__, str(sorted(options.items()))
        return pickle.loads(  # noqa: S301  # a run of this server wrote it
            kept.find(key, lambda: pickle.dumps(parse(loads, data=data, file_name=file_name, **options)))
        )

    data.DataLoader.load = load_once
    names = cache(lambda pattern: tuple(glob.glob(pattern)))
    theirs = str(Path(loader.__file__).parent)

    def list_once(pattern: str) -> list[str]:
        return list(names(pattern)) if pattern.startswith((own, theirs)) else glob.glob(pattern)

    loader.glob = SimpleNamespace(glob=list_once, iglob=list_once)


def escaping() -> Callable[[], bool]:
    """Return a function that tells whether ansible-core escapes backslashes in the template being compiled."""
    bits: Any = importlib.import_module("ansible.template")
    with suppress(ImportError):
        bits = importlib.import_module("ansible._internal._templating._jinja_bits")
    context = getattr(bits, "_TemplateCompileContext", None)
    return lambda: context is not None and bool((found := context.current(optional=True)) and found.escape_backslashes)


def have_modules_hosted(address: str) -> None:
    """Make the connection C(local) run the packages of modules in forks, and all other commands as usual."""
    local: Any = importlib.import_module("ansible.plugins.connection.local")

    def start(command: str | bytes, **options: Any) -> subprocess.Popen[bytes] | Hosted:
        package = MODULE.fullmatch(os.fsdecode(command))
        return Hosted(address, package[1], options["cwd"]) if package else subprocess.Popen(command, **options)

    local.subprocess = SimpleNamespace(PIPE=subprocess.PIPE, Popen=start)


class Hosted:
    """The process of a module's package, with the interface that C(local) uses; it runs in a fork."""

    def __init__(self, address: str, package: str | None, folder: str | bytes | None) -> None:
        """C(package) is the package's path; None if its text is the input."""
        self.returncode: int | None = None
        self._address = address
        self._package = package
        self._folder = os.fsdecode(folder or os.getcwd())

    def communicate(self, given: bytes | None = None) -> tuple[bytes, bytes]:
        """Run the module, and return its output and its errors."""
        text = (given or b"").decode()
        order = [self._package, text, dict(os.environ), self._folder, os.getpgrp()]
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(self._address)
                send(connection, order, [stdout.fileno(), stderr.fileno()])
                try:
                    self.returncode, unused_files = receive(connection)
                except EOFError:  # the module was killed
                    self.returncode = -signal.SIGKILL
            for output in stdout, stderr:
                output.seek(0)
            return stdout.read(), stderr.read()


def tasks_here() -> Callable[[], None]:
    """Return a function that makes ansible-core run tasks in this process. Before 2.20, it changes nothing."""
    worker: Any = importlib.import_module("ansible.executor.process.worker")
    manager: Any = importlib.import_module("ansible.executor.task_queue_manager")
    strategy: Any = importlib.import_module("ansible.plugins.strategy")
    context: Any = getattr(getattr(worker, "_task", None), "TaskContext", None)
    if not hasattr(context, "create"):
        return lambda: None

    class TaskHere(worker.WorkerProcess):  # type: ignore[misc]  # of a package without types
        """A task in this process."""

        def start(self) -> None:
            self._host, self._task = copy.copy(self._host), copy.copy(self._task)
            worker.sys = SimpleNamespace(stdout=io.StringIO(), stderr=io.StringIO())
            worker.display._final_q = self._final_q
            try:
                with context.create(task=self._task, task_vars=self._task_vars, host_name=self._host.name):
                    self._run()
            finally:
                worker.display._final_q = None

    def keep_results(whole: Any) -> None:
        whole._final_q.keep(whole)

    results_here = queue_of_results(manager, strategy)

    def keep_tasks_here() -> None:
        strategy.WorkerProcess, strategy.results_thread_main = TaskHere, keep_results
        worker.WorkerQueue, manager.FinalQueue = Answers, results_here
        # Only tasks that add hosts need this server, and would start it.
        manager._rpc_host = SimpleNamespace(LocalManager=SimpleNamespace(shared_instance=int))

    return keep_tasks_here


def queue_of_results(manager: Any, strategy: Any) -> type:
    """Return the class of a queue that has each result processed at once: no pipe, no other thread and no waiting.

    A result is a copy, as with processes.
    """
    process_results = strategy.results_thread_main

    class ResultsHere(manager.FinalQueue):  # type: ignore[misc]  # of a package without types
        """The results of the tasks of a play."""

        def __init__(self) -> None:
            self.strategy: Any = None
            self._is_known = threading.Event()

        def keep(self, whole: Any) -> None:
            """Keep the strategy, in the thread that it starts: the first result may come before that thread runs."""
            self.strategy = whole
            self._is_known.set()

        def put(self, item: Any) -> None:
            if isinstance(item, strategy.StrategySentinel):  # the end of a play
                self._is_known.clear()
                return
            items = iter((pickle.loads(ForkingPickler.dumps(item)), strategy._sentinel))  # noqa: S301  # from above
            self._is_known.wait(PATIENCE)
            display = strategy.display
            queue, display._final_q = display._final_q, None
            try:
                process_results(Part(self.strategy, SimpleNamespace(get=items.__next__)))
            finally:
                display._final_q = queue

        def close(self) -> None:
            """Close nothing, since there is no pipe."""

    return ResultsHere


class Part:
    """A strategy with another queue, which contains a part of the results."""

    def __init__(self, whole: Any, queue: Any) -> None:
        self._whole, self._final_q = whole, queue

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


class Answers(SimpleQueue[Any]):
    """The answers to the prompts of a task."""

    def __init__(self, **unused_options: Any) -> None:
        super().__init__()

    def get(self, *arguments: Any, **options: Any) -> Any:
        """Return an answer, or raise the error that there is instead."""
        answer = super().get(*arguments, **options)
        if isinstance(answer, Exception):
            raise answer
        return answer


# The process that runs modules


def host_modules(listening: socket.socket, controller: socket.socket) -> Any:
    """Fork for each package. Return the order and its connection in the fork, or None when the controller has ended."""
    while True:
        ready, unused_writable, unused_failed = select.select([listening, controller], [], [])
        if listening not in ready:
            return None
        connection, unused_address = listening.accept()
        if not os.fork():
            return connection
        connection.close()
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


class Places(list[str]):
    """The paths of the package C(ansible), which begin with the module's own package."""

    def __iter__(self) -> Iterator[str]:
        return iter([*(f"{path}/ansible" for path in sys.path if path.endswith(".zip")), *super().__iter__()])


def load_for_modules() -> None:
    """Load everything that modules use. The collection is only compiled: modules import it from their packages."""
    for name in FOR_MODULES:
        with suppress(ModuleNotFoundError):
            importlib.import_module(name)
    room = importlib.import_module(f"{COLLECTION}.modules")
    for module in pkgutil.iter_modules(room.__path__):
        importlib.import_module(f"{COLLECTION}.modules.{module.name}")
    keep_compiled()
    sys.modules["ansible"].__path__ = Places(sys.modules["ansible"].__path__)
    for name in [name for name in sys.modules if re.match(r"ansible_collections\b|ansible\.(?!module_utils\b)", name)]:
        del sys.modules[name]
    gc.collect()
    gc.freeze()


def keep_compiled() -> None:
    """Use the code compiled here for the same text in a package."""
    importer: Any = zipimport
    compiled = importer._compile_source
    kept = {}
    for name, module in sys.modules.items():
        if name.startswith(f"{COLLECTION}.") and module.__file__:
            loader: Any = module.__loader__
            kept[Path(module.__file__).read_bytes()] = loader.get_code(name)
    importer._compile_source = lambda path, source: kept.get(source) or compiled(path, source)


def run_module(connection: socket.socket) -> NoReturn:
    """Run a package as a new Python would."""
    (package, text, environment, folder, group), files = receive(connection)
    try:
        with suppress(PermissionError):  # a task with its own process has a session of its own
            os.setpgid(0, group)  # to be killed together with its playbook
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        for file, number in zip((os.open(os.devnull, os.O_RDONLY), *files), range(3), strict=True):
            os.dup2(file, number)
            os.close(file)
        if package:
            sys.path[0] = str(Path(package).parent)
            sys.argv = [package]
            runpy.run_path(package, run_name="__main__")
        else:
            sys.path[0] = ""
            sys.argv = ["-"]
            sys.modules["__main__"] = main = ModuleType("__main__")
            exec(compile(text, "<stdin>", "exec"), vars(main))  # noqa: S102  # as Python runs its input
    finally:
        leave(partial(send, connection))


def leave(tell: Callable[[int], object] = int) -> NoReturn:
    """End this process as Python would, but do not free the memory that it shares with its parent, which would copy it.

    C(tell) gets the status before the end.
    """
    status = end_status(sys.exc_info()[1])
    atexit._run_exitfuncs()
    for stream in sys.stdout, sys.stderr:
        stream.flush()
    tell(status)
    os._exit(status)


def end_status(error: BaseException | None) -> int:
    """Return the exit status of a Python that ends with an exception, and print a code that is not a number."""
    code = error.code if isinstance(error, SystemExit) else None
    if error is None or (isinstance(error, SystemExit) and code is None):
        return 0
    if isinstance(code, int):
        return code
    print(code or "".join(traceback.format_exception(error)), file=sys.stderr)
    return 1


def serve(connection: socket.socket, kept: Kept) -> Any:
    """Fork for each order, and send its result. Return the order and its files in the fork, otherwise None."""
    send(connection, "ready")
    with suppress(EOFError):
        while True:
            order, files = receive(connection)
            pid = os.fork()
            with suppress(ProcessLookupError):  # the fork may have ended
                os.setpgid(pid, pid)
            if not pid:
                return order, files
            for file in files:
                os.close(file)
            send(connection, pid)
            unused_pid, status, usage = os.wait4(pid, 0)  # includes the processes that it waited for
            kept.take_over()
            send(connection, [status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss])
    return None


def play(
    packages: str,
    kept: Kept,
    keep_tasks_here: Callable[[], None],
    order: tuple[Sequence[str], Mapping[str, str], str, bool],
    files: Sequence[int],
) -> None:
    """Run as ansible-playbook. C(packages) is the folder for packages of modules, C(keep_tasks_here) what does that."""
    arguments, environment, folder, apart = order
    constants: Any = importlib.import_module("ansible.constants")
    playbook: Any = importlib.import_module("ansible.cli.playbook")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for file, number in zip(files, (1, 2), strict=True):
        os.dup2(file, number)
        os.close(file)
    sys.path[0] = folder
    sys.argv = [str(importlib.import_module("ansible.__main__").__file__), "playbook", *arguments]
    warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
    # Reading this setting creates a folder, and removes it at the end.
    constants.DEFAULT_LOCAL_TMP = constants.config.get_config_value("DEFAULT_LOCAL_TMP", variables=vars(constants))
    Path(constants.DEFAULT_LOCAL_TMP, PACKAGES).symlink_to(packages)
    if not apart:
        keep_tasks_here()
    try:
        playbook.main(sys.argv[1:])
    finally:
        kept.hand_over()
        leave()


def begin(own_end: socket.socket, packages: str) -> None:
    """Load everything, here for playbooks and in a fork for modules, and serve until the other side has ended."""
    address = str(Path(packages).with_name("modules"))
    keep_generated()
    mine, its = socket.socketpair()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        host = os.fork()
        if not host:
            own_end.close()
            mine.close()
            load_for_modules()
            if module := host_modules(listening, its):
                run_module(module)
            return
    its.close()
    kept = Kept(Path(packages).with_name("kept"))
    with own_end:
        load(kept, address)
        keep_tasks_here = tasks_here()
        gc.freeze()
        ordered = serve(own_end, kept)
    if ordered:
        play(packages, kept, keep_tasks_here, *ordered)
    mine.close()
    os.waitpid(host, 0)


if __name__ == "__main__":
    begin(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
