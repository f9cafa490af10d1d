# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A task as an Ansible module: the only file with AnsibleModule."""

from __future__ import annotations

from typing import Any, NoReturn

from ansible.module_utils import basic
from ansible_collections.community.openai_admin.plugins.module_utils._argspec import connection_options
from ansible_collections.community.openai_admin.plugins.module_utils._client import REQUESTS_MISSING
from ansible_collections.community.openai_admin.plugins.module_utils._desired import Given
from ansible_collections.community.openai_admin.plugins.module_utils._errors import (
    AdminError,
    BadInput,
    problem_facts,
    readable,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._mode import Mode
from ansible_collections.community.openai_admin.plugins.module_utils._task import Task, perform


class _Module(basic.AnsibleModule):
    """Keeps what the task wrote, and takes a null for an option that is omitted, choices or not."""

    given: Given

    def __init__(self, task: Task) -> None:
        self._tidy = task.tidy
        self._diagnose = task.diagnose
        super().__init__(argument_spec={**connection_options(), **task.argument_spec}, supports_check_mode=True)
        self._diagnose = None

    def _load_params(self) -> None:
        super()._load_params()
        self.given = {name: value for name, value in self.params.items() if not name.startswith("_ansible_")}
        internal = {name: value for name, value in self.params.items() if name not in self.given}
        self.params = {**internal, **self._tidy(self.given)}

    def fail_json(self, msg: str, **facts: Any) -> NoReturn:
        """Fail; what ansible-core says of an option can hold its value."""
        problems = self._diagnose(self.given) if self._diagnose else ()  # as long as it validates options
        if problems:
            self.fail_with(refusal(BadInput, problem_facts(problems)))
        super().fail_json(msg=readable(msg), **facts)

    def fail_with(self, error: AdminError) -> NoReturn:
        super().fail_json(msg=error.message, **error.facts)

    def set_attributes(self, path: str) -> bool:
        """Mode, owner and group of a file, as file modules apply them; whether that changed anything."""
        return bool(self.set_fs_attributes_if_different(self.load_file_common_arguments(self.params, path=path), False))


def run(task: Task) -> NoReturn:
    """Be the module: parameters in, result out, errors as failures."""
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
    if failure:  # outside of except: a failure shows no traceback of an expected error
        module.fail_with(failure)
    if path and delivery and delivery.is_there():
        result["changed"] = module.set_attributes(path) or result["changed"]
    for warning in result.pop("warnings", []):
        module.warn(warning)
    module.exit_json(**result)
