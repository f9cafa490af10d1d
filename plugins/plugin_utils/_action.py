# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Runs a module's task inside the controller, without a process for it.

This runs the module's own C(TASK), so options, results and errors are the same. If a task needs something that only
a module can do, the module runs.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.validation import check_type_path
from ansible.module_utils.common.warnings import get_warning_messages
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action.normal import ActionModule as RunModule
from ansible.utils.display import Display
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import REQUESTS_MISSING
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    BadInput,
    problem_facts,
    readable,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core import manage
from ansible_collections.community.openai_admin.plugins.module_utils._core.masking import (
    secret_values,
    show_options,
    without_secrets,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Task
from ansible_collections.community.openai_admin.plugins.module_utils._info import listing
from ansible_collections.community.openai_admin.plugins.module_utils._keys import keeper
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._module.perform import of_option, perform
from ansible_collections.community.openai_admin.plugins.module_utils._reports import buckets, events
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.file import Reading, read_declaration
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.numbers import warnings_of_numbers
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import (
    one_of,
    with_absolute_paths,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import (
    in_variables,
    steps_to,
    with_places,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._orphans import ending_with_controller

PRELOADED = (buckets, manage, events, listing, keeper)
"""Files to import before the fork, which otherwise every worker would import."""

_FOR_PROGRAMS = ("json", "jsonl", "junit")
"""Callbacks whose output an additional line would make invalid."""

MODULES = "ansible_collections.community.openai_admin.plugins.modules"


class ActionModule(RunModule):
    """Runs any module of this collection, inside the controller if that gives the same result."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        task: Task = import_module(f"{MODULES}.{self._task.action.rsplit('.', 1)[-1]}").TASK
        try:
            reading = self._reading(task)
        except AdminError as error:
            return _failed(error)
        own = self._task.args
        contents = reading.content if reading else None
        numbers = [] if self._task.no_log else warnings_of_numbers(task.argument_spec, task.spread(own))
        result = self._refused(task, reading) or self._run(tmp, task_vars, task, contents)
        if numbers:
            result = {**result, "warnings": [*numbers, *result.get("warnings", [])]}

        def place(where: str, option: str, of_name: bool) -> str:
            name = str((steps_to(where) or steps_to(option) or [""])[0])
            if own.get(name) is not None:
                return in_variables(own, where, option, of_name)
            held = own.get(task.holds)
            if isinstance(held, Mapping) and held.get(name) is not None:
                return in_variables(held, where, option, of_name)
            if reading and name in reading.content:
                return reading.place(where, option, of_name)
            return in_variables(own, where, option, of_name)

        return with_places(result, place) if task.diagnose else result

    def _run(
        self, tmp: str | None, task_vars: dict[str, Any] | None, task: Task, contents: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """Run the task with the options in its file, inside the controller or as a module."""
        if self._needs_module(task, task_vars or {}):
            own = self._task.args
            self._task.args = self._given(task, contents, own)
            with ending_with_controller():
                result = dict(RunModule.run(self, tmp, task_vars))
            options = result.get("invocation", {}).get("module_args")
            if not options or not contents:
                return result
            return {**result, **_invocation(task.spread(own), options, contents, task)}
        gc.freeze()  # in this worker: what the controller has loaded need not be looked through for garbage
        plain = json.loads(json.dumps(dict(self._task.args), default=str))  # plain values, as modules get them
        given = self._given(task, contents, plain)
        spec = {**connection_options(), **task.argument_spec}
        already = len(get_warning_messages())
        checked = ArgumentSpecValidator(spec).validate(task.tidy(given))
        params = checked.validated_parameters
        secrets = secret_values(spec, given, params)
        options = show_options(spec, params)
        shown = (
            _invocation(task.spread(self._task.args), options, contents, task) if _shows_invocation(task_vars) else {}
        )
        if checked.error_messages:
            result = self._invalid(checked, task, given)
        else:
            result = self._perform(task, params, given, secrets)
        told = _told_by_validation(checked, get_warning_messages()[already:], result)
        return without_secrets({**result, **told, **shown}, secrets)

    def _perform(
        self, task: Task, params: Mapping[str, Any], given: Mapping[str, Any], secrets: Iterable[str]
    ) -> dict[str, Any]:
        """Run the task with valid options; return a failed result for an expected error."""
        hidden = bool(self._task.no_log)
        tell = None if hidden else _tell(secrets)
        mode = Mode(check=self._task.check_mode, diff=self._task.diff, hidden=hidden, tell=tell)
        try:
            return perform(task, params, given, mode)
        except AdminError as error:
            return _failed(error)

    def _given(self, task: Task, contents: Mapping[str, Any] | None, args: dict[str, Any]) -> dict[str, Any]:
        """Return the options of a task merged with those of its file, with absolute paths on this host."""
        given = _filled(contents, dict(task.spread(args)), task)
        if self._connection.transport != "local":
            return given
        environment: dict[str, Any] = {}
        self._compute_environment_string(environment)
        spec = {**connection_options(), **task.argument_spec}
        return with_absolute_paths(spec, given, {**os.environ, **environment})

    def _refused(self, task: Task, reading: Reading | None) -> dict[str, Any] | None:
        """Return a failed result if the text of a declaration is invalid, with all other problems."""
        if reading is None or not reading.problems:
            return None
        given = self._given(task, reading.content, dict(self._task.args))
        here = self._connection.transport == "local"  # where files that the declaration names can be looked at
        more = task.diagnose(given) if task.diagnose and here else ()
        return _failed(refusal(BadInput, [*reading.problems, *problem_facts(more)]))

    def _reading(self, task: Task) -> Reading | None:
        """Read the options in the file that the task names, if any. Raises C(AdminError)."""
        source = self._task.args.get(task.reads) if task.reads else None
        if not source:
            return None
        named = check_type_path(source)
        try:
            beside = self._find_needle("files", named)
        except AnsibleError:
            beside = None
        return read_declaration(one_of(named, beside), self._loader)

    def _invalid(self, checked: Any, task: Task, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return a failed result for invalid options, in the words of modules."""
        problems = task.diagnose(given) if task.diagnose else ()
        if problems:
            return _failed(refusal(BadInput, problem_facts(problems)))
        message = readable(of_option(checked.errors.msg, checked.error_messages))
        if isinstance(checked.errors[0], UnsupportedError):
            message = f"Unsupported parameters for ({self._task.action}) module: {message}"
        return {"failed": True, "changed": False, "msg": message}

    def _needs_module(self, task: Task, task_vars: Mapping[str, Any]) -> bool:
        """Return whether the task sets where or how to run, or writes a file."""
        interpreter = task_vars.get("ansible_python_interpreter") or sys.executable
        return bool(
            not boolean(os.environ.get("OPENAI_ADMIN_IN_PROCESS") or "true", strict=False)
            or REQUESTS_MISSING
            or self._task.async_val
            or self._task.become
            or any(self._task.environment or ())
            or self._connection.transport != "local"
            or os.path.realpath(self._templar.template(interpreter)) != os.path.realpath(sys.executable)
            or (task.delivers and self._task.args.get(task.delivers))
        )


def _failed(error: AdminError) -> dict[str, Any]:
    return {"failed": True, "msg": error.message, "changed": False, **error.facts}


def _filled(contents: Mapping[str, Any] | None, args: dict[str, Any], task: Task) -> dict[str, Any]:
    """Return the options of a task, supplemented by those of its file."""
    if contents is None:
        return args
    own = {name: value for name, value in args.items() if name != task.reads}
    return {**own, **{name: value for name, value in contents.items() if own.get(name) is None}}


def _invocation(
    args: Mapping[str, Any], options: Mapping[str, Any], contents: Mapping[str, Any] | None, task: Task
) -> dict[str, Any]:
    """Return the options of a task in the form of results, without those of its file."""
    shown = {name: value for name, value in options.items() if name in args or name not in (contents or ())}
    return {"invocation": {"module_args": {**shown, **({task.reads: args[task.reads]} if contents else {})}}}


def _shows_invocation(task_vars: Mapping[str, Any] | None) -> bool:
    """Return whether results contain the options, which newer versions of ansible-core omit by default."""
    if not constants.config.get_configuration_definition("INJECT_INVOCATION"):
        return True
    return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=task_vars or {}))


def _told_by_validation(checked: Any, of_parts: Iterable[str], result: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return deprecations and warnings in the words and the order of a module, those about options first.

    C(of_parts): warnings about nested options, which ansible-core 2.18 and older keep only for modules.
    """
    twice = [f"Both option {each['option']} and its alias {each['alias']} are set." for each in checked._warnings]
    due = [{name: each[name] for name in ("date", "version") if each.get(name)} for each in checked._deprecations]
    deprecations = [
        {"msg": each["msg"], "collection_name": each.get("collection_name"), **(when or {"version": None})}
        for each, when in zip(checked._deprecations, due)
    ]
    deprecations += result.get("deprecations", [])
    warnings = [*of_parts, *twice, *result.get("warnings", [])]
    return {name: told for name, told in (("deprecations", deprecations), ("warnings", warnings)) if told}


def _tell(secrets: Iterable[str]) -> Callable[[str], None] | None:
    """Return a function that shows a line while the task runs; null if a program reads the output."""
    if str(constants.config.get_config_value("DEFAULT_STDOUT_CALLBACK")).rsplit(".", 1)[-1] in _FOR_PROGRAMS:
        return None
    return lambda line: Display().display(f"... {without_secrets({'msg': readable(line)}, secrets)['msg']}")
