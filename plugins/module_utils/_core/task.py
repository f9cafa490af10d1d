# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Tasks and their outcomes, as data."""

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
"""The version that removes deprecated options."""

_CONNECTION = frozenset(connection_options()) - {"admin_key"}


class Delivery(Protocol):
    """A destination of a new secret outside of the result. All methods raise C(AdminError)."""

    def warnings(self) -> list[str]:
        """Return warnings about the destination."""

    def is_there(self) -> bool:
        """Return whether the destination already has content."""

    def holds(self, redacted: str) -> bool:
        """Return whether the content is the secret with this redacted form, its beginning and end."""

    def check(self) -> None:
        """Fail if nothing can be delivered, without changing anything."""

    def open(self) -> None:
        """Prepare the destination before the secret exists."""

    def deliver(self, secret: str) -> None:
        """Write the secret completely or not at all."""

    def close(self) -> None:
        """Remove everything except a delivered secret."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a task did, or would do. C(secrets) is not part of the diff or warnings."""

    changed: bool
    returns: Mapping[str, Any]
    before: Object | None = None
    after: Object | None = None
    header: str = ""
    diffs: tuple[Mapping[str, Any], ...] | None = None
    """Diffs of several objects, each with headers, before and after."""
    warnings: tuple[str, ...] = ()
    deprecations: tuple[str, ...] = ()
    """Messages about options that version C(REMOVED_IN) will not accept."""
    secrets: Mapping[str, Any] = field(default_factory=dict)


MakeDelivery = Callable[[str, Callable[[str], Any]], Delivery]
"""Makes a delivery from a path, and a function that sets mode, owner and group of a file."""

Work = Callable[[Client, Params, Given, Mode, Union[Delivery, None]], Outcome]


@dataclass(frozen=True, eq=False)
class Task:
    """A task of a module; C(argument_spec) does not contain the connection options of all modules."""

    argument_spec: Mapping[str, Any]
    work: Work
    delivers: str = ""
    """The option for the path of a new secret."""
    make_delivery: MakeDelivery | None = None
    reads: str = ""
    """The option for the path of a file with further options, which the controller reads."""
    holds: str = ""
    """The option that contains further options."""
    own: tuple[str, ...] = ()
    """Options that C(holds) lacks."""
    validates: Callable[[Given, Mapping[str, Any]], Given] = without_nulls
    """Returns the options for ansible-core to validate, from the given ones and the argument spec."""
    diagnose: Callable[[Given], Sequence[Problem]] | None = None
    """Returns all problems of options that ansible-core rejects, if it can say more than ansible-core."""

    def spread(self, given: Given) -> Given:
        """Return the options merged with those in C(holds), which the task's own options override."""
        held = given.get(self.holds) if self.holds else None
        if not isinstance(held, Mapping):
            return given
        known = self.argument_spec.keys() - {self.holds, self.reads, *self.own}
        own = {name: value for name, value in given.items() if name != self.holds}
        inside = {name: value for name, value in held.items() if name in known and own.get(name) is None}
        left = {name: value for name, value in held.items() if name not in known}
        return {**own, **inside, **({self.holds: left} if left else {})}

    def tidy(self, given: Given) -> Given:
        """Return the options for ansible-core to validate, with lists parsed from strings.

        An empty or blank option of the connection counts as not set, except for the admin key: a key from the
        environment could belong to another organization.
        """
        named = {name: value for name, value in given.items() if not _is_unset(name, value)}
        return self.validates(read_lists(self.argument_spec, named), self.argument_spec)


def _is_unset(name: str, value: Any) -> bool:
    if name not in _CONNECTION or not isinstance(value, str):
        return False
    return value == "" if connection_options()[name].get("no_log") else is_blank(value)
