# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A declaration as jobs take it: what is wrong with it, before anything is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._declaration import declare
from ansible_collections.community.openai_admin.plugins.module_utils._errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._organization import manage_organization
from ansible_collections.community.openai_admin.plugins.module_utils._visible import visible


def problems_of(declaration: Mapping[str, Any]) -> list[str]:
    """What the module organization would refuse of a declaration, whatever the organization holds."""
    task = manage_organization()
    given = json.loads(json.dumps(dict(declaration), default=str))  # plain values, as modules get them
    checked = ArgumentSpecValidator(dict(task.argument_spec)).validate(task.tidy(given))
    if checked.error_messages:
        return [visible(f"{message.rstrip('.')}.") for message in checked.error_messages]
    try:
        declare(checked.validated_parameters, given)
    except BadInput as error:
        return error.message.split("\n")
    return []
