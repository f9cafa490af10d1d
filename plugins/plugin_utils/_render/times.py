# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Formats Unix seconds for people and programs, in UTC."""

from __future__ import annotations

from datetime import datetime, timezone


def stamp(seconds: float) -> str:
    """Return a time for programs, in ISO 8601: C(2026-11-02T09:00:00Z)."""
    return _written(seconds, "%Y-%m-%dT%H:%M:%SZ")


def minute(seconds: float) -> str:
    """Return a time for people: C(2026-11-02 09:00 UTC)."""
    return _written(seconds, "%Y-%m-%d %H:%M UTC")


def day(seconds: float) -> str:
    """Return only the day: C(2026-11-02)."""
    return _written(seconds, "%Y-%m-%d")


def _written(seconds: float, form: str) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime(form)
