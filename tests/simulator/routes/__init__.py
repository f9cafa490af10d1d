# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The API's resources, one file each; all files in this folder are loaded."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ..operations import Operation

OPERATIONS: tuple[Operation, ...] = tuple(
    operation
    for resource in sorted(found.name for found in iter_modules(__path__))
    for operation in import_module(f"{__name__}.{resource}").OPERATIONS
)
