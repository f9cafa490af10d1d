# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A task and its outcome, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Union

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank, without_nulls
from ansible_collections.community.openai_admin.plugins.module_utils._core.lists import read_lists
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params

COLLECTION = "community.openai_admin"
REMOVED_IN = "2.0.0"
"""The version that does not take what is deprecated any more."""

_CONNECTION = frozenset(connection_options()) - {"admin_key"}


class Delivery(Protocol):
    """Where a new secret goes instead of the result. All methods raise C(AdminError)."""

    def warnings(self) -> list[str]:
        """What to know of the place."""

    def is_there(self) -> bool:
        """Whether something lies there already."""

    def holds(self, redacted: str) -> bool:
        """Whether what lies there is the secret that looks like this, all but its beginning and end left out."""

    def check(self) -> None:
        """Fail if nothing can be delivered there, touching nothing."""

    def open(self) -> None:
        """Make sure of the place before the secret exists."""

    def deliver(self, secret: str) -> None:
        """Put the secret there, whole or not at all."""

    def close(self) -> None:
        """Leave nothing behind but what was delivered."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a task did, or would do. C(secrets) takes no part in diff or warnings."""

    changed: bool
    returns: Mapping[str, Any]
    before: Object | None = None
    after: Object | None = None
    header: str = ""
    diffs: tuple[Mapping[str, Any], ...] | None = None
    """Differences of many objects, each with its headers, before and after."""
    warnings: tuple[str, ...] = ()
    deprecations: tuple[str, ...] = ()
    """What the task still takes and a later version, C(REMOVED_IN), will not."""
    secrets: Mapping[str, Any] = field(default_factory=dict)


MakeDelivery = Callable[[str, Callable[[str], Any]], Delivery]
"""From a path, and what gives a file its mode, owner and group."""

Work = Callable[[Client, Params, Given, Mode, Union[Delivery, None]], Outcome]


@dataclass(frozen=True, eq=False)
class Task:
    """C(argument_spec) is without the connection, which every module has."""

    argument_spec: Mapping[str, Any]
    work: Work
    delivers: str = ""
    """The option that names a file for a new secret."""
    make_delivery: MakeDelivery | None = None
    reads: str = ""
    """The option that names a file with further options, which the controller reads."""
    holds: str = ""
    """The option whose value holds further options, by their names."""
    validates: Callable[[Given], Given] = without_nulls
    """What of the options ansible-core is to validate."""
    diagnose: Callable[[Given], Sequence[Problem]] | None = None
    """All that is wrong with options which ansible-core refuses, where that is more than its own words."""

    def spread(self, given: Given) -> Given:
        """Return the options with those that C(holds) has; an option that the task has itself counts before these.

        What stands there and is no option, or must be one of the task, stays there.
        """
        held = given.get(self.holds) if self.holds else None
        if not isinstance(held, Mapping):
            return given
        known = self.argument_spec.keys() - {self.holds, self.reads}
        own = {name: value for name, value in given.items() if name != self.holds}
        inside = {name: value for name, value in held.items() if name in known and own.get(name) is None}
        left = {name: value for name, value in held.items() if name not in known}
        return {**own, **inside, **({self.holds: left} if left else {})}

    def tidy(self, given: Given) -> Given:
        """The options for ansible-core to validate, lists that are given as text read.

        An option of the connection that is empty, or blank, counts as not set, as an empty variable does. An empty key
        stays one: another one, from the environment, could be another organization's.
        """
        named = {name: value for name, value in given.items() if not _is_unset(name, value)}
        return self.validates(read_lists(self.argument_spec, named))


def _is_unset(name: str, value: Any) -> bool:
    if name not in _CONNECTION or not isinstance(value, str):
        return False
    return value == "" if connection_options()[name].get("no_log") else is_blank(value)
