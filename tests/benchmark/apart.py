# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks that are started by a small process.

A process begins with the memory of the one that starts it, and the system counts that as its own. A benchmark holds
large declarations and a simulator.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context

from integration.playbooks import Ansible, PlaybookRun


class Apart(Ansible):
    """Ansible, started from elsewhere, anew for each playbook."""

    def run(self, playbook: str, *options: str, **variables: str) -> PlaybookRun:
        return _starter().submit(Ansible.run, replace(self, anew=True), playbook, *options, **variables).result()


@cache
def _starter() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"))
