# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Secrets as they are shown: the beginning and the end."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(r"[.*…]{2,}|…")
_TELLING = 3
"""Minimum number of visible characters at the end of a redacted secret to identify it."""


def fits(secret: str, redacted: str) -> bool:
    """Return whether a secret matches a redacted one, of which dots or asterisks replace the middle."""
    parts = _LEFT_OUT.split(redacted)
    start, end = parts[0], parts[-1]
    telling = len(parts) > 1 and len(end) >= _TELLING and len(secret) >= len(start) + len(end)
    return telling and secret.startswith(start) and secret.endswith(end)
