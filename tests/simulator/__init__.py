# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stateful simulator of the OpenAI Administration API.

The demonstration and the tests of this collection run against it. It listens on the loopback interface only. `python -m
simulator` starts it as a process, `running` starts it in a thread.
"""

from __future__ import annotations

from .certificates import Authority
from .client import Simulator
from .here import ControlError
from .organization import OrganizationError
from .server import DEVELOPMENT_KEY, running

__all__ = ["DEVELOPMENT_KEY", "Authority", "ControlError", "OrganizationError", "Simulator", "running"]
