# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Texts that were read are data: the name of a key may look like a template, and is not to be evaluated."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ansible.release import __version__


def as_data(value: Any) -> Any:
    """A value that a filter made, such that older ansible-core takes no text in it for a template."""
    if tuple(int(part) for part in __version__.split(".")[:2]) >= (2, 19):
        return value  # from then on only what stands in a playbook is a template
    return import_module("ansible.utils.unsafe_proxy").wrap_var(value)
