# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Runs a task as an Ansible module; the only file that uses AnsibleModule."""

from __future__ import annotations

from typing import Any, NoReturn

from ansible.module_utils import basic
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import REQUESTS_MISSING
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    AdminError,
    BadInput,
    problem_facts,
    readable,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.masking import (
    LONG,
    secret_values,
    show_options,
    without_secrets,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import COLLECTION, REMOVED_IN, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode
from ansible_collections.community.openai_admin.plugins.module_utils._module.perform import of_option, perform


class _Module(basic.AnsibleModule):
    """An AnsibleModule that keeps the options as written, treats null as omitted, and returns no secret."""

    given: Given

    def __init__(self, task: Task) -> None:
        self._task = task
        self.given = {}
        self._validates = True
        super().__init__(argument_spec={**connection_options(), **task.argument_spec}, supports_check_mode=True)
        self._validates = False

    def _load_params(self) -> None:
        super()._load_params()
        internal = {name: value for name, value in self.params.items() if name.startswith("_ansible_")}
        self.given = self._task.spread({name: value for name, value in self.params.items() if name not in internal})
        self.params = {**internal, **self._task.tidy(self.given)}

    def exit_json(self, **result: Any) -> NoReturn:
        """Return a result, with its warnings and deprecations."""
        shown = self._without_secrets(result)
        for warning in shown.pop("warnings", []):
            self.warn(warning)
        for old in shown.pop("deprecations", []):
            self.deprecate(old["msg"], version=REMOVED_IN, collection_name=COLLECTION)
        super().exit_json(**shown)

    def fail_json(self, msg: str, **facts: Any) -> NoReturn:
        """Fail without secrets: ansible-core's message about an option can contain its value."""
        if self._validates:
            problems = self._task.diagnose(self.given) if self._task.diagnose else ()
            if problems:
                self.fail_with(refusal(BadInput, problem_facts(problems)))
            msg = of_option(msg, self.validation_result.error_messages)
        super().fail_json(**self._without_secrets({**facts, "msg": readable(msg)}))

    def fail_with(self, error: AdminError) -> NoReturn:
        """Fail with the message and the facts of an error."""
        super().fail_json(**self._without_secrets({**error.facts, "msg": error.message}))

    def _without_secrets(self, result: dict[str, Any]) -> dict[str, Any]:
        """Return a result without secrets, with C(invocation) if ansible-core shows it."""
        params = {name: value for name, value in self.params.items() if not name.startswith("_ansible_")}
        invocation = {"module_args": show_options(self.argument_spec, params)}
        secrets = secret_values(self.argument_spec, self.given, params)
        # ansible-core up to 2.21 would look for short ones in every name and number.
        self.no_log_values = {value for value in self.no_log_values if len(value) >= LONG}
        return without_secrets({**result, "invocation": invocation}, secrets)

    def set_attributes(self, path: str) -> bool:
        """Set mode, owner and group of a file as file modules do; return whether that changed anything."""
        return bool(self.set_fs_attributes_if_different(self.load_file_common_arguments(self.params, path=path), False))


def run(task: Task) -> NoReturn:
    """Run a task as a module: read options, return its result, and fail with its errors."""
    module = _Module(task)
    if REQUESTS_MISSING:
        module.fail_json(msg=basic.missing_required_lib("requests"), exception=REQUESTS_MISSING)
    mode = Mode(check=module.check_mode, diff=module._diff, hidden=module.no_log)
    path = module.params.get(task.delivers) if task.delivers else None
    delivery = task.make_delivery(path, module.set_attributes) if path and task.make_delivery else None
    failure: AdminError | None = None
    result: dict[str, Any] = {}
    try:
        result = perform(task, module.params, module.given, mode, delivery)
    except AdminError as error:
        failure = error
    if failure:  # outside of except, so that the failure of an expected error shows no traceback
        module.fail_with(failure)
    if path and delivery and delivery.is_there():
        result["changed"] = module.set_attributes(path) or result["changed"]
    module.exit_json(**result)
