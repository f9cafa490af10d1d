# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Marks texts from the API as data, because a name may look like a template and must not be evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ansible.release import __version__


def as_data(value: Any) -> Any:
    """Return the result of a filter so that older versions of ansible-core evaluate no text in it as a template."""
    if tuple(int(part) for part in __version__.split(".")[:2]) >= (2, 19):
        return value  # newer versions evaluate only templates in playbooks
    return import_module("ansible.utils.unsafe_proxy").wrap_var(value)


def plain(value: Any) -> Any:
    """Return a value with plain lists and dictionaries for json, which rejects the lazy ones of newer ansible-core."""
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value
