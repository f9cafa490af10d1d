#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._engine import manage
from ansible_collections.community.openai_admin.plugins.module_utils._resources.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._runner import run

TASK = manage(PROJECT)


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
