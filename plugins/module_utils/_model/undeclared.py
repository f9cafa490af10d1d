# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What becomes of objects that are not declared: what the rules of kinds are asked for it."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Literal, Protocol

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Object

Fate = Literal["removable", "kept", "ignored"]
"""What becomes of an object that is not declared: a purge removes it; it is only reported; or it is not even that."""


class Around(Protocol):
    """What a rule may ask of the organization that a declaration is for."""

    @property
    def protected(self) -> Container[Any]:
        """The names that C(protected_projects) holds."""

    def person(self, item: Object) -> Object | None:
        """The person of an object's id in the organization, as far as people were read."""

    def owns(self, item: Object) -> bool:
        """Whether a person owns the organization, or does so before this run. Raises C(RequestError)."""

    def is_expected(self, item: Object) -> bool:
        """Whether a person is declared to be in a project."""
