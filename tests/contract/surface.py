# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Print what the installed SDK can send, as JSON: the literals of each parameter of each operation."""

from __future__ import annotations

import json

from contract.operations import SDK, inner, literals, parameter, sendable

Surface = dict[str, dict[str, list[str]]]


def surface() -> Surface:
    """Return the literals of each parameter, by operation and path; an empty list for a parameter of any value."""
    return {operation: {path: _literals(operation, path) for path in sorted(sendable(operation))} for operation in SDK}


def _literals(operation: str, path: str) -> list[str]:
    kind = parameter(SDK[operation].parameters, path)
    return sorted(map(str, literals(kind) | inner(kind)))


if __name__ == "__main__":
    print(json.dumps(surface()))
