# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The interface of the rules that decide what to do with undeclared objects."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Literal, Protocol

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object

Fate = Literal["removable", "kept", "ignored"]
"""What to do with an undeclared object: remove it in a purge, only report it, or not even that."""


class Around(Protocol):
    """What a rule may ask about the organization."""

    @property
    def protected(self) -> Container[Any]:
        """The names in C(protected_projects)."""

    def person(self, item: Object) -> Object | None:
        """Return the person with the ID of an object, if people were read."""

    def owns(self, item: Object) -> bool:
        """Return whether a person owns the organization, or did before this run. Raises C(RequestError)."""

    def is_expected(self, item: Object) -> bool:
        """Return whether a person is declared in a project."""
