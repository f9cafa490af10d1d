# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks that a small process starts.

A new process begins with the memory of its parent, and the system counts that as the new process's own. A benchmark is
a large process, since it contains large declarations and a simulator.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context

from integration.playbooks import Ansible, PlaybookRun


class Apart(Ansible):
    """Ansible, started by another process, anew for each playbook."""

    def run(self, playbook: str, *options: str, **variables: str) -> PlaybookRun:
        return _starter().submit(Ansible.run, replace(self, anew=True), playbook, *options, **variables).result()


@cache
def _starter() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"))
